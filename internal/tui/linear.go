package tui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"vigil/internal/tui/aloud"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
)

// The twin of every screen in plain lines: the header's words, the lines of the screen, the footer's words. It has no boxes, no
// columns and no colours, the line on which the keys work says that it is selected, and the terminal's cursor stands on it, where
// screen readers look. The clock of its header goes by the minute: what changes each second would be read out each second. What
// rings is said in the footer until the next key.

// reading is how the console is read where it is read as plain lines.
type reading struct {
	on bool
	// printed tells that lines are only ever added: see [Teleprinter].
	printed bool
	header  string // the words of the header as they were drawn last
	cursor  int    // the row of the drawn body on which the terminal's cursor stands
	column  int
}

// linearWidth is the width that a screen is given that is read as plain lines: one in which no part stands beside another.
const linearWidth = 80

// Linear is the twin of what is shown: the header's words, then the screen's lines.
func (m *Model) Linear() []string {
	lines := []string{m.headerWords()}
	if m.view.IsZero() {
		return append(lines, m.hand.Say("Reading the desk: no picture yet."))
	}
	return append(lines, m.top().screen.Linear(m.area())...)
}

// headerWords is the header for the linear twin: everything, because a line there has no width.
func (m *Model) headerWords() string {
	words := []string{"VIGIL"}
	if !m.view.IsZero() {
		if m.view.Desk().Exercise {
			words = append(words, m.hand.Say("EXERCISE"))
		}
		words = append(words, m.view.Desk().Name.String(), m.top().screen.Title(m.area()))
	}
	for _, n := range m.notes(unlimited) {
		words = append(words, n.text)
	}
	words = append(words, m.now.UTC().Format("15:04Z"))
	words = slices.DeleteFunc(words, func(w string) bool { return w == "" })
	for i := range words {
		words[i] = aloud.Text(m.hand.Language, words[i])
	}
	return strings.Join(words, ", ")
}

// footerWords are the footer's.
func (m *Model) footerWords() string {
	switch {
	case m.mode == asking:
		return m.question + " " + m.spanWords(m.hints(keys.Confirm, unlimited))
	case m.mode == copying:
		return m.hand.Say("Copy:") + " " + m.spanWords(m.hints(keys.Copying, unlimited))
	case !m.vigilance.asked.IsZero():
		return m.vigilanceWords()
	case !m.link.since.IsZero():
		return m.fallWords()
	case m.say != "":
		return m.say
	}
	return m.hintWords(m.top().screen.Scope())
}

// hintWords are as many hints of a scope as fit in words, which may take more room than the hints.
func (m *Model) hintWords(scope keys.Scope) string {
	words := m.spanWords(m.hints(scope, m.width-1))
	if over := widget.Width(words) - m.width; over > 0 {
		words = m.spanWords(m.hints(scope, m.width-1-over))
	}
	return words
}

// spanWords are hints in words.
func (m *Model) spanWords(spans []widget.Span) string {
	var b strings.Builder
	for _, s := range spans {
		if s.Text == keys.Digits {
			first, last, _ := strings.Cut(s.Text, "-")
			s.Text = m.hand.Sayf("%s to %s", first, last)
		}
		b.WriteString(s.Text)
	}
	return strings.Join(strings.Split(strings.TrimSpace(b.String()), "  "), ", ")
}

// read turns the twin on or off.
func (m *Model) read() tea.Cmd {
	if m.reading.printed {
		m.tell(m.hand.Say("here all is plain lines"))
		return nil
	}
	m.reading.on = !m.reading.on
	m.frame.redraw()
	if m.reading.on {
		m.tell(m.hand.Sayf("plain lines: %s draws the screen again", m.keyFor(keys.ToggleLinear)))
	}
	return nil
}

// readHeader reports whether the header of the twin is to be drawn anew.
func (m *Model) readHeader() bool { return m.headerWords() != m.reading.header }

// linearFrame is the whole terminal as plain lines.
func (m *Model) linearFrame() []string {
	m.reading.header = m.headerWords()
	head := widget.Wrap(m.reading.header, m.width)
	head = head[:min(len(head), max(1, m.height/4))]
	height := m.height - len(head) - 1
	rows := append(head, m.linearBody(height)...)
	rows = append(rows, widget.Truncate(m.footerWords(), m.width, ""))
	m.reading.cursor += len(head)
	for i := range rows {
		rows[i] = widget.Fit(rows[i], m.width, "")
	}
	return rows
}

// linearBody are the lines of the screen that are in sight, wrapped.
func (m *Model) linearBody(height int) []string {
	if m.view.IsZero() {
		return widget.Height([]string{m.hand.Say("Reading the desk: no picture yet.")}, m.width, height)
	}
	f, l := m.area(), m.top()
	l.screen.Lines(f) // what is drawn keeps in step, so that a page is a page
	var rows []string
	from, to := -1, 0
	for _, line := range l.screen.Linear(f) {
		if strings.HasPrefix(line, aloud.Selected(m.hand.Language)) {
			from = len(rows)
		}
		rows = append(rows, widget.Wrap(line, m.width)...)
		if from >= 0 && to == 0 {
			to = len(rows)
		}
	}
	l.rows, l.marked = len(rows), from >= 0
	if from >= 0 {
		l.follow(from, to, height)
	}
	l.scroll = max(0, min(l.scroll, len(rows)-height))
	m.reading.cursor, m.reading.column = 0, 0
	if from >= 0 {
		m.reading.cursor = max(0, min(from-l.scroll, height-1))
		if _, typist := l.screen.(screen.Typist); typist {
			m.reading.cursor = max(0, min(to-1-l.scroll, height-1))
			m.reading.column = min(widget.Width(rows[to-1]), m.width-1)
		}
	}
	return widget.Height(rows[l.scroll:min(len(rows), l.scroll+height)], m.width, height)
}

// follow scrolls so that the selected rows are in sight. What stands above the first line that can be selected comes into sight
// with it.
func (l *level) follow(from, to, height int) {
	const above = 3
	if from < l.scroll+above {
		l.scroll = max(0, from-above)
	}
	if from < height-1 && l.scroll < height {
		l.scroll = 0
	}
	l.scroll = max(l.scroll, min(to-height, from))
}

// scrolled moves the lines of a screen on which nothing is selected.
func (m *Model) scrolled(id keys.ID) bool {
	l := m.top()
	if l.marked || l.rows == 0 {
		return false
	}
	page := max(1, m.height-4)
	by := map[keys.ID]int{
		keys.Up: -1, keys.Down: 1, keys.PageUp: -page, keys.PageDown: page, keys.HalfPageUp: -page / 2, keys.HalfPageDown: page / 2, keys.Top: -l.rows, keys.Bottom: l.rows,
	}[id]
	if by == 0 {
		return false
	}
	l.scroll = max(0, l.scroll+by)
	m.frame.redraw()
	return true
}
