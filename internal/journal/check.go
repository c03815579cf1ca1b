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
// records, or put back as it was before, is whole in itself. Of a log that was cut off within a record that the point proves to
// have been recorded it matches both.
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
		if err := r.unfinished(point); err != nil && again {
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

// unfinished says what stands after the last whole record, if anything does. What it is the rest of was recorded if the point was
// taken at it or later, and else nobody was told that it was.
func (r *Reader) unfinished(point Head) error {
	pos, rest, err := r.behind()
	if err != nil || rest == 0 && (pos.File == "" || pos.Offset > 0) {
		return err
	}
	if head := r.head(); point.Seq > head.Seq {
		return fmt.Errorf("%s: %w: %d bytes; %w: it ends with record %d, the checkpoint was taken at record %d: %s; the end was cut off: put a copy "+
			"of it back before anything is written to it", pos, ErrUnfinished, rest, ErrCheckpoint, head.Seq, point.Seq, missing(head.Seq, point.Seq))
	}
	told := "which nobody was told are recorded: a crash left them, or another process is writing them now"
	if point.Seq == 0 {
		told = "a crash left them, or another process is writing them now, and then nobody was told that they are recorded; or the end was cut off, " +
			"which only a checkpoint can tell"
	}
	return fmt.Errorf("%s: %w: %d bytes, %s; the next entry puts them aside in a file of their own and says so", pos, ErrUnfinished, rest, told)
}

// behind is where the last whole record ends, and how many bytes stand after it; no file if there is no log.
func (r *Reader) behind() (Position, int64, error) {
	segs, err := listSegments(r.fs, r.dir)
	if err != nil || len(segs) == 0 {
		return Position{}, 0, err
	}
	last := segs[len(segs)-1]
	pos := Position{File: last.path, Line: 1}
	if last.path == r.seg.path {
		pos.Line, pos.Offset = r.line+1, r.good
	}
	info, err := r.fs.Stat(last.path)
	if err != nil {
		return pos, 0, err
	}
	return pos, info.Size() - pos.Offset, nil
}

// missing says which records a log lacks that ends with one and should end with the other.
func missing(end, should uint64) string {
	if should == end+1 {
		return fmt.Sprintf("record %d is missing", should)
	}
	return fmt.Sprintf("%d records are missing, %d to %d", should-end, end+1, should)
}

// holds compares the log with a checkpoint of which it did not deliver the record.
func (c Checked) holds(dir string, point Head) error {
	switch {
	case point.Seq == 0, point.Seq > c.Signed.Through && point.Seq <= c.Head.Seq:
		return nil
	case point.Seq > c.Head.Seq:
		return fmt.Errorf("%s: %w: it ends with record %d, the checkpoint was taken at record %d: %s; the end was cut off, or an "+
			"older copy was put back", dir, ErrCheckpoint, c.Head.Seq, point.Seq, missing(c.Head.Seq, point.Seq))
	case point.Seq == c.Signed.Through && point.Hash == c.Signed.Hash:
		return nil
	case point.Seq == c.Signed.Through:
		return fmt.Errorf("%s: %w: the last record that retention signed off is another one", dir, ErrCheckpoint)
	default:
		return fmt.Errorf("%s: %w: record %d was dropped, retention signed off the records up to %d: use a checkpoint that was taken later", dir,
			ErrCheckpoint, point.Seq, c.Signed.Through)
	}
}
