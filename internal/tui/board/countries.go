package board

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"vigil/internal/country"
	"vigil/internal/figure"
	"vigil/internal/health"
	"vigil/internal/lang"
	"vigil/internal/level"
	"vigil/internal/picture"
	"vigil/internal/theme"
	"vigil/internal/tui/page"
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
	codesBelow    = 60  // narrower tables show codes for names
	namesFrom     = 100 // wider tables have room for nearly every name
	nameCells     = 12
	longNameCells = 22
	windowCells   = 5
	nationalCells = 5
	foreignCells  = 4
	trendWeeks    = 8
)

// trendColumn is where the weeks stand, harmedColumn where the people harmed do.
const (
	trendColumn  = 7
	harmedColumn = 11
)

// columns are the columns of the table, with their English headings, and what why asks about there; for the name it is the estimate.
var columns = []struct {
	widget.Column
	figure screen.Figure
}{
	{widget.Column{Title: lang.Msg("COUNTRY"), Width: nameCells, Grow: 1}, screen.FigureEstimate},
	{widget.Column{Title: lang.Msg("LEVEL"), Width: 7}, screen.FigureLevel},
	{widget.Column{Title: lang.Msg("EST"), Width: 6}, screen.FigureEstimate},
	{widget.Column{Title: lang.Msg("24H"), Width: windowCells, Right: true, Drop: 1}, screen.FigureDay},
	{widget.Column{Title: lang.Msg("7D"), Width: windowCells, Right: true, Drop: 6}, screen.FigureWeek},
	{widget.Column{Title: lang.Msg("30D"), Width: windowCells, Right: true, Drop: 2}, screen.FigureMonth},
	{widget.Column{Title: lang.Msg("×OWN"), Width: 4, Right: true, Drop: 7}, screen.FigureTrend},
	{widget.Column{Title: lang.Msg("8 WEEKS"), Width: trendWeeks, Drop: 10}, screen.FigureTrend},
	{widget.Column{Title: lang.Msg("NAT"), Width: nationalCells, Right: true, Drop: 3}, screen.FigureStaff},
	{widget.Column{Title: lang.Msg("INT"), Width: foreignCells, Right: true, Drop: 4}, screen.FigureStaff},
	{widget.Column{Title: lang.Msg("AGE"), Width: 4, Right: true, Drop: 5}, screen.FigureStaff},
	{widget.Column{Title: lang.Msg("30D HARMED"), Width: 14, Drop: 9}, screen.FigureOutcomes},
	{widget.Column{Title: lang.Msg("HAZARDS"), Width: 12, Drop: 8}, screen.FigureHazards},
	{widget.Column{Title: lang.Msg("CANNOT SEE"), Width: 10, Grow: 2}, screen.FigureCoverage},
}

// teller makes the cells of one table: fitted to its columns, or whole for plain lines.
type teller struct {
	now     time.Time
	names   country.Naming
	palette *theme.Palette
	hand    figure.Hand
	moved   []level.Change
	widths  []int // of the columns; nil tells everything whole
}

// cells are a country's figures in the order of the columns.
func (t *teller) cells(c *picture.Country) []widget.Cell {
	age, old := t.hand.StaffAge(c, t.now)
	staffAge := widget.Cell{Text: age}
	if old {
		staffAge.Role = theme.Stale
	}
	return []widget.Cell{
		{Text: t.name(c)},
		t.level(c),
		{Text: t.hand.Estimate(c.Estimate), Role: theme.RiskRole(figure.Band(c.Estimate))},
		t.window(c.Day), t.window(c.Week), t.window(c.Month),
		t.own(c),
		t.weeks(c),
		t.staff(c, c.Staff.National, nationalCells),
		t.staff(c, c.Staff.International, foreignCells),
		staffAge,
		{Text: t.hand.Harmed(&c.Outcomes)},
		{Text: t.hand.Hazards(&c.Hazards), Role: theme.Hazard},
		t.cannot(c),
	}
}

func (t *teller) name(c *picture.Country) string {
	switch {
	case t.widths == nil:
		return t.hand.CountryName(t.names, c.Code, page.LinearWidth)
	case t.widths[0] < nameCells: // all of them: a short name among codes would be taken for one
		return c.Code.Alpha3()
	default:
		return t.hand.CountryName(t.names, c.Code, t.widths[0])
	}
}

