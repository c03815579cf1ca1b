// Package events shows what happened: the list of incidents, newest first, and one incident whole.
//
// The list's rules. It shows every incident that the picture lists, those that are cancelled, refuted or of
// unknown time included, and says so in words; what the viewer may not see stands as RESTRICTED. The
// cursor holds on to an incident, not to a row. As long as the reader is at the top, the newest come in above;
// once inside, the list holds: what is new is counted in the rule ("3 new") and comes in on request. Rows
// that are shown always say what the newest picture says.
//
// A row is drawn from the picture only when it is visible, so a list of a million costs what a page costs.
package events

import (
	"strings"

	"vigil/internal/picture"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/listing"
	"vigil/internal/tui/page"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/verdict"
	"vigil/internal/tui/widget"
)

// From these sizes on, the selected incident stands beside the list.
const (
	besideWidth  = 180
	besideHeight = 30
)

// Screen is the list of events.
type Screen struct {
	view   picture.View // the newest
	shown  list
	filter string
	found  []picture.ID // what the filter found last; shown until the reader is inside
	total  int          // of what the filter finds; −1 while it is being counted
	maybe  int          // incidents that may match the filter
	read   bool         // the view was shown at least once

	cursor   widget.Cursor
	selected picture.ID
	inside   bool // the reader went into the list: it holds
	height   int  // rows of the last drawing

	beside     *detail // the selected incident, on large terminals
	besideHas  bool    // and it has the keys
	besideLast bool    // it was drawn
	days       days
}

// New makes the list. filter is what the root is about to search for, shown until it has found something; empty shows all.
func New(filter string) *Screen {
	s := &Screen{filter: filter}
	if filter != "" {
		s.shown.some, s.total = true, -1
	}
	return s
}

// Scope is the part of the binding table that is in force.
func (s *Screen) Scope() keys.Scope { return keys.Events }

// Title names the screen.
func (s *Screen) Title(f screen.Frame) string {
	if s.filter != "" {
		return f.Say("Events, filtered")
	}
	return f.Say("Events")
}

// Filter is the filter in force.
func (s *Screen) Filter() string { return s.filter }

// Click selects the event at a cell of the list; what stands beside it follows.
func (s *Screen) Click(x, y int, f screen.Frame) (hit, again bool) {
	const heads = 2 // the rule and the headings
	width := f.Width
	if s.besideLast {
		width -= s.besideFrame(f).Width + page.Gap
	}
	i := s.cursor.Offset + y - heads
	if x >= width || y < heads || i >= s.shown.len() {
		return false, false
	}
	again = !s.besideHas && i == s.cursor.Selected
	s.besideHas = false
	s.move(i - s.cursor.Selected)
	return true, again
}

// Incident is the event that is selected.
func (s *Screen) Incident(screen.Frame) (id picture.ID, ok bool) {
	return s.selected, s.selected != 0 && s.shown.len() > 0
}

// SetFilter shows only the incidents found. A filter that is found again, because the picture changed, follows
// the rule of the list: it holds while the reader is inside.
func (s *Screen) SetFilter(text string, found []picture.ID, total int) {
	same := text == s.filter && s.shown.some == (text != "") && s.total >= 0
	s.filter = text
	switch {
	case text == "":
		s.found, s.total, s.maybe = nil, 0, 0
		s.show(whole(s.view))
	case same && total < 0:
		// A first page of what is whole already would only take rows away.
	case same && s.inside:
		s.found, s.total = found, total
	default:
		s.found, s.total = found, total
		if !same {
			s.maybe = 0
		}
		s.show(list{view: s.view, ids: found, some: true})
	}
}

// SetUndecided tells how many incidents may match the filter and are not shown.
func (s *Screen) SetUndecided(n int) { s.maybe = n }

// show changes the list under the cursor, which stays on its incident. Where that is gone, it stays near.
func (s *Screen) show(l list) {
	s.shown = l
	at, ok := l.index(s.selected, s.cursor.Selected)
	if !ok {
		at = min(s.cursor.Selected, max(0, l.len()-1))
		s.selected = 0
	}
	if s.inside {
		s.cursor.Offset += at - s.cursor.Selected
	} else {
		s.cursor.Offset = 0
	}
	s.cursor.Selected = at
	s.hold()
	if l.len() == 0 {
		s.inside = false
	}
}

// hold settles which incident is selected.
func (s *Screen) hold() {
	if n := s.shown.len(); n > 0 {
		s.cursor.Selected = max(0, min(s.cursor.Selected, n-1))
		s.selected = s.shown.at(s.cursor.Selected)
	}
}

// Arrived takes a new picture in.
func (s *Screen) Arrived(f screen.Frame) {
	s.view = f.View
	switch {
	case s.filter != "":
		s.shown.view = f.View // the root searches again
	case s.inside && s.read && f.View.Live():
	default:
		before := s.cursor.Selected
		s.show(whole(f.View))
		if s.read && s.height > 0 && s.cursor.Selected != before && s.cursor.Selected >= s.height-1 {
			s.inside = true // the next would push the selected incident out of sight
		}
	}
	s.read = true
}

