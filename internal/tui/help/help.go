// Package help explains the console where it is needed: the keys in force on the screen it was called from, with
// why one cannot be used just now, the marks and columns, and the filter language.
//
// Keys come from the binding table and fields of the filter from package query, so that help cannot say what
// the console does not do.
package help

import (
	"slices"
	"strings"
	"time"

	"vigil/internal/figure"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/query"
	"vigil/internal/theme"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/page"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/worldmap"
)

// Screen is the help screen.
type Screen struct {
	*page.Body
	table  *keys.Table
	scope  keys.Scope
	cannot keys.Reason
	filter string // as typed
}

// New makes help for a scope. cannot may be nil; it is asked when help is drawn anew, not at each frame.
func New(table *keys.Table, scope keys.Scope, cannot keys.Reason) *Screen {
	s := &Screen{table: table, scope: scope, cannot: cannot}
	s.Body = page.NewBody(page.Wide, s.draw)
	return s
}

// Scope is the part of the binding table that is in force.
func (s *Screen) Scope() keys.Scope { return keys.Help }

// Title names the screen.
func (s *Screen) Title(f screen.Frame) string { return f.Sayf("Help: %s", f.Say(s.scope.Title())) }

// Key does what a binding asks for.
func (s *Screen) Key(id keys.ID, f screen.Frame) screen.Ask {
	if why := s.Cannot(id, f); why != "" {
		return screen.Ask{Say: why}
	}
	ask, _ := s.Body.Key(id, f)
	return ask
}

// Cannot says why a binding cannot be used just now.
func (s *Screen) Cannot(id keys.ID, f screen.Frame) string {
	switch id {
	case keys.ShowCountry:
		return f.Say("no country is selected")
	case keys.Filter:
		return ""
	}
	return s.Body.Cannot(id, f)
}

// Arrived takes a new picture in.
func (s *Screen) Arrived(screen.Frame) {}

func (s *Screen) draw(f screen.Frame, widths []int) ([]page.Line, []page.Column) {
	columns := make([]page.Column, len(widths))
	for i, w := range widths {
		columns[i].Width = w
	}
	has := sought(s.filter)
	put := func(n int, sections ...page.Section) {
		to := &columns[min(n, len(columns)-1)]
		to.Sections = append(to.Sections, slices.DeleteFunc(sections, func(s page.Section) bool { return len(s.Lines) == 0 })...)
	}
	width := func(n int) int { return columns[min(n, len(columns)-1)].Width }
	if s.scope == keys.Map && len(widths) == 1 { // on a small terminal this is the legend
		put(0, mapSection(&f, width(0), has))
	}
	for _, section := range s.table.Help(f.Language, s.scope, f.Palette.ASCII, s.cannot) {
		put(0, keySection(&f, width(0), &section, has))
	}
	if s.scope == keys.Map && len(widths) > 1 {
		put(1, mapSection(&f, width(1), has))
	}
	put(1, words(&f, width(1), "figures", f.Say("FIGURES"), figures(f.Hand), has), words(&f, width(1), "marks", f.Say("MARKS"), marks(&f), has),
		words(&f, width(1), "columns", f.Say("COLUMNS"), columnWords(f.Hand), has), words(&f, width(1), "states", f.Say("SOURCES"), states(f.Hand), has))
	put(2, language(&f, width(2), has))
	return s.head(&f, widths[0], columns), columns
}

func keySection(f *screen.Frame, width int, section *keys.HelpSection, has has) page.Section {
	w := page.NewWriter(f.Palette, width, 13) // the names of keys are the same in every language
	title := f.Sayf("KEYS: %s", strings.ToUpper(section.Title))
	for _, l := range section.Lines {
		if !has.under(title)(l.Keys, l.Text) {
			continue
		}
		w.Field(l.Keys, l.Text, theme.Text)
		for i := range w.Lines[len(w.Lines)-1].Spans {
			if sp := &w.Lines[len(w.Lines)-1].Spans[i]; sp.Role == theme.Label {
				sp.Role = theme.Key
			}
		}
		if l.Cannot != "" {
			w.Field("", f.Sayf("not now: %s", l.Cannot), theme.Dim)
		}
	}
	return page.Section{Key: "keys " + string(section.Scope), Title: title, Lines: w.Lines}
}

