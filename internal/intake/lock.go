package intake

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/gofrs/flock"
)

const lockName = "lock"

// ErrLocked is matched by every [LockedError].
var ErrLocked = errors.New("another process is the collector")

// LockedError names the process that is the collector.
type LockedError struct {
	Path string
	PID  int // 0 if it has not said so yet
}

func (e *LockedError) Error() string {
	who := "a process that has not given its number yet"
	if e.PID > 0 {
		who = fmt.Sprintf("process %d", e.PID)
	}
	return fmt.Sprintf("%s: %v: %s holds the lock", e.Path, ErrLocked, who)
}

// Unwrap makes it match ErrLocked.
func (e *LockedError) Unwrap() error { return ErrLocked }

// lock is held by the collector. The kernel releases it when the process ends however it
// ends, so no stale lock is ever broken by guessing; the file stays, because removing it would
// let two processes lock two files of one name.
type lock struct{ flock *flock.Flock }

func takeLock(dir string) (*lock, error) {
	path := filepath.Join(dir, lockName)
	f := flock.New(path, flock.SetFlag(os.O_CREATE|os.O_RDWR), flock.SetPermissions(fileMode))
	ok, err := f.TryLock()
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	if !ok {
		return nil, errors.Join(&LockedError{Path: path, PID: holder(path)}, f.Close())
	}
	if err := os.WriteFile(path, []byte(strconv.Itoa(os.Getpid())+"\n"), fileMode); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return &lock{f}, nil
}

// release leaves no number behind that another process may have by then.
func (l *lock) release() error {
	return errors.Join(os.Truncate(l.flock.Path(), 0), l.flock.Close())
}

// holder is the process that wrote its number into the lock file, 0 if unreadable.
func holder(path string) int {
	text, err := os.ReadFile(path)
	if err != nil {
		return 0
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil || pid < 1 {
		return 0
	}
	return pid
}
