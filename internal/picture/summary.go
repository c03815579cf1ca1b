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

// Outcomes sums people over the sure incidents of a window. Civilians are apart and not in it.
type Outcomes struct {
	Killed, Injured, Abducted, Detained int
	Known                               bool // the window is whole
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
}

// tally is what one pass over the incidents gathers for a country.
type tally struct {
	Country
	estimator *risk.Estimator
	period    incident.Interval // the last in which every deliberate category is complete
	recent    int
	before    int
}

// summarise counts every figure of the picture in one pass over its incidents.
func (p *Picture) summarise() {
	byCode := map[country.Code]*tally{}
	for _, h := range p.options.Countries {
		p.tally(byCode, h.Code).Home = true
	}
	for i := range p.levels {
		t := p.tally(byCode, p.levels[i].Country)
		if t.Levels != nil {
			t.Beside = append(t.Beside, &p.levels[i])
			continue
		}
		t.Levels = &p.levels[i]
		t.Level, _ = p.levels[i].Summarise(p.valid)
	}
	for i := range p.presence.Groups {
		p.tally(byCode, p.presence.Groups[i].Country)
	}
	p.entries = make([]listing, p.bound)
	for it := range p.timeline.all {
		p.entries[it.id] = it
		r := p.rows.at(it.shown)
		p.totals.add(p, it, r)
		if !p.counts(it, r) {
			continue
		}
		for _, c := range r.incident.Countries {
			p.tally(byCode, c).count(p, r)
		}
	}
	p.totals.Excluded = len(p.excluded)
	for _, t := range byCode {
		if t.Home || t.Levels != nil || t.HasStaff || t.LastYear > 0 {
			p.summary = append(p.summary, t.finish(p))
		}
	}
	slices.SortFunc(p.summary, func(a, b Country) int { return cmp.Compare(a.Code.String(), b.Code.String()) })
}

func (p *Picture) tally(byCode map[country.Code]*tally, c country.Code) *tally {
	if t := byCode[c]; t != nil {
		return t
	}
	t := &tally{}
	byCode[c] = t
	t.Code, t.Name = c, homeName(c)
	t.Coverage = health.Coverage{State: health.Recorded}
	if p.live {
		t.Coverage = health.Cover(p.cover, c, p.known)
	}
	t.Staff, t.HasStaff = p.presence.Totals(c)
	t.period = p.trendPeriod(c)
	t.estimator = risk.New(p.options.Risk, p.valid, p.knowledge(c, &t.Coverage), t.Staff.Total, t.HasStaff, false)
	return t
}

// knowledge is what the estimate may rely on for c. In a picture of the past, a category is covered
// by whatever was recorded.
func (p *Picture) knowledge(c country.Code, cov *health.Coverage) map[incident.Threat]risk.Knowledge {
	known := map[incident.Threat]risk.Knowledge{}
	var widest risk.Knowledge
	for _, t := range incident.Threats() {
		k := risk.Knowledge{Covered: cov.Category(t) != health.Blind, Periods: health.Periods(p.cover, c, t)}
		known[t] = k
		if n := len(k.Periods); k.Covered && n > 0 && t != incident.Hazard &&
			(!widest.Covered || k.Periods[n-1].End.After(widest.Periods[len(widest.Periods)-1].End)) {
			widest = k
		}
	}
	// What no source could put into a category may belong to any: it is as known as the best of them.
	known[incident.ThreatUnknown] = widest
	return known
}

// trendPeriod is the last period over which every deliberate category of c is known and complete.
func (p *Picture) trendPeriod(c country.Code) incident.Interval {
	var common []incident.Interval
	for i, t := range health.Deliberate() {
		periods := health.Periods(p.cover, c, t)
		if i == 0 {
			common = periods
			continue
		}
		common = health.Common(common, periods)
	}
	for i := len(common) - 1; i >= 0; i-- {
		if last := common[i]; last.Start.Before(p.valid) {
			if last.End.After(p.valid) {
				last.End = p.valid
			}
			return last
		}
	}
	return incident.Interval{}
}

