package figure

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"vigil/internal/duty"
	"vigil/internal/picture"
)

// StaffNear is how many staff are near what an alarm is about, as far as that is known now. The words of the alarm say it of when it
// rang, and only where its rule asked.
type StaffNear struct {
	picture.Near
	Km float64 // within so many kilometres, see [picture.Desk.Radii]
}

// AlarmNear is who is near what an alarm is about; false where it is about no incident, where the viewer may not see that, and where it is
// refuted or was taken back: nobody is near what did not happen.
func AlarmNear(v picture.View, a *duty.Alarm) (n StaffNear, ok bool) {
	if a.Raise.Sole().IsZero() || v.HidesAlarm(a) {
		return n, false
	}
	id, ok := v.IDOf(a.Raise.Sole().Identity())
	if !ok {
		return n, false
	}
	id = v.Lead(id)
	if r, listed := v.Row(id); !listed || r.Restricted || r.Refuted || r.Cancelled || r.Withdrawn {
		return n, false
	}
	radii := v.Desk().Radii
	n.Km, ok = radii[a.Raise.Rule]
	if !ok {
		n.Km, ok = radii[""]
	}
	if ok {
		n.Near = v.Near(id, n.Km)
	}
	return n, ok
}

// split is a number of people with those of whom it is known whether they are national or international: 31 (28n 3i).
func (h Hand) split(p picture.People) string {
	if p.National+p.International == 0 {
		return h.Number(p.Total)
	}
	return fmt.Sprintf("%s (%sn %si)", h.Number(p.Total), h.Number(p.National), h.Number(p.International))
}

// Words are who is near, in one line without any name, and with radius within how many kilometres: "near 31 (28n 3i) +9 no fix · presence 2h old". Where the incident has no position it
// is "near ?", with how many may be and that reason; "+? others" says that what is known of staff there is no limit.
func (n *StaffNear) Words(now time.Time, h Hand, radius bool) string {
	return h.Sayf("near %s", n.Bare(now, h, radius))
}

// Bare is [StaffNear.Words] to stand behind a label that says what it is of.
func (n *StaffNear) Bare(now time.Time, h Hand, radius bool) string {
	parts := []string{n.who(h)}
	if radius {
		parts[0] = h.Sayf("(%s km) %s", h.kilometres(n.Km), parts[0])
	}
	switch {
	case n.Located:
	case radius:
		parts[0] += h.Say(", the incident has no position")
	default:
		parts[0] += h.Say(", no position")
	}
	switch age, old := h.Age(n.AsOf, now, picture.StaffHolds); {
	case old:
		parts = append(parts, h.Sayf("presence %s OLD", strings.TrimSuffix(age, "!")))
	case !n.AsOf.IsZero():
		parts = append(parts, h.Sayf("presence %s old", age))
	case n.Unbounded && n.Perhaps.Total+n.Sure.Total == 0:
		parts = append(parts, h.Say("nothing is said of staff there"))
	case n.Perhaps.Total+n.Sure.Total > 0:
		parts = append(parts, h.Say("presence of unknown age"))
	}
	return strings.Join(parts, " "+h.Dot+" ")
}

// who is how many are near, of what is known.
func (n *StaffNear) who(h Hand) string {
	var who string
	vague, unplaced := n.Perhaps.Total-n.NoFix.Total, n.NoFix.Total
	switch {
	case n.Located:
		who = h.split(n.Sure)
		if vague > 0 {
			who += h.Sayf(" +%s perhaps", h.Number(vague))
		}
		if unplaced > 0 {
			who += h.Sayf(" +%s no fix", h.Number(unplaced))
		}
	case n.Perhaps.Total > 0:
		who = h.Sayf("? of %s", h.split(n.Perhaps))
	default:
		who = Unknown
	}
	if n.Unbounded {
		who += h.Say(" +? others")
	}
	return who
}

// kilometres writes a distance as it was set: 5, 2.5.
func (h Hand) kilometres(km float64) string {
	text := strconv.FormatFloat(km, 'f', -1, 64)
	_, decimals, _ := strings.Cut(text, ".")
	return h.Decimal(km, len(decimals))
}
