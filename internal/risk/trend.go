package risk

import "time"

// Trend compares the last whole month with the country's own normal.
type Trend struct {
	Known  bool
	Ratio  float64 // incidents of the last 30 complete days over the mean of 30 days of the year before
	Recent int
	Before int       // incidents in the Baseline before
	Until  time.Time // the end of the 30 days: the last time by which everything had been told
	Old    bool      // Until is more than the 30 days themselves before now
}

// TrendWindow and Baseline are the periods that a trend compares.
const (
	TrendWindow = 30 * 24 * time.Hour
	Baseline    = 360 * 24 * time.Hour
)

// TrendOf makes a trend from the counts of the window that ends at until, and of the baseline before it. whole says that both were known throughout; otherwise the trend is unknown, and so it is when the
// baseline is empty: nothing can be so many times nothing.
func TrendOf(recent, before int, whole bool, until, now time.Time) Trend {
	t := Trend{Recent: recent, Before: before}
	if before == 0 || !whole {
		return t
	}
	t.Known, t.Until, t.Old = true, until, now.Sub(until) > TrendWindow
	t.Ratio = float64(recent) / (float64(before) * float64(TrendWindow) / float64(Baseline))
	return t
}
