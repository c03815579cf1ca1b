package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"vigil/internal/intake"
	"vigil/internal/safetext"
	"vigil/internal/source"
)

// collector is this process's part in recording: it is the collector, or waits to become it, or cannot.
type collector struct {
	dir      string
	options  Options
	exercise bool
	log      *intake.Log
	record   *recording
	started  chan struct{} // receives when record has become set after run began
	locked   bool          // another process is the collector
}

// stateForm is the body of state.json.
type stateForm struct {
	Recording string                     `json:"recording"`
	Read      map[string]source.Position `json:"read"` // how far files of lines were read, by path in the desk
}

// open tries to become the collector and returns the recorder that follows.
func (c *collector) open(clock func() time.Time) recorder {
	log, _, err := intake.Open(c.dir, intake.Options{Exercise: c.exercise, Version: c.options.Version, Now: clock})
	switch {
	case err == nil:
		c.log, c.record, c.locked = log, newRecording(log, clock), false
		c.started <- struct{}{}
		return c.record
	case errors.Is(err, intake.ErrLocked):
		c.locked = true
		return unrecorded{}
	default:
		return unrecorded{safetext.Clean(fmt.Sprintf("not recorded: %v", err))}
	}
}

// takeOver becomes the collector when the one that was has fallen silent. It returns nil when
// nothing changed.
func (c *collector) takeOver(clock func() time.Time) recorder {
	if !c.locked {
		return nil
	}
	state, err := intake.ReadState(c.dir)
	switch {
	case err == nil && !state.Silent(clock()):
		return unrecorded{}
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return unrecorded{safetext.Clean("the collector's state cannot be read: " + err.Error())}
	}
	r := c.open(clock)
	if c.locked {
		return unrecorded{safetext.Const("collector silent: another process holds the lock and does not speak")}
	}
	return r
}

// run writes what arrives and the sign of life, until ctx ends.
func (c *collector) run(ctx context.Context) error {
	select {
	case <-c.started:
	case <-ctx.Done():
		return nil
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		c.signs(ctx)
	}()
	c.record.run(ctx)
	<-ended
	return errors.Join(c.log.WriteState(c.record.state()), c.log.Close())
}

// signsApart is the shortest time between two signs of life that a change asks for.
const signsApart = 500 * time.Millisecond

// signs writes state.json at once, when something has changed, and every interval.
func (c *collector) signs(ctx context.Context) {
	tick := time.NewTicker(intake.StateInterval)
	defer tick.Stop()
	pause := time.NewTimer(0)
	defer pause.Stop()
	<-pause.C
	for {
		if err := c.log.WriteState(c.record.state()); err != nil {
			c.record.note(err, 0)
		}
		pause.Reset(signsApart)
		select {
		case <-pause.C:
		case <-ctx.Done():
			return
		}
		select {
		case <-c.record.moved:
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

func (c *collector) close() error {
	if c.log == nil {
		return nil
	}
	return c.log.Close()
}
