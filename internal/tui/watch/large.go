package watch

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"vigil/internal/figure"
	"vigil/internal/health"
	"vigil/internal/theme"
	"vigil/internal/tui/widget"
	"vigil/internal/wall"
)

// large is one large figure.
type large struct {
	label, text string
	role        theme.Role
	keep        int    // what has no room goes by this, the highest first
	plain       string // text in English; empty where it is no word
}

// The figures that stand in the line below where there is no room for them.
const keepMonth, keepOwn, keepStaff = 6, 9, 10

// figures are the large figures of a country, in the order in which they stand.
func (d *drawing) figures(c *wall.Country) []large {
	f := &d.f
	level := f.Say("LEVEL")
	if c.Expired { // where there may be no room for the line that says it
		level = f.Say("LEVEL EXPIRED")
	}
	list := []large{{label: d.short(f.Say("OFFICIAL LEVEL"), level), text: c.Level, role: theme.LevelRole(c.LevelMax), keep: 1}}
	if c.Blind {
		label := f.Say("NOBODY SEES IT")
		if c.BlindFor != "" {
			label += " " + c.BlindFor
		}
		list = append(list, large{label: label, text: f.Say("BLIND"), role: theme.Blind, plain: "BLIND"})
	}
	list = append(list, d.unseen()...)
	list = append(
		list, large{label: d.short(f.Say("ESTIMATE"), f.Say("EST")), text: c.Estimate, role: theme.RiskRole(c.Band), keep: 3, plain: c.EstimatePlain},
		large{label: f.Say("24 H"), text: c.Day, keep: 4}, large{label: f.Say("7 D"), text: c.Week, keep: 5}, large{label: f.Say("30 D"), text: c.Month, keep: keepMonth},
	)
	if d.tight() { // the header has the time, and the line below the rest
		return list
	}
	list = append(list, d.utc())
	if clock, one := f.Clock(d.m.At, c.Code); one {
		list = append(list, large{label: without(f.Sayf("%s local", "")), text: clock, role: theme.Dim, keep: 8})
	}
	staff := f.SayAs("column", "STAFF")
	if c.StaffAge != "" && c.Staff != figure.Unknown {
		staff += " " + c.StaffAge
	}
	return append(list, large{label: without(f.Sayf("× own normal %s", "")), text: c.Own, keep: keepOwn}, large{label: staff, text: c.Staff, keep: keepStaff})
}

// unseen is the worst state of a source, where it does not see, or that there is none.
func (d *drawing) unseen() []large {
	f := &d.f
	b, n, ok := d.m.Worst()
	switch {
	case !ok:
		none := large{label: f.Say("SOURCES"), text: f.Say("NO SOURCES"), role: theme.Failed, keep: 2, plain: "NO SOURCES"}
		if widget.BigWidth(none.text, 1) > f.Width-2 {
			none = large{label: none.text, text: "0", role: theme.Failed, keep: 2}
		}
		return []large{none}
	case b.Sees || b.Unread:
		return nil
	}
	number, label := strconv.Itoa(n)+" ", f.Say("SOURCES, THE WORST")
	if d.tight() { // the state is what must be large
		number, label = "", f.Say("SOURCES")+" "+strconv.Itoa(n)
	}
	return []large{{label: label, text: number + f.State(b.State), role: roles[b.State], keep: 2, plain: number + figure.Plain.State(b.State)}}
}

func (d *drawing) utc() large {
	return large{label: d.f.Say("UTC"), text: d.m.At.UTC().Format("15:04"), role: theme.Dim, keep: 7}
}

// without is what a sentence says beside its figure, as a name of it.
func without(sentence string) string { return strings.ToUpper(strings.TrimSpace(sentence)) }

var roles = map[health.State]theme.Role{health.Live: theme.Live, health.Quiet: theme.Quiet, health.Stale: theme.Stale, health.Failed: theme.Failed, health.Never: theme.Never}

// The sizes from which on figures are large, and larger.
const (
	largeHeight, largeWidth   = 16, 60
	largerHeight, largerWidth = 19, 60 // of each size more, from the second on
	largest                   = 4
	bothHeight                = 54    // both rows are larger
	halfHeight, halfWidth     = 9, 36 // in half blocks, or one row of them in ASCII
	between                   = 3     // cells between two large figures, and twice that between larger ones: they would read as one from afar
)

// tight reports whether the terminal has room for few large figures alone.
func (d *drawing) tight() bool { return d.f.Height < largeHeight || d.f.Width < largeWidth }

// short is the shorter of two names of a figure on such a terminal.
func (d *drawing) short(name, short string) string {
	if d.tight() {
		return short
	}
	return name
}

// scale is how large figures are on such a terminal.
func (d *drawing) scale() int { return min(d.f.Height/largerHeight, d.f.Width/largerWidth, largest) }

