package presence

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// away are the states that say plainly that a person is not where the roster lists them. Every
// other word counts, also one that we do not know: a person too many is looked for, a person too few
// is forgotten. Leave counts as well, since for national staff it is mostly leave at home.
var away = map[string]bool{
	"left": true, "left area": true, "left country": true, "departed": true, "not expected": true,
	"out of area": true, "out of country": true,
}

// Expected reports whether the person is to be counted where the roster lists them: everyone but
// those whose status says that they left or are not expected.
func (p *Person) Expected() bool {
	return !away[strings.NewReplacer("_", " ", "-", " ").Replace(fold(p.Status))]
}

// sighting is one row about a person with the time as of which it holds.
type sighting struct {
	*Person
	source string
	at     time.Time // the last contact, else the content time of the file; zero when nobody said
	asOf   time.Time // the content time of the file: as of when it lists this person
}

// believed is the start of w, unless it lies after the file was written: then no time at all.
func believed(w incident.When, f *File) time.Time {
	if w.IsZero() || !f.Modified.IsZero() && w.Start.After(f.Modified.Add(incident.FutureTolerance)) {
		return time.Time{}
	}
	return w.Start
}

func sightings(files []File) []sighting {
	var all []sighting
	for i := range files {
		f := &files[i]
		for j := range f.People {
			p := &f.People[j]
			at := believed(p.LastContact, f)
			if at.IsZero() {
				at = f.AsOf
			}
			all = append(all, sighting{Person: p, source: f.Source, at: at, asOf: f.AsOf})
		}
	}
	return all
}

// newestFirst orders what is said of one person. Below the time the order only has to be the same
// whatever the order of the files.
func newestFirst(a, b sighting) int {
	return cmp.Or(
		b.at.Compare(a.at),
		cmp.Compare(b.LastContact.Precision, a.LastContact.Precision),
		cmp.Compare(a.source, b.source),
		cmp.Compare(a.Origin.File.String(), b.Origin.File.String()),
		cmp.Compare(a.Origin.Line, b.Origin.Line),
		cmp.Compare(a.Country, b.Country),
		cmp.Compare(a.Area.String(), b.Area.String()),
		cmp.Compare(a.Status.String(), b.Status.String()),
	)
}

// mergePeople makes one sighting of each person and counts the rows that went into another.
//
// An id is somebody's within one organisation: two organisations may both have a 001, and losing
// one of the two would be worse than anything else here. So rows of one id are one person when
// their organisations or their names are the same, or when one of them gives no organisation.
// Rows without an id are each a person: nothing tells them apart or together.
func mergePeople(rows []sighting) (people []sighting, merged int) {
	people = make([]sighting, 0, len(rows))
	first := make(map[string]sighting, len(rows))
	again := make(map[string][]sighting)
	for _, s := range rows {
		if s.ID.IsZero() {
			people = append(people, s)
			continue
		}
		id := fold(s.ID)
		if _, ok := first[id]; ok {
			again[id] = append(again[id], s)
		} else {
			first[id] = s
		}
	}
	for id, s := range first {
		same := again[id]
		if same == nil {
			people = append(people, s)
			continue
		}
		same = append(same, s)
		slices.SortFunc(same, newestFirst)
		for _, one := range samePerson(same) {
			person := one[0]
			if len(one) > 1 {
				filled := *person.Person // the file's own rows stay as they are
				for _, older := range one[1:] {
					filled.fill(older.Person)
				}
				person.Person = &filled
			}
			people = append(people, person)
			merged += len(one) - 1
		}
	}
	return people, merged
}

// samePerson divides rows of one id into people, keeping their order.
func samePerson(rows []sighting) [][]sighting {
	group := make([]int, len(rows)) // union-find over the rows
	for i := range group {
		group[i] = i
	}
	find := func(i int) int {
		for group[i] != i {
			group[i] = group[group[i]]
			i = group[i]
		}
		return i
	}
	byOrganization, byName := map[string]int{}, map[string]int{}
	join := func(index map[string]int, word string, i int) {
		if word == "" {
			return
		}
		if first, ok := index[word]; ok {
			group[find(i)] = find(first)
			return
		}
		index[word] = i
	}
	smallest := ""
	for i := range rows {
		organization := fold(rows[i].Organization)
		join(byOrganization, organization, i)
		join(byName, fold(rows[i].Name.Reveal()), i)
		if organization != "" && (smallest == "" || organization < smallest) {
			smallest = organization
		}
	}
	named := map[int]bool{}
	for i := range rows {
		if !rows[i].Organization.IsZero() {
			named[find(i)] = true
		}
	}
	stray := -1
	for i := range rows {
		root := find(i)
		if named[root] {
			continue
		}
		// Nothing says whose row this is; it must not make another person of somebody counted.
		switch home, ok := byOrganization[smallest]; {
		case ok:
			group[root] = find(home)
		case stray < 0:
			stray = root
		default:
			group[root] = find(stray)
		}
	}
	var people [][]sighting
	index := map[int]int{}
	for i := range rows {
		root := find(i)
		n, ok := index[root]
		if !ok {
			n = len(people)
			index[root] = n
			people = append(people, nil)
		}
		people[n] = append(people[n], rows[i])
	}
	return people
}

// fill takes from an older row what the newer one does not say. Where somebody is comes from one row
// only: an area of last week does not belong to a place of today.
func (p *Person) fill(older *Person) {
	if p.Name.IsZero() {
		p.Name = older.Name
	}
	if p.CallSign.IsZero() {
		p.CallSign = older.CallSign
	}
	if p.Organization.IsZero() {
		p.Organization = older.Organization
	}
	if p.Population.Value == incident.PopulationAny {
		p.Population = older.Population
	}
	if p.Recruitment.Value == incident.RecruitmentAny {
		p.Recruitment = older.Recruitment
	}
	if p.Sex.Value == incident.SexAny {
		p.Sex = older.Sex
	}
	if p.Dependants < 0 {
		p.Dependants = older.Dependants
	}
	if !p.Country.Known() && p.Area.IsZero() && p.Place.IsZero() && !p.HasPoint {
		p.Country, p.Area, p.Place = older.Country, older.Area, older.Place
		p.Point, p.HasPoint, p.WardenZone = older.Point, older.HasPoint, older.WardenZone
	}
}

// fold is how words are compared: without the difference of capitals and of spaces.
func fold(t safetext.Text) string {
	s := t.String()
	if folded(s) {
		return s
	}
	return strings.ToLower(strings.Join(strings.Fields(s), " "))
}

// folded reports whether s is plain enough to be its own folded form: most ids and words are.
func folded(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c <= ' ' || c >= 'A' && c <= 'Z' || c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