// meaning is a sign and what it says.
type meaning struct{ sign, text string }

func words(f *screen.Frame, width int, key, title string, list []meaning, has has) page.Section {
	w := page.NewWriter(f.Palette, width, f.Room(13))
	for _, m := range list {
		if !has.under(title)(m.sign, m.text) {
			continue
		}
		w.Field(m.sign, m.text, theme.Text)
	}
	return page.Section{Key: key, Title: title, Lines: w.Lines}
}

// day is one of which only the day is known.
var day = time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)

// figures are the ways in which every figure is written.
func figures(m figure.Hand) []meaning {
	return []meaning{
		{"19", m.Say("nineteen, and nobody could add to it")},
		{"19+2?", m.Say("nineteen surely, and two more that may belong: their times are not exact")},
		{"3+", m.Say("seen so far; more may have happened, because not everything is seen")},
		{"?", m.Say("not known: nobody could have said. It never means none")},
		{"-", m.Say("nothing to show, and that is known")},
		{m.Span(9*24*time.Hour) + "!", m.Say("older than it should be")},
		{"3" + m.Dash + "5 T!", m.Say("official levels from 3 to 5, driven by terrorism, and one has expired")},
		{"4" + m.Right + "5", m.Say("an official level that changed")},
		{"~" + m.Date(day, "2Jan") + ", ~2024", m.Say("only the day, or the year, is known")},
		{m.Say("?time"), m.Say("when it happened is not known: it is in no window, and it is not now")},
		{m.Say("FUTURE"), m.Say("it claims a time that has not come, and is not believed")},
		{"MLI+2", m.Say("in Mali and two more countries")},
		{"2n 1i", m.Say("two nationally, one internationally recruited")},
		{m.Say("people ?"), m.Say("the record does not say who is affected: unknown, not nobody")},
	}
}

// mapSection are the patterns and the signs of the map. Of a pattern plain lines say what it means alone.
func mapSection(f *screen.Frame, width int, has has) page.Section {
	w, title := page.NewWriter(f.Palette, width, f.Room(13)), f.Say("THE MAP")
	for _, p := range worldmap.Patterns(*f) {
		if has.under(title)(p.Sign, p.Text) {
			w.Field(p.Sign, p.Text, theme.Text).Said = p.Text
		}
	}
	s := words(f, width, "map", title, mapWords(f.Hand), has)
	s.Lines = append(w.Lines, s.Lines...)
	return s
}

// mapWords are the signs of the map.
func mapWords(m figure.Hand) []meaning {
	return []meaning{
		{m.SayAs("map", "arrows"), m.Say("the next country in that direction; PgUp and PgDn go through all")},
		{"Tab", m.Say("the next incident of the country, with the ring within which staff may be near it")},
		{"g G", m.Say("the region of the home countries; the world")},
		{"! +", m.Say("happened within 24 h: staff killed, abducted or missing, or severe; and all others")},
		{"x o", m.Say("the same within 7 days")},
		{"~", m.Say("a hazard, while it lasts or within 7 days")},
		{"3!", m.Say("three in one cell, the gravest of which is !")},
		{"@", m.Say("staff of an area, about where the area is; never where a person is")},
		{"T t", m.Say("tracked; tracked, and no longer where it was")},
		{"*", m.Say("several levels, or one that has expired, where there is room for one character")},
		{m.SayAs("map", "not placed"), m.Say("no position is known, or it is in another country; restricted ones are in no place")},
		{m.Say("boundaries"), m.Say(worldmap.Disclaimer)},
	}
}

// marks are the signs of lists and rules.
func marks(m *screen.Frame) []meaning {
	p := m.Palette
	return []meaning{
		{p.Glyph(theme.Attention), m.Say("needs a look: people killed, abducted or missing who are staff or may be, severe, expired, blind, or refused records")},
		{"radio*", m.Say("something of the row is the word of another source, because radio leaves it unsaid: the event says what and whose")},
		{p.Glyph(theme.Pointer), m.Say("the selected line")},
		{p.Glyph(theme.Hatch), m.Say("a period that no source has told whole yet: no height, not a low one")},
		{m.Sayf("3 new %s", p.Glyph(theme.Up)), m.Say("events held back while you read; the list has not moved")},
		{p.Glyph(theme.Up) + "12 " + p.Glyph(theme.Down) + "34", m.Say("lines above and below what is shown")},
		{m.Say("CONFLICT"), m.Say("records contradict each other and none replaces the other; the worse is shown")},
		{m.Say("CANCELLED"), m.Say("its source took it back: visible, in no figure")},
		{m.Say("WITHDRAWN"), m.Say("its source lists everything, and lists this no more: visible, in no figure")},
		{m.Say("REFUTED"), m.Say("found untrue: visible, in no window, rate or estimate")},
		{m.Say("HELD"), m.Say("an update or a cancel of something that has not arrived")},
		{m.Say("RESTRICTED"), m.Say("the content is for the security lead only")},
	}
}

