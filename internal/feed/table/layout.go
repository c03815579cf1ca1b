package table

import (
	"slices"
	"strings"

	"vigil/internal/feed"
	"vigil/internal/feed/grid"
	"vigil/internal/problem"
)

// column is one column of a format.
type column struct {
	header string   // as the publisher writes it
	tag    string   // of the HXL row
	also   []string // other headings and tags of it
	need   bool     // a table without it is not in this format
}

// layout is the columns of a format; a column is known by its index.
type layout struct {
	columns []column
	headers map[string]int
	tags    map[string]int
	written map[string]int // headers as they are written above
}

func newLayout(columns []column) *layout {
	l := &layout{columns: columns, headers: make(map[string]int), tags: make(map[string]int), written: make(map[string]int)}
	for i, c := range columns {
		l.headers[foldHeader(c.header)], l.written[c.header] = i, i
		for _, name := range c.also {
			if strings.HasPrefix(name, "#") {
				l.tags[foldTag(name)] = i
				continue
			}
			l.headers[foldHeader(name)] = i
		}
		if c.tag != "" {
			l.tags[foldTag(c.tag)] = i
		}
	}
	return l
}

// column is the index of a heading, which must be one of the layout.
func (l *layout) column(header string) int {
	i, ok := l.written[header]
	if !ok {
		panic("table: no column " + header)
	}
	return i
}

// match is where the columns of a layout stand in a table.
type match struct {
	at      []int    // position of each column, or -1
	width   int      // cells of the header, empty ones at its end aside
	unknown []string // headers that the layout does not have
	twice   []string // headers that stand twice, of which the first holds
}

// match finds the columns in a first row, of headers or of tags. It is false unless all that
// are needed are there.
func (l *layout) match(cells []string) (m match, ok bool) {
	names, fold := l.headers, foldHeader
	if isTags(cells) {
		names, fold = l.tags, foldTag
	}
	m.at = slices.Repeat([]int{-1}, len(l.columns))
	for i, cell := range cells {
		if !notBlank(cell) {
			continue
		}
		m.width = i + 1
		column, known := names[fold(cell)]
		switch {
		case !known:
			m.unknown = append(m.unknown, strings.TrimSpace(cell))
		case m.at[column] >= 0:
			m.twice = append(m.twice, strings.TrimSpace(cell))
		default:
			m.at[column] = i
		}
	}
	if isTags(cells) {
		m.width = len(cells) // a column without a tag is still a column
	}
	for i, c := range l.columns {
		if c.need && m.at[i] < 0 {
			return m, false
		}
	}
	return m, true
}

// fits reports whether a row is the header.
func (l *layout) fits(cells []string) bool {
	_, ok := l.match(cells)
	return ok
}

// problems warn of what the table has and the layout does not, and the reverse.
func (m *match) problems(ctx *feed.Context, of *mapping, header *grid.Row, above int) []problem.Problem {
	var all []problem.Problem
	at := header.Line
	if above > 0 {
		all = append(all, ctx.Warn(1, 0, "rows above the header, left out: %d", above))
	}
	if len(m.unknown) > 0 {
		all = append(all, ctx.Warn(at, 0, "not columns of %s, left out: %s", of.name, strings.Join(m.unknown, ", ")))
	}
	if len(m.twice) > 0 {
		all = append(all, ctx.Warn(at, 0, "columns that stand twice, of which the first is read: %s", strings.Join(m.twice, ", ")))
	}
	var missing []string
	for i, c := range of.layout.columns {
		if m.at[i] < 0 && !of.partial {
			missing = append(missing, c.header)
		}
	}
	if len(missing) > 0 {
		all = append(all, ctx.Warn(at, 0, "columns that are not there, taken as unknown: %s", strings.Join(missing, ", ")))
	}
	return all
}

// needs names the columns that a table must have.
func (l *layout) needs() string {
	var names []string
	for _, c := range l.columns {
		if c.need {
			names = append(names, c.header)
		}
	}
	return strings.Join(names, ", ")
}

// foldHeader makes headers equal that differ in capitals, spaces and underscores.
func foldHeader(s string) string {
	return strings.Join(strings.Fields(strings.ToLower(strings.ReplaceAll(s, "_", " "))), " ")
}

// foldTag makes HXL tags equal that differ in capitals, spaces and the order of attributes.
func foldTag(s string) string {
	s = strings.ToLower(strings.Join(strings.Fields(s), ""))
	parts := strings.Split(s, "+")
	slices.Sort(parts[1:])
	return strings.Join(parts, "+")
}
