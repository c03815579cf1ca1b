package duty

import (
	"errors"
	"fmt"
	"time"
)

// ErrNot is wrapped by the error of what the book says cannot be done.
var ErrNot = errors.New("not done")

// May says why an entry with this body would change nothing, or must not be written at now; nil if it may. What it does
// not know of, such as which incidents there are, it does not object to.
func (b *Book) May(body Body, now time.Time) error {
	if err := body.Check(); err != nil {
		return fmt.Errorf("%w: %w", ErrNot, err)
	}
	switch c := body.(type) {
	case *Watch:
		return not(b.mayWatch(c))
	case *Offer:
		return not(b.mayOffer(c))
	case *Answer:
		return not(b.mayAnswer(c))
	case *Sign:
		return not(b.maySign(c))
	case *Claim:
		return not(b.mayClaim(c, now))
	case *Ack:
		return b.open(c.Alarm, func(*Alarm) string { return mayAck(now, c.Until) })
	case *Shelve:
		return b.open(c.Alarm, func(a *Alarm) string { return a.MayShelve(now, c.Until) })
	case *Unshelve:
		return b.open(c.Alarm, func(a *Alarm) string {
			if !a.OnShelf(now) {
				return a.Called() + " is not shelved"
			}
			return ""
		})
	case *Close:
		return b.open(c.Alarm, func(a *Alarm) string {
			if a.Cleared.IsZero() && !a.Raise.Moment {
				return a.Called() + " lasts: acknowledge it or shelve it; it closes when what it rang for is over"
			}
			return ""
		})
	case *Told:
		return b.known(c.Alarm)
	case *Reopen:
		return b.known(c.Alarm)
	case *Flash:
		return b.mayFlash(c, now)
	default:
		return nil
	}
}

// not is the error of what cannot be done, nil where there is no reason.
func not(why string) error {
	if why == "" {
		return nil
	}
	return fmt.Errorf("%w: %s", ErrNot, why)
}

// MaxAck is the longest time for which an acknowledgement stands: an owner's shift.
const MaxAck = 12 * time.Hour

// mayAck says why an acknowledgement cannot stand until then; empty if it can.
func mayAck(at, until time.Time) string {
	switch {
	case !until.After(at):
		return "the acknowledgement must end later than now"
	case until.Sub(at) > MaxAck:
		return fmt.Sprintf("an acknowledgement lasts for at most %d h", int(MaxAck.Hours()))
	}
	return ""
}

// known wants that the alarm is there, open or not: what is over must be told, too.
func (b *Book) known(id string) error {
	if _, ok := b.alarms[id]; !ok {
		return fmt.Errorf("%w: there is no such alarm", ErrNot)
	}
	return nil
}

// open wants that the alarm is there and open, and then that why says nothing against it.
func (b *Book) open(id string, why func(*Alarm) string) error {
	a, ok := b.alarms[id]
	switch {
	case !ok:
		return fmt.Errorf("%w: there is no such alarm", ErrNot)
	case !a.Open():
		return fmt.Errorf("%w: %s is closed", ErrNot, a.Called())
	}
	if s := why(a); s != "" {
		return fmt.Errorf("%w: %s", ErrNot, s)
	}
	return nil
}
