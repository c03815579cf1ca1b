package watch

import (
	"strings"

	"vigil/internal/theme"
	"vigil/internal/tui/page"
	"vigil/internal/tui/widget"
)

// part is one of the lists below the figures.
type part struct {
	title string
	note  string
	count string // beside the note where nothing is left out
	from  int    // the line that is shown first behind the headings, where there is no room for all
	lines []page.Line
	holds []int // how many things each line has; nil is one each
	head  int   // lines at its top that count for nothing: headings
	least int   // lines that it is given before others get more
}

// From so many cells on parts stand in two columns, the alarms at the left.
const (
	beside = 160
	gutter = 3
)

// parts fill what is left of the screen.
func (d *drawing) parts() {
	room := d.f.Height - len(d.lines)
	if d.f.Width < beside {
		d.stack(d.alarms, d.countries, d.sources, d.lately)
		return
	}
	column := func(width int, parts ...func(*drawing) part) []string {
		c := *d
		c.f.Width, c.f.Height, c.lines = width, room, nil
		of := make([]func() part, len(parts))
		for i, p := range parts {
			of[i] = func() part { return p(&c) }
		}
		c.stack(of...)
		return widget.Height(c.lines, width, room)
	}
	left := d.f.Width / 2
	right := d.f.Width - left - gutter
	d.lines = append(d.lines, widget.Beside(gutter, []int{left, right}, column(left, (*drawing).alarms), column(right, (*drawing).countries, (*drawing).sources, (*drawing).lately))...)
}

// stack shows parts one below the other: each gets its least first, in their order, and then each a line more in turn, as much as it has, so
// that what is long takes nothing from what is short.
func (d *drawing) stack(of ...func() part) {
	var list []part
	for _, parted := range of {
		if p := parted(); len(p.lines) > 0 {
			list = append(list, p)
		}
	}
	room := d.f.Height - len(d.lines)
	given := make([]int, len(list))
	for i := range list {
		n := min(list[i].least, len(list[i].lines))
		if room < n+1 {
			continue
		}
		given[i] = n
		room -= n + 1
	}
	for more := true; more && room > 0; {
		more = false
		for i := range list {
			if given[i] > 0 && given[i] < len(list[i].lines) && room > 0 {
				given[i]++
				room--
				more = true
			}
		}
	}
	for i := range list {
		if given[i] > 0 {
			d.part(&list[i], given[i])
		}
	}
}

// part draws so many lines of a part below its heading, which says how many there are.
func (d *drawing) part(p *part, lines int) {
	note := strings.TrimSpace(p.count + "  " + p.note)
	if lines < len(p.lines) {
		shown, all := lines-p.head, len(p.lines)-p.head
		first := p.page(shown)
		if p.holds != nil {
			shown, all = total(p.holds[first:first+shown]), total(p.holds)
		}
		note = d.f.Sayf("%d of %d shown", shown, all) + "  " + p.note
	}
	d.lines = append(d.lines, widget.Rule(d.f.Palette, d.f.Width, widget.Span{Text: d.ours(" " + p.title), Role: theme.Title}, widget.Span{Text: d.safe(strings.TrimSpace(note)), Role: theme.Dim}))
	for k := range p.lines[:lines] {
		d.lines = append(d.lines, page.Draw(d.f.Palette, d.f.Width, &p.lines[k], false))
	}
}

// page brings that part of the lines to the top that holds the line from, of so many at once: what has no room takes its turn. It
// gives the line that stands first.
func (p *part) page(size int) int {
	n := len(p.lines) - p.head
	if size <= 0 || n <= size {
		return 0
	}
	first := p.from / size * size
	first = min(first, n-size)
	p.lines = append(p.lines[:p.head:p.head], p.lines[p.head+first:]...)
	return first
}

func total(list []int) (sum int) {
	for _, n := range list {
		sum += n
	}
	return sum
}
