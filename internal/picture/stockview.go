package picture

import (
	"cmp"
	"slices"
	"time"

	"vigil/internal/background"
	"vigil/internal/country"
	"vigil/internal/geo"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/level"
	"vigil/internal/presence"
	"vigil/internal/safetext"
)

// Advisories lists what authorities advise of a country, by scheme and authority.
func (v View) Advisories(c country.Code) []level.Advisory {
	var list []level.Advisory
	for _, a := range v.p.advisories {
		if a.Country == c {
			list = append(list, a)
		}
	}
	return list
}

// AdvisedElsewhere is how many countries somebody advises about that are not among Countries: advice brings no country onto
// a desk, or there would be all of them.
func (v View) AdvisedElsewhere() int {
	others := map[country.Code]bool{}
	for i := range v.p.advisories {
		if c := v.p.advisories[i].Country; !others[c] {
			if _, here := v.Country(c); !here {
				others[c] = true
			}
		}
	}
	return len(others)
}

// Silent is the state of the source that gave an advisory, where it cannot be relied on: what it advises may have changed
// since. ok is false where it can.
func (v View) Silent(a *level.Advisory) (state health.State, ok bool) {
	for i := range v.p.sources {
		if s := &v.p.sources[i]; s.Info.Name == a.Source && !s.retired {
			return s.State, v.Live() && !s.State.Sees()
		}
	}
	return 0, false
}

// AdvisoryChanges lists the advisories that changed since t, newest first.
func (v View) AdvisoryChanges(since time.Time) []level.AdvisoryChange {
	var list []level.AdvisoryChange
	for c := range v.p.log.backward {
		if c.Kind == AdvisoryChanged && !c.At.Before(since) {
			list = append(list, c.Advisory)
		}
	}
	return list
}

// Positions lists where what is tracked was last, by authority and id.
func (v View) Positions() []presence.Position { return slices.Clone(v.p.positions) }

// Tracked lists the positions with whose they are and what they are worth at the time of the picture. Where
// people are only a security lead may see; others see that they were heard of, and when.
func (v View) Tracked() []presence.Tracked {
	list := slices.Clone(v.p.tracked())
	for i := range list {
		v.withhold(&list[i])
	}
	return list
}

// withhold blanks the place of a person whom the viewer may not see there.
func (v View) withhold(t *presence.Tracked) {
	if v.role >= SecurityLead || t.Person == nil {
		return
	}
	p := *t.Person
	p.Place, p.Point, p.HasPoint, p.Accuracy = safetext.Text{}, incident.Point{}, false, 0
	t.Person, t.Point, t.Accuracy, t.Withheld = &p, incident.Point{}, 0, true
}

// TrackedIn lists what is tracked in a country: people of its rosters, and everything else whose position is
// there. The current come first, then by age, the newest first.
func (v View) TrackedIn(c country.Code) []presence.Tracked {
	var list []presence.Tracked
	for _, t := range v.p.tracked() {
		in := t.Person != nil && t.Person.Country == c
		if t.Person == nil && t.HasPoint {
			at, ok := geo.At(t.Point)
			in = ok && at == c
		}
		if in {
			v.withhold(&t)
			list = append(list, t)
		}
	}
	slices.SortStableFunc(list, func(a, b presence.Tracked) int {
		return cmp.Or(cmp.Compare(a.Fix, b.Fix), b.At.Compare(a.At))
	})
	return list
}

// trackedLately are the countries in which something was tracked within a month. People are not among it: they are where their
// rosters say.
func (p *Picture) trackedLately() (in []country.Code) {
	if len(p.positions) == 0 {
		return nil
	}
	for _, t := range p.tracked() {
		if t.Person != nil || !t.HasPoint || t.At.IsZero() || p.valid.Sub(t.At) > Month {
			continue
		}
		if c, ok := geo.At(t.Point); ok && !slices.Contains(in, c) {
			in = append(in, c)
		}
	}
	return in
}

// Rates lists the background rates of a country, by publisher and kind, the newest period first.
func (v View) Rates(c country.Code) []background.Rate {
	from, _ := slices.BinarySearchFunc(v.p.rates, c, func(r background.Rate, c country.Code) int { return cmp.Compare(r.Country, c) })
	to := from
	for to < len(v.p.rates) && v.p.rates[to].Country == c {
		to++
	}
	return slices.Clone(v.p.rates[from:to])
}

// Background is what was counted in a whole country in the newest period of each kind and publisher. Where a
// publisher gives figures of the whole country they are taken, else those of the finest division are added
// up; a figure of which a part is unknown is unknown.
func (v View) Background(c country.Code) []background.Rate {
	var out []background.Rate
	depth := -1 // of the rows that are being added up
	for _, r := range v.Rates(c) {
		at := depthOf(&r)
		n := len(out)
		same := n > 0 && out[n-1].Kind == r.Kind && out[n-1].Authority == r.Authority
		switch {
		case same && !r.Period.End.Equal(out[n-1].Period.End):
			continue // an older period
		case same && (depth == 0 || at != 0 && at < depth):
			continue // told by the rows that are taken
		case same && at == depth:
			last := &out[n-1]
			last.Events, last.Fatalities = added(last.Events, r.Events), added(last.Fatalities, r.Fatalities)
			continue
		case same:
			out = out[:n-1]
		}
		depth = at
		r.Admin1, r.Admin2 = safetext.Text{}, safetext.Text{}
		out = append(out, r)
	}
	return out
}

// depthOf is 0 for a whole country, 1 for a first division, 2 for a second.
func depthOf(r *background.Rate) int {
	switch {
	case !r.Admin2.IsZero():
		return 2
	case !r.Admin1.IsZero():
		return 1
	default:
		return 0
	}
}

func added(a, b int) int {
	if a == background.Uncounted || b == background.Uncounted {
		return background.Uncounted
	}
	return a + b
}
