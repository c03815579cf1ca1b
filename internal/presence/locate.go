package presence

import (
	"slices"
	"time"

	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// Fix says what a position is worth at a time.
type Fix uint8

// The fixes, the best first.
const (
	Current Fix = iota // still valid
	Untimed            // nobody said when: it may be of any time
	Ahead              // claims a time that is not yet: its clock is wrong, and it refreshes nothing
	Stale              // its validity has ended: where it was, and no longer where it is
	NoFix              // its place is unknown
)

// String is the word for it: the screens show it beside the age, STALE in capitals.
func (f Fix) String() string {
	return [...]string{"current", "time unknown", "time ahead", "stale", "no fix"}[min(int(f), 4)]
}

// Fix is what the position is worth at now. The worst that can be said of it is said.
func (p *Position) Fix(now time.Time) Fix {
	switch {
	case !p.HasPoint:
		return NoFix
	case !p.Valid(now):
		return Stale
	case p.At.After(now.Add(incident.FutureTolerance)):
		return Ahead
	case p.At.IsZero():
		return Untimed
	default:
		return Current
	}
}

// Tracked is a position and whose it is.
type Tracked struct {
	Position
	Fix Fix
	// Person is whom the rosters know by its id or its call sign; nil for an object of its own, such
	// as a vehicle.
	Person *Person
	// Ambiguous says that several people go by its id or call sign: it is taken for none of them.
	Ambiguous bool
	// Withheld says that it is a person's place, which this viewer may not see.
	Withheld bool
}

// Locate joins positions to a ledger: one whose id or call sign is a person's id, call sign or tracker on
// a roster says when that person was last heard of and, while it is valid, where they are. The newest
// decides, and never one that is older than the roster's own word. It guarantees:
//
//   - No count changes: a tracker tells where a person is, and not who is on whose roster. Country and
//     area stay those of the roster.
//   - Nothing is guessed: an id or call sign that several people go by places none of them.
//   - A position past its validity, or ahead of the clock, places nobody.
//
// The ledger passed in stays as it is, and what is returned shares what did not change. The list has
// every position, in the order given.
func Locate(l Ledger, positions []Position, now time.Time) (Ledger, []Tracked) {
	if len(positions) == 0 {
		return l, nil
	}
	owners := l.owners(positions)
	tracked := make([]Tracked, len(positions))
	shared := true
	for i := range positions {
		p := &positions[i]
		tracked[i] = Tracked{Position: *p, Fix: p.Fix(now)}
		n, several := owners.of(p)
		tracked[i].Ambiguous = several
		if n < 0 {
			continue
		}
		if shared {
			l.People, shared = slices.Clone(l.People), false
		}
		l.People[n].heard(p, now)
		tracked[i].Person = &l.People[n]
	}
	return l, tracked
}

// heard takes in what a position says of the person, if that is news.
func (p *Person) heard(at *Position, now time.Time) {
	ahead := at.At.After(now.Add(incident.FutureTolerance))
	if at.At.IsZero() || ahead || !p.LastContact.IsZero() && !at.At.After(p.LastContact.Start) {
		return
	}
	p.LastContact = incident.At(at.At)
	if at.Fix(now) == Current {
		// The roster's word for the place is of before.
		p.Place, p.Point, p.HasPoint, p.Accuracy = safetext.Text{}, at.Point, true, at.Accuracy
	}
}

// owners are the people that positions may be of, by id and call sign as fold leaves them.
type owners map[string][]int

// owners looks each person up among the few words that the positions use.
func (l *Ledger) owners(positions []Position) owners {
	o := make(owners)
	for i := range positions {
		for _, word := range positions[i].words() {
			o[word] = nil
		}
	}
	for n := range l.People {
		p := &l.People[n]
		for _, word := range [...]string{fold(p.ID), fold(p.CallSign.Reveal())} {
			if have, asked := o[word]; asked && word != "" && !slices.Contains(have, n) {
				o[word] = append(have, n)
			}
		}
	}
	return o
}

// words are what a position may be known by.
func (p *Position) words() [2]string { return [2]string{fold(p.ID), fold(p.CallSign.Reveal())} }

// of is the one person whose position it is, or -1.
func (o owners) of(p *Position) (n int, several bool) {
	n = -1
	for _, word := range p.words() {
		for _, person := range o[word] {
			if n >= 0 && n != person {
				return -1, true
			}
			n = person
		}
	}
	return n, false
}
