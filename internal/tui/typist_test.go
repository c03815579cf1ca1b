package tui

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"

	tea "charm.land/bubbletea/v2"

	"vigil/internal/action"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/tuitest"
	"vigil/internal/tui/widget"
)

// sheet is a screen with nothing but a form of two fields.
type sheet struct {
	form    *widget.Form
	refused string
}

func (s *sheet) Scope() keys.Scope                   { return keys.Form }
func (s *sheet) Title(screen.Frame) string           { return "Paper" }
func (s *sheet) Cannot(keys.ID, screen.Frame) string { return "" }
func (s *sheet) Arrived(screen.Frame)                {}
func (s *sheet) Linear(f screen.Frame) []string      { return s.form.Linear(f.Language) }
func (s *sheet) Refused(why string)                  { s.refused = why }
func (s *sheet) Wrong(f screen.Frame) string         { return s.form.Wrong(f.Language) }

func (s *sheet) Key(id keys.ID, _ screen.Frame) screen.Ask {
	switch s.form.Key(id) {
	case widget.Saved:
		return screen.Ask{Do: action.Poll{Source: s.form.Value("what")}, Close: true}
	case widget.Leave:
		if s.form.Typed() {
			return screen.Ask{Close: true, Question: "Throw away what was typed?"}
		}
		return screen.Ask{Close: true}
	}
	return screen.Ask{}
}

func (s *sheet) Type(text string, _ screen.Frame) screen.Ask {
	s.form.Type(text)
	return screen.Ask{}
}

func (s *sheet) Lines(f screen.Frame) []string {
	lines, _, _ := s.form.Render(f.Language, f.Palette, f.Width, f.Height)
	return lines
}

func (s *sheet) Cursor(f screen.Frame) (x, y int, shown bool) {
	_, x, y = s.form.Render(f.Language, f.Palette, f.Width, f.Height)
	return x, y, true
}

// onSheet is a console with that screen on the board.
func onSheet(t *testing.T, act func(context.Context, action.Envelope) error) (*rig, *sheet) {
	t.Helper()
	r := start(t, tuitest.Sahel().View(), tuitest.Sizes[0], func(o *Options) { o.Act = act })
	p := &sheet{form: widget.NewForm(widget.Field{Key: "what", Label: "What"}, widget.Field{Key: "who", Label: "Who"})}
	r.stack = append(r.stack, &level{screen: p})
	return r, p
}

// TestLettersAreTextInAForm: no letter does what it does elsewhere, and quits nothing.
func TestLettersAreTextInAForm(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, p := onSheet(t, nil)
		r.typing("q?1:/")
		r.send(tea.PasteMsg{Content: "y\nz"})
		if got := p.form.Value("what"); got != "q?1:/y z" || r.quitted || len(r.stack) != 2 {
			t.Fatalf("the field holds %q, quitted %v, %d levels", got, r.quitted, len(r.stack))
		}
		r.lines()
		if c := r.View().Cursor; c == nil || c.X != 7+8 || c.Y != 1 {
			t.Errorf("the cursor is at %+v", c)
		}
	})
}

func TestLeavingAFormAsksForWhatWasTyped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, _ := onSheet(t, nil)
		r.press("esc")
		if len(r.stack) != 1 {
			t.Fatal("an empty form is not left at once")
		}
		for _, leave := range []string{"esc", "ctrl+c"} {
			r, p := onSheet(t, nil)
			r.typing("x")
			r.press(leave)
			if text := r.text(); !strings.Contains(text, "Throw away what was typed?") || len(r.stack) != 2 {
				t.Fatalf("%s does not ask:\n%s", leave, text)
			}
			r.press("n")
			if len(r.stack) != 2 || p.form.Value("what") != "x" {
				t.Fatal("no threw it away")
			}
			r.press(leave, "y")
			if len(r.stack) != 1 || r.quitted {
				t.Fatal("yes did not leave, or left too much")
			}
		}
	})
}

// TestAFormStaysUntilTheDeskHasIt: what the desk refuses is lost by no one, and each attempt bears the same id.
func TestAFormStaysUntilTheDeskHasIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var ids []string
		answer := errors.New("the disk is full")
		r, p := onSheet(t, func(_ context.Context, e action.Envelope) error {
			ids = append(ids, e.ID)
			return answer
		})
		r.typing("radio")
		r.press("enter", "enter")
		if len(r.stack) != 2 || p.form.Value("what") != "radio" || !strings.Contains(p.refused, "the disk is full") {
			t.Fatalf("%d levels, refused %q", len(r.stack), p.refused)
		}
		if text := r.text(); !strings.Contains(text, "the disk is full") {
			t.Errorf("not said:\n%s", text)
		}
		answer = nil
		r.press("ctrl+s")
		if len(r.stack) != 1 || len(ids) != 2 || ids[0] != ids[1] {
			t.Errorf("%d levels, ids %q", len(r.stack), ids)
		}
	})
}
