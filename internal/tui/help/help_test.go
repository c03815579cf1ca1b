package help

import (
	"strings"
	"testing"
	"unicode"

	"vigil/internal/query"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/tuitest"
)

func TestGoldens(t *testing.T) {
	tuitest.Goldens(t, "events", tuitest.Sahel().View(), func() screen.Screen {
		return New(keys.Default(), keys.Events, func(id keys.ID) string {
			if id == keys.Release {
				return "no new event is held back"
			}
			return ""
		})
	})
}

// TestTheMapIsExplained: its signs and what its boundaries are stand in its help, and in no other.
func TestTheMapIsExplained(t *testing.T) {
	f := tuitest.Frame(t, tuitest.Sahel().View(), tuitest.Sizes[1])
	tuitest.Golden(t, "map-132x43", New(keys.Default(), keys.Map, nil).Lines(f))
	for scope, want := range map[keys.Scope]bool{keys.Map: true, keys.Board: false} {
		if text := strings.Join(New(keys.Default(), scope, nil).Linear(f), "\n"); strings.Contains(text, "no opinion on the status") != want {
			t.Errorf("%s:\n%s", scope, text)
		}
	}
}

func TestContract(t *testing.T) {
	tuitest.Walk(t, func() screen.Screen { return New(keys.Default(), keys.Board, nil) })
}

// TestLanguages: the help is said in French and Spanish, with nothing left in English.
func TestLanguages(t *testing.T) {
	open := func() screen.Screen {
		return New(keys.Default(), keys.Map, func(id keys.ID) string { return "" })
	}
	tuitest.Languages(t, "map", tuitest.Sahel().View(), open, typed()...)
	for _, scope := range keys.Default().Scopes() {
		for _, size := range []tuitest.Size{{Width: 80, Height: 24}, {Width: 200, Height: 60}} {
			f := tuitest.Pseudo(tuitest.Frame(t, tuitest.Sahel().View(), size))
			s := New(keys.Default(), scope, nil)
			// What is typed: the filter language and the names of keys.
			tuitest.Untranslated(t, append(append(s.Lines(f), s.Linear(f)...), s.Title(f)), typed()...)
		}
	}
}

func typed() []string {
	words := []string{"Tab", "Enter", "Esc", "Space", "Home", "End", "PgUp", "PgDn", "Ctrl", "Shift", "Backspace", "Delete", "Up", "Down", "Left", "Right", "severity", "severe", "killed", "unknown", "OSC", "Nov", "live", "quiet", "FAILED"}
	for _, field := range query.Fields() {
		words = append(words, strings.FieldsFunc(field.String()+" "+field.Example(), func(r rune) bool { return !unicode.IsLetter(r) })...)
	}
	return words
}

// TestOfHelpOnlyWhatIsLookedFor: a filter leaves what has all its words, wherever these stand, and nothing of what has none of them; an empty
// one takes it off.
func TestOfHelpOnlyWhatIsLookedFor(t *testing.T) {
	f := tuitest.Frame(t, tuitest.Sahel().View(), tuitest.Sizes[0])
	s := New(keys.Default(), keys.Board, nil)
	all := strings.Join(s.Linear(f), "\n")
	for filter, want := range map[string][2]string{
		"acknowledge":    {"Acknowledge", "Quit"},
		"STALE source":   {"STALE", "Acknowledge"},
		"severity>":      {"severity>=severe", "killed:unknown"},
		"filter":         {"killed:unknown", "Acknowledge"},
		"no such thing?": {"Nothing here has that.", "Acknowledge"},
	} {
		if err := s.Narrow(filter); err != nil {
			t.Fatal(err)
		}
		text := strings.Join(s.Linear(f), "\n")
		if !strings.Contains(text, want[0]) || strings.Contains(text, want[1]) || !strings.Contains(text, "What has /"+filter) {
			t.Errorf("%q:\n%s", filter, text)
		}
	}
	if err := s.Narrow(""); err != nil || strings.Join(s.Linear(f), "\n") != all {
		t.Errorf("taken off (%v):\n%s", err, strings.Join(s.Linear(f), "\n"))
	}
	if why := s.Cannot(keys.Filter, f); why != "" {
		t.Errorf("help says of its filter %q", why)
	}
}
