package page

import (
	"strconv"
	"strings"

	"vigil/internal/lang"
	"vigil/internal/theme"
	"vigil/internal/tui/aloud"
	"vigil/internal/tui/widget"
)

// Writer makes the lines of a section for one palette and width.
type Writer struct {
	Palette *theme.Palette
	Width   int // of the column, the cell of the mark included
	Label   int // cells for the names of fields
	Lines   []Line
}

// NewWriter makes a Writer whose fields' names take label cells.
func NewWriter(p *theme.Palette, width, label int) *Writer {
	return &Writer{Palette: p, Width: width, Label: label}
}

// Add appends a line of spans, and returns it to be given a key or a target. The pointer holds until the next
// line is added.
func (w *Writer) Add(spans ...widget.Span) *Line {
	w.Lines = append(w.Lines, Line{Spans: spans})
	return &w.Lines[len(w.Lines)-1]
}

// Say appends text, wrapped, behind indent blanks.
func (w *Writer) Say(role theme.Role, indent int, text string) {
	for _, s := range widget.Wrap(Safe(w.Palette, text), max(1, w.Width-1-indent)) {
		w.Add(widget.Span{Text: strings.Repeat(" ", indent) + s, Role: role})
	}
}

// SayBlock is Say for a text of several lines.
func (w *Writer) SayBlock(role theme.Role, indent int, text string) {
	for s := range strings.SplitSeq(text, "\n") {
		w.Say(role, indent, s)
	}
}

// Field appends a name with its value, wrapped under itself, and returns its first line.
func (w *Writer) Field(name, value string, role theme.Role) *Line {
	first, called := len(w.Lines), name
	label := min(w.Label, max(0, w.Width/2))
	for i, s := range widget.Wrap(Safe(w.Palette, value), max(1, w.Width-2-label)) {
		if i > 0 {
			name = ""
		}
		w.Add(
			widget.Span{Text: widget.Fit(Safe(w.Palette, name), label, w.Palette.Glyph(theme.Ellipsis)) + " ", Role: theme.Label},
			widget.Span{Text: s, Role: role},
		)
	}
	if w.Width >= LinearWidth/2 {
		called, value = Safe(w.Palette, called), Safe(w.Palette, value)
		w.Lines[first].words = func(l *lang.Language) string { return aloud.Field(l, called, value) }
		w.Lines = w.Lines[:first+1]
	}
	return &w.Lines[first]
}

// Address is Field for an address of the web, which is a link where the terminal takes such.
func (w *Writer) Address(name, address string, role theme.Role) *Line {
	first := len(w.Lines)
	l := w.Field(name, address, role)
	for i := first; i < len(w.Lines); i++ {
		w.Lines[i].Link = address
	}
	l.Copy = address
	return l
}

// Blank appends an empty line.
func (w *Writer) Blank() { w.Lines = append(w.Lines, Line{}) }

// Table lays rows of a page out in columns.
type Table struct {
	Palette *theme.Palette
	Width   int
	columns []widget.Column
	widths  []int
}

// NewTable makes a table for a column of the page. What each column is, and which gives way first, is as
// in [widget.Table].
func NewTable(p *theme.Palette, width int, columns ...widget.Column) *Table {
	t := widget.Table{Columns: columns}
	return &Table{Palette: p, Width: width, columns: columns, widths: t.Layout(width)}
}

// Shows reports whether column i has room.
func (t *Table) Shows(i int) bool { return t.widths[i] >= 0 }

// Cells is the width of column i; −1 when it has no room.
func (t *Table) Cells(i int) int { return t.widths[i] }

// Head is the line of headings.
func (t *Table) Head() Line {
	var titles []string
	for i, c := range t.columns {
		if t.widths[i] >= 0 {
			titles = append(titles, t.fit(t.widths[i], &c, widget.Truncate(Safe(t.Palette, c.Title), t.widths[i], t.Palette.Glyph(theme.Ellipsis))))
		}
	}
	return Line{Spans: []widget.Span{{Text: strings.Join(titles, " "), Role: theme.Label}}, Still: true, heading: true}
}

// Row is one line of cells.
func (t *Table) Row(mark string, cells ...widget.Cell) Line {
	l := Line{Mark: mark}
	plain := t.Width >= LinearWidth/2
	var said []func(l *lang.Language) string
	for i := 0; i < min(len(cells), len(t.widths)); i++ {
		c, width, column := &cells[i], t.widths[i], t.columns[i]
		if plain {
			said = append(said, t.said(i, c))
		}
		if c.Over > 0 {
			width, column.Right = widget.Reach(t.widths, 1, i, c.Over), false
			i += c.Over
		}
		if width < 0 {
			continue
		}
		if len(l.Spans) > 0 {
			l.Spans = append(l.Spans, widget.Span{Text: " "})
		}
		l.Spans = append(l.Spans, widget.Span{Text: t.fit(width, &column, Safe(t.Palette, c.Text)), Role: c.Role})
	}
	if plain {
		l.words = func(in *lang.Language) string {
			words := make([]string, len(said))
			for i, cell := range said {
				words[i] = cell(in)
			}
			return aloud.Row(words...)
		}
	}
	return l
}

// said is a cell in words. What takes the place of several columns says by itself what it is.
func (t *Table) said(i int, c *widget.Cell) func(l *lang.Language) string {
	text := Safe(t.Palette, c.Text)
	switch {
	case c.Silent:
		return func(*lang.Language) string { return "" }
	case c.Said != "":
		text = Safe(t.Palette, c.Said)
		return func(*lang.Language) string { return text }
	case c.Over > 0:
		return func(l *lang.Language) string { return aloud.Line(l, text) }
	}
	return func(l *lang.Language) string { return aloud.Cell(l, t.columns[i].Title, text) }
}

func (t *Table) fit(width int, c *widget.Column, s string) string {
	switch {
	case c.Right:
		return widget.PadLeft(s, width, t.Palette.Glyph(theme.Ellipsis))
	case c.Words:
		return widget.FitWords(s, width, t.Palette.Glyph(theme.Ellipsis))
	}
	return widget.Fit(s, width, t.Palette.Glyph(theme.Ellipsis))
}

// Split divides width into n columns of about the same width, with [Gap] between them.
func Split(width, n int) []int {
	widths := make([]int, n)
	left := width - Gap*(n-1)
	for i := range widths {
		widths[i] = left / (n - i)
		left -= widths[i]
	}
	return widths
}

// more puts before the note of a rule how many lines are out of sight.
func more(p *theme.Palette, note string, above, below int) string {
	hidden := ""
	if above > 0 {
		hidden += p.Glyph(theme.Up) + strconv.Itoa(above)
	}
	if below > 0 {
		if hidden != "" {
			hidden += " "
		}
		hidden += p.Glyph(theme.Down) + strconv.Itoa(below)
	}
	if hidden == "" || note == "" {
		return note + hidden
	}
	return hidden + " " + p.Glyph(theme.Bullet) + " " + note
}
