// Package presence says where staff are: people of rosters and counts of headcounts, and the one
// figure per country, organisation and population that follows from both.
//
// Rosters win over headcounts and neither is ever added to the other; the difference is kept to be
// shown. Every figure carries the time as of which it holds. Names of people live in [Person]
// only and leave this package through no method that logs or prints.
//
// [Reconcile] makes a [Ledger] of all files, in which nobody is counted twice: its guarantees stand
// there. Everything is pure, nothing reads a clock or a file, and a Ledger is not changed once it is
// made, so that it may be shared.
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
	CallSign     Name // on the radio, or the id of the tracker carried: what positions are known by
	Sex          incident.Coded[incident.Sex]
	Organization safetext.Text
	Population   incident.Coded[incident.Population]
	Recruitment  incident.Coded[incident.Recruitment]
	Country      country.Code
	Area         safetext.Text
	Place        safetext.Text
	Point        incident.Point
	HasPoint     bool
	Accuracy     float64 // how far from Point they may be, in metres; 0 when nobody said
	WardenZone   safetext.Text
	Dependants   int // -1 when not given
	Status       safetext.Text
	LastContact  incident.When
	Origin       incident.Origin
}

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
	// Modified is when the file was last written, zero when that is not known. A row that claims a
	// later time is kept as it is, but it makes nothing fresh.
	Modified time.Time
}

// Group is the staff of one population of one organisation in one area: the unit in which presence
// is summed. Groups of one ledger never overlap. A dimension that nobody gave is empty.
type Group struct {
	Country      country.Code
	Area         safetext.Text
	Organization safetext.Text
	Population   incident.Coded[incident.Population]
	Totals
	FromRoster bool
}

// Difference is a roster and a headcount that disagree; the roster is used.
type Difference struct {
	Country      country.Code
	Organization safetext.Text
	Population   incident.Coded[incident.Population]
	Roster       int
	Headcount    int
}

// Ledger is who is where, each person counted once. What was not counted is counted here.
type Ledger struct {
	Groups      []Group      // sorted by country, area, organisation and population
	Differences []Difference // sorted likewise
	People      []Person     // of all rosters, the newest contact of each, sorted likewise and by id

	Merged      int // rows of people who stand in more than one file, or twice in one
	NotExpected int // people whose status says that they are not there: listed in People, in no Group
	Superseded  int // headcount rows replaced by a newer row of the same description
	SetAside    int // headcount rows that describe people counted already, by another breakdown or a roster
}

// Totals is the staff of a country as the board shows it. National, International and
// RecruitmentUnknown add to Total, and so do Female, Male and SexUnknown.
type Totals struct {
	Total, National, International, RecruitmentUnknown int
	Female, Male, SexUnknown                           int
	AsOf                                               time.Time // the oldest of the figures summed; zero if one has none
}
