package board

import (
	"slices"

	"vigil/internal/figure"
	"vigil/internal/lang"
	"vigil/internal/theme"
	"vigil/internal/tui/page"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
	"vigil/internal/tui/worldmap"
)

// detailFrom is the width from which the selected country's detail stands beside the table, and tableWidth
// what the table then keeps.
const (
	detailFrom = 110
	tableWidth = 82
)

// sizes are the rows of each pane, without its rule or headings.
type sizes struct{ needs, due, countries, events int }

// share deals the lines of the body out. A pane that has nothing to say has no line at all; the countries' headings
// and the events' rule always stand.
func share(height, needs, due, countries, events int) sizes {
	rows := height - 2 // the countries' headings, the events' rule
	if needs > 0 {
		rows--
	}
	if due > 0 {
		rows--
	}
	rows = max(0, rows)
	var s sizes
	s.needs = min(needs, max(1, rows/4))
	s.due = min(due, max(1, rows/6))
	rows = max(0, rows-s.needs-s.due)
	s.countries = min(countries, max(1, (rows+1)/2))
	s.events = min(events, rows-s.countries)
	left := rows - s.countries - s.events
	grow := func(size *int, want int) {
		more := min(left, want-*size)
		*size += more
		left -= more
	}
	grow(&s.countries, countries)
	grow(&s.needs, needs)
	grow(&s.due, due)
	s.events += left // what nobody needs stays empty below the events
	return s
}

// Lines draws the board.
func (b *Board) Lines(f screen.Frame) []string {
	if f.View.IsZero() {
		return widget.Blank(f.Width, f.Height) // the root says that there is no picture yet
	}
	happened := len(b.events.list)
	if b.events.filter != "" {
		happened = f.Height // the panes stay where they are while somebody types
	}
	near, beside := b.nearLine(f)
	needs := len(b.needs)
	if near >= 0 {
		needs++
	}
	events := max(happened, len(said(f, b.events.nothing(f)...)))
	countries := max(len(b.rows), b.detailRows(f))
	if len(b.rows) == 0 {
		countries = len(said(f, noCountryOf(f)...))
	}
	b.sizes = share(f.Height, needs, len(b.due), max(countries, len(b.rows)+mapLines(f)), events)
	if b.mapped(f) == 0 {
		b.sizes = share(f.Height, needs, len(b.due), countries, events)
	}
	if near >= 0 && b.sizes.needs < nearFrom {
		near, b.sizes.needs = -1, min(b.sizes.needs, len(b.needs))
	} else if near >= 0 {
		b.sizes.needs--
	}
	lines := make([]string, 0, f.Height)
	if len(b.needs) > 0 {
		lines = append(lines, b.rule(f, needsPane, " "+f.Say("NEEDS YOU"), b.needsTitle(f)))
		lines = append(lines, b.drawNeeds(f, near, beside)...)
	}
	if len(b.due) > 0 {
		lines = append(lines, b.rule(f, duePane, " "+f.Say("DUE"), b.dueTitle(f, b.sizes.due)))
		lines = append(lines, b.drawDue(f)...)
	}
	lines = append(lines, b.drawCountries(f)...)
	lines = append(lines, b.rule(f, eventsPane, " "+f.Say("EVENTS"), b.events.title(f)))
	lines = append(lines, b.drawEvents(f)...)
	return widget.Height(lines, f.Width, f.Height)
}

func (b *Board) rule(f screen.Frame, p pane, title, right string) string {
	role := theme.Title
	if b.focus == p {
		role = theme.Focus
	}
	return widget.Rule(f.Palette, f.Width, widget.Span{Text: title, Role: role}, widget.Span{Text: right, Role: theme.Label})
}

