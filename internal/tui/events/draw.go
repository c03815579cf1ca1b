package events

import (
	"strings"

	"vigil/internal/figure"
	"vigil/internal/lang"
	"vigil/internal/picture"
	"vigil/internal/theme"
	"vigil/internal/tui/aloud"
	"vigil/internal/tui/listing"
	"vigil/internal/tui/page"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
)

// besideFrame is the part of the frame in which the selected incident stands.
func (s *Screen) besideFrame(f screen.Frame) screen.Frame {
	f.Width = f.Width - f.Width*3/5 - page.Gap
	f.Height = max(0, f.Height-3)
	return f
}

// Lines draws the screen.
func (s *Screen) Lines(f screen.Frame) []string {
	if !s.read && !f.View.IsZero() {
		s.Arrived(f)
	}
	s.besideLast = f.Width >= besideWidth && f.Height >= besideHeight && !f.View.IsZero()
	if !s.besideLast {
		return s.list(&f, f.Width)
	}
	if s.beside == nil || s.beside.id == 0 {
		s.beside = newDetail(s.selected)
	}
	s.beside.Reader().Away(!s.besideHas)
	right := s.besideFrame(f)
	s.days.count(&f, &s.shown, s.filter, min(right.Width-2, 90))
	left := f.Width - right.Width - page.Gap
	block := append(s.days.lines(&f, right.Width), s.beside.Lines(right)...)
	return widget.Beside(page.Gap, []int{left, right.Width}, s.list(&f, left), block)
}

// list draws the rule, the headings and the visible rows.
func (s *Screen) list(f *screen.Frame, width int) []string {
	lines := make([]string, 0, f.Height)
	role := theme.Focus
	if s.besideHas && s.besideLast {
		role = theme.Title
	}
	lines = append(lines, widget.Rule(f.Palette, width, widget.Span{Text: " " + page.Safe(f.Palette, s.heading(f)), Role: role},
		widget.Span{Text: page.Safe(f.Palette, s.note(f)), Role: theme.Dim}))
	s.height = max(1, f.Height-2)
	if s.shown.len() == 0 {
		w := page.NewWriter(f.Palette, width, 0)
		s.empty(f, w)
		for i := range w.Lines {
			lines = append(lines, page.Draw(f.Palette, width, &w.Lines[i], false))
		}
		return widget.Height(lines, width, f.Height)
	}
	g := listing.New(f, width)
	head := g.Head()
	lines = append(lines, page.Draw(f.Palette, width, &head, false))
	s.cursor.Clamp(s.shown.len(), s.height)
	for i := s.cursor.Offset; i < s.shown.len() && len(lines) < f.Height; i++ {
		l := g.Line(f, s.shown.at(i))
		if i == s.cursor.Selected && s.besideHas && s.besideLast {
			lines = append(lines, page.DrawPointed(f.Palette, width, &l))
			continue
		}
		lines = append(lines, page.Draw(f.Palette, width, &l, i == s.cursor.Selected))
	}
	return widget.Height(lines, width, f.Height)
}

func (s *Screen) heading(f *screen.Frame) string {
	if s.filter == "" {
		return f.Say("EVENTS")
	}
	return f.Say("EVENTS") + " /" + s.filter
}

// note is the counts at the right of the rule: "7 of 4,954 · 3 maybe · 1 restricted · 3 new ↑".
func (s *Screen) note(f *screen.Frame) string {
	if f.View.IsZero() {
		return ""
	}
	m := f.Hand
	dot := " " + m.Dot + " "
	listed := f.Number(s.shown.len())
	switch {
	case s.filter != "" && s.total < 0:
		listed = f.Sayf(lang.Heading("%s so far of %s"), listed, f.Number(f.View.Len()))
	case s.filter != "":
		listed = f.Sayf(lang.Heading("%s of %s"), listed, f.Number(f.View.Len()))
	}
	if unread := f.UnreadList(f.View); unread != "" {
		listed += dot + unread
	}
	if s.maybe > 0 {
		listed += dot + f.Sayf(lang.Heading("%s maybe"), f.Number(s.maybe))
	}
	totals := f.View.Totals()
	if totals.Restricted > 0 && f.View.Role() < picture.SecurityLead {
		listed += dot + f.Tally(totals.Restricted, lang.Heading("restricted"))
	}
	if totals.Reports > 0 {
		listed += dot + f.Plural(totals.Reports, "report")
	}
	if totals.Excluded > 0 {
		listed += dot + f.Tally(totals.Excluded, lang.Heading("excluded"))
	}
	if n := f.View.Uncompared(); n > 0 && !f.View.Unread() {
		listed += dot + f.Sayf(lang.Heading("%s not compared yet"), f.Number(n))
	}
	if n := s.held(); n > 0 {
		listed += dot + f.Tally(n, "new") + " " + m.Up
	}
	return listed
}

