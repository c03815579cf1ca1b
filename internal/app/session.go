package app

import (
	"context"
	"errors"
	"path/filepath"
	"runtime/debug"
	"sync"
	"time"

	"vigil/internal/desk"
	"vigil/internal/fault"
	"vigil/internal/fetch"
	"vigil/internal/picture"
	"vigil/internal/saying"
	"vigil/internal/source"
)

// Rhythms of an open desk.
const (
	// publishEvery is the shortest time between two pictures while things arrive: ten a second is what
	// a terminal draws.
	publishEvery = 100 * time.Millisecond
	// largeDesk is from how many versions on the first reading leaves memory behind that is worth giving back.
	largeDesk = 50_000
	// publishShare is how many times as long as a picture took to make the next one waits at least, so that
	// making pictures never takes most of the time.
	publishShare = 9
	// sweepEvery is the longest: windows slide and sources grow stale without anything arriving.
	sweepEvery = 5 * time.Second
	// rememberEvery is the time between two pictures while the intake is read back.
	rememberEvery = 2 * time.Second
	// firstWithin is how long the first picture waits for the first reading to end.
	firstWithin = 500 * time.Millisecond
)

// Session is a desk that is open. Its methods are safe for concurrent use.
type Session struct {
	hub     *hub
	watcher *source.Watcher
	mailbox chan *picture.Picture
	ahead   *ahead // nil when nothing is shown ahead of the reading; of the hub's goroutine
	poller  *fetch.Poller
	ringing *ringing        // nil where this process never rings
	leads   <-chan struct{} // closed when this process polls
	scratch string          // the directory of kept answers that nobody may keep; empty if there is none
	look    chan time.Time  // each value makes the watcher look at all files
	stop    context.CancelFunc
	done    chan struct{}
	mu      sync.Mutex
	ui      UI
	err     error
}

// UI is what vigil.toml says of the console.
type UI struct {
	Theme     string // empty is the default theme
	Glyphs    desk.Glyphs
	LocalTime bool
	Language  string   // of the console, as an ISO 639 code; empty is that of the environment
	Alert     []string // how a new alarm rings on the terminal; nil is not said
	// What vigil.toml has of other keys, of short names for command lines, and of screens by name. A console takes them when it opens.
	Keys    []desk.Rebinding
	Aliases []desk.Alias
	Views   []desk.View
}

// Open opens a desk and keeps it open until ctx ends or Close is called. It returns once the desk's
// configuration is read; the intake and the files are read behind it.
func Open(ctx context.Context, o Options) (*Session, error) {
	s, c, err := begin(o)
	if err != nil {
		return nil, err
	}
	ctx, s.stop = context.WithCancel(ctx)
	go s.run(ctx, c)
	return s, nil
}

// begin makes a session of which nothing runs yet.
func begin(o Options) (*Session, *collector, error) {
	h, err := load(o, false, !o.NoRecord)
	if err != nil {
		return nil, nil, err
	}
	s := &Session{hub: h, mailbox: make(chan *picture.Picture, 1), done: make(chan struct{})}
	s.look = make(chan time.Time, 1)
	reading := source.Options{Now: h.clock, Tick: s.look}
	if o.ahead {
		sizes := o.sizes.orUsual()
		reading.PollOnly, reading.Tail = true, source.Tail{Over: sizes.over, Bytes: sizes.tail}
	}
	s.watcher = source.New(h.sink, reading)
	h.onConfig = s.reconfigured
	s.setUI(&h.config)
	keeper := s.record(o)
	if err := s.prepare(keeper); err != nil {
		return nil, nil, errors.Join(err, keeper.close())
	}
	if err := s.watcher.Set(h.specs); err != nil {
		return nil, nil, errors.Join(err, keeper.close())
	}
	return s, keeper, nil
}

func intakeDir(p desk.Paths) string { return filepath.Join(p.State, desk.IntakeDir) }

// record makes this process the collector, if nobody is and the desk can be written.
func (s *Session) record(o Options) *collector {
	c := newCollector(intakeDir(s.hub.paths), o, s.hub.config.Exercise, s.hub.clock)
	c.texts = s.hub.store.Texts()
	if !o.NoRecord && !o.ahead && !o.quiet {
		s.ringing = newRinging(s.hub)
	}
	if o.NoRecord {
		s.hub.recorder = unrecorded{saying.Of("not recorded")}
		return c
	}
	s.hub.recorder = c.open()
	return c
}

