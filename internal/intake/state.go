package intake

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/google/renameio/v2"
)

const stateName = "state.json"

const (
	// StateInterval is how often the collector writes its state, changed or not.
	StateInterval = 5 * time.Second
	// SilentAfter is the age at which a state proves nothing any more.
	SilentAfter = 15 * time.Second
)

// State is the collector's sign of life and what it knows beside the entries, for
// processes that do not hold the lock.
type State struct {
	V       int            `json:"v"`
	Version string         `json:"version"` // of the program
	Desk    string         `json:"desk"`    // id
	PID     int            `json:"pid"`
	Written time.Time      `json:"written"`
	Seq     uint64         `json:"seq"`     // of the last entry
	Durable uint64         `json:"durable"` // of the last entry that the disk confirmed
	Body    jsontext.Value `json:"state"`   // what was given to WriteState
}

// WriteState replaces the state with body, atomically. The collector calls it on change and
// every [StateInterval].
func (l *Log) WriteState(body any) error {
	text, err := json.Marshal(body, json.Deterministic(true))
	if err != nil {
		return fmt.Errorf("collector state: %w", err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return writeJSON(l.dir, stateName, State{
		V: EnvelopeVersion, Version: l.opts.Version, Desk: l.identity.Desk, PID: os.Getpid(), Written: l.opts.Now().UTC(),
		Seq: l.log.Head().Seq, Durable: l.log.Durable(), Body: text,
	})
}

// ReadState reads what the collector of the intake in dir wrote last. Without a
// collector ever, the error is fs.ErrNotExist.
func ReadState(dir string) (State, error) {
	path := filepath.Join(dir, stateName)
	text, err := os.ReadFile(path)
	if err != nil {
		return State{}, err
	}
	var s State
	if err := json.Unmarshal(text, &s); err != nil {
		return State{}, fmt.Errorf("%s: not a collector's state: %w", path, err)
	}
	if s.V > EnvelopeVersion {
		return State{}, fmt.Errorf("%s: written by a newer version (%d, this is %d); update vigil", path, s.V, EnvelopeVersion)
	}
	return s, nil
}

// Decode reads the body into v, as the program that wrote it has it.
func (s State) Decode(v any) error { return json.Unmarshal(s.Body, v) }

// Silent says whether the collector gave no sign of life for [SilentAfter]. A state from the
// future proves as little as an old one: one of the clocks is wrong.
func (s State) Silent(now time.Time) bool {
	age := now.Sub(s.Written)
	return age > SilentAfter || age < -SilentAfter
}

// writeJSON replaces a file of the state directory atomically.
func writeJSON(dir, name string, v any) error {
	text, err := json.Marshal(v, json.Deterministic(true), jsontext.Multiline(true))
	if err != nil {
		return err
	}
	return writeFile(dir, name, append(text, '\n'))
}

// writeFile writes beside the target, not in the system's temporary directory: what is
// in here is private, and only there a rename is sure to be atomic.
func writeFile(dir, name string, content []byte) error {
	return renameio.WriteFile(filepath.Join(dir, name), content, fileMode,
		renameio.WithTempDir(dir), renameio.WithStaticPermissions(fileMode))
}
