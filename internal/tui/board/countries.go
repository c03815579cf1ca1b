package board

import (
	"cmp"
	"slices"
	"strings"

	"vigil/internal/figure"
	"vigil/internal/health"
	"vigil/internal/level"
	"vigil/internal/picture"
	"vigil/internal/theme"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
)

// assumedLevel is what a country without official levels is sorted as: nobody has called it calm.
const assumedLevel = 4

// ordered are the countries of a view in the order that the package comment states.
func ordered(v picture.View) []*picture.Country {
	var rows []*picture.Country
	for c := range v.Countries() {
		rows = append(rows, c)
	}
	slices.SortStableFunc(rows, compare)
	return rows
}

func compare(a, b *picture.Country) int {
	if a.Home != b.Home {
		if a.Home {
			return -1
		}
		return 1
	}
	return cmp.Or(
		cmp.Compare(bandOrder(b), bandOrder(a)),
		cmp.Compare(levelOrder(b), levelOrder(a)),
		cmp.Compare(b.Month.Sure, a.Month.Sure),
		cmp.Compare(a.Code, b.Code),
	)
}

// bandOrder puts an unknown estimate between Medium and High.
func bandOrder(c *picture.Country) int {
	if !c.Estimate.Known {
		return 2*int(level.High) - 1
	}
	return 2 * int(c.Estimate.Worst.Band)
}

func levelOrder(c *picture.Country) int {
	if c.Levels == nil {
		return assumedLevel
	}
	return c.Level.Max
}

// The widths of columns whose figures are fitted to them.
const (
	nameCells   = 12
	windowCells = 5
	staffCells  = 5
)

// column is one column of the table: how it looks, what is in it, and what why asks about there.
type column struct {
	widget.Column
	figure screen.Figure
	cell   func(b *Board, c *picture.Country, f screen.Frame, m figure.Marks) widget.Cell
}

// figures are the columns. The first is the name; why asks there for the estimate.
var figures = []column{
	{widget.Column{Title: "COUNTRY", Width: nameCells, Grow: 1}, screen.FigureEstimate, nameCell},
	{widget.Column{Title: "LEVEL", Width: 7}, screen.FigureLevel, levelCell},
	{widget.Column{Title: "EST", Width: 6}, screen.FigureEstimate, estimateCell},
	{widget.Column{Title: "24H", Width: windowCells, Right: true, Drop: 1}, screen.FigureDay, dayCell},
	{widget.Column{Title: "7D", Width: windowCells, Right: true, Drop: 6}, screen.FigureWeek, weekCell},
	{widget.Column{Title: "30D", Width: windowCells, Right: true, Drop: 2}, screen.FigureMonth, monthCell},
	{widget.Column{Title: "×OWN", Width: 4, Right: true, Drop: 7}, screen.FigureTrend, ownCell},
	{widget.Column{Title: "NAT", Width: staffCells, Right: true, Drop: 3}, screen.FigureStaff, nationalCell},
	{widget.Column{Title: "INT", Width: staffCells - 1, Right: true, Drop: 4}, screen.FigureStaff, internationalCell},
	{widget.Column{Title: "AGE", Width: 4, Right: true, Drop: 5}, screen.FigureStaff, ageCell},
	{widget.Column{Title: "30D HARMED", Width: 14, Drop: 9}, screen.FigureOutcomes, harmedCell},
	{widget.Column{Title: "HAZARDS", Width: 12, Drop: 8}, screen.FigureHazards, hazardsCell},
	{widget.Column{Title: "CANNOT SEE", Width: 10, Grow: 2}, screen.FigureCoverage, cannotCell},
}

func nameCell(_ *Board, c *picture.Country, f screen.Frame, _ figure.Marks) widget.Cell {
	switch {
	case f.Width < 60:
		return widget.Cell{Text: c.Code.Alpha3()}
	case widget.Width(c.Name.String()) > nameCells:
		return widget.Cell{Text: c.Code.ShortName()}
	default:
		return widget.Cell{Text: c.Name.String()}
	}
}

func levelCell(b *Board, c *picture.Country, _ screen.Frame, m figure.Marks) widget.Cell {
	cell := widget.Cell{Text: figure.Level(m, c) + figure.LevelMoved(m, b.moved, c.Code), Role: theme.LevelRole(c.Level.Max)}
	switch {
	case c.Levels == nil:
		cell.Role = theme.Unknown
	case c.Level.Expired > 0:
		cell.Role = theme.Expired
	case c.Levels.Scheme.String() != level.UNSLS:
		cell.Role = theme.Text // the colours are those of the United Nations' levels
	}
	return cell
}

func estimateCell(_ *Board, c *picture.Country, _ screen.Frame, _ figure.Marks) widget.Cell {
	return widget.Cell{Text: figure.Estimate(c.Estimate), Role: theme.RiskRole(figure.Band(c.Estimate))}
}

