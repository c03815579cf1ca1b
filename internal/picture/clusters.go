package picture

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"vigil/internal/country"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// Point is where an incident was, for a map: its position, and how far off it may be, in kilometres. ok is false where none is known, where the
// position is in none of the countries that the incident states, so that one of the two is wrong, and of what the viewer may not see.
func (v View) Point(id ID) (at incident.Point, km float64, ok bool) {
	it, ok := v.item(id)
	if !ok || v.hidden(it.shown) {
		return incident.Point{}, 0, false
	}
	a := v.p.account(it)
	i := a.whole()
	if !i.HasPoint || !i.Point.Valid() || a.traits()&isMisplaced != 0 {
		return incident.Point{}, 0, false
	}
	return i.Point, slackOf(i.Accuracy), true
}

// slackOf is how far from its position something may have happened, in kilometres.
func slackOf(accuracy float64) float64 {
	if accuracy <= 0 || math.IsNaN(accuracy) {
		return placeExtent
	}
	return accuracy
}

// Cluster is the staff of one area as presence files name it, and where a map may show them.
type Cluster struct {
	Country country.Code
	Area    safetext.Text // empty where nobody says which
	People  People
	At      incident.Point // about where the area is; never where a person is
	Placed  bool
}

// Spot is an incident with where it was, see [View.Point].
type Spot struct {
	ID ID
	At incident.Point
}

// What a map may show of where people are.
const (
	crowd  = 5   // people whose positions may be drawn together into one
	coarse = 0.5 // degrees to which that is rounded
)

// Clusters lists the staff by country and area. No file says where an area is: that is the middle of those of the
// incidents that name it, or its places in the official levels, as where they were; where there are none, the middle of five or
// more of its staff, to half a degree, else the capital, if that is the area or in it. To a security lead it is the middle of those whose position is known, however few.
func (v View) Clusters(incidents []Spot) []Cluster {
	l, _ := v.p.located()
	var list []Cluster
	at := map[string]int{}
	for i := range l.Groups {
		g := &l.Groups[i]
		k := v.p.areaKey(g.Country, g.Area)
		n, ok := at[k]
		if !ok {
			n = len(list)
			at[k] = n
			list = append(list, Cluster{Country: g.Country, Area: g.Area})
		}
		p := &list[n].People
		*p = p.plus(People{g.Total, g.National, g.International})
	}
	known, own := v.placesOf(incidents), map[string]*middle{}
	for i := range l.People {
		if someone := &l.People[i]; someone.HasPoint && someone.Expected() && someone.Point.Valid() {
			add(own, v.p.areaKey(someone.Country, someone.Area), someone.Point)
		}
	}
	for i := range list {
		c := &list[i]
		if c.Area.IsZero() {
			continue
		}
		k := v.p.areaKey(c.Country, c.Area)
		staff := own[k]
		switch {
		case v.role >= SecurityLead && staff != nil:
			c.At, c.Placed = staff.point(), true
		case known[k] != nil:
			c.At, c.Placed = known[k].point(), true
		case staff != nil && staff.n >= crowd:
			c.At, c.Placed = staff.rounded(), true
		default:
			c.At, c.Placed = v.p.capitalIn(c.Country, k)
		}
	}
	slices.SortStableFunc(list, func(a, b Cluster) int {
		return cmp.Or(cmp.Compare(a.Country, b.Country), cmp.Compare(a.Area.String(), b.Area.String()))
	})
	return list
}

// capitalIn is where a country's capital is, if the area with that key has or is it.
func (p *Picture) capitalIn(c country.Code, key string) (at incident.Point, ok bool) {
	name, lat, lon, ok := c.Capital()
	if !ok || p.areaKey(c, safetext.Clean(name)) != key {
		return incident.Point{}, false
	}
	return incident.Point{Lat: lat, Lon: lon}, true
}

// placesOf is where areas are, by what incidents in them say of where they were.
func (v View) placesOf(incidents []Spot) map[string]*middle {
	known := map[string]*middle{}
	for _, i := range incidents {
		it, here := v.item(i.ID)
		if !here || v.hidden(it.shown) {
			continue
		}
		a := v.p.account(it)
		where := a.spot()
		for _, c := range a.countries() {
			keys := []string{v.p.areaKey(c, where.place), v.p.areaKey(c, where.admin1)}
			slices.Sort(keys)
			for _, k := range slices.Compact(keys) {
				add(known, k, i.At)
			}
		}
	}
	return known
}

// areaKey is the same for names of the same area: of the area of the official levels that has or lists the name, where one does.
func (p *Picture) areaKey(c country.Code, name safetext.Text) string {
	if name.IsZero() {
		return c.String()
	}
	for i := range p.levels {
		if p.levels[i].Country == c {
			if n, ok := p.levels[i].AreaOf(name, sameName); ok {
				return c.String() + "\x00" + strconv.Itoa(n)
			}
			break // the others are of other schemes
		}
	}
	return c.String() + "\x00" + strings.ToLower(strings.TrimSpace(name.String()))
}

// middle is that of positions, on both sides of the antimeridian too.
type middle struct {
	n        int
	first    incident.Point
	lat, lon float64 // summed; lon from first
}

func add(to map[string]*middle, key string, at incident.Point) {
	m := to[key]
	if m == nil {
		m = &middle{first: at}
		to[key] = m
	}
	m.n++
	m.lat += at.Lat
	m.lon += math.Remainder(at.Lon-m.first.Lon, 360)
}

func (m *middle) point() incident.Point {
	n := float64(m.n)
	return incident.Point{Lat: m.lat / n, Lon: math.Remainder(m.first.Lon+m.lon/n, 360)}
}

func (m *middle) rounded() incident.Point {
	p := m.point()
	return incident.Point{Lat: math.Round(p.Lat/coarse) * coarse, Lon: math.Remainder(math.Round(p.Lon/coarse)*coarse, 360)}
}
