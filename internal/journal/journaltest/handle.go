package journaltest

import (
	"errors"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"time"
)

type info struct {
	name string
	node *node
	size int64
}

func (i info) Name() string       { return i.name }
func (i info) Size() int64        { return i.size }
func (i info) ModTime() time.Time { return time.Time{} }
func (i info) IsDir() bool        { return i.node.dir }
func (i info) Sys() any           { return i.node }
func (i info) Mode() fs.FileMode {
	if i.node.dir {
		return fs.ModeDir | 0o700
	}
	return 0o600
}

// handle is an open file. Writes go to its end.
type handle struct {
	disk *Disk
	node *node
	name string
	life int
}

// do is one operation on the file; the disk is locked.
func (h *handle) do(op Op) (happens bool, short int, err error) {
	if h.life != h.disk.life {
		return false, 0, ErrPower
	}
	return h.disk.do(op, h.name)
}

func (n *node) change(c change) {
	n.data = c.on(n.data)
	n.dirty = append(n.dirty, c)
}

func (h *handle) Write(b []byte) (int, error) {
	h.disk.mu.Lock()
	defer h.disk.mu.Unlock()
	happens, short, fault := h.do(OpWrite)
	if !happens {
		b = b[:min(short, len(b))]
	}
	if len(b) == 0 {
		return 0, fault
	}
	h.node.change(change{offset: len(h.node.data), bytes: slices.Clone(b)})
	return len(b), fault
}

func (h *handle) ReadAt(b []byte, offset int64) (int, error) {
	h.disk.mu.Lock()
	defer h.disk.mu.Unlock()
	if _, _, err := h.do(OpRead); err != nil {
		return 0, err
	}
	if offset >= int64(len(h.node.data)) {
		return 0, io.EOF
	}
	n := copy(b, h.node.data[offset:])
	if n < len(b) {
		return n, io.EOF
	}
	return n, nil
}

func (h *handle) Stat() (fs.FileInfo, error) {
	h.disk.mu.Lock()
	defer h.disk.mu.Unlock()
	if _, _, err := h.do(OpStat); err != nil {
		return nil, err
	}
	return info{filepath.Base(h.name), h.node, int64(len(h.node.data))}, nil
}

func (h *handle) Truncate(size int64) error {
	h.disk.mu.Lock()
	defer h.disk.mu.Unlock()
	happens, _, fault := h.do(OpTruncate)
	if happens {
		h.node.change(change{offset: int(size), truncate: true})
	}
	return fault
}

func (h *handle) Sync() error {
	h.disk.mu.Lock()
	defer h.disk.mu.Unlock()
	happens, _, fault := h.do(OpSync)
	if happens {
		for _, c := range h.node.dirty {
			h.node.disk = c.on(h.node.disk)
		}
	}
	if happens || !errors.Is(fault, ErrPower) { // a failed fsync forgets what it was for
		h.node.dirty = nil
	}
	return fault
}

func (h *handle) Uncache() error {
	h.disk.mu.Lock()
	defer h.disk.mu.Unlock()
	if h.life != h.disk.life {
		return ErrPower
	}
	if len(h.node.dirty) == 0 {
		h.node.data = slices.Clone(h.node.disk)
	}
	return nil
}

func (h *handle) Close() error {
	h.disk.mu.Lock()
	defer h.disk.mu.Unlock()
	_, _, err := h.do(OpClose)
	return err
}
