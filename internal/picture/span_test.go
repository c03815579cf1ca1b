package picture

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestSpansAreIntervals: what is asked of numbers is answered as what is asked of times.
func TestSpansAreIntervals(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		r, s := newRows(newHeap()), newSeeds()
		a := Arrival{Incident: anyIncident(rt), Received: now}
		s.prepare(&a.prepared, a.Incident, a.Received)
		h := r.add(&a, 1, 0, 0)
		iv, when := r.interval(h), r.span(h)
		near := func(name string) time.Time { // often just there
			at := now.Add(time.Duration(rapid.Int64Range(int64(-3*year), int64(year)).Draw(rt, name)))
			if !iv.IsZero() {
				at = rapid.SampledFrom([]time.Time{at, iv.Start, iv.End}).Draw(rt, name+" at")
			}
			return at.Add(time.Duration(rapid.Int64Range(-1, 1).Draw(rt, name+" off")))
		}
		from, to := near("from"), near("to")
		if got, want := when.within(nanos(from), nanos(to)), iv.Within(from, to); got != want {
			rt.Errorf("%v within %v and %v: %v, want %v", iv, from, to, got, want)
		}
		if got, want := when.overlaps(nanos(from), nanos(to)), iv.Overlaps(from, to); got != want {
			rt.Errorf("%v overlaps %v and %v: %v, want %v", iv, from, to, got, want)
		}
		middle := time.Time{} // before all history
		if !iv.IsZero() {
			middle = iv.Start.Add(iv.End.Sub(iv.Start) / 2)
		}
		if got := (account{rows: &r, h: h}).evidence(when).At; !got.Equal(middle) {
			rt.Errorf("the middle of %v is %v, want %v", iv, got, middle)
		}
	})
}