// run is the life of the session: the hub, the watcher and the collector, until ctx ends or one of them
// fails. What is shown must not stand still while nothing is read any more, so that one's end is the end
// of all.
func (s *Session) run(ctx context.Context, c *collector) {
	defer close(s.done)
	defer s.tidy()
	defer close(s.mailbox)
	if s.ahead == nil {
		s.ahead = s.lookAhead(ctx)
	}
	if a := s.ahead; a != nil {
		defer a.close()
	}
	var wg sync.WaitGroup
	fail := func(err error) {
		if err != nil && !errors.Is(err, context.Canceled) {
			s.mu.Lock()
			s.err = errors.Join(s.err, err)
			s.mu.Unlock()
			s.stop()
		}
	}
	s.awaitAhead(ctx)
	if fail(s.remember(ctx)); ctx.Err() != nil {
		fail(c.close()) // without a word: how far files were read is in the state of the last run
		return
	}
	if s.ahead != nil && s.hub.remembers(s.ahead.files) {
		s.ahead.over = true // what is remembered is more
		s.publish()
	}
	watching, stopWatching := context.WithCancel(ctx)
	defer stopWatching()
	watched := make(chan struct{})
	wg.Go(func() {
		defer close(watched)
		fail(s.watcher.Run(watching))
	})
	wg.Go(func() { fail(s.looks(watching)) })
	wg.Go(func() { fail(s.polls(watching, c)) })
	if s.ringing != nil {
		wg.Go(func() { fail(s.rings(watching, c)) })
	}
	recording, stopRecording := context.WithCancel(context.WithoutCancel(ctx))
	defer stopRecording()
	wg.Go(func() { fail(c.work(recording)) })
	fail(s.loop(ctx))
	stopWatching()
	fail(s.hub.drain(watched)) // the watcher may be waiting to hand something in
	stopRecording()
	wg.Wait()
}

// remember reads the intake back, before any file is read. Meanwhile there is a picture every now and
// then that says what it is.
func (s *Session) remember(ctx context.Context) (err error) {
	defer fault.Into(&err)
	h := s.hub
	if h.options.ahead && intakeSize(intakeDir(h.paths)) > aheadIntake {
		h.readDuties()
		return nil
	}
	h.reading[specIntake] = true
	size := intakeSize(intakeDir(h.paths))
	h.readSince = h.clock()
	next := h.readSince.Add(firstWithin)
	m := h.restore(intakeDir(h.paths), func(read int64) bool {
		h.progress[specIntake] = source.Progress{Read: min(read, size), Total: size}
		select {
		case p, ok := <-s.ahead.pictures():
			s.takeAhead(p, ok)
			s.publish()
		default:
		}
		if now := h.clock(); now.After(next) {
			s.publish()
			next = now.Add(rememberEvery)
		}
		return ctx.Err() == nil
	})
	delete(h.reading, specIntake)
	delete(h.progress, specIntake)
	h.readSince = time.Time{} // the rate of the files is another
	if ctx.Err() != nil {
		return nil
	}
	h.missed(intakeDir(h.paths))
	h.readDuties()
	if !m.trouble.IsZero() {
		h.configs.trouble = append(h.configs.trouble, m.trouble)
	}
	return nil
}

// loop is the hub's goroutine.
func (s *Session) loop(ctx context.Context) (err error) {
	defer fault.Into(&err)
	h := s.hub
	sweep := time.NewTicker(sweepEvery)
	defer sweep.Stop()
	soon := time.NewTimer(firstWithin)
	defer soon.Stop()
	duties := time.NewTicker(dutiesEvery)
	defer duties.Stop()
	waiting, first := true, true
	var took time.Duration
	large, recorded := false, false
	publish := func() {
		began := h.clock()
		s.publish()
		took = h.clock().Sub(began)
		if !large && !h.unread() && h.store.Kept() > largeDesk {
			// What the first reading left behind is given back at once, and not over minutes.
			large = true
			go debug.FreeOSMemory()
		}
		if large && !recorded && h.recorder.idle() {
			recorded = true // and what recording it left behind
			go debug.FreeOSMemory()
		}
		h.dirty, waiting, first = false, false, false
		if h.store.Uncompared() > 0 { // the next picture compares more of them
			h.dirty, waiting = true, true
			soon.Reset(publishEvery)
		}
	}
	for {
		select {
		case <-ctx.Done():
			return nil
		case f := <-h.work:
			f()
			switch {
			case first && !h.unread(), s.ahead.waits(h):
				publish()
			case h.dirty && !waiting:
				soon.Reset(max(s.pace(), publishShare*took))
				waiting = true
			}
		case p, ok := <-s.ahead.pictures():
			s.takeAhead(p, ok)
			publish()
		case <-duties.C:
			h.attend()
			if h.readDuties() && !first && !waiting {
				h.dirty, waiting = true, true
				soon.Reset(publishEvery)
			}
		case <-soon.C:
			waiting = false
			if h.dirty || first {
				publish()
			}
		case <-sweep.C:
			h.sweep()
			publish()
		}
	}
}

