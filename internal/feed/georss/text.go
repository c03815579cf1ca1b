package georss

import (
	"fmt"
	"time"

	"vigil/internal/feed"
	"vigil/internal/incident"
)

// parseTime reads a time. An empty text is none and no error; a date alone is no time of day.
func parseTime(s string) (time.Time, error) {
	when, err := feed.ParseStamp(s)
	if err == nil && when.Precision == incident.ToDate {
		err = fmt.Errorf("%q %w", s, feed.ErrStamp)
	}
	if err != nil {
		return time.Time{}, err
	}
	return when.Start, nil
}
