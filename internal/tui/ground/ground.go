// Package ground says what figures stand on, in sentences that several screens share: how well a threat
// category is seen, what a source can answer for, and why an estimate is what it is. Everything is pure over a view; it
// draws nothing.
package ground

import (
	"strings"
	"time"

	"vigil/internal/country"
	"vigil/internal/figure"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/risk"
	"vigil/internal/tui/screen"
)

// Sight is how well one threat category of a country is seen.
type Sight struct {
	State health.CoverState // Covered, Blind, Recorded or Reading
	Since time.Time         // when the last source that looks could still see; zero if none ever could
	// Late is how long after an event the quickest source that sees speaks of it, where that is more than a
	// day: until then, silence means nothing.
	Late    time.Duration
	Sources []*picture.Source // those that look there, by name
}

// SightOf is how well t is seen in a country.
func SightOf(v picture.View, c *picture.Country, t incident.Threat) Sight {
	s := Sight{State: c.Coverage.Category(t), Sources: v.Covers(c.Code, t)}
	if s.State == health.Covered {
		s.Late = late(s.Sources)
	}
	if s.State != health.Blind {
		return s
	}
	for _, src := range s.Sources {
		if ended := src.Facts.EndedAt(&src.Info.Profile); ended.After(s.Since) {
			s.Since = ended
		}
	}
	return s
}

func late(sources []*picture.Source) time.Duration {
	best := time.Duration(-1)
	for _, src := range sources {
		if lag := src.Info.Profile.Lag; src.State.Sees() && (best < 0 || lag < best) {
			best = lag
		}
	}
	if best <= picture.Day {
		return 0
	}
	return best
}

// Words is, in the language of h, the sight in a word and the time of blindness: "seen", "6mo late", "blind 3h12", "never seen" where no source ever
// could see, "no source" where none looks, "recorded" in a picture of the past.
func (s *Sight) Words(h figure.Hand, now time.Time) string {
	switch {
	case s.State == health.Recorded, s.State == health.Reading:
		return h.Words(s.State.String())
	case s.State == health.Covered && s.Late > 0:
		return h.Sayf("%s late", h.Span(s.Late))
	case s.State == health.Covered:
		return h.SayAs("sight", "seen")
	case len(s.Sources) == 0:
		return h.Say("no source")
	case s.Since.IsZero():
		return h.Say("never seen")
	default:
		return h.Sayf("blind %s", Age(h, s.Since, now))
	}
}

// Short is Words for a cell whose mark says already whether it is seen: "6mo", "3h12", "never", "no".
func (s *Sight) Short(h figure.Hand, now time.Time) string {
	switch {
	case s.State == health.Covered && s.Late > 0:
		return h.Span(s.Late)
	case s.State != health.Blind:
		return s.Words(h, now)
	case len(s.Sources) == 0:
		return h.SayAs("source", "no")
	case s.Since.IsZero():
		return h.Say("never")
	default:
		return Age(h, s.Since, now)
	}
}

// Duration writes a length of time of a profile: 40d, 1h; "none" for no time at all.
func Duration(h figure.Hand, d time.Duration) string {
	if d == 0 {
		return h.SayAs("time", "none")
	}
	return h.Span(d)
}

// Answers says whether a source can answer for the whole of [from, to) at now, and if not, why not: both in a sentence that begins with its name.
func Answers(h figure.Hand, v picture.View, s *picture.Source, from, to, now time.Time) (knows bool, why string) {
	name := s.Info.Name.String()
	if v.Unread() {
		return false, h.Sayf("%s may be read in part only, until all files have been", name)
	}
	p, facts := &s.Info.Profile, &s.Facts
	if facts.Knows(p, from, to, now) {
		return true, h.Sayf("%s knows the whole window", name)
	}
	state, _ := facts.Why(p, now)
	since := facts.KnownSince(p)
	switch {
	case !state.Sees():
		why = h.Sayf("%s is %s", name, h.State(state))
		if reason := h.FactsReason(facts, p, now); reason != "" {
			why += ", " + reason
		}
		return false, why
	case p.Lag > to.Sub(from):
		return false, h.Sayf("%s speaks of an event up to %s after it, later than the window is long", name, h.Span(p.Lag))
	case since.IsZero():
		return false, h.Sayf("%s knows nothing yet", name)
	case since.After(from):
		return false, h.Sayf("%s knows only what was since %s", name, h.Time(since))
	}
	for _, g := range facts.Gaps {
		if g.Overlaps(from, to) {
			return false, h.Sayf("%s: records of it may be missing from %s to %s", name, h.Time(g.Start), h.Time(g.End))
		}
	}
	return false, h.Sayf("%s cannot answer for the whole window", name)
}

