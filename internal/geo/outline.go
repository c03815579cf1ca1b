package geo

import (
	_ "embed"
	"sync"

	"vigil/internal/country"
	"vigil/internal/incident"
)

// outlinesData has the rings of countries by their numbers: see the generator's appendRing.
//
//go:embed outlines.bin
var outlinesData []byte

// outlineScale is how many units a degree has in outlinesData.
const outlineScale = 1000

// drawn is what there is to draw, and the same as an index of land.
type drawn struct {
	rings map[country.Code][][]incident.Point
	land  index
}

var outlines = sync.OnceValue(func() *drawn { return newDrawn(outlinesData) })

func newDrawn(data []byte) *drawn {
	d := &drawn{rings: make(map[country.Code][][]incident.Point)}
	codes := make(map[int]country.Code)
	for _, c := range country.All() {
		codes[c.Numeric()] = c
	}
	for len(data) > 0 {
		var number int
		var ring []vertex
		number, ring, data = nextRing(data)
		c := codes[number]
		points := make([]incident.Point, len(ring))
		for i, v := range ring {
			points[i] = incident.Point{Lat: float64(v.y) / outlineScale, Lon: float64(v.x) / outlineScale}
			ring[i].x *= scale / outlineScale
			ring[i].y *= scale / outlineScale
		}
		d.rings[c] = append(d.rings[c], points)
		for i, v := range ring {
			d.land.add(uint16(c), edge{v, ring[(i+1)%len(ring)]})
		}
	}
	return d
}

// Outline is the outline of a country for a map: rings of three points or more, closed without
// repeating the first, lakes and enclaves among them as rings inside others, which an even-odd filling
// leaves open. No ring crosses the antimeridian: a country on both sides of it has rings on both. They are right to some 3 km,
// islands and lakes of less than 11 km are left out where a country has a large one; every country has an outline. It is nil for Unknown.
//
// The outlines are those of Natural Earth, with territories and disputed places given to whom [At] gives them,
// except for East Jerusalem, the Golan and Abyei, which are too small. The slices are shared and must not be changed.
func Outline(c country.Code) [][]incident.Point { return outlines().rings[c] }

// Box is what a country extends to, in degrees. Where West is greater than East it passes the antimeridian.
type Box struct{ South, North, West, East float64 }

// Extent is the smallest box around the outline of a country; false for Unknown.
func Extent(c country.Code) (Box, bool) {
	rings := Outline(c)
	if len(rings) == 0 {
		return Box{}, false
	}
	b := Box{South: 90, North: -90}
	lons := make([]span, 0, len(rings))
	for _, ring := range rings {
		s := span{180, -180}
		for _, p := range ring {
			b.South, b.North = min(b.South, p.Lat), max(b.North, p.Lat)
			s.west, s.east = min(s.west, p.Lon), max(s.east, p.Lon)
		}
		lons = append(lons, s)
	}
	b.West, b.East = around(lons)
	return b, true
}

// onDry reports whether a point is on land as far as the outlines go.
func onDry(v vertex) bool {
	_, ok := outlines().land.find(v)
	return ok
}
