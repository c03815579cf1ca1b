package voice

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"vigil/internal/incident"
	"vigil/internal/saying"
)

var errWhen = saying.Errorf(`write 14:20 (UTC), "20 min ago", "now", 2026-11-20 14:20, a date, a month, or "unknown"`)

var (
	clock = regexp.MustCompile(`^(\d{1,2}):?(\d{2})\s*(?:z|utc|h|hrs?|([+-]\d{2}):?(\d{2}))?$`)
	ago   = regexp.MustCompile(`^(?:about\s+|~\s*)?(\d{1,4}(?:\.\d)?)\s*(s|sec|secs|seconds?|m|min|mins|minutes?|h|hr|hrs|hours?|d|days?)\s*(?:(\d{1,2})\s*(?:m|min|mins|minutes?)?\s*)?ago$`)
	dated = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})[ t]+(.+)$`)
)

// ParseWhen reads when something happened as people say it: a time of day (UTC, or with its offset), which is the last one of that
// name, since nothing is reported before it happens; "20 min ago"; "now", "today", "yesterday"; a date with or without a time; a
// month or a year. The empty text is an unknown time.
func ParseWhen(text string, now time.Time) (incident.When, error) {
	now = now.UTC()
	s := strings.ToLower(strings.Join(strings.Fields(text), " "))
	day := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC)
	switch s {
	case "", "unknown", "?":
		return incident.When{}, nil
	case "now":
		return incident.At(now.Truncate(time.Second)), nil
	case "today":
		return incident.When{Start: day, Precision: incident.ToDate}, nil
	case "yesterday":
		return incident.When{Start: day.AddDate(0, 0, -1), Precision: incident.ToDate}, nil
	}
	if m := ago.FindStringSubmatch(s); m != nil {
		return since(m, now)
	}
	if at, ok, err := timeOfDay(s, day); ok || err != nil {
		if at.After(now.Add(incident.FutureTolerance)) {
			at = at.AddDate(0, 0, -1)
		}
		return incident.At(at), err
	}
	if m := dated.FindStringSubmatch(s); m != nil {
		if date, err := time.Parse(time.DateOnly, m[1]); err == nil {
			if at, ok, err := timeOfDay(m[2], date); ok || err != nil {
				return notLater(incident.At(at), now, err)
			}
		}
	}
	w, err := incident.ParseWhen(strings.ToUpper(s))
	if err != nil {
		return incident.When{}, errWhen
	}
	return notLater(w, now, nil)
}

// notLater refuses what has not happened yet.
func notLater(w incident.When, now time.Time, err error) (incident.When, error) {
	if err == nil && w.Start.After(now.Add(incident.FutureTolerance)) {
		err = saying.Errorf("%s is later than now (%s): what is expected belongs into a calendar", w, now.Format("2006-01-02 15:04Z"))
	}
	if err != nil {
		return incident.When{}, err
	}
	return w, nil
}

// since reads "1 h 30 ago".
func since(m []string, now time.Time) (incident.When, error) {
	n, err := strconv.ParseFloat(m[1], 64)
	if err != nil {
		return incident.When{}, errWhen
	}
	unit := map[byte]time.Duration{'s': time.Second, 'm': time.Minute, 'h': time.Hour, 'd': 24 * time.Hour}[m[2][0]]
	passed := time.Duration(n * float64(unit))
	if m[3] != "" {
		if unit != time.Hour {
			return incident.When{}, errWhen
		}
		minutes, _ := strconv.Atoi(m[3]) // two digits
		passed += time.Duration(minutes) * time.Minute
	}
	return incident.At(now.Add(-passed).Truncate(time.Second)), nil
}

// timeOfDay reads 14:20, 1420Z or 14:20+02:00 of a day.
func timeOfDay(s string, day time.Time) (at time.Time, ok bool, err error) {
	m := clock.FindStringSubmatch(s)
	if m == nil || len(s) == 4 && !strings.Contains(s, ":") && s >= "1900" && s <= "2100" {
		return time.Time{}, false, nil // 2026 is a year: 2026z and 20:26 are times
	}
	h, _ := strconv.Atoi(m[1])
	minute, _ := strconv.Atoi(m[2])
	if h > 23 || minute > 59 {
		return time.Time{}, false, saying.Errorf("%q is no time of day: %s", s, errWhen)
	}
	at = day.Add(time.Duration(h)*time.Hour + time.Duration(minute)*time.Minute)
	if m[3] != "" {
		hours, _ := strconv.Atoi(m[3])
		minutes, _ := strconv.Atoi(m[4])
		if m[3][0] == '-' {
			minutes = -minutes
		}
		at = at.Add(-time.Duration(hours)*time.Hour - time.Duration(minutes)*time.Minute)
	}
	return at, true, nil
}

// WhenWords says a time as it is understood, with how long ago that is; empty for an unknown one.
func WhenWords(w incident.When, now time.Time) string {
	switch {
	case w.IsZero():
		return ""
	case w.Precision != incident.ToTime:
		return w.String() + ", no time of day"
	}
	day := w.Start.Format("15:04Z")
	if y, m, d := now.UTC().Date(); w.Start.Year() != y || w.Start.Month() != m || w.Start.Day() != d {
		day += w.Start.Format(" on 2 Jan 2006")
	}
	switch passed := now.Sub(w.Start); {
	case passed < time.Minute:
		return day + ", now"
	case passed < 2*time.Hour:
		return fmt.Sprintf("%s, %d min ago", day, int(passed.Minutes()))
	case passed < 72*time.Hour:
		return fmt.Sprintf("%s, %d h ago", day, int(passed.Hours()))
	default:
		return fmt.Sprintf("%s, %d days ago", day, int(passed.Hours()/24))
	}
}
