package journaltest

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"vigil/internal/journal"
)

// ErrPower is what every operation says once the power is gone.
var ErrPower = errors.New("the power is gone")

// Done is given by a Fail of a [Disk] instead of a number of bytes, and makes the operation happen and fail all the same.
const Done = -1

// Disk is a file system in memory that knows what would survive the loss of power: bytes that a file's own fsync confirmed, and
// names that one of their directory did. [Disk.Crash] takes away of all else as much as the dice say, in any of the ways in
// which a disk that tells the truth about fsync may: all, none, a part from the start, sectors in any order, a length whose
// bytes were never written, names in any order.
//
// A failed fsync loses what it was for even if a later one succeeds, while reads still see it until [journal.File.Uncache], as
// Linux has it. A Disk is safe for concurrent use.
type Disk struct {
	// Fail decides about each operation, if set: an error makes it fail. A failing write leaves the first short bytes of what
	// it was given; see also Done.
	Fail func(op Op, name string) (short int, err error)

	mu      sync.Mutex
	now     map[string]*node // the names as processes see them
	safe    map[string]*node // the names that survive
	pending []naming         // what makes now of safe, in order
	life    int              // a handle of an earlier one is dead
	calls   int              // operations since the power came
	cut     int              // the operation at which it goes; 0 never
	happens bool             // whether that one still does
	off     bool
}

// Dice choose among n possibilities.
type Dice interface{ IntN(n int) int }

// node is a file or a directory.
type node struct {
	dir   bool
	data  []byte // as processes see it
	disk  []byte // what survives
	dirty []change
}

// change is one that no fsync has confirmed.
type change struct {
	offset   int
	bytes    []byte
	truncate bool // to offset
}

// naming is one change of names in a directory, that happens whole or not at all.
type naming struct {
	dir string
	put map[string]*node // nil takes the name away
}

var _ journal.FS = (*Disk)(nil)

// NewDisk is an empty disk with one directory, which is durable as those above it are.
func NewDisk(dir string) *Disk {
	d := &Disk{safe: map[string]*node{}}
	for name := filepath.Clean(dir); ; name = filepath.Dir(name) {
		d.safe[name] = &node{dir: true}
		if name == filepath.Dir(name) {
			break
		}
	}
	d.now = maps.Clone(d.safe)
	return d
}

// CutAt makes the power go at the nth operation from now, which happens or not.
func (d *Disk) CutAt(n int, happens bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.calls, d.cut, d.happens = 0, n, happens
}

// Calls is how many operations there were since the power came or CutAt was called.
func (d *Disk) Calls() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.calls
}

// Crash cuts the power if it is not gone, and brings it back. What no fsync confirmed is there as far as the dice say.
func (d *Disk) Crash(dice Dice) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.names(dice)
	for _, name := range slices.Sorted(maps.Keys(d.safe)) {
		for above := filepath.Dir(name); ; above = filepath.Dir(above) {
			if n := d.safe[above]; n == nil || !n.dir {
				delete(d.safe, name) // with the directory that it was in
				break
			}
			if above == filepath.Dir(above) {
				d.safe[name].settle(dice)
				break
			}
		}
	}
	d.now, d.pending = maps.Clone(d.safe), nil
	d.life++
	d.calls, d.cut, d.off = 0, 0, false
}

// Revive brings the disk back with all that processes saw, as when the process was killed and the machine ran on.
func (d *Disk) Revive() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.life++
	d.calls, d.cut, d.off = 0, 0, false
}

// names decides which changes of names reached the disk.
func (d *Disk) names(dice Dice) {
	var kept []naming
	switch dice.IntN(3) {
	case 0: // none
	case 1: // as a file system with a log of them has it
		kept = d.pending[:dice.IntN(len(d.pending)+1)]
	default: // any
		for _, p := range d.pending {
			if dice.IntN(2) == 0 {
				kept = append(kept, p)
			}
		}
	}
	for _, p := range kept {
		p.apply(d.safe)
	}
}

func (p naming) apply(names map[string]*node) {
	for name, n := range p.put {
		if n == nil {
			delete(names, name)
		} else {
			names[name] = n
		}
	}
}

