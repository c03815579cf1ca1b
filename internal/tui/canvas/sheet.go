package canvas

import (
	"slices"
	"strings"

	"vigil/internal/theme"
)

// Look is how an area is drawn.
type Look struct {
	Fill    Pattern
	Role    theme.Role
	Outline bool // where it meets others
	Weight  int  // which role a cell takes that several areas share: that of the heaviest
}

// cell is one cell of a sheet.
type cell struct {
	char  rune
	mask  uint8 // the dots of char, where it was made of dots
	role  theme.Role
	taken bool // text stands here
	lined bool // a line goes through here
}

// Sheet is what stands in each cell.
type Sheet struct {
	Width, Height int
	dots          Dots
	cells         []cell
}

// NewSheet makes an empty sheet.
func NewSheet(d Dots, width, height int) *Sheet {
	s := &Sheet{Width: max(0, width), Height: max(0, height), dots: d}
	s.cells = make([]cell, s.Width*s.Height)
	for i := range s.cells {
		s.cells[i].char = ' '
	}
	return s
}

// Draw makes a sheet from a raster: a dot is lit on the edge of an area that has an outline, and inside by its pattern.
func Draw(r *Raster, looks []Look) *Sheet {
	s := NewSheet(r.Dots, r.Width, r.Height)
	for y := range s.Height {
		for x := range s.Width {
			s.cells[y*s.Width+x] = drawCell(r, looks, x, y)
		}
	}
	return s
}

// Copy is a sheet that can be drawn over.
func (s *Sheet) Copy() *Sheet {
	c := *s
	c.cells = slices.Clone(s.cells)
	return &c
}

func lookOf(looks []Look, a Area) Look {
	if int(a) < len(looks) {
		return looks[a]
	}
	return Look{}
}

func drawCell(r *Raster, looks []Look, x, y int) cell {
	gx, gy := r.Dots.Grid()
	var c cell
	inner := r.Owner(x*gx, y*gy)
	edged, heaviest := false, -1
	for dy := range gy {
		for dx := range gx {
			px, py := x*gx+dx, y*gy+dy
			a := r.Owner(px, py)
			if a != inner {
				inner = 0
			}
			if a == 0 {
				continue
			}
			l := lookOf(looks, a)
			edge := l.Outline && edgeAt(r, looks, px, py, a)
			edged = edged || edge
			if edge || r.Dots == Braille && l.Fill.lit(px, py) && deep(r, px, py, a) {
				c.mask |= 1 << (dy*gx + dx)
			}
			if l.Weight > heaviest && (edge || l.Fill != Blank) {
				heaviest, c.role = l.Weight, l.Role
			}
		}
	}
	c.char = r.Dots.char(c.mask)
	if r.Dots != Braille && !edged && inner != 0 {
		c.char = lookOf(looks, inner).Fill.sign(r.Dots, x, y)
	}
	return c
}

// deep reports whether a dot is so far inside its area that its pattern leaves the outline to be seen.
func deep(r *Raster, x, y int, a Area) bool {
	const off = 3
	across, down := r.Size()
	for _, d := range [4][2]int{{off, 0}, {0, off}, {-off, 0}, {0, -off}} {
		nx, ny := x+d[0], y+d[1]
		if nx >= 0 && ny >= 0 && nx < across && ny < down && r.Owner(nx, ny) != a {
			return false
		}
	}
	return true
}

// edgeAt reports whether a dot of an area is on its edge. A border is drawn once: by the heavier of two areas, or the one to the left or above. What
// lies beyond the raster is no edge.
func edgeAt(r *Raster, looks []Look, x, y int, a Area) bool {
	mine := lookOf(looks, a).Weight
	across, down := r.Size()
	for k, d := range [4][2]int{{1, 0}, {0, 1}, {-1, 0}, {0, -1}} {
		nx, ny := x+d[0], y+d[1]
		if nx < 0 || ny < 0 || nx >= across || ny >= down {
			continue
		}
		b := r.Owner(nx, ny)
		if b == a {
			continue
		}
		other := lookOf(looks, b)
		if b == 0 || !other.Outline || other.Weight < mine || other.Weight == mine && k < 2 {
			return true
		}
	}
	return false
}

