package correlate

import (
	"time"

	"vigil/internal/incident"
)

// Choice is what a person decided: that the records of these incidents tell of one event, or that the first tells of another
// than each of the others.
type Choice struct {
	At        time.Time
	Apart     bool
	Incidents []incident.Identity
	ID        string // of the entry that it stands in, for reasons
	// Leads is set where the first is a person's own word on the others, n counted from 0: it reports whether the n-th of them still
	// says what that word was on. Until one of them says otherwise the first stands for the event, whatever the grades.
	Leads func(n int, i *incident.Incident) bool
}

// decision is the last word on a pair.
type decision struct {
	apart bool
	order int // place of the choice among all; later is greater
}

// pair is two incidents, the lower name first.
type pair struct{ a, b Name }

func pairOf(a, b Name) pair {
	if a > b {
		a, b = b, a
	}
	return pair{a, b}
}

// choices is what was decided, as far as a later decision does not say otherwise.
type choices struct {
	list    []Choice
	pairs   map[pair]decision
	partner map[Name][]incident.Identity // all that a choice names beside an incident, repeated or not
}

func newChoices(list []Choice) choices {
	c := choices{list: list, pairs: map[pair]decision{}, partner: map[Name][]incident.Identity{}}
	for n := range list {
		l := &list[n]
		for i, a := range l.Incidents {
			for _, b := range l.Incidents[i+1:] {
				if a == b {
					continue
				}
				c.pairs[pairOf(NameOf(a), NameOf(b))] = decision{l.Apart, n}
				c.partner[NameOf(a)] = append(c.partner[NameOf(a)], b)
				c.partner[NameOf(b)] = append(c.partner[NameOf(b)], a)
			}
			if l.Apart {
				break // the others are not told apart
			}
		}
	}
	return c
}