// empty says why nothing is listed.
func (s *Screen) empty(f *screen.Frame, w *page.Writer) {
	switch {
	case f.View.IsZero():
		w.Say(theme.Text, 0, f.Say("There is no picture yet."))
	case s.filter != "" && s.total < 0:
		w.Say(theme.Dim, 0, f.Sayf("Searching %s %s", f.Plural(f.View.Len(), "incident"), f.Palette.Glyph(theme.Ellipsis)))
	case s.filter != "":
		w.Say(theme.Text, 0, f.Sayf("No incident surely matches, of %s.", f.Number(f.View.Len())))
		if s.maybe > 0 {
			w.Say(theme.Warning, 0, f.Sayf("%s may match: their records do not say.", f.Number(s.maybe)))
		}
		w.Say(theme.Dim, 0, f.Say("Esc takes the filter off."))
	case f.View.Unread():
		w.Say(theme.Text, 0, f.Say("No incident has been read yet."))
		w.Say(theme.Warning, 0, f.Say("That is not the same as calm: the files are still being read."))
	default:
		w.Say(theme.Text, 0, f.Say("No incident has reached this desk."))
		states := f.View.States()
		words := ""
		for _, st := range figure.States() {
			if n := states[st]; n > 0 {
				words += " " + f.InState(n, st)
			}
		}
		if words == "" {
			w.Say(theme.Warning, 0, f.Say("That is not the same as calm: this desk has no source. Drop an export or a log into feeds/, or write down what somebody tells (i)."))
			return
		}
		w.Say(theme.Warning, 0, f.Sayf("That is not the same as calm. Sources: %s. See the screen of sources (6).", strings.TrimSpace(words)))
	}
}

// linearRows is how many rows the plain lines list, and nearRows how many before and behind the selected one where the keys work on
// them: a key is then answered at once, however long the list is.
const (
	linearRows = 1000
	nearRows   = 100
)

// Linear is the list as plain lines, the newest rows of it; how many more there are stands at the end.
func (s *Screen) Linear(f screen.Frame) []string {
	if !s.read && !f.View.IsZero() {
		s.Arrived(f)
	}
	out := []string{aloud.Heading(f.Language, s.heading(&f), s.note(&f))}
	if s.shown.len() == 0 {
		w := page.NewWriter(f.Palette, page.LinearWidth, 0)
		s.empty(&f, w)
		return append(out, page.Linear(f.Language, page.Section{Lines: w.Lines})...)
	}
	g := listing.New(&f, page.LinearWidth)
	from, to := 0, min(s.shown.len(), linearRows)
	if f.Linear {
		from = max(0, s.cursor.Selected-nearRows)
		to = min(s.shown.len(), s.cursor.Selected+nearRows)
	}
	if from > 0 {
		out = append(out, f.Tally(from, "newer"))
	}
	section := page.Section{Lines: []page.Line{g.Head()}, Count: to - from, Row: func(i int) page.Line {
		i += from
		l := g.Line(&f, s.shown.at(i))
		if f.Linear && i == s.cursor.Selected {
			l.Said, l.Mark = aloud.Selected(f.Language)+l.Spoken(f.Language), ""
		}
		return l
	}}
	out = append(out, page.Linear(f.Language, section)...)
	if more := s.shown.len() - to; more > 0 {
		out = append(out, f.Sayf("and %s older: a filter finds them", f.Number(more)))
	}
	s.days.count(&f, &s.shown, s.filter, spokenDays)
	return append(out, s.days.spoken(&f)...)
}
