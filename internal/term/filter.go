package term

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// FramesPerSecond is how often Bubble Tea looks for a new frame. Ten a second
// keep an idle console near nothing; a key is answered within a tenth of a second.
const FramesPerSecond = 10

// ReadyMsg says that a new frame may be drawn: View can give up the frame it held.
type ReadyMsg struct{}

// IsAnswer reports whether msg is the terminal's answer to the request that
// follows a frame.
func IsAnswer(msg tea.Msg) bool {
	csi, ok := msg.(uv.UnknownCsiEvent)
	return ok && csi == answer
}

// WithoutAnswers is a typed line without answers of the terminal that came so late that they stand in it: those to the last requests before a
// console went on by lines.
func WithoutAnswers(line string) string { return strings.ReplaceAll(line, answer, "") }

// ProgramOptions is what a program has to be made with to draw through o. They
// include a filter that acknowledges the terminal's answers, holds back sizes
// while the terminal is behind, and lets tea.Quit and tea.Suspend wait for [Output.Leave].
// A program that needs a filter of its own gives it as next, or nil.
func (o *Output) ProgramOptions(caps Caps, next func(tea.Model, tea.Msg) tea.Msg) []tea.ProgramOption {
	f := &filter{output: o, next: next}
	return []tea.ProgramOption{
		tea.WithOutput(o),
		tea.WithFilter(f.message),
		tea.WithColorProfile(caps.Profile),
		tea.WithFPS(FramesPerSecond),
	}
}

// WaitReady is a command that ends with a [ReadyMsg] when a held frame may be
// drawn, or with nil when o is closed. One has to be under way at all times:
// start it in Init, and again at each ReadyMsg.
func (o *Output) WaitReady() tea.Msg {
	if _, ok := <-o.ready; !ok {
		return nil
	}
	return ReadyMsg{}
}

// filter sees every message before the program does. It runs in the program's
// loop, so its methods must not wait.
type filter struct {
	output *Output
	next   func(tea.Model, tea.Msg) tea.Msg
	size   *tea.WindowSizeMsg // held back
}

func (f *filter) message(model tea.Model, msg tea.Msg) tea.Msg {
	msg = f.own(msg)
	if msg != nil && f.next != nil {
		msg = f.next(model, msg)
	}
	return msg
}

func (f *filter) own(msg tea.Msg) tea.Msg {
	switch m := msg.(type) {
	case uv.UnknownCsiEvent:
		if IsAnswer(msg) {
			f.output.Ack(f.output.now())
			return nil // WaitReady wakes the program if there is something to draw
		}
	case tea.ModeReportMsg:
		// Left alone, Bubble Tea would bracket each frame with synchronised drawing,
		// sixteen bytes for a clock's two, and count widths by grapheme where
		// widgets count by code point. Frames are written at once anyway.
		if m.Mode == ansi.ModeSynchronizedOutput || m.Mode == ansi.ModeUnicodeCore {
			return nil
		}
	case tea.QuitMsg:
		left := f.output.Leave()
		select {
		case <-left:
		default:
			return tea.BatchMsg{func() tea.Msg { <-left; return m }}
		}
	case tea.SuspendMsg:
		return f.output.suspend()
	case leftMsg:
		return (&away{job: f.output.job, stops: m.stops}).msg()
	case continuedMsg:
		return f.output.goesOn()
	case tea.WindowSizeMsg:
		// Each new size redraws everything whether the terminal keeps up or
		// not. Dragging a window's corner over a slow link would queue a
		// hundred screens.
		if !f.output.Ready() {
			f.size = &m
			return nil
		}
		f.size = nil
	case ReadyMsg:
		if f.size != nil {
			size := *f.size
			f.size = nil
			return tea.BatchMsg{func() tea.Msg { return size }, func() tea.Msg { return ReadyMsg{} }}
		}
	}
	return msg
}
