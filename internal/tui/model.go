// Package tui is the console: the root that owns the terminal's size, the stack of screens, the
// header and the footer, the prompts and the clock.
//
// What it guarantees:
//
//   - Nothing here does I/O, reads the environment or asks the clock but through [Options]. What may take
//     time (a search, a theme's file, a command to the desk) runs in a command, and an answer that comes too late
//     is dropped by its sequence number.
//   - Pictures come through a mailbox of capacity one on which a command waits: the latest wins, and a
//     slow terminal holds back neither the desk nor another session.
//   - A frame is drawn only when something changed, and the body of the screen is drawn again only when the picture, the
//     minute, the size or the screen itself did: a tick of the clock changes the clock. Ages
//     are told in minutes for the same reason. While the terminal is behind, the last frame is kept.
//   - The header is on every screen: the desk, EXERCISE, the worst states of the sources, what is blind, and
//     a clock that ticks, so that a frozen screen shows. A picture that is not followed by another within
//     [PictureLimit] is called old, since a silent desk must not look current.
//   - Esc goes back one level and never quits; Ctrl-C closes what is open, then asks.
//
// Screens are plugged in in screens.go and follow the contract of package screen.
package tui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"vigil/internal/country"
	"vigil/internal/figure"
	"vigil/internal/picture"
	"vigil/internal/safetext"
	"vigil/internal/theme"
	"vigil/internal/tui/ring"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
)

// PictureLimit is how long the console believes a picture that no other follows.
const PictureLimit = 15 * time.Second

// The smallest terminal on which the screens hold.
const (
	MinWidth  = 40
	MinHeight = 12
)

// mode says who gets the keys.
type mode uint8

const (
	browsing  mode = iota // the screen
	filtering             // the filter prompt
	ordering              // the command prompt
	asking                // a question that is answered by yes or no
	copying               // what of an event is copied
)

// Model is the root of the console. It is made by [New] and run by Bubble Tea.
type Model struct {
	o      Options
	ctx    context.Context
	cancel context.CancelFunc

	view      picture.View
	received  time.Time // by the clock, when the view came
	now       time.Time // the clock at the last tick
	backSince time.Time // when the terminal was taken back: a picture made before is as old as it is, whenever it comes
	palette   *theme.Palette
	hand      figure.Hand // of figures and words, for the person's language
	theme     *theme.Theme
	trouble   safetext.Text // with the theme's file
	width     int
	height    int

	stack   []*level
	country country.Code // the one last looked at, for the key of the country screen
	mode    mode
	filter  widget.Prompt
	command widget.Prompt
	say     string // one line for the footer
	// question is what is asked, and agreed what yes does.
	question string
	agreed   func() tea.Cmd
	quitting bool // it is whether to quit
	search   searching
	copies   picture.ID // the event of which something is copied
	themes   int        // sequence number of ":theme"
	resting  int        // sequence number of the pause after a key
	tick     func() tea.Cmd
	ringer   ring.Ringer

	views     []View // that were saved
	offer     offer
	mouse     bool
	vigilance vigilance
	reading   reading
	link      linkage

	frame frame
}

// level is one level of the stack: a screen with the filter that the person gave it.
type level struct {
	screen screen.Screen
	is     screen.Target
	of     screen.Subject
	filter string
	// Of the twin in plain lines: the first row in sight, how many there are, and whether one of them is selected.
	scroll, rows int
	marked       bool
	// attempt is the id under which the desk is asked to do what closes the screen.
	attempt string
}

// New makes a console. Cancelling ctx ends its searches; the program is ended by tea.Quit.
func New(ctx context.Context, o Options) *Model {
	m := &Model{o: o, theme: o.Theme, tick: everySecond, ringer: ring.Ringer{Language: o.Language}}
	m.ctx, m.cancel = context.WithCancel(ctx)
	m.now, m.trouble = o.Clock(), o.ThemeTrouble
	m.paint()
	m.filter.Label, m.command.Label = "/", ":"
	m.stack = []*level{{screen: o.first()}}
	m.recall()
	m.link.gauge.Least, m.link.thrift = o.Thrift, o.Thrift
	return m
}

// paint fits the theme to the terminal.
func (m *Model) paint() {
	m.palette = m.theme.Palette(m.o.Caps.Profile, m.o.Caps.ASCIIGlyphs)
	m.palette.Links = m.o.Caps.Links
	m.hand = figure.NewHand(m.o.Caps.ASCIIGlyphs, m.o.Language)
}

// Init starts waiting for pictures, themes, the terminal and the clock.
func (m *Model) Init() tea.Cmd {
	cmds := []tea.Cmd{m.tick(), waitView(m.o.Views), waitTheme(m.o.Themes)}
	if m.o.Output != nil {
		cmds = append(cmds, m.o.Output.WaitReady)
	}
	return tea.Batch(cmds...)
}

// Update takes one message.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) { return m, m.update(msg) }

func (m *Model) top() *level { return m.stack[len(m.stack)-1] }

// drawable reports whether there is a picture and a terminal to show it on.
func (m *Model) drawable() bool { return !m.view.IsZero() && m.width > 0 }

// clock is the time that the screens are given: to the minute, because ages are told in minutes.
func (m *Model) clock() time.Time {
	if !m.view.IsZero() && !m.view.Live() {
		return m.view.Valid()
	}
	return m.now.Truncate(time.Minute)
}

// area is what a screen draws from and into.
func (m *Model) area() screen.Frame {
	width := m.width
	if m.reading.on {
		width = min(width, linearWidth)
	}
	return screen.Frame{
		Hand: m.hand, View: m.view, Palette: m.palette, Linear: m.reading.on,
		Width: m.link.thrift.Columns(width), Height: max(0, m.height-2), // the header and the footer
		Now: m.clock(), Instant: m.now, LocalTime: m.o.LocalTime, Who: m.o.Actor.Name,
	}
}
