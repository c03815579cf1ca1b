package app

import (
	"context"
	"sync"
	"sync/atomic"

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
	"vigil/internal/safetext"
)

// ringing asks the rules of each picture that is whole, and has what follows written into the duty log: what rings, what is
// over, what escalates, what left the desk and how. Only the collector does that; every other process of the desk reads it
// there. Where the log cannot be written alarms ring in this process alone, and that is said.
type ringing struct {
	pictures chan *picture.Picture // capacity one: the latest wins
	rules    atomic.Pointer[rule.Set]
	notifier *notify.Notifier
	heart    *heartbeat.Heart

	mu       sync.Mutex
	trouble  safetext.Text
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
func (r *ringing) troubles() []safetext.Text {
	r.mu.Lock()
	defer r.mu.Unlock()
	var list []safetext.Text
	if !r.trouble.IsZero() {
		list = append(list, r.trouble)
	}
	if r.heldBack > 0 {
		list = append(list, safetext.Clean("alarms: "+plural(r.heldBack, "alarm", "alarms")+" of medium or low severity wait, so that no more than "+figure.Number(alarm.RateLimit)+" of each ring in an hour"))
	}
	return append(append(list, r.notifier.Troubles()...), r.heart.Troubles()...)
}

// rings asks the rules until ctx ends. leads is closed when this process is the collector, or nobody can be.
func (s *Session) rings(ctx context.Context, leads <-chan struct{}) (err error) {
	defer fault.Into(&err)
	select {
	case <-leads:
	case <-ctx.Done():
		return nil
	}
	r := s.ringing
	var wg sync.WaitGroup
	defer wg.Wait()
	var failed [2]error
	wg.Go(func() { failed[0] = r.notifier.Run(ctx) })
	wg.Go(func() { failed[1] = r.heart.Run(ctx) })
	rules := r.rules.Load()
	asks := alarm.NewEvaluator(*rules)
	pen := s.newPen()
	defer pen.close()
	for {
		select {
		case p := <-r.pictures:
			if now := r.rules.Load(); now != rules {
				rules = now
				asks.SetRules(*rules)
			}
			s.ring(ctx, asks, *rules, p, pen)
		case <-r.notifier.News():
			for _, sent := range r.notifier.Take() {
				pen.note(alarm.Write{ID: action.NewID(), Body: sent})
			}
			pen.write(ctx)
		case <-ctx.Done():
			return nil
		}
	}
}

// ring asks the rules of one picture.
func (s *Session) ring(ctx context.Context, asks *alarm.Evaluator, rules rule.Set, p *picture.Picture, pen *pen) {
	r, v := s.ringing, p.For(picture.DutyOfficer)
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
	r.heart.Published(now, stateOf(v, book))
	// While the files are read nothing is raised or over, and what rings already escalates and goes out.
	holds := asks.Evaluate(v, book)
	steps := alarm.Step(&holds, rules, book, manned, now)
	hides := v.Hides
	if holds.Whole {
		r.mu.Lock()
		r.heldBack = steps.HeldBack
		r.mu.Unlock()
	} else {
		hides = func(n duty.Name) bool { // what is not read yet may be restricted
			_, read := v.IDOf(n.Identity())
			return !n.IsZero() && !read || v.Hides(n)
		}
	}
	pen.note(steps.Writes...)
	if pen.write(ctx) && s.hub.do(ctx, func() { book = s.hub.book }) != nil {
		return
	}
	r.notifier.Offer(book.Alarms(now), hides, now)
}

// stateOf is what the heartbeat tells of a picture.
func stateOf(v picture.View, book *duty.Book) heartbeat.State {
	now := v.Valid()
	state := heartbeat.State{Desk: v.Desk().Name.String(), Exercise: v.Desk().Exercise, Reading: v.Unread() || v.Ahead()}
	counts := v.States()
	for _, s := range [...]health.State{health.Failed, health.Stale, health.Never, health.Quiet, health.Live} {
		if counts[s] > 0 {
			state.Worst = figure.State(s)
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
