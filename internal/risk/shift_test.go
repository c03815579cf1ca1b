package risk

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"vigil/internal/incident"
)

// TestFadedOnceIsFadedTwice: evidence weighs as much at the end of the complete periods as when it is faded to there,
// however long ago that was.
func TestFadedOnceIsFadedTwice(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		now := time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC)
		days := func(name string, most int) time.Duration {
			return time.Duration(rapid.IntRange(0, most).Draw(rt, name)) * 24 * time.Hour
		}
		end := now.Add(-days("complete", 40_000))
		k := Knowledge{Covered: true, Periods: []incident.Interval{{Start: end.Add(-days("for", 80_000)), End: end}}}
		e := New(Default(), now, map[incident.Threat]Knowledge{incident.Crime: k}, 0, false, false)
		var want [2]float64
		for range rapid.IntRange(0, 5).Draw(rt, "incidents") {
			at := end.Add(-days("before", 80_000) - time.Second)
			e.Add(&Evidence{At: at, Threat: incident.Crime, Harms: true})
			if !at.Before(k.Periods[0].Start) {
				for i, half := range e.halfLives() {
					want[i] += fade(end.Sub(at), half)
				}
			}
		}
		for i, got := range e.tally[incident.Crime].complete {
			if math.Abs(got-want[i]) > 1e-9*want[i]+1e-200 {
				rt.Fatalf("half-life %d: %g, want %g", i, got, want[i])
			}
		}
	})
}
