package term

import (
	"errors"
	"io"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// farewell stands for what Bubble Tea writes to give the screen back.
const farewell = "\x1b[24;1H\x1b[?1049l\x1b[?25h"

// far is the far end of a terminal: it takes bytes as long as its gate is open.
type far struct {
	mu   sync.Mutex
	got  strings.Builder
	gate chan struct{} // closed: open
	err  error
}

func newFar() *far {
	gate := make(chan struct{})
	close(gate)
	return &far{gate: gate}
}

func (f *far) Write(p []byte) (int, error) {
	<-f.gate
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.err != nil {
		return 0, f.err
	}
	return f.got.Write(p)
}

// received is what arrived since it was asked last.
func (f *far) received() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	s := f.got.String()
	f.got.Reset()
	return s
}

func TestOutputIsPacedByAnswers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFar()
		o := NewOutput(f, OutputOptions{Now: time.Now})
		defer o.Close()
		want := func(text string, ready bool) {
			t.Helper()
			synctest.Wait()
			if got := f.received(); got != text {
				t.Errorf("the terminal received %q, want %q", got, text)
			}
			if o.Ready() != ready {
				t.Errorf("Ready is %v, want %v", !ready, ready)
			}
		}
		want("", true)
		io.WriteString(o, "one")
		want("one"+request, true) // it may be a terminal that answers nothing
		io.WriteString(o, "two")
		want("two", true) // one question at a time
		o.Ack(time.Now())
		want("", true)
		io.WriteString(o, "three")
		want("three"+request, false) // it does answer: wait for it
		time.Sleep(200 * time.Millisecond)
		o.Ack(time.Now())
		want("", true)
		if m := o.Measure(); !m.Known || m.RoundTrip != 0 || m.Written != int64(len("one"+request+"two"+"three"+request)) {
			t.Errorf("measured %+v, want the quicker of 0 and 200 ms, and what was written", m)
		}
		io.WriteString(o, "four")
		want("four"+request, false)
		time.Sleep(answerTimeout - time.Second)
		want("", false)
		time.Sleep(2 * time.Second)
		want("", true) // an answer was lost: go on
		io.WriteString(o, "five")
		want("five"+request, false) // and wait for the next
	})
}

func TestOutputNeverBlocksAndWakesTheProgram(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFar()
		f.gate = make(chan struct{})
		o := NewOutput(f, OutputOptions{Now: time.Now, Unpaced: true})
		defer o.Close()
		for range 3 {
			if n, err := io.WriteString(o, "frame "); n != 6 || err != nil {
				t.Fatalf("Write returned %d, %v", n, err)
			}
		}
		synctest.Wait()
		if o.Ready() {
			t.Error("Ready although the terminal takes nothing")
		}
		woken := make(chan tea.Msg)
		go func() { woken <- o.WaitReady() }()
		synctest.Wait()
		select {
		case msg := <-woken:
			t.Fatalf("woken with %v although nothing was taken", msg)
		default:
		}
		close(f.gate)
		if msg := <-woken; msg != (ReadyMsg{}) {
			t.Errorf("woken with %v, want ReadyMsg", msg)
		}
		if got := f.received(); got != "frame frame frame " {
			t.Errorf("the terminal received %q", got)
		}
	})
}

func TestOutputSendsLongFramesInPieces(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFar()
		o := NewOutput(f, OutputOptions{Now: time.Now})
		defer o.Close()
		answer := func() (piece string) {
			synctest.Wait()
			piece = f.received()
			time.Sleep(time.Duration(len(piece)) * time.Millisecond) // 1000 bytes per second
			o.Ack(time.Now())
			return piece
		}
		io.WriteString(o, "\x1b[1;1Hx")
		answer()
		io.WriteString(o, strings.Repeat("\x1b[1;1Hx", 100)) // from which the rate is learned
		answer()
		frame := strings.Repeat("\x1b[10;10Htext", 300)
		io.WriteString(o, frame)
		var all strings.Builder
		for !o.Ready() {
			piece := answer()
			if len(piece) > 200 {
				t.Fatalf("a piece of %d bytes, which takes longer than %v", len(piece), underway)
			}
			text, ok := strings.CutSuffix(piece, request)
			if !ok || !strings.HasPrefix(text, "\x1b[") {
				t.Fatalf("piece %q was not cut at a sequence or lacks its request", piece)
			}
			all.WriteString(text)
		}
		if all.String() != frame {
			t.Error("the pieces do not make the frame")
		}
	})
}

func TestLeaveAtOnceWhenNothingIsUnderWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFar()
		o := NewOutput(f, OutputOptions{Now: time.Now})
		defer o.Close()
		io.WriteString(o, "frame")
		synctest.Wait()
		o.Ack(time.Now())
		start := time.Now()
		<-o.Leave()
		<-o.Leave()
		if d := time.Since(start); d != 0 {
			t.Errorf("left after %v", d)
		}
		if o.Ready() {
			t.Error("Ready after Leave: a last frame would be drawn")
		}
		f.received()
		io.WriteString(o, "a last frame")
		io.WriteString(o, farewell)
		synctest.Wait()
		if got := f.received(); got != ansi.ResetStyle+farewell {
			t.Errorf("the terminal received %q, want the farewell, and neither frame nor request", got)
		}
	})
}

