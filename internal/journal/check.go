package journal

import (
	"errors"
	"fmt"
	"io"
)

var (
	// ErrUnfinished is matched by the error of a log with an unfinished record at its end.
	ErrUnfinished = errors.New("an unfinished record stands at the end of the log")
	// ErrCheckpoint is matched by the error of a log that does not hold what it held when the checkpoint was taken.
	ErrCheckpoint = errors.New("the log does not hold what the checkpoint was taken of")
)

// Checked is what [Check] found whole.
type Checked struct {
	Head     Head    // the end of what is whole
	First    uint64  // sequence of the first record that is there; 0 if there is none
	Records  int     // that are there
	Segments int     // that were read
	Bytes    int64   // of them, up to the end of what is whole
	Signed   SignOff // what retention dropped before them; zero if nothing was
}

// Check reads the whole log in dir and gives what is whole of it. It takes no lock and writes nothing. Its error is the first
// thing that is wrong: a [DamageError]; one that matches [ErrUnfinished], the trace of a crash or a record that another process
// is writing this moment; or one that matches [ErrCheckpoint], if a point is given, for a log that was cut off between two
// records, or put back as it was before, is whole in itself.
func Check(fsys FS, dir string, point Head) (Checked, error) {
	r := NewReaderOn(fsys, dir, 0)
	defer r.Close()
	var c Checked
	for again := false; ; {
		rec, err := r.step()
		if err == nil {
			again = false
			if c.Records++; c.First == 0 {
				c.First = rec.Seq
			}
			if rec.Seq == point.Seq && r.hash != point.Hash {
				return r.checked(c), fmt.Errorf("%s: %w: record %d is another one: another log is in its place, or an older copy of this one was put "+
					"back and written to", rec.Position, ErrCheckpoint, rec.Seq)
			}
			continue
		}
		if !errors.Is(err, io.EOF) {
			return r.checked(c), err
		}
		if err := r.unfinished(); err != nil && again {
			return r.checked(c), err
		} else if err == nil {
			break
		}
		again = true // its writer may have finished it meanwhile
	}
	c = r.checked(c)
	return c, c.holds(dir, point)
}

func (r *Reader) checked(c Checked) Checked {
	c.Head, c.Bytes, c.Signed, c.Segments = r.head(), r.past+r.good, r.signed, r.entered
	return c
}

// unfinished says what stands after the last whole record, if anything does.
func (r *Reader) unfinished() error {
	segs, err := listSegments(r.fs, r.dir)
	if err != nil || len(segs) == 0 {
		return err
	}
	last := segs[len(segs)-1]
	pos := Position{File: last.path, Line: 1}
	if last.path == r.seg.path {
		pos.Line, pos.Offset = r.line+1, r.good
	}
	info, err := r.fs.Stat(last.path)
	if err != nil {
		return err
	}
	rest := info.Size() - pos.Offset
	if rest == 0 && pos.Offset > 0 {
		return nil
	}
	return fmt.Errorf("%s: %w: %d bytes, which nobody was told are recorded: a crash left them, or another process is writing them now; the "+
		"next entry puts them aside in a file of their own and says so", pos, ErrUnfinished, rest)
}

// holds compares the log with a checkpoint of which it did not deliver the record.
func (c Checked) holds(dir string, point Head) error {
	switch {
	case point.Seq == 0, point.Seq > c.Signed.Through && point.Seq <= c.Head.Seq:
		return nil
	case point.Seq > c.Head.Seq:
		return fmt.Errorf("%s: %w: it ends with record %d, the checkpoint was taken at record %d: %d records are missing; the end was cut off, or an "+
			"older copy was put back", dir, ErrCheckpoint, c.Head.Seq, point.Seq, point.Seq-c.Head.Seq)
	case point.Seq == c.Signed.Through && point.Hash == c.Signed.Hash:
		return nil
	case point.Seq == c.Signed.Through:
		return fmt.Errorf("%s: %w: the last record that retention signed off is another one", dir, ErrCheckpoint)
	default:
		return fmt.Errorf("%s: %w: record %d was dropped, retention signed off the records up to %d: use a checkpoint that was taken later", dir,
			ErrCheckpoint, point.Seq, c.Signed.Through)
	}
}
