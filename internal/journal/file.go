package journal

import (
	"errors"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// FS is what a journal asks of the file system. [OS] is the real one; tests put one in
// between that fails, fills up or loses power.
type FS interface {
	// MkdirAll makes a directory and what leads to it.
	MkdirAll(name string, perm fs.FileMode) error
	// OpenFile is os.OpenFile.
	OpenFile(name string, flag int, perm fs.FileMode) (File, error)
	// ReadDir lists a directory.
	ReadDir(name string) ([]fs.DirEntry, error)
	// Stat is os.Stat.
	Stat(name string) (fs.FileInfo, error)
	// Remove deletes a file.
	Remove(name string) error
	// Rename gives a file another name in its directory, in place of the one that has it.
	Rename(from, to string) error
	// SameFile is os.SameFile.
	SameFile(a, b fs.FileInfo) bool
	// SyncDir makes the names in a directory durable.
	SyncDir(name string) error
}

// File is an open file of an [FS].
type File interface {
	io.Writer
	io.ReaderAt
	io.Closer
	Stat() (fs.FileInfo, error)
	Truncate(size int64) error
	Sync() error
	// Uncache makes the next read come from the disk where the system can do that. A
	// page whose write failed stays in the cache and reads as if it had been written; what
	// is verified must be what a restart would find.
	Uncache() error
}

// OS is the file system of the machine.
var OS FS = osFS{}

type osFS struct{}

func (osFS) MkdirAll(name string, perm fs.FileMode) error { return os.MkdirAll(name, perm) }
func (osFS) ReadDir(name string) ([]fs.DirEntry, error)   { return os.ReadDir(name) }
func (osFS) Stat(name string) (fs.FileInfo, error)        { return os.Stat(name) }
func (osFS) Remove(name string) error                     { return os.Remove(name) }
func (osFS) Rename(from, to string) error                 { return os.Rename(from, to) }
func (osFS) SameFile(a, b fs.FileInfo) bool               { return os.SameFile(a, b) }

func (osFS) OpenFile(name string, flag int, perm fs.FileMode) (File, error) {
	f, err := os.OpenFile(name, flag, perm)
	if err != nil {
		return nil, err // not f: a nil *os.File in an interface is not nil
	}
	return osFile{f}, nil
}

// osFile is a file of the machine. Uncache is beside it, for each system.
type osFile struct{ *os.File }

func (osFS) SyncDir(name string) error {
	d, err := os.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// MakeDir makes a directory, 0700, and what leads to it, each with its name on the disk before anything is made in it: what is
// durable in a directory whose own name is not goes with it when the power does.
func MakeDir(fsys FS, dir string) error {
	above := filepath.Dir(dir)
	if above == dir {
		return nil
	}
	_, err := fsys.Stat(dir)
	if err == nil {
		// Whoever made it may have gone before its name was durable. A directory that this process may not read is not one
		// in which such a process made anything.
		if err = fsys.SyncDir(above); errors.Is(err, fs.ErrPermission) {
			return nil
		}
		return err
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := MakeDir(fsys, above); err != nil {
		return err
	}
	if err := fsys.MkdirAll(dir, dirMode); err != nil {
		return err
	}
	return fsys.SyncDir(above)
}

// readFile reads a small file whole.
func readFile(fsys FS, name string) ([]byte, error) {
	f, err := fsys.OpenFile(name, os.O_RDONLY, 0)
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(io.NewSectionReader(f, 0, math.MaxInt64))
	return text, errors.Join(err, f.Close())
}

// replaceFile writes a small file in place of the one of that name, which is there whole until the new one is. It is
// renameio by way of an [FS], so that a test can cut its power.
func replaceFile(fsys FS, name string, text []byte) error {
	fresh := name + ".new" // one is enough: there is one writer, and what an interruption left of it is written over
	f, err := fsys.OpenFile(fresh, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, fileMode)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return errors.Join(err, fsys.Remove(fresh))
	}
	if err := fsys.Rename(fresh, name); err != nil {
		return errors.Join(err, fsys.Remove(fresh))
	}
	return fsys.SyncDir(filepath.Dir(name))
}

const (
	dirMode  = 0o700
	fileMode = 0o600

	segmentSuffix = ".log"
)

// segment is one file of the log, named by the sequence of its first record.
type segment struct {
	first uint64
	path  string
}

func segmentName(first uint64) string {
	return string(appendPadded(nil, first, seqWidth)) + segmentSuffix
}

// listSegments gives the segments in order. A directory that does not exist holds none.
func listSegments(fsys FS, dir string) ([]segment, error) {
	entries, err := fsys.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var segs []segment
	for _, e := range entries {
		digits, ok := strings.CutSuffix(e.Name(), segmentSuffix)
		if !ok || len(digits) != seqWidth {
			continue
		}
		first, ok := parsePadded([]byte(digits))
		if !ok || first == 0 {
			continue
		}
		segs = append(segs, segment{first, filepath.Join(dir, e.Name())})
	}
	slices.SortFunc(segs, func(a, b segment) int {
		if a.first < b.first {
			return -1
		}
		return 1
	})
	return segs, nil
}

// outOfSpace says whether an error passes when somebody frees space.
func outOfSpace(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}
