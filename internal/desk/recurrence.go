package desk

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"vigil/internal/calendar"
)

// Limits of a calendar.
const (
	firstYear = 1970 // and no year before it is read: a rule would be followed from there
	lastYear  = 2200
	maxList   = 400 // numbers in one part of a rule
)

var errRule = errors.New("not a rule of recurrence that is read")

var frequencies = map[string]calendar.Frequency{
	"DAILY": calendar.Daily, "WEEKLY": calendar.Weekly, "MONTHLY": calendar.Monthly, "YEARLY": calendar.Yearly,
}

var weekdays = map[string]time.Weekday{
	"SU": time.Sunday, "MO": time.Monday, "TU": time.Tuesday, "WE": time.Wednesday, "TH": time.Thursday, "FR": time.Friday, "SA": time.Saturday,
}

// parseRule reads a recurrence rule of RFC 5545. zone is that of the entry, on whose clock UNTIL is made.
func parseRule(s string, zone calendar.Zone) (*calendar.Rule, error) {
	r := &calendar.Rule{Interval: 1, Week: time.Monday}
	seen := make(map[string]bool)
	for part := range strings.SplitSeq(strings.ToUpper(strings.TrimSpace(s)), ";") {
		name, value, ok := strings.Cut(part, "=")
		if !ok || seen[name] {
			return nil, fmt.Errorf("%w: %s stands where a part such as INTERVAL=2 should be, or twice", errRule, quote(part))
		}
		seen[name] = true
		if err := rulePart(r, name, value, zone); err != nil {
			return nil, err
		}
	}
	if !seen["FREQ"] {
		return nil, fmt.Errorf("%w: it has no FREQ", errRule)
	}
	return r, nil
}

func rulePart(r *calendar.Rule, name, value string, zone calendar.Zone) error {
	var err error
	var ok bool
	switch name {
	case "FREQ":
		if r.Freq, ok = frequencies[value]; !ok {
			return fmt.Errorf("%w: FREQ=%s: write DAILY, WEEKLY, MONTHLY or YEARLY", errRule, safeWord(value))
		}
	case "INTERVAL":
		r.Interval, err = ruleNumber(name, value, 1, 1000)
	case "COUNT":
		r.Count, err = ruleNumber(name, value, 1, 1<<30)
	case "UNTIL":
		w, utc, _, e := parseWall(value)
		if e != nil {
			return fmt.Errorf("%w: UNTIL: %w", errRule, e)
		}
		if r.Until = w; utc {
			r.Until = zone.Wall(w)
		}
		if len(value) == len("20261120") {
			r.Until = w.Add(24*time.Hour - time.Second) // the whole date
		}
	case "WKST":
		if r.Week, ok = weekdays[value]; !ok {
			return fmt.Errorf("%w: WKST=%s is no weekday", errRule, safeWord(value))
		}
	case "BYMONTH":
		var months []int
		months, err = ruleNumbers(name, value, 1, 12)
		for _, m := range months {
			r.Months = append(r.Months, time.Month(m))
		}
	case "BYMONTHDAY":
		r.MonthDays, err = ruleNumbers(name, value, -31, 31)
	case "BYYEARDAY":
		r.YearDays, err = ruleNumbers(name, value, -366, 366)
	case "BYSETPOS":
		r.Positions, err = ruleNumbers(name, value, -366, 366)
	case "BYDAY":
		r.Days, err = ruleDays(value)
	default:
		return fmt.Errorf("%w: %s is not read: write an entry for each", errRule, safeWord(name))
	}
	return err
}

func safeWord(s string) string { return strings.Trim(quote(s), `"`) }

func ruleNumber(name, value string, least, most int) (int, error) {
	n, err := strconv.Atoi(value)
	if err != nil || n < least || n > most || n == 0 {
		return 0, fmt.Errorf("%w: %s=%s is out of range: write %d to %d", errRule, name, safeWord(value), least, most)
	}
	return n, nil
}

func ruleNumbers(name, value string, least, most int) ([]int, error) {
	words := strings.Split(value, ",")
	if len(words) > maxList {
		return nil, fmt.Errorf("%w: %s has more than %d numbers", errRule, name, maxList)
	}
	var list []int
	for _, word := range words {
		n, err := ruleNumber(name, word, least, most)
		if err != nil {
			return nil, err
		}
		list = append(list, n)
	}
	return list, nil
}

// ruleDays reads weekdays such as MO, 1MO (the first) and -1FR (the last).
func ruleDays(value string) ([]calendar.Nth, error) {
	words := strings.Split(value, ",")
	if len(words) > maxList {
		return nil, fmt.Errorf("%w: BYDAY has more than %d days", errRule, maxList)
	}
	var list []calendar.Nth
	for _, word := range words {
		number, day := "", word
		if len(word) > 2 {
			number, day = word[:len(word)-2], word[len(word)-2:]
		}
		n := calendar.Nth{}
		var ok bool
		if n.Day, ok = weekdays[day]; !ok {
			return nil, fmt.Errorf("%w: BYDAY: %s is no weekday: write MO, 1MO or -1FR", errRule, quote(word))
		}
		if number != "" {
			var err error
			if n.N, err = ruleNumber("BYDAY", strings.TrimPrefix(number, "+"), -53, 53); err != nil {
				return nil, err
			}
		}
		list = append(list, n)
	}
	return list, nil
}

var errWall = errors.New("no date or time: write 20261120, 20261120T180000 or 20261120T180000Z")

// parseWall reads a date or a time of iCalendar. utc says that it is one of UTC, date that it has no clock.
func parseWall(s string) (w calendar.Wall, utc, date bool, err error) {
	s, utc = strings.CutSuffix(strings.ToUpper(strings.TrimSpace(s)), "Z")
	layout := "20060102T150405"
	if date = len(s) == len("20060102"); date {
		layout = "20060102"
	}
	w, err = time.Parse(layout, s)
	if err != nil || date && utc || w.Year() < firstYear || w.Year() > lastYear {
		return time.Time{}, false, false, fmt.Errorf("%s is %w", quote(s), errWall)
	}
	return w, utc, date, nil
}
