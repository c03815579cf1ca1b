package atlas

import (
	"cmp"
	"math"
	"slices"
	"sync"

	"vigil/internal/country"
	"vigil/internal/geo"
	"vigil/internal/incident"
)

// shape is what is worked out once of a country's outline.
type shape struct {
	boxes []geo.Box // of each ring
	areas []float64 // of each ring, in square degrees at the equator
	label incident.Point
}

var shapes sync.Map // of *shape, by country.Code; what is worked out twice comes out the same

func shapeOf(c country.Code) *shape {
	if s, ok := shapes.Load(c); ok {
		return s.(*shape)
	}
	rings := geo.Outline(c)
	s := &shape{}
	largest := 0
	for i, ring := range rings {
		b := geo.Box{South: 90, North: -90, West: 180, East: -180}
		area := 0.0
		for k, p := range ring {
			next := ring[(k+1)%len(ring)]
			area += (p.Lon*next.Lat - next.Lon*p.Lat) / 2
			b.South, b.North, b.West, b.East = min(b.South, p.Lat), max(b.North, p.Lat), min(b.West, p.Lon), max(b.East, p.Lon)
		}
		s.boxes = append(s.boxes, b)
		s.areas = append(s.areas, math.Abs(area)*math.Cos((b.South+b.North)/2*math.Pi/180))
		if s.areas[i] > s.areas[largest] {
			largest = i
		}
	}
	if len(rings) > 0 {
		s.label = roomiest(rings, s.boxes[largest])
	}
	shapes.Store(c, s)
	return s
}

// roomiest is the middle of the longest way from west to east through a country within a box, near its middle rather than at its ends.
func roomiest(rings [][]incident.Point, b geo.Box) incident.Point {
	const steps = 16
	best := incident.Point{Lat: (b.South + b.North) / 2, Lon: (b.West + b.East) / 2}
	longest := -1.0
	for k := 1; k < steps; k++ {
		lat := b.South + (b.North-b.South)*float64(k)/steps
		off := math.Abs(float64(k)/steps - 0.5) // of the middle
		xs := crossed(rings, lat)
		for i := 0; i+1 < len(xs); i += 2 {
			if xs[i+1] < b.West || xs[i] > b.East {
				continue
			}
			if long := (xs[i+1] - xs[i]) * math.Cos(lat*math.Pi/180) * (1 - off); long > longest {
				longest, best = long, incident.Point{Lat: lat, Lon: (xs[i] + xs[i+1]) / 2}
			}
		}
	}
	return best
}

// crossed are the longitudes at which the rings cross a parallel, in order.
func crossed(rings [][]incident.Point, lat float64) (xs []float64) {
	for _, ring := range rings {
		for k, p := range ring {
			next := ring[(k+1)%len(ring)]
			if (p.Lat > lat) != (next.Lat > lat) {
				xs = append(xs, p.Lon+(lat-p.Lat)/(next.Lat-p.Lat)*(next.Lon-p.Lon))
			}
		}
	}
	slices.Sort(xs)
	return xs
}

// Label is where a country bears its name: inside the largest of its parts, where that is wide. It is in no other country; false for Unknown.
func Label(c country.Code) (incident.Point, bool) {
	s := shapeOf(c)
	return s.label, len(s.boxes) > 0
}

// pair are two countries, the one with the smaller number first.
type pair [2]country.Code

// borders are the countries whose outlines have two points or more in common: those of a border are the same in both.
var borders = sync.OnceValue(func() map[pair]bool {
	const (
		units = 1000 // to a degree, as the outlines have them
		bits  = 16   // of a country
	)
	var points []uint64 // where, then whose: sorted this takes a fifth of what a map of positions would
	for _, c := range country.All() {
		for _, ring := range geo.Outline(c) {
			for _, at := range ring {
				y, x := math.Round((at.Lat+90)*units), math.Round((at.Lon+180)*units)
				points = append(points, (uint64(y)*(360*units+1)+uint64(x))<<bits|uint64(c))
			}
		}
	}
	slices.Sort(points)
	common := map[pair]int{}
	for i := 1; i < len(points); i++ {
		for j := i - 1; j >= 0 && points[j]>>bits == points[i]>>bits; j-- {
			common[pair{country.Code(points[j] & (1<<bits - 1)), country.Code(points[i] & (1<<bits - 1))}]++
		}
	}
	all := make(map[pair]bool, len(common))
	for p, n := range common {
		all[p] = n > 1 && p[0] != p[1]
	}
	return all
})

// Borders reports whether two countries have a border in common on the map.
func Borders(a, b country.Code) bool { return borders()[pair{min(a, b), max(a, b)}] }

// main is how large a part of a country must be, in parts of its largest, to be kept on a map of its region: a
// far island must not make a world map of one.
const main = 1.0 / 25

// Box is what countries extend to, without their far and small parts; false of none.
func Box(countries ...country.Code) (geo.Box, bool) {
	var boxes []geo.Box
	for _, c := range countries {
		s := shapeOf(c)
		largest := 0.0
		for _, a := range s.areas {
			largest = max(largest, a)
		}
		for i, a := range s.areas {
			if a >= largest*main {
				boxes = append(boxes, s.boxes[i])
			}
		}
	}
	return geo.Around(boxes...)
}

// edges yields the outline of a country on a map, in cells, edge by edge; a part of it that is on the map twice, at both of its
// sides, is yielded twice. For a part that is smaller than a cell speck is called with where it is, besides.
func (p Projection) edges(c country.Code, edge func(x0, y0, x1, y1 float64), speck func(x, y float64)) {
	s := shapeOf(c)
	around := 360 * p.wide()
	for i, ring := range geo.Outline(c) {
		b := &s.boxes[i]
		top, bottom := p.line(b.North), p.line(b.South)
		if bottom < 0 || top > float64(p.Height) {
			continue
		}
		// Rings do not cross the antimeridian, so a ring is drawn whole at one turn of the earth, and at the others as far as they are seen.
		left := float64(p.Width)/2 + (b.West-p.Middle.Lon)*p.wide()
		long := (b.East - b.West) * p.wide()
		left -= around * math.Ceil(max(0, left)/around)
		for ; left < float64(p.Width); left += around {
			if left+long < 0 {
				continue
			}
			p.ring(ring, left, b.West, edge)
			if long < 1 && bottom-top < 1 {
				speck(left+long/2, (top+bottom)/2)
			}
		}
	}
}

func (p Projection) ring(ring []incident.Point, left, west float64, edge func(x0, y0, x1, y1 float64)) {
	wide := p.wide()
	last := ring[len(ring)-1]
	x0, y0 := left+(last.Lon-west)*wide, p.line(last.Lat)
	for _, at := range ring {
		x1, y1 := left+(at.Lon-west)*wide, p.line(at.Lat)
		edge(x0, y0, x1, y1)
		x0, y0 = x1, y1
	}
}

// bySize are all countries, the largest first: drawn in this order a small one is never lost below one that surrounds it.
var bySize = sync.OnceValue(func() []country.Code {
	all := slices.Clone(country.All())
	size := func(c country.Code) (sum float64) {
		for _, a := range shapeOf(c).areas {
			sum += a
		}
		return sum
	}
	slices.SortStableFunc(all, func(a, b country.Code) int { return cmp.Compare(size(b), size(a)) })
	return all
})
