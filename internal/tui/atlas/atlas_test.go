package atlas

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"vigil/internal/country"
	"vigil/internal/geo"
	"vigil/internal/incident"
	"vigil/internal/tui/canvas"
)

// sizes are maps as they come: on narrow terminals, on wide ones, and none at all.
func anySize(rt *rapid.T) (w, h int) {
	return rapid.IntRange(0, 250).Draw(rt, "width"), rapid.IntRange(0, 70).Draw(rt, "height")
}

func anyPoint(rt *rapid.T, name string) incident.Point {
	return incident.Point{Lat: rapid.Float64Range(-89, 89).Draw(rt, name+" lat"), Lon: rapid.Float64Range(-180, 179.99).Draw(rt, name+" lon")}
}

func anyCountry(rt *rapid.T) country.Code {
	return rapid.SampledFrom(country.All()).Draw(rt, "country")
}

func anyMap(rt *rapid.T) Projection {
	w, h := anySize(rt)
	if rapid.Bool().Draw(rt, "world") {
		return World(w, h, rapid.Float64Range(-400, 400).Draw(rt, "middle"))
	}
	b, _ := Box(anyCountry(rt), anyCountry(rt))
	return Region(w, h, b).Zoom(rapid.Float64Range(0.01, 30).Draw(rt, "zoom"), anyPoint(rt, "around"))
}

// TestNorthIsUp: from the middle of the map, the shorter way around; and a degree is as far everywhere.
func TestNorthIsUp(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		p, at := anyMap(rt), anyPoint(rt, "at")
		x, y := p.Cell(at)
		right, up := wrap(at.Lon-p.Middle.Lon), at.Lat-p.Middle.Lat
		mx, my := float64(p.Width)/2, float64(p.Height)/2
		if math.Abs((x-mx)-right*p.wide()) > 1e-6 || math.Abs((my-y)-up*p.Scale) > 1e-6 || (x-mx)*right < 0 || (my-y)*up < 0 {
			rt.Fatalf("%v stands at %.2f,%.2f of %+v", at, x, y, p)
		}
		if math.Abs(right) > 180 {
			rt.Fatalf("%v is %g degrees from the middle of %+v", at, right, p)
		}
	})
}

// TestARegionIsOnItsMap: both ends of the box, and a little around it; no map is closer than the outlines are good for, or farther than the world.
func TestARegionIsOnItsMap(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w, h := rapid.IntRange(4, 250).Draw(rt, "width"), rapid.IntRange(3, 70).Draw(rt, "height")
		b, ok := Box(anyCountry(rt), anyCountry(rt))
		p := Region(w, h, b)
		if !ok || p.Scale > closest || p.Scale < World(w, h, 0).Scale {
			rt.Fatalf("%v: %+v", b, p)
		}
		if p.IsWorld() {
			return
		}
		for _, corner := range []incident.Point{{Lat: b.North, Lon: b.West}, {Lat: b.South, Lon: b.East}} {
			if !p.Sees(corner, 0) {
				rt.Fatalf("%v of %v is not on %+v", corner, b, p)
			}
		}
	})
}

func TestBoxLeavesFarIslandsOut(t *testing.T) {
	for _, tt := range []struct {
		code country.Code
		want geo.Box // to two degrees
	}{
		{country.MLI, geo.Box{South: 10, North: 25, West: -12, East: 4}},
		{country.FJI, geo.Box{South: -19, North: -16, West: 177, East: -180}}, // 180 and −180 are one
		{country.NZL, geo.Box{South: -47, North: -34, West: 166, East: 178}},
		{country.CHL, geo.Box{South: -56, North: -18, West: -75, East: -67}},
		{country.NOR, geo.Box{South: 58, North: 71, West: 5, East: 31}},
	} {
		got, ok := Box(tt.code)
		for _, d := range []float64{got.South - tt.want.South, got.North - tt.want.North, wrap(got.West - tt.want.West), wrap(got.East - tt.want.East)} {
			if !ok || math.Abs(d) > 2 {
				t.Errorf("%s: %v, want %v", tt.code, got, tt.want)
				break
			}
		}
	}
	if _, ok := Box(); ok {
		t.Error("no country has a box")
	}
	pacific, _ := Box(country.FJI, country.KIR, country.WSM, country.NRU)
	if wide := wrap(pacific.East - pacific.West); pacific.West < 160 || wide > 50 || wide < 20 {
		t.Errorf("the Pacific is %v", pacific)
	}
}

