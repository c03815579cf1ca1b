package incident

import (
	"errors"
	"testing"
)

func TestParseWhenKeepsToItsYearsInUTC(t *testing.T) {
	for _, s := range []string{"1900-01-01T00:00:00+05:00", "9999-12-31T23:00:00-05:00", "1899", "0000-01-01"} {
		if w, err := ParseWhen(s); !errors.Is(err, ErrTime) {
			t.Errorf("ParseWhen(%q) = %v, %v; its own words could not be read back", s, w, err)
		}
	}
	for _, s := range []string{"1900", "9999-12", "2026-11-20", "2026-11-20T14:21:00.5Z"} {
		w, err := ParseWhen(s)
		if err != nil || w.String() != s {
			t.Errorf("ParseWhen(%q) = %q, %v", s, w, err)
		}
	}
}

func TestEndsBefore(t *testing.T) {
	for _, tt := range []struct {
		end, begin string
		before     bool
	}{
		{"2026-11-10T10:00:00Z", "2026-11-28T01:00:00Z", true},
		{"2026-11-28T01:00:00Z", "2026-11-28T01:00:00Z", false},
		{"2026-11-28T00:59:00Z", "2026-11-28T01:00:00Z", true},
		{"2026-11-28T00:59:00Z", "2026-11-28", false},
		{"2026-11-27T23:59:00Z", "2026-11-28", true},
		{"2026-11-27", "2026-11-28T01:00:00Z", false}, // it may be the 27th of a zone in the west
		{"2026-11-26", "2026-11-28T01:00:00Z", true},
		{"2026-11", "2026-11-28", false},
		{"2025", "2026-11-28", true},
		{"", "2026-11-28", false},
		{"2025", "", false},
	} {
		end, err := ParseWhen(tt.end)
		begin, wrong := ParseWhen(tt.begin)
		if err != nil || wrong != nil {
			t.Fatal(err, wrong)
		}
		i := Incident{Occurred: begin, Until: end, ExpectedFrom: begin, ExpectedTo: end}
		if until, expected := i.DropReversed(); until != tt.before || expected != tt.before || i.Until.IsZero() != (tt.before || end.IsZero()) || i.ExpectedTo != i.Until {
			t.Errorf("%q before %q: %t, %t, leaves %v and %v", tt.end, tt.begin, until, expected, i.Until, i.ExpectedTo)
		}
	}
}
