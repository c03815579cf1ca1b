package duty

import (
	"time"

	"vigil/internal/saying"
)

// ErrNot is wrapped by the error of what the book says cannot be done.
var ErrNot = saying.Errorf("not done")

// May says why an entry with this body would change nothing, or must not be written at now; nil if it may. What it does
// not know of, such as which incidents there are, it does not object to.
func (b *Book) May(body Body, now time.Time) error {
	if err := body.Check(); err != nil {
		return saying.Errorf("%s: %s", ErrNot, err)
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
		return b.open(c.Alarm, func(*Alarm) error { return mayAck(now, c.Until) })
	case *Shelve:
		return b.open(c.Alarm, func(a *Alarm) error { return a.MayShelve(now, c.Until) })
	case *Unshelve:
		return b.open(c.Alarm, func(a *Alarm) error {
			if !a.OnShelf(now) {
				return saying.Errorf("%s is not shelved", a.Called())
			}
			return nil
		})
	case *Close:
		return b.open(c.Alarm, func(a *Alarm) error {
			if a.Cleared.IsZero() && !a.Raise.Moment {
				return saying.Errorf("%s lasts: acknowledge it or shelve it; it closes when what it rang for is over", a.Called())
			}
			return nil
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
func not(why error) error {
	if why == nil {
		return nil
	}
	return saying.Errorf("%s: %s", ErrNot, why)
}

// MaxAck is the longest time for which an acknowledgement stands: an owner's shift.
const MaxAck = 12 * time.Hour

// mayAck says why an acknowledgement cannot stand until then; empty if it can.
func mayAck(at, until time.Time) error {
	switch {
	case !until.After(at):
		return saying.Errorf("the acknowledgement must end later than now")
	case until.Sub(at) > MaxAck:
		return saying.Errorf("an acknowledgement lasts for at most %d h", int(MaxAck.Hours()))
	}
	return nil
}

// known wants that the alarm is there, open or not: what is over must be told, too.
func (b *Book) known(id string) error {
	if _, ok := b.alarms[id]; !ok {
		return saying.Errorf("%s: there is no such alarm", ErrNot)
	}
	return nil
}

// open wants that the alarm is there and open, and then that why says nothing against it.
func (b *Book) open(id string, why func(*Alarm) error) error {
	a, ok := b.alarms[id]
	switch {
	case !ok:
		return saying.Errorf("%s: there is no such alarm", ErrNot)
	case !a.Open():
		return saying.Errorf("%s: %s is closed", ErrNot, a.Called())
	}
	return not(why(a))
}
