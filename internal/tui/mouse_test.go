package tui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"

	"vigil/internal/term"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/tuitest"
)

// click clicks where a text stands on the screen.
func (r *rig) click(text string) {
	r.tb.Helper()
	for y, line := range r.lines() {
		if x := strings.Index(line, text); x >= 0 {
			r.settle(r.send(tea.MouseClickMsg{X: len([]rune(line[:x])), Y: y, Button: tea.MouseLeft}))
			return
		}
	}
	r.tb.Fatalf("%q is not on the screen:\n%s", text, r.text())
}

func TestMouseIsOffUntilItIsAskedFor(t *testing.T) {
	console(t, nil, func(t *testing.T, r *rig) {
		if r.View().MouseMode != tea.MouseModeNone {
			t.Error("the mouse is taken from the terminal unasked")
		}
		r.click("Niger")
		if r.text(); strings.Contains(r.text(), "▸Niger") {
			t.Error("a click does something while the mouse is off")
		}
		r.press("M")
		if r.View().MouseMode == tea.MouseModeNone || !strings.Contains(r.text(), "M turns it off") {
			t.Errorf("M does not turn it on:\n%s", r.text())
		}
		r.ordered("mouse off")
		if r.View().MouseMode != tea.MouseModeNone {
			t.Error(":mouse off does not turn it off")
		}
		r.begin("mouse sometimes")
		r.press("enter")
		if !strings.Contains(r.text(), "write mouse on, or mouse off") {
			t.Errorf("mouse sometimes:\n%s", r.text())
		}
		r.press("esc")
		r.ordered("mouse on")
		r.press("L")
		if r.View().MouseMode != tea.MouseModeNone {
			t.Error("plain lines take the mouse")
		}
	})
}

// TestATerminalWithoutAMouse is asked for none: a Linux console that is would print it, or send nothing.
func TestATerminalWithoutAMouse(t *testing.T) {
	console(t, func(o *Options) { o.Caps = term.Caps{Bare: true} }, func(t *testing.T, r *rig) {
		r.press("M")
		if r.View().MouseMode != tea.MouseModeNone || !strings.Contains(r.text(), "this terminal has no mouse") {
			t.Errorf("the mouse is %v:\n%s", r.View().MouseMode, r.text())
		}
	})
}

func TestMouse(t *testing.T) {
	console(t, nil, func(t *testing.T, r *rig) {
		r.press("M")
		r.click("Niger")
		if !strings.Contains(r.text(), "▸Niger") || len(r.stack) != 1 {
			t.Errorf("a click does not select:\n%s", r.text())
		}
		r.click("Niger")
		if r.top().is != screen.ToCountry || !strings.Contains(r.text(), "Niger NER") {
			t.Errorf("a click on what is selected does not go in:\n%s", r.text())
		}
		r.click("Incidents 24 h")
		r.press("e")
		if r.top().is != screen.ToWhy {
			t.Errorf("a click on a page selects nothing:\n%s", r.text())
		}
		r.press("esc", "3")
		r.click("Arrest")
		if !strings.Contains(r.text(), "▸?time") {
			t.Errorf("in a list:\n%s", r.text())
		}
		r.settle(r.send(tea.MouseWheelMsg{Button: tea.MouseWheelUp}))
		if !strings.Contains(r.text(), "▸ -") && !strings.Contains(r.text(), "▸-") {
			t.Errorf("the wheel:\n%s", r.text())
		}
		r.click("filter")
		if r.mode != filtering {
			t.Errorf("a click on what a key does:\n%s", r.text())
		}
		r.press("esc", "1")
		r.click("EVENTS")
		r.press("down", "enter")
		if r.top().is != screen.ToEvent {
			t.Errorf("a click on a heading does not go there:\n%s", r.text())
		}
	})
}

// Wherever somebody clicks on whatever screen: nothing breaks, and nothing is reached but by what a key reaches.
func TestMouseAnywhere(t *testing.T) {
	v := tuitest.OnDuty().View()
	names := []string{"1", "2", "3", "5", "6", "7", "8", "9", "w", "H", "?", "enter", "esc", "tab", ":", "/", "y", "i"}
	rapid.Check(t, func(rt *rapid.T) {
		size := tuitest.Size{Width: rapid.IntRange(MinWidth, 220).Draw(rt, "width"), Height: rapid.IntRange(MinHeight, 60).Draw(rt, "height")}
		r := start(t, v, size, nil)
		defer r.cancel()
		r.send(key("M"))
		for range rapid.IntRange(1, 10).Draw(rt, "steps") {
			if rapid.Bool().Draw(rt, "click") {
				r.View()
				r.send(tea.MouseClickMsg{X: rapid.IntRange(0, size.Width-1).Draw(rt, "x"), Y: rapid.IntRange(0, size.Height-1).Draw(rt, "y"), Button: tea.MouseLeft})
			} else {
				r.send(key(rapid.SampledFrom(names).Draw(rt, "key")))
			}
			if n := strings.Count(r.View().Content, "\n") + 1; n != size.Height {
				rt.Fatalf("%d lines at %s", n, size)
			}
		}
	})
}
