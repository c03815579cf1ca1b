package dutylog

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"vigil/internal/duty"
	"vigil/internal/journal"
)

const (
	dirMode  = 0o700
	fileMode = 0o600
	lockName = "lock"
)

// Options of [Log]. The zero value is usable.
type Options struct {
	Patience time.Duration // how long an entry waits for the lock; 0 is DefaultPatience
	FS       journal.FS    // of the entries; nil is the machine's
}

// DefaultPatience is how long an entry waits while others write theirs, which takes milliseconds.
const DefaultPatience = 5 * time.Second

// Log adds entries to the duty log in a directory. Nothing is opened or made before the first entry.
type Log struct {
	dir  string
	opts Options
	mu   sync.Mutex
}

// New is the log in dir.
func New(dir string, opts Options) *Log {
	if opts.Patience == 0 {
		opts.Patience = DefaultPatience
	}
	return &Log{dir: dir, opts: opts}
}

// Append adds an entry, unless one with its id is there, and returns when it is on the disk. The lock is held for no longer than
// that: the end of the log is read again, whoever wrote it, the entry written in one piece and confirmed by the disk.
func (l *Log) Append(ctx context.Context, e duty.Entry) error {
	if err := e.Check(); err != nil {
		return fmt.Errorf("%w: %w", ErrNotRecorded, err)
	}
	line, err := encode(&e)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrNotRecorded, err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	release, err := l.take(ctx)
	if err != nil {
		return fmt.Errorf("%w: duty log %s: %w", ErrNotRecorded, l.dir, err)
	}
	err = l.add(e.ID, line)
	return errors.Join(err, release())
}

// take takes the lock. The file stays: removing it would let two processes lock two files of one name.
func (l *Log) take(ctx context.Context) (release func() error, err error) {
	if err := os.MkdirAll(l.dir, dirMode); err != nil {
		return nil, err
	}
	ctx, stop := context.WithTimeout(ctx, l.opts.Patience)
	defer stop()
	lock := flock.New(filepath.Join(l.dir, lockName), flock.SetFlag(os.O_CREATE|os.O_RDWR), flock.SetPermissions(fileMode))
	const between = 10 * time.Millisecond
	switch ok, err := lock.TryLockContext(ctx, between); {
	case errors.Is(err, context.DeadlineExceeded), err == nil && !ok:
		return nil, errors.Join(fmt.Errorf("%s is held by another process for longer than %v; try again", lock.Path(), l.opts.Patience), lock.Close())
	case err != nil:
		return nil, errors.Join(err, lock.Close())
	}
	return lock.Close, nil
}

// add writes the line. The whole log is read for the id: it holds what people did, not what feeds say.
func (l *Log) add(id string, line []byte) (err error) {
	log, _, err := journal.Open(l.dir, journal.Options{Sync: journal.SyncAlways, FS: l.opts.FS})
	if err != nil {
		return fmt.Errorf("%w: %w", ErrNotRecorded, err)
	}
	defer func() { err = errors.Join(err, log.Close()) }()
	r := NewReader(l.dir)
	defer func() { _ = r.Close() }() // nothing is lost when closing what was only read
	for {
		e, err := r.Next()
		switch {
		case err == nil && e.ID == id:
			return nil
		case errors.Is(err, io.EOF):
			_, err := log.Append(line)
			return err
		case err != nil && !errors.Is(err, ErrBad):
			return fmt.Errorf("%w: %w", ErrNotRecorded, err)
		}
	}
}

// ErrBad is matched by an error about one entry that cannot be read; the entries after it can.
var ErrBad = errors.New("entry of the duty log cannot be read")

// Reader reads the entries and goes on when there are more.
type Reader struct{ log *journal.Reader }

// NewReader starts at the first entry. A directory without a log reads as an empty one.
func NewReader(dir string) *Reader { return &Reader{journal.NewReader(dir, 0)} }

// Next is the next entry, or io.EOF when there is none yet. After an error that matches [ErrBad] the next call goes on; for the
// others see [journal.Reader.Next].
func (r *Reader) Next() (duty.Entry, error) {
	rec, err := r.log.Next()
	if err != nil {
		return duty.Entry{}, err
	}
	e, err := decode(rec.Payload)
	if err != nil {
		return duty.Entry{}, fmt.Errorf("%s:%d: %w: %w", rec.File, rec.Line, ErrBad, err)
	}
	e.Seq = rec.Seq
	return e, nil
}

// Unfinished is what stands behind the last whole entry: see [journal.Reader.Unfinished].
func (r *Reader) Unfinished() journal.Unfinished { return r.log.Unfinished() }

// Close releases the file that is open. Next opens it again.
func (r *Reader) Close() error { return r.log.Close() }