// held is how many events of the newest picture are not listed.
func (s *Screen) held() int {
	switch {
	case !s.inside || s.view.IsZero():
		return 0
	case s.filter != "":
		return after(s.found, newest(s.shown.ids))
	default:
		current := s.view.Len()
		return max(0, current-s.shown.len())
	}
}

func (s *Screen) release() {
	if s.filter != "" {
		s.show(list{view: s.view, ids: s.found, some: true})
		return
	}
	s.show(whole(s.view))
}

// Key does what a binding asks for.
func (s *Screen) Key(id keys.ID, f screen.Frame) screen.Ask {
	if why := s.Cannot(id, f); why != "" {
		return screen.Ask{Say: why}
	}
	switch id {
	case keys.NextPane, keys.PreviousPane:
		s.besideHas = !s.besideHas
		return screen.Ask{}
	case keys.Release:
		n := s.held()
		s.release()
		return screen.Ask{Say: f.Sayf("%s shown", f.Plural(n, "new event"))}
	}
	if s.besideHas && s.besideLast {
		return s.beside.Key(id, s.besideFrame(f))
	}
	return s.act(id, f)
}

func (s *Screen) act(id keys.ID, f screen.Frame) screen.Ask {
	leap := max(1, s.height)
	switch id {
	case keys.Up:
		s.move(-1)
	case keys.Down:
		s.move(1)
	case keys.PageUp:
		s.move(-leap)
	case keys.PageDown:
		s.move(leap)
	case keys.HalfPageUp:
		s.move(-max(1, leap/2))
	case keys.HalfPageDown:
		s.move(max(1, leap/2))
	case keys.Bottom:
		s.move(s.shown.len())
	case keys.Top:
		s.top()
	case keys.Open:
		return screen.Ask{Go: screen.ToEvent, Subject: screen.Subject{Incident: s.selected}}
	case keys.ShowFlash:
		return screen.Ask{Go: screen.ToFlash, Subject: screen.Subject{Incident: s.selected}}
	case keys.ShowWhy:
		return screen.Ask{Go: screen.ToWhy, Subject: screen.Subject{Incident: s.selected, Figure: screen.FigureIncident, Area: -1}}
	case keys.ShowCountry:
		r, _ := f.View.Row(s.selected)
		return screen.Ask{Go: screen.ToCountry, Subject: screen.Subject{Country: r.Countries[0], Area: -1}}
	case keys.Copy:
		return screen.Ask{Copy: s.copied(f), Say: f.Say("copied, if the terminal allows it")}
	case keys.Merge, keys.Unmerge:
		c, ask, _ := newDetail(s.selected).decision(id, f)
		return screen.Ask{Do: c, Question: ask}
	case keys.Report, keys.Continue, keys.Verify, keys.Claim:
		return verdict.Ask(id, s.selected, f)
	}
	return screen.Ask{}
}

func (s *Screen) copied(f screen.Frame) string {
	g := listing.New(&f, page.LinearWidth)
	l := g.Line(&f, s.selected)
	return strings.Join(strings.Fields(l.Text()), " ")
}

func (s *Screen) move(by int) {
	s.cursor.Move(by, s.shown.len(), s.height)
	s.inside = s.inside || s.cursor.Selected > 0 || s.cursor.Offset > 0
	s.hold()
}

// top goes back to the newest: the list follows again.
func (s *Screen) top() {
	s.inside = false
	s.release()
	s.cursor = widget.Cursor{}
	s.hold()
}

// Cannot says why a binding cannot be used just now.
func (s *Screen) Cannot(id keys.ID, f screen.Frame) string {
	if s.besideHas && s.besideLast && (id == keys.Open || id == keys.ShowWhy || id == keys.Merge || id == keys.Unmerge) {
		return s.beside.Cannot(id, s.besideFrame(f))
	}
	switch id {
	case keys.Open, keys.ShowWhy, keys.Copy, keys.ShowFlash:
		if s.selected == 0 || s.shown.len() == 0 {
			return f.Say("no event is selected")
		}
	case keys.ShowCountry:
		r, ok := f.View.Row(s.selected)
		switch {
		case !ok:
			return f.Say("no event is selected")
		case r.Restricted:
			return f.Say("restricted: security lead only")
		case len(r.Countries) == 0:
			return f.Say("the country of this event is not known")
		}
	case keys.Merge, keys.Unmerge:
		if _, _, why := newDetail(s.selected).decision(id, f); why != "" {
			return why
		}
	case keys.Report:
		return verdict.Closed(f)
	case keys.Continue, keys.Verify, keys.Claim:
		if s.selected == 0 || s.shown.len() == 0 {
			return f.Say("no event is selected")
		}
		return verdict.Cannot(s.selected, f)
	case keys.Release:
		if s.held() == 0 {
			return f.Say("no new event is held back")
		}
	case keys.NextPane, keys.PreviousPane:
		if !s.besideLast {
			return f.Say("there is one pane at this size")
		}
	case keys.Left, keys.Right:
		return f.Say("every column that fits is shown")
	}
	return ""
}

// Settle lets the incident beside the list follow the selection.
func (s *Screen) Settle(screen.Frame) bool {
	if !s.besideLast || s.beside.id == s.selected {
		return false
	}
	s.beside = newDetail(s.selected)
	return true
}
