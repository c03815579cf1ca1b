package welcome_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"vigil/internal/lang"
	"vigil/internal/lang/langtest"
	"vigil/internal/safetext"
	"vigil/internal/term"
	"vigil/internal/theme"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/tuitest"
	"vigil/internal/tui/welcome"
	"vigil/internal/tui/widget"
)

// rig is the screen with what was asked of it.
type rig struct {
	*welcome.Model
	asked []string
	fail  error
}

func newRig(t *testing.T, width, height int, ascii bool) *rig {
	return rigIn(t, nil, width, height, ascii)
}

func rigIn(t *testing.T, l *lang.Language, width, height int, ascii bool) *rig {
	t.Helper()
	r := &rig{}
	r.Model = welcome.New(welcome.Options{
		Palette: tuitest.Palette(t, theme.Default, colorprofile.NoTTY, ascii), Keys: keys.Welcome(), Caps: term.Caps{UTF8: !ascii}, Language: l,
		Least: [2]int{40, 12}, Where: safetext.Const("/home/desk"),
		Init: func(dir string) error {
			r.asked = append(r.asked, dir)
			return r.fail
		},
	})
	r.Update(tea.WindowSizeMsg{Width: width, Height: height})
	return r
}

// press types keys one after the other, does what they ask for, and reports whether the screen ends.
func (r *rig) press(names ...string) (ended bool) {
	for _, name := range names {
		msg := tea.KeyPressMsg{}
		switch name {
		case "enter":
			msg.Code = tea.KeyEnter
		case "esc":
			msg.Code = tea.KeyEscape
		case "ctrl+c":
			msg.Code, msg.Mod = 'c', tea.ModCtrl
		case "ctrl+u":
			msg.Code, msg.Mod = 'u', tea.ModCtrl
		default:
			msg.Code, msg.Text = []rune(name)[0], name
		}
		_, cmd := r.Update(msg)
		for cmd != nil {
			next := cmd()
			if _, quits := next.(tea.QuitMsg); quits {
				return true
			}
			_, cmd = r.Update(next)
		}
	}
	return false
}

func (r *rig) screen() string { return r.View().Content }

func TestGoldens(t *testing.T) {
	for _, s := range []tuitest.Size{{Width: 40, Height: 12}, {Width: 80, Height: 24}, {Width: 132, Height: 43}, {Width: 200, Height: 60}} {
		for _, ascii := range []bool{false, true} {
			for name, pressed := range map[string][]string{"first": nil, "init": {"i"}, "help": {"?"}} {
				if ascii && (s.Width != 80 || name == "init") {
					continue
				}
				r := newRig(t, s.Width, s.Height, ascii)
				r.press(pressed...)
				lines := strings.Split(r.screen(), "\n")
				for i, line := range lines {
					if w := widget.Width(line); w != s.Width {
						t.Errorf("%s at %s: line %d has %d cells", name, s, i, w)
					}
				}
				if len(lines) != s.Height {
					t.Errorf("%s at %s: %d lines", name, s, len(lines))
				}
				if ascii {
					name += "-ascii"
				}
				tuitest.Golden(t, fmt.Sprintf("%s-%s", name, s), lines)
			}
		}
	}
}

// TestChoices: d is a demo, i asks for a directory and makes it; Esc and Ctrl-C close what is open, and only q, and Ctrl-C where nothing is
// open, leave.
func TestChoices(t *testing.T) {
	for _, tt := range []struct {
		keys  []string
		ended bool
		want  welcome.Choice
		asked []string
	}{
		{[]string{"q"}, true, welcome.Choice{}, nil},
		{[]string{"ctrl+c"}, true, welcome.Choice{}, nil},
		{[]string{"esc"}, false, welcome.Choice{}, nil},
		{[]string{"d"}, true, welcome.Choice{Demo: true}, nil},
		{[]string{"?", "esc", "d"}, true, welcome.Choice{Demo: true}, nil},
		{[]string{"?", "ctrl+c"}, false, welcome.Choice{}, nil},
		{[]string{"i", "enter"}, true, welcome.Choice{Desk: "desk"}, []string{"desk"}},
		{[]string{"i", "2", "enter"}, true, welcome.Choice{Desk: "desk2"}, []string{"desk2"}},
		{[]string{"i", "ctrl+u", "q", "d", "enter"}, true, welcome.Choice{Desk: "qd"}, []string{"qd"}},
		{[]string{"i", "ctrl+u", "enter"}, false, welcome.Choice{}, nil},
		{[]string{"i", "esc"}, false, welcome.Choice{}, nil},
		{[]string{"i", "ctrl+c"}, false, welcome.Choice{}, nil},
	} {
		r := newRig(t, 80, 24, false)
		ended := r.press(tt.keys...)
		if ended != tt.ended || r.Choice() != tt.want || strings.Join(r.asked, ",") != strings.Join(tt.asked, ",") {
			t.Errorf("%v: ended %v, chose %+v, asked for %v; want %v, %+v, %v", tt.keys, ended, r.Choice(), r.asked, tt.ended, tt.want, tt.asked)
		}
	}
}

