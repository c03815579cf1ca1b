package page

import (
	"time"

	"vigil/internal/lang"
	"vigil/internal/picture"
	"vigil/internal/theme"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/screen"
)

// LinearWidth is the width of a page's plain lines: more than anything needs, so that nothing is cut or wrapped in them.
const LinearWidth = 1000

// Maker makes the columns of a page, one for each width: what the screen says of the frame. head is what
// stands above the columns and does not scroll.
type Maker func(f screen.Frame, widths []int) (head []Line, columns []Column)

// Body is a screen made of one page: it makes the page when the picture, the time or the size has
// changed, and answers the keys of the reader. Screens hold one and add what is their own.
type Body struct {
	reader  Reader
	make    Maker
	split   func(width int) []int
	made    made
	head    []Line
	columns []Column
}

// made is what a page was made for.
type made struct {
	view    picture.View
	palette *theme.Palette
	now     time.Time
	width   int
	local   bool
	in      *lang.Language
}

// NewBody is a body whose columns are as wide as split says.
func NewBody(split func(width int) []int, m Maker) *Body { return &Body{split: split, make: m} }

// One is the split into a single column.
func One(width int) []int { return []int{width} }

// Two is the split into two columns from 132 cells on.
func Two(width int) []int {
	if width >= 132 {
		return Split(width, 2)
	}
	return One(width)
}

// Wide is the split into two columns from 132 cells on, and into three from 200 on.
func Wide(width int) []int {
	switch {
	case width >= 200:
		return Split(width, 3)
	case width >= 132:
		return Split(width, 2)
	default:
		return One(width)
	}
}

// Columns is the page for f; it is made anew only when something it shows has changed.
func (b *Body) Columns(f screen.Frame) []Column {
	m := made{f.View, f.Palette, f.Now, f.Width, f.LocalTime, f.Language}
	if f.Linear {
		m.width = LinearWidth
	}
	if b.columns == nil || m != b.made {
		widths := b.split(f.Width)
		if f.Width = m.width; f.Linear {
			widths = One(f.Width)
		}
		b.head, b.columns = b.make(f, widths)
		b.made = m
		if f.Linear {
			passSilent(b.columns)
		}
	}
	return b.columns
}

// passSilent has the cursor pass over what plain lines do not say: on such a line nobody would hear where they are.
func passSilent(columns []Column) {
	for i := range columns {
		for k := range columns[i].Sections {
			s := &columns[i].Sections[k]
			for n := range s.Lines {
				s.Lines[n].Still = s.Lines[n].Still || s.Lines[n].Silent
			}
			if row := s.Row; row != nil {
				s.Row = func(i int) Line {
					l := row(i)
					l.Still = l.Still || l.Silent
					return l
				}
			}
		}
	}
}

// Forget has the page made anew: what it is about has changed.
func (b *Body) Forget() { b.columns = nil }

// GoTo puts the reader on a line of a section, if it is there when the page is drawn next.
func (b *Body) GoTo(section, key string) {
	b.reader.section, b.reader.key, b.reader.jump = section, key, true
}

// Rename renames the lines by which the reader is known to be where they are.
func (b *Body) Rename(name func(key string) string) { b.reader.key = name(b.reader.key) }

// Reader is where the reader is.
func (b *Body) Reader() *Reader { return &b.reader }

// Lines draws the page in exactly f.Height lines of f.Width cells.
func (b *Body) Lines(f screen.Frame) []string {
	columns := b.Columns(f)
	head := b.head[:b.heads(f)]
	lines := make([]string, 0, max(0, f.Height))
	for i := range head {
		lines = append(lines, Draw(f.Palette, f.Width, &head[i], false))
	}
	return append(lines, b.reader.Draw(f.Palette, f.Height-len(head), columns)...)
}

// minimum is how many lines a page keeps for what scrolls.
const minimum = 4

// Linear is the page as plain lines. The line on which the keys work is said to be that where the keys work on plain lines.
func (b *Body) Linear(f screen.Frame) []string {
	var at *Reader
	if f.Linear {
		if _, ok := b.Selected(f); ok && !b.reader.away {
			at = &b.reader
		}
	}
	f.Linear = true
	columns := b.Columns(f)
	var out []string
	for i := range b.head {
		out = append(out, b.head[i].Spoken(f.Language))
	}
	for i := range columns {
		out = append(out, linear(f.Language, at, columns[i].Sections)...)
	}
	return out
}

// Click selects the line at a cell of what was drawn last.
func (b *Body) Click(x, y int, f screen.Frame) (hit, again bool) {
	columns := b.Columns(f)
	if y -= b.heads(f); y < 0 {
		return false, false
	}
	return b.reader.click(x, y, columns)
}

// heads is how many lines stand above the columns.
func (b *Body) heads(f screen.Frame) int {
	if f.Height-len(b.head) < minimum {
		return max(0, min(len(b.head), f.Height-minimum))
	}
	return len(b.head)
}

// Key does what a binding asks of a page.
func (b *Body) Key(id keys.ID, f screen.Frame) (ask screen.Ask, handled bool) {
	return b.reader.Key(f.Language, id, b.Columns(f))
}

// Cannot says why a binding has nothing to do just now.
func (b *Body) Cannot(id keys.ID, f screen.Frame) string {
	return b.reader.Cannot(f.Language, id, b.Columns(f))
}

// Selected is the selected line.
func (b *Body) Selected(f screen.Frame) (Line, bool) { return b.reader.Selected(b.Columns(f)) }
