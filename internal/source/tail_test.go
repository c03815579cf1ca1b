package source

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// linesOf reads a directory once and gives the lines of one file.
func linesOf(t interface{ Fatal(...any) }, desk string, tail Tail) (lines []Line, kinds []Kind) {
	specs := []Spec{{Name: "a", Path: "*", Root: desk, Mode: byName}}
	_, err := ReadOnce(context.Background(), specs, func(_ context.Context, e Event) error {
		kinds = append(kinds, e.Kind)
		for _, l := range e.Lines {
			l.Text = bytes.Clone(l.Text)
			lines = append(lines, l)
		}
		if e.Kind == KindTooLong {
			lines = append(lines, Line{Number: e.Line.Number, Offset: e.Line.Offset})
		}
		if len(e.Lines) > 0 && e.Tail != (tail.Over > 0) {
			t.Fatal("an event does not say whether it is of a tail")
		}
		return nil
	}, Options{Tail: tail})
	if err != nil {
		t.Fatal(err)
	}
	return lines, kinds
}

// TestTailIsTheEndOfTheWhole: of any file and any size of tail, what is delivered is what reading the whole of it
// delivers from the first line on that begins within the tail, but for the numbers, which nobody knows.
func TestTailIsTheEndOfTheWhole(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "a.jsonl")
	rapid.Check(t, func(t *rapid.T) {
		var content strings.Builder
		if rapid.Bool().Draw(t, "mark") {
			content.WriteString("\ufeff")
		}
		for n := range rapid.IntRange(1, 40).Draw(t, "lines") {
			fmt.Fprintf(&content, "%d %s%s", n, strings.Repeat("x", rapid.IntRange(0, 9000).Draw(t, "length")), rapid.SampledFrom([]string{"\n", "\r\n", "\n\n"}).Draw(t, "end"))
		}
		content.WriteString(rapid.SampledFrom([]string{"", "no end"}).Draw(t, "rest"))
		if err := os.WriteFile(file, []byte(content.String()), 0o600); err != nil {
			t.Fatal(err)
		}
		size := int64(content.Len())
		tail := Tail{Over: 1, Bytes: rapid.Int64Range(1, size+10).Draw(t, "bytes")}
		if size <= tail.Over {
			t.Skip("too small")
		}
		got, _ := linesOf(t, dir, tail)
		whole, _ := linesOf(t, dir, Tail{})
		var want []Line
		from := size - tail.each(1)
		for _, l := range whole {
			begins := l.Offset
			if begins == int64(len(utf8BOM)) && strings.HasPrefix(content.String(), "\ufeff") {
				begins = 0 // the mark is no part of the line, and stands before it
			}
			if begins >= from {
				l.Number = 0
				want = append(want, l)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("of %d bytes the last %d:\n%s", size, tail.Bytes, diff)
		}
	})
}

func TestTailOfSeveralFiles(t *testing.T) {
	const line = 1 << 10
	text := strings.Repeat(strings.Repeat("x", line-1)+"\n", 400)
	r := newRig(t)
	for n := range 2 * fullTails {
		r.write(fmt.Sprintf("feeds/%d.jsonl", n), text)
	}
	r.write("feeds/small.jsonl", "one\n")
	r.write("feeds/small.csv", "a,b\n")
	specs := []Spec{{Name: "a", Path: "feeds/*", Root: r.desk, Mode: byName}}
	seen := map[string]int{}
	_, err := ReadOnce(t.Context(), specs, func(_ context.Context, e Event) error {
		seen[filepath.Base(e.File)] += len(e.Lines) + len(e.Data)
		return nil
	}, Options{Tail: Tail{Over: 200 << 10, Bytes: 256 << 10}})
	must(t, err)
	want := map[string]int{"small.jsonl": 1, "small.csv": 4, ".": 0}
	for n := range 2 * fullTails {
		want[fmt.Sprintf("%d.jsonl", n)] = 128 // half as much of each, since they are twice as many
	}
	large := Options{Tail: Tail{Over: 3, Bytes: 256 << 10}}
	_, err = ReadOnce(t.Context(), []Spec{{Name: "b", Path: "feeds/*.csv", Root: r.desk, Mode: byName}}, func(_ context.Context, e Event) error {
		if e.Kind != KindCaughtUp {
			t.Errorf("of a large snapshot it says %v", e.Kind)
		}
		return nil
	}, large)
	must(t, err)
	if diff := cmp.Diff(want, seen); diff != "" {
		t.Error(diff)
	}
	found := LargeFiles(specs, 200<<10)
	if len(found) != 2*fullTails || found[0].Size != int64(len(text)) || found[0].Path != r.path("feeds/0.jsonl") || found[0].Spec != "a" {
		t.Errorf("large files of lines: %+v", found)
	}
}

// TestTailGrowsAndIsReplaced: what is appended follows, and a file that is begun anew is read by its end again.
func TestTailGrowsAndIsReplaced(t *testing.T) {
	r := newRig(t, Spec{Path: "feeds/*"})
	r.units[0].tail = Tail{Over: 100, Bytes: 64 << 10}
	texts := func() (list []string) {
		for _, e := range r.got {
			for _, l := range e.Lines {
				list = append(list, string(l.Text))
				if l.Number != 0 || !e.Tail {
					t.Errorf("line %q has number %d, of a tail %t", l.Text, l.Number, e.Tail)
				}
			}
		}
		return list
	}
	r.write("feeds/a.jsonl", strings.Repeat("an old line\n", 10_000)+"last\n")
	if r.tick(); len(texts()) != ((64<<10)-len("last\n"))/len("an old line\n")+1 {
		t.Errorf("%d lines", len(texts()))
	}
	r.append("feeds/a.jsonl", "new\n")
	if r.hint(); cmp.Diff([]string{"new"}, texts()) != "" {
		t.Errorf("appended: %q", texts())
	}
	r.write("feeds/a.jsonl", strings.Repeat("a new line\n", 20)+"last\n") // truncated
	r.tick()
	if got := texts(); len(got) != 21 || r.got[0].Kind != KindGap {
		t.Errorf("%d lines of a file begun anew, first %v", len(got), r.got[0].Kind)
	}
}

// TestTailRefusesWhatReadingRefuses: nothing but regular files of the desk is opened, for a look as little as for reading.
func TestTailRefusesWhatReadingRefuses(t *testing.T) {
	r := newRig(t)
	outside := filepath.Join(t.TempDir(), "secret.jsonl")
	must(t, os.WriteFile(outside, bytes.Repeat([]byte("secret\n"), 1000), 0o600))
	must(t, os.Symlink(outside, r.path("feeds/link.jsonl")))
	must(t, os.Symlink("/dev/zero", r.path("feeds/zero.jsonl")))
	must(t, os.Mkdir(r.path("feeds/dir.jsonl"), 0o700))
	specs := []Spec{{Name: "a", Path: "feeds/*", Root: r.desk, Mode: byName}}
	if found := LargeFiles(specs, 1); len(found) != 0 {
		t.Errorf("found %+v", found)
	}
	var failed []string
	_, err := ReadOnce(t.Context(), specs, func(_ context.Context, e Event) error {
		if e.Kind == KindFailed {
			failed = append(failed, filepath.Base(e.File)+" "+e.Cause.String())
		} else if len(e.Lines) > 0 {
			t.Errorf("lines of %s", e.File)
		}
		return nil
	}, Options{Tail: Tail{Over: 1, Bytes: 100}})
	must(t, err)
	if diff := cmp.Diff([]string{"link.jsonl refused", "zero.jsonl refused"}, failed); diff != "" {
		t.Error(diff)
	}
}
