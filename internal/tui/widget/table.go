package widget

import (
	"strings"

	"vigil/internal/theme"
)

// Column describes one column of a [Table].
type Column struct {
	Title string
	Width int  // cells it needs
	Grow  int  // share of the cells that are left over; 0 keeps it at Width
	Right bool // numbers: aligned right, and never cut into another number
	Words bool // sentences: cut between two words
	// Drop orders the columns that give way where the table is too wide: the
	// highest goes first, 0 only when nothing else is left to give way.
	Drop int
}

// Cell is one value with its role.
type Cell struct {
	Text string
	Said string // in plain lines, in place of heading and text; empty is those
	Role theme.Role
	// Silent says nothing in plain lines: what is in many rows and adds nothing to the others there, such as a count of none.
	Silent bool
	// Over is how many of the columns after its own the cell takes as well, whose cells are then not drawn.
	Over int
}

// Row is one line of a table.
type Row struct {
	// Mark stands in the first cell of the line, such as "!": it must be one
	// cell wide. When the row is selected it stands behind the pointer, which without colours and
	// attributes is all that says so, and the first cell that ends or begins with a blank gives that up.
	Mark  string
	Cells []Cell // one for each column, in their order; missing ones are empty
	// Span stands across all columns in place of the cells, where it is not empty.
	Span string
	Role theme.Role
}

// Cursor is which row is selected and which is drawn first. Keeping the cursor
// on the same thing when rows come and go is the caller's: set Selected to where
// that thing is now, then [Cursor.Clamp].
type Cursor struct{ Selected, Offset int }

// Move moves the selection by delta rows of total, of which height are shown.
func (c *Cursor) Move(delta, total, height int) {
	c.Selected += delta
	c.Clamp(total, height)
}

// Clamp brings the cursor back into total rows and scrolls by as little as
// shows the selected row.
func (c *Cursor) Clamp(total, height int) {
	height = max(height, 1)
	c.Selected = max(0, min(c.Selected, total-1))
	c.Offset = max(c.Offset, c.Selected-height+1)
	c.Offset = max(0, min(c.Offset, c.Selected, total-height))
}

// Table draws rows under headings. Column 0 of the terminal is the mark's.
type Table struct {
	Columns []Column
	Gap     int  // cells between columns; 0 means 1
	Focused bool // the selected row is shown in the style Selected; otherwise only the pointer shows it
	// NoHeader leaves the headings out.
	NoHeader bool
}

// Render draws the table in exactly height lines of width cells. It asks row
// only for what is visible. total is the number of rows; cursor may be nil for
// a table without a selection.
func (t *Table) Render(p *theme.Palette, width, height int, cursor *Cursor, total int, row func(i int) Row) []string {
	lines := make([]string, 0, max(height, 0))
	widths := t.Layout(width)
	if !t.NoHeader && height > 0 {
		lines = append(lines, t.header(p, width, widths))
	}
	first, selected := 0, -1
	if cursor != nil {
		cursor.Clamp(total, height-len(lines))
		first, selected = cursor.Offset, cursor.Selected
	}
	for i := first; i < total && len(lines) < height; i++ {
		lines = append(lines, t.row(p, width, widths, row(i), i == selected))
	}
	return Height(lines, width, height)
}

// Layout is the width of each column in a table that is width cells wide; a
// column that had to give way has -1.
func (t *Table) Layout(width int) []int {
	widths := make([]int, len(t.Columns))
	used := 1 // the mark
	for i, c := range t.Columns {
		widths[i] = max(c.Width, 0)
		used += widths[i] + t.gap()
	}
	used -= t.gap()
	for used > width {
		worst := -1
		for i, c := range t.Columns {
			if widths[i] >= 0 && c.Drop > 0 && (worst < 0 || c.Drop > t.Columns[worst].Drop) {
				worst = i
			}
		}
		if worst < 0 {
			break
		}
		used -= widths[worst] + t.gap()
		widths[worst] = -1
	}
	t.grow(widths, width-used)
	t.clip(widths, width)
	return widths
}

// At is the column that stands at cell x of a row that is width cells wide: the nearest to its left, and the first where there is
// none.
func (t *Table) At(x, width int) int {
	at, from := 0, 1 // the mark
	for i, w := range t.Layout(width) {
		if w < 0 {
			continue
		}
		if x >= from {
			at = i
		}
		from += w + t.gap()
	}
	return at
}

// clip ends the table where the terminal ends. A column of numbers that would be
// cut there is left out: the digits that remain would be another number.
func (t *Table) clip(widths []int, width int) {
	left := width - 1
	for i, c := range t.Columns {
		switch {
		case widths[i] < 0:
			continue
		case left <= 0, c.Right && widths[i] > left:
			widths[i] = -1
			continue
		case widths[i] > left:
			widths[i] = left
		}
		left -= widths[i] + t.gap()
	}
}

