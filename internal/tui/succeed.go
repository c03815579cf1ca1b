package tui

import (
	"vigil/internal/tui/screen"
)

// succeed has the screens take over what they hold on to from a picture that was made ahead of the reading, and says
// what happened: so much comes in at once that a reader would wonder.
func (m *Model) succeed(f screen.Frame) {
	say := "all files are read: " + f.Plural(f.View.Len(), "event")
	if f.View.Unread() {
		say = f.Plural(f.View.Len(), "event") + " so far, the rest being read"
	}
	for _, l := range m.stack {
		if s, ok := l.screen.(screen.Successor); ok && s.Succeeded(f) && l == m.top() {
			say += "; the selected one is not among them any more"
		}
	}
	m.tell(say)
}
