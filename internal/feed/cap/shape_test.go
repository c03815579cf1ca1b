package cap

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"vigil/internal/geo"
	"vigil/internal/incident"
)

func TestPolygons(t *testing.T) {
	tests := []struct {
		name, text   string
		bad          int
		closed, ok   bool
		point        incident.Point
		reach, slack float64
	}{
		{"a square", "0,0 0,2 2,2 2,0 0,0", 0, true, true, incident.Point{Lat: 1, Lon: 1}, 157.3, 0.2},
		{"not closed", "0,0 0,2 2,2 2,0", 0, false, true, incident.Point{Lat: 1, Lon: 1}, 157.3, 0.2},
		{"over the antimeridian", "-1,179 -1,-179 1,-179 1,179 -1,179", 0, true, true, incident.Point{Lat: 0, Lon: 180}, 157.3, 0.2},
		{"over it, running on", "-1,179 -1,181 1,181 1,179 -1,179", 0, true, true, incident.Point{Lat: 0, Lon: 180}, 157.3, 0.2},
		{"with what is no pair", "0,0 0,2 x,y 2,2 91,0 2,0 0,0", 2, true, true, incident.Point{Lat: 1, Lon: 1}, 157.3, 0.2},
		{"a corner that stands twice", "0,0 0,0 0,2 2,2 2,0 0,0", 0, true, true, incident.Point{Lat: 1, Lon: 1}, 157.3, 0.2},
		// The centroid of a horseshoe lies between its arms.
		{"a horseshoe", "0,0 0,4 1,4 1,1 3,1 3,4 4,4 4,0 0,0", 0, true, true, incident.Point{Lat: 2, Lon: 0.5}, 448, 2},
		{"around a pole", "80,0 80,90 80,180 80,-90 80,0", 0, true, true, incident.Point{Lat: 90, Lon: 0}, 1112, 1},
		{"a line", "0,0 0,2 0,4 0,0", 0, true, true, incident.Point{Lat: 0, Lon: 2}, 222.4, 0.2},
		{"two corners", "0,0 0,2 0,0", 0, true, false, incident.Point{}, 0, 0},
		{"nothing", "", 0, false, false, incident.Point{}, 0, 0},
		{"spaces for commas", "1 2 3 4", 4, false, false, incident.Point{}, 0, 0},
		{"numbers that are none", "NaN,0 0,Inf 0,1e999 0,0", 3, false, false, incident.Point{}, 0, 0},
	}
	for _, tt := range tests {
		p, bad, closed, ok := parsePolygon(tt.text)
		if len(bad) != tt.bad || closed != tt.closed || ok != tt.ok {
			t.Errorf("%s: bad %q, closed %v, ok %v", tt.name, bad, closed, ok)
		}
		if !tt.ok {
			continue
		}
		point, reach, _ := cover([]shape{p})
		if geo.Distance(point, tt.point) > 0.01 || math.Abs(reach-tt.reach) > tt.slack {
			t.Errorf("%s: %v ± %v, want %v ± %v", tt.name, point, reach, tt.point, tt.reach)
		}
	}
}

func TestCircles(t *testing.T) {
	for text, want := range map[string]shape{
		"-13.5,-71.9 25":  {points: []incident.Point{{Lat: -13.5, Lon: -71.9}}, radius: 25},
		" 12.7,190  0.0 ": {points: []incident.Point{{Lat: 12.7, Lon: -170}}},
	} {
		if got, ok := parseCircle(text); !ok || got.points[0] != want.points[0] || got.radius != want.radius {
			t.Errorf("%q: %v", text, got)
		}
	}
	for _, text := range []string{"", "1,2", "1,2 x", "1,2 -3", "1,2 NaN", "1 2 3", "99,2 3", "1,2 1e9"} {
		if got, ok := parseCircle(text); ok {
			t.Errorf("%q: %v", text, got)
		}
	}
}

// TestTheLargest: the position is in the largest area, and the reach covers all.
func TestTheLargest(t *testing.T) {
	small, _ := parseCircle("0,10 5")
	big, _, _, _ := parsePolygon("0,0 0,2 2,2 2,0 0,0")
	p, reach, _ := cover([]shape{small, big})
	if geo.Distance(p, incident.Point{Lat: 1, Lon: 1}) > 0.01 || reach < geo.Distance(p, incident.Point{Lat: 0, Lon: 10})+5 {
		t.Errorf("%v ± %v", p, reach)
	}
	if _, _, ok := cover(nil); ok {
		t.Error("nothing is somewhere")
	}
}

// TestTangled: the position of an outline that crosses itself lies among its corners.
func TestTangled(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var s shape
		south, north, west, east := 90.0, -90.0, 180.0, -180.0
		for range rapid.IntRange(3, 10).Draw(t, "corners") {
			p := incident.Point{Lat: rapid.Float64Range(-60, 60).Draw(t, "lat"), Lon: rapid.Float64Range(-80, 80).Draw(t, "lon")}
			s.points = append(s.points, p)
			south, north, west, east = min(south, p.Lat), max(north, p.Lat), min(west, p.Lon), max(east, p.Lon)
		}
		p, _, ok := cover([]shape{s})
		const rounding = 1e-6
		// On the sphere the middle of a line bulges towards the pole.
		if flat := north-south > rounding; !ok || !p.Valid() || flat && (p.Lat < south-rounding || p.Lat > north+rounding || p.Lon < west-rounding || p.Lon > east+rounding) {
			t.Fatalf("%v of %v", p, s.points)
		}
	})
}

// TestInside: the position lies within the polygon, wherever that is, and no corner is beyond the reach. The polygons are
// stars around a middle.
func TestInside(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lat, lon := rapid.Float64Range(-70, 70).Draw(t, "lat"), rapid.Float64Range(-180, 180).Draw(t, "lon")
		var s shape
		corners := rapid.IntRange(3, 12).Draw(t, "corners")
		for n := range corners {
			size := rapid.Float64Range(0.1, 10).Draw(t, "size")
			angle := 2 * math.Pi * float64(n) / float64(corners)
			s.points = append(s.points, incident.Point{Lat: lat + size*math.Sin(angle), Lon: around(lon + size*math.Cos(angle))})
		}
		p, reach, ok := cover([]shape{s})
		if !ok || !p.Valid() {
			t.Fatalf("%v", p)
		}
		f := flatten(s.points)
		inside := false
		x := f.x[0] + around(p.Lon-s.points[0].Lon)
		list := f.crossings(p.Lat)
		const rounding = 1e-6
		for n := 0; n+1 < len(list); n += 2 {
			inside = inside || x >= list[n]-rounding && x <= list[n+1]+rounding
		}
		if !inside {
			t.Fatalf("%v is not within %v", p, s.points)
		}
		for _, q := range s.points {
			if d := geo.Distance(p, q); d > reach {
				t.Fatalf("a corner is %v km away, beyond %v", d, reach)
			}
		}
	})
}
