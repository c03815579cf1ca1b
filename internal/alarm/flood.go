package alarm

import (
	"cmp"
	"slices"
	"time"

	"vigil/internal/duty"
	"vigil/internal/incident"
)

// A flood is more than floodOver alarms that came within FloodWithin and that nobody has acknowledged.
const (
	floodOver   = 10
	FloodWithin = 10 * time.Minute
)

// Flooding is more alarms at once than anybody can read.
type Flooding struct {
	Came int // within [FloodWithin], and nobody has acknowledged them
	// Groups are all that need somebody: the highest severity first, then the largest group. No alarm is left out, and those of the highest
	// severity stand each by itself.
	Groups []Group
}

// Group are alarms that need somebody, of one rule in one country: what a screen shows as one line in a flood.
type Group struct {
	Rule     string
	Country  string // alpha-3; empty where they are of none, or of no incident
	Hidden   bool   // of incidents that the viewer may not see: of which rule and country is not said
	Severity duty.Severity
	Alarms   []*duty.Alarm // the newest first
}

// Key names the group for as long as there is a flood; of one alarm alone it is that alarm's id.
func (g *Group) Key() string {
	if len(g.Alarms) == 1 {
		return g.Alarms[0].ID
	}
	return "group " + g.Rule + "/" + g.Country
}

// Flood reports whether more alarms came than anybody can read, and then groups those that need somebody. hides tells of which alarms the
// viewer may not know what they are about; nil of none.
func Flood(book *duty.Book, hides func(*duty.Alarm) bool, now time.Time) (f Flooding, on bool) {
	return FloodOf(book.Alarms(now), hides, now)
}

// FloodOf is [Flood] of the alarms that a viewer has, for whom there are no others.
func FloodOf(alarms []*duty.Alarm, hides func(*duty.Alarm) bool, now time.Time) (f Flooding, on bool) {
	var ringing []*duty.Alarm
	for _, a := range alarms {
		if !a.Rings(now) {
			continue
		}
		ringing = append(ringing, a)
		if since := now.Sub(a.Came); since < FloodWithin && since >= -incident.FutureTolerance {
			f.Came++
		}
	}
	if f.Came <= floodOver {
		return Flooding{}, false
	}
	f.Groups = grouped(ringing, hides)
	return f, true
}

func grouped(ringing []*duty.Alarm, hides func(*duty.Alarm) bool) (groups []Group) {
	type of struct{ rule, country, alone string }
	index := map[of]int{}
	for _, a := range ringing {
		k, hidden := of{a.Raise.Rule, a.Raise.Country, ""}, hides != nil && hides(a)
		if hidden {
			k = of{}
		}
		if a.Severity == duty.Critical {
			k.alone = a.ID
		}
		n, ok := index[k]
		if !ok {
			n = len(groups)
			index[k] = n
			groups = append(groups, Group{Rule: k.rule, Country: k.country, Hidden: hidden, Severity: a.Severity})
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
	return groups
}
