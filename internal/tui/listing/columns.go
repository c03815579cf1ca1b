// Package listing is how an incident stands in a list: the same columns on every screen that lists
// incidents, chosen by width. A row is made from the view when it is drawn, and of a restricted incident it
// says that there is one and no more.
package listing

import (
	"slices"
	"strconv"
	"strings"

	"vigil/internal/figure"
	"vigil/internal/incident"
	"vigil/internal/lang"
	"vigil/internal/picture"
	"vigil/internal/theme"
	"vigil/internal/tui/aloud"
	"vigil/internal/tui/ground"
	"vigil/internal/tui/page"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
)

// column is a heading, which is known by its English title, with what stands below it.
type column struct {
	widget.Column
	worded bool // words stand in it, which take more room in other languages
	// cell draws the column of a row in so many cells.
	cell func(r *picture.Row, f *screen.Frame, cells int) widget.Cell
}

func text(s string) widget.Cell { return widget.Cell{Text: s} }

var (
	countryColumn = column{Column: widget.Column{Title: lang.Msg("CTRY"), Width: 5}, cell: func(r *picture.Row, f *screen.Frame, _ int) widget.Cell {
		return widget.Cell{Text: f.Countries(r), Said: SaidCountries(r, f)}
	}}
	ageColumn = column{Column: widget.Column{Title: lang.Msg("AGE"), Width: 4, Right: true}, cell: func(r *picture.Row, f *screen.Frame, _ int) widget.Cell {
		return widget.Cell{Text: ground.Age(f.Hand, r.Told, ground.Receipts(*f)), Role: theme.Dim}
	}}
)

// The headings of the columns that are asked for by name.
var (
	placeTitle    = lang.Msg("PLACE")
	actTitle      = lang.Msg("ACT")
	peopleTitle   = lang.Msg("PEOPLE")
	standingTitle = lang.Msg("STANDING")
	titleTitle    = lang.Msg("TITLE")
	whenTitle     = lang.Msg("WHEN")
	sourceTitle   = lang.Msg("SOURCE")
)

// narrow are the columns of a terminal of 80 cells; they give way down to 40.
var narrow = []column{
	{Column: widget.Column{Title: whenTitle, Width: 6}, cell: func(r *picture.Row, f *screen.Frame, _ int) widget.Cell { return text(f.When(r, f.Now)) }},
	countryColumn,
	{Column: widget.Column{Title: placeTitle, Width: 6, Grow: 3, Drop: 7}, cell: func(r *picture.Row, _ *screen.Frame, _ int) widget.Cell { return text(figure.Place(r)) }},
	{Column: widget.Column{Title: actTitle, Width: 10, Grow: 2}, cell: actCell},
	{Column: widget.Column{Title: peopleTitle, Width: 10, Grow: 4}, cell: peopleCell},
	{Column: widget.Column{Title: standingTitle, Width: 11, Grow: 3, Drop: 8}, worded: true, cell: standingCell},
	{Column: widget.Column{Title: sourceTitle, Width: 5, Grow: 2, Drop: 9}, cell: sourceCell},
	ageColumn,
}

// wide are the columns from 110 cells on.
var wide = []column{
	{Column: widget.Column{Title: whenTitle, Width: 17}, cell: whenCell},
	countryColumn,
	{Column: widget.Column{Title: placeTitle, Width: 12, Grow: 3}, cell: func(r *picture.Row, _ *screen.Frame, _ int) widget.Cell { return text(figure.Place(r)) }},
	{Column: widget.Column{Title: actTitle, Width: 14, Grow: 1}, cell: actCell},
	{Column: widget.Column{Title: peopleTitle, Width: 16, Grow: 2}, cell: peopleCell},
	{Column: widget.Column{Title: lang.Msg("SEVERITY"), Width: 10, Drop: 5}, worded: true, cell: severityCell},
	{Column: widget.Column{Title: standingTitle, Width: 14, Grow: 1}, cell: standingCell},
	{Column: widget.Column{Title: titleTitle, Width: 4, Grow: 6, Drop: 6}, cell: titleCell},
	{Column: widget.Column{Title: sourceTitle, Width: 8, Grow: 1}, cell: sourceCell},
	ageColumn,
}

// traced are the narrow columns that leave room for file and line.
var traced = []column{
	narrow[0],
	countryColumn,
	{Column: widget.Column{Title: placeTitle, Width: 6, Grow: 2, Drop: 8}, cell: narrow[2].cell},
	{Column: widget.Column{Title: actTitle, Width: 8, Grow: 2, Drop: 9}, cell: actCell},
	{Column: widget.Column{Title: peopleTitle, Width: 10, Grow: 2, Drop: 7}, cell: narrow[4].cell},
	tracedColumn,
}

