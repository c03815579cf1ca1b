package journal_test

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"vigil/internal/journal"
	"vigil/internal/journal/journaltest"
)

func open(t testing.TB, dir string, opts journal.Options) *journal.Log {
	t.Helper()
	log, rec, err := journal.Open(dir, opts)
	if err != nil {
		t.Fatal(err)
	}
	if rec.Repaired() {
		t.Fatalf("nothing was broken, and this was repaired: %+v", rec)
	}
	t.Cleanup(func() { _ = log.Close() })
	return log
}

func add(t testing.TB, log *journal.Log, payloads ...string) {
	t.Helper()
	raw := make([][]byte, len(payloads))
	for i, p := range payloads {
		raw[i] = []byte(p)
	}
	if _, err := log.Append(raw...); err != nil {
		t.Fatal(err)
	}
}

// numbered makes a log of n records in segments of about four.
func numbered(t testing.TB, n int) (dir string, log *journal.Log) {
	dir = filepath.Join(t.TempDir(), "log")
	log = open(t, dir, journal.Options{SegmentSize: 500})
	for i := range n {
		add(t, log, fmt.Sprintf(`{"n":%d}`, i+1))
	}
	if err := log.Sync(); err != nil {
		t.Fatal(err)
	}
	return dir, log
}

func segments(t testing.TB, dir string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.log"))
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func TestAppendAndRead(t *testing.T) {
	dir, log := numbered(t, 20)
	if n := len(segments(t, dir)); n < 4 {
		t.Fatalf("%d segments", n)
	}
	want := read(t, dir)
	if len(want) != 20 || want[6] != `{"n":7}` {
		t.Fatalf("read %q", want)
	}
	for from := range uint64(23) {
		var got []string
		for rec, err := range journal.Read(dir, from) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, string(rec.Payload))
		}
		if !slices.Equal(got, want[min(20, max(1, from)-1):]) {
			t.Errorf("from %d: %q", from, got)
		}
	}
	head, err := journal.Verify(dir)
	if err != nil || head != log.Head() || head.Seq != 20 || log.Durable() != 20 {
		t.Errorf("verified %v, %v; the log says %v, durable %d", head, err, log.Head(), log.Durable())
	}
	for _, name := range append(segments(t, dir), dir) {
		info, err := os.Stat(name)
		if err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s can be read by others: %v, %v", name, info.Mode(), err)
		}
	}
}

// TestChainByHand does what an auditor with sed and sha256sum would do.
func TestChainByHand(t *testing.T) {
	dir, _ := numbered(t, 20)
	prev := strings.Repeat("0", 64)
	for _, name := range segments(t, dir) {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.SplitAfter(string(text), "\n") {
			if line == "" {
				continue
			}
			column := strings.Split(line, " ")[3]
			if i == 0 {
				column = strings.TrimPrefix(strings.Split(line, " ")[4], "prev=")
			}
			if column != prev {
				t.Fatalf("%s:%d carries %s, the line before has %s", name, i+1, column, prev)
			}
			prev = fmt.Sprintf("%x", sha256.Sum256([]byte(line)))
		}
	}
}

func TestPayloadsThatAreNoLine(t *testing.T) {
	dir, log := numbered(t, 1)
	for name, bad := range map[string][]byte{
		"empty": {}, "line break": []byte("{\n}"), "NUL": []byte("\"\x00\""), "too long": make([]byte, journal.MaxPayload+1),
	} {
		_, err := log.Append([]byte(`"good"`), bad)
		if !errors.Is(err, journal.ErrPayload) || !errors.Is(err, journal.ErrNotRecorded) || !strings.Contains(err.Error(), "payload 2") {
			t.Errorf("%s: %v", name, err)
		}
	}
	longest := []byte(strings.Repeat("x", journal.MaxPayload))
	if _, err := log.Append(longest); err != nil {
		t.Fatal(err)
	}
	if got := read(t, dir); len(got) != 2 || got[1] != string(longest) {
		t.Errorf("read %d records", len(got))
	}
}

