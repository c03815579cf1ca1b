package tui

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"vigil/internal/duty"
	"vigil/internal/tui/aloud"
	"vigil/internal/tui/tuitest"
	"vigil/internal/tui/widget"
)

// drawn reports whether a rune is one with which boxes, bars and maps are drawn.
func drawn(r rune) bool { return r >= 0x2500 && r <= 0x259f || r >= 0x2800 && r <= 0x28ff }

// spoken fails unless lines are as they may be read out.
func spoken(tb interface{ Fatalf(string, ...any) }, lines []string) {
	for _, line := range lines {
		if strings.ContainsFunc(line, drawn) || strings.ContainsFunc(line, func(r rune) bool { return r < ' ' || r == 0x7f }) {
			tb.Fatalf("that cannot be read out: %q", line)
		}
	}
}

// TestReading: L shows any screen as plain lines, on which the keys work, and L draws it again.
func TestReading(t *testing.T) {
	for _, size := range []tuitest.Size{{Width: 80, Height: 24}, {Width: 40, Height: 12}, {Width: 132, Height: 43}} {
		synctest.Test(t, func(t *testing.T) {
			r := start(t, tuitest.OnDuty().View(), size, nil)
			before := r.lines()
			r.press("L")
			tuitest.Golden(t, "reading-"+size.String(), r.lines())
			spoken(t, r.lines())
			r.press("3", "down", "down")
			tuitest.Golden(t, "reading-events-"+size.String(), r.lines())
			r.press("1", "L")
			if after := r.lines(); !slices.Equal(before[1:], after[1:]) {
				t.Errorf("drawn again it is\n%s\nwas\n%s", strings.Join(after, "\n"), strings.Join(before, "\n"))
			}
		})
	}
}

// TestReadingMovesThroughEverything: down, and down again, comes to each line that can be selected, whatever pane it is in.
func TestReadingMovesThroughEverything(t *testing.T) {
	console(t, nil, func(t *testing.T, r *rig) {
		r.press("L")
		var want []string
		for _, line := range r.Linear()[1:] {
			want = append(want, strings.TrimPrefix(line, aloud.Selected(nil)))
		}
		at := func() string {
			for _, line := range r.Linear() {
				if text, is := strings.CutPrefix(line, aloud.Selected(nil)); is {
					return text
				}
			}
			return ""
		}
		for range len(want) {
			r.press("up")
		}
		last := -1
		for range 20 {
			i := slices.Index(want, at())
			if i <= last {
				t.Fatalf("after line %d of the board comes %d: %q", last, i, at())
			}
			last = i
			if !strings.Contains(strings.Join(r.lines(), " "), aloud.Selected(nil)) {
				t.Fatalf("what is selected is out of sight:\n%s", strings.Join(r.lines(), "\n"))
			}
			r.press("down")
		}
		r.press("enter")
		if len(r.stack) != 2 {
			t.Error("Enter does not go into the line that is selected")
		}
	})
}

// TestWhatIsSelectedIsHeard: in plain lines the keys never come to a line that says nothing, such as the rest of a plot.
func TestWhatIsSelectedIsHeard(t *testing.T) {
	console(t, nil, func(t *testing.T, r *rig) {
		r.press("L")
		for _, name := range []string{"2", "5", "6", "8", "9", "H"} {
			r.press(name)
			for _, move := range append(slices.Repeat([]string{"tab"}, 12), slices.Repeat([]string{"down"}, 60)...) {
				r.press(move)
				n := 0
				for _, line := range r.Linear() {
					if strings.HasPrefix(line, aloud.Selected(nil)) {
						n++
					}
				}
				if n != 1 {
					t.Fatalf("screen %s, %s: %d lines are selected:\n%s", name, move, n, strings.Join(r.lines(), "\n"))
				}
			}
		}
	})
}

