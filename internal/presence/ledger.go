package presence

import (
	"cmp"
	"slices"
	"time"

	"vigil/internal/country"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// Reconcile makes one ledger of all presence files. It guarantees:
//
//   - Nobody is counted twice. A person in several rows is one person, the newest contact deciding;
//     a roster stands in place of every headcount of its country, organisation and population.
//   - Headcount rows with different sets of dimensions describe the same people again and are never
//     added. Recruitment and sex each come from the finest set that has them; what a total
//     counts beyond its parts is of unknown recruitment, sex, area or organisation.
//   - Of two rows of the same description the newer one holds.
//   - Nothing is dropped unseen: see the counters of [Ledger].
//   - The order of the files does not matter.
func Reconcile(files []File) Ledger {
	var l Ledger
	people, merged := mergePeople(sightings(files))
	l.Merged = merged
	rosters := l.countPeople(people)
	cells := l.cells(files)

	rostered := make(map[unit][]*cell)
	byCountry := make(map[country.Code][]*cell)
	listed := make(map[unit]*Group)
	for i := range rosters {
		u := unitOf(&rosters[i])
		if sum, ok := listed[u]; ok {
			sum.Total += rosters[i].Total
			continue
		}
		g := rosters[i]
		listed[u] = &g
	}
	for i := range cells {
		c := &cells[i]
		if u := unitOf(&c.Group); listed[u] != nil {
			rostered[u] = append(rostered[u], c)
		} else {
			byCountry[c.Country] = append(byCountry[c.Country], c)
		}
	}
	for u, counted := range rostered {
		l.compare(listed[u], counted)
	}
	inCountry := make(map[country.Code][]Group)
	for _, g := range rosters {
		inCountry[g.Country] = append(inCountry[g.Country], g)
	}
	l.Groups = rosters
	for c, cells := range byCountry {
		placed, aside := place(inCountry[c], cells)
		l.Groups = append(l.Groups, placed...)
		l.SetAside += aside
	}
	l.sort()
	return l
}

// compare notes where a roster and the headcounts of the same people disagree.
func (l *Ledger) compare(roster *Group, counted []*cell) {
	groups, _ := place(nil, counted)
	headcount := 0
	for i := range groups {
		headcount += groups[i].Total
	}
	for _, c := range counted {
		l.SetAside += c.rows
	}
	if headcount != roster.Total {
		l.Differences = append(l.Differences, Difference{
			Country: roster.Country, Organization: roster.Organization, Population: roster.Population,
			Roster: roster.Total, Headcount: headcount,
		})
	}
}

// unit is what a roster and a headcount are compared by.
type unit struct {
	country      country.Code
	organization string
	population   incident.Coded[incident.Population]
}

func unitOf(g *Group) unit { return unit{g.Country, fold(g.Organization), g.Population} }

type groupKey struct {
	unit
	area string
}

func keyOf(g *Group) groupKey { return groupKey{unitOf(g), fold(g.Area)} }

// countPeople lists the people and counts those who are expected.
func (l *Ledger) countPeople(people []sighting) []Group {
	index := make(map[groupKey]int)
	var groups []Group
	slices.SortFunc(people, func(a, b sighting) int { return comparePerson(a.Person, b.Person) })
	l.People = make([]Person, 0, len(people))
	for i := range people {
		p := &people[i]
		l.People = append(l.People, *p.Person)
		g := Group{
			Country: p.Country, Area: p.Area, Organization: p.Organization, Population: p.Population,
			FromRoster: true, Totals: Totals{AsOf: p.asOf},
		}
		if p.Expected() {
			g.count(1, p.Recruitment, p.Sex)
		} else {
			l.NotExpected++
		}
		key := keyOf(&g)
		n, ok := index[key]
		if !ok {
			index[key] = len(groups)
			groups = append(groups, g)
			continue
		}
		have := &groups[n]
		have.Totals = have.plus(g.Totals)
		// Spellings that are the same to us are shown by the one that sorts first, whoever came first.
		have.Area, have.Organization = first(have.Area, g.Area), first(have.Organization, g.Organization)
	}
	return groups
}

func first(a, b safetext.Text) safetext.Text {
	if b.String() < a.String() {
		return b
	}
	return a
}

// count adds people of one description; a word that we do not know is unknown.
func (t *Totals) count(n int, r incident.Coded[incident.Recruitment], s incident.Coded[incident.Sex]) {
	t.Total += n
	switch {
	case r.Is(incident.National):
		t.National += n
	case r.Is(incident.International):
		t.International += n
	default:
		t.RecruitmentUnknown += n
	}
	switch {
	case s.Is(incident.Female):
		t.Female += n
	case s.Is(incident.Male):
		t.Male += n
	default:
		t.SexUnknown += n
	}
}

// plus adds two figures of different people; the sum is as old as the older one.
func (t Totals) plus(o Totals) Totals {
	return Totals{
		Total:              t.Total + o.Total,
		National:           t.National + o.National,
		International:      t.International + o.International,
		RecruitmentUnknown: t.RecruitmentUnknown + o.RecruitmentUnknown,
		Female:             t.Female + o.Female,
		Male:               t.Male + o.Male,
		SexUnknown:         t.SexUnknown + o.SexUnknown,
		AsOf:               older(t.AsOf, o.AsOf),
	}
}

// older is the earlier time; a time that nobody gave may be any time ago.
func older(a, b time.Time) time.Time {
	if a.IsZero() || b.IsZero() {
		return time.Time{}
	}
	if b.Before(a) {
		return b
	}
	return a
}

func (l *Ledger) sort() {
	slices.SortFunc(l.Groups, func(a, b Group) int {
		return cmp.Or(compareGroup(&a, &b), cmp.Compare(a.Total, b.Total))
	})
	slices.SortFunc(l.Differences, func(a, b Difference) int {
		return cmp.Or(
			cmp.Compare(a.Country, b.Country),
			cmp.Compare(a.Organization.String(), b.Organization.String()),
			comparePopulation(a.Population, b.Population),
		)
	})
}

func comparePerson(a, b *Person) int {
	return cmp.Or(
		cmp.Compare(a.Country, b.Country),
		cmp.Compare(a.Area.String(), b.Area.String()),
		cmp.Compare(a.Organization.String(), b.Organization.String()),
		comparePopulation(a.Population, b.Population),
		cmp.Compare(a.ID.String(), b.ID.String()),
		cmp.Compare(a.Origin.File.String(), b.Origin.File.String()),
		cmp.Compare(a.Origin.Line, b.Origin.Line),
	)
}

func compareGroup(a, b *Group) int {
	return cmp.Or(
		cmp.Compare(a.Country, b.Country),
		cmp.Compare(a.Area.String(), b.Area.String()),
		cmp.Compare(a.Organization.String(), b.Organization.String()),
		comparePopulation(a.Population, b.Population),
	)
}

func comparePopulation(a, b incident.Coded[incident.Population]) int {
	return cmp.Or(cmp.Compare(a.Value, b.Value), cmp.Compare(a.Text.String(), b.Text.String()))
}
