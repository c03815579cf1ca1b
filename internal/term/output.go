package term

import (
	"bytes"
	"errors"
	"io"
	"os"
	"sync"
	"time"

	"github.com/charmbracelet/x/ansi"
	xterm "github.com/charmbracelet/x/term"
)

const (
	// request asks the terminal whether it is well (DSR 5); it answers [answer].
	//
	// Of the questions that every terminal answers this has the shortest answer and
	// the only one that cannot be anything else: the answer to a cursor position
	// request (DSR 6) in the first row is also what some terminals send for F3
	// with a modifier, and the unambiguous variant (DECXCPR) gets no answer from
	// the Linux console.
	request = "\x1b[5n"
	answer  = "\x1b[0n"
)

// answerTimeout is how long a frame waits for the answer to the one before. It
// is long because drawing into a stalled link only makes the stall longer.
const answerTimeout = 30 * time.Second

// ErrClosed is what Write returns after Close.
var ErrClosed = errors.New("terminal output is closed")

// OutputOptions says how an [Output] works.
type OutputOptions struct {
	// ASCII replaces what is not ASCII by its nearest likeness of the same
	// width, for a terminal whose locale is not UTF-8.
	ASCII bool
	// Bare sends nothing that a terminal with [Caps.Bare] does not know.
	Bare bool
	// Basic turns attributes off all at once, for a terminal with [Caps.Basic].
	Basic bool
	// Unpaced never asks the terminal for an answer.
	Unpaced bool
	// Now is the clock that the link is measured by; without one it is not
	// measured.
	Now func() time.Time
}

// Output is the one writer through which all terminal output passes.
//
// Write takes the bytes and returns; a goroutine of Output's own hands them to the
// terminal. So a stalled terminal cannot hold Bubble Tea's renderer, and with
// it the program's keys.
//
// Frames cannot be dropped here, because each is the difference to the one
// before. They are held back where they are made instead: while [Output.Ready]
// is false, View returns the frame it returned last, and the renderer finds
// nothing to write. Ready is false while bytes are waiting, and, with a terminal
// that has answered once, until it has answered the request that follows each
// frame: the terminal itself says when it has drawn. A terminal that has never
// answered is not waited for, but that in its first two seconds there is half a second between
// frames: the answer of a slow link to the first of them may be on its way.
//
// So a model that draws through an Output keeps the last tea.View it returned:
//
//	func (m *Model) View() tea.View {
//		if m.changed && m.output.Ready() {
//			m.view, m.changed = m.draw(), false
//		}
//		return m.view
//	}
//
// runs [Output.WaitReady] from Init and again at every [ReadyMsg], and is made
// with [Output.ProgramOptions].
//
// On a slow link a long frame is sent in pieces, each after the answer to the
// one before, so that what cannot be called back is never much: the program can
// leave in the middle of a frame.
//
// The methods are safe for concurrent use. An Output belongs to one program and
// must be closed.
type Output struct {
	file  xterm.File // what we were given; nil if it has no descriptor
	in    io.Reader
	w     io.Writer // where the bytes go
	own   *os.File  // the terminal opened a second time; nil if that was not possible
	ascii bool
	bare  bool
	basic *attributes // nil where attributes can be turned off one by one
	now   func() time.Time

	wake  chan struct{} // capacity 1: there is something to do for the goroutine
	ready chan struct{} // capacity 1: Ready has become true
	done  chan struct{} // closed when the goroutine has ended

	chunk []byte // what is being written; the goroutine's own

	mu       sync.Mutex
	pending  []byte
	standing *standing
	inflight int  // bytes in a Write call just now
	cut      bool // throw away what is queued before writing on
	closed   bool
	err      error

	unpaced  bool
	asked    bool      // a request is unanswered
	answered bool      // the terminal has answered at least once
	silent   bool      // leaving has waited for its first answer in vain, and does so no more
	ask      overdue   // the last request
	owed     []overdue // answers that were given up and may still come
	handed   int64     // bytes that went to the terminal or the way there
	arrived  int64     // how many of them the last answer was behind
	timer    *time.Timer
	link     link
	written  int64 // bytes handed to the terminal

	job      *job          // set before the program runs; nil where no shell can stop it
	drained  chan struct{} // capacity 1: the terminal has taken all that was queued
	leaving  bool
	left     chan struct{}
	tidy     string // what has to precede the farewell
	farewell bool   // Bubble Tea has written what gives the screen back
	drawn    bool   // it has written something since it took the terminal again
	began    bool   // the first frame was written
	holds    bool   // the next frame waits for the first answer, or firstHold
}

