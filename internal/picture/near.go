package picture

import (
	"cmp"
	"slices"
	"sort"
	"time"

	"vigil/internal/country"
	"vigil/internal/geo"
	"vigil/internal/incident"
	"vigil/internal/presence"
)

// What is taken of positions, where nobody says.
const (
	// StaffHolds is for how long a figure or a position of staff says where they are. What is older says where they were, and that
	// others have come since cannot be excluded.
	StaffHolds = 2 * Day
	// placeExtent is how far from its position something may have happened, in kilometres, where the record does not say: positions of
	// reports are those of a town.
	placeExtent = 5
)

// People are so many people, by recruitment as far as that is known.
type People struct{ Total, National, International int }

func (p *People) add(n int, r incident.Coded[incident.Recruitment]) {
	p.Total += n
	switch {
	case r.Is(incident.National):
		p.National += n
	case r.Is(incident.International):
		p.International += n
	}
}

func (p People) plus(o People) People {
	return People{p.Total + o.Total, p.National + o.National, p.International + o.International}
}

func (p People) minus(o People) People {
	return People{max(0, p.Total-o.Total), max(0, p.National-o.National), max(0, p.International-o.International)}
}

// Near is how many staff are within a distance of an incident. The way counts from anywhere the incident may have been to anywhere
// the person may be.
type Near struct {
	Sure    People // within it, wherever the two are exactly
	Perhaps People // besides: those who may be
	// NoFix are those of Perhaps whose position nobody knows, or not since [StaffHolds]: all staff of the countries from which the
	// distance reaches them.
	NoFix People
	// Unbounded says that there may be any number of others: no file says anything of staff in a home country, or what
	// it says is older than StaffHolds, or the viewer may not see where it was.
	Unbounded bool
	Located   bool      // the incident says where it was
	AsOf      time.Time // the oldest figure of staff in its countries; zero where one has no time
}

// fix is where a person is, to so many kilometres.
type fix struct {
	at      incident.Point
	slack   float64
	country country.Code
	who     incident.Coded[incident.Recruitment]
}

// whereabouts is the staff of a picture, as far as one can say where they are.
type whereabouts struct {
	fixes []fix                   // by latitude
	wide  float64                 // the largest slack
	rest  map[country.Code]People // of whom only the country is known; [country.Unknown] of whom not even that is
	asOf  map[country.Code]time.Time
}

func (p *Picture) whereaboutsOf() *whereabouts {
	l, _ := p.located()
	w := &whereabouts{rest: map[country.Code]People{}, asOf: map[country.Code]time.Time{}}
	for _, c := range l.Countries() {
		t, _ := l.Totals(c)
		w.rest[c], w.asOf[c] = People{t.Total, t.National, t.International}, t.AsOf
	}
	for i := range l.People {
		someone := &l.People[i]
		if !someone.HasPoint || !someone.Expected() || !someone.Point.Valid() {
			continue
		}
		seen := someone.LastContact.Start
		if someone.LastContact.IsZero() {
			seen = w.asOf[someone.Country]
		}
		if seen.IsZero() || p.valid.Sub(seen) > StaffHolds {
			continue
		}
		const metres = 1000
		f := fix{at: someone.Point, slack: someone.Accuracy / metres, country: someone.Country, who: someone.Recruitment}
		w.fixes = append(w.fixes, f)
		w.wide = max(w.wide, f.slack)
		var one People
		one.add(1, f.who)
		w.rest[f.country] = w.rest[f.country].minus(one)
	}
	slices.SortFunc(w.fixes, func(a, b fix) int { return cmp.Compare(a.at.Lat, b.at.Lat) })
	return w
}

// within yields the fixes that may be at most so far from p.
func (w *whereabouts) within(p incident.Point, km float64, yield func(f *fix, way float64)) {
	const degree = 111.0 // kilometres, a little less than there are
	reach := (km + w.wide) / degree * 1.01
	first := sort.Search(len(w.fixes), func(i int) bool { return w.fixes[i].at.Lat >= p.Lat-reach })
	for i := first; i < len(w.fixes) && w.fixes[i].at.Lat <= p.Lat+reach; i++ {
		yield(&w.fixes[i], geo.Distance(p, w.fixes[i].at))
	}
}

