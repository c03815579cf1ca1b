package source

import (
	"bytes"
	"context"
	"errors"
	"hash/maphash"
	"io"
	"time"
)

// chunk is how much is read at once: the longest line with its CR LF, so that a full
// buffer without a line end holds a line that is too long.
const chunk = MaxLine + 2

// quantum is how many chunks of one file are read before the other files of the spec have
// their turn.
const quantum = 16

// errRewritten says that a file does not hold any more what was consumed of it.
var errRewritten = errors.New("source: the file was truncated or rewritten")

// stream is one file of lines that is being read: one inode, one generation. Its
// descriptor stays open over a rename, so that the end of a rotated file is not lost.
type stream struct {
	f    file
	id   fileID
	gen  int
	line int64 // lines before print.offset
	// print covers what was consumed: everything before the first line not delivered,
	// or, while a line that is too long is passed over, that line's bytes as well.
	print fingerprint
	// hash covers the same bytes in full, unless reading began in the middle of the file.
	hash  maphash.Hash
	whole bool
	// lent says that somebody may still read f: it is closed when nobody can.
	lent bool
	// ahead says that reading began near the end: nobody knows the numbers of the lines.
	ahead bool
	// skip is the line that is being passed over: its offset, and whether there is one.
	skip     int64
	skipping bool

	seen   facts     // as of the last look
	goodAt time.Time // when everything in the file had last been read
	grewAt time.Time // when something was last consumed

	partialSince time.Time // when the unfinished last line was first seen, or written
	partialSaid  bool
}

// newStream begins a stream at the beginning of f.
func newStream(f file, id fileID, gen int, now time.Time) *stream {
	return &stream{f: f, id: id, gen: gen, whole: true, goodAt: now, grewAt: now}
}

// position is where the stream stands, for an event that was just consumed.
func (st *stream) position(now time.Time) Position {
	head, tail := st.print.sums()
	return Position{
		Device: st.id.device, Inode: st.id.inode, Offset: st.print.offset, Line: st.line,
		Generation: st.gen, Head: head, Tail: tail, At: now,
	}
}

// next counts a line and is its number; 0 where nobody knows that.
func (st *stream) next() int64 {
	if st.line++; st.ahead {
		return 0
	}
	return st.line
}

func (st *stream) consume(b []byte) {
	st.print.consume(b)
	if st.whole {
		_, _ = st.hash.Write(b) // never fails, by its documentation
	}
}

// intact looks at the open file and checks that what was consumed is still there: always its
// beginning and the end of it; all of it where only the times moved, which is how a file is
// rewritten in place.
func (st *stream) intact(u *unit) (facts, error) {
	info, err := st.f.Stat()
	if err != nil {
		return facts{}, err
	}
	now, _ := factsOf(info)
	if now.size < st.seen.size || now.size < st.print.offset {
		return now, errRewritten
	}
	switch ok, err := st.print.matches(st.f); {
	case err != nil:
		return now, err
	case !ok:
		return now, errRewritten
	}
	if now.size == st.seen.size && now != st.seen && st.whole && st.print.offset > 2*HeadSize {
		return now, st.compareAll(u)
	}
	return now, nil
}

