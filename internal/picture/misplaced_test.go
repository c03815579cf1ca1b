package picture

import (
	"testing"
	"time"

	"vigil/internal/country"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// What contradicts itself is flagged and counted where it is stated: nobody can say which of the two is wrong.
func TestAPositionOutsideTheStatedCountryIsFlagged(t *testing.T) {
	gao, quito := incident.Point{Lat: 16.27, Lon: -0.04}, incident.Point{Lat: -0.22, Lon: -78.51}
	tests := []struct {
		name string
		edit func(*incident.Incident)
		want bool
	}{
		{"inside", func(i *incident.Incident) { i.Point = gao }, false},
		{"on another continent", func(i *incident.Incident) { i.Point = quito }, true},
		{"of two countries one is right", func(i *incident.Incident) {
			i.Point, i.Countries = quito, []country.Code{country.MustParse("ECU"), country.MLI}
		}, false},
		{"not exact enough to tell", func(i *incident.Incident) { i.Point, i.Accuracy = quito, 20000 }, false},
		{"inferred from it", func(i *incident.Incident) { i.Point, i.Inferred = quito, true }, false},
		{"a hazard is felt elsewhere", func(i *incident.Incident) { i.Point, i.Threat = quito, incident.Known(incident.Hazard) }, false},
		{"in what was the country then", func(i *incident.Incident) {
			i.Countries, i.Point = []country.Code{country.MustParse("SDN")}, incident.Point{Lat: 4.85, Lon: 31.58}
			i.Occurred = incident.At(time.Date(2009, 9, 10, 0, 0, 0, 0, time.UTC))
		}, false},
		{"and no longer is", func(i *incident.Incident) {
			i.Countries, i.Point = []country.Code{country.MustParse("SDN"), country.MLI}, incident.Point{Lat: 4.85, Lon: 31.58}
		}, true},
		{"no position", func(i *incident.Incident) { i.HasPoint = false }, false},
		{"no country", func(i *incident.Incident) { i.Point, i.Countries = quito, nil }, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t)
			i := &incident.Incident{
				Identity: incident.Identity{ID: safetext.Const("m1")}, HasPoint: true,
				Countries: []country.Code{country.MLI}, Act: incident.Known(incident.Shooting),
				Occurred: incident.At(now.Add(-Day / 2)),
			}
			tt.edit(i)
			b.say("radio", i)
			v := b.view()
			r, _ := v.Row(v.At(0))
			if r.Misplaced != tt.want || (v.Totals().Misplaced == 1) != tt.want {
				t.Errorf("flagged %v, counted %d, want %v", r.Misplaced, v.Totals().Misplaced, tt.want)
			}
			if c, _ := v.Country(country.MLI); tt.want && c.Day.Sure != 1 {
				t.Errorf("it counts where it is stated: %+v", c.Day)
			}
		})
	}
}
