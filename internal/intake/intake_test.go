package intake_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"vigil/internal/intake"
	"vigil/internal/journal"
	"vigil/internal/journal/journaltest"
)

var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// clock is a clock that stands until it is moved.
type clock struct{ now time.Time }

func (c *clock) Now() time.Time { return c.now }

func fixed() time.Time { return noon }

func open(t testing.TB, dir string, opts intake.Options) *intake.Log {
	t.Helper()
	if opts.Now == nil {
		opts.Now = fixed
	}
	log, _, err := intake.Open(dir, opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = log.Close() })
	return log
}

func incident(n int) intake.Entry {
	return intake.Entry{
		Kind: intake.KindIncident, Source: "radio", Origin: intake.Origin{File: "feeds/radio.jsonl", Line: n, Offset: int64(100 * n), Generation: 1},
		Payload: fmt.Appendf(nil, `{"id":"R-%d"}`, n),
	}
}

func add(t testing.TB, log *intake.Log, entries ...intake.Entry) intake.Receipt {
	t.Helper()
	r, err := log.Add(entries...)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// replay gives all entries of an intake that must be whole.
func replay(t testing.TB, dir string) []intake.Entry {
	t.Helper()
	var got []intake.Entry
	for e, err := range intake.Replay(dir) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, e.Clone())
	}
	return got
}

func TestOneCollector(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "intake")
	log := open(t, dir, intake.Options{})
	_, _, err := intake.Open(dir, intake.Options{})
	var locked *intake.LockedError
	if !errors.Is(err, intake.ErrLocked) || !errors.As(err, &locked) || locked.PID != os.Getpid() ||
		!strings.Contains(err.Error(), fmt.Sprintf("process %d", os.Getpid())) {
		t.Fatalf("%v", err)
	}
	add(t, log, incident(1))
	if got := replay(t, dir); len(got) != 1 {
		t.Errorf("a follower reads %d entries", len(got))
	}
	if err := errors.Join(log.Close(), log.Close()); err != nil {
		t.Fatal(err)
	}
	add(t, open(t, dir, intake.Options{}), incident(2))
	if got := replay(t, dir); len(got) != 2 || got[1].Seq != 2 || got[0].Desk != got[1].Desk {
		t.Errorf("%+v", got)
	}
}

func TestExerciseNeverChanges(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "intake")
	if err := open(t, dir, intake.Options{Exercise: true}).Close(); err != nil {
		t.Fatal(err)
	}
	_, _, err := intake.Open(dir, intake.Options{Exercise: false})
	if !errors.Is(err, intake.ErrExerciseChanged) {
		t.Fatal(err)
	}
	for _, part := range []string{dir, "exercise = true", "exercise = false", "another state directory"} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("%q is not in %q", part, err)
		}
	}
	id, err := intake.ReadIdentity(dir)
	if err != nil || !id.Exercise || !id.Made.Equal(noon) || len(id.Desk) < 20 {
		t.Errorf("%+v, %v", id, err)
	}
	open(t, dir, intake.Options{Exercise: true}) // the refusal left no lock behind
}

func TestIdentityLost(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "intake")
	log := open(t, dir, intake.Options{})
	add(t, log, incident(1))
	_ = log.Close()
	for _, text := range []string{"", "{", `{"v":1,"desk":""}`} {
		path := filepath.Join(dir, "desk.json")
		if text == "" {
			_ = os.Remove(path)
		} else if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, _, err := intake.Open(dir, intake.Options{}); !errors.Is(err, intake.ErrIdentityLost) || !strings.Contains(err.Error(), path) {
			t.Errorf("%q: %v", text, err)
		}
	}
	if got := replay(t, dir); len(got) != 1 {
		t.Errorf("the entries cannot be read any more: %+v", got)
	}
}

