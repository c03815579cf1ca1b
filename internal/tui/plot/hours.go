package plot

import (
	"fmt"
	"strconv"
	"time"

	"vigil/internal/theme"
	"vigil/internal/tui/widget"
)

// dayCells is the cells of a day's name and of the gap after it.
const dayCells = 4

// HoursStep is how many hours one cell of [Hours] holds in so many cells.
func HoursStep(width int) int {
	for _, step := range []int{1, 2, 3, 4, 6} {
		if dayCells+24/step*3 <= width {
			return step
		}
	}
	return 12
}

// Hours draws counts by day of the week, Monday first, and hour: a heading, and seven rows of numbers, each with a shade of how many it is
// of the most. day names a day in three cells at most. Where nobody could have told of more than was seen (whole), nothing seen is a dot, else a question mark. Where there is no room for 24 columns a column holds several hours.
func Hours(p *theme.Palette, day func(time.Weekday) string, width int, counts *[7][24]int, whole bool) []Row {
	step := HoursStep(width)
	most := 0
	var cells [7][24]int
	for d := range counts {
		for h, n := range counts[d] {
			cells[d][h/step] += n
			most = max(most, cells[d][h/step])
		}
	}
	head := Row{{Text: fmt.Sprintf("%*s", dayCells, "")}}
	for h := 0; h < 24; h += step {
		head = appendSpan(head, widget.Span{Text: fmt.Sprintf("%3d", h), Role: theme.Dim})
	}
	head[0].Role = theme.Dim
	rows := []Row{head}
	for d := 1; d <= 7; d++ {
		row := Row{{Text: widget.Fit(day(time.Weekday(d%7)), dayCells-1, "") + " ", Role: theme.Dim}}
		for _, n := range cells[d%7][:24/step] {
			row = appendSpan(row, widget.Span{Text: cell(p, n, most, whole), Role: heat(n, most)})
		}
		rows = append(rows, row)
	}
	return rows
}

// cell is a count in three cells: a shade where it is half of the most or more, and the number; what has three digits is a number alone.
func cell(p *theme.Palette, n, most int, whole bool) string {
	switch {
	case n == 0 && !whole:
		return "  ?"
	case n == 0:
		return "  " + p.Glyph(theme.Bullet)
	case n > 999:
		return widget.PadLeft(strconv.Itoa(min(n/1000, 99))+"k", 3, "")
	case n > 99:
		return strconv.Itoa(n)
	}
	shade := " "
	if 2*n >= most && most > 1 && !p.ASCII { // a letter beside a figure would be read as part of it: there the role says it alone

		shade = p.Glyph(theme.Spark1 + theme.Glyph((eighths-1)*(2*n-most)/most))
	}
	return shade + widget.PadLeft(strconv.Itoa(n), 2, "")
}

func heat(n, most int) theme.Role {
	switch {
	case n == 0:
		return theme.Dim
	case 2*n >= most && most > 1:
		return theme.Accent
	default:
		return theme.Text
	}
}
