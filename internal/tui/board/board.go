// Package board is the console's first screen: what needs somebody, where every country stands, what
// happened. It is dense and it keeps still.
//
// What it shows, from the top:
//
//   - NEEDS YOU: alarms that nobody has, each severity followed by those that somebody has and of which not everybody who must know
//     was told, and what must be told again though it is over; sources that cannot be relied on and what they make invisible, official levels that changed in
//     the last week, levels that have expired or will within a fortnight, what is wrong with the desk's own files,
//     conflicts and refused records. The pane is not there when there is nothing.
//   - DUE: what is overdue, under way, or expected within a week: the calendar and forecasts. Nothing of it is in any
//     count. The pane is not there when there is nothing; the plan shows the rest.
//   - COUNTRY: every country of the picture, one line each.
//   - EVENTS: what happened in the last 24 hours, newest first, and below a line that says so what was before.
//
// The order of countries: home countries first, because the desk is theirs; then by the band of the
// estimate, the worst first, where an unknown estimate stands below High and above Medium: it is never sorted
// as calm; then by the highest official level, where none at all counts as 4; then by the incidents of 30
// days; then by code.
//
// Under one alarm of NEEDS YOU stands who is near what it is about: the one that the cursor is on, else the first about an incident. It is there
// where the pane has three lines or more.
//
// How it gives way. Each pane has rows by what it has to say: NEEDS YOU up to a quarter, DUE up to a sixth, COUNTRY up to
// half of the rest, EVENTS what is left, and what one does not need goes to the others. Every pane scrolls. From 110
// columns on the selected country's detail stands beside the table; it follows the selection when that
// has rested for a moment. What the table leaves below itself beside the detail has the map of the home countries, where
// that is enough for one; it names the country of the detail. On narrow terminals the tables lose columns in the order that their Drop says,
// and never LEVEL, EST or CANNOT SEE.
//
// What keeps the bytes of a frame few: the events are a full-width list that grows at its top, so that the terminal
// scrolls it; the selection is a pointer and one cell in reverse, not a whole row.
package board

import (
	"slices"
	"time"

	"vigil/internal/country"
	"vigil/internal/duty"
	"vigil/internal/level"
	"vigil/internal/picture"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
	"vigil/internal/tui/worldmap"
)

// pane is a part of the board that can have the keys.
type pane uint8

const (
	needsPane pane = iota
	duePane
	countriesPane
	eventsPane
	panes
)

// recentChange is how long a changed level is shown.
const recentChange = 7 * 24 * time.Hour

// Board is the screen. It is made by [New].
type Board struct {
	focus   pane
	touched bool // a key was pressed here: what is selected was chosen
	chose   bool // the reader went to the country that is selected

	needs      []need
	untold     []*duty.Alarm // of which somebody who must know has not been told, the gravest first
	summary    string        // of the alarms, for the rule of the pane
	need       string        // the key of the one selected
	needAlarm  string        // the id of the alarm that it is about, or of one of its group
	needCursor widget.Cursor
	near       map[string]string // of alarms that were drawn: who is near what they are about, by id; empty where there is nothing to say

	due       []picture.Due
	dueKey    string // of the one selected
	dueCursor widget.Cursor

	rows          []*picture.Country // in the board's order
	country       country.Code       // selected
	countryCursor widget.Cursor
	column        int // of the selected figure, an index of columns
	detail        country.Code
	moved         []level.Change

	chart  worldmap.Pane
	events events
	sizes  sizes // of the last drawing, for moving by pages
	// nearRow is which row of NEEDS YOU says in the last drawing who is near; -1 for none.
	nearRow int
}

// New makes a board.
func New() *Board { return &Board{focus: countriesPane} }

// Scope is the part of the binding table that is in force.
func (b *Board) Scope() keys.Scope { return keys.Board }

// Title is empty: the board needs no name.
func (b *Board) Title(screen.Frame) string { return "" }

// Arrived takes a new picture in; what is selected stays selected.
func (b *Board) Arrived(f screen.Frame) {
	v := f.View
	if v.IsZero() {
		return
	}
	b.moved = recentMoves(f)
	b.rows = ordered(v)
	b.needs, b.untold, b.near = needsOf(f, b.moved), untold(f), map[string]string{}
	b.summary = f.AlarmSummary(v, f.Now)
	b.due = dueOf(f)
	b.events.arrived(v, b.reading())
	b.keepSelection()
	if b.detail == country.Unknown {
		b.detail = b.country
	}
}

// recentMoves are the levels that changed lately; in a picture of the past not those that changed after it.
func recentMoves(f screen.Frame) []level.Change {
	moved := f.View.LevelChanges(f.View.Valid().Add(-recentChange))
	return slices.DeleteFunc(moved, func(c level.Change) bool { return c.Seen.After(f.View.Valid()) })
}

