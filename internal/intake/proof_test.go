package intake_test

import (
	"errors"
	"io"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"github.com/go-json-experiment/json"

	"vigil/internal/intake"
	"vigil/internal/journal"
	"vigil/internal/journal/journaltest"
)

// texts gives what was added, as far as it can be read.
func texts(fsys journal.FS, dir string) (got []string, err error) {
	r := intake.NewReaderOn(fsys, dir, 0)
	defer r.Close()
	for {
		e, err := r.Next()
		if errors.Is(err, io.EOF) {
			return got, nil
		}
		if err != nil {
			return got, err
		}
		if e.Kind != intake.KindIncident {
			continue // what Open itself recorded
		}
		var text string
		if err := json.Unmarshal(e.Payload, &text); err != nil {
			return got, err
		}
		got = append(got, text)
	}
}

func entry(payload string) intake.Entry {
	text, err := json.Marshal(payload)
	if err != nil {
		panic(err)
	}
	return intake.Entry{Kind: intake.KindIncident, Source: "radio", Payload: text}
}

// subject is the intake: entries on a disk in memory, the lock and the identity on that of the machine. single makes each entry
// durable at once; otherwise they wait for one another.
func subject(t *testing.T, single bool) journaltest.Subject {
	root := t.TempDir()
	dir := filepath.Join(root, "intake")
	var held *intake.Log // its lock goes with its process
	return journaltest.Subject{
		Root: root, Single: single,
		Open: func(fsys journal.FS, _ *rand.Rand) (journaltest.Writer, error) {
			if held != nil {
				_ = held.Close()
			}
			opts := intake.Options{FS: fsys, SegmentSize: 3000, MaxPending: 3, Now: fixed}
			if single {
				opts.MaxDelay = -1
			}
			log, _, err := intake.Open(dir, opts)
			if err != nil {
				return nil, err
			}
			held = log
			return writer{log}, nil
		},
		Read: func(fsys journal.FS) ([]string, error) { return texts(fsys, dir) },
	}
}

type writer struct{ *intake.Log }

func (w writer) Append(payloads ...string) (bool, error) {
	var list []intake.Entry
	for _, p := range payloads {
		list = append(list, entry(p))
	}
	receipt, err := w.Add(list...)
	return receipt.Durable >= receipt.Last, err
}

func (w writer) Sync() error { return w.Flush() }

func (w writer) Broken() bool { return w.Err() != nil }

func (writer) Drop(int) error { return nil }

func TestProofPower(t *testing.T) {
	t.Run("single", func(t *testing.T) { journaltest.ProvePower(t, subject(t, true), journaltest.Times(100, 10_000)) })
	t.Run("waiting", func(t *testing.T) { journaltest.ProvePower(t, subject(t, false), journaltest.Times(100, 10_000)) })
}

func TestProofFaults(t *testing.T) { journaltest.ProveFaults(t, subject(t, false)) }

func TestProofDamage(t *testing.T) { journaltest.ProveDamage(t, subject(t, true)) }

func TestProofKills(t *testing.T) {
	journaltest.ProveKills(t, journaltest.Times(10, 1000), func(dir string) ([]string, error) { return texts(journal.OS, dir) })
}
