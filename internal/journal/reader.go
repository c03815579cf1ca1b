package journal

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"time"
)

// Record is one verified record.
type Record struct {
	Seq     uint64 // from 1, without holes
	Payload []byte // valid until the next record is asked for
	Hash    Hash   // of its line
	Position
}

// Read delivers the records from sequence from on (0 and 1 mean from the first), each
// with its checksum and its place in the chain verified, up to the last one that is whole
// now. It takes no lock and writes nothing. An error is the last thing delivered; a
// [DamageError] comes after every record before the damage. Where retention dropped
// records, the first record delivered is the first that is left.
func Read(dir string, from uint64) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		r := NewReader(dir, from)
		defer r.Close()
		for {
			rec, err := r.Next()
			if errors.Is(err, io.EOF) {
				return
			}
			if !yield(rec, err) || err != nil {
				return
			}
		}
	}
}

// Reader reads a log and can go on where it stopped when the log has grown. It holds one
// file open, takes no lock, writes nothing, and is for one goroutine.
//
// A last line without its newline is a record that is still being written: not yet
// there, and no error. If the disk fills up in the middle of a batch the writer takes that batch
// back; a reader that saw part of it meets a broken chain and reports damage, and a
// new Reader does not.
type Reader struct {
	fs   FS
	dir  string
	from uint64

	seg  segment
	file File
	buf  []byte // read ahead of what was delivered: buf[start:end]
	start,
	end int
	read int64 // offset in the file of buf[end]
	line int   // lines delivered of this segment, the header being the first
	good int64 // end of the last whole line
	past int64 // bytes of the segments before this one

	entered int // segments begun

	format uint64 // version that wrote this segment

	next   uint64 // sequence of the record to come
	hash   Hash   // of the last line
	signed SignOff
	broken error // what ended reading for good
	rest   Unfinished
}

// Unfinished is what stands behind the last whole record of a log: one that is being written, or that a crash left torn. The
// next writer puts that aside.
type Unfinished struct {
	Position
	Size    int64     // in bytes; 0 where nothing is there
	Changed time.Time // when the file was written last
}

// Unfinished is what stood behind the last whole record when [Reader.Next] gave io.EOF last.
func (r *Reader) Unfinished() Unfinished { return r.rest }

// NewReader starts at sequence from (0 and 1 mean the first). It opens nothing yet. The
// chain is verified from the start of the segment that holds that record.
func NewReader(dir string, from uint64) *Reader { return NewReaderOn(OS, dir, from) }

// NewReaderOn is NewReader for a log that is on another file system than the machine's.
func NewReaderOn(fsys FS, dir string, from uint64) *Reader {
	return &Reader{fs: fsys, dir: dir, from: from}
}

// Close releases the file. Asking for more records opens it again.
func (r *Reader) Close() error {
	if r.file == nil {
		return nil
	}
	err := r.file.Close()
	r.file = nil
	return err
}

// Offset is how many bytes of the log, from the segment on with which reading began, lie before the record to come.
func (r *Reader) Offset() int64 { return r.past + r.good }

// Next is the next record, or io.EOF when there is none yet: ask again later. After a
// [DamageError], [ErrNewerFormat] or [ErrReplaced] every call gives the same error; other
// errors come from the file system and may pass.
func (r *Reader) Next() (Record, error) {
	for {
		rec, err := r.step()
		if err != nil {
			if errors.Is(err, ErrDamaged) || errors.Is(err, ErrNewerFormat) || errors.Is(err, ErrReplaced) {
				r.broken = err
			}
			return Record{}, err
		}
		if rec.Seq >= r.from {
			return rec, nil
		}
	}
}

func (r *Reader) step() (Record, error) {
	r.rest = Unfinished{}
	if r.broken != nil {
		return Record{}, r.broken
	}
	if r.file == nil {
		if err := r.begin(); err != nil {
			return Record{}, err
		}
	}
	for again := false; ; {
		line, err := r.readLine()
		if err != nil {
			return Record{}, err
		}
		if line != nil {
			return r.accept(line)
		}
		later, err := r.later()
		if err != nil {
			return Record{}, err
		}
		if later == nil {
			return Record{}, r.atEnd()
		}
		if !again {
			// The writer may have added here before it began the next segment, which was
			// seen only now: look once more.
			again = true
			r.forget()
			continue
		}
		if r.end > r.start || later.first != r.next {
			return Record{}, r.damage(fmt.Errorf("the segment ends here, and the next one, %s, begins with record %d instead of %d",
				later.path, later.first, r.next))
		}
		if err := r.enter(*later); err != nil {
			return Record{}, err
		}
		again = false
	}
}

// begin finds the segment that holds the first record wanted, or opens the one that was
// closed again.
func (r *Reader) begin() error {
	if r.seg.path != "" {
		return r.reopen()
	}
	segs, err := listSegments(r.fs, r.dir)
	if err != nil {
		return err
	}
	// After the list: retention signs off before it removes, so what is missing in the
	// list is in the sign-off.
	if r.signed, err = readSignOff(r.fs, r.dir); err != nil {
		return err
	}
	if len(segs) == 0 {
		if r.signed.Through > 0 {
			return r.damageAt(Position{File: r.dir}, fmt.Errorf("no segment is left after record %d, where retention ended", r.signed.Through))
		}
		return io.EOF
	}
	for len(segs) > 1 && segs[1].first-1 <= r.signed.Through {
		segs = segs[1:] // dropped; an interruption may have left any of them
	}
	first := segs[0].first
	if first > r.signed.Through+1 {
		return r.damageAt(Position{File: segs[0].path}, fmt.Errorf("the segments that hold records %d to %d are missing",
			r.signed.Through+1, first-1))
	}
	at := segs[0]
	for _, s := range segs {
		if s.first <= r.from {
			at = s
		}
	}
	return r.enter(at)
}

