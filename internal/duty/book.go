package duty

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"vigil/internal/incident"
	"vigil/internal/safetext"
	"vigil/internal/saying"
)

// Book is what follows from the entries of the duty log up to one of them. The zero Book is that of an empty log.
// It is not changed once it is made.
type Book struct {
	entries []*Entry
	alarms  map[string]*Alarm // by id
	order   []string          // ids in the order in which they were raised
	live    []*Alarm          // those that are not closed, in that order
	byKey   map[string]string // the newest alarm of each condition
	anew    map[string]string // the alarm of each entry that brought one back or made it worse
	through time.Time         // all that was received up to then has rung together
	strange int               // entries that fit nothing that stands
	rings   []time.Time       // when alarms rang
	watch   OnWatch
	watched bool // somebody took it once
	worked  bool // a person wrote something
	reports map[incident.Identity]Reported
	words   map[incident.Identity]incident.Identity // the desk's own word on records of others
	flashes []Flashed                               // in the order in which they were given
	named   []incident.Identity                     // what entries name, each once

	handovers []*Handover // in the order in which they were offered
	claims    map[Subject]Claimed
	takeover  Takeover
	attended  time.Time // of the last entry that is a sign of life
}

// Draft is a book that is being written. It is for one goroutine; [Draft.Book] gives what stands.
type Draft struct {
	b     Book
	ids   map[string]bool // of the entries: one is written once
	named map[incident.Identity]bool
	fresh map[string]bool // alarms that belong to this draft alone
	taken bool            // the maps are shared with a book that was given out
}

// NewDraft begins an empty book.
func NewDraft() *Draft {
	return &Draft{
		b:   Book{alarms: map[string]*Alarm{}, byKey: map[string]string{}, anew: map[string]string{}},
		ids: map[string]bool{}, named: map[incident.Identity]bool{}, fresh: map[string]bool{},
	}
}

// Book is what stands. The draft can be added to further.
func (d *Draft) Book() *Book {
	b := d.b
	b.entries, b.order, b.rings = slices.Clip(b.entries), slices.Clip(b.order), slices.Clip(b.rings)
	b.named = slices.Clip(b.named)
	b.live = nil
	for _, id := range b.order {
		if a := b.alarms[id]; a.Open() {
			b.live = append(b.live, a)
		}
	}
	d.taken = true
	clear(d.fresh)
	return &b
}

// own makes the maps the draft's own again.
func (d *Draft) own() {
	if d.taken {
		d.b.alarms, d.b.byKey, d.b.anew = maps.Clone(d.b.alarms), maps.Clone(d.b.byKey), maps.Clone(d.b.anew)
		d.b.ownReports()
		d.taken = false
	}
}

// alarm is the alarm with that id, to be changed; nil if there is none.
func (d *Draft) alarm(id string) *Alarm {
	a := d.b.alarms[id]
	if a == nil {
		return nil
	}
	d.own()
	if !d.fresh[id] {
		a = a.copied()
		d.b.alarms[id], d.fresh[id] = a, true
	}
	return a
}

// Add writes the next entry into the draft, and reports false of one that is there. An entry that fits nothing that stands is kept and
// counted.
func (d *Draft) Add(e *Entry) bool {
	if d.ids[e.ID] {
		return false
	}
	d.ids[e.ID] = true
	d.b.entries = append(d.b.entries, e)
	d.b.worked = d.b.worked || e.By != Vigil
	for _, n := range NamesOf(e.Body) {
		if name := n.Identity(); !d.named[name] {
			d.named[name] = true
			d.b.named = append(d.b.named, name)
		}
	}
	if e.signOfLife() {
		d.b.attended = e.At // the last is the best: one of a clock that ran ahead does not stand for hours
	}
	if !d.apply(e) {
		d.b.strange++
	}
	return true
}

// apply reports whether the entry fits.
func (d *Draft) apply(e *Entry) bool {
	switch b := e.Body.(type) {
	case *Raise:
		return d.rang(e, d.raise(e, b))
	case *Watch:
		return d.watch(e, b)
	case *Report:
		return d.report(e, b)
	case *Clear:
		return d.clear(e, b)
	case *Escalate:
		return d.escalate(e, b)
	case *Send:
		return d.sent(e, b)
	case *Ack:
		return d.change(b.Alarm, func(a *Alarm) bool { return a.acknowledge(e, b) })
	case *Shelve:
		return d.change(b.Alarm, func(a *Alarm) bool { return a.shelve(e, b) })
	case *Unshelve:
		return d.change(b.Alarm, func(a *Alarm) bool { return a.unshelve(e.At) })
	case *Close:
		return d.change(b.Alarm, func(a *Alarm) bool { return a.close(e.At, b.Reason) })
	case *Told:
		return d.tell(e, b)
	case *Reopen:
		return d.reopen(e, b)
	case *Flash:
		return d.flash(e, b)
	case *Offer:
		return d.offer(e, b)
	case *Answer:
		return d.answer(e, b)
	case *Sign:
		return d.sign(e, b)
	case *Claim:
		return d.claim(e, b)
	default:
		return true
	}
}

