package correlate

import (
	"slices"
	"time"

	"vigil/internal/country"
	"vigil/internal/incident"
)

// ID is what the owner of the records calls an incident.
type ID uint32

// Records is where a [Set] finds what it compares.
type Records interface {
	// Features are those of the incident as it stands now; nil when it stands no more or is not to be compared.
	Features(id ID) *Features
	// Find is the incident of an identity; ok is false when there is none.
	Find(name incident.Identity) (id ID, ok bool)
}

// Set is the incidents of a desk and the events they make. It has one owner and no lock; [Group] and [Proposal] values that it
// gave out never change.
//
// What is given to [Set.Touch] is compared by [Set.Settle], in slices if need be. While all records come from one
// authority and nobody chose anything, there is nothing to compare and nothing is done.
type Set struct {
	records Records
	only    incident.Identity // its Authority is the one seen so far
	several bool
	waiting []ID
	queued  map[ID]bool
	chosen  choices

	// Where an incident may meet others. Entries of versions that are no more are skipped by their generation.
	byDay   map[dayKey][]spot
	byMonth map[dayKey][]spot
	byCell  map[cellKey][]spot
	byKey   map[key][]spot
	ages    []uint32 // by ID: the generation of its present entries, odd while it is in

	edges     map[ID][]edge
	groups    map[ID]*Group
	proposals map[ID][]Proposal
	loose     map[ID]bool // to be grouped anew
	changed   map[ID]bool
	cache     cache
}

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

// edge is a comparison that came to something.
type edge struct {
	to     ID
	name   Name // of to
	from   word // authority of to
	points int
	kind   Kind
}

// NewSet makes an empty set.
func NewSet(records Records) *Set {
	return &Set{
		records: records,
		queued:  map[ID]bool{},
		byDay:   map[dayKey][]spot{}, byMonth: map[dayKey][]spot{}, byCell: map[cellKey][]spot{}, byKey: map[key][]spot{},
		edges: map[ID][]edge{}, groups: map[ID]*Group{}, proposals: map[ID][]Proposal{},
		loose: map[ID]bool{}, changed: map[ID]bool{},
		chosen: newChoices(nil),
	}
}

// Touch says that an incident came, changed or went.
func (s *Set) Touch(id ID, name incident.Identity) {
	if !s.several {
		switch {
		case s.only.Authority.IsZero():
			s.only = name
		case s.only.Authority != name.Authority:
			s.several = true
		}
		if n := len(s.waiting); n > 0 && s.waiting[n-1] == id {
			return
		}
		s.waiting = append(s.waiting, id) // repeats do no harm
		return
	}
	if !s.queued[id] {
		s.queued[id] = true
		s.waiting = append(s.waiting, id)
	}
}

// Choose replaces what people decided, oldest first.
func (s *Set) Choose(list []Choice) {
	before := s.chosen
	s.chosen = newChoices(slices.Clone(list))
	if len(list) > 0 {
		s.several = true
	}
	for p := range s.chosen.pairs {
		if d, same := before.pairs[p]; !same || d != s.chosen.pairs[p] {
			s.loosenNames(&s.chosen, p)
		}
	}
	for p := range before.pairs {
		if _, still := s.chosen.pairs[p]; !still {
			s.loosenNames(&before, p)
		}
	}
}

func (s *Set) loosenNames(c *choices, p pair) {
	for _, other := range c.partner[p.a] {
		if NameOf(other) == p.b {
			s.loosenIdentity(other)
		}
	}
	for _, other := range c.partner[p.b] {
		if NameOf(other) == p.a {
			s.loosenIdentity(other)
		}
	}
}

func (s *Set) loosenIdentity(name incident.Identity) {
	if id, ok := s.records.Find(name); ok {
		s.loose[id] = true
	}
}

// Left is how many incidents wait to be compared.
func (s *Set) Left() int {
	if !s.several {
		return 0
	}
	return len(s.waiting)
}

// Settle compares at most limit of the incidents that wait, the latest first, and groups anew what that changes. It
// returns those of which the group or the proposals changed, in no order.
func (s *Set) Settle(limit int) []ID {
	if !s.several {
		return nil
	}
	for n := 0; n < limit && len(s.waiting) > 0; n++ {
		id := s.waiting[len(s.waiting)-1]
		s.waiting = s.waiting[:len(s.waiting)-1]
		delete(s.queued, id)
		s.replace(id)
	}
	s.regroup()
	list := make([]ID, 0, len(s.changed))
	for id := range s.changed {
		list = append(list, id)
	}
	clear(s.changed)
	return list
}

// replace takes an incident out and, if it stands, in again.
func (s *Set) replace(id ID) {
	for int(id) >= len(s.ages) {
		s.ages = append(s.ages, make([]uint32, max(64, len(s.ages)/4))...)
	}
	if s.ages[id]%2 == 1 {
		s.takeOut(id)
	}
	s.cache.drop(id)
	f := s.features(id)
	if f == nil || f.class != incident.Occurrence {
		return
	}
	s.ages[id]++
	s.putIn(id, f)
}

