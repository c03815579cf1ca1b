package geo

import (
	"cmp"
	"slices"
)

// span is a range of longitudes, from the west to the east.
type span struct{ west, east float64 }

// around is the shortest range that holds all spans, the antimeridian being no border: what is left of the circle is the
// widest gap between them.
func around(spans []span) (west, east float64) {
	slices.SortFunc(spans, func(a, b span) int { return cmp.Compare(a.west, b.west) })
	end := spans[0].east
	west, east = spans[0].west, spans[0].east
	for _, s := range spans {
		east = max(east, s.east)
	}
	widest := spans[0].west + 360 - east // across the antimeridian
	for _, s := range spans[1:] {
		if gap := s.west - end; gap > widest {
			widest, west, east = gap, s.west, end
		}
		end = max(end, s.east)
	}
	return west, east
}
