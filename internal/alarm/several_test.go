package alarm

import (
	"slices"
	"strings"
	"testing"
	"time"

	"vigil/internal/duty"
)

// TestWhatComesBackOfSeveralRings: the alarm for all of them lasts for one, and says nothing of those that were well in between,
// whichever collector looks.
func TestWhatComesBackOfSeveralRings(t *testing.T) {
	for _, restarted := range []bool{false, true} {
		r := opened(t)
		for _, s := range []string{"ngo", "press", "police"} {
			r.source(s)
		}
		r.look()
		r.now = r.now.Add(13 * time.Hour)
		r.alive("radio")
		group, is := r.look()[0].(*duty.Raise)
		if !is || len(membersOf(group.Key)) != 3 {
			t.Fatalf("it rings for %+v", group)
		}
		r.alive("ngo")
		r.alive("press")
		r.now = r.now.Add(time.Second)
		expect(t, r.look(), "clear: 2 of 3; it lasts for the others")
		if restarted {
			r.eval = NewEvaluator(r.rules)
		}
		r.now = r.now.Add(13 * time.Hour)
		r.alive("radio")
		r.alive("press")
		var got []string
		for _, line := range told(r.look()) {
			if strings.Contains(line, "source stale") {
				got = append(got, line)
			}
		}
		if len(got) != 1 || !strings.HasPrefix(got[0], "raise source stale (medium): ngo ") {
			t.Errorf("restarted: %t, got %q", restarted, got)
		}
		if again := told(r.look()); slices.ContainsFunc(again, func(s string) bool { return strings.HasPrefix(s, "raise") }) {
			t.Errorf("and then %q", again)
		}
		r.alive("police")
		r.alive("press")
		r.now = r.now.Add(time.Second)
		if got := told(r.look()); !slices.Equal(got, []string{"clear: it is over"}) {
			t.Errorf("when police is back: %q", got)
		}
	}
}
