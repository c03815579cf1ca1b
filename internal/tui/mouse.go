package tui

import (
	"errors"
	"slices"

	tea "charm.land/bubbletea/v2"

	"vigil/internal/tui/keys"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
)

// The mouse is off until it is asked for, because a terminal that reports it no longer selects text by itself. A click selects what
// stands there, and a click on what is selected goes into it, as Enter does; the wheel moves the selection; a click on what a key
// does, in the footer, does it. Nothing is reached by it that a key does not reach.

// orderMouse turns the mouse on or off.
func (m *Model) orderMouse(word string) (tea.Cmd, error) {
	switch word {
	case "on", "off":
		m.mouse = word == "on"
	case "":
		m.mouse = !m.mouse
	default:
		return nil, errors.New(m.hand.Say("write mouse on, or mouse off"))
	}
	switch {
	case m.mouse && (m.o.Caps.Dumb || m.o.Caps.Bare || m.reading.printed):
		m.mouse = false
		return nil, errors.New(m.hand.Say("this terminal has no mouse"))
	case m.mouse:
		m.tell(m.hand.Sayf("mouse on: the terminal selects text with Shift now; %s turns it off", m.keyFor(keys.ToggleMouse)))
	default:
		m.tell(m.hand.Say("mouse off"))
	}
	m.frame.redraw()
	return nil, nil
}

// pointed reports whether what the mouse does is for the screen, and notes that somebody is there, as a key does.
func (m *Model) pointed() (answer tea.Cmd, takes bool) {
	if !m.mouse || m.reading.on {
		return nil, false
	}
	if m.say != "" {
		m.tell("")
	}
	answer, taken := m.attend()
	return answer, !taken && m.drawable()
}

// wheelLines is how many lines the wheel moves at a time.
const wheelLines = 3

func (m *Model) wheeled(msg tea.MouseWheelMsg) tea.Cmd {
	answer, takes := m.pointed()
	id := map[tea.MouseButton]keys.ID{tea.MouseWheelUp: keys.Up, tea.MouseWheelDown: keys.Down}[msg.Button]
	if !takes || id == "" || m.mode != browsing {
		return answer
	}
	cmds := []tea.Cmd{answer}
	for range wheelLines {
		cmds = append(cmds, m.forward(id))
	}
	return tea.Batch(cmds...)
}

func (m *Model) clicked(msg tea.MouseClickMsg) tea.Cmd {
	answer, takes := m.pointed()
	if !takes || msg.Button != tea.MouseLeft {
		return answer
	}
	return tea.Batch(answer, m.clickedAt(msg.X, msg.Y))
}

func (m *Model) clickedAt(x, y int) tea.Cmd {
	if x < 0 || x >= m.width || y >= m.height {
		return nil // as while the terminal is larger than what is drawn
	}
	if y == m.height-1 {
		return m.clickedHint(x)
	}
	s, ok := m.top().screen.(screen.Clickable)
	if m.mode != browsing || !ok || y == 0 {
		return nil
	}
	hit, again := s.Click(x, y-1, m.area())
	switch {
	case again:
		return m.forward(keys.Open)
	case hit:
		m.frame.redraw()
		return m.pause()
	}
	return nil
}

// clickedHint does what the footer says of a key.
func (m *Model) clickedHint(x int) tea.Cmd {
	scope, at := m.top().screen.Scope(), 1
	switch m.mode {
	case copying:
		scope, at = keys.Copying, widget.Width(m.copyLead())
	case browsing:
		if m.say != "" {
			return nil
		}
	default:
		return nil
	}
	h, ok := widget.HintAt(m.offers(scope), m.width-at, x-at)
	if !ok {
		return nil
	}
	return m.handed(pressOf(m.o.Keys, scope, h.ID))
}

// pressOf is the key press that means an action.
func pressOf(t *keys.Table, scope keys.Scope, id keys.ID) tea.KeyPressMsg {
	all := t.ForScope(scope)
	if i := slices.IndexFunc(all, func(b keys.Binding) bool { return b.ID == id }); i >= 0 {
		return tea.KeyPressMsg{Text: all[i].Keys[0]}
	}
	return tea.KeyPressMsg{}
}
