// Package ground says what figures stand on, in sentences that several screens share: how well a threat
// category is seen, what a source can answer for, and why an estimate is what it is. Everything is pure over a view; it
// draws nothing.
package ground

import (
	"fmt"
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

// Words is the sight in a word and the time of blindness: "seen", "6mo late", "blind 3h12", "never seen" where no source ever
// could see, "no source" where none looks, "recorded" in a picture of the past.
func (s *Sight) Words(now time.Time) string {
	switch {
	case s.State == health.Recorded, s.State == health.Reading:
		return s.State.String()
	case s.State == health.Covered && s.Late > 0:
		return health.Age(s.Late) + " late"
	case s.State == health.Covered:
		return "seen"
	case len(s.Sources) == 0:
		return "no source"
	case s.Since.IsZero():
		return "never seen"
	default:
		return "blind " + Age(s.Since, now)
	}
}

// Duration writes a length of time of a profile: 40d, 1h; "none" for no time at all.
func Duration(d time.Duration) string {
	if d == 0 {
		return "none"
	}
	return health.Age(d)
}

// Answers says whether a source can answer for the whole of [from, to) at now, and if not, why not.
func Answers(v picture.View, s *picture.Source, from, to, now time.Time) (knows bool, why string) {
	if v.Unread() {
		return false, "may be read in part only, until all files have been"
	}
	p, facts := &s.Info.Profile, &s.Facts
	if facts.Knows(p, from, to, now) {
		return true, "knows the whole window"
	}
	state, reason := facts.State(p, now)
	since := facts.KnownSince(p)
	switch {
	case !state.Sees():
		why = "is " + figure.Plain.State(state)
		if !reason.IsZero() {
			why += ", " + reason.String()
		}
		return false, why
	case p.Lag > to.Sub(from):
		return false, "speaks of an event up to " + health.Age(p.Lag) + " after it, later than the window is long"
	case since.IsZero():
		return false, "knows nothing yet"
	case since.After(from):
		return false, "knows only what was since " + figure.Plain.Time(since)
	}
	for _, g := range facts.Gaps {
		if g.Overlaps(from, to) {
			return false, "records of it may be missing from " + figure.Plain.Time(g.Start) + " to " + figure.Plain.Time(g.End)
		}
	}
	return false, "cannot answer for the whole window"
}

// Estimate is one category of vigil's estimate in a line: likelihood × impact.
func Estimate(m figure.Hand, c *risk.Category) string {
	if !c.Known {
		return Unknown(c.Why)
	}
	return m.Words(c.Likelihood.String()) + " " + m.Times + " " + m.Words(c.Impact.String())
}

// Unknown says why there is no estimate.
func Unknown(u risk.Unknown) string {
	switch u {
	case risk.NoCoverage:
		return "unknown: no source that can be relied on has told enough of it"
	case risk.BeingRead:
		return "unknown: the files are being read"
	case risk.NoHistory:
		return "unknown: looked at for less than the horizon, and nothing seen"
	default:
		return "unknown"
	}
}

// Reasons is what an estimate of a category rests on, in a line.
func Reasons(c *risk.Category) string {
	if !c.Known {
		return Unknown(c.Why)
	}
	r := &c.Reasons
	s := fmt.Sprintf("P %.0f %% in %s; %.2f and %.2f a month; %d counted to %s",
		100*c.Probability, health.Age(r.Params.Horizon), r.RatePerMonth[0], r.RatePerMonth[1], r.Counted, r.Complete.Format(time.DateOnly))
	for _, hole := range Holes(r.Periods) {
		s += ", but not from " + hole.Start.Format(time.DateOnly) + " to " + hole.End.Format(time.DateOnly)
	}
	if r.Partial > 0 {
		s += fmt.Sprintf("; %d not in those periods", r.Partial)
		if r.Raised {
			s += " raise it"
		}
	}
	s += "; impact: " + r.ImpactRule
	if r.ImpactOld && c.Impact > risk.Negligible {
		s += ", longer ago than " + health.Age(r.Params.ImpactWindow)
	}
	if r.Exposed {
		s += ", +1 for many staff"
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
func Name(names country.Naming, c country.Code, cells int) string {
	if !c.Known() {
		return "unknown country"
	}
	return figure.Plain.CountryName(names, c, cells-4) + " " + c.Alpha3()
}

// Age is how old something of t is at now: 2h10, or "<1m".
func Age(t, now time.Time) string {
	age, _ := figure.Plain.Age(t, now, 0)
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
