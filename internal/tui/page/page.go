// Package page lays out what is read rather than worked in: sections of lines under titled rules,
// in one column or in several side by side, with one selected line.
//
// The country, the details, the derivations and help are pages. A screen makes the sections anew for
// each picture and width; a [Reader] keeps where the reader is in them, by the names of section and
// line and never by row, so that a new picture moves nothing under the cursor: when lines appear
// above the selected one, the column scrolls by as many.
//
// Guarantees: [Reader.Draw] returns exactly as many lines and cells as asked, whatever the content;
// it asks only for lines that are visible, so that a section may list a hundred thousand
// incidents; and it changes nothing but scroll offsets. Text enters lines through [Safe], which
// isolates right-to-left text, and spells out what an ASCII terminal lacks, before widths are counted.
package page

import (
	"strconv"
	"strings"

	"vigil/internal/lang"
	"vigil/internal/safetext"
	"vigil/internal/theme"
	"vigil/internal/tui/aloud"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
)

// Line is one line of a page.
type Line struct {
	// Key names the line within its section, so that it stays selected in the next picture. A line
	// without one goes by its place.
	Key  string
	Mark string // stands in the first cell, such as "!"; one cell wide
	// Spans are the text, made of strings that have passed [Safe].
	Spans []widget.Span
	// Plot is how many of the last spans are drawn of cells: in reverse the bar of a selected line would be the hole, and the blank behind it the bar.
	Plot int
	Open screen.Ask     // what Enter does
	Why  screen.Subject // what can be derived; NoFigure is nothing
	Copy string         // what is copied; empty is the text of the line
	// Link is the address of the web that stands in the line: on a terminal that takes links the line leads there.
	Link string
	// Still lines are passed over by the cursor: headings of tables.
	Still bool
	// Said is the line in words, for plain lines; empty is its text.
	Said string
	// words are those of lines that say themselves, for plain lines in a language; nil is Said.
	words func(l *lang.Language) string
	// Silent lines are not in plain lines: the rest of a plot, whose figures the line before says.
	Silent  bool
	heading bool // of a table: in plain lines each value has its own
}

// Text is the line without styles, its mark first.
func (l *Line) Text() string {
	var b strings.Builder
	b.WriteString(l.Mark)
	if l.Mark == "" {
		b.WriteByte(' ')
	}
	for _, s := range l.Spans {
		b.WriteString(s.Text)
	}
	return b.String()
}

// stop reports whether the cursor may rest on the line.
func (l *Line) stop() bool { return !l.Still && len(l.Spans) > 0 }

// Section is lines under a titled rule. Rows follow the lines and are made only when they are drawn.
type Section struct {
	Key   string // names the section within the page
	Title string
	Note  string // at the right of the rule: counts, ages
	Lines []Line
	Count int // rows after the lines
	Row   func(i int) Line
	// Find tells which row has a key; nil where rows go by their place.
	Find func(key string) (i int, ok bool)
}

func (s *Section) len() int { return len(s.Lines) + s.Count }

func (s *Section) line(i int) Line {
	var l Line
	if i < len(s.Lines) {
		l = s.Lines[i]
	} else {
		l = s.Row(i - len(s.Lines))
	}
	if l.Key == "" {
		l.Key = strconv.Itoa(i)
	}
	return l
}

// find is the place of the line called key.
func (s *Section) find(key string) (int, bool) {
	for i := range s.Lines {
		if s.Lines[i].Key == key {
			return i, true
		}
	}
	if s.Find != nil {
		if i, ok := s.Find(key); ok {
			return len(s.Lines) + i, true
		}
	}
	if i, err := strconv.Atoi(key); err == nil && i >= 0 && i < s.len() && s.line(i).Key == key {
		return i, true
	}
	return 0, false
}

// Column is sections one below the other.
type Column struct {
	Width    int
	Sections []Section
}

// len is the number of rows: a rule for each section, its lines, and a blank between two sections.
func (c *Column) len() int {
	n := max(0, len(c.Sections)-1)
	for i := range c.Sections {
		n += 1 + c.Sections[i].len()
	}
	return n
}

// at is what stands in row i: line is −1 for the rule and len for the blank after the section.
func (c *Column) at(i int) (section, line int) {
	for s := range c.Sections {
		rows := c.Sections[s].len() + 2
		if i < rows {
			return s, i - 1
		}
		i -= rows
	}
	return len(c.Sections), 0
}

// row is the row of a line of a section.
func (c *Column) row(section, line int) int {
	at := line + 1
	for s := range section {
		at += c.Sections[s].len() + 2
	}
	return at
}

// rests reports whether the cursor may rest on row i.
func (c *Column) rests(i int) bool {
	s, l := c.at(i)
	if s >= len(c.Sections) || l < 0 || l >= c.Sections[s].len() {
		return false
	}
	line := c.Sections[s].line(l)
	return line.stop()
}

// Safe makes text ready for a line: right-to-left text is isolated, and for an ASCII terminal every other
// letter is spelled out or replaced. It is applied once, before text is fitted into its cells.
func Safe(p *theme.Palette, s string) string {
	if plain(s) {
		return s
	}
	body := strings.TrimLeft(s, " ")
	lead := s[:len(s)-len(body)]
	trail := body[len(strings.TrimRight(body, " ")):]
	t := safetext.Said(body)
	if p.ASCII {
		return lead + t.ASCII() + trail
	}
	return lead + t.Isolated() + trail
}

func plain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] >= 0x7f {
			return false
		}
	}
	return true
}

// Spoken is the line as it is read out in a language.
func (l *Line) Spoken(in *lang.Language) string {
	mark := aloud.Mark(in, l.Mark)
	if l.Said != "" {
		return mark + l.Said
	}
	if l.words != nil {
		if said := l.words(in); said != "" {
			return mark + said
		}
	}
	var b strings.Builder
	for _, s := range l.Spans {
		b.WriteString(s.Text)
	}
	return mark + aloud.Line(in, b.String())
}

// Linear is the sections as plain lines in a language, in order: the twin of what is drawn.
func Linear(in *lang.Language, sections ...Section) []string { return linear(in, nil, sections) }

// linear is Linear with the line on which the keys work said to be that; nil is none.
func linear(in *lang.Language, r *Reader, sections []Section) []string {
	var out []string
	for i := range sections {
		s := &sections[i]
		if i > 0 {
			out = append(out, "")
		}
		if heading := aloud.Heading(in, s.Title, s.Note); heading != "" {
			out = append(out, heading)
		}
		for n := range s.len() {
			l := s.line(n)
			switch {
			case l.heading, l.Silent:
			case r != nil && s.Key == r.section && l.Key == r.key:
				out = append(out, aloud.Selected(in)+l.Spoken(in))
			default:
				out = append(out, l.Spoken(in))
			}
		}
	}
	return out
}