func (s *Set) takeOut(id ID) {
	s.ages[id]++
	s.loose[id] = true
	for _, e := range s.edges[id] {
		s.edges[e.to] = slices.DeleteFunc(s.edges[e.to], func(back edge) bool { return back.to == id })
		if len(s.edges[e.to]) == 0 {
			delete(s.edges, e.to)
		}
		s.loose[e.to] = true
	}
	delete(s.edges, id)
}

func (s *Set) putIn(id ID, f *Features) {
	me := spotOf(id, s.ages[id], f)
	met := map[ID]bool{id: true}
	look := func(bucket []spot) {
		for i := range bucket {
			o := &bucket[i]
			if s.ages[o.id] == o.age && !met[o.id] && me.meets(o) {
				met[o.id] = true
				s.compare(id, f, o.id)
			}
		}
	}
	s.eachPlace(f, me, look)
	s.loose[id] = true
	for _, other := range s.chosen.partner[f.Name] {
		s.loosenIdentity(other)
	}
}

// meets reports whether two incidents are worth comparing at all. Further apart than two thousand kilometres, no
// words and figures make up for the distance, unless a position stands for a whole country.
func (a *spot) meets(b *spot) bool {
	const degrees = 20
	if a.authority == b.authority || (a.traits^b.traits)&(isHazard|isClosed) != 0 {
		return false
	}
	if a.traits&b.traits&hasPoint == 0 || (a.traits|b.traits)&isVague != 0 {
		return true
	}
	return a.lat-b.lat < degrees && b.lat-a.lat < degrees
}

func spotOf(id ID, age uint32, f *Features) spot {
	p := spot{id: id, age: age, authority: f.authority, lat: float32(f.point.Lat), lon: float32(f.point.Lon)}
	for _, t := range [...]struct {
		is bool
		t  traits
	}{{f.hasPoint, hasPoint}, {f.accuracy >= farRadius, isVague}, {f.hazard, isHazard}, {f.closed, isClosed}} {
		if t.is {
			p.traits |= t.t
		}
	}
	return p
}

// reach is how many days apart two dates of one event may be.
const reach = 3

// eachPlace looks at every place where an incident may meet others, and leaves its own entry there for those to come: under
// its countries and days; under its cell of the globe and day, where that says more than the country or there is none; and under the
// ids that it carries.
func (s *Set) eachPlace(f *Features, me spot, look func([]spot)) {
	for _, k := range f.keys {
		if k.official() {
			look(s.byKey[k])
			s.byKey[k] = s.append(s.byKey[k], me)
		}
	}
	if f.start.IsZero() || f.precision < incident.ToMonth {
		return
	}
	first, last := dayOf(f.start), dayOf(f.start)
	if f.precision == incident.ToMonth {
		last = dayOf(f.end) - 1
	}
	byCell := f.hasPoint && f.precision > incident.ToMonth && (f.hazard || len(f.countries) == 0)
	for d := first - reach; d <= last+reach; d++ {
		for _, c := range f.countries {
			look(s.byDay[dayKey{c, d}])
		}
		if byCell {
			s.eachCell(f.point, d, func(k cellKey) { look(s.byCell[k]) })
		}
	}
	from, to := monthOf(f.start.AddDate(0, 0, -reach)), monthOf(f.end.AddDate(0, 0, reach))
	for _, c := range f.countries {
		for m := from; m <= to; m++ {
			look(s.byMonth[dayKey{c, m}])
		}
		if k := (dayKey{c, first}); f.precision == incident.ToMonth {
			k.day = monthOf(f.start)
			s.byMonth[k] = s.append(s.byMonth[k], me)
		} else {
			s.byDay[k] = s.append(s.byDay[k], me)
		}
	}
	if byCell {
		k := cellOf(f.point, first)
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

func (s *Set) compare(id ID, f *Features, other ID) {
	g := s.features(other)
	if g == nil {
		return
	}
	v := Score(f, g)
	if v.Kind == Different {
		return
	}
	s.edges[id] = append(s.edges[id], edge{to: other, name: g.Name, from: g.authority, points: v.Points, kind: v.Kind})
	s.edges[other] = append(s.edges[other], edge{to: id, name: f.Name, from: f.authority, points: v.Points, kind: v.Kind})
	s.loose[other] = true
}

// features are those of an incident; kept for a while, because neighbours in time arrive together.
func (s *Set) features(id ID) *Features {
	if f, ok := s.cache.get(id); ok {
		return f
	}
	f := s.records.Features(id)
	s.cache.put(id, f)
	return f
}

// cache keeps what was used lately: what is in neither half was not used among the last cacheSize.
type cache struct{ young, old map[ID]*Features }

const cacheSize = 4096

func (c *cache) get(id ID) (*Features, bool) {
	if f, ok := c.young[id]; ok {
		return f, true
	}
	f, ok := c.old[id]
	if ok {
		c.put(id, f)
	}
	return f, ok
}

func (c *cache) put(id ID, f *Features) {
	if c.young == nil || len(c.young) >= cacheSize {
		c.young, c.old = make(map[ID]*Features, cacheSize/8), c.young
	}
	c.young[id] = f
}

func (c *cache) drop(id ID) {
	delete(c.young, id)
	delete(c.old, id)
}
