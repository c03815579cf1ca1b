package app

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"sync"
	"time"

	"vigil/internal/feed/native"
	"vigil/internal/incident"
	"vigil/internal/intake"
	"vigil/internal/picture"
	"vigil/internal/safetext"
	"vigil/internal/saying"
	"vigil/internal/source"
)

// recorder keeps what arrives. Its methods do not block: what must reach the disk is handed to a
// goroutine of the recorder's own, so that a slow or a full disk never holds the picture up.
type recorder interface {
	source(label, format string)
	// remembers says that the intake knows the format of a source.
	remembers(label, format string)
	incident(a picture.Arrival)
	// kept keeps an arrival whose text is kept under a number.
	kept(a *picture.Arrival, n uint32)
	withdrawn(label string, name incident.Identity, at time.Time)
	levels(encoded []byte, at time.Time)
	presence(encoded []byte, at time.Time)
	advisories(label string, encoded []byte, at time.Time)
	read(label string, content time.Time, reach time.Duration, at time.Time)
	gap(label string, from, to time.Time, reason safetext.Text, at time.Time)
	// position notes how far a file of lines was read.
	position(file string, p source.Position)
	// idle reports whether nothing waits to be recorded.
	idle() bool
	// word says how recording stands; empty when it is as it should be.
	word() saying.Saying
}

// unrecorded is the recorder of one-shot commands and of desks that cannot be written.
type unrecorded struct{ why saying.Saying }

func (unrecorded) source(string, string)                                      {}
func (unrecorded) remembers(string, string)                                   {}
func (unrecorded) incident(picture.Arrival)                                   {}
func (unrecorded) kept(*picture.Arrival, uint32)                              {}
func (unrecorded) withdrawn(string, incident.Identity, time.Time)             {}
func (unrecorded) levels([]byte, time.Time)                                   {}
func (unrecorded) presence([]byte, time.Time)                                 {}
func (unrecorded) advisories(string, []byte, time.Time)                       {}
func (unrecorded) read(string, time.Time, time.Duration, time.Time)           {}
func (unrecorded) gap(string, time.Time, time.Time, safetext.Text, time.Time) {}
func (unrecorded) position(string, source.Position)                           {}
func (unrecorded) idle() bool                                                 { return true }
func (u unrecorded) word() saying.Saying                                      { return u.why }

// kindSource is the intake's word for what format a source had.
const kindSource intake.Kind = "source"

// recording writes to an intake that this process is the collector of. Until it is, what arrives waits:
// the collector that is may be gone before it has recorded it.
type recording struct {
	clock func() time.Time
	texts picture.Texts // of the store
	wake  chan struct{} // capacity 1: something waits
	moved chan struct{} // capacity 1: the state has changed

	mu      sync.Mutex
	log     *intake.Log // nil while another process is the collector
	polls   string      // the run of this process, while it is the collector
	waiting []pending
	writing int           // of those that wait, how many are being written
	behind  int           // records that wait
	standby saying.Saying // what stands against the other process
	failure error         // of the last attempt to write entries
	sign    error         // of the last attempt to write the state
	lost    int           // entries that could not be recorded and will not be
	formats map[string]string
	reached map[string]source.Position // how far files were read and that is recorded, by path in the desk
	packer  intake.Packer              // of the goroutine that writes
	unread  int                        // texts of what is being written that could not be read back
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
	r.log, r.polls, r.standby = log, run, saying.Saying{}
}

// over says that the run ends: what it polled is from then on what was last known.
func (r *recording) over() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.polls = ""
}

// stand notes what stands against the process that is the collector.
func (r *recording) stand(why saying.Saying) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.standby = why
}

// recordedUntil lets go of what arrived before t: the process that is the collector has it.
func (r *recording) recordedUntil(t time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	n := 0
	for n < len(r.waiting) && r.waiting[n].entry.Received.Before(t) {
		n++
	}
	r.remove(n)
}

func (r *recording) add(e intake.Entry) {
	r.mu.Lock()
	r.waiting = append(r.waiting, pending{entry: e})
	r.behind++
	r.mu.Unlock()
	r.awaken()
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
		entries, taken, err := r.batch(size)
		if taken == 0 {
			r.packer = intake.Packer{} // what comes after a large file is seldom large
			return true
		}
		if err == nil && len(entries) > 0 {
			_, err = r.log.Add(entries...)
		}
		one := errors.Is(err, intake.ErrEntry) // it is about one of them, and not about the disk
		switch {
		case one && taken > 1:
			size = 1 // one of them cannot be recorded, ever: the others can
			continue
		case !one && errors.Is(err, intake.ErrNotRecorded) && r.log.Err() == nil:
			r.note(err, 0)
			return false
		default:
			r.note(err, taken)
		}
	}
}

// note keeps what became of the first of those that wait: how many are done with, lost if there is an error.
func (r *recording) note(err error, done int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.failure = err
	records := r.remove(done)
	switch {
	case err != nil:
		r.lost += records
	case done > 0:
		r.lost += r.unread
	}
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

func (r *recording) idle() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.waiting) == 0
}

// recordingBehind is how many entries may wait before the header says that recording is behind.
const recordingBehind = 2000

func (r *recording) word() saying.Saying {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case r.log == nil:
		return r.standby
	case errors.Is(r.failure, intake.ErrNotConfirmed):
		return saying.Of("%s: %s", saying.Word("NOT CONFIRMED"), saying.Of("the disk did not confirm what was recorded last; close vigil and open it again"))
	case r.failure != nil && r.lost > 0:
		return saying.Of("%s: %s", saying.Word("NOT RECORDED"), saying.Of("%s lost to the intake: %s", saying.Count(r.lost, "record is", "records are"), r.failure))
	case r.failure != nil:
		return saying.Of("%s: %s", saying.Word("NOT RECORDED"), saying.Of("%s: %s", saying.Count(r.behind, "record waits", "records wait"), r.failure))
	case r.lost > 0:
		return saying.Of("%s not recorded", saying.Count(r.lost, "record was", "records were"))
	case r.sign != nil:
		return saying.Of("the collector's state is not written: %s", r.sign)
	case r.behind > recordingBehind:
		// A session that is closed records what waits before it ends; where it is killed, positions are behind as well.
		return saying.Of("recording… %s: quitting is safe, what is left is recorded then or read again", saying.Count(r.behind, "to go", "to go"))
	default:
		return saying.Saying{}
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
