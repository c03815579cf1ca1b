package tui

import (
	"vigil/internal/tui/screen"
)

// succeed has the screens take over what they hold on to from a picture that was made ahead of the reading, and says
// what happened: so much comes in at once that a reader would wonder.
func (m *Model) succeed(f screen.Frame) {
	say := f.Sayf("all files are read: %s", f.Plural(f.View.Len(), "event"))
	if f.View.Unread() {
		say = f.Sayf("%s so far, the rest being read", f.Plural(f.View.Len(), "event"))
	}
	for _, l := range m.stack {
		if s, ok := l.screen.(screen.Successor); ok && s.Succeeded(f) && l == m.top() {
			say += f.Say("; the selected one is not among them any more")
		}
	}
	m.tell(say)
}
