package notify

import (
	"cmp"
	"fmt"
	"time"

	"vigil/internal/duty"
	"vigil/internal/notify/channel"
	"vigil/internal/safetext"
	"vigil/internal/saying"
)

// line is one channel with what waits for it.
type line struct {
	channel channel.Channel
	jobs    map[string]*job // by the alarm's id, and whether it is the alarm or its correction
	busy    int             // tries under way
	dropped int             // since the program was started
	failing time.Time       // since when no try has succeeded; zero if the last one has
	why     string          // the last one failed
}

// job is one alarm, or its correction, on its way out by one channel.
type job struct {
	alarm      *duty.Alarm // as it was last offered
	occurrence int
	correction int // which of the alarm's corrections this is; 0 for the alarm itself
	restricted bool
	wanted     bool // it rings, and the channel takes it; or those who were sent it must hear that it is not so
	state      state
	sending    bool
	tries      int
	next       time.Time // when the next try is due
	ended      time.Time // when it was sent
}

// key is that of the job in [line.jobs].
func (j *job) key() string {
	if j.correction > 0 {
		return j.alarm.ID + correction
	}
	return j.alarm.ID
}

type state uint8

const (
	waiting state = iota
	sent
	dropped
)

// offer takes the open alarms, and gives the outcomes of what was dropped.
func (l *line) offer(alarms []*duty.Alarm, restricted func(*duty.Alarm) bool, now time.Time) (lost []*duty.Send) {
	open := make(map[string]bool, len(alarms))
	for _, a := range alarms {
		hidden := restricted != nil && restricted(a)
		if a.Open() {
			open[a.ID] = true
			lost = append(lost, l.offerAlarm(a, hidden, now)...)
		}
		l.offerCorrection(a, hidden, now)
	}
	for id, j := range l.jobs {
		if j.state == waiting && j.correction == 0 && !open[id] {
			delete(l.jobs, id) // somebody closed it
		}
	}
	return lost
}

// offerAlarm takes an open alarm, and gives the outcomes of what was dropped for it.
func (l *line) offerAlarm(a *duty.Alarm, restricted bool, now time.Time) (lost []*duty.Send) {
	wanted := a.Rings(now) && !a.OverAndUntrue() && l.channel.Takes(a.Severity) // of what is not so its correction goes
	j := l.jobs[a.ID]
	switch {
	case j == nil || j.occurrence < a.Occurrence(now):
		if !wanted {
			break
		}
		j = l.newJob(a, now)
		l.jobs[a.ID] = j
		if j.state == waiting {
			lost = l.makeRoom(j)
		}
	case !wanted && j.state == waiting && !j.sending && (j.tries == 0 || j.tries >= l.channel.Tries):
		delete(l.jobs, a.ID)
		return nil
	}
	if j == nil {
		return lost
	}
	j.alarm, j.wanted, j.restricted = a, wanted, restricted
	if wanted && j.state == sent && l.again(j.ended, now) {
		j.state, j.tries, j.next = waiting, 0, now
	}
	return lost
}

// offerCorrection takes an alarm that may have become untrue: whoever was sent it hears that, whether somebody owns or has closed it or
// not.
func (l *line) offerCorrection(a *duty.Alarm, restricted bool, now time.Time) {
	key := a.ID + correction
	j := l.jobs[key]
	wanted := a.Corrects(l.channel.Name, now)
	switch {
	case !wanted:
		if j != nil && !j.sending {
			delete(l.jobs, key) // it is so after all, or too long ago
		}
		return
	case j == nil || j.correction < a.Corrections:
		j = l.newCorrection(a, now)
		l.jobs[key] = j
	}
	j.alarm, j.wanted, j.restricted = a, true, restricted
}

// correction follows the id of an alarm in the key of the job that is its correction.
const correction = " correction"

// newCorrection is the correction of an alarm: done, where the duty log says so.
func (l *line) newCorrection(a *duty.Alarm, now time.Time) *job {
	j := &job{alarm: a, occurrence: a.Occurrence(now), correction: a.Corrections, next: now}
	for _, s := range a.Sent {
		if s.Channel == l.channel.Name && s.Correction == j.correction && s.Failed.IsZero() {
			j.state, j.ended = sent, s.At
		}
	}
	return j
}

// newJob is the job of an alarm: done, where the duty log says so.
func (l *line) newJob(a *duty.Alarm, now time.Time) *job {
	j := &job{alarm: a, occurrence: a.Occurrence(now), next: now}
	for _, s := range a.Sent {
		if s.Channel == l.channel.Name && s.Occurrence == j.occurrence && s.Correction == 0 && s.Failed.IsZero() {
			j.state, j.ended = sent, s.At
		}
	}
	return j
}

