package page

import (
	"strings"

	"vigil/internal/lang"
	"vigil/internal/theme"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
)

// Gap is the cells between two columns.
const Gap = 2

// Reader is where somebody is in a page: the selected line, and how far each column is scrolled. The
// zero value is at the beginning.
type Reader struct {
	section, key string // the selected line; empty selects the first
	row          int    // where it was last, in case it is gone
	focus        int    // the column it is in
	offsets      []int
	height       int // of the last drawing, for paging
	away         bool
	jump         bool // the line was chosen anew: the page stands still, as far as the line is in sight
}

// Away says whether the keys are elsewhere: nothing is then drawn as selected.
func (r *Reader) Away(away bool) { r.away = away }

// Draw draws the columns side by side in exactly height lines, as wide as the columns and the gaps
// between them.
func (r *Reader) Draw(p *theme.Palette, height int, columns []Column) []string {
	r.settle(height, columns)
	widths := make([]int, len(columns))
	blocks := make([][]string, len(columns))
	for i := range columns {
		widths[i] = columns[i].Width
		blocks[i] = r.column(p, height, i, &columns[i])
	}
	if len(columns) == 1 {
		return blocks[0]
	}
	lines := widget.Beside(Gap, widths, blocks...)
	return lines[:min(len(lines), max(0, height))]
}

func (r *Reader) column(p *theme.Palette, height, n int, c *Column) []string {
	lines := make([]string, 0, max(height, 0))
	offset := r.offsets[n]
	for i := offset; i < c.len() && len(lines) < height; i++ {
		s, l := c.at(i)
		focused := !r.away && n == r.focus && c.Sections[s].Key == r.section
		switch {
		case l < 0 || i == offset && height > 1:
			lines = append(lines, r.rule(p, c, s, i, height, i == offset, focused))
		case l >= c.Sections[s].len():
			lines = append(lines, widget.Blank(c.Width, 1)...)
		default:
			line := c.Sections[s].line(l)
			lines = append(lines, Draw(p, c.Width, &line, focused && line.Key == r.key && n == r.focus))
		}
	}
	return widget.Height(lines, c.Width, height)
}

// rule draws the title of a section; the uppermost one also tells how much lies above and below.
func (r *Reader) rule(p *theme.Palette, c *Column, section, row, height int, top, focused bool) string {
	s := &c.Sections[section]
	role := theme.Title
	if focused {
		role = theme.Focus
	}
	note := s.Note
	if top {
		note = more(p, note, row, c.len()-row-height)
	}
	return widget.Rule(p, c.Width, widget.Span{Text: " " + Safe(p, s.Title), Role: role}, widget.Span{Text: Safe(p, note), Role: theme.Dim})
}

// Draw draws one line in exactly width cells.
func Draw(p *theme.Palette, width int, l *Line, selected bool) string {
	if !selected && l.Link != "" { // the blanks behind it are no part of the link
		cells := min(width, widget.Width(l.Text()))
		text := widget.Line(p, cells, append([]widget.Span{{Text: widget.Fit(l.Mark, 1, "")}}, l.Spans...)...)
		return widget.Linked(p, l.Link, text) + widget.Line(p, width-cells)
	}
	if !selected {
		return widget.Line(p, width, append([]widget.Span{{Text: widget.Fit(l.Mark, 1, "")}}, l.Spans...)...)
	}
	text, spans := "", withPointer(p, l)
	plot := spans[len(spans)-min(l.Plot, len(l.Spans)):]
	for _, s := range spans[:len(spans)-len(plot)] {
		text += s.Text
	}
	if cells := widget.Width(text); len(plot) > 0 && cells < width {
		return widget.Line(p, cells, widget.Span{Text: text, Role: theme.Selected}) + widget.Line(p, width-cells, plot...)
	}
	return widget.Linked(p, l.Link, widget.Line(p, width, widget.Span{Text: widget.Fit(text, width, p.Glyph(theme.Ellipsis)), Role: theme.Selected}))
}

// DrawPointed draws a line that is selected, but not where the keys are: only the pointer says so.
func DrawPointed(p *theme.Palette, width int, l *Line) string {
	return widget.Line(p, width, withPointer(p, l)...)
}

// withPointer is a line with the pointer before it: without colours and attributes nothing else says that it is selected. Its mark stands behind
// the pointer, and the first place with two blanks gives one up for it, so that what follows stands under its heading.
func withPointer(p *theme.Palette, l *Line) []widget.Span {
	spans := append([]widget.Span{{Text: p.Glyph(theme.Pointer)}}, l.Spans...)
	mark := widget.Fit(l.Mark, 1, "")
	if mark == " " {
		return spans
	}
	spans[0].Text += mark
	for i := 1; i < len(spans); i++ {
		text := spans[i].Text
		at := strings.Index(text, "  ")
		if at < 0 && i+1 < len(spans) && strings.HasSuffix(text, " ") && strings.HasPrefix(spans[i+1].Text, " ") {
			at = len(text) - 1
		}
		if at >= 0 {
			spans[i].Text = text[:at] + text[at+1:]
			break
		}
	}
	return spans
}

