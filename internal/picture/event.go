package picture

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"time"

	"vigil/internal/correlate"
	"vigil/internal/incident"
)

// Incidents of different sources that tell of one event (package correlate) are listed and counted as one: the
// incident of the highest grade, of equal grades the one that says worse, leads the event, and lists, windows and
// estimates see only that. The others stand beside it in the detail, each with what its own source says.

// telling is how an incident stands to others. It is immutable once published.
type telling struct {
	group     *correlate.Group
	members   []ID       // of the group, the lead first, then by grade and weight; nil when there is none
	fill      *fill      // of the lead, where it takes anything from the others
	proposals []proposal // to any of the members
}

// proposal is another incident that may belong to one.
type proposal struct {
	with ID
	correlate.Proposal
}

func (t *telling) lead() ID {
	if t == nil || len(t.members) == 0 {
		return 0
	}
	return t.members[0]
}

// party is all incidents that tell of the event; nil when one alone does.
func (t *telling) party() []ID {
	if t == nil {
		return nil
	}
	return t.members
}

// tellings are those of the incidents that have any, by ID; published like the listings, block by block.
type tellings struct {
	blocks map[ID]*tellingBlock
	epoch  uint64
}

type tellingBlock struct {
	of    [blockSize]*telling
	epoch uint64
}

func (t *tellings) at(id ID) *telling {
	if b := t.blocks[id/blockSize]; b != nil {
		return b.of[id%blockSize]
	}
	return nil
}

func (t *tellings) set(id ID, is *telling) {
	b := t.blocks[id/blockSize]
	switch {
	case b == nil && is == nil:
		return
	case b == nil:
		if t.blocks == nil {
			t.blocks = map[ID]*tellingBlock{}
		}
		b = &tellingBlock{epoch: t.epoch}
		t.blocks[id/blockSize] = b
	case b.epoch != t.epoch:
		own := *b
		own.epoch = t.epoch
		b = &own
		t.blocks[id/blockSize] = b
	}
	b.of[id%blockSize] = is
}

func (t *tellings) publish() tellings {
	out := tellings{blocks: maps.Clone(t.blocks)}
	t.epoch++
	return out
}

// marks of an incident by the event that it tells of.
func (t *tellings) marks(id ID) (m marks) {
	is := t.at(id)
	if is == nil {
		return 0
	}
	switch is.lead() {
	case 0:
	case id:
		m |= several
	default:
		m |= within
	}
	if len(is.proposals) > 0 {
		m |= perhaps
	}
	return m
}

// comparable is an incident as correlation sees it: the version that lists show; nil where it does not stand, or where another
// of the same source has taken its place.
func (s *Store) comparable(it item) *incident.Incident {
	if it.shown == 0 || it.marks&(cancelled|withdrawn|elsewhere) != 0 || s.rows.at(it.shown).traits&isReport != 0 {
		return nil
	}
	return s.rows.whole(it.shown)
}

// when is about when an incident happened, for the order in which incidents are compared.
func (s *Store) when(it item) int64 {
	if it.shown == 0 {
		return noTime
	}
	return s.rows.start(it.shown)
}

// present gives the incidents as they are listed now to correlation.
type present struct{ s *Store }

func (p present) Incident(id correlate.ID) *incident.Incident {
	it, _ := p.s.listed.of(ID(id))
	return p.s.comparable(it)
}

func (p present) When(id correlate.ID) int64 {
	it, _ := p.s.listed.of(ID(id))
	return p.s.when(it)
}

func (p present) Find(name incident.Identity) (correlate.ID, bool) {
	id, ok := p.s.known(name)
	return correlate.ID(id), ok
}

// Choose replaces what people decided of which incidents tell of one event, oldest first.
func (s *Store) Choose(list []correlate.Choice) {
	s.choices = slices.Clone(list)
	s.wording = map[incident.Identity]*correlate.Choice{}
	for i := range s.choices {
		if c := &s.choices[i]; c.Leads != nil {
			s.wording[c.Incidents[0]] = c // the last one holds
		}
	}
	if s.events.Choose(s.choices) {
		s.stirAll()
	}
}

// Compare compares all that arrived at once, for who wants one whole picture and no more.
func (s *Store) Compare() { s.gather(math.MaxInt) }

// Uncompared is how many incidents have not been compared with those of other sources yet.
func (s *Store) Uncompared() int { return s.events.Left() }

func (s *Store) stirAll() {
	for id := 1; id <= s.names.n; id++ {
		s.events.Touch(correlate.ID(id))
	}
}

// stir says that an incident is listed otherwise than before.
func (s *Store) stir(id ID) {
	s.events.Touch(correlate.ID(id))
	if s.tellings.at(id).lead() != 0 {
		s.stirred[id] = true // perhaps another leads now
	}
}

// perPicture is how many incidents are compared for one live picture, so that a large file does not keep the picture
// back. The others are compared for the next ones, the latest first; while the first reading goes on, they wait for its end.
const perPicture = 5_000

// portion is how many incidents are compared for the next live picture.
func (s *Store) portion() int {
	if s.events.Left() > perPicture && !s.options.Desk.Reading.IsZero() {
		return 0
	}
	return perPicture
}

