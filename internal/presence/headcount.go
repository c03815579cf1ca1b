package presence

import (
	"cmp"
	"math/bits"
	"slices"
	"time"

	"vigil/internal/incident"
)

// cell is what the headcounts say of one population of one organisation in one area, all their
// breakdowns taken together.
type cell struct {
	Group
	rows int
}

// rowKey is the whole description of a headcount row.
type rowKey struct {
	groupKey
	recruitment incident.Coded[incident.Recruitment]
	sex         incident.Coded[incident.Sex]
}

type row struct {
	*Headcount
	asOf time.Time
}

// cells reads all headcounts: the newest row of each description, and one cell of the rows that
// describe the same people.
func (l *Ledger) cells(files []File) []cell {
	newest := make(map[rowKey]row)
	for i := range files {
		f := &files[i]
		for j := range f.Headcounts {
			h := &f.Headcounts[j]
			r := row{h, believed(h.AsOf, f)} // a row that does not say is of no known time, whatever its neighbours say
			g := Group{Country: h.Country, Area: h.Area, Organization: h.Organization, Population: h.Population}
			key := rowKey{keyOf(&g), h.Recruitment, h.Sex}
			have, ok := newest[key]
			if ok {
				l.Superseded++
			}
			if !ok || r.newer(have) {
				newest[key] = r
			}
		}
	}
	breakdowns := make(map[groupKey]*breakdown)
	for key, r := range newest {
		b := breakdowns[key.groupKey]
		if b == nil {
			b = &breakdown{}
			breakdowns[key.groupKey] = b
		}
		b.add(r)
	}
	cells := make([]cell, 0, len(breakdowns))
	for _, b := range breakdowns {
		c, aside := b.cell()
		l.SetAside += aside
		cells = append(cells, c)
	}
	return cells
}

// newer orders rows of one description: by time; of two for the same time the one that counts
// more people, since the other may have forgotten some.
func (r row) newer(than row) bool {
	return cmp.Or(
		r.asOf.Compare(than.asOf),
		cmp.Compare(r.Count, than.Count),
		cmp.Compare(than.Organization.String(), r.Organization.String()),
		cmp.Compare(than.Area.String(), r.Area.String()),
	) > 0
}

// The sets of dimensions a headcount row may have beside those of its group.
const (
	byRecruitment = 1 << iota
	bySex
	dimensionSets
)

// breakdown collects the rows of one group by their sets of dimensions. The people of one set are
// the people of each other set, counted again.
type breakdown struct {
	Group
	rows int
	sets [dimensionSets]struct {
		Totals
		rows int
	}
}

func (b *breakdown) add(r row) {
	set := 0
	if r.Recruitment.Value != incident.RecruitmentAny {
		set |= byRecruitment
	}
	if r.Sex.Value != incident.SexAny {
		set |= bySex
	}
	if b.rows++; b.rows == 1 {
		b.Country, b.Area, b.Organization, b.Population = r.Country, r.Area, r.Organization, r.Population
	}
	b.Area, b.Organization = first(b.Area, r.Area), first(b.Organization, r.Organization)
	s := &b.sets[set]
	t := Totals{AsOf: r.asOf}
	t.count(r.Count, r.Recruitment, r.Sex)
	if s.rows++; s.rows == 1 {
		s.Totals = t
	} else {
		s.Totals = s.plus(t)
	}
}

// finest is the set with the most dimensions among those that have all of want.
func (b *breakdown) finest(want int) (set int, ok bool) {
	for _, set := range [...]int{byRecruitment | bySex, byRecruitment, bySex, 0} {
		if set&want == want && b.sets[set].rows > 0 {
			return set, true
		}
	}
	return 0, false
}

