package board

import (
	"vigil/internal/tui/screen"
)

// Succeeded takes over what is selected from a picture that was made ahead. The list does not hold: what comes in was
// there all the time.
func (b *Board) Succeeded(f screen.Frame) (lost bool) {
	e := &b.events
	was := e.at
	e.at, _ = f.View.Successor(was)
	if e.filter == "" {
		e.recent = recentOf(f.View)
		e.take(false)
	} else {
		e.list = screen.Successors(f.View, e.list)
		e.find()
	}
	return was != 0 && (e.at == 0 || e.selected() != e.at)
}
