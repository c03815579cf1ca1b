package dutylog

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/gofrs/flock"

	"vigil/internal/duty"
	"vigil/internal/journal"
	"vigil/internal/safetext"
)

const (
	fileMode = 0o600
	lockName = "lock"
)

// Options of [Log]. The zero value is usable.
type Options struct {
	Patience    time.Duration // how long an entry waits for the lock; 0 is DefaultPatience
	SegmentSize int64         // bytes after which a new file begins; 0 is the journal's default
	FS          journal.FS    // of the entries; nil is the machine's
}

// DefaultPatience is how long an entry waits while others write theirs, which takes milliseconds.
const DefaultPatience = 5 * time.Second

// Log adds entries to the duty log in a directory. Nothing is opened or made before the first entry. It keeps its place between
// entries, so that each reads only what others wrote meanwhile.
type Log struct {
	dir  string
	opts Options

	mu   sync.Mutex
	log  *journal.Log        // nil until the first entry, and after a failure
	seen *journal.Reader     // as far as the ids were read
	ids  map[string]struct{} // of all entries up to there
	torn []journal.Torn      // put aside and not yet said in the log
}

// New is the log in dir.
func New(dir string, opts Options) *Log {
	if opts.Patience == 0 {
		opts.Patience = DefaultPatience
	}
	if opts.FS == nil {
		opts.FS = journal.OS
	}
	return &Log{dir: dir, opts: opts}
}

// Close releases what is held open. The log can be used afterwards.
func (l *Log) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.forget()
}

// Append adds an entry, unless it is there by its id, and returns when it is on the disk. The lock is held for no longer than
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
	err = l.add(&e, line)
	if err != nil {
		_ = l.forget() // the next one opens and verifies it; what is wrong has been said
	}
	return errors.Join(err, release())
}

