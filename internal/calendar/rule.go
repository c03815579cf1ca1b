package calendar

import (
	"slices"
	"time"
)

// Frequency is how often a rule recurs.
type Frequency uint8

// The frequencies. Nothing on a duty desk recurs by the hour: such rules are refused where they are read.
const (
	Daily Frequency = iota
	Weekly
	Monthly
	Yearly
)

// Nth is a weekday of a month or year: N is 1 for the first, -1 for the last, 0 for each.
type Nth struct {
	N   int
	Day time.Weekday
}

// Rule is how something recurs: the recurrence rule of RFC 5545 (3.3.10) without BYHOUR and all that is
// shorter than a day, and without BYWEEKNO.
type Rule struct {
	Freq     Frequency
	Interval int       // every so many; 0 is 1
	Count    int       // so many times in all; 0 is without end
	Until    time.Time // the last date or wall time on which it may begin; zero is without end
	Week     time.Weekday

	Months    []time.Month
	MonthDays []int // 1 to 31, or -1 for the last
	YearDays  []int // 1 to 366, or -1 for the last
	Days      []Nth
	Positions []int // of the dates of a period those at these places: 1 the first, -1 the last
}

// maxCounted caps for how long a rule with a number of times is followed, in days: from one side of a
// working life to the other.
const maxCounted = 100 * 366

// dates lists the dates in [from, to] on which a rule that begins at start recurs, at most limit. Dates are
// midnights in UTC and stand for a day of the place.
//
// It looks at each day by itself instead of making the next one from the last: a rule that never holds
// (the 30th of February) costs no more than the days looked at.
func (r *Rule) dates(start, from, to time.Time, limit int) []time.Time {
	start, from, to = midnight(start), midnight(from), midnight(to)
	first := from
	if first.Before(start) {
		first = start
	}
	if r.Count > 0 {
		first = start // each of them counts
		to = earlier(to, start.AddDate(0, 0, maxCounted))
	}
	if !r.Until.IsZero() {
		to = earlier(to, midnight(r.Until))
	}
	var out []time.Time
	for d, n := first, 0; !d.After(to) && len(out) < limit; d = d.AddDate(0, 0, 1) {
		if !r.on(start, d) {
			continue
		}
		if n++; r.Count > 0 && n > r.Count {
			break
		}
		if !d.Before(from) {
			out = append(out, d)
		}
	}
	return out
}

// Expand lists the wall times at which something that begins at start recurs until until, at most limit.
func (r *Rule) Expand(start, until Wall, limit int) []Wall {
	clock := start.Sub(midnight(start))
	all := r.dates(start, start, until, limit)
	for i := range all {
		all[i] = all[i].Add(clock)
	}
	return all
}

func midnight(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// on reports whether the rule holds on a day, which is not before the start.
func (r *Rule) on(start, d time.Time) bool {
	if !r.aligned(start, d) || !r.matches(start, d) {
		return false
	}
	if len(r.Positions) == 0 {
		return true
	}
	first, last := r.period(d)
	var set []time.Time
	for o := first; !o.After(last); o = o.AddDate(0, 0, 1) {
		if r.matches(start, o) {
			set = append(set, o)
		}
	}
	at := slices.IndexFunc(set, d.Equal)
	return slices.Contains(r.Positions, at+1) || slices.Contains(r.Positions, at-len(set))
}

// days counts the days from a to b, both midnights.
func days(a, b time.Time) int { return int(b.Sub(a) / (24 * time.Hour)) }

// weekOf is the first day of the week of d.
func (r *Rule) weekOf(d time.Time) time.Time {
	return d.AddDate(0, 0, -((int(d.Weekday()) - int(r.Week) + 7) % 7))
}

// aligned reports whether d is in a period that the interval does not pass over.
func (r *Rule) aligned(start, d time.Time) bool {
	passed := 0
	switch r.Freq {
	case Daily:
		passed = days(start, d)
	case Weekly:
		passed = days(r.weekOf(start), r.weekOf(d)) / 7
	case Monthly:
		passed = 12*(d.Year()-start.Year()) + int(d.Month()) - int(start.Month())
	case Yearly:
		passed = d.Year() - start.Year()
	}
	return passed%max(1, r.Interval) == 0
}

// period is the first and last day of the week, month or year of d.
func (r *Rule) period(d time.Time) (first, last time.Time) {
	switch r.Freq {
	case Weekly:
		first = r.weekOf(d)
		return first, first.AddDate(0, 0, 6)
	case Monthly:
		return monthOf(d)
	case Yearly:
		return yearOf(d)
	default:
		return d, d
	}
}

func monthOf(d time.Time) (first, last time.Time) {
	first = time.Date(d.Year(), d.Month(), 1, 0, 0, 0, 0, time.UTC)
	return first, first.AddDate(0, 1, -1)
}

func yearOf(d time.Time) (first, last time.Time) {
	first = time.Date(d.Year(), time.January, 1, 0, 0, 0, 0, time.UTC)
	return first, first.AddDate(1, 0, -1)
}

// matches reports whether the parts of the rule hold for d. What the rule leaves open is as it was at the
// start.
func (r *Rule) matches(start, d time.Time) bool {
	if len(r.Months) > 0 && !slices.Contains(r.Months, d.Month()) {
		return false
	}
	if len(r.MonthDays) > 0 {
		_, last := monthOf(d)
		if !slices.Contains(r.MonthDays, d.Day()) && !slices.Contains(r.MonthDays, d.Day()-last.Day()-1) {
			return false
		}
	}
	if len(r.YearDays) > 0 {
		_, last := yearOf(d)
		if !slices.Contains(r.YearDays, d.YearDay()) && !slices.Contains(r.YearDays, d.YearDay()-last.YearDay()-1) {
			return false
		}
	}
	if len(r.Days) > 0 && !slices.ContainsFunc(r.Days, func(n Nth) bool { return r.nth(n, d) }) {
		return false
	}
	return r.asAtStart(start, d)
}

// asAtStart holds what the rule leaves open to what it was at the start.
func (r *Rule) asAtStart(start, d time.Time) bool {
	free := len(r.MonthDays) == 0 && len(r.YearDays) == 0 && len(r.Days) == 0
	switch r.Freq {
	case Weekly:
		return len(r.Days) > 0 || len(r.MonthDays)+len(r.YearDays) > 0 || d.Weekday() == start.Weekday()
	case Monthly:
		return !free || d.Day() == start.Day()
	case Yearly:
		if !free {
			return true
		}
		return d.Day() == start.Day() && (len(r.Months) > 0 || d.Month() == start.Month())
	default:
		return true
	}
}

// nth reports whether d is the weekday meant: the nth of its year in a yearly rule that names no months,
// else the nth of its month.
func (r *Rule) nth(n Nth, d time.Time) bool {
	if d.Weekday() != n.Day {
		return false
	}
	if n.N == 0 || r.Freq == Daily || r.Freq == Weekly {
		return true
	}
	first, last := monthOf(d)
	if r.Freq == Yearly && len(r.Months) == 0 {
		first, last = yearOf(d)
	}
	return n.N == days(first, d)/7+1 || n.N == -(days(d, last)/7+1)
}
