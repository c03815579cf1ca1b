package plain

import (
	"strings"

	"vigil/internal/tui/widget"
)

// column is one column of a printed table. Its width is that of what stands in it.
type column struct {
	title string
	right bool // numbers: never cut into another number
	least int  // a text may be cut to so many cells; 0 is never
	drop  int  // the highest goes first where the table is too wide; 0 never goes
}

const gap = 1

// table lays rows out in at most room cells and tells the titles of the columns that had to go.
func table(l Layout, room int, columns []column, rows [][]string) (lines, gone []string) {
	widths := make([]int, len(columns))
	for i := range columns {
		widths[i] = widget.Width(columns[i].title)
		for _, r := range rows {
			widths[i] = max(widths[i], widget.Width(r[i]))
		}
	}
	shown := make([]bool, len(columns))
	for i := range shown {
		shown[i] = true
	}
	for fit(columns, widths, shown, room) > 0 {
		last := -1
		for i := range columns {
			if shown[i] && columns[i].drop > 0 && (last < 0 || columns[i].drop > columns[last].drop) {
				last = i
			}
		}
		if last < 0 {
			break
		}
		shown[last] = false
	}
	for i := range columns {
		if !shown[i] {
			gone = append(gone, columns[i].title)
		}
	}
	heads := make([]string, len(columns))
	for i := range columns {
		heads[i] = columns[i].title
	}
	lines = append(lines, row(l, columns, widths, shown, heads))
	for _, r := range rows {
		lines = append(lines, row(l, columns, widths, shown, r))
	}
	return lines, gone
}

// fit cuts the columns that may be cut, the longest first, and returns how many cells are still too many.
func fit(columns []column, widths []int, shown []bool, room int) int {
	over := -gap - room
	for i := range columns {
		if shown[i] {
			over += widths[i] + gap
		}
	}
	spare := 0
	for i := range columns {
		if shown[i] && columns[i].least > 0 {
			spare += max(0, widths[i]-columns[i].least)
		}
	}
	if spare < over {
		return over - spare // cutting would not do: a column must go first
	}
	for ; over > 0; over-- {
		longest := -1
		for i := range columns {
			if shown[i] && columns[i].least > 0 && widths[i] > columns[i].least && (longest < 0 || widths[i] > widths[longest]) {
				longest = i
			}
		}
		widths[longest]--
	}
	return 0
}

func row(l Layout, columns []column, widths []int, shown []bool, cells []string) string {
	var b strings.Builder
	for i := range columns {
		if !shown[i] {
			continue
		}
		if b.Len() > 0 {
			b.WriteString(strings.Repeat(" ", gap))
		}
		if columns[i].right {
			b.WriteString(widget.PadLeft(cells[i], widths[i], l.ellipsis()))
		} else {
			b.WriteString(widget.Fit(cells[i], widths[i], l.ellipsis()))
		}
	}
	return strings.TrimRight(b.String(), " ")
}

func (l Layout) ellipsis() string {
	if l.ASCII {
		return "~"
	}
	return "…"
}
