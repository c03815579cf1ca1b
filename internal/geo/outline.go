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

// drawn are the rings of the outlines, by country.
func drawn() []ring {
	codes := make(map[int]country.Code)
	for _, c := range country.All() {
		codes[c.Numeric()] = c
	}
	rings := unpack(outlinesData, scale/outlineScale)
	for i := range rings {
		rings[i].owner = int(codes[rings[i].owner])
	}
	return rings
}

var outlines = sync.OnceValue(func() map[country.Code][][]incident.Point {
	all := make(map[country.Code][][]incident.Point)
	for _, r := range drawn() {
		points := make([]incident.Point, len(r.line))
		for i, v := range r.line {
			points[i] = incident.Point{Lat: float64(v.y) / scale, Lon: float64(v.x) / scale}
		}
		c := country.Code(r.owner)
		all[c] = append(all[c], points)
	}
	return all
})

// dryLand is what the outlines surround, indexed.
var dryLand = sync.OnceValue(func() *index { return newIndex(drawn()) })

// Outline is the outline of a country for a map: rings of three points or more, closed without
// repeating the first, lakes and enclaves among them as rings inside others, which an even-odd filling
// leaves open. No ring crosses the antimeridian: a country on both sides of it has rings on both. They are right to some 3 km,
// islands and lakes of less than 11 km are left out where a country has a large one; every country has an outline. It is nil for Unknown.
//
// The outlines are those of Natural Earth, with territories and disputed places given to whom [At] gives them,
// except for East Jerusalem, the Golan and Abyei, which are too small. The slices are shared and must not be changed.
func Outline(c country.Code) [][]incident.Point { return outlines()[c] }

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
	_, ok := dryLand().find(v)
	return ok
}

// Around is the smallest box that holds all of the boxes, the antimeridian being no border; false of none.
func Around(boxes ...Box) (Box, bool) {
	if len(boxes) == 0 {
		return Box{}, false
	}
	all := Box{South: 90, North: -90}
	lons := make([]span, 0, len(boxes))
	for _, b := range boxes {
		all.South, all.North = min(all.South, b.South), max(all.North, b.North)
		if b.West > b.East {
			lons = append(lons, span{b.West, 180}, span{-180, b.East})
			continue
		}
		lons = append(lons, span{b.West, b.East})
	}
	all.West, all.East = around(lons)
	return all, true
}
