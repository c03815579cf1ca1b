package correlate_test

import (
	"testing"

	"vigil/internal/correlate"
	"vigil/internal/country"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// TestOneNumberInTwoFiles: Insecurity Insight lists one event in several files, each an authority of its own,
// under one number.
func TestOneNumberInTwoFiles(t *testing.T) {
	record := func(authority, number string) *incident.Incident {
		at, err := incident.ParseWhen("2031-02-26")
		if err != nil {
			t.Fatal(err)
		}
		return &incident.Incident{
			Identity: incident.Identity{Authority: safetext.Clean(authority), ID: safetext.Clean(number)},
			Occurred: at, Countries: []country.Code{country.MustParse("SDN")}, Act: incident.Known(incident.Shooting),
			Details: safetext.Block("EXERCISE. A clinic was hit.\nSiND Event ID " + number + "; Programme Focus: Health"),
		}
	}
	aid := correlate.Of(record("insecurity-insight/aid", "44580"))
	if r := correlate.Score(aid, correlate.Of(record("insecurity-insight/health", "44580"))); r.Kind != correlate.Same {
		t.Errorf("the same number: %+v", r)
	}
}
