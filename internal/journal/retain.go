package journal

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

const signOffName = "signoff.json"

// SignOff stands for what retention dropped: the chain of the records that are left
// begins at its hash, so that their completeness can still be proved.
type SignOff struct {
	Format  int       `json:"format"`
	Through uint64    `json:"through"` // sequence of the last record dropped; 0 if none was
	Hash    Hash      `json:"hash"`    // of its line
	By      string    `json:"by"`      // who decided, as given to Drop
	At      time.Time `json:"at"`
}

// Drop removes the segments that hold nothing after sequence through, never the last one,
// and leaves a [SignOff] in the name of by. The records to be dropped are verified
// first: what is damaged is not signed off. If nothing can be dropped, the sign-off that
// stands is returned.
func (l *Log) Drop(through uint64, by string, at time.Time) (SignOff, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.failed != nil {
		return SignOff{}, l.failed
	}
	standing, err := readSignOff(l.fs, l.dir)
	if err != nil {
		return standing, err
	}
	segs, err := listSegments(l.fs, l.dir)
	if err != nil {
		return standing, err
	}
	keep := 0
	// A segment after the one that is written to is what a failure left of beginning it: it holds nothing, not even the chain.
	for i := 1; i < len(segs) && segs[i].first-1 <= through && segs[i].first <= l.seg.first; i++ {
		keep = i
	}
	if keep == 0 {
		return standing, nil
	}
	head, err := l.verifyBefore(segs[keep].first)
	if err != nil {
		return standing, fmt.Errorf("nothing was dropped: %w", err)
	}
	signed := SignOff{Format: FormatVersion, Through: head.Seq, Hash: head.Hash, By: by, At: at.UTC()}
	if err := writeSignOff(l.fs, l.dir, signed); err != nil {
		return standing, fmt.Errorf("nothing was dropped: %w", err)
	}
	_, err = finishDrop(l.fs, l.dir)
	return signed, err
}

// verifyBefore reads all records before seq and gives the end of the chain there.
func (l *Log) verifyBefore(seq uint64) (Head, error) {
	r := NewReaderOn(l.fs, l.dir, 0)
	defer r.Close()
	for r.next < seq {
		if _, err := r.step(); err != nil {
			return Head{}, err
		}
	}
	return r.head(), nil
}

// finishDrop removes the segments that a sign-off stands for, oldest first, so that what an
// interruption leaves is still one run of records.
func finishDrop(fsys FS, dir string) (removed []string, err error) {
	signed, err := readSignOff(fsys, dir)
	if err != nil || signed.Through == 0 {
		return nil, err
	}
	segs, err := listSegments(fsys, dir)
	if err != nil {
		return nil, err
	}
	for i := 1; i < len(segs) && segs[i].first-1 <= signed.Through; i++ {
		if err := fsys.Remove(segs[i-1].path); err != nil {
			return removed, err
		}
		removed = append(removed, segs[i-1].path)
	}
	if len(removed) == 0 {
		return nil, nil
	}
	return removed, fsys.SyncDir(dir)
}

// readSignOff gives the zero SignOff where nothing was ever dropped.
func readSignOff(fsys FS, dir string) (SignOff, error) {
	path := filepath.Join(dir, signOffName)
	text, err := readFile(fsys, path)
	if errors.Is(err, fs.ErrNotExist) {
		return SignOff{}, nil
	}
	if err != nil {
		return SignOff{}, err
	}
	var s SignOff
	if err := json.Unmarshal(text, &s); err != nil {
		return SignOff{}, &DamageError{Position: Position{File: path}, Err: err}
	}
	if s.Format > FormatVersion {
		return SignOff{}, fmt.Errorf("%s: %w: format %d, this is version %d; update vigil", path, ErrNewerFormat, s.Format, FormatVersion)
	}
	if s.Format < 1 || s.Through == 0 || s.Through >= maxSeq {
		return SignOff{}, &DamageError{Position: Position{File: path}, Err: errors.New("not a sign-off of this program")}
	}
	return s, nil
}

func writeSignOff(fsys FS, dir string, s SignOff) error {
	text, err := json.Marshal(s, jsontext.Multiline(true))
	if err != nil {
		return err
	}
	return replaceFile(fsys, filepath.Join(dir, signOffName), append(text, '\n'))
}
