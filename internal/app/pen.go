package app

import (
	"context"
	"errors"
	"slices"

	"vigil/internal/alarm"
	"vigil/internal/duty"
	"vigil/internal/dutylog"
	"vigil/internal/saying"
)

// pen writes what vigil does into the duty log. What cannot be written stands in this process alone, so that an alarm rings all the
// same, and is written before anything that comes after it. It is for one goroutine.
type pen struct {
	s       *Session
	log     *dutylog.Log
	noted   []alarm.Write // not stamped yet
	kept    []duty.Entry  // not recorded yet, in order
	refused int           // what the log never takes
}

func (s *Session) newPen() *pen {
	return &pen{s: s, log: dutylog.New(dutiesDir(s.hub.paths), dutylog.Options{Patience: s.hub.options.patience})}
}

func (p *pen) close() { _ = p.log.Close() } // what was written has been confirmed

// note takes entries in, in the order in which they are to be written.
func (p *pen) note(list ...alarm.Write) { p.noted = append(p.noted, list...) }

// write writes all that waits, and reports whether there was anything.
func (p *pen) write(ctx context.Context) bool {
	waited := len(p.kept) > 0
	if !waited && len(p.noted) == 0 {
		return false
	}
	var all []duty.Entry
	if p.s.hub.do(ctx, func() {
		for _, w := range p.noted {
			p.kept = append(p.kept, p.s.hub.stamp(duty.Entry{ID: w.ID, By: duty.Vigil, Body: w.Body}))
		}
		all = slices.Clone(p.kept)
		if waited {
			p.s.hub.stand(all...) // the log may make them wait again, and alarms do not
		}
	}) != nil {
		return true
	}
	p.noted = nil
	err := p.record(ctx)
	if ctx.Err() != nil {
		return true
	}
	p.s.ringing.stands(p.trouble(err))
	_ = p.s.hub.do(ctx, func() { p.s.hub.stand(all...) })
	return true
}

// record writes one after the other until one cannot be.
func (p *pen) record(ctx context.Context) error {
	for len(p.kept) > 0 {
		switch err := p.log.Append(ctx, p.kept[0]); {
		case errors.Is(err, duty.ErrEntry): // that is about the entry, and no other attempt ends otherwise
			p.refused++
		case err != nil:
			return err
		}
		p.kept = p.kept[1:]
	}
	return nil
}

// trouble is what stands against the log.
func (p *pen) trouble(err error) saying.Saying {
	switch {
	case err != nil:
		return saying.Of(
			"alarms are not recorded, and ring in this console alone: %s for the duty log: %s", saying.Count(len(p.kept), "entry waits", "entries wait"), err,
		)
	case p.refused > 0:
		return saying.Of("alarms: the duty log refused %s, which stand in this console alone", saying.Count(p.refused, "entry", "entries"))
	}
	return saying.Saying{}
}

// stands notes what stands against the duty log.
func (r *ringing) stands(trouble saying.Saying) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.trouble = trouble
}
