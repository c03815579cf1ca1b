// Package alarms shows the alarms of the desk: what rings and nobody has, what somebody owns, what is shelved, and what was
// closed within a day. How far telling people is stands before what rang, and what must be told again stays until it is done.
//
// From the top: what needs somebody, the highest severity first, and the newest first among equals; what ended while nobody
// looked stands among them, because nothing closes by itself unseen. Enter goes into an alarm: all that was done about it, by
// whom, when. Every action is a typed command that a key begins: the reason has to be written.
//
// In a flood, which is more than anybody can read, what needs somebody stands in groups of one rule and country; Enter lists those of a
// group under it, and f shows each alarm, as outside of a flood. The cursor stays on its alarm, or on the group that has it.
package alarms

import (
	"slices"
	"strconv"
	"time"

	"vigil/internal/country"
	"vigil/internal/duty"
	"vigil/internal/figure"
	"vigil/internal/picture"
	"vigil/internal/saying"
	"vigil/internal/theme"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/page"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
)

// closedWithin is how long a closed alarm is listed of which nobody must be told again.
const closedWithin = 24 * time.Hour

// Screen is the list of alarms.
type Screen struct {
	body     *page.Body
	each     bool            // in a flood, each alarm is shown
	unfolded map[string]bool // groups whose alarms are listed under them, by key
	at       entry           // what the cursor is on
	anchor   string          // the id of the alarm that it is on, or was on before its group took its place
}

// New makes the list. The cursor begins on the alarm that the entry with that id raised, or on the first.
func New(id string) *Screen {
	s := &Screen{unfolded: map[string]bool{}, anchor: id}
	s.body = page.NewBody(page.One, s.draw)
	return s
}

// Scope is the part of the binding table that is in force.
func (s *Screen) Scope() keys.Scope { return keys.Alarms }

// Title names the screen.
func (s *Screen) Title(f screen.Frame) string { return f.Say("Alarms") }

// Key does what a binding asks for.
func (s *Screen) Key(id keys.ID, f screen.Frame) screen.Ask {
	s.follow(f)
	if why := s.Cannot(id, f); why != "" {
		return screen.Ask{Say: why}
	}
	defer s.note(f)
	switch at := s.selected(f); {
	case id == keys.Group:
		s.each = !s.each
		s.again(f)
		return screen.Ask{}
	case id == keys.Open && at.group != nil:
		s.unfolded[at.key] = !s.unfolded[at.key]
		s.again(f)
		return screen.Ask{}
	default:
		if ask, ok := Begin(id, at.alarm, f); ok {
			return ask
		}
	}
	ask, _ := s.body.Key(id, f)
	return ask
}

// Cannot says why a binding cannot be used just now.
func (s *Screen) Cannot(id keys.ID, f screen.Frame) string {
	at := s.selected(f)
	if id == keys.Group {
		if _, on := figure.Flood(f.View, f.Now); !on {
			return f.Say("there is no flood: each alarm is shown")
		}
		return ""
	}
	if why, about := Cannot(id, at.alarm, f); about {
		if at.group != nil {
			return f.GroupCannot(at.group)
		}
		return why
	}
	if id == keys.Open && at.group != nil {
		return ""
	}
	return s.body.Cannot(id, f)
}

// Arrived takes a new picture in.
func (s *Screen) Arrived(f screen.Frame) {
	if _, on := figure.Flood(f.View, f.Now); !on {
		s.each = false // the next flood is grouped again
	}
	s.follow(f)
}

// Lines draws the screen.
func (s *Screen) Lines(f screen.Frame) []string {
	s.follow(f)
	lines := s.body.Lines(f)
	s.note(f)
	return lines
}

// Click selects the line at a cell.
func (s *Screen) Click(x, y int, f screen.Frame) (hit, again bool) { return s.body.Click(x, y, f) }

// Linear is the screen as plain lines.
func (s *Screen) Linear(f screen.Frame) []string { return s.body.Linear(f) }

