// Package action is what a person asks the desk to do, as opposed to what a person looks at.
//
// Screens and printers never change the desk: they send an [Envelope] through a function that
// whoever started them gave them, and the desk's answer is seen in the next picture. The envelope says who
// asks and carries an id made by the client, so that a command whose outcome is unknown can be sent
// again without being done twice.
//
// Values are plain and safe to share. Nothing here does anything.
package action

import (
	"crypto/rand"

	"vigil/internal/duty"
	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/safetext"
	"vigil/internal/saying"
)

// ErrNotSupported is wrapped by the error of a command that this desk cannot do.
var ErrNotSupported = saying.Errorf("this desk cannot do that")

// Actor is who asks.
type Actor struct {
	Name safetext.Text // a call sign or function; empty for the one local person
	Role picture.Role
}

// Command is one thing to do. The commands are the types of this package.
type Command interface {
	// Verb is the command's name in logs and messages.
	Verb() string
}

// Refresh asks for all files of the desk to be looked at now instead of when their turn comes.
type Refresh struct{}

// Verb is "refresh".
func (Refresh) Verb() string { return "refresh" }

// Poll asks for a source that is fetched to be polled now instead of when its turn comes.
type Poll struct {
	Source string // its name
}

// Verb is "poll".
func (Poll) Verb() string { return "poll" }

// Record writes an entry into the duty log: everything that people do at a desk beside reporting.
type Record struct {
	Body duty.Body
}

// Verb is the kind of the entry.
func (r Record) Verb() string { return string(r.Body.Kind()) }

// Merge says that incidents tell of one event: that of the first holds them all.
func Merge(incidents []incident.Identity, reason safetext.Text) Record {
	return Record{&duty.Merge{Incidents: namesOf(incidents), Reason: duty.Words(reason.String())}}
}

// Unmerge says that the first incident tells of another event than each of the others.
func Unmerge(incidents []incident.Identity, reason safetext.Text) Record {
	return Record{&duty.Unmerge{Incidents: namesOf(incidents), Reason: duty.Words(reason.String())}}
}

func namesOf(incidents []incident.Identity) []duty.Name {
	names := make([]duty.Name, len(incidents))
	for i, id := range incidents {
		names[i] = duty.NameOf(id)
	}
	return names
}

// Envelope is a command with who asked for it.
type Envelope struct {
	ID      string // made by the client by [NewID]; the same for each attempt at one command
	Actor   Actor
	Command Command
}

// NewID makes an id that nobody else makes: 128 bits or more of randomness as text.
func NewID() string { return rand.Text() }
