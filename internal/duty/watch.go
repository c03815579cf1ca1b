package duty

import (
	"slices"
	"time"

	"vigil/internal/profile"
	"vigil/internal/safetext"
	"vigil/internal/saying"
)

// How long a watch lasts: from ReliefDue on somebody should relieve whoever has it, and after WatchOver it has lasted too long.
const (
	ReliefDue = 10 * time.Hour
	WatchOver = 12 * time.Hour
)

// OnWatch is who has the watch. The zero value is nobody.
type OnWatch struct {
	Holder safetext.Text // call sign or function
	Since  time.Time
	// TakenOver says why it was taken without the outgoing; empty if it was not.
	TakenOver safetext.Text
}

// Takeover is a watch that was taken without the outgoing.
type Takeover struct {
	ID       string // of the entry
	At       time.Time
	By, From safetext.Text
	Reason   safetext.Text
}

// Takeover is the last takeover, whoever has the watch now; false if there was none.
func (b *Book) Takeover() (Takeover, bool) { return b.takeover, b.takeover.ID != "" }

// Held reports whether somebody has it.
func (w OnWatch) Held() bool { return !w.Holder.IsZero() }

// For is how long it has lasted at now.
func (w OnWatch) For(now time.Time) time.Duration { return max(0, now.Sub(w.Since)) }

// Watch is who has the watch. used is false where nobody of this desk ever took it.
func (b *Book) Watch() (w OnWatch, used bool) { return b.watch, b.watched }

// WatchMatters reports whether it is to be said who has the watch, and that nobody has: somebody took it once, or a person has written
// anything in the log, or a high or critical alarm rings, which nobody is there to answer. A desk that is only looked at, whose log holds
// no more than what vigil itself wrote of sources and countries, has no watch to be missed, and is not reproached with it for ever.
func (b *Book) WatchMatters(now time.Time) bool {
	return b.watched || b.worked || slices.ContainsFunc(b.live, func(a *Alarm) bool { return !High.Above(a.Severity) && a.Rings(now) })
}

// SameSign reports whether two call signs are one: people type them in any case, and with blanks around.
func SameSign(a, b string) bool { return profile.Fold(a) == profile.Fold(b) }

// watch takes an entry about the watch.
func (d *Draft) watch(e *Entry, b *Watch) bool {
	if d.b.mayWatch(b) != nil {
		return false
	}
	switch b.Act {
	case WatchTaken:
		if !SameSign(d.b.watch.Holder.String(), b.Holder.Line().String()) { // who says it again has it as long as before
			d.b.watch = OnWatch{Holder: b.Holder.Line(), Since: e.At}
		}
	case WatchTakenOver:
		d.leaves(d.b.watch.Holder, b.Holder.Line(), e.At)
		d.b.takeover = Takeover{ID: e.ID, At: e.At, By: b.Holder.Line(), From: d.b.watch.Holder, Reason: b.Reason.Line()}
		d.b.watch = OnWatch{Holder: b.Holder.Line(), Since: e.At, TakenOver: b.Reason.Line()}
		d.endHandover(e.At, "the watch was taken over by "+b.Holder.Line().String())
	case WatchLeft:
		d.b.watch = OnWatch{}
		d.endHandover(e.At, "the watch was left")
	case WatchAwake:
	}
	d.b.watched = true
	return true
}

// leaves ends the acknowledgements of somebody who does not answer any more: what they had, somebody else must take.
func (d *Draft) leaves(who, to safetext.Text, at time.Time) {
	for _, id := range d.b.order {
		if k, owned := d.b.alarms[id].Ack(at); owned && d.b.alarms[id].Open() && SameSign(k.Owner.String(), who.String()) {
			a := d.alarm(id)
			k := &a.Acks[len(a.Acks)-1]
			k.Until, k.TakenOver = at, to
		}
	}
}

// mayWatch says why nothing of the kind can be done with the watch; empty if it can.
func (b *Book) mayWatch(w *Watch) error {
	has := b.watch.Holder
	theirs := SameSign(has.String(), w.Holder.Line().String())
	switch {
	case w.Act == WatchTaken && b.watch.Held() && !theirs:
		return saying.Errorf("%s has the watch: they leave it, or it is taken over with a reason", has)
	case w.Act == WatchTakenOver && !b.watch.Held():
		return saying.Errorf("nobody has the watch: it can be taken")
	case w.Act == WatchTakenOver && theirs:
		return saying.Errorf("%s has the watch already", has)
	case (w.Act == WatchLeft || w.Act == WatchAwake) && !b.watch.Held():
		return saying.Errorf("nobody has the watch")
	}
	return nil
}