// enter opens a segment and verifies its header. The state changes only when it is whole;
// io.EOF means the header is still being written.
func (r *Reader) enter(seg segment) error {
	f, err := r.fs.OpenFile(seg.path, os.O_RDONLY, 0)
	if err != nil {
		return err
	}
	head := make([]byte, maxHeader)
	n, err := f.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return errors.Join(err, f.Close())
	}
	nl := bytes.IndexByte(head[:n], '\n')
	if nl < 0 && n < maxHeader {
		return errors.Join(io.EOF, f.Close())
	}
	line := head[:nl+1]
	h, err := r.checkHeader(seg, line)
	if err != nil {
		return errors.Join(err, f.Close())
	}
	if err := r.Close(); err != nil {
		return errors.Join(err, f.Close())
	}
	r.format = h.format
	r.past += r.good
	r.seg, r.file = seg, f
	r.start, r.end, r.read = 0, 0, int64(len(line))
	r.line, r.good = 1, int64(len(line))
	r.entered++
	r.next, r.hash = seg.first, sha256.Sum256(line)
	return nil
}

func (r *Reader) checkHeader(seg segment, line []byte) (header, error) {
	pos := Position{File: seg.path, Line: 1}
	h, err := parseHeader(line)
	if err != nil {
		return h, r.damageAt(pos, err)
	}
	if h.reader > FormatVersion {
		return h, fmt.Errorf("%s: %w: format %d needs a reader of version %d, this is version %d; update vigil",
			seg.path, ErrNewerFormat, h.format, h.reader, FormatVersion)
	}
	prev, known := r.hash, r.next > 0
	switch {
	case known: // the segment follows one that was read
	case seg.first == 1:
		prev, known = Hash{}, true
	case seg.first == r.signed.Through+1:
		prev, known = r.signed.Hash, true
	}
	switch {
	case h.first != seg.first:
		return h, r.damageAt(pos, fmt.Errorf("the header says that it begins with record %d, the name says %d", h.first, seg.first))
	case known && h.prev != prev:
		return h, r.damageAt(pos, errors.New("the header does not carry the hash of the last line before it"))
	}
	return h, nil
}

// reopen goes on at the place that was reached before Close.
func (r *Reader) reopen() error {
	f, err := r.fs.OpenFile(r.seg.path, os.O_RDONLY, 0)
	if err != nil {
		return err
	}
	r.file = f
	r.forget()
	return nil
}

// accept verifies one whole line and moves past it.
func (r *Reader) accept(line []byte) (Record, error) {
	f, err := parseRecord(line)
	switch {
	case err != nil:
	case f.seq != r.next:
		err = fmt.Errorf("record %d stands where record %d belongs", f.seq, r.next)
	case f.prev != r.hash:
		err = errors.New("the record does not carry the hash of the line before it")
	}
	if err != nil {
		if torn, terr := r.unwritten(line); terr != nil || torn {
			return Record{}, errors.Join(terr, r.atEnd())
		}
		return Record{}, r.damage(err)
	}
	pos := Position{File: r.seg.path, Line: r.line + 1, Offset: r.good}
	r.line++
	r.good += int64(len(line))
	r.start += len(line)
	r.hash = sha256.Sum256(line)
	r.next++
	if f.seq == r.signed.Through && r.hash != r.signed.Hash {
		return Record{}, r.damageAt(pos, errors.New("the record is not the one that retention signed off"))
	}
	return Record{Seq: f.seq, Payload: f.payload, Hash: r.hash, Position: pos}, nil
}

// readLine gives the next line with its newline without moving past it, or nil if the
// file holds no whole line yet.
func (r *Reader) readLine() ([]byte, error) {
	scanned := 0
	for {
		if i := bytes.IndexByte(r.buf[r.start+scanned:r.end], '\n'); i >= 0 {
			return r.buf[r.start : r.start+scanned+i+1], nil
		}
		scanned = r.end - r.start
		if scanned > maxLine {
			return nil, r.damage(fmt.Errorf("a line longer than the longest record, %d bytes", maxLine))
		}
		n, err := r.fill()
		if err != nil {
			return nil, err
		}
		if n == 0 {
			return nil, nil
		}
	}
}

// readAhead is how much is read at once: large enough that a system call costs nothing beside
// the hashing, small enough to stay in the cache.
const readAhead = 256 << 10

func (r *Reader) fill() (int, error) {
	if r.start > 0 {
		copy(r.buf, r.buf[r.start:r.end])
		r.end -= r.start
		r.start = 0
	}
	if len(r.buf)-r.end < readAhead/2 {
		grown := make([]byte, max(readAhead, 2*len(r.buf)))
		copy(grown, r.buf[:r.end])
		r.buf = grown
	}
	n, err := r.file.ReadAt(r.buf[r.end:], r.read)
	r.end += n
	r.read += int64(n)
	if err != nil && !errors.Is(err, io.EOF) {
		return n, fmt.Errorf("%s: %w", r.seg.path, err)
	}
	return n, nil
}

// forget drops what was read ahead, so that it is read again.
func (r *Reader) forget() {
	r.start, r.end, r.read = 0, 0, r.good
}