// NewOutput is an Output that writes to w, normally os.Stdout, and starts its
// goroutine.
func NewOutput(w io.Writer, opts OutputOptions) *Output {
	o := &Output{
		w: w, ascii: opts.ASCII, bare: opts.Bare, unpaced: opts.Unpaced, now: opts.Now,
		wake: make(chan struct{}, 1), ready: make(chan struct{}, 1), done: make(chan struct{}), left: make(chan struct{}), drained: make(chan struct{}, 1), tidy: ansi.ResetStyle, standing: newStanding(),
	}
	if opts.Basic {
		o.basic = &attributes{parser: ansi.NewParser()}
	}
	if o.now == nil {
		o.now = func() time.Time { return time.Time{} }
	}
	o.in, _ = w.(io.Reader)
	if f, ok := w.(xterm.File); ok {
		o.file = f
		if xterm.IsTerminal(f.Fd()) {
			// Where this fails, writes go to the file we were given. They may
			// block, but block nothing except this goroutine.
			if own, err := reopen(f.Fd()); err == nil {
				o.own, o.w = own, own
			}
		}
	}
	go o.run()
	return o
}

// Fd is the descriptor of the terminal, by which Bubble Tea asks for its size;
// without one it is a number that no descriptor has.
func (o *Output) Fd() uintptr {
	if o.file == nil {
		return ^uintptr(0)
	}
	return o.file.Fd()
}

// Read reads from the terminal. Bubble Tea reads its input elsewhere; this is
// here because its test for a terminal wants the whole interface of a file.
func (o *Output) Read(p []byte) (int, error) {
	if o.in == nil {
		return 0, io.EOF
	}
	return o.in.Read(p)
}

// Write queues p and returns at once. The error is that of an earlier write, or [ErrClosed].
func (o *Output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	switch {
	case o.err != nil:
		return 0, o.err
	case o.closed:
		return 0, ErrClosed
	}
	o.drawn = true
	o.holdEarly(p)
	if o.hasLeft() && bytes.Contains(p, leaveScreen) {
		o.farewell = true
		o.pending = append(o.pending[:0], o.tidy...)
	}
	p, n := known(p, o.bare), len(p)
	if o.basic != nil {
		p = o.basic.rewritten(p)
	}
	if o.ascii {
		o.pending = appendASCII(o.pending, p)
	} else {
		o.pending = o.standing.appendNew(o.pending, p)
	}
	signal(o.wake)
	return n, nil
}

// Ready reports whether a new frame may be drawn now.
func (o *Output) Ready() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.isReady()
}

func (o *Output) isReady() bool {
	return !o.leaving && !o.holds && o.err == nil && len(o.pending) == 0 && o.inflight == 0 && (!o.asked || !o.answered) && !o.loose()
}

// ReadyC receives when [Output.Ready] has become true, at most once for each
// time. A tea.Cmd that waits on it wakes the program for the frame that was
// held. It is closed by [Output.Close].
func (o *Output) ReadyC() <-chan struct{} { return o.ready }

// Err is the error that ended output, if any.
func (o *Output) Err() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.err
}

// Measure is what is known of the way to the terminal.
type Measure struct {
	RoundTrip time.Duration // what an answer takes if hardly any bytes precede it
	Rate      float64       // bytes per second that the terminal takes; 0 while only small frames were sent
	Known     bool          // the terminal has answered
	Bulk      int           // how many measures were large enough to tell something of the rate
	Written   int64         // bytes written to it since the start
}

// Measure is what is known of the link now.
func (o *Output) Measure() Measure {
	o.mu.Lock()
	defer o.mu.Unlock()
	return Measure{RoundTrip: o.link.roundTrip(), Rate: o.link.rate, Known: o.answered, Bulk: o.link.bulks, Written: o.written}
}

// Ack notes that the terminal has answered. A program made with
// [Output.ProgramOptions] need not call it; any other calls it for every message
// that [IsAnswer].
func (o *Output) Ack(now time.Time) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.owed) > 0 {
		o.late(now)
		return
	}
	if !o.asked {
		return // an answer to somebody else's question
	}
	o.asked, o.answered, o.holds = false, true, false
	o.arrived = max(o.arrived, o.ask.mark)
	o.link.answered(now)
	if !o.leaving { // else it bounds how long bytes may still be stuck
		o.stopTimer()
	}
	signal(o.wake)
	o.progress()
}

// Resume notes that the program goes on after it was stopped: the answer to the last frame may have gone to the shell, and is not
// waited for.
func (o *Output) Resume() {
	o.mu.Lock()
	if !o.leaving {
		o.stopTimer()
	}
	o.unmeasured()
	o.mu.Unlock()
	o.giveUp()
}
