package source

import (
	"context"
	"errors"
	"path/filepath"
	"sync"
	"time"

	"github.com/fsnotify/fsnotify"
)

// Watcher watches files for the whole process. Its methods are safe for concurrent use.
type Watcher struct {
	sink Sink
	opt  Options

	mu        sync.Mutex
	plan      plan
	changed   chan struct{} // capacity 1: plan was replaced
	runners   []*runner     // in the order of the plan that is in force
	overflows int
}

// New returns a watcher that delivers to sink while [Watcher.Run] runs.
func New(sink Sink, opt Options) *Watcher {
	return &Watcher{sink: sink, opt: opt, changed: make(chan struct{}, 1)}
}

// Set replaces the list of specs, before or while Run runs; it validates all of them first and
// changes nothing if one is wrong. It does not wait, and may be called from the sink. A spec that
// differs from its predecessor of the same name in Mode, EmptyOK, MaxSnapshot or Resume only is
// carried on; any other change, of Version among them, reads its files anew. Events of a spec
// that is left out may still come until the look under way ends, but never between those of
// its successor.
func (w *Watcher) Set(specs []Spec) error {
	p, err := newPlan(specs)
	if err != nil {
		return err
	}
	w.mu.Lock()
	w.plan = p
	w.mu.Unlock()
	select {
	case w.changed <- struct{}{}:
	default:
	}
	return nil
}

// Run watches until ctx ends, which is no error, or the sink fails, which is returned. It
// returns when all of its goroutines have ended: a look that hangs in a file system
// keeps it. It may be called once.
func (w *Watcher) Run(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	ws := w.newWatches()
	var events <-chan fsnotify.Event
	var errs <-chan error
	if ws.notify != nil {
		defer ws.notify.Close() //nolint:errcheck // nothing is written through it
		events, errs = ws.notify.Events(), ws.notify.Errors()
	}
	tick := w.opt.Tick
	if tick == nil {
		t := time.NewTicker(w.opt.interval())
		defer t.Stop()
		tick = t.C
	}
	var wg sync.WaitGroup
	defer wg.Wait()
	cs := &claims{by: make(map[fileID]claim)}
	w.apply(ctx, cancel, &wg, ws, cs)
	for {
		select {
		case <-ctx.Done():
			var stop *stopError
			if errors.As(context.Cause(ctx), &stop) {
				return stop.err
			}
			return nil
		case <-w.changed:
			w.apply(ctx, cancel, &wg, ws, cs)
		case <-tick:
			w.each(func(r *runner) { wake(r.tick) })
		case e, ok := <-events:
			if !ok {
				events = nil
				continue
			}
			w.route(ws, e)
		case err, ok := <-errs:
			if !ok {
				errs = nil
				continue
			}
			w.unheard(err)
		}
	}
}

// newWatches starts the notifications, or says why there are none.
func (w *Watcher) newWatches() *watches {
	ws := &watches{dirs: make(map[string]*watched)}
	if w.opt.PollOnly {
		ws.why = "notifications are switched off"
		return ws
	}
	open := w.opt.notify
	if open == nil {
		open = newKernel
	}
	n, err := open()
	if err != nil {
		ws.why = limitReason("the file system", err)
		return ws
	}
	ws.notify = n
	return ws
}

// apply brings the runners in line with the plan.
func (w *Watcher) apply(ctx context.Context, fail context.CancelCauseFunc, wg *sync.WaitGroup, ws *watches, cs *claims) {
	w.mu.Lock()
	defer w.mu.Unlock()
	before := make(map[string]*runner, len(w.runners))
	for _, r := range w.runners {
		before[r.name] = r
	}
	runners := make([]*runner, 0, len(w.plan.specs))
	for i, spec := range w.plan.specs {
		old := before[spec.Name]
		if old != nil && old.key == keyOf(spec) {
			delete(before, spec.Name)
			old.unit.latest.Store(&settings{spec: spec, taken: w.plan.taken})
			wake(old.hint)
			runners = append(runners, old)
			continue
		}
		u := newUnit(spec, w.plan.targets[i], w.plan.taken, w.sink, cs, w.opt)
		r := newRunner(spec, u, ws, old)
		rctx, cancel := context.WithCancel(ctx)
		r.cancel = cancel
		runners = append(runners, r)
		wg.Go(func() {
			defer cancel()
			err := r.run(rctx)
			if err == nil || rctx.Err() != nil {
				return
			}
			if !isStop(err) {
				err = &stopError{err}
			}
			fail(err)
		})
	}
	for _, r := range before {
		r.cancel()
	}
	w.runners = runners
}

// route wakes the units that need the directory of an event.
func (w *Watcher) route(ws *watches, e fsnotify.Event) {
	if e.Has(fsnotify.Remove) || e.Has(fsnotify.Rename) {
		ws.gone(e.Name)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, u := range ws.users(filepath.Dir(e.Name), e.Name) {
		for _, r := range w.runners {
			if r.unit == u {
				wake(r.hint)
			}
		}
	}
}

// unheard deals with a failure of the notifications: everything is looked at.
func (w *Watcher) unheard(err error) {
	if errors.Is(err, fsnotify.ErrEventOverflow) {
		w.mu.Lock()
		w.overflows++
		w.mu.Unlock()
	}
	w.each(func(r *runner) {
		r.deaf.Store(&err)
		wake(r.hint)
	})
}

func (w *Watcher) each(do func(*runner)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, r := range w.runners {
		do(r)
	}
}

// Ignored lists what patterns match and is not read, as of the last look at each.
func (w *Watcher) Ignored() []Ignored {
	var all []Ignored
	w.each(func(r *runner) { all = append(all, r.unit.left()...) })
	return all
}

// State reports how the specs are being watched.
func (w *Watcher) State() State {
	var st State
	w.each(func(r *runner) { st.Specs = append(st.Specs, r.unit.current()) })
	w.mu.Lock()
	defer w.mu.Unlock()
	st.Overflows = w.overflows
	return st
}

// wake fills c, whose capacity is 1, unless it is full.
func wake(c chan<- struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}
