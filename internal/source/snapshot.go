package source

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"time"
)

// confirmAfter is how long after a delivery the file is read again, to see that it stands.
// It also finds a write so soon after the first one that the file's times did not move.
const confirmAfter = time.Second

// snapshot is what is known of a file that is read whole.
type snapshot struct {
	seen    facts // of the last read that succeeded
	readAt  time.Time
	sum     [sha256.Size]byte // of what was delivered last
	have    bool              // something was delivered
	settled bool              // it was read again since and found equal

	badSum   [sha256.Size]byte // of what the sink found half-written
	badSince time.Time         // zero if the content on disk is good
	badSaid  bool
}

// snapshot reads the slot's file whole if there may be news in it.
func (u *unit) snapshot(ctx context.Context, s *slot, e entry) (more bool, err error) {
	sn := &s.snap
	read := !sn.readAt.IsZero()
	due := u.periodic && !sn.settled && u.now().Sub(sn.readAt) >= confirmAfter
	if read && sn.seen == e.facts && !due {
		if err := u.halfWritten(ctx, s, e.facts); err != nil {
			return false, err
		}
		return false, u.reachable(ctx, s, e.facts)
	}
	data, f, err := u.readWhole(e.place, e.facts)
	switch {
	case errors.Is(err, errMoved):
		return true, nil
	case errors.Is(err, errUnsteady):
		// Somebody is writing: their next write, or the next look, brings us back.
		sn.bad(u.now())
		return false, u.halfWritten(ctx, s, f)
	case err != nil:
		return false, u.fail(ctx, s, e.facts, err)
	}
	if f.size > 0 {
		if mode := u.spec.Mode(s.path, data[:min(HeadSize, len(data))]); mode != ModeSnapshot && mode != ModeUndecided {
			s.mode, s.snap = ModeUndecided, snapshot{} // other content, read otherwise
			return true, nil
		}
	}
	sn.seen, sn.readAt, s.fault = f, u.now(), outage{}
	return false, u.present(ctx, s, f, data)
}

// present delivers what was read whole, or says that it is the same as before.
func (u *unit) present(ctx context.Context, s *slot, f facts, data []byte) error {
	sn := &s.snap
	sum := sha256.Sum256(data)
	switch {
	case sn.have && sum == sn.sum:
		sn.settled, sn.badSince, sn.badSaid = true, time.Time{}, false
		return u.emit(ctx, s.about(KindSame, f))
	case !sn.badSince.IsZero() && sum == sn.badSum:
		sn.settled = true
		return u.halfWritten(ctx, s, f)
	}
	e := s.about(KindSnapshot, f)
	if !s.dealt {
		e.Generation++
	}
	e.Data = data
	switch err := u.emit(ctx, e); {
	case errors.Is(err, ErrHalf):
		sn.badSum, sn.settled = sum, false
		sn.bad(u.now())
		return nil
	case err != nil:
		return err
	}
	u.read += f.size
	s.gen, s.dealt, s.everRead = e.Generation, false, true
	sn.sum, sn.have, sn.settled, sn.badSince, sn.badSaid = sum, true, false, time.Time{}, false
	return nil
}

// bad notes since when the content on disk has not been good.
func (sn *snapshot) bad(at time.Time) {
	if sn.badSince.IsZero() {
		sn.badSince = at
	}
}

// halfWritten says so, once, when the content on disk stays half-written.
func (u *unit) halfWritten(ctx context.Context, s *slot, f facts) error {
	sn := &s.snap
	if sn.badSince.IsZero() || sn.badSaid || u.now().Sub(sn.badSince) < PartialAfter {
		return nil
	}
	sn.badSaid = true
	e := s.about(KindIncomplete, f)
	e.Length = f.size
	return u.emit(ctx, e)
}

// errUnsteady says that a file changed during each of several reads.
var errUnsteady = errors.New("source: the file changes while it is read")

// readWhole reads the file between two equal stats.
func (u *unit) readWhole(p place, want facts) (data []byte, f facts, err error) {
	for range 3 {
		file, err := u.open(p, want)
		if err != nil {
			return nil, want, err
		}
		data, f, err = u.readSteady(file)
		_ = file.Close() // it was only read
		if !errors.Is(err, errUnsteady) {
			return data, f, err
		}
	}
	return nil, f, errUnsteady
}

// readSteady reads an open file whole, or returns errUnsteady if it changed meanwhile.
func (u *unit) readSteady(r file) ([]byte, facts, error) {
	info, err := r.Stat()
	if err != nil {
		return nil, facts{}, err
	}
	before, _ := factsOf(info)
	limit := u.spec.MaxSnapshot
	if limit <= 0 {
		limit = DefaultMaxSnapshot
	}
	if before.size > limit {
		return nil, before, &failure{cause: CauseTooLarge, err: fmt.Errorf("the file has %d bytes, more than the %d that are read whole: nothing of it was read; split it into smaller files", before.size, limit)}
	}
	data := make([]byte, before.size)
	n, err := r.ReadAt(data, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, before, err
	}
	info, err = r.Stat()
	if err != nil {
		return nil, before, err
	}
	// Renaming and linking move the change time without changing a byte; reading again
	// costs little.
	if after, _ := factsOf(info); n < len(data) || after != before {
		return nil, before, errUnsteady
	}
	return data, before, nil
}