// compareAll reads again all that was consumed.
func (st *stream) compareAll(u *unit) error {
	var h maphash.Hash
	h.SetSeed(st.hash.Seed())
	for off := int64(0); off < st.print.offset; {
		b := u.buffer(min(chunk, st.print.offset-off))
		n, err := st.f.ReadAt(b, off)
		if n == 0 && (err == nil || errors.Is(err, io.EOF)) {
			return errRewritten
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		_, _ = h.Write(b[:n])
		off += int64(n)
	}
	if h.Sum64() != st.hash.Sum64() {
		return errRewritten
	}
	return nil
}

// read delivers the complete lines before size; more says that the quantum ended first.
// The fingerprint is checked after each read and before its delivery: only then is it certain
// that the bytes follow what was delivered before.
func (st *stream) read(ctx context.Context, u *unit, s *slot, now facts) (more bool, err error) {
	if st.partialSaid && now == st.seen {
		return false, nil
	}
	st.seen = now
	for n := 0; st.print.offset < now.size; n++ {
		if n == quantum {
			return true, nil
		}
		b := u.buffer(min(chunk, now.size-st.print.offset))
		m, err := st.f.ReadAt(b, st.print.offset)
		if err != nil && !errors.Is(err, io.EOF) {
			return false, err
		}
		ok, err := st.print.matches(st.f)
		if err != nil {
			return false, err
		}
		if !ok || m < len(b) { // it shrank since the stat
			return false, errRewritten
		}
		before := st.print.offset
		if err := st.deliver(ctx, u, s, b); err != nil {
			return false, err
		}
		if st.print.offset == before {
			break // the rest is an unfinished line
		}
		st.grewAt, st.partialSince, st.partialSaid = u.now(), time.Time{}, false
	}
	if st.print.offset == now.size && !st.skipping {
		st.goodAt, st.partialSince, st.partialSaid = u.now(), time.Time{}, false
		return false, nil
	}
	return false, st.partial(ctx, u, s, now)
}

// deliver hands over the complete lines of b, which lies at the offset.
func (st *stream) deliver(ctx context.Context, u *unit, s *slot, b []byte) error {
	base := st.print.offset
	lines, done := u.lines[:0], 0 // b[:done] is consumed
	flush := func(to int) error {
		st.consume(b[done:to])
		done = to
		if len(lines) == 0 {
			return nil
		}
		e := s.event(KindLines, st)
		e.Lines, e.Position = lines, st.position(u.now())
		if u.once {
			e.Content, st.lent = st.f, true
		}
		err := u.emit(ctx, e)
		lines = lines[:0]
		return err
	}
	pos := 0
	for {
		i := bytes.IndexByte(b[pos:], '\n')
		if i < 0 {
			break
		}
		start, end := pos, pos+i+1
		pos = end
		line := st.cut(b[start:end], base+int64(start))
		if !st.skipping && len(line.Text) <= MaxLine {
			line.Number = st.next()
			lines = append(lines, line)
			continue
		}
		if err := flush(start); err != nil {
			return err
		}
		st.consume(b[start:end])
		done = end
		if err := st.tooLong(ctx, u, s, base+int64(start)); err != nil {
			return err
		}
	}
	u.lines = lines
	if pos == 0 && (st.skipping || len(b) == chunk) {
		if !st.skipping {
			st.skipping, st.skip = true, base
		}
		st.consume(b)
		return nil
	}
	return flush(pos)
}

// cut takes the line end off raw, which lies at offset, and a byte order mark.
func (st *stream) cut(raw []byte, offset int64) Line {
	text := bytes.TrimSuffix(raw[:len(raw)-1], []byte{'\r'})
	if offset == 0 {
		if rest, ok := bytes.CutPrefix(text, utf8BOM); ok {
			return Line{Offset: int64(len(utf8BOM)), Text: rest}
		}
	}
	return Line{Offset: offset, Text: text}
}

var utf8BOM = []byte{0xEF, 0xBB, 0xBF}

// tooLong reports the line that began at offset, or where passing over began, and was just
// consumed.
func (st *stream) tooLong(ctx context.Context, u *unit, s *slot, offset int64) error {
	if st.skipping {
		offset, st.skipping = st.skip, false
	}
	e := s.event(KindTooLong, st)
	e.Line = Line{Number: st.next(), Offset: offset}
	e.Length = st.print.offset - offset
	e.Position = st.position(u.now())
	return u.emit(ctx, e)
}

// partial holds back the unfinished last line and says so when it stays.
func (st *stream) partial(ctx context.Context, u *unit, s *slot, now facts) error {
	at := u.now()
	if st.partialSince.IsZero() {
		st.partialSince = at
		if mod := now.modTime(); mod.Before(at) {
			st.partialSince = mod
		}
	}
	// Everything that is complete has been read.
	st.goodAt = at
	if st.partialSaid || at.Sub(st.partialSince) < PartialAfter {
		return nil
	}
	st.partialSaid = true
	offset := st.print.offset
	if st.skipping {
		offset = st.skip
	}
	e := s.event(KindIncomplete, st)
	if e.Line = (Line{Offset: offset}); !st.ahead {
		e.Line.Number = st.line + 1
	}
	e.Length = now.size - offset
	return u.emit(ctx, e)
}
