package picture

import (
	"math"
	"slices"
	"time"

	"vigil/internal/country"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/risk"
)

// survey is what needs all incidents, however old. It is made in one pass and kept while nothing
// changes, because a live picture is made every few seconds.
type survey struct {
	generation uint64
	at         time.Time
	next       time.Time // when an incident that is dated ahead of the clock becomes evidence; zero if none
	states     []health.State
	n          int  // incidents surveyed
	unread     bool // nobody could answer for anything, because the files were being read
	totals     Totals
	lasting    []account // hazards that have a duration
	forecasts  []forecast
	places     []*assessment // by the number of the country
}

// assessment is what the whole history of a country comes to.
type assessment struct {
	estimator *risk.Estimator
	period    incident.Interval // the last in which every deliberate category is complete
	// The end of the period, the beginning of what is compared there and of what that is compared with, Unix nanoseconds.
	end, from, base int64
	recent          int
	before          int
	lastYear        int // that may have happened in the last year, hazards and refuted ones included
	estimate        risk.Estimate
	trend           risk.Trend
	weeks           [HistoryRecent]Tally
	withheld        withheld // of these counts
	since           int64    // the beginning of the first of the weeks, Unix nanoseconds
	done            bool
}

// surveyHolds is how long a survey stands while nothing arrives: estimates fade over weeks. The reasons of
// an estimate may be so much older than the picture.
const surveyHolds = time.Minute

// holdsAt reports whether the survey is young enough; a clock that was set back ends it.
func (v *survey) holdsAt(t time.Time) bool {
	age := t.Sub(v.at)
	return age >= 0 && age < surveyHolds && (v.next.IsZero() || !t.After(v.next))
}

// A survey of many incidents takes its time: some 0.4 µs each. So that a feed which brings something every second
// does not have the desk do nothing else, one of more than surveyLarge stands for ten times as long as it took, whatever
// arrives meanwhile: five seconds for a million. Lists, windows and outcomes never wait for it.
const (
	surveyLarge = 20_000
	surveyCost  = 5 * time.Microsecond
)

// worth is how long the survey stands although something has changed.
func (v *survey) worth() time.Duration {
	if v.n <= surveyLarge {
		return 0
	}
	return time.Duration(v.n) * surveyCost
}

// surveyOf gives the survey of a picture: the kept one, if it is live and nothing has changed since.
func (s *Store) surveyOf(p *Picture) *survey {
	states := make([]health.State, len(p.sources))
	for i := range p.sources {
		states[i] = p.sources[i].State
	}
	k := s.kept
	if p.live && k != nil && k.unread == p.unread() && slices.Equal(k.states, states) && k.holdsAt(p.valid) &&
		(k.generation == s.generation || p.valid.Sub(k.at) < k.worth()) {
		return k
	}
	fresh := &survey{generation: s.generation, n: p.timeline.n, unread: p.unread(), at: p.valid, states: states}
	to, next := windowsTo(p.valid).to, int64(math.MaxInt64)
	lastYear := nanos(p.valid.Add(-year))
	for it := range p.items {
		a := p.account(it)
		is := a.traits()
		fresh.totals.add(p, it, a)
		if is&isForecast != 0 && is&(isReport|isRefuted) == 0 && it.marks&(cancelled|withdrawn) == 0 {
			f := s.expected(it.shown)
			f.item = it
			fresh.forecasts = append(fresh.forecasts, f)
		}
		if !p.counts(it) {
			continue
		}
		if is&(isHazard|lasts|isRefuted) == isHazard|lasts {
			fresh.lasting = append(fresh.lasting, account{h: a.h, fill: a.fill, veiled: a.veiled}) // it outlives its picture
		}
		when := a.span()
		if at := when.middle(); at >= to {
			next = min(next, at)
		}
		ev, recent := a.evidence(when), when.overlaps(lastYear, to)
		for _, c := range a.countries() {
			in := fresh.place(p, c)
			if recent {
				in.lastYear++
				if a.withholds() {
					in.withheld.lastYear++
				}
			}
			if !a.refuted() {
				in.estimator.Add(&ev)
				in.count(a, when)
				in.week(a, when)
			}
		}
	}
	if next != math.MaxInt64 {
		fresh.next = fromNanos(next)
	}
	if p.live {
		s.kept = fresh
	}
	return fresh
}

