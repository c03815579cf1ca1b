package incident

import (
	"testing"
	"time"
)

// sameTimes fails unless the fast way and package time make the same of a text.
func sameTimes(t *testing.T, s string) {
	t.Helper()
	w, ok := plainWhen(s)
	if !ok {
		return
	}
	if want, err := parseWhen(s); err != nil || w != want {
		t.Fatalf("plainWhen(%q) = %v, package time says %v, %v", s, w, want, err)
	}
}

// TestPlainWhenReadsEveryDay: each day of all years that a time may be of, and none that no calendar has.
func TestPlainWhenReadsEveryDay(t *testing.T) {
	last := time.Date(lastYear, 12, 31, 0, 0, 0, 0, time.UTC)
	for day := time.Date(firstYear, 1, 1, 0, 0, 0, 0, time.UTC); !day.After(last); day = day.AddDate(0, 0, 1) {
		s := day.Format(time.DateOnly)
		if w, ok := plainWhen(s); !ok || w != (When{day, ToDate}) {
			t.Fatalf("%s is read as %v, %v", s, w, ok)
		}
	}
	for _, s := range []string{
		"2026-11-20T14:21:00Z", "2026-11-20T23:59:59Z", "2026-11", "2024-02-29T00:00:00Z",
	} {
		if _, ok := plainWhen(s); !ok {
			t.Errorf("left to package time: %s", s)
		}
		sameTimes(t, s)
	}
	for _, s := range []string{
		"2026-11-20T24:00:00Z", "2026-11-20T14:60:00Z", "2026-11-20T14:21:60Z", "2026-11-20t14:21:00Z", "2026-11-20T14:21:00z",
		"2026-02-29", "2026-00", "2026-13", "2026-11-31", "1899-12", "2026-11-2x", "202x-11-20", "2026-11-20 14:21:00Z", "2026-1-20T14:21:000Z", "-026-11",
	} {
		if w, ok := plainWhen(s); ok {
			t.Errorf("%q is read as %v", s, w)
		}
	}
}

// FuzzPlainWhen holds the fast way against package time.
func FuzzPlainWhen(f *testing.F) {
	for _, s := range []string{"2026-11-20T14:21:00Z", "2026-11-20", "2026-11", "2026", "2026-11-20T14:21:00+01:00", "2000-02-29T00:00:00Z"} {
		f.Add(s)
	}
	f.Fuzz(sameTimes)
}
