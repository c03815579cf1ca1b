package figure_test

import (
	"testing"
	"time"

	"vigil/internal/figure"
)

func TestClockInText(t *testing.T) {
	now := time.Date(2026, 11, 20, 14, 32, 0, 0, time.UTC)
	for text, want := range map[string]string{
		"since 2026-11-20 14:28Z, until 2026-11-20 15:00Z": "since 14:28Z, until 15:00Z",
		"since 2026-11-19 14:28Z and 2026-11-20 14:28Z":    "since 2026-11-19 14:28Z and 14:28Z",
		"election on 2026-11-20 in Gao, 2026-11-20 1":      "election on 2026-11-20 in Gao, 2026-11-20 1",
		"2026-11-20 ": "2026-11-20 ",
		"":            "",
	} {
		if got := figure.Plain.ClockInText(text, now); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
