// Package spool keeps what versions of incidents say, out of the memory of the program and independent of
// the files that they were read from: it is the [picture.Texts] of a desk.
//
// # How
//
// Records go into blocks of about [blockSize] bytes. A full block is compressed behind the caller's back and
// appended to a file without a name (it is removed as soon as it is open, so that it goes with the process,
// however that ends). What stays in memory is some twenty bytes a block, the block that is being filled, and
// a few blocks that were read last. Without a directory, or when its disk is full, compressed blocks stay in memory.
//
// A line of a native feed is kept as it was read, with the little that its decoding depends on: decoding is
// pure, so reading it back gives the same incident, and writing it costs nothing but a copy. Every other
// incident is kept in native form, which gives the same incident too.
//
// A line of a file that whoever reads it can still read (a command that asks once and ends) stays there: its place,
// its length and a checksum are kept. When the file no longer holds it, that is an error of its records.
//
// # Why
//
// Keeping descriptors of the source files and offsets into them costs less, but a truncation in place takes
// that text away: a console that runs for days must not lose it, a command of a few seconds can say so. Measured on native lines, in blocks of 32 KiB: zstd makes them a quarter smaller than S2 does (18 %
// of the lines against 24 %), at half its speed, and takes three and a half times as long to read one back (52 µs against 15), which
// is what drawing a list waits for. Blocks of 64 KiB are 7 % smaller and take three times as long to read.
//
// # Guarantees
//
// Keep does not wait for the disk, but for a while when more than [queue] blocks wait to be compressed. It has
// one caller; everything else is safe for concurrent use. A block that cannot be read back is an error of its
// records, not of others. There is nothing to close: a goroutine runs only while blocks wait, and the file goes
// when nobody can ask for its texts any more.
package spool

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"os"
	"slices"
	"sync"

	"github.com/klauspost/compress/s2"

	"vigil/internal/feed"
	"vigil/internal/feed/native"
	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/safetext"
)

const (
	blockSize = 32 << 10
	queue     = 16 // blocks that may wait to be compressed
	cached    = 32 // blocks that are kept as they were read
)

// reading is what the decoding of a line depends on beside the line.
type reading struct {
	authority, stem, grade safetext.Text
	handling               incident.Coded[incident.Handling]
}

func (r *reading) context() feed.Context {
	return feed.Context{Authority: r.authority, Stem: r.stem, Grade: r.grade, Handling: r.handling}
}

// block is where a run of records is.
type block struct {
	first  uint32   // number of its first record
	file   *os.File // that it is in, once it is written
	offset int64
	size   int
	raw    []byte // before it is compressed
	packed []byte // compressed, when there is no file for it
}

// Spool is a [picture.Texts].
type Spool struct {
	mu       sync.Mutex
	room     sync.Cond // fewer blocks wait than did
	full     []int     // blocks to be compressed, by index
	working  bool      // a goroutine compresses
	file     *os.File  // nil when there is none
	trouble  error     // why not
	end      int64
	blocks   []block
	next     uint32 // number of the next record
	readings []reading
	known    map[reading]uint64
	contents []io.ReaderAt // files in which lines stay
	seed     maphash.Seed  // of the checksums of those lines
	free     [][]byte      // buffers of blocks that were compressed
	cache    [cached]opened
	used     uint64
}

// opened is a block as it was read back.
type opened struct {
	index  int
	data   []byte
	starts []int32
	used   uint64
}

var _ picture.Texts = (*Spool)(nil)

// New makes a spool whose file lies in dir for the moment in which it has a name; with an empty dir, or if it
// cannot be made there, blocks stay in memory.
func New(dir string) *Spool {
	s := &Spool{
		next: 1, readings: make([]reading, 1), known: map[reading]uint64{}, seed: maphash.MakeSeed(),
	}
	s.room.L = &s.mu
	if dir != "" {
		s.file, s.trouble = create(dir)
	}
	return s
}

func create(dir string) (*os.File, error) {
	f, err := os.CreateTemp(dir, ".texts-*")
	if err != nil {
		return nil, err
	}
	if err := os.Remove(f.Name()); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// Trouble is why blocks are in memory and not in a file; nil where that is as it was asked for.
func (s *Spool) Trouble() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.trouble
}

// Keep keeps a record.
func (s *Spool) Keep(a *picture.Arrival) {
	s.mu.Lock()
	if n := len(s.blocks); n == 0 || len(s.blocks[n-1].raw) >= blockSize {
		if n > 0 {
			s.pack(n - 1)
		}
		s.blocks = append(s.blocks, block{first: s.next, raw: s.buffer()})
	}
	b := &s.blocks[len(s.blocks)-1]
	b.raw = s.append(b.raw, a)
	s.next++
	s.mu.Unlock()
}

