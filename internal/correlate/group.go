package correlate

import (
	"cmp"
	"slices"
)

// Group is the incidents that tell of one event: two or more.
type Group struct {
	Members []ID // by name
	Joins   []Join
}

// Join is what holds two members together.
type Join struct {
	A, B   ID
	Points int    // of the comparison; 0 when a person joined them
	Choice string // the entry of the person's choice; empty when it was computed
}

// clearBy is by how much a pair must be better than any other that either could make with the other's source: in tenths.
const clearBy = 20

// Group is the event of an incident; nil when no other tells of it.
func (s *Set) Group(id ID) *Group { return s.groups[id] }

// in reports whether the incident takes part.
func (s *Set) in(id ID) bool { return int(id) < len(s.ages) && s.ages[id]%2 == 1 }

// regroup groups anew everything that a loose incident may have changed: all that is bound to it or to a neighbour of it.
func (s *Set) regroup() {
	if len(s.loose) == 0 {
		return
	}
	seen := map[ID]bool{}
	touched := map[ID]bool{}
	// Neighbours in time have neighbouring IDs, and what they are compared by is kept for a while.
	for _, id := range sorted(s.loose) {
		for _, start := range append(s.neighbours(id), id) {
			if seen[start] {
				continue
			}
			bound := s.boundTo(start, seen)
			s.assign(bound)
			for _, id := range bound {
				touched[id] = true
			}
		}
	}
	clear(s.loose)
	// A proposal rests on the groups of both.
	for _, id := range sorted(touched) {
		s.propose(id)
		for _, e := range s.edges[id] {
			if !touched[e.to] {
				s.propose(e.to)
			}
		}
	}
}

func sorted(set map[ID]bool) []ID {
	list := make([]ID, 0, len(set))
	for id := range set {
		list = append(list, id)
	}
	slices.Sort(list)
	return list
}

func (s *Set) neighbours(id ID) []ID {
	var list []ID
	for _, e := range s.edges[id] {
		list = append(list, e.to)
	}
	return list
}

// boundTo is everything that pairs good enough to merge, choices and the group that there was connect to an incident.
func (s *Set) boundTo(start ID, seen map[ID]bool) []ID {
	list := []ID{start}
	seen[start] = true
	add := func(id ID) {
		if !seen[id] {
			seen[id] = true
			list = append(list, id)
		}
	}
	for i := 0; i < len(list); i++ {
		id := list[i]
		if g := s.groups[id]; g != nil {
			for _, m := range g.Members {
				add(m)
			}
		}
		if !s.in(id) {
			continue
		}
		for _, e := range s.edges[id] {
			if e.kind == Same {
				add(e.to)
			}
		}
		for _, o := range s.partners(id) {
			add(o)
		}
	}
	return list
}

// partners are the incidents that choices name beside one.
func (s *Set) partners(id ID) []ID {
	if len(s.chosen.partner) == 0 {
		return nil
	}
	f := s.features(id)
	if f == nil {
		return nil
	}
	var list []ID
	for _, name := range s.chosen.partner[f.Name] {
		if o, ok := s.records.Find(name); ok && s.in(o) && o != id {
			list = append(list, o)
		}
	}
	return list
}

// assign gives the bound incidents their groups.
func (s *Set) assign(bound []ID) {
	if len(bound) == 1 && s.groups[bound[0]] == nil {
		return // alone before and now
	}
	present := slices.DeleteFunc(slices.Clone(bound), func(id ID) bool { return !s.in(id) || s.features(id) == nil })
	c := s.cluster(present)
	fresh := map[ID]*Group{}
	for _, members := range c.sets() {
		if len(members) < 2 {
			continue
		}
		g := &Group{Members: members}
		for _, j := range c.joins {
			if slices.Contains(members, j.A) {
				g.Joins = append(g.Joins, j)
			}
		}
		for _, id := range members {
			fresh[id] = g
		}
	}
	for _, id := range bound {
		old, now := s.groups[id], fresh[id]
		if old == nil && now == nil || old != nil && now != nil && slices.Equal(old.Members, now.Members) && slices.Equal(old.Joins, now.Joins) {
			continue
		}
		s.changed[id] = true
		if now == nil {
			delete(s.groups, id)
		} else {
			s.groups[id] = now
		}
	}
}

// clustering is one pass over bound incidents.
type clustering struct {
	set   *Set
	ids   []ID // by name
	root  map[ID]ID
	joins []Join
	known map[[2]ID]bool // pairs that contradict, as far as asked
}

func (s *Set) cluster(ids []ID) *clustering {
	slices.SortFunc(ids, func(a, b ID) int { return cmp.Compare(s.features(a).Name, s.features(b).Name) })
	c := &clustering{set: s, ids: ids, root: map[ID]ID{}, known: map[[2]ID]bool{}}
	for _, id := range ids {
		c.root[id] = id
	}
	if len(ids) > 1 {
		c.choose()
		c.merge()
	}
	return c
}

