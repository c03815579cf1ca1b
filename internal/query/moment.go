package query

import (
	"strconv"
	"strings"
	"time"

	"vigil/internal/saying"
)

// moment is the value of since: and until:, an interval of its own ("2026-11" is a month). Relative
// ones have no place on the calendar until they are asked with a now.
type moment struct {
	text     string // canonical
	relative relation
	ago      time.Duration // backwards from now, or in whole days from today
	from, to time.Time     // of an absolute one
}

type relation uint8

const (
	absolute relation = iota
	fromNow
	fromToday
)

const day = 24 * time.Hour

// span is the interval [from, to) that the moment covers, all in UTC; a point in time has equal ends.
func (m moment) span(now time.Time) (from, to time.Time) {
	switch m.relative {
	case fromNow:
		t := now.Add(-m.ago)
		return t, t
	case fromToday:
		from = now.UTC().Truncate(day).Add(-m.ago)
		return from, from.Add(day)
	default:
		return m.from, m.to
	}
}

// calendar are the absolute forms and how long each lasts.
var calendar = []struct {
	layout              string
	years, months, days int
}{
	{"2006", 1, 0, 0},
	{"2006-01", 0, 1, 0},
	{time.DateOnly, 0, 0, 1},
	{"2006-01-02T15:04Z07:00", 0, 0, 0},
	{time.RFC3339, 0, 0, 0},
	{"2006-01-02T15:04", 0, 0, 0},
	{"2006-01-02T15:04:05", 0, 0, 0},
}

// units of relative times. Neither "m" nor "mo" is among them: one may be read as minutes or months, and
// months differ in length.
var units = []struct {
	name string
	d    time.Duration
}{{"min", time.Minute}, {"h", time.Hour}, {"d", day}, {"w", 7 * day}, {"y", 365 * day}}

// maxAgo is the farthest a relative time reaches back: a hundred years.
const maxAgo = 100 * 365 * day

var errMoment = saying.Errorf("write 7d (also min, h, w, y), today, yesterday, a date such as 2026-11-20 or 2026-11, " +
	"or a time such as 2026-11-20T14:30Z")

// parseMoment reads the value of since: or until:. A time without a zone is UTC.
func parseMoment(s string) (moment, error) {
	switch Fold(s) {
	case "today":
		return moment{text: "today", relative: fromToday}, nil
	case "yesterday":
		return moment{text: "yesterday", relative: fromToday, ago: day}, nil
	}
	for _, c := range calendar {
		t, err := time.Parse(c.layout, strings.ToUpper(s))
		if err != nil {
			continue
		}
		t = t.UTC()
		if t.Year() < 1 || t.Year() > 9998 {
			return moment{}, saying.Errorf("this is outside of the calendar: write a year from 1 to 9998")
		}
		m := moment{from: t, to: t.AddDate(c.years, c.months, c.days)}
		if m.from.Equal(m.to) {
			m.text = t.Format(time.RFC3339Nano)
		} else {
			m.text = t.Format(c.layout)
		}
		return m, nil
	}
	return parseAgo(Fold(s))
}

func parseAgo(s string) (moment, error) {
	digits := len(s) - len(strings.TrimLeft(s, "0123456789"))
	number, unit := s[:digits], s[digits:]
	if number == "" {
		return moment{}, errMoment
	}
	n, err := strconv.ParseInt(number, 10, 64)
	if unit == "m" {
		return moment{}, saying.Errorf("m may be minutes or months: write 30min or 90d")
	}
	for _, u := range units {
		if u.name != unit {
			continue
		}
		if err != nil || n > int64(maxAgo/u.d) {
			return moment{}, saying.Errorf("this is too far back: the farthest is %s", strconv.Itoa(int(maxAgo/u.d))+u.name)
		}
		return moment{text: strconv.FormatInt(n, 10) + u.name, relative: fromNow, ago: time.Duration(n) * u.d}, nil
	}
	return moment{}, errMoment
}
