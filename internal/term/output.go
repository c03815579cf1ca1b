package term

import (
	"bytes"
	"errors"
	"io"
	"os"
	"sync"
	"time"

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

// csi begins a control sequence.
var csi = []byte("\x1b[")

// The times that govern pacing and leaving.
const (
	// answerTimeout is how long a frame waits for the answer to the one before.
	// It is long because drawing into a stalled link only makes the stall longer.
	answerTimeout = 30 * time.Second
	// The time that leaving waits for an answer on its way is twice the round
	// trip, within these bounds: an answer that comes later would be typed into
	// the shell.
	minGrace = 50 * time.Millisecond
	maxGrace = time.Second
	// closeTimeout is how long Close waits for the last bytes.
	closeTimeout = 500 * time.Millisecond
)

// abort ends whatever control sequence the terminal was in the middle of (CAN),
// then synchronised drawing, styles and the scrolling region.
const abort = "\x18\x1b[?2026l\x1b[m\x1b[r"

// restoreScreen gives the screen back where Bubble Tea's own farewell was lost:
// key reports, main screen, cursor and bracketed paste as they were.
const restoreScreen = "\x1b[>4m\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?2004l"

// ErrClosed is what Write returns after Close.
var ErrClosed = errors.New("terminal output is closed")

// OutputOptions says how an [Output] works.
type OutputOptions struct {
	// ASCII replaces what is not ASCII by its nearest likeness of the same
	// width, for a terminal whose locale is not UTF-8.
	ASCII bool
	// Unpaced never asks the terminal for an answer.
	Unpaced bool
	// Now is the clock of the link's measurements; nil is time.Now.
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
// answered is never waited for.
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
	now   func() time.Time

	wake  chan struct{} // capacity 1: there is something to do for the goroutine
	ready chan struct{} // capacity 1: Ready has become true
	done  chan struct{} // closed when the goroutine has ended

	chunk []byte // what is being written; the goroutine's own

	mu       sync.Mutex
	pending  []byte
	inflight int  // bytes in a Write call just now
	cut      bool // throw away what is queued before writing on
	closed   bool
	err      error

	unpaced  bool
	asked    bool // a request is unanswered
	answered bool // the terminal has answered at least once
	timer    *time.Timer
	link     link

	leaving bool
	left    chan struct{}
}

// NewOutput is an Output that writes to w, normally os.Stdout, and starts its goroutine.
func NewOutput(w io.Writer, opts OutputOptions) *Output {
	o := &Output{
		w: w, ascii: opts.ASCII, unpaced: opts.Unpaced, now: opts.Now,
		wake: make(chan struct{}, 1), ready: make(chan struct{}, 1), done: make(chan struct{}), left: make(chan struct{}),
	}
	if o.now == nil {
		o.now = time.Now
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
	if o.ascii {
		o.pending = appendASCII(o.pending, p)
	} else {
		o.pending = append(o.pending, p...)
	}
	signal(o.wake)
	return len(p), nil
}

// Ready reports whether a new frame may be drawn now.
func (o *Output) Ready() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.isReady()
}

func (o *Output) isReady() bool {
	return !o.leaving && o.err == nil && len(o.pending) == 0 && o.inflight == 0 && !(o.asked && o.answered)
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

// Link is the measured round trip to the terminal and the rate at which it takes
// bytes, in bytes per second (0 while only small frames were sent). known is
// false until the terminal has answered.
func (o *Output) Link() (roundTrip time.Duration, bytesPerSecond float64, known bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.link.roundTrip(), o.link.rate, o.answered
}

// Ack notes that the terminal has answered. A program made with
// [Output.ProgramOptions] need not call it; any other calls it for every message
// that [IsAnswer].
func (o *Output) Ack(now time.Time) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.asked {
		return // an answer to somebody else's question, or one that had been given up
	}
	o.asked, o.answered = false, true
	o.link.answered(now)
	o.stopTimer()
	signal(o.wake)
	o.progress()
}

// Leave prepares for quitting: from now on Ready is false and nothing is asked.
// The returned channel is closed when it is time to quit, which is at once
// unless an answer is on its way or bytes are stuck; those are given a moment,
// then what has not been sent is thrown away, because the screen is going away
// as well. It can be called more than once.
func (o *Output) Leave() <-chan struct{} {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.leaving || o.closed {
		return o.left
	}
	idle := o.isReady()
	o.leaving = true
	o.stopTimer()
	if idle && !o.asked {
		close(o.left)
		return o.left
	}
	if len(o.pending) > 0 { // the rest of a frame that is not needed any more
		o.pending = append(o.pending[:0], abort...)
		signal(o.wake)
	}
	grace := minGrace
	if o.answered {
		grace = min(max(grace, 2*o.link.roundTrip()), maxGrace)
	}
	o.timer = time.AfterFunc(grace, o.abandon)
	return o.left
}

// abandon ends the grace that Leave gave.
func (o *Output) abandon() {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.closed || o.hasLeft() {
		return
	}
	o.pending = o.pending[:0]
	o.discard(abort)
	close(o.left)
}

// discard makes the goroutine throw away what the device holds, then write
// text before anything that is written from now on.
func (o *Output) discard(text string) {
	o.cut = true
	o.pending = append(o.pending, text...)
	switch {
	case o.inflight == 0:
	case o.own != nil:
		_ = o.own.SetWriteDeadline(time.Unix(1, 0)) // wakes the Write that is stuck
	case o.file != nil:
		_ = discardOutput(o.file.Fd()) // makes room for the Write that is stuck
	}
	signal(o.wake)
}

func (o *Output) hasLeft() bool {
	select {
	case <-o.left:
		return true
	default:
		return false
	}
}

// Close writes what is queued, for at most half a second, and ends the
// goroutine. Call it after Program.Run has returned. If the terminal does not
// take the last bytes, they are replaced by the shortest sequence that gives
// the screen back. The file that was given to NewOutput stays open.
func (o *Output) Close() error {
	o.mu.Lock()
	if o.closed {
		o.mu.Unlock()
		<-o.done
		return nil
	}
	o.closed, o.leaving = true, true
	o.stopTimer()
	if !o.hasLeft() {
		close(o.left)
	}
	signal(o.wake)
	o.mu.Unlock()

	if !o.finished(closeTimeout) {
		o.mu.Lock()
		o.pending = o.pending[:0]
		o.discard(abort + restoreScreen)
		o.mu.Unlock()
		if !o.finished(closeTimeout) && o.own != nil {
			_ = o.own.Close() // ends the Write that is stuck
			<-o.done
		}
	}
	if o.own != nil {
		_ = o.own.Close()
	}
	close(o.ready)
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.asked && o.file != nil {
		_ = discardInput(o.file.Fd()) // an answer that nobody reads any more would be typed into the shell
	}
	return o.err
}

func (o *Output) finished(within time.Duration) bool {
	t := time.NewTimer(within)
	defer t.Stop()
	select {
	case <-o.done:
		return true
	case <-t.C:
		return false
	}
}

// run is the goroutine that hands bytes to the terminal.
func (o *Output) run() {
	defer close(o.done)
	for range o.wake {
		for {
			discard, more := o.take()
			if discard {
				o.flushDevice()
			}
			if !more {
				break
			}
			o.wrote(o.w.Write(o.chunk))
		}
		if o.over() {
			return
		}
	}
}

func (o *Output) over() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.err != nil || (o.closed && len(o.pending) == 0)
}