// needsTitle is how it stands with the alarms, where there are any; and how many lines cannot be seen, or how many there are.
func (b *Board) needsTitle(f screen.Frame) string {
	hidden := len(b.needs) - b.sizes.needs
	switch {
	case b.summary != "" && hidden > 0:
		return b.summary + " " + f.Palette.Glyph(theme.Bullet) + " " + f.Palette.Glyph(theme.Down) + f.Number(hidden)
	case b.summary != "":
		return b.summary
	case hidden > 0:
		return f.Sayf(lang.Heading("%s, %s shown"), f.Number(len(b.needs)), f.Number(b.sizes.needs))
	}
	return f.Number(len(b.needs))
}

// drawPane draws the rows of a pane from the cursor's offset on. Only the pane that has the keys shows a pointer:
// with two, a terminal without reverse would not tell which one they move.
func drawPane(t *widget.Table, f screen.Frame, height int, c *widget.Cursor, focused bool, total int, row func(int) widget.Row) []string {
	rows := height
	if !t.NoHeader {
		rows--
	}
	c.Clamp(total, rows)
	made := row
	row = func(i int) widget.Row { return isolated(f, made(i)) }
	if focused {
		return t.Render(f.Palette, f.Width, height, c, total, row)
	}
	first := c.Offset
	return t.Render(f.Palette, f.Width, height, nil, max(0, total-first), func(i int) widget.Row { return row(first + i) })
}

// isolated is the row made ready for the terminal: text from right to left must not turn round what stands beside it.
func isolated(f screen.Frame, r widget.Row) widget.Row {
	for i := range r.Cells {
		r.Cells[i].Text = page.Safe(f.Palette, r.Cells[i].Text)
	}
	r.Span = page.Safe(f.Palette, r.Span)
	return r
}

// nearFrom is from how many lines of NEEDS YOU on one of them says who is near.
const nearFrom = 3

// nearLine is who is near what an alarm is about, and the line of which alarm: the one that the cursor is on, else the first of which there
// is anything to say among those that can be seen; −1 where there is none.
func (b *Board) nearLine(f screen.Frame) (at int, words string) {
	if b.focus == needsPane {
		if at = b.needCursor.Selected; at < len(b.needs) {
			if words = b.nearOf(f, &b.needs[at]); words != "" {
				return at, words
			}
		}
		return -1, ""
	}
	for at = range min(len(b.needs), nearFrom) {
		if words = b.nearOf(f, &b.needs[at]); words != "" {
			return at, words
		}
	}
	return -1, ""
}

// nearOf is who is near what the alarm of a line is about, while somebody has to see to that; empty where there is nothing to say.
func (b *Board) nearOf(f screen.Frame, n *need) string {
	if n.group != nil || len(n.alarms) != 1 || n.rank != rankAlarm && b.focus != needsPane {
		return ""
	}
	a := n.alarms[0]
	words, known := b.near[a.ID]
	if !known {
		if near, ok := figure.AlarmNear(f.View, a); ok {
			words = near.Words(f.Now, f.Hand, false)
		}
		b.near[a.ID] = words
	}
	return words
}

// nearIndent is where the line begins that says who is near.
const nearIndent = "     "

// drawNeeds draws the pane; under the line at near stands who is near, −1 for none.
func (b *Board) drawNeeds(f screen.Frame, near int, beside string) []string {
	lines := drawPane(needTable(b.needCells(f), f), f, b.sizes.needs, &b.needCursor, b.focus == needsPane, len(b.needs), func(i int) widget.Row {
		r := b.needs[i].row()
		if b.focus == needsPane && i == b.needCursor.Selected {
			r.Cells[0].Role = theme.Selected
		}
		return r
	})
	b.nearRow = -1
	if near < 0 {
		return lines
	}
	line := widget.Line(f.Palette, f.Width, widget.Span{Text: widget.FitWords(nearIndent+page.Safe(f.Palette, beside), f.Width, f.Palette.Glyph(theme.Ellipsis)), Role: theme.Text})
	b.nearRow = near - b.needCursor.Offset + 1
	if b.nearRow < 0 || b.nearRow > len(lines) {
		b.nearRow = len(lines)
	}
	return slices.Insert(lines, b.nearRow, line)
}