// TestABarLeadsToItsEvents: of the incidents by threat, Enter lists those of a bar.
func TestABarLeadsToItsEvents(t *testing.T) {
	console(t, nil, func(t *testing.T, r *rig) {
		r.press("L", "2")
		for range 12 {
			r.press("tab")
			if slices.ContainsFunc(r.Linear(), func(line string) bool { return strings.HasPrefix(line, aloud.Selected(nil)+"armed conflict: ") }) {
				break
			}
		}
		r.press("enter")
		if got := r.top().filter; !strings.Contains(got, "threat:armed_conflict") {
			t.Errorf("the events are filtered by %q", got)
		}
	})
}

// TestReadingIsExact at any size, on any screen, whatever is pressed.
func TestReadingIsExact(t *testing.T) {
	names := []string{"1", "2", "3", "5", "6", "7", "8", "9", "w", "H", "?", "e", "enter", "esc", "tab", "j", "k", "G", "g", "ctrl+u", "/", ":", "i", "F"}
	v := tuitest.OnDuty().View()
	rapid.Check(t, func(rt *rapid.T) {
		size := tuitest.Size{Width: rapid.IntRange(MinWidth, 160).Draw(rt, "width"), Height: rapid.IntRange(MinHeight, 50).Draw(rt, "height")}
		r := start(t, v, size, nil)
		defer r.cancel()
		r.send(key("L"))
		for _, name := range rapid.SliceOfN(rapid.SampledFrom(names), 1, 8).Draw(rt, "keys") {
			r.send(key(name))
			lines := strings.Split(ansi.Strip(r.View().Content), "\n")
			if len(lines) != size.Height {
				rt.Fatalf("%d lines at %s", len(lines), size)
			}
			for _, line := range lines {
				if widget.Width(line) != size.Width {
					rt.Fatalf("%d cells at %s: %q", widget.Width(line), size, line)
				}
			}
			spoken(rt, lines)
			if c := r.View().Cursor; c != nil && (c.X < 0 || c.X >= size.Width || c.Y < 0 || c.Y >= size.Height) {
				rt.Fatalf("the cursor is at %+v", c)
			}
		}
	})
}

// TestReadingSaysWhatRings, and is not drawn anew each second.
func TestReadingSaysWhatRings(t *testing.T) {
	d, l := tuitest.Sahel(), tuitest.NewLog()
	r := start(t, d.View(), normal, nil)
	r.send(key("L"))
	r.lines()
	bodies := r.frame.bodies
	r.now = r.now.Add(time.Second)
	r.Update(tickMsg{})
	if r.lines(); r.frame.bodies != bodies {
		t.Error("a second that passed draws the lines anew: a screen reader would read them again")
	}
	l.Say(0, "vigil", &duty.Raise{Rule: "test", Key: "gate", Severity: duty.High, Words: duty.Words("gate forced")})
	r.Update(viewMsg{l.On(d).View()})
	if text := strings.Join(r.lines(), "\n"); !strings.Contains(text, "HIGH A1: gate forced") {
		t.Errorf("the alarm is not said:\n%s", text)
	}
}

// TestReadingALongList: what is selected is there, and it is said how many are before and behind what is listed.
func TestReadingALongList(t *testing.T) {
	v := tuitest.Many(5_000).View()
	synctest.Test(t, func(t *testing.T) {
		r := start(t, v, normal, nil)
		r.press("L", "3")
		for range 200 {
			r.press("ctrl+d")
		}
		lines := r.Linear()
		text := strings.Join(lines, "\n")
		if len(lines) > 300 || !strings.Contains(lines[2], " newer") || !strings.Contains(text, " older: a filter finds them") || !strings.Contains(text, aloud.Selected(nil)) {
			t.Errorf("%d lines:\n%s\n…\n%s", len(lines), strings.Join(lines[:4], "\n"), lines[len(lines)-1])
		}
		if !strings.Contains(strings.Join(r.lines(), "\n"), aloud.Selected(nil)) {
			t.Error("what is selected is out of sight")
		}
	})
}
