package app

import (
	"time"

	"vigil/internal/health"
	"vigil/internal/saying"
)

// clockBack notices that the clock of the machine was set back: a start without a network, and then the time from one. What was read stays
// on the screen; ages, windows and what is due are then of a clock that was wrong before, or is now, and that is said for an hour.
type clockBack struct {
	last time.Time // of the last picture
	at   time.Time // when it was noticed, by the clock as it is since
	by   time.Duration
}

const (
	// clockSlack is what a clock is stepped by without a word.
	clockSlack = 2 * time.Second
	clockTold  = time.Hour
)

// look takes the time of the next picture.
func (c *clockBack) look(now time.Time) {
	if by := c.last.Sub(now); !c.last.IsZero() && by > clockSlack {
		c.at, c.by = now, by
	}
	c.last = now
}

// words say it, while it is news.
func (c *clockBack) words(now time.Time) []saying.Saying {
	if c.at.IsZero() || now.Sub(c.at) >= clockTold {
		return nil
	}
	return []saying.Saying{saying.Of(
		"the clock of this machine was set back by %s at %s: check which time is right; ages, windows and what is due follow it",
		saying.Age(health.Age(c.by)), c.at.UTC().Format("15:04Z"),
	)}
}
