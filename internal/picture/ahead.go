package picture

import (
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// While large files are read, a picture may be made ahead of the reading: by another store, which holds the ends of
// those files and all of the others. Nothing of it says that something did not happen, and its incidents have other IDs
// than those of the store that reads everything and takes its place.

// Tail is the end of a file of which nothing else has been read.
type Tail struct {
	File    safetext.Text
	Records int // the last so many of the file, whatever became of them
}

// Ahead reports whether the picture was made ahead of the reading: Desk().Tails is all that it holds of large files.
func (v View) Ahead() bool { return v.p != nil && v.p.options.Ahead }

// Unread reports whether the first reading of the files is still going on. No figure is whole until it is over.
func (v View) Unread() bool { return v.p != nil && v.p.unread() }

// unread: what is not read yet may hold anything, whatever other sources can answer for.
func (p *Picture) unread() bool {
	return p.live && (p.options.Ahead || !p.options.Desk.Reading.IsZero())
}

// Described is the picture with what d says of the desk in place of what it said, but for its tails. A picture that
// was made ahead is shown with the progress of the reading that goes on beside it.
func (p *Picture) Described(d Desk) *Picture {
	out := *p
	d.Exercise, d.Tails = p.options.Desk.Exercise, p.options.Desk.Tails
	out.options.Desk = d
	return &out
}

// Succeed says that the store's pictures will be shown in the place of one that was made ahead, and finds its incidents
// again by their identity. See [View.Successor].
func (s *Store) Succeed(ahead *Picture) {
	s.successors = map[ID]ID{}
	for b, block := range ahead.listed.blocks {
		for k := range blockSize {
			shown := block.shown(k)
			if shown == 0 {
				continue
			}
			name, ok := ahead.rows.identity(shown)
			if !ok {
				continue
			}
			if id, known := s.known(name); known {
				s.successors[ID(b*blockSize+k)] = id
			}
		}
	}
}

// identity is whose version that is; ok is false when its text cannot be read back.
func (r *rows) identity(h handle) (name incident.Identity, ok bool) {
	i, err := r.texts.Incident(uint32(h))
	if err != nil {
		return incident.Identity{}, false
	}
	return i.Identity, true
}

// Successor is the incident of this picture that a picture made ahead of it called id: the one that stands for its
// event. ok is false when there is none.
func (v View) Successor(id ID) (now ID, ok bool) {
	now, ok = v.p.successors[id]
	if !ok {
		return 0, false
	}
	now = v.Lead(now)
	it, ok := v.item(now)
	return now, ok && it.marks&unlistedMarks == 0
}