// Near is how many staff are within so many kilometres of an incident. A country that is no home country and that no presence file
// names is taken to have no staff.
func (v View) Near(id ID, km float64) Near {
	it, ok := v.item(id)
	if !ok || v.hidden(it.shown) {
		return Near{Unbounded: true}
	}
	return v.near(v.p.account(it), km)
}

func (v View) near(a account, km float64) Near {
	i, w := a.whole(), v.p.whereabouts()
	in := a.countries()
	n := Near{Located: i.HasPoint && i.Point.Valid()}
	sure := n.Located && a.traits()&isMisplaced == 0 // else one of position and country is wrong
	n.Unbounded = w.unbounded(v.p, in)
	n.AsOf = w.oldest(in)
	slack := slackOf(i.Accuracy)
	reached := func(c country.Code) bool {
		if !c.Known() || len(in) == 0 && !n.Located || slices.Contains(in, c) {
			return true
		}
		return n.Located && !geo.Outside(i.Point, []country.Code{c}, km+slack)
	}
	if sure {
		w.within(i.Point, km+slack, func(f *fix, way float64) {
			switch {
			case way+slack+f.slack <= km:
				n.Sure.add(1, f.who)
			case way-slack-f.slack <= km:
				n.Perhaps.add(1, f.who)
			}
		})
	} else {
		for k := range w.fixes {
			f := &w.fixes[k]
			if reached(f.country) || n.Located && geo.Distance(i.Point, f.at)-slack-f.slack <= km {
				n.Perhaps.add(1, f.who)
			}
		}
	}
	for c, rest := range w.rest {
		if rest.Total > 0 && reached(c) {
			n.NoFix = n.NoFix.plus(rest)
		}
	}
	n.Perhaps = n.Perhaps.plus(n.NoFix)
	return n
}

// unbounded reports whether what is said of staff in the countries says nothing of who is there now.
func (w *whereabouts) unbounded(p *Picture, in []country.Code) bool {
	old := func(c country.Code) bool {
		asOf, said := w.asOf[c]
		if !said {
			return slices.ContainsFunc(p.options.Countries, func(h CountryOption) bool { return h.Code == c })
		}
		return asOf.IsZero() || p.valid.Sub(asOf) > StaffHolds
	}
	if len(in) > 0 {
		return slices.ContainsFunc(in, old)
	}
	for c := range w.asOf {
		if old(c) {
			return true
		}
	}
	return slices.ContainsFunc(p.options.Countries, func(h CountryOption) bool { return old(h.Code) })
}

// oldest is the oldest figure of the countries, of all where none is known.
func (w *whereabouts) oldest(in []country.Code) (oldest time.Time) {
	first := true
	for c, asOf := range w.asOf {
		if len(in) > 0 && !slices.Contains(in, c) {
			continue
		}
		if first || asOf.IsZero() || !oldest.IsZero() && asOf.Before(oldest) {
			oldest = asOf
		}
		first = false
	}
	return oldest
}

// There is how many staff are recorded by name where an incident was: in the same place, area or first administrative level.
// least are recorded there; most are these and those of its countries of whom nobody says where they are.
func (v View) There(id ID) (least, most int, known bool) {
	it, ok := v.item(id)
	if !ok || v.hidden(it.shown) {
		return 0, 0, false
	}
	a := v.p.account(it)
	at, in := a.spot(), a.countries()
	l, _ := v.p.located()
	named := !at.place.IsZero() || !at.admin1.IsZero()
	for i := range l.Groups {
		g := &l.Groups[i]
		if !slices.Contains(in, g.Country) {
			continue
		}
		most += g.Total
		if named && !g.Area.IsZero() && !v.p.whereaboutsSame(g, at) {
			most -= g.Total
		} else if named && !g.Area.IsZero() {
			least += g.Total
		}
	}
	return least, most, !v.p.whereabouts().unbounded(v.p, in)
}

// whereaboutsSame reports whether staff of a group are where something was, by the names of both or of the security level area.
func (p *Picture) whereaboutsSame(g *presence.Group, at spot) bool {
	if sameName(g.Area.String(), at.place.String()) || sameName(g.Area.String(), at.admin1.String()) {
		return true
	}
	for i := range p.levels {
		if c := &p.levels[i]; c.Country == g.Country {
			theirs, ok := c.AreaOf(g.Area, sameName)
			here, known := areaOf(c, at)
			return ok && known && theirs == here
		}
	}
	return false
}