// pack has a full block compressed. It waits while too many do.
func (s *Spool) pack(k int) {
	for len(s.full) >= queue {
		s.room.Wait()
	}
	s.full = append(s.full, k)
	if !s.working {
		s.working = true
		go s.compress()
	}
}

func (s *Spool) buffer() []byte {
	if n := len(s.free); n > 0 {
		buf := s.free[n-1]
		s.free = s.free[:n-1]
		return buf[:0]
	}
	return make([]byte, 0, blockSize+blockSize/8)
}

// append writes a record: its place, what its decoding depends on (0 for the native form), the file that it stays in
// (0 for none), its length, and itself, or the checksum of what stays in the file.
func (s *Spool) append(b []byte, a *picture.Arrival) []byte {
	b = binary.AppendUvarint(b, uint64(a.Origin.Line))
	b = binary.AppendUvarint(b, uint64(a.Origin.Offset))
	ctx, is := a.Context.(*feed.Context)
	if !is || a.Line == "" {
		b = append(b, 0, 0)
		text := native.Encode(a.Incident)
		b = binary.AppendUvarint(b, uint64(len(text)))
		return append(b, text...)
	}
	b = binary.AppendUvarint(b, s.readingOf(ctx))
	b = binary.AppendUvarint(b, s.contentOf(a.Content))
	b = binary.AppendUvarint(b, uint64(len(a.Line)))
	if a.Content != nil {
		return binary.LittleEndian.AppendUint64(b, maphash.String(s.seed, a.Line))
	}
	return append(b, a.Line...)
}

// contentOf is the number of a file in which lines stay, from 1; 0 for none.
func (s *Spool) contentOf(content io.ReaderAt) uint64 {
	if content == nil {
		return 0
	}
	if n := len(s.contents); n > 0 && s.contents[n-1] == content {
		return uint64(n) // files are read one after the other
	}
	s.contents = append(s.contents, content)
	return uint64(len(s.contents))
}

func (s *Spool) readingOf(ctx *feed.Context) uint64 {
	r := reading{ctx.Authority, ctx.Stem, ctx.Grade, ctx.Handling}
	n, known := s.known[r]
	if !known {
		n = uint64(len(s.readings))
		s.readings = append(s.readings, r)
		s.known[r] = n
	}
	return n
}

// compress is the goroutine that makes full blocks small. It ends when there are none.
func (s *Spool) compress() {
	s.mu.Lock()
	defer s.mu.Unlock()
	var packed []byte
	for len(s.full) > 0 {
		k := s.full[0]
		s.full = s.full[1:]
		raw, file, at := s.blocks[k].raw, s.file, s.end
		s.mu.Unlock()
		packed = s2.Encode(packed[:cap(packed)], raw)
		var err error
		if file != nil {
			_, err = file.WriteAt(packed, at)
		}
		s.mu.Lock()
		b := &s.blocks[k]
		if file == nil || err != nil {
			b.packed = slices.Clone(packed)
			s.trouble = errors.Join(s.trouble, err)
			s.file = nil // what it holds is still read by the blocks that are there
		} else {
			b.file, b.offset, b.size = file, at, len(packed)
			s.end += int64(len(packed))
		}
		b.raw = nil
		if len(s.free) < 2 && cap(raw) <= 2*blockSize {
			s.free = append(s.free, raw)
		}
		s.room.Signal()
	}
	s.working = false
}

var errNone = errors.New("nothing was kept under this number")

// record gives what is kept under a number.
func (s *Spool) record(n uint32) (r record, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n == 0 || n >= s.next {
		return r, errNone
	}
	k, first, _, whole := s.find(n)
	nth := int(n - first)
	if !whole || s.blocks[k].raw != nil {
		rest := s.blocks[k].raw
		for range nth + 1 {
			if r, rest, err = parse(rest); err != nil {
				return r, err
			}
		}
		// The buffer is used again once the block is compressed.
		r.text = slices.Clone(r.text)
	} else {
		o, err := s.open(k)
		if err != nil {
			return r, err
		}
		if nth >= len(o.starts) {
			return r, errBroken
		}
		if r, _, err = parse(o.data[o.starts[nth]:]); err != nil {
			return r, err
		}
	}
	if r.reading >= uint64(len(s.readings)) {
		return r, errBroken
	}
	r.context = s.readings[r.reading].context()
	return r, nil
}

var errChanged = errors.New("the file was changed while it was read: its text is gone, ask again")

