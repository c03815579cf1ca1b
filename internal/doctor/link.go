package doctor

import (
	"errors"
	"fmt"

	"vigil/internal/term"
)

// LinkAsked is what asking a terminal of so many cells brought.
func LinkAsked(l term.Link, err error, cells int) Finding {
	const name = "answer"
	switch {
	case errors.Is(err, term.ErrSilent):
		return lesser(Link, name, "none within "+term.AskLimit.String(), "frames are sent unasked, as fast as they are taken; if the link is thin, --low-bandwidth")
	case err != nil:
		return lesser(Link, name, "not measured: "+err.Error(), "frames wait for answers where there are any")
	}
	rate := "more than 100 kB/s"
	if l.Rate > 0 && l.Rate <= measurable {
		rate = fmt.Sprintf("about %.0f B/s", l.Rate)
	}
	found := fmt.Sprintf("after %s, %s", brief(l.RoundTrip), rate)
	switch t := l.Thrift(cells); t {
	case term.Plenty:
		return finding(Link, name, found, "each change is drawn at once, after the answer to the one before")
	case term.Seldom:
		return lesser(Link, name, found, "THIN LINK: what no key asked for is drawn every "+t.Every().String())
	case term.Narrow:
		return lesser(Link, name, found, fmt.Sprintf("THIN LINK: what no key asked for is drawn every %s, and in %d columns", t.Every(), term.NarrowColumns))
	default:
		return lesser(Link, name, found, "LINK TOO SLOW: after a while without a key, plain lines")
	}
}

// measurable is the rate, in bytes per second, above which so few bytes take too short to tell.
const measurable = 100_000.0

// LinkOfLines is what is said where no screen is drawn.
func LinkOfLines(why string) Finding {
	return finding(Link, "answer", "not asked: "+why, "lines are written as they come, and wait for no answer")
}

// LinkNotAsked is what is said where nobody asked for it.
func LinkNotAsked(why string) Finding {
	return finding(Link, "answer", why, "frames wait for the terminal's answers as soon as it has given one")
}
