// Package plan shows what is due: the calendar, forecasts, levels that expire, flash reports that were promised, and alarms that ring
// again by themselves, by day.
//
// From the top: what is overdue, the longest first; levels that have expired; what is under way; then each day with what begins on it;
// then what ended within the week. What recurs stands once, where it is next. A state that needs somebody
// stands in words. Times are UTC, and beside them as clocks of the place show them where that is known; a
// date has neither. Nothing here has happened, and nothing here is in any count.
//
// Left and right show one country alone, in the order of their codes, and then all again.
package plan

import (
	"slices"
	"strconv"

	"vigil/internal/calendar"
	"vigil/internal/country"
	"vigil/internal/figure"
	"vigil/internal/picture"
	"vigil/internal/theme"
	"vigil/internal/tui/ground"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/page"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
)

// Screen is the list of what is due.
type Screen struct {
	body *page.Body
	only country.Code // Unknown is every country
}

// New makes the list, of one country where that is known.
func New(only country.Code) *Screen {
	s := &Screen{only: only}
	s.body = page.NewBody(page.One, s.draw)
	return s
}

// Scope is the part of the binding table that is in force.
func (s *Screen) Scope() keys.Scope { return keys.Plan }

// Title names the screen and the country.
func (s *Screen) Title(f screen.Frame) string {
	if !s.only.Known() {
		return f.Say("Plan")
	}
	return f.Sayf("Plan: %s", ground.Name(f.Hand, f.View.CountryNames(), s.only, 30))
}

// Key does what a binding asks for.
func (s *Screen) Key(id keys.ID, f screen.Frame) screen.Ask {
	if why := s.Cannot(id, f); why != "" {
		return screen.Ask{Say: why}
	}
	switch id {
	case keys.Left:
		s.turn(f, -1)
		return screen.Ask{}
	case keys.Right:
		s.turn(f, 1)
		return screen.Ask{}
	case keys.ShowCountry:
		l, _ := s.body.Selected(f)
		return screen.Ask{Go: screen.ToCountry, Subject: screen.Subject{Country: l.Why.Country, Area: -1}}
	}
	ask, _ := s.body.Key(id, f)
	return ask
}

// Cannot says why a binding cannot be used just now.
func (s *Screen) Cannot(id keys.ID, f screen.Frame) string {
	switch id {
	case keys.Left, keys.Right:
		if len(s.choices(f)) < 2 {
			return f.Say("nothing is due in any country")
		}
		return ""
	case keys.ShowCountry:
		if l, ok := s.body.Selected(f); !ok || !l.Why.Country.Known() {
			return f.Say("no country is selected")
		}
		return ""
	}
	return s.body.Cannot(id, f)
}

// Arrived takes a new picture in.
func (s *Screen) Arrived(screen.Frame) {}

// Lines draws the screen.
func (s *Screen) Lines(f screen.Frame) []string { return s.body.Lines(f) }

// Click selects the line at a cell.
func (s *Screen) Click(x, y int, f screen.Frame) (hit, again bool) { return s.body.Click(x, y, f) }

// Linear is the screen as plain lines.
func (s *Screen) Linear(f screen.Frame) []string { return s.body.Linear(f) }

