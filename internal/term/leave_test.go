package term

import (
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
)

// A program that has the terminal again and draws nothing takes it once more; one that draws, or is about to leave, is left alone.
func TestNothingDrawnAfterRejoin(t *testing.T) {
	for _, c := range []struct {
		name  string
		then  func(o *Output)
		again bool
	}{
		{"nothing is drawn", func(*Output) {}, true},
		{"a frame is drawn", func(o *Output) { _, _ = o.Write([]byte("frame")) }, false},
		{"it leaves", func(o *Output) { o.Leave() }, false},
		{"it has ended", func(o *Output) { _ = o.Close() }, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				o := NewOutput(newFar(), OutputOptions{Now: time.Now})
				defer o.Close()
				var sent []tea.Msg
				o.job = &job{out: o, send: func(m tea.Msg) { sent = append(sent, m) }}
				<-o.Leave()
				o.rejoin()
				c.then(o)
				time.Sleep(drawLimit)
				synctest.Wait()
				if len(sent) > 1 || (len(sent) == 1) != c.again {
					t.Errorf("the program is sent %v", sent)
				}
			})
		})
	}
}

// TestLeavingBeforeTheRateIsKnown: what was sent in one piece before a slow link is known for one is waited for, longer than the round trip says.
func TestLeavingBeforeTheRateIsKnown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := NewOutput(newFar(), OutputOptions{Now: time.Now})
		defer o.Close()
		io.WriteString(o, first+strings.Repeat("\x1b[3;1Hframe", 100))
		synctest.Wait()
		time.Sleep(20 * time.Millisecond)
		o.Ack(time.Now()) // of the few bytes that go first
		synctest.Wait()
		left, began := o.Leave(), time.Now()
		time.AfterFunc(1100*time.Millisecond, func() { o.Ack(time.Now()) })
		<-left
		if took := time.Since(began); took != 1100*time.Millisecond {
			t.Errorf("it has left after %s, and the answer came after 1.1 s", took)
		}
	})
}

// TestASilentTerminalIsWaitedForOnce: who leaves for the shell again and again does not wait for the answer of a terminal that gives none each time.
func TestASilentTerminalIsWaitedForOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := NewOutput(newFar(), OutputOptions{Now: time.Now})
		defer o.Close()
		o.job = &job{send: func(tea.Msg) {}}
		var took []time.Duration
		for range 3 {
			io.WriteString(o, first+"frame")
			synctest.Wait()
			began := time.Now()
			<-o.Leave()
			took = append(took, time.Since(began))
			o.rejoin()
		}
		if took[0] != firstGrace || took[1] != minGrace || took[2] != minGrace {
			t.Errorf("leaving took %v", took)
		}
	})
}
