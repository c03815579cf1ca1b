package picture

import (
	"vigil/internal/incident"
)

// names finds the ID of an identity. It holds no text: 32 bits of a hash by which it is looked up, and the
// identity is then read from what the incident says, or from unsaid.
type names struct {
	tags  pages[uint32] // by ID
	slots []ID          // open addressing; 0 is free
	n     int           // IDs given out
	// unsaid are the identities of incidents that only others have named.
	unsaid map[ID]incident.Identity
}

func newNames() names {
	return names{slots: make([]ID, 64), unsaid: map[ID]incident.Identity{}}
}

// find looks for an ID with the tag that is says is the one sought.
func (n *names) find(tag uint32, is func(ID) bool) (ID, bool) {
	mask := uint32(len(n.slots) - 1)
	for at := tag & mask; ; at = (at + 1) & mask {
		id := n.slots[at]
		if id == 0 {
			return 0, false
		}
		if n.tags.at(id) == tag && is(id) {
			return id, true
		}
	}
}

// add gives out the next ID.
func (n *names) add(tag uint32) ID {
	n.n++
	id := ID(n.n)
	n.tags.set(id, tag)
	const fullest = 4 // fifths
	if 5*n.n > fullest*len(n.slots) {
		n.slots = make([]ID, 2*len(n.slots))
		for old := ID(1); old < id; old++ {
			n.put(old)
		}
	}
	n.put(id)
	return id
}

func (n *names) put(id ID) {
	mask := uint32(len(n.slots) - 1)
	at := n.tags.at(id) & mask
	for n.slots[at] != 0 {
		at = (at + 1) & mask
	}
	n.slots[at] = id
}

// known finds an incident by its name.
func (s *Store) known(name incident.Identity) (ID, bool) {
	return s.names.find(s.seeds.tag(name), func(id ID) bool { return s.goesBy(id, name) })
}

// goesBy reports whether that is the name of the incident. One whose text cannot be read back is taken for
// the one that is asked for: the chance that it is another is one in four thousand million.
func (s *Store) goesBy(id ID, name incident.Identity) bool {
	if unsaid, only := s.names.unsaid[id]; only {
		return unsaid == name
	}
	i, err := s.rows.texts.Incident(uint32(s.listed.head(id)))
	return err != nil || i.Identity == name
}

// identify is the ID of an incident, a new one for a name that was never heard.
func (s *Store) identify(name incident.Identity) ID {
	tag := s.seeds.tag(name)
	id, ok := s.names.find(tag, func(id ID) bool { return s.goesBy(id, name) })
	if !ok {
		id = s.introduce(name, tag, false)
	}
	return id
}

// introduce gives out an ID for a name that was never heard; said tells that a version is written before
// anything else is done, so that the name need not be kept apart from it.
func (s *Store) introduce(name incident.Identity, tag uint32, said bool) ID {
	id := s.names.add(tag)
	if !said {
		s.names.unsaid[id] = incident.Identity{Authority: name.Authority.Clone(), ID: name.ID.Clone()}
	}
	if s.events.Hear(name.Authority) {
		s.stirAll()
	}
	return id
}

// identifyBy is identify for a record: where a version says the same, the name need not be read. said tells that its
// version is written before anything else is done, if it is the first.
func (s *Store) identifyBy(a *Arrival, said bool) ID {
	id, ok := s.names.find(a.prepared.tag, func(id ID) bool {
		for h := s.listed.head(id); h != 0; h = s.rows.before(h) {
			if s.rows.at(h).hash == a.prepared.hash {
				return true
			}
		}
		return s.goesBy(id, a.Incident.Identity)
	})
	if !ok {
		id = s.introduce(a.Incident.Identity, a.prepared.tag, said && len(a.Incident.Replaces) == 0)
	}
	return id
}