// take takes the lock. The file stays: removing it would let two processes lock two files of one name.
func (l *Log) take(ctx context.Context) (release func() error, err error) {
	if _, err := os.Stat(l.dir); errors.Is(err, fs.ErrNotExist) {
		if err := journal.MakeDir(journal.OS, l.dir); err != nil {
			return nil, err
		}
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

// add writes the line, and before it what was repaired.
func (l *Log) add(e *duty.Entry, line []byte) error {
	if err := l.catchUp(); err != nil {
		return fmt.Errorf("%w: %w", ErrNotRecorded, err)
	}
	if _, is := l.ids[e.ID]; is {
		return l.sameAs(e)
	}
	var lines [][]byte
	for _, t := range l.torn {
		repair, err := repairOf(t, e)
		if err != nil {
			return fmt.Errorf("%w: %w", ErrNotRecorded, err)
		}
		lines = append(lines, repair)
	}
	if _, err := l.log.Append(append(lines, line)...); err != nil {
		return err
	}
	l.torn = nil
	return nil
}

// sameAs compares an entry with the one of its id that is there. What vigil itself says it says again in other words, with what it knows
// by then: the first stands.
func (l *Log) sameAs(e *duty.Entry) error {
	if e.By == duty.Vigil {
		return nil
	}
	r := NewReaderOn(l.opts.FS, l.dir)
	defer func() { _ = r.Close() }() // it was only read
	for {
		there, err := r.Next()
		switch {
		case errors.Is(err, ErrBad):
		case err != nil:
			return fmt.Errorf("%w: %w", ErrNotRecorded, err)
		case there.ID == e.ID && !Same(&there, e):
			return Taken(&there)
		case there.ID == e.ID:
			return nil
		}
	}
}

// Taken is the error about the id of an entry that is there, under which something else was to be recorded. It says what is there.
func Taken(there *duty.Entry) error {
	return fmt.Errorf("%w: %w: %s, line %d of %s, by %s: %s",
		ErrNotRecorded, ErrTaken, there.ID, there.Line.Number, there.Line.File, there.Who(), said(there))
}

// said is what an entry says, where that is of the desk's own doing; of what may repeat a record, which may be restricted by now, it is its
// kind alone.
func said(e *duty.Entry) string {
	switch b := e.Body.(type) {
	case *duty.Ack, *duty.Shelve, *duty.Unshelve, *duty.Close, *duty.Told, *duty.Watch, *duty.Answer, *duty.Flash, *duty.Note:
	case *duty.Claim:
		if b.Alarm == "" {
			return string(e.Word)
		}
	default:
		return string(e.Word)
	}
	const most = 200
	return string(e.Word) + ": " + safetext.CleanMax(duty.Says(e.Body), most).String()
}

// Same reports whether two entries of one id are two attempts at one thing: of one person, and in the same words, where both have them, else
// with the same content.
func Same(a, b *duty.Entry) bool {
	switch {
	case a.By != b.By || a.Word != b.Word:
		return false
	case a.Asked != "" && b.Asked != "":
		return a.Asked == b.Asked
	}
	return sameBody(a, b)
}

func sameBody(a, b *duty.Entry) bool {
	if a.Body == nil || a.Body.Kind() != b.Body.Kind() {
		return false
	}
	x, bad := json.Marshal(a.Body, json.Deterministic(true))
	y, err := json.Marshal(b.Body, json.Deterministic(true))
	return bad == nil && err == nil && bytes.Equal(x, y)
}

// repairOf is the entry that says what was put aside. It was found on the way to another one, and has that one's time and place.
func repairOf(t journal.Torn, on *duty.Entry) ([]byte, error) {
	e := *on
	e.ID, e.By, e.Word = "repair-"+rand.Text(), duty.Vigil, duty.KindRepair
	e.Body = &duty.Repair{Words: duty.Words(fmt.Sprintf("an unfinished record of %d bytes, which nobody was told is recorded, stood at line %d of %s "+
		"(byte %d): a crash left it; it is now in %s", t.Bytes, t.Line, filepath.Base(t.File), t.Offset, filepath.Base(t.SideFile)))}
	return encode(&e)
}

// catchUp takes in what others wrote: from where it stopped, or all of it after something failed.
func (l *Log) catchUp() error {
	if l.log != nil {
		before := l.log.Head().Seq
		rec, err := l.log.Refresh()
		l.torn = append(l.torn, rec.Torn...)
		if err == nil && l.log.Head().Seq >= before {
			if err = l.read(); err == nil {
				return nil
			}
		}
		_ = l.forget() // another log may be in its place: look at it from its beginning
	}
	log, rec, err := journal.Open(l.dir, journal.Options{Sync: journal.SyncAlways, SegmentSize: l.opts.SegmentSize, FS: l.opts.FS})
	l.torn = append(l.torn, rec.Torn...)
	if err != nil {
		return err
	}
	l.log, l.seen, l.ids = log, journal.NewReaderOn(l.opts.FS, l.dir, 0), map[string]struct{}{}
	return l.read()
}

// read takes in the ids of the entries that are new.
func (l *Log) read() error {
	for {
		rec, err := l.seen.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		var named struct {
			ID string `json:"id"`
		}
		if json.Unmarshal(rec.Payload, &named) == nil {
			l.ids[named.ID] = struct{}{}
		}
	}
}

// forget releases everything but what is still to be said.
func (l *Log) forget() error {
	if l.log == nil {
		return nil
	}
	err := errors.Join(l.log.Close(), l.seen.Close())
	l.log, l.seen, l.ids = nil, nil, nil
	return err
}

// ErrBad is matched by an error about one entry that cannot be read; the entries after it can.
var ErrBad = errors.New("entry of the duty log cannot be read")

// Reader reads the entries and goes on when there are more.
type Reader struct {
	log *journal.Reader
	raw journal.Record
}

// NewReader starts at the first entry. A directory without a log reads as an empty one.
func NewReader(dir string) *Reader { return NewReaderOn(journal.OS, dir) }

// NewReaderOn is NewReader for a log that is on another file system than the machine's.
func NewReaderOn(fsys journal.FS, dir string) *Reader {
	return &Reader{log: journal.NewReaderOn(fsys, dir, 0)}
}

// Next is the next entry, or io.EOF when there is none yet. After an error that matches [ErrBad] the next call goes on; for the
// others see [journal.Reader.Next].
func (r *Reader) Next() (duty.Entry, error) {
	rec, err := r.log.Next()
	if err != nil {
		return duty.Entry{}, err
	}
	r.raw = rec
	e, err := decode(rec.Payload)
	if err != nil {
		return duty.Entry{}, fmt.Errorf("%s:%d: %w: %w", rec.File, rec.Line, ErrBad, err)
	}
	e.Seq = rec.Seq
	e.Line = duty.Line{File: filepath.Base(rec.File), Number: rec.Line, Hash: rec.Hash.String()}
	return e, nil
}

// Unfinished is what stands behind the last whole entry: see [journal.Reader.Unfinished].
func (r *Reader) Unfinished() journal.Unfinished { return r.log.Unfinished() }

// Record is what the last Next was about, whether it could be read or not, as it stands in the file. It is valid until the next
// Next.
func (r *Reader) Record() journal.Record { return r.raw }

// Close releases the file that is open. Next opens it again.
func (r *Reader) Close() error { return r.log.Close() }
