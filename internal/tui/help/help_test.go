package help

import (
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

func TestContract(t *testing.T) {
	tuitest.Walk(t, func() screen.Screen { return New(keys.Default(), keys.Board, nil) })
}
