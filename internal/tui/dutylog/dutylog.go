// Package dutylog shows the duty log: what was done at the desk, by whom and when, and one entry whole.
//
// The rules. One line an entry, the newest first; times are those of the entries, in UTC, to the second. Nothing is left out: what
// a filter hides is counted, and an entry that this version does not understand stands as such. What an entry is about, such as what a
// report said, is no part of it: it is looked up as the line is drawn, and stands beside it where there is room, and in the detail. Enter goes into an entry: all of
// its text, who wrote it, where, by which clocks, and the place in the log at which anybody can check it. The log is only ever
// added to: n begins a note. While the reader rests on the newest entry, the list follows; once inside, it holds: what is new is counted
// in the rule ("3 new") and comes in on request, or with the reader's own note.
package dutylog

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"vigil/internal/duty"
	"vigil/internal/logbook"
	"vigil/internal/query"
	"vigil/internal/theme"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/page"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
)

// Screen is the list of entries.
type Screen struct {
	body   *page.Body
	filter string
	query  query.Query

	shown []int // the entries that the filter asks for, by their place in the book, the newest first
	of    *duty.Book
	upTo  int       // the place of the newest that is shown, while the reader is inside
	asked string    // the filter that shown is of
	at    time.Time // and when, for filters that count from now

	inside bool // the reader went into the list: it holds
	held   int  // entries that the filter asks for and that came since
	noting bool // the reader began a note here
	// followed is the filter under which the list was made last: under another one the reader stays on their entry.
	followed string
}

// New makes the list.
func New() *Screen {
	s := &Screen{}
	s.body = page.NewBody(page.One, s.draw)
	return s
}

// Scope is the part of the binding table that is in force.
func (s *Screen) Scope() keys.Scope { return keys.Log }

// Title names the screen.
func (s *Screen) Title(f screen.Frame) string { return f.Say("Duty log") }

// Key does what a binding asks for.
func (s *Screen) Key(id keys.ID, f screen.Frame) screen.Ask {
	if why := s.Cannot(id, f); why != "" {
		return screen.Ask{Say: why}
	}
	switch id {
	case keys.Note:
		s.noting = true
		return screen.Ask{Prefill: "note "}
	case keys.Release:
		s.follow()
		return screen.Ask{Say: f.Say("the new entries are shown")}
	case keys.Top:
		s.follow()
	}
	ask, _ := s.body.Key(id, f)
	s.went(f)
	return ask
}

// follow takes everything in, and the reader to the newest.
func (s *Screen) follow() {
	s.inside, s.of = false, nil
	s.body.Forget()
}

// went settles whether the reader is inside: away from the newest entry, or at the newest of those from before while others are held.
func (s *Screen) went(f screen.Frame) {
	if len(s.shown) == 0 {
		s.inside = false
		return
	}
	line, ok := s.body.Selected(f)
	s.inside = s.held > 0 || ok && line.Key != strconv.FormatUint(f.View.Duty().At(s.shown[0]).Seq, 10)
}

// Cannot says why a binding cannot be used just now.
func (s *Screen) Cannot(id keys.ID, f screen.Frame) string {
	switch {
	case id == keys.Note, id == keys.Filter:
		return ""
	case id == keys.Release && s.held == 0:
		return f.Say("no new entry is held back")
	case id == keys.Release:
		return ""
	}
	return s.body.Cannot(id, f)
}

// Arrived takes a new picture in.
func (s *Screen) Arrived(screen.Frame) {}

// Lines draws the screen.
func (s *Screen) Lines(f screen.Frame) []string { return s.body.Lines(f) }

// Click selects the line at a cell.
func (s *Screen) Click(x, y int, f screen.Frame) (hit, again bool) {
	hit, again = s.body.Click(x, y, f)
	s.went(f)
	return hit, again
}

// Linear is the screen as plain lines.
func (s *Screen) Linear(f screen.Frame) []string { return s.body.Linear(f) }