func (d *Draft) change(id string, do func(*Alarm) bool) bool {
	a := d.alarm(id)
	return a != nil && a.Open() && do(a)
}

// raise makes an alarm, or brings one back that nobody has closed.
func (d *Draft) raise(e *Entry, b *Raise) bool {
	if b.Together > 0 && b.Through.After(d.b.through) {
		d.b.through = b.Through
	}
	fresh := &Alarm{
		ID: e.ID, Number: len(d.b.order) + 1, Raise: b, Raised: e.At, Came: e.At, Severity: b.Severity,
	}
	if id, is := d.b.byKey[b.Key]; is {
		a := d.alarm(id)
		if a.Open() {
			d.b.anew[e.ID] = id
			return a.again(e, b)
		}
		a.followedBy(fresh)
	}
	d.own()
	d.b.alarms[e.ID] = fresh
	d.fresh[e.ID] = true
	d.b.byKey[b.Key] = e.ID
	d.b.order = append(d.b.order, e.ID)
	return true
}

// again brings an alarm back, or makes it worse: an acknowledgement given before does not stand for what came after. Who was told before it
// became worse was told something else, and must be told again.
func (a *Alarm) again(e *Entry, b *Raise) bool {
	over := !a.Cleared.IsZero()
	higher := b.Severity.Above(a.Severity)
	worse := higher || b.Worse(a.Raise)
	if !over && !worse {
		return false
	}
	a.Again++
	if worse && !over {
		a.Worsened++
	}
	if so := !a.Untrue.IsZero(); (worse || so) && slices.ContainsFunc(a.Sheet, func(t Telling) bool { return t.Outcome.IsTold() }) {
		a.Reopened, a.ReopenWhy, a.reopenedAt = e.At, worsened, len(a.Sheet)
		if so {
			a.ReopenWhy = soAfterAll
		}
	}
	a.Raise, a.Cleared, a.Over, a.Came = b, time.Time{}, nil, e.At
	a.Untrue, a.UntrueWhy = time.Time{}, safetext.Text{}
	a.undoAck(e.At)
	if higher {
		a.Severity = b.Severity
	}
	if worse {
		a.Shelf.Until = minTime(a.Shelf.Until, e.At)
	}
	return true
}

// What is said of why all must be told again where no report says it. Screens say it in their language.
var (
	worsened   = safetext.Const(BecameWorse)
	soAfterAll = safetext.Const(SoAfterAll)
)

// Why everybody must be told again.
const (
	BecameWorse = "it became worse"            // since they were told
	SoAfterAll  = "it is said again after all" // and they were told, or may have been, that it is not so

	WasRefuted   = "it was refuted"
	WasCancelled = "it was cancelled"
	WasWithdrawn = "its source withdrew it"
)

// clear ends an alarm. What is known not to be so is that also of one that ended before, or that somebody closed.
func (d *Draft) clear(e *Entry, b *Clear) bool {
	a := d.alarm(b.Alarm)
	if a == nil {
		return false
	}
	if b.Untrue && a.Untrue.IsZero() {
		a.denied(e.At, d.b.whyNot(a, b.Words.Line()))
	}
	return a.Open() && a.clear(e.At, b) || b.Untrue // who wrote it need not have read that it is known
}

func (a *Alarm) clear(at time.Time, b *Clear) bool {
	if !a.Cleared.IsZero() {
		return false
	}
	if len(b.Members) > 0 {
		a.Over = append(a.Over, b.Members...)
		return true
	}
	a.Cleared = at
	if _, owned := a.Ack(at); owned {
		a.Closed = at // whoever owned it has seen it
	}
	return true
}

// escalate makes an alarm more urgent. One that somebody took before it was written, which whoever wrote it had not read yet, is theirs
// all the same, unless it became worse.
func (d *Draft) escalate(e *Entry, b *Escalate) bool {
	if a := d.b.alarms[b.Alarm]; a != nil && a.Open() && !a.Rings(e.At) {
		if worse := b.Severity.Valid() && b.Severity.Above(a.Severity); !worse {
			return true
		}
	}
	return d.rang(e, d.change(b.Alarm, func(a *Alarm) bool { return a.escalate(e, b) }))
}

func (a *Alarm) escalate(e *Entry, b *Escalate) bool {
	a.Level, a.Escalated = max(a.Level+1, b.Level), e.At
	if !b.To.IsZero() {
		a.To = append(a.To, b.To.Line().String())
	}
	if b.Severity.Valid() && b.Severity.Above(a.Severity) {
		a.Severity = b.Severity
	}
	a.undoAck(e.At)
	a.Shelf.Until = minTime(a.Shelf.Until, e.At)
	return true
}

