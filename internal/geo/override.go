package geo

import (
	"slices"
	"sync"

	"vigil/internal/country"
	"vigil/internal/incident"
)

// override changes what the borders answer for some places, or says who else may be meant there.
type override struct {
	// places are those of the borders that it is for, by their names; none: all of them.
	places []string
	// area is the part of them that it is for, as latitudes and longitudes around it; none: the whole.
	area [][2]float64
	// code is the answer. Where it is Unknown the place is nobody's or it is not determined whose.
	code country.Code
	// keep leaves the answer as the borders have it: only also matters.
	keep bool
	// also are countries that a record about the place may state without being wrong.
	also []country.Code
	why  string
}

// concerns reports whether a record that states c may be about the place or area.
func (o *override) concerns(c country.Code) bool {
	return !o.keep && o.code == c || slices.Contains(o.also, c)
}

// prepared is an override with its area in the units of the borders.
type prepared struct {
	*override
	area run
}

// overridesOf has the overrides of each place, in the order of the table.
var overridesOf = sync.OnceValue(func() *[len(places)][]prepared {
	var all [len(places)][]prepared
	for i := range overrides {
		o := &overrides[i]
		p := prepared{override: o, area: closed(o.area)}
		for place := range places {
			if len(o.places) == 0 || slices.Contains(o.places, places[place].name) {
				all[place] = append(all[place], p)
			}
		}
	}
	return &all
})

// part is an override of a part of some places, and what it takes to pass it over.
type part struct {
	prepared
	south, north int32          // latitudes between which it lies
	codes        []country.Code // of the places
}

// concerns reports whether a record that states c may be about the part, or about a place that it is a part of.
func (t *part) concerns(c country.Code) bool {
	return t.override.concerns(c) || slices.Contains(t.codes, c)
}

// parts are the overrides that have an area, each once.
var parts = sync.OnceValue(func() []*part {
	var list []*part
	byOverride := map[*override]*part{}
	for place, of := range overridesOf() {
		for _, p := range of {
			if len(p.area.edges) == 0 {
				continue
			}
			t := byOverride[p.override]
			if t == nil {
				t = &part{prepared: p, south: p.area.edges[0].a.y, north: p.area.edges[0].a.y}
				for _, e := range p.area.edges {
					t.south, t.north = min(t.south, e.a.y), max(t.north, e.a.y)
				}
				byOverride[p.override] = t
				list = append(list, t)
			}
			if c := places[place].code; !slices.Contains(t.codes, c) {
				t.codes = append(t.codes, c)
			}
		}
	}
	return list
})

// closed makes a run of an area.
func closed(area [][2]float64) run {
	var r run
	for i, at := range area {
		next := area[(i+1)%len(area)]
		r.edges = append(r.edges, edge{
			quantise(incident.Point{Lat: at[0], Lon: at[1]}),
			quantise(incident.Point{Lat: next[0], Lon: next[1]}),
		})
	}
	return r
}

// answer is what is known of a point inside a place.
type answer struct {
	code country.Code
	also []country.Code // of the first override that speaks of the point
}

// resolve applies the table: the first override that holds for the point decides.
func resolve(place int, v vertex) answer {
	a := answer{code: places[place].code}
	for i := range overridesOf()[place] {
		o := &overridesOf()[place][i]
		if len(o.area.edges) > 0 && !o.area.around(v) {
			continue
		}
		if !o.keep {
			a.code = o.code
		}
		a.also = o.also
		break
	}
	return a
}
