package geo

import (
	"math"
	"slices"

	"vigil/internal/country"
	"vigil/internal/incident"
)

// How far from a country a position may be before it is certain that it is not in it, in kilometres.
const (
	// onLand is what the coarse borders and the positions of reports, which are often those of the next
	// town, may be wrong by.
	onLand = 20
	// atSea is the width of an exclusive economic zone: what happens there is reported as of the coast.
	atSea = 370
)

// Outside reports whether a position is certainly in none of the countries, of a record that states
// both: then one of them is a mistake. Where p may be off by more than nobody knows, accuracyKm says by how
// much, in kilometres; 0, negative and not-a-number are taken as not stated.
//
// It is false wherever there is a doubt: no position, no country, one whose borders are not known; within 20 km of one of the
// countries, or, of a position at sea, within 370 km; in a territory of one of them; and in a place that one of them
// claims or holds, says the table of overrides. It knows nothing of dates: see [country.Then].
//
// It is meant for what happens at a place. An earthquake is felt in countries that its position is not in.
func Outside(p incident.Point, countries []country.Code, accuracyKm float64) bool {
	if !p.Valid() || len(countries) == 0 || slices.ContainsFunc(countries, func(c country.Code) bool { return !c.Known() }) {
		return false
	}
	reach := float64(atSea)
	v := quantise(p)
	if i, found := borders().find(v); found {
		a := resolve(i, v)
		for _, c := range countries {
			if c == a.code || slices.Contains(a.also, c) || a.code == places[i].code && c == places[i].sovereign {
				return false
			}
		}
		if onDry(v) { // the borders reach out to sea
			reach = onLand
		}
	}
	if accuracyKm > 0 {
		reach += accuracyKm
	}
	return !near(p, countries, reach)
}

// near reports whether something of the countries is at most so many kilometres from p. It looks at borders only: whether
// p is inside is known before.
func near(p incident.Point, countries []country.Code, km float64) bool {
	const degree = math.Pi / 180 * earthRadius
	south, north := p.Lat-km/degree, p.Lat+km/degree
	width := 180.0 // of the window in degrees of longitude, to either side
	if most := max(math.Abs(south), math.Abs(north)); most < 89 {
		width = min(width, km/degree/math.Cos(most*math.Pi/180))
	}
	window := extent{latitude(south), latitude(north), sectorsFrom(p.Lon-width, p.Lon+width)}
	return slices.ContainsFunc(countries, func(c country.Code) bool { x := extents()[c]; return x != nil && x.meets(window) }) &&
		nearEdge(p, countries, km, window, width)
}

// nearEdge is near, for what a window holds, so many degrees of longitude to either side of p.
func nearEdge(p incident.Point, countries []country.Code, km float64, window extent, width float64) bool {
	within := func(e *edge) bool {
		a, b := turn(float64(e.a.x)/scale-p.Lon), turn(float64(e.b.x)/scale-p.Lon)
		if a > width && b > width || a < -width && b < -width {
			return false
		}
		return distanceTo(p, e) <= km
	}
	bands, all := borders().bands, overridesOf()
	for b := band(window.south); b <= band(window.north); b++ {
		for i := range bands[b] {
			r := &bands[b][i]
			if mayBe(all, int(r.place), countries) && slices.ContainsFunc(r.edges, func(e edge) bool { return within(&e) }) {
				return true
			}
		}
	}
	for _, t := range parts() {
		if t.north < window.south || t.south > window.north {
			continue
		}
		if slices.ContainsFunc(countries, t.concerns) && slices.ContainsFunc(t.area.edges, func(e edge) bool { return within(&e) }) {
			return true
		}
	}
	return false
}

// turn is the same difference of two longitudes the shorter way around.
func turn(degrees float64) float64 {
	switch {
	case degrees > 180:
		return degrees - 360
	case degrees < -180:
		return degrees + 360
	default:
		return degrees
	}
}

func latitude(degrees float64) int32 {
	return int32(math.Round(max(-90, min(90, degrees)) * scale))
}

// mayBe reports whether a record that states one of the countries may be about the whole of a place.
func mayBe(all *[len(places)][]prepared, place int, countries []country.Code) bool {
	for _, c := range countries {
		if c == places[place].code || c == places[place].sovereign {
			return true
		}
		for i := range all[place] {
			if o := &all[place][i]; len(o.area.edges) == 0 && o.concerns(c) {
				return true
			}
		}
	}
	return false
}

// distanceTo is the way in kilometres from p to the nearest point of an edge, which is found on a plane about p: exact
// enough as long as the edge is near.
func distanceTo(p incident.Point, e *edge) float64 {
	narrow := math.Cos(p.Lat * math.Pi / 180)
	ax, ay := math.Remainder(float64(e.a.x)/scale-p.Lon, 360)*narrow, float64(e.a.y)/scale-p.Lat
	bx, by := ax+math.Remainder(float64(e.b.x-e.a.x)/scale, 360)*narrow, float64(e.b.y)/scale-p.Lat
	t := 0.0
	if length := (bx-ax)*(bx-ax) + (by-ay)*(by-ay); length > 0 {
		t = max(0, min(1, -(ax*(bx-ax)+ay*(by-ay))/length))
	}
	nearest := incident.Point{Lat: p.Lat + ay + t*(by-ay), Lon: p.Lon}
	if narrow > 0 {
		nearest.Lon += (ax + t*(bx-ax)) / narrow
	}
	return Distance(p, nearest)
}
