package mapped

import (
	"errors"
	"strings"
	"time"

	"vigil/internal/feed/dates"
	"vigil/internal/incident"
)

func (r *reading) when(field string, to *incident.When) {
	v := r.value(field)
	if v == "" {
		return
	}
	w, err := r.style.Read(v)
	r.told(field, err)
	*to = w
}

// told warns of what a time leaves open.
func (r *reading) told(field string, err error) {
	switch {
	case errors.Is(err, dates.ErrOrder):
		r.warn(field, `%v; write dates = "=dmy" or "=mdy" into the [source.map]`, err)
	case errors.Is(err, dates.ErrZone):
		r.warn(field, `%v; write zone = "=UTC", or an offset such as "=+03:00", into the [source.map]`, err)
	case err != nil:
		r.warn(field, "%v: it is taken as unknown", err)
	}
}

// clock puts the time of day of a column of its own to the date.
func (r *reading) clock() {
	w, err := r.style.WithClock(r.i.Occurred, r.value(timeField))
	if errors.Is(err, dates.ErrNone) {
		r.warn(timeField, "%v", err)
	} else {
		r.told(timeField, err)
	}
	r.i.Occurred = w
}

// parts is the date of occurred out of its year, month and day. A month or a day that is empty or 0 is not known, and one
// that cannot be is warned of: the date is as exact as what stands before it.
func (r *reading) parts() {
	part := func(field string, least, most int64, read func(string) (int64, bool)) (n int, ok bool) {
		v := r.value(field)
		whole, is := read(v)
		switch {
		case v == "" || is && whole == 0:
			return 0, false
		case !is || whole < least || whole > most:
			r.warn(field, "%q is no %s from %d to %d: it is taken as unknown", v, field, least, most)
			return 0, false
		default:
			return int(whole), true
		}
	}
	year, ok := part(yearField, 1900, 9999, wholeNumber)
	if !ok {
		return
	}
	w := incident.When{Start: time.Date(year, time.January, 1, 0, 0, 0, 0, time.UTC), Precision: incident.ToYear}
	if month, ok := part(monthField, 1, 12, monthNumber); ok {
		w = incident.When{Start: time.Date(year, time.Month(month), 1, 0, 0, 0, 0, time.UTC), Precision: incident.ToMonth}
		last := w.Start.AddDate(0, 1, -1).Day()
		if day, ok := part(dayField, 1, int64(last), wholeNumber); ok {
			w = incident.When{Start: w.Start.AddDate(0, 0, day-1), Precision: incident.ToDate}
		}
	}
	r.i.Occurred = w
}

// monthNumber reads a month as a number, or by its English name or its first three letters.
func monthNumber(s string) (int64, bool) {
	for _, layout := range [...]string{"January", "Jan"} {
		if t, err := time.Parse(layout, strings.TrimSpace(s)); err == nil {
			return int64(t.Month()), true
		}
	}
	return wholeNumber(s)
}

// open is the word for the end of what still lasts.
const open = "open"

func (r *reading) times() {
	i := r.i
	r.when("occurred", &i.Occurred)
	if i.Occurred.IsZero() {
		r.parts()
	}
	r.clock()
	r.when("expected_from", &i.ExpectedFrom)
	r.when("expected_to", &i.ExpectedTo)
	if strings.EqualFold(r.value("until"), open) {
		i.Ongoing = true
	} else {
		r.when("until", &i.Until)
	}
	r.ends()
	var reported incident.When
	r.when("reported", &reported)
	switch reported.Precision {
	case incident.ToTime, incident.ToDate:
		i.Reported = reported.Start
	case incident.Unstated:
	default:
		r.warn("reported", "it is known to the %s only, and taken as unknown", [...]string{incident.ToYear: "year", incident.ToMonth: "month"}[reported.Precision])
	}
}

// ends takes an end that lies before its beginning as unknown.
func (r *reading) ends() {
	until, expected := r.i.Until, r.i.ExpectedTo
	over, past := r.i.DropReversed()
	if over {
		r.warn("until", "%s is before it happened (%s): the end is taken as unknown", until, r.i.Occurred)
	}
	if past {
		r.warn("expected_to", "%s is before it is expected (%s): the end is taken as unknown", expected, r.i.ExpectedFrom)
	}
}
