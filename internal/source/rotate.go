package source

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"vigil/internal/safetext"
)

// start makes f the slot's current stream, at its beginning or where an earlier run or the file
// it was copied from stopped. It does not keep f if files that were rotated away unread come first.
func (u *unit) start(ctx context.Context, s *slot, f file, found facts) (keep, more bool, err error) {
	if pos, ok := u.spec.Resume[s.path]; ok && s.gen == 0 && !s.resumed && pos.Generation > 0 {
		s.resumed, s.everRead = true, true
		s.gen = pos.Generation
		if st, ok := u.resume(f, found.id, pos); ok {
			s.cur = st
			return true, false, nil
		}
		if err := u.downtime(ctx, s, pos, found); err != nil || len(s.old) > 0 {
			return false, true, err
		}
	}
	if more, err := u.unread(ctx, s, found.id); more || err != nil {
		return false, more, err
	}
	if err := u.advance(ctx, s, found); err != nil {
		return false, false, err
	}
	s.cur = newStream(f, found.id, s.gen, u.now())
	u.adoptCopy(s, found.size)
	return true, false, nil
}

// advance begins the slot's next generation, unless a gap has begun it.
func (u *unit) advance(ctx context.Context, s *slot, found facts) error {
	if s.dealt {
		s.dealt = false
		return nil
	}
	s.gen++
	if s.gen == 1 {
		return nil
	}
	return u.rotated(ctx, s, found)
}

// downtime finds what became of the file that was read before the restart.
func (u *unit) downtime(ctx context.Context, s *slot, pos Position, found facts) error {
	s.since = pos.At.UnixNano()
	if st := u.predecessor(s, pos); st != nil {
		s.old = append(s.old, st)
		return nil
	}
	s.gen++
	s.dealt = true
	e := s.about(KindGap, found)
	e.From, e.To, e.Position = pos.At, u.now(), s.start(found.id, u.now())
	e.Reason = safetext.Const("this is not the file that was read before the restart, and that one is not beside it")
	return u.emit(ctx, e)
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

// sibling is a file beside a slot's path that a rotation may have put there.
type sibling struct {
	path  string
	place place
	facts facts
}

// siblings are the files beside the slot's path whose names a rotation gives, oldest first.
func (u *unit) siblings(s *slot) []sibling {
	dir, base := filepath.Split(s.path)
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil // the look at the path itself reports that
	}
	var found []sibling
	for _, d := range entries {
		path := filepath.Join(dir, d.Name())
		if !d.Type().IsRegular() || !Rotated(base, d.Name()) || dropping(d.Name()) != "" {
			continue
		}
		if _, other := u.settings.taken.by(path, u.spec.Rest); other {
			continue
		}
		p, err := locate(path, u.root())
		if err != nil {
			continue
		}
		if f, err := p.stat(); err == nil {
			f.changed = 0 // renaming moves it
			found = append(found, sibling{path, p, f})
		}
	}
	slices.SortStableFunc(found, func(a, b sibling) int { return cmp.Compare(a.facts.modified, b.facts.modified) })
	return found
}

// predecessor finds, beside the slot's path, the file that was read there before the
// restart and has been rotated since.
func (u *unit) predecessor(s *slot, pos Position) *stream {
	for _, b := range u.siblings(s) {
		if b.facts.size < pos.Offset {
			continue
		}
		f, err := u.open(b.place, b.facts)
		if err != nil {
			continue
		}
		st, ok := u.resume(f, b.facts.id, pos)
		if ok {
			_, ok = u.claims.take(b.facts.id, u.claim(s))
		}
		if ok {
			s.since = b.facts.modified
			return st
		}
		_ = f.Close() // it was only read
	}
	return nil
}

// unread finds the oldest file that stood at a single source's path between two looks, or during a
// downtime, and was rotated away before anybody saw it. It becomes an old stream, to be
// drained before the next is looked for. Such a file was made after the last look, so its
// modification time is not before the directory's at that look, and both are of the clock of the
// file system. A pattern finds such files as files of their own.
func (u *unit) unread(ctx context.Context, s *slot, current fileID) (more bool, err error) {
	if !s.single || s.since == 0 {
		return false, nil
	}
	found := u.siblings(s)
	s.tried = slices.DeleteFunc(s.tried, func(f facts) bool {
		return !slices.ContainsFunc(found, func(b sibling) bool { return b.facts == f })
	})
	for _, b := range found {
		known := b.facts.id == current || s.reads(b.facts.id) || slices.Contains(s.tried, b.facts)
		if known || b.facts.size == 0 || b.facts.modified < s.since {
			continue
		}
		s.tried = append(s.tried, b.facts)
		st := u.openUnread(s, b)
		if st == nil {
			continue
		}
		if err := u.advance(ctx, s, b.facts); err != nil {
			_ = st.f.Close() // it was only read
			return false, err
		}
		st.gen = s.gen
		s.old = append(s.old, st)
		return true, nil
	}
	return false, nil
}

// openUnread begins a stream over b, unless it is of another kind, read by another slot, or a copy
// of what this slot has read.
func (u *unit) openUnread(s *slot, b sibling) *stream {
	f, err := u.open(b.place, b.facts)
	if err != nil {
		return nil
	}
	st := newStream(f, b.facts.id, 0, u.now())
	head, err := readHead(f)
	if err == nil && u.spec.Mode(s.path, head) == ModeLines && !s.consumed(f) {
		if _, ok := u.claims.take(st.id, u.claim(s)); ok {
			return st
		}
	}
	_ = f.Close() // it was only read
	return nil
}

// reads reports whether a stream of the slot reads the file.
func (s *slot) reads(id fileID) bool {
	return slices.ContainsFunc(s.old, func(st *stream) bool { return st.id == id })
}

// consumed reports whether f begins with all that was read of a former file of the slot.
func (s *slot) consumed(f file) bool {
	same := func(p *fingerprint) bool {
		ok, err := p.matches(f)
		return p.offset > 0 && ok && err == nil
	}
	return same(&s.lost) || slices.ContainsFunc(s.old, func(st *stream) bool { return same(&st.print) })
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
		if other == s || !Rotated(filepath.Base(other.path), filepath.Base(s.path)) {
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
