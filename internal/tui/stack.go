package tui

import (
	tea "charm.land/bubbletea/v2"

	"vigil/internal/country"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/screen"
)

// open puts the screen that an ask wants on top of the stack.
func (m *Model) open(a screen.Ask) tea.Cmd {
	if a.Go == screen.ToBoard {
		m.stack = m.stack[:1]
		m.frame.redraw()
		return m.searchNew()
	}
	s := m.make(a)
	if s == nil {
		m.tell(m.hand.Say("there is no such screen"))
		return nil
	}
	if a.Subject.Country.Known() {
		m.country = a.Subject.Country
	}
	m.stack = append(m.stack, &level{screen: s, is: a.Go, of: a.Subject, filter: a.Subject.Filter})
	if m.drawable() {
		s.Arrived(m.area())
	}
	m.frame.redraw()
	return tea.Batch(m.searchNew(), m.pause())
}

// jump is what the digits do: the screen stands right above the board, wherever the person was.
func (m *Model) jump(a screen.Ask) tea.Cmd {
	m.stack = m.stack[:1]
	return m.open(a)
}

// toMap opens the map, with the cursor on the country that the screen has selected, else on the one last looked at.
func (m *Model) toMap() tea.Cmd {
	c := m.country
	if ask, ok := m.selectedCountry(); ok {
		c = ask.Subject.Country
	}
	return m.jump(screen.Ask{Go: screen.ToMap, Subject: screen.Subject{Country: c}})
}

// selectedCountry asks the screen for the country that is selected on it.
func (m *Model) selectedCountry() (screen.Ask, bool) {
	f := m.area()
	if m.top().screen.Cannot(keys.ShowCountry, f) != "" {
		return screen.Ask{}, false
	}
	ask := m.top().screen.Key(keys.ShowCountry, f)
	return ask, ask.Go == screen.ToCountry
}

// toCountry opens the country that the screen has selected, else the one last looked at, else the first.
func (m *Model) toCountry() tea.Cmd {
	if ask, ok := m.selectedCountry(); ok {
		return m.jump(ask)
	}
	c := m.someCountry()
	if !c.Known() {
		m.tell(m.hand.Say("no country is shown: name home countries in vigil.toml, or write :country MLI"))
		return nil
	}
	return m.jump(screen.Ask{Go: screen.ToCountry, Subject: screen.Subject{Country: c}})
}

// someCountry is the country that was shown last, else the first.
func (m *Model) someCountry() country.Code {
	if _, ok := m.view.Country(m.country); ok {
		return m.country
	}
	for row := range m.view.Countries() {
		return row.Code
	}
	return country.Unknown
}

// back is Esc: it takes the filter off, or goes one level back; at the bottom it does nothing.
func (m *Model) back() tea.Cmd {
	switch l := m.top(); {
	case l.filter != "":
		l.filter = ""
		m.frame.redraw()
		return m.searchNew()
	case len(m.stack) > 1:
		m.stack = m.stack[:len(m.stack)-1]
		m.frame.redraw()
		return m.searchNew()
	default:
		m.tell(m.hand.Sayf("this is the first screen: %s quits", m.keyFor(keys.Quit)))
		return nil
	}
}
