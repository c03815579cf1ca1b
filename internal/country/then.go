package country

import (
	"slices"
	"time"
)

// parts became countries of their own out of another. Years before 1990 are not there: no feed goes that far back.
var parts = []struct {
	of, part Code
	since    time.Time
}{
	{ETH, ERI, time.Date(1993, 5, 24, 0, 0, 0, 0, time.UTC)},
	{IDN, TLS, time.Date(2002, 5, 20, 0, 0, 0, 0, time.UTC)},
	{SRB, MNE, time.Date(2006, 6, 3, 0, 0, 0, 0, time.UTC)},
	{SRB, XKX, time.Date(2008, 2, 17, 0, 0, 0, 0, time.UTC)},
	{SDN, SSD, time.Date(2011, 7, 9, 0, 0, 0, 0, time.UTC)},
}

// Then are the countries of today in which something may have happened that was stated to be in the given ones at that
// time: Sudan before July 2011 may be South Sudan. Of a zero time, which is not known, all that ever were. Codes are kept
// in their order, what is added follows them; the slice is the given one where nothing is.
func Then(codes []Code, at time.Time) []Code {
	all := codes
	for _, p := range parts {
		if at.Before(p.since) && slices.Contains(codes, p.of) && !slices.Contains(codes, p.part) {
			all = append(all[:len(all):len(all)], p.part)
		}
	}
	return all
}
