package journal_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vigil/internal/journal"
)

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
