package tui

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"vigil/internal/action"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/verdict"
)

// pressed sends a key to whoever has them.
func (m *Model) pressed(msg tea.KeyPressMsg) tea.Cmd {
	if m.say != "" {
		m.tell("")
	}
	m.stays()
	answer, taken := m.attend()
	if taken {
		return answer
	}
	return tea.Batch(answer, m.handed(msg))
}

// handed gives a key to the prompt, the question or the screen.
func (m *Model) handed(msg tea.KeyPressMsg) tea.Cmd {
	switch m.mode {
	case filtering, ordering:
		return m.typed(msg)
	case asking:
		return m.answered(msg)
	case copying:
		return m.copied(msg)
	default:
		b, ok := m.o.Keys.Lookup(m.top().screen.Scope(), msg.String())
		if !ok {
			return m.written(msg.Text)
		}
		return m.asked(b.ID)
	}
}

// written gives text to a screen that is typed into.
func (m *Model) written(text string) tea.Cmd {
	t, ok := m.top().screen.(screen.Typist)
	if !ok || text == "" || !m.drawable() {
		return nil
	}
	ask := t.Type(text, m.area())
	m.frame.redraw()
	return m.do(ask)
}

// asked does what a binding asks for while no prompt is open. What the root does not do itself is the
// screen's.
func (m *Model) asked(id keys.ID) tea.Cmd {
	switch id {
	case keys.Quit:
		return m.quit()
	case keys.Interrupt:
		if _, typist := m.top().screen.(screen.Typist); typist && m.drawable() {
			return m.forward(id)
		}
		m.ask(m.hand.Say("Quit vigil?"), m.quit)
		m.quitting = true
		return nil
	case keys.Redraw:
		m.frame.redraw()
		return tea.ClearScreen
	case keys.Suspend:
		return tea.Suspend
	case keys.ToggleLinear:
		return m.read()
	case keys.ToggleMouse:
		if _, err := m.orderMouse(""); err != nil {
			m.tell(err.Error())
		}
		return nil
	case keys.Command:
		m.turn(ordering)
		return nil
	case keys.Back:
		return m.back()
	default:
	}
	if !m.drawable() {
		return m.early(id)
	}
	switch id {
	case keys.Filter:
		return m.openFilter()
	case keys.ShowHelp:
		if m.top().screen.Scope() == keys.Help {
			return nil
		}
		return m.open(screen.Ask{Go: screen.ToHelp})
	case keys.Report: // a voice does not wait until somebody has found the right screen
		if why := verdict.Closed(m.area()); why != "" {
			m.tell(why)
			return nil
		}
		return m.open(screen.Ask{Go: screen.ToReport})
	case keys.Copy:
		return m.copy()
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
	case keys.ShowMap:
		return m.toMap()
	case keys.ShowLog:
		return m.jump(screen.Ask{Go: screen.ToLog})
	case keys.ShowWatch:
		return m.jump(screen.Ask{Go: screen.ToWatch})
	case keys.ShowHandover:
		return m.jump(screen.Ask{Go: screen.ToHandover})
	case keys.ShowPlan:
		return m.jump(screen.Ask{Go: screen.ToPlan})
	default:
		return m.forward(id)
	}
}

// early does what a binding asks for before there is a picture: help is there at once, and of anything else is said that it waits.
func (m *Model) early(id keys.ID) tea.Cmd {
	if m.width <= 0 {
		return nil
	}
	switch helped := m.top().screen.Scope() == keys.Help; {
	case helped && slices.Contains(moves, id):
		return m.forward(id)
	case helped:
	case id == keys.ShowHelp:
		return m.open(screen.Ask{Go: screen.ToHelp})
	}
	m.tell(m.hand.Say("there is no picture yet: wait for the first"))
	return nil
}

// moves are the bindings that move within a text.
var moves = []keys.ID{
	keys.Up, keys.Down, keys.PageUp, keys.PageDown, keys.HalfPageUp, keys.HalfPageDown, keys.Top, keys.Bottom, keys.NextPane, keys.PreviousPane,
}

// forward gives a binding to the screen and does what it asks for in turn.
func (m *Model) forward(id keys.ID) tea.Cmd {
	f := m.area()
	s := m.top().screen
	if m.reading.on && m.scrolled(id) {
		return nil
	}
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
		cmds = append(cmds, m.toClipboard(a.Copy))
	}
	if a.Prefill != "" {
		m.command.Set(a.Prefill)
		m.turn(ordering)
	}
	if a.Go != screen.Stay {
		cmds = append(cmds, m.open(a))
	}
	from := m.top()
	switch {
	case a.Do == nil && !a.Close:
	case a.Question != "":
		m.ask(a.Question, func() tea.Cmd { return m.agree(a, from) })
	default:
		cmds = append(cmds, m.agree(a, from))
	}
	return tea.Batch(cmds...)
}

// agree does what a screen asked for and nobody has to be asked about any more.
func (m *Model) agree(a screen.Ask, from *level) tea.Cmd {
	switch {
	case a.Do == nil:
		return m.leave(from)
	case !a.Close:
		return m.order(a.Do)
	}
	// Every attempt of one form bears one id, so that what was written and not confirmed is not written twice.
	if from.attempt == "" {
		from.attempt = action.NewID()
	}
	cmd, err := m.attempt(from.attempt, a.Do, from)
	if err != nil {
		m.refused(from, m.why(err))
	}
	return cmd
}

// leave takes a screen off the stack, and nothing if it is not there any more.
func (m *Model) leave(l *level) tea.Cmd {
	at := slices.Index(m.stack, l)
	if at < 1 {
		return nil
	}
	m.stack = slices.Delete(m.stack, at, at+1)
	m.frame.redraw()
	return m.searchNew()
}

// refused tells a screen that the desk did not do what it wanted.
func (m *Model) refused(l *level, why string) {
	m.tell(why)
	if t, ok := l.screen.(screen.Typist); ok {
		t.Refused(why)
		m.frame.redraw()
	}
}

// order sends a command to the desk.
func (m *Model) order(c action.Command) tea.Cmd {
	cmd, err := m.act(c)
	if err != nil {
		m.tell(m.why(err))
	}
	return cmd
}

// ask puts a question: yes does what was agreed.
func (m *Model) ask(question string, agreed func() tea.Cmd) {
	m.question, m.agreed, m.quitting = question, agreed, false
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
	leaves := b.ID == keys.Interrupt && !m.quitting
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