// Begin is the command line that a key begins about an alarm; of one that is to be closed, with what was left undone.
func Begin(id keys.ID, a *duty.Alarm, f screen.Frame) (screen.Ask, bool) {
	switch id {
	case keys.Acknowledge:
		return screen.Ask{Prefill: "ack " + a.Called() + " "}, true
	case keys.Shelve:
		return screen.Ask{Prefill: "shelve " + a.Called() + " for 1h "}, true
	case keys.Unshelve:
		return screen.Ask{Prefill: "unshelve " + a.Called() + " "}, true
	case keys.CloseAlarm:
		return screen.Ask{Prefill: "close " + a.Called() + " ", Say: f.LooseEnds(f.View, &duty.Close{Alarm: a.ID}, f.Now)}, true
	case keys.Claim:
		return screen.Ask{Prefill: "claim " + a.Called() + " for 1h"}, true
	case keys.ShowFlash:
		return screen.Ask{Go: screen.ToFlash, Subject: Flashed(f.View, a)}, true
	case keys.ShowTold:
		return screen.Ask{Go: screen.ToTold, Subject: screen.Subject{Alarm: a.ID}}, true
	}
	return screen.Ask{}, false
}

// Flashed is what a flash report on an alarm is about: the alarm, or of one that rings for a report that was promised, what that is on.
func Flashed(v picture.View, a *duty.Alarm) screen.Subject {
	s, promised := v.Promised(a)
	if !promised {
		return screen.Subject{Alarm: a.ID}
	}
	about := screen.Subject{Alarm: s.Alarm}
	if !s.Incident.IsZero() {
		about.Incident, _ = v.IDOf(s.Incident.Identity())
	}
	about.Country, _ = country.Parse(s.Country)
	return about
}

// Cannot says why a key of an alarm cannot be used; about is false for keys that are not about alarms.
func Cannot(id keys.ID, a *duty.Alarm, f screen.Frame) (why string, about bool) {
	switch id {
	case keys.Acknowledge, keys.Shelve, keys.Unshelve, keys.CloseAlarm, keys.ShowTold, keys.ShowFlash, keys.Claim:
	default:
		return "", false
	}
	switch {
	case a == nil:
		return f.Say("no alarm is selected"), true
	case id == keys.ShowTold, id == keys.ShowFlash:
		return "", true // of one that is closed, too: who was told, and who must be told again
	case !a.Open():
		return f.Sayf("%s is closed", a.Called()), true
	}
	switch id {
	case keys.Shelve:
		return saying.In(f, a.MayShelve(f.Now, f.Now.Add(time.Hour))), true
	case keys.Unshelve:
		if !a.OnShelf(f.Now) {
			return f.Sayf("%s is not shelved", a.Called()), true
		}
	case keys.CloseAlarm:
		if a.Cleared.IsZero() && !a.Raise.Moment {
			return f.Sayf("%s lasts: it closes when what it rang for is over", a.Called()), true
		}
	}
	return "", true
}

func table(f *screen.Frame, width int) *page.Table {
	return page.NewTable(
		f.Palette, width,
		widget.Column{Title: f.Say("ALARM"), Width: f.Room(5)},
		widget.Column{Title: f.Say("SEV"), Width: 4},
		widget.Column{Title: f.Say("WHO HAS IT"), Width: 13},
		widget.Column{Title: f.Say("AGE"), Width: 6, Right: true},
		widget.Column{Title: f.Say("WHAT"), Width: 40, Grow: 1, Words: true},
		widget.Column{Title: f.Say("RULE"), Width: f.Room(20), Drop: 1},
	)
}

// draw makes the sections.
func (s *Screen) draw(f screen.Frame, widths []int) ([]page.Line, []page.Column) {
	t := table(&f, widths[0])
	sections := []page.Section{
		{Key: ringing, Title: f.Say("NEEDS SOMEBODY")}, {Key: "owned", Title: f.Say("ACKNOWLEDGED")}, {Key: "shelved", Title: f.Say("SHELVED")}, {Key: "closed", Title: f.Say("CLOSED WITHIN 24 H")},
	}
	counts := map[string]int{}
	for _, e := range s.entries(f) {
		i := slices.IndexFunc(sections, func(o page.Section) bool { return o.Key == e.section })
		sections[i].Lines = append(sections[i].Lines, e.lines(&f, t)...)
		switch {
		case e.group != nil:
			counts[e.section] += len(e.group.Alarms)
		case e.in == "":
			counts[e.section]++
		}
		if e.again && e.alarm.Closed.Before(f.Now.Add(-closedWithin)) {
			sections[i].Title = f.Say("CLOSED WITHIN 24 H, OR TO BE TOLD AGAIN")
		}
	}
	column := page.Column{Width: widths[0]}
	for i := range sections {
		if len(sections[i].Lines) > 0 {
			sections[i].Note = f.Number(counts[sections[i].Key])
			column.Sections = append(column.Sections, sections[i])
		}
	}
	if len(column.Sections) == 0 {
		w := page.NewWriter(f.Palette, widths[0], 0)
		none(&f, w)
		column.Sections = []page.Section{{Key: "none", Title: f.Say("ALARMS"), Lines: w.Lines}}
	} else {
		first := &column.Sections[0]
		first.Lines = append([]page.Line{t.Head()}, first.Lines...)
	}
	return s.head(&f, widths[0]), []page.Column{column}
}

