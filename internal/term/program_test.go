package term_test

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"go.uber.org/goleak"

	"vigil/internal/term"
)

// The tests below run this test binary once more as a program under a
// pseudo-terminal: a screen full of figures with a clock and a stream of events,
// drawn the way the console draws.
const programEnv = "VIGIL_TERM_TEST_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(programEnv) != "" {
		if err := program(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	goleak.VerifyTestMain(m)
}

func program() error {
	settings := environ()
	restore := func() error { return nil }
	if settings["TABS"] == "" {
		var err error
		if restore, err = term.PrepareTTY(os.Stdin.Fd()); err != nil {
			return err
		}
		defer func() { _ = restore() }()
	}
	rate, _ := strconv.Atoi(settings["EVENTS"])
	m := &model{events: rate, keys: os.NewFile(3, "keys")}
	if settings["PLAIN"] != "" {
		_, err := tea.NewProgram(m, tea.WithFPS(term.FramesPerSecond)).Run()
		return err
	}
	m.out = term.NewOutput(os.Stdout, term.OutputOptions{Now: time.Now})
	p := tea.NewProgram(m, m.out.ProgramOptions(term.Detect(os.Environ()), nil)...)
	stop := m.out.Job(os.Stdin.Fd(), restore, p.Send, func() string { return "" })
	_, err := p.Run()
	stop()
	if closed := m.out.Close(); err == nil {
		err = closed
	}
	return err
}

// environ is the settings the tests hand over, NAME=VALUE separated by spaces.
func environ() map[string]string {
	vars := map[string]string{}
	for f := range strings.FieldsSeq(os.Getenv(programEnv)) {
		name, value, _ := strings.Cut(f, "=")
		vars[name] = value
	}
	return vars
}

type (
	clockMsg time.Time
	eventMsg struct{}
)

// model holds its frame while the output is not ready, as every program that
// draws through an Output has to.
type model struct {
	out           *term.Output
	events        int // per second
	keys          *os.File
	width, height int
	seconds       int
	log           []string
	seen, cursor  int
	last          tea.View
	last0         time.Time
	gap           time.Duration
}

func (m *model) Init() tea.Cmd {
	cmds := []tea.Cmd{clock()}
	if m.out != nil {
		cmds = append(cmds, m.out.WaitReady)
	}
	if m.events > 0 {
		cmds = append(cmds, m.event())
	}
	return tea.Batch(cmds...)
}

func clock() tea.Cmd {
	return tea.Tick(time.Second, func(t time.Time) tea.Msg { return clockMsg(t) })
}

func (m *model) event() tea.Cmd {
	return tea.Tick(time.Second/time.Duration(m.events), func(time.Time) tea.Msg { return eventMsg{} })
}

func (m *model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	now := time.Now()
	if !m.last0.IsZero() {
		m.gap = max(m.gap, now.Sub(m.last0))
	}
	m.last0 = now
	switch msg := msg.(type) {
	case term.ReadyMsg:
		return m, m.out.WaitReady
	case tea.WindowSizeMsg:
		m.width, m.height = msg.Width, msg.Height
	case clockMsg:
		m.seconds++
		return m, clock()
	case eventMsg:
		m.seen++
		m.log = append(m.log, fmt.Sprintf("%06d %s Somewhere   an incident of no importance", m.seen, "12:00"))
		return m, m.event()
	case tea.KeyPressMsg:
		if m.keys != nil {
			fmt.Fprintf(m.keys, "%s %d\n", msg, m.gap.Milliseconds())
		}
		switch msg.String() {
		case "q":
			return m, tea.Quit
		case "j":
			m.cursor = (m.cursor + 1) % max(1, m.height-3)
		case "k":
			m.cursor = max(0, m.cursor-1)
		}
	}
	return m, nil
}

func (m *model) View() tea.View {
	if m.out != nil && !m.out.Ready() && m.last.Content != "" {
		return m.last
	}
	m.last = tea.NewView(m.draw())
	m.last.AltScreen = true
	return m.last
}

// draw is a list under a header that ends with the clock. The seconds stand
// twice near the end of the second line as well: going from one to the other by
// tabs is the shortest way.
func (m *model) draw() string {
	if m.width == 0 {
		return ""
	}
	lines := []string{
		fmt.Sprintf("%-*s%05d", m.width-5, " VIGIL", m.seconds),
		fmt.Sprintf("%*d%12d      ", m.width-18, m.seconds, m.seconds),
	}
	for i := range m.height - 3 {
		text := fmt.Sprintf("%19d", 1000+i+m.cursor)
		if n := len(m.log) - 1 - i; n >= 0 {
			text = m.log[n]
		}
		mark := " "
		if i == m.cursor {
			mark = ">"
		}
		lines = append(lines, fmt.Sprintf("%s%-*.*s%4d", mark, m.width-5, m.width-5, text, i))
	}
	return strings.Join(append(lines, "footer"), "\n")
}