var tracedColumn = column{Column: widget.Column{Title: lang.Msg("READ FROM"), Width: 22, Grow: 3}, cell: func(r *picture.Row, f *screen.Frame, _ int) widget.Cell {
	return text(Origin(f, r.ID))
}}

// Origin is the file and line of the version shown; "restricted" where the viewer may not know.
func Origin(f *screen.Frame, id picture.ID) string {
	d, ok := f.View.Detail(id)
	switch {
	case !ok:
		return figure.Unknown
	case d.Row.Restricted:
		return f.Say("restricted")
	}
	return File(&d.Shown.Origin)
}

// File is where a record was read, as file:line; only the file where the format has no lines.
func File(o *incident.Origin) string {
	if o.Line == 0 {
		return o.File.String()
	}
	return o.File.String() + ":" + strconv.Itoa(o.Line)
}

// SaidCountries are the countries of an incident by name, for plain lines.
func SaidCountries(r *picture.Row, f *screen.Frame) string {
	if r.Restricted || len(r.Countries) == 0 {
		return f.Say("country not told")
	}
	said := ""
	for i, c := range r.Countries {
		name := f.CountryName(f.View.CountryNames(), c, page.LinearWidth)
		if i == 0 {
			said = name
		} else {
			said = f.Sayf("%s and %s", said, name)
		}
	}
	switch {
	case r.Misplaced:
		return f.Sayf("%s, though the position is elsewhere", said)
	case r.Inferred:
		return f.Sayf("%s, inferred", said)
	}
	return said
}

// Key names the line of an incident.
func Key(id picture.ID) string { return keyMark + strconv.FormatUint(uint64(id), 10) }

const keyMark = "#"

// ID is the incident whose line has that name.
func ID(key string) (id picture.ID, ok bool) {
	digits, is := strings.CutPrefix(key, keyMark)
	n, err := strconv.ParseUint(digits, 10, 32)
	return picture.ID(n), is && err == nil
}

// Renamer names the lines of the incidents of a picture made ahead of v as v has them. Other lines keep their names.
func Renamer(v picture.View) func(key string) string {
	return func(key string) string {
		id, ok := ID(key)
		if !ok {
			return key
		}
		now, _ := v.Successor(id) // 0 is no incident
		return Key(now)
	}
}

// wideFrom is the width from which the wide columns fit.
const wideFrom = 112

func columnsFor(width int) []column {
	if width >= wideFrom {
		return wide
	}
	return narrow
}

func whenCell(r *picture.Row, f *screen.Frame, _ int) widget.Cell {
	switch {
	case r.Restricted:
		return text(figure.Nothing)
	case r.Future:
		return widget.Cell{Text: f.Sayf("FUTURE %s", r.When.Start.Format("2006-01-02")), Role: theme.Warning}
	case r.Report && r.When.IsZero():
		return text(f.Time(r.Told)) // as the narrow column does: of a report it is when it was published
	}
	return text(f.WhenWhole(r.When))
}

// peopleCell never cuts a number.
func peopleCell(r *picture.Row, f *screen.Frame, cells int) widget.Cell {
	return text(f.PeopleIn(r, cells))
}

func actCell(r *picture.Row, f *screen.Frame, _ int) widget.Cell {
	c := text(f.Act(r))
	switch {
	case r.Restricted:
		c.Role = theme.Restricted
	case r.Hazard:
		c.Role = theme.Hazard
	}
	return c
}

func standingCell(r *picture.Row, f *screen.Frame, _ int) widget.Cell {
	c := text(f.Standing(r))
	switch {
	case r.Restricted:
		c.Role = theme.Restricted
	case r.Conflict, r.Held, r.Refuted, r.Cancelled, r.Withdrawn:
		c.Role = theme.Warning
	case r.Verified.Value == incident.Unconfirmed:
		c.Role = theme.Unconfirmed
	}
	return c
}

// sourceCell never cuts who else tells of the event.
func sourceCell(r *picture.Row, f *screen.Frame, cells int) widget.Cell {
	return text(f.SourceIn(r, cells, func(s string, w int) string { return widget.Truncate(s, w, f.Palette.Glyph(theme.Ellipsis)) }))
}

func severityCell(r *picture.Row, f *screen.Frame, _ int) widget.Cell {
	if r.Restricted {
		return text("")
	}
	c := widget.Cell{Text: f.Severity(r), Role: SeverityRole(r.Severity)}
	if c.Text == f.Say("unknown") { // which agrees with what it is said of
		c.Said = aloud.Cell(f.Language, "SEV", c.Text)
	}
	return c
}

