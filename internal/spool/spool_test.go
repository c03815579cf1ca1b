package spool

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vigil/internal/feed"
	"vigil/internal/feed/feedtest"
	"vigil/internal/feed/native"
	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/safetext"
)

// arrival is the k-th of a feed; every third is of another format than the native one.
func arrival(k int, ctx *feed.Context) (*picture.Arrival, *incident.Incident) {
	line := fmt.Appendf(nil, `{"id":"R-%d","act":"shooting","country":"MLI","place":"Gao %d","title":"%s"}`, k, k%7, strings.Repeat("shots ", k%40))
	rec, _ := native.Format.Line(ctx, line, feed.Place{Line: k, Offset: int64(100 * k)})
	a := &picture.Arrival{Incident: &rec.Incident, Origin: incident.Origin{File: ctx.File, Line: k, Offset: int64(100 * k)}}
	if k%3 > 0 {
		a.Line, a.Context = string(line), ctx
	}
	return a, &rec.Incident
}

// TestWhatIsKeptIsReadBack: in memory and in a file, compressed or not yet, each record is what it was.
func TestWhatIsKeptIsReadBack(t *testing.T) {
	for name, dir := range map[string]string{"file": t.TempDir(), "memory": "", "no directory": filepath.Join(t.TempDir(), "none")} {
		t.Run(name, func(t *testing.T) {
			s := New(dir)
			ctx := feed.NewContext("feeds/radio.jsonl")
			other := &feed.Context{File: ctx.File, Authority: safetext.Const("hq"), Grade: safetext.Const("B2"), Handling: incident.Known(incident.Internal)}
			var want []*incident.Incident
			for k := 1; k <= 5000; k++ {
				a, i := arrival(k, []*feed.Context{ctx, other}[k%2])
				s.Keep(a)
				want = append(want, i)
			}
			for k, w := range want {
				got, err := s.Incident(uint32(k + 1))
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(w, got, feedtest.Text); diff != "" {
					t.Fatalf("record %d (-kept +read):\n%s", k+1, diff)
				}
				if line, offset := s.Place(uint32(k + 1)); line != k+1 || offset != int64(100*(k+1)) {
					t.Fatalf("record %d stood at %d, %d", k+1, line, offset)
				}
			}
			if (s.Trouble() != nil) != (name == "no directory") {
				t.Errorf("trouble: %v", s.Trouble())
			}
			if left, _ := os.ReadDir(dir); dir != "" && len(left) > 0 {
				t.Errorf("a file has a name: %v", left)
			}
			if _, err := s.Incident(5001); err == nil {
				t.Error("a record that was never kept is read back")
			}
		})
	}
}

// TestReadersBesideTheWriter: texts are read while more are kept.
func TestReadersBesideTheWriter(t *testing.T) {
	s := New(t.TempDir())
	ctx := feed.NewContext("feeds/radio.jsonl")
	a, _ := arrival(1, ctx)
	s.Keep(a)
	var wg sync.WaitGroup
	for r := range 3 {
		wg.Go(func() {
			for k := range 2000 {
				i, err := s.Incident(1)
				if err != nil || i.Identity.ID.String() != "R-1" {
					t.Errorf("reader %d, %d: %v", r, k, err)
					return
				}
			}
		})
	}
	for k := 2; k <= 20_000; k++ {
		a, _ := arrival(k, ctx)
		s.Keep(a)
	}
	wg.Wait()
}

// FuzzParse: what stands in a block can be anything, if a disk is bad.
func FuzzParse(f *testing.F) {
	f.Add([]byte{1, 2, 0, 3, 'a', 'b', 'c'})
	f.Fuzz(func(t *testing.T, b []byte) {
		r, rest, err := parse(b)
		if err == nil && !bytes.HasSuffix(b, append(bytes.Clone(r.text), rest...)) {
			t.Errorf("%q gives %q and %q", b, r.text, rest)
		}
	})
}

// BenchmarkKeep prints the cost of keeping a line, and what it takes on the disk.
func BenchmarkKeep(b *testing.B) {
	s := New(b.TempDir())
	ctx := feed.NewContext("feeds/radio.jsonl")
	a, _ := arrival(37, ctx)
	b.SetBytes(int64(len(a.Line)))
	for b.Loop() {
		s.Keep(a)
	}
}

// BenchmarkIncident prints the cost of reading one record, of a block that was read before and of one that was not.
func BenchmarkIncident(b *testing.B) {
	s := New(b.TempDir())
	ctx := feed.NewContext("feeds/radio.jsonl")
	const n = 200_000
	for k := range n {
		a, _ := arrival(k+1, ctx)
		s.Keep(a)
	}
	for name, step := range map[string]int{"near": 1, "far": 7919} {
		b.Run(name, func(b *testing.B) {
			k := 0
			for b.Loop() {
				k = (k + step) % n
				if _, err := s.Incident(uint32(k + 1)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// TestWhatStaysInItsFile: a line that can be read where it stands is, and is not taken for another that was written there.
func TestWhatStaysInItsFile(t *testing.T) {
	s := New(t.TempDir())
	ctx := feed.NewContext("feeds/radio.jsonl")
	var file []byte
	var want []*incident.Incident
	content := &changing{}
	for k := 1; k <= 5000; k++ {
		a, i := arrival(k, ctx)
		if a.Line != "" {
			a.Origin.Offset, a.Content = int64(len(file)), content
			file = append(append(file, a.Line...), '\n')
		}
		s.Keep(a)
		want = append(want, i)
	}
	content.data = file
	for k, w := range want {
		got, err := s.Incident(uint32(k + 1))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(w, got, feedtest.Text); diff != "" {
			t.Fatalf("record %d (-kept +read):\n%s", k+1, diff)
		}
		if !s.Find("nowhere in any of them").May(uint32(k+1)) && (k+1)%3 > 0 {
			t.Fatalf("record %d is ruled out without having been read", k+1)
		}
	}
	for name, now := range map[string][]byte{"truncated": file[:10], "rewritten": bytes.ReplaceAll(file, []byte("MLI"), []byte("NER"))} {
		content.data = now
		for k := 1; k <= 5000; k++ {
			switch _, err := s.Incident(uint32(k)); {
			case k%3 == 0 && err != nil:
				t.Fatalf("%s: record %d was not in the file: %v", name, k, err)
			case k%3 > 0 && !errors.Is(err, errChanged):
				t.Fatalf("%s: record %d: %v", name, k, err)
			}
		}
	}
}

// changing is a file of which the content changes.
type changing struct{ data []byte }

func (c *changing) ReadAt(b []byte, at int64) (int, error) {
	return bytes.NewReader(c.data).ReadAt(b, at)
}