func TestPrivate(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "intake")
	log := open(t, dir, intake.Options{})
	add(t, log, incident(1))
	if err := log.WriteState(nil); err != nil {
		t.Fatal(err)
	}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if want := map[bool]fs.FileMode{true: 0o700, false: 0o600}[d.IsDir()]; err == nil && info.Mode().Perm() != want {
			t.Errorf("%s has mode %v", path, info.Mode())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestNotWritable(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := intake.Open(filepath.Join(file, "intake"), intake.Options{}); !errors.Is(err, intake.ErrNotWritable) {
		t.Errorf("below a file: %v", err)
	}
	for _, cause := range []error{syscall.EROFS, syscall.EACCES, syscall.ENOSPC, syscall.EDQUOT} {
		dir := filepath.Join(t.TempDir(), "intake")
		fsys := &journaltest.FS{Fail: func(op journaltest.Op, _ string) (int, error) {
			if op == journaltest.OpOpen {
				return 0, cause
			}
			return 0, nil
		}}
		if _, _, err := intake.Open(dir, intake.Options{FS: fsys}); !errors.Is(err, intake.ErrNotWritable) || !errors.Is(err, cause) {
			t.Errorf("%v: %v", cause, err)
		}
		open(t, dir, intake.Options{}) // the failure left no lock behind
	}
}

// TestDiskFull: the caller is told at once, everything is counted, and recording goes on when
// there is space.
func TestDiskFull(t *testing.T) {
	dir := t.TempDir()
	full := false
	fsys := &journaltest.FS{Fail: func(op journaltest.Op, _ string) (int, error) {
		if full && op == journaltest.OpWrite {
			return 50, syscall.ENOSPC
		}
		return 0, nil
	}}
	log := open(t, dir, intake.Options{FS: fsys})
	add(t, log, incident(1))
	full = true
	if _, err := log.Add(incident(2), incident(3)); !errors.Is(err, intake.ErrNotRecorded) || log.Err() != nil {
		t.Fatalf("%v; %v", err, log.Err())
	}
	full = false
	if r := add(t, log, incident(4)); r.First != 2 || r.Last != 2 {
		t.Errorf("%+v", r)
	}
	if got := log.Counts(); got != (intake.Counts{Recorded: 2, NotRecorded: 2}) {
		t.Errorf("%+v", got)
	}
	if got := replay(t, dir); len(got) != 2 || string(got[1].Payload) != `{"id":"R-4"}` {
		t.Errorf("%+v", got)
	}
}

// TestDiskFails: what the disk did not confirm is never called recorded again.
func TestDiskFails(t *testing.T) {
	dir := t.TempDir()
	broken := false
	fsys := &journaltest.FS{Fail: func(op journaltest.Op, _ string) (int, error) {
		if broken && op == journaltest.OpSync {
			return 0, syscall.EIO
		}
		return 0, nil
	}}
	log := open(t, dir, intake.Options{FS: fsys})
	add(t, log, incident(1))
	if err := log.Flush(); err != nil {
		t.Fatal(err)
	}
	add(t, log, incident(2), incident(3))
	broken = true
	err := log.Flush()
	if !errors.Is(err, intake.ErrNotConfirmed) || !errors.Is(err, intake.ErrReadOnly) || log.Durable() != 1 {
		t.Fatalf("%v; durable %d", err, log.Durable())
	}
	broken = false
	if _, err := log.Add(incident(4)); !errors.Is(err, intake.ErrReadOnly) || !errors.Is(err, intake.ErrNotRecorded) {
		t.Fatal(err)
	}
	if err := log.Flush(); err == nil {
		t.Fatal("a failed fsync was retried")
	}
	if _, waiting := log.Due(); waiting {
		t.Error("a log that cannot be flushed asks for it")
	}
	if got := log.Counts(); got != (intake.Counts{Recorded: 1, NotRecorded: 1, NotConfirmed: 2}) {
		t.Errorf("%+v", got)
	}
	_ = log.Close()
	log = open(t, dir, intake.Options{FS: fsys})
	if r := add(t, log, incident(5)); r.First != 2 {
		t.Errorf("what the disk lost was built upon: %+v", r)
	}
}

func TestGroupCommit(t *testing.T) {
	syncs := 0
	fsys := &journaltest.FS{Fail: func(op journaltest.Op, _ string) (int, error) {
		if op == journaltest.OpSync {
			syncs++
		}
		return 0, nil
	}}
	c := &clock{noon}
	log := open(t, t.TempDir(), intake.Options{FS: fsys, Now: c.Now, MaxDelay: time.Second, MaxPending: 4})
	syncs = 0
	expect := func(what string, wantSyncs int, r intake.Receipt, durable uint64) {
		t.Helper()
		if syncs != wantSyncs || r.Durable != durable || log.Durable() != durable {
			t.Errorf("%s: %d fsyncs, durable %d, receipt %+v", what, syncs, log.Durable(), r)
		}
	}
	expect("first", 0, add(t, log, incident(1)), 0)
	if due, waiting := log.Due(); !waiting || !due.Equal(noon.Add(time.Second)) {
		t.Errorf("due %v, %t", due, waiting)
	}
	expect("third", 0, add(t, log, incident(2), incident(3)), 0)
	expect("fourth: as many as may wait", 1, add(t, log, incident(4)), 4)
	if _, waiting := log.Due(); waiting {
		t.Error("nothing waits")
	}
	expect("fifth", 1, add(t, log, incident(5)), 4)
	c.now = c.now.Add(time.Second)
	expect("sixth: as long as may be", 2, add(t, log, incident(6)), 6)
	expect("seventh", 2, add(t, log, incident(7)), 6)
	if err := log.Flush(); err != nil {
		t.Fatal(err)
	}
	expect("flush", 3, add(t, log), 7)
}

func TestRefusedEntries(t *testing.T) {
	dir := t.TempDir()
	log := open(t, dir, intake.Options{})
	for name, change := range map[string]func(*intake.Entry){
		"no kind":    func(e *intake.Entry) { e.Kind = "" },
		"no source":  func(e *intake.Entry) { e.Source = "" },
		"no payload": func(e *intake.Entry) { e.Payload = nil },
		"no JSON":    func(e *intake.Entry) { e.Payload = []byte(`{"a":1},"kind":"x"`) },
		"twice":      func(e *intake.Entry) { e.Payload = []byte(`{"a":1,"a":2}`) },
		"no year":    func(e *intake.Entry) { e.Received = time.Date(12026, 1, 1, 0, 0, 0, 0, time.UTC) },
		"too long":   func(e *intake.Entry) { e.Payload = []byte(`"` + strings.Repeat("x", journal.MaxPayload) + `"`) },
	} {
		bad := incident(2)
		change(&bad)
		_, err := log.Add(incident(1), bad)
		if !errors.Is(err, intake.ErrEntry) || !errors.Is(err, intake.ErrNotRecorded) || !strings.Contains(err.Error(), "entry 2 of 2") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if got := replay(t, dir); len(got) != 0 {
		t.Errorf("%+v", got)
	}
	if got := log.Counts(); got != (intake.Counts{NotRecorded: 14}) {
		t.Errorf("%+v", got)
	}
}

// TestRepairIsRemembered: a torn end is put aside, reported, and part of the memory.
func TestRepairIsRemembered(t *testing.T) {
	dir := t.TempDir()
	log := open(t, dir, intake.Options{})
	add(t, log, incident(1))
	_ = log.Close()
	path := filepath.Join(dir, "000000000001.log")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, append(text, "000000000002 0000"...), 0o600); err != nil {
		t.Fatal(err)
	}
	log, rec, err := intake.Open(dir, intake.Options{Now: fixed})
	if err != nil || len(rec.Torn) != 1 || rec.Fresh || rec.Last != 1 {
		t.Fatalf("%+v, %v", rec, err)
	}
	_ = log.Close()
	got := replay(t, dir)
	want := fmt.Sprintf(`{"bytes":17,"file":%q,"moved_to":%q,"offset":%d}`, path, rec.Torn[0].SideFile, len(text))
	if len(got) != 2 || got[1].Kind != intake.KindRepair || string(got[1].Payload) != want {
		t.Errorf("%+v\nwant %s", got, want)
	}
}

// TestDamage: everything before it can be read, nothing is recorded after it.
func TestDamage(t *testing.T) {
	dir := t.TempDir()
	log := open(t, dir, intake.Options{})
	add(t, log, incident(1), incident(2), incident(3))
	_ = log.Close()
	path := filepath.Join(dir, "000000000001.log")
	text, _ := os.ReadFile(path)
	if err := os.WriteFile(path, []byte(strings.Replace(string(text), "R-2", "R-9", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := intake.Open(dir, intake.Options{}); !errors.Is(err, intake.ErrDamaged) || errors.Is(err, intake.ErrNotWritable) {
		t.Errorf("open: %v", err)
	}
	n := 0
	var last error
	for _, err := range intake.Replay(dir) {
		if last = err; err == nil {
			n++
		}
	}
	if n != 1 || !errors.Is(last, intake.ErrDamaged) {
		t.Errorf("%d entries, then %v", n, last)
	}
}

func TestDrop(t *testing.T) {
	dir := t.TempDir()
	log := open(t, dir, intake.Options{SegmentSize: 500})
	for n := range 10 {
		add(t, log, incident(n))
	}
	signed, err := log.Drop(5, "retention")
	if err != nil || signed.Through == 0 || !signed.At.Equal(noon) {
		t.Fatalf("%+v, %v", signed, err)
	}
	if got := replay(t, dir); len(got) != 10-int(signed.Through) || got[0].Seq != signed.Through+1 {
		t.Errorf("%+v", got)
	}
}
