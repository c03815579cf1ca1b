package correlate

import (
	"cmp"
	"slices"
)

// Proposal is another incident that may tell of the same event.
type Proposal struct {
	Other  ID
	Points int
	// Rival says that the points would do, and that another incident of the same source fits about as well.
	Rival bool
}

// Proposals are the incidents that may tell of the same event, best first.
func (s *Set) Proposals(id ID) []Proposal { return s.proposals[id] }

// propose draws up what may belong to an incident and is not with it.
func (s *Set) propose(id ID) {
	var list []Proposal
	if s.in(id) {
		for _, e := range s.edges[id] {
			if g := s.groups[id]; g != nil && g == s.groups[e.to] || s.apart(id, e.to) || !s.joinable(id, e.to) {
				continue
			}
			list = append(list, Proposal{Other: e.to, Points: e.points, Rival: e.kind == Same})
		}
		slices.SortFunc(list, func(p, q Proposal) int {
			return cmp.Or(cmp.Compare(q.Points, p.Points), cmp.Compare(s.features(p.Other).Name, s.features(q.Other).Name))
		})
	}
	if slices.Equal(s.proposals[id], list) {
		return
	}
	s.changed[id] = true
	if len(list) == 0 {
		delete(s.proposals, id)
	} else {
		s.proposals[id] = list
	}
}

// joinable reports whether the groups of two incidents could be one.
func (s *Set) joinable(a, b ID) bool {
	members := func(id ID) []ID {
		if g := s.groups[id]; g != nil {
			return g.Members
		}
		return []ID{id}
	}
	c := clustering{set: s, known: map[[2]ID]bool{}}
	for _, x := range members(a) {
		for _, y := range members(b) {
			if !c.goTogether(x, y) {
				return false
			}
		}
	}
	return true
}