func (a *Alarm) undoAck(at time.Time) {
	if n := len(a.Acks); n > 0 && !a.Acks[n-1].Undone {
		a.Acks[n-1].Undone, a.Acks[n-1].UndoneAt = true, at
	}
}

// acknowledge gives the alarm an owner; what is over has then been seen.
func (a *Alarm) acknowledge(e *Entry, b *Ack) bool {
	if mayAck(e.At, b.Until) != nil {
		return false
	}
	a.Acks = append(a.Acks, Acked{At: e.At, Until: b.Until, Owner: b.Owner.Line(), Reason: b.Reason.Line(), By: e.By, Line: e.Line})
	if !a.Cleared.IsZero() {
		a.Closed = e.At
	}
	return true
}

// MayShelve says why an alarm cannot be shelved until then; empty if it can.
func (a *Alarm) MayShelve(at, until time.Time) error {
	switch {
	case a.Severity == Critical:
		return saying.Errorf("an alarm of the highest severity cannot be shelved")
	case !until.After(at):
		return saying.Errorf("the shelf must end later than now")
	case until.Sub(at) > MaxShelf:
		return saying.Errorf("an alarm can be shelved for at most 8 h")
	}
	return nil
}

func (a *Alarm) shelve(e *Entry, b *Shelve) bool {
	if a.MayShelve(e.At, b.Until) != nil {
		return false
	}
	if !a.Shelf.Until.IsZero() && !a.OnShelf(e.At) {
		a.shelved++
	}
	a.Shelf = Shelf{At: e.At, Until: b.Until, By: e.By, Reason: b.Reason.Line(), Line: e.Line}
	return true
}

func (a *Alarm) unshelve(at time.Time) bool {
	if !a.OnShelf(at) {
		return false
	}
	a.Shelf.Until = at
	return true
}

// close ends what no condition ends. What still lasts cannot be closed: it would be raised again at once.
func (a *Alarm) close(at time.Time, why Text) bool {
	if a.Cleared.IsZero() && !a.Raise.Moment {
		return false
	}
	a.Closed, a.CloseWhy = at, why.Line()
	return true
}

func minTime(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// Len is how many entries there are.
func (b *Book) Len() int { return len(b.entries) }

// At is the entry at an index, the oldest at 0.
func (b *Book) At(i int) *Entry { return b.entries[i] }

// Strange is how many entries fitted nothing that stood.
func (b *Book) Strange() int { return b.strange }

// Attended is when a person last did anything at the desk that is written down, as far as that shows that somebody is awake; zero if
// nobody did.
func (b *Book) Attended() time.Time { return b.attended }

// Through is the time of receipt up to which everything has rung together.
func (b *Book) Through() time.Time { return b.through }

// Alarm is the alarm that the entry with that id raised, brought back or made worse.
func (b *Book) Alarm(id string) (*Alarm, bool) {
	if a, ok := b.alarms[id]; ok {
		return a, true
	}
	a, ok := b.alarms[b.anew[id]]
	return a, ok
}

// Find is the alarm as people call it: A17, a17 or 17.
func (b *Book) Find(called string) (*Alarm, bool) {
	n, err := strconv.Atoi(strings.TrimPrefix(strings.ToUpper(called), "A"))
	if err != nil || n < 1 || n > len(b.order) {
		return nil, false
	}
	return b.alarms[b.order[n-1]], true
}

// Standing is the newest alarm of a condition, open or not.
func (b *Book) Standing(key string) (*Alarm, bool) {
	id, ok := b.byKey[key]
	if !ok {
		return nil, false
	}
	return b.alarms[id], true
}

// Alarms lists the open alarms, those that need somebody most first: by state, severity, and the newest first.
func (b *Book) Alarms(now time.Time) []*Alarm {
	list := slices.Clone(b.live)
	slices.SortStableFunc(list, func(x, y *Alarm) int {
		ringing := func(a *Alarm) int {
			if a.Rings(now) {
				return 0
			}
			return int(a.State(now))
		}
		return cmp.Or(cmp.Compare(ringing(x), ringing(y)), cmp.Compare(x.Severity.Rank(), y.Severity.Rank()), y.Came.Compare(x.Came), cmp.Compare(y.Number, x.Number))
	})
	return list
}

// Closed lists the alarms that were closed at or after since, the last first.
func (b *Book) Closed(since time.Time) []*Alarm {
	var list []*Alarm
	for _, id := range slices.Backward(b.order) {
		if a := b.alarms[id]; !a.Open() && !a.Closed.Before(since) {
			list = append(list, a)
		}
	}
	slices.SortStableFunc(list, func(x, y *Alarm) int { return y.Closed.Compare(x.Closed) })
	return list
}
