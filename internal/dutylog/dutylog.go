// Package dutylog is what people did at a desk: typed entries on a [journal]. So far they are the merging and the separating of
// incidents; other kinds are added beside them.
//
// # The directory
//
// Everything is in one directory, 0700, its files 0600: the entries (see package journal) and the file lock, which is held for
// the time of one entry. So several consoles write to one log, and each reads what the others wrote.
//
// # Guarantees
//
//   - What [Log.Append] returned without an error is on the disk. An error matches [ErrNotRecorded], nothing was written, or
//     [ErrNotConfirmed], nobody knows; in both cases the same entry may be appended again: its id, made by the client, is
//     written once.
//   - Entries are never changed or taken back; a correction is a new entry.
//   - Entries of a newer version and of unknown kinds are delivered and told apart by [Entry.Understood], not dropped. Damage ends
//     reading with an error that names file, line and byte.
//   - No names of people: By is a call sign or a function.
//
// There are no goroutines here. A [Log] is safe for concurrent use; a [Reader] is for one goroutine, takes no lock and
// writes nothing.
package dutylog

import (
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/go-json-experiment/json"

	"vigil/internal/incident"
	"vigil/internal/journal"
	"vigil/internal/safetext"
)

// Version is the version of the entries that this package writes.
const Version = 1

// Kind says what was done.
type Kind string

// The kinds of this version.
const (
	Merge   Kind = "merge"   // the incidents tell of one event
	Unmerge Kind = "unmerge" // the first incident tells of another event than each of the others
)

// Entry is one thing that a person did.
type Entry struct {
	V         int
	ID        string    // made by the client; the same for each attempt
	At        time.Time // UTC
	Role      safetext.Text
	By        safetext.Text // call sign or function; empty for the one local person
	Kind      Kind
	Incidents []incident.Identity // two or more
	Reason    safetext.Text
	Seq       uint64 // place in the log, from 1; set by reading
}

// Understood reports whether this version knows what the entry says.
func (e *Entry) Understood() bool {
	return e.V == Version && (e.Kind == Merge || e.Kind == Unmerge)
}

// Errors of recording are those of the journal.
var (
	ErrNotRecorded  = journal.ErrNotRecorded
	ErrNotConfirmed = journal.ErrNotConfirmed
	ErrDamaged      = journal.ErrDamaged

	// ErrEntry means that an entry cannot be recorded as it is.
	ErrEntry = errors.New("entry cannot be recorded")
)

// wire is an entry as it is written.
type wire struct {
	V         int        `json:"v"`
	ID        string     `json:"id"`
	At        string     `json:"at"`
	Role      string     `json:"role"`
	By        string     `json:"by"`
	Kind      Kind       `json:"kind"`
	Incidents []wireName `json:"incidents"`
	Reason    string     `json:"reason"`
}

type wireName struct {
	Authority string `json:"authority"`
	ID        string `json:"id"`
}

// limits of an entry: what people write is short, and a log is for reading.
const (
	maxID        = 128
	maxIncidents = 100
)

func (e *Entry) check() error {
	switch {
	case e.ID == "" || len(e.ID) > maxID || !utf8.ValidString(e.ID) || strings.TrimFunc(e.ID, printable) != "":
		return fmt.Errorf("%w: an id of 1 to %d printable characters is needed", ErrEntry, maxID)
	case e.Kind != Merge && e.Kind != Unmerge:
		return fmt.Errorf("%w: %q is no kind of entry", ErrEntry, e.Kind)
	case e.At.IsZero():
		return fmt.Errorf("%w: it says no time", ErrEntry)
	case len(e.Incidents) < 2 || len(e.Incidents) > maxIncidents:
		return fmt.Errorf("%w: it names %d incidents, from 2 to %d are possible", ErrEntry, len(e.Incidents), maxIncidents)
	}
	seen := map[incident.Identity]bool{}
	for _, name := range e.Incidents {
		if name.ID.IsZero() || name.Authority.IsZero() || seen[name] {
			return fmt.Errorf("%w: each incident is named once, by its authority and id", ErrEntry)
		}
		seen[name] = true
	}
	return nil
}

func printable(r rune) bool { return r > ' ' && r < 0x7f }

func (e *Entry) encode() ([]byte, error) {
	w := wire{
		V: Version, ID: e.ID, At: e.At.UTC().Format(time.RFC3339Nano), Role: e.Role.String(), By: e.By.String(),
		Kind: e.Kind, Reason: e.Reason.OneLine().String(), Incidents: []wireName{},
	}
	for _, n := range e.Incidents {
		w.Incidents = append(w.Incidents, wireName{n.Authority.String(), n.ID.String()})
	}
	return json.Marshal(&w, json.Deterministic(true))
}

// decode reads an entry. Members that a newer version added are passed over.
func decode(payload []byte) (Entry, error) {
	var w wire
	if err := json.Unmarshal(payload, &w); err != nil {
		return Entry{}, err
	}
	at, err := time.Parse(time.RFC3339Nano, w.At)
	if err != nil {
		return Entry{}, fmt.Errorf("its time: %w", err)
	}
	e := Entry{
		V: w.V, ID: w.ID, At: at.UTC(), Role: safetext.Clean(w.Role), By: safetext.Clean(w.By), Kind: w.Kind, Reason: safetext.Clean(w.Reason),
	}
	for _, n := range w.Incidents {
		e.Incidents = append(e.Incidents, incident.Identity{Authority: safetext.Clean(n.Authority), ID: safetext.Clean(n.ID)})
	}
	if e.Understood() {
		return e, e.check()
	}
	return e, nil
}
