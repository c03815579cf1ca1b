package alarm

import (
	"cmp"
	"slices"
	"time"

	"vigil/internal/duty"
)

// A flood is more than floodOver alarms that came within floodWithin and that nobody has acknowledged.
const (
	floodOver   = 10
	floodWithin = 10 * time.Minute
)

// Group are alarms that need somebody, of one rule in one country: what a screen shows as one line in a flood.
type Group struct {
	Rule     string
	Country  string // alpha-3; empty where they are of none, or of no incident
	Severity duty.Severity
	Alarms   []*duty.Alarm // the newest first
}

// Flood reports whether more alarms came than anybody can read, and then groups those that need somebody: the highest severity
// first, then the largest group. No alarm is left out, and those of the highest severity stand each by itself.
func Flood(book *duty.Book, now time.Time) (groups []Group, on bool) {
	var ringing []*duty.Alarm
	came := 0
	for _, a := range book.Alarms(now) {
		if !a.Rings(now) {
			continue
		}
		ringing = append(ringing, a)
		if now.Sub(a.Came) < floodWithin {
			came++
		}
	}
	if came <= floodOver {
		return nil, false
	}
	type of struct{ rule, country, alone string }
	index := map[of]int{}
	for _, a := range ringing {
		k := of{a.Raise.Rule, a.Raise.Country, ""}
		if a.Severity == duty.Critical {
			k.alone = a.ID
		}
		n, ok := index[k]
		if !ok {
			n = len(groups)
			index[k] = n
			groups = append(groups, Group{Rule: k.rule, Country: k.country, Severity: a.Severity})
		}
		g := &groups[n]
		g.Alarms = append(g.Alarms, a)
		if a.Severity.Above(g.Severity) {
			g.Severity = a.Severity
		}
	}
	for i := range groups {
		slices.SortStableFunc(groups[i].Alarms, func(a, b *duty.Alarm) int { return b.Came.Compare(a.Came) })
	}
	slices.SortStableFunc(groups, func(a, b Group) int {
		return cmp.Or(cmp.Compare(a.Severity.Rank(), b.Severity.Rank()), cmp.Compare(len(b.Alarms), len(a.Alarms)))
	})
	return groups, true
}
