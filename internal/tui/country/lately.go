package country

import (
	"slices"
	"time"

	"vigil/internal/picture"
	"vigil/internal/risk"
)

const (
	listed   = 200    // incidents of the list at most
	searched = 10_000 // of all incidents, the newest, in which they are looked for
	drift    = 10 * time.Minute
)

// lately is what takes a look at many incidents: the list of the latest, and the estimates of areas. It
// is made again when something of the country has changed, or has had time to fade.
type lately struct {
	view   picture.View // for which it was made
	seq    int
	made   bool
	ids    []picture.ID
	looked int  // incidents looked at
	more   bool // there may be more beyond what was looked at
	// estimates of the areas and of the whole, made when the first of them is seen
	estimated bool
	country   risk.Estimate
	areas     []risk.Estimate
	past      past
}

// follow brings it up to the view.
func (l *lately) follow(v picture.View, c *picture.Country) {
	if l.made && (v.Same(l.view) || !l.concerned(v, c)) {
		return
	}
	*l = lately{view: v, seq: v.LastChange(), made: true}
	for id := range v.Incidents() {
		if len(l.ids) == listed || l.looked == searched {
			l.more = true
			break
		}
		l.looked++
		if f, ok := v.Facts(id); ok && !f.Hidden() && slices.Contains(f.Countries(), c.Code) {
			l.ids = append(l.ids, id)
		}
	}
}

// estimate makes the estimates, each of which takes a look at all incidents.
func (l *lately) estimate(c *picture.Country) {
	if l.estimated {
		return
	}
	l.estimated = true
	l.country = l.view.Estimate(c.Code)
	for i := range c.Levels.Areas {
		l.areas = append(l.areas, l.view.AreaEstimate(c, i))
	}
}

// concerned reports whether anything changed since that the list or an estimate rests on.
func (l *lately) concerned(v picture.View, c *picture.Country) bool {
	const many = 500
	fresh := v.LastChange() - l.seq
	if !v.Live() || !l.view.Live() || v.Ahead() != l.view.Ahead() || fresh < 0 || fresh > many || v.Valid().Sub(l.view.Valid()) > drift {
		return true
	}
	if l.estimated && (c.Levels == nil || len(c.Levels.Areas) != len(l.areas)) {
		return true
	}
	for ch := range v.Changes(l.seq) {
		switch ch.Kind {
		case picture.IncidentChanged:
			if r := v.ChangedRow(ch); r.Restricted || slices.Contains(r.Countries, c.Code) {
				return true
			}
		case picture.LevelChanged:
			if ch.Level.Country == c.Code {
				return true
			}
		case picture.PresenceChanged:
			if ch.Presence.Country == c.Code {
				return true
			}
		case picture.SourceChanged:
			return true
		}
	}
	l.seq = v.LastChange()
	return false
}
