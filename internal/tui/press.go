package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"vigil/internal/action"
	"vigil/internal/safetext"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/screen"
)

// pressed sends a key to whoever has them.
func (m *Model) pressed(msg tea.KeyPressMsg) tea.Cmd {
	if m.say != "" {
		m.tell("")
	}
	switch m.mode {
	case filtering, ordering:
		return m.typed(msg)
	case asking:
		return m.answered(msg)
	default:
		b, ok := m.o.Keys.Lookup(m.top().screen.Scope(), msg.String())
		if !ok {
			return nil
		}
		return m.asked(b.ID)
	}
}

// asked does what a binding asks for while no prompt is open. What the root does not do itself is the
// screen's.
func (m *Model) asked(id keys.ID) tea.Cmd {
	switch id {
	case keys.Quit:
		return m.quit()
	case keys.Interrupt:
		m.ask(quitQuestion, m.quit)
		return nil
	case keys.Redraw:
		m.frame.redraw()
		return tea.ClearScreen
	case keys.Command:
		m.turn(ordering)
		return nil
	case keys.Back:
		return m.back()
	default:
	}
	if !m.drawable() {
		return nil
	}
	switch id {
	case keys.Filter:
		return m.openFilter()
	case keys.ShowHelp:
		if m.top().screen.Scope() == keys.Help {
			return nil
		}
		return m.open(screen.Ask{Go: screen.ToHelp})
	case keys.ShowBoard:
		m.stack = m.stack[:1]
		m.frame.redraw()
		return m.searchNew()
	case keys.ShowCountry:
		return m.toCountry()
	case keys.ShowEvents:
		return m.jump(screen.Ask{Go: screen.ToEvents})
	case keys.ShowAlarms:
		return m.jump(screen.Ask{Go: screen.ToAlarms})
	case keys.ShowSources:
		return m.jump(screen.Ask{Go: screen.ToSources})
	case keys.ShowPlan:
		return m.jump(screen.Ask{Go: screen.ToPlan})
	default:
		return m.forward(id)
	}
}

// forward gives a binding to the screen and does what it asks for in turn.
func (m *Model) forward(id keys.ID) tea.Cmd {
	f := m.area()
	s := m.top().screen
	if why := s.Cannot(id, f); why != "" {
		m.tell(why)
		return nil
	}
	ask := s.Key(id, f)
	m.frame.redraw()
	return tea.Batch(m.do(ask), m.pause())
}

// pause lets what follows the selection follow it after a moment without keys.
func (m *Model) pause() tea.Cmd {
	if _, ok := m.top().screen.(settler); !ok {
		return nil
	}
	m.resting++
	seq := m.resting
	return tea.Tick(rest, func(time.Time) tea.Msg { return restMsg{seq} })
}

// do does what a screen asks for.
func (m *Model) do(a screen.Ask) tea.Cmd {
	if a.Say != "" {
		m.tell(a.Say)
	}
	var cmds []tea.Cmd
	if a.Copy != "" {
		cmds = append(cmds, tea.SetClipboard(a.Copy))
	}
	if a.Prefill != "" {
		m.command.Set(a.Prefill)
		m.turn(ordering)
	}
	if a.Go != screen.Stay {
		cmds = append(cmds, m.open(a))
	}
	switch {
	case a.Do == nil:
	case a.Question != "":
		m.ask(a.Question, func() tea.Cmd { return m.order(a.Do) })
	default:
		cmds = append(cmds, m.order(a.Do))
	}
	return tea.Batch(cmds...)
}

// order sends a command to the desk.
func (m *Model) order(c action.Command) tea.Cmd {
	cmd, err := m.act(c)
	if err != nil {
		m.tell(safetext.Error(err).String())
	}
	return cmd
}

const quitQuestion = "Quit vigil?"

// ask puts a question: yes does what was agreed.
func (m *Model) ask(question string, agreed func() tea.Cmd) {
	m.question, m.agreed = question, agreed
	m.turn(asking)
}

// quit leaves. The output gets the moment that it needs.
func (m *Model) quit() tea.Cmd {
	m.cancel()
	return tea.Quit
}

// answered is a key while a question is asked. Ctrl-C asked twice means to quit, and agrees to nothing else.
func (m *Model) answered(msg tea.KeyPressMsg) tea.Cmd {
	b, ok := m.o.Keys.Lookup(keys.Confirm, msg.String())
	if !ok {
		return nil
	}
	agreed := m.agreed
	leaves := b.ID == keys.Interrupt && m.question != quitQuestion
	m.question, m.agreed = "", nil
	m.turn(browsing)
	if b.ID == keys.No || leaves {
		return nil
	}
	return agreed()
}

// turn gives the keys to somebody else.
func (m *Model) turn(to mode) {
	m.mode = to
	m.frame.redraw()
}
