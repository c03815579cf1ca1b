package source

import (
	"context"
	"errors"
	"slices"
	"time"

	"vigil/internal/safetext"
)

const (
	// grace is how long a file that was there may be absent or empty before that is said:
	// rotation and saving leave such a moment behind.
	grace = time.Second
	// lateWriter is how long the descriptor of a rotated and deleted file is kept for a writer that
	// has not noticed yet.
	lateWriter = time.Minute
	// maxOld is how many rotated files of one path are kept open; the oldest go first. One that
	// is let go and still lies under the pattern is read again as a file of its own, which
	// the identity of its records makes harmless.
	maxOld = 64
)

// slot is one path of a spec and what has been read from the files that stood there.
type slot struct {
	path   string
	single bool
	mode   Mode
	gen    int  // the highest generation given out
	dealt  bool // gen belongs to what is read next, a gap has announced it
	held   fileID
	cur    *stream
	old    []*stream // rotated away, oldest first
	snap   snapshot

	present     bool // a file was there at the last look
	absentSince time.Time
	emptySince  time.Time
	everRead    bool
	resumed     bool
	since       int64     // the directory's modification time at the last look, see unread
	tried       []facts   // what unread has found before
	headSince   time.Time // when a head too short to tell its kind was first seen
	headSaid    bool
	copyOf      string      // says of a rotation's copy what was read before under which name
	lost        fingerprint // of the generation that was truncated last
	lostLine    int64
	fault       outage
}

// outage is why a slot could not be read at the last attempt; zero if it could.
type outage struct {
	cause  Cause
	reason safetext.Text
	at     facts     // of the file that could not be read
	until  time.Time // no further attempt before, unless the file changes
	delay  time.Duration
}

// entry is what a look found at a slot's path.
type entry struct {
	path  string
	place place
	facts facts
	err   error
}

// event begins an event about what st reads at s.
func (s *slot) event(k Kind, st *stream) Event {
	return Event{Kind: k, File: s.path, Generation: st.gen, ModTime: st.seen.modTime(), Size: st.seen.size, Tail: st.ahead}
}

// about begins an event about the file that was found at s.
func (s *slot) about(k Kind, f facts) Event {
	return Event{Kind: k, File: s.path, Generation: s.gen, ModTime: f.modTime(), Size: f.size}
}

// start is the beginning of the file at s as a position, in the newest generation.
func (s *slot) start(id fileID, at time.Time) Position {
	return Position{Device: id.device, Inode: id.inode, Generation: s.gen, At: at}
}

// look brings the slot up to date with what was found at its path. More says that there is more to
// read at once. The error is the sink's; what goes wrong with the file is an event.
func (u *unit) look(ctx context.Context, s *slot, e entry) (more bool, err error) {
	u.shelve(s, e)
	if more, err := u.drain(ctx, s); more || err != nil {
		return more, err
	}
	if e.err != nil {
		return false, u.absent(ctx, s, e)
	}
	if holder, ok := u.claims.take(e.facts.id, u.claim(s)); !ok {
		return false, u.alias(ctx, s, holder)
	}
	s.held, s.present, s.absentSince = e.facts.id, true, time.Time{}
	if s.copyOf != "" {
		u.ignore(s.path, s.copyOf)
	}
	if s.fault.at == e.facts && s.fault.until.After(u.now()) {
		return false, nil
	}
	if err := u.revive(ctx, s, e.facts); err != nil {
		return false, err
	}
	if s.cur != nil {
		return u.follow(ctx, s, e)
	}
	if e.facts.size == 0 {
		return false, u.empty(ctx, s, e)
	}
	s.emptySince = time.Time{}
	if s.mode == ModeSnapshot {
		return u.snapshot(ctx, s, e)
	}
	return u.begin(ctx, s, e)
}

// shelve moves the current stream to the old ones if its file does not stand at the path any more.
func (u *unit) shelve(s *slot, e entry) {
	gone := e.err != nil && causeOf(e.err) == CauseMissing
	if s.cur == nil || (!gone && (e.err != nil || e.facts.id == s.cur.id)) {
		return
	}
	s.cur.grewAt = u.now()
	s.old = append(s.old, s.cur)
	s.cur = nil
}

// revive makes an old stream the current one if its file has come back to the path. If another
// file stood there in between, what follows is a generation of its own.
func (u *unit) revive(ctx context.Context, s *slot, found facts) error {
	i := slices.IndexFunc(s.old, func(st *stream) bool { return st.id == found.id })
	if i < 0 {
		return nil
	}
	s.cur = s.old[i]
	s.old = slices.Delete(s.old, i, i+1)
	if s.cur.gen == s.gen {
		return nil
	}
	dealt := s.dealt
	s.dealt = false
	if !dealt {
		s.gen++
	}
	s.cur.gen = s.gen
	if dealt { // the gap has said so
		return nil
	}
	return u.rotated(ctx, s, found)
}

// rotated says that another file stands at the path.
func (u *unit) rotated(ctx context.Context, s *slot, found facts) error {
	e := s.about(KindRotated, found)
	e.Position = s.start(found.id, u.now())
	return u.emit(ctx, e)
}

// drain reads what writers still append to files that were rotated away.
func (u *unit) drain(ctx context.Context, s *slot) (more bool, err error) {
	kept := s.old[:0]
	for i, st := range s.old {
		again, keep, err := u.drainOne(ctx, s, st)
		if err != nil {
			return false, err
		}
		more = more || again
		if keep && (again || len(s.old)-i <= maxOld) {
			kept = append(kept, st)
			continue
		}
		u.closeStream(s, st)
	}
	clear(s.old[len(kept):])
	s.old = kept
	return more, nil
}

