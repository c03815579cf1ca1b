package desk

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// ErrDuration is wrapped by every error of [ParseDuration].
var ErrDuration = errors.New("not a length of time: write it as 90m, 12h, 30d, 2w or 3y")

// Lengths of the units that [ParseDuration] has beside those of [time.ParseDuration]. Days have no
// daylight saving here and years no leap days: these are lengths, not dates.
const (
	day  = 24 * time.Hour
	week = 7 * day
	year = 365 * day
)

var longUnits = [...]struct {
	name   string
	length time.Duration
}{{"y", year}, {"w", week}, {"d", day}}

// ParseDuration reads a length of time: parts of a whole number with y, w or d (3y, 2w, 30d), the
// larger first, and after them anything of [time.ParseDuration] (12h, 1d12h, 90m). It takes no sign
// and nothing longer than about 290 years, the limit of [time.Duration].
func ParseDuration(s string) (time.Duration, error) {
	fail := fmt.Errorf("%q is %w", s, ErrDuration)
	rest := strings.TrimSpace(s)
	if rest == "" || strings.ContainsAny(rest, "+-") {
		return 0, fail
	}
	var sum time.Duration
	for _, unit := range longUnits {
		number, after, ok := strings.Cut(rest, unit.name)
		if !ok {
			continue
		}
		n, err := strconv.ParseUint(number, 10, 32)
		length := time.Duration(n) * unit.length
		if err != nil || length/unit.length != time.Duration(n) || sum+length < sum {
			return 0, fail
		}
		sum, rest = sum+length, after
	}
	if rest == "" {
		return sum, nil
	}
	d, err := time.ParseDuration(rest)
	if err != nil || sum+d < sum {
		return 0, fail
	}
	return sum + d, nil
}

// FormatDuration is the shortest form that [ParseDuration] reads back: 30d, 12h, 1d12h, 90s as 1m30s.
func FormatDuration(d time.Duration) string {
	if d <= 0 {
		return "0s"
	}
	var b strings.Builder
	for _, unit := range longUnits {
		// A week and a year are only written where nothing smaller is left: 10d reads better than 1w3d.
		if d >= unit.length && (unit.length == day || d%unit.length == 0) {
			fmt.Fprintf(&b, "%d%s", d/unit.length, unit.name)
			d %= unit.length
		}
	}
	if d > 0 {
		s := d.String()
		if strings.HasSuffix(s, "m0s") {
			s = strings.TrimSuffix(s, "0s")
		}
		if strings.HasSuffix(s, "h0m") {
			s = strings.TrimSuffix(s, "0m")
		}
		b.WriteString(s)
	}
	return b.String()
}
