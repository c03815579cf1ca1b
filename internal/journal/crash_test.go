package journal_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"pgregory.net/rapid"

	"vigil/internal/journal"
	"vigil/internal/journal/journaltest"
)

// model is what a log must hold: everything up to durable for certain, and of what follows
// a part from its start.
type model struct {
	payloads []string
	durable  int
}

// check reads the log and compares; what was read is what holds from then on.
func (m *model) check(t *rapid.T, dir string) {
	var got []string
	for rec, err := range journal.Read(dir, 0) {
		if err != nil {
			t.Fatalf("after %d records: %v", len(got), err)
		}
		if int(rec.Seq) != len(got)+1 {
			t.Fatalf("record %d came as number %d", rec.Seq, len(got)+1)
		}
		got = append(got, string(rec.Payload))
	}
	if len(got) < m.durable {
		t.Fatalf("%d records were acknowledged, %d are left", m.durable, len(got))
	}
	if len(got) > len(m.payloads) || !slices.Equal(got, m.payloads[:len(got)]) {
		t.Fatalf("delivered %q\nappended %q", got, m.payloads)
	}
	m.payloads = got
}

// TestCrash: whatever fails and whenever the power goes, what was acknowledged is delivered,
// and nothing else than what was appended.
func TestCrash(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		dir, err := os.MkdirTemp("", "journal")
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(dir)
		c := crash{t: t, dir: filepath.Join(dir, "log"), next: map[journaltest.Op]error{}}
		c.policy = rapid.SampledFrom([]journal.SyncPolicy{journal.SyncManual, journal.SyncAlways}).Draw(t, "policy")
		c.fs.Fail = c.fault
		c.open()
		t.Repeat(map[string]func(*rapid.T){
			"append": c.append,
			"sync":   c.sync,
			"reopen": func(*rapid.T) { _ = c.log.Close(); c.open() },
			"power":  c.power,
			"":       func(*rapid.T) {},
		})
		_ = c.log.Close()
		c.open()
		c.check(t, c.dir)
	})
}

type crash struct {
	model
	t     *rapid.T
	dir   string
	fs    journaltest.FS
	log   *journal.Log
	next  map[journaltest.Op]error // faults to come
	short int

	policy journal.SyncPolicy
}

func (c *crash) fault(op journaltest.Op, _ string) (int, error) {
	err := c.next[op]
	delete(c.next, op)
	return c.short, err
}

func (c *crash) open() {
	clear(c.next)
	var err error
	c.log, _, err = journal.Open(c.dir, journal.Options{FS: &c.fs, SegmentSize: 500, Sync: c.policy})
	if err != nil {
		c.t.Fatal(err)
	}
	c.check(c.t, c.dir)
	c.durable = len(c.payloads) // what an opened log holds is built upon
}

func (c *crash) append(t *rapid.T) {
	clear(c.next)
	op := rapid.SampledFrom([]journaltest.Op{"", "", journaltest.OpWrite, journaltest.OpSync, journaltest.OpTruncate}).Draw(t, "fault")
	c.short = rapid.IntRange(0, 600).Draw(t, "short")
	if op != "" {
		c.next[op] = rapid.SampledFrom([]error{syscall.ENOSPC, syscall.EIO}).Draw(t, "error")
	}
	if op == journaltest.OpTruncate {
		c.next[journaltest.OpWrite] = syscall.ENOSPC
	}
	batch := rapid.SliceOfN(rapid.StringMatching(`\{"[a-z]{0,300}"\}`), 1, 4).Draw(t, "batch")
	payloads := make([][]byte, len(batch))
	for i := range batch {
		payloads[i] = []byte(batch[i])
	}
	_, err := c.log.Append(payloads...)
	recorded, confirmed := !errors.Is(err, journal.ErrNotRecorded), !errors.Is(err, journal.ErrNotConfirmed)
	if err != nil && recorded == confirmed {
		t.Fatalf("not exactly one of not recorded and not confirmed: %v", err)
	}
	if recorded {
		c.payloads = append(c.payloads, batch...)
	}
	c.durable = max(c.durable, int(c.log.Durable()))
	if c.log.Err() != nil {
		_ = c.log.Close()
		c.open()
	}
}

