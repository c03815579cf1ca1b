package figure

import (
	"cmp"
	"fmt"
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
	text := fmt.Sprintf("%s flash %d on %s, ", h.Time(f.Next), f.Number+1, FlashSubject(v, f.Flash))
	if left := f.Next.Sub(now); left > 0 {
		return text + "in " + h.Span(left)
	}
	return "OVERDUE " + h.Span(now.Sub(f.Next)) + "  " + text + "promised at " + f.At.UTC().Format("15:04Z")
}
