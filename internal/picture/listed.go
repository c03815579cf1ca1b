package picture

import (
	"math"
	"slices"

	"vigil/internal/incident"
)

// relist puts the incident where it now belongs in the order, with the marks that it now has.
func (s *Store) relist(id ID) {
	e := s.open(id)
	if e.last == 0 {
		return // only others have spoken of it
	}
	it := s.itemOf(e, id, func(h handle) bool { return slices.Contains(e.standing, h) }, math.MaxInt64)
	it.key = s.keyOf(it)
	before, listed := s.inOrder(id)
	same := before
	same.marks &^= eventMarks
	if listed && it == same {
		return
	}
	s.list(it, before, listed)
	s.stir(id)
}

// place lists an incident as it stands to others now.
func (s *Store) place(id ID, now *telling) {
	before, listed := s.inOrder(id)
	s.tellings.set(id, now)
	if it := before; listed {
		it.key = s.keyOf(it)
		s.list(it, before, true)
	}
}

// inOrder is an incident as it is listed, with its place in the order.
func (s *Store) inOrder(id ID) (it item, listed bool) {
	if it, listed = s.listed.of(id); listed {
		it.key = s.keyOf(it)
	}
	return it, listed
}

// list puts an item in the place of the one that the incident had, if it was listed.
func (s *Store) list(it, before item, listed bool) {
	it.marks = it.marks&^eventMarks | s.tellings.marks(it.id)
	if listed {
		if it == before {
			return
		}
		if before.marks&unlistedMarks == 0 {
			s.order.remove(before.place())
		}
	}
	if it.marks&unlistedMarks == 0 {
		s.order.insert(it.place())
	}
	s.listed.set(it)
}

// shownOf is the version of an incident that lists show.
func (s *Store) shownOf(id ID) handle {
	it, _ := s.listed.of(id)
	return it.shown
}

// itemOf draws up how an incident is listed when the versions stand that stands says, at a knowledge time
// (Unix nanoseconds).
func (s *Store) itemOf(e *entry, id ID, stands func(handle) bool, known int64) item {
	it := item{id: id, last: e.last, marks: held | withdrawn}
	contents := 0
	var lastContent, cancel, newest handle // of what stands: the cancel, and the newest content
	targeted := false                      // the cancel had content to cancel
	for h := e.last; h != 0; h = s.rows.before(h) {
		r := s.rows.at(h)
		if r.kind() == incident.New {
			it.marks &^= held
		}
		if r.content() && (lastContent == 0 || s.rows.version(h) > s.rows.version(lastContent)) {
			lastContent = h
		}
		targeted = targeted || r.content() && cancel != 0 && h < cancel
		if !stands(h) {
			continue
		}
		it.marks &^= withdrawn
		switch r.kind() {
		case incident.Cancel:
			it.marks |= cancelled
			cancel = h
		case incident.Withdraw:
			it.marks |= withdrawn | cancelled
			cancel = h
		default:
			contents++
			newest = max(newest, h)
			if it.shown == 0 || s.rows.compareWeight(h, it.shown) > 0 {
				it.shown = h
			}
		}
	}
	if contents > 1 {
		it.marks |= conflicting
	}
	if cancel != 0 && targeted && newest > cancel {
		// Something else was said after the cancel: one of the two is wrong, and the worse one is shown.
		it.marks = it.marks&^(cancelled|withdrawn) | conflicting
	}
	if it.shown == 0 {
		it.shown = lastContent
	}
	if it.shown == 0 {
		it.shown = e.last
	}
	s.placed(&it, e, known)
	it.key = s.rows.key(it.shown)
	return it
}
