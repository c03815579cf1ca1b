package figure

import (
	"strings"
	"time"

	"vigil/internal/alarm"
	"vigil/internal/picture"
)

// Flood is the flood that the viewer looks at, if there is one.
func Flood(v picture.View, now time.Time) (alarm.Flooding, bool) {
	return alarm.Flood(v.Duty(), v.HidesAlarm, now)
}

// FloodWords say that there is a flood, and how large it is.
func (h Hand) FloodWords(f *alarm.Flooding) string {
	return h.Sayf("FLOOD: %s in %d min", h.Plural(f.Came, "alarm"), int(alarm.FloodWithin.Minutes()))
}

// GroupWhat is what a group of alarms is about: "incident near staff, MLI".
func (h Hand) GroupWhat(g *alarm.Group) string {
	switch {
	case g.Hidden:
		return h.Say("restricted incidents")
	case g.Country == "":
		return h.RuleName(g.Rule)
	}
	return h.RuleName(g.Rule) + ", " + g.Country
}

// GroupMany is how many alarms a group has, and how grave the worst is: "12× HIGH".
func (h Hand) GroupMany(g *alarm.Group) string {
	return h.GroupCount(g) + " " + h.SeverityWord(g.Severity)
}

// GroupCount is how many alarms a group has: "12×".
func (h Hand) GroupCount(g *alarm.Group) string { return h.Number(len(g.Alarms)) + h.Times }

// GroupStanding is [Hand.AlarmStanding] of all of a group, where that is the same; none of them has anybody.
func (h Hand) GroupStanding(g *alarm.Group, now time.Time) string {
	for _, a := range g.Alarms {
		if Plain.AlarmStanding(a, now) != Plain.AlarmStanding(g.Alarms[0], now) {
			return h.Say("NOT ACKED")
		}
	}
	return h.AlarmStanding(g.Alarms[0], now)
}

// GroupCannot says why what is done about one alarm cannot be done about a group.
func (h Hand) GroupCannot(g *alarm.Group) string {
	return h.Sayf("this is a group of %s: Enter lists them", h.Plural(len(g.Alarms), "alarm"))
}

// GroupCalled are the alarms of a group as people call them, the newest first; of more than most so many and how many more.
func (h Hand) GroupCalled(g *alarm.Group, most int) string {
	var names []string
	for _, a := range g.Alarms[:min(most, len(g.Alarms))] {
		names = append(names, a.Called())
	}
	text := strings.Join(names, " ")
	if more := len(g.Alarms) - most; more > 0 {
		text += h.Sayf(" and %d more", more)
	}
	return text
}
