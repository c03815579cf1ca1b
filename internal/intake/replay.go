package intake

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"time"

	"vigil/internal/journal"
)

// Reader reads the entries of an intake and can go on when there are more. It takes no
// lock, writes nothing, and is for one goroutine.
type Reader struct {
	log     *journal.Reader
	decoder decoder
	tally   Tally
	block   unpacker // the rest of the block that was read last
	file    string   // where that stands
	line    int
}

// Tally counts what a Reader has met.
type Tally struct {
	Entries int // delivered
	Unknown int // of those, written by a newer version and not understood by this one
	Bad     int // not delivered: whole, but no envelope
}

// NewReader starts at sequence from; 0 and 1 mean the first entry. A directory without an
// intake reads as an empty one.
func NewReader(dir string, from uint64) *Reader { return NewReaderOn(journal.OS, dir, from) }

// NewReaderOn is NewReader for an intake that is on another file system than the machine's.
func NewReaderOn(fsys journal.FS, dir string, from uint64) *Reader {
	return &Reader{log: journal.NewReaderOn(fsys, dir, from)}
}

// Next is the next entry, or io.EOF when there is none yet. An [EntryError] concerns one
// entry and the next call goes on; for the others see [journal.Reader.Next].
func (r *Reader) Next() (Entry, error) {
	if r.block.left > 0 {
		return r.member()
	}
	rec, err := r.log.Next()
	if err != nil {
		return Entry{}, err
	}
	e, err := r.decoder.decode(rec.Payload)
	if err == nil && e.Seq != rec.Seq {
		err = fmt.Errorf("it says that it is entry %d", e.Seq)
	}
	r.file, r.line = rec.File, rec.Line
	if err == nil && e.Kind == KindBlock && e.V == EnvelopeVersion {
		if err = r.block.open(e); err == nil {
			return r.member()
		}
	}
	if err != nil {
		r.tally.Bad++
		return Entry{}, &EntryError{File: rec.File, Line: rec.Line, Seq: rec.Seq, Err: err}
	}
	r.tally.Entries++
	if !e.Understood() {
		r.tally.Unknown++
	}
	return e, nil
}

// member is the next entry of a block. What the rest of a block that is not whole held is lost with it, as one.
func (r *Reader) member() (Entry, error) {
	e, err := r.block.next()
	if err != nil {
		r.tally.Bad++
		r.block.left = 0
		return Entry{}, &EntryError{File: r.file, Line: r.line, Seq: r.block.head.Seq, Err: err}
	}
	r.tally.Entries++
	return e, nil
}

// Offset is how many bytes of the files of the intake were read so far.
func (r *Reader) Offset() int64 { return r.log.Offset() }

// Tally is what was met so far.
func (r *Reader) Tally() Tally { return r.tally }

// Close releases the file that is open. Next opens it again.
func (r *Reader) Close() error { return r.log.Close() }

// Replay delivers all entries that are in the intake now, oldest first. After an
// [EntryError] it goes on if the caller does; any other error is the last thing
// delivered, with every entry before it delivered already.
func Replay(dir string) iter.Seq2[Entry, error] { return ReplayFrom(dir, 0) }

// ReplayFrom is Replay beginning with sequence from.
func ReplayFrom(dir string, from uint64) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		r := NewReader(dir, from)
		defer r.Close()
		r.Rest(yield)
	}
}

// Rest delivers what [Replay] does, from where r is.
func (r *Reader) Rest(yield func(Entry, error) bool) {
	for r.deliver(yield) == nil {
	}
}

// errStop: the consumer has had enough.
var errStop = errors.New("stop")

// deliver hands over one entry; an error ends the loop that calls it.
func (r *Reader) deliver(yield func(Entry, error) bool) error {
	e, err := r.Next()
	if errors.Is(err, io.EOF) {
		return err
	}
	if !yield(e, err) {
		return errStop
	}
	if err == nil {
		return nil
	}
	var one *EntryError
	if errors.As(err, &one) {
		return nil
	}
	return err
}

// PollInterval is how often [Follow] looks for new entries.
const PollInterval = 250 * time.Millisecond

// Follow delivers the entries from sequence from on, and further ones as they are
// recorded, until ctx ends. It looks every PollInterval: notification does not work on every
// file system, and one that failed would look like silence. Errors of the file
// system are delivered and tried again at the next look; damage ends it.
func Follow(ctx context.Context, dir string, from uint64) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		r := NewReader(dir, from)
		defer r.Close()
		tick := time.NewTicker(PollInterval)
		defer tick.Stop()
		for {
			var err error
			for err == nil && ctx.Err() == nil {
				err = r.deliver(yield)
			}
			if errors.Is(err, errStop) || errors.Is(err, journal.ErrDamaged) || errors.Is(err, journal.ErrNewerFormat) {
				return
			}
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
		}
	}
}
