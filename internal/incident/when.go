package incident

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Precision says how exactly a source knows a time. It is kept and shown.
type Precision uint8

// The precisions. Unstated is a time that the source does not give.
const (
	Unstated Precision = iota
	ToYear
	ToMonth
	ToDate
	ToTime
)

// When is a time as exactly as the source gives it. The zero value is unstated.
// Start is in UTC and is the first instant that the words may mean.
type When struct {
	Start     time.Time
	Precision Precision
}

// ErrTime is wrapped by every error of [ParseWhen].
var ErrTime = errors.New("not a time, date, month or year")

// The years that a time may be of.
const firstYear, lastYear = 1900, 9999

var timeLayouts = [...]string{time.RFC3339Nano, "2006-01-02T15:04Z07:00", "2006-01-02 15:04:05Z07:00"}

// ParseWhen reads RFC 3339 ("2026-11-20T14:21:00Z", seconds may be left out), a date, a month
// ("2026-11") or a year. The empty string is unstated. Years run from 1900 to 9999.
func ParseWhen(s string) (When, error) {
	if w, ok := plainWhen(s); ok {
		return w, nil
	}
	return parseWhen(strings.TrimSpace(s))
}

func parseWhen(s string) (When, error) {
	w := When{}
	var err error
	switch len(s) {
	case 0:
		return When{}, nil
	case len("2006"):
		w.Precision = ToYear
		w.Start, err = time.Parse("2006", s)
	case len("2006-01"):
		w.Precision = ToMonth
		w.Start, err = time.Parse("2006-01", s)
	case len("2006-01-02"):
		w.Precision = ToDate
		w.Start, err = time.Parse(time.DateOnly, s)
	default:
		w.Precision = ToTime
		for _, layout := range timeLayouts {
			if w.Start, err = time.Parse(layout, s); err == nil {
				break
			}
		}
	}
	w.Start = w.Start.UTC() // before the years are looked at: a zone can lead out of them
	if err != nil || w.Start.Year() < firstYear || w.Start.Year() > lastYear {
		return When{}, fmt.Errorf("%w: write it as 2026-11-20T14:21:00Z, 2026-11-20, 2026-11 or 2026", ErrTime)
	}
	return w, nil
}

// At is a When that is exact to the instant.
func At(t time.Time) When {
	if t.IsZero() {
		return When{}
	}
	return When{Start: t.UTC(), Precision: ToTime}
}

// IsZero reports whether the time is unstated.
func (w When) IsZero() bool { return w.Precision == Unstated }

// End is the first instant after everything the words may mean; for an exact time it is the
// time itself.
func (w When) End() time.Time {
	switch w.Precision {
	case ToYear:
		return w.Start.AddDate(1, 0, 0)
	case ToMonth:
		return w.Start.AddDate(0, 1, 0)
	case ToDate:
		return w.Start.AddDate(0, 0, 1)
	default:
		return w.Start
	}
}

// endsBefore reports whether all that w may mean lies before all that begin may mean. A date may be that of any time zone.
func (w When) endsBefore(begin When) bool {
	switch {
	case w.IsZero() || begin.IsZero():
		return false
	case w.Precision == ToTime:
		return w.Start.Before(begin.Start)
	default:
		const westernmost = 12 * time.Hour
		return w.End().Add(westernmost).Before(begin.Start)
	}
}

// String is the form that ParseWhen reads back.
func (w When) String() string {
	switch w.Precision {
	case ToYear:
		return w.Start.Format("2006")
	case ToMonth:
		return w.Start.Format("2006-01")
	case ToDate:
		return w.Start.Format(time.DateOnly)
	case ToTime:
		return w.Start.Format(time.RFC3339Nano)
	default:
		return ""
	}
}

// Interval is [Start, End) in UTC. An exact time has End equal to Start and stands for
// that instant. The zero value is no time at all.
type Interval struct{ Start, End time.Time }

// IsZero reports whether there is no time at all.
func (i Interval) IsZero() bool { return i.Start.IsZero() && i.End.IsZero() }

// Within reports whether the whole interval lies inside [from, to).
func (i Interval) Within(from, to time.Time) bool {
	return !i.IsZero() && !i.Start.Before(from) && i.Start.Before(to) && !i.End.After(to)
}

// Overlaps reports whether some instant of the interval lies inside [from, to).
func (i Interval) Overlaps(from, to time.Time) bool {
	if i.IsZero() || !i.Start.Before(to) {
		return false
	}
	return i.End.After(from) || !i.Start.Before(from)
}
