package widget

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"vigil/internal/golden"
	"vigil/internal/theme"
	"vigil/internal/tui/keys"
)

var formActs = []string{"abduction", "armed_robbery", "arrest_detention", "attack_convoy", "riot"}

func exampleForm() *Form {
	return NewForm(
		Field{Key: "act", Label: "Act", Blank: "unknown", Strict: true, Words: func(typed string) []string { return Begins(formActs, typed) }},
		Field{Key: "place", Label: "Place", Blank: "unknown", Words: func(typed string) []string {
			return Begins([]string{"Ansongo", "Gao", "Tillabéri"}, typed)
		}},
		Field{Key: "killed", Label: "Killed", Blank: "not said", Read: func(text string) (string, error) {
			n, err := strconv.Atoi(text)
			if err != nil {
				return "", errors.New("write a number, such as 2")
			}
			return fmt.Sprintf("%d killed", n), nil
		}},
		Field{Key: "details", Label: "Details", Rows: 3},
	)
}

func press(t *testing.T, f *Form, want Done, ids ...keys.ID) {
	t.Helper()
	for i, id := range ids {
		if got := f.Key(id); i == len(ids)-1 && got != want {
			t.Fatalf("%s gave %d, want %d", id, got, want)
		}
	}
}

func holds(t *testing.T, f *Form, key, want string) {
	t.Helper()
	if got := f.Value(key); got != want {
		t.Fatalf("%s holds %q, want %q", key, got, want)
	}
}

func TestFormCompletes(t *testing.T) {
	f := exampleForm()
	f.Type("abd")
	press(t, f, Moved, keys.NextField)
	holds(t, f, "act", "abduction") // only one begins so
	press(t, f, Moved, keys.PreviousField)
	press(t, f, Edited, keys.EraseLine)
	f.Type("CONV")
	press(t, f, Moved, keys.Accept)
	holds(t, f, "act", "attack_convoy") // a part begins so, and no other
	f.Type("an")
	press(t, f, Edited, keys.CursorOn)
	holds(t, f, "place", "Ansongo") // the key of the first candidate
	press(t, f, Edited, keys.EraseLine)
	f.Type("G")
	press(t, f, Moved, keys.Accept)
	holds(t, f, "place", "G") // what is not strict stays as it was typed
}

func TestFormGoesThroughCandidates(t *testing.T) {
	f := exampleForm()
	f.Type("a")
	press(t, f, Edited, keys.Newer)
	holds(t, f, "act", "abduction")
	press(t, f, Edited, keys.Newer, keys.Newer)
	holds(t, f, "act", "arrest_detention")
	press(t, f, Edited, keys.Newer, keys.Newer)
	holds(t, f, "act", "a") // what was typed comes after the last
	press(t, f, Edited, keys.Older)
	holds(t, f, "act", "attack_convoy")
}

func TestFormSaysWhatIsWrongOnceOneHasGoneOn(t *testing.T) {
	p := palette(t, theme.Mono, true)
	f := exampleForm()
	text := func() string {
		lines, _, _ := f.Render(nil, p, 60, 12)
		return ansi.Strip(strings.Join(lines, "\n"))
	}
	f.Type("ar")
	if strings.Contains(text(), "which one") {
		t.Errorf("while it is typed: %s", text())
	}
	press(t, f, Moved, keys.NextField)
	if !strings.Contains(text(), "which one? armed_robbery, arrest_detention") || !strings.Contains(text(), "! Act") {
		t.Errorf("after it was left: %s", text())
	}
	press(t, f, Moved, keys.NextField)
	f.Type("two")
	press(t, f, Moved, keys.Save)
	if f.Focus() != "act" || !strings.Contains(text(), "write a number, such as 2") {
		t.Errorf("saving stands at %s: %s", f.Focus(), text())
	}
	f.Type("m")
	press(t, f, Moved, keys.Save)
	if f.Focus() != "killed" {
		t.Errorf("saving stands at %s", f.Focus())
	}
	press(t, f, Edited, keys.EraseLine)
	press(t, f, Saved, keys.Save)
	f.Fault("place", "no such place")
	if f.Focus() != "place" || !strings.Contains(text(), "no such place") {
		t.Errorf("the desk's word is not shown: %s", text())
	}
	f.Type("x")
	press(t, f, Saved, keys.Save)
	press(t, f, Moved, keys.NextField, keys.NextField)
	press(t, f, Saved, keys.Accept) // on the last field
}