// choices are what left and right go through: every country first, then each that something is due in.
func (s *Screen) choices(f screen.Frame) []country.Code {
	all := []country.Code{country.Unknown}
	if f.View.IsZero() {
		return all
	}
	for _, d := range f.View.Due() {
		all = append(all, d.Countries...)
	}
	if s.only.Known() {
		all = append(all, s.only)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func (s *Screen) turn(f screen.Frame, by int) {
	all := s.choices(f)
	at := max(0, slices.Index(all, s.only))
	s.only = all[(at+by+len(all))%len(all)]
	s.body.Forget()
}

// draw makes the sections.
func (s *Screen) draw(f screen.Frame, widths []int) ([]page.Line, []page.Column) {
	column := page.Column{Width: widths[0]}
	p := &pen{f: &f, width: widths[0]}
	if !f.View.IsZero() {
		due := f.View.Due()
		p.local, p.what = f.DueLocalCells(due, f.Now, 24)
		for _, d := range due {
			if !s.only.Known() || slices.Contains(d.Countries, s.only) {
				p.take(&d)
			}
		}
	}
	column.Sections = p.sections
	if len(p.sections) > 0 {
		p.sections[0].Lines = append([]page.Line{p.table().Head()}, p.sections[0].Lines...)
	}
	if len(column.Sections) == 0 {
		w := page.NewWriter(f.Palette, widths[0], 0)
		if s.only.Known() {
			w.Say(theme.Text, 0, f.Sayf("Nothing is due in %s. Left and right show other countries.", ground.Name(f.Hand, f.View.CountryNames(), s.only, 60)))
		} else {
			w.Say(theme.Text, 0, f.Say("Nothing is due: no forecast, no calendar, no level that expires within 30 days, and no flash report. Put calendars into calendar/: "+
				"*.ics as calendars export it, or *.yaml as in examples/calendar.yaml."))
		}
		column.Sections = []page.Section{{Key: "none", Title: f.Say("PLAN"), Lines: w.Lines}}
	}
	return nil, []page.Column{column}
}

// pen puts what is due into sections, in the order in which it comes.
type pen struct {
	f        *screen.Frame
	width    int
	sections []page.Section
	// local and what are the room for the local hours of the list, and for what is due.
	local, what int
}

// section is the part of the plan that something stands in: its key orders nothing, the list does.
func (p *pen) section(d *picture.Due) (key, title string) {
	switch d.State {
	case calendar.Overdue:
		if d.Level {
			return "expired", p.f.Say("LEVELS EXPIRED")
		}
		return "overdue", p.f.Say("OVERDUE")
	case calendar.Present:
		return "now", p.f.Say("NOW")
	case calendar.Past, calendar.Cancelled:
		if d.State == calendar.Past || d.End.Before(p.f.View.Valid()) {
			return "past", p.f.Say("PAST")
		}
	}
	day := d.Start.UTC()
	if d.AllDay {
		day = d.From
	}
	title = p.f.Date(day, "Mon 2 Jan 2006")
	if day.Format("2006-01-02") == p.f.View.Valid().UTC().Format("2006-01-02") {
		title = p.f.Sayf("TODAY %s", title)
	}
	return day.Format("2006-01-02"), title
}

// take puts one thing into its section. What has ended comes last, though it began first.
func (p *pen) take(d *picture.Due) {
	key, title := p.section(d)
	at := slices.IndexFunc(p.sections, func(s page.Section) bool { return s.Key == key })
	if at < 0 {
		at = len(p.sections)
		switch {
		case key == "overdue":
			at = 0
		case key != "past" && at > 0 && p.sections[at-1].Key == "past":
			at--
		}
		p.sections = slices.Insert(p.sections, at, page.Section{Key: key, Title: title})
	}
	s := &p.sections[at]
	s.Lines = append(s.Lines, p.lines(d)...)
	rows := 0
	for i := range s.Lines {
		if s.Lines[i].Key != "" {
			rows++
		}
	}
	s.Note = p.f.Number(rows)
}

func (p *pen) table() *page.Table {
	return page.NewTable(
		p.f.Palette, p.width,
		widget.Column{Title: p.f.Say("STATE"), Width: p.f.Room(12)},
		widget.Column{Title: p.f.Say("WHEN UTC"), Width: figure.DueCells},
		widget.Column{Title: p.f.Say("LOCAL"), Width: p.local, Drop: 4},
		widget.Column{Title: p.f.Say("CODE"), Width: 5},
		widget.Column{Title: p.f.Say("KIND"), Width: 13, Drop: 5},
		widget.Column{Title: p.f.Say("WHAT"), Width: p.what, Grow: 3, Words: true},
		widget.Column{Title: p.f.Say("SOURCE"), Width: 16, Grow: 1, Drop: 9},
	)
}

// lines are the row of something, and what has no room in it.
func (p *pen) lines(d *picture.Due) []page.Line {
	t := p.table()
	mark, role := "", theme.Text
	switch d.State {
	case calendar.Overdue:
		mark, role = p.f.Palette.Glyph(theme.Attention), theme.Warning
	case calendar.Present:
		role = theme.Accent
	case calendar.Past, calendar.Cancelled:
		role = theme.Dim
	}
	what := p.f.DueWhat(d)
	local := p.f.DueLocal(d, p.f.Now)
	row := t.Row(
		mark,
		widget.Cell{Text: p.f.DueState(d, p.f.Now), Role: role}, widget.Cell{Text: p.f.DueWhen(d, p.f.Now)},
		widget.Cell{Text: local, Role: theme.Dim}, widget.Cell{Text: p.f.DueCountry(d), Silent: p.f.DueCountry(d) == figure.Nothing}, widget.Cell{Text: p.f.DueKind(d)},
		widget.Cell{Text: what, Role: theme.Text}, widget.Cell{Text: Said(d), Role: theme.Dim},
	)
	row.Key = d.Key
	row.Copy = copied(d, p.f)
	row.Open, row.Why = Opens(d), whyOf(d)
	lines := []page.Line{row}
	w := page.NewWriter(p.f.Palette, p.width, 0)
	if widget.Width(page.Safe(p.f.Palette, what)) > t.Cells(5) {
		w.Say(theme.Text, 2, what)
	}
	var rest string
	if !t.Shows(4) {
		rest = p.f.DueKind(d)
	}
	if !t.Shows(2) && local != "" {
		rest = join(rest, local)
	}
	rest = join(rest, p.f.DueUntil(d, p.f.Now))
	if details := d.Details.OneLine().String(); details != "" && !d.Restricted {
		rest = join(rest, details)
	}
	if !t.Shows(6) {
		rest = join(rest, Said(d))
	}
	if rest != "" {
		w.Say(theme.Dim, 2, rest)
	}
	return append(lines, w.Lines...)
}

func join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + ", " + b
}

// Said is who expects it: the file and line, or the source.
func Said(d *picture.Due) string {
	if d.Incident == 0 && !d.Origin.File.IsZero() {
		text := d.Origin.File.String()
		if d.Origin.Line > 0 {
			text += ":" + strconv.Itoa(d.Origin.Line)
		}
		return text
	}
	return d.Source.String()
}

// Opens is what Enter does on something that is due: the form of the flash report, the alarm that rings again, the forecast, else
// the country.
func Opens(d *picture.Due) screen.Ask {
	var in country.Code
	if len(d.Countries) > 0 {
		in = d.Countries[0]
	}
	switch {
	case d.Flash:
		return screen.Ask{Go: screen.ToFlash, Subject: screen.Subject{Alarm: d.Alarm, Incident: d.About, Country: in, Area: -1}}
	case d.Alarm != "":
		return screen.Ask{Go: screen.ToAlarm, Subject: screen.Subject{Alarm: d.Alarm, Area: -1}}
	case d.Incident != 0:
		return screen.Ask{Go: screen.ToEvent, Subject: screen.Subject{Incident: d.Incident, Area: -1}}
	case in.Known():
		return screen.Ask{Go: screen.ToCountry, Subject: screen.Subject{Country: in, Area: -1}}
	}
	return screen.Ask{}
}

// whyOf is what can be derived of something that is due.
func whyOf(d *picture.Due) screen.Subject {
	why := screen.Subject{Area: -1}
	if len(d.Countries) > 0 {
		why.Country = d.Countries[0]
	}
	switch {
	case d.Incident != 0:
		why.Incident, why.Figure = d.Incident, screen.FigureIncident
	case d.Level:
		why.Figure = screen.FigureLevel
	}
	return why
}

// copied is the row in plain words.
func copied(d *picture.Due, f *screen.Frame) string {
	text := ""
	for _, word := range []string{
		f.DueState(d, f.Now), f.DueWhen(d, f.Now) + " UTC", f.DueLocal(d, f.Now), f.DueCountry(d), f.DueKind(d), f.DueWhat(d), Said(d),
	} {
		if word != "" {
			text += "  " + word
		}
	}
	return text[2:]
}