// Narrow shows only the entries that a filter asks for.
func (s *Screen) Narrow(text string) error {
	q, err := logbook.Parse(text)
	if err != nil {
		return err
	}
	if text != s.filter {
		s.filter, s.query = text, q
		s.body.Forget()
	}
	return nil
}

// Complete lists what may stand at the cursor of a filter.
func (s *Screen) Complete(text string, cursor int) (from int, candidates []string) {
	return logbook.Complete(text, cursor)
}

// find makes the list anew when the book, the filter or the minute is another one.
func (s *Screen) find(f *screen.Frame) {
	b, minute := f.View.Duty(), f.Now.Truncate(time.Minute)
	if s.of == b && s.asked == s.filter && s.at.Equal(minute) {
		return
	}
	s.inside = s.inside && s.asked == s.filter
	s.of, s.asked, s.at = b, s.filter, minute
	s.shown, s.held = s.shown[:0], 0
	as := logbook.In(f.View)
	for i := b.Len() - 1; i >= 0; i-- {
		if !as.Match(s.query, b.At(i), f.Now) {
			continue
		}
		if s.inside && i > s.upTo && s.own(b.At(i), f) {
			s.inside, s.noting = false, false
			s.shown, s.held = s.shown[:0], 0
			i = b.Len() // from the newest on, with all of them
			continue
		}
		if s.inside && i > s.upTo {
			s.held++
			continue
		}
		s.shown = append(s.shown, i)
	}
	if s.inside || b.Len() == 0 {
		return
	}
	s.upTo = b.Len() - 1
	if len(s.shown) > 0 && s.filter == s.followed {
		s.body.GoTo("log", strconv.FormatUint(b.At(s.shown[0]).Seq, 10))
	}
	s.followed = s.filter
}

// own reports whether an entry is the note that the reader has just written: who it is by tells, or that one was begun here.
func (s *Screen) own(e *duty.Entry, f *screen.Frame) bool {
	n, is := e.Body.(*duty.Note)
	return is && n != nil && e.By == f.Who && (s.noting || !f.Who.IsZero())
}

// narrow is below how many cells a line has room for the hour and what was done, and no more: who did it stands before that.
const narrow = 56

func table(f *screen.Frame, width int) *page.Table {
	p := f.Palette
	if width < narrow {
		return page.NewTable(p, width, widget.Column{Title: f.Say("UTC"), Width: 6}, widget.Column{Title: f.Say("WHAT"), Width: 20, Grow: 1, Words: true})
	}
	return page.NewTable(
		p, width,
		widget.Column{Title: f.Say("TIME UTC"), Width: 19},
		widget.Column{Title: f.Say("AGE"), Width: 5, Right: true, Drop: 2},
		widget.Column{Title: f.Say("WHO"), Width: 10},
		widget.Column{Title: f.Say("KIND"), Width: f.Room(11), Drop: 1},
		widget.Column{Title: f.Say("WHAT"), Width: 42, Grow: 1, Words: true},
		widget.Column{Title: f.Say("ABOUT, LOOKED UP NOW"), Width: 30, Grow: 1, Drop: 4},
		widget.Column{Title: f.Say("ENTRY"), Width: 6, Right: true, Drop: 3},
	)
}

