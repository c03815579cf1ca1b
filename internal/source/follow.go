package source

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"vigil/internal/safetext"
)

var (
	errEmpty        = errors.New("the file is empty: no data")
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
			s.everRead, s.fault = true, fault{}
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
		keep, more, err = u.start(ctx, s, f, e.facts)
		if err != nil || !keep {
			return more, err
		}
		return u.follow(ctx, s, e)
	case ModeSnapshot:
		s.mode, s.headSince, s.headSaid = mode, time.Time{}, false
		return u.snapshot(ctx, s, e)
	case ModeSkip:
		return false, u.fail(ctx, s, e.facts, &failure{CauseUnrecognised, errUnrecognised})
	default:
		return false, u.undecided(ctx, s, e.facts)
	}
}

// undecided waits for more of a head that is too short to tell.
func (u *unit) undecided(ctx context.Context, s *slot, f facts) error {
	s.fault = fault{}
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

// start makes f the slot's current stream, at its beginning or where an earlier run or the file
// it was copied from stopped. It does not keep f if a rotated predecessor must be read first.
func (u *unit) start(ctx context.Context, s *slot, f file, found facts) (keep, more bool, err error) {
	if pos, ok := u.spec.Resume[s.path]; ok && s.gen == 0 && !s.resumed && pos.Generation > 0 {
		s.resumed, s.everRead = true, true
		s.gen = pos.Generation
		if st, ok := u.resume(f, found.id, pos); ok {
			s.cur = st
			return true, false, nil
		}
		if st := u.predecessor(s, pos); st != nil {
			s.old = append(s.old, st)
			return false, true, nil
		}
		s.gen++
		s.dealt = true
		e := s.about(KindGap, found)
		e.From, e.To, e.Position = pos.At, u.now(), s.start(found.id, u.now())
		e.Reason = safetext.Const("this is not the file that was read before the restart, and that one is not beside it")
		if err := u.emit(ctx, e); err != nil {
			return false, false, err
		}
	}
	if !s.dealt {
		s.gen++
		if s.gen > 1 {
			if err := u.rotated(ctx, s, found); err != nil {
				return false, false, err
			}
		}
	}
	s.dealt = false
	s.cur = newStream(f, found.id, s.gen, u.now())
	u.adoptCopy(s, found.size)
	return true, false, nil
}

// resume is a stream over f at the position, if f is still the file it was taken from.
func (u *unit) resume(f file, id fileID, pos Position) (*stream, bool) {
	if pos.Offset == 0 && id != (fileID{pos.Device, pos.Inode}) {
		return nil, false // nothing was read that could be compared
	}
	read, ok, err := pos.restore(f)
	if err != nil || !ok {
		return nil, false
	}
	st := newStream(f, id, pos.Generation, u.now())
	st.print, st.line, st.whole, st.goodAt = read, pos.Line, false, pos.At
	return st, true
}

// predecessor finds, beside the slot's path, the file that was read there before the
// restart and has been rotated since.
func (u *unit) predecessor(s *slot, pos Position) *stream {
	dir, base := filepath.Split(s.path)
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil
	}
	for _, d := range entries {
		path := filepath.Join(dir, d.Name())
		if !d.Type().IsRegular() || !rotatedName(base, d.Name()) {
			continue
		}
		p, err := locate(path, u.root())
		if err != nil {
			continue
		}
		fx, err := p.stat()
		if err != nil || fx.size < pos.Offset {
			continue
		}
		f, err := u.open(p, fx)
		if err != nil {
			continue
		}
		st, ok := u.resume(f, fx.id, pos)
		if ok {
			_, ok = u.claims.take(fx.id, claim{slot: s, path: s.path, single: s.single})
		}
		if ok {
			return st
		}
		_ = f.Close() // it was only read
	}
	return nil
}

// adoptCopy moves the slot's new stream past what was already read elsewhere, if the file is a
// rotation's copy (copytruncate) of another file of this spec: only what the copy holds beyond that
// is new.
func (u *unit) adoptCopy(s *slot, size int64) {
	st := s.cur
	var best fingerprint
	var line int64
	name := ""
	s.copyOf = ""
	try := func(from string, p fingerprint, n int64) {
		if p.offset <= best.offset || p.offset > size {
			return
		}
		if ok, err := p.matches(st.f); ok && err == nil {
			best, line, name = p, n, from
		}
	}
	for _, other := range u.slots {
		if other == s || !rotatedName(filepath.Base(other.path), filepath.Base(s.path)) {
			continue
		}
		try(other.path, other.lost, other.lostLine)
		if other.cur != nil && !other.cur.skipping {
			try(other.path, other.cur.print, other.cur.line)
		}
	}
	if best.offset > 0 {
		st.print, st.line, st.whole = best.clone(), line, false
		s.everRead = true
		s.copyOf = fmt.Sprintf("a rotation's copy: its first %d lines were read as %s", line, name)
	}
}