// Estimate is one category of vigil's estimate in a line: likelihood × impact.
func Estimate(h figure.Hand, c *risk.Category) string {
	if !c.Known {
		return Unknown(h, c.Why)
	}
	return h.Words(c.Likelihood.String()) + " " + h.Times + " " + h.Words(c.Impact.String())
}

// Unknown says why there is no estimate.
func Unknown(h figure.Hand, u risk.Unknown) string {
	switch u {
	case risk.NoCoverage:
		return h.Say("unknown: no source that can be relied on has told enough of it")
	case risk.BeingRead:
		return h.Say("unknown: the files are being read")
	case risk.NoHistory:
		return h.Say("unknown: looked at for less than the horizon, and nothing seen")
	default:
		return h.Say("unknown")
	}
}

// Reasons is what an estimate of a category rests on, in a line.
func Reasons(h figure.Hand, c *risk.Category) string {
	if !c.Known {
		return Unknown(h, c.Why)
	}
	r := &c.Reasons
	s := h.Sayf("P %s %% in %s; %s and %s a month; %s counted to %s", h.Decimal(100*c.Probability, 0), h.Span(r.Params.Horizon),
		h.Decimal(r.RatePerMonth[0], 2), h.Decimal(r.RatePerMonth[1], 2), h.Number(r.Counted), r.Complete.Format(time.DateOnly))
	for _, hole := range Holes(r.Periods) {
		s += h.Sayf(", but not from %s to %s", hole.Start.Format(time.DateOnly), hole.End.Format(time.DateOnly))
	}
	switch {
	case r.Partial > 0 && r.Raised:
		s += h.Sayf("; %s not in those periods raise it", h.Number(r.Partial))
	case r.Partial > 0:
		s += h.Sayf("; %s not in those periods", h.Number(r.Partial))
	}
	s += h.Sayf("; impact: %s", h.ImpactRule(r.ImpactRule))
	if r.ImpactOld && c.Impact > risk.Negligible {
		s += h.Sayf(", longer ago than %s", h.Span(r.Params.ImpactWindow))
	}
	if r.Exposed {
		s += h.Say(", +1 for many staff")
	}
	return s
}

// Holes are the times between periods that no source has told whole; periods are sorted and apart.
func Holes(periods []incident.Interval) []incident.Interval {
	var holes []incident.Interval
	for i := 1; i < len(periods); i++ {
		holes = append(holes, incident.Interval{Start: periods[i-1].End, End: periods[i].Start})
	}
	return holes
}

// Name is a country as a heading, for about so many cells: Mali MLI.
func Name(h figure.Hand, names country.Naming, c country.Code, cells int) string {
	if !c.Known() {
		return h.Say("unknown country")
	}
	return h.CountryName(names, c, cells-4) + " " + c.Alpha3()
}

// Age is how old something of t is at now: 2h10, or "<1m".
func Age(h figure.Hand, t, now time.Time) string {
	age, _ := h.Age(t, now, 0)
	return age
}

// Receipts is the time from which the ages of receipts, and of what was observed of sources, are told: what
// a picture of the past shows may have been received after the time that it is of.
func Receipts(f screen.Frame) time.Time {
	if f.View.IsZero() || f.View.Live() {
		return f.Now
	}
	return f.View.Known()
}

// Own is the heading of the rate against a country's own normal.
func Own(h figure.Hand) string { return strings.Replace(h.Say("×OWN"), "×", h.Times, 1) }