func (c *crash) sync(t *rapid.T) {
	clear(c.next)
	if rapid.Bool().Draw(t, "fails") {
		c.next[journaltest.OpSync] = syscall.EIO
	}
	if err := c.log.Sync(); err == nil {
		c.durable = len(c.payloads)
		return
	} else if !errors.Is(err, journal.ErrNotConfirmed) || !errors.Is(err, journal.ErrReadOnly) {
		t.Fatal(err)
	}
	if _, err := c.log.Append([]byte("1")); !errors.Is(err, journal.ErrReadOnly) || !errors.Is(err, journal.ErrNotRecorded) {
		t.Fatalf("append after a failed fsync: %v", err)
	}
	if err := c.log.Sync(); err == nil {
		t.Fatal("a failed fsync was retried")
	}
	_ = c.log.Close()
	c.open()
}

func (c *crash) power(t *rapid.T) {
	zero := rapid.Bool().Draw(t, "zeroed")
	err := c.fs.Crash(
		func(n int64) int64 { return rapid.Int64Range(0, n).Draw(t, "kept") },
		func(n int64) int64 {
			if !zero {
				return 0
			}
			return rapid.Int64Range(0, n).Draw(t, "zeroed")
		})
	if err != nil {
		t.Fatal(err)
	}
	c.open()
}

// TestKilledAtEveryByte cuts a log off at every byte of its last segment.
func TestKilledAtEveryByte(t *testing.T) {
	whole := t.TempDir()
	log, _, err := journal.Open(whole, journal.Options{SegmentSize: 250})
	if err != nil {
		t.Fatal(err)
	}
	for n := range 5 {
		if _, err := log.Append([]byte(fmt.Sprintf(`{"n":%d}`, n))); err != nil {
			t.Fatal(err)
		}
	}
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	segs, _ := filepath.Glob(filepath.Join(whole, "*.log"))
	if len(segs) < 2 {
		t.Fatalf("the log has %d segments, the test needs more", len(segs))
	}
	last := segs[len(segs)-1]
	full, err := os.ReadFile(last)
	if err != nil {
		t.Fatal(err)
	}
	before := len(read(t, whole)) - strings.Count(string(full), "\n") + 1
	for size := range len(full) + 1 {
		dir := t.TempDir()
		if err := os.CopyFS(dir, os.DirFS(whole)); err != nil {
			t.Fatal(err)
		}
		cut := filepath.Join(dir, filepath.Base(last))
		if err := os.Truncate(cut, int64(size)); err != nil {
			t.Fatal(err)
		}
		want := before + max(0, bytes.Count(full[:size], []byte("\n"))-1)
		if got := len(read(t, dir)); got != want {
			t.Fatalf("cut at %d: a reader without the lock sees %d records, not %d", size, got, want)
		}
		log, rec, err := journal.Open(dir, journal.Options{Verify: true})
		if err != nil {
			t.Fatalf("cut at %d: %v", size, err)
		}
		torn := size > 0 && full[size-1] != '\n'
		if len(rec.Torn) > 0 != torn || int(rec.Last) != want {
			t.Fatalf("cut at %d: recovery %+v", size, rec)
		}
		for _, q := range rec.Torn {
			side, err := os.ReadFile(q.SideFile)
			if err != nil || !bytes.HasSuffix(full[:size], side) || int64(len(side)) != q.Bytes || q.Bytes == 0 {
				t.Fatalf("cut at %d: side file %q, %v", size, side, err)
			}
		}
		if _, err := log.Append([]byte(`"on"`)); err != nil {
			t.Fatal(err)
		}
		if err := log.Close(); err != nil {
			t.Fatal(err)
		}
		if got := read(t, dir); len(got) != want+1 || got[want] != `"on"` {
			t.Fatalf("cut at %d: then appended, read %q", size, got)
		}
	}
}

// read gives all payloads of a log that must be whole.
func read(t testing.TB, dir string) []string {
	t.Helper()
	var got []string
	for rec, err := range journal.Read(dir, 0) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, string(rec.Payload))
	}
	return got
}
