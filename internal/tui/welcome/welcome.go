// Package welcome is the screen of a first run, where there is no desk: it says what vigil is and what can be done now, which is to
// look at an exercise, or to make a desk.
//
// What it guarantees: it makes nothing but what was asked for and named, through [Options.Init], outside of the UI goroutine; a mistake is
// said beside what was typed, and leaves it there. Esc goes back and never quits. [Plain] says the same without a screen.
package welcome

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"vigil/internal/lang"
	"vigil/internal/safetext"
	"vigil/internal/term"
	"vigil/internal/theme"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/widget"
)

// Options are everything that the screen gets from whoever starts it.
type Options struct {
	Palette *theme.Palette
	Keys    *keys.Table
	// Language is how the screen is said; nil is English.
	Language *lang.Language
	Caps     term.Caps
	Output   *term.Output // paces the frames; nil draws each at once
	Least    [2]int       // the smallest terminal on which it holds
	Where    safetext.Text
	// Init makes a desk in a directory.
	Init func(dir string) error
}

// Choice is what was chosen; the zero value is to leave.
type Choice struct {
	Demo bool
	Desk string // the directory of a desk that was made, and is to be opened
}

// mode says who gets the keys.
type mode uint8

const (
	choosing mode = iota
	helping
	naming // the directory of the desk is being typed
	making // it is being made
)

// Model is the screen, run by Bubble Tea.
type Model struct {
	o             Options
	mode          mode
	prompt        widget.Prompt
	width, height int
	top           int // the first line shown, where not all fit
	choice        Choice
	view          tea.View
	drawn         bool
}

// madeMsg is the end of making a desk.
type madeMsg struct {
	dir string
	err error
}

// New makes the screen.
func New(o Options) *Model {
	m := &Model{o: o}
	m.prompt.Label = o.Language.Say("directory: ")
	return m
}

// Choice is what was chosen, once the program has ended.
func (m *Model) Choice() Choice { return m.choice }

// Init waits for the terminal.
func (m *Model) Init() tea.Cmd {
	if m.o.Output == nil {
		return nil
	}
	return m.o.Output.WaitReady
}

// Update takes one message.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case term.ReadyMsg:
		return m, m.o.Output.WaitReady
	case tea.WindowSizeMsg:
		m.width, m.height = msg.Width, msg.Height
	case madeMsg:
		return m, m.made(msg)
	case tea.PasteMsg:
		if m.mode == naming {
			m.prompt.Insert(msg.Content)
		}
	case tea.KeyPressMsg:
		m.drawn = false
		if m.mode == naming {
			return m, m.typed(msg)
		}
		return m, m.pressed(msg)
	default:
		return m, nil
	}
	m.drawn = false
	return m, nil
}

// made is that the desk was made, or why not.
func (m *Model) made(msg madeMsg) tea.Cmd {
	m.drawn = false
	if msg.err != nil {
		m.mode = naming
		m.prompt.SetError(safetext.Error(msg.err).String(), -1)
		return nil
	}
	m.choice.Desk = msg.dir
	return tea.Quit
}

// typed is a key while the directory is being typed.
func (m *Model) typed(msg tea.KeyPressMsg) tea.Cmd {
	b, bound := m.o.Keys.Lookup(keys.Prompt, msg.String())
	switch {
	case !bound:
		m.prompt.Insert(msg.Text)
		m.prompt.SetError("", -1)
		return nil
	case b.ID == keys.Accept:
		return m.make()
	case b.ID == keys.Cancel, b.ID == keys.Interrupt:
		m.prompt.Clear()
		m.mode = choosing
		return nil
	}
	m.prompt.Edit(b.ID)
	m.prompt.SetError("", -1)
	return nil
}

// make has the desk made.
func (m *Model) make() tea.Cmd {
	dir := strings.TrimSpace(m.prompt.Value())
	if dir == "" {
		m.prompt.SetError(m.o.Language.Say("type a directory, such as desk"), -1)
		return nil
	}
	m.mode = making
	do := m.o.Init
	return func() tea.Msg { return madeMsg{dir, do(dir)} }
}

// pressed is a key elsewhere.
func (m *Model) pressed(msg tea.KeyPressMsg) tea.Cmd {
	b, bound := m.o.Keys.Lookup(keys.First, msg.String())
	if !bound {
		return nil
	}
	if b.ID == keys.Interrupt && m.mode == choosing {
		return tea.Quit // nothing is lost: there is nothing yet
	}
	if m.mode == making {
		return nil // it takes a moment, and ends by itself
	}
	switch b.ID {
	case keys.Quit:
		return tea.Quit
	case keys.ShowDemo:
		m.choice.Demo = true
		return tea.Quit
	case keys.MakeDesk:
		m.mode, m.top = naming, 0
		if m.prompt.Value() == "" {
			m.prompt.Set("desk")
		}
	case keys.ShowHelp:
		m.mode, m.top = helping, 0
	case keys.Back, keys.Interrupt:
		m.mode, m.top = choosing, 0
	case keys.Redraw:
		return tea.ClearScreen
	case keys.Suspend:
		return tea.Suspend
	default:
		m.scroll(b.ID)
	}
	return nil
}

// scroll moves through what does not fit.
func (m *Model) scroll(id keys.ID) {
	page := max(1, m.room())
	last := max(0, len(m.body())-m.room())
	by := map[keys.ID]int{keys.Up: -1, keys.Down: 1, keys.PageUp: -page, keys.PageDown: page, keys.Top: -last, keys.Bottom: last}[id]
	m.top = min(max(0, m.top+by), last)
}
