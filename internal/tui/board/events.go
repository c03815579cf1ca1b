package board

import (
	"slices"
	"strings"
	"time"

	"vigil/internal/figure"
	"vigil/internal/incident"
	"vigil/internal/lang"
	"vigil/internal/picture"
	"vigil/internal/theme"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
)

const (
	// window is what EVENTS shows.
	window = 24 * time.Hour
	// most bounds the list, and the work of making it; what is beyond is said.
	most = 2000
	// older is how many of before the window follow those within it.
	older = 200
)

// events is the list of what happened. While the reader is inside, it holds: what is new is counted.
type events struct {
	recent
	list   []picture.ID // what is shown: the recent ones, those before while they are held, or what a filter found
	held   int          // how many of the recent ones are not in list
	cursor widget.Cursor
	at     picture.ID // selected, once the reader has moved

	filter    string
	total     int // of the filter's incidents; −1 while they are being counted
	undecided int // incidents that may match the filter
}

// boundary stands in the list between what may have happened within the window and what was before. It is no
// incident's, and the cursor passes it by.
const boundary picture.ID = 0

// recent is what a picture holds of late: what may have happened within the window, newest first, and then
// some of what was before.
type recent struct {
	ids        []picture.ID
	sure       int  // how many surely happened within the window
	maybe      int  // and how many may have
	timeless   int  // how many came within it and have no time that is believed: they are in no window
	restricted int  // of those of the window
	reports    int  // what was only written about, within the window: on the screen of events, not here
	more       bool // the window holds more than the list can
}

// arrived takes a new picture in; reading holds the list.
func (e *events) arrived(v picture.View, reading bool) {
	e.recent = recentOf(v)
	if e.filter == "" {
		e.take(reading)
	}
}

// filtered shows what a filter found; an empty text takes it off.
func (e *events) filtered(text string, found []picture.ID, total int) {
	if text != e.filter {
		e.at, e.cursor = 0, widget.Cursor{}
	}
	e.filter, e.total, e.undecided, e.held = text, total, 0, 0
	e.list = found
	if text == "" {
		e.list = e.ids
	}
	e.find()
}

// take shows the recent ones, or holds back those that are new.
func (e *events) take(reading bool) {
	e.held = 0
	if reading {
		known := make(map[picture.ID]bool, len(e.list))
		for _, id := range e.list {
			known[id] = true
		}
		for _, id := range e.ids {
			if id != boundary && !known[id] {
				e.held++
			}
		}
		if e.held > 0 {
			return
		}
	}
	e.list = e.ids
	e.find()
}

// release lets in what was held.
func (e *events) release() {
	if e.filter == "" && e.held > 0 {
		e.take(false)
	}
}

// find puts the cursor where the selected incident is now; before the reader has moved it is at the top.
func (e *events) find() {
	if e.at == 0 {
		e.cursor = widget.Cursor{}
		return
	}
	if i := slices.Index(e.list, e.at); i >= 0 {
		e.cursor.Offset += i - e.cursor.Selected
		e.cursor.Selected = i
		return
	}
	e.cursor.Clamp(len(e.list), 1)
	e.pass(1)
	e.note()
}

// pass takes the cursor off the boundary, which is never the first nor the last of the list.
func (e *events) pass(direction int) {
	if i := e.cursor.Selected; i < len(e.list) && e.list[i] == boundary {
		e.cursor.Selected += direction
	}
}

// note remembers the incident under the cursor; at the top it is whatever is newest.
func (e *events) note() {
	e.at = 0
	if e.cursor.Selected > 0 {
		e.at = e.selected()
	}
}

func (e *events) selected() picture.ID {
	if i := e.cursor.Selected; i < len(e.list) {
		return e.list[i]
	}
	return 0
}

// recentOf goes through a view from its newest incident on. What has no time stands where it was reported, else received,
// and is counted apart; so is what is restricted. Where there is nothing within the window the boundary
// would say no more than the pane's title does.
//
// It runs with every picture, and therefore asks for facts: the words of a row cost many times as much.
func recentOf(v picture.View) recent {
	var l recent
	from := v.Valid().Add(-window)
	before := 0
	for id := range v.Incidents() {
		f, _ := v.Facts(id)
		restricted := f.Hidden()
		if !restricted && f.Class() == incident.Report {
			// It was told no later than it came.
			if !f.Received().Before(from) {
				if r, _ := v.Row(id); !r.Told.Before(from) {
					l.reports++
				}
			}
			continue
		}
		if !restricted && f.Forecast() {
			continue // it has not happened: it stands under DUE
		}
		switch at := f.Placed(); {
		case !at.Before(from):
			if len(l.ids)-before == most {
				l.more = true
				return l
			}
			l.count(f, from, v.Valid())
		case before < older:
			if before++; before == 1 && len(l.ids) > 0 {
				l.ids = append(l.ids, boundary)
			}
		case restricted:
			continue // it does not tell where the window ends
		default:
			return l
		}
		l.ids = append(l.ids, id)
	}
	return l
}

