package duty

import (
	"time"

	"vigil/internal/incident"
)

// rang notes that an alarm rang by an entry, if the entry fits.
func (d *Draft) rang(e *Entry, fits bool) bool {
	if fits {
		d.b.rings = append(d.b.rings, e.At)
	}
	return fits
}

// Rings is how often alarms rang within so long before now: raised, come back, or escalated. What is dated later than now, by a clock that
// is ahead, has not rung yet.
func (b *Book) Rings(within time.Duration, now time.Time) int {
	n := 0
	for _, at := range b.rings {
		if at.After(now.Add(-within)) && !at.After(now.Add(incident.FutureTolerance)) {
			n++
		}
	}
	return n
}
