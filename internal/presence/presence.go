// Package presence says where staff are: people of rosters and counts of headcounts, and the one
// figure per country, organisation and population that follows from both.
//
// Rosters win over headcounts and neither is ever added to the other; the difference is kept to be
// shown. Every figure carries the time as of which it holds. Names of people live in [Person]
// only and leave this package through no method that logs or prints.
package presence

import (
	"time"

	"vigil/internal/country"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// Person is one row of a roster.
type Person struct {
	ID           safetext.Text
	Name         Name
	Sex          incident.Coded[incident.Sex]
	Organization safetext.Text
	Population   incident.Coded[incident.Population]
	Recruitment  incident.Coded[incident.Recruitment]
	Country      country.Code
	Area         safetext.Text
	Place        safetext.Text
	Point        incident.Point
	HasPoint     bool
	WardenZone   safetext.Text
	Dependants   int // -1 when not given
	Status       safetext.Text
	LastContact  incident.When
	Origin       incident.Origin
}

// Name is a person's name. It prints as a mark, so that it cannot slip into a log, an error or a
// panic; only a view that may show it calls Reveal.
type Name struct{ t safetext.Text }

// NewName keeps a name.
func NewName(t safetext.Text) Name { return Name{t} }

// Reveal is the name itself, for a viewer who may see it.
func (n Name) Reveal() safetext.Text { return n.t }

// String is never the name.
func (Name) String() string { return "[name]" }

// GoString is never the name.
func (Name) GoString() string { return "[name]" }

// MarshalText is never the name.
func (Name) MarshalText() ([]byte, error) { return []byte("[name]"), nil }

// Headcount is one row of a headcount.
type Headcount struct {
	Country      country.Code
	Area         safetext.Text
	Organization safetext.Text
	Population   incident.Coded[incident.Population]
	Recruitment  incident.Coded[incident.Recruitment]
	Sex          incident.Coded[incident.Sex]
	Count        int
	AsOf         incident.When
	Origin       incident.Origin
}

// File is one presence file, read whole: a roster or a headcount, never both.
type File struct {
	Source     string
	People     []Person
	Headcounts []Headcount
	// AsOf is the content time of the file: the newest time it declares, never after its
	// modification; it stands for rows that give none.
	AsOf time.Time
}

// Group is people of one kind in one place: the unit in which presence is summed. Counts of one
// ledger never overlap.
type Group struct {
	Country      country.Code
	Area         safetext.Text
	Organization safetext.Text
	Population   incident.Population
	Recruitment  incident.Recruitment // never RecruitmentAny: not given is unknown
	Sex          incident.Sex         // never SexAny: not given is unknown
	Count        int
	AsOf         time.Time // zero when nobody said
	FromRoster   bool
}

// Difference is a roster and a headcount that disagree; the roster is used.
type Difference struct {
	Country      country.Code
	Organization safetext.Text
	Population   incident.Population
	Roster       int
	Headcount    int
}

// Ledger is who is where, each person counted once.
type Ledger struct {
	Groups      []Group
	Differences []Difference
	People      []Person // of all rosters, the newest contact of each
	Merged      int      // rows of people who stand in more than one file, or twice in one
}

// Totals is the staff of a country as the board shows it.
type Totals struct {
	Total, National, International, RecruitmentUnknown int
	Female, Male, SexUnknown                           int
	AsOf                                               time.Time // the oldest of the figures summed; zero if one has none
}
