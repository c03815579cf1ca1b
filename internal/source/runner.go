package source

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"sync/atomic"
	"time"

	"vigil/internal/fault"
	"vigil/internal/safetext"
)

// pace is the shortest time between two looks that hints ask for: a writer of many small lines
// costs a hundred looks a second, and not one for each.
const pace = 10 * time.Millisecond

// specKey is what makes a spec another source when it changes.
type specKey struct {
	path, root, version string
	outside             bool
}

func keyOf(s Spec) specKey {
	return specKey{path: s.Path, root: s.Root, version: s.Version, outside: s.AllowOutside}
}

// runner is the goroutine of one spec: it looks when it is told to.
type runner struct {
	name   string
	key    specKey
	unit   *unit
	ws     *watches
	cancel context.CancelFunc
	after  <-chan struct{} // the predecessor of the same name has ended
	done   chan struct{}
	hint   chan struct{} // capacity 1
	tick   chan struct{} // capacity 1
	deaf   atomic.Pointer[error]
	told   *SpecState // as of the last KindWatch
}

func newRunner(spec Spec, u *unit, ws *watches, old *runner) *runner {
	r := &runner{
		name: spec.Name, key: keyOf(spec), unit: u, ws: ws, done: make(chan struct{}),
		hint: make(chan struct{}, 1), tick: make(chan struct{}, 1),
	}
	u.state.Name = spec.Name
	if old != nil {
		r.after = old.done
	}
	return r
}

// run looks until ctx ends or the sink fails; both are returned, and a panic as a [fault.Error].
func (r *runner) run(ctx context.Context) (err error) {
	defer close(r.done)
	defer fault.Into(&err)
	if r.after != nil {
		<-r.after
	}
	defer r.ws.release(r.unit)
	defer r.unit.close()
	for periodic := true; ; {
		if err := r.look(ctx, periodic); err != nil {
			return err
		}
		rest := time.NewTimer(pace)
		select {
		case <-ctx.Done():
			rest.Stop()
			return ctx.Err()
		case <-rest.C:
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-r.tick:
			periodic = true
		case <-r.hint:
			periodic = false
		}
	}
}

// look polls until nothing more is to be read at once.
func (r *runner) look(ctx context.Context, periodic bool) error {
	u := r.unit
	u.begun()
	defer u.ended()
	// Watching comes first: what changes after it is heard. Where links lead is known only
	// after the first look, so that what is added then is looked at once more.
	_, why := r.watch()
	for more, added := true, false; more || added; {
		var err error
		if more, err = u.poll(ctx, periodic); err != nil {
			return err
		}
		periodic = false
		added, why = r.watch()
	}
	if err := r.deaf.Swap(nil); err != nil {
		why = fmt.Sprintf("notifications were lost, all files were looked at: %v", *err)
	}
	return r.tell(ctx, why)
}

// watch makes changes in the directories of the unit wake it.
func (r *runner) watch() (added bool, why string) {
	t := r.unit.target
	dir := t.path
	if t.pattern == "" {
		dir = filepath.Dir(t.path)
	}
	dirs := append([]string{dir}, r.unit.links...)
	slices.Sort(dirs)
	return r.ws.want(r.unit, slices.Compact(dirs))
}

// tell emits how the unit is being watched when that changes.
func (r *runner) tell(ctx context.Context, why string) error {
	u := r.unit
	reason := safetext.Clean(why)
	now := SpecState{Polling: why != "", Reason: reason}
	if r.told != nil && *r.told == now {
		return nil
	}
	r.told = &now
	u.mu.Lock()
	u.state.Polling, u.state.Reason = now.Polling, now.Reason
	u.mu.Unlock()
	return u.emit(ctx, Event{Kind: KindWatch, Polling: now.Polling, Reason: reason})
}

// begun notes that a look is under way.
func (u *unit) begun() {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.state.Since = u.now()
}

// ended notes that none is.
func (u *unit) ended() {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.state.Since, u.state.LookedAt = time.Time{}, u.now()
}

// current is the state of the unit.
func (u *unit) current() SpecState {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.state
}

// left is what the unit's pattern matches and is not read.
func (u *unit) left() []Ignored {
	u.mu.Lock()
	defer u.mu.Unlock()
	return slices.Clone(u.ignored)
}
