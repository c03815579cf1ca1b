package mapped

import (
	"slices"
	"strings"
)

// sums are what the row below a table begins with that holds the sums of its columns, folded.
var sums = [...]string{
	"total", "totals", "grand total", "sub total", "subtotal", "sub-total", "sum", "totaux", "total général", "sous-total", "somme",
	"total general", "suma", "gesamt", "insgesamt", "summe", "итого", "всего", "المجموع", "الإجمالي", "合计", "总计",
}

// sum refuses the row that adds up those above it: as an incident its people would count twice. What says when or where it
// was is never taken for one.
func (r *reading) sum() {
	if i := r.i; !i.Occurred.IsZero() || len(i.Countries) > 0 || i.HasPoint {
		return
	}
	for _, field := range sorted(r.fields) {
		place := r.fields[field]
		if _, fixed := constant(place); fixed {
			continue
		}
		v, _ := r.rec.Get(place)
		if slices.Contains(sums[:], strings.TrimRight(fold(v), " :")) {
			r.refuse(field, "the row adds up others and is no incident: it has neither time nor place")
			return
		}
	}
}
