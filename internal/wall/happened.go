package wall

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"vigil/internal/alarm"
	"vigil/internal/alarm/rule"
	"vigil/internal/country"
	"vigil/internal/duty"
	"vigil/internal/figure"
	"vigil/internal/incident"
	"vigil/internal/picture"
)

// Rings are the alarms of a wall for certain countries, or for all without any: what rings in a room is what it shows.
func Rings(v picture.View, p Privacy, only []country.Code, now time.Time) []*duty.Alarm {
	return listed(v.Shared(), p, showing(only), now)
}

// showing reports of countries whether a wall for those of only has any of them; what is of none is on every wall.
func showing(only []country.Code) func(...country.Code) bool {
	return func(codes ...country.Code) bool {
		return len(only) == 0 || len(codes) == 0 || slices.ContainsFunc(codes, func(c country.Code) bool { return slices.Contains(only, c) })
	}
}

func listed(v picture.View, p Privacy, shows func(...country.Code) bool, now time.Time) (list []*duty.Alarm) {
	for _, a := range v.Duty().Alarms(now) {
		if lists(v, p, a, shows, now) {
			list = append(list, a)
		}
	}
	return list
}

// lists reports whether an alarm is one of the wall's: of its countries, not shelved, and in public not of what is restricted.
func lists(v picture.View, p Privacy, a *duty.Alarm, shows func(...country.Code) bool, now time.Time) bool {
	if a.State(now) == duty.Shelved || !concerns(v, a, shows) {
		return false
	}
	if p != Public {
		return true
	}
	if !a.Raise.Due.IsZero() {
		return false // movements, visits and what else is due are nobody's who passes
	}
	if a.Raise.Rule == rule.Surge && v.TrendWithholds(a.Country()) {
		return false // beside an own normal that has no restricted matters in it, it would tell of them
	}
	if a.Raise.Together > 0 { // of several of which none may be told there is no worst
		worst, has := rowOf(v, a.Raise.Worst)
		return has && !worst.Restricted
	}
	row, has := rowOf(v, a.Raise.Incident)
	if a.Raise.Incident.IsZero() && a.Raise.Source == "" && v.Conceals(a.Country()) {
		return false // it is there for restricted matters alone: that its estimate rose would tell of them
	}
	return !alarm.OfRestricted(a.Raise) && !v.HidesAlarm(a) && (!has || !row.Restricted)
}

// concerns reports whether an alarm is of the countries of a wall: it names one, and what happened may have happened in several.
func concerns(v picture.View, a *duty.Alarm, shows func(...country.Code) bool) bool {
	if c := a.Country(); !c.Known() || shows(c) {
		return true
	}
	row, has := rowOf(v, a.Raise.Incident)
	return has && len(row.Countries) > 0 && shows(row.Countries...)
}

// alarm is one alarm in the words that the wall may have of it.
func (m *Model) alarm(h figure.Hand, v picture.View, a *duty.Alarm) Alarm {
	c := a.Country()
	out := Alarm{Key: a.ID, Called: a.Called(), Severity: a.Severity, Standing: h.AlarmStanding(a, m.At), Rings: a.Rings(m.At), Came: a.Came, Country: c}
	sheet := v.Sheet(a, m.At)
	if told, of := sheet.Figures(); of > 0 {
		out.Told = fmt.Sprintf("%d/%d", told, of)
		out.Untold = told < of && !duty.High.Above(a.Severity)
	}
	if m.Privacy == Desk {
		out.Words = h.AlarmLine(v, a, m.At)
		for i := range sheet.Posts {
			switch p := &sheet.Posts[i]; {
			case !p.Needed:
			case p.State.IsTold():
				out.Knows = append(out.Knows, p.Name)
			default:
				out.Lacks = append(out.Lacks, p.Name)
			}
		}
		return out
	}
	if a.State(m.At) == duty.Owned {
		out.Standing = h.Say("ACKED")
	}
	out.Called, out.Words = "", h.RuleName(a.Raise.Rule)
	if row, has := rowOf(v, a.Raise.Incident); has && !row.Restricted {
		out.Words = happened(h, &row)
	} else if worst, has := rowOf(v, a.Raise.Worst); has && !worst.Restricted {
		out.Words = h.Sayf("%s, the worst: %s", out.Words, happened(h, &worst))
	} else if a.Raise.Source != "" { // the sources are on the wall
		out.Words += ": " + a.Raise.Source
	} else if c.Known() {
		out.Words = c.Alpha3() + " " + h.RuleName(a.Raise.Rule)
	}
	return out
}

func rowOf(v picture.View, n duty.Name) (picture.Row, bool) {
	if n.IsZero() {
		return picture.Row{}, false
	}
	id, ok := v.IDOf(n.Identity())
	if !ok {
		return picture.Row{}, false
	}
	return v.Row(id)
}

// kept reports whether of an incident no more may be told than that there was one: its source wants it kept, or it is of sexual violence and
// somebody opened it to the desk.
func kept(r *picture.Row) bool { return r.NoOnward || r.Act.Is(incident.SexualViolence) }

// mere is an area without anything that makes a place of it: one with a number in it is none.
func mere(area string) string {
	if strings.ContainsFunc(area, unicode.IsDigit) {
		return ""
	}
	return area
}

// keeps reports whether an alarm is about an incident of which no more may be told than that there was one.
func keeps(v picture.View, a *duty.Alarm) bool {
	row, has := rowOf(v, a.Raise.Incident)
	return has && kept(&row)
}

// happened is an incident as a wall may tell of it: country, first administrative level, act, and how far it is established. An act in a source's own words, and an area with
// a number in it, may say anything.
func happened(h figure.Hand, r *picture.Row) string {
	area, act := mere(r.Admin1.OneLine().String()), h.Act(r)
	if kept(r) {
		area = ""
	}
	if kept(r) || r.Act.Unlisted() {
		act = figure.Sentence(h.Words("incident"))
	}
	told := strings.Join(slices.DeleteFunc([]string{h.Countries(r), area, act}, func(s string) bool { return s == "" }), " ")
	if sure := h.Established(r); sure != "" {
		told += ", " + sure
	}
	return told
}
