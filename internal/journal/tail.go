package journal

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
)

// What stands after the last whole record is one of three things: a record still being
// written, what a crash left of one, or damage. The rule is that a write leaves a part
// from its start, or whole sectors of NUL; whatever is neither is damage.

// sector is the least in bytes that a disk writes at once.
const sector = 512

// later is the first segment after this one, or nil.
func (r *Reader) later() (*segment, error) {
	segs, err := listSegments(r.fs, r.dir)
	if err != nil {
		return nil, err
	}
	for _, s := range segs {
		if s.first > r.seg.first {
			return &s, nil
		}
	}
	return nil, nil
}

// atEnd says why there is no further record at the end of the last segment: io.EOF, or the
// damage. What is left behind the last whole record is read again next time, because
// its writer may finish it and a new writer may put it aside.
func (r *Reader) atEnd() error {
	rest := r.buf[r.start:r.end]
	size, err := recordSize(rest)
	whole := err == nil && len(rest) >= size && bytes.IndexByte(rest, '\n') < 0 && bytes.IndexByte(rest, 0) < 0
	r.forget()
	if whole {
		return r.damage(errors.New("the line is as long as it says and does not end there"))
	}
	info, err := r.file.Stat()
	if err != nil {
		return err
	}
	if info.Size() < r.good {
		return r.damage(fmt.Errorf("the file has shrunk to %d bytes, %d were read before", info.Size(), r.good))
	}
	named, err := r.fs.Stat(r.seg.path)
	if err != nil {
		return err
	}
	if !r.fs.SameFile(info, named) {
		return fmt.Errorf("%s: %w", r.seg.path, ErrReplaced)
	}
	r.rest = Unfinished{Position{File: r.seg.path, Line: r.line + 1, Offset: r.good}, info.Size() - r.good, info.ModTime()}
	return io.EOF
}

// unwritten says whether a bad line is the trace of a power loss: blocks that were allocated
// and never written read as NUL, which no record holds, and nothing of value follows.
func (r *Reader) unwritten(line []byte) (bool, error) {
	if bytes.IndexByte(line, 0) < 0 {
		return false, nil
	}
	if later, err := r.later(); err != nil || later != nil {
		return false, err
	}
	from := r.good + int64(len(line))
	info, err := r.file.Stat()
	if err != nil {
		return false, err
	}
	rest, err := io.ReadAll(io.NewSectionReader(r.file, from, max(0, info.Size()-from)))
	if err != nil {
		return false, err
	}
	if !blank(slices.Concat(line, rest), r.good) {
		return false, nil
	}
	for l := range bytes.Lines(rest) {
		if _, err := parseRecord(l); err == nil {
			return false, nil
		}
	}
	return true, nil
}

// blank says whether all NULs of b, which stands at an offset and ends the file, are sectors that were never written. A single
// byte that became NUL, as a space does by one bit, is none.
func blank(b []byte, offset int64) bool {
	for from := 0; ; {
		i := bytes.IndexByte(b[from:], 0)
		if i < 0 {
			return true
		}
		start := from + i
		end := start
		for end < len(b) && b[end] == 0 {
			end++
		}
		begins := start == 0 || (offset+int64(start))%sector == 0
		ends := end == len(b) || (offset+int64(end))%sector == 0
		if !begins || !ends {
			return false
		}
		from = end
	}
}

func (r *Reader) damage(err error) error {
	return r.damageAt(Position{File: r.seg.path, Line: r.line + 1, Offset: r.good}, err)
}

func (r *Reader) damageAt(pos Position, err error) error {
	last := uint64(0)
	if r.next > 0 {
		last = r.next - 1
	}
	return &DamageError{Position: pos, LastGood: last, Err: err}
}
