package duty

import (
	"slices"
	"time"

	"vigil/internal/safetext"
)

// CorrectionsFor is how long after an alarm became untrue it is still said where the alarm was sent. Later than that it is for
// people to tell: a service that did not answer for a day is known not to.
const CorrectionsFor = 24 * time.Hour

// sent keeps what became of sending an alarm out. A correction may be sent of what is closed.
func (d *Draft) sent(e *Entry, b *Send) bool {
	a := d.alarm(b.Alarm)
	if a == nil || b.Correction == 0 && !a.Open() {
		return false
	}
	a.Sent = append(a.Sent, Sent{
		At: e.At, Channel: b.Channel, Failed: b.Failed.Line(), Tries: b.Tries, Occurrence: b.Occurrence, Correction: b.Correction,
	})
	return true
}

// untrue notes that what it rang for is not so.
func (a *Alarm) untrue(at time.Time, why safetext.Text) {
	if a.Untrue.IsZero() {
		a.Untrue, a.UntrueWhy = at, why
		a.Corrections++
	}
}

// denied is that its source, or who else could, says that it is not so: whoever was told must hear that, too.
func (a *Alarm) denied(at time.Time, why safetext.Text) {
	a.untrue(at, why)
	if a.toldSince() {
		a.Reopened, a.ReopenWhy, a.reopenedAt = at, why, len(a.Sheet)
	}
}

// followedBy hands what is to be told of a closed alarm that is so after all to the one that rings now: whoever was told of the first, or
// that it is not so, is told by that.
func (a *Alarm) followedBy(next *Alarm) {
	if a.Untrue.IsZero() {
		return
	}
	if slices.ContainsFunc(a.Sheet, func(t Telling) bool { return t.Outcome.IsTold() }) {
		next.Sheet = slices.Clone(a.Sheet)
		next.Reopened, next.ReopenWhy, next.reopenedAt = next.Came, soAfterAll, len(next.Sheet)
	}
	a.Anew, a.reopenedAt = next.Number, len(a.Sheet)
	a.Reopened, a.ReopenWhy = time.Time{}, safetext.Text{}
	a.Untrue, a.UntrueWhy = time.Time{}, safetext.Text{}
}

// OverAndUntrue reports whether it is over because it is not so: it waits to be seen, and nothing else. What is said not to be so and rings
// on, since somebody else still tells it, is none of it.
func (a *Alarm) OverAndUntrue() bool { return !a.Untrue.IsZero() && !a.Cleared.IsZero() }

// toldSince reports whether somebody was told since all had to be told last.
func (a *Alarm) toldSince() bool {
	return slices.ContainsFunc(a.Sheet[a.reopenedAt:], func(t Telling) bool { return t.Outcome.IsTold() })
}

// Heard reports whether anybody learnt of it: somebody was told, or a channel took it.
func (a *Alarm) Heard() bool {
	told := func(t Telling) bool { return t.Outcome.IsTold() }
	sent := func(s Sent) bool { return s.Failed.IsZero() && s.Correction == 0 }
	return slices.ContainsFunc(a.Sheet, told) || slices.ContainsFunc(a.Sent, sent)
}

// Corrects reports whether those whom a channel reaches were sent the alarm, and must hear at now that it is not so. That they have
// heard it already is in [Alarm.Sent].
func (a *Alarm) Corrects(channel string, now time.Time) bool {
	if a.Untrue.IsZero() || now.Sub(a.Untrue) > CorrectionsFor {
		return false
	}
	return slices.ContainsFunc(a.Sent, func(s Sent) bool {
		return s.Channel == channel && s.Failed.IsZero() && s.Correction == 0
	})
}

// Outgoing are the alarms of which something may have to be sent out at now: those that are open, in the order of [Book.Alarms], and
// those that were closed and have become untrue not long ago.
func (b *Book) Outgoing(now time.Time) []*Alarm {
	list := b.Alarms(now)
	for _, id := range b.order {
		if a := b.alarms[id]; !a.Open() && !a.Untrue.IsZero() && now.Sub(a.Untrue) <= CorrectionsFor {
			list = append(list, a)
		}
	}
	return list
}
