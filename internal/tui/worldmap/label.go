package worldmap

import (
	"unicode/utf8"

	"vigil/internal/country"
	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/tui/atlas"
	"vigil/internal/tui/canvas"
)

type point = incident.Point

func width(s string) int { return utf8.RuneCountInString(s) }

// writer finds places for names.
type writer struct {
	s        *canvas.Sheet
	r        *canvas.Raster
	reserved map[cell]bool // where countries have their own place, so that no longer name of another takes it
}

// anchors are the cells in which countries have their place, of those that are on the map.
func (w *writer) anchors(list []*picture.Country, p atlas.Projection) map[country.Code]cell {
	all := map[country.Code]cell{}
	for _, c := range list {
		if at, on := anchorOn(w.r, c.Code, p); on {
			all[c.Code] = at
			w.reserved[at] = true
		}
	}
	return all
}

func (c *chart) anchorOf(code country.Code, p atlas.Projection) (cell, bool) {
	return anchorOn(c.land, code, p)
}

// anchorOn is the cell of a country's label; where that is off the map, the cell of it that is nearest to the middle.
func anchorOn(r *canvas.Raster, code country.Code, p atlas.Projection) (cell, bool) {
	at, ok := atlas.Label(code)
	if !ok {
		return cell{}, false
	}
	if on, sees := cellOf(p, at); sees {
		return on, true
	}
	for _, roomy := range []bool{true, false} { // where a name has room, if it has any
		best, least, found := cell{}, 0, false
		for y := range r.Height {
			for x := range r.Width {
				dx, dy := x-r.Width/2, 2*(y-r.Height/2)
				if far := dx*dx + dy*dy; (!found || far < least) && inside(r, code, x, y) && (!roomy || roomFor(r, code, x, y)) {
					best, least, found = cell{x, y}, far, true
				}
			}
		}
		if found {
			return best, true
		}
	}
	return cell{}, false
}

// roomFor reports whether a country surrounds a cell as far as a name goes.
func roomFor(r *canvas.Raster, code country.Code, x, y int) bool {
	const half = 5
	for _, d := range []cell{{-half, 0}, {half, 0}, {0, -1}, {0, 1}} {
		if !inside(r, code, x+d.x, y+d.y) {
			return false
		}
	}
	return true
}

// inside reports whether the middle of a cell is a country's.
func inside(r *canvas.Raster, code country.Code, x, y int) bool {
	gx, gy := r.Dots.Grid()
	return r.Owner(x*gx+gx/2, y*gy+gy/2) == atlas.AreaOf(code)
}

// place finds room for a name: with the whole figure inside the country, or beside it where it is small; else the figure alone where the country
// has its place.
func (w *writer) place(code country.Code, at cell, s shade) (spot, bool) {
	full := code.Alpha3() + " " + s.words
	short := code.Alpha3() + " " + s.short
	for _, text := range []string{full, short} {
		n := width(text)
		for _, dy := range []int{0, -1, 1, -2, 2} {
			if x := at.x - n/2; w.has(code, at, x, at.y+dy, n, true) {
				return spot{x, at.y + dy, text}, true
			}
		}
	}
	for _, try := range []struct {
		text string
		far  int
	}{{full, 2}, {short, 2}, {short, 6}} {
		if found, ok := w.beside(code, at, try.text, try.far); ok {
			return found, true
		}
	}
	for _, d := range []cell{{0, 0}, {1, 0}, {-1, 0}, {0, 1}, {0, -1}} {
		if w.alone(at.x+d.x, at.y+d.y) && (d == cell{} || !w.reserved[cell{at.x + d.x, at.y + d.y}]) {
			return spot{at.x + d.x, at.y + d.y, s.one}, true
		}
	}
	return spot{}, false
}

// alone reports whether a cell has blanks beside it: a letter at the end of another name would be read as part of it.
func (w *writer) alone(x, y int) bool {
	from, to := max(0, x-1), min(w.s.Width, x+2)
	return w.s.Free(from, y, to-from)
}

// beside looks for room around the place of a country, as near as there is any, fewer than so many cells away. Its own cell belongs to the name.
func (w *writer) beside(code country.Code, at cell, text string, far int) (spot, bool) {
	n := width(text)
	for off := range far {
		up := min((off+1)/2, 2) // a line is as high as two cells are wide; what stands farther off is another's
		for _, try := range []cell{
			{at.x + 1 - n + off, at.y},
			{at.x - off, at.y},
			{at.x - n/2, at.y - up},
			{at.x - n/2, at.y + up},
			{at.x + off, at.y - up},
			{at.x + off, at.y + up},
			{at.x - n + 1 - off, at.y - up},
			{at.x - n + 1 - off, at.y + up},
		} {
			if w.has(code, at, try.x, try.y, n, false) {
				return spot{try.x, try.y, text}, true
			}
		}
	}
	return spot{}, false
}

// has reports whether text has room: nothing is written there, and no other country has its place there. Within its own, most of it must stand on
// the country or on nobody's.
func (w *writer) has(code country.Code, at cell, x, y, n int, within bool) bool {
	from, to := max(0, x-1), min(w.s.Width, x+n+1) // a blank at either side
	if x < 0 || x+n > w.s.Width || !w.s.Free(from, y, to-from) {
		return false
	}
	own := 0
	for k := x; k < x+n; k++ {
		if w.reserved[cell{k, y}] && (cell{k, y}) != at {
			return false
		}
		if inside(w.r, code, k, y) {
			own++
		}
	}
	const most = 4 // fifths
	return !within || 5*own >= most*n
}
