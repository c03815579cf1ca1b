package country

import (
	"strings"
	"testing"

	"vigil/internal/tui/tuitest"
)

// TestTracked: each position has its age, one past its validity says STALE, and one of another country is not
// here.
func TestTracked(t *testing.T) {
	v := tuitest.Expecting().View()
	for _, size := range tuitest.Sizes {
		f := tuitest.Frame(t, v, size)
		tuitest.Exact(t, f, New(tuitest.Country("MLI")).Lines(f))
	}
	f := tuitest.Frame(t, v, tuitest.Sizes[0])
	var pane []string
	in := false
	for _, line := range New(tuitest.Country("MLI")).Linear(f) {
		if strings.HasPrefix(line, "TRACKED") {
			in = true
		} else if line == "" {
			in = false
		}
		if in {
			pane = append(pane, line)
		}
	}
	tuitest.Golden(t, "tracked-linear", pane)
	if text := strings.Join(New(tuitest.Country("BFA")).Linear(f), "\n"); strings.Contains(text, "TRACKED") {
		t.Errorf("in another country:\n%s", text)
	}
}
