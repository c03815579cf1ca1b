package journal

import (
	"errors"
	"io"
	"io/fs"
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
