package term

import (
	"time"

	"github.com/charmbracelet/x/ansi"
)

const (
	// The time that leaving waits for an answer on its way is twice the round
	// trip and what the bytes before it take, within these bounds, as over two satellites: an answer that comes later would be
	// typed into the shell.
	minGrace = 50 * time.Millisecond
	maxGrace = 3 * time.Second
	// firstGrace is the longest time for the first answer of all, from when it was asked for: how far the terminal is, is not known yet.
	firstGrace = 2 * time.Second
	// firstHold is the time between frames while the first answer may be on its way.
	firstHold = 500 * time.Millisecond
	// closeTimeout is how long Close waits for the last bytes.
	closeTimeout = 500 * time.Millisecond
	// drawLimit is how long a program that has the terminal again may take until it draws: ten frames.
	drawLimit = time.Second
)

// abort ends whatever control sequence the terminal was in the middle of (CAN),
// then synchronised drawing, styles and the scrolling region.
const abort = "\x18\x1b[?2026l\x1b[m\x1b[r"

// restoreScreen gives the screen back where Bubble Tea's own farewell was lost:
// key reports, main screen, cursor, bracketed paste and mouse as they were.
const restoreScreen = "\x1b[>4m\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?2004l\x1b[?1002l\x1b[?1006l"

// fit is what of a text this terminal knows.
func (o *Output) fit(text string) string { return string(known([]byte(text), o.bare)) }

// leaveScreen is in what Bubble Tea writes to give the screen back.
var leaveScreen = []byte("\x1b[?1049l")

// Leave prepares for quitting: from now on Ready is false and nothing is asked.
// The returned channel is closed when it is time to quit, which is at once
// unless an answer is on its way or bytes are stuck; those are given a moment,
// then what has not been sent is thrown away, because the screen is going away
// as well. For the same reason the frame that Bubble Tea draws last of all is not sent.
// It can be called more than once.
func (o *Output) Leave() <-chan struct{} {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.leaving || o.closed {
		return o.left
	}
	idle := o.isReady()
	o.leaving = true
	o.stopTimer()
	if idle && !o.asked && len(o.owed) == 0 {
		close(o.left)
		return o.left
	}
	if len(o.pending) > 0 { // the rest of a frame that is not needed any more
		o.pending, o.tidy = o.pending[:0], o.fit(abort)
	}
	o.timer = time.AfterFunc(o.grace(), o.abandon)
	return o.left
}

// grace is how long leaving waits for what is on its way.
func (o *Output) grace() time.Duration {
	switch now := o.now(); {
	case o.answered && o.asked && len(o.owed) == 0 && o.link.rate == 0 && o.link.sent >= telling: // what its bytes take is not known yet: on a slow link seconds
		return maxGrace
	case o.answered:
		return min(max(minGrace, o.link.due()), maxGrace)
	case o.asked && !o.silent && !o.link.sentAt.IsZero():
		return max(minGrace, firstGrace-now.Sub(o.link.sentAt))
	default:
		return minGrace
	}
}

func (o *Output) isLeaving() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.leaving
}

// settle waits until the terminal has taken what was queued. If it does not, that is replaced as [Output.Close] does. Nothing that it was
// asked may be answered to the shell.
func (o *Output) settle() {
	if !o.drains(closeTimeout) {
		o.mu.Lock()
		o.discard(o.fit(abort + restoreScreen))
		o.mu.Unlock()
		o.drains(closeTimeout)
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.asked && o.file != nil {
		_ = discardInput(o.file.Fd())
	}
}

// drains reports whether the terminal takes what is queued within a time.
func (o *Output) drains(within time.Duration) bool {
	t := time.NewTimer(within)
	defer t.Stop()
	for {
		o.mu.Lock()
		empty := o.err != nil || len(o.pending) == 0 && o.inflight == 0
		o.mu.Unlock()
		if empty {
			return true
		}
		select {
		case <-o.drained:
		case <-t.C:
			return false
		}
	}
}

// rejoin undoes Leave: the program draws again.
func (o *Output) rejoin() {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.closed {
		return
	}
	o.stopTimer()
	if !o.hasLeft() {
		close(o.left)
	}
	o.left, o.tidy = make(chan struct{}), ansi.ResetStyle
	o.leaving, o.farewell, o.asked, o.ask.mark = false, false, false, o.handed
	o.unmeasured()
	o.progress()
	o.watchDrawing()
}

// watchDrawing has the terminal given back and taken anew if nothing is drawn within drawLimit. Bubble Tea v2.1.1 stops its old render clock
// without waiting for it, and where that comes after the new one has been started, which is the same clock, the program goes on and never draws
// again (https://github.com/charmbracelet/bubbletea/issues/1778): a picture that stands still and is not marked as old.
func (o *Output) watchDrawing() {
	o.drawn = false
	time.AfterFunc(drawLimit, func() {
		o.mu.Lock()
		defer o.mu.Unlock()
		if !o.drawn && !o.leaving && o.err == nil {
			go o.job.send(continuedMsg{})
		}
	})
}

// abandon ends the grace that Leave gave.
func (o *Output) abandon() {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.closed || o.hasLeft() {
		return
	}
	o.silent = o.asked && !o.answered
	o.tidy = o.fit(abort)
	o.discard("")
	close(o.left)
}

// discard throws away what is queued, makes the goroutine throw away what the
// device holds, and queues text instead.
func (o *Output) discard(text string) {
	o.cut = true
	o.pending = append(o.pending[:0], text...)
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
		o.discard(o.fit(abort + restoreScreen))
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
