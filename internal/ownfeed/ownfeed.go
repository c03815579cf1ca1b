// Package ownfeed writes the desk's own feed: feeds/own.jsonl, native records, one for each report that was taken down and each
// further version of it. Consoles read it like any other feed.
//
// # Guarantees
//
//   - What [Feed.Add] returned without an error is on the disk. An error matches [ErrNotRecorded], nothing stays written, or
//     [ErrNotConfirmed], nobody knows; in both cases the same may be asked again: what is there already is not written twice.
//   - A record is one line, written in one piece: nobody reads half of it, and a half line that something else left behind does not
//     swallow it.
//   - Any number of processes may write at once. Each holds a lock for the time of one record, reads what stands and writes the
//     version that follows.
//   - A file system without room, and what is not a plain file, are refused before anything is taken for written.
//
// There are no goroutines here. A [Feed] is safe for concurrent use.
package ownfeed

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"vigil/internal/feed/native"
	"vigil/internal/incident"
	"vigil/internal/journal"
	"vigil/internal/safetext"
)

// Name is the file in the directory of the feeds. Its records name their authority themselves: who told the desk, or [Authority].
const Name = "own.jsonl"

// Authority is that of a report that does not say who told it, and of the desk's own word on what others report. It is also what a
// line of the file has that names none.
var Authority = safetext.Const("own")

// LockName is the file beside the feed by which its writers keep out of each other's way: names that begin with a dot are no feeds.
const LockName = ".own.lock"

const (
	dirMode  = 0o755 // that of a feed: other tools read it too
	fileMode = 0o644
	lockMode = 0o666 // by umask: people with accounts of their own write to one desk
)

// Errors of recording are those of the journal.
var (
	ErrNotRecorded  = journal.ErrNotRecorded
	ErrNotConfirmed = journal.ErrNotConfirmed
)

// Options of a [Feed]. The zero value is usable.
type Options struct {
	Patience time.Duration // how long a record waits for the lock; 0 is DefaultPatience
	FS       journal.FS    // nil is the machine's
}

// DefaultPatience is how long a record waits while others write theirs, which takes milliseconds.
const DefaultPatience = 5 * time.Second

// Feed is the desk's own feed.
type Feed struct {
	dir  string
	opts Options
	mu   sync.Mutex
}

// New is the feed in the directory of a desk's feeds. Nothing is opened or made before the first record.
func New(dir string, o Options) *Feed {
	if o.Patience == 0 {
		o.Patience = DefaultPatience
	}
	if o.FS == nil {
		o.FS = journal.OS
	}
	return &Feed{dir: dir, opts: o}
}

// Path is the file.
func (f *Feed) Path() string { return filepath.Join(f.dir, Name) }

// Next makes the record that follows the last version of an incident in this feed; last is nil where there is none. What it makes is
// written as the version after that, whatever version it says. An error is handed through.
type Next func(last *incident.Incident) (incident.Incident, error)

// Add writes the record that next makes of the last version of an incident, unless it says the same, and returns what stands then.
func (f *Feed) Add(ctx context.Context, name incident.Identity, next Next) (written incident.Incident, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.prepare(); err != nil {
		return written, fmt.Errorf("%w: %s: %w", ErrNotRecorded, f.Path(), err)
	}
	release, err := f.lock(ctx)
	if err != nil {
		return written, fmt.Errorf("%w: %s: %w", ErrNotRecorded, f.Path(), err)
	}
	defer func() { err = doubtful(err, release()) }()
	file, err := f.open()
	if err != nil {
		return written, fmt.Errorf("%w: %s: %w", ErrNotRecorded, f.Path(), err)
	}
	defer func() { err = doubtful(err, file.Close()) }()
	s, err := f.stands(file, name)
	if err != nil {
		return written, fmt.Errorf("%w: %s: %w", ErrNotRecorded, f.Path(), err)
	}
	written, err = next(s.last)
	if err != nil {
		return written, err
	}
	if s.last != nil && same(&written, s.last) {
		written = *s.last
	} else {
		written.Identity, written.Version, written.Type = name, s.version+1, incident.New
		if s.last != nil {
			written.Type = incident.Update
		}
		if err := s.append(file, native.Encode(&written)); err != nil {
			return written, fmt.Errorf("%s: %w", f.Path(), err)
		}
	}
	// A name that is not durable takes its file with it.
	if err := f.syncNames(); err != nil {
		return written, fmt.Errorf("%w: %s: %w", ErrNotConfirmed, f.Path(), err)
	}
	return written, nil
}

