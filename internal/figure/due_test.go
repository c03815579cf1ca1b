package figure

import (
	"testing"
	"time"
)

func TestDueDates(t *testing.T) {
	day := func(s string) time.Time {
		d, err := time.Parse(time.DateOnly, s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, tt := range []struct{ from, last, want string }{
		{"2026-11-28", "2026-11-29", "28-29 Nov"},
		{"2026-11-30", "2026-12-02", "30 Nov-2 Dec"},
		{"2026-12-30", "2027-01-02", "30 Dec to 2027-01-02"},
		{"2027-01-02", "2027-01-03", "2027-01-02 to 2027-01-03"},
	} {
		if got := dueDates(day(tt.from), day(tt.last), day("2026-11-26")); got != tt.want {
			t.Errorf("%s to %s is %q, want %q", tt.from, tt.last, got, tt.want)
		}
	}
}
