package duty

import (
	"fmt"
	"time"

	"vigil/internal/safetext"
	"vigil/internal/saying"
)

// MaxShelf is the longest time for which an alarm can be shelved.
const MaxShelf = 8 * time.Hour

// Alarm is one alarm with all that was done about it. Its life follows ISA-18.2 (ANSI/ISA-18.2-2016, 5.2: alarm states): it
// is raised, acknowledged by an owner for a time, and back to normal when what it rang for is over and somebody has seen it.
type Alarm struct {
	ID     string // of the entry that raised it
	Number int    // as people call it: A17
	Raise  *Raise
	Raised time.Time
	Again  int // how often what it rang for came back, or became worse, while nobody had closed it
	// Worsened is how often of these it lasted and became worse.
	Worsened int
	Came     time.Time // when it came last, or became worse
	// Cleared is when what it rang for ended; zero while it lasts.
	Cleared   time.Time
	Over      []string // of an alarm for several that lasts: the keys of the conditions that are over
	Severity  Severity // as it was raised or escalated to
	Acks      []Acked
	Shelf     Shelf // the last; zero if there is none
	Level     int   // of escalation; 0 if there was none
	Escalated time.Time
	To        []string // the functions that it was escalated to
	Sent      []Sent
	Closed    time.Time
	CloseWhy  safetext.Text
	Sheet     []Telling
	Reopened  time.Time // since when all must be told again; zero if they need not
	ReopenWhy safetext.Text
	// Untrue is since when what it rang for is known not to be so, and UntrueWhy how; zero where nobody says that.
	Untrue    time.Time
	UntrueWhy safetext.Text
	// Corrections is how often it became untrue.
	Corrections int
	// Anew is the number of the alarm that rang when what was not so was said again after all; 0 where there is none. People are told by that.
	Anew int
	// reopenedAt is how much was written on the sheet before.
	reopenedAt int
	shelved    int // how many shelves ended before the last
}

// Acked is an acknowledgement.
type Acked struct {
	At, Until time.Time
	Owner     safetext.Text
	Reason    safetext.Text
	Said      saying.Saying // what the reason was made of where it is vigil's own words
	By        safetext.Text
	Undone    bool // by an escalation, or because it came back
	UndoneAt  time.Time
	TakenOver safetext.Text // who took the watch over from the owner, which ended it; empty if nobody did
	Line      Line          // of the duty log
}

// Why is the reason in a voice, on one line.
func (k *Acked) Why(v saying.Voice) string {
	if k.Said.IsZero() {
		return k.Reason.OneLine().String()
	}
	return k.Said.In(v)
}

// Shelf is a shelving.
type Shelf struct {
	At, Until time.Time
	By        safetext.Text
	Reason    safetext.Text
	Line      Line // of the duty log
}

// Sent is one attempt to send it out.
type Sent struct {
	At      time.Time
	Channel string
	Failed  safetext.Text
	Tries   int
	// Occurrence is that of the alarm which was sent.
	Occurrence int
	// Correction is which of its corrections was sent; 0 for the alarm itself.
	Correction int
}

// State of an alarm at a time.
type State uint8

// The states, that which needs somebody most first.
const (
	Unacknowledged State = iota // it lasts, and nobody owns it
	Latched                     // it is over, and nobody has seen it
	Owned                       // it lasts, and somebody owns it
	Shelved                     // it is not to ring until then
	Normal                      // it is over, and was seen
)

// String is the word for the state, for lists and JSON.
func (s State) String() string {
	return [...]string{"unacknowledged", "latched", "acknowledged", "shelved", "closed"}[min(s, Normal)]
}

// Called is how people call the alarm, such as A17.
func (a *Alarm) Called() string { return fmt.Sprintf("A%d", a.Number) }

// Ack is the acknowledgement in force at now.
func (a *Alarm) Ack(now time.Time) (Acked, bool) {
	if n := len(a.Acks); n > 0 {
		if k := a.Acks[n-1]; !k.Undone && now.Before(k.Until) {
			return k, true
		}
	}
	return Acked{}, false
}

// Expired is the acknowledgement that has run out, if the last one has and nobody gave another.
func (a *Alarm) Expired(now time.Time) (Acked, bool) {
	if n := len(a.Acks); n > 0 {
		if k := a.Acks[n-1]; !k.Undone && !now.Before(k.Until) {
			return k, true
		}
	}
	return Acked{}, false
}

// OnShelf reports whether it is shelved at now.
func (a *Alarm) OnShelf(now time.Time) bool { return now.Before(a.Shelf.Until) }

// State is the state at now.
func (a *Alarm) State(now time.Time) State {
	_, owned := a.Ack(now)
	switch {
	case !a.Closed.IsZero():
		return Normal
	case a.OnShelf(now):
		return Shelved
	case !a.Cleared.IsZero():
		return Latched
	case owned:
		return Owned
	default:
		return Unacknowledged
	}
}

// Open reports whether anything is left to do about it.
func (a *Alarm) Open() bool { return a.Closed.IsZero() }

// Rings reports whether it needs somebody at now who is not there yet.
func (a *Alarm) Rings(now time.Time) bool {
	s := a.State(now)
	return s == Unacknowledged || s == Latched
}

// Occurrence counts, from 1, how often the alarm asked for somebody by now: when it was raised, each time that it came back, each
// escalation, and each time that an acknowledgement ran out or a shelf ended. What has been sent out or has rung for one occurrence
// need not again.
func (a *Alarm) Occurrence(now time.Time) int {
	n := 1 + a.Again + a.Level + a.shelved
	for i := range a.Acks {
		if end, ran := a.ranOut(i); ran && !now.Before(end) {
			n++
		}
	}
	if !a.Shelf.Until.IsZero() && !a.OnShelf(now) {
		n++
	}
	return n
}

// ranOut is when an acknowledgement ran out, or will; ran is false for one that was undone or replaced before.
func (a *Alarm) ranOut(i int) (end time.Time, ran bool) {
	k := &a.Acks[i]
	replaced := i+1 < len(a.Acks) && a.Acks[i+1].At.Before(k.Until)
	undone := k.Undone && k.UndoneAt.Before(k.Until)
	return k.Until, !replaced && !undone
}

// copied is the alarm with lists of its own, so that the one in an older book stays as it is.
func (a *Alarm) copied() *Alarm {
	c := *a
	c.Acks = append([]Acked(nil), a.Acks...)
	c.Over = append([]string(nil), a.Over...)
	c.To = append([]string(nil), a.To...)
	c.Sent = append([]Sent(nil), a.Sent...)
	c.Sheet = append([]Telling(nil), a.Sheet...)
	return &c
}
