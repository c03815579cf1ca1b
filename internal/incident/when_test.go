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