// show shows the figures as large as there is room.
func (d *drawing) show(list []large) {
	scale := d.scale()
	switch {
	case scale > 1:
		second := scale - 1
		if scale == 2 && d.f.Height >= bothHeight {
			second = scale
		}
		if rest := d.large(list, letters{scale: scale}); len(rest) > 0 {
			d.large(rest, letters{scale: second})
		}
	case !d.tight():
		const risk, counted = 3, 6 // the estimate, and what happened
		if rest := d.large(list, letters{scale: 1}); len(rest) > 0 && rest[0].keep <= risk {
			d.small(slices.DeleteFunc(rest, func(l large) bool { return l.keep > counted }))
		}
	case d.f.Height >= halfHeight && d.f.Width >= halfWidth:
		half := letters{scale: 1, half: !d.f.Palette.ASCII}
		rest := d.large(list, half)
		const grave = 2 // BLIND and the worst state of a source stand as large as risk
		if half.half && len(rest) > 0 && rest[0].keep <= grave {
			rest = d.large(rest, half)
		}
		d.small(rest)
	default:
		d.small(list)
	}
}

// small are the figures as text, where there is no room for large ones.
func (d *drawing) small(list []large) {
	if len(list) == 0 {
		return
	}
	words := make([]widget.Span, len(list))
	for i := range list {
		words[i] = widget.Span{Text: list[i].label + " " + list[i].text, Role: theme.Accent}
		d.shown[list[i].keep] = true
	}
	for _, line := range d.wrapped(words, d.bullet()) {
		d.add(append([]widget.Span{{Text: " "}}, line...)...)
	}
}

// letters are how large figures are written.
type letters struct {
	scale int
	half  bool // two rows in one line
}

func (l letters) rows() int {
	if l.half {
		return widget.BigHalfRows
	}
	return widget.BigRows * l.scale
}

func (l letters) lines(text, fill string) []string {
	if l.half {
		return widget.BigHalf(text)
	}
	return widget.Big(text, l.scale, fill)
}

// width is how many cells a figure takes with its name.
func (l letters) width(of *large) int {
	return max(widget.BigWidth(of.text, l.scale), widget.Width(of.label))
}

// large are the figures in large letters, as many as have room, the most needed kept longest; rest are those that have none.
func (d *drawing) large(list []large, as letters) (rest []large) {
	for i := range list {
		list[i].label = d.ours(list[i].label)
	}
	for i := range list { // a script without large letters has the word beside what it is of, and large in English
		if l := &list[i]; l.plain != "" && !widget.HasBig(l.text) {
			l.label, l.text = l.label+" "+l.text, l.plain
		}
	}
	space := between * as.scale
	if d.tight() {
		space--
	}
	list, rest = fitting(list, as, d.f.Width-2, space)
	fill, palette := "█", d.f.Palette.Solid()
	if d.f.Palette.ASCII {
		fill, palette = "#", d.f.Palette.Slab()
	}
	labels := []widget.Span{{Text: " "}}
	rows := make([][]widget.Span, as.rows())
	for i := range rows {
		rows[i] = []widget.Span{{Text: " "}}
	}
	gap := strings.Repeat(" ", space)
	for i := range list {
		l := &list[i]
		d.shown[l.keep] = true
		w := as.width(l)
		if i == len(list)-1 {
			gap = ""
		}
		labels = append(labels, widget.Span{Text: widget.Fit(l.label, w, "") + gap, Role: theme.Label})
		for r, line := range as.lines(l.text, fill) {
			row := widget.Span{Text: widget.Fit(line, w, "") + gap, Role: l.role}
			if d.f.Palette.ASCII {
				rows[r] = append(rows[r], runs(row)...)
			} else {
				rows[r] = append(rows[r], row)
			}
		}
	}
	d.add(labels...)
	for _, r := range rows {
		d.lines = append(d.lines, widget.Line(palette, d.f.Width, r...))
	}
	return rest
}

// runs are the cells of a row of large letters, those that are filled apart from those between them.
func runs(of widget.Span) (spans []widget.Span) {
	row, role := of.Text, of.Role
	if role == theme.Text { // which is not in reverse
		role = theme.Title
	}
	for row != "" {
		n := len(row) - len(strings.TrimLeft(row, " "))
		filled := theme.Text
		if n == 0 {
			filled = role
			if n = strings.IndexByte(row, ' '); n < 0 {
				n = len(row)
			}
		}
		spans = append(spans, widget.Span{Text: row[:n], Role: filled})
		row = row[n:]
	}
	return spans
}

// fitting are the figures that have room side by side, the most needed kept longest, and the others in the order of their need.
func fitting(list []large, as letters, room, space int) (fit, rest []large) {
	for {
		sum, last := 0, -1
		for i := range list {
			sum += as.width(&list[i]) + space
			if last < 0 || list[i].keep > list[last].keep {
				last = i
			}
		}
		if sum-space <= room || len(list) < 2 {
			break
		}
		rest = append(rest, list[last])
		list = append(list[:last:last], list[last+1:]...)
	}
	slices.SortFunc(rest, func(a, b large) int { return cmp.Compare(a.keep, b.keep) })
	return list, rest
}
