package doctor

import (
	"errors"
	"fmt"
	"time"

	"vigil/internal/term"
)

// LinkAsked is what asking the terminal brought.
func LinkAsked(l term.Link, err error) Finding {
	const name = "answer"
	switch {
	case errors.Is(err, term.ErrSilent):
		return lesser(Link, name, "none within "+term.AskLimit.String(), "frames are sent unasked, as fast as they are taken")
	case err != nil:
		return lesser(Link, name, "not measured: "+err.Error(), "frames wait for answers where there are any")
	}
	rate := "more than 100 kB/s"
	if l.Rate > 0 && l.Rate <= measurable {
		rate = fmt.Sprintf("about %.0f B/s", l.Rate)
	}
	found := fmt.Sprintf("after %s, %s", brief(l.RoundTrip), rate)
	if l.RoundTrip > slowTrip || l.Rate > 0 && l.Rate < slowRate {
		return lesser(Link, name, found, "a long frame goes in pieces, each after the answer to the one before; what is out of date meanwhile is never sent")
	}
	return finding(Link, name, found, "a frame for each change, after the answer to the one before")
}

// From these on a link is felt.
const (
	slowTrip = 300 * time.Millisecond
	slowRate = 20_000.0 // bytes per second

	measurable = 100_000.0 // above it, so few bytes take too short to tell
)

// LinkNotAsked is what is said where nobody asked for it, or nobody can answer.
func LinkNotAsked(why string) Finding {
	return finding(Link, "answer", why, "frames wait for the terminal's answers as soon as it has given one")
}