// columnWords are the columns of the board and of the lists.
func columnWords(m figure.Hand) []meaning {
	letters := make([]string, 0, len(incident.Threats()))
	for _, t := range incident.Threats() {
		letters = append(letters, t.Letter()+" "+m.Threat(t))
	}
	return []meaning{
		{m.Say("LEVEL"), m.Sayf("official security levels, as their authority set them, never computed: %s", strings.Join(letters, ", "))},
		{m.Say("EST"), m.Sayf("vigil's own estimate: likelihood %s impact for staff in the next 30 days. It is not an SRM, and never touches a level", m.Times)},
		{m.Say("24H") + " " + m.Say("7D") + " " + m.Say("30D"), m.Say("incidents, hazards apart, in the time before the clock of the picture")},
		{strings.Replace(m.Say("×OWN"), "×", m.Times, 1), m.Say("the last whole month against the country's own normal")},
		{m.Say("NAT") + " " + m.Say("INT"), m.Say("national and international staff; 110+ while the recruitment of some is not known")},
		{m.Say("AGE"), m.Say("how old the oldest of the staff figures is; of an event, when it arrived")},
		{m.Say("CANNOT SEE"), m.Say("threat categories, and windows, of which no source could tell")},
		{m.Say("STANDING"), m.Say("grade of source and information (A1 to F6) and how far it is verified, or what stands against it")},
		{m.Say("R?") + " " + m.Say("S?"), m.Say("recruitment, or sex, that is not known")},
	}
}

func states(m figure.Hand) []meaning {
	text := map[health.State]string{
		health.Live:   m.Say("its content is as new as it should be"),
		health.Quiet:  m.Say("it answers, and has nothing new"),
		health.Stale:  m.Say("it has not spoken within the time in which it should"),
		health.Failed: m.Say("it cannot be read; the reason stands with it"),
		health.Never:  m.Say("nothing has come from it yet"),
	}
	list := make([]meaning, 0, len(text)+1)
	for _, s := range figure.States() {
		list = append(list, meaning{m.State(s), text[s]})
	}
	return append(list, meaning{m.Say("blind"), m.Say("no source that can be relied on looks there: silence says nothing")})
}

// language is the filter language, from the table that reads it.
func language(f *screen.Frame, width int, has has) page.Section {
	w, title := page.NewWriter(f.Palette, width, 27), f.Say("FILTER LANGUAGE")
	has = has.under(title)
	for _, field := range query.Fields() {
		name := field.String()
		if name == "" {
			name = f.Say("words that stand in the event")
		}
		if !has(field.Example(), name) {
			continue
		}
		l := w.Field(field.Example(), name, theme.Text)
		l.Spans[0].Role = theme.Key
		l.Copy = field.Example()
		l.Open = screen.Ask{Go: screen.ToEvents, Subject: screen.Subject{Filter: field.Example(), Area: -1}}
	}
	for _, m := range []meaning{
		{"a b", f.Say("both")},
		{"a OR b", f.Say("either; parentheses group")},
		{"-a", f.Say("not a")},
		{"killed:unknown", f.Say("what nobody said")},
		{"severity>=severe", f.Say("ungraded sorts with the highest")},
	} {
		if has(m.sign, m.text) {
			w.Field(m.sign, m.text, theme.Text).Spans[0].Role = theme.Key
		}
	}
	if note := f.Say("What a record does not say can neither match nor fail: such events are counted as maybe. Tab completes, Enter on an example tries it."); has("", note) {
		w.Say(theme.Dim, 0, note)
	}
	return page.Section{Key: "filter", Title: title, Note: f.Sayf("after %s", "/"), Lines: w.Lines}
}
