package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"sync"
	"time"

	"vigil/internal/feed/native"
	"vigil/internal/incident"
	"vigil/internal/intake"
	"vigil/internal/picture"
	"vigil/internal/safetext"
	"vigil/internal/source"
)

// recorder keeps what arrives. Its methods do not block: what must reach the disk is handed to a
// goroutine of the recorder's own, so that a slow or a full disk never holds the picture up.
type recorder interface {
	source(label, format string)
	// remembers says that the intake knows the format of a source.
	remembers(label, format string)
	incident(a picture.Arrival)
	withdrawn(label string, name incident.Identity, at time.Time)
	levels(encoded []byte, at time.Time)
	presence(encoded []byte, at time.Time)
	advisories(label string, encoded []byte, at time.Time)
	read(label string, content time.Time, reach time.Duration, at time.Time)
	gap(label string, from, to time.Time, reason safetext.Text, at time.Time)
	// position notes how far a file of lines was read.
	position(file string, p source.Position)
	// word says how recording stands; empty when it is as it should be.
	word() safetext.Text
}

// unrecorded is the recorder of one-shot commands and of desks that cannot be written.
type unrecorded struct{ why safetext.Text }

func (unrecorded) source(string, string)                                      {}
func (unrecorded) remembers(string, string)                                   {}
func (unrecorded) incident(picture.Arrival)                                   {}
func (unrecorded) withdrawn(string, incident.Identity, time.Time)             {}
func (unrecorded) levels([]byte, time.Time)                                   {}
func (unrecorded) presence([]byte, time.Time)                                 {}
func (unrecorded) advisories(string, []byte, time.Time)                       {}
func (unrecorded) read(string, time.Time, time.Duration, time.Time)           {}
func (unrecorded) gap(string, time.Time, time.Time, safetext.Text, time.Time) {}
func (unrecorded) position(string, source.Position)                           {}
func (u unrecorded) word() safetext.Text                                      { return u.why }

// kindSource is the intake's word for what format a source had.
const kindSource intake.Kind = "source"

// recording writes to an intake that this process is the collector of. Until it is, what arrives waits:
// the collector that is may be gone before it has recorded it.
type recording struct {
	clock func() time.Time
	wake  chan struct{} // capacity 1: something waits
	moved chan struct{} // capacity 1: the state has changed

	mu      sync.Mutex
	log     *intake.Log // nil while another process is the collector
	polls   string      // the run of this process, while it is the collector
	waiting []intake.Entry
	standby safetext.Text // what stands against the other process
	failure error         // of the last attempt to write entries
	sign    error         // of the last attempt to write the state
	lost    int           // entries that could not be recorded and will not be
	formats map[string]string
	reached map[string]source.Position // how far files were read, by path in the desk
}

func newRecording(clock func() time.Time) *recording {
	return &recording{
		clock: clock, wake: make(chan struct{}, 1), moved: make(chan struct{}, 1),
		formats: map[string]string{}, reached: map[string]source.Position{},
	}
}

// attach makes the recording write to log, as the run of this process.
func (r *recording) attach(log *intake.Log, run string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.log, r.polls, r.standby = log, run, safetext.Text{}
}

// over says that the run ends: what it polled is from then on what was last known.
func (r *recording) over() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.polls = ""
}

// stand notes what stands against the process that is the collector.
func (r *recording) stand(why safetext.Text) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.standby = why
}

// recordedUntil lets go of what arrived before t: the process that is the collector has it.
func (r *recording) recordedUntil(t time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	n := 0
	for n < len(r.waiting) && r.waiting[n].Received.Before(t) {
		n++
	}
	r.remove(n)
}

// remove takes the first n entries out of those that wait. The caller holds the lock.
func (r *recording) remove(n int) {
	clear(r.waiting[:n])
	if r.waiting = r.waiting[n:]; len(r.waiting) == 0 {
		r.waiting = nil
	}
}

const (
	// batchSize is how many entries go to the disk in one write.
	batchSize = 512
	// retryAfter is how soon what the disk refused is tried again.
	retryAfter = time.Second
)

