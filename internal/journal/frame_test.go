package journal

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// Rewind makes a reader begin again, with the memory that it has.
func Rewind(r *Reader, from uint64) {
	_ = r.Close()
	*r = Reader{fs: r.fs, dir: r.dir, from: from, buf: r.buf}
}

// Rest reads to the end and gives the last record that was delivered, 0 if none was.
func Rest(r *Reader) (last uint64, err error) {
	for {
		rec, err := r.Next()
		if err != nil {
			return last, err
		}
		last = rec.Seq
	}
}

// WriteSegment makes a log as another version would, for the tests outside the package.
func WriteSegment(t *testing.T, dir string, format, reader uint64, payloads ...string) {
	t.Helper()
	text, hash := appendHeader(nil, header{format: format, reader: reader, first: 1})
	for i, p := range payloads {
		text, hash = appendRecord(text, uint64(i+1), hash, []byte(p))
	}
	if err := os.WriteFile(filepath.Join(dir, segmentName(1)), text, fileMode); err != nil {
		t.Fatal(err)
	}
}

// TestFramesAreFrozen: the bytes were computed by another program.
func TestFramesAreFrozen(t *testing.T) {
	text, hash := appendHeader(nil, header{format: 1, reader: 1, first: 1})
	text, _ = appendRecord(text, 1, hash, []byte(`{"n":1}`))
	const want = "vigil-journal format=1 reader=1 first=000000000001 " +
		"prev=0000000000000000000000000000000000000000000000000000000000000000 crc=35cf4ff6\n" +
		"000000000001 0000007 c82f3aeb 66a0154c3ea5304625cd92a7e68095eb152d5cf312a8af59d82ade5c10f25b77 {\"n\":1}\n"
	if string(text) != want {
		t.Errorf("got\n%swant\n%s", text, want)
	}
}

// FuzzRecord: a line that is accepted is exactly the line that would be written.
func FuzzRecord(f *testing.F) {
	line, hash := appendRecord(nil, 1, Hash{}, []byte(`{"n":1}`))
	f.Add(line)
	line, _ = appendRecord(nil, maxSeq, hash, []byte("\xff"))
	f.Add(line)
	f.Add([]byte("000000000001 0000007 "))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, line []byte) {
		got, err := parseRecord(line)
		if err != nil {
			return
		}
		if again, _ := appendRecord(nil, got.seq, got.prev, got.payload); !bytes.Equal(again, line) {
			t.Errorf("accepted %q, which would be written as %q", line, again)
		}
	})
}

// FuzzPayload: what is written is accepted and comes back, and no torn part of it is.
func FuzzPayload(f *testing.F) {
	f.Add([]byte(`{"n":1}`), uint64(1), 3)
	f.Add([]byte("\r\xff \t"), uint64(maxSeq), 100)
	f.Fuzz(func(t *testing.T, payload []byte, seq uint64, cut int) {
		seq = seq%maxSeq + 1
		if checkPayload(payload) != nil {
			return
		}
		line, _ := appendRecord(nil, seq, Hash{1, 2}, payload)
		got, err := parseRecord(line)
		if err != nil || got.seq != seq || got.prev != (Hash{1, 2}) || !bytes.Equal(got.payload, payload) {
			t.Fatalf("%q came back as %+v, %v", line, got, err)
		}
		if cut >= 0 && cut < len(line) {
			if got, err := parseRecord(line[:cut]); err == nil {
				t.Errorf("a part of %d bytes was accepted as %+v", cut, got)
			}
		}
	})
}

// FuzzHeader: a header of this version that is accepted is exactly what would be written.
func FuzzHeader(f *testing.F) {
	for _, h := range []header{{1, 1, 1, Hash{}}, {1, 1, maxSeq, Hash{5}}, {2, 1, 7, Hash{6}}} {
		line, _ := appendHeader(nil, h)
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		h, err := parseHeader(line)
		if err != nil || h.format != FormatVersion {
			return
		}
		if again, _ := appendHeader(nil, h); !bytes.Equal(again, line) {
			t.Errorf("accepted %q, which would be written as %q", line, again)
		}
	})
}

// TestForged: a record that was changed with its checksum made right is found by the next
// one, or by the header of the next segment.
func TestForged(t *testing.T) {
	dir := t.TempDir()
	log, _, err := Open(dir, Options{SegmentSize: 400})
	if err != nil {
		t.Fatal(err)
	}
	for range 6 {
		if _, err := log.Append([]byte(`{"killed":12}`)); err != nil {
			t.Fatal(err)
		}
	}
	head := log.Head()
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	segs, err := listSegments(OS, dir)
	if err != nil || len(segs) != 2 {
		t.Fatalf("%v, %v", segs, err)
	}
	whole, err := os.ReadFile(segs[0].path)
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.SplitAfter(whole, []byte("\n"))
	for seq := range int(segs[1].first - 1) {
		old, err := parseRecord(lines[seq+1])
		if err != nil {
			t.Fatal(err)
		}
		forged, _ := appendRecord(nil, old.seq, old.prev, []byte(`{"killed":10}`))
		if err := os.WriteFile(segs[0].path, bytes.Replace(whole, lines[seq+1], forged, 1), fileMode); err != nil {
			t.Fatal(err)
		}
		got, err := Verify(dir)
		var damage *DamageError
		if !errors.As(err, &damage) || damage.LastGood != old.seq || got == head {
			t.Errorf("record %d forged: %v", old.seq, err)
		}
	}
}
