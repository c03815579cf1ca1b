package correlate

import (
	"slices"
	"sync"
	"time"

	"vigil/internal/country"
	"vigil/internal/incident"
)

// Where an incident may meet others: under its countries and days, its cell of the globe and day, and the ids that it carries.

type dayKey struct {
	country country.Code
	day     int32 // days or months since 1970
}

type cellKey struct{ lat, lon, day int32 }

// spot is one incident where others look for it.
type spot struct {
	id        ID
	age       uint32
	authority word
	lat, lon  float32
	traits    traits
}

type traits uint8

const (
	hasPoint traits = 1 << iota
	isVague         // its position says little
	isHazard
	isClosed
)

// meets reports whether two incidents are worth comparing at all. Further apart than a thousand kilometres, no
// words and figures make up for the distance, unless a position stands for a whole country.
func (a *spot) meets(b *spot) bool {
	const degrees = 9 // of latitude
	if a.authority == b.authority || (a.traits^b.traits)&(isHazard|isClosed) != 0 {
		return false
	}
	if a.traits&b.traits&hasPoint == 0 || (a.traits|b.traits)&isVague != 0 {
		return true
	}
	return a.lat-b.lat < degrees && b.lat-a.lat < degrees
}

// bearings are what decides where an incident is looked for.
type bearings struct {
	name      Name
	authority word
	countries []country.Code
	point     incident.Point
	hasPoint  bool
	when      incident.When
	keys      []key
	traits    traits
}

func bearingsOf(i *incident.Incident) *bearings {
	b := &bearings{
		name: NameOf(i.Identity), authority: hashWord([]byte(i.Identity.Authority.String())), countries: i.Countries,
		point: i.Point, hasPoint: i.HasPoint, when: i.Occurred, keys: keysOf(i),
	}
	for _, t := range [...]struct {
		is bool
		t  traits
	}{{i.HasPoint, hasPoint}, {i.Accuracy >= farRadius, isVague}, {hazardous(i), isHazard}, {i.Restricted(), isClosed}} {
		if t.is {
			b.traits |= t.t
		}
	}
	return b
}

func (b *bearings) spot(id ID, age uint32) spot {
	return spot{id: id, age: age, authority: b.authority, lat: float32(b.point.Lat), lon: float32(b.point.Lon), traits: b.traits}
}

// reach is how many days apart two dates of one event may be.
const reach = 3

// eachPlace looks at every place where an incident may meet others, and leaves its own entry there for those to come: under
// its countries and days; under its cell of the globe and day, where that says more than the country or there is none; and under the
// ids that it carries.
func (s *Set) eachPlace(b *bearings, me spot, look func([]spot)) {
	for _, k := range b.keys {
		if k.official() {
			look(s.byKey[k])
			s.byKey[k] = s.append(s.byKey[k], me)
		}
	}
	if b.when.Precision < incident.ToMonth {
		return
	}
	s.eachDay(b, me, look)
	from, to := monthOf(b.when.Start.AddDate(0, 0, -reach)), monthOf(b.when.End().AddDate(0, 0, reach))
	for _, c := range b.countries {
		for m := from; m <= to; m++ {
			look(s.byMonth[dayKey{c, m}])
		}
		if b.when.Precision == incident.ToMonth {
			k := dayKey{c, monthOf(b.when.Start)}
			s.byMonth[k] = s.append(s.byMonth[k], me)
		}
	}
}

func (s *Set) eachDay(b *bearings, me spot, look func([]spot)) {
	exact := b.when.Precision > incident.ToMonth
	first, last := dayOf(b.when.Start), dayOf(b.when.Start)
	if !exact {
		last = dayOf(b.when.End()) - 1
	}
	byCell := b.hasPoint && exact && (b.traits&isHazard != 0 || len(b.countries) == 0)
	for d := first - reach; d <= last+reach; d++ {
		for _, c := range b.countries {
			look(s.byDay[dayKey{c, d}])
		}
		if byCell {
			s.eachCell(b.point, d, func(k cellKey) { look(s.byCell[k]) })
		}
	}
	if !exact {
		return
	}
	for _, c := range b.countries {
		k := dayKey{c, first}
		s.byDay[k] = s.append(s.byDay[k], me)
	}
	if byCell {
		k := cellOf(b.point, first)
		s.byCell[k] = s.append(s.byCell[k], me)
	}
}

func dayOf(t time.Time) int32   { return int32(t.Unix() / 86400) }
func monthOf(t time.Time) int32 { return int32(t.Year()*12) + int32(t.Month()) }

// cellSize in degrees: two positions of one hazard are in one cell or in neighbouring ones.
const cellSize = 3

func cellOf(p incident.Point, d int32) cellKey {
	return cellKey{int32((p.Lat + 90) / cellSize), int32((p.Lon + 180) / cellSize), d}
}

func (s *Set) eachCell(p incident.Point, d int32, yield func(cellKey)) {
	const around = 360 / cellSize
	k := cellOf(p, d)
	for lat := k.lat - 1; lat <= k.lat+1; lat++ {
		for lon := k.lon - 1; lon <= k.lon+1; lon++ {
			yield(cellKey{lat, (lon + around) % around, d})
		}
	}
}

// append adds an entry, and sheds those of versions that are no more when there is no room.
func (s *Set) append(bucket []spot, me spot) []spot {
	if len(bucket) == cap(bucket) {
		bucket = slices.DeleteFunc(bucket, func(o spot) bool { return s.ages[o.id] != o.age })
	}
	return append(bucket, me)
}

// whereWords are the words that only say where it happened: of the place, the first administrative level and the country, sorted.
func whereWords(i *incident.Incident) []word {
	var list []word
	add := func(s string) {
		eachWord(s, func(w []byte) { list = append(list, stemOf(w)) })
	}
	add(i.Place.String())
	add(i.Admin1.String())
	for _, c := range i.Countries {
		list = append(list, countryWords()[c]...)
	}
	slices.Sort(list)
	return slices.Clip(slices.Compact(list))
}

// mentions reports whether a text names the place that only the other record gives as such.
func (f *Features) mentions(g *Features) bool {
	return len(f.places) == 0 && shared(f.text.telling, g.names) > 0
}

// countryWords are the words of the names of each country.
var countryWords = sync.OnceValue(func() map[country.Code][]word {
	of := map[country.Code][]word{}
	for _, c := range country.All() {
		names := []string{c.Name(), c.Alpha3()}
		for _, l := range []string{"en", "fr", "es"} {
			name, _ := c.NameIn(l)
			names = append(names, name)
		}
		for _, n := range names {
			eachWord(n, func(w []byte) { of[c] = append(of[c], stemOf(w)) })
		}
	}
	return of
})