func TestFormFillsWhatNobodyTyped(t *testing.T) {
	f := exampleForm()
	f.Fill("place", "Gao", "as in the last report")
	f.Fill("killed", "1", "")
	if f.Typed() {
		t.Error("what was filled in is not typed")
	}
	press(t, f, Moved, keys.NextField)
	f.Type("M")
	holds(t, f, "place", "M") // typing replaces it
	f.Fill("place", "Kidal", "")
	holds(t, f, "place", "M")
	if !f.Typed() {
		t.Error("what was typed is not known")
	}
	press(t, f, Leave, keys.Cancel)
	press(t, f, Moved, keys.NextField)
	press(t, f, Edited, keys.EraseBack)
	holds(t, f, "killed", "") // and erasing takes it away
	f.Fill("killed", "7", "")
	holds(t, f, "killed", "")
}

func TestFormGolden(t *testing.T) {
	f := exampleForm()
	f.Fill("killed", "2", "")
	f.Type("ar")
	press(t, f, Moved, keys.NextField)
	f.Type("o")
	press(t, f, Edited, keys.EraseBack)
	long := exampleForm()
	press(t, long, Moved, keys.PreviousField)
	long.Type("Two vehicles were stopped on the road from Gao by armed men, who took the driver and one passenger and left in the direction of the river")
	var b strings.Builder
	for _, ascii := range []bool{false, true} {
		p := palette(t, theme.Mono, ascii)
		for _, form := range []*Form{f, long} {
			for _, size := range [][2]int{{60, 9}, {36, 4}} {
				lines, x, y := form.Render(nil, p, size[0], size[1])
				fmt.Fprintf(&b, "-- %dx%d, cursor %d,%d\n", size[0], size[1], x, y)
				for _, line := range lines {
					b.WriteString(strings.TrimRight(ansi.Strip(line), " ") + "\n")
				}
			}
		}
	}
	b.WriteString("-- linear\n" + strings.Join(f.Linear(nil), "\n") + "\n")
	golden.File(t, "form.golden", b.String())
}

// TestCandidatesBeforeTheCursor: they are those of what stands before the cursor, all through them, and behind the last stands what was typed.
func TestCandidatesBeforeTheCursor(t *testing.T) {
	p := palette(t, theme.Mono, true)
	f := exampleForm()
	f.Type("sh")
	f.Key(keys.CursorBack)
	f.Key(keys.CursorBack) // all candidates, though nothing begins with what is typed
	seen := map[string]bool{}
	for range len(formActs) {
		f.Key(keys.Older)
		f.Render(nil, p, 60, 12)
		seen[f.Value("act")] = true
	}
	if len(seen) != len(formActs) || seen["sh"] {
		t.Errorf("through %v come %v", formActs, seen)
	}
	if f.Key(keys.Older); f.Value("act") != "sh" {
		t.Errorf("after the last stands %q", f.Value("act"))
	}
}

// TestFormHoldsItsSize: whatever is typed, the form is exactly as large as it is asked to be, its cursor is in it and on the field
// that has the keys, and nothing is drawn that steers a terminal.
func TestFormHoldsItsSize(t *testing.T) {
	p := palette(t, theme.Mono, true)
	ids := []keys.ID{
		keys.Accept, keys.Save, keys.NextField, keys.PreviousField, keys.Newer, keys.Older, keys.CursorOn, keys.CursorBack, keys.LineStart,
		keys.LineEnd, keys.EraseBack, keys.EraseOn, keys.EraseWord, keys.EraseLine,
	}
	rapid.Check(t, func(t *rapid.T) {
		f := exampleForm()
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			if rapid.Bool().Draw(t, "types") {
				f.Type(rapid.String().Draw(t, "text"))
			} else {
				f.Key(rapid.SampledFrom(ids).Draw(t, "key"))
			}
			width, height := rapid.IntRange(1, 90).Draw(t, "width"), rapid.IntRange(1, 24).Draw(t, "height")
			lines, x, y := f.Render(nil, p, width, height)
			if len(lines) != height || x < 0 || x >= width || y < 0 || y >= height {
				t.Fatalf("%dx%d: %d lines, cursor %d,%d", width, height, len(lines), x, y)
			}
			for _, line := range lines {
				if w := Width(ansi.Strip(line)); w != width || strings.ContainsFunc(ansi.Strip(line), control) {
					t.Fatalf("%dx%d: %d cells: %q", width, height, w, line)
				}
			}
			again, x2, y2 := f.Render(nil, p, width, height)
			if strings.Join(again, "\n") != strings.Join(lines, "\n") || x2 != x || y2 != y {
				t.Fatalf("%dx%d: drawn again it differs", width, height)
			}
		}
	})
}