// TestEveryByteMatters changes each byte of a log: reading must stop before it, and
// opening must refuse, or put aside only what had lost its end.
func TestEveryByteMatters(t *testing.T) {
	dir, log := numbered(t, 7)
	_ = log.Close()
	segs := segments(t, dir)
	whole := read(t, dir)
	for _, name := range segs {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for i := range text {
			changed := slices.Clone(text)
			changed[i] ^= 1
			if err := os.WriteFile(name, changed, 0o600); err != nil {
				t.Fatal(err)
			}
			var got []string
			var last error
			for rec, err := range journal.Read(dir, 0) {
				if last = err; err == nil {
					got = append(got, string(rec.Payload))
				}
			}
			var damage *journal.DamageError
			if !errors.As(last, &damage) || damage.File != name {
				t.Fatalf("%s: byte %d: %v after %q", name, i, last, got)
			}
			if len(got) >= len(whole) || !slices.Equal(got, whole[:len(got)]) || int(damage.LastGood) != len(got) {
				t.Fatalf("%s: byte %d: %v, but read %q", name, i, damage, got)
			}
			if _, _, err := journal.Open(dir, journal.Options{Verify: true}); !errors.Is(err, journal.ErrDamaged) {
				t.Fatalf("%s: byte %d: opened for writing: %v", name, i, err)
			}
		}
		if err := os.WriteFile(name, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestMissingSegments(t *testing.T) {
	for i := range 3 {
		dir, _ := numbered(t, 14)
		segs := segments(t, dir)
		if err := os.Remove(segs[i]); err != nil {
			t.Fatal(err)
		}
		_, err := journal.Verify(dir)
		if !errors.Is(err, journal.ErrDamaged) {
			t.Errorf("without %s: %v", segs[i], err)
		}
	}
}

func TestDamageSaysWhereAndWhatToDo(t *testing.T) {
	dir, _ := numbered(t, 7)
	name := segments(t, dir)[0]
	text, _ := os.ReadFile(name)
	broken := strings.Replace(string(text), `{"n":3}`, `{"n":9}`, 1)
	if err := os.WriteFile(name, []byte(broken), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := journal.Verify(dir)
	want := fmt.Sprintf("%s:4 (byte %d): damaged: the checksum does not match the line; the records up to 2 are whole and can be read; "+
		"copy the directory before anything else, then put back this file from a backup, or move the directory away to begin a new log",
		name, strings.Index(broken, "000000000003"))
	if err == nil || err.Error() != want {
		t.Errorf("%v\nwant\n%s", err, want)
	}
}

func TestNewerFormat(t *testing.T) {
	for _, c := range []struct {
		reader   uint64
		readable bool
	}{{1, true}, {2, false}} {
		dir := t.TempDir()
		journal.WriteSegment(t, dir, 2, c.reader, `"from the future"`)
		_, _, err := journal.Open(dir, journal.Options{})
		if !errors.Is(err, journal.ErrNewerFormat) || !strings.Contains(err.Error(), "update vigil") {
			t.Errorf("reader=%d: open: %v", c.reader, err)
		}
		var got []string
		var last error
		for rec, err := range journal.Read(dir, 0) {
			if last = err; err == nil {
				got = append(got, string(rec.Payload))
			}
		}
		if c.readable && (last != nil || len(got) != 1) || !c.readable && !errors.Is(last, journal.ErrNewerFormat) {
			t.Errorf("reader=%d: read %q, %v", c.reader, got, last)
		}
	}
}

// TestDiskFull: the batch is taken back whole, also over a new segment, and the log goes on
// when there is space.
func TestDiskFull(t *testing.T) {
	for _, size := range []int64{300, 1 << 20} {
		full := false
		fsys := &journaltest.FS{Fail: func(op journaltest.Op, _ string) (int, error) {
			if full && op == journaltest.OpWrite {
				return 150, syscall.ENOSPC
			}
			return 0, nil
		}}
		dir := t.TempDir()
		log := open(t, dir, journal.Options{FS: fsys, SegmentSize: size})
		add(t, log, `"a"`, `"b"`)
		full = true
		for range 3 {
			_, err := log.Append([]byte(`"c"`), []byte(`"d"`))
			if !errors.Is(err, journal.ErrNotRecorded) || !errors.Is(err, syscall.ENOSPC) || log.Err() != nil {
				t.Fatalf("%v; log: %v", err, log.Err())
			}
		}
		full = false
		add(t, log, `"e"`)
		if got := read(t, dir); !slices.Equal(got, []string{`"a"`, `"b"`, `"e"`}) {
			t.Errorf("read %q", got)
		}
	}
}

// TestReaderFollows: a reader without the lock sees every record once and in order while
// they are written and segments begin.
func TestReaderFollows(t *testing.T) {
	dir := t.TempDir()
	const n = 2000
	log := open(t, dir, journal.Options{SegmentSize: 2000})
	var writer sync.WaitGroup
	writer.Go(func() {
		for i := range n {
			if _, err := log.Append(fmt.Appendf(nil, `{"n":%d}`, i+1)); err != nil {
				t.Error(err)
				return
			}
		}
	})
	r := journal.NewReader(dir, 0)
	defer r.Close()
	for seen := 0; seen < n; {
		rec, err := r.Next()
		if errors.Is(err, io.EOF) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		seen++
		if string(rec.Payload) != fmt.Sprintf(`{"n":%d}`, seen) {
			t.Fatalf("record %d is %q", seen, rec.Payload)
		}
	}
	writer.Wait()
}

// TestHalfALine: what is still being written is not there yet, and is there afterwards.
func TestHalfALine(t *testing.T) {
	dir, log := numbered(t, 2)
	name := segments(t, dir)[0]
	text, _ := os.ReadFile(name)
	add(t, log, `{"n":3}`)
	grown, _ := os.ReadFile(name)
	r := journal.NewReader(dir, 3)
	defer r.Close()
	for size := len(text); size < len(grown); size++ {
		if err := os.WriteFile(name, grown[:size], 0o600); err != nil {
			t.Fatal(err)
		}
		if rec, err := r.Next(); !errors.Is(err, io.EOF) {
			t.Fatalf("with %d bytes: %q, %v", size, rec.Payload, err)
		}
	}
	if err := os.WriteFile(name, grown, 0o600); err != nil {
		t.Fatal(err)
	}
	if rec, err := r.Next(); err != nil || string(rec.Payload) != `{"n":3}` || rec.Line != 4 {
		t.Fatalf("%+v, %v", rec, err)
	}
}

// TestCheckpointOfACutRecord: what a checkpoint proves to have been recorded is said to be missing, and never that nobody was told of it.
func TestCheckpointOfACutRecord(t *testing.T) {
	dir, log := numbered(t, 2)
	early := log.Head()
	for range 3 {
		add(t, log, `{"later":true}`)
	}
	late := log.Head()
	name := segments(t, dir)[len(segments(t, dir))-1]
	text, _ := os.ReadFile(name)
	if err := os.WriteFile(name, text[:len(text)-10], 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		point       journal.Head
		is          []error
		says, never string
	}{
		{late, []error{journal.ErrUnfinished, journal.ErrCheckpoint}, "ends with record 4, the checkpoint was taken at record 5: record 5 is missing", "nobody was told"},
		{early, []error{journal.ErrUnfinished}, "which nobody was told are recorded", "missing"},
		{journal.Head{}, []error{journal.ErrUnfinished}, "or the end was cut off, which only a checkpoint can tell", "missing"},
	} {
		_, err := journal.Check(journal.OS, dir, c.point)
		for _, is := range c.is {
			if !errors.Is(err, is) {
				t.Errorf("at %d: %v is not %q", c.point.Seq, err, is)
			}
		}
		if !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), c.never) {
			t.Errorf("at %d: %v", c.point.Seq, err)
		}
	}
}

// TestReplaced: a reader does not wait for ever on a log that was moved away.
func TestReplaced(t *testing.T) {
	dir, log := numbered(t, 2)
	r := journal.NewReader(dir, 3)
	defer r.Close()
	if _, err := r.Next(); !errors.Is(err, io.EOF) {
		t.Fatal(err)
	}
	_ = log.Close()
	if err := os.Rename(dir, dir+".old"); err != nil {
		t.Fatal(err)
	}
	open(t, dir, journal.Options{})
	if _, err := r.Next(); !errors.Is(err, journal.ErrReplaced) {
		t.Fatal(err)
	}
}

// TestRefresh: two processes write in turn.
func TestRefresh(t *testing.T) {
	dir := t.TempDir()
	opts := journal.Options{Sync: journal.SyncAlways, SegmentSize: 400}
	logs := []*journal.Log{open(t, dir, opts), open(t, dir, opts)}
	var want []string
	for i := range 12 {
		turn := logs[i/2%2]
		rec, err := turn.Refresh()
		if err != nil {
			t.Fatal(err)
		}
		if came := i > 1 && i%2 == 0; came != (rec.Last > 0) {
			t.Errorf("before %d: %+v", i, rec)
		}
		want = append(want, fmt.Sprint(i))
		add(t, turn, want[i])
		if turn.Durable() != uint64(i+1) {
			t.Errorf("durable: %d", turn.Durable())
		}
	}
	if got := read(t, dir); !slices.Equal(got, want) {
		t.Errorf("read %q", got)
	}
	f, err := os.OpenFile(segments(t, dir)[len(segments(t, dir))-1], os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteString("000000000013 00"); err != nil {
		t.Fatal(err)
	}
	rec, err := logs[0].Refresh()
	if err != nil || len(rec.Torn) != 1 || rec.Torn[0].Bytes != 15 {
		t.Fatalf("%+v, %v", rec, err)
	}
	add(t, logs[0], "12")
	if got := read(t, dir); len(got) != 13 {
		t.Errorf("read %q", got)
	}
}

func TestDrop(t *testing.T) {
	dir, log := numbered(t, 20)
	names := segments(t, dir)
	at := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	if s, err := log.Drop(1, "duty officer", at); err != nil || s != (journal.SignOff{}) {
		t.Fatalf("nothing to drop: %+v, %v", s, err)
	}
	signed, err := log.Drop(15, "duty officer", at)
	if err != nil || signed.Through == 0 || signed.Through > 15 || signed.By != "duty officer" || !signed.At.Equal(at) {
		t.Fatalf("%+v, %v", signed, err)
	}
	first := fmt.Sprintf(`{"n":%d}`, signed.Through+1)
	if got := read(t, dir); len(got) != 20-int(signed.Through) || got[0] != first {
		t.Fatalf("left: %q", got)
	}
	add(t, log, `"on"`)
	_ = log.Close()
	log = open(t, dir, journal.Options{Verify: true})
	if _, err := log.Drop(1000, "duty officer", at); err != nil {
		t.Fatal(err)
	}
	if left := segments(t, dir); len(left) != 1 || left[0] == names[0] {
		t.Fatalf("left: %q", left)
	}
	if err := os.Remove(filepath.Join(dir, "signoff.json")); err != nil {
		t.Fatal(err)
	}
	if _, err := journal.Verify(dir); !errors.Is(err, journal.ErrDamaged) {
		t.Fatalf("records are gone and nobody signed for it: %v", err)
	}
}

// TestDropInterrupted: what was signed off and not yet removed can be read, and goes when
// the log is opened.
func TestDropInterrupted(t *testing.T) {
	calls := 0
	fsys := &journaltest.FS{Fail: func(op journaltest.Op, _ string) (int, error) {
		if op == journaltest.OpRemove {
			if calls++; calls > 1 {
				return 0, syscall.EIO
			}
		}
		return 0, nil
	}}
	dir := t.TempDir()
	log := open(t, dir, journal.Options{FS: fsys, SegmentSize: 300})
	for i := range 20 {
		add(t, log, fmt.Sprint(i))
	}
	signed, err := log.Drop(20, "duty officer", time.Time{})
	if !errors.Is(err, syscall.EIO) {
		t.Fatal(err)
	}
	_ = log.Close()
	if _, err := journal.Verify(dir); err != nil {
		t.Fatal(err)
	}
	log, rec, err := journal.Open(dir, journal.Options{})
	if err != nil || len(rec.Dropped) == 0 || rec.First != signed.Through+1 {
		t.Fatalf("%+v, %v", rec, err)
	}
	_ = log.Close()
}

func TestClosed(t *testing.T) {
	_, log := numbered(t, 1)
	if err := errors.Join(log.Close(), log.Close()); err != nil {
		t.Fatal(err)
	}
	if _, err := log.Append([]byte("1")); !errors.Is(err, journal.ErrClosed) || !errors.Is(err, journal.ErrNotRecorded) {
		t.Error(err)
	}
	if err := log.Sync(); !errors.Is(err, journal.ErrClosed) {
		t.Error(err)
	}
}

func TestNoLog(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "nothing")
	if got := read(t, dir); len(got) != 0 {
		t.Errorf("read %q", got)
	}
	if head, err := journal.Verify(dir); err != nil || head.Seq != 0 {
		t.Errorf("%v, %v", head, err)
	}
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Errorf("reading made %s", dir)
	}
}

// TestReadErrorPasses: an error of the file system is told, and reading goes on after it
// without a hole.
func TestReadErrorPasses(t *testing.T) {
	dir, _ := numbered(t, 14)
	dice := rand.New(rand.NewPCG(1, 2))
	r := journal.NewReaderOn(&journaltest.FS{Fail: func(journaltest.Op, string) (int, error) {
		if dice.IntN(4) == 0 {
			return 0, syscall.EIO
		}
		return 0, nil
	}}, dir, 0)
	defer r.Close()
	faults := 0
	for seen := uint64(0); seen < 14; {
		rec, err := r.Next()
		switch {
		case errors.Is(err, syscall.EIO):
			faults++
		case err != nil:
			t.Fatal(err)
		default:
			if seen++; rec.Seq != seen {
				t.Fatalf("record %d came as number %d", rec.Seq, seen)
			}
		}
	}
	if faults == 0 {
		t.Error("no fault came up")
	}
}

// TestOffset: what was read adds up over the segments, and does not fall when the reader is closed between.
func TestOffset(t *testing.T) {
	dir, _ := numbered(t, 20)
	var size int64
	for _, name := range segments(t, dir) {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		size += info.Size()
	}
	r := journal.NewReader(dir, 0)
	defer r.Close()
	last := r.Offset()
	for {
		_, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if r.Offset() <= last {
			t.Fatalf("at %d after %d", r.Offset(), last)
		}
		last = r.Offset()
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if last != size {
		t.Errorf("%d bytes were read of %d", last, size)
	}
}