// settle decides what of a file reached the disk.
func (n *node) settle(dice Dice) {
	switch way := dice.IntN(5); way {
	case 0: // nothing
	case 1: // all
		for _, c := range n.dirty {
			n.disk = c.on(n.disk)
		}
	case 2, 3: // a part from the start; of the last the length alone, from some sector on
		if len(n.dirty) == 0 {
			break
		}
		whole := dice.IntN(len(n.dirty))
		for _, c := range n.dirty[:whole] {
			n.disk = c.on(n.disk)
		}
		last := n.dirty[whole]
		last.bytes = slices.Clone(last.bytes[:dice.IntN(len(last.bytes)+1)])
		if way == 3 && !last.truncate {
			last.blank(last.offset+dice.IntN(len(last.bytes)+1), last.offset+len(last.bytes))
		}
		n.disk = last.on(n.disk)
	default:
		n.disk = n.scattered(dice)
	}
	n.data, n.dirty = slices.Clone(n.disk), nil
}

const sectorSize = 512

// scattered is the file at its full length, each sector as it was at some time since the last fsync. What a truncation took
// away does not come back.
func (n *node) scattered(dice Dice) []byte {
	content := slices.Clone(n.disk)
	times := [][]byte{content}
	for _, c := range n.dirty {
		content = c.on(slices.Clone(content))
		if c.truncate {
			times = times[:0]
		}
		times = append(times, content)
	}
	whole := slices.Clone(content)
	for at := 0; at < len(whole); at += sectorSize {
		sector := whole[at:min(at+sectorSize, len(whole))]
		then := times[dice.IntN(len(times))]
		clear(sector[copy(sector, then[min(at, len(then)):]):])
	}
	return whole
}

// blank makes the sectors from one offset of the file to another NUL, as far as they are of this change. A sector that holds
// something older keeps it.
func (c change) blank(from, to int) {
	if from > c.offset { // the sector in which it lies was not written at all
		from = max(c.offset, from/sectorSize*sectorSize)
	}
	clear(c.bytes[from-c.offset : to-c.offset])
}

// on gives content with the change made.
func (c change) on(content []byte) []byte {
	if c.truncate {
		if len(content) > c.offset {
			return content[:c.offset:c.offset]
		}
		return append(content, make([]byte, c.offset-len(content))...)
	}
	if end := c.offset + len(c.bytes); len(content) < end {
		content = append(content, make([]byte, end-len(content))...)
	} else {
		content = slices.Clone(content)
	}
	copy(content[c.offset:], c.bytes)
	return content
}

// do is one operation: whether it happens, how much of it, and its error.
func (d *Disk) do(op Op, name string) (happens bool, short int, err error) {
	if d.off {
		return false, 0, ErrPower
	}
	d.calls++
	if d.cut > 0 && d.calls >= d.cut {
		d.off = true
		return d.happens, 0, ErrPower
	}
	if d.Fail == nil {
		return true, 0, nil
	}
	short, err = d.Fail(op, name)
	return err == nil || short == Done, short, err
}

func (d *Disk) find(op, name string) (*node, error) {
	n := d.now[filepath.Clean(name)]
	if n == nil {
		return nil, &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
	}
	return n, nil
}

// put changes names in one directory.
func (d *Disk) put(dir string, names map[string]*node) {
	p := naming{dir, names}
	p.apply(d.now)
	d.pending = append(d.pending, p)
}

// MkdirAll is part of journal.FS.
func (d *Disk) MkdirAll(name string, _ fs.FileMode) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	happens, _, err := d.do(OpMkdir, name)
	if !happens {
		return err
	}
	var missing []string
	for at := filepath.Clean(name); d.now[at] == nil; at = filepath.Dir(at) {
		missing = append(missing, at)
	}
	for _, at := range slices.Backward(missing) {
		d.put(filepath.Dir(at), map[string]*node{at: {dir: true}})
	}
	return err
}

