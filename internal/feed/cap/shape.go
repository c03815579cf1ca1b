package cap

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"vigil/internal/geo"
	"vigil/internal/incident"
)

// shape is a polygon, or a circle where it has a single point.
type shape struct {
	points []incident.Point // of a polygon as they are written, the last one left out where it is the first
	radius float64          // of a circle, in kilometres
}

// parsePolygon reads "lat,lon lat,lon …", of which the first pair must stand again at the end. bad are pairs that
// are no position: they are left out, as the rest says more than nothing. ok is false where no area is left.
func parsePolygon(s string) (p shape, bad []string, closed, ok bool) {
	for _, pair := range couples(s) {
		point, good := parsePair(pair)
		if !good {
			bad = append(bad, pair)
			continue
		}
		p.points = append(p.points, point)
	}
	if n := len(p.points); n > 1 && p.points[0] == p.points[n-1] {
		closed = true
		p.points = p.points[:n-1]
	}
	const corners = 3
	return p, bad, closed, len(p.points) >= corners
}

// couples are the pairs of a polygon. Mexico's earthquake warnings write commas between them, too: of numbers that are
// parted by commas alone each two are a pair.
func couples(s string) []string {
	fields := strings.Fields(s)
	numbers := strings.Split(s, ",")
	const least = 6
	if len(fields) != 1 || len(numbers) < least || len(numbers)%2 != 0 {
		return fields
	}
	list := make([]string, 0, len(numbers)/2)
	for n := 0; n < len(numbers); n += 2 {
		list = append(list, numbers[n]+","+numbers[n+1])
	}
	return list
}

// parseCircle reads "lat,lon radius", the radius in kilometres.
func parseCircle(s string) (shape, bool) {
	fields := strings.Fields(s)
	if len(fields) != 2 {
		return shape{}, false
	}
	center, ok := parsePair(fields[0])
	radius, err := strconv.ParseFloat(fields[1], 64)
	if !ok || err != nil || !(radius >= 0 && radius <= halfway) {
		return shape{}, false
	}
	return shape{points: []incident.Point{center}, radius: radius}, true
}

// halfway is half the way around the earth in kilometres.
const halfway = 20038

// parsePair reads "lat,lon". A longitude may go once more around the earth, as areas over the antimeridian are
// sometimes written.
func parsePair(s string) (incident.Point, bool) {
	first, second, ok := strings.Cut(s, ",")
	lat, err := strconv.ParseFloat(first, 64)
	lon, err2 := strconv.ParseFloat(second, 64)
	if !ok || err != nil || err2 != nil || math.IsNaN(lon) || math.Abs(lon) > 540 {
		return incident.Point{}, false
	}
	p := incident.Point{Lat: lat + 0, Lon: around(lon)} // + 0: there is no negative zero
	return p, p.Valid()
}

// around brings a longitude into −180 to 180.
func around(lon float64) float64 {
	for lon > 180 {
		lon -= 360
	}
	for lon < -180 {
		lon += 360
	}
	return lon + 0
}

// cover is a position within the largest of several shapes, and how far from there they all reach, in kilometres,
// rounded up to a tenth.
func cover(shapes []shape) (p incident.Point, reach float64, ok bool) {
	if len(shapes) == 0 {
		return incident.Point{}, 0, false
	}
	largest, most := 0, -1.0
	for n := range shapes {
		if a := shapes[n].area(); a > most {
			largest, most = n, a
		}
	}
	p = shapes[largest].inside()
	for n := range shapes {
		for _, q := range shapes[n].points {
			reach = max(reach, geo.Distance(p, q)+shapes[n].radius)
		}
	}
	const tenths = 10
	return p, min(math.Ceil(reach*tenths)/tenths, halfway), true
}

// flat is a polygon on a plane: degrees, the longitudes running on over the antimeridian and shrunk as they are at
// its middle latitude. around tells that it goes around a pole, and is no area of the plane.
type flat struct {
	x, y   []float64
	shrink float64
	polar  bool
}