// TestMistakesStay: what cannot be made is said beside what was typed, and can be mended there.
func TestMistakesStay(t *testing.T) {
	r := newRig(t, 80, 24, false)
	r.fail = errors.New("read-only\x1b[2J file system")
	if r.press("i", "enter") || r.Choice() != (welcome.Choice{}) {
		t.Fatal("it went on")
	}
	if s := r.screen(); !strings.Contains(s, "read-only") || !strings.Contains(s, "directory: desk") || strings.ContainsRune(s, '\x1b') {
		t.Errorf("it shows\n%s", s)
	}
	r.fail = nil
	if !r.press("2", "enter") || r.Choice().Desk != "desk2" {
		t.Errorf("mended, it chose %+v", r.Choice())
	}
}

// TestTooSmall: below the least size one line says so, and keys go on working.
func TestTooSmall(t *testing.T) {
	r := newRig(t, 39, 12, false)
	if s := r.screen(); !strings.HasPrefix(s, "too small: 39×12, needs 40×12") {
		t.Errorf("it shows\n%s", s)
	}
	if !r.press("d") {
		t.Error("d does nothing")
	}
}

// TestHelpScrolls to its end, and not beyond.
func TestHelpScrolls(t *testing.T) {
	r := newRig(t, 40, 12, false)
	r.press("?")
	for range 200 {
		r.press("j")
	}
	if s := r.screen(); strings.Contains(s, "more") || !strings.Contains(s, "To the bottom") {
		t.Errorf("at its end it shows\n%s", s)
	}
}

func TestPlain(t *testing.T) {
	lines := welcome.Plain(safetext.Const("/home/desk"), 60)
	text := strings.Join(lines, "\n")
	for _, want := range []string{"vigil demo: ", "vigil init DIR: "} {
		if !strings.Contains(text, want) {
			t.Errorf("it lacks %q:\n%s", want, text)
		}
	}
	for _, line := range lines {
		if widget.Width(line) > 60 {
			t.Errorf("too wide: %s", line)
		}
	}
}

func TestNoConflicts(t *testing.T) {
	if all := keys.Welcome().Conflicts(); len(all) > 0 {
		t.Error(all)
	}
}

// TestLanguages holds the screen in French and Spanish to its goldens, and nothing of it in English where it is said in another language.
func TestLanguages(t *testing.T) {
	for _, tag := range []string{"fr", "es"} {
		for _, ascii := range []bool{false, true} {
			l, err := lang.Load(tag, ascii)
			if err != nil {
				t.Fatal(err)
			}
			r := rigIn(t, l, 80, 24, ascii)
			name := tag
			if ascii {
				name += "-ascii"
			}
			tuitest.Golden(t, name, strings.Split(r.View().Content, "\n"))
		}
	}
	r := rigIn(t, langtest.Pseudo(), 200, 60, false)
	lines := strings.Split(r.View().Content, "\n")
	r.press("?")
	lines = append(lines, strings.Split(r.View().Content, "\n")...)
	r.press("esc", "i", "ctrl+u", "enter")
	lines = append(lines, strings.Split(r.View().Content, "\n")...)
	tuitest.Untranslated(t, lines, "home", "desk", "ctrl", "enter", "esc", "tab", "end", "pgup", "pgdn", "backspace", "del", "space")
}