// flushDevice throws away what the device holds and lets writing go on.
func (o *Output) flushDevice() {
	if o.own != nil {
		_ = o.own.SetWriteDeadline(time.Time{})
	}
	if o.file != nil {
		_ = discardOutput(o.file.Fd()) // where it cannot be done the bytes are merely late
	}
}

// take moves what may be written now to chunk and puts a request behind it.
func (o *Output) take() (discard, more bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	discard, o.cut = o.cut, false
	paced := o.answered && !o.leaving
	if len(o.pending) == 0 || o.err != nil || (paced && o.asked) {
		return discard, false
	}
	n := len(o.pending)
	if paced {
		n = split(o.pending, o.link.budget())
	}
	o.chunk = append(o.chunk[:0], o.pending[:n]...)
	o.pending = append(o.pending[:0], o.pending[n:]...)
	if !o.unpaced && !o.asked && !o.leaving {
		o.chunk = append(o.chunk, request...)
		o.asked = true
		o.link.asked(o.now(), len(o.chunk))
		if o.answered {
			o.timer = time.AfterFunc(answerTimeout, o.giveUp)
		}
	}
	o.inflight = len(o.chunk)
	return discard, true
}

// split is where the first piece of b ends: before the last control sequence that
// begins within limit bytes. A request must not come in the middle of a
// sequence, and inside the longer ones (titles, the clipboard) no CSI begins.
func split(b []byte, limit int) int {
	if len(b) <= limit+len(request) {
		return len(b)
	}
	if at := bytes.LastIndex(b[:limit], csi); at > 0 {
		return at
	}
	if at := bytes.Index(b[limit:], csi); at >= 0 {
		return limit + at
	}
	return len(b)
}

// wrote notes the outcome of a Write.
func (o *Output) wrote(_ int, err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.inflight = 0
	switch {
	case err == nil:
		o.progress()
	case o.cut && errors.Is(err, os.ErrDeadlineExceeded):
		// The rest of the chunk is what was to be thrown away.
	default:
		o.err = err
		o.stopTimer()
		o.pending = nil
		o.announce()
		if o.leaving && !o.hasLeft() {
			close(o.left)
		}
	}
}

// giveUp lets the next frame go without an answer to the one before.
func (o *Output) giveUp() {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.leaving || !o.asked {
		return
	}
	o.asked = false
	signal(o.wake)
	o.progress()
}

// progress tells those who wait, if there is nothing left to wait for.
func (o *Output) progress() {
	switch {
	case o.isReady():
		o.announce()
	case o.leaving && !o.closed && !o.asked && len(o.pending) == 0 && o.inflight == 0 && !o.hasLeft():
		o.stopTimer()
		close(o.left)
	}
}

func (o *Output) announce() {
	if !o.closed {
		signal(o.ready)
	}
}

func (o *Output) stopTimer() {
	if o.timer != nil {
		o.timer.Stop()
		o.timer = nil
	}
}

func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}
