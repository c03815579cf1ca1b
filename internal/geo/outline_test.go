package geo

import (
	"math"
	"testing"

	"vigil/internal/country"
	"vigil/internal/incident"
)

func TestEveryCountryHasAnOutline(t *testing.T) {
	vertices := 0
	for _, c := range country.All() {
		rings := Outline(c)
		if len(rings) == 0 {
			t.Errorf("%s has none", c)
		}
		for _, ring := range rings {
			vertices += len(ring)
			if len(ring) < 3 {
				t.Errorf("%s has a ring of %d", c, len(ring))
			}
			for i, p := range ring {
				if next := ring[(i+1)%len(ring)]; !p.Valid() || math.Abs(next.Lon-p.Lon) > 180 && c != country.ATA { // whose ring is led along the pole
					t.Errorf("%s: %v to %v", c, p, next)
				}
			}
		}
		if b, ok := Extent(c); !ok || b.South >= b.North || b.West == b.East {
			t.Errorf("%s extends to %v, %t", c, b, ok)
		}
	}
	t.Logf("%d vertices in %d bytes", vertices, len(outlinesData))
	if Outline(country.Unknown) != nil {
		t.Error("Unknown has an outline")
	}
	if _, ok := Extent(country.Unknown); ok {
		t.Error("Unknown extends somewhere")
	}
}

func TestExtent(t *testing.T) {
	for _, tt := range []struct {
		code country.Code
		want Box // to a degree
	}{
		{country.MLI, Box{10, 25, -12, 4}},
		{country.FJI, Box{-19, -12, 177, -178}},
		{country.RUS, Box{41, 82, 20, -170}},
		{country.KIR, Box{-12, 4, 170, -152}},
		{country.NZL, Box{-53, -29, 166, -176}},
		{country.USA, Box{19, 71, 172, -67}},
		{country.ATA, Box{-90, -61, -180, 180}},
		{country.VAT, Box{42, 42, 12, 12}},
		{country.ESH, Box{21, 28, -17, -9}},
	} {
		got, _ := Extent(tt.code)
		for i, pair := range [][2]float64{{got.South, tt.want.South}, {got.North, tt.want.North}, {got.West, tt.want.West}, {got.East, tt.want.East}} {
			if d := pair[0] - pair[1]; d > 1.5 || d < -1.5 {
				t.Errorf("%s: %v, want %v (%d)", tt.code, got, tt.want, i)
			}
		}
	}
}

// The outlines give places to whom At gives them.
func TestOutlinesAndAtAgree(t *testing.T) {
	inland := 0
	for _, w := range where {
		v := quantise(incident.Point{Lat: w.lat, Lon: w.lon})
		i, ok := dryLand().find(v)
		if !ok || w.want == "" {
			continue
		}
		inland++
		c := country.Code(i)
		if c.Alpha3() != w.want && Outside(incident.Point{Lat: w.lat, Lon: w.lon}, []country.Code{c}, 0) {
			t.Errorf("%s: drawn in %s, want %s", w.place, c, w.want)
		}
	}
	if inland < 80 {
		t.Errorf("%d of the places are on land", inland)
	}
}

func BenchmarkOutlines(b *testing.B) {
	for b.Loop() {
		newIndex(drawn())
	}
	b.ReportMetric(float64(len(outlinesData)), "bytes")
}

// The borders and the outlines come from sources that know nothing of each other: where both say that a point is
// on land they say the same country, or it is near a border or in a place of two.
func TestTheTwoSourcesAgree(t *testing.T) {
	const step = 0.25
	land, equal, apart := 0, 0, 0
	for lat := -59.9; lat < 84; lat += step {
		for lon := -179.9; lon < 180; lon += step {
			p := incident.Point{Lat: lat, Lon: lon}
			i, ok := dryLand().find(quantise(p))
			if !ok {
				continue
			}
			land++
			drawn := country.Code(i)
			if c, _ := At(p); c == drawn {
				equal++
			} else if Outside(p, []country.Code{drawn}, 0) {
				apart++
				t.Errorf("%.2f: drawn in %s, answered is %q", p, drawn, c)
			}
		}
	}
	t.Logf("%d points on land, %d equal (%.2f %%), %d certainly apart", land, equal, 100*float64(equal)/float64(land), apart)
	if land < 200_000 {
		t.Errorf("%d points on land", land)
	}
}
