package journal_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"vigil/internal/journal"
	"vigil/internal/journal/journaltest"
)

// thousand makes a log of 1,000 records in memory.
func thousand(t *testing.T) (disk *journaltest.Disk, dir string, segs []part) {
	disk, dir = journaltest.NewDisk("/desk"), "/desk/log"
	log, _, err := journal.Open(dir, journal.Options{FS: disk, SegmentSize: 8 << 10})
	if err != nil {
		t.Fatal(err)
	}
	for n := range 1000 {
		if _, err := log.Append(fmt.Appendf(nil, `{"n":%d,"text":"entry of the log"}`, n+1)); err != nil {
			t.Fatal(err)
		}
	}
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	list, err := disk.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		p := part{path: dir + "/" + e.Name()}
		if _, err := fmt.Sscanf(e.Name(), "%d.log", &p.first); err != nil {
			t.Fatal(err)
		}
		segs = append(segs, p)
	}
	return disk, dir, segs
}

type part struct {
	path  string
	first uint64
}

// TestProofFlips changes every bit of a log of 1,000 records, one at a time. What comes before a segment cannot hide what is
// changed in it, so reading begins with it.
func TestProofFlips(t *testing.T) {
	disk, dir, segs := thousand(t)
	r := journal.NewReaderOn(disk, dir, 0)
	var flips, detected, delivered int
	for _, s := range segs {
		content := disk.Content(s.path)
		for at := 0; at < len(content); at += journaltest.Times(37, 1) {
			for bit := range 8 {
				flips++
				content[at] ^= 1 << bit
				journal.Rewind(r, s.first)
				last, err := journal.Rest(r)
				content[at] ^= 1 << bit
				var damage *journal.DamageError
				if !errors.As(err, &damage) || damage.File != s.path && last < s.first {
					t.Errorf("%s: bit %d of byte %d: %v", s.path, bit, at, err)
					continue
				}
				detected++
				if damage.Offset > int64(at) || last > s.first+uint64(countLines(content[:at])) {
					t.Errorf("%s: bit %d of byte %d: delivered what lies behind it, or said byte %d", s.path, bit, at, damage.Offset)
					delivered++
				}
			}
		}
	}
	if _, err := journal.Check(disk, dir, journal.Head{}); err != nil {
		t.Errorf("with everything put right: %v", err)
	}
	f := journaltest.NewFigures("every bit of a log of 1,000 records changed, one at a time")
	f.Row(flips, "changes")
	f.Row(detected, "of them detected, with file, line and byte")
	f.Row(delivered, "times anything was delivered from the changed record on")
	f.Print(t, t.Output())
}

func countLines(b []byte) (n int) {
	for _, c := range b {
		if c == '\n' {
			n++
		}
	}
	return n
}

// TestProofTruncations cuts a log of 1,000 records off at every byte of each of its segments, and then takes whole segments away.
func TestProofTruncations(t *testing.T) {
	disk, dir, segs := thousand(t)
	whole, err := journal.Check(disk, dir, journal.Head{})
	if err != nil || whole.Records != 1000 {
		t.Fatal(whole, err)
	}
	var cuts, alone, between, pointed int
	try := func(what string) {
		cuts++
		_, err := journal.Check(disk, dir, journal.Head{})
		pointed++
		switch {
		case errors.Is(err, journal.ErrUnfinished):
			alone++
			if _, err := journal.Check(disk, dir, whole.Head); !errors.Is(err, journal.ErrCheckpoint) || strings.Contains(err.Error(), "nobody was told") {
				t.Errorf("%s: with a checkpoint: %v", what, err)
			}
		case errors.Is(err, journal.ErrDamaged):
			alone++
		case err == nil:
			between++
			if _, err := journal.Check(disk, dir, whole.Head); !errors.Is(err, journal.ErrCheckpoint) {
				t.Errorf("%s: not detected with a checkpoint: %v", what, err)
				pointed--
			}
		default:
			t.Errorf("%s: %v", what, err)
		}
	}
	every := journaltest.Times(1013, 1)
	for i, s := range segs {
		content := disk.Content(s.path)
		for size := range content {
			if size%every != 0 && (i < len(segs)-1 || size%29 != 0) {
				continue // a small proof looks at the last segment more closely
			}
			disk.Put(s.path, slices.Clone(content[:size]))
			try(fmt.Sprintf("%s cut to %d bytes", s.path, size))
		}
		disk.Put(s.path, content)
	}
	for i := range segs {
		content := disk.Content(segs[i].path)
		disk.Put(segs[i].path, nil)
		try(segs[i].path + " removed")
		disk.Put(segs[i].path, content)
	}
	f := journaltest.NewFigures("a log of 1,000 records cut off at every byte, and without each of its segments")
	f.Row(cuts, "cuts")
	f.Row(alone, "of them detected by the log alone")
	f.Row(between, "exactly between two records at the end, which leaves a whole, shorter log")
	f.Row(pointed, "of all detected against a checkpoint that is kept elsewhere")
	f.Print(t, t.Output())
}