// drainOne reads one rotated file; keep is false when nothing more can come from it.
func (u *unit) drainOne(ctx context.Context, s *slot, st *stream) (more, keep bool, err error) {
	if st.f == nil {
		return false, false, u.gap(ctx, s, st, "the file could not be read to its end before it was rotated away")
	}
	info, err := st.f.Stat()
	if err != nil {
		return false, false, u.gap(ctx, s, st, "the rotated file cannot be read any more")
	}
	now, links := factsOf(info)
	if now.size != st.seen.size || st.print.offset < now.size {
		if now, err = st.intact(u); err == nil {
			more, err = st.read(ctx, u, s, now)
		}
		switch {
		case isStop(err):
			return false, false, err
		case err != nil:
			return false, false, u.gap(ctx, s, st, "the rotated file was truncated or cannot be read any more")
		}
	}
	done := links == 0 && !more && u.now().Sub(st.grewAt) >= lateWriter
	return more, !done, nil
}

// gap reports that what followed the last good look at st may be lost.
func (u *unit) gap(ctx context.Context, s *slot, st *stream, why string) error {
	e := s.event(KindGap, st)
	e.From, e.To, e.Reason = st.goodAt, u.now(), safetext.Clean(why)
	return u.emit(ctx, e)
}

// closeStream closes st and gives its file free.
func (u *unit) closeStream(s *slot, st *stream) {
	if st.f != nil && !st.lent {
		_ = st.f.Close() // it was only read
	}
	if st.id != s.held {
		u.claims.release(st.id, s)
	}
}

// letGo gives the file at the path free if no stream reads it any more and another file, or
// none, was found there.
func (u *unit) letGo(s *slot, found fileID) {
	if s.held == (fileID{}) || s.held == found {
		return
	}
	held := s.held
	s.held = fileID{}
	if s.cur != nil && s.cur.id == held {
		return
	}
	for _, st := range s.old {
		if st.id == held {
			return
		}
	}
	u.claims.release(held, s)
}

// alias notes that the file at the path is read under another name.
func (u *unit) alias(ctx context.Context, s *slot, holder claim) error {
	why := "the same file is read as " + holder.path
	if holder.path == s.path {
		why = "another source reaches it, too, and reads it"
	}
	u.ignore(s.path, why)
	s.present, s.fault = false, outage{}
	if s.cur == nil {
		return nil
	}
	// A source that goes before this one took it over.
	u.closeStream(s, s.cur)
	s.cur, s.held = nil, fileID{}
	return u.emit(ctx, s.about(KindRemoved, facts{}))
}

// absent deals with a path at which no file could be looked at.
func (u *unit) absent(ctx context.Context, s *slot, e entry) error {
	if causeOf(e.err) != CauseMissing {
		return u.fail(ctx, s, e.facts, e.err)
	}
	if s.present {
		if s.absentSince.IsZero() {
			s.absentSince = u.now()
		}
		if u.now().Sub(s.absentSince) < grace {
			return nil
		}
		s.present, s.everRead, s.snap = false, false, snapshot{}
		if err := u.emit(ctx, s.about(KindRemoved, facts{})); err != nil {
			return err
		}
	}
	if !s.single {
		s.fault = outage{}
		return nil
	}
	return u.fail(ctx, s, facts{}, e.err)
}

// empty deals with a file without content.
func (u *unit) empty(ctx context.Context, s *slot, e entry) error {
	if s.everRead && s.mode == ModeLines {
		return u.reachable(ctx, s, e.facts) // rotated, nothing written yet
	}
	if s.everRead && !u.once {
		if s.emptySince.IsZero() {
			s.emptySince = u.now()
		}
		if u.now().Sub(s.emptySince) < grace {
			return nil // saving truncates first
		}
	}
	switch {
	case !u.spec.EmptyOK:
		return u.fail(ctx, s, e.facts, &failure{cause: CauseEmpty, err: errEmpty})
	case s.mode == ModeSnapshot || u.spec.Mode(s.path, nil) == ModeSnapshot:
		s.mode = ModeSnapshot
		_, err := u.snapshot(ctx, s, e)
		return err
	default:
		return u.reachable(ctx, s, e.facts)
	}
}

// reachable says that the file was looked at without news, on a periodic look or when it had failed.
func (u *unit) reachable(ctx context.Context, s *slot, f facts) error {
	failed := s.fault.cause != 0
	s.fault = outage{}
	if !failed && !u.periodic {
		return nil
	}
	return u.emit(ctx, s.about(KindReachable, f))
}

// fail reports why the slot cannot be read, and backs off where trying costs more than a stat.
func (u *unit) fail(ctx context.Context, s *slot, f facts, err error) error {
	cause := causeOf(err)
	reason := wordsOf(err)
	again := s.fault.cause == cause && s.fault.reason == reason
	next := outage{cause: cause, reason: reason, at: f}
	switch cause {
	case CausePermission, CauseIO, CauseTooLarge, CauseUnrecognised:
		next.delay = u.interval
		if again {
			next.delay = min(max(2*s.fault.delay, u.interval), MaxBackoff)
		}
		next.until = u.now().Add(next.delay)
	}
	s.fault = next
	if again && !u.periodic {
		return nil
	}
	e := s.about(KindFailed, f)
	e.Cause, e.Reason, e.Err = cause, reason, err
	if f := (*failure)(nil); errors.As(err, &f) {
		e.Data = f.head
	}
	return u.emit(ctx, e)
}
