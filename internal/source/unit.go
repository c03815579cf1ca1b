package source

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"vigil/internal/safetext"
)

// settings are what a unit takes from the plan; they may be replaced between two looks.
type settings struct {
	spec  Spec
	taken takings
}

// unit reads one spec. All but the fields under mu belong to the one goroutine that looks.
type unit struct {
	target   target
	settings settings
	spec     Spec // of the look that is under way
	latest   atomic.Pointer[settings]
	sink     Sink
	clock    func() time.Time
	interval time.Duration
	claims   *claims
	once     bool
	tail     Tail
	large    int // files of which only the end is delivered, as of the look under way
	opener   func(place, facts) (file, error)

	slots    map[string]*slot
	dir      *slot // stands for the pattern's directory itself
	periodic bool
	caughtUp bool
	read     int64 // bytes of everything delivered
	total    int64
	buf      []byte
	lines    []Line
	dirTime  int64    // modification time of a single file's directory, at this look
	links    []string // directories of files that links point to
	ignoring []Ignored

	mu      sync.Mutex
	ignored []Ignored
	state   SpecState
}

// newUnit prepares the reading of one spec.
func newUnit(spec Spec, t target, taken takings, sink Sink, cs *claims, opt Options) *unit {
	u := &unit{
		target: t, sink: sink, clock: opt.now(), interval: opt.interval(), claims: cs, tail: opt.Tail,
		spec: spec, opener: place.open, slots: make(map[string]*slot),
		dir: &slot{path: t.path, single: true},
	}
	u.latest.Store(&settings{spec: spec, taken: taken})
	return u
}

func (u *unit) now() time.Time { return u.clock() }

func (u *unit) open(p place, f facts) (file, error) { return u.opener(p, f) }

// root is the directory that links must not leave, or empty if they may.
func (u *unit) root() string {
	if u.spec.AllowOutside {
		return ""
	}
	return u.spec.Root
}

// stopError is an error of the sink or the end of the context: it ends the unit.
type stopError struct{ err error }

func (s *stopError) Error() string { return s.err.Error() }
func (s *stopError) Unwrap() error { return s.err }

func isStop(err error) bool {
	var s *stopError
	return errors.As(err, &s)
}

// emit completes an event and hands it to the sink.
func (u *unit) emit(ctx context.Context, e Event) error {
	if err := ctx.Err(); err != nil {
		return &stopError{err}
	}
	e.Spec, e.At = u.spec.Name, u.now()
	if e.Kind == KindLines {
		u.read += e.Position.Offset - e.Lines[0].Offset
	}
	switch e.Kind {
	case KindLines:
		e.Progress = Progress{Read: u.read, Total: max(u.total, u.read)}
	case KindCaughtUp:
		e.Progress = Progress{Read: u.read, Total: u.read}
	}
	if err := u.sink(ctx, e); err != nil {
		return &stopError{err}
	}
	return nil
}

// buffer is n bytes that stay valid until the next call.
func (u *unit) buffer(n int64) []byte {
	if int64(cap(u.buf)) < n {
		u.buf = make([]byte, n)
	}
	return u.buf[:n]
}

// poll looks at every file of the spec once and reads what is new; more says that some have more
// to read at once. The error is the sink's or the context's.
func (u *unit) poll(ctx context.Context, periodic bool) (more bool, err error) {
	now := *u.latest.Load()
	u.spec, u.settings = now.spec, now
	u.periodic = periodic
	u.ignoring, u.links = nil, u.links[:0]
	entries, err := u.scan(ctx)
	if err != nil {
		return false, err
	}
	u.prepare(entries)
	for _, e := range entries {
		again, err := u.look(ctx, u.slot(e.path), e)
		if err != nil {
			return false, err
		}
		more = more || again
		if s := u.slot(e.path); !again && (s.cur != nil || s.since == 0) {
			s.since = u.dirTime // see unread, which has had its turn if there is a file
		}
	}
	u.publish()
	if more {
		return true, nil
	}
	if cap(u.buf) > 64<<10 {
		u.buf, u.lines = nil, nil // a source at rest holds no buffer
	}
	if u.caughtUp {
		return false, nil
	}
	u.caughtUp = true
	return false, u.emit(ctx, Event{Kind: KindCaughtUp})
}

// publish makes the list of what was ignored visible to other goroutines.
func (u *unit) publish() {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.ignored = u.ignoring
}

// slot is the slot of path.
func (u *unit) slot(path string) *slot {
	s := u.slots[path]
	if s == nil {
		s = &slot{path: path, single: u.target.pattern == ""}
		u.slots[path] = s
	}
	return s
}

