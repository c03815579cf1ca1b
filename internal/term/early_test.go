package term

import (
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// first is the beginning of what Bubble Tea writes, and a frame.
const first = "\x1b[?1049h\x1b[?25l\x1b[?2004h\x1b]2;vigil\a\x1b[H\x1b[2J"

// TestASlowLinkIsNotFilledBeforeItIsKnown: its first answer comes after a few bytes, and until then hardly a frame is drawn.
func TestASlowLinkIsNotFilledBeforeItIsKnown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFar()
		o := NewOutput(f, OutputOptions{Now: time.Now})
		defer o.Close()
		io.WriteString(o, first+strings.Repeat("\x1b[3;1Hframe", 100))
		synctest.Wait()
		if at := strings.Index(f.received(), request); at < 0 || at > 2*probing {
			t.Errorf("the first answer is asked for after %d bytes", at)
		}
		if o.Ready() {
			t.Error("another frame may be drawn at once")
		}
		time.Sleep(400 * time.Millisecond)
		o.Ack(time.Now())
		synctest.Wait()
		if got := f.received(); got != request || o.Ready() {
			t.Errorf("after the rest of the frame, of which nothing is known, comes %q, and another frame may be drawn: %t", got, o.Ready())
		}
		time.Sleep(time.Second)
		o.Ack(time.Now())
		if rate := o.Measure().Rate; !o.Ready() || rate < 500 || rate > 2000 {
			t.Errorf("the rest took a second: the link bears %.0f B/s, and a frame may be drawn: %t", rate, o.Ready())
		}
	})
}

// TestASilentTerminalIsHeldForAMomentAlone: one that never answers is drawn as ever after two seconds.
func TestASilentTerminalIsHeldForAMomentAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := NewOutput(newFar(), OutputOptions{Now: time.Now})
		defer o.Close()
		began := time.Now()
		var at []time.Duration
		for range 5 {
			io.WriteString(o, first+"frame")
			synctest.Wait()
			for !o.Ready() {
				<-o.ReadyC()
			}
			at = append(at, time.Since(began))
		}
		if at[0] != firstHold || at[3] != firstGrace || at[4] != firstGrace {
			t.Errorf("frames may be drawn after %v", at)
		}
	})
}
