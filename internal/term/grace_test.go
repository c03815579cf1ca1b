package term

import (
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/charmbracelet/x/ansi"
)

// TestLeavingWaitsForAnAnswer that is on its way: it would be typed into the shell.
func TestLeavingWaitsForAnAnswer(t *testing.T) {
	for _, tt := range []struct {
		name              string
		roundTrip, within time.Duration // of an earlier answer, 0 for none; how long ago this one was asked for
		answer, left      time.Duration // from when it leaves: when the answer comes, 0 for never; when it has left
	}{
		{"the first of all", 0, 0, 1200 * time.Millisecond, 1200 * time.Millisecond},
		{"the first of all, which never comes", 0, 0, 0, firstGrace},
		{"a terminal that has never answered", 0, time.Minute, 0, minGrace},
		{"two satellites away", 1400 * time.Millisecond, 0, 1400 * time.Millisecond, 1400 * time.Millisecond},
		{"two satellites away, and lost", 1400 * time.Millisecond, 0, 0, 2800 * time.Millisecond},
		{"far too far", 9 * time.Second, 0, 0, maxGrace},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				o := NewOutput(newFar(), OutputOptions{Now: time.Now})
				defer o.Close()
				io.WriteString(o, "one")
				synctest.Wait()
				if tt.roundTrip > 0 {
					time.Sleep(tt.roundTrip)
					o.Ack(time.Now())
					io.WriteString(o, "two")
					synctest.Wait()
				}
				time.Sleep(tt.within)
				began := time.Now()
				if tt.answer > 0 {
					time.AfterFunc(tt.answer, func() { o.Ack(time.Now()) })
				}
				<-o.Leave()
				if took := time.Since(began); took != tt.left {
					t.Errorf("it has left after %s, want %s", took, tt.left)
				}
			})
		})
	}
}

// TestTheBytesBeforeAnAnswerAreWaitedFor: at 60 B/s a piece alone takes seconds.
func TestTheBytesBeforeAnAnswerAreWaitedFor(t *testing.T) {
	l := link{rate: 60, sent: 160, count: 1, ring: [samples]sample{{bytes: 6, took: 200 * time.Millisecond}}}
	if got := l.due(); got < 2700*time.Millisecond || got > 3100*time.Millisecond {
		t.Errorf("the answer is waited for %s", got)
	}
	l.rate = 0
	if got := l.due(); got != 400*time.Millisecond {
		t.Errorf("at an unknown rate it is waited for %s", got)
	}
}

// TestALostFarewellGivesBackTheMouse, as all else that Bubble Tea has set.
func TestALostFarewellGivesBackTheMouse(t *testing.T) {
	for _, off := range []string{ansi.ResetModeMouseButtonEvent, ansi.ResetModeMouseExtSgr, ansi.ResetModeBracketedPaste, ansi.ResetModeAltScreenSaveCursor, ansi.SetModeTextCursorEnable} {
		if !strings.Contains(restoreScreen, off) {
			t.Errorf("%q is not sent", off)
		}
	}
}

// TestALinkThatStoodStill for longer than an answer is waited for: both answers come at once then. The second says nothing of the link, and if
// it does not come at once either, leaving waits for it.
func TestALinkThatStoodStill(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := NewOutput(newFar(), OutputOptions{Now: time.Now})
		defer o.Close()
		write := func(s string) {
			io.WriteString(o, s)
			synctest.Wait()
		}
		write("one")
		time.Sleep(800 * time.Millisecond)
		o.Ack(time.Now())
		write("two")
		time.Sleep(answerTimeout + time.Second)
		write("three")
		time.Sleep(9 * time.Second)
		o.Ack(time.Now()) // of two
		if o.Ready() {
			t.Error("the answer of a frame that was given up is taken for that of the last one")
		}
		o.Ack(time.Now()) // of three
		if !o.Ready() {
			t.Error("after both answers no frame may be drawn")
		}
		write("four")
		time.Sleep(800 * time.Millisecond)
		o.Ack(time.Now())
		if got := o.Measure().RoundTrip; got < 700*time.Millisecond {
			t.Errorf("the round trip is taken for %s", got)
		}
		write("five")
		time.Sleep(answerTimeout + time.Second) // the answer is lost
		write("six")
		o.Ack(time.Now()) // of six
		time.Sleep(2 * time.Second)
		if !o.Ready() {
			t.Error("an answer that was lost is waited for")
		}
		write("seven")
		time.Sleep(answerTimeout + time.Second)
		began := time.Now()
		time.AfterFunc(500*time.Millisecond, func() { o.Ack(time.Now()) })
		<-o.Leave()
		if took := time.Since(began); took != 500*time.Millisecond {
			t.Errorf("it has left after %s, and the answer came after 500 ms", took)
		}
	})
}

// TestAnAnswerDoesNotProlongLeaving: the answer to an earlier request comes while bytes behind it are stuck, as on a terminal that has been
// stopped (Ctrl-S) since.
func TestAnAnswerDoesNotProlongLeaving(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFar()
		o := NewOutput(f, OutputOptions{Now: time.Now})
		io.WriteString(o, "one")
		synctest.Wait()
		open := make(chan struct{})
		f.gate = open
		io.WriteString(o, "two")
		synctest.Wait()
		began := time.Now()
		time.AfterFunc(time.Second, func() { o.Ack(time.Now()) })
		select {
		case <-o.Leave():
		case <-time.After(time.Minute):
		}
		if took := time.Since(began); took != firstGrace {
			t.Errorf("it has left after %s, want %s", took, firstGrace)
		}
		close(open)
		o.Close()
	})
}

// TestALinkThatIsAlwaysLateIsMeasured: all that it was sent before it was known is in front of each answer, and where nothing waits for it, it
// stays there.
func TestALinkThatIsAlwaysLateIsMeasured(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const rate = 60
		f := newFar()
		o := NewOutput(f, OutputOptions{Now: time.Now})
		ends := time.Now() // when the last byte that was sent arrives
		backlog := time.Duration(0)
		pass := func() {
			synctest.Wait()
			got := f.received()
			for len(got) > 0 {
				n := strings.Index(got, request)
				asks := n >= 0
				if n += len(request); !asks {
					n = len(got)
				}
				if now := time.Now(); ends.Before(now) {
					ends = now
				}
				ends = ends.Add(time.Duration(n) * time.Second / rate)
				if asks {
					time.AfterFunc(time.Until(ends), func() { o.Ack(time.Now()) })
				}
				got = got[n:]
			}
			backlog = time.Until(ends)
		}
		io.WriteString(o, first+strings.Repeat("\x1b[3;1Hframe", 1000))
		for range 900 {
			pass()
			time.Sleep(time.Second)
			if o.Ready() {
				io.WriteString(o, strings.Repeat("\x1b[3;1Hframe", 300))
			}
		}
		pass()
		if m := o.Measure(); m.Rate < rate/3 || m.Rate > 3*rate {
			t.Errorf("after a quarter of an hour the rate is taken for %.0f B/s, want %d", m.Rate, rate)
		}
		if backlog > 10*time.Second {
			t.Errorf("%s of bytes are under way", backlog)
		}
		<-o.Leave()
		o.Close()
	})
}