// gather compares what arrived, and lists anew what has another place by it.
func (s *Store) gather(limit int) {
	changed := s.events.Settle(limit)
	if len(changed) == 0 && len(s.stirred) == 0 {
		return
	}
	order := s.orders(&s.listed)
	again := map[ID]bool{}
	all := func(id ID) {
		again[id] = true
		if g := s.events.Group(correlate.ID(id)); g != nil {
			for _, m := range g.Members {
				again[ID(m)] = true
			}
		}
	}
	for _, id := range changed {
		all(ID(id))
	}
	for id := range s.stirred {
		all(id)
	}
	clear(s.stirred)
	for id := range again {
		s.place(id, tellingOf(s.events, id, order))
	}
	s.generation++
}

// tellingOf draws up how an incident stands to others; nil when it stands alone.
func tellingOf(events *correlate.Set, id ID, order func(*correlate.Group) lineup) *telling {
	t := &telling{group: events.Group(correlate.ID(id))}
	line := order(t.group)
	t.members = line.members
	if t.lead() == id {
		t.fill = line.fill
	}
	of := t.members // what is proposed to one is proposed to the event
	if t.group == nil {
		of = []ID{id}
	}
	for _, m := range of {
		for _, p := range events.Proposals(correlate.ID(m)) {
			t.proposals = append(t.proposals, proposal{m, p})
		}
	}
	if t.group == nil && len(t.proposals) == 0 {
		return nil
	}
	return t
}

// lineup is the members of a group in their order, and what the first takes from the others.
type lineup struct {
	members []ID
	fill    *fill
}

// orders draws up the groups of incidents that are listed so, each once.
func (s *Store) orders(listed *listings) func(*correlate.Group) lineup {
	drawn := map[*correlate.Group]lineup{}
	return func(g *correlate.Group) lineup {
		if g == nil {
			return lineup{}
		}
		line, is := drawn[g]
		if !is {
			line.members = s.lineUp(g, listed)
			line.fill = s.fillOf(line.members, listed)
			drawn[g] = line
		}
		return line
	}
}

// lineUp orders the members of a group: the highest grade first, then the worse, then by name.
func (s *Store) lineUp(g *correlate.Group, listed *listings) []ID {
	list := make([]ID, len(g.Members))
	for i, m := range g.Members {
		list[i] = ID(m)
	}
	slices.SortStableFunc(list, func(a, b ID) int {
		first, _ := listed.of(a)
		second, _ := listed.of(b)
		x, y := s.rows.whole(first.shown), s.rows.whole(second.shown)
		return cmp.Or(incident.CompareGrade(y.Grade, x.Grade), incident.CompareWeight(y, x))
	})
	return s.wordFirst(list, listed)
}

// wordFirst puts the desk's own word on the others first, for as long as each of them says what that word was on. Once one says
// something else, or somebody else has spoken, it stands behind those that it does not hold for any more.
func (s *Store) wordFirst(list []ID, listed *listings) []ID {
	if len(s.wording) == 0 {
		return list
	}
	says := func(id ID) *incident.Incident {
		it, _ := listed.of(id)
		return s.rows.whole(it.shown)
	}
	for at, id := range list {
		word, is := s.wording[says(id).Identity]
		if !is {
			continue
		}
		holds := true
		for _, other := range list {
			if other == id {
				continue
			}
			i := says(other)
			n := slices.Index(word.Incidents[1:], i.Identity)
			holds = holds && n >= 0 && word.Leads(n, i)
		}
		rest := slices.Delete(slices.Clone(list), at, at+1)
		if holds {
			return append([]ID{id}, rest...)
		}
		if says(id).Verification.Is(incident.Refuted) {
			return append(rest, id)
		}
		return list
	}
	return list
}

// past gives the incidents as they were listed at a time of the past to correlation.
type past struct {
	s      *Store
	listed *listings
}

func (p past) Incident(id correlate.ID) *incident.Incident {
	it, _ := p.listed.of(ID(id))
	return p.s.comparable(it)
}

func (p past) When(id correlate.ID) int64 {
	it, _ := p.listed.of(ID(id))
	return p.s.when(it)
}

func (p past) Find(name incident.Identity) (correlate.ID, bool) { return present{p.s}.Find(name) }

// tellingsAt are the events as the desk knew them at a time of the past: from what it had received by then, and what people
// had decided by then.
func (s *Store) tellingsAt(listed *listings, known time.Time) tellings {
	set := correlate.NewSet(past{s, listed})
	var chosen []correlate.Choice
	for _, c := range s.choices {
		if !c.At.After(known) {
			chosen = append(chosen, c)
		}
	}
	if !set.Choose(chosen) && s.events.Asleep() {
		return tellings{}
	}
	set.Wake()
	for id := 1; id <= s.names.n; id++ {
		set.Touch(correlate.ID(id))
	}
	var t tellings
	order := s.orders(listed)
	for _, id := range set.Settle(math.MaxInt) {
		t.set(ID(id), tellingOf(set, ID(id), order))
	}
	return t
}
