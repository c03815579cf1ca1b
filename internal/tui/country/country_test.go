package country

import (
	"testing"

	"vigil/internal/tui/screen"
	"vigil/internal/tui/tuitest"
)

func TestGoldens(t *testing.T) {
	v := tuitest.Sahel().View()
	tuitest.Goldens(t, "mali", v, func() screen.Screen { return New(tuitest.Country("MLI")) })
}
