package level

import (
	"cmp"
	"slices"
	"time"

	"vigil/internal/country"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// Advisory is what an authority other than the desk's own advises of a country, such as a foreign
// ministry its travellers. It stands beside the security levels under its own name and on its own
// scale, and is never converted into one, averaged or blended.
type Advisory struct {
	Country   country.Code
	Authority safetext.Text // "US State Department"
	Scheme    safetext.Text // the scale, such as "us-state"
	// Level is on the authority's own scale; 0 where it has none. Max is the highest of that scale.
	Level, Max int
	// Label is the level in the authority's words, "Do Not Travel".
	Label safetext.Text
	// Statuses are what a scale without numbers says, sorted. Empty means that nothing is advised.
	Statuses []safetext.Text
	Summary  safetext.Text
	Updated  incident.When // when the authority last changed it
	Link     safetext.Text
	Source   safetext.Text // by its name on the desk; the store knows it
	Origin   incident.Origin
}

// Ahead reports whether an advisory claims to be of a time after it was received.
func (a *Advisory) Ahead(received time.Time) bool {
	return a.Updated.Start.After(received.Add(incident.FutureTolerance))
}

// Same reports whether two advisories advise the same: a new date or other words alone change nothing.
func (a *Advisory) Same(b *Advisory) bool {
	return a.Level == b.Level && slices.Equal(a.Statuses, b.Statuses)
}

// AdvisoryChange is an advisory that changed: an event of its own. A nil side is none.
type AdvisoryChange struct {
	From, To *Advisory
	Seen     time.Time // when this desk saw it
}

// Of is the newer side, or what there was.
func (c *AdvisoryChange) Of() *Advisory {
	if c.To != nil {
		return c.To
	}
	return c.From
}

// CompareAdvisories orders by country, scheme and authority: what names an advisory.
func CompareAdvisories(a, b *Advisory) int {
	return cmp.Or(
		cmp.Compare(a.Country, b.Country),
		cmp.Compare(a.Scheme.String(), b.Scheme.String()),
		cmp.Compare(a.Authority.String(), b.Authority.String()),
	)
}

// DiffAdvisories lists the changes between two lists in the order of CompareAdvisories, each name in it
// once.
func DiffAdvisories(before, after []Advisory, seen time.Time) []AdvisoryChange {
	var changes []AdvisoryChange
	for len(before) > 0 || len(after) > 0 {
		var from, to *Advisory
		switch {
		case len(after) == 0:
			from = &before[0]
		case len(before) == 0:
			to = &after[0]
		default:
			order := CompareAdvisories(&before[0], &after[0])
			if order <= 0 {
				from = &before[0]
			}
			if order >= 0 {
				to = &after[0]
			}
		}
		if from != nil {
			before = before[1:]
		}
		if to != nil {
			after = after[1:]
		}
		if from == nil || to == nil || !from.Same(to) {
			changes = append(changes, AdvisoryChange{From: from, To: to, Seen: seen})
		}
	}
	return changes
}