// TestLabelsAreInTheirCountry, by the outline and, but for what is too small for the borders, by At.
func TestLabelsAreInTheirCountry(t *testing.T) {
	for _, c := range country.All() {
		at, ok := Label(c)
		in := false
		for i := 0; i+1 < len(crossed(geo.Outline(c), at.Lat)); i += 2 {
			xs := crossed(geo.Outline(c), at.Lat)
			in = in || xs[i] <= at.Lon && at.Lon <= xs[i+1]
		}
		if !ok || !in {
			t.Errorf("%s bears its name at %v", c, at)
		}
		if geo.Outside(at, []country.Code{c}, 0) {
			t.Errorf("%s bears its name at %v, in another country", c, at)
		}
	}
	if _, ok := Label(country.Unknown); ok {
		t.Error("Unknown bears a name")
	}
}

// dots is how many dots each country has.
func dots(r *canvas.Raster) map[canvas.Area]int {
	n := map[canvas.Area]int{}
	w, h := r.Size()
	for y := range h {
		for x := range w {
			n[r.Owner(x, y)]++
		}
	}
	return n
}

// TestEveryCountryIsOnTheWorld, small and on both sides of the antimeridian, wherever the middle of the map is and however coarse it is; and it is as
// large as with any other middle.
func TestEveryCountryIsOnTheWorld(t *testing.T) {
	for _, tt := range []struct {
		w, h int
		dots canvas.Dots
	}{{200, 56, canvas.Braille}, {132, 39, canvas.Blocks}, {80, 18, canvas.Braille}, {200, 56, canvas.ASCII}} {
		usual := dots(Land(World(tt.w, tt.h, 0), tt.dots))
		for _, lon := range []float64{0, -177.3, -90, 33, 178.9} {
			got := dots(Land(World(tt.w, tt.h, lon), tt.dots))
			for _, c := range country.All() {
				n, was := got[AreaOf(c)], usual[AreaOf(c)]
				if c == country.ATA { // south of the map, but for some of it
					continue
				}
				if n == 0 || n > 20 && math.Abs(float64(n-was)) > 0.25*float64(was)+2 {
					t.Errorf("%dx%d, %d: %s has %d dots with %g in the middle, %d with 0", tt.w, tt.h, tt.dots, c, n, lon, was)
				}
			}
		}
	}
}

// TestTheSeamIsNoGap: a country that the antimeridian cuts is whole on a map of its region.
func TestTheSeamIsNoGap(t *testing.T) {
	for c, at := range map[country.Code]incident.Point{country.RUS: {Lat: 67, Lon: 180}, country.FJI: {Lat: -16.83, Lon: 180}} { // Chukotka, Taveuni
		b, _ := Box(c)
		p := Region(132, 40, b)
		r := Land(p, canvas.Braille)
		x, y := p.Cell(at)
		for dx := -1; dx <= 1; dx++ {
			if r.Owner(int(x*2)+dx, int(y*4)) != AreaOf(c) {
				t.Errorf("%s has a gap at the antimeridian", c)
			}
		}
	}
}

// TestWays: each of any countries can be reached from each other; a way leads where it says.
func TestWays(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		codes := rapid.SliceOfNDistinct(rapid.SampledFrom(country.All()), 1, 40, func(c country.Code) country.Code { return c }).Draw(rt, "countries")
		w := WaysBetween(codes)
		for i := range w.codes {
			if slices.Contains(w.reached(i, false), false) {
				rt.Fatalf("from %s not all of %v can be reached", w.codes[i], w.codes)
			}
			for d := range directions {
				to, ok := w.Next(w.codes[i], d)
				if !ok {
					continue
				}
				j := slices.Index(w.codes, to)
				if there, _ := w.cost(i, j, d); math.IsInf(there, 1) {
					rt.Fatalf("%s is not in direction %d of %s", to, d, w.codes[i])
				}
				if back, _ := w.cost(j, i, d.Opposite()); math.IsInf(back, 1) {
					rt.Fatalf("%s is in direction %d of %s, and not that behind it", to, d, w.codes[i])
				}
			}
		}
	})
}

