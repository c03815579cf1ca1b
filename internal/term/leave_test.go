package term

import (
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
