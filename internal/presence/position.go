package presence

import (
	"time"

	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// Position is where something that is tracked was last: a vehicle, a radio, a person's device. It says
// where people may be and is never an incident.
type Position struct {
	// ID is the tracker's own, unique under its authority; Authority is who tracks.
	ID, Authority safetext.Text
	// CallSign is how it is called on the radio. It may be a person's name: Name never leaves by a log.
	CallSign Name
	// Kind is what the source says that it is, in its own words or code ("a-f-G-U-C").
	Kind     safetext.Text
	Point    incident.Point
	HasPoint bool // false when the tracker does not know where it is
	// Accuracy is how far from Point it may be, in metres; 0 when nobody said.
	Accuracy float64
	At       time.Time // when it was there; zero when nobody said
	Stale    time.Time // when the position ceases to be valid; zero when nobody said
	Origin   incident.Origin
}

// Valid reports whether the position may still be taken for where it is at t. One that has no end is
// as good as its age, which stands beside it.
func (p *Position) Valid(t time.Time) bool {
	return p.HasPoint && (p.Stale.IsZero() || p.Stale.After(t))
}
