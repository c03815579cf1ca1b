package events

import (
	"vigil/internal/picture"
	"vigil/internal/tui/listing"
	"vigil/internal/tui/screen"
)

// Succeeded takes over what is selected from a picture that was made ahead. The list does not hold: what comes in was
// there all the time.
func (s *Screen) Succeeded(f screen.Frame) (lost bool) {
	was, inside := s.selected, s.inside
	s.selected, _ = f.View.Successor(was)
	at := s.selected
	s.view = f.View
	if s.beside != nil {
		s.beside.succeeded(f.View)
	}
	s.days = days{}
	s.found = screen.Successors(f.View, s.found)
	if s.filter != "" {
		s.show(list{view: f.View, ids: screen.Successors(f.View, s.shown.ids), some: true})
	} else {
		s.show(whole(f.View))
	}
	return inside && was != 0 && (at == 0 || s.selected != at)
}

// Succeeded finds the incident again in the picture that takes the place of one that was made ahead.
func (d *Detail) Succeeded(f screen.Frame) (lost bool) { return !d.succeeded(f.View) }

func (d *detail) succeeded(v picture.View) (found bool) {
	d.id, found = v.Successor(d.id)
	d.Rename(listing.Renamer(v))
	return found
}
