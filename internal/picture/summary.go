package picture

import (
	"cmp"
	"slices"
	"time"

	"vigil/internal/country"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/level"
	"vigil/internal/presence"
	"vigil/internal/risk"
	"vigil/internal/safetext"
)

// CountryOption is a home country of the desk.
type CountryOption struct{ Code country.Code }

// Window is the non-hazard incidents of one window that ends at the picture's time.
type Window struct {
	Sure  int // the whole interval lies inside
	Maybe int // the interval only overlaps
	// Known: the sure figure is whole. Otherwise at least Sure were seen, and nobody can say more.
	Known bool
}

// Outcomes sums staff over the sure incidents of a window. Civilians are apart and not in it, nor is anybody of whom it is not said
// who they were.
type Outcomes struct {
	Killed, Injured, Abducted, Detained int
	Other                               int // harmed in another way: missing, assaulted, robbed, ill and the like
	// Open counts, for each of the five in this order, the incidents that speak of people affected
	// without saying how many, or whether they were staff: with one of them the sum is only what was seen.
	Open  [summed]int
	Known bool // the window is whole
}

// Counts are the five figures in their order; a figure is known when the window is whole and
// every incident in it says its number. N is what was seen in any case.
func (o *Outcomes) Counts() [summed]Count {
	var c [summed]Count
	for k, n := range [...]int{o.Killed, o.Injured, o.Abducted, o.Detained, o.Other} {
		c[k] = Count{N: n, Known: o.Known && o.Open[k] == 0}
	}
	return c
}

// Hazards are counted apart from what people did, and while they last.
type Hazards struct {
	Active int
	Known  bool // some source that covers hazards can be relied on
	Worst  incident.Severity
}

// Country is a country's row: everything that the board says of it.
type Country struct {
	Code     country.Code
	Name     safetext.Text
	Home     bool
	Coverage health.Coverage
	// TooLate is set where a category is covered only by sources that speak too late for the shorter
	// windows: windows below it cannot be known. Zero when none.
	TooLate  time.Duration
	Levels   *level.Country // nil without levels
	Level    level.Summary
	Beside   []*level.Country // levels of other schemes, shown beside and never blended
	Staff    presence.Totals
	HasStaff bool
	Day      Window
	Week     Window
	Month    Window
	Hazards  Hazards
	Outcomes Outcomes
	Estimate risk.Estimate
	Trend    risk.Trend
	LastYear int // incidents that may have happened in the last year, hazards included
	// Weeks is the incidents of each of the last weeks, oldest first, as those of a [History], and like the trend of up to a minute ago.
	Weeks [HistoryRecent]Tally

	withheld withheld // see [View.Disclosed]
}

// tally is what is gathered for a country.
type tally struct {
	Country
	asked   bool
	tracked bool // something of ours was there lately
}

// summarise draws up the countries: windows and outcomes from the incidents of the last month, and what
// needs all incidents (totals, estimates, trends, what lasts) from the survey.
func (p *Picture) summarise(all *survey) {
	p.totals = all.totals
	p.totals.Excluded = len(p.excluded)
	var byCode tallies
	for _, h := range p.options.Countries {
		p.tally(&byCode, h.Code).Home = true
	}
	for _, c := range p.options.Asked {
		p.tally(&byCode, c).asked = true
	}
	for i := range p.levels {
		t := p.tally(&byCode, p.levels[i].Country)
		if t.Levels != nil {
			t.Beside = append(t.Beside, &p.levels[i])
			continue
		}
		t.Levels = &p.levels[i]
		t.Level, _ = p.levels[i].Summarise(p.valid)
	}
	for i := range p.presence.Groups {
		p.tally(&byCode, p.presence.Groups[i].Country)
	}
	for _, c := range p.trackedLately() {
		p.tally(&byCode, c).tracked = true
	}
	for c, a := range all.places {
		if a != nil && a.lastYear > 0 {
			p.tally(&byCode, country.Code(c)).LastYear = a.lastYear
		}
	}
	p.countLately(&byCode)
	for _, a := range all.lasting {
		a.rows = &p.rows
		for _, c := range a.countries() {
			p.tally(&byCode, c).hazard(p, a)
		}
	}
	p.summary = make([]Country, 0, len(byCode))
	for _, t := range byCode {
		if t == nil {
			continue
		}
		if t.Home || t.asked || t.tracked || t.Levels != nil || t.HasStaff || t.LastYear > 0 || t.Hazards.Active > 0 {
			p.summary = append(p.summary, t.finish(p, all))
		}
	}
	slices.SortFunc(p.summary, func(a, b Country) int { return cmp.Compare(a.Code.String(), b.Code.String()) })
}