func (b *Board) drawCountries(f screen.Frame) []string {
	height := b.sizes.countries + 1
	table, beside := split(f)
	if len(b.rows) == 0 {
		lines := []string{widget.Line(f.Palette, f.Width, widget.Span{Text: " " + f.Say("COUNTRY"), Role: theme.Label})}
		return widget.Height(append(lines, said(f, noCountryOf(f)...)...), f.Width, height)
	}
	t := countryTable(table)
	tell := teller{now: f.Now, palette: f.Palette, names: f.View.CountryNames(), hand: f.Hand, moved: b.moved, widths: t.Layout(table.Width)}
	mapped := b.mapped(f)
	rows := height
	if mapped > 0 {
		rows = len(b.rows) + 1
	}
	lines := drawPane(&t, table, rows, &b.countryCursor, b.focus == countriesPane, len(b.rows), func(i int) widget.Row { return b.countryRow(i, &tell) })
	if beside.Width == 0 {
		return lines
	}
	if mapped > 0 {
		below := table
		below.Height = mapped
		lines = append(lines, b.chart.Lines(below, b.detail)...)
	}
	return widget.Beside(gap, []int{table.Width, beside.Width}, lines, b.drawDetail(beside, height))
}

// mapLines is how many lines the map below the table would like: none on terminals without a detail, more where there is much room.
func mapLines(f screen.Frame) int {
	const tall, much, some = 52, 15, 8
	switch {
	case f.Width < detailFrom:
		return 0
	case f.Height >= tall:
		return much
	default:
		return some
	}
}

// mapped is how many lines the map has: of those that the table leaves beside the detail, where they are enough for one. It does not grow with
// the detail, which is another for each country.
func (b *Board) mapped(f screen.Frame) int {
	if left := b.sizes.countries - len(b.rows); mapLines(f) > 0 && len(b.rows) > 0 && left >= worldmap.Least {
		return min(left, mapLines(f))
	}
	return 0
}

// noCountryOf stands where the table has no row: that there is none, how others come, and how many countries somebody advises about.
func noCountryOf(f screen.Frame) []string {
	all := []string{
		f.Say(`No country: name the home countries in vigil.toml, countries = ["MLI"].`),
		f.Say("Others appear when a feed, a level or presence speaks of them."),
	}
	if n := f.View.AdvisedElsewhere(); n > 0 {
		all = append(all, f.Sayf("Advisories are here of %s.", f.Number(n)))
	}
	return all
}

// said is what an empty pane says, sentence by sentence, in as many lines as it takes.
func said(f screen.Frame, sentences ...string) []string {
	var lines []string
	for _, s := range sentences {
		for _, text := range widget.Wrap(s, max(1, f.Width-2)) {
			lines = append(lines, widget.Line(f.Palette, f.Width, widget.Span{Text: " " + text, Role: theme.Warning}))
		}
	}
	return lines
}

// gap is the cells between the table and the detail.
const gap = 2

// split deals the width out between the countries' table and the detail, which has none on narrow terminals.
func split(f screen.Frame) (table, beside screen.Frame) {
	table, beside = f, f
	beside.Width = 0
	if f.Width >= detailFrom {
		table.Width = max(tableWidth, f.Width*13/20)
		beside.Width = f.Width - table.Width - gap
	}
	return table, beside
}

func (b *Board) drawEvents(f screen.Frame) []string {
	if len(b.events.list) == 0 {
		return widget.Height(said(f, b.events.nothing(f)...), f.Width, b.sizes.events)
	}
	table := eventTableIn(f)
	cells := table.Layout(f.Width)
	return drawPane(&table, f, b.sizes.events, &b.events.cursor, b.focus == eventsPane, len(b.events.list), func(i int) widget.Row { return b.eventRow(i, cells, f) })
}
