// Package fetch polls the addresses of sources and keeps the last good answer of each on disk, where every
// process of the desk reads it as a file.
//
// # Guarantees
//
//   - The answer that is kept is one that was good: whole, of status 200, within the limits, and one that
//     [Source.Inspect] could use. Anything else leaves the one before in its place and is said, in words
//     that hold no secret and no query, in [Meta.Failure].
//   - An answer is replaced by a rename: a reader sees the old one or the new one. Its [Meta] follows it;
//     validators that do not belong to what lies on the disk are never sent, so that a 304 always speaks of
//     the bytes that are kept.
//   - One request takes at most [Timeout] with its redirects, retries and body, and an answer at most
//     [MaxBody] bytes, on the wire and after decompression. Headers, redirects and linked contents are
//     capped as well; what is not fetched for a cap is counted and said.
//   - TLS is verified always. The address that is connected to is checked after its name was resolved, for
//     every connection, so that no name, redirect or second answer of a name server leads to a machine that is
//     not public, unless the source allows it.
//   - Secrets are read when a request is made, and never written, shown or kept.
//
// A [Poller] has one goroutine for each source, all of which end with the context given to [Poller.Run];
// between two polls they hold a timer and nothing else. Its methods are safe for concurrent use. It needs
// to be run by one process of a desk only, the one that holds the desk's lock; [Read] is for all others.
package fetch

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/netip"
	"slices"
	"sync"
	"time"

	"vigil/internal/fault"
	"vigil/internal/fetch/address"
)

// The limits of one poll.
const (
	// Timeout is the longest that one answer takes: connection, redirects, retries and body.
	Timeout = 10 * time.Second
	// MaxBody is the largest answer in bytes, on the wire and after decompression.
	MaxBody = 8 << 20
	// MaxRedirects is how many redirects are followed, all of them on the same server.
	MaxRedirects = 3
	// MaxLinks is how many linked contents are asked for in one poll. While some are left that are not kept yet, the
	// next poll comes after [catchUp].
	MaxLinks = 100
	// MaxLinked is how many linked contents are kept of one source.
	MaxLinked = 2000
	// linksFor is the longest that the linked contents of one poll take together.
	linksFor = time.Minute
	// maxHeaders caps the headers of an answer, in bytes.
	maxHeaders = 64 << 10
)

// Source is one address to poll.
type Source struct {
	Name         string // in messages
	Dir          string // where its answers are kept: a directory of its own
	URL          address.Address
	Header       []address.Header
	Every        time.Duration
	AllowPrivate bool
	EmptyOK      bool // an empty answer is an answer
	// Inspect looks at an answer before it is kept: an error says why it cannot be used. It gives the contents
	// that the answer points to, in the order in which they are wanted. It must be pure and safe for concurrent use.
	Inspect func(body []byte) (links []Pointer, err error)
	// Version is compared when the sources are replaced: a source that differs is begun anew.
	Version string
}

// Pointer names a further content that an answer points to.
type Pointer struct {
	Address string // as it stands in the answer
	// Stamp is what the answer says of the state of the content: with another one it has changed. Empty where the
	// answer says nothing of it.
	Stamp string
	// Live says that the content changes all the time: it is asked for at each poll.
	Live bool
}

// Options are what a poller is given by the process. All fields but Run and Now may be left out.
type Options struct {
	// Run tells this run of the program from others.
	Run string
	// Agent is sent as User-Agent, unless a source's headers say otherwise.
	Agent string
	// Now is the clock.
	Now func() time.Time
	// Lookup reads a variable of the environment; nil finds none.
	Lookup func(string) (string, bool)
	// Base is the directory that the files of secrets are relative to.
	Base string
	// Tell takes every change of what is known of a source, after it was written, or could not be. It may block
	// until ctx ends.
	Tell func(ctx context.Context, name string, m Meta)
	// Fraction gives numbers from 0 to 1 for the jitter; nil is chance.
	Fraction func() float64

	transport http.RoundTripper     // in place of the network
	public    func(netip.Addr) bool // in place of address.Public
	timeout   time.Duration         // in place of Timeout
}

