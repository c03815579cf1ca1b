// Package sources shows how far the desk can believe what it shows: the sources with their health, ages and
// counts, what they cover country by country, and one source whole, down to the file, line and column of every
// record that it refused.
//
// The rules. A state stands in words, small while the source sees and in capitals when it does not. No
// record disappears: the counts of a source add up, and the detail says so or says that they do not. What is
// blind stands with how long it has been; nothing here is calm because it is silent.
package sources

import (
	"fmt"
	"strings"
	"time"

	"vigil/internal/figure"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/lang"
	"vigil/internal/picture"
	"vigil/internal/theme"
	"vigil/internal/tui/ground"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/page"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
)

// Screen is the list of sources with the coverage matrix.
type Screen struct{ body *page.Body }

// New makes the list.
func New() *Screen { return &Screen{body: page.NewBody(split, draw)} }

// split puts the matrix beside the list where both are readable.
func split(width int) []int {
	if width >= 180 {
		return page.Split(width, 2)
	}
	return page.One(width)
}

// Scope is the part of the binding table that is in force.
func (s *Screen) Scope() keys.Scope { return keys.Sources }

// Title names the screen.
func (s *Screen) Title(f screen.Frame) string { return f.Say("Sources") }

// Key does what a binding asks for.
func (s *Screen) Key(id keys.ID, f screen.Frame) screen.Ask {
	if why := s.Cannot(id, f); why != "" {
		return screen.Ask{Say: why}
	}
	if id == keys.ShowCountry {
		l, _ := s.body.Selected(f)
		return screen.Ask{Go: screen.ToCountry, Subject: screen.Subject{Country: l.Open.Subject.Country, Area: -1}}
	}
	ask, _ := s.body.Key(id, f)
	return ask
}