// countLately counts the incidents that may have happened in the longest window.
func (p *Picture) countLately(byCode *tallies) {
	w := windowsTo(p.valid)
	for it := range p.items {
		if it.key < w.month {
			return // newest first, by the latest time at which it may have happened
		}
		if !p.counts(it) {
			continue
		}
		a := p.account(it)
		when := a.span()
		for _, c := range a.countries() {
			p.tally(byCode, c).count(p, a, when, &w)
		}
	}
}

// tallies are by the number of the country.
type tallies []*tally

func (p *Picture) tally(byCode *tallies, c country.Code) *tally {
	if int(c) < len(*byCode) && (*byCode)[c] != nil {
		return (*byCode)[c]
	}
	for len(*byCode) <= int(c) {
		*byCode = append(*byCode, nil)
	}
	t := &tally{}
	(*byCode)[c] = t
	t.Code, t.Name = c, p.homeName(c)
	t.Coverage = p.coverage(c)
	t.Staff, t.HasStaff = p.presence.Totals(c)
	return t
}

// coverage is what the desk can see of c; of the past it is what was recorded.
func (p *Picture) coverage(c country.Code) health.Coverage {
	if !p.live {
		return health.Coverage{State: health.Recorded}
	}
	if p.unread() {
		return health.Coverage{State: health.Reading}
	}
	return health.Cover(p.cover, c, p.known)
}

// count adds one incident to its country.
func (t *tally) count(p *Picture, a account, when span, w *windows) {
	if a.refuted() {
		return
	}
	if a.traits()&isHazard != 0 {
		if a.traits()&lasts == 0 {
			t.hazard(p, a)
		}
	} else {
		t.Day.add(when, w.day, w.to)
		t.Week.add(when, w.week, w.to)
		t.Month.add(when, w.month, w.to)
		if a.withholds() {
			t.withheld.day.add(when, w.day, w.to)
			t.withheld.week.add(when, w.week, w.to)
			t.withheld.month.add(when, w.month, w.to)
		}
	}
	if when.within(w.month, w.to) {
		t.Outcomes.add(a.people())
	}
}

func (w *Window) add(when span, from, to int64) {
	switch {
	case when.within(from, to):
		w.Sure++
	case when.overlaps(from, to):
		w.Maybe++
	}
}

func (t *tally) hazard(p *Picture, a account) {
	if !p.activeAt(a) {
		return
	}
	if s := a.severity(); t.Hazards.Active == 0 || s.Rank() > t.Hazards.Worst.Rank() {
		t.Hazards.Worst = s
	}
	t.Hazards.Active++
}

// add sums the people of one incident who are staff, as far as the record says so.
func (o *Outcomes) add(people *persons) {
	if !people.speaks {
		return
	}
	for k, n := range [...]*int{&o.Killed, &o.Injured, &o.Abducted, &o.Detained, &o.Other} {
		if people.certain>>k&1 == 0 {
			o.Open[k]++
		}
		*n += people.staff[k]
	}
}

// finish draws the conclusions that need all incidents.
func (t *tally) finish(p *Picture, all *survey) Country {
	t.Estimate, t.Trend = all.assess(p, t)
	place := all.place(p, t.Code)
	t.Weeks = place.weeks
	t.withheld.recent, t.withheld.before, t.withheld.lastYear = place.withheld.recent, place.withheld.before, place.withheld.lastYear
	T := p.valid
	whole := func(length time.Duration) bool {
		return !p.live || health.Known(p.cover, t.Code, health.Deliberate(), T.Add(-length), T, p.known)
	}
	t.Day.Known, t.Week.Known, t.Month.Known = whole(Day), whole(Week), whole(Month)
	t.Outcomes.Known = t.Month.Known
	t.Hazards.Known = t.Coverage.Knows(incident.Hazard)
	t.TooLate = p.tooLate(t.Code, &t.Coverage)
	return t.Country
}

// tooLate is the shortest lag among what covers each seen category, where it is longer than the
// shortest window: figures of windows below it cannot be known.
func (p *Picture) tooLate(c country.Code, cov *health.Coverage) time.Duration {
	var worst time.Duration
	for _, t := range health.Deliberate() {
		if cov.Category(t) != health.Covered {
			continue
		}
		best := time.Duration(-1)
		for i := range p.cover {
			s := &p.cover[i]
			if state, _ := s.Facts.State(&s.Profile, p.known); s.Looks(c, t) && state.Sees() && (best < 0 || s.Profile.Lag < best) {
				best = s.Profile.Lag
			}
		}
		worst = max(worst, best)
	}
	if worst <= Day {
		return 0
	}
	return worst
}
