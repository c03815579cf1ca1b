package worldmap

import (
	"cmp"
	"slices"
	"time"

	"vigil/internal/country"
	"vigil/internal/figure"
	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/presence"
	"vigil/internal/tui/screen"
)

const (
	// fresh is what happened lately, reach how far back the map goes.
	fresh = 24 * time.Hour
	reach = 7 * 24 * time.Hour
	// most bounds how many incidents are shown, searched how many of the newest are looked at for them; what is beyond is said.
	most     = 1000
	searched = 10_000
)

// event is an incident as the map shows it.
type event struct {
	id     picture.ID
	stamp  picture.Stamp
	row    picture.Row
	at     incident.Point
	km     float64 // how far off it may be
	placed bool
}

// news is what a view holds for the map. It is gathered anew when something has changed, and the text of an incident is read again only
// when it has.
type news struct {
	view       picture.View
	made       bool
	read       map[picture.ID]event
	events     []event // newest first
	byCountry  map[country.Code][]int
	unplaced   int
	restricted int
	more       bool // there may be more within reach than is shown
	clusters   []picture.Cluster
	tracked    []presence.Tracked
	gathered   int // how often, for tests
	texts      int // how often an incident was read, for tests
}

// follow brings it up to the view.
func (n *news) follow(v picture.View) {
	if n.made && v.Same(n.view) {
		return
	}
	if !n.made || !v.Live() || !n.view.Live() || v.Ahead() != n.view.Ahead() {
		n.read = nil
	}
	n.view, n.made = v, true
	n.gathered++
	n.events, n.byCountry, n.unplaced, n.restricted, n.more = nil, map[country.Code][]int{}, 0, 0, false
	since := v.Valid().Add(-reach)
	looked := 0
	kept := make(map[picture.ID]event, len(n.read))
	for id := range v.Incidents() {
		if looked++; looked > searched || len(n.events) == most {
			n.more = true
			break
		}
		f, ok := v.Facts(id)
		if !ok {
			continue
		}
		if f.Placed().Before(since) {
			break // newest first
		}
		switch {
		case f.Over(), f.Hidden() && f.Received().Before(since):
		case f.Hidden():
			n.restricted++
		case f.Forecast(), f.Class() != incident.Occurrence, v.Lead(id) != id:
		default:
			e, known := n.read[id]
			if stamp := f.Stamp(); !known || e.stamp != stamp {
				e = eventOf(v, id, stamp)
				n.texts++
			}
			kept[id] = e
			n.take(e)
		}
	}
	n.read = kept
	n.clusters = v.Clusters(n.spots())
	n.tracked = slices.DeleteFunc(v.Tracked(), func(t presence.Tracked) bool { return t.Withheld || !t.HasPoint || !t.Point.Valid() })
}

func eventOf(v picture.View, id picture.ID, stamp picture.Stamp) event {
	e := event{id: id, stamp: stamp}
	e.row, _ = v.Row(id)
	e.at, e.km, e.placed = v.Point(id)
	return e
}

func (n *news) take(e event) {
	at := len(n.events)
	n.events = append(n.events, e)
	if !e.placed {
		n.unplaced++
	}
	for _, c := range e.row.Countries {
		n.byCountry[c] = append(n.byCountry[c], at)
	}
}

// spots are where the incidents are that have a place.
func (n *news) spots() []picture.Spot {
	var list []picture.Spot
	for i := range n.events {
		if e := &n.events[i]; e.placed {
			list = append(list, picture.Spot{ID: e.id, At: e.at})
		}
	}
	return list
}

// of are the incidents of a country, newest first; placed alone are those that the map shows.
func (n *news) of(c country.Code, placed bool) []*event {
	var list []*event
	for _, i := range n.byCountry[c] {
		if e := &n.events[i]; e.placed || !placed {
			list = append(list, e)
		}
	}
	return list
}

// whole reports whether what is shown is all there was: not when nobody could have seen some of it.
func (n *news) whole(v picture.View) bool {
	for c := range v.Countries() {
		if c.Home && !c.Week.Known {
			return false
		}
	}
	return !n.more
}

// count is how many incidents of a country are known, as the window counts them: 3+ where there may be more, ? where nobody could have seen
// any. Hazards are counted apart, as everywhere.
func (n *news) count(c *picture.Country, f screen.Frame) (incidents string, hazards int) {
	all := n.of(c.Code, false)
	for _, e := range all {
		hazards += truth(e.row.Hazard)
	}
	return f.AtLeast(len(all)-hazards, c.Week.Known && !n.more), hazards
}

// total is the same of the whole map.
func (n *news) total(f screen.Frame) (incidents string, hazards int) {
	for i := range n.events {
		hazards += truth(n.events[i].row.Hazard)
	}
	return f.AtLeast(len(n.events)-hazards, n.whole(f.View)), hazards
}

// find is an incident that the map shows.
func (n *news) find(id picture.ID) (*event, bool) {
	for i := range n.events {
		if e := &n.events[i]; e.id == id && e.placed {
			return e, true
		}
	}
	return nil, false
}

// staffIn are the areas of a country with staff, those on the map first.
func (n *news) staffIn(c country.Code) []picture.Cluster {
	var list []picture.Cluster
	for _, k := range n.clusters {
		if k.Country == c {
			list = append(list, k)
		}
	}
	slices.SortStableFunc(list, func(a, b picture.Cluster) int {
		return cmp.Or(-cmp.Compare(truth(a.Placed), truth(b.Placed)), cmp.Compare(b.People.Total, a.People.Total))
	})
	return list
}

func truth(is bool) int {
	if is {
		return 1
	}
	return 0
}

// kind is what mark an incident bears, the gravest first.
type kind uint8

const (
	freshUrgent kind = iota
	freshOther
	olderUrgent
	olderOther
	lasting // a hazard, while it lasts
)

// glyphs are the marks, the same on every terminal.
var glyphs = [...]string{freshUrgent: "!", freshOther: "+", olderUrgent: "x", olderOther: "o", lasting: "~"}

// kind of an incident at a time. One whose time is not known is as old as its report.
func (e *event) kind(now time.Time) kind {
	when := e.row.Interval.End
	if e.row.Interval.IsZero() {
		when = e.row.Told
	}
	older := now.Sub(when) > fresh && !e.row.Ongoing
	switch urgent := figure.Urgent(&e.row); {
	case urgent && !older:
		return freshUrgent
	case e.row.Hazard:
		return lasting
	case urgent:
		return olderUrgent
	case older:
		return olderOther
	}
	return freshOther
}