func TestLeaveWaitsForAnAnswerButNotForLong(t *testing.T) {
	for _, answers := range []bool{true, false} {
		synctest.Test(t, func(t *testing.T) {
			f := newFar()
			o := NewOutput(f, OutputOptions{Now: time.Now})
			defer o.Close()
			io.WriteString(o, "one")
			synctest.Wait()
			time.Sleep(100 * time.Millisecond)
			o.Ack(time.Now())
			io.WriteString(o, "two")
			synctest.Wait()
			f.received()
			start := time.Now()
			left := o.Leave()
			want := 200 * time.Millisecond // twice the round trip
			if answers {
				want = 30 * time.Millisecond
				time.AfterFunc(want, func() { o.Ack(time.Now()) })
			}
			<-left
			if d := time.Since(start); d != want {
				t.Errorf("left after %v, want %v", d, want)
			}
			io.WriteString(o, farewell)
			synctest.Wait()
			after := ansi.ResetStyle + farewell
			if !answers {
				after = abort + farewell
			}
			if got := f.received(); got != after {
				t.Errorf("the terminal received %q, want %q", got, after)
			}
		})
	}
}

func TestLeaveDropsTheRestOfAFrame(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFar()
		o := NewOutput(f, OutputOptions{Now: time.Now})
		defer o.Close()
		io.WriteString(o, "one")
		synctest.Wait()
		o.Ack(time.Now())
		io.WriteString(o, strings.Repeat("\x1b[1;1Hlong frame", 1000))
		synctest.Wait()
		if n := len(f.received()); n > unmeasured+len(request)+3 {
			t.Fatalf("%d bytes were sent at once", n)
		}
		left := o.Leave()
		o.Ack(time.Now())
		<-left
		io.WriteString(o, farewell)
		synctest.Wait()
		if got := f.received(); got != abort+farewell {
			t.Errorf("the terminal received %.60q…, want only the farewell", got)
		}
	})
}

func TestOutputKeepsTheError(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		gone := errors.New("terminal gone")
		f := newFar()
		f.err = gone
		o := NewOutput(f, OutputOptions{Now: time.Now})
		io.WriteString(o, "frame")
		if o.WaitReady() != (ReadyMsg{}) {
			t.Error("the program was not woken")
		}
		if _, err := io.WriteString(o, "frame"); !errors.Is(err, gone) {
			t.Errorf("Write returned %v", err)
		}
		<-o.Leave()
		if err := o.Close(); !errors.Is(err, gone) {
			t.Errorf("Close returned %v", err)
		}
	})
}

func TestCloseWritesWhatIsQueuedAndEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFar()
		o := NewOutput(f, OutputOptions{Now: time.Now, Unpaced: true, ASCII: true})
		io.WriteString(o, "adiós")
		if err := o.Close(); err != nil {
			t.Error(err)
		}
		if got := f.received(); got != "adios" {
			t.Errorf("the terminal received %q", got)
		}
		if msg := o.WaitReady(); msg != nil {
			t.Errorf("WaitReady after Close returned %v", msg)
		}
		if _, err := io.WriteString(o, "x"); !errors.Is(err, ErrClosed) {
			t.Errorf("Write after Close returned %v", err)
		}
		if err := o.Close(); err != nil {
			t.Error(err)
		}
	})
}

func TestFilter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := NewOutput(newFar(), OutputOptions{Now: time.Now})
		defer o.Close()
		f := &filter{output: o, next: func(_ tea.Model, msg tea.Msg) tea.Msg { return msg }}
		pass := func(msg tea.Msg) tea.Msg { return f.message(nil, msg) }

		io.WriteString(o, "one")
		synctest.Wait()
		if pass(uv.UnknownCsiEvent(answer)) != nil || !o.Ready() {
			t.Error("the answer was not taken")
		}
		if pass(uv.UnknownCsiEvent("\x1b[7n")) == nil {
			t.Error("another report was taken for the answer")
		}
		for _, mode := range []int{2026, 2027} {
			var report tea.ModeReportMsg
			report.Mode, report.Value = ansi.DECMode(mode), ansi.ModeReset
			if pass(report) != nil {
				t.Errorf("the report of mode %d reached Bubble Tea", mode)
			}
		}
		small, large := tea.WindowSizeMsg{Width: 80, Height: 24}, tea.WindowSizeMsg{Width: 200, Height: 60}
		if pass(small) != tea.Msg(small) {
			t.Error("a size was held although the terminal is ready")
		}
		io.WriteString(o, "two")
		synctest.Wait()
		if pass(small) != nil || pass(large) != nil {
			t.Error("a size went through while the terminal is behind")
		}
		pass(uv.UnknownCsiEvent(answer))
		batch, ok := pass(ReadyMsg{}).(tea.BatchMsg)
		if !ok || len(batch) != 2 || batch[0]() != tea.Msg(large) || batch[1]() != tea.Msg(ReadyMsg{}) {
			t.Error("the last size did not follow when the terminal was ready")
		}
		if pass(ReadyMsg{}) != tea.Msg(ReadyMsg{}) {
			t.Error("a size followed twice")
		}
		io.WriteString(o, "three")
		synctest.Wait()
		batch, ok = pass(tea.QuitMsg{}).(tea.BatchMsg)
		if !ok {
			t.Fatal("quitting did not wait for the answer")
		}
		if batch[0]() != tea.Msg(tea.QuitMsg{}) || pass(tea.QuitMsg{}) != tea.Msg(tea.QuitMsg{}) {
			t.Error("quitting did not follow")
		}
	})
}

func BenchmarkWrite(b *testing.B) {
	o := NewOutput(io.Discard, OutputOptions{Now: time.Now, Unpaced: true})
	defer o.Close()
	frame := []byte(strings.Repeat("\x1b[10;10Hsome text\r\n", 12))
	b.SetBytes(int64(len(frame)))
	b.ReportAllocs()
	for b.Loop() {
		o.Write(frame)
		<-o.ReadyC()
	}
}
