package source

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"time"
)

// Position is where reading stands in a file of lines, in a form that outlives the
// process: given back in [Spec.Resume] it tells whether the file is still the one that was
// read. Persist the newest one of the highest Generation. The zero Position is the beginning of a
// file never read.
type Position struct {
	Device uint64 `json:"device"`
	Inode  uint64 `json:"inode"`
	// Offset is the byte at which the first line not delivered begins.
	Offset int64 `json:"offset"`
	// Line is how many lines lie before Offset.
	Line int64 `json:"line"`
	// Generation is the file's, see [Event.Generation].
	Generation int `json:"generation"`
	// Head and Tail are the SHA-256 of the first and of the last min([HeadSize], Offset)
	// bytes before Offset, in hexadecimal.
	Head string `json:"head"`
	Tail string `json:"tail"`
	// At is when the file was known to be read this far.
	At time.Time `json:"at"`
}

// fingerprint remembers what was consumed of a file, so that a file that was truncated and
// grew again past the offset is not taken for the same one. It holds only bytes that were
// delivered, taken from the buffer they were delivered from: reading them again would race
// with the very truncation it must find.
type fingerprint struct {
	offset int64
	head   []byte // the first min(HeadSize, offset) bytes
	tail   []byte // the last min(HeadSize, offset) bytes before offset
}

// consume moves the fingerprint past b, which lies at the offset.
func (p *fingerprint) consume(b []byte) {
	if missing := HeadSize - len(p.head); missing > 0 {
		p.head = append(p.head, b[:min(missing, len(b))]...)
	}
	switch keep := HeadSize - len(b); {
	case keep <= 0:
		p.tail = append(p.tail[:0], b[len(b)-HeadSize:]...)
	default:
		if drop := len(p.tail) - keep; drop > 0 {
			p.tail = append(p.tail[:0], p.tail[drop:]...)
		}
		p.tail = append(p.tail, b...)
	}
	p.offset += int64(len(b))
}

// matches reports whether r still holds what was consumed at the beginning and before the
// offset. A shorter file does not match; other errors are returned.
func (p *fingerprint) matches(r io.ReaderAt) (bool, error) {
	ok, err := holds(r, p.head, 0)
	if !ok || err != nil || p.offset <= HeadSize {
		return ok, err
	}
	return holds(r, p.tail, p.offset-int64(len(p.tail)))
}

// holds reports whether r has want at off.
func holds(r io.ReaderAt, want []byte, off int64) (bool, error) {
	got, ok, err := sectionOf(r, len(want), off)
	return ok && bytes.Equal(got, want), err
}

// sectionOf reads n bytes at off; ok is false if the file ends before.
func sectionOf(r io.ReaderAt, n int, off int64) (b []byte, ok bool, err error) {
	if n == 0 {
		return nil, true, nil
	}
	b = make([]byte, n)
	switch m, err := r.ReadAt(b, off); {
	case m == n:
		return b, true, nil
	case errors.Is(err, io.EOF):
		return nil, false, nil
	default:
		return nil, false, err
	}
}

// sums are the two hashes of a Position.
func (p *fingerprint) sums() (head, tail string) { return sum(p.head), sum(p.tail) }

func sum(b []byte) string {
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:])
}

// restore is the fingerprint of r at the position, if r is still what the position was
// taken from.
func (pos Position) restore(r io.ReaderAt) (p fingerprint, ok bool, err error) {
	if pos.Offset < 0 || pos.Line < 0 {
		return fingerprint{}, false, nil
	}
	n := int(min(HeadSize, pos.Offset))
	if n == 0 {
		return fingerprint{}, true, nil
	}
	head, ok, err := sectionOf(r, n, 0)
	if !ok || err != nil || sum(head) != pos.Head {
		return fingerprint{}, false, err
	}
	tail, ok, err := sectionOf(r, n, pos.Offset-int64(n))
	if !ok || err != nil || sum(tail) != pos.Tail {
		return fingerprint{}, false, err
	}
	return fingerprint{offset: pos.Offset, head: head, tail: tail}, true, nil
}

// clone is a copy that shares no memory with p.
func (p *fingerprint) clone() fingerprint {
	return fingerprint{offset: p.offset, head: bytes.Clone(p.head), tail: bytes.Clone(p.tail)}
}
