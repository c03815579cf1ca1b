package source

import (
	"bytes"
	"context"
	"errors"
	"io"
)

// Tail asks for the ends of large files alone: what a person is shown while another watcher reads the whole of
// them. The zero value asks for whole files.
//
// Of a file of lines that is larger than Over when it is opened, the complete lines within its last Bytes are
// delivered, and then what is appended. Their numbers are not known, so that [Line.Number] is 0, and
// [Event.Tail] is set. Where many files are that large, each gives less. A snapshot larger than Over is left alone:
// nothing is said of it.
type Tail struct {
	Over  int64 // bytes; 0 asks for whole files
	Bytes int64
}

const (
	// fullTails is how many large files of one spec give as much as [Tail.Bytes] asks for: more share that.
	fullTails = 4
	// leastTail is how much each gives at least, in bytes.
	leastTail = 64 << 10
)

// cuts reports whether of a file of that size only the end is delivered.
func (t Tail) cuts(size int64) bool { return t.Over > 0 && size > t.Over }

// each is how many bytes of one file are delivered where so many are large.
func (t Tail) each(large int) int64 {
	return min(t.Bytes, max(leastTail, fullTails*t.Bytes/int64(max(1, large))))
}

// LargeFile is a file of lines that takes long to read.
type LargeFile struct {
	Spec string // whose name
	Path string // as in [Event.File]
	Size int64  // bytes
}

// LargeFiles finds the files of lines that are larger than over bytes, without reading more than their heads. What
// cannot be looked at is left out: reading it says why.
func LargeFiles(specs []Spec, over int64) []LargeFile {
	p, err := newPlan(specs)
	if err != nil {
		return nil
	}
	var found []LargeFile
	for i, spec := range specs {
		u := newUnit(spec, p.targets[i], p.taken, func(context.Context, Event) error { return nil }, &claims{by: make(map[fileID]claim)}, Options{})
		u.spec, u.settings = spec, *u.latest.Load()
		entries, err := u.scan(context.Background())
		if err != nil {
			continue
		}
		for _, e := range entries {
			if e.err == nil && e.facts.size > over && u.ofLines(e) {
				found = append(found, LargeFile{Spec: spec.Name, Path: e.path, Size: e.facts.size})
			}
		}
	}
	return found
}

// ofLines reports whether the head of a file says that it is read by lines.
func (u *unit) ofLines(e entry) bool {
	f, err := u.open(e.place, e.facts)
	if err != nil {
		return false
	}
	defer f.Close() //nolint:errcheck // it was only read
	head, err := readHead(f)
	return err == nil && u.spec.Mode(e.path, head) == ModeLines
}

// startAtEnd makes f the slot's current stream, at the first line that begins within its tail.
func (u *unit) startAtEnd(ctx context.Context, s *slot, f file, found facts) error {
	if err := u.advance(ctx, s, found); err != nil {
		return err
	}
	st := newStream(f, found.id, s.gen, u.now())
	offset, err := lineFrom(f, found.size-u.tail.each(u.large), found.size)
	if err == nil {
		st.print, err = printAt(f, offset)
	}
	st.whole, st.ahead = false, true
	s.cur = st
	return err
}

// lineFrom is where the first line begins that does so at or after from; size if none does before that.
func lineFrom(r io.ReaderAt, from, size int64) (int64, error) {
	if from <= 0 {
		return 0, nil
	}
	at := from - 1 // whose line end makes from the beginning of a line
	b := make([]byte, HeadSize)
	for at < size {
		n, err := r.ReadAt(b[:min(int64(len(b)), size-at)], at)
		if i := bytes.IndexByte(b[:n], '\n'); i >= 0 {
			return at + int64(i) + 1, nil
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return 0, err
		}
		if n == 0 {
			return 0, errRewritten
		}
		at += int64(n)
	}
	return size, nil
}

// printAt is the fingerprint of what lies before the offset.
func printAt(r io.ReaderAt, offset int64) (fingerprint, error) {
	n := int(min(HeadSize, offset))
	head, ok, err := sectionOf(r, n, 0)
	if err != nil || !ok {
		return fingerprint{}, errors.Join(err, errRewritten)
	}
	tail, ok, err := sectionOf(r, n, offset-int64(n))
	if err != nil || !ok {
		return fingerprint{}, errors.Join(err, errRewritten)
	}
	return fingerprint{offset: offset, head: head, tail: tail}, nil
}
