package term

import (
	"bytes"
	"io"
	"sync"
	"time"
)

// Lines hands lines to a terminal at the rate that its link bears, so that what was not sent can still be left out. What is handed over
// faster waits somewhere between here and the terminal, where nothing calls it back.
//
// Write takes lines and returns; a goroutine of its own writes them, urgent ones first. The methods are safe for concurrent use. It must be closed.
type Lines struct {
	w    io.Writer
	rate float64 // bytes per second

	wake chan struct{} // capacity 1
	stop chan struct{} // closed when nothing more is to be sent
	done chan struct{}

	mu             sync.Mutex
	urgent, others [][]byte
	sending        bool
	closed         bool
	err            error
}

// NewLines starts one for a link of so many bytes a second, which must be more than 0.
func NewLines(w io.Writer, rate float64) *Lines {
	l := &Lines{w: w, rate: rate, wake: make(chan struct{}, 1), stop: make(chan struct{}), done: make(chan struct{})}
	go l.run()
	return l
}

// Write queues p, which holds whole lines, behind all else.
func (l *Lines) Write(p []byte) (int, error) { return l.queue(&l.others, p) }

// Urgent is where lines are written that go before the others, and are never left out.
func (l *Lines) Urgent() io.Writer { return urgent{l} }

type urgent struct{ l *Lines }

func (u urgent) Write(p []byte) (int, error) { return u.l.queue(&u.l.urgent, p) }

func (l *Lines) queue(to *[][]byte, p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case l.err != nil:
		return 0, l.err
	case l.closed:
		return 0, ErrClosed
	}
	for line := range bytes.Lines(p) {
		*to = append(*to, bytes.Clone(line))
	}
	signal(l.wake)
	return len(p), nil
}

// Idle reports whether all has been sent.
func (l *Lines) Idle() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return !l.sending && len(l.urgent)+len(l.others) == 0
}

// LeaveOut forgets what has not been sent but for what is urgent, and says how many lines that were.
func (l *Lines) LeaveOut() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	n := len(l.others)
	l.others = nil
	return n
}

// Close sends what is queued, for so long at the most, and ends the goroutine.
func (l *Lines) Close(within time.Duration) error {
	l.mu.Lock()
	l.closed = true
	signal(l.wake)
	l.mu.Unlock()
	t := time.NewTimer(within)
	defer t.Stop()
	select {
	case <-l.done:
	case <-t.C:
		close(l.stop)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.err
}

func (l *Lines) run() {
	defer close(l.done)
	for {
		line := l.next()
		if line == nil {
			if l.over() {
				return
			}
			select {
			case <-l.wake:
			case <-l.stop:
				return
			}
			continue
		}
		n, err := l.w.Write(line)
		select {
		case <-time.After(time.Duration(float64(n) / l.rate * float64(time.Second))):
		case <-l.stop:
			return
		}
		l.mu.Lock()
		l.sending, l.err = false, err
		l.mu.Unlock()
	}
}

// next is the line that goes next, nil if there is none.
func (l *Lines) next() (line []byte) {
	l.mu.Lock()
	defer l.mu.Unlock()
	from := &l.urgent
	if len(*from) == 0 {
		from = &l.others
	}
	if len(*from) == 0 || l.err != nil {
		return nil
	}
	line, *from = (*from)[0], (*from)[1:]
	l.sending = true
	return line
}

func (l *Lines) over() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.err != nil || l.closed && len(l.urgent)+len(l.others) == 0
}
