// Package journaltest holds file systems for tests of what stands on package journal: [FS] has real files, so that what does
// not know of it can read them, and any operation can be made to fail; [Disk] is in memory, and its power can be cut.
//
// They are for tests only.
package journaltest

import (
	"io/fs"
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
	OpRename   Op = "rename"
	OpSyncDir  Op = "syncdir"
	OpStat     Op = "stat"  // of a Disk only
	OpClose    Op = "close" // of a Disk only
)

// FS is the machine's file system with faults; the zero value has none. A failed fsync loses the bytes for good even if a
// later one succeeds, while reads still see them until [journal.File.Uncache], as Linux has it. It is safe for concurrent use.
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
	durable int64 // bytes that an fsync confirmed
	lost    bool  // a failed fsync dropped what lies beyond durable
}

var _ journal.FS = (*FS)(nil)

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

// Rename is part of journal.FS.
func (f *FS) Rename(from, to string) error {
	if _, err := f.fail(OpRename, from); err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.files[to] = f.files[from]
	delete(f.files, from)
	return journal.OS.Rename(from, to)
}

// SameFile is part of journal.FS.
func (f *FS) SameFile(a, b fs.FileInfo) bool { return journal.OS.SameFile(a, b) }

// SyncDir is part of journal.FS.
func (f *FS) SyncDir(dir string) error {
	if _, err := f.fail(OpSyncDir, dir); err != nil {
		return err
	}
	return nil // as the fsync of a file does nothing here: no power is cut
}

// OpenFile is part of journal.FS.
func (f *FS) OpenFile(name string, flag int, perm fs.FileMode) (journal.File, error) {
	if _, err := f.fail(OpOpen, name); err != nil {
		return nil, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
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
		c = &content{size: info.Size(), durable: info.Size()}
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
