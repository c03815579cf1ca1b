package geo

import (
	"math"
	"sync"

	"vigil/internal/country"
)

// extent is where something lies, roughly: between which latitudes, and in which of the sectors into which longitude is
// divided. It serves to pass over what is far away.
type extent struct {
	south, north int32 // as in vertices
	sectors      uint64
}

// sectorCount is how many sectors there are; a bit of an extent stands for each.
const sectorCount = 64

// sectorOf is the sector of a longitude, which may be more than once around.
func sectorOf(degrees float64) int { return int(math.Floor(degrees / 360 * sectorCount)) }

// sectorsFrom are those from one longitude east to another, and one more at either end.
func sectorsFrom(west, east float64) (sectors uint64) {
	from, to := sectorOf(west)-1, sectorOf(east)+1
	if to-from >= sectorCount {
		return math.MaxUint64
	}
	for k := from; k <= to; k++ {
		sectors |= 1 << (uint(k) % sectorCount)
	}
	return sectors
}

// add extends it by an edge, which goes the shorter way around.
func (x *extent) add(e *edge) {
	if x.sectors == 0 {
		x.south, x.north = e.a.y, e.a.y
	}
	x.south, x.north = min(x.south, e.a.y, e.b.y), max(x.north, e.a.y, e.b.y)
	a := float64(e.a.x) / scale
	b := a + turn(float64(e.b.x)/scale-a)
	x.sectors |= sectorsFrom(min(a, b), max(a, b))
}

// meets reports whether something of both may be at one place.
func (x *extent) meets(o extent) bool {
	return x.south <= o.north && o.south <= x.north && x.sectors&o.sectors != 0
}

// extents are those of all that a record may be about that states a country.
var extents = sync.OnceValue(func() map[country.Code]*extent {
	all := map[country.Code]*extent{}
	of := func(c country.Code) *extent {
		if all[c] == nil {
			all[c] = new(extent)
		}
		return all[c]
	}
	for _, runs := range borders().bands {
		for _, r := range runs {
			stated := statedFor(int(r.place))
			for k := range r.edges {
				for _, c := range stated {
					of(c).add(&r.edges[k])
				}
			}
		}
	}
	for _, t := range parts() {
		for k := range t.area.edges {
			for _, c := range append(t.stated(), t.codes...) {
				of(c).add(&t.area.edges[k])
			}
		}
	}
	return all
})

// statedFor are the countries that a record about the whole of a place may state: see mayBe.
func statedFor(place int) []country.Code {
	codes := []country.Code{places[place].code, places[place].sovereign}
	for _, o := range overridesOf()[place] {
		if len(o.area.edges) == 0 {
			codes = append(codes, o.stated()...)
		}
	}
	return codes
}

// stated are the countries that it concerns.
func (o *override) stated() []country.Code {
	if o.keep {
		return append([]country.Code(nil), o.also...)
	}
	return append([]country.Code{o.code}, o.also...)
}
