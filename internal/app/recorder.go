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
	incident(a picture.Arrival)
	withdrawn(label string, name incident.Identity, at time.Time)
	levels(encoded []byte, at time.Time)
	presence(encoded []byte, at time.Time)
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
func (unrecorded) incident(picture.Arrival)                                   {}
func (unrecorded) withdrawn(string, incident.Identity, time.Time)             {}
func (unrecorded) levels([]byte, time.Time)                                   {}
func (unrecorded) presence([]byte, time.Time)                                 {}
func (unrecorded) read(string, time.Time, time.Duration, time.Time)           {}
func (unrecorded) gap(string, time.Time, time.Time, safetext.Text, time.Time) {}
func (unrecorded) position(string, source.Position)                           {}
func (u unrecorded) word() safetext.Text                                      { return u.why }

// kindSource is the intake's word for what format a source had.
const kindSource intake.Kind = "source"

// recording writes to an intake that this process is the collector of.
type recording struct {
	log   *intake.Log
	clock func() time.Time
	wake  chan struct{} // capacity 1: something waits
	moved chan struct{} // capacity 1: the state has changed

	mu      sync.Mutex
	waiting []intake.Entry
	failure error
	lost    int // entries that could not be recorded
	formats map[string]string
	reached map[string]source.Position // how far files were read, by path in the desk
}

func newRecording(log *intake.Log, clock func() time.Time) *recording {
	return &recording{log: log, clock: clock, wake: make(chan struct{}, 1), moved: make(chan struct{}, 1), formats: map[string]string{}, reached: map[string]source.Position{}}
}

// batchSize is how many entries go to the disk in one write.
const batchSize = 512

func (r *recording) add(e intake.Entry) {
	r.mu.Lock()
	r.waiting = append(r.waiting, e)
	r.mu.Unlock()
	select {
	case r.wake <- struct{}{}:
	default:
	}
}

// run writes until ctx ends and everything that waits is written and durable.
func (r *recording) run(ctx context.Context) {
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	for {
		r.write()
		if due, waits := r.log.Due(); waits {
			timer.Reset(max(0, due.Sub(r.clock())))
		}
		select {
		case <-r.wake:
		case <-timer.C:
			r.note(r.log.Flush(), 0)
		case <-ctx.Done():
			r.write()
			r.note(r.log.Flush(), 0)
			return
		}
	}
}

func (r *recording) write() {
	for {
		r.mu.Lock()
		batch := r.waiting[:min(len(r.waiting), batchSize)]
		r.mu.Unlock()
		if len(batch) == 0 {
			return
		}
		_, err := r.log.Add(batch...)
		r.mu.Lock()
		r.waiting = r.waiting[len(batch):]
		if len(r.waiting) == 0 {
			r.waiting = nil
		}
		r.mu.Unlock()
		r.note(err, len(batch))
	}
}

// note keeps the last failure, and counts what was lost by it.
func (r *recording) note(err error, entries int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.failure = err
	if err != nil {
		r.lost += entries
	}
}

// recordingBehind is how many entries may wait before the header says that recording is behind.
const recordingBehind = 2000

func (r *recording) word() safetext.Text {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case errors.Is(r.failure, intake.ErrNotConfirmed):
		return safetext.Clean(fmt.Sprintf("NOT CONFIRMED: the disk did not confirm %d records", r.lost))
	case r.failure != nil:
		return safetext.Clean(fmt.Sprintf("NOT RECORDED: %d records lost to the intake: %v", r.lost, r.failure))
	case r.lost > 0:
		return safetext.Clean(fmt.Sprintf("%d records were not recorded", r.lost))
	case len(r.waiting) > recordingBehind:
		return safetext.Clean(fmt.Sprintf("recording… %d behind", len(r.waiting)))
	default:
		return safetext.Text{}
	}
}

func (r *recording) position(file string, p source.Position) {
	r.mu.Lock()
	r.reached[file] = p
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
	return stateForm{Recording: word.String(), Read: maps.Clone(r.reached)}
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
	r.formats[label] = format
	r.add(intake.Entry{Kind: kindSource, Received: r.clock(), Source: label, Payload: mustEncode(sourceForm{format})})
}

func (r *recording) withdrawn(label string, name incident.Identity, at time.Time) {
	r.add(intake.Entry{Kind: intake.KindWithdraw, Received: at, Source: label, Payload: mustEncode(withdrawForm{name.Authority, name.ID})})
}

func (r *recording) levels(encoded []byte, at time.Time) {
	r.add(intake.Entry{Kind: intake.KindLevel, Received: at, Source: specLevels, Payload: encoded})
}

func (r *recording) presence(encoded []byte, at time.Time) {
	r.add(intake.Entry{Kind: intake.KindPresence, Received: at, Source: specPresence, Payload: encoded})
}

func (r *recording) read(label string, content time.Time, reach time.Duration, at time.Time) {
	r.add(intake.Entry{Kind: intake.KindRead, Received: at, Source: label, Payload: mustEncode(readForm{content, reach.String()})})
}

func (r *recording) gap(label string, from, to time.Time, reason safetext.Text, at time.Time) {
	r.add(intake.Entry{Kind: intake.KindGap, Received: at, Source: label, Payload: mustEncode(gapForm{from, to, reason})})
}
