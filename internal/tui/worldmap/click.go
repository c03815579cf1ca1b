package worldmap

import (
	"slices"

	"vigil/internal/country"
	"vigil/internal/tui/screen"
)

// Click selects the incident whose mark is at a cell, else the country that is there, or whose name is. Beside the map, and where no
// country of the desk is, it does nothing.
func (s *Screen) Click(x, y int, f screen.Frame) (hit, again bool) {
	at, l := cell{x, y - 1}, layoutOf(f) // below the heading
	if f.View.IsZero() || s.chart.land == nil || at.x < 0 || at.y < 0 || at.x >= l.width || at.y >= l.height {
		return false, false
	}
	codes := order(f.View)
	if e, c := s.eventAt(f, at, codes); e != nil {
		again = s.cursor == c && s.event == e.id
		s.came, s.cursor, s.event = step{}, c, e.id
		return true, again
	}
	c := s.chart.countryAt(at)
	if !slices.Contains(codes, c) {
		return false, false
	}
	again = s.cursor == c && s.event == 0
	s.came, s.cursor, s.event = step{}, c, 0
	return true, again
}

// eventAt is the gravest of the newest incidents whose mark is at a cell, and a country of the desk that it is in.
func (s *Screen) eventAt(f screen.Frame, at cell, codes []country.Code) (worst *event, in country.Code) {
	if !s.layers.incidents() {
		return nil, country.Unknown
	}
	p := s.projection(f)
	for i := range s.news.events {
		e := &s.news.events[i]
		where, on := cellOf(p, e.at)
		if !e.placed || !on || where != at || worst != nil && e.kind(f.Now) >= worst.kind(f.Now) {
			continue
		}
		for _, c := range e.row.Countries {
			if slices.Contains(codes, c) {
				worst, in = e, c
				break
			}
		}
	}
	return worst, in
}

// countryAt is the country whose name stands at a cell, else the one that has most of its dots.
func (c *chart) countryAt(at cell) country.Code {
	for code, l := range c.labels {
		if l.y == at.y && at.x >= l.x && at.x < l.x+width(l.text) {
			return code
		}
	}
	across, down := c.landOf.dots.Grid()
	dots, most := map[country.Code]int{}, country.Unknown
	for y := range down {
		for x := range across {
			code := country.Code(c.land.Owner(at.x*across+x, at.y*down+y))
			if dots[code]++; code.Known() && (dots[code] > dots[most] || !most.Known()) {
				most = code
			}
		}
	}
	return most
}