// fetch reads a record that stays in its file.
func (s *Spool) fetch(r *record) error {
	s.mu.Lock()
	if r.content > uint64(len(s.contents)) {
		s.mu.Unlock()
		return errBroken
	}
	content := s.contents[r.content-1]
	s.mu.Unlock()
	r.text = make([]byte, r.size)
	switch _, err := content.ReadAt(r.text, r.offset); {
	case errors.Is(err, io.EOF):
		return errChanged
	case err != nil:
		return fmt.Errorf("reading a line again: %w", err)
	case maphash.Bytes(s.seed, r.text) != r.sum:
		return errChanged
	}
	return nil
}

// find is the block of record n, its first record and the one after its last; whole says that it is full.
func (s *Spool) find(n uint32) (k int, first, after uint32, whole bool) {
	k, found := slices.BinarySearchFunc(s.blocks, n, func(b block, n uint32) int { return cmp.Compare(b.first, n) })
	if !found {
		k--
	}
	if k+1 < len(s.blocks) {
		return k, s.blocks[k].first, s.blocks[k+1].first, true
	}
	return k, s.blocks[k].first, s.next, false
}

// unpack reads a full block back without keeping it; nothing when it cannot be read.
func (s *Spool) unpack(k int) []byte {
	b := &s.blocks[k]
	if b.raw != nil {
		return slices.Clone(b.raw)
	}
	data, err := b.read()
	if err != nil {
		return nil
	}
	return data
}

// read reads a block that was compressed.
func (b *block) read() ([]byte, error) {
	packed := b.packed
	if packed == nil {
		packed = make([]byte, b.size)
		if _, err := b.file.ReadAt(packed, b.offset); err != nil {
			return nil, fmt.Errorf("reading what was kept: %w", err)
		}
	}
	data, err := s2.Decode(nil, packed)
	if err != nil {
		return nil, fmt.Errorf("reading what was kept: %w", err)
	}
	return data, nil
}

// open reads a block back, or finds it among those that were read last.
func (s *Spool) open(k int) (*opened, error) {
	s.used++
	oldest := &s.cache[0]
	for i := range s.cache {
		c := &s.cache[i]
		if c.data != nil && c.index == k {
			c.used = s.used
			return c, nil
		}
		if c.used < oldest.used {
			oldest = c
		}
	}
	data, err := s.blocks[k].read()
	if err != nil {
		return nil, err
	}
	o := opened{index: k, data: data, used: s.used}
	for at, rest := 0, data; len(rest) > 0; at = len(data) - len(rest) {
		o.starts = append(o.starts, int32(at))
		if _, rest, err = parse(rest); err != nil {
			return nil, err
		}
	}
	*oldest = o
	return oldest, nil
}

// record is one record as it is kept.
type record struct {
	line    int
	offset  int64
	reading uint64
	context feed.Context
	text    []byte
	// Of a record that stays in its file: which, how long it is, and its checksum. Text is fetched.
	content uint64
	size    int
	sum     uint64
}

var errBroken = errors.New("what was kept is broken")

func parse(b []byte) (r record, rest []byte, err error) {
	var fields [5]uint64
	for k := range fields {
		v, n := binary.Uvarint(b)
		if n <= 0 {
			return r, nil, errBroken
		}
		fields[k], b = v, b[n:]
	}
	r = record{line: int(fields[0]), offset: int64(fields[1]), reading: fields[2], content: fields[3]}
	switch size := fields[4]; {
	case r.content == 0 && size <= uint64(len(b)):
		r.text = b[:size:size]
		return r, b[size:], nil
	case r.content > 0 && size <= maxLine && len(b) >= checksumSize:
		r.size, r.sum = int(size), binary.LittleEndian.Uint64(b)
		return r, b[checksumSize:], nil
	default:
		return r, nil, errBroken
	}
}

const (
	checksumSize = 8
	maxLine      = 16 << 20 // bytes; longer ones are not read
)

// Incident reads a record back.
func (s *Spool) Incident(n uint32) (*incident.Incident, error) {
	r, err := s.record(n)
	if err != nil {
		return nil, err
	}
	if r.content > 0 {
		if err := s.fetch(&r); err != nil {
			return nil, err
		}
	}
	rec, ok := native.Format.Line(&r.context, r.text, feed.Place{})
	if !ok || rec.Kind != feed.Incident {
		return nil, errBroken
	}
	return &rec.Incident, nil
}

// Place is where a record stood; nothing when that cannot be read back.
func (s *Spool) Place(n uint32) (line int, offset int64) {
	r, err := s.record(n)
	if err != nil {
		return 0, 0
	}
	return r.line, r.offset
}
