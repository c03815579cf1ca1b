package worldmap

import (
	"slices"

	"vigil/internal/country"
	"vigil/internal/tui/atlas"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/verdict"
)

var towards = map[keys.ID]atlas.Direction{keys.Up: atlas.North, keys.Down: atlas.South, keys.Left: atlas.West, keys.Right: atlas.East}

// Key does what a binding asks for.
func (s *Screen) Key(id keys.ID, f screen.Frame) screen.Ask {
	if why := s.Cannot(id, f); why != "" {
		return screen.Ask{Say: why}
	}
	switch {
	case f.Linear && id == keys.Up: // in plain lines up and down are the line before and after
		id = keys.PageUp
	case f.Linear && id == keys.Down:
		id = keys.PageDown
	}
	switch id {
	case keys.Up, keys.Down, keys.Left, keys.Right:
		s.step(f, towards[id])
	case keys.PageUp, keys.HalfPageUp:
		s.turn(f, -1)
	case keys.PageDown, keys.HalfPageDown:
		s.turn(f, 1)
	case keys.Top:
		s.zoom, s.middle, s.cursor = 0, nil, country.Unknown
		s.event = 0
		s.settle(f)
	case keys.Bottom:
		s.around(f)
		for !s.projection(f).IsWorld() {
			s.zoom--
		}
	case keys.ZoomIn:
		s.around(f)
		s.zoom++
	case keys.ZoomOut:
		s.around(f)
		s.zoom--
	case keys.NextPane:
		s.next(f, 1)
	case keys.PreviousPane:
		s.next(f, -1)
	default:
		return s.other(id, f)
	}
	return screen.Ask{}
}

// other does what moves nothing.
func (s *Screen) other(id keys.ID, f screen.Frame) screen.Ask {
	e := s.selected(f.View)
	switch id {
	case keys.Shade:
		s.by, s.chosen = (s.by+1)%2, true
		return screen.Ask{Say: shadedBy(f, s.by)}
	case keys.Layers:
		s.layers = (s.layers + 1) % layerCount
		return screen.Ask{Say: [...]string{f.Say("incidents and staff"), f.Say("incidents without staff"), f.Say("staff without incidents"), f.Say("countries alone")}[s.layers]}
	case keys.Dots:
		s.coarse = (s.coarse + 1) % 3
		return screen.Ask{Say: [...]string{f.Say("drawn in braille"), f.Say("drawn in blocks"), f.Say("drawn in ASCII")}[s.dots(f)]}
	case keys.Open:
		if e != nil {
			return screen.Ask{Go: screen.ToEvent, Subject: screen.Subject{Incident: e.id}}
		}
		return screen.Ask{Go: screen.ToCountry, Subject: screen.Subject{Country: s.cursor, Area: -1}}
	case keys.ShowCountry:
		return screen.Ask{Go: screen.ToCountry, Subject: screen.Subject{Country: s.cursor, Area: -1}}
	case keys.ShowWhy:
		subject := screen.Subject{Figure: screen.FigureLevel, Country: s.cursor, Area: -1}
		switch {
		case e != nil:
			subject = screen.Subject{Figure: screen.FigureIncident, Incident: e.id, Area: -1}
		case s.by == ByEstimate:
			subject.Figure = screen.FigureEstimate
		}
		return screen.Ask{Go: screen.ToWhy, Subject: subject}
	case keys.Copy:
		text := countryWords(s.cursor, f)
		if e != nil {
			text = e.words(f, s.cursor)
		}
		return screen.Ask{Copy: text, Say: f.Sayf("copied, if the terminal allows it: %s", text)}
	case keys.Report:
		return screen.Ask{Go: screen.ToReport}
	}
	return screen.Ask{}
}

// Cannot says why a binding cannot be used just now.
func (s *Screen) Cannot(id keys.ID, f screen.Frame) string {
	s.settle(f)
	if f.View.IsZero() || !s.cursor.Known() {
		switch id {
		case keys.Up, keys.Down, keys.Left, keys.Right, keys.Open, keys.ShowWhy, keys.Copy, keys.NextPane, keys.PreviousPane, keys.ShowCountry:
			return f.Say("no country is on the desk: name home countries in vigil.toml")
		}
	}
	switch id {
	case keys.Up, keys.Down, keys.Left, keys.Right:
		if _, ok := s.way(f, towards[id]); !ok && (!f.Linear || id == keys.Left || id == keys.Right) {
			return f.Say("no country of the desk is farther in that direction")
		}
	case keys.ZoomIn:
		if s.projection(f).IsClosest() {
			return f.Say("the outlines are good for nothing closer")
		}
	case keys.ZoomOut, keys.Bottom:
		if s.projection(f).IsWorld() {
			return f.Say("this is the whole world")
		}
	case keys.NextPane, keys.PreviousPane:
		s.news.follow(f.View)
		if len(s.news.of(s.cursor, true)) == 0 {
			return f.Sayf("no incident of the last 7 days has a position in %s", f.CountryWhole(f.View.CountryNames(), s.cursor))
		}
		if !s.layers.incidents() {
			return f.Say("incidents are not shown")
		}
	case keys.Dots:
		if f.Palette.ASCII {
			return f.Say("this terminal has ASCII alone")
		}
	case keys.Report:
		return verdict.Closed(f)
	case keys.Release:
		return f.Say("nothing is held back here")
	}
	return ""
}

// way is the next country in a direction: back where the cursor came from, else the nearest.
func (s *Screen) way(f screen.Frame, d atlas.Direction) (country.Code, bool) {
	codes := order(f.View)
	if s.ways == nil || !slices.Equal(codes, s.waysOf) {
		s.ways, s.waysOf, s.came = atlas.WaysBetween(codes), codes, step{}
	}
	if s.came.to == s.cursor && s.came.d.Opposite() == d && s.came.from.Known() {
		return s.came.from, true
	}
	return s.ways.Next(s.cursor, d)
}

func (s *Screen) step(f screen.Frame, d atlas.Direction) {
	to, ok := s.way(f, d)
	if !ok {
		return
	}
	s.came = step{s.cursor, to, d}
	s.to(f, to)
}

// to puts the cursor on a country.
func (s *Screen) to(f screen.Frame, c country.Code) {
	s.cursor, s.event = c, 0
	if at, ok := atlas.Label(c); ok {
		s.show(f, at)
	}
}

// turn goes through the countries in their order.
func (s *Screen) turn(f screen.Frame, by int) {
	codes := order(f.View)
	at := slices.Index(codes, s.cursor)
	s.came = step{}
	s.to(f, codes[((at+by)%len(codes)+len(codes))%len(codes)])
}

// around has the map turn around what is selected from now on.
func (s *Screen) around(f screen.Frame) {
	at, ok := atlas.Label(s.cursor)
	if e := s.selected(f.View); e != nil {
		at, ok = e.at, true
	}
	if ok {
		s.middle = &at
	}
}

// next selects the next incident of the country under the cursor; behind the last is none.
func (s *Screen) next(f screen.Frame, by int) {
	list := s.news.of(s.cursor, true)
	at := slices.IndexFunc(list, func(e *event) bool { return e.id == s.event })
	n := len(list) + 1 // with none, which is -1
	at = (at+1+by+n)%n - 1
	s.event = 0
	if at >= 0 {
		s.event = list[at].id
		s.show(f, list[at].at)
	}
}

// nearStaff is the distance of the shipped alarm rule "incident near staff", in kilometres.
const nearStaff = 25

// ring is how far from its position, in kilometres, somebody near an incident may be: it may have happened as far off as its position is exact.
func (e *event) ring() float64 { return nearStaff + e.km }
