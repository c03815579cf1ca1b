package duty

import "time"

// rang notes that an alarm rang by an entry, if the entry fits.
func (d *Draft) rang(e *Entry, fits bool) bool {
	if fits {
		d.b.rings = append(d.b.rings, e.At)
	}
	return fits
}

// Rings is how often alarms rang after since: raised, come back, or escalated.
func (b *Book) Rings(since time.Time) int {
	n := 0
	for _, at := range b.rings {
		if at.After(since) {
			n++
		}
	}
	return n
}