func TestWaysOfARegion(t *testing.T) {
	w := WaysBetween([]country.Code{country.MLI, country.BFA, country.NER, country.TCD, country.MRT})
	for _, tt := range []struct {
		from country.Code
		d    Direction
		want country.Code
	}{
		{country.MLI, West, country.MRT},
		{country.MRT, East, country.MLI},
		{country.MLI, South, country.BFA},
		{country.NER, East, country.TCD},
		{country.TCD, West, country.NER},
		{country.NER, West, country.MLI},
	} {
		if got, _ := w.Next(tt.from, tt.d); got != tt.want {
			t.Errorf("%d of %s is %s, want %s", tt.d, tt.from, got, tt.want)
		}
	}
	africa := WaysBetween([]country.Code{country.MLI, country.BFA, country.SEN, country.SSD, country.UGA, country.RWA, country.NER, country.TUN, country.LBY})
	for from, step := range map[country.Code]struct {
		d    Direction
		want country.Code
	}{country.SEN: {East, country.MLI}, country.SSD: {South, country.UGA}, country.NER: {North, country.LBY}} {
		if got, _ := africa.Next(from, step.d); got != step.want {
			t.Errorf("%d of %s is %s, want its neighbour %s", step.d, from, got, step.want)
		}
	}
	if _, ok := w.Next(country.FRA, North); ok {
		t.Error("a country that is none of them has a way")
	}
	pacific := WaysBetween([]country.Code{country.FJI, country.WSM, country.TUV})
	if got, _ := pacific.Next(country.FJI, East); got != country.WSM && got != country.TUV {
		t.Errorf("east of Fiji, over the antimeridian, is %s", got)
	}
}

func TestBorders(t *testing.T) {
	for _, tt := range []struct {
		a, b country.Code
		want bool
	}{
		{country.MLI, country.SEN, true},
		{country.SEN, country.MLI, true},
		{country.RUS, country.NOR, true},
		{country.PNG, country.IDN, true},
		{country.MLI, country.TCD, false},
		{country.ZMB, country.NAM, true},
		{country.FJI, country.TON, false},
		{country.MLI, country.MLI, false},
	} {
		if got := Borders(tt.a, tt.b); got != tt.want {
			t.Errorf("%s and %s: %v, want %v", tt.a, tt.b, got, tt.want)
		}
	}
}

// TestRing: every point of it is as far as it should be, near the poles and over the antimeridian too.
func TestRing(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		at, km := anyPoint(rt, "at"), rapid.Float64Range(1, 2000).Draw(rt, "km")
		for _, p := range Ring(at, km, 24) {
			if d := geo.Distance(at, p); math.Abs(d-km) > km*0.001+0.01 {
				rt.Fatalf("%v is %.2f km from %v, want %.2f", p, d, at, km)
			}
		}
	})
}

// TestARingIsNeverAcrossTheMap: on any map an edge of a ring is as long as it is on the earth; and all of the ring is drawn, if need be in two
// parts at the two sides of the map.
func TestARingIsNeverAcrossTheMap(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		p, at, km := anyMap(rt), anyPoint(rt, "at"), rapid.Float64Range(1, 500).Draw(rt, "km")
		at.Lat = max(-70, min(70, at.Lat)) // a ring around a pole is around the earth
		ring := Ring(at, km, 72)
		longest := 0.0
		for k, a := range ring {
			longest = max(longest, math.Abs(wrap(ring[(k+1)%len(ring)].Lon-a.Lon))*p.wide())
		}
		met := map[int]bool{}
		p.Closed(ring, func(x0, y0, x1, y1 float64) {
			if math.Abs(x1-x0) > longest+1e-6 {
				rt.Fatalf("an edge goes from %g to %g on %+v", x0, x1, p)
			}
			for k, a := range ring {
				if x, y := p.Cell(a); math.Hypot(x-x0, y-y0) < 1e-6 || math.Hypot(x-x1, y-y1) < 1e-6 {
					met[k] = true
				}
			}
		})
		if len(met) < len(ring) {
			rt.Fatalf("%d of %d points are drawn on %+v", len(met), len(ring), p)
		}
	})
}

func TestBearing(t *testing.T) {
	bamako := incident.Point{Lat: 12.65, Lon: -8}
	for _, tt := range []struct {
		to   incident.Point
		want string
	}{
		{incident.Point{Lat: 16.27, Lon: -0.04}, "ENE"},
		{incident.Point{Lat: 20, Lon: -8}, "N"},
		{incident.Point{Lat: 12, Lon: -17}, "W"},
		{incident.Point{Lat: 0, Lon: -8}, "S"},
	} {
		if got := Bearing(bamako, tt.to); got != tt.want {
			t.Errorf("%v is %s, want %s", tt.to, got, tt.want)
		}
	}
	if got := Bearing(incident.Point{Lat: -17, Lon: 179}, incident.Point{Lat: -17, Lon: -179}); got != "E" {
		t.Errorf("over the antimeridian: %s", got)
	}
}

func BenchmarkWorld(b *testing.B) {
	for b.Loop() {
		Land(World(200, 56, 0), canvas.Braille)
	}
}
