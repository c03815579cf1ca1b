package tui

import (
	"errors"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"vigil/internal/lang"
	"vigil/internal/picture"
	"vigil/internal/safetext"
	"vigil/internal/saying"
	"vigil/internal/term"
	"vigil/internal/theme"
	"vigil/internal/tui/screen"
	"vigil/internal/wall"
)

type (
	tickMsg  struct{}
	viewMsg  struct{ view picture.View }
	themeMsg struct{ theming Theming }
	// loadedMsg answers ":theme".
	loadedMsg struct {
		seq   int
		name  string
		theme *theme.Theme
		err   error
	}
	// actedMsg answers a command to the desk.
	actedMsg struct {
		verb string
		done string // what is said when there is no error
		err  error
		from *level // the screen that it closes, if it does
	}
	// restMsg comes a moment after the last key.
	restMsg struct{ seq int }
)

// rest is how long the keys must be silent before what follows the selection follows it: a detail pane that
// is drawn at each step of the cursor would flicker, and cost a slow link a second a key.
const rest = 300 * time.Millisecond

// settler is a screen with panes that follow the selection when it rests.
type settler interface {
	// Settle lets them follow, and reports whether that changed anything.
	Settle(f screen.Frame) bool
}

// everySecond ticks with the seconds of the clock on the wall.
func everySecond() tea.Cmd {
	return tea.Every(time.Second, func(time.Time) tea.Msg { return tickMsg{} })
}

// waitView waits for the next picture; a mailbox that was closed gives no more.
func waitView(views <-chan picture.View) tea.Cmd {
	if views == nil {
		return nil
	}
	return func() tea.Msg {
		if v, ok := <-views; ok {
			return viewMsg{v}
		}
		return nil
	}
}

func waitTheme(themes <-chan Theming) tea.Cmd {
	if themes == nil {
		return nil
	}
	return func() tea.Msg {
		if t, ok := <-themes; ok {
			return themeMsg{t}
		}
		return nil
	}
}

// update deals messages out; each case is a line or a method.
func (m *Model) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tickMsg:
		return m.ticked()
	case viewMsg:
		return tea.Batch(m.arrived(msg.view), m.ring(), m.watches(), waitView(m.o.Views))
	case tea.WindowSizeMsg:
		m.width, m.height = msg.Width, msg.Height
		m.frame.redraw()
	case term.SuspendingMsg:
		m.frame.blank()
	case tea.ResumeMsg:
		m.resumed()
	case term.NoShellMsg:
		m.tell(m.hand.Say("no shell has started vigil that could let it go on: it does not stop"))
	case term.ReadyMsg:
		return m.o.Output.WaitReady // drawing follows by itself
	case tea.KeyPressMsg:
		return m.pressed(msg)
	case tea.MouseClickMsg:
		return m.clicked(msg)
	case tea.MouseWheelMsg:
		return m.wheeled(msg)
	case tea.PasteMsg:
		return m.pasted(msg.Content)
	case restMsg:
		m.rested(msg.seq)
	case foundMsg:
		return m.found(msg)
	case themeMsg:
		m.themed(msg.theming)
		return waitTheme(m.o.Themes)
	case loadedMsg:
		m.loaded(msg)
	case actedMsg:
		return m.acted(msg)
	case failedMsg:
		m.command.Fail(msg.line)
		return m.update(msg.answer)
	}
	return nil
}

// ticked moves the clock. The body follows each minute, and a filter that counts from now with it.
func (m *Model) ticked() tea.Cmd {
	minute := m.clock()
	m.now = m.o.Clock()
	m.measured()
	if !m.clock().Equal(minute) {
		m.counted()
		m.refresh()
	}
	after := m.caughtUp()
	if t, ok := m.top().screen.(screen.Turner); ok && m.drawable() && t.Turn(m.now) {
		m.frame.redraw()
	}
	return tea.Batch(m.tick(), m.searchAgain(), m.ring(), m.watches(), m.falls(), after)
}

// Parting is what stands on the terminal while the console is stopped.
func Parting(words *lang.Language) string {
	return words.Say("vigil stands still: nothing rings, moves or is written here until fg")
}