func (l *recent) count(f picture.Facts, from, to time.Time) {
	switch when := shownInterval(f); {
	case f.Hidden():
		l.restricted++
	case when.IsZero():
		l.timeless++
	case when.Within(from, to):
		l.sure++
	default:
		l.maybe++
	}
}

// shownInterval is when it happened, as a row shows it: of what is restricted, never.
func shownInterval(f picture.Facts) incident.Interval {
	if f.Hidden() {
		return incident.Interval{}
	}
	return f.Interval()
}

// title is what the pane's rule says at its right.
func (e *events) title(f screen.Frame) string {
	v, m := f.View, f.Hand
	var parts []string
	if unread := m.UnreadList(v); unread != "" {
		parts = append(parts, unread)
	}
	switch {
	case e.filter != "":
		// The filter last: it is long, and what does not fit is cut at the end.
		if e.total < 0 {
			parts = append(parts, m.Sayf("%s+ found, counting", m.Number(len(e.list))))
		} else {
			parts = append(parts, m.Tally(e.total, "found"))
		}
		if e.undecided > 0 {
			parts = append(parts, m.Sayf(lang.Heading("%s maybe"), m.Number(e.undecided)))
		}
		parts = append(parts, "/"+e.filter)
	case v.Ahead(): // COUNTRY has what was seen of the windows, and there is no room for more
	case e.more:
		parts = append(parts, m.Sayf("24 h: the newest %s, there are more", m.Number(most)))
	case e.sure+e.maybe == 0:
		none := m.Say(lang.Heading("none seen in 24 h"))
		if v.Unread() {
			none = m.Say(lang.Heading("none seen yet in 24 h"))
		}
		if len(e.ids) > 0 {
			none = m.Sayf(lang.Heading("%s, older below"), none)
		}
		parts = append(parts, none)
	default:
		parts = append(parts, m.Sayf(lang.Heading("%s in 24 h"), m.Window(picture.Window{Sure: e.sure, Maybe: e.maybe, Known: !v.Unread()})))
	}
	if e.timeless > 0 && e.filter == "" {
		parts = append(parts, m.Sayf(lang.Heading("%s no time"), m.Number(e.timeless)))
	}
	if e.reports > 0 && e.filter == "" {
		parts = append(parts, m.Plural(e.reports, "report"))
	}
	if e.restricted > 0 && e.filter == "" {
		parts = append(parts, m.Tally(e.restricted, lang.Heading("restricted")))
	}
	if e.held > 0 {
		parts = append(parts, m.Tally(e.held, "new")+" "+m.Up)
	}
	return strings.Join(parts, " "+m.Dot+" ")
}

// nothing is what stands where the list is empty: an empty list is never to look like calm.
func (e *events) nothing(f screen.Frame) []string {
	v := f.View
	switch {
	case len(e.list) > 0:
		return nil
	case e.filter == "" && v.Unread():
		return []string{f.Say("No incident has been read yet."), f.Say("That is not calm: the files are still being read.")}
	case e.filter == "" && !figure.HasSources(v):
		return []string{
			f.Say("No incident has reached this desk."), f.Say("That is not calm: it has no source."),
			f.Say("Drop an export or a log into feeds/, or write down what somebody tells (i)."),
		}
	case e.filter == "":
		return []string{f.Say("No incident has reached this desk."), f.Say("That is not calm: see the sources (6).")}
	case e.total < 0:
		return []string{f.Sayf("Searching %s.", f.Plural(v.Len(), "incident"))}
	default:
		return []string{f.Sayf("No incident surely matches, of %s.", f.Number(v.Len())), f.Say("Esc takes the filter off.")}
	}
}

// The columns that are asked for by name.
const (
	placeColumn    = 2
	actColumn      = 3
	peopleColumn   = 4
	standingColumn = 5
	sourceColumn   = 6
	titleColumn    = 8
)

var eventTable = widget.Table{
	NoHeader: true,
	Columns: []widget.Column{
		{Title: "WHEN", Width: 6},
		{Title: "CC", Width: 5},
		{Title: "PLACE", Width: 12, Grow: 3},
		{Title: "ACT", Width: 13, Grow: 1},
		{Title: "PEOPLE", Width: 13, Grow: 2, Drop: 5},
		{Title: "STANDING", Width: 14, Drop: 3},
		{Title: "SOURCE", Width: 5, Grow: 1, Drop: 6},
		{Title: "AGE", Width: 4, Right: true, Drop: 2},
		{Title: "TITLE", Width: 30, Grow: 7, Drop: 7},
	},
}

