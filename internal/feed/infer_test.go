package feed

import (
	"slices"
	"testing"

	"vigil/internal/country"
	"vigil/internal/incident"
)

func TestInfer(t *testing.T) {
	tests := []struct {
		name     string
		in       incident.Incident
		want     []country.Code
		inferred bool
	}{
		{"from the position", incident.Incident{HasPoint: true, Point: incident.Point{Lat: 12.64, Lon: -8}}, []country.Code{country.MLI}, true},
		{"stated, and elsewhere", incident.Incident{Countries: []country.Code{country.NER}, HasPoint: true, Point: incident.Point{Lat: 12.64, Lon: -8}}, []country.Code{country.NER}, false},
		{"inferred before, by a name", incident.Incident{Countries: []country.Code{country.NER}, Inferred: true}, []country.Code{country.NER}, true},
		{"no position", incident.Incident{Point: incident.Point{Lat: 12.64, Lon: -8}}, nil, false},
		{"the high seas", incident.Incident{HasPoint: true, Point: incident.Point{Lat: -40, Lon: -120}}, nil, false},
		{"the middle of an ocean's area", incident.Incident{HasPoint: true, Point: incident.Point{Lat: 12.64, Lon: -8}, Accuracy: MaxInferred + 1}, nil, false},
		{"not determined whose", incident.Incident{HasPoint: true, Point: incident.Point{Lat: 9.6, Lon: 28.43}}, []country.Code{country.SDN, country.SSD}, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			Infer(&tt.in)
			if !slices.Equal(tt.in.Countries, tt.want) || tt.in.Inferred != tt.inferred {
				t.Errorf("%v, inferred %t; want %v, %t", tt.in.Countries, tt.in.Inferred, tt.want, tt.inferred)
			}
		})
	}
}