// pace is the shortest time between two pictures.
func (s *Session) pace() time.Duration {
	if s.ahead.stands(s.hub) {
		return aheadEvery
	}
	return publishEvery
}

// unread reports whether the first reading is still going on.
func (h *hub) unread() bool {
	for _, is := range h.reading {
		if is {
			return true
		}
	}
	return false
}

// sweep does what no event asks for.
func (h *hub) sweep() {
	now := h.clock()
	h.lookForRunner()
	if h.levels.settle(now) || h.levels.held && !h.unread() {
		h.levels.publish(h, now)
	}
	if h.presence.settle(now) || h.presence.held && !h.unread() {
		h.presence.publish(h, now)
	}
	if h.profiles.settle(now) {
		h.profiles.publish(h, now)
	}
	if h.calendar.settle(now) {
		h.calendar.publish(h, now)
	}
}

// publish makes a picture and puts it into the mailbox, in place of one that nobody has taken. For as long as one was made
// ahead of the reading, that is shown, and nothing before there is one.
func (s *Session) publish() {
	h := s.hub
	h.back.look(h.clock())
	desk := h.describe()
	if s.ahead.stands(h) {
		if p := s.ahead.shown; p != nil {
			p = p.Described(desk)
			s.post(p)
			if s.ringing != nil {
				s.ringing.offer(p)
			}
		}
		return
	}
	if s.ahead != nil {
		s.endAhead()
	}
	if s.ringing != nil {
		desk.Trouble = append(desk.Trouble, s.ringing.troubles()...)
		desk.Waiting = s.ringing.waiting()
	}
	h.store.SetDesk(desk)
	p := h.store.Publish(h.clock())
	s.post(p)
	if s.ringing != nil {
		s.ringing.offer(p)
	}
}

func (s *Session) post(p *picture.Picture) {
	select {
	case <-s.mailbox:
	default:
	}
	s.mailbox <- p
}

// Refresh looks at all files now, without waiting for the next periodic look.
func (s *Session) Refresh() {
	select {
	case s.look <- s.hub.clock():
	default: // a look is due already
	}
}

// looks makes the watcher look at all files at the rhythm that it promises.
func (s *Session) looks(ctx context.Context) (err error) {
	defer fault.Into(&err)
	every := source.DefaultInterval
	if s.hub.options.ahead {
		every = aheadLooks
	}
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			s.Refresh()
		case <-ctx.Done():
			return nil
		}
	}
}

// Pictures is the mailbox: capacity one, the latest wins. It is closed when the session has ended.
func (s *Session) Pictures() <-chan *picture.Picture { return s.mailbox }

// Close ends the session and waits for its goroutines; what must be durable is then durable. It returns
// what went wrong while the session ran.
func (s *Session) Close() error {
	s.stop()
	<-s.done
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.err
}

// UI is what vigil.toml says of the console; it changes with a reload.
func (s *Session) UI() UI {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.ui
}

func (s *Session) setUI(c *desk.Config) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ui = uiOf(c)
}

func uiOf(c *desk.Config) UI {
	return UI{
		Theme: c.UI.Theme, Glyphs: c.UI.Glyphs, LocalTime: c.UI.LocalTime, Language: c.UI.Language, Alert: c.UI.Alert,
		Keys: c.UI.Keys, Aliases: c.UI.Aliases, Views: c.UI.Views,
	}
}

// reconfigured runs in the hub's goroutine, after a good reload.
func (s *Session) reconfigured(c desk.Config) {
	s.setUI(&c)
	h := s.hub
	if s.ringing != nil {
		s.ringing.changed(h)
	}
	h.fetchInto(h.fetched)
	s.fetch()
	if err := s.watcher.Set(h.specs); err != nil {
		h.configs.trouble = append(h.configs.trouble, saying.Text(err.Error()))
	}
}
