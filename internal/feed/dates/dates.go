// Package dates reads the ways in which exports and spreadsheets write times, and says what each of them
// leaves open.
//
// # Guarantees
//
//   - Pure: no clock, no zone of the machine.
//   - Nothing is guessed. "03/04/2024" is the year alone unless somebody says which part is the day, a time of
//     day without a zone is the date alone unless somebody says which zone: the error then says what was
//     left out, and the [incident.When] beside it holds what is sure.
//   - A text that cannot be read is unstated, never now.
package dates

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"vigil/internal/incident"
)

// Order says which part of a date in digits is the day.
type Order uint8

// The orders.
const (
	OrderUnknown Order = iota
	DayFirst           // 31/12/2024
	MonthFirst         // 12/31/2024
)

// ParseOrder reads "dmy" or "mdy".
func ParseOrder(s string) (o Order, ok bool) {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "dmy":
		return DayFirst, true
	case "mdy":
		return MonthFirst, true
	default:
		return OrderUnknown, false
	}
}

// Style is what is known of how a source writes its times.
type Style struct {
	Order Order
	Zone  *time.Location // of times of day that have none; nil where nobody knows
}

// Errors of [Style.Read], wrapped. With the first two the time beside them is less exact than what is
// written, with ErrNone it is unstated.
var (
	ErrOrder = errors.New("which is the day and which the month cannot be told")
	ErrZone  = errors.New("a time of day without a zone")
	ErrNone  = errors.New("no time, date, month or year that can be read")
)

// Read reads one time. The empty text is unstated and no error.
func (s Style) Read(text string) (incident.When, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return incident.When{}, nil
	}
	if w, err := incident.ParseWhen(text); err == nil {
		return w, nil
	}
	if w, ok, err := s.digits(text); ok {
		return w, err
	}
	for _, f := range layouts {
		if at, err := time.Parse(f.layout, text); err == nil {
			return s.of(at, f.kind)
		}
	}
	if w, ok, err := s.parts(text); ok {
		return w, err
	}
	return incident.When{}, fmt.Errorf("%q is %w", text, ErrNone)
}

// layout is one way of writing a time.
type layout struct {
	layout string
	kind   kind
}

type kind uint8

const (
	toMonth kind = iota
	toDate
	local // a time of day without a zone
	zoned
)

// layouts hold the months by name and the times of day. Months in digits with the year last are
// not among them: see parts.
var layouts = [...]layout{
	{"2006-01-02T15:04:05.999999999", local},
	{"2006-01-02 15:04:05.999999999", local},
	{"2006-01-02T15:04", local},
	{"2006-01-02 15:04", local},
	{"2006-01-02T15:04:05Z0700", zoned},
	{"2006-01-02T15:04Z0700", zoned},
	{"2006-01-02 15:04:05Z0700", zoned},
	{"2006-01-02 15:04:05 Z0700", zoned},
	{"2006-01-02 15:04:05 Z07:00", zoned},
	{"2006-01-02 15:04:05 UTC", zoned},
	{"2006-01-02 15:04 UTC", zoned},
	{"2006/01/02 15:04:05", local},
	{"2006/01/02 15:04", local},
	{"2006/01/02", toDate},
	{"2006/1/2", toDate},
	{"2006.01.02", toDate},
	{"2006-1-2", toDate},
	{"Mon, 2 Jan 2006 15:04:05 GMT", zoned},
	{"Mon, 2 Jan 2006 15:04:05 UTC", zoned},
	{"Mon, 2 Jan 2006 15:04:05 -0700", zoned},
	{"2 Jan 2006 15:04:05 GMT", zoned},
	{"2 Jan 2006 15:04 GMT", zoned},
	{"2 January 2006 15:04 UTC", zoned},
	{"2 Jan 2006 15:04 UTC", zoned},
	{"2 January 2006", toDate},
	{"2 Jan 2006", toDate},
	{"2-January-2006", toDate},
	{"2-Jan-2006", toDate},
	{"2-January-06", toDate},
	{"2-Jan-06", toDate},
	{"2 January 06", toDate},
	{"2 Jan 06", toDate},
	{"January 2, 2006", toDate},
	{"Jan 2, 2006", toDate},
	{"Monday, January 2, 2006", toDate},
	{"Monday, 2 January 2006", toDate},
	{"Mon, 2 Jan 2006", toDate},
	{"January 2006", toMonth},
	{"Jan 2006", toMonth},
	{"January-2006", toMonth},
	{"Jan-2006", toMonth},
	{"Jan-06", toMonth},
	{"January, 2006", toMonth},
	{"2006 January", toMonth},
	{"2006/01", toMonth},
	{"01/2006", toMonth},
	{"1/2006", toMonth},
}

func (s Style) of(at time.Time, k kind) (incident.When, error) {
	if at.Year() < firstYear {
		return incident.When{}, fmt.Errorf("%s is %w: years begin at %d", at.Format(time.DateOnly), ErrNone, firstYear)
	}
	switch k {
	case toMonth:
		return incident.When{Start: at.UTC(), Precision: incident.ToMonth}, nil
	case toDate:
		return incident.When{Start: at.UTC(), Precision: incident.ToDate}, nil
	case zoned:
		return incident.At(at), nil
	default:
		return s.local(at)
	}
}

