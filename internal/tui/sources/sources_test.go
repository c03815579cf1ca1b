package sources

import (
	"testing"

	"vigil/internal/tui/screen"
	"vigil/internal/tui/tuitest"
)

func TestGoldens(t *testing.T) {
	v := tuitest.Sahel().View()
	tuitest.Goldens(t, "list", v, func() screen.Screen { return New() })
	tuitest.Goldens(t, "radio", v, func() screen.Screen { return NewDetail("radio") })
}

func TestContract(t *testing.T) {
	tuitest.Walk(t, func() screen.Screen { return New() })
}

func TestDetailContract(t *testing.T) {
	tuitest.Walk(t, func() screen.Screen { return NewDetail("radio") })
}