// prepare frees the files that stand under no or another name now, so that the order of
// looking does not matter, and sums up what there is to read.
func (u *unit) prepare(entries []entry) {
	u.total, u.large = u.read, 0
	for _, e := range entries {
		if e.err == nil && u.tail.cuts(e.facts.size) {
			u.large++
		}
		s := u.slot(e.path)
		u.letGo(s, e.facts.id)
		switch {
		case e.err != nil:
		case s.cur != nil && s.cur.id == e.facts.id:
			u.total += max(0, e.facts.size-s.cur.print.offset)
		case !s.snap.have:
			u.total += e.facts.size
		}
	}
	if u.caughtUp {
		return
	}
	// What an earlier run read finds its rotated predecessor before that is taken for a new file; else
	// the rotations of a log come before it, oldest first, as they were written.
	slices.SortStableFunc(entries, func(a, b entry) int {
		return cmp.Or(
			u.resumes(b.path)-u.resumes(a.path),
			cmp.Compare(family(filepath.Base(a.path)), family(filepath.Base(b.path))),
			cmp.Compare(a.facts.modified, b.facts.modified),
		)
	})
}

func (u *unit) resumes(path string) int {
	if _, ok := u.spec.Resume[path]; ok {
		return 1
	}
	return 0
}

// scan finds the files of the spec, those known before among them even if they are gone.
func (u *unit) scan(ctx context.Context) ([]entry, error) {
	if u.target.pattern == "" {
		// Before the path: what is put beside it from now on is not older.
		u.dirTime = 0
		if info, err := os.Stat(filepath.Dir(u.target.path)); err == nil {
			u.dirTime = info.ModTime().UnixNano()
		}
		p, err := locate(u.target.path, u.root())
		return []entry{u.statted(u.target.path, p, err)}, nil
	}
	entries, err := u.list()
	if err != nil {
		if err := u.fail(ctx, u.dir, facts{}, err); err != nil {
			return nil, err
		}
		if causeOf(err) != CauseMissing {
			return nil, nil
		}
	} else if u.dir.fault.cause != 0 || len(entries) == 0 {
		if err := u.reachable(ctx, u.dir, facts{}); err != nil {
			return nil, err
		}
	}
	found := make(map[string]bool, len(entries))
	for _, e := range entries {
		found[e.path] = true
	}
	var gone []entry
	for path := range u.slots {
		if !found[path] {
			gone = append(gone, entry{path: path, err: fs.ErrNotExist})
		}
	}
	slices.SortFunc(gone, func(a, b entry) int { return strings.Compare(a.path, b.path) })
	return append(gone, entries...), nil
}

// list reads the pattern's directory.
func (u *unit) list() ([]entry, error) {
	at, err := locate(u.target.path, u.root())
	if err != nil {
		return nil, err
	}
	names, err := os.ReadDir(at.real)
	if err != nil {
		return nil, err
	}
	var entries []entry
	for _, d := range names {
		path := filepath.Join(u.target.path, d.Name())
		if ok, _ := filepath.Match(u.target.pattern, d.Name()); !ok {
			continue
		}
		if why := u.unwanted(path, d); why != "" {
			u.ignore(path, why)
			continue
		}
		p := place{real: filepath.Join(at.real, d.Name()), root: at.root}
		if d.Type()&fs.ModeSymlink != 0 {
			p, err = locate(path, u.root())
			if info, errStat := os.Lstat(p.real); err == nil && errStat == nil && info.IsDir() {
				u.ignore(path, "a directory; patterns reach one directory deep")
				continue
			}
			entries = append(entries, u.statted(path, p, err))
			continue
		}
		entries = append(entries, u.statted(path, p, nil))
	}
	return entries, nil
}

// unwanted says why an entry of the directory is left out, or is empty.
func (u *unit) unwanted(path string, d fs.DirEntry) string {
	if by, ok := u.settings.taken.by(path, u.spec.Rest); ok {
		return fmt.Sprintf("read by source %q", by)
	}
	if why := dropping(d.Name()); why != "" {
		return why
	}
	if d.IsDir() {
		return "a directory; patterns reach one directory deep"
	}
	return ""
}

// statted is the entry for path, which leads to p unless err says why not.
func (u *unit) statted(path string, p place, err error) entry {
	e := entry{path: path, place: p, err: err}
	if err != nil {
		return e
	}
	if dir := filepath.Dir(p.real); dir != filepath.Dir(path) && !slices.Contains(u.links, dir) {
		u.links = append(u.links, dir)
	}
	e.facts, e.err = p.stat()
	return e
}

// ignore notes an entry that is not read.
func (u *unit) ignore(path, why string) {
	u.ignoring = append(u.ignoring, Ignored{Spec: u.spec.Name, Path: path, Reason: safetext.Clean(why)})
}

// close closes every file and gives up every claim.
func (u *unit) close() {
	for _, s := range u.slots {
		for _, st := range append(s.old, s.cur) {
			if st != nil {
				u.closeStream(s, st)
			}
		}
		if s.held != (fileID{}) {
			u.claims.release(s.held, s)
		}
	}
}
