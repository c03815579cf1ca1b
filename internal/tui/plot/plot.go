// Package plot draws figures as areas of cells: bars over time with the band of what is usual, a table of hours by days, shares, and
// steps. It knows nothing of what the figures mean.
//
// A plot is lines of spans, so that it stands in a page like text; every mark comes from the palette and is one cell wide, in
// ASCII too. What is not known is hatched over the whole height, or is a question mark: never a low bar, which would be read as a
// fall. A plot shows what can be seen at a glance and nothing else can be read from; its figures stand in the screen's twin in words.
//
// ntcharts has bars, heat maps and lines, and was tried: its bars have neither hatching nor a band behind them, its cells are its own
// block characters whatever the terminal's font has, and its colours are lipgloss styles where ours are roles of a theme. What would be
// left of it is the scaling, which is a division.
package plot

import (
	"math"
	"strconv"
	"strings"

	"vigil/internal/theme"
	"vigil/internal/tui/widget"
)

// Row is one line of a plot.
type Row []widget.Span

// Band is what is usual: a mean, and the range around it. The zero value draws none.
type Band struct{ Mean, High float64 }

// eighths is how many heights of a bar one cell has.
const eighths = int(theme.Spark8-theme.Spark1) + 1

// axis is the cells of the scale at the left, with the gap after it.
const axis = 5

// Bars draws periods as bars over time, the newest at the right, in height rows and at most width cells with a scale at the left.
// As many of the newest are drawn as there is room for. A bar over the band stands out by weight, too.
func Bars(p *theme.Palette, width, height int, periods []widget.Period, band Band) []Row {
	room := max(0, width-axis)
	if len(periods) > room {
		periods = periods[len(periods)-room:]
	}
	top := scale(periods, band)
	rows := make([]Row, height)
	for r := range rows {
		from := height - 1 - r // rows below
		label := ""
		switch {
		case top == 0: // nothing is known
		case r == 0:
			label = strconv.Itoa(int(top))
		case r == height-1:
			label = "0"
		}
		row := Row{{Text: widget.PadLeft(label, axis-1, "") + " ", Role: theme.Dim}}
		for _, period := range periods {
			row = appendSpan(row, bar(p, period, band, top, from, height))
		}
		rows[r] = row
	}
	return rows
}

// Times is the scale below [Bars]: the names of times that begin with a period, each at it, as many as there is room for between them, the
// newest of two that would meet left out. name is that of period i, oldest first; empty where none begins.
func Times(width, periods int, name func(i int) string) Row {
	room := max(0, width-axis)
	first := max(0, periods-room)
	line := strings.Repeat(" ", axis)
	for i := first; i < periods; i++ {
		text, at := name(i), axis+i-first
		if text == "" || at+widget.Width(text) > width {
			continue
		}
		if blank := at - widget.Width(line); blank > 0 || widget.Width(line) == axis {
			line += strings.Repeat(" ", max(0, blank)) + text
		}
	}
	return Row{{Text: line, Role: theme.Dim}}
}

// scale is the value at the top: what is known and what is usual both fit; 0 if nothing is known.
func scale(periods []widget.Period, band Band) float64 {
	top := math.Ceil(band.High)
	for _, v := range periods {
		if !v.Incomplete {
			top = max(top, math.Ceil(v.Value), 1)
		}
	}
	return top
}

// bar is the cell of a period in the row that has so many rows below it.
func bar(p *theme.Palette, period widget.Period, band Band, top float64, below, height int) widget.Span {
	if period.Incomplete {
		return widget.Span{Text: p.Glyph(theme.Hatch), Role: theme.Dim}
	}
	filled := int(math.Ceil(period.Value/top*float64(height*eighths))) - below*eighths
	if filled > 0 {
		role := theme.Accent
		if band.High > 0 && period.Value > band.High {
			role = theme.Warning
		}
		return widget.Span{Text: p.Glyph(theme.Spark1 + theme.Glyph(min(filled, eighths)-1)), Role: role}
	}
	row := func(v float64) int { return min(int(v/top*float64(height)), height-1) }
	switch {
	case band.High > 0 && below == row(band.Mean):
		return widget.Span{Text: p.Glyph(theme.RuleLine), Role: theme.Dim}
	case band.High > 0 && below == row(band.High):
		return widget.Span{Text: p.Glyph(theme.Bullet), Role: theme.Dim}
	}
	return widget.Span{Text: " "}
}

// appendSpan joins cells of one role to one span: a row of sixty cells is a few spans.
func appendSpan(row Row, s widget.Span) Row {
	if n := len(row); n > 0 && row[n-1].Role == s.Role {
		row[n-1].Text += s.Text
		return row
	}
	return append(row, s)
}

// Shares draws a bar for each value, as long as its share of the greatest, in at most width cells; a value above 0 has a cell at least.
func Shares(p *theme.Palette, width int, values []int) []string {
	top := 1
	for _, v := range values {
		top = max(top, v)
	}
	bars := make([]string, len(values))
	for i, v := range values {
		for range (v*width + top - 1) / top {
			bars[i] += p.Glyph(theme.Spark8)
		}
	}
	return bars
}

// Steps draws a value over time: a digit where it begins or changes, a rule as long as it stays, a question mark while it is not known
// (0), each in the role of that value.
func Steps(p *theme.Palette, values []int, role func(int) theme.Role) Row {
	var row Row
	for i, v := range values {
		span := widget.Span{Text: strconv.Itoa(v % 10), Role: role(v)}
		switch {
		case v == 0:
			span = widget.Span{Text: "?", Role: theme.Dim}
		case i > 0 && v == values[i-1]:
			span.Text = p.Glyph(theme.RuleLine)
		}
		row = appendSpan(row, span)
	}
	return row
}
