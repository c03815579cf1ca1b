// Package watch is the hands-free screen: for a wall in a crisis, with nobody at the keyboard.
//
// One country stands in large figures, the next one after a while: its official level, vigil's estimate, what happened; BLIND and a
// source that does not see stand as large as risk. Above it is the newest critical alarm that nobody has, or of which not
// everybody was told; below it every country in a
// line, the alarms with their age and how many were told, what changed within the hour, and the heartbeat of every source. What has no
// room is counted in the heading of its part, and countries and sources take turns. No key is needed; space holds the country, left and right choose another.
//
// What may be shown is decided in package wall: nothing here knows more than it gives. A screen that stands in public cannot be made to
// show more (Locked).
package watch

import (
	"slices"
	"time"

	"vigil/internal/country"
	"vigil/internal/figure"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/screen"
	"vigil/internal/wall"
)

// Options are how a wall is shown.
type Options struct {
	Privacy wall.Privacy
	Only    []country.Code // in the order of the rotation; none are all, the worst first
	Every   time.Duration  // how long a country stands; 0 is [Every]
	Locked  bool           // nobody can change the privacy from the keyboard
	Still   bool           // one frame of a desk on which perhaps nothing runs that would ring: no alarm is no calm
}

// Every is how long a country stands where nobody says.
const Every = 10 * time.Second

// Screen is the wall.
type Screen struct {
	o       Options
	current country.Code
	turned  time.Time // when the country that stands came up
	hold    bool
	newest  string // the key of the newest critical that nobody has; empty without one
	whole   bool   // the desk was shown read to its end
	leapt   bool   // the country came up out of its turn, for a critical
	early   bool   // the rotation began while the desk was being read, when no country was known to be the worst
	model   wall.Model
	of      modelOf
}

// modelOf is what the model was made of.
type modelOf struct {
	hand    figure.Hand
	view    any
	minute  time.Time
	privacy wall.Privacy
}

// New shows a wall.
func New(o Options) *Screen {
	if o.Every <= 0 {
		o.Every = Every
	}
	return &Screen{o: o}
}

// Scope is the part of the binding table that is in force.
func (s *Screen) Scope() keys.Scope { return keys.Watch }

// Title names the screen.
func (s *Screen) Title(f screen.Frame) string { return f.Say("Watch") }

// take is the model for a frame.
func (s *Screen) take(f screen.Frame) *wall.Model {
	of := modelOf{f.Hand, f.View, f.Now, s.o.Privacy}
	if s.of != of {
		s.model, s.of = wall.Of(f.Hand, f.View, s.o.Privacy, s.o.Only, f.Now), of
	}
	if first := s.early && !s.model.Unread; (first || s.index() < 0) && len(s.model.Countries) > 0 {
		s.current, s.early = s.model.Countries[0].Code, s.model.Unread
	}
	if !f.View.IsZero() {
		s.leap()
	}
	return &s.model
}

// leap shows the country of a critical alarm that is new, for the time of a country and before the rotation goes on, unless somebody holds
// another, or the one that stands came up so itself.
func (s *Screen) leap() {
	if s.model.Unread {
		return
	}
	key, whole := "", s.whole
	a := s.model.Critical()
	if a != nil && a.Rings {
		key = a.Key
	}
	same := key == s.newest
	s.newest, s.whole = key, true
	if same || !whole { // what rang before is no news
		return
	}
	in := slices.ContainsFunc(s.model.Countries, func(c wall.Country) bool { return key != "" && c.Code == a.Country })
	if !in || s.hold || s.leapt {
		return
	}
	s.current, s.turned, s.leapt = a.Country, time.Time{}, true
}

// index is the place of the country that stands; -1 if it is not there.
func (s *Screen) index() int {
	for i := range s.model.Countries {
		if s.model.Countries[i].Code == s.current {
			return i
		}
	}
	return -1
}

// Turn shows the next country when its time has come, and reports whether it did. The root asks with every tick of its clock.
func (s *Screen) Turn(now time.Time) bool {
	if s.turned.IsZero() || now.Before(s.turned) {
		s.turned = now
	}
	if s.hold || now.Sub(s.turned) < s.o.Every || len(s.model.Countries) < 2 {
		return false
	}
	s.move(1, now)
	return true
}

func (s *Screen) move(by int, now time.Time) {
	n := len(s.model.Countries)
	if n == 0 {
		return
	}
	s.current = s.model.Countries[((s.index()+by)%n+n)%n].Code
	s.turned, s.leapt = now, false
}

// Key does what a binding asks for.
func (s *Screen) Key(id keys.ID, f screen.Frame) screen.Ask {
	if why := s.Cannot(id, f); why != "" {
		return screen.Ask{Say: why}
	}
	s.take(f)
	s.early = s.early && id == keys.Privacy // who chose a country keeps it
	switch id {
	case keys.Hold:
		s.hold = !s.hold
		if s.hold {
			return screen.Ask{Say: f.Say("held: space lets it turn again")}
		}
		return screen.Ask{Say: f.Sayf("turns every %s", s.o.Every)}
	case keys.Left:
		s.move(-1, s.turned)
	case keys.Right:
		s.move(1, s.turned)
	case keys.Privacy:
		if s.o.Privacy == wall.Public {
			s.o.Privacy = wall.Desk
			return screen.Ask{Say: f.Say("as a duty officer may see it: not for a wall")}
		}
		s.o.Privacy = wall.Public
		return screen.Ask{Say: f.Say("as a wall may show it")}
	}
	return screen.Ask{}
}

// Cannot says why a binding cannot be used just now.
func (s *Screen) Cannot(id keys.ID, f screen.Frame) string {
	switch id {
	case keys.Hold, keys.Left, keys.Right:
		if len(s.take(f).Countries) < 2 {
			return f.Say("there is one country only")
		}
	case keys.Privacy:
		if s.o.Locked {
			return f.Say("a wall that was opened as one stays one")
		}
	case keys.Up, keys.Down, keys.PageUp, keys.PageDown, keys.HalfPageUp, keys.HalfPageDown, keys.Top, keys.Bottom, keys.Open, keys.ShowWhy, keys.Copy,
		keys.NextPane, keys.PreviousPane, keys.Filter:
		return f.Say("nothing is selected here")
	}
	return ""
}

// Public reports whether whoever passes may read it.
func (s *Screen) Public() bool { return s.o.Privacy == wall.Public }

// Arrived takes a new picture in.
func (s *Screen) Arrived(f screen.Frame) { s.take(f) }
