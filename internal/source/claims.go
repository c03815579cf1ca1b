package source

import "sync"

// claims says for the whole process which file is read under which name, so that a rotated
// file, a second link, or a file that both a pattern and a single source reach is read once.
// Safe for concurrent use.
type claims struct {
	mu sync.Mutex
	by map[fileID]claim
}

// claim is held by a slot, of the rank of its spec.
type claim struct {
	slot *slot
	path string
	rank rank
}

// rank says which of two specs that reach one file reads it: the higher, of equal ones the first.
type rank uint8

const (
	ofRest    rank = iota // a spec of the [Spec.Rest]
	ofPattern             // one with a pattern
	ofFile                // one of a single file
)

// rank is that of the spec.
func (u *unit) rank() rank {
	switch {
	case u.target.pattern == "":
		return ofFile
	case u.spec.Rest:
		return ofRest
	default:
		return ofPattern
	}
}

// claim is what a slot claims a file with.
func (u *unit) claim(s *slot) claim { return claim{slot: s, path: s.path, rank: u.rank()} }

// take claims id for c and reports whether c holds it now; else the holder is returned.
func (cs *claims) take(id fileID, c claim) (holder claim, ok bool) {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	held, taken := cs.by[id]
	if taken && held.slot != c.slot && held.rank >= c.rank {
		return held, false
	}
	cs.by[id] = c
	return c, true
}

// release gives id back if s holds it.
func (cs *claims) release(id fileID, s *slot) {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	if cs.by[id].slot == s {
		delete(cs.by, id)
	}
}