// settle finds the selected line again and scrolls so that it is seen.
func (r *Reader) settle(height int, columns []Column) {
	r.height = height
	for len(r.offsets) < len(columns) {
		r.offsets = append(r.offsets, 0)
	}
	r.offsets = r.offsets[:len(columns)]
	r.focus = min(r.focus, max(0, len(columns)-1))
	if row, ok := r.locate(columns); ok {
		if !r.jump {
			r.offsets[r.focus] += row - r.row
		}
		r.row, r.jump = row, false
	} else if len(columns) > 0 {
		r.choose(columns, r.nearest(&columns[r.focus], r.row))
	}
	for i := range columns {
		r.clamp(height, i, &columns[i])
	}
}

// clamp keeps a column's offset inside it, and the selected line in sight and below the rule that
// always stands at the top.
func (r *Reader) clamp(height, n int, c *Column) {
	o := &r.offsets[n]
	if n == r.focus {
		if r.row >= *o+height {
			*o = r.row - height + 1
		}
		if top := r.top(c); r.row <= *o {
			*o = top
		}
	}
	*o = max(0, min(*o, c.len()-height))
}

// top is the offset at which the selected line is the first below the rule. Lines that the cursor passes over,
// directly under the rule of the section, come into sight with it.
func (r *Reader) top(c *Column) int {
	first := r.row - 1
	for i := first; i >= 0 && first-i < 3; i-- {
		if s, l := c.at(i); l < 0 && s < len(c.Sections) {
			return i
		}
		if c.rests(i) {
			break
		}
	}
	return first
}

// locate finds the selected line in any column: a change of size moves sections to others.
func (r *Reader) locate(columns []Column) (row int, ok bool) {
	for step := range columns {
		n := (r.focus + step) % len(columns)
		c := &columns[n]
		for s := range c.Sections {
			if c.Sections[s].Key != r.section {
				continue
			}
			l, found := c.Sections[s].find(r.key)
			if !found {
				r.focus = n
				continue
			}
			if n != r.focus {
				r.row = c.row(s, l)
				r.focus = n
			}
			return c.row(s, l), true
		}
	}
	return 0, false
}

// nearest is the row nearest to want on which the cursor may rest; −1 when there is none.
func (r *Reader) nearest(c *Column, want int) int {
	n := c.len()
	want = max(0, min(want, n-1))
	for d := range n {
		if i := want + d; i < n && c.rests(i) {
			return i
		}
		if i := want - d; i >= 0 && c.rests(i) {
			return i
		}
	}
	return -1
}

// choose selects row of the focused column.
func (r *Reader) choose(columns []Column, row int) {
	if row < 0 {
		return
	}
	c := &columns[r.focus]
	s, l := c.at(row)
	r.section, r.key, r.row = c.Sections[s].Key, c.Sections[s].line(l).Key, row
}

// Selected is the selected line; ok is false on a page without any.
func (r *Reader) Selected(columns []Column) (line Line, ok bool) {
	if len(columns) == 0 {
		return Line{}, false
	}
	r.settle(max(r.height, 1), columns)
	row, ok := r.locate(columns)
	if !ok {
		return Line{}, false
	}
	s, l := columns[r.focus].at(row)
	return columns[r.focus].Sections[s].line(l), true
}

// Go selects a line by name, where there is one.
func (r *Reader) Go(section, key string) { r.section, r.key = section, key }

// Key does what a binding asks for, and answers in a language. handled is false for bindings that a page does not know.
func (r *Reader) Key(in *lang.Language, id keys.ID, columns []Column) (ask screen.Ask, handled bool) {
	if len(columns) == 0 {
		return screen.Ask{}, false
	}
	r.settle(max(r.height, 1), columns)
	if r.move(id, columns) {
		return screen.Ask{}, true
	}
	line, ok := r.Selected(columns)
	switch id {
	case keys.Open:
		if !ok || line.Open == (screen.Ask{}) {
			return screen.Ask{Say: r.Cannot(in, id, columns)}, true
		}
		return line.Open, true
	case keys.ShowWhy:
		if !ok || line.Why.Figure == screen.NoFigure {
			return screen.Ask{Say: r.Cannot(in, id, columns)}, true
		}
		return screen.Ask{Go: screen.ToWhy, Subject: line.Why}, true
	case keys.Copy:
		if !ok {
			return screen.Ask{Say: r.Cannot(in, id, columns)}, true
		}
		return screen.Ask{Copy: line.copied(), Say: in.Say("copied, if the terminal allows it")}, true
	}
	return screen.Ask{}, false
}

