package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"vigil/internal/action"
	"vigil/internal/duty"
	"vigil/internal/dutylog"
	"vigil/internal/picture"
)

// Colleague is somebody at a console of their own, who works at a desk beside the person that the program was started for.
type Colleague interface {
	// Next is what they do at a step; ok is false where that is nothing. The picture has all that they did before.
	Next(step int, v picture.View, now time.Time) (e action.Envelope, ok bool)
}

// Accompany opens a second console on a desk, without a screen, and has a colleague work there, one step for each value of tick, until ctx
// ends. What the desk does not do, because somebody was there first, is passed over; that nothing can be written ends it with an error. It
// records nothing and rings for nothing: that is for the console beside.
func Accompany(ctx context.Context, o Options, tick <-chan time.Time, c Colleague) (err error) {
	o.NoRecord, o.Ahead = true, false
	s, err := Open(ctx, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	var v picture.View
	step, known := 0, 0 // how many entries stand, with what was done here last
	for {
		select {
		case <-ctx.Done():
			return nil
		case p, open := <-s.Pictures():
			if !open {
				return nil
			}
			v = p.For(picture.DutyOfficer)
		case <-tick:
			step++
			if v.IsZero() || v.Duty().Len() < known {
				continue
			}
			e, ok := c.Next(step, v, s.hub.clock())
			if !ok {
				continue
			}
			if err := s.Do(ctx, e); err != nil && !passed(err) && ctx.Err() == nil {
				return fmt.Errorf("%s of the colleague: %w", e.Command.Verb(), err)
			}
			if s.hub.do(ctx, func() { known = s.hub.book.Len() }) != nil {
				return nil
			}
		}
	}
}

// passed reports whether a command was refused for what stands at the desk by now.
func passed(err error) bool {
	return errors.Is(err, duty.ErrNot) || errors.Is(err, ErrReport) || errors.Is(err, ErrChoice)
}

// BeginDutyLog writes the entries that the duty log of a desk begins with, as an exercise has them. A log that has any entry is left as
// it is.
func BeginDutyLog(ctx context.Context, o Options, entries []duty.Entry) error {
	l, err := OpenDutyLog(o)
	if err != nil {
		return err
	}
	defer l.Close()
	if _, err := l.Next(); !errors.Is(err, io.EOF) {
		return err // nil where there is an entry
	}
	log := dutylog.New(l.Dir, dutylog.Options{})
	for i := range entries {
		if err := log.Append(ctx, entries[i]); err != nil {
			return errors.Join(err, log.Close())
		}
	}
	return log.Close()
}
