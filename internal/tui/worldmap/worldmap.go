// Package worldmap shows the countries of the desk on a map: the region of the home countries, a part of it, or the whole world.
//
// The rules. Every country that is on the desk is filled by its official level or by vigil's estimate, with a pattern, a colour and its code with the
// figure: none of the three is needed to read the other two. One that nobody sees is hatched and says BLIND; what is not known is "?" and has a
// pattern of its own, never a light one. Other countries are outlines. Marks are letters and signs, and what the map cannot place is counted: an
// incident without a position stands in no place, a restricted one in none either, and staff only where about their area is, never where a person is.
//
// The cursor is on a country and moves to the next in a direction; the view follows it only when it leaves the map, so that a step
// costs two names and a line of figures. What is drawn is kept in three layers, see chart.
//
// The boundaries are those of package geo, with all that it says of them.
package worldmap

import (
	"slices"

	"vigil/internal/country"
	"vigil/internal/picture"
	"vigil/internal/tui/atlas"
	"vigil/internal/tui/canvas"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/screen"
)

// Screen is the map.
type Screen struct {
	chart  chart
	news   news
	by     Shading
	chosen bool // somebody chose by what it is shaded
	layers layers
	coarse int // how many ways of showing dots coarser than the finest

	cursor country.Code
	beside country.Code // which the pane beside shows: it follows the cursor when that rests
	event  picture.ID   // selected in the country under the cursor; 0 if none is
	came   step         // the last step of the cursor

	// zoom is how many steps closer than the region of the home countries; middle what is in the middle, nil for that of the
	// region.
	zoom   int
	middle *point

	ways   *atlas.Ways
	waysOf []country.Code
}

// step is one that leads back where it came from.
type step struct {
	from, to country.Code
	d        atlas.Direction
}

// zoomBy is how much closer one step of the zoom is.
const zoomBy = 2

// New makes the map, with the cursor on a country where that is known.
func New(at country.Code) *Screen { return &Screen{cursor: at} }

// Scope is the part of the binding table that is in force.
func (s *Screen) Scope() keys.Scope { return keys.Map }

// Title names the screen.
func (s *Screen) Title(f screen.Frame) string { return f.Say("Map") }

// Arrived takes a new picture in.
func (s *Screen) Arrived(f screen.Frame) { s.settle(f) }

// Succeeded finds the selected incident again in the picture that takes the place of one that was made ahead.
func (s *Screen) Succeeded(f screen.Frame) (lost bool) {
	if s.event == 0 {
		return false
	}
	now, ok := f.View.Successor(s.event)
	s.event = now
	return !ok
}

// Settle lets the pane beside follow the cursor.
func (s *Screen) Settle(f screen.Frame) bool {
	if s.beside == s.cursor {
		return false
	}
	s.beside = s.cursor
	return layoutOf(f).beside > 0
}

// settle keeps the cursor on a country that is on the desk.
func (s *Screen) settle(f screen.Frame) {
	if f.View.IsZero() {
		return
	}
	if _, ok := f.View.Country(s.cursor); !ok {
		s.cursor, s.event = country.Unknown, 0
		if worst := byWeight(f.View, ByEstimate, f.Hand); len(worst) > 0 {
			s.cursor = worst[0].Code
		}
	}
	if s.beside == country.Unknown {
		s.beside = s.cursor
	}
	if !s.chosen {
		s.by = usual(f.View)
	}
}

// usual is by what a desk's countries are shaded where nobody chose: by official level, if it has any.
func usual(v picture.View) Shading {
	for c := range v.Countries() {
		if c.Level.Max > 0 {
			return ByLevel
		}
	}
	return ByEstimate
}

// order is that of the countries: those of the desk's home first, then by code.
func order(v picture.View) []country.Code {
	var home, others []country.Code
	for c := range v.Countries() {
		if c.Home {
			home = append(home, c.Code)
		} else {
			others = append(others, c.Code)
		}
	}
	return append(home, others...)
}

// projection is the part of the earth that is shown.
func (s *Screen) projection(f screen.Frame) atlas.Projection {
	l := layoutOf(f)
	p := homeMap(f.View, l.width, l.height)
	if s.middle == nil {
		return p
	}
	factor := 1.0
	for range max(s.zoom, -s.zoom) {
		factor *= zoomBy
	}
	if s.zoom < 0 {
		factor = 1 / factor
	}
	return p.Zoom(factor, *s.middle)
}

// homeMap is the map of the home countries; without any, of all countries of the desk; without these, of the world.
func homeMap(v picture.View, width, height int) atlas.Projection {
	var home []country.Code
	for c := range v.Countries() {
		if c.Home {
			home = append(home, c.Code)
		}
	}
	if len(home) == 0 {
		home = order(v)
	}
	if b, ok := atlas.Box(home...); ok {
		return atlas.Region(width, height, b)
	}
	return atlas.World(width, height, 0)
}

// dots is how the map is drawn: as fine as the terminal and the reader allow.
func (s *Screen) dots(f screen.Frame) canvas.Dots {
	if f.Palette.ASCII {
		return canvas.ASCII
	}
	return canvas.Dots(s.coarse)
}

// selected is the incident that is selected.
func (s *Screen) selected(v picture.View) *event {
	if s.event == 0 {
		return nil
	}
	s.news.follow(v)
	e, ok := s.news.find(s.event)
	if !ok || !slices.Contains(e.row.Countries, s.cursor) {
		return nil
	}
	return e
}

// show moves the map so that a position is on it, if it is not.
func (s *Screen) show(f screen.Frame, at point) {
	const inside = 2
	if p := s.projection(f); !p.IsWorld() && !p.Sees(at, inside) {
		s.middle = &at
	}
}
