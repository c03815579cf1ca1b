package order

import (
	"strings"
	"time"

	"vigil/internal/saying"
)

// usualNext is when the next flash report is due where nobody says.
const usualNext = 30 * time.Minute

// NextDue reads when the next report is due: 15:10Z, 45m, in 45m, none; empty is in half an hour.
func NextDue(s string, now time.Time) (time.Time, error) {
	s = strings.ToLower(strings.TrimSpace(s))
	switch s {
	case "":
		return now.Add(usualNext).Truncate(time.Minute), nil
	case "none", "last":
		return time.Time{}, nil
	}
	if d, err := Duration(strings.TrimSpace(strings.TrimPrefix(s, "in "))); err == nil {
		return now.Add(d).Truncate(time.Minute), nil
	}
	l := &line{text: s, now: now}
	t, err := l.clock()
	if err != nil || l.peek() != "" {
		return time.Time{}, saying.Errorf("when is the next due? write 15:10Z, 45m, or none")
	}
	return t, nil
}