func (t *teller) level(c *picture.Country) widget.Cell {
	cell := widget.Cell{Text: t.hand.Level(c) + t.hand.LevelMoved(t.moved, c.Code), Role: theme.LevelRole(c.Level.Max)}
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

func (t *teller) window(w picture.Window) widget.Cell {
	cell := widget.Cell{Text: t.hand.Window(w)}
	if t.widths != nil {
		cell.Text = t.hand.WindowIn(w, windowCells)
	}
	if !w.Known {
		cell.Role = theme.Unknown
	}
	return cell
}

func (t *teller) own(c *picture.Country) widget.Cell {
	cell := widget.Cell{Text: t.hand.Own(c.Trend)}
	switch {
	case !c.Trend.Known:
		cell.Role = theme.Unknown
	case c.Trend.Ratio >= surge:
		cell.Role = theme.Warning
	}
	return cell
}

// weeks is the trend at a glance; what no source can have told whole is hatched.
func (t *teller) weeks(c *picture.Country) widget.Cell {
	weeks := c.Weeks[len(c.Weeks)-trendWeeks:]
	periods := make([]widget.Period, len(weeks))
	said := make([]string, len(weeks))
	for i, w := range weeks {
		periods[i] = widget.Period{Value: float64(w.Sure), Incomplete: !w.Whole}
		said[len(said)-1-i] = t.hand.Counted(w.Sure, w.Whole)
	}
	words := t.hand.Sayf("by week from the newest: %s", strings.Join(said, t.hand.Say(" then ")))
	if !slices.ContainsFunc(said, func(s string) bool { return s != t.hand.Counted(0, false) }) {
		words = t.hand.Say("by week unknown")
	}
	return widget.Cell{Text: widget.Sparkline(t.palette, len(periods), periods), Said: words}
}

func (t *teller) staff(c *picture.Country, n, cells int) widget.Cell {
	switch whole := c.Staff.RecruitmentUnknown == 0; {
	case !c.HasStaff:
		return widget.Cell{Text: figure.Unknown, Role: theme.Unknown}
	case t.widths == nil:
		return widget.Cell{Text: t.hand.AtLeast(n, whole)}
	default:
		return widget.Cell{Text: t.hand.CountIn(n, whole, cells)}
	}
}

func (t *teller) cannot(c *picture.Country) widget.Cell {
	cell := widget.Cell{Text: t.hand.Cannot(c, t.now)}
	if t.widths != nil {
		cell.Text = t.hand.CannotIn(c, t.now, t.widths[len(columns)-1])
	}
	switch c.Coverage.State {
	case health.Blind:
		cell.Role = theme.Blind
	case health.Partial:
		cell.Role = theme.Partial
	case health.Reading:
		cell.Role = theme.Unknown
	case health.Covered, health.Recorded:
	}
	return cell
}

// surge is the rate against the country's own normal from which the figure is coloured.
const surge = 2

// countryTable is the table at a width: narrow terminals show codes for names.
func countryTable(f screen.Frame) widget.Table {
	t := widget.Table{Columns: make([]widget.Column, len(columns))}
	for i := range columns {
		t.Columns[i] = columns[i].Column
		t.Columns[i].Title = heading(i, f.Hand)
	}
	switch {
	case f.Width < codesBelow:
		t.Columns[0].Title, t.Columns[0].Width, t.Columns[0].Grow = f.Say("CC"), 4, 0
	case f.Width >= namesFrom:
		t.Columns[0].Width, t.Columns[0].Grow = longNameCells, 0
		lend(&t, f)
	}
	return t
}

// heading is what stands above a column.
func heading(i int, h figure.Hand) string {
	return strings.ReplaceAll(h.Say(columns[i].Title), figure.Unicode.Times, h.Times)
}

// countryRow is a line of the table. The selected figure is in reverse.
func (b *Board) countryRow(i int, t *teller) widget.Row {
	r := widget.Row{Cells: t.cells(b.rows[i])}
	if b.focus == countriesPane && i == b.countryCursor.Selected {
		r.Cells[b.column].Role = theme.Selected
		if b.column == trendColumn { // in reverse a low bar is a high one
			r.Cells[b.column].Text = digits(b.rows[i].Weeks[len(b.rows[i].Weeks)-trendWeeks:])
		}
	}
	return r
}

// countryLine is a country as one plain line, every figure whole and with its heading.
func (b *Board) countryLine(c *picture.Country, f screen.Frame, m figure.Hand) string {
	t := teller{now: f.Now, palette: f.Palette, names: f.View.CountryNames(), hand: m, moved: b.moved}
	cells := t.cells(c)
	parts := []string{cells[0].Text}
	for i := 1; i < len(columns); i++ {
		if cells[i].Said != "" { // a plot is nothing to paste
			parts = append(parts, cells[i].Said)
			continue
		}
		parts = append(parts, heading(i, m)+" "+strings.Join(strings.Fields(cells[i].Text), " "))
	}
	return strings.Join(parts, "  ")
}