// first is the pane that has the keys before anybody pressed one: the countries, or where no country is shown the first pane that has a line.
func (b *Board) first() pane {
	switch {
	case len(b.rows) > 0:
	case len(b.needs) > 0:
		return needsPane
	case len(b.events.list) > 0:
		return eventsPane
	case len(b.due) > 0:
		return duePane
	}
	return countriesPane
}

// keepSelection finds the selected things again where they are now.
func (b *Board) keepSelection() {
	if !b.touched {
		b.focus = b.first()
	}
	// What nobody has gone into shows its worst: what comes in above must not be out of sight.
	if b.focus != needsPane || !b.touched {
		b.needCursor, b.need, b.needAlarm = widget.Cursor{}, "", ""
	}
	if b.focus != duePane || !b.touched {
		b.dueCursor, b.dueKey = widget.Cursor{}, ""
	}
	if !b.touched {
		b.countryCursor, b.country, b.detail = widget.Cursor{}, country.Unknown, country.Unknown
	}
	b.keepNeed()
	for i := range b.due {
		if b.due[i].Key == b.dueKey {
			b.dueCursor.Selected = i
		}
	}
	b.dueCursor.Clamp(len(b.due), 1<<20)
	found := false
	for i, r := range b.rows {
		if r.Code == b.country {
			b.countryCursor.Selected, found = i, true
		}
	}
	if !found {
		b.countryCursor.Clamp(len(b.rows), 1<<20)
	}
	b.noteSelection()
	if b.focus == needsPane && len(b.needs) == 0 || b.focus == duePane && len(b.due) == 0 {
		b.focus, b.chose = b.first(), false
	}
}

// noteSelection remembers what the cursors point at.
func (b *Board) noteSelection() {
	b.noteNeed()
	if i := b.dueCursor.Selected; i < len(b.due) {
		b.dueKey = b.due[i].Key
	}
	if i := b.countryCursor.Selected; i < len(b.rows) {
		b.country = b.rows[i].Code
	}
}

// reading reports whether the reader is inside the events, which then hold still.
func (b *Board) reading() bool { return b.focus == eventsPane && b.events.cursor.Selected > 0 }

// Settle lets the detail follow the selection.
func (b *Board) Settle(f screen.Frame) bool {
	if b.detail == b.country {
		return false
	}
	b.detail = b.country
	return f.Width >= detailFrom
}

// Click selects the line at a cell; of the countries, the figure. A heading gives the keys to its pane.
func (b *Board) Click(x, y int, f screen.Frame) (hit, again bool) {
	table, _ := split(f)
	needs := b.sizes.needs
	if needs > 0 && b.nearRow >= 0 {
		needs++
	}
	for _, p := range []struct {
		pane  pane
		lines int
		heads int
	}{{needsPane, needs, 1}, {duePane, b.sizes.due, 1}, {countriesPane, b.sizes.countries, 1}, {eventsPane, b.sizes.events, 1}} {
		if p.lines == 0 && (p.pane == needsPane || p.pane == duePane) {
			continue
		}
		if y >= p.lines+p.heads {
			y -= p.lines + p.heads
			continue
		}
		if p.pane == countriesPane && x >= table.Width {
			return false, false
		}
		n := y - p.heads
		if p.pane == needsPane && b.nearRow >= 0 && n >= b.nearRow { // that line belongs to the alarm above it
			n--
		}
		return b.clicked(p.pane, x, n, table)
	}
	return false, false
}

// clicked selects row n of a pane, of what is in sight; −1 is its heading.
func (b *Board) clicked(p pane, x, n int, table screen.Frame) (hit, again bool) {
	before := b.focus
	b.focus = p
	if b.empty() {
		b.focus = before
		return false, false
	}
	cursor, total := b.here()
	if n < 0 {
		b.noteSelection()
		return true, false
	}
	i := cursor.Offset + n
	if i >= total || p == eventsPane && b.events.list[i] == boundary {
		b.focus = before
		return false, false
	}
	again = before == p && i == cursor.Selected
	if p == countriesPane {
		t := countryTable(table)
		column := t.At(x, table.Width)
		again = again && column == b.column
		b.column = column
		b.chose = true
	}
	cursor.Selected = i
	b.touched = true
	b.noteSelection()
	if p == eventsPane {
		b.events.note()
	}
	return true, again
}

// Incident is the event that is selected.
func (b *Board) Incident(screen.Frame) (id picture.ID, ok bool) {
	if b.focus != eventsPane || len(b.events.list) == 0 {
		return 0, false
	}
	return b.events.selected(), true
}

// SetFilter shows only what was found among the events.
func (b *Board) SetFilter(text string, found []picture.ID, total int) {
	b.events.filtered(text, found, total)
}

// SetUndecided tells how many incidents may match the filter and are not shown.
func (b *Board) SetUndecided(n int) { b.events.undecided = n }

// Filter is the filter in force.
func (b *Board) Filter() string { return b.events.filter }

func (b *Board) selectedCountry() (*picture.Country, bool) {
	if i := b.countryCursor.Selected; i < len(b.rows) {
		return b.rows[i], true
	}
	return nil, false
}
