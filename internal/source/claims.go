package source

import "sync"

// claims says for the whole process which file is read under which name, so that a rotated
// file, a second link, or a file that both a pattern and a single source reach is read once.
// Safe for concurrent use.
type claims struct {
	mu sync.Mutex
	by map[fileID]claim
}

// claim is held by a slot; single is true if it belongs to a spec without a pattern, which
// goes before patterns.
type claim struct {
	slot   *slot
	path   string
	single bool
}

// take claims id for c and reports whether c holds it now; else the holder is returned.
func (cs *claims) take(id fileID, c claim) (holder claim, ok bool) {
	cs.mu.Lock()
	defer cs.mu.Unlock()
	held, taken := cs.by[id]
	if taken && held.slot != c.slot && (held.single || !c.single) {
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
