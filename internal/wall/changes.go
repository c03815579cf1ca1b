package wall

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"vigil/internal/country"
	"vigil/internal/figure"
	"vigil/internal/health"
	"vigil/internal/level"
	"vigil/internal/picture"
)

// Change is one thing that became known lately.
type Change struct {
	At    time.Time
	Key   string
	Words string
	Worse bool
}

// Lately is how far back changes are listed.
const Lately = time.Hour

// Happened is how long ago an incident that is listed as a change may have happened at most: what a first reading brings, or a yearly
// export, became known within the hour, too, and is no news for a wall. It is in the figures.
const Happened = 48 * time.Hour

// changes lists what became known within the hour: incidents that happened within [Happened], levels, sources.
func (m *Model) changes(h figure.Hand, v picture.View, moved []level.Change, shows func(...country.Code) bool) {
	since := m.At.Add(-Lately)
	for id := range v.Incidents() {
		r, ok := v.Row(id)
		if !ok {
			continue
		}
		if r.Placed.Before(m.At.Add(-Happened)) {
			break // the newest first
		}
		if r.Received.Before(since) || r.Report || r.Forecast || len(r.Countries) > 0 && !shows(r.Countries...) || m.Privacy == Public && r.Restricted {
			continue
		}
		words := happened(h, &r)
		if m.Privacy == Desk {
			words = strings.TrimSpace(h.Countries(&r) + " " + figure.Place(&r) + "  " + h.Act(&r) + "  " + h.Standing(&r))
		}
		m.Changes = append(m.Changes, Change{At: r.Received, Key: fmt.Sprint("incident ", id), Words: words, Worse: figure.Urgent(&r) && (m.Privacy == Desk || !kept(&r))})
	}
	for i := range moved {
		c := &moved[i]
		if shows(c.Country) {
			area := c.Area.OneLine().String()
			if m.Privacy == Public {
				area = mere(area)
			}
			m.Changes = append(m.Changes, Change{
				At: c.Seen, Key: fmt.Sprint("level ", c.Country, c.Area, c.Seen), Worse: c.To > c.From,
				Words: strings.Join(strings.Fields(h.Sayf("%s %s official level %s", c.Country.Alpha3(), area, h.LevelChange(c))), " "),
			})
		}
	}
	for c := range v.OtherChanges(0) {
		// That a source was read for the first time is no change of it: with every start of vigil all of them would be.
		if c.Kind == picture.SourceChanged && !c.At.Before(since) && c.From != c.To && c.From != health.Never {
			m.Changes = append(m.Changes, Change{At: c.At, Key: fmt.Sprint("source ", c.Seq), Words: h.Sayf("source %s %s", c.Source, h.State(c.To)), Worse: !c.To.Sees()})
		}
	}
	slices.SortStableFunc(m.Changes, func(a, b Change) int {
		return cmp.Or(cmp.Compare(a.place(), b.place()), b.At.Compare(a.At))
	})
}

// place puts what matters less last: a source that sees again.
func (c *Change) place() int {
	if strings.HasPrefix(c.Key, "source ") && !c.Worse {
		return 1
	}
	return 0
}