// Cannot says why a binding cannot be used just now.
func (s *Screen) Cannot(id keys.ID, f screen.Frame) string {
	if id == keys.ShowCountry {
		if l, ok := s.body.Selected(f); !ok || l.Open.Go != screen.ToCountry {
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

func draw(f screen.Frame, widths []int) ([]page.Line, []page.Column) {
	columns := make([]page.Column, len(widths))
	for i, w := range widths {
		columns[i].Width = w
	}
	last := &columns[len(columns)-1]
	columns[0].Sections = append(columns[0].Sections, list(&f, columns[0].Width))
	last.Sections = append(last.Sections, matrix(&f, last.Width))
	return nil, columns
}

// list is the sources, a row each, with the reason of a state under it.
func list(f *screen.Frame, width int) page.Section {
	s := page.Section{Key: "sources", Title: f.Say("SOURCES")}
	w := page.NewWriter(f.Palette, width, 0)
	if f.View.IsZero() || !figure.HasSources(f.View) {
		w.Say(theme.Warning, 0, f.Say("No source is configured, and no file lies in feeds/. This desk cannot see anything."))
		w.Say(theme.Text, 0, f.Say("Drop an export or a log into feeds/: it is recognised by its content, and vigil formats lists by what. "+
			"Files elsewhere and addresses are named by [[source]] in vigil.toml. What somebody tells is written down with i."))
		s.Lines = w.Lines
		return s
	}
	s.Note = states(f)
	t := sourceTable(f, width)
	w.Lines = append(w.Lines, t.Head())
	for src := range f.View.Sources() {
		l := sourceRow(f, t, src)
		w.Lines = append(w.Lines, l)
		below(w, src, f.SourceReason(src, f.View.Known()), f.Say("; "), hidden(f, t, src))
	}
	s.Lines = w.Lines
	return s
}

// below says why the source is in its state, and what has no column: in one line where that holds both.
func below(w *page.Writer, src *picture.Source, reason, between, rest string) {
	role := sourceRole(src)
	if both := "  " + page.Safe(w.Palette, reason+between+rest); reason != "" && rest != "" && widget.Width(both) < w.Width {
		w.Add(widget.Span{Text: "  " + page.Safe(w.Palette, reason), Role: role}, widget.Span{Text: page.Safe(w.Palette, between+rest), Role: theme.Dim})
		return
	}
	if reason != "" {
		w.Say(role, 2, reason)
	}
	if rest != "" {
		w.Say(theme.Dim, 2, rest)
	}
}

func states(f *screen.Frame) string {
	var parts []string
	counts := f.View.States()
	for _, st := range figure.States() {
		if counts[st] > 0 {
			parts = append(parts, f.InState(counts[st], st))
		}
	}
	if unread := f.Unread(f.View); unread != "" {
		parts = append(parts, unread)
	}
	return strings.Join(parts, " ")
}

func stateRole(s health.State) theme.Role {
	return [...]theme.Role{theme.Never, theme.Failed, theme.Stale, theme.Quiet, theme.Live}[min(int(s), 4)]
}

func sourceRole(s *picture.Source) theme.Role {
	if s.Unread {
		return theme.Partial
	}
	return stateRole(s.State)
}

// counted are the columns of counts. The terms are what the records became: together they are the records. What is
// retained is no term: the source does not hold it.
var counted = []struct {
	title, word string
	drop        int
	n           func(s *picture.Source) int
	said        func(h figure.Hand, n int) string
}{
	{lang.Msg("RECORDS"), lang.Msg("records"), 0, func(s *picture.Source) int { return s.Counts.Records }, func(h figure.Hand, n int) string { return h.Plural(n, "record") }},
	{lang.Msg("INCID."), lang.Msg("incidents"), 2, func(s *picture.Source) int { return s.Counts.Incidents }, func(h figure.Hand, n int) string { return h.Plural(n, "incident") }},
	{lang.Msg("REPORTS"), lang.Msg("reports"), 7, func(s *picture.Source) int { return s.Counts.Reports }, func(h figure.Hand, n int) string { return h.Plural(n, "report") }},
	{lang.Msg("UPD."), lang.Msg("updates"), 8, func(s *picture.Source) int { return s.Counts.Updates }, func(h figure.Hand, n int) string { return h.Plural(n, "update") }},
	{lang.Msg("DUP."), lang.Msg("duplicates"), 10, func(s *picture.Source) int { return s.Counts.Duplicates }, func(h figure.Hand, n int) string { return h.Plural(n, "duplicate") }},
	{lang.Msg("CONFL."), lang.Msg("conflicts"), 6, func(s *picture.Source) int { return s.Counts.Conflicts }, func(h figure.Hand, n int) string { return h.Plural(n, "conflict") }},
	{lang.Msg("CANC."), lang.Msg("cancels"), 11, func(s *picture.Source) int { return s.Counts.Cancels }, func(h figure.Hand, n int) string { return h.Plural(n, "cancel") }},
	{lang.Msg("ADVIS."), lang.Msg("advisories"), 14, func(s *picture.Source) int { return s.Counts.Advisories }, func(h figure.Hand, n int) string { return h.Forms(n, "advisory", "advisories") }},
	{lang.Msg("POSIT."), lang.Msg("positions"), 15, func(s *picture.Source) int { return s.Counts.Positions }, func(h figure.Hand, n int) string { return h.Plural(n, "position") }},
	{lang.Msg("AGGR."), lang.Msg("aggregates"), 16, func(s *picture.Source) int { return s.Counts.Aggregates }, func(h figure.Hand, n int) string { return h.Plural(n, "aggregate") }},
	{lang.Msg("EXCL."), lang.Msg("excluded"), 12, func(s *picture.Source) int { return s.Counts.Excluded }, func(h figure.Hand, n int) string { return h.Tally(n, lang.Heading("excluded")) }},
	{lang.Msg("REJ."), lang.Msg("rejected"), 3, func(s *picture.Source) int { return s.Counts.Rejected }, func(h figure.Hand, n int) string { return h.Tally(n, "rejected") }},
	{lang.Msg("OTHER"), "", 1, nil, nil},
	{lang.Msg("RET."), lang.Msg("retained"), 13, func(s *picture.Source) int { return s.Retained }, func(h figure.Hand, n int) string { return h.Tally(n, "retained that it no longer holds") }},
}

const (
	// fixed is how many columns stand before the counts.
	fixed = 7
	// otherColumn and retainedColumn are places in counted.
	otherColumn    = 12
	retainedColumn = 13
	formatColumn   = 1
)

// sourceTable has a column OTHER for the terms that have none, so that every row adds up to its records.
func sourceTable(f *screen.Frame, width int) *page.Table {
	columns := []widget.Column{
		{Title: f.Say("SOURCE"), Width: 12, Grow: 1},
		{Title: f.Say("FORMAT"), Width: 18, Drop: 5},
		{Title: f.Say("STATE"), Width: f.Room(6)},
		{Title: f.Say("CONTENT"), Width: 7, Right: true},
		{Title: f.Say("SUCCESS"), Width: 7, Right: true, Drop: 1},
		{Title: f.Say("EXPECT"), Width: 6, Right: true, Drop: 9},
		{Title: f.Say("LAG"), Width: 4, Right: true, Drop: 13},
	}
	if width >= 80 {
		columns[0].Width = 22 // most names whole
	}
	for i, c := range counted {
		columns = append(columns, widget.Column{Title: f.Say(c.title), Width: countWidth(f, i), Right: true, Drop: c.drop})
	}
	without := func(i int) { columns[i].Width, columns[i].Drop = width, 99 } // too wide for any room: the first to go
	t := page.NewTable(f.Palette, width, columns...)
	switch {
	case len(hiddenTerms(t)) == 0:
		without(fixed + otherColumn) // there is no other
	case !t.Shows(fixed+1) || !t.Shows(fixed+otherColumn):
		without(fixed + 1) // some terms without the rest would tell less than nothing: the records alone
		without(fixed + otherColumn)
	default:
		return t
	}
	return page.NewTable(f.Palette, width, columns...)
}

// countWidth holds the largest count of a column of counted: a figure is never cut.
func countWidth(f *screen.Frame, i int) int {
	const least = 7
	largest := 0
	for s := range f.View.Sources() {
		n := s.Counts.Records - s.Counts.Incidents // what is other is no more than that
		if i != otherColumn {
			n = counted[i].n(s)
		}
		largest = max(largest, n)
	}
	return max(least, widget.Width(f.Number(largest)))
}

// hiddenTerms are the terms, as places in counted, that have no column.
func hiddenTerms(t *page.Table) []int {
	var list []int
	for i := 1; i < otherColumn; i++ {
		if !t.Shows(fixed + i) {
			list = append(list, i)
		}
	}
	return list
}

func sourceRow(f *screen.Frame, t *page.Table, s *picture.Source) page.Line {
	age := func(t time.Time) widget.Cell { return widget.Cell{Text: ground.Age(f.Hand, t, ground.Receipts(*f))} }
	cells := []widget.Cell{
		{Text: s.Info.Name.String()},
		{Text: s.Info.Format.String()},
		{Text: f.SourceState(s), Role: sourceRole(s)},
		age(s.Facts.ContentTime),
		success(f, s, age),
		expected(f, &s.Info.Profile),
		{Text: ground.Duration(f.Hand, s.Info.Profile.Lag)},
	}
	for i, c := range counted {
		if i == otherColumn {
			other := 0
			for _, term := range hiddenTerms(t) {
				other += counted[term].n(s)
			}
			cells = append(cells, widget.Cell{Text: f.Number(other), Silent: other == 0})
			continue
		}
		cell := widget.Cell{Text: f.Number(c.n(s)), Silent: c.n(s) == 0 && c.word != "records" && c.word != "rejected"} // ten times none, by ear
		if c.n(s) > 0 && (c.word == "rejected" || c.word == "conflicts") {
			cell.Role = theme.Warning
		}
		cells = append(cells, cell)
	}
	mark := ""
	if !s.State.Sees() || s.Counts.Rejected > 0 {
		mark = f.Palette.Glyph(theme.Attention)
	}
	l := t.Row(mark, cells...)
	l.Key = s.Info.Name.String()
	l.Open = screen.Ask{Go: screen.ToSource, Subject: screen.Subject{Source: s.Info.Name.String(), Area: -1}}
	l.Why = screen.Subject{Source: s.Info.Name.String(), Figure: screen.FigureSource, Area: -1}
	return l
}

func expected(f *screen.Frame, p *health.Profile) widget.Cell {
	if p.Expect == 0 || !p.Awaited() {
		return widget.Cell{Text: figure.Nothing} // nobody has said, or nobody waits
	}
	return widget.Cell{Text: ground.Duration(f.Hand, p.Expect)}
}

// success is the age of the last success; that there was none is known.
func success(f *screen.Frame, s *picture.Source, age func(time.Time) widget.Cell) widget.Cell {
	if s.Facts.LastSuccess.IsZero() {
		return widget.Cell{Text: f.Say("never")}
	}
	return age(s.Facts.LastSuccess)
}

// hidden tells what has no column at this width: the format, the profile, and the counts above zero, after the note.
func hidden(f *screen.Frame, t *page.Table, src *picture.Source) string {
	var parts []string
	if !t.Shows(formatColumn) && !src.Info.Format.IsZero() {
		parts = append(parts, src.Info.Format.OneLine().String())
	}
	if !src.Info.Note.IsZero() {
		parts = append(parts, src.Info.Note.OneLine().String())
	}
	if src.Poll.Every > 0 {
		asked := f.Sayf("fetched every %s", ground.Duration(f.Hand, src.Poll.Every))
		if !src.Poll.Next.IsZero() {
			asked += f.Sayf(", next at %s", src.Poll.Next.UTC().Format("15:04Z"))
		}
		parts = append(parts, asked)
	}
	// The reason of a stale one says how often it is expected.
	if !t.Shows(5) && src.State != health.Stale && src.Info.Profile.Expect > 0 && src.Info.Profile.Awaited() {
		parts = append(parts, f.Sayf("expected every %s", ground.Duration(f.Hand, src.Info.Profile.Expect)))
	}
	if !t.Shows(6) && src.Info.Profile.Lag > 0 {
		parts = append(parts, f.Sayf("lag %s", ground.Duration(f.Hand, src.Info.Profile.Lag)))
	}
	for i, c := range counted {
		if i != otherColumn && !t.Shows(fixed+i) && c.n(src) > 0 {
			parts = append(parts, c.said(f.Hand, c.n(src)))
		}
	}
	return strings.Join(parts, ", ")
}

// legend says what the signs of the matrix mean.
func legend(f *screen.Frame, seen, blind string) string {
	return f.Sayf("%s seen by a source that can be relied on, or so late; %s blind since so long, never seen, or no source looks there", seen, blind)
}

// matrix is what the desk can see: countries by threat category.
func matrix(f *screen.Frame, width int) page.Section {
	s := page.Section{Key: "coverage", Title: f.Say("COVERAGE")}
	w := page.NewWriter(f.Palette, width, 0)
	if f.View.IsZero() || f.View.Len() == 0 && !hasCountries(f.View) {
		w.Say(theme.Text, 0, f.Say(`No country is shown: name the home countries in vigil.toml, countries = ["MLI"].`))
		s.Lines = w.Lines
		return s
	}
	blind, partial := f.View.Blindness()
	s.Note = f.Tally(blind, "blind") + " " + f.Palette.Glyph(theme.Bullet) + " " + f.Tally(partial, lang.Heading("partial"))
	if f.View.Unread() {
		s.Note = f.Say("being read: nobody can tell yet")
	}
	if !f.View.Live() {
		s.Note = f.Say("recorded: what was seen at the time is not known")
	}
	columns := []widget.Column{{Title: f.Say("COUNTRY"), Width: 4, Grow: 1}}
	const cell = 10
	titles := []string{f.Say("A conflict"), f.Say("T terror"), f.Say("C crime"), f.Say("U unrest"), f.Say("H hazards")}
	narrow := width < 16+5*(cell+1)
	for i, title := range titles {
		c := widget.Column{Title: title, Width: cell}
		if narrow {
			c = widget.Column{Title: incident.Threats()[i].Letter(), Width: 6}
		}
		columns = append(columns, c)
	}
	t := page.NewTable(f.Palette, width, columns...)
	w.Lines = append(w.Lines, t.Head())
	for c := range f.View.Countries() {
		w.Lines = append(w.Lines, matrixRow(f, t, c, narrow))
	}
	first := len(w.Lines)
	w.Say(theme.Dim, 0, legend(f, f.Palette.Glyph(theme.Mark), f.Palette.Glyph(theme.Attention)))
	for i := range w.Lines[first:] {
		w.Lines[first+i].Silent = true // it tells what signs mean, of which the rows have the words
	}
	s.Lines = w.Lines
	return s
}

func hasCountries(v picture.View) bool {
	for range v.Countries() {
		return true
	}
	return false
}

func matrixRow(f *screen.Frame, t *page.Table, c *picture.Country, narrow bool) page.Line {
	name := ground.Name(f.Hand, f.View.CountryNames(), c.Code, 24)
	if narrow {
		name = c.Code.Alpha3()
	}
	cells := []widget.Cell{{Text: name}}
	mark := ""
	for _, threat := range incident.Threats() {
		sight := ground.SightOf(f.View, c, threat)
		cells = append(cells, sightCell(f, &sight, narrow))
		if sight.State == health.Blind {
			mark = f.Palette.Glyph(theme.Attention)
		}
	}
	l := t.Row(mark, cells...)
	l.Key = c.Code.Alpha3()
	l.Open = screen.Ask{Go: screen.ToCountry, Subject: screen.Subject{Country: c.Code, Area: -1}}
	l.Why = screen.Subject{Country: c.Code, Figure: screen.FigureCoverage, Area: -1}
	return l
}

func sightCell(f *screen.Frame, s *ground.Sight, narrow bool) widget.Cell {
	words := s.Words(f.Hand, f.Now)
	switch {
	case narrow:
		words = s.Short(f.Hand, f.Now)
	case s.State == health.Covered && s.Late > 0:
		words = fmt.Sprintf(f.SayAs("cell", "%s late"), s.Short(f.Hand, f.Now))
	}
	switch s.State {
	case health.Blind:
		return widget.Cell{Text: f.Palette.Glyph(theme.Attention) + " " + s.Short(f.Hand, f.Now), Role: theme.Blind}
	case health.Reading:
		if narrow {
			words = "?"
		}
		return widget.Cell{Text: words, Role: theme.Unknown}
	case health.Recorded:
		return widget.Cell{Text: words, Role: theme.Dim}
	default:
		role := theme.Live
		if s.Late > 0 {
			role = theme.Partial
		}
		return widget.Cell{Text: f.Palette.Glyph(theme.Mark) + " " + words, Role: role}
	}
}
