package worldmap

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"vigil/internal/country"
	"vigil/internal/figure"
	"vigil/internal/picture"
	"vigil/internal/presence"
	"vigil/internal/theme"
	"vigil/internal/tui/atlas"
	"vigil/internal/tui/canvas"
	"vigil/internal/tui/listing"
	"vigil/internal/tui/screen"
)

// chart is a map as it was drawn last, in the parts that cost something. Which dots are whose changes with the part of the earth that is
// shown; what stands on them with the picture, the minute and the shading; and only what is selected with the cursor.
type chart struct {
	land   *canvas.Raster
	landOf landKey
	base   *canvas.Sheet
	baseOf baseKey
	labels map[country.Code]spot // where names stand
	// nameless are the countries without room for a label; shown the incidents on this part of the earth.
	nameless, shown int
	lands, bases    int // how often each was drawn, for tests
}

type landKey struct {
	p    atlas.Projection
	dots canvas.Dots
}

type baseKey struct {
	land    landKey
	view    picture.View
	minute  time.Time
	by      Shading
	layers  layers
	palette *theme.Palette
	hand    figure.Hand
}

// spot is where text stands.
type spot struct {
	x, y int
	text string
}

// layers are what is shown besides the countries.
type layers uint8

const (
	everything layers = iota
	incidentsOnly
	staffOnly
	countriesOnly
	layerCount
)

func (l layers) incidents() bool { return l == everything || l == incidentsOnly }
func (l layers) staff() bool     { return l == everything || l == staffOnly }

// ask is what is to be drawn.
type ask struct {
	p      atlas.Projection
	dots   canvas.Dots
	by     Shading
	layers layers
	cursor country.Code
	event  *event // selected; nil if none is
	signs  bool   // say in a corner how to see what the signs mean
}

// draw is the map in exactly the lines and cells of its projection.
func (c *chart) draw(f screen.Frame, n *news, a ask) []string {
	key := landKey{a.p, a.dots}
	if c.land == nil || c.landOf != key {
		c.land, c.landOf = atlas.Land(a.p, a.dots), key
		c.lands++
	}
	based := baseKey{key, f.View, f.Now, a.by, a.layers, f.Palette, f.Hand}
	if c.base == nil || c.baseOf != based {
		c.drawBase(f, n, a)
		c.baseOf = based
		c.bases++
	}
	over := c.base.Copy()
	c.lay(over, f, a)
	return over.Lines(f.Palette)
}

// drawBase draws all that does not depend on what is selected: countries, then marks, then names where these leave room.
func (c *chart) drawBase(f screen.Frame, n *news, a ask) {
	m := f.Hand
	c.base = canvas.Draw(c.land, looks(f.View, a.by, m))
	c.shown = 0
	if a.signs {
		say := onMap(m.Say("signs: ?"), "signs: ?")
		write(c.base, spot{c.base.Width - width(say), c.base.Height - 1, say}, theme.Dim)
	}
	if a.layers.incidents() {
		c.shown = drawEvents(c.base, a.p, n.events, f)
	}
	if a.layers.staff() {
		drawStaff(c.base, a.p, n)
	}
	c.label(f, a, m)
}

// cell is one of the map, from its upper left corner.
type cell struct{ x, y int }

// cellOf is where a position stands; ok is false where it is not on the map.
func cellOf(p atlas.Projection, at point) (cell, bool) {
	if !p.Sees(at, 0) {
		return cell{}, false
	}
	x, y := p.Cell(at)
	return cell{int(x), int(y)}, true
}

// drawEvents marks the incidents: the gravest of each cell, with how many there are where there are several.
func drawEvents(s *canvas.Sheet, p atlas.Projection, events []event, f screen.Frame) (shown int) {
	type heap struct {
		n     int
		worst kind
		role  theme.Role
	}
	heaps := map[cell]*heap{}
	var order []cell
	for i := range events {
		e := &events[i]
		at, on := cellOf(p, e.at)
		if !e.placed || !on {
			continue
		}
		shown++
		h := heaps[at]
		k := e.kind(f.Now)
		if h == nil {
			h = &heap{worst: k, role: e.role(k)}
			heaps[at] = h
			order = append(order, at)
		}
		h.n++
		if k < h.worst {
			h.worst, h.role = k, e.role(k)
		}
	}
	for _, at := range order {
		s.Write(at.x, at.y, glyphs[heaps[at].worst], heaps[at].role)
	}
	for _, at := range order {
		h := heaps[at]
		text := f.Number(h.n)
		n := width(text)
		if h.n > 1 && s.Free(at.x-n, at.y, n) && (at.x-n == 0 || s.Free(at.x-n-1, at.y, 1)) { // else it would be read as that of another
			s.Write(at.x-n, at.y, text, h.role)
		}
	}
	return shown
}

// role of an incident's mark.
func (e *event) role(k kind) theme.Role {
	switch k {
	case lasting:
		return theme.Hazard
	case olderOther, olderUrgent:
		return theme.Dim
	}
	if r := listing.SeverityRole(e.row.Severity); r != theme.SeverityUnknown {
		return r
	}
	if k == freshUrgent {
		return theme.SeveritySevere
	}
	return theme.New
}

// The marks of staff and of what is tracked.
const (
	staffMark   = "@"
	trackedMark = "T"
	goneMark    = "t" // where it was: its position is no longer good
)

