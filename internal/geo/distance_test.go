package geo

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"vigil/internal/incident"
)

func TestDistance(t *testing.T) {
	tests := []struct {
		name     string
		a, b     incident.Point
		km, give float64
	}{
		{"Bamako to Gao", incident.Point{Lat: 12.6392, Lon: -8.0029}, incident.Point{Lat: 16.2666, Lon: -0.0400}, 945, 10},
		{"across the antimeridian", incident.Point{Lat: 0, Lon: 179.5}, incident.Point{Lat: 0, Lon: -179.5}, 111.2, 0.1},
		{"to the other side", incident.Point{Lat: 0, Lon: 0}, incident.Point{Lat: 0, Lon: 180}, 20015, 1},
		{"poles whatever the longitude", incident.Point{Lat: 90, Lon: 10}, incident.Point{Lat: 90, Lon: -120}, 0, 1e-6},
		{"nowhere", incident.Point{Lat: 5, Lon: 5}, incident.Point{Lat: 5, Lon: 5}, 0, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if km := Distance(tt.a, tt.b); math.Abs(km-tt.km) > tt.give {
				t.Errorf("%.1f km, want %.1f", km, tt.km)
			}
		})
	}
}

func TestDistanceIsTheSameBothWays(t *testing.T) {
	point := rapid.Custom(func(t *rapid.T) incident.Point {
		return incident.Point{Lat: rapid.Float64Range(-90, 90).Draw(t, "lat"), Lon: rapid.Float64Range(-180, 180).Draw(t, "lon")}
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b := point.Draw(t, "a"), point.Draw(t, "b")
		if there, back := Distance(a, b), Distance(b, a); there != back || there < 0 || there > 20016 {
			t.Fatalf("%v there, %v back", there, back)
		}
	})
}

// The way over a third place is never shorter, and what is no position is no distance.
func TestDistanceHoldsTogether(t *testing.T) {
	point := rapid.Custom(func(t *rapid.T) incident.Point {
		return incident.Point{Lat: rapid.Float64Range(-90, 90).Draw(t, "lat"), Lon: rapid.Float64Range(-180, 180).Draw(t, "lon")}
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := point.Draw(t, "a"), point.Draw(t, "b"), point.Draw(t, "c")
		// Near the antipode a sine tells no more than half a metre.
		if direct, over := Distance(a, b), Distance(a, c)+Distance(c, b); direct > over+1e-3 {
			t.Fatalf("%v direct, %v over a third place", direct, over)
		}
		if Distance(a, a) != 0 {
			t.Fatalf("%v from itself", Distance(a, a))
		}
		if nowhere := anywhere.Draw(t, "anywhere"); !nowhere.Valid() {
			Distance(a, nowhere) // whatever it is, it does not panic
			return
		}
	})
}
