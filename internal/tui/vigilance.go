package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"vigil/internal/action"
	"vigil/internal/duty"
	"vigil/internal/theme"
	"vigil/internal/tui/ring"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
)

// vigilance is the check, at night, of whether whoever has the watch is awake. It asks in the header and the footer of every screen,
// and by the bell once a minute; any key on any console of the desk answers. That key does nothing else, unless something is being typed:
// a key that is pressed in the dark must not do what nobody read.
type vigilance struct {
	keyed time.Time // the last key on this console
	asked time.Time // since when the check that was drawn asks; zero if none does
	bell  time.Time // when it rang last
}

// bellEvery is how often a check rings that nobody answers.
const bellEvery = time.Minute

// checks reports whether the check asks now, and since when.
func (m *Model) checks() (since time.Time, asks bool) {
	if m.view.IsZero() || !m.view.Live() || m.o.Act == nil || !m.view.MayDial() {
		return time.Time{}, false
	}
	w, _ := m.view.Duty().Watch()
	attended := m.view.Attended()
	if m.vigilance.keyed.After(attended) {
		attended = m.vigilance.keyed
	}
	return m.view.Desk().Vigilance.Check(w, attended, m.now)
}

// watches draws and rings for the check.
func (m *Model) watches() tea.Cmd {
	v := &m.vigilance
	since, asks := m.checks()
	if !asks {
		since = time.Time{}
	}
	if !since.Equal(v.asked) {
		v.asked = since
		m.frame.header, m.frame.footer = true, true
	}
	if !asks || m.ways()&ring.Bell == 0 || m.now.Sub(v.bell) < bellEvery {
		return nil
	}
	v.bell = m.now
	return tea.Raw("\a")
}

// attend notes a key, and answers the check with it. taken says that the key does nothing else.
func (m *Model) attend() (cmd tea.Cmd, taken bool) {
	m.now = m.o.Clock()
	_, asks := m.checks()
	m.vigilance.keyed = m.now
	if m.o.Attend != nil {
		m.o.Attend()
	}
	if !asks {
		return nil, false
	}
	w, _ := m.view.Duty().Watch()
	cmd = m.order(action.Record{Body: &duty.Watch{Act: duty.WatchAwake, Holder: duty.Words(w.Holder.String())}})
	m.watches()
	_, typist := m.top().screen.(screen.Typist)
	return cmd, m.mode == browsing && !typist
}

// vigilanceLine is the footer while the check asks.
func (m *Model) vigilanceLine() string {
	return widget.StatusLine(m.palette, m.width, theme.Footer, []widget.Span{{Text: " " + m.vigilanceWords(), Role: theme.Alarm}}, nil)
}

// pressEnter is the same where a line answers.
func (m *Model) pressEnter() string {
	w, _ := m.view.Duty().Watch()
	return m.hand.Sayf("VIGILANCE CHECK since %s: %s, press Enter", m.vigilance.asked.UTC().Format("15:04Z"), w.Holder)
}

func (m *Model) vigilanceWords() string {
	w, _ := m.view.Duty().Watch()
	return m.hand.Sayf("VIGILANCE CHECK since %s: %s, press any key", m.vigilance.asked.UTC().Format("15:04Z"), w.Holder)
}
