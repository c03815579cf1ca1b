package dates

import (
	"fmt"
	"strings"
	"time"

	"vigil/internal/incident"
)

// WithClock puts the time of day of a column of its own to the date of another, as logs that people keep have it. The empty
// clock changes nothing, nor does one beside what is no date alone: a time, a month, a year. With an error the time is
// without its clock: what cannot be read is [ErrNone], what has no zone [ErrZone]. Midnight without a zone is the date
// alone: so programs write that they do not know.
func (s Style) WithClock(w incident.When, clock string) (incident.When, error) {
	clock = strings.TrimSpace(clock)
	if clock == "" || w.Precision != incident.ToDate {
		return w, nil
	}
	bare, zone := clock, (*time.Location)(nil)
	for _, end := range [...]string{"UTC", "GMT", "Z"} {
		if rest, ok := strings.CutSuffix(strings.ToUpper(clock), end); ok {
			bare, zone = strings.TrimSpace(rest), time.UTC
			break
		}
	}
	if at := strings.LastIndexAny(bare, "+-"); at > 0 && zone == nil {
		if z, ok := Zone(bare[at:]); ok {
			bare, zone = strings.TrimSpace(bare[:at]), z
		}
	}
	since, ok := sinceMidnight(bare)
	if !ok {
		return w, fmt.Errorf("%q is %w for a time of day: only the date is taken", clock, ErrNone)
	}
	y, m, d := w.Start.Date()
	at := time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Add(since)
	if zone != nil {
		return incident.At(time.Date(y, m, d, at.Hour(), at.Minute(), at.Second(), 0, zone)), nil
	}
	return s.local(at)
}

// IsClock reports whether a text is a time of day alone: 14:30, 14:30:00, 14h30, 1430, 2:30 PM, with a zone or without, or
// the part of a day that a spreadsheet stores.
func IsClock(text string) bool {
	date := incident.When{Start: time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC), Precision: incident.ToDate}
	_, err := (Style{Zone: time.UTC}).WithClock(date, text)
	return err == nil && strings.TrimSpace(text) != ""
}

// clocks are the ways of writing a time of day, in capitals.
var clocks = [...]string{time.TimeOnly, "15:04", "3:04:05 PM", "3:04 PM", "3:04PM", "3 PM", "15H04", "15H", "15 H 04", "15 H", "15.04", "1504"}

// epochs are the days that spreadsheets and databases write before a time of day that has none.
var epochs = [...]string{"1899-12-30", "1899-12-31", "1900-01-00", "1900-01-01", "0001-01-01", "1970-01-01"}

// sinceMidnight reads a time of day, less than a day.
func sinceMidnight(text string) (time.Duration, bool) {
	text = strings.ToUpper(strings.TrimSpace(text))
	for _, epoch := range epochs {
		if rest, ok := strings.CutPrefix(text, epoch); ok {
			text = strings.TrimSpace(strings.TrimPrefix(rest, "T"))
			break
		}
	}
	for _, layout := range clocks {
		if t, err := time.Parse(layout, text); err == nil {
			return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute + time.Duration(t.Second())*time.Second, true
		}
	}
	if f, ok := positive(text); ok && f < 1 && strings.Contains(text, ".") {
		return time.Duration(f*float64(24*time.Hour)).Round(time.Second) % (24 * time.Hour), true
	}
	return 0, false
}
