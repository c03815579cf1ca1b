// Package dutylog is what was done at a desk on the disk: the entries of package duty on a [journal].
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
//     written once. Another entry of that id is refused with [ErrTaken], but for vigil's own, of which the first stands.
//   - Entries are never changed or taken back; a correction is a new entry.
//   - Entries of a newer version and of unknown kinds are delivered and told apart by [duty.Entry.Understood], not dropped. Damage ends
//     reading with an error that names file, line and byte.
//
// There are no goroutines here. A [Log] is safe for concurrent use; a [Reader] is for one goroutine, takes no lock and
// writes nothing.
package dutylog

import (
	"errors"
	"fmt"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"vigil/internal/duty"
	"vigil/internal/journal"
	"vigil/internal/safetext"
)

// Version is the version of the entries that this package writes.
const Version = 1

// Errors of recording are those of the journal.
var (
	ErrNotRecorded  = journal.ErrNotRecorded
	ErrNotConfirmed = journal.ErrNotConfirmed
	ErrDamaged      = journal.ErrDamaged
)

// ErrTaken is matched by the error about an entry with an id under which something else was recorded, or by somebody else.
var ErrTaken = errors.New("another entry has this id")

// wire is an entry as it is written: one object, with the members of its body beside its own.
type wire struct {
	V    int    `json:"v"`
	ID   string `json:"id"`
	At   string `json:"at"`
	Boot string `json:"boot,omitzero"`
	Mono int64  `json:"mono,omitzero"` // ns since the machine was started
	From string `json:"from,omitzero"`
	// Asked is a digest of the words of the command that asked for it.
	Asked string         `json:"asked,omitzero"`
	Role  string         `json:"role"`
	By    string         `json:"by"`
	Kind  duty.Kind      `json:"kind"`
	Body  jsontext.Value `json:",embed"`
}

func encode(e *duty.Entry) ([]byte, error) {
	body, err := json.Marshal(e.Body, json.Deterministic(true))
	if err != nil {
		return nil, err
	}
	return json.Marshal(&wire{
		V: Version, ID: e.ID, At: e.At.UTC().Format(time.RFC3339Nano), Boot: e.Mono.Boot, Mono: int64(e.Mono.Since), From: e.From.String(),
		Asked: e.Asked, Role: e.Role.String(), By: e.By.String(), Kind: e.Body.Kind(), Body: body,
	}, json.Deterministic(true))
}

// decode reads an entry. Members that a newer version added are passed over.
func decode(payload []byte) (duty.Entry, error) {
	var w wire
	if err := json.Unmarshal(payload, &w); err != nil {
		return duty.Entry{}, err
	}
	at, err := time.Parse(time.RFC3339Nano, w.At)
	if err != nil {
		return duty.Entry{}, fmt.Errorf("its time: %w", err)
	}
	e := duty.Entry{
		V: w.V, ID: w.ID, At: at.UTC(), Mono: duty.Mono{Boot: w.Boot, Since: time.Duration(w.Mono)}, From: safetext.Clean(w.From), Asked: w.Asked,
		Role: safetext.Clean(w.Role), By: safetext.Clean(w.By), Word: w.Kind,
	}
	body, known := duty.New(w.Kind)
	if !known || w.V != Version {
		return e, nil
	}
	if len(w.Body) > 0 {
		if err := json.Unmarshal(w.Body, body); err != nil {
			return duty.Entry{}, err
		}
	}
	e.Body = body
	return e, e.Check()
}
