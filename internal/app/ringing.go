package app

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"vigil/internal/action"
	"vigil/internal/alarm"
	"vigil/internal/alarm/rule"
	"vigil/internal/desk"
	"vigil/internal/duty"
	"vigil/internal/fault"
	"vigil/internal/figure"
	"vigil/internal/health"
	"vigil/internal/heartbeat"
	"vigil/internal/notify"
	"vigil/internal/picture"
	"vigil/internal/saying"
	"vigil/internal/source"
)

// ringing asks the rules of each picture that is whole, and has what follows written into the duty log: what rings, what is
// over, what escalates, what left the desk and how. Only the collector does that, and the others while it is silent; else every other
// process of the desk reads it there. Where the log cannot be written alarms ring in this process alone, and that is said.
type ringing struct {
	pictures chan *picture.Picture // capacity one: the latest wins
	rules    atomic.Pointer[rule.Set]
	notifier *notify.Notifier
	heart    *heartbeat.Heart

	mu       sync.Mutex
	trouble  saying.Saying
	heldBack int
}

func newRinging(h *hub) *ringing {
	r := &ringing{pictures: make(chan *picture.Picture, 1), notifier: notify.New(h.config.Outs, h.outOptions()), heart: heartbeat.New(h.heartOptions())}
	r.set(&h.config)
	return r
}

func (h *hub) heartOptions() heartbeat.Options {
	c := h.config.Heartbeat
	return heartbeat.Options{File: c.File, URL: c.URL, Every: c.Every, Dir: h.paths.Dir, Version: h.options.Version, Clock: h.clock, Lookup: h.options.lookup}
}

func (r *ringing) set(c *desk.Config) {
	set := rule.With(c.Alarms)
	r.rules.Store(&set)
}

// changed takes a new vigil.toml.
func (r *ringing) changed(h *hub) {
	r.set(&h.config)
	r.notifier.Set(h.config.Outs, h.describe().Name)
	r.heart.Set(h.heartOptions())
}

// offer hands a picture on, in place of one that nobody has taken.
func (r *ringing) offer(p *picture.Picture) {
	select {
	case <-r.pictures:
	default:
	}
	r.pictures <- p
}

// troubles are what stands against the alarms and their way out of the desk.
func (r *ringing) troubles() []saying.Saying {
	r.mu.Lock()
	defer r.mu.Unlock()
	var list []saying.Saying
	if !r.trouble.IsZero() {
		list = append(list, r.trouble)
	}
	return append(append(list, r.notifier.Troubles()...), r.heart.Troubles()...)
}

// waiting is how many alarms wait because of the rate limit.
func (r *ringing) waiting() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.heldBack
}

// holds notes how many alarms wait because of the rate limit.
func (r *ringing) holds(back int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.heldBack = back
}

// rings asks the rules until ctx ends: as the collector, or where nobody can be, for as long as this process runs; else for as long as
// the collector is silent. What is found then has the ids that the collector would give it, so that it writes nothing twice when it
// comes back. What leaves the desk leaves it from the collector alone.
func (s *Session) rings(ctx context.Context, c *collector) (err error) {
	defer fault.Into(&err)
	r := s.ringing
	var wg sync.WaitGroup
	defer wg.Wait()
	var failed [2]error
	asked := asked{s: s, pen: s.newPen()}
	defer asked.pen.close()
	leads := (<-chan struct{})(c.leads)
	lead := func() {
		leads, asked.leads = nil, true
		wg.Go(func() { failed[0] = r.notifier.Run(ctx) })
		wg.Go(func() { failed[1] = r.heart.Run(ctx) })
	}
	select {
	case <-leads: // before any picture
		lead()
	default:
	}
	for {
		select {
		case <-leads:
			lead()
		case p := <-r.pictures:
			asked.of(ctx, p, c.silent.Load())
		case <-r.notifier.News():
			for _, sent := range r.notifier.Take() {
				asked.pen.note(alarm.Write{ID: action.NewID(), Body: sent})
			}
			asked.pen.write(ctx)
		case <-ctx.Done():
			return nil
		}
	}
}

// asked is what asks the rules of one picture after the other. It is for one goroutine.
type asked struct {
	s     *Session
	pen   *pen
	leads bool // this process is the collector, or nobody can be
	rules *rule.Set
	asks  *alarm.Evaluator // nil while another process asks
	old   bool             // the last picture was too old
	last  time.Time        // of the last picture
	woke  time.Time        // of the first one after a stop, while there are files that nobody has looked at since
}

