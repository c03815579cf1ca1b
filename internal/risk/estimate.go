package risk

import (
	"math"
	"time"

	"vigil/internal/incident"
	"vigil/internal/level"
)

// Knowledge is what the desk knows of one category. Periods, sorted and apart, are the times of which
// it has been told all that its sources would tell; at other times it has heard only part, or nothing.
type Knowledge struct {
	Covered bool
	Periods []incident.Interval
	Reading bool // what its sources have told has not all been read yet: nothing is known
}

// until cuts the periods off at now.
func (k Knowledge) until(now time.Time) Knowledge {
	var cut []incident.Interval
	for _, p := range k.Periods {
		if p.End.After(now) {
			p.End = now
		}
		if p.Start.Before(p.End) {
			cut = append(cut, p)
		}
	}
	k.Periods = cut
	return k
}

// holds reports whether t lies in a period.
func (k *Knowledge) holds(t time.Time) bool {
	for i := len(k.Periods) - 1; i >= 0; i-- {
		if !t.Before(k.Periods[i].Start) {
			return t.Before(k.Periods[i].End)
		}
	}
	return false
}

// since and complete are the beginning and the end of all periods.
func (k *Knowledge) since() time.Time    { return k.Periods[0].Start }
func (k *Knowledge) complete() time.Time { return k.Periods[len(k.Periods)-1].End }

// span is the length of all periods together.
func (k *Knowledge) span() time.Duration {
	var d time.Duration
	for _, p := range k.Periods {
		d += p.End.Sub(p.Start)
	}
	return d
}

// Evidence is one incident as the estimate sees it.
type Evidence struct {
	At       time.Time // the middle of when it may have happened
	Threat   incident.Threat
	Harms    bool // staff were harmed
	MayHarm  bool // people were, and it is not said that they were not staff
	Killed   int
	Abducted int // held against their will: abducted, or detained by other than the state
	Detained int // by the state, or by nobody says whom
	Injured  int
	Sexual   bool
	// Restricted: what it was is not to be told. It weighs as any other does, and no reason names what it did.
	Restricted bool
	Severity   incident.Severity // SeverityUnknown when the source gave none
	Reference  uint32            // the caller's name for the incident
}

// categories are the threat categories of the estimate: the five and unknown, indexed by incident.Threat.
const categories = int(incident.Hazard) + 1

// Estimator gathers evidence of one place and then estimates. It is made by New, fed by Add in any
// order, and read by Estimate. It is not safe for concurrent use.
type Estimator struct {
	params    Params
	now       time.Time
	knowledge [categories]Knowledge
	tally     [categories]tally
	shift     [categories][2]float64 // how much less what was seen had faded at the end of the complete periods; 0 is too much to tell
	staff     int
	staffed   bool
	keep      bool
}

// tally is what the evidence of one category adds up to.
type tally struct {
	complete [2]float64 // faded incidents of the complete periods, by half-life
	all      [2]float64 // faded incidents up to now, by half-life
	counted  int        // incidents harming staff in the complete periods
	partial  int        // and outside them
	unsaid   int        // incidents harming people of whom it is not said whether they were staff
	recent   impact     // within the impact window
	ever     impact
	refs     []uint32
}

// New makes an estimator for one place at now. staffed is false when nobody knows how many
// staff are there. keep makes the result name the incidents behind it.
func New(p Params, now time.Time, knowledge map[incident.Threat]Knowledge, staff int, staffed, keep bool) *Estimator {
	e := &Estimator{params: p, now: now, staff: staff, staffed: staffed, keep: keep}
	for t, k := range knowledge {
		if int(t) < categories {
			e.knowledge[t] = k.until(now)
			e.shift[t] = e.shiftOf(&e.knowledge[t])
		}
	}
	return e
}

// Add takes one incident into account. Incidents of after now are not evidence of now.
func (e *Estimator) Add(ev *Evidence) {
	if int(ev.Threat) >= categories || !ev.At.Before(e.now) {
		return
	}
	t := &e.tally[ev.Threat]
	k := &e.knowledge[ev.Threat]
	age := e.now.Sub(ev.At)
	t.ever.add(ev, &e.params)
	if age <= e.params.ImpactWindow {
		t.recent.add(ev, &e.params)
		if e.keep {
			t.refs = append(t.refs, ev.Reference)
		}
	}
	if len(k.Periods) == 0 || ev.At.Before(k.since()) {
		return
	}
	if !ev.Harms {
		if ev.MayHarm {
			t.unsaid++
		}
		return
	}
	var faded [2]float64
	for i, half := range e.halfLives() {
		faded[i] = fade(age, half)
		t.all[i] += faded[i]
	}
	if !k.holds(ev.At) {
		t.partial++
		return
	}
	t.counted++
	for i, half := range e.halfLives() {
		if shift := e.shift[ev.Threat][i]; shift != 0 {
			t.complete[i] += faded[i] * shift
		} else {
			t.complete[i] += fade(k.complete().Sub(ev.At), half)
		}
	}
}

// shiftOf is by how much less what was seen had faded at the end of the complete periods than now. Where that is long
// ago it is 0: then nothing can be told from what is left now.
func (e *Estimator) shiftOf(k *Knowledge) (shift [2]float64) {
	const most = 30 // half-lives
	if len(k.Periods) == 0 {
		return shift
	}
	ago := e.now.Sub(k.complete())
	for i, half := range e.halfLives() {
		if half > 0 && ago < most*half {
			shift[i] = fade(-ago, half)
		}
	}
	return shift
}

