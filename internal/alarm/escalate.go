package alarm

import (
	"strconv"
	"time"

	"vigil/internal/alarm/rule"
	"vigil/internal/duty"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/saying"
)

// escalate gives the alarms that nobody has owned for as long as their rule allows.
func (s *step) escalate() {
	for _, a := range s.open {
		if a.OverAndUntrue() || s.denies(a) {
			continue // it waits to be seen, and there is nothing to be done about it
		}
		at, to, due := Escalates(a, s.rules)
		if since, silent := s.manned.silent(a, s.now); silent {
			s.write(Escalation(a, to, saying.Of("nobody has owned it, and no key was pressed, for %s", saying.Age(health.Age(s.now.Sub(since))))))
			continue
		}
		if due && a.Level == 0 && a.Rings(s.now) && alone(a).After(s.now.Add(incident.FutureTolerance)) {
			s.write(Escalation(a, to, saying.Of("nobody owns it, and a clock that was ahead has dated it: since when is not known")))
			continue
		}
		if due && !at.After(s.now) && a.Rings(s.now) {
			s.write(Escalation(a, to, saying.Of("nobody has owned it for %s", saying.Age(health.Age(s.now.Sub(alone(a)))))))
		}
	}
}

// Manned is whether somebody is at the consoles of the desk.
type Manned struct {
	Last time.Time // a key, or an entry of a person; zero if nobody is known to have done anything
	// Within is how long a critical alarm waits for a key before it escalates, whatever its rule says; 0 is for ever.
	Within time.Duration
}

// silent reports whether an alarm of the highest severity, which nobody owns, has waited too long for any key. Since is from when on
// there was none. It does so once; further on its rule escalates.
func (m Manned) silent(a *duty.Alarm, now time.Time) (since time.Time, is bool) {
	if m.Within <= 0 || a.Severity != duty.Critical || !a.Rings(now) {
		return time.Time{}, false
	}
	since = later(alone(a), m.Last)
	return since, now.Sub(since) >= m.Within && !a.Escalated.After(alone(a))
}

// Escalation is the next escalation of an alarm, for a reason, since nobody owned it: where somebody took it meanwhile it comes to nothing,
// and what follows when they let it go has another id. to is the function that must know of it from then on, if there is one.
func Escalation(a *duty.Alarm, to string, reason saying.Saying) (string, duty.Body) {
	level := a.Level + 1
	return idOf(duty.KindEscalate, a.ID, strconv.Itoa(level), alone(a).UTC().Format(time.RFC3339Nano)),
		&duty.Escalate{Alarm: a.ID, Level: level, To: duty.Words(to), Reason: duty.Words(reason.String()), Said: reason}
}

// Escalates is when an alarm that nobody owns until then escalates next, and to which function; due is false where its rule names no further time.
func Escalates(a *duty.Alarm, rules rule.Set) (at time.Time, to string, due bool) {
	var rungs []rule.Rung
	if r, known := rules.Find(a.Raise.Rule); known {
		rungs = r.Escalate
	} else if a.Raise.Rule == rule.Together {
		rungs = rule.Usually(a.Severity)
	}
	if !a.Open() {
		return time.Time{}, "", false
	}
	since := alone(a)
	for _, r := range rungs {
		if at := since.Add(r.After); at.After(a.Escalated) {
			return at, r.To, true
		}
	}
	return time.Time{}, "", false
}

// alone is since when nobody has owned an alarm: since it came, or the end of the last acknowledgement or shelf.
func alone(a *duty.Alarm) time.Time {
	since := a.Came
	if n := len(a.Acks); n > 0 && a.Acks[n-1].At.After(since) {
		end := a.Acks[n-1].Until
		if a.Acks[n-1].Undone && a.Escalated.Before(end) {
			end = a.Escalated // it was undone by an escalation before its time
		}
		since = later(since, end)
	}
	return later(since, a.Shelf.Until)
}
