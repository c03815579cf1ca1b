package term

import (
	"bytes"
	"errors"
	"os"
	"time"
)

// csi begins a control sequence.
var csi = []byte("\x1b[")

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
	last := o.hasLeft() && !o.farewell && !o.closed // the frame that nobody will see
	if len(o.pending) == 0 && !o.loose() || o.err != nil || (paced && o.asked) || last {
		return discard, false
	}
	n := len(o.pending)
	switch {
	case paced:
		n = split(o.pending, o.link.budget())
	case !o.unpaced && !o.asked && !o.answered: // the first answer comes before the first frame, so that a slow link is soon known for one
		n = split(o.pending, probing)
	}
	o.chunk = append(o.chunk[:0], o.pending[:n]...)
	o.pending = append(o.pending[:0], o.pending[n:]...)
	if !o.unpaced && !o.asked && !o.leaving {
		o.chunk = append(o.chunk, request...)
		o.asks()
		if o.answered {
			o.timer = time.AfterFunc(answerTimeout, o.giveUp)
		}
	}
	o.inflight = len(o.chunk)
	o.handed += int64(len(o.chunk))
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
func (o *Output) wrote(n int, err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.inflight = 0
	if len(o.pending) == 0 || err != nil {
		signal(o.drained)
	}
	o.written += int64(n)
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
	o.owed = append(o.owed, o.ask)
	signal(o.wake)
	o.progress()
}

// progress tells those who wait, if there is nothing left to wait for.
func (o *Output) progress() {
	switch {
	case o.isReady():
		o.announce()
	case o.leaving && !o.closed && !o.asked && len(o.owed) == 0 && len(o.pending) == 0 && o.inflight == 0 && !o.hasLeft():
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