// OpenFile is part of journal.FS.
func (d *Disk) OpenFile(name string, flag int, _ fs.FileMode) (journal.File, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	happens, _, fault := d.do(OpOpen, name)
	if !happens {
		return nil, fault
	}
	name = filepath.Clean(name)
	n := d.now[name]
	switch {
	case n == nil && flag&os.O_CREATE == 0:
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	case n != nil && flag&os.O_EXCL != 0:
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrExist}
	case n == nil:
		if _, err := d.find("open", filepath.Dir(name)); err != nil {
			return nil, err
		}
		n = &node{}
		d.put(filepath.Dir(name), map[string]*node{name: n})
	case flag&os.O_TRUNC != 0:
		n.change(change{truncate: true})
	}
	if fault != nil {
		return nil, fault
	}
	return &handle{disk: d, node: n, name: name, life: d.life}, nil
}

// ReadDir is part of journal.FS.
func (d *Disk) ReadDir(name string) ([]fs.DirEntry, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, _, err := d.do(OpReadDir, name); err != nil {
		return nil, err
	}
	if _, err := d.find("readdir", name); err != nil {
		return nil, err
	}
	var list []fs.DirEntry
	for at, n := range d.now {
		if filepath.Dir(at) == filepath.Clean(name) && at != filepath.Dir(at) {
			list = append(list, fs.FileInfoToDirEntry(info{filepath.Base(at), n, int64(len(n.data))}))
		}
	}
	slices.SortFunc(list, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return list, nil
}

// Stat is part of journal.FS.
func (d *Disk) Stat(name string) (fs.FileInfo, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, _, err := d.do(OpStat, name); err != nil {
		return nil, err
	}
	n, err := d.find("stat", name)
	if err != nil {
		return nil, err
	}
	return info{filepath.Base(name), n, int64(len(n.data))}, nil
}

// SameFile is part of journal.FS.
func (d *Disk) SameFile(a, b fs.FileInfo) bool { return a.Sys() == b.Sys() }

// Remove is part of journal.FS.
func (d *Disk) Remove(name string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	happens, _, fault := d.do(OpRemove, name)
	if !happens {
		return fault
	}
	if _, err := d.find("remove", name); err != nil {
		return err
	}
	d.put(filepath.Dir(name), map[string]*node{filepath.Clean(name): nil})
	return fault
}

// Rename is part of journal.FS.
func (d *Disk) Rename(from, to string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	happens, _, fault := d.do(OpRename, from)
	if !happens {
		return fault
	}
	n, err := d.find("rename", from)
	if err != nil {
		return err
	}
	if filepath.Dir(from) != filepath.Dir(to) {
		return fmt.Errorf("rename %s to %s: another directory", from, to)
	}
	d.put(filepath.Dir(from), map[string]*node{filepath.Clean(from): nil, filepath.Clean(to): n})
	return fault
}

// SyncDir is part of journal.FS.
func (d *Disk) SyncDir(dir string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	happens, _, fault := d.do(OpSyncDir, dir)
	if !happens {
		return fault
	}
	if _, err := d.find("sync", dir); err != nil {
		return err
	}
	var rest []naming
	for _, p := range d.pending {
		if p.dir == filepath.Clean(dir) {
			p.apply(d.safe)
		} else {
			rest = append(rest, p)
		}
	}
	d.pending = rest
	return fault
}

// Content is what a file holds as processes see it, nil if there is none. It is the file's own: changing it damages the
// file.
func (d *Disk) Content(name string) []byte {
	d.mu.Lock()
	defer d.mu.Unlock()
	if n := d.now[filepath.Clean(name)]; n != nil {
		return n.data
	}
	return nil
}

// Put makes a file hold something, durably and without an operation that could fail; nil takes it away.
func (d *Disk) Put(name string, content []byte) {
	d.mu.Lock()
	defer d.mu.Unlock()
	name = filepath.Clean(name)
	if content == nil {
		delete(d.now, name)
		delete(d.safe, name)
		return
	}
	n := d.now[name]
	if n == nil {
		n = &node{}
		d.now[name], d.safe[name] = n, n
	}
	n.data, n.disk, n.dirty = content, slices.Clone(content), nil
}
