package picture

import (
	"time"

	"vigil/internal/country"
	"vigil/internal/health"
	"vigil/internal/incident"
)

// HistoryWeeks is how far a [History] goes back: the year that is a country's own normal, and a quarter beside it.
const HistoryWeeks = 65

// HistoryRecent is how many of the last weeks of a [History] the threats and the hours are counted in: a quarter.
const HistoryRecent = 13

// Bin is what happened in one week of a [History].
type Bin struct {
	From, To time.Time
	// Sure is the incidents whose whole interval lies in the week.
	Sure int
	// Whole: every deliberate category is known and complete over the week. Otherwise there may have been more, and a low figure is
	// no fall.
	Whole bool
}

// Tally is incidents that surely happened in a time, and whether that is all.
type Tally struct {
	Sure  int
	Whole bool
}

// History is the incidents of one country over time. Hazards and what was refuted are not in it, as in windows, but for Hazards.
type History struct {
	Weeks []Bin // oldest first; the last ends at the picture's time, as the window of 7 days does
	// Spread is the incidents of which nobody can say to which week they belong, Undated those without a time that were
	// received in the time of the history.
	Spread, Undated int
	// Threats is the last quarter by category, of hazards too; by the number of the category, unknown first.
	Threats [incident.Hazard + 1]Tally
	// Hours is when it happened in the last quarter: by day of the week, Sunday first, and hour, in the zone asked for. Untimed is the
	// incidents of the quarter that are known less exactly, whether or not anybody can say in which week they were.
	Hours          [7][24]int
	Timed, Untimed int
	// HoursWhole: all of the quarter is told, so that an hour without any is one in which nothing happened.
	HoursWhole bool
	// Withheld is the incidents of the quarter of which the viewer may not know what they were and when. They are in the weeks, as they
	// are in windows, and in no category and no hour, none of which is whole then.
	Withheld int
}

// withhold takes what was withheld for what may belong to any category and hour.
func (h *History) withhold() {
	if h.Withheld == 0 {
		return
	}
	h.HoursWhole = false
	for t := range h.Threats {
		h.Threats[t].Whole = false
	}
}

// History looks at all incidents of c in the last [HistoryWeeks] weeks, which takes about as long as an estimate:
// whoever draws keeps it. Hours are those of loc.
func (v View) History(c country.Code, loc *time.Location) History {
	p := v.p
	h := History{Weeks: make([]Bin, HistoryWeeks)}
	for i := range h.Weeks {
		from := p.valid.Add(-time.Duration(HistoryWeeks-i) * Week)
		h.Weeks[i] = Bin{From: from, To: from.Add(Week), Whole: p.whole(c, health.Deliberate(), from, from.Add(Week))}
	}
	quarter := p.valid.Add(-HistoryRecent * Week)
	h.HoursWhole = p.whole(c, health.Deliberate(), quarter, p.valid)
	for t := range h.Threats {
		categories := []incident.Threat{incident.Threat(t)}
		if t == int(incident.ThreatUnknown) {
			categories = health.Deliberate() // it may be of any
		}
		h.Threats[t].Whole = p.whole(c, categories, quarter, p.valid)
	}
	first, last, recent := nanos(h.Weeks[0].From), nanos(p.valid), nanos(quarter)
	for it := range p.items {
		if it.key < first {
			break // newest first, by the latest time at which it may have happened
		}
		if !p.counts(it) {
			continue
		}
		a := p.account(it)
		if a.refuted() || !speaksOf(a, c) {
			continue
		}
		h.add(a, a.span(), first, recent, last, loc, v.hidden(a.h))
	}
	h.withhold()
	return h
}

func speaksOf(a account, c country.Code) bool {
	for _, of := range a.countries() {
		if of == c {
			return true
		}
	}
	return false
}

// whole reports whether the categories are complete over a time; of the past it is what was recorded.
func (p *Picture) whole(c country.Code, categories []incident.Threat, from, to time.Time) bool {
	return !p.live || !p.unread() &&
		(health.Known(p.cover, c, categories, from, to, p.known) || to.Before(p.valid) && health.Completed(p.cover, c, categories, from, to))
}

// add counts one incident, of which no more than that it happened may be told if it is hidden. Times are Unix nanoseconds.
func (h *History) add(a account, when span, first, recent, last int64, loc *time.Location, hidden bool) {
	switch {
	case !when.within(recent, last):
	case hidden:
		h.Withheld++
	default:
		h.Threats[a.threat()].Sure++
	}
	if a.traits()&isHazard != 0 {
		return
	}
	if when.start == noTime {
		h.Undated++
		return
	}
	if !when.within(first, last) {
		if when.overlaps(first, last) {
			h.Spread++
		}
		return
	}
	if when.start >= recent && !hidden {
		h.addHour(when, loc)
	}
	n := int((when.start - first) / int64(Week))
	if when.end > first+int64(n+1)*int64(Week) {
		h.Spread++
		return
	}
	h.Weeks[n].Sure++
}

// addHour counts an incident of the quarter in its hour, if that is known.
func (h *History) addHour(when span, loc *time.Location) {
	if time.Duration(when.end-when.start) > time.Hour {
		h.Untimed++
		return
	}
	at := fromNanos(when.start).In(loc)
	h.Hours[at.Weekday()][at.Hour()]++
	h.Timed++
}