func (r *recording) add(e intake.Entry) {
	r.mu.Lock()
	r.waiting = append(r.waiting, e)
	r.mu.Unlock()
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

// run writes until ctx ends and everything that waits is written and durable, or refused once more.
func (r *recording) run(ctx context.Context) {
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	for {
		written := r.write()
		if due, waits := r.log.Due(); !written {
			timer.Reset(retryAfter)
		} else if waits {
			timer.Reset(max(0, due.Sub(r.clock())))
		}
		wake := r.wake
		if !written {
			wake = nil // what arrives waits behind what could not be written
		}
		select {
		case <-wake:
		case <-timer.C:
			r.confirmed(r.log.Flush())
		case <-ctx.Done():
			r.write()
			r.confirmed(r.log.Flush())
			return
		}
	}
}

// write writes what waits. It reports false when the disk took nothing and may take it later, as
// when it is full: nothing is lost then but time.
func (r *recording) write() bool {
	for size := batchSize; ; {
		r.mu.Lock()
		batch := r.waiting[:min(len(r.waiting), size)]
		r.mu.Unlock()
		if len(batch) == 0 {
			return true
		}
		_, err := r.log.Add(batch...)
		refused := errors.Is(err, intake.ErrNotRecorded)
		switch {
		case refused && errors.Is(err, intake.ErrEntry) && len(batch) > 1:
			size = 1 // one of them cannot be recorded, ever: the others can
			continue
		case refused && !errors.Is(err, intake.ErrEntry) && r.log.Err() == nil:
			r.note(err, 0, 0)
			return false
		case err != nil:
			r.note(err, len(batch), len(batch))
		default:
			r.note(nil, len(batch), 0)
		}
	}
}

// note keeps what became of the first entries that wait: how many are done with, and how many of
// those are lost.
func (r *recording) note(err error, done, lost int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.failure = err
	r.lost += lost
	r.remove(done)
}

// confirmed keeps what the disk said when it was asked to confirm.
func (r *recording) confirmed(err error) {
	if err == nil {
		return // it says nothing of entries that were refused
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.failure = err
}

// signed keeps what became of the sign of life.
func (r *recording) signed(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sign = err
}

// recordingBehind is how many entries may wait before the header says that recording is behind.
const recordingBehind = 2000

func (r *recording) word() safetext.Text {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case r.log == nil:
		return r.standby
	case errors.Is(r.failure, intake.ErrNotConfirmed):
		return safetext.Clean("NOT CONFIRMED: the disk did not confirm what was recorded last; close vigil and open it again")
	case r.failure != nil && r.lost > 0:
		return safetext.Clean(fmt.Sprintf("NOT RECORDED: %s lost to the intake: %v", plural(r.lost, "record is", "records are"), r.failure))
	case r.failure != nil:
		return safetext.Clean(fmt.Sprintf("NOT RECORDED: %s: %v", plural(len(r.waiting), "record waits", "records wait"), r.failure))
	case r.lost > 0:
		return safetext.Clean(plural(r.lost, "record was", "records were") + " not recorded")
	case r.sign != nil:
		return safetext.Clean("the collector's state is not written: " + r.sign.Error())
	case len(r.waiting) > recordingBehind:
		return safetext.Clean(fmt.Sprintf("recording… %d behind", len(r.waiting)))
	default:
		return safetext.Text{}
	}
}

func (r *recording) position(file string, p source.Position) {
	r.mu.Lock()
	r.reached[stateKey(file)] = p
	r.mu.Unlock()
	select {
	case r.moved <- struct{}{}:
	default:
	}
}

// state is what the collector says of itself.
func (r *recording) state() stateForm {
	word := r.word()
	r.mu.Lock()
	defer r.mu.Unlock()
	return stateForm{Recording: word.String(), Run: r.polls, Read: maps.Clone(r.reached)}
}

func (r *recording) incident(a picture.Arrival) {
	r.add(intake.Entry{
		Kind: intake.KindIncident, Received: a.Received, Source: a.Source,
		Origin: intake.Origin{
			File: a.Origin.File.String(), Line: a.Origin.Line, Offset: a.Origin.Offset, Generation: a.Origin.Generation,
		},
		Payload: bytes.TrimSpace(native.Encode(a.Incident)),
	})
}

func (r *recording) source(label, format string) {
	if r.formats[label] == format {
		return
	}
	r.remembers(label, format)
	r.add(intake.Entry{Kind: kindSource, Received: r.clock(), Source: label, Payload: mustEncode(sourceForm{format})})
}

func (r *recording) remembers(label, format string) { r.formats[label] = format }

func (r *recording) withdrawn(label string, name incident.Identity, at time.Time) {
	r.add(intake.Entry{Kind: intake.KindWithdraw, Received: at, Source: label, Payload: mustEncode(withdrawForm{name.Authority, name.ID})})
}

func (r *recording) levels(encoded []byte, at time.Time) {
	r.add(intake.Entry{Kind: intake.KindLevel, Received: at, Source: specLevels, Payload: encoded})
}

func (r *recording) presence(encoded []byte, at time.Time) {
	r.add(intake.Entry{Kind: intake.KindPresence, Received: at, Source: specPresence, Payload: encoded})
}

func (r *recording) advisories(label string, encoded []byte, at time.Time) {
	r.add(intake.Entry{Kind: intake.KindAdvisory, Received: at, Source: label, Payload: encoded})
}

func (r *recording) read(label string, content time.Time, reach time.Duration, at time.Time) {
	r.add(intake.Entry{Kind: intake.KindRead, Received: at, Source: label, Payload: mustEncode(readForm{content, reach.String()})})
}

func (r *recording) gap(label string, from, to time.Time, reason safetext.Text, at time.Time) {
	r.add(intake.Entry{Kind: intake.KindGap, Received: at, Source: label, Payload: mustEncode(gapForm{from, to, reason})})
}