func (s *Screen) draw(f screen.Frame, widths []int) ([]page.Line, []page.Column) {
	section := page.Section{Key: "log", Title: f.Say("DUTY LOG")}
	column := page.Column{Width: widths[0]}
	book := f.View.Duty()
	s.find(&f)
	w := page.NewWriter(f.Palette, widths[0], 0)
	switch {
	case book.Len() == 0:
		w.Say(theme.Text, 0, f.Say("Nothing is in the duty log yet. n begins a note; vigil log note writes one from a script. What is done about alarms, the watch and merged events is "+
			"written here by itself."))
	case len(s.shown) == 0:
		w.Say(theme.Text, 0, f.Say("No entry matches the filter. Esc takes it off."))
	}
	section.Lines = w.Lines
	section.Note = f.Number(book.Len())
	if s.filter != "" {
		section.Note = f.Sayf("%s of %s", f.Number(len(s.shown)), section.Note) + "  /" + page.Safe(f.Palette, s.query.String())
	}
	if n := book.Strange(); n > 0 {
		section.Note = f.Sayf("%s, %s that fit nothing", section.Note, f.Number(n))
	}
	if s.held > 0 {
		section.Note = f.TallyAs("entries", s.held, "new") + " " + f.Up + " " + f.Dot + " " + section.Note
	}
	if len(s.shown) > 0 {
		t := table(&f, widths[0])
		shown, as := s.shown, logbook.In(f.View).For(f.Hand)
		section.Lines = append(section.Lines, t.Head())
		section.Count = len(shown)
		last, on := -1, ""
		section.Row = func(i int) (l page.Line) {
			above := ""
			if last == i-1 {
				above = on
			}
			l, on = row(&f, t, &as, book.At(shown[i]), above)
			last = i
			return l
		}
		section.Find = func(key string) (int, bool) {
			return find(book, shown, key)
		}
	}
	column.Sections = []page.Section{section}
	return nil, []page.Column{column}
}

// find is the place of an entry among those that are shown, by its number in the log.
func find(b *duty.Book, shown []int, key string) (int, bool) {
	seq, err := strconv.ParseUint(key, 10, 64)
	if err != nil {
		return 0, false
	}
	return slices.BinarySearchFunc(shown, seq, func(i int, seq uint64) int {
		switch at := b.At(i).Seq; {
		case at > seq: // the newest comes first
			return -1
		case at < seq:
			return 1
		}
		return 0
	})
}

// row is an entry, and what it is about: above is what the one above is about, which plain lines do not say again.
func row(f *screen.Frame, t *page.Table, as *logbook.Reading, e *duty.Entry, above string) (l page.Line, on string) {
	role, mark := theme.Text, ""
	switch body := e.Body.(type) {
	case nil:
		role = theme.Warning
	case *duty.Repair:
		role, mark = theme.Warning, f.Palette.Glyph(theme.Attention)
	case *duty.Note:
		if body.Significant {
			mark = f.Palette.Glyph(theme.Attention)
		}
	}
	by, who, what := theme.Text, logbook.Who(e).OneLine().String(), as.What(e).String()
	if e.By == duty.Vigil {
		by = theme.Dim
	}
	if t.Width < narrow {
		l = t.Row(mark, widget.Cell{Text: hour(e.At, f)}, widget.Cell{Text: f.Sayf("%s: %s", who, what), Role: role})
	} else {
		age, _ := f.Age(e.At, f.Now, 0)
		cells := []widget.Cell{
			{Text: e.At.UTC().Format("2006-01-02 15:04:05")},
			{Text: age, Role: theme.Dim},
			{Text: who, Role: by},
			{Text: kind(f, e), Role: theme.Dim},
			{Text: what, Role: role},
			{},
			{Text: strconv.FormatUint(e.Seq, 10), Role: theme.Dim},
		}
		if t.Shows(about) { // looking up costs reading the record
			on = words(as.About(e))
			cells[about] = widget.Cell{Text: on, Role: theme.Dim, Silent: on == above}
		}
		l = t.Row(mark, cells...)
	}
	l.Key = strconv.FormatUint(e.Seq, 10)
	l.Open = screen.Ask{Go: screen.ToEntry, Subject: screen.Subject{Entry: e.Seq}}
	l.Copy = logbook.Time(e.At) + " " + f.Sayf("%s: %s", who, what)
	return l, on
}

// about is the column of what an entry is about.
const about = 5

// words are what records said, on one line.
func words(list []logbook.About) string {
	var said []string
	for i := range list {
		said = append(said, list[i].Words())
	}
	return strings.Join(said, "; ")
}

// hour is when an entry was made in six cells: of another day than this one the day.
func hour(at time.Time, f *screen.Frame) string {
	if f.Now.Sub(at) < 24*time.Hour {
		return at.UTC().Format("15:04")
	}
	return f.Date(at.UTC(), "_2 Jan")
}