func (o *Options) fill() {
	if o.Lookup == nil {
		o.Lookup = func(string) (string, bool) { return "", false }
	}
	if o.Tell == nil {
		o.Tell = func(context.Context, string, Meta) {}
	}
	if o.Fraction == nil {
		o.Fraction = rand.Float64
	}
	if o.public == nil {
		o.public = address.Public
	}
	if o.timeout == 0 {
		o.timeout = Timeout
	}
	if o.Agent == "" {
		o.Agent = "vigil"
	}
}

// ErrUnknown is wrapped by [Poller.Now] for a source that is not polled.
var ErrUnknown = errors.New("no source of that name is polled")

// ErrTooSoon is wrapped by [Poller.Now] for a source that was asked a moment ago.
var ErrTooSoon = errors.New("it was asked a moment ago")

// Poller polls sources.
type Poller struct {
	o Options

	mu      sync.Mutex
	sources []Source
	changed chan struct{} // capacity 1
	running map[string]*worker
}

// New makes a poller that polls nothing yet.
func New(o Options) *Poller {
	o.fill()
	return &Poller{o: o, changed: make(chan struct{}, 1), running: map[string]*worker{}}
}

// Set replaces the list of sources, before or while Run runs. One that has not changed goes on as it is.
func (p *Poller) Set(sources []Source) {
	p.mu.Lock()
	p.sources = slices.Clone(sources)
	p.mu.Unlock()
	select {
	case p.changed <- struct{}{}:
	default:
	}
}

// Now asks for a source to be polled at once instead of when its turn comes.
func (p *Poller) Now(name string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	w := p.running[name]
	if w == nil {
		return fmt.Errorf("%s: %w", name, ErrUnknown)
	}
	if wait := w.attempted().Add(MinApart).Sub(p.o.Now()); wait > 0 {
		return fmt.Errorf("%s: %w: wait %d s", name, ErrTooSoon, 1+int(wait/time.Second))
	}
	select {
	case w.wake <- struct{}{}:
	default: // it is due already
	}
	return nil
}

// MinApart is the shortest time between two polls of a source that a person may ask for.
const MinApart = 10 * time.Second

// Run polls until ctx ends, which is no error, or one of its goroutines fails, which is returned.
func (p *Poller) Run(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var wg sync.WaitGroup
	defer wg.Wait()
	for {
		p.apply(ctx, cancel, &wg)
		select {
		case <-ctx.Done():
			var stop *stopped
			if errors.As(context.Cause(ctx), &stop) {
				return stop.err
			}
			return nil
		case <-p.changed:
		}
	}
}

// stopped is the error of a goroutine that ended all.
type stopped struct{ err error }

func (s *stopped) Error() string { return s.err.Error() }

// apply brings the workers in line with the sources.
func (p *Poller) apply(ctx context.Context, fail context.CancelCauseFunc, wg *sync.WaitGroup) {
	p.mu.Lock()
	defer p.mu.Unlock()
	before := p.running
	p.running = map[string]*worker{}
	for i := range p.sources {
		s := p.sources[i]
		old := before[s.Name]
		if old != nil && old.source.Version == s.Version && old.source.Dir == s.Dir {
			p.running[s.Name] = old
			delete(before, s.Name)
			continue
		}
		w := newWorker(s, &p.o)
		if old != nil {
			w.after = old.done // two never write into one directory
		}
		p.running[s.Name] = w
		wctx, stop := context.WithCancel(ctx)
		w.stop = stop
		wg.Go(func() {
			defer close(w.done)
			defer stop()
			if err := w.run(wctx); err != nil {
				fail(&stopped{err})
			}
		})
	}
	for _, old := range before {
		old.stop()
	}
}

// run polls one source until ctx ends. A panic is its error.
func (w *worker) run(ctx context.Context) (err error) {
	defer fault.Into(&err)
	if w.after != nil {
		<-w.after
	}
	w.load()
	w.tell(ctx)
	timer := time.NewTimer(w.first())
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-timer.C:
		case <-w.wake:
		}
		w.poll(ctx)
		if ctx.Err() != nil {
			return nil
		}
		w.tell(ctx)
		timer.Reset(w.wait())
	}
}
