package geo

import (
	_ "embed"
	"encoding/binary"
	"math"
	"sync"

	"vigil/internal/country"
	"vigil/internal/incident"
)

// bordersData has the rings of places: see the generator's appendRing.
//
//go:embed borders.bin
var bordersData []byte

// scale is how many units a degree has in the data: 1.1 m each.
const scale = 100_000

// place is a part of a country with borders of its own.
type place struct {
	name            string
	code, sovereign country.Code // whose it is; and, of a territory, to whom that belongs
}

// Measured on two cores of a busy machine: the data take 126 kB in the program and 2 MB unpacked, a look-up some 130 ns without
// allocating, the first one 4 ms (BenchmarkAt).
//
// The borders are indexed by bands of latitude. What of a ring runs through a band lies together there, so
// that a look-up reads only the edges of the places that are beside it.
const (
	bandHeight = scale / 2
	bands      = 180 * scale / bandHeight
)

type (
	vertex struct{ x, y int32 } // longitude and latitude in units of scale
	edge   struct{ a, b vertex }
	// run is the edges of one place in one band.
	run struct {
		west, east int32 // what they extend to
		place      uint16
		edges      []edge
		n          int // of them
	}
	index struct{ bands [bands][]run }
)

var borders = sync.OnceValue(func() *index { return newIndex(unpack(bordersData, 1)) })

// ring is a closed line of a place, or of a country by its number.
type ring struct {
	owner int
	line  []vertex
}

// unpack reads the rings of data, in units of scale of which each of the data's own has unit. The data are part of the
// program and checked by its tests.
func unpack(data []byte, unit int32) (rings []ring) {
	for len(data) > 0 {
		var r ring
		r.owner, r.line, data = nextRing(data)
		for i := range r.line {
			r.line[i].x *= unit
			r.line[i].y *= unit
		}
		rings = append(rings, r)
	}
	return rings
}

// newIndex indexes rings. It goes over them twice: counting first costs less than moving what has grown.
func newIndex(rings []ring) *index {
	var ix index
	each := func(do func(r *run, e edge)) {
		for i := range rings {
			r := &rings[i]
			for k, v := range r.line {
				e := edge{v, r.line[(k+1)%len(r.line)]}
				for b := band(min(e.a.y, e.b.y)); b <= band(max(e.a.y, e.b.y)); b++ {
					do(ix.run(b, uint16(r.owner)), e)
				}
			}
		}
	}
	total := 0
	each(func(r *run, _ edge) {
		r.n++
		total++
	})
	all := make([]edge, total)
	for b := range ix.bands {
		for i := range ix.bands[b] {
			r := &ix.bands[b][i]
			r.edges, all = all[:0:r.n], all[r.n:]
		}
	}
	each(func(r *run, e edge) {
		r.west, r.east = min(r.west, e.a.x, e.b.x), max(r.east, e.a.x, e.b.x)
		r.edges = append(r.edges, e)
	})
	return &ix
}

// run is that of a place in a band, a new one if need be.
func (ix *index) run(b int, owner uint16) *run {
	runs := ix.bands[b]
	for last := len(runs) - 1; last >= 0; last-- {
		if runs[last].place == owner {
			return &runs[last]
		}
	}
	ix.bands[b] = append(runs, run{west: math.MaxInt32, east: math.MinInt32, place: owner})
	return &ix.bands[b][len(runs)]
}

// nextRing reads a ring and returns what follows it.
func nextRing(data []byte) (owner int, line []vertex, rest []byte) {
	unsigned := func() int {
		v, n := binary.Uvarint(data)
		data = data[n:]
		return int(v)
	}
	signed := func() int32 {
		v, n := binary.Varint(data)
		data = data[n:]
		return int32(v)
	}
	owner = unsigned()
	line = make([]vertex, unsigned())
	var last vertex
	for i := range line {
		last.x += signed()
		last.y += signed()
		line[i] = last
	}
	return owner, line, data
}

// band is the one that a latitude is in.
func band(y int32) int {
	return min(int(y+90*scale)/bandHeight, bands-1)
}

// quantise is p in the units of the borders. East and west of the antimeridian are one line, which
// counts as the west.
func quantise(p incident.Point) vertex {
	v := vertex{int32(math.Round(p.Lon * scale)), int32(math.Round(p.Lat * scale))}
	if v.x == 180*scale {
		v.x = -180 * scale
	}
	return v
}

// find is the place at v. It is exact: of two places with a common border a point is in one, also on
// the border itself.
func (ix *index) find(v vertex) (int, bool) {
	for i := range ix.bands[band(v.y)] {
		r := &ix.bands[band(v.y)][i]
		if v.x >= r.west && v.x <= r.east && r.around(v) {
			return int(r.place), true
		}
	}
	return 0, false
}

// around reports whether a line from v to the east crosses the edges an odd number of times.
func (r *run) around(v vertex) bool {
	inside := false
	for i := range r.edges {
		e := &r.edges[i]
		if (e.a.y > v.y) == (e.b.y > v.y) {
			continue
		}
		switch {
		case v.x >= e.a.x && v.x >= e.b.x:
		case v.x < e.a.x && v.x < e.b.x:
			inside = !inside
		default:
			low, high := e.a, e.b
			if low.y > high.y {
				low, high = high, low
			}
			across := int64(high.x-low.x) * int64(v.y-low.y)
			if int64(v.x-low.x)*int64(high.y-low.y) < across {
				inside = !inside
			}
		}
	}
	return inside
}
