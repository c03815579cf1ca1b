package board

import (
	"strings"
	"testing"

	"vigil/internal/tui/tuitest"
)

// TestAClickSelectsWhatStandsThere: on every row of every pane, also below the line that says who is near.
func TestAClickSelectsWhatStandsThere(t *testing.T) {
	v := tuitest.OnDuty().View()
	near := 0
	for _, size := range append([]tuitest.Size{{Width: 200, Height: 60}}, tuitest.Sizes...) {
		f := tuitest.Frame(t, v, size)
		rows := 0
		for y := range f.Height {
			b := New()
			b.Arrived(f)
			before := b.Lines(f)
			of := y
			if strings.HasPrefix(before[y], nearIndent+"near") {
				near++
				of-- // it is about the alarm above it
			}
			hit, _ := b.Click(3, y, f)
			if !hit || strings.Contains(before[y], "──") || strings.HasPrefix(before[y], " COUNTRY") { // a heading
				continue
			}
			rows++
			was, is := unmarked(before[of]), marked(b.Lines(f))
			if was != is {
				t.Errorf("%s: a click on row %d selects %q, not %q", size, y, is, was)
			}
		}
		if rows < 8 {
			t.Errorf("%s: %d rows can be clicked on", size, rows)
		}
	}
	if near == 0 {
		t.Error("nowhere is it said who is near")
	}
}

// marked is the beginning of the line at which the cursor stands.
func marked(lines []string) string {
	for _, l := range lines {
		if strings.HasPrefix(l, "▸") {
			return unmarked(l)
		}
	}
	return ""
}

func unmarked(line string) string {
	r := []rune(strings.TrimLeft(strings.ReplaceAll(line, " ", ""), "▸!"))
	return string(r[:min(10, len(r))])
}
