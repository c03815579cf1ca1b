package feed

import (
	"errors"
	"testing"
)

func TestParseStamp(t *testing.T) {
	for s, want := range map[string]string{
		"":                                  "",
		"Tue, 21 Jun 2022 03:32:00 +0200":   "2022-06-21T01:32:00Z",
		"Tue, 21 Jun 2022 03:32:00 GMT":     "2022-06-21T03:32:00Z",
		"Tue, 21 Jun 22 03:32 Z":            "2022-06-21T03:32:00Z",
		" Tue,  1 Jun 2022\n03:32:00 EDT ":  "2022-06-01T07:32:00Z",
		"mar., 21 Jun 2022 03:32:00 +02:00": "2022-06-21T01:32:00Z",
		"21 June 2022 03:32 +0000":          "2022-06-21T03:32:00Z",
		"2022-06-21T03:32:00.5-05:00":       "2022-06-21T08:32:00.5Z",
		"2022-06-21T01:46+0200":             "2022-06-20T23:46:00Z",
		"Fri, 21 Aug 2026":                  "2026-08-21",
		"2026-08-21":                        "2026-08-21",
	} {
		when, err := ParseStamp(s)
		if err != nil || when.String() != want {
			t.Errorf("%q: %s, %v; want %s", s, when, err, want)
		}
	}
	for _, s := range []string{
		"yesterday", "Fri, 14 Mar 2031 11:00:00 CEST", "Fri, 14 Mar 2031 11:00:00 IST", "2022-06-21T03:32:00",
		"0000-00-00", "2022-13-01", "21/06/2022", "1655775120", "Tue, 21 Jun 1822 03:32:00 GMT", "9999-12-31T23:59:59-23:00",
	} {
		if when, err := ParseStamp(s); !errors.Is(err, ErrStamp) || !when.IsZero() {
			t.Errorf("%q: %s, %v", s, when, err)
		}
	}
}