// doubtful adds what went wrong at the end: what was written is on the disk, and was not said to be.
func doubtful(err, end error) error {
	if end != nil {
		end = fmt.Errorf("%w: %w", ErrNotConfirmed, end)
	}
	return errors.Join(err, end)
}

// Last is the last version of an incident in this feed, read without the lock; nil if there is none.
func (f *Feed) Last(name incident.Identity) (*incident.Incident, error) {
	file, err := f.opts.FS.OpenFile(f.Path(), os.O_RDONLY, 0)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, err
	}
	s, err := f.stands(file, name)
	return s.last, errors.Join(err, file.Close())
}

// Versions are the versions of an incident in this feed as they stand there, read without the lock.
func (f *Feed) Versions(name incident.Identity) ([]incident.Incident, error) {
	file, err := f.opts.FS.OpenFile(f.Path(), os.O_RDONLY, 0)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, err
	}
	content, err := whole(file)
	return slices.Collect(versions(content, name)), errors.Join(err, file.Close())
}

// Same reports whether a version that is not written yet says the same as one that is, but for when that was said.
func Same(unwritten, written *incident.Incident) bool {
	i := *unwritten
	i.Identity = written.Identity
	for v := range versions(native.Encode(&i), i.Identity) {
		return same(&v, written)
	}
	return false
}

// same reports whether two versions say the same, but for when that was said.
func same(a, b *incident.Incident) bool {
	x, y := *a, *b
	x.Identity, x.Reported, x.Type, x.Version = y.Identity, y.Reported, y.Type, y.Version
	return x.Hash() == y.Hash()
}

// prepare makes the directory of the feeds.
func (f *Feed) prepare() error {
	if err := f.opts.FS.MkdirAll(f.dir, dirMode); err != nil {
		return err
	}
	// What blocks or lies elsewhere is not opened: a desk reads neither.
	if info, err := os.Lstat(f.Path()); err == nil && !info.Mode().IsRegular() {
		return errors.New("it is no plain file, and vigil reads no other: move it away")
	}
	return nil
}

func (f *Feed) open() (journal.File, error) {
	file, err := f.opts.FS.OpenFile(f.Path(), os.O_RDWR|os.O_CREATE|os.O_APPEND, fileMode)
	if err != nil {
		return nil, err
	}
	// What somebody wrote and did not confirm is confirmed now, or is not there: what is read next comes from the disk.
	if err := errors.Join(file.Sync(), file.Uncache()); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}

// lock takes the lock of the feed. The file stays: removing it would let two processes lock two files of one name.
func (f *Feed) lock(ctx context.Context) (release func() error, err error) {
	ctx, stop := context.WithTimeout(ctx, f.opts.Patience)
	defer stop()
	lock := flock.New(filepath.Join(f.dir, LockName), flock.SetFlag(os.O_CREATE|os.O_RDWR), flock.SetPermissions(lockMode))
	const between = 10 * time.Millisecond
	switch ok, err := lock.TryLockContext(ctx, between); {
	case errors.Is(err, context.DeadlineExceeded), err == nil && !ok:
		return nil, errors.Join(fmt.Errorf("%s is held by another process for longer than %v; try again", lock.Path(), f.opts.Patience), lock.Close())
	case err != nil:
		return nil, errors.Join(err, lock.Close())
	}
	return lock.Close, nil
}

// syncNames makes the names of the file and of its directory durable, whoever made them: an attempt before this one may have
// failed in between.
func (f *Feed) syncNames() error {
	return errors.Join(f.opts.FS.SyncDir(f.dir), f.opts.FS.SyncDir(filepath.Dir(f.dir)))
}