func (v *survey) place(p *Picture, c country.Code) *assessment {
	for len(v.places) <= int(c) {
		v.places = append(v.places, nil)
	}
	a := v.places[c]
	if a == nil {
		cov := p.coverage(c)
		staff, staffed := p.presence.Totals(c)
		a = &assessment{
			period:    p.trendPeriod(c),
			estimator: risk.New(p.options.Risk, p.valid, p.knowledge(c, &cov), staff.Total, staffed, false),
		}
		from := p.valid.Add(-HistoryRecent * Week)
		a.since = nanos(from)
		for i := range a.weeks {
			a.weeks[i].Whole = p.whole(c, health.Deliberate(), from.Add(time.Duration(i)*Week), from.Add(time.Duration(i+1)*Week))
		}
		if !a.period.IsZero() {
			a.end = nanos(a.period.End)
			a.from = nanos(a.period.End.Add(-risk.TrendWindow))
			a.base = nanos(a.period.End.Add(-risk.TrendWindow - risk.Baseline))
		}
		v.places[c] = a
	}
	return a
}

// assess is the estimate and the trend of a country.
func (v *survey) assess(p *Picture, t *tally) (risk.Estimate, risk.Trend) {
	a := v.place(p, t.Code)
	if !a.done {
		a.estimate = a.estimator.Estimate()
		a.trend = risk.TrendOf(a.recent, a.before, a.period.End.Sub(a.period.Start) >= risk.TrendWindow+risk.Baseline, a.period.End, p.valid)
		a.estimator, a.done = nil, true
	}
	return a.estimate, a.trend
}

// count adds one incident to the trend, if that is of such.
func (a *assessment) count(of account, when span) {
	if a.period.IsZero() || when.start == noTime || of.traits()&isHazard != 0 {
		return
	}
	one := 0
	if of.withholds() {
		one = 1
	}
	switch at := when.middle(); {
	case at >= a.end:
	case at >= a.from:
		a.recent++
		a.withheld.recent += one
	case at >= a.base:
		a.before++
		a.withheld.before += one
	}
}

// week adds one incident to its week, if it is surely of one.
func (a *assessment) week(of account, when span) {
	if when.start < a.since || of.traits()&isHazard != 0 {
		return
	}
	n := (when.start - a.since) / int64(Week)
	if n < HistoryRecent && when.end <= a.since+(n+1)*int64(Week) {
		a.weeks[n].Sure++
	}
}

// staffCoverage is what the desk can see of staff being harmed in c, where it can see cov.
func (p *Picture) staffCoverage(c country.Code, cov *health.Coverage) health.Coverage {
	if len(p.staffCover) == len(p.cover) || cov.State == health.Reading {
		return *cov
	}
	if p.live {
		return health.Cover(p.staffCover, c, p.known)
	}
	// Of the past, what was recorded is what was covered, by whoever would have told.
	past := health.Coverage{State: health.Partial}
	for _, t := range incident.Threats() {
		looks := func(s health.Source) bool { return s.Looks(c, t) }
		if slices.ContainsFunc(p.staffCover, looks) || !slices.ContainsFunc(p.cover, looks) {
			past.Seen |= health.Set(t)
		}
	}
	return past
}

// knowledge is what the estimate, which is of harm to staff, may rely on for c. In a picture of the past, a category is
// covered by whatever was recorded.
func (p *Picture) knowledge(c country.Code, all *health.Coverage) map[incident.Threat]risk.Knowledge {
	cov := p.staffCoverage(c, all)
	known := map[incident.Threat]risk.Knowledge{}
	widest := risk.Knowledge{Reading: cov.State == health.Reading}
	for _, t := range incident.Threats() {
		k := risk.Knowledge{Covered: cov.Knows(t), Reading: cov.State == health.Reading, Periods: health.Periods(p.staffCover, c, t)}
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