// tooOld is the age of a picture that was made before this process was stopped, as by Ctrl-Z: what others found meanwhile is not in it,
// and it would end that.
const tooOld = 15 * time.Second

// passes reports whether a picture is passed over for its age. Where pictures take so long to make that each is old, every other one is
// asked.
func (a *asked) passes(age time.Duration) bool {
	a.old = !a.old && age > tooOld
	return a.old
}

// lookedWithin is how long a picture waits after a stop for what the files say by now. One that hangs is not waited for longer.
const lookedWithin = 2 * source.DefaultInterval

// unlooked reports whether a picture rests on files as they were before this process, or the machine, stood still: its time is that of
// now, and by it sources that spoke all the while would be STALE.
func (a *asked) unlooked(v picture.View) bool {
	now := v.Valid()
	if !a.last.IsZero() && now.Sub(a.last) > tooOld {
		a.woke = now
	}
	a.last = now
	if a.woke.IsZero() {
		return false
	}
	if now.Sub(a.woke) < lookedWithin {
		// The last look before the stop was within an interval of the last picture then.
		before := a.woke.Add(sweepEvery - tooOld)
		for s := range v.Sources() {
			if s.Info.URL.IsZero() && !s.Unread && !s.Facts.LastAttempt.After(before) {
				return true
			}
		}
	}
	a.woke = time.Time{}
	return false
}

// of asks of one picture, if it is this process's turn. silent says that the collector is.
func (a *asked) of(ctx context.Context, p *picture.Picture, silent bool) {
	r := a.s.ringing
	v := p.For(picture.DutyOfficer)
	if !v.Ahead() && (a.passes(a.s.hub.clock().Sub(v.Valid())) || a.unlooked(v)) {
		return
	}
	if !a.leads && !silent {
		if a.asks != nil {
			a.asks = nil
			r.holds(0)
		}
		a.pen.write(ctx) // what the log did not take while the collector was silent
		return
	}
	now := r.rules.Load()
	switch {
	case a.asks == nil:
		a.asks = alarm.NewEvaluator(*now)
	case now != a.rules:
		a.asks.SetRules(*now)
	}
	a.rules = now
	a.ring(ctx, v)
}

// ring asks the rules of one picture.
func (a *asked) ring(ctx context.Context, v picture.View) {
	s, r := a.s, a.s.ringing
	var book *duty.Book
	manned := alarm.Manned{}
	now := v.Valid()
	if s.hub.do(ctx, func() {
		book, manned.Within = s.hub.book, s.hub.config.Watch.Unattended
		if v.Ahead() {
			now = s.hub.clock() // the picture stays the same while the reading goes on beside it
		}
	}) != nil {
		return
	}
	manned.Last = v.Attended()
	if a.leads {
		r.heart.Published(now, stateOf(v, book))
	}
	// While the files are read nothing is raised or over, and what rings already escalates and goes out.
	holds := a.asks.Evaluate(v, book)
	steps := alarm.Step(&holds, *a.rules, book, manned, now)
	if holds.Whole {
		r.holds(steps.HeldBack)
	}
	a.pen.note(steps.Writes...)
	if a.pen.write(ctx) && s.hub.do(ctx, func() { book = s.hub.book }) != nil {
		return
	}
	if a.leads {
		r.notifier.Offer(book.Outgoing(now), withheld(v, holds.Whole), now)
	}
}

// withheld reports of an alarm whether those whom the channels reach may not know what it is about: that was restricted when it rang, or
// is by now. While the files are read what is not read yet may be.
func withheld(v picture.View, whole bool) func(*duty.Alarm) bool {
	return func(a *duty.Alarm) bool {
		n := a.Raise.Sole()
		_, read := v.IDOf(n.Identity())
		return alarm.OfRestricted(a.Raise) || v.Hides(n) || !whole && !n.IsZero() && !read
	}
}

// stateOf is what the heartbeat tells of a picture.
func stateOf(v picture.View, book *duty.Book) heartbeat.State {
	now := v.Valid()
	state := heartbeat.State{Desk: v.Desk().Name.String(), Exercise: v.Desk().Exercise, Reading: v.Unread() || v.Ahead()}
	counts := v.States()
	for _, s := range [...]health.State{health.Failed, health.Stale, health.Never, health.Quiet, health.Live} {
		if counts[s] > 0 {
			state.Worst = figure.Plain.State(s)
			break
		}
	}
	on, _ := book.Watch()
	state.Watch = on.Held()
	for _, a := range book.Alarms(now) {
		if a.Rings(now) {
			state.Unacknowledged++
		}
	}
	return state
}
