package feed

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"vigil/internal/incident"
)

// ErrStamp is wrapped by the errors of [ParseStamp].
var ErrStamp = errors.New("is not a time with its time zone, nor a date")

// Layouts of what stands behind the name of the day. Go takes the name of a zone that it does not know for
// an offset of 0, so that zones by name are turned into numbers before.
var (
	stampTimes = []string{
		"2 Jan 2006 15:04:05 -0700", "2 Jan 2006 15:04 -0700", "2 Jan 06 15:04:05 -0700", "2 Jan 06 15:04 -0700",
		"2 January 2006 15:04:05 -0700", "2 January 2006 15:04 -0700",
		"2 Jan 2006 15:04:05 -07:00", "2006-01-02 15:04:05 -0700", "2006-01-02T15:04:05-0700", "2006-01-02T15:04-0700",
		"2006-01-02T15:04Z07:00", "2006-01-02 15:04:05Z07:00", time.RFC3339Nano,
	}
	stampDates = []string{"2 Jan 2006", "2 January 2006", "2 Jan 06", time.DateOnly}
)

// stampZones are the zones that RFC 822 has by name, and no other: IST is three zones, and CST is one of
// China's too, but not in RFC 822.
var stampZones = map[string]string{
	"GMT": "+0000", "UTC": "+0000", "UT": "+0000", "Z": "+0000",
	"EST": "-0500", "EDT": "-0400", "CST": "-0600", "CDT": "-0500", "MST": "-0700", "MDT": "-0600", "PST": "-0800", "PDT": "-0700",
}

// ParseStamp reads a time as feeds of the web write it (RFC 822 with two or four digits of the year, RFC 3339
// and what is near to them), or a date. An empty text is none and no error; a time whose zone is not said,
// or said by a name that several zones have, is an error. Years run from 1900 to 9999.
func ParseStamp(s string) (incident.When, error) {
	text := strings.Join(strings.Fields(s), " ")
	if text == "" {
		return incident.When{}, nil
	}
	if _, after, ok := strings.Cut(text, ","); ok { // the name of the day, in whatever language
		text = strings.TrimSpace(after)
	}
	if n := strings.LastIndexByte(text, ' '); n > 0 {
		if offset, ok := stampZones[text[n+1:]]; ok {
			text = text[:n+1] + offset
		}
	}
	when := incident.When{Precision: incident.ToTime}
	for _, layout := range stampTimes {
		if at, err := time.Parse(layout, text); err == nil {
			when.Start = at.UTC()
		}
	}
	for _, layout := range stampDates {
		if at, err := time.Parse(layout, text); err == nil {
			when = incident.When{Start: at, Precision: incident.ToDate}
		}
	}
	if year := when.Start.Year(); year < 1900 || year > 9999 {
		return incident.When{}, fmt.Errorf("%q %w", s, ErrStamp)
	}
	return when, nil
}
