package source

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"vigil/internal/safetext"
)

// fileID tells two files apart while both exist; numbers are used again after a deletion.
type fileID struct{ device, inode uint64 }

// facts are what a stat tells of a file. Times are in nanoseconds so that two facts
// compare with ==.
type facts struct {
	id       fileID
	size     int64
	modified int64
	changed  int64
	mode     fs.FileMode
}

func factsOf(info fs.FileInfo) (f facts, links uint64) {
	id, links := identify(info)
	return facts{
		id: id, size: info.Size(), modified: info.ModTime().UnixNano(), changed: changeTime(info), mode: info.Mode(),
	}, links
}

// modTime is zero for the zero facts.
func (f facts) modTime() time.Time {
	if f == (facts{}) {
		return time.Time{}
	}
	return time.Unix(0, f.modified).UTC()
}

// failure is an error with its cause already known.
type failure struct {
	cause Cause
	err   error
	head  []byte // of a content that nobody recognises
}

func (f *failure) Error() string { return f.err.Error() }
func (f *failure) Unwrap() error { return f.err }

func refuse(format string, args ...any) error {
	return &failure{cause: CauseRefused, err: fmt.Errorf(format, args...)}
}

// causeOf classifies an error of the file system.
func causeOf(err error) Cause {
	var f *failure
	switch {
	case errors.As(err, &f):
		return f.cause
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		return CauseMissing
	case errors.Is(err, fs.ErrPermission):
		return CausePermission
	case errors.Is(err, syscall.ELOOP): // a link was put there between looking and opening
		return CauseRefused
	default:
		return CauseIO
	}
}

// wordsOf says what is wrong with a file, and what to do where that is always the same: not the name of the call that
// failed nor the path, which stands before it wherever it is shown.
func wordsOf(err error) safetext.Text {
	var at *fs.PathError
	if !errors.As(err, &at) {
		return safetext.Error(err)
	}
	switch causeOf(err) {
	case CauseMissing:
		return safetext.Const("there is no such file or directory: put it there, or correct its path in vigil.toml")
	case CausePermission:
		return safetext.Const("permission denied: give this user the right to read it, and to enter the directories above it")
	default:
		return safetext.Error(at.Err)
	}
}

// file is what reading needs of an open file; tests put faults between.
type file interface {
	io.ReaderAt
	io.Closer
	Stat() (fs.FileInfo, error)
}

// place is where a path leads, with every link resolved.
type place struct {
	real string // the path without links
	root string // the desk without links; empty if real may lie anywhere
}

// locate resolves path and refuses one that leads out of root. An empty root allows any place.
func locate(path, root string) (place, error) {
	target, err := filepath.EvalSymlinks(path)
	if err != nil {
		if _, errStat := os.Stat(path); errors.Is(errStat, syscall.ELOOP) {
			err = refuse("%s is a link that leads to itself", path)
		}
		return place{}, err
	}
	if root == "" {
		return place{real: target}, nil
	}
	root, err = filepath.EvalSymlinks(root)
	if err != nil {
		return place{}, err
	}
	if rel, err := filepath.Rel(root, target); err != nil || !filepath.IsLocal(rel) {
		return place{}, refuse("%s leads out of the desk to %s: copy the file into the desk, or name it in vigil.toml", path, target)
	}
	return place{real: target, root: root}, nil
}

// stat looks at the place without opening it and refuses what is no regular file.
func (p place) stat() (facts, error) {
	info, err := os.Lstat(p.real)
	if err != nil {
		return facts{}, err
	}
	f, _ := factsOf(info)
	return f, regular(info)
}

// regular refuses everything that is not a plain file: opening a pipe waits for its writer,
// opening a device may do anything.
func regular(info fs.FileInfo) error {
	what := "no regular file"
	switch m := info.Mode(); {
	case m.IsRegular():
		return nil
	case m.IsDir():
		what = "a directory"
	case m&fs.ModeNamedPipe != 0:
		what = "a named pipe"
	case m&fs.ModeSocket != 0:
		what = "a socket"
	case m&fs.ModeDevice != 0:
		what = "a device"
	case m&fs.ModeSymlink != 0:
		what = "a link that changed while it was followed"
	}
	return refuse("%s is %s, and only regular files are read: write into one, or move this away", info.Name(), what)
}

// errMoved says that between looking and opening another file took the place.
var errMoved = errors.New("source: the file was replaced while it was opened")

// open opens the file that want describes, and nothing else.
func (p place) open(want facts) (file, error) {
	f, err := p.openAt()
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil {
		err = regular(info)
	}
	if err == nil {
		if got, _ := factsOf(info); got.id != want.id {
			err = errMoved
		}
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// openAt opens the place beneath the desk's directory handle if there is one, so that not even a
// directory exchanged for a link in this moment leads outside.
func (p place) openAt() (*os.File, error) {
	const flags = os.O_RDONLY | nonBlock | noFollow
	if p.root == "" {
		return os.OpenFile(p.real, flags, 0)
	}
	rel, err := filepath.Rel(p.root, p.real)
	if err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(p.root)
	if err != nil {
		return nil, err
	}
	f, err := root.OpenFile(rel, flags, 0)
	return f, errors.Join(err, root.Close())
}

// readHead returns up to [HeadSize] bytes of the beginning.
func readHead(r io.ReaderAt) ([]byte, error) {
	b := make([]byte, HeadSize)
	n, err := r.ReadAt(b, 0)
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return b[:n], err
}
