package source

import (
	"context"
	"errors"
	"time"

	"vigil/internal/safetext"
)

var (
	errEmpty        = errors.New("the file is empty: export it again, or, if that is an answer, write empty_ok = true in a [[source]] of it")
	errUnrecognised = errors.New("nobody recognises the content: name its format in vigil.toml, or move the file away")
)

// follow reads on in the slot's current file of lines.
func (u *unit) follow(ctx context.Context, s *slot, e entry) (more bool, err error) {
	st := s.cur
	if st.f == nil { // closed after an error
		if st.f, err = u.open(e.place, e.facts); err != nil {
			st.f = nil
			return false, u.fail(ctx, s, e.facts, err)
		}
	}
	before := st.print.offset
	now, err := st.intact(u)
	if err == nil {
		more, err = st.read(ctx, u, s, now)
	}
	switch {
	case err == nil:
		if st.print.offset > before {
			s.everRead, s.fault = true, outage{}
			return more, nil
		}
		return more, u.reachable(ctx, s, now)
	case isStop(err):
		return false, err
	case errors.Is(err, errRewritten):
		return true, u.rewritten(ctx, s, now)
	default:
		_ = st.f.Close() // a stale handle of a network file system never recovers
		st.f = nil
		return false, u.fail(ctx, s, e.facts, err)
	}
}

// rewritten gives up the current stream: its file is to be read again from the beginning.
func (u *unit) rewritten(ctx context.Context, s *slot, now facts) error {
	st := s.cur
	s.lost, s.lostLine = st.print, st.line
	s.cur = nil
	_ = st.f.Close() // it was only read
	s.gen++
	s.dealt, s.everRead = true, true
	e := s.about(KindGap, now)
	e.From, e.To, e.Position = st.goodAt, u.now(), s.start(now.id, u.now())
	e.Reason = safetext.Const("the file was truncated or rewritten: lines written before that and not yet read are lost")
	return u.emit(ctx, e)
}

// begin opens a file of which nothing is known yet and decides how to read it.
func (u *unit) begin(ctx context.Context, s *slot, e entry) (more bool, err error) {
	f, err := u.open(e.place, e.facts)
	if err != nil {
		if errors.Is(err, errMoved) {
			return true, nil
		}
		return false, u.fail(ctx, s, e.facts, err)
	}
	keep := false
	defer func() {
		if !keep {
			_ = f.Close() // it was only read
		}
	}()
	head, err := readHead(f)
	if err != nil {
		return false, u.fail(ctx, s, e.facts, err)
	}
	switch mode := u.spec.Mode(s.path, head); mode {
	case ModeLines:
		s.mode, s.headSince, s.headSaid = mode, time.Time{}, false
		if u.tail.cuts(e.facts.size) {
			switch err := u.startAtEnd(ctx, s, f, e.facts); {
			case isStop(err):
				return false, err
			case err != nil:
				s.cur = nil
				return false, u.fail(ctx, s, e.facts, err)
			}
			keep = true
			return u.follow(ctx, s, e)
		}
		keep, more, err = u.start(ctx, s, f, e.facts)
		if err != nil || !keep {
			return more, err
		}
		return u.follow(ctx, s, e)
	case ModeSnapshot:
		if u.tail.cuts(e.facts.size) {
			return false, nil
		}
		s.mode, s.headSince, s.headSaid = mode, time.Time{}, false
		return u.snapshot(ctx, s, e)
	case ModeSkip:
		return false, u.fail(ctx, s, e.facts, &failure{cause: CauseUnrecognised, err: errUnrecognised, head: head})
	default:
		return false, u.undecided(ctx, s, e.facts)
	}
}

// undecided waits for more of a head that is too short to tell.
func (u *unit) undecided(ctx context.Context, s *slot, f facts) error {
	s.fault = outage{}
	if s.headSince.IsZero() {
		s.headSince = u.now()
		if mod := f.modTime(); mod.Before(s.headSince) {
			s.headSince = mod
		}
	}
	if s.headSaid || u.now().Sub(s.headSince) < PartialAfter {
		return nil
	}
	s.headSaid = true
	e := s.about(KindIncomplete, f)
	e.Line, e.Length = Line{Number: 1}, f.size
	return u.emit(ctx, e)
}
