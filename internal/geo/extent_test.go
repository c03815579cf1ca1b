package geo

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"vigil/internal/country"
	"vigil/internal/incident"
)

// TestExtentsHideNothing: what is passed over because its country is elsewhere is not found by looking at every edge either.
func TestExtentsHideNothing(t *testing.T) {
	var corners []vertex
	var codes []country.Code
	for _, runs := range borders().bands {
		for _, r := range runs {
			corners = append(corners, r.edges[0].a)
		}
	}
	for _, part := range parts() {
		corners = append(corners, part.area.edges[0].a)
	}
	for _, p := range places {
		if p.code.Known() {
			codes = append(codes, p.code)
		}
	}
	whole := extent{-90 * scale, 90 * scale, math.MaxUint64}
	rapid.Check(t, func(rt *rapid.T) {
		corner := rapid.SampledFrom(corners).Draw(rt, "corner")
		off := rapid.Float64Range(-2, 2)
		p := incident.Point{
			Lat: max(-90, min(90, float64(corner.y)/scale+off.Draw(rt, "north"))),
			Lon: turn(float64(corner.x)/scale + off.Draw(rt, "east")),
		}
		stated := []country.Code{rapid.SampledFrom(codes).Draw(rt, "stated")}
		if at, ok := At(p); ok && rapid.Bool().Draw(rt, "there") {
			stated[0] = at
		}
		km := rapid.Float64Range(0, 900).Draw(rt, "km")
		if got, want := near(p, stated, km), nearEdge(p, stated, km, whole, 180); got != want {
			rt.Fatalf("%v, %v, %v km: near %v, by every edge %v", p, stated, km, got, want)
		}
	})
}

// TestAround: boxes on both sides of the antimeridian are one box over it.
func TestAround(t *testing.T) {
	got, ok := Around(Box{-19, -16, 177, 180}, Box{-18, -12, -180, -178}, Box{-14, -13, 179, -179})
	if want := (Box{-19, -12, 177, -178}); !ok || got != want {
		t.Errorf("%v, want %v", got, want)
	}
	if _, ok := Around(); ok {
		t.Error("nothing has a box")
	}
}