func (e *Estimator) halfLives() [2]time.Duration {
	return [2]time.Duration{e.params.ShortHalfLife, e.params.LongHalfLife}
}

// fade is the weight of evidence of an age: 1 now, one half after a half-life.
func fade(age, half time.Duration) float64 { return math.Exp2(-float64(age) / float64(half)) }

// Category is the estimate for one threat category.
type Category struct {
	Threat incident.Threat
	// Known is false without coverage, or without enough history: nothing else is then set but Why.
	Known       bool
	Why         Unknown
	Band        level.Band
	Likelihood  Likelihood
	Probability float64 // of at least one incident harming staff within the horizon, 0 to 1
	Impact      Impact
	Reasons     Reasons
}

// Unknown says why there is no estimate.
type Unknown uint8

// The reasons for no estimate.
const (
	NotUnknown Unknown = iota
	NoCoverage         // no source that can be relied on covers the category
	NoHistory          // sources have covered it for less than the horizon, and nothing was seen
	BeingRead          // what the sources have told has not all been read yet
)

// Reasons are what an estimate rests on, for the reader to check.
type Reasons struct {
	Params Params
	// RatePerMonth are the posterior mean rates per 30 days by the short and the long half-life.
	RatePerMonth [2]float64
	Counted      int       // incidents harming staff in the complete periods
	Since        time.Time // the first and the last instant of the complete periods
	Complete     time.Time
	Periods      []incident.Interval // what lies between them is left out as incomplete
	Partial      int                 // incidents harming staff outside of them
	Unsaid       int                 // incidents harming people of whom it is not said whether they were staff: not counted
	Raised       bool                // what is incomplete raised the estimate; it can never lower it
	ImpactRule   Rule
	ImpactOld    bool // nothing was seen within the impact window: impact is from all that is remembered
	Staff        int
	Staffed      bool
	Exposed      bool // many staff raised impact by one band
	References   []uint32
}

// Estimate is the estimate of one place: the worst of its categories, all of them listed.
type Estimate struct {
	Known      bool
	Worst      Category
	Categories []Category // the five in their order, then unknown
}

// Estimate draws the conclusion.
func (e *Estimator) Estimate() Estimate {
	var out Estimate
	for _, t := range append(incident.Threats(), incident.ThreatUnknown) {
		c := e.category(t)
		out.Categories = append(out.Categories, c)
		if c.Known && (!out.Known || worse(&c, &out.Worst)) {
			out.Known, out.Worst = true, c
		}
	}
	return out
}

func worse(a, b *Category) bool {
	if a.Band != b.Band {
		return a.Band > b.Band
	}
	return a.Probability > b.Probability
}

func (e *Estimator) category(threat incident.Threat) Category {
	t, k := &e.tally[threat], &e.knowledge[threat]
	c := Category{Threat: threat}
	switch {
	case k.Reading:
		c.Why = BeingRead
		return c
	case !k.Covered || len(k.Periods) == 0:
		c.Why = NoCoverage
		return c
	case k.span() < e.params.Horizon && t.counted+t.partial == 0:
		c.Why = NoHistory
		return c
	}
	c.Known = true
	c.Reasons = Reasons{
		Params: e.params, Counted: t.counted, Partial: t.partial, Unsaid: t.unsaid,
		Since: k.since(), Complete: k.complete(), Periods: k.Periods,
		Staff: e.staff, Staffed: e.staffed, References: t.refs,
	}
	whole, rates := e.probability(t.complete, k.complete(), k.Periods)
	sofar, ratesSofar := e.probability(t.all, e.now, []incident.Interval{{Start: k.since(), End: e.now}})
	c.Probability, c.Reasons.RatePerMonth = whole, rates
	if sofar > whole && t.partial > 0 {
		c.Probability, c.Reasons.RatePerMonth, c.Reasons.Raised = sofar, ratesSofar, true
	}
	c.Likelihood = e.params.likelihood(c.Probability)
	c.Impact = e.impact(t, &c.Reasons)
	c.Band = e.params.Table[c.Likelihood-VeryUnlikely][c.Impact-Negligible]
	return c
}

// probability mixes the posterior predictive probabilities of at least one incident within the
// horizon. For a Gamma(α, β) posterior of a Poisson rate, the count over h is negative binomial and
// P(none) = (β/(β+h))^α.
func (e *Estimator) probability(faded [2]float64, at time.Time, periods []incident.Interval) (p float64, monthly [2]float64) {
	const day = float64(24 * time.Hour)
	h := float64(e.params.Horizon) / day
	weights := [2]float64{e.params.ShortWeight, 1 - e.params.ShortWeight}
	for i, half := range e.halfLives() {
		alpha := e.params.PriorIncidents + faded[i]
		beta := float64(e.params.PriorExposure) / day
		for _, span := range periods {
			beta += exposure(at.Sub(span.End), at.Sub(span.Start), half) / day
		}
		p += weights[i] * (1 - math.Pow(beta/(beta+h), alpha))
		monthly[i] = 30 * alpha / beta
	}
	return p, monthly
}

// exposure is the faded length of the time between two ages: the integral of fade.
func exposure(from, to, half time.Duration) float64 {
	return float64(half) / math.Ln2 * (fade(from, half) - fade(to, half))
}

func (p *Params) likelihood(probability float64) Likelihood {
	l := VeryUnlikely
	for _, b := range p.Bands {
		if probability >= b {
			l++
		}
	}
	return l
}
