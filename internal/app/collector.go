package app

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"io/fs"
	"strings"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"vigil/internal/fault"
	"vigil/internal/intake"
	"vigil/internal/picture"
	"vigil/internal/saying"
	"vigil/internal/source"
)

// collector is this process's part in recording: it is the collector, or waits to become it, or cannot.
// But for open, everything runs in the goroutine of work: a disk that hangs must not hold the picture up.
type collector struct {
	texts    picture.Texts // of the store
	dir      string
	options  Options
	exercise bool
	clock    func() time.Time
	log      *intake.Log
	record   *recording    // nil if nothing can be recorded
	run      string        // of this process, told from others
	silent   atomic.Bool   // no process records: the collector does not speak, or is gone and this one cannot take its place
	leads    chan struct{} // closed when this process polls: it is the collector, or nobody can be
}

// stateForm is the body of state.json.
type stateForm struct {
	Recording string                     `json:"recording"`
	Run       string                     `json:"run"`  // of the program, whose polls count; empty when it is over
	Read      map[string]source.Position `json:"read"` // how far files of lines were read, by stateKey of their path in the desk
}

// rawName marks the key of a path that is not UTF-8, which JSON cannot hold as it is.
const rawName = "base64:"

// stateKey is a path as a key of state.json.
func stateKey(file string) string {
	if utf8.ValidString(file) && !strings.HasPrefix(file, rawName) {
		return file
	}
	return rawName + base64.StdEncoding.EncodeToString([]byte(file))
}

// statePath is the path that a key of state.json stands for.
func statePath(key string) string {
	if encoded, is := strings.CutPrefix(key, rawName); is {
		if raw, err := base64.StdEncoding.DecodeString(encoded); err == nil {
			return string(raw)
		}
	}
	return key
}

func newCollector(dir string, o Options, exercise bool, clock func() time.Time) *collector {
	return &collector{dir: dir, options: o, exercise: exercise, clock: clock, run: rand.Text(), leads: make(chan struct{})}
}

// open tries to become the collector and returns the recorder that follows.
func (c *collector) open() recorder {
	err := c.begin()
	switch {
	case err == nil:
		c.record = newRecording(c.clock)
		c.record.texts = c.texts
		c.attach()
		return c.record
	case errors.Is(err, intake.ErrLocked):
		c.record = newRecording(c.clock)
		c.record.texts = c.texts
		return c.record
	default:
		close(c.leads)
		return unrecorded{saying.Of("not recorded: %s", err)}
	}
}

// attach makes this process the collector.
func (c *collector) attach() {
	c.record.attach(c.log, c.run)
	close(c.leads)
}

func (c *collector) begin() (err error) {
	c.log, _, err = intake.Open(c.dir, intake.Options{Exercise: c.exercise, Version: c.options.Version, Now: c.clock})
	return err
}

// work writes what arrives and the sign of life, until ctx ends. Before that it waits, if another process
// is the collector, for as long as that gives signs of life.
func (c *collector) work(ctx context.Context) (err error) {
	defer fault.Into(&err)
	if c.record == nil || c.log == nil && !c.follow(ctx) {
		return nil
	}
	ended := make(chan error, 1)
	go func() { ended <- c.signs(ctx) }()
	c.record.run(ctx)
	c.record.over()
	return errors.Join(<-ended, c.log.WriteState(c.record.state()), c.log.Close())
}

// follow waits until the collector is gone and this process has taken its place, or until ctx ends.
func (c *collector) follow(ctx context.Context) (took bool) {
	tick := time.NewTicker(intake.StateInterval)
	defer tick.Stop()
	for {
		select {
		case <-tick.C: // not before: a collector that has just begun has given no sign yet
		case <-ctx.Done():
			return false
		}
		if c.takeOver() {
			return true
		}
	}
}

// provenAfter is how much later a sign of life must be for what arrived before it to be taken as recorded by
// the process that gave it: it may see a file later than this one, and be behind with writing.
const provenAfter = 30 * time.Second

// takeOver becomes the collector when the one that was has fallen silent. What arrived since its last
// signs of life is recorded then: it may be in the intake twice, which is harmless, but not lost.
func (c *collector) takeOver() bool {
	state, err := intake.ReadState(c.dir)
	c.silent.Store(err == nil && state.Silent(c.clock()) || errors.Is(err, fs.ErrNotExist))
	switch {
	case err == nil && !state.Silent(c.clock()):
		c.record.recordedUntil(state.Written.Add(-provenAfter))
		c.record.stand(saying.Saying{})
		return false
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		c.record.stand(saying.Of("the collector's state cannot be read: %s", err))
		return false
	}
	switch err := c.begin(); {
	case err == nil:
		c.attach()
		return true
	case errors.Is(err, intake.ErrLocked):
		c.record.stand(saying.Of("collector silent: another process holds the lock and does not speak; alarms ring here meanwhile, and nothing leaves the desk"))
	default:
		c.record.stand(saying.Of("not recorded: %s", err))
	}
	return false
}

// signsApart is the shortest time between two signs of life that a change asks for.
const signsApart = 500 * time.Millisecond

// signs writes state.json at once, when something has changed, and every interval.
func (c *collector) signs(ctx context.Context) (err error) {
	defer fault.Into(&err)
	tick := time.NewTicker(intake.StateInterval)
	defer tick.Stop()
	pause := time.NewTimer(0)
	defer pause.Stop()
	<-pause.C
	for {
		c.record.signed(c.log.WriteState(c.record.state()))
		pause.Reset(signsApart)
		select {
		case <-pause.C:
		case <-ctx.Done():
			return nil
		}
		select {
		case <-c.record.moved:
		case <-tick.C:
		case <-ctx.Done():
			return nil
		}
	}
}

func (c *collector) close() error {
	if c.log == nil {
		return nil
	}
	return c.log.Close()
}
