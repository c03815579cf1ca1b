package dutylog_test

import (
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vigil/internal/duty"
	"vigil/internal/dutylog"
	"vigil/internal/journal"
	"vigil/internal/journal/journaltest"
	"vigil/internal/safetext"
)

func TestMain(m *testing.M) {
	if !journaltest.Process(func(dir string) (func(string) error, error) {
		log := dutylog.New(dir, dutylog.Options{Patience: time.Minute})
		return func(payload string) error { return log.Append(context.Background(), note(payload)) }, nil
	}) {
		m.Run()
	}
}

// note is an entry with a text, and the id that its client would make of it.
func note(payload string) duty.Entry {
	id, _, _ := strings.Cut(payload, " ")
	return duty.Entry{
		V: dutylog.Version, ID: id, At: at, Role: safetext.Const("duty officer"), By: safetext.Const("Oscar"), Word: duty.KindNote,
		Body: &duty.Note{Text: duty.Words(payload)},
	}
}

// notes gives the texts of the notes in the log, as far as it can be read.
func notes(fsys journal.FS, dir string) (got []string, err error) {
	r := dutylog.NewReaderOn(fsys, dir)
	defer r.Close()
	for {
		e, err := r.Next()
		if errors.Is(err, io.EOF) {
			return got, nil
		}
		if err != nil {
			return got, err
		}
		if n, is := e.Body.(*duty.Note); is {
			text, err := n.Text.MarshalText()
			if err != nil {
				return got, err
			}
			got = append(got, string(text))
		}
	}
}

// subject is the duty log: one entry at a time, and what failed is tried again with its id.
func subject(t *testing.T) journaltest.Subject {
	root := t.TempDir() // on the disk in memory, and for the lock on that of the machine
	dir := filepath.Join(root, "state", "dutylog")
	return journaltest.Subject{
		Root: root, Single: true, Retries: true,
		Open: func(fsys journal.FS, _ *rand.Rand) (journaltest.Writer, error) {
			return writer{dutylog.New(dir, dutylog.Options{FS: fsys, SegmentSize: 3000})}, nil
		},
		Read: func(fsys journal.FS) ([]string, error) { return notes(fsys, dir) },
	}
}

type writer struct{ *dutylog.Log }

func (w writer) Append(payloads ...string) (bool, error) {
	return true, w.Log.Append(context.Background(), note(payloads[0]))
}

func (writer) Sync() error    { return nil }
func (writer) Broken() bool   { return false }
func (writer) Drop(int) error { return nil }

func TestProofPower(t *testing.T) {
	journaltest.ProvePower(t, subject(t), journaltest.Times(200, 10_000))
}

func TestProofFaults(t *testing.T) { journaltest.ProveFaults(t, subject(t)) }

func TestProofDamage(t *testing.T) { journaltest.ProveDamage(t, subject(t)) }

func TestProofKills(t *testing.T) {
	journaltest.ProveKills(t, journaltest.Times(10, 1000), func(dir string) ([]string, error) { return notes(journal.OS, dir) })
}

func TestProofProcesses(t *testing.T) {
	journaltest.ProveProcesses(t, 16, journaltest.Times(5, 1000), func(dir string) ([]string, error) { return notes(journal.OS, dir) })
}
