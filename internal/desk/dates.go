package desk

import (
	"strconv"
	"strings"
	"time"

	"vigil/internal/incident"
)

// dateOrder says how a file writes dates like 03/04/2026.
type dateOrder uint8

const (
	orderUnknown dateOrder = iota
	dayFirst
	monthFirst
	orderMixed // the file contradicts itself
)

// learn takes one date into account: one whose first number cannot be a month shows the order of its
// whole column.
func (o dateOrder) learn(s string) dateOrder {
	first, second, _, ok := slashed(s)
	if !ok {
		return o
	}
	seen := orderUnknown
	switch {
	case first > 12 && second <= 12:
		seen = dayFirst
	case second > 12 && first <= 12:
		seen = monthFirst
	}
	if seen == orderUnknown || o == seen {
		return o
	}
	if o == orderUnknown {
		return seen
	}
	return orderMixed
}

// slashed takes a date like 20/11/2026 apart, whatever follows it.
func slashed(s string) (first, second, year int, ok bool) {
	s, _, _ = strings.Cut(s, " ")
	parts := strings.Split(s, "/")
	if len(parts) != 3 || len(parts[2]) != 4 {
		return 0, 0, 0, false
	}
	var n [3]int
	for i, p := range parts {
		v, err := strconv.ParseUint(p, 10, 16)
		if err != nil {
			return 0, 0, 0, false
		}
		n[i] = int(v)
	}
	return n[0], n[1], n[2], true
}

// Layouts of spreadsheets that cannot be misread. Those with a clock and no zone give the date only.
var (
	dateLayouts  = [...]string{"2006/01/02", "2/Jan/2006", "2-Jan-2006", "2 Jan 2006", "2 January 2006", "2.1.2006"}
	clockLayouts = [...]string{
		"2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05.999999999",
		"2006/01/02 15:04:05", "2006/01/02 15:04", "2-Jan-2006 15:04", "2-Jan-2006 15:04:05", "2 Jan 2006 15:04", "2.1.2006 15:04", "2.1.2006 15:04:05",
	}
)

// moment reads a time of a presence file. zoneless says that a clock without a zone was left
// out: the hour may be any of the world's, and the date is what is sure. ok is false for
// what could be two dates, or none.
func moment(s string, order dateOrder) (w incident.When, zoneless, ok bool) {
	if s == "" {
		return incident.When{}, false, true
	}
	if w, err := incident.ParseWhen(s); err == nil {
		return w, false, true
	}
	onDate := func(t time.Time) incident.When {
		return incident.When{Start: time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC), Precision: incident.ToDate}
	}
	sane := func(t time.Time) bool { return t.Year() >= 1900 }
	for _, layout := range dateLayouts {
		if t, err := time.Parse(layout, s); err == nil && sane(t) {
			return onDate(t), false, true
		}
	}
	for _, layout := range clockLayouts {
		if t, err := time.Parse(layout, s); err == nil && sane(t) {
			return onDate(t), true, true
		}
	}
	first, second, year, ok := slashed(s)
	if !ok || order != dayFirst && order != monthFirst {
		return incident.When{}, false, false
	}
	if order == monthFirst {
		first, second = second, first
	}
	t := time.Date(year, time.Month(second), first, 0, 0, 0, 0, time.UTC)
	if t.Day() != first || t.Month() != time.Month(second) || !sane(t) {
		return incident.When{}, false, false
	}
	return onDate(t), strings.Contains(s, " "), true
}
