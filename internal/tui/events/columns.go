package events

import (
	"vigil/internal/figure"
	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/theme"
	"vigil/internal/tui/page"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
)

// column is a heading with what stands below it.
type column struct {
	widget.Column
	cell func(r *picture.Row, f *screen.Frame) widget.Cell
}

func text(s string) widget.Cell { return widget.Cell{Text: s} }

var (
	countryColumn = column{widget.Column{Title: "CTRY", Width: 5}, func(r *picture.Row, _ *screen.Frame) widget.Cell { return text(figure.Countries(r)) }}
	ageColumn     = column{widget.Column{Title: "AGE", Width: 4, Right: true}, func(r *picture.Row, f *screen.Frame) widget.Cell {
		age, _ := figure.Age(r.Received, f.Now, 0)
		return widget.Cell{Text: age, Role: theme.Dim}
	}}
)

// narrow are the columns of a terminal of 80 cells; they give way down to 40.
var narrow = []column{
	{widget.Column{Title: "WHEN", Width: 6}, func(r *picture.Row, f *screen.Frame) widget.Cell { return text(figure.When(r, f.Now)) }},
	countryColumn,
	{widget.Column{Title: "PLACE", Width: 6, Grow: 3, Drop: 7}, func(r *picture.Row, _ *screen.Frame) widget.Cell { return text(figure.Place(r)) }},
	{widget.Column{Title: "ACT", Width: 10, Grow: 2}, actCell},
	{widget.Column{Title: "PEOPLE", Width: 10, Grow: 4}, func(r *picture.Row, _ *screen.Frame) widget.Cell { return text(figure.People(r)) }},
	{widget.Column{Title: "STANDING", Width: 11, Grow: 3, Drop: 8}, standingCell},
	{widget.Column{Title: "SOURCE", Width: 5, Grow: 2, Drop: 9}, func(r *picture.Row, _ *screen.Frame) widget.Cell { return text(figure.Source(r)) }},
	ageColumn,
}

// wide are the columns from 110 cells on.
var wide = []column{
	{widget.Column{Title: "WHEN", Width: 17}, whenCell},
	countryColumn,
	{widget.Column{Title: "PLACE", Width: 12, Grow: 3}, func(r *picture.Row, _ *screen.Frame) widget.Cell { return text(figure.Place(r)) }},
	{widget.Column{Title: "ACT", Width: 14, Grow: 1}, actCell},
	{widget.Column{Title: "PEOPLE", Width: 16, Grow: 2}, func(r *picture.Row, _ *screen.Frame) widget.Cell { return text(figure.People(r)) }},
	{widget.Column{Title: "SEVERITY", Width: 10, Drop: 5}, severityCell},
	{widget.Column{Title: "STANDING", Width: 14, Grow: 1}, standingCell},
	{widget.Column{Title: "TITLE", Width: 4, Grow: 6, Drop: 6}, titleCell},
	{widget.Column{Title: "SOURCE", Width: 8, Grow: 1}, func(r *picture.Row, _ *screen.Frame) widget.Cell { return text(figure.Source(r)) }},
	ageColumn,
}

// wideFrom is the width from which the wide columns fit.
const wideFrom = 112

func columnsFor(width int) []column {
	if width >= wideFrom {
		return wide
	}
	return narrow
}

func whenCell(r *picture.Row, _ *screen.Frame) widget.Cell {
	switch {
	case r.Restricted:
		return text(figure.Nothing)
	case r.Future:
		return widget.Cell{Text: "FUTURE " + r.When.Start.Format("2006-01-02"), Role: theme.Warning}
	}
	return text(figure.WhenWhole(r.When))
}

func actCell(r *picture.Row, _ *screen.Frame) widget.Cell {
	c := text(figure.Act(r))
	switch {
	case r.Restricted:
		c.Role = theme.Restricted
	case r.Hazard:
		c.Role = theme.Hazard
	}
	return c
}

func standingCell(r *picture.Row, _ *screen.Frame) widget.Cell {
	c := text(figure.Standing(r))
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

func severityCell(r *picture.Row, _ *screen.Frame) widget.Cell {
	if r.Restricted {
		return text("")
	}
	return widget.Cell{Text: figure.Severity(r), Role: severityRole(r.Severity)}
}

func severityRole(s incident.Coded[incident.Severity]) theme.Role {
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

func titleCell(r *picture.Row, _ *screen.Frame) widget.Cell {
	if r.Restricted || r.Title.IsZero() {
		return text("")
	}
	return widget.Cell{Text: r.Title.OneLine().String(), Role: theme.Dim}
}

// grid is the columns laid out in a width.
type grid struct {
	columns []column
	table   *page.Table
}

func newGrid(f *screen.Frame, width int) grid {
	g := grid{columns: columnsFor(width)}
	heads := make([]widget.Column, len(g.columns))
	for i := range g.columns {
		heads[i] = g.columns[i].Column
	}
	g.table = page.NewTable(f.Palette, width, heads...)
	return g
}

// line is the row of one incident.
func (g *grid) line(f *screen.Frame, id picture.ID) page.Line {
	r, ok := f.View.Row(id)
	if !ok {
		return page.Line{Spans: []widget.Span{{Text: "no longer listed in this picture", Role: theme.Dim}}}
	}
	cells := make([]widget.Cell, len(g.columns))
	for i := range g.columns {
		if !g.table.Shows(i) {
			continue
		}
		cells[i] = g.columns[i].cell(&r, f)
		if (r.Cancelled || r.Withdrawn || r.Refuted) && cells[i].Role == theme.Text {
			cells[i].Role = theme.Dim
		}
	}
	mark := ""
	if figure.Urgent(&r) {
		mark = f.Palette.Glyph(theme.Attention)
	}
	return g.table.Row(mark, cells...)
}
