package correlate

import (
	"cmp"
	"slices"

	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// ID is what the owner of the records calls an incident.
type ID uint32

// Records is where a [Set] finds what it compares.
type Records interface {
	// Incident is one as it stands now, not to be changed; nil when it stands no more or is not to be compared.
	Incident(id ID) *incident.Incident
	// When is about when it happened, as a number that grows with time: only for the order in which to work.
	When(id ID) int64
	// Find is the incident of an identity; ok is false when there is none.
	Find(name incident.Identity) (id ID, ok bool)
}

// Set is the incidents of a desk and the events they make. It has one owner and no lock; [Group] and [Proposal] values that it
// gave out never change.
//
// What is given to [Set.Touch] is compared by [Set.Settle], in slices if need be. A set sleeps until there is something to
// compare: a second authority, or a person's choice. Then it must be told of everything that is there.
type Set struct {
	records Records
	only    safetext.Text // the one authority heard of so far
	awake   bool
	waiting []ID
	linedUp int // as many as wait are in the order of their times
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

// Hear says that an authority speaks. It returns true when that wakes the set: everything must be touched then.
func (s *Set) Hear(authority safetext.Text) (woken bool) {
	switch {
	case s.awake || authority == s.only:
		return false
	case s.only.IsZero():
		s.only = authority
		return false
	default:
		s.awake = true
		return true
	}
}

// Asleep reports whether there is nothing to compare yet.
func (s *Set) Asleep() bool { return !s.awake }

// Wake makes the set compare whatever it is told of.
func (s *Set) Wake() { s.awake = true }

// Touch says that an incident came, changed or went.
func (s *Set) Touch(id ID) {
	if s.awake && !s.queued[id] {
		s.queued[id] = true
		s.waiting = append(s.waiting, id)
	}
}

// Choose replaces what people decided, oldest first. It returns true when that wakes the set, as Hear does.
func (s *Set) Choose(list []Choice) (woken bool) {
	before := s.chosen
	s.chosen = newChoices(slices.Clone(list))
	woken = !s.awake && len(list) > 0
	s.awake = s.awake || woken
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
	return woken
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
func (s *Set) Left() int { return len(s.waiting) }

// Settle compares at most limit of the incidents that wait, the latest first, and groups anew what that changes. It
// returns those of which the group or the proposals changed, in no order.
func (s *Set) Settle(limit int) []ID {
	s.lineUp()
	for n := 0; n < limit && len(s.waiting) > 0; n++ {
		id := s.waiting[len(s.waiting)-1]
		s.waiting = s.waiting[:len(s.waiting)-1]
		delete(s.queued, id)
		s.replace(id)
	}
	s.linedUp = len(s.waiting)
	s.regroup()
	list := make([]ID, 0, len(s.changed))
	for id := range s.changed {
		list = append(list, id)
	}
	clear(s.changed)
	return list
}

// lineUp puts what waits into the order of its times, so that what is compared by is worked out once for all that
// happened about then: as long as it is kept.
func (s *Set) lineUp() {
	if len(s.waiting) < cacheSize || s.linedUp == len(s.waiting) {
		return
	}
	slices.SortFunc(s.waiting, func(a, b ID) int { return cmp.Compare(s.records.When(a), s.records.When(b)) })
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
	i := s.records.Incident(id)
	if i == nil || i.Class != incident.Occurrence {
		return
	}
	s.ages[id]++
	s.putIn(id, i)
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

// putIn leaves an incident where others look for it, and compares it with those that it meets there. Most meet nobody, and what
// they are compared by is not worked out.
func (s *Set) putIn(id ID, i *incident.Incident) {
	b := bearingsOf(i)
	me := b.spot(id, s.ages[id])
	met := map[ID]bool{}
	s.eachPlace(b, me, func(bucket []spot) {
		for i := range bucket {
			if o := &bucket[i]; s.ages[o.id] == o.age && o.id != id && me.meets(o) {
				met[o.id] = true
			}
		}
	})
	if len(met) > 0 {
		f := Of(i)
		s.cache.put(id, f)
		for o := range met {
			s.compare(id, f, o)
		}
	}
	s.loose[id] = true
	for _, other := range s.chosen.partner[b.name] {
		s.loosenIdentity(other)
	}
}

func (s *Set) compare(id ID, f *Features, other ID) {
	g := s.features(other)
	if g == nil {
		return
	}
	if !promising(f, g) {
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
	var f *Features
	if i := s.records.Incident(id); i != nil {
		f = Of(i)
	}
	s.cache.put(id, f)
	return f
}

// cache keeps what was used lately: what is in neither half was not used among the last cacheSize.
type cache struct{ young, old map[ID]*Features }

const cacheSize = 8192

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