// cell takes the total from the set that counts most people, and recruitment and sex each
// from the finest set that has it; who is missing there is unknown. aside counts the rows of
// sets that say nothing more.
func (b *breakdown) cell() (c cell, aside int) {
	total, _ := b.finest(0)
	for set := range b.sets {
		if b.sets[set].rows > 0 && b.sets[set].Total > b.sets[total].Total {
			total = set
		}
	}
	var used [dimensionSets]bool
	used[total] = true
	t := Totals{Total: b.sets[total].Total}
	if set, ok := b.finest(byRecruitment); ok {
		t.National, t.International = b.sets[set].National, b.sets[set].International
		used[set] = true
	}
	if set, ok := b.finest(bySex); ok {
		t.Female, t.Male = b.sets[set].Female, b.sets[set].Male
		used[set] = true
	}
	t.RecruitmentUnknown = t.Total - t.National - t.International
	t.SexUnknown = t.Total - t.Female - t.Male
	t.AsOf = b.sets[total].AsOf
	rows := 0
	for set := range b.sets {
		if !used[set] {
			aside += b.sets[set].rows
			continue
		}
		rows += b.sets[set].rows
		t.AsOf = older(t.AsOf, b.sets[set].AsOf)
	}
	b.Totals = t
	return cell{b.Group, rows}, aside
}

// The dimensions of a group, for which a cell without one is a total over it.
const (
	byArea = 1 << iota
	byOrganization
	byPopulation
	groupSets
)

func groupSet(g *Group) int {
	set := 0
	if !g.Area.IsZero() {
		set |= byArea
	}
	if !g.Organization.IsZero() {
		set |= byOrganization
	}
	if g.Population.Value != incident.PopulationAny {
		set |= byPopulation
	}
	return set
}

// project is what two groups must have in common to speak of the same people.
func project(g *Group, dims int) groupKey {
	k := keyOf(g)
	if dims&byArea == 0 {
		k.area = ""
	}
	if dims&byOrganization == 0 {
		k.organization = ""
	}
	if dims&byPopulation == 0 {
		k.population = incident.Coded[incident.Population]{}
	}
	return k
}

// place adds the cells of one country to the groups that are there, the finest sets of
// dimensions first and among equals the set that counts more people. A cell that may speak of people
// placed already, because neither names a dimension differently, adds only those beyond them. aside
// counts the rows of cells that add nobody.
func place(there []Group, cells []*cell) (placed []Group, aside int) {
	var sets [groupSets][]*cell
	var people [groupSets]int
	order := make([]int, 0, groupSets)
	for _, c := range cells {
		set := groupSet(&c.Group)
		if len(sets[set]) == 0 {
			order = append(order, set)
		}
		sets[set] = append(sets[set], c)
		people[set] += c.Total
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(
			cmp.Compare(bits.OnesCount(uint(b)), bits.OnesCount(uint(a))),
			cmp.Compare(people[b], people[a]),
			cmp.Compare(a, b),
		)
	})
	var bySet [groupSets][]Group
	for _, g := range there {
		set := groupSet(&g)
		bySet[set] = append(bySet[set], g)
	}
	for _, set := range order {
		counted := make([]int, len(sets[set])) // people placed already who may be these
		for other, groups := range bySet {
			if len(groups) == 0 {
				continue
			}
			sums := make(map[groupKey]int)
			for i := range groups {
				sums[project(&groups[i], set&other)] += groups[i].Total
			}
			for i, c := range sets[set] {
				counted[i] += sums[project(&c.Group, set&other)]
			}
		}
		for i, c := range sets[set] {
			g, ok := beyond(&c.Group, counted[i])
			if !ok {
				aside += c.rows
				continue
			}
			placed = append(placed, g)
			bySet[set] = append(bySet[set], g)
		}
	}
	return placed, aside
}

// beyond is what a group has beyond the people counted already; who of it they are is unknown.
func beyond(g *Group, counted int) (Group, bool) {
	rest := *g
	if counted == 0 {
		return rest, true
	}
	n := g.Total - counted
	rest.Totals = Totals{Total: n, RecruitmentUnknown: n, SexUnknown: n, AsOf: g.AsOf}
	return rest, n > 0
}