func flatten(points []incident.Point) flat {
	f := flat{x: make([]float64, len(points)), y: make([]float64, len(points))}
	lon, low, high := 0.0, 90.0, -90.0
	for n, p := range points {
		if n == 0 {
			lon = p.Lon
		} else {
			lon += around(p.Lon - points[n-1].Lon)
		}
		f.x[n], f.y[n] = lon, p.Lat
		low, high = min(low, p.Lat), max(high, p.Lat)
	}
	const half = 180
	f.polar = math.Abs(lon+around(points[0].Lon-points[len(points)-1].Lon)-points[0].Lon) > half
	f.shrink = math.Cos((low + high) / 2 * math.Pi / half)
	return f
}

// moments are twice the area, with its sign, and the middle weighed by it, taken from the first corner so that small
// polygons far from the origin keep their digits.
func (f *flat) moments() (twice, x, y float64) {
	for n := range f.x {
		m := (n + 1) % len(f.x)
		ax, ay, bx, by := f.x[n]-f.x[0], f.y[n]-f.y[0], f.x[m]-f.x[0], f.y[m]-f.y[0]
		cross := ax*by - bx*ay
		twice += cross
		x += (ax + bx) * cross
		y += (ay + by) * cross
	}
	return twice, x, y
}

// area is that of the shape in square kilometres, roughly: it tells the larger of two.
func (s *shape) area() float64 {
	const degree = 111.2 // kilometres
	if len(s.points) == 1 {
		return math.Pi * s.radius * s.radius
	}
	f := flatten(s.points)
	if f.polar {
		return math.MaxFloat64
	}
	twice, _, _ := f.moments()
	return math.Abs(twice) / 2 * f.shrink * degree * degree
}

// inside is a position within the shape: the centre of a circle, the centroid of a polygon if that lies within, else the
// middle of its widest part on the centroid's latitude.
func (s *shape) inside() incident.Point {
	if len(s.points) == 1 {
		return s.points[0]
	}
	f := flatten(s.points)
	twice, x, y := f.moments()
	const tiny = 1e-12 // square degrees: a line or a point
	if f.polar || math.Abs(twice) < tiny {
		return middle(s.points)
	}
	lon, lat := f.x[0]+x/(3*twice), f.y[0]+y/(3*twice)
	crossings := f.crossings(lat)
	if len(crossings) == 0 { // the outline crosses itself: its parts count against one another
		lat = (slices.Min(f.y) + slices.Max(f.y)) / 2
		crossings = f.crossings(lat)
	}
	if len(crossings) == 0 {
		return middle(s.points)
	}
	for n := 0; n+1 < len(crossings); n += 2 {
		if lon >= crossings[n] && lon <= crossings[n+1] {
			return incident.Point{Lat: lat + 0, Lon: around(lon)}
		}
	}
	widest := -1.0
	for n := 0; n+1 < len(crossings); n += 2 {
		if width := crossings[n+1] - crossings[n]; width > widest {
			widest, lon = width, (crossings[n]+crossings[n+1])/2
		}
	}
	return incident.Point{Lat: lat + 0, Lon: around(lon)}
}

// crossings are the longitudes at which the outline crosses a latitude, sorted: between the first and the second is
// inside.
func (f *flat) crossings(lat float64) []float64 {
	var list []float64
	for n := range f.x {
		m := (n + 1) % len(f.x)
		if (f.y[n] > lat) != (f.y[m] > lat) {
			list = append(list, f.x[n]+(lat-f.y[n])/(f.y[m]-f.y[n])*(f.x[m]-f.x[n]))
		}
	}
	slices.Sort(list)
	return list
}

// middle is the middle of positions on the sphere: of a ring around a pole, the pole.
func middle(points []incident.Point) incident.Point {
	const degree = math.Pi / 180
	var x, y, z float64
	for _, p := range points {
		lat, lon := p.Lat*degree, p.Lon*degree
		x += math.Cos(lat) * math.Cos(lon)
		y += math.Cos(lat) * math.Sin(lon)
		z += math.Sin(lat)
	}
	if x == 0 && y == 0 && z == 0 {
		return points[0]
	}
	return incident.Point{Lat: math.Atan2(z, math.Hypot(x, y))/degree + 0, Lon: math.Atan2(y, x)/degree + 0}
}