// none says that no alarm is open, or that nobody can say so yet: the duty log is read with the files.
func none(f *screen.Frame, w *page.Writer) {
	if f.View.IsZero() {
		w.Say(theme.Dim, 0, f.Say("There is no picture yet."))
		return
	}
	if !f.View.Desk().Reading.IsZero() {
		w.Say(theme.Warning, 0, f.Say("No alarm is known of yet."))
		w.Say(theme.Text, 0, f.Say("That is not calm: the files are still being read."))
		return
	}
	w.Say(theme.Text, 0, f.Say("No alarm is open, and none was closed within 24 hours. vigil alarm list names the rules that ring; vigil.toml adds to them with [[alarm]]."))
}

// lines are the row of an alarm or a group, and under it the rest of what rang where it has no room.
func (e *entry) lines(f *screen.Frame, t *page.Table) []page.Line {
	if e.group != nil {
		return groupLines(f, t, e.group)
	}
	a := e.alarm
	mark, role := "", theme.Text
	if a.Rings(f.Now) {
		mark, role = f.Palette.Glyph(theme.Attention), figure.SeverityOf(a.Severity)
	}
	since := a.Came
	if !a.Open() {
		since, role = a.Closed, theme.Dim
	}
	standing, held := f.AlarmStanding(a, f.Now), ""
	if a.State(f.Now) == duty.Owned {
		held = f.AlarmHeld(a, f.Now)
	}
	if e.again {
		held = ""
		mark, role, standing = f.Palette.Glyph(theme.Attention), theme.Warning, f.Say(figure.TellAgain)
	}
	age, _ := f.Age(since, f.Now, 0)
	words := f.ToldBefore(f.View, a, f.Now) + f.AlarmLine(f.View, a, f.Now)
	if e.again {
		words = f.TellAgainRefuted(f.View, a) + words
	}
	whole := widget.Width(page.Safe(f.Palette, words)) <= t.Cells(4)
	what := words
	if !whole && t.Cells(4) < leastWords {
		what = ""
	}
	row := t.Row(
		mark, widget.Cell{Text: a.Called(), Role: role}, widget.Cell{Text: f.SeverityWord(a.Severity), Role: role},
		widget.Cell{Text: standing, Said: held, Role: role}, widget.Cell{Text: age}, widget.Cell{Text: what}, widget.Cell{Text: f.AlarmRule(f.View, a), Role: theme.Dim},
	)
	row.Key = a.ID
	row.Open = screen.Ask{Go: screen.ToAlarm, Subject: screen.Subject{Alarm: a.ID}}
	row.Copy = a.Called() + " " + f.SeverityWord(a.Severity) + " " + words
	if whole || what != "" && !a.Open() && !e.again {
		return []page.Line{row}
	}
	return under(f, t, &row, words)
}

// leastWords is from how many cells on the beginning of what rang says something.
const leastWords = 12

// under are a row and what has no room in it, which stands for the same thing.
func under(f *screen.Frame, t *page.Table, row *page.Line, rest string) []page.Line {
	w := page.NewWriter(f.Palette, t.Width, 0)
	w.Say(theme.Dim, 2, rest)
	for i := range w.Lines {
		w.Lines[i].Key, w.Lines[i].Open, w.Lines[i].Copy = row.Key+part+strconv.Itoa(i), row.Open, row.Copy
	}
	return append([]page.Line{*row}, w.Lines...)
}

// part stands in the key of a line between the key of its row and which line under it it is.
const part = "\n"