func windowCell(w picture.Window) widget.Cell {
	cell := widget.Cell{Text: figure.WindowIn(w, windowCells)}
	if !w.Known {
		cell.Role = theme.Unknown
	}
	return cell
}

func dayCell(_ *Board, c *picture.Country, _ screen.Frame, _ figure.Marks) widget.Cell {
	return windowCell(c.Day)
}

func weekCell(_ *Board, c *picture.Country, _ screen.Frame, _ figure.Marks) widget.Cell {
	return windowCell(c.Week)
}

func monthCell(_ *Board, c *picture.Country, _ screen.Frame, _ figure.Marks) widget.Cell {
	return windowCell(c.Month)
}

func ownCell(_ *Board, c *picture.Country, _ screen.Frame, _ figure.Marks) widget.Cell {
	cell := widget.Cell{Text: figure.Own(c.Trend)}
	switch {
	case !c.Trend.Known:
		cell.Role = theme.Unknown
	case c.Trend.Ratio >= surge:
		cell.Role = theme.Warning
	}
	return cell
}

// surge is the rate against the country's own normal from which the figure is coloured.
const surge = 2

func nationalCell(_ *Board, c *picture.Country, _ screen.Frame, _ figure.Marks) widget.Cell {
	return staffCell(c, c.Staff.National, staffCells)
}

func internationalCell(_ *Board, c *picture.Country, _ screen.Frame, _ figure.Marks) widget.Cell {
	return staffCell(c, c.Staff.International, staffCells-1)
}

func staffCell(c *picture.Country, n, cells int) widget.Cell {
	if !c.HasStaff {
		return widget.Cell{Text: figure.Unknown, Role: theme.Unknown}
	}
	return widget.Cell{Text: figure.CountIn(n, c.Staff.RecruitmentUnknown == 0, cells)}
}

func ageCell(_ *Board, c *picture.Country, f screen.Frame, _ figure.Marks) widget.Cell {
	age, old := figure.StaffAge(c, f.Now)
	if old {
		return widget.Cell{Text: age, Role: theme.Stale}
	}
	return widget.Cell{Text: age}
}

func harmedCell(_ *Board, c *picture.Country, _ screen.Frame, _ figure.Marks) widget.Cell {
	return widget.Cell{Text: figure.Harmed(&c.Outcomes)}
}

func hazardsCell(_ *Board, c *picture.Country, _ screen.Frame, _ figure.Marks) widget.Cell {
	return widget.Cell{Text: figure.Hazards(&c.Hazards), Role: theme.Hazard}
}

func cannotCell(_ *Board, c *picture.Country, f screen.Frame, _ figure.Marks) widget.Cell {
	cell := widget.Cell{Text: figure.Cannot(c, f.Now)}
	switch c.Coverage.State {
	case health.Blind:
		cell.Role = theme.Blind
	case health.Partial:
		cell.Role = theme.Partial
	case health.Covered, health.Recorded:
	}
	return cell
}

// countryTable is the table at a width: narrow terminals show codes for names.
func countryTable(f screen.Frame) widget.Table {
	t := widget.Table{}
	for _, c := range figures {
		t.Columns = append(t.Columns, c.Column)
	}
	if f.Width < 60 {
		t.Columns[0].Width = 4
	}
	if f.Palette.ASCII {
		for i := range t.Columns {
			t.Columns[i].Title = strings.ReplaceAll(t.Columns[i].Title, figure.Unicode.Times, figure.ASCII.Times)
		}
	}
	return t
}

func (b *Board) countryRow(i int, f screen.Frame) widget.Row {
	m := figure.MarksFor(f.Palette.ASCII)
	c := b.rows[i]
	r := widget.Row{Cells: make([]widget.Cell, len(figures))}
	for n, col := range figures {
		r.Cells[n] = col.cell(b, c, f, m)
	}
	if b.focus == countriesPane && i == b.countryCursor.Selected {
		r.Cells[b.column].Role = theme.Selected
	}
	return r
}

// countryLine is a country as one plain line, every figure with its heading.
func (b *Board) countryLine(c *picture.Country, f screen.Frame, m figure.Marks) string {
	parts := []string{c.Name.String()}
	for _, col := range figures[1:] {
		parts = append(parts, col.Title+" "+strings.Join(strings.Fields(b.whole(col, c, f, m)), " "))
	}
	return strings.Join(parts, "  ")
}

// whole is a figure at its full length, where the table had to fit it.
func (b *Board) whole(col column, c *picture.Country, f screen.Frame, m figure.Marks) string {
	switch col.Title {
	case "24H":
		return figure.Window(c.Day)
	case "7D":
		return figure.Window(c.Week)
	case "30D":
		return figure.Window(c.Month)
	case "NAT":
		return figure.National(c)
	case "INT":
		return figure.International(c)
	default:
		return col.cell(b, c, f, m).Text
	}
}
