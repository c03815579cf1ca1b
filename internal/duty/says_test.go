package duty_test

import (
	"testing"
	"time"

	"vigil/internal/duty"
)

// TestAFlashReportSaysOfWhatAndWhen: read cold, the log says of which country it was, and a next time that was mistyped is another day's.
func TestAFlashReportSaysOfWhatAndWhen(t *testing.T) {
	next := time.Date(2026, 11, 29, 5, 0, 0, 0, time.UTC)
	for want, b := range map[string]*duty.Flash{
		"flash report 3 on MLI, the next is due at 2026-11-29 05:00Z": {Country: "MLI", Number: 3, Next: next},
		"flash report 1, the next is due at 2026-11-29 05:00Z":        {Alarm: "e1", Number: 1, Next: next},
		"flash report 2": {Alarm: "e1", Number: 2},
	} {
		if got := duty.Says(b); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