// SeverityRole is the colour of a severity.
func SeverityRole(s incident.Coded[incident.Severity]) theme.Role {
	switch s.Value {
	case incident.Negligible:
		return theme.SeverityNegligible
	case incident.Minor:
		return theme.SeverityMinor
	case incident.Moderate:
		return theme.SeverityModerate
	case incident.Severe:
		return theme.SeveritySevere
	case incident.Critical:
		return theme.SeverityCritical
	default:
		return theme.SeverityUnknown
	}
}

func titleCell(r *picture.Row, _ *screen.Frame, _ int) widget.Cell {
	if r.Restricted || r.Title.IsZero() {
		return text("")
	}
	return widget.Cell{Text: r.Title.OneLine().String(), Role: theme.Dim}
}

// Grid is the columns laid out in a width.
type Grid struct {
	columns []column
	table   *page.Table
}

// New lays the columns out. It is made anew for each drawing, and is not changed by drawing rows.
func New(f *screen.Frame, width int) *Grid { return layout(f, width, columnsFor(width)) }

// NewIn is New for a list of one country, which need not be named in each row.
func NewIn(f *screen.Frame, width int) *Grid {
	columns := slices.DeleteFunc(slices.Clone(columnsFor(width)), func(c column) bool { return c.Title == countryColumn.Title })
	return layout(f, width, columns)
}

// NewTraced is New with the file and line at which each incident was read, for derivations.
func NewTraced(f *screen.Frame, width int) *Grid {
	if width >= wideFrom {
		return layout(f, width, append(slices.Clone(wide), tracedColumn))
	}
	return layout(f, width, traced)
}

func layout(f *screen.Frame, width int, columns []column) *Grid {
	g := &Grid{columns: columns}
	heads := make([]widget.Column, len(g.columns))
	for i := range g.columns {
		heads[i] = g.columns[i].Column
		heads[i].Title = f.Say(heads[i].Title)
		if g.columns[i].worded {
			heads[i].Width = f.Room(heads[i].Width)
		}
	}
	g.table = page.NewTable(f.Palette, width, heads...)
	return g
}

// Head is the headings.
func (g *Grid) Head() page.Line { return g.table.Head() }

// Line is the row of one incident; Enter opens it.
func (g *Grid) Line(f *screen.Frame, id picture.ID) page.Line {
	r, ok := f.View.Row(id)
	if !ok {
		return page.Line{Spans: []widget.Span{{Text: f.Say("no longer listed in this picture"), Role: theme.Dim}}}
	}
	cells := make([]widget.Cell, len(g.columns))
	for i := range g.columns {
		if !g.table.Shows(i) {
			continue
		}
		cells[i] = g.columns[i].cell(&r, f, g.table.Cells(i))
		if (r.Cancelled || r.Withdrawn || r.Refuted) && cells[i].Role == theme.Text {
			cells[i].Role = theme.Dim
		}
	}
	g.tellByTitle(f, &r, cells)
	mark := ""
	if figure.Urgent(&r) {
		mark = f.Palette.Glyph(theme.Attention)
	}
	l := g.table.Row(mark, cells...)
	l.Key = Key(id)
	l.Open = screen.Ask{Go: screen.ToEvent, Subject: screen.Subject{Incident: id, Area: -1}}
	l.Why = screen.Subject{Incident: id, Figure: screen.FigureIncident, Area: -1}
	return l
}

// tellByTitle puts the title where act, people and standing say nothing of what it is: of a report over all that would be empty,
// of an act that is none in particular over the people, of whom nobody is said to be affected.
func (g *Grid) tellByTitle(f *screen.Frame, r *picture.Row, cells []widget.Cell) {
	at := func(title string) int {
		return slices.IndexFunc(g.columns, func(c column) bool { return c.Title == title })
	}
	first, act, people := at(placeTitle), at(actTitle), at(peopleTitle)
	last := max(people, at(standingTitle), at(titleTitle))
	if text, ok := f.Told(r); ok {
		if cells[first].Text != "" {
			first = act
		}
		cells[first] = widget.Cell{Text: text, Role: cells[act].Role, Over: last - first}
		return
	}
	if text, ok := f.Vague(r); ok && (at(titleTitle) < 0 || !g.table.Shows(at(titleTitle))) {
		cells[act] = widget.Cell{Text: text, Role: cells[act].Role, Over: people - act}
	}
}
