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
	// Expect is how often its source speaks: without a Stale that is how long it is good for. 0 when nobody said.
	Expect time.Duration
	Origin incident.Origin
}

// Valid reports whether the position may still be taken for where it is at t. One that states no end is good for as long
// as its source may be silent: that it has told no other since is then no sign.
func (p *Position) Valid(t time.Time) bool {
	return p.HasPoint && (p.End().IsZero() || p.End().After(t))
}

// End is when the position ceases to be valid: as stated, else by how often its source speaks; zero when neither is known.
func (p *Position) End() time.Time {
	if p.Stale.IsZero() && p.Expect > 0 && !p.At.IsZero() {
		return p.At.Add(p.Expect)
	}
	return p.Stale
}
