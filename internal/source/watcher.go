package source

import (
	"context"
	"time"
)

// Options are the watcher's clock and pace. The zero value is right for production.
type Options struct {
	// Now is the clock; nil means [time.Now].
	Now func() time.Time
	// Interval is the time between two periodic looks; 0 means [DefaultInterval].
	Interval time.Duration
	// Tick replaces the ticker of Interval where a test drives time itself.
	Tick <-chan time.Time
	// PollOnly does without notifications of the file system.
	PollOnly bool
}

// State is what the watcher knows about itself.
type State struct {
	// Overflows counts how often the kernel's event queue overflowed.
	Overflows int
	Specs     []SpecState
}

// SpecState is how one spec is being watched.
type SpecState struct {
	Name string
	// Polling is true while changes are noticed by the periodic look only; Reason says why.
	Polling bool
	Reason  string
	// LookedAt is when the last look ended; zero before the first.
	LookedAt time.Time
	// Since is when the look that is under way began, zero if none is. A look that
	// takes longer than several intervals hangs in the file system or in the sink.
	Since time.Time
}

// Watcher watches files for the whole process.
type Watcher struct{}

// New returns a watcher that delivers to sink once [Watcher.Run] is called.
func New(sink Sink, opt Options) *Watcher { return &Watcher{} }

// Set replaces the specs.
func (w *Watcher) Set(specs []Spec) error { _, err := newPlan(specs); return err }

// Run watches until ctx ends.
func (w *Watcher) Run(ctx context.Context) error { <-ctx.Done(); return nil }

// Ignored lists what patterns match and is not read.
func (w *Watcher) Ignored() []Ignored { return nil }

// State reports how the specs are being watched.
func (w *Watcher) State() State { return State{} }

// ReadOnce reads everything once, without watching.
func ReadOnce(ctx context.Context, specs []Spec, sink Sink, opt Options) ([]Ignored, error) {
	_, err := newPlan(specs)
	return nil, err
}