// count adds one incident to its country.
func (t *tally) count(p *Picture, r *row) {
	T := p.valid
	iv := r.interval
	if iv.Overlaps(T.Add(-year), T) {
		t.LastYear++
	}
	if refuted(r) {
		return
	}
	t.estimator.Add(&r.evidence)
	if r.traits&isHazard != 0 {
		t.hazard(r, T)
	} else {
		t.Day.add(iv, T, Day)
		t.Week.add(iv, T, Week)
		t.Month.add(iv, T, Month)
		t.trend(iv)
	}
	if iv.Within(T.Add(-Month), T) {
		t.Outcomes.add(r.incident)
	}
}

func (w *Window) add(iv incident.Interval, T time.Time, length time.Duration) {
	switch from := T.Add(-length); {
	case iv.Within(from, T):
		w.Sure++
	case iv.Overlaps(from, T):
		w.Maybe++
	}
}

func (t *tally) hazard(r *row, T time.Time) {
	if !r.incident.ActiveAt(T, r.received) {
		return
	}
	if t.Hazards.Active == 0 || r.incident.Severity.Value.Rank() > t.Hazards.Worst.Rank() {
		t.Hazards.Worst = r.incident.Severity.Value
	}
	t.Hazards.Active++
}

func (t *tally) trend(iv incident.Interval) {
	if t.period.IsZero() || iv.IsZero() {
		return
	}
	from := t.period.End.Add(-risk.TrendWindow)
	switch at := middle(iv); {
	case !at.Before(t.period.End):
	case !at.Before(from):
		t.recent++
	case !at.Before(from.Add(-risk.Baseline)):
		t.before++
	}
}

// add sums the people of one incident who are not civilians, where the record tells them apart.
func (o *Outcomes) add(i *incident.Incident) {
	for k, n := range [...]*int{&o.Killed, &o.Injured, &o.Abducted, &o.Detained} {
		*n += staffOutcome(i.Affected, summedOutcomes[k])
	}
}

func staffOutcome(b incident.Breakdown, o incident.Outcome) int {
	all, known := b.Outcome(o)
	if !known {
		return 0
	}
	civilians, _ := b.Figure(incident.Cut{Population: incident.PopulationCivilian, Outcome: o})
	return max(0, all-civilians)
}

// evidenceOf is an incident as the estimate sees it; one without a time is dated before all history.
func evidenceOf(r *row, id ID) risk.Evidence {
	i := r.incident
	ev := risk.Evidence{
		At: middle(r.interval), Threat: i.Threat.Value, Harms: i.Affected.HarmsStaff(),
		Severity: i.Severity.Value, Reference: uint32(id),
	}
	if ev.Harms {
		ev.Killed = staffOutcome(i.Affected, incident.Killed)
		ev.Injured = staffOutcome(i.Affected, incident.Injured)
		ev.Abducted = staffOutcome(i.Affected, incident.Abducted)
		ev.Sexual = i.Act.Is(incident.SexualViolence)
	}
	return ev
}

func middle(iv incident.Interval) time.Time { return iv.Start.Add(iv.End.Sub(iv.Start) / 2) }

// finish draws the conclusions that need all incidents.
func (t *tally) finish(p *Picture) Country {
	t.Estimate = t.estimator.Estimate()
	t.Trend = risk.TrendOf(t.recent, t.before, t.period.End.Sub(t.period.Start) >= risk.TrendWindow+risk.Baseline)
	T := p.valid
	whole := func(length time.Duration) bool {
		return !p.live || health.Known(p.cover, t.Code, health.Deliberate(), T.Add(-length), T, p.known)
	}
	t.Day.Known, t.Week.Known, t.Month.Known = whole(Day), whole(Week), whole(Month)
	t.Outcomes.Known = t.Month.Known
	t.Hazards.Known = t.Coverage.Category(incident.Hazard) != health.Blind
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
