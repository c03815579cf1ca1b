package board

import (
	"strings"

	"vigil/internal/figure"
	"vigil/internal/tui/alarms"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/verdict"
	"vigil/internal/tui/widget"
)

// Key does what a binding asks for.
func (b *Board) Key(id keys.ID, f screen.Frame) screen.Ask {
	b.touched = true
	if f.Linear && b.cross(id) || b.move(id) {
		return screen.Ask{}
	}
	if why := b.Cannot(id, f); why != "" {
		return screen.Ask{Say: why}
	}
	switch id {
	case keys.NextPane:
		b.turn(1)
	case keys.PreviousPane:
		b.turn(-1)
	case keys.Left:
		b.column = max(0, b.column-1)
	case keys.Right:
		b.column = min(len(columns)-1, b.column+1)
	case keys.Release:
		b.events.release()
	case keys.Open:
		return b.open()
	case keys.ShowCountry:
		return b.toCountry(f)
	case keys.ShowWhy:
		return b.why(f)
	case keys.Copy:
		return b.copied(f)
	case keys.ShowFlash:
		return screen.Ask{Go: screen.ToFlash, Subject: b.flashed(f)}
	case keys.Acknowledge, keys.ShowTold:
		ask, _ := alarms.Begin(id, b.alarm(id), f)
		return ask
	case keys.Report:
		return screen.Ask{Go: screen.ToReport}
	case keys.Continue:
		return screen.Ask{Go: screen.ToReport, Subject: screen.Subject{Incident: b.events.selected()}}
	default:
	}
	return screen.Ask{}
}

// Cannot says why a binding cannot be used just now.
func (b *Board) Cannot(id keys.ID, f screen.Frame) string {
	switch id {
	case keys.Acknowledge, keys.ShowTold:
		return b.cannotAlarm(id, f)
	case keys.Report:
		return verdict.Closed(f)
	case keys.Continue:
		if b.focus != eventsPane || b.empty() {
			return f.Say("no event is selected: Tab goes to the events")
		}
		return verdict.Cannot(b.events.selected(), f)
	case keys.ShowFlash:
		if (b.flashed(f) == screen.Subject{}) {
			if n, ok := b.selectedAlarm(); ok && n.group != nil {
				return f.GroupCannot(n.group)
			}
			return f.Say("no alarm is open, and no event or country is selected")
		}
	case keys.Open, keys.Copy, keys.ShowWhy:
		if b.empty() {
			return f.Say("nothing is selected")
		}
	case keys.Release:
		if b.events.held == 0 {
			return f.Say("no events are held back")
		}
	case keys.Left, keys.Right:
		if b.focus != countriesPane {
			return f.Say("only the countries have columns to choose from: Tab goes there")
		}
	default:
	}
	return ""
}

func (b *Board) empty() bool {
	switch b.focus {
	case needsPane:
		return len(b.needs) == 0
	case duePane:
		return len(b.due) == 0
	case countriesPane:
		return len(b.rows) == 0
	default:
		return len(b.events.list) == 0
	}
}

// move moves the selection of the pane that has the keys.
func (b *Board) move(id keys.ID) bool {
	cursor, total := b.here()
	height := b.sizes.countries
	switch b.focus {
	case needsPane:
		height = b.sizes.needs
	case duePane:
		height = b.sizes.due
	case eventsPane:
		height = b.sizes.events
	default:
	}
	page := max(1, height-1)
	switch id {
	case keys.Up:
		cursor.Move(-1, total, height)
	case keys.Down:
		cursor.Move(1, total, height)
	case keys.PageUp:
		cursor.Move(-page, total, height)
	case keys.PageDown:
		cursor.Move(page, total, height)
	case keys.HalfPageUp:
		cursor.Move(-max(1, page/2), total, height)
	case keys.HalfPageDown:
		cursor.Move(max(1, page/2), total, height)
	case keys.Top:
		*cursor = widget.Cursor{}
	case keys.Bottom:
		cursor.Move(total, total, height)
	default:
		return false
	}
	b.noteSelection()
	b.chose = b.chose || b.focus == countriesPane
	if b.focus == eventsPane {
		b.events.pass(direction(id))
		b.events.note()
	}
	return true
}

// direction is where a key takes the selection: up or down.
func direction(id keys.ID) int {
	switch id {
	case keys.Up, keys.PageUp, keys.HalfPageUp:
		return -1
	default:
		return 1
	}
}

// turn gives the keys to the next pane that is there. Who leaves the events has read them: what was held
// comes in.
func (b *Board) turn(by int) {
	if b.focus == eventsPane {
		b.events.release()
	}
	for range panes {
		b.focus = pane((int(b.focus) + by + int(panes)) % int(panes))
		if !b.empty() {
			b.chose = b.focus == countriesPane
			return
		}
	}
	b.focus = countriesPane
}

func (b *Board) open() screen.Ask {
	switch b.focus {
	case needsPane:
		return b.needs[b.needCursor.Selected].ask
	case duePane:
		return b.openDue()
	case eventsPane:
		return screen.Ask{Go: screen.ToEvent, Subject: screen.Subject{Incident: b.events.selected()}}
	default:
		return screen.Ask{Go: screen.ToCountry, Subject: screen.Subject{Country: b.country}}
	}
}

// toCountry is the country of what is selected.
func (b *Board) toCountry(f screen.Frame) screen.Ask {
	c := b.country
	switch b.focus {
	case eventsPane:
		if r, ok := f.View.Row(b.events.selected()); ok && len(r.Countries) > 0 {
			c = r.Countries[0]
		}
	case needsPane:
		if n := b.needs[b.needCursor.Selected]; n.ask.Subject.Country.Known() {
			c = n.ask.Subject.Country
		}
	case duePane:
		if d := b.selectedDue(); len(d.Countries) > 0 {
			c = d.Countries[0]
		}
	default:
	}
	if !c.Known() {
		return screen.Ask{}
	}
	return screen.Ask{Go: screen.ToCountry, Subject: screen.Subject{Country: c}}
}

func (b *Board) why(f screen.Frame) screen.Ask {
	switch b.focus {
	case needsPane:
		return b.needs[b.needCursor.Selected].why()
	case duePane:
		return b.whyDue(f)
	case eventsPane:
		return screen.Ask{Go: screen.ToWhy, Subject: screen.Subject{Figure: screen.FigureIncident, Incident: b.events.selected(), Area: -1}}
	default:
		return screen.Ask{Go: screen.ToWhy, Subject: screen.Subject{Figure: columns[b.column].figure, Country: b.country, Area: -1}}
	}
}

// copied is the selection as text: what stands on the screen, whole.
func (b *Board) copied(f screen.Frame) screen.Ask {
	var text string
	switch b.focus {
	case needsPane:
		text = b.needs[b.needCursor.Selected].line()
	case duePane:
		text = strings.TrimSpace(dueLine(b.selectedDue(), f))
	case eventsPane:
		r, ok := f.View.Row(b.events.selected())
		if !ok {
			return screen.Ask{}
		}
		text = strings.Join(eventWords(&r, f), "  ")
	default:
		c, ok := b.selectedCountry()
		if !ok {
			return screen.Ask{}
		}
		text = b.countryLine(c, f, figure.NewHand(true, f.Language))
	}
	return screen.Ask{Copy: text, Say: f.Sayf("copied, if the terminal allows it: %s", text)}
}