const firstYear = 1900

// local is a time of day without a zone. At midnight it is how programs write a date.
func (s Style) local(at time.Time) (incident.When, error) {
	date := incident.When{Start: time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, time.UTC), Precision: incident.ToDate}
	switch {
	case at.Equal(date.Start):
		return date, nil
	case s.Zone != nil:
		return incident.At(time.Date(at.Year(), at.Month(), at.Day(), at.Hour(), at.Minute(), at.Second(), at.Nanosecond(), s.Zone)), nil
	default:
		return date, fmt.Errorf("%s is %w: only the date is taken", at.Format(time.TimeOnly), ErrZone)
	}
}

// Serials of spreadsheets that are taken for dates: five digits before the point, from May 1927.
const firstSerial, lastSerial = 10000, 99999

// digits reads what has nothing but digits, and perhaps a point: a date without separators, the serial of a
// spreadsheet (days since 30 December 1899), seconds or milliseconds since 1970.
func (s Style) digits(text string) (w incident.When, ok bool, err error) {
	f, number := positive(text)
	if !number {
		return w, false, nil
	}
	switch whole, _, _ := strings.Cut(text, "."); len(whole) {
	case len("45281"):
		if f < firstSerial || f > lastSerial {
			return w, false, nil
		}
		const day = 24 * 60 * 60
		epoch := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
		w, err = s.local(epoch.AddDate(0, 0, int(f)).Add(time.Duration((f-float64(int(f)))*day+0.5) * time.Second))
	case len("200601"):
		w, ok = stamp("200601", text, incident.ToMonth)
		return w, ok, nil
	case len("20060102"):
		w, ok = stamp("20060102", text, incident.ToDate)
		return w, ok, nil
	case len("20060102150405"):
		if w, ok = stamp("20060102150405", text, incident.ToTime); !ok {
			return w, false, nil
		}
		w, err = s.local(w.Start)
	case len("1700000000"):
		w = incident.At(time.Unix(int64(f), 0))
	case len("1700000000000"):
		w = incident.At(time.UnixMilli(int64(f)))
	default:
		return w, false, nil
	}
	return w, true, err
}

// positive reads digits with at most a point among them.
func positive(text string) (f float64, ok bool) {
	f, err := strconv.ParseFloat(text, 64)
	return f, err == nil && strings.Trim(text, "0123456789.") == ""
}

func stamp(layout, text string, p incident.Precision) (incident.When, bool) {
	at, err := time.Parse(layout, text)
	if err != nil || at.Year() < firstYear {
		return incident.When{}, false
	}
	return incident.When{Start: at, Precision: p}, true
}

// parts reads a date in digits with the year last, such as 31/12/2024 or 3.4.24, with or without a time
// of day behind it.
func (s Style) parts(text string) (w incident.When, ok bool, err error) {
	date, clock, _ := strings.Cut(text, " ")
	var n [3]int
	fields := strings.FieldsFunc(date, func(r rune) bool { return r == '/' || r == '.' || r == '-' })
	if len(fields) != len(n) || len(fields[0]) > 2 || len(fields[1]) > 2 || len(fields[2]) != 2 && len(fields[2]) != 4 {
		return w, false, nil
	}
	for i, field := range fields {
		f, number := positive(field)
		if !number {
			return w, false, nil
		}
		n[i] = int(f)
	}
	year := n[2]
	if len(fields[2]) == 2 {
		const pivot = 70 // as Go and most spreadsheets have it, or nearly
		if year += 2000; n[2] >= pivot {
			year -= 100
		}
	}
	day, month := n[0], n[1]
	const months = 12
	switch {
	case n[0] > months && n[1] <= months, n[0] == n[1]:
	case n[1] > months && n[0] <= months:
		day, month = n[1], n[0]
	case s.Order == MonthFirst:
		day, month = n[1], n[0]
	case s.Order == OrderUnknown && n[0] >= 1 && n[1] >= 1 && n[0] <= months && n[1] <= months && year >= firstYear:
		start := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)
		return incident.When{Start: start, Precision: incident.ToYear}, true, fmt.Errorf("%q: %w: only the year is taken", text, ErrOrder)
	}
	at := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if at.Day() != day || int(at.Month()) != month || year < firstYear {
		return w, false, nil
	}
	if clock = strings.TrimSpace(clock); clock != "" {
		since, read := sinceMidnight(clock)
		if !read {
			return w, false, nil
		}
		w, err = s.local(at.Add(since))
		return w, true, err
	}
	return incident.When{Start: at, Precision: incident.ToDate}, true, nil
}

// Zone reads "UTC", "Z" or an offset such as "+03:00". Names of places are not taken: their offsets change.
func Zone(s string) (*time.Location, bool) {
	s = strings.TrimSpace(s)
	switch strings.ToUpper(s) {
	case "UTC", "GMT", "Z":
		return time.UTC, true
	}
	at, err := time.Parse("-07:00", s)
	if err != nil {
		return nil, false
	}
	_, offset := at.Zone()
	return time.FixedZone(s, offset), true
}
