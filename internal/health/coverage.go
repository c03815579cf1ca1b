package health

import (
	"slices"
	"time"

	"vigil/internal/country"
	"vigil/internal/incident"
)

// Source is a source as coverage sees it.
type Source struct {
	Profile Profile
	Facts   Facts
}

// Looks reports whether the source looks at category t in country c.
func (s *Source) Looks(c country.Code, t incident.Threat) bool {
	return s.Profile.Covers.Has(t) && (len(s.Profile.Countries) == 0 || slices.Contains(s.Profile.Countries, c))
}

// CoverState says how much of a country the desk can see.
type CoverState uint8

// The cover states.
const (
	Blind    CoverState = iota // no category is covered
	Partial                    // some categories are
	Covered                    // all are
	Recorded                   // the picture is of the past: figures are what is recorded, whole or not
	Reading                    // the files are being read: nobody can tell yet
)

// String is the word used in JSON; screens show BLIND in capitals.
func (s CoverState) String() string {
	return [...]string{"blind", "partial", "covered", "recorded", "being read"}[min(int(s), 4)]
}

// Coverage is what the desk can see of one country at one time.
type Coverage struct {
	State CoverState
	// Since is when the country became blind, or partial: the moment the last source of the
	// category that was lost last could still see. Zero if no source ever covered it.
	Since time.Time
	// Seen are the categories covered.
	Seen ThreatSet
}

// Knows reports whether figures of a category may be relied on: it is covered, or recorded.
func (c *Coverage) Knows(t incident.Threat) bool {
	s := c.Category(t)
	return s == Covered || s == Recorded
}

// Category is the state of one threat category: "covered", "blind", "recorded" or "being read".
func (c *Coverage) Category(t incident.Threat) CoverState {
	switch {
	case c.State == Recorded, c.State == Reading:
		return c.State
	case c.Seen.Has(t):
		return Covered
	default:
		return Blind
	}
}

// Unseen lists the categories that no source covers.
func (c *Coverage) Unseen() []incident.Threat {
	if c.State == Recorded || c.State == Reading {
		return nil
	}
	var list []incident.Threat
	for _, t := range incident.Threats() {
		if !c.Seen.Has(t) {
			list = append(list, t)
		}
	}
	return list
}

// Cover computes what the sources see of c at now.
func Cover(sources []Source, c country.Code, now time.Time) Coverage {
	var cov Coverage
	for _, t := range incident.Threats() {
		var ended time.Time
		seen := false
		for i := range sources {
			s := &sources[i]
			if !s.Looks(c, t) {
				continue
			}
			if state, _ := s.Facts.State(&s.Profile, now); state.Sees() {
				seen = true
				break
			}
			if e := s.Facts.EndedAt(&s.Profile); e.After(ended) {
				ended = e
			}
		}
		if seen {
			cov.Seen |= Set(t)
		} else if ended.After(cov.Since) {
			cov.Since = ended
		}
	}
	switch {
	case cov.Seen == 0:
		cov.State = Blind
	case len(cov.Unseen()) > 0:
		cov.State = Partial
	default:
		cov.State, cov.Since = Covered, time.Time{}
	}
	return cov
}

// Known reports whether the figure of [from, to) in c is whole for every one of the categories.
func Known(sources []Source, c country.Code, categories []incident.Threat, from, to, now time.Time) bool {
	for _, t := range categories {
		if !slices.ContainsFunc(sources, func(s Source) bool {
			return s.Looks(c, t) && s.Facts.Knows(&s.Profile, from, to, now)
		}) {
			return false
		}
	}
	return true
}

// Completed reports whether, for every one of the categories, some sources had spoken of all that they would of [from, to) in c before they
// fell silent, if they are silent by now: what they told of weeks ago stands. Of times that reach up to now ask [Known], which wants
// somebody who still speaks.
func Completed(sources []Source, c country.Code, categories []incident.Threat, from, to time.Time) bool {
	for _, t := range categories {
		if !slices.ContainsFunc(Periods(sources, c, t), func(i incident.Interval) bool {
			return !i.Start.After(from) && !i.End.Before(to)
		}) {
			return false
		}
	}
	return true
}

// Periods are the times for which some source has spoken of all that it would of category t in c, sorted
// and apart: for each source from the beginning of its knowledge to its last word less its lag, without
// its gaps. What lies between the periods nobody could have completed: it is unknown, not calm.
func Periods(sources []Source, c country.Code, t incident.Threat) []incident.Interval {
	var spans []incident.Interval
	for i := range sources {
		s := &sources[i]
		if !s.Looks(c, t) {
			continue
		}
		since, until := s.Facts.KnownSince(&s.Profile), s.Facts.CompleteUntil(&s.Profile)
		if since.IsZero() || !since.Before(until) {
			continue
		}
		spans = append(spans, without(incident.Interval{Start: since, End: until}, s.Facts.Gaps)...)
	}
	return union(spans)
}

// without cuts the gaps out of a span.
func without(span incident.Interval, gaps []incident.Interval) []incident.Interval {
	left := []incident.Interval{span}
	for _, g := range gaps {
		var cut []incident.Interval
		for _, s := range left {
			if before := (incident.Interval{Start: s.Start, End: earlier(s.End, g.Start)}); before.Start.Before(before.End) {
				cut = append(cut, before)
			}
			if after := (incident.Interval{Start: later(s.Start, g.End), End: s.End}); after.Start.Before(after.End) {
				cut = append(cut, after)
			}
		}
		left = cut
	}
	return left
}

// union joins spans that touch or overlap.
func union(spans []incident.Interval) []incident.Interval {
	slices.SortFunc(spans, func(a, b incident.Interval) int { return a.Start.Compare(b.Start) })
	var out []incident.Interval
	for _, s := range spans {
		if n := len(out); n > 0 && !s.Start.After(out[n-1].End) {
			out[n-1].End = later(out[n-1].End, s.End)
			continue
		}
		out = append(out, s)
	}
	return out
}

// Between are the times between spans, sorted by their beginnings, that are longer than what may pass without a word.
func Between(spans []incident.Interval, expect time.Duration) []incident.Interval {
	var gaps []incident.Interval
	var end time.Time
	for n, s := range spans {
		if n > 0 && s.Start.Sub(end) > expect {
			gaps = append(gaps, incident.Interval{Start: end, End: s.Start})
		}
		end = later(end, s.End)
	}
	return gaps
}

// Common are the times that lie in a and in b; both sorted and apart.
func Common(a, b []incident.Interval) []incident.Interval {
	var out []incident.Interval
	for len(a) > 0 && len(b) > 0 {
		if both := (incident.Interval{Start: later(a[0].Start, b[0].Start), End: earlier(a[0].End, b[0].End)}); both.Start.Before(both.End) {
			out = append(out, both)
		}
		if a[0].End.Before(b[0].End) {
			a = a[1:]
		} else {
			b = b[1:]
		}
	}
	return out
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
