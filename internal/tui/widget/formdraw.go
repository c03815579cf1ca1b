package widget

import (
	"errors"
	"strings"

	"vigil/internal/lang"
	"vigil/internal/theme"
	"vigil/internal/tui/aloud"
)

const (
	// formGutter is the cells before a label: the mark of the field that has the keys, or of one that is wrong.
	formGutter = 2
	// formLabel is the largest share of the width that labels take.
	formLabel = 3
)

// formLine is a drawn line with the field that it belongs to.
type formLine struct {
	text  string
	field int
}

// Render draws the form in exactly height lines of exactly width cells, and tells where the terminal's cursor belongs. What has
// no room is counted on the first and the last line.
func (f *Form) Render(in *lang.Language, p *theme.Palette, width, height int) (lines []string, x, y int) {
	if width <= 0 || height <= 0 {
		return Height(nil, max(width, 0), height), 0, 0
	}
	label := f.labels(width)
	var all []formLine
	first, row := 0, 0 // of the field that has the keys, and where the cursor is
	for i, d := range f.fields {
		focused := i == f.focus
		if focused {
			first = len(all)
		}
		drawn, cx, cy := d.render(in, p, width, label, focused)
		if focused {
			x, row = cx, len(all)+cy
		}
		for _, line := range drawn {
			all = append(all, formLine{line, i})
		}
	}
	last := row
	for last+1 < len(all) && all[last+1].field == f.focus {
		last++
	}
	f.scroll(first, last, row, len(all), height)
	for i := f.offset; i < min(len(all), f.offset+height); i++ {
		lines = append(lines, all[i].text)
	}
	f.hidden(in, p, width, all, lines)
	return Height(lines, width, height), x, row - f.offset
}

// labels is how wide the column of the labels is.
func (f *Form) labels(width int) int {
	w := 0
	for _, d := range f.fields {
		w = max(w, Width(d.Label))
	}
	return min(w, width/formLabel)
}

// scroll keeps the field that has the keys in sight with what is said under it, and the line with the cursor at all costs. A
// line at either end is kept free for the count of what is hidden.
func (f *Form) scroll(first, last, row, total, height int) {
	edge := 1
	if height < 4 {
		edge = 0
	}
	bound := func(from, to int) {
		if to+edge >= f.offset+height && to < total-1 {
			f.offset = to + edge - height + 1
		} else if to >= f.offset+height {
			f.offset = to - height + 1
		}
		if from-edge < f.offset {
			f.offset = from - edge
		}
		f.offset = max(0, min(f.offset, total-height))
	}
	bound(first, last)
	bound(row, row)
}

// hidden counts on the first and the last line the fields that are not shown.
func (f *Form) hidden(in *lang.Language, p *theme.Palette, width int, all []formLine, lines []string) {
	end := f.offset + len(lines)
	if f.offset > 0 && len(lines) > 1 {
		lines[0] = Line(p, width, Span{"  " + p.Glyph(theme.Up) + " " + in.Sayf("%s above", in.Plural(all[f.offset].field+1, "field")), theme.Dim})
	}
	if end < len(all) && len(lines) > 2 {
		lines[len(lines)-1] = Line(p, width, Span{"  " + p.Glyph(theme.Down) + " " + in.Sayf("%s below", in.Plural(len(f.fields)-all[end-1].field, "field")), theme.Dim})
	}
}

// render draws one field: its text, what it is understood as, what is wrong, and its candidates. x and y are the cursor's.
func (d *field) render(in *lang.Language, p *theme.Palette, width, label int, focused bool) (lines []string, x, y int) {
	indent := formGutter + label + 1
	room := max(1, width-indent)
	as, err := d.read()
	wrong := ""
	if d.left || d.fault != "" {
		wrong = d.wrong(in)
	}
	gutter, role := "  ", theme.Label
	switch {
	case focused:
		gutter, role = p.Glyph(theme.Pointer)+" ", theme.Focus
	case wrong != "":
		gutter = p.Glyph(theme.Attention) + " "
	}
	head := []Span{{gutter, role}, {Fit(d.Label, label, p.Glyph(theme.Ellipsis)) + " ", role}}
	rows, x, y := d.rows(room, focused)
	if err == nil && as == "" && !d.own && len(d.prompt.text) > 0 {
		as = d.from
	}
	for i, text := range rows {
		spans := []Span{{spaces(indent), theme.Text}}
		if i == 0 {
			spans = head
		}
		spans = append(spans, d.text(text)...)
		if i == len(rows)-1 && err == nil && as != "" && Width(text)+3+Width(as) < room {
			spans = append(spans, Span{"  " + p.Glyph(theme.Bullet) + " " + as, theme.Dim})
			as = ""
		}
		lines = append(lines, Line(p, width, spans...))
	}
	under := func(text string, role theme.Role) {
		for _, line := range Wrap(text, room) {
			lines = append(lines, Line(p, width, Span{spaces(indent), theme.Text}, Span{line, role}))
		}
	}
	if wrong != "" {
		under(wrong, theme.Error)
	}
	if focused {
		if err == nil && as != "" {
			under(as, theme.Dim)
		}
		if list := d.candidates(); len(list) > 0 && wrong == "" {
			lines = append(lines, Line(p, width, append([]Span{{spaces(indent), theme.Text}}, listed(list, d.pick, room)...)...))
		}
	}
	return lines, min(indent+x, width-1), y
}