// grow hands out what is left, or takes away what is missing, among the columns
// that can grow; a column keeps at least one cell.
func (t *Table) grow(widths []int, left int) {
	shares := 0
	for i, c := range t.Columns {
		if widths[i] >= 0 {
			shares += c.Grow
		}
	}
	for i, c := range t.Columns {
		if widths[i] < 0 || c.Grow == 0 {
			continue
		}
		part := left * c.Grow / shares
		part = max(part, 1-widths[i])
		widths[i] += part
		left -= part
		shares -= c.Grow
	}
}

// Reach is how many cells the columns from i to i+over have together, with the gaps between those that are shown; -1 when
// none is.
func Reach(widths []int, gap, i, over int) int {
	total := -1
	for _, w := range widths[i:min(i+over+1, len(widths))] {
		switch {
		case w < 0:
		case total < 0:
			total = w
		default:
			total += gap + w
		}
	}
	return total
}

func (t *Table) gap() int {
	if t.Gap == 0 {
		return 1
	}
	return t.Gap
}

func (t *Table) header(p *theme.Palette, width int, widths []int) string {
	var b strings.Builder
	b.WriteByte(' ')
	for i, c := range t.Columns {
		if widths[i] < 0 {
			continue
		}
		b.WriteString(align(p, c, c.Title, widths[i], true))
		b.WriteString(spaces(t.gap()))
	}
	return p.Paint(theme.Label, Fit(b.String(), width, ""))
}

// row paints a selected row in one style: with the cells' own colours on top,
// some of them would be unreadable on the selection's background. What the
// colours say, the row's text says as well.
func (t *Table) row(p *theme.Palette, width int, widths []int, r Row, selected bool) string {
	lead, shift := Fit(r.Mark, 1, ""), 0
	if selected && lead == " " {
		lead = p.Glyph(theme.Pointer)
	} else if selected {
		lead, shift = p.Glyph(theme.Pointer)+lead, 1
	}
	selected = selected && t.Focused
	base := p.Style(r.Role)
	if selected {
		base = p.Style(theme.Selected)
	}
	line := painter{left: max(width, 0), base: base}
	line.put(lead, 1+shift, base)
	if r.Span != "" {
		line.put(Fit(r.Span, line.left, p.Glyph(theme.Ellipsis)), line.left, base)
		line.flush()
		return line.b.String()
	}
	for i := 0; i < len(t.Columns); i++ {
		cell := Cell{Role: r.Role}
		if i < len(r.Cells) {
			cell = r.Cells[i]
		}
		column, width := t.Columns[i], widths[i]
		if cell.Over > 0 {
			column.Right, width = false, Reach(widths, t.gap(), i, cell.Over)
			i += cell.Over
		}
		if width < 0 {
			continue
		}
		style := base
		if cell.Role != theme.Text && !selected {
			style = p.Style(cell.Role)
		}
		text := align(p, column, cell.Text, width, false)
		if shift > 0 {
			text, shift = giveUp(text, shift)
			width = Width(text)
		}
		line.put(text, width, style)
		line.put(spaces(t.gap()), t.gap(), base)
	}
	line.put(spaces(line.left), line.left, base)
	line.flush()
	return line.b.String()
}

// giveUp is a cell without one blank at its end, or else at its start, and how many cells are still wanted then.
func giveUp(text string, wanted int) (string, int) {
	for _, without := range []string{strings.TrimSuffix(text, " "), strings.TrimPrefix(text, " ")} {
		if without != text {
			return without, wanted - 1
		}
	}
	return text, wanted
}

func align(p *theme.Palette, c Column, text string, width int, heading bool) string {
	switch {
	case c.Words && !heading:
		return FitWords(text, width, p.Glyph(theme.Ellipsis))
	case !c.Right:
		return Fit(text, width, p.Glyph(theme.Ellipsis))
	case heading:
		return PadLeft(Truncate(text, width, p.Glyph(theme.Ellipsis)), width, "")
	}
	return PadLeft(text, width, p.Glyph(theme.Ellipsis))
}

// painter joins neighbours of the same style into one painted run and never
// exceeds the width it was given.
type painter struct {
	b    strings.Builder
	run  strings.Builder
	open theme.Style
	base theme.Style
	left int
}

// put adds text, which is width cells wide.
func (l *painter) put(text string, width int, style theme.Style) {
	if width > l.left {
		text, width = Fit(text, l.left, ""), l.left
	}
	if width == 0 {
		return
	}
	if style != l.open {
		l.flush()
		l.open = style
	}
	l.run.WriteString(text)
	l.left -= width
}

func (l *painter) flush() {
	l.b.WriteString(l.open.Render(l.run.String()))
	l.run.Reset()
}
