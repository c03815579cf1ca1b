package picture

import (
	"cmp"
	"math"
	"slices"

	"vigil/internal/incident"
)

// Some sources give each of their messages an id of its own, and say in a message which others it updates or
// cancels (Incident.Replaces). Each message is then an incident, and what stands follows from the set of those that
// have arrived, in whatever order: a message ends every lower version of those that it names, and names nothing
// else, so that an update of half an area never hides what was said of the other half. What was updated leaves the
// lists and is found among the versions of what took its place; what was only cancelled stays listed, as
// cancelled, and its cancel is found among its versions.
//
// A message has a say only over what was read in its own format: an alert from the network whose sender calls
// itself the radio room must not cancel what the radio room reported.

// replacement is a version that takes the place of another incident, or cancels it.
type replacement struct {
	by      handle
	from    ID // of the incident that by is a version of
	id      ID // of the incident whose place it takes
	cancels bool
}

// outlived is what is known of an incident that others name: they may arrive before it does.
type outlived struct{ by []replacement }

// foresee gives IDs to the incidents that a record names, so that no entry is made while one is at work.
func (s *Store) foresee(i *incident.Incident) {
	for _, name := range i.Replaces {
		s.identify(name)
	}
}

// replaced reports whether another has taken the place of a version of an incident, which a source gives.
func (s *Store) replaced(id ID, version int64, source int) bool {
	o := s.outlived[id]
	return o != nil && slices.ContainsFunc(o.by, func(r replacement) bool {
		return version < s.rows.version(r.by) && s.kindred(r.by, source)
	})
}

// kindred reports whether a version was read in the format of a source.
func (s *Store) kindred(h handle, source int) bool {
	return s.sources[s.rows.source(h)].info.Format == s.sources[source].info.Format
}

// replace carries out what version h of an incident says of others, and lists anew those that spoke of it.
func (s *Store) replace(a *Arrival, id ID, h handle) {
	for _, name := range a.Incident.Replaces {
		other := s.identify(name)
		if other == id {
			continue
		}
		o := s.outlived[other]
		if o == nil {
			o = &outlived{}
			s.outlived[other] = o
		}
		r := replacement{by: h, from: id, id: other, cancels: a.Incident.Type >= incident.Cancel}
		o.by = append(o.by, r)
		s.replacements = append(s.replacements, r)
		e := s.open(other)
		e.standing = slices.DeleteFunc(e.standing, func(old handle) bool {
			if !s.replaced(other, s.rows.version(old), s.rows.source(old)) {
				return false
			}
			s.end(old, a.Received)
			return true
		})
		s.shut(e)
		s.relist(other)
	}
	if len(a.Incident.Replaces) > 0 {
		s.relist(id)
	}
	if o := s.outlived[id]; o != nil {
		for _, r := range o.by {
			s.relist(r.from)
		}
	}
}

// isNews is the effect of the first record of an incident: an update of what is known under another name is one.
func (s *Store) isNews(i *incident.Incident) Effect {
	for _, name := range i.Replaces {
		if id, ok := s.known(name); ok && i.Type == incident.Update && s.told(id, math.MaxInt64) {
			return Updated
		}
	}
	return Added
}

// told reports whether something had arrived of the incident itself by known (Unix nanoseconds), beyond what
// others say of it.
func (s *Store) told(id ID, known int64) bool {
	for h := s.listed.head(id); h != 0; h = s.rows.before(h) {
		if s.rows.at(h).content() && s.rows.knownAt(h, known) {
			return true
		}
	}
	return false
}

// named is what a version says of other incidents.
func (s *Store) named(h handle) []replacement {
	first, _ := slices.BinarySearchFunc(s.replacements, h, func(r replacement, h handle) int { return cmp.Compare(r.by, h) })
	last := first
	for last < len(s.replacements) && s.replacements[last].by == h {
		last++
	}
	return s.replacements[first:last]
}

// placed marks an incident by what it and others say of one another, as known at a time (Unix nanoseconds).
func (s *Store) placed(it *item, e *entry, known int64) {
	for h := e.last; h != 0; h = s.rows.before(h) {
		for _, r := range s.named(h) {
			if !s.told(r.id, known) {
				continue
			}
			it.marks &^= held
			if r.cancels && it.shown == h {
				it.marks |= elsewhere // with what it cancels
			}
		}
	}
	o := s.outlived[it.id]
	if o == nil || it.marks&(withdrawn|cancelled) != withdrawn {
		return // nobody names it, or something of it stands
	}
	for _, r := range o.by {
		switch {
		case !s.rows.knownAt(r.by, known):
		case r.cancels:
			it.marks |= cancelled
		default:
			it.marks |= elsewhere
		}
	}
	if it.marks&cancelled != 0 {
		it.marks &^= withdrawn
	}
}

// kin are the incidents whose versions belong to the story of one: those whose place it took, and what cancelled
// it, as far as the picture has them.
func (v View) kin(id ID) []ID {
	ids := []ID{id}
	for n := 0; n < len(ids) && n < maxKin; n++ {
		for _, r := range v.p.replacements {
			var other ID
			switch {
			case r.from == ids[n]:
				other = r.id
			case r.id == ids[n] && r.cancels:
				other = r.from
			default:
				continue
			}
			if !slices.Contains(ids, other) {
				ids = append(ids, other)
			}
		}
	}
	return ids[1:]
}

// maxKin bounds how far back a story is followed.
const maxKin = 200

// story adds the versions of the kin of an incident to its own, newest first.
func (v View) story(id ID, own []Version) []Version {
	kin := v.kin(id)
	for _, other := range kin {
		it, ok := v.p.listed.of(other)
		if !ok {
			continue
		}
		for h := it.last; h != 0; h = v.p.rows.before(h) {
			if !v.hidden(h) {
				own = append(own, v.version(h))
			}
		}
	}
	if len(kin) > 0 {
		slices.SortStableFunc(own, func(a, b Version) int {
			return cmp.Or(b.Received.Compare(a.Received), cmp.Compare(b.Incident.Version, a.Incident.Version))
		})
	}
	return own
}