// text is a row of the field's text as spans.
func (d *field) text(row string) []Span {
	switch {
	case len(d.prompt.text) == 0:
		return []Span{{d.Blank, theme.Dim}}
	case !d.own:
		return []Span{{row, theme.Unconfirmed}}
	}
	return []Span{{row, theme.Text}}
}

// listed are candidates on one line, from near the one that was put in on. That there are more is shown.
func listed(list []string, pick, room int) []Span {
	from := 0
	for from < pick-1 && rowWidth(list[from:pick]) > room-2 {
		from++
	}
	var spans []Span
	for i, c := range list[from:] {
		role := theme.Dim
		if from+i+1 == pick || pick == 0 && i == 0 {
			role = theme.Accent
		}
		spans = append(spans, Span{c, role}, Span{"  ", theme.Dim})
	}
	return spans
}

func rowWidth(list []string) int {
	w := 0
	for _, c := range list {
		w += Width(c) + 2
	}
	return w
}

// rows are the lines of the field's text, and where in them the cursor is. One line follows the cursor; several wrap between
// words.
func (d *field) rows(room int, focused bool) (rows []string, x, y int) {
	e := &d.prompt
	if d.Rows < 2 {
		if focused {
			e.follow(room)
		} else {
			e.scroll = 0
		}
		return []string{Truncate(clean(string(e.text[e.scroll:])), room, "")}, e.cells(e.scroll, e.cursor), 0
	}
	starts := e.breaks(room)
	for i, s := range starts {
		end := len(e.text)
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		if e.cursor >= s {
			x, y = min(e.cells(s, e.cursor), room-1), i
		}
		rows = append(rows, strings.TrimRight(clean(string(e.text[s:end])), " "))
	}
	from := 0
	if focused {
		from = max(0, min(y-d.Rows+1, len(rows)-d.Rows))
	}
	shown := rows[from:min(len(rows), from+d.Rows)]
	return shown, x, y - from
}

// breaks are the indices at which the lines of a text begin that wraps in room cells.
func (e *Prompt) breaks(room int) []int {
	starts := []int{0}
	blank, used := -1, 0 // after the last blank of the line, and its cells
	for i, r := range e.text {
		w := runeWidth(r)
		if used+w > room-1 && used > 0 { // the last cell is the cursor's
			start := i
			if blank > starts[len(starts)-1] {
				start = blank
			}
			starts = append(starts, start)
			used = e.cells(start, i)
			blank = -1
		}
		used += w
		if r == ' ' {
			blank = i + 1
		}
	}
	return starts
}

// Linear is the form as plain lines in a language: each label with what stands in its field, the field that is written in said to be that.
func (f *Form) Linear(in *lang.Language) []string {
	var lines []string
	for i, d := range f.fields {
		text := clean(d.prompt.Value())
		if text == "" {
			text = d.Blank
		}
		as, _ := d.read()
		wrong := d.spelled(in)
		switch {
		case wrong != "":
			text = in.Sayf("%s (wrong: %s)", text, clean(wrong))
		case as != "":
			text += " (" + clean(as) + ")"
		case !d.own && d.from != "" && len(d.prompt.text) > 0:
			text += " (" + d.from + ")"
		}
		line := in.Sayf("%s: %s", d.Label, text)
		if i == f.focus {
			line = aloud.Selected(in) + line
		}
		lines = append(lines, line)
	}
	return lines
}

// Wrong is what is wrong with the field that has the keys, as [Form.Linear] says it; empty if nothing is.
func (f *Form) Wrong(in *lang.Language) string { return f.at().spelled(in) }

// spelled says what is wrong with a field where no candidates are drawn: with the words themselves.
func (d *field) spelled(in *lang.Language) string {
	_, err := d.read()
	if d.fault != "" || err == nil {
		return d.wrong(in)
	}
	if e := (*unlisted)(nil); errors.As(err, &e) && len(e.near) == 0 {
		return in.Sayf("%s is none of the words, such as %s", e.text, strings.Join(e.words, ", "))
	}
	return worded(in, err)
}
