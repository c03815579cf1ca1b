package duty

import (
	"strings"
	"time"

	"vigil/internal/incident"
)

// The usual vigilance check: at night, once an hour.
const (
	UsualVigilance = time.Hour
	// VigilanceGrace is how long it waits for a key before it is an alarm.
	VigilanceGrace = 5 * time.Minute
	usualNightFrom = 22 * time.Hour
	usualNightTo   = 6 * time.Hour
)

// Vigilance says when whoever has the watch is asked whether they are awake. The zero value never asks.
type Vigilance struct {
	// Every is how long nobody may have done anything at night before it asks; 0 is never.
	Every time.Duration
	// From and To are the night, by the clock on the wall of Zone, since midnight; it goes over midnight where To is the earlier.
	From, To time.Duration
	Zone     *time.Location // nil is UTC
}

// UsualNight is the check of a desk that says nothing of it: from 22:00 to 06:00 UTC.
func UsualNight() Vigilance {
	return Vigilance{Every: UsualVigilance, From: usualNightFrom, To: usualNightTo}
}

// Check is since when the check waits for an answer at now. attended is when a person last did anything; nobody is asked whether they
// are awake who has no watch. asks is false by day, and while the last sign of life is young enough.
func (v Vigilance) Check(w OnWatch, attended, now time.Time) (since time.Time, asks bool) {
	began, night := v.night(now)
	if !night || !w.Held() || v.Every <= 0 {
		return time.Time{}, false
	}
	since = began
	for _, sign := range [...]time.Time{w.Since, attended} {
		// What a clock that was ahead has dated later than now is no sign of life at any time that is known.
		if asks := sign.Add(v.Every); !sign.After(now.Add(incident.FutureTolerance)) && asks.After(since) {
			since = asks
		}
	}
	return since, !since.After(now)
}

// Silent reports whether nobody has answered the check for [VigilanceGrace], and since when it has asked.
func (v Vigilance) Silent(w OnWatch, attended, now time.Time) (since time.Time, is bool) {
	since, asks := v.Check(w, attended, now)
	return since, asks && now.Sub(since) >= VigilanceGrace
}

// night reports whether it is night at t, and when that night began.
func (v Vigilance) night(t time.Time) (began time.Time, is bool) {
	zone := v.Zone
	if zone == nil {
		zone = time.UTC
	}
	local := t.In(zone)
	for back := range 2 {
		y, m, d := local.AddDate(0, 0, -back).Date()
		at := func(since time.Duration, days int) time.Time {
			return time.Date(y, m, d+days, int(since/time.Hour), int(since%time.Hour/time.Minute), 0, 0, zone)
		}
		days := 0
		if v.To <= v.From {
			days = 1
		}
		if from := at(v.From, 0); !t.Before(from) && t.Before(at(v.To, days)) {
			return from, true
		}
	}
	return time.Time{}, false
}

// NoTerminal ends what an entry says of where it comes from, when it was made by a script, cron or a service.
const NoTerminal = "no terminal"

// signOfLife reports whether an entry shows that somebody is awake. What a script writes does not, whoever it names, unless it is
// about the watch, which somebody says of themselves.
func (e *Entry) signOfLife() bool {
	if e.By == Vigil {
		return false
	}
	_, watch := e.Body.(*Watch)
	return watch || !strings.HasSuffix(e.From.String(), NoTerminal)
}