// sets are the groups, single ones among them; members by name.
func (c *clustering) sets() [][]ID {
	at := map[ID]int{}
	var list [][]ID
	for _, id := range c.ids {
		r := c.root[id]
		n, known := at[r]
		if !known {
			n = len(list)
			at[r] = n
			list = append(list, nil)
		}
		list[n] = append(list[n], id)
	}
	return list
}

func (c *clustering) unite(a, b ID) {
	from, to := c.root[b], c.root[a]
	for _, id := range c.ids {
		if c.root[id] == from {
			c.root[id] = to
		}
	}
}

// across asks all pairs that a union would bring together.
func (c *clustering) across(a, b ID, ok func(x, y ID) bool) bool {
	for _, x := range c.ids {
		if c.root[x] != c.root[a] {
			continue
		}
		for _, y := range c.ids {
			if c.root[y] == c.root[b] && !ok(x, y) {
				return false
			}
		}
	}
	return true
}

func (c *clustering) decided(x, y ID) (decision, bool) {
	if len(c.set.chosen.pairs) == 0 {
		return decision{}, false
	}
	d, ok := c.set.chosen.pairs[pairOf(c.set.features(x).Name, c.set.features(y).Name)]
	return d, ok
}

// choose joins what people joined, the latest choice first: an earlier one gives way to a later one.
func (c *clustering) choose() {
	type wish struct {
		a, b  ID
		order int
	}
	var wishes []wish
	if len(c.set.chosen.pairs) > 0 {
		for i, x := range c.ids {
			for _, y := range c.ids[i+1:] {
				if d, ok := c.decided(x, y); ok && !d.apart {
					wishes = append(wishes, wish{x, y, d.order})
				}
			}
		}
	}
	slices.SortStableFunc(wishes, func(v, w wish) int { return cmp.Compare(w.order, v.order) })
	for _, w := range wishes {
		if c.root[w.a] == c.root[w.b] {
			continue
		}
		if c.across(w.a, w.b, func(x, y ID) bool {
			if _, may := c.set.features(x).Joinable(c.set.features(y)); !may {
				return false
			}
			d, ok := c.decided(x, y)
			return !ok || !d.apart || d.order < w.order
		}) {
			c.unite(w.a, w.b)
			c.joins = append(c.joins, Join{A: w.a, B: w.b, Choice: c.set.chosen.list[w.order].ID})
		}
	}
}

// merge joins what is sure, the best pair first.
func (c *clustering) merge() {
	type bond struct {
		a, b   ID
		points int
	}
	var bonds []bond
	place := map[ID]int{}
	for i, id := range c.ids {
		place[id] = i
	}
	for i, id := range c.ids {
		for _, e := range c.set.edges[id] {
			if j, here := place[e.to]; e.kind == Same && here && i < j && c.clear(id, e) {
				bonds = append(bonds, bond{id, e.to, e.points})
			}
		}
	}
	slices.SortFunc(bonds, func(v, w bond) int {
		return cmp.Or(cmp.Compare(w.points, v.points), cmp.Compare(place[v.a], place[w.a]), cmp.Compare(place[v.b], place[w.b]))
	})
	for _, b := range bonds {
		if c.root[b.a] == c.root[b.b] {
			continue
		}
		if c.across(b.a, b.b, c.goTogether) {
			c.unite(b.a, b.b)
			c.joins = append(c.joins, Join{A: b.a, B: b.b, Points: b.points})
		}
	}
}

// clear reports whether a pair is better than what either could make with another incident of the other's source.
func (c *clustering) clear(a ID, e edge) bool {
	return !c.set.rivalled(a, e, c.together) && !c.set.rivalled(e.to, c.set.back(e, a), c.together)
}

func (c *clustering) together(x, y ID) bool {
	rx, ok := c.root[x]
	ry, also := c.root[y]
	return ok && also && rx == ry
}

// back is the same pair from the other side.
func (s *Set) back(e edge, id ID) edge {
	for _, b := range s.edges[e.to] {
		if b.to == id {
			return b
		}
	}
	return edge{}
}

// rivalled reports whether another incident of the same source fits about as well as e, unless the two are known to be one.
func (s *Set) rivalled(id ID, e edge, one func(x, y ID) bool) bool {
	for _, r := range s.edges[id] {
		if r.to != e.to && r.from == e.from && r.points > e.points-clearBy && !one(r.to, e.to) && !s.apart(id, r.to) {
			return true
		}
	}
	return false
}

func (s *Set) apart(x, y ID) bool {
	if len(s.chosen.pairs) == 0 {
		return false
	}
	d, ok := s.chosen.pairs[pairOf(s.features(x).Name, s.features(y).Name)]
	return ok && d.apart
}

// goTogether reports whether two incidents may stand in one group without a person saying so.
func (c *clustering) goTogether(x, y ID) bool {
	if d, ok := c.decided(x, y); ok {
		return !d.apart
	}
	if x > y {
		x, y = y, x
	}
	bad, asked := c.known[[2]ID{x, y}]
	if !asked {
		v := Score(c.set.features(x), c.set.features(y))
		bad = v.Contradicts
		c.known[[2]ID{x, y}] = bad
	}
	return !bad
}
