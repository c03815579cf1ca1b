// Package journaltest is a file system for tests of what stands on package journal: real
// files, in which any operation can be made to fail, and whose power can be cut.
//
// It knows which bytes and names an fsync has made durable. [FS.Crash] takes away what was
// not: the worst that a disk which tells the truth about fsync may do. A failed fsync
// loses the bytes for good even if a later one succeeds, while reads still see them
// until [journal.File.Uncache], as Linux has it.
//
// An FS is safe for concurrent use. It is for tests only.
package journaltest

import (
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"vigil/internal/journal"
)

// Op is an operation that can be made to fail.
type Op string

// The operations, each before it is done.
const (
	OpMkdir    Op = "mkdir"
	OpOpen     Op = "open"
	OpReadDir  Op = "readdir"
	OpRead     Op = "read"
	OpWrite    Op = "write"
	OpTruncate Op = "truncate"
	OpSync     Op = "sync"
	OpRemove   Op = "remove"
	OpSyncDir  Op = "syncdir"
)

// FS is a file system with faults. The zero value has none.
type FS struct {
	// Fail decides about each operation, if set: an error makes it fail. A failing write
	// leaves the first short bytes of what it was given.
	Fail func(op Op, name string) (short int, err error)

	mu    sync.Mutex
	files map[string]*content
}

// content is what is known about the durability of one file.
type content struct {
	size    int64 // as a process sees it
	durable int64 // bytes that survive
	lost    bool  // a failed fsync dropped what lies beyond durable
	named   bool  // the name survives
}

var _ journal.FS = (*FS)(nil)

// Crash cuts the power. keep says how many of n bytes that no fsync confirmed have reached
// the disk all the same; zeroed says of how many of those only the length did. Files
// that were open stay usable by nobody: drop them.
func (f *FS) Crash(keep, zeroed func(n int64) int64) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	for name, c := range f.files {
		if !c.named && keep(1) == 0 {
			if err := os.Remove(name); err != nil && !os.IsNotExist(err) {
				return err
			}
			continue
		}
		kept := int64(0)
		if n := c.size - c.durable; n > 0 && !c.lost {
			kept = keep(n)
		}
		if err := os.Truncate(name, c.durable+kept); err != nil {
			if os.IsNotExist(err) {
				continue
			}
			return err
		}
		if err := blank(name, c.durable+kept, zeroed(kept)); err != nil {
			return err
		}
	}
	f.files = nil // what is there now is on the disk
	return nil
}

// blank overwrites the n bytes before end with NUL.
func blank(name string, end, n int64) error {
	if n <= 0 {
		return nil
	}
	file, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	defer file.Close() //nolint:errcheck // it is only read
	_, err = file.WriteAt(make([]byte, n), end-n)
	return err
}

func (f *FS) fail(op Op, name string) (int, error) {
	if f.Fail == nil {
		return 0, nil
	}
	return f.Fail(op, name)
}

// MkdirAll is part of journal.FS.
func (f *FS) MkdirAll(name string, perm fs.FileMode) error {
	if _, err := f.fail(OpMkdir, name); err != nil {
		return err
	}
	return journal.OS.MkdirAll(name, perm)
}

// Stat is part of journal.FS.
func (f *FS) Stat(name string) (fs.FileInfo, error) { return journal.OS.Stat(name) }

// ReadDir is part of journal.FS.
func (f *FS) ReadDir(name string) ([]fs.DirEntry, error) {
	if _, err := f.fail(OpReadDir, name); err != nil {
		return nil, err
	}
	return journal.OS.ReadDir(name)
}

// Remove is part of journal.FS.
func (f *FS) Remove(name string) error {
	if _, err := f.fail(OpRemove, name); err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.files, name)
	return journal.OS.Remove(name)
}

// SyncDir is part of journal.FS.
func (f *FS) SyncDir(dir string) error {
	if _, err := f.fail(OpSyncDir, dir); err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	for name, c := range f.files {
		c.named = c.named || filepath.Dir(name) == filepath.Clean(dir)
	}
	return nil
}

// OpenFile is part of journal.FS.
func (f *FS) OpenFile(name string, flag int, perm fs.FileMode) (journal.File, error) {
	if _, err := f.fail(OpOpen, name); err != nil {
		return nil, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	_, missing := os.Stat(name)
	real, err := journal.OS.OpenFile(name, flag, perm)
	if err != nil {
		return nil, err
	}
	c := f.files[name]
	if c == nil {
		info, err := real.Stat()
		if err != nil {
			return nil, err
		}
		c = &content{size: info.Size(), durable: info.Size(), named: missing == nil}
		if f.files == nil {
			f.files = make(map[string]*content)
		}
		f.files[name] = c
	}
	return &file{File: real, fs: f, name: name, content: c}, nil
}

type file struct {
	journal.File
	fs      *FS
	name    string
	content *content
}

func (f *file) ReadAt(b []byte, off int64) (int, error) {
	if short, err := f.fs.fail(OpRead, f.name); err != nil {
		return short, err
	}
	return f.File.ReadAt(b, off)
}

func (f *file) Write(b []byte) (int, error) {
	short, fault := f.fs.fail(OpWrite, f.name)
	if fault != nil {
		b = b[:min(short, len(b))]
	}
	f.fs.mu.Lock()
	defer f.fs.mu.Unlock()
	n, err := f.File.Write(b)
	f.content.size += int64(n)
	if fault != nil {
		err = fault
	}
	return n, err
}

func (f *file) Truncate(size int64) error {
	if _, err := f.fs.fail(OpTruncate, f.name); err != nil {
		return err
	}
	f.fs.mu.Lock()
	defer f.fs.mu.Unlock()
	f.content.size = size
	f.content.durable = min(f.content.durable, size)
	return f.File.Truncate(size)
}

func (f *file) Sync() error {
	_, err := f.fs.fail(OpSync, f.name)
	f.fs.mu.Lock()
	defer f.fs.mu.Unlock()
	switch {
	case err != nil:
		f.content.lost = f.content.size > f.content.durable
	case !f.content.lost:
		f.content.durable = f.content.size
	}
	return err
}

func (f *file) Uncache() error {
	f.fs.mu.Lock()
	defer f.fs.mu.Unlock()
	if f.content.lost {
		f.content.lost = false
		f.content.size = f.content.durable
		return f.File.Truncate(f.content.durable)
	}
	return nil
}
