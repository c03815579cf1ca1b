package board

import (
	"strings"

	"vigil/internal/picture"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
)

// lend gives what no name needs of its column to the harmed, as far as their words need it: the last of them, cut away, would be people whom
// nobody sees. No other column is moved by that beyond these two.
func lend(t *widget.Table, f screen.Frame) {
	if f.View.IsZero() || t.Layout(f.Width)[harmedColumn] < 0 {
		return
	}
	names, harmed := nameCells, 0
	for c := range f.View.Countries() {
		names = max(names, widget.Width(f.CountryName(f.View.CountryNames(), c.Code, longNameCells)))
		harmed = max(harmed, widget.Width(f.Harmed(&c.Outcomes)))
	}
	cells := max(0, min(harmed-t.Columns[harmedColumn].Width, longNameCells-names))
	t.Columns[0].Width -= cells
	t.Columns[harmedColumn].Width += cells
}

// digits are the weeks in figures, one a cell: + is ten or more, ? one of which nobody has told the whole.
func digits(weeks []picture.Tally) string {
	var text strings.Builder
	for _, w := range weeks {
		switch {
		case !w.Whole:
			text.WriteByte('?')
		case w.Sure > 9:
			text.WriteByte('+')
		default:
			text.WriteByte(byte('0' + w.Sure))
		}
	}
	return text.String()
}
