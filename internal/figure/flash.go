package figure

import (
	"cmp"
	"time"

	"vigil/internal/duty"
	"vigil/internal/picture"
)

// FlashSubject is what a flash report is about, as people call it: A17, the id of an incident, a country's code. An incident that
// others may not know of is "a restricted incident".
func FlashSubject(v picture.View, f *duty.Flash) string {
	return cmp.Or(v.Shared().Called(f.Subject()), Unknown)
}

// FlashDue says which flash report is due when: "15:10Z flash 2 on A17, in 25m", or OVERDUE.
func (h Hand) FlashDue(v picture.View, f *duty.Flashed, now time.Time) string {
	next, number, on := h.Time(f.Next), f.Number+1, FlashSubject(v, f.Flash)
	if left := f.Next.Sub(now); left > 0 {
		return h.Sayf("%s flash %d on %s, in %s", next, number, on, h.Span(left))
	}
	return h.Sayf("OVERDUE %s  %s flash %d on %s, promised at %s", h.Span(now.Sub(f.Next)), next, number, on, f.At.UTC().Format("15:04Z"))
}
