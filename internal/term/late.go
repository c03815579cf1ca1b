package term

import "time"

// overdue is a request whose answer may come after it was given up.
type overdue struct {
	at     time.Time // zero if when it comes says nothing of the link
	mark   int64     // bytes handed over up to and with it
	behind int       // how many of them were under way with it
}

// asks notes that the chunk ends with a request. Where answers are late, what is before it is under way with it.
func (o *Output) asks() {
	mark, sent := o.handed+int64(len(o.chunk)), len(o.chunk)
	behind := int(mark - o.arrived)
	if len(o.owed) > 0 || o.loose() {
		sent = behind
	}
	o.ask = overdue{o.now(), mark, behind}
	o.asked = true
	o.link.asked(o.ask.at, sent)
}

// loose reports whether much was handed over since the request that the terminal has answered last: what went before the first answer, such as the
// rest of the first frame. On a slow link it is under way for long, so that a request by itself goes after it, and nothing is drawn before its answer.
func (o *Output) loose() bool {
	return o.answered && !o.asked && !o.leaving && !o.unpaced && o.handed-o.ask.mark >= telling
}

// late takes an answer to a request that was given up, by which a link is measured that is always late. The one to the last request should
// follow; if it does not, it was lost on the way, and this was the answer to it.
func (o *Output) late(now time.Time) {
	r := o.owed[0]
	o.owed = o.owed[1:]
	o.arrived = max(o.arrived, r.mark)
	if !r.at.IsZero() {
		o.link.took(sample{r.behind, now.Sub(r.at)})
	}
	if o.asked && !o.leaving {
		o.stopTimer()
		if len(o.owed) > 0 && !r.at.IsZero() { // theirs come before
			o.timer = time.AfterFunc(answerTimeout, o.giveUp)
		} else {
			o.timer = time.AfterFunc(min(max(minGrace, o.link.due()), answerTimeout), o.lost)
		}
	}
	o.progress()
}

// lost goes on without the answer to the last request.
func (o *Output) lost() {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.asked && !o.leaving {
		o.asked = false
		signal(o.wake)
		o.progress()
	}
}

// unmeasured notes that answers have waited for the program, or went to the shell.
func (o *Output) unmeasured() {
	o.ask.at, o.arrived = time.Time{}, o.handed
	for i := range o.owed {
		o.owed[i].at = time.Time{}
	}
}