// Plot lights a dot at a position in cells, instead of what was drawn in its cell before; text stays, and so do other dots that were plotted.
func (s *Sheet) Plot(x, y float64, role theme.Role) {
	gx, gy := s.dots.Grid()
	px, py := floor(x*float64(gx)), floor(y*float64(gy))
	if px < 0 || py < 0 || px >= s.Width*gx || py >= s.Height*gy {
		return
	}
	c := &s.cells[py/gy*s.Width+px/gx]
	if c.taken {
		return
	}
	if !c.lined { // within a pattern nobody would see a line
		c.mask, c.lined = 0, true
	}
	c.mask |= 1 << (py%gy*gx + px%gx)
	c.char, c.role = s.dots.char(c.mask), role
	if s.dots == ASCII { // its few signs for dots are those of the outlines: without colours nobody would tell a line from a coast
		c.char = lineSign
	}
}

// lineSign stands in ASCII in the cells through which a line goes.
const lineSign = '"'

func floor(v float64) int {
	n := int(v)
	if v < float64(n) {
		n--
	}
	return n
}

// Line lights the dots between two positions in cells. Positions far outside are left out.
func (s *Sheet) Line(x0, y0, x1, y1 float64, role theme.Role) {
	gx, gy := s.dots.Grid()
	steps := int(max(abs(x1-x0)*float64(gx), abs(y1-y0)*float64(gy))) + 1
	if limit := 8 * (s.Width*gx + s.Height*gy); steps > limit {
		return
	}
	for k := range steps + 1 {
		t := float64(k) / float64(steps)
		s.Plot(x0+(x1-x0)*t, y0+(y1-y0)*t, role)
	}
}

func abs(v float64) float64 { return max(v, -v) }

// Free reports whether text of so many cells has room at a cell, with nothing written there.
func (s *Sheet) Free(x, y, n int) bool {
	if x < 0 || y < 0 || y >= s.Height || x+n > s.Width {
		return false
	}
	for k := range n {
		if s.cells[y*s.Width+x+k].taken {
			return false
		}
	}
	return true
}

// Write puts text into cells, over whatever is there. Each of its characters is one cell wide; those outside the sheet are left out.
func (s *Sheet) Write(x, y int, text string, role theme.Role) {
	if y < 0 || y >= s.Height {
		return
	}
	for _, r := range text {
		if x >= 0 && x < s.Width {
			s.cells[y*s.Width+x] = cell{char: r, role: role, taken: true}
		}
		x++
	}
}

// Clear takes what is drawn out of a cell, so that text beside it can be read; text stays.
func (s *Sheet) Clear(x, y int) {
	if x >= 0 && y >= 0 && x < s.Width && y < s.Height && !s.cells[y*s.Width+x].taken {
		s.cells[y*s.Width+x] = cell{char: ' '}
	}
}

// Lines are the lines of the sheet, each exactly as wide as it is. Reverse would make a pattern that of the dots that are not lit, and blocks holes.
func (s *Sheet) Lines(p *theme.Palette) []string {
	drawn := p.Solid()
	lines := make([]string, s.Height)
	var line, run strings.Builder
	for y := range s.Height {
		line.Reset()
		role, with := theme.Text, drawn
		flush := func() {
			line.WriteString(with.Paint(role, run.String()))
			run.Reset()
		}
		for x := range s.Width {
			c := &s.cells[y*s.Width+x]
			is, by := c.role, drawn
			switch {
			case c.taken:
				by = p
			case c.char == ' ':
				is = theme.Text // a style may fill what is blank
			}
			if is != role || by != with {
				flush()
				role, with = is, by
			}
			run.WriteRune(c.char)
		}
		flush()
		lines[y] = line.String()
	}
	return lines
}
