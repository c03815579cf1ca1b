package journal_test

import (
	"errors"
	"io"
	"math/rand/v2"
	"testing"
	"time"

	"vigil/internal/journal"
	"vigil/internal/journal/journaltest"
)

// subject is the journal with records of several sizes, and batches of them unless single.
func subject(single bool) journaltest.Subject {
	const dir = "/desk/state/log"
	return journaltest.Subject{
		Root: "/desk", Single: single,
		Open: func(fsys journal.FS, dice *rand.Rand) (journaltest.Writer, error) {
			opts := journal.Options{FS: fsys, SegmentSize: 1500, Verify: dice.IntN(2) == 0}
			if single || dice.IntN(2) == 0 {
				opts.Sync = journal.SyncAlways
			}
			log, _, err := journal.Open(dir, opts)
			if err != nil {
				return nil, err
			}
			return writer{log, opts.Sync == journal.SyncAlways, dir, fsys}, nil
		},
		Read: func(fsys journal.FS) ([]string, error) { return readOn(fsys, dir, 0) },
	}
}

type writer struct {
	*journal.Log
	durable bool
	dir     string
	fs      journal.FS
}

func (w writer) Append(payloads ...string) (bool, error) {
	raw := make([][]byte, len(payloads))
	for i, p := range payloads {
		raw[i] = []byte(p)
	}
	_, err := w.Log.Append(raw...)
	return w.durable, err
}

func (w writer) Broken() bool { return w.Err() != nil }

func (w writer) Drop(n int) error {
	first := w.Head().Seq // of what is there, as far as it can be read
	if r := journal.NewReaderOn(w.fs, w.dir, 0); r != nil {
		rec, err := r.Next()
		_ = r.Close()
		if err != nil {
			return err
		}
		first = rec.Seq
	}
	_, err := w.Log.Drop(first+uint64(n)-1, "lead", at)
	return err
}

// readOn gives the payloads from a record on, as far as they can be read.
func readOn(fsys journal.FS, dir string, from uint64) (got []string, err error) {
	r := journal.NewReaderOn(fsys, dir, from)
	defer r.Close()
	for {
		rec, err := r.Next()
		if err != nil {
			return got, noEOF(err)
		}
		got = append(got, string(rec.Payload))
	}
}

func TestProofPower(t *testing.T) {
	t.Run("single", func(t *testing.T) { journaltest.ProvePower(t, subject(true), journaltest.Times(300, 10_000)) })
	t.Run("batches", func(t *testing.T) { journaltest.ProvePower(t, subject(false), journaltest.Times(300, 10_000)) })
}

func TestProofFaults(t *testing.T) {
	journaltest.ProveFaults(t, subject(false))
}

var at = time.Date(2026, 11, 20, 14, 32, 7, 0, time.UTC)

func noEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

func TestMain(m *testing.M) {
	if !journaltest.Process(func(dir string) (func(string) error, error) {
		log, _, err := journal.Open(dir, journal.Options{Sync: journal.SyncAlways, SegmentSize: 20_000})
		if err != nil {
			return nil, err
		}
		return func(payload string) error {
			_, err := log.Append([]byte(payload))
			return err
		}, nil
	}) {
		m.Run()
	}
}

func TestProofKills(t *testing.T) {
	journaltest.ProveKills(t, journaltest.Times(20, 1000), func(dir string) ([]string, error) { return readOn(journal.OS, dir, 0) })
}
