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
)

// String is the word used in JSON; screens show BLIND in capitals.
func (s CoverState) String() string {
	return [...]string{"blind", "partial", "covered", "recorded"}[min(int(s), 3)]
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

// Category is the state of one threat category: "covered", "blind" or "recorded".
func (c *Coverage) Category(t incident.Threat) CoverState {
	switch {
	case c.State == Recorded:
		return Recorded
	case c.Seen.Has(t):
		return Covered
	default:
		return Blind
	}
}

// Unseen lists the categories that no source covers.
func (c *Coverage) Unseen() []incident.Threat {
	if c.State == Recorded {
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

// CompleteUntil is the time before which some source has spoken of all it would of category t in
// c; zero when no source looks.
func CompleteUntil(sources []Source, c country.Code, t incident.Threat) time.Time {
	var until time.Time
	for i := range sources {
		s := &sources[i]
		if !s.Looks(c, t) {
			continue
		}
		if u := s.Facts.CompleteUntil(&s.Profile); u.After(until) {
			until = u
		}
	}
	return until
}

// KnownSince is how far back the knowledge of category t in c goes; zero when nothing is known.
func KnownSince(sources []Source, c country.Code, t incident.Threat) time.Time {
	var since time.Time
	for i := range sources {
		s := &sources[i]
		if !s.Looks(c, t) {
			continue
		}
		if k := s.Facts.KnownSince(&s.Profile); !k.IsZero() && (since.IsZero() || k.Before(since)) {
			since = k
		}
	}
	return since
}
