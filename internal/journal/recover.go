package journal

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Recovery says what [Open] found and repaired. The caller shows and records it.
type Recovery struct {
	First, Last uint64   // sequences that the log holds; 0, 0 when it holds none
	Torn        []Torn   // unfinished records that were put aside
	Dropped     []string // segments that an interrupted [Log.Drop] had left behind
}

// Repaired says whether there is anything to tell.
func (r Recovery) Repaired() bool { return len(r.Torn)+len(r.Dropped) > 0 }

// Torn is the unfinished end of a log, which no call had acknowledged as durable.
type Torn struct {
	Position        // where it stood
	Bytes    int64  // how much
	SideFile string // where it is now
}

func (t Torn) String() string {
	return fmt.Sprintf("%s: an unfinished record of %d bytes was moved to %s", t.Position, t.Bytes, t.SideFile)
}

// Verify is [Check] of the machine's file system and without a checkpoint. It gives the end of what is whole.
func Verify(dir string) (Head, error) {
	c, err := Check(OS, dir, Head{})
	return c.Head, err
}

func (r *Reader) head() Head {
	if r.next == 0 {
		return Head{}
	}
	return Head{r.next - 1, r.hash}
}

// open finds the end of the log, repairs it, and makes durable what is there: a record
// that a crashed writer had only handed to the kernel must not be built upon and vanish later.
func (l *Log) open() (Recovery, error) {
	var rec Recovery
	if err := MakeDir(l.fs, l.dir); err != nil {
		return rec, err
	}
	dropped, err := finishDrop(l.fs, l.dir)
	rec.Dropped = dropped
	if err != nil {
		return rec, err
	}
	segs, err := listSegments(l.fs, l.dir)
	if err != nil {
		return rec, err
	}
	from := uint64(0)
	if n := len(segs); n > 0 {
		if err := l.settle(segs[n-1]); err != nil {
			return rec, err
		}
		if !l.opts.Verify {
			from = segs[n-1].first
		}
	}
	if err := l.catchUp(NewReaderOn(l.fs, l.dir, from), &rec); err != nil {
		return rec, err
	}
	if err := l.fs.SyncDir(l.dir); err != nil {
		return rec, err
	}
	if segs, err = listSegments(l.fs, l.dir); err != nil {
		return rec, err
	}
	if l.next > segs[0].first {
		rec.First, rec.Last = segs[0].first, l.next-1
	}
	return rec, nil
}

// settle makes sure that what is read next is what the disk holds: an earlier writer may have
// left records that were never made durable, or that failed to be.
func (l *Log) settle(last segment) error {
	f, err := l.fs.OpenFile(last.path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	err = f.Sync()
	if err == nil {
		err = f.Uncache()
	}
	return errors.Join(err, f.Close())
}

// Refresh takes in what other processes appended since, for logs that several processes
// write in turn: take the lock, Refresh, Append with [SyncAlways], release the lock. It
// verifies what it takes in and repairs a torn end that one of them left.
func (l *Log) Refresh() (Recovery, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	var rec Recovery
	if l.failed != nil {
		return rec, l.failed
	}
	r := NewReaderOn(l.fs, l.dir, l.next)
	r.seg, r.format = l.seg, FormatVersion
	r.line, r.good = int(l.next-l.seg.first)+1, l.size
	r.next, r.hash = l.next, l.hash
	before := l.next
	err := l.catchUp(r, &rec)
	if errors.Is(err, fs.ErrNotExist) { // retention took the segment away meanwhile
		err = l.catchUp(NewReaderOn(l.fs, l.dir, maxSeq), &rec)
	}
	if err != nil {
		return rec, fmt.Errorf("read the log again: %w", l.fail(err))
	}
	if l.next > before {
		rec.First, rec.Last = before, l.next-1
	}
	return rec, nil
}

// catchUp moves the log's end to where r finds it, and repairs it there.
func (l *Log) catchUp(r *Reader, rec *Recovery) error {
	defer r.Close()
	for {
		if _, err := r.step(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return err
		}
	}
	if r.format > FormatVersion {
		return fmt.Errorf("%s: %w: format %d, this is version %d; it can be read but not added to; update vigil",
			r.seg.path, ErrNewerFormat, r.format, FormatVersion)
	}
	segs, err := listSegments(l.fs, l.dir)
	if err != nil {
		return err
	}
	if len(segs) == 0 {
		return l.create(segment{1, filepath.Join(l.dir, segmentName(1))}, Hash{})
	}
	if last := segs[len(segs)-1]; last.path != r.seg.path {
		// Its header is torn: a crash came while it was being made.
		if err := l.discard(last, rec); err != nil {
			return err
		}
		if r.seg.path == "" {
			r = NewReaderOn(l.fs, l.dir, r.from)
		}
		return l.catchUp(r, rec)
	}
	return l.adopt(r, rec)
}

// adopt makes the segment that r has read to its end the one to append to.
func (l *Log) adopt(r *Reader, rec *Recovery) error {
	f, err := l.fs.OpenFile(r.seg.path, os.O_RDWR|os.O_APPEND, 0)
	if err != nil {
		return err
	}
	torn, err := l.quarantine(f, Position{File: r.seg.path, Line: r.line + 1, Offset: r.good})
	rec.Torn = append(rec.Torn, torn...)
	if err == nil && (len(torn) > 0 || r.next > l.next) {
		err = f.Sync()
	}
	if err != nil {
		return errors.Join(err, f.Close())
	}
	_ = l.closeFile() // of the segment before; nothing in it is waiting
	l.seg, l.file, l.size = r.seg, f, r.good
	l.next, l.hash, l.durable = r.next, r.hash, r.next-1
	return nil
}

// quarantine moves what follows pos to a side file. The copy is durable before the original
// goes.
func (l *Log) quarantine(f File, pos Position) ([]Torn, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	n := info.Size() - pos.Offset
	if n <= 0 {
		return nil, nil
	}
	side, err := l.sideFile(pos, io.NewSectionReader(f, pos.Offset, n))
	if err != nil {
		return nil, fmt.Errorf("%s: put an unfinished record aside: %w", pos, err)
	}
	if err := f.Truncate(pos.Offset); err != nil {
		return nil, fmt.Errorf("%s: cut off an unfinished record: %w", pos, err)
	}
	return []Torn{{Position: pos, Bytes: n, SideFile: side}}, nil
}

// discard puts aside a segment without a whole header.
func (l *Log) discard(seg segment, rec *Recovery) error {
	f, err := l.fs.OpenFile(seg.path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	torn, err := l.quarantine(f, Position{File: seg.path, Line: 1})
	rec.Torn = append(rec.Torn, torn...)
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return l.fs.Remove(seg.path)
}

// TornInfix is in the names of the files in which unfinished records are put aside.
const TornInfix = ".torn-"

// sideFile writes what was torn beside the segment, under a name that is free.
func (l *Log) sideFile(pos Position, content io.Reader) (string, error) {
	for n := 1; ; n++ {
		name := fmt.Sprintf("%s%s%d-%d", pos.File, TornInfix, pos.Offset, n)
		f, err := l.fs.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, fileMode)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return "", err
		}
		_, err = io.Copy(f, content)
		return name, errors.Join(err, f.Sync(), f.Close(), l.fs.SyncDir(l.dir))
	}
}