// resumed takes the clock as it is now: what is on the screen next must not have the ages of before, however long the process stood still.
func (m *Model) resumed() {
	m.now, m.frame.away = m.o.Clock(), false
	m.backSince = m.now
	m.measured()
	m.frame.redraw()
}

// ring rings for the alarms that have not rung yet, whatever is on the screen.
func (m *Model) ring() tea.Cmd {
	v := m.newest()
	if v.IsZero() || !v.Live() {
		return nil
	}
	m.ringer.Hides, m.ringer.Ways = v.HidesAlarm, m.ways()
	alarms := v.Duty().Alarms(m.now)
	if m.o.public() { // what rings in a room of which it shows nothing tells of it
		alarms = wall.Rings(v, wall.Public, m.o.Wall.Only, m.now)
	}
	bytes, line := m.ringer.Ring(alarms, v.Desk().Exercise, m.now)
	if m.reading.on && !m.reading.printed && line != "" && !m.public() {
		m.tell(line)
	}
	if bytes == "" {
		return nil
	}
	m.link.hurry = true // what rings is seen soon, on a thin link too
	return tea.Raw(bytes)
}

// arrived shows a new picture.
func (m *Model) arrived(v picture.View) tea.Cmd {
	if now := m.o.Clock(); !m.frame.away && (!v.Live() || !v.Valid().Before(m.backSince)) {
		m.received = now
	}
	if m.due(m.frame.at) {
		m.frame.header = m.frame.header || !m.reading.on || m.readHeader()
	}
	if m.view.Same(v) || v.IsZero() {
		return nil
	}
	if m.waits(v) {
		return nil
	}
	return m.takeIn(v)
}

// takeIn goes over to another picture.
func (m *Model) takeIn(v picture.View) tea.Cmd {
	m.link.waiting, m.link.hurry, m.link.took = picture.View{}, false, m.o.Clock()
	succeeds := m.view.Ahead() && !v.Ahead()
	m.view, m.now = v, m.link.took
	m.search.stale = true
	f := m.area()
	if succeeds {
		m.succeed(f)
	}
	for _, l := range m.stack {
		l.screen.Arrived(f)
	}
	m.frame.redraw()
	if succeeds {
		return m.searchNew() // what is under way would find the incidents of the other picture
	}
	return m.searchAgain()
}

func (m *Model) rested(seq int) {
	if seq != m.resting || !m.drawable() {
		return
	}
	if s, ok := m.top().screen.(settler); ok && s.Settle(m.area()) {
		m.frame.redraw()
	}
}

func (m *Model) themed(t Theming) {
	m.trouble = t.Trouble
	if t.Theme != nil {
		m.theme = t.Theme
		m.paint()
	}
	m.frame.redraw()
}

func (m *Model) loaded(msg loadedMsg) {
	switch {
	case msg.seq != m.themes: // another was asked for since
	case errors.Is(msg.err, theme.ErrNotFound):
		m.tell(m.hand.Sayf("there is no theme %q; known are %s", msg.name, strings.Join(m.o.ThemeNames, ", ")))
	case msg.err != nil:
		m.tell(m.why(msg.err))
	default:
		m.themed(Theming{Theme: msg.theme})
		m.tell(m.hand.Sayf("theme %s; theme under [ui] in vigil.toml keeps it", msg.theme.Name))
	}
}

func (m *Model) acted(msg actedMsg) tea.Cmd {
	switch {
	case msg.err != nil && msg.from != nil:
		m.refused(msg.from, m.hand.Sayf("%s: %s", msg.verb, m.why(msg.err)))
	case msg.err != nil:
		m.tell(m.hand.Sayf("%s: %s", msg.verb, m.why(msg.err)))
	default:
		m.link.hurry = true // who did something wants to see it done
		m.tell(m.hand.Sayf("%s: %s", msg.verb, msg.done))
		if msg.from != nil {
			return m.leave(msg.from)
		}
	}
	return nil
}

// why is what an error says, in the language of whoever reads, as far as it can be said in it.
func (m *Model) why(err error) string { return safetext.Clean(saying.In(m.hand, err)).String() }

// tell puts one line into the footer until the next key.
func (m *Model) tell(s string) {
	m.say = s
	m.frame.footer = true
}
