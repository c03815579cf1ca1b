package country

import (
	"testing"
	"time"

	"vigil/internal/incident"
	"vigil/internal/level"
	"vigil/internal/safetext"
)

func TestLevelSteps(t *testing.T) {
	now := time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC)
	gao, other := safetext.Const("Gao"), safetext.Const("Kidal")
	ago := func(columns float64) time.Time { return now.Add(-time.Duration(columns * float64(stepLength))) }
	tests := []struct {
		name    string
		since   time.Time
		changes []level.Change
		want    string // of the last six columns, the newest last
	}{
		{"nothing is known but now", time.Time{}, nil, "000004"},
		{"its own date", ago(2.5), nil, "000444"},
		{"seen to change", time.Time{}, []level.Change{{Area: gao, From: 3, To: 4, Seen: ago(2.5)}}, "003444"},
		{"of another area", time.Time{}, []level.Change{{Area: other, From: 3, To: 4, Seen: ago(2.5)}}, "000004"},
		{"in force before it was seen", ago(3.5), []level.Change{{Area: gao, From: 3, To: 4, Seen: ago(0.5)}}, "034444"},
		{"twice", time.Time{}, []level.Change{{Area: gao, From: 3, To: 4, Seen: ago(1.5)}, {Area: gao, From: 5, To: 3, Seen: ago(3.5)}}, "053344"},
		{"three times within a column", time.Time{}, []level.Change{
			{Area: gao, From: 5, To: 4, Seen: ago(0.1)}, {Area: gao, From: 3, To: 5, Seen: ago(0.2)}, {Area: gao, From: 2, To: 3, Seen: ago(0.3)},
		}, "000024"},
		{"there and back", time.Time{}, []level.Change{{Area: gao, From: 5, To: 4, Seen: ago(0.1)}, {Area: gao, From: 4, To: 5, Seen: ago(0.2)}}, "000044"},
	}
	for _, tt := range tests {
		a := &level.Area{Name: gao, Level: 4}
		if !tt.since.IsZero() {
			a.Since = incident.At(tt.since)
		}
		got := ""
		for _, v := range steps(a, tt.changes, now)[stepCount-6:] {
			got += string(rune('0' + v))
		}
		if got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}
