package term

import (
	"bytes"
	"time"
)

// clears is in what Bubble Tea writes of the first frame.
var clears = []byte("\x1b[2J")

// holdEarly has the frame after p wait a while if the first answer may still be on its way. At ten frames a second a slow link would have
// minutes of them queued before it is known for one, which nothing calls back: neither is what is shown current then, nor can be left.
func (o *Output) holdEarly(p []byte) {
	o.began = o.began || bytes.Contains(p, clears)
	if o.holds || !o.began || o.unpaced || o.answered || o.leaving || o.link.sentAt.IsZero() && o.asked || o.hasLeft() {
		return
	}
	if o.asked && o.now().Sub(o.link.sentAt) >= firstGrace {
		return
	}
	o.holds = true
	time.AfterFunc(firstHold, func() {
		o.mu.Lock()
		defer o.mu.Unlock()
		if o.holds {
			o.holds = false
			o.progress()
		}
	})
}
