// Package canvas draws on a grid of dots of which several stand in one cell of the terminal: areas, lines and text over them.
//
// It works in two steps, because they cost differently. A [Raster] says for each dot whose it is: that takes a look at every edge of every
// outline, and is done anew only when the view has changed. A [Sheet] is what stands in each cell: made from a raster and how each area is
// to look, in a fraction of that time, and what is laid over it can be laid over a copy.
//
// Dots are shown as braille (2×4 in a cell), as quadrant blocks (2×2) for fonts without braille, or in ASCII (1×2). With all three a shade is
// a pattern, and not a colour alone.
//
// ntcharts has a braille grid (canvas/graph), and was looked at: it has no areas, no blocks and no ASCII, and holds a style for each
// cell, where runs of cells in one style cost a slow link less; bubbles, bubblezone and a noise generator would come with it.
//
// Everything is pure; nothing is safe for use by several goroutines at once but what nobody changes any more.
package canvas

import "slices"

// Dots is how dots are shown.
type Dots uint8

// The ways to show dots, from fine to coarse.
const (
	Braille Dots = iota
	Blocks
	ASCII
)

// Grid is how many dots a cell has, across and down.
func (d Dots) Grid() (across, down int) {
	switch d {
	case Braille:
		return 2, 4
	case Blocks:
		return 2, 2
	default:
		return 1, 2
	}
}

// Area is whose a dot is; 0 is nobody's.
type Area uint16

// Raster says whose each dot is.
type Raster struct {
	Dots          Dots
	Width, Height int // in cells
	across, down  int // in dots
	owners        []Area
	crossings     [][]float64 // of the area that is being traced, by row of dots
	touched       []int       // the rows that have any
}

// NewRaster makes a raster of so many cells that belongs to nobody.
func NewRaster(d Dots, width, height int) *Raster {
	gx, gy := d.Grid()
	r := &Raster{Dots: d, Width: max(0, width), Height: max(0, height)}
	r.across, r.down = r.Width*gx, r.Height*gy
	r.owners = make([]Area, r.across*r.down)
	r.crossings = make([][]float64, r.down)
	return r
}

// Size is the number of dots across and down.
func (r *Raster) Size() (across, down int) { return r.across, r.down }

// Owner is whose a dot is; nobody's outside the raster.
func (r *Raster) Owner(x, y int) Area {
	if x < 0 || y < 0 || x >= r.across || y >= r.down {
		return 0
	}
	return r.owners[y*r.across+x]
}

// Dot gives one dot to an area; none outside the raster.
func (r *Raster) Dot(x, y int, a Area) {
	if x >= 0 && y >= 0 && x < r.across && y < r.down {
		r.owners[y*r.across+x] = a
	}
}

// Edge adds an edge to the outline that the next Fill fills. Positions are in cells, from the upper left corner, and may lie
// anywhere. The outline may be of several rings.
func (r *Raster) Edge(x0, y0, x1, y1 float64) {
	gx, gy := r.Dots.Grid()
	x0, x1, y0, y1 = x0*float64(gx), x1*float64(gx), y0*float64(gy), y1*float64(gy)
	if y0 > y1 {
		x0, y0, x1, y1 = x1, y1, x0, y0
	}
	if y1 < 0 || y0 >= float64(r.down) || y0 == y1 {
		return
	}
	first, last := rowFrom(y0), rowFrom(y1) // rows whose middle lies in [y0, y1)
	slope := (x1 - x0) / (y1 - y0)
	for y := max(0, first); y < min(last, r.down); y++ {
		if len(r.crossings[y]) == 0 {
			r.touched = append(r.touched, y)
		}
		r.crossings[y] = append(r.crossings[y], x0+(float64(y)+middle-y0)*slope)
	}
}

// middle is where in a dot its middle is.
const middle = 0.5

// rowFrom is the first row (or column) of dots whose middle is not before v.
func rowFrom(v float64) int {
	n := int(v - middle)
	for float64(n)+middle < v {
		n++
	}
	for float64(n-1)+middle >= v {
		n--
	}
	return n
}

// Fill gives an area every dot whose middle the edges surround, by the even-odd rule, and forgets the edges. It is how many dots that
// were.
func (r *Raster) Fill(a Area) (n int) {
	for _, y := range r.touched {
		xs := r.crossings[y]
		slices.Sort(xs)
		row := r.owners[y*r.across : (y+1)*r.across]
		for k := 0; k+1 < len(xs); k += 2 {
			from, to := clampFrom(xs[k], r.across), clampFrom(xs[k+1], r.across)
			for x := from; x < to; x++ {
				row[x] = a
			}
			n += max(0, to-from)
		}
		r.crossings[y] = xs[:0]
	}
	r.touched = r.touched[:0]
	return n
}

func clampFrom(v float64, most int) int {
	switch {
	case v <= 0:
		return 0
	case v >= float64(most):
		return most
	}
	return rowFrom(v)
}