func drawStaff(s *canvas.Sheet, p atlas.Projection, n *news) {
	beside := func(at cell, text string, role theme.Role) {
		for _, d := range [...]cell{{0, 0}, {1, 0}, {-1, 0}, {0, 1}, {0, -1}, {1, 1}, {-1, 1}} {
			if s.Free(at.x+d.x, at.y+d.y, len(text)) {
				s.Write(at.x+d.x, at.y+d.y, text, role)
				return
			}
		}
	}
	for _, k := range n.clusters {
		if at, on := cellOf(p, k.At); k.Placed && on {
			beside(at, staffMark, theme.Accent)
		}
	}
	for i := range n.tracked {
		t := &n.tracked[i]
		if at, on := cellOf(p, t.Point); on {
			mark, role := trackedMark, theme.Accent
			if t.Fix == presence.Stale {
				mark, role = goneMark, theme.Stale
			}
			beside(at, mark, role)
		}
	}
}

// label writes the names: the worst of the home countries first, so that they have the most room.
func (c *chart) label(f screen.Frame, a ask, m figure.Hand) {
	c.labels, c.nameless = map[country.Code]spot{}, 0
	w := &writer{s: c.base, r: c.land, reserved: map[cell]bool{}}
	list := byWeight(f.View, a.by, m)
	anchors := w.anchors(list, a.p)
	for _, k := range list {
		at, on := anchors[k.Code]
		if !on {
			continue
		}
		s := shadeOf(k, a.by, m)
		put, ok := w.place(k.Code, at, s)
		if !ok {
			c.nameless++
			continue
		}
		write(c.base, put, s.role)
		c.labels[k.Code] = put
	}
}

// write writes a name with a blank at either side.
func write(s *canvas.Sheet, at spot, role theme.Role) {
	s.Clear(at.x-1, at.y)
	s.Clear(at.x+width(at.text), at.y)
	s.Write(at.x, at.y, at.text, role)
}

// byWeight are the countries in the order in which they get room: those of the desk's home first, then the worst.
func byWeight(v picture.View, by Shading, m figure.Hand) []*picture.Country {
	list := slices.Collect(v.Countries())
	slices.SortStableFunc(list, func(a, b *picture.Country) int {
		return cmp.Or(
			cmp.Compare(truth(b.Home), truth(a.Home)),
			cmp.Compare(gravity(b, by, m), gravity(a, by, m)), cmp.Compare(a.Code.String(), b.Code.String()),
		)
	})
	return list
}

// gravity orders countries by their shade. What is not known, and what nobody sees, stands below the fourth step and above the third: it is
// never sorted as calm.
func gravity(c *picture.Country, by Shading, m figure.Hand) int {
	fill := shadeOf(c, by, m).fill
	if fill > canvas.Shade6 {
		return 2*int(canvas.Shade3) + 1
	}
	return 2 * int(fill)
}

// lay lays over what is selected: the name of the country under the cursor, whatever is below it, and the ring around an incident.
func (c *chart) lay(s *canvas.Sheet, f screen.Frame, a ask) {
	if e := a.event; e != nil {
		drawRing(s, a.p, e.at, e.ring())
	}
	c.drawCursor(s, f, a)
	if e := a.event; e != nil {
		if at, on := cellOf(a.p, e.at); on {
			s.Write(at.x, at.y, glyphs[e.kind(f.Now)], theme.Selected)
		}
	}
}

func drawRing(s *canvas.Sheet, p atlas.Projection, around point, km float64) {
	const points = 72
	p.Closed(atlas.Ring(around, km, points), func(x0, y0, x1, y1 float64) { s.Line(x0, y0, x1, y1, theme.Accent) })
}

func (c *chart) drawCursor(s *canvas.Sheet, f screen.Frame, a ask) {
	row, ok := f.View.Country(a.cursor)
	at, on := c.anchorOf(a.cursor, a.p)
	if !ok || !on {
		return
	}
	sh := shadeOf(row, a.by, f.Hand)
	put := c.cursorSpot(s, a.cursor, at, a.cursor.Alpha3()+" "+sh.words)
	write(s, put, theme.Selected)
	s.Write(put.x-1, put.y, f.Palette.Glyph(theme.Pointer), theme.Accent)
}

// cursorSpot finds room for the name under the cursor, with the pointer before it: whole, where it hides nothing else; else as it stands there
// already; else over what is there, all of it.
func (c *chart) cursorSpot(s *canvas.Sheet, code country.Code, at cell, full string) spot {
	own, has := c.labels[code]
	free := func(x, y, n int) bool {
		if x < 0 || x+n > s.Width || y < 0 || y >= s.Height {
			return false
		}
		for k := x; k < x+n; k++ {
			if mine := has && y == own.y && k >= own.x && k < own.x+width(own.text); !mine && !s.Free(k, y, 1) {
				return false
			}
		}
		return true
	}
	n := width(full)
	for _, dy := range []int{0, -1, 1, -2, 2} {
		if x := max(1, min(at.x-n/2, s.Width-n)); free(x-1, at.y+dy, n+1) {
			c.erase(s, own)
			return spot{x, at.y + dy, full}
		}
	}
	if has && free(own.x-1, own.y, width(own.text)+1) {
		return own
	}
	put := spot{max(1, min(at.x-n/2, s.Width-n)), at.y, full}
	for _, l := range c.labels {
		if l.y == put.y && l.x < put.x+n && l.x+width(l.text) > put.x-1 {
			c.erase(s, l) // half a name would be that of another
		}
	}
	c.erase(s, own)
	return put
}

// erase takes a name away.
func (c *chart) erase(s *canvas.Sheet, l spot) {
	s.Write(l.x, l.y, strings.Repeat(" ", width(l.text)), theme.Text)
}
