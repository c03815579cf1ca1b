package help

import (
	"strings"
	"testing"

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
