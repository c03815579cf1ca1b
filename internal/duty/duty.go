// Package duty is what is done at a desk on a shift: the entries of the duty log, one type for each kind of them, and the
// [Book] that follows from them: which alarms stand, who owns them, who has been told, who has the watch, what is open at the
// handover.
//
// # Guarantees
//
//   - Pure: no clock, no file, no network. Entries carry their times, and what depends on now is asked with it.
//   - A Book is never changed once it is made: [Book.Add] gives another one, so that it can be shared with a picture.
//   - Everything that is open follows from the entries alone, so that every console of a desk, and a restart, come to the same.
//   - Entries that contradict what stands (an acknowledgement of an alarm that there is not) change nothing and are counted.
//   - No names of people and no numbers of theirs: By is a call sign or a function, and a contact is its function.
//
// An entry is never taken back; what was wrong is put right by a further entry ([Note.Corrects]).
package duty

import (
	"strings"
	"time"
	"unicode/utf8"

	"vigil/internal/incident"
	"vigil/internal/safetext"
	"vigil/internal/saying"
)

// Kind says what was done; it is the word in the log.
type Kind string

// Body is what an entry says, by its kind. The bodies are the pointer types of this package.
type Body interface {
	Kind() Kind
	// Check says why it cannot be recorded as it is.
	Check() error
}

// Entry is one thing that a person did, or that vigil did for the desk.
type Entry struct {
	V    int
	ID   string        // made by the client; the same for each attempt
	At   time.Time     // by the wall clock, UTC
	Mono Mono          // and by the machine's steady clock
	From safetext.Text // where from: host, program and terminal
	Role safetext.Text
	By   safetext.Text // call sign or function; empty for the one local person
	Body Body          // nil where this version does not know the kind
	Word Kind          // of the body, also where it is not known
	// Asked is a digest of the words with which it was asked for, of commands of the shell: the same command may be said again under its id,
	// and means other times then. It is empty where nobody could.
	Asked string
	Seq   uint64 // place in the log, from 1; set by reading
	Line  Line   // set by reading
}

// Who is who made the entry: a call sign or a function, else the role.
func (e *Entry) Who() safetext.Text {
	if e.By.IsZero() {
		return e.Role
	}
	return e.By
}

// Line is where an entry stands: sed -n 17p FILE | sha256sum gives the hash of line 17, which line 18 carries in its fourth
// column.
type Line struct {
	File   string // without its directory
	Number int    // from 1
	Hash   string // SHA-256 of the line, in hexadecimal
}

// Mono is a time that no correction of the clock moves: what passed since the machine was started, and which start that was.
// Times of one Boot can be compared. The zero value is unknown.
type Mono struct {
	Boot  string // differs after each start of the machine
	Since time.Duration
}

// Vigil is the By of what vigil does itself, such as raising an alarm.
var Vigil = safetext.Const("vigil")

// Name is an incident's identity as it is written.
type Name struct {
	Authority Text `json:"authority"`
	ID        Text `json:"id"`
}

// NameOf writes an identity.
func NameOf(i incident.Identity) Name {
	return Name{Authority: Words(i.Authority.String()), ID: Words(i.ID.String())}
}

// Identity is the name made safe.
func (n Name) Identity() incident.Identity {
	return incident.Identity{Authority: n.Authority.Safe(), ID: n.ID.Safe()}
}

// Bare is the name without its authority, as a restricted record is named: who told is not for everybody to know.
func (n Name) Bare() Name { return Name{ID: n.ID} }

// String is the name as people write it, safe to show: authority/id, or the id alone where the authority was left out.
func (n Name) String() string {
	if n.Authority.IsZero() {
		return n.ID.String()
	}
	return n.Authority.String() + "/" + n.ID.String()
}

// IsZero reports whether it names nothing.
func (n Name) IsZero() bool { return n.ID == Text{} && n.Authority == Text{} }

// Text is what somebody wrote, kept exactly. It leaves for a screen only by [Text.Safe].
type Text struct{ raw string }

// Words is a text as it was written.
func Words(s string) Text { return Text{s} }

// Safe is the text as it may be shown, on several lines where it has them; without the line breaks at its end, which are kept and show nothing.
func (t Text) Safe() safetext.Text { return safetext.Block(strings.TrimRight(t.raw, "\r\n")) }

// Line is the text as it may be shown on one line.
func (t Text) Line() safetext.Text { return t.Safe().OneLine() }

// IsZero reports whether nothing was written.
func (t Text) IsZero() bool { return t.raw == "" }

// MarshalText gives the text exactly.
func (t Text) MarshalText() ([]byte, error) { return []byte(t.raw), nil }

// UnmarshalText keeps the text exactly.
func (t *Text) UnmarshalText(b []byte) error { t.raw = string(b); return nil }

// String is the text as it may be shown on one line, so that printing it by mistake does no harm.
func (t Text) String() string { return t.Line().String() }

// ErrEntry is wrapped by the error of an entry that cannot be recorded as it is.
var ErrEntry = saying.Errorf("entry cannot be recorded")

// Limits of what people write: a log is for reading.
const (
	MaxID        = 128
	MaxIncidents = 100
	MaxText      = 64 << 10 // bytes
	MaxShort     = 1 << 10  // bytes of a reason or a word
)

// Check says why an entry cannot be recorded as it is.
func (e *Entry) Check() error {
	switch {
	case e.ID == "" || len(e.ID) > MaxID || strings.TrimFunc(e.ID, func(r rune) bool { return r > ' ' && r < 0x7f }) != "":
		return saying.Errorf("%s: an id of 1 to %d printable characters is needed", ErrEntry, MaxID)
	case e.At.IsZero():
		return saying.Errorf("%s: it says no time", ErrEntry)
	case e.Body == nil:
		return saying.Errorf("%s: %q is no kind of entry", ErrEntry, e.Word)
	}
	if err := e.Body.Check(); err != nil {
		return saying.Errorf("%s: %s: %s", ErrEntry, e.Body.Kind(), err)
	}
	return nil
}

// Understood reports whether this version knows what the entry says.
func (e *Entry) Understood() bool { return e.Body != nil }

// required says which text is missing or too long.
func required(what string, t Text) error {
	if strings.TrimSpace(t.raw) == "" {
		return saying.Errorf("%s is missing", what)
	}
	return short(what, t)
}

func short(what string, t Text) error { return limited(what, t, MaxShort) }

func limited(what string, t Text, most int) error {
	switch {
	case len(t.raw) > most:
		return saying.Errorf("%s has %d bytes, the most is %d", what, len(t.raw), most)
	case !utf8.ValidString(t.raw):
		return saying.Errorf("%s is not UTF-8", what)
	}
	return nil
}

func named(names []Name, least int) error {
	if len(names) < least || len(names) > MaxIncidents {
		return saying.Errorf("it names %d incidents, from %d to %d are possible", len(names), least, MaxIncidents)
	}
	seen := map[Name]bool{}
	for _, n := range names {
		if n.ID.IsZero() || n.Authority.IsZero() || seen[n] {
			return saying.Errorf("each incident is named once, by its authority and id")
		}
		seen[n] = true
	}
	return nil
}