// again reports whether what was sent then is to be sent again now. A clock that was set back since proves nothing.
func (l *line) again(then, now time.Time) bool {
	return l.channel.Repeat > 0 && (now.Sub(then) >= l.channel.Repeat || then.Sub(now) > time.Minute)
}

// makeRoom drops what is lowest, and newest of that, where too many wait and one of them may be dropped.
func (l *line) makeRoom(added *job) []*duty.Send {
	n := 0
	worst := added
	for _, j := range l.jobs {
		if j.state != waiting || !droppable(j) {
			continue
		}
		n++
		if !j.sending && drops(j, worst) {
			worst = j
		}
	}
	if n <= MaxWaiting || !droppable(worst) {
		return nil
	}
	worst.state = dropped
	l.dropped++
	why := fmt.Sprintf("not sent: %d alarms of medium or low severity waited for this channel already", MaxWaiting)
	return []*duty.Send{{Alarm: worst.alarm.ID, Channel: l.channel.Name, Failed: duty.Words(why), Tries: worst.tries, Occurrence: worst.occurrence}}
}

// droppable reports whether an alarm may be dropped in a flood. What was sent is corrected, whatever it was.
func droppable(j *job) bool { return j.correction == 0 && duty.High.Above(j.alarm.Severity) }

// drops reports whether x is dropped before y: the lower severity, and of those that are alike the newer.
func drops(x, y *job) bool {
	return cmp.Or(
		cmp.Compare(y.alarm.Severity.Rank(), x.alarm.Severity.Rank()),
		cmp.Compare(y.alarm.Number, x.alarm.Number),
	) < 0
}

// before reports whether x goes out before y.
func before(x, y *job) bool {
	return cmp.Or(
		cmp.Compare(x.alarm.Severity.Rank(), y.alarm.Severity.Rank()),
		x.next.Compare(y.next),
		cmp.Compare(x.alarm.Number, y.alarm.Number),
	) < 0
}

// goes reports whether it waits for a try.
func (l *line) goes(j *job) bool {
	return j.state == waiting && !j.sending && (j.wanted || j.tries < l.channel.Tries)
}

// due is what is to be tried now; nil if nothing is, or not yet. One try at a time goes to a channel; a critical does not wait for
// one of a lower severity that is under way.
func (l *line) due(now time.Time) *job {
	var first *job
	for _, j := range l.jobs {
		if l.goes(j) && !j.next.After(now) && (first == nil || before(j, first)) {
			first = j
		}
	}
	if first == nil || l.busy > 1 || l.busy == 1 && first.alarm.Severity != duty.Critical {
		return nil
	}
	return first
}

// next is when the first of those is due that could go then; the end of a try wakes the loop for the others.
func (l *line) next() (at time.Time, some bool) {
	for _, j := range l.jobs {
		free := l.busy == 0 || l.busy == 1 && j.alarm.Severity == duty.Critical
		if free && l.goes(j) && (!some || j.next.Before(at)) {
			at, some = j.next, true
		}
	}
	return at, some
}

// ended notes what became of a try, and gives the outcome, if it is one.
func (l *line) ended(j *job, err error, now time.Time, fraction float64) *duty.Send {
	s := &duty.Send{Alarm: j.alarm.ID, Channel: l.channel.Name, Tries: j.tries, Occurrence: j.occurrence, Correction: j.correction}
	if err == nil {
		l.failing, l.why = time.Time{}, ""
		if l.jobs[j.key()] == j {
			j.state, j.ended = sent, now
		}
		return s
	}
	if l.failing.IsZero() {
		l.failing = now
	}
	l.why = err.Error()
	j.next = now.Add(l.channel.Wait(j.tries, fraction))
	if j.tries != l.channel.Tries {
		return nil
	}
	s.Failed = duty.Words(safetext.CleanMax(l.why, duty.MaxShort).String())
	return s
}

// troubles says what is wrong with the channel.
func (l *line) troubles() (list []saying.Saying) {
	if !l.failing.IsZero() {
		n := 0
		for _, j := range l.jobs {
			if j.state == waiting {
				n++
			}
		}
		list = append(list, saying.Of("out %s: nothing was sent since %s: %s; %d waiting", l.channel.Name, l.failing.UTC().Format("15:04Z"), l.why, n))
	}
	if l.dropped > 0 {
		list = append(list, saying.Of("out %s: %d of medium or low severity not sent: too many at once", l.channel.Name, l.dropped))
	}
	return list
}
