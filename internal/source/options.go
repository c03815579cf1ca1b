package source

import (
	"time"

	"vigil/internal/safetext"
)

// Options are the watcher's clock and pace. The zero value is right for production.
type Options struct {
	// Now is the clock; nil means [time.Now]. It must be safe for concurrent use.
	Now func() time.Time
	// Interval is the time between two periodic looks; 0 means [DefaultInterval].
	Interval time.Duration
	// Tick, if not nil, replaces the ticker of Interval: each value is one periodic look.
	Tick <-chan time.Time
	// Tail asks for the ends of large files alone.
	Tail Tail
	// PollOnly does without notifications of the file system.
	PollOnly bool

	// notify replaces fsnotify in tests of its limits.
	notify func() (notifier, error)
}

func (o Options) now() func() time.Time {
	if o.Now != nil {
		return o.Now
	}
	return time.Now
}

func (o Options) interval() time.Duration {
	if o.Interval > 0 {
		return o.Interval
	}
	return DefaultInterval
}

// State is what the watcher knows about itself.
type State struct {
	// Overflows counts how often the kernel's event queue overflowed.
	Overflows int
	// Specs is in the order of [Watcher.Set].
	Specs []SpecState
}

// SpecState is how one spec is being watched.
type SpecState struct {
	Name string
	// Polling is true while changes are noticed by the periodic look only; Reason says why.
	Polling bool
	Reason  safetext.Text
	// LookedAt is when the last look ended; zero before the first.
	LookedAt time.Time
	// Since is when the look that is under way began, zero if none is. A look that
	// takes longer than several intervals hangs in the file system or in the sink.
	Since time.Time
}
