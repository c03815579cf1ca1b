package calendar

import (
	"sort"
	"time"
)

// Wall is a time as clocks of some place show it: its fields count, and its location does not.
type Wall = time.Time

// Zone tells what time it is elsewhere when clocks of a place show a time. The zero Zone is UTC.
type Zone struct {
	Location *time.Location
	// Shifts are those that a calendar defines itself, for a zone that no table has, in order.
	Shifts []Shift
}

// IsUTC reports whether it is the zero Zone.
func (z Zone) IsUTC() bool { return z.Location == nil && len(z.Shifts) == 0 }

// Shift is a change of clocks: from Start on, as they showed it before, they are Offset ahead of UTC.
type Shift struct {
	Start  Wall
	Offset time.Duration
}

// UTC is the instant at which clocks show w. An hour that they show twice is one of the two.
func (z Zone) UTC(w Wall) time.Time {
	if z.Location != nil {
		return time.Date(w.Year(), w.Month(), w.Day(), w.Hour(), w.Minute(), w.Second(), 0, z.Location).UTC()
	}
	w = time.Date(w.Year(), w.Month(), w.Day(), w.Hour(), w.Minute(), w.Second(), 0, time.UTC)
	if len(z.Shifts) == 0 {
		return w
	}
	n := sort.Search(len(z.Shifts), func(i int) bool { return z.Shifts[i].Start.After(w) })
	return w.Add(-z.Shifts[max(0, n-1)].Offset)
}

// Wall is what clocks show at an instant: the inverse of UTC but for hours that clocks show twice or leave
// out.
func (z Zone) Wall(t time.Time) Wall {
	if z.Location != nil {
		l := t.In(z.Location)
		return time.Date(l.Year(), l.Month(), l.Day(), l.Hour(), l.Minute(), l.Second(), 0, time.UTC)
	}
	w := t.UTC()
	for range 2 { // the second time with the offset that holds there
		w = t.UTC().Add(w.Sub(z.UTC(w)))
	}
	return w
}
