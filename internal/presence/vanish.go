package presence

import (
	"time"

	"vigil/internal/country"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// Vanished reports whether a person or a headcount of before is not in after: in a file that is the whole
// of its list this takes people out of the picture, so it must be read twice.
func Vanished(before, after File) bool {
	people := make(map[personKey]bool, len(after.People))
	for i := range after.People {
		people[keyOfPerson(&after.People[i])] = true
	}
	counts := make(map[countKey]bool, len(after.Headcounts))
	for i := range after.Headcounts {
		counts[keyOfCount(&after.Headcounts[i])] = true
	}
	for i := range before.People {
		if !people[keyOfPerson(&before.People[i])] {
			return true
		}
	}
	for i := range before.Headcounts {
		if !counts[keyOfCount(&before.Headcounts[i])] {
			return true
		}
	}
	return false
}

type personKey struct {
	id, organization safetext.Text
	name             Name // of a person without an id
}

func keyOfPerson(p *Person) personKey {
	k := personKey{id: p.ID, organization: p.Organization}
	if p.ID.IsZero() {
		k.name = p.Name
	}
	return k
}

type countKey struct {
	country            country.Code
	area, organization safetext.Text
	population         incident.Coded[incident.Population]
	recruitment        incident.Coded[incident.Recruitment]
	sex                incident.Coded[incident.Sex]
}

func keyOfCount(c *Headcount) countKey {
	return countKey{c.Country, c.Area, c.Organization, c.Population, c.Recruitment, c.Sex}
}

// Lost reports whether a country, organisation and population of which before knew is not in after at all.
func Lost(before, after *Ledger) bool {
	for _, c := range Diff(before, after, time.Time{}) {
		if c.Was && !c.Is {
			return true
		}
	}
	return false
}
