package presence

import (
	"cmp"
	"slices"
	"time"

	"vigil/internal/country"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// Part is the staff of one area, organisation or population. Name is empty where nobody gave it.
type Part struct {
	Name safetext.Text
	Totals
}

// Totals is the staff of c. ok is false when no file says anything of c: that is unknown, not 0.
func (l *Ledger) Totals(c country.Code) (t Totals, ok bool) {
	for i := range l.Groups {
		if l.Groups[i].Country != c {
			continue
		}
		if !ok {
			t, ok = l.Groups[i].Totals, true
			continue
		}
		t = t.plus(l.Groups[i].Totals)
	}
	return t, ok
}

// Countries lists the countries of which a file says something, in order. Unknown is among them
// when some rows name no country.
func (l *Ledger) Countries() []country.Code {
	var list []country.Code
	for i := range l.Groups {
		list = append(list, l.Groups[i].Country)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// ByArea is the staff of c by area, sorted by name, what is in no area last.
func (l *Ledger) ByArea(c country.Code) []Part {
	return l.parts(c, func(g *Group) safetext.Text { return g.Area })
}

// ByOrganization is the staff of c by organisation, sorted by name, what is of none last.
func (l *Ledger) ByOrganization(c country.Code) []Part {
	return l.parts(c, func(g *Group) safetext.Text { return g.Organization })
}

// ByPopulation is the staff of c by population, which are reported apart; a word that is not in the
// vocabulary stands as it was given.
func (l *Ledger) ByPopulation(c country.Code) []Part {
	return l.parts(c, func(g *Group) safetext.Text {
		if g.Population.Unlisted() {
			return g.Population.Text
		}
		return safetext.Clean(g.Population.Value.String())
	})
}

func (l *Ledger) parts(c country.Code, name func(*Group) safetext.Text) []Part {
	index := make(map[string]int)
	var parts []Part
	for i := range l.Groups {
		g := &l.Groups[i]
		if g.Country != c {
			continue
		}
		n := name(g)
		at, ok := index[fold(n)]
		if !ok {
			index[fold(n)] = len(parts)
			parts = append(parts, Part{n, g.Totals})
			continue
		}
		parts[at].Totals = parts[at].plus(g.Totals)
		parts[at].Name = first(parts[at].Name, n)
	}
	slices.SortFunc(parts, func(a, b Part) int {
		if a.Name.IsZero() != b.Name.IsZero() {
			return cmp.Compare(b.Name.Len(), a.Name.Len())
		}
		return cmp.Compare(a.Name.String(), b.Name.String())
	})
	return parts
}

// Change is the staff of one population of one organisation in a country that changed: an event of
// its own. It carries counts and never who they are.
type Change struct {
	Country      country.Code
	Organization safetext.Text
	Population   incident.Coded[incident.Population]
	From, To     int
	Was, Is      bool // whether it was known before, and is known after: From or To is 0 when not
	Seen         time.Time
}

// Diff lists the changes from before to after, sorted by country, organisation and population.
// Either may be nil.
func Diff(before, after *Ledger, seen time.Time) []Change {
	index := make(map[unit]*Change)
	each := func(l *Ledger, note func(c *Change, n int)) {
		if l == nil {
			return
		}
		for i := range l.Groups {
			g := &l.Groups[i]
			c := index[unitOf(g)]
			if c == nil {
				c = &Change{Country: g.Country, Organization: g.Organization, Population: g.Population, Seen: seen}
				index[unitOf(g)] = c
			}
			note(c, g.Total)
		}
	}
	each(before, func(c *Change, n int) { c.From, c.Was = c.From+n, true })
	each(after, func(c *Change, n int) { c.To, c.Is = c.To+n, true })
	var changes []Change
	for _, c := range index {
		if c.From != c.To || c.Was != c.Is {
			changes = append(changes, *c)
		}
	}
	slices.SortFunc(changes, func(a, b Change) int {
		return cmp.Or(
			cmp.Compare(a.Country, b.Country),
			cmp.Compare(a.Organization.String(), b.Organization.String()),
			comparePopulation(a.Population, b.Population),
		)
	})
	return changes
}