// Cannot says in a language why a binding has nothing to do on the selected line.
func (r *Reader) Cannot(in *lang.Language, id keys.ID, columns []Column) string {
	line, ok := r.Selected(columns)
	switch {
	case id == keys.Open && (!ok || line.Open == (screen.Ask{})):
		return in.Say("nothing to go into on this line")
	case id == keys.ShowWhy && (!ok || line.Why.Figure == screen.NoFigure):
		return in.Say("no figure on this line to derive")
	case id == keys.Copy && !ok:
		return in.Say("nothing is selected")
	case (id == keys.NextPane || id == keys.PreviousPane) && sections(columns) < 2:
		return in.Say("there is one pane only")
	case (id == keys.Left || id == keys.Right) && len(columns) < 2:
		return in.Say("there is one column only")
	case id == keys.Release || id == keys.Filter:
		return in.Say("only the list of events has that")
	}
	return ""
}

func sections(columns []Column) int {
	n := 0
	for i := range columns {
		n += len(columns[i].Sections)
	}
	return n
}

func (r *Reader) move(id keys.ID, columns []Column) bool {
	page := max(1, r.height-2)
	switch id {
	case keys.Up:
		r.step(columns, -1)
	case keys.Down:
		r.step(columns, 1)
	case keys.PageUp:
		r.leap(columns, -page)
	case keys.PageDown:
		r.leap(columns, page)
	case keys.HalfPageUp:
		r.leap(columns, -max(1, page/2))
	case keys.HalfPageDown:
		r.leap(columns, max(1, page/2))
	case keys.Top:
		r.offsets[r.focus] = 0
		r.choose(columns, r.nearest(&columns[r.focus], 0))
	case keys.Bottom:
		r.choose(columns, r.nearest(&columns[r.focus], columns[r.focus].len()-1))
	case keys.NextPane:
		r.pane(columns, 1)
	case keys.PreviousPane:
		r.pane(columns, -1)
	case keys.Left, keys.Right:
		if len(columns) < 2 {
			return false
		}
		r.aside(columns, id == keys.Right)
	default:
		return false
	}
	return true
}

// step selects the next line on which the cursor may rest.
func (r *Reader) step(columns []Column, by int) {
	c := &columns[r.focus]
	for i := r.row + by; i >= 0 && i < c.len(); i += by {
		if c.rests(i) {
			r.choose(columns, i)
			return
		}
	}
}

// leap moves by many rows, and the view with the cursor. Where more rows on which nothing rests than a page has, as in a plot, leave both where they
// are, it goes to the line behind these.
func (r *Reader) leap(columns []Column, by int) {
	c := &columns[r.focus]
	o := &r.offsets[r.focus]
	row, offset := r.row, *o
	*o = max(0, min(*o+by, c.len()-r.height))
	r.choose(columns, r.nearest(c, r.row+by))
	r.clamp(r.height, r.focus, c)
	if r.row == row && *o == offset {
		r.step(columns, by/max(by, -by))
	}
}

// aside goes to the column beside, to the line at the same height.
func (r *Reader) aside(columns []Column, right bool) {
	to := r.focus - 1
	if right {
		to = r.focus + 1
	}
	if to < 0 || to >= len(columns) {
		return
	}
	at := r.row - r.offsets[r.focus]
	r.focus = to
	r.choose(columns, r.nearest(&columns[to], r.offsets[to]+at))
}

// pane goes to the next section that has a line to rest on, through all columns.
func (r *Reader) pane(columns []Column, by int) {
	type place struct{ column, section int }
	var all []place
	here := 0
	for n := range columns {
		for s := range columns[n].Sections {
			if n == r.focus && columns[n].Sections[s].Key == r.section {
				here = len(all)
			}
			all = append(all, place{n, s})
		}
	}
	for step := 1; step <= len(all); step++ {
		to := all[((here+by*step)%len(all)+len(all))%len(all)]
		c := &columns[to.column]
		for l := range c.Sections[to.section].len() {
			row := c.row(to.section, l)
			if !c.rests(row) {
				continue
			}
			r.focus = to.column
			r.choose(columns, row)
			r.offsets[to.column] = c.row(to.section, -1)
			return
		}
	}
}

// click selects the line in a row of what was drawn last; under a rule it is the first below it.
func (r *Reader) click(x, y int, columns []Column) (hit, again bool) {
	if len(columns) == 0 || y >= r.height {
		return false, false
	}
	r.settle(max(r.height, 1), columns)
	n := 0
	for n < len(columns)-1 && x >= columns[n].Width {
		x -= columns[n].Width + Gap
		n++
	}
	c := &columns[n]
	row := r.offsets[n] + y
	if x < 0 || row >= c.len() {
		return false, false
	}
	if !c.rests(row) || y == 0 && r.height > 1 { // the first row is always a rule
		if s, l := c.at(row); l >= 0 && y > 0 || s >= len(c.Sections) {
			return false, false
		}
		if row = r.nearest(c, row+1); row < 0 {
			return false, false
		}
		r.focus = n
		r.choose(columns, row)
		return true, false
	}
	again = n == r.focus && row == r.row
	r.focus = n
	r.choose(columns, row)
	return true, again
}

func (l *Line) copied() string {
	if l.Copy != "" {
		return l.Copy
	}
	if l.Said != "" || l.words != nil {
		return strings.Join(strings.Fields(l.Text()), " ")
	}
	return strings.TrimSpace(l.Text())
}
