package tui

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"vigil/internal/term"
	"vigil/internal/theme"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
)

// frame is what was drawn last, with what of it has to be drawn again.
type frame struct {
	body   []string
	view   tea.View
	drawn  bool      // there is a frame
	all    bool      // everything is out of date
	header bool      // the header is
	footer bool      // the footer is
	away   bool      // the terminal is the shell's: nothing is drawn
	held   bool      // the body is as well, and waits until it is due on a thin link
	at     time.Time // by the console's clock, when the header was drawn last
	bodyAt time.Time // when the body was
	bodies int       // how often a body was drawn, for tests
	frames int       // how often a frame was put together, for tests
}

func (f *frame) redraw() { f.all = true }

// blank empties the frame until the terminal is taken back: what it shows first then would be as old as the stop was long.
func (f *frame) blank() {
	f.view, f.drawn, f.away = tea.View{AltScreen: true, WindowTitle: "vigil", MouseMode: f.view.MouseMode}, true, true
}

// View is the frame. Bubble Tea asks for it after every message, so it is drawn only when something
// changed, and not while the terminal is behind.
func (m *Model) View() tea.View {
	f := &m.frame
	if f.away || f.drawn && !f.all && !f.header && !f.footer {
		return f.view
	}
	if f.drawn && m.o.Output != nil && !m.o.Output.Ready() {
		return f.view
	}
	if m.reading.on { // the header may take more or fewer lines than before
		f.all = true
	}
	if f.all || !f.drawn {
		f.body = m.body()
		f.bodies++
		f.held, f.bodyAt = false, m.now
	}
	f.view = m.compose()
	f.drawn, f.all, f.header, f.footer, f.at = true, false, false, false, m.now
	f.frames++
	return f.view
}

// compose puts header, body, footer and prompt together.
func (m *Model) compose() tea.View {
	v := tea.View{AltScreen: true, WindowTitle: "vigil"}
	if m.mouse && !m.reading.on {
		v.MouseMode = tea.MouseModeCellMotion
	}
	if m.width <= 0 || m.height <= 0 {
		return v
	}
	if m.width < MinWidth || m.height < MinHeight {
		v.Content = m.tooSmall()
		return v
	}
	lines := m.frame.body
	if !m.reading.on {
		lines = make([]string, 0, m.height)
		lines = append(lines, m.header())
		lines = append(lines, m.frame.body...)
		lines = append(lines, m.footer())
	}
	m.overlay(lines, &v)
	for i := range lines {
		lines[i] = m.palette.Ground(lines[i])
		if m.o.Caps.Basic {
			lines[i] = term.Overwrite(lines[i])
		}
	}
	v.Content = strings.Join(lines, "\n")
	return v
}

// tooSmall is all that can be said honestly on a terminal of that size: with what must never be missing.
func (m *Model) tooSmall() string {
	before := ""
	if !m.view.IsZero() && m.view.Desk().Exercise {
		before = m.hand.Say("EXERCISE") + " "
	}
	lines := widget.TooSmall(m.hand.Language, m.palette, before, m.width, m.height, [2]int{MinWidth, MinHeight})
	for i := range lines {
		lines[i] = m.palette.Ground(lines[i])
	}
	return strings.Join(lines, "\n")
}

// body is the screen's own lines, between the header and the footer.
func (m *Model) body() []string {
	f := m.area()
	if m.width < MinWidth || m.height < MinHeight {
		return nil
	}
	if m.reading.on {
		return m.linearFrame()
	}
	if m.view.IsZero() && m.top().screen.Scope() != keys.Help {
		wait := widget.Line(m.palette, f.Width, widget.Span{Text: " " + m.hand.Say("Reading the desk: no picture yet."), Role: theme.Dim})
		return widget.Height([]string{wait}, f.Width, f.Height)
	}
	return m.beside(widget.Height(m.top().screen.Lines(f), f.Width, f.Height))
}

// beside fills the columns that are not drawn in, on a thin link.
func (m *Model) beside(lines []string) []string {
	rest := m.width - m.area().Width
	if rest <= 0 {
		return lines
	}
	blank := widget.Line(m.palette, rest)
	for i := range lines {
		lines[i] += blank
	}
	return lines
}

// overlay lays the open prompt over the last lines, and puts the terminal's cursor there.
func (m *Model) overlay(lines []string, v *tea.View) {
	var prompt []string
	var cursor int
	switch m.mode {
	case filtering:
		prompt, cursor = m.filter.Render(m.palette, m.width)
	case ordering:
		prompt, cursor = m.command.Render(m.palette, m.width)
	case browsing:
		m.screenCursor(v)
		return
	default:
		return
	}
	if len(prompt) == 1 {
		prompt = append(prompt, m.promptHints())
	}
	at := len(lines) - len(prompt)
	copy(lines[at:], prompt)
	if m.mode == ordering {
		offers := m.offerLines()
		copy(lines[at-len(offers):], offers)
	}
	v.Cursor = tea.NewCursor(cursor, at)
	v.Cursor.Blink = false
}

// screenCursor puts the terminal's cursor where a screen that is typed into wants it, and in plain lines on the one that is selected.
func (m *Model) screenCursor(v *tea.View) {
	if m.reading.on {
		v.Cursor = tea.NewCursor(m.reading.column, m.reading.cursor)
		v.Cursor.Blink = false
		return
	}
	t, ok := m.top().screen.(screen.Typist)
	if !ok || m.view.IsZero() {
		return
	}
	if x, y, shown := t.Cursor(m.area()); shown {
		v.Cursor = tea.NewCursor(x, y+1) // below the header
		v.Cursor.Blink = false
	}
}