// eventTableIn is the table in the language of whoever reads it: how far an event is established is never cut, and where its words are longer than
// in English place and act, which are read from their beginnings, leave it room.
func eventTableIn(f screen.Frame) widget.Table {
	t := eventTable
	t.Columns = slices.Clone(t.Columns)
	const grade = "C3"
	room := t.Columns[standingColumn].Width
	for _, text := range []string{
		grade + " " + f.Say(lang.Msg("unconfirmed")), f.Sayf("%s report", grade), f.Say("FORECAST OVER"), f.Say("FORECAST"), f.Say("lead only"),
		f.Say("WITHDRAWN"), f.Say("CANCELLED"), f.Say("REFUTED"), f.Say("CONFLICT"), f.Say("HELD"),
	} {
		room = max(room, widget.Width(text))
	}
	more := room - t.Columns[standingColumn].Width
	t.Columns[standingColumn].Width = room
	t.Columns[placeColumn].Width -= more - more/2
	t.Columns[actColumn].Width -= more / 2
	return t
}

// eventRow is one line of the list, in columns of so many cells.
func (b *Board) eventRow(i int, cells []int, f screen.Frame) widget.Row {
	if b.events.list[i] == boundary {
		line := strings.Repeat(f.Palette.Glyph(theme.RuleLine), 2)
		return widget.Row{Span: line + " " + beforeWindow(f) + " " + line, Role: theme.Border}
	}
	r, ok := f.View.Row(b.events.list[i])
	if !ok {
		return widget.Row{Cells: []widget.Cell{{Text: figure.Unknown}}}
	}
	age, _ := f.Age(r.Told, receiptClock(f), 0)
	row := widget.Row{Cells: []widget.Cell{
		{Text: f.When(&r, f.Now)},
		{Text: f.Countries(&r)},
		{Text: figure.Place(&r)},
		{Text: f.Act(&r), Role: actRole(&r)},
		{Text: f.PeopleIn(&r, cells[peopleColumn])},
		{Text: f.Standing(&r), Role: standingRole(&r)},
		{Text: f.SourceIn(&r, cells[sourceColumn], func(s string, w int) string {
			return widget.Truncate(s, w, f.Palette.Glyph(theme.Ellipsis))
		})},
		{Text: age},
		{Text: title(&r)},
	}}
	b.tellByTitle(f, &r, cells, row.Cells)
	switch at := r.Placed; {
	case figure.Urgent(&r):
		row.Mark = "!"
	case r.Restricted:
		row.Role = theme.Restricted
	case b.events.filter == "" && at.Before(f.View.Valid().Add(-window)):
		row.Role = theme.Dim // the date says so as well
	}
	if b.focus == eventsPane && i == b.events.cursor.Selected {
		row.Cells[0].Role = theme.Selected
	}
	return row
}

// tellByTitle puts the title where act, people and standing say nothing of what it is.
func (b *Board) tellByTitle(f screen.Frame, r *picture.Row, cells []int, row []widget.Cell) {
	if text, ok := f.Told(r); ok {
		from := placeColumn
		if row[placeColumn].Text != "" {
			from = actColumn
		}
		row[from] = widget.Cell{Text: text, Role: row[from].Role, Over: standingColumn - from}
		row[titleColumn] = widget.Cell{}
		return
	}
	if text, ok := f.Vague(r); ok && cells[titleColumn] < 0 {
		row[actColumn] = widget.Cell{Text: text, Role: row[actColumn].Role, Over: peopleColumn - actColumn}
	}
}

// beforeWindow is what the boundary says.
func beforeWindow(f screen.Frame) string { return f.Say("older than 24 h") }

// title is the title that the source gave; act and place stand in the row already.
func title(r *picture.Row) string {
	if r.Restricted {
		return ""
	}
	return r.Title.OneLine().String()
}

func actRole(r *picture.Row) theme.Role {
	switch {
	case r.Restricted:
		return theme.Restricted
	case r.Hazard:
		return theme.Hazard
	case r.Severity.Unlisted() || r.Severity.Value == incident.SeverityUnknown:
		return theme.Text
	default:
		return theme.SeverityNegligible + theme.Role(r.Severity.Value-incident.Negligible)
	}
}

func standingRole(r *picture.Row) theme.Role {
	switch {
	case r.Conflict:
		return theme.Warning
	case r.Cancelled, r.Withdrawn, r.Refuted:
		return theme.Dim
	case r.Verified.Is(incident.Unconfirmed):
		return theme.Unconfirmed
	default:
		return theme.Text
	}
}

// receiptClock is the time from which the age of a receipt is told: what a picture of the past shows may have
// been received after the time that it is of.
func receiptClock(f screen.Frame) time.Time {
	if f.View.Live() {
		return f.Now
	}
	return f.View.Known()
}

// eventWords is an incident as plain words, whole.
func eventWords(r *picture.Row, f screen.Frame) []string {
	age, _ := f.Age(r.Told, receiptClock(f), 0)
	words := []string{
		f.When(r, f.Now), f.Countries(r), figure.Place(r), f.Act(r), f.People(r),
		f.Standing(r), f.Source(r), age, title(r),
	}
	return slices.DeleteFunc(words, func(s string) bool { return s == "" })
}
