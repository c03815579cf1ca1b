package tui

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"vigil/internal/term"
	"vigil/internal/tui/tuitest"
)

// clipboard is what was put there last.
func (r *rig) clipboard() string {
	for i := len(r.said) - 1; i >= 0; i-- {
		if fmt.Sprintf("%T", r.said[i]) == fmt.Sprintf("%T", tea.SetClipboard("")()) {
			return fmt.Sprint(r.said[i])
		}
	}
	return ""
}

// TestCopy: of an event it is asked what is copied; anything else is copied as the line that it is.
func TestCopy(t *testing.T) {
	console(t, nil, func(t *testing.T, r *rig) {
		r.press("3", "y")
		tuitest.Golden(t, "copy-80x24", r.lines())
		r.press("t")
		if got := r.clipboard(); !strings.Contains(got, "R-2026-0412") || !strings.Contains(got, "title: Two drivers") {
			t.Errorf("the text is %q", got)
		}
		if !strings.Contains(r.text(), "text, copied if the terminal allows it: ") {
			t.Errorf("it is not said:\n%s", r.text())
		}
		for _, c := range []struct{ key, want string }{
			{"c", "15.66000, 0.50000"}, {"y", "2026-11-20 14:21Z MLI"},
		} {
			if r.press("y", c.key); !strings.Contains(r.clipboard(), c.want) {
				t.Errorf("%s copies %q, want %q", c.key, r.clipboard(), c.want)
			}
		}
		before := len(r.said)
		r.press("y", "s")
		if !strings.Contains(r.text(), "not to be passed on") || len(r.said) != before {
			t.Errorf("what must not be passed on:\n%s", r.text())
		}
		r.press("down", "y", "s")
		if got := r.clipboard(); !strings.HasPrefix(got, "Shelling, Burkina Faso") || strings.Contains(got, "Djibo") {
			t.Errorf("to share is %q", got)
		}
		before = len(r.said)
		for _, none := range []string{"esc", "ctrl+c", "j"} {
			r.press("y", none)
			if len(r.said) != before || r.mode != browsing || !strings.Contains(r.text(), "nothing is copied") {
				t.Errorf("%s copies", none)
			}
		}
		r.ordered("copy coordinates R-2026-0412")
		if r.clipboard() != "15.66000, 0.50000" {
			t.Errorf("by command it is %q", r.clipboard())
		}
		r.begin("copy all")
		r.press("enter")
		if !strings.Contains(r.text(), "write coordinates, text or share") {
			t.Errorf("copy all:\n%s", r.text())
		}
		r.press("esc", "6", "y")
		if !strings.Contains(r.clipboard(), "airfield") {
			t.Errorf("a source is copied as %q", r.clipboard())
		}
	})
}

// TestALongTextIsNotCopiedOverAThinLink: for as long as it is under way nothing else is.
func TestALongTextIsNotCopiedOverAThinLink(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, m := thinConsole(t, normal, term.Plenty)
		for _, tt := range []struct {
			rate   float64
			copied bool
		}{{0, true}, {9600, true}, {20, false}} {
			*m = term.Measure{Known: true, RoundTrip: time.Second, Rate: tt.rate}
			r.passes(1, m)
			r.said = nil
			r.press("3", "y", "t")
			if copied := r.clipboard() != ""; copied != tt.copied || copied == strings.Contains(r.text(), "not copied: it would take 39s on this link") {
				t.Errorf("at %g bytes per second it is copied: %t\n%s", tt.rate, copied, r.text())
			}
		}
	})
}

// TestNothingOfWhatIsRestrictedIsCopied, whatever is asked for.
func TestNothingOfWhatIsRestrictedIsCopied(t *testing.T) {
	console(t, nil, func(t *testing.T, r *rig) {
		r.press("3", "down", "down")
		for _, key := range []string{"c", "t", "s"} {
			before := len(r.said)
			r.press("y", key)
			if len(r.said) != before || !strings.Contains(r.text(), "restricted: nothing of it is copied") {
				t.Errorf("%s:\n%s\n%v", key, r.text(), r.said[before:])
			}
		}
		for _, msg := range r.said {
			tuitest.Unseen(t, []string{fmt.Sprint(msg)})
		}
	})
}

// TestATerminalWithoutAClipboard is sent nothing that it would print.
func TestATerminalWithoutAClipboard(t *testing.T) {
	console(t, func(o *Options) { o.Caps = term.Caps{Bare: true} }, func(t *testing.T, r *rig) {
		r.press("3", "y", "c")
		if r.clipboard() != "" || !strings.Contains(r.text(), "has no clipboard") {
			t.Errorf("it is sent %q:\n%s", r.clipboard(), r.text())
		}
	})
}

// TestCopyingInsideOfAnother says on whom it depends, and reaches through GNU screen, which knows no such sequence.
func TestCopyingInsideOfAnother(t *testing.T) {
	console(t, func(o *Options) { o.Caps = term.Caps{Within: term.Tmux} }, func(t *testing.T, r *rig) {
		r.press("3", "y", "c")
		if r.clipboard() == "" || !strings.Contains(r.text(), "copied only if tmux has set-clipboard on: 15.66") {
			t.Errorf("in tmux:\n%s", r.text())
		}
	})
	console(t, func(o *Options) { o.Caps = term.Caps{Within: term.GNUScreen} }, func(t *testing.T, r *rig) {
		r.press("3", "y", "c")
		if !strings.Contains(r.text(), "the terminal outside of GNU screen allows it: 15.66") || !strings.Contains(fmt.Sprintf("%q", r.said), `\x1bP\x1b]52;c;MTUuNjYwMDAsIDAuNTAwMDA=\a\x1b\\`) {
			t.Errorf("in GNU screen:\n%s\n%q", r.text(), r.said)
		}
	})
}
