// Package health says how far a source can be believed, and therefore what the desk can
// and cannot see. It holds the promises "Sources, content time, staleness" and "silence is not
// calm": pure functions over facts that others observed, with the time passed in.
//
// A [Profile] is what a source promises (how often it speaks, how late, of what); [Facts] are
// what was observed; [Facts.State] and [Cover] draw the conclusions. Nothing here reads a clock
// or a file, and all values are safe to share once made.
package health

import (
	"slices"
	"time"

	"vigil/internal/country"
	"vigil/internal/incident"
	"vigil/internal/safetext"
	"vigil/internal/saying"
)

// State of a source, in order from worst to best.
type State uint8

// The states.
const (
	Never  State = iota // nothing has been received yet
	Failed              // the last attempt failed
	Stale               // content is past its expected interval
	Quiet               // reachable, and heard from within the interval, but nothing new
	Live                // content within its expected interval
)

var stateWords = [...]string{"never", "failed", "stale", "quiet", "live"}

// String is the word used in JSON; screens show it in capitals.
func (s State) String() string { return stateWords[min(int(s), len(stateWords)-1)] }

// Sees reports whether a source in this state can be relied on to have spoken.
func (s State) Sees() bool { return s == Live || s == Quiet }

// Memory says what it means that a record is no longer in the source.
type Memory uint8

// The kinds of memory.
const (
	Accumulates Memory = iota // append-only: records are added and stay
	Complete                  // each content is the whole: what is gone was withdrawn
	Forgets                   // each content is only the recent past: what is gone is kept
	// Extract is an export of what somebody asked for, of some countries and years: what is gone is kept, it knows as
	// far back as its oldest record, and of a country that does not occur in it nobody can say that it was asked for.
	Extract
)

// String is the word used in printed lists.
func (m Memory) String() string {
	return [...]string{"accumulates", "complete", "forgets", "extract"}[min(int(m), 3)]
}

// Profile is what a source promises, from its format and as overridden in vigil.toml.
type Profile struct {
	Expect    time.Duration  // it speaks at least this often
	Lag       time.Duration  // it speaks of an event at most this long after it
	Reach     time.Duration  // how far back one content of a source that forgets goes; else 0
	Covers    ThreatSet      // the categories that it would report
	Countries []country.Code // where it looks; empty is everywhere
	Memory    Memory
	NoStaff   bool // its records do not say whether who was harmed was staff: windows count them, and no estimate rests on them
}

// Unhurried is the expect of a source that nobody waits for, such as the desk's own feed: as good as never.
const Unhurried = 3650 * 24 * time.Hour

// Awaited reports whether the source is late when it says nothing for long.
func (p *Profile) Awaited() bool { return p.Expect < Unhurried }

// ThreatSet is a set of the five threat categories.
type ThreatSet uint8

// Set makes a set.
func Set(threats ...incident.Threat) ThreatSet {
	var s ThreatSet
	for _, t := range threats {
		s |= 1 << t
	}
	return s
}

// Has reports whether t is in the set.
func (s ThreatSet) Has(t incident.Threat) bool { return s&(1<<t) != 0 }

// Threats lists the set in the usual order.
func (s ThreatSet) Threats() []incident.Threat {
	var list []incident.Threat
	for _, t := range incident.Threats() {
		if s.Has(t) {
			list = append(list, t)
		}
	}
	return list
}

// Words lists the set by name, never nil.
func (s ThreatSet) Words() []string {
	words := []string{}
	for _, t := range s.Threats() {
		words = append(words, t.String())
	}
	return words
}

// Everything but hazards: what the incident windows of a country count.
var deliberate = []incident.Threat{incident.ArmedConflict, incident.Terrorism, incident.Crime, incident.CivilUnrest}

// Deliberate lists the four categories of what people do, which the incident windows count.
func Deliberate() []incident.Threat { return slices.Clone(deliberate) }

// Facts are what was observed of one source. Times that have not been are zero.
type Facts struct {
	LastAttempt time.Time
	LastSuccess time.Time
	Heartbeat   time.Time           // newest sign of life that is not content: a heartbeat record
	Fetched     time.Time           // of a source that is fetched: when its content came
	Unchanged   time.Time           // and when its server said last that it has nothing newer, with a 304
	ContentTime time.Time           // newest time that the content itself declares; never after the file's modification
	Oldest      time.Time           // start of the oldest record that the source has given
	FirstSeen   time.Time           // when this desk first received anything from it
	Kept        time.Time           // of a source that is fetched: its content is an answer of then, and nobody has asked since
	Failure     safetext.Text       // why the last attempt failed; empty when it did not
	Note        safetext.Text       // what else stands against the source, such as an incomplete record
	Gaps        []incident.Interval // times of which records may be lost
}

// NoData is the reason of a source that has given nothing.
const NoData = "NO DATA"

// Cause is the kind of a reason.
type Cause uint8

// The causes. Seen has nothing against the source but its note.
const (
	Seen        Cause = iota
	Failing           // the last attempt failed
	NothingYet        // it has given nothing
	KeptOnly          // its content is an answer of At, and nobody has asked since
	Undated           // no time in its content
	Old               // its content is of At, older than Expect
	OldAsServed       // and its server says that nothing is newer, though it was as old when it came
)

// Why is the reason of a state in its parts, for whoever says it in another language.
type Why struct {
	Cause  Cause
	At     time.Time
	Expect time.Duration
	Text   safetext.Text // why the last attempt failed, else what else stands against the source
}

// Why is the state at now, with the parts of its reason.
func (f *Facts) Why(p *Profile, now time.Time) (State, Why) {
	why := Why{Text: f.Note}
	switch {
	case !f.Failure.IsZero():
		return Failed, Why{Cause: Failing, Text: f.Failure}
	case f.LastSuccess.IsZero():
		why.Cause = NothingYet
		return Never, why
	case !f.Kept.IsZero():
		why.Cause, why.At = KeptOnly, f.Kept
		return Stale, why
	case f.fresh(f.ContentTime, p, now):
		return Live, why
	case f.fresh(f.LastWord(p), p, now):
		return Quiet, why
	case f.ContentTime.IsZero():
		why.Cause = Undated
		return Stale, why
	}
	why.Cause, why.At, why.Expect = Old, f.ContentTime, p.Expect
	if f.fresh(f.Unchanged, p, now) {
		why.Cause = OldAsServed
	}
	return Stale, why
}

// State is the state at now, with the reason in words (empty for LIVE without a note).
func (f *Facts) State(p *Profile, now time.Time) (State, safetext.Text) {
	state, why := f.Why(p, now)
	return state, why.words(now)
}

// Lasting is [Facts.State] for what is read later, and in other languages: its reason holds times where that of State holds ages.
func (f *Facts) Lasting(p *Profile, now time.Time) (State, saying.Saying) {
	state, why := f.Why(p, now)
	return state, why.lasting(now)
}

// words is the reason in English.
func (w *Why) words(now time.Time) safetext.Text {
	var reason string
	switch w.Cause {
	case NothingYet, KeptOnly, Undated:
		return safetext.Clean(w.lasting(now).String())
	case Old, OldAsServed:
		reason = "content is " + Age(now.Sub(w.At)) + " old, expected every " + Age(w.Expect)
		if w.Cause == OldAsServed {
			reason += "; its server says that nothing is newer, but it was as old when it came"
		}
	default:
		return w.Text
	}
	if !w.Text.IsZero() {
		reason += "; " + w.Text.String()
	}
	return safetext.Clean(reason)
}

// lasting is the reason with times in place of ages.
func (w *Why) lasting(now time.Time) saying.Saying {
	var reason saying.Saying
	switch w.Cause {
	case NothingYet:
		reason = saying.Word(NoData)
	case KeptOnly:
		reason = saying.Of("kept answer of %s, not polled since", Moment(w.At, now))
	case Undated:
		reason = saying.Of("no time in its content")
	case Old, OldAsServed:
		reason = saying.Of("content of %s, expected every %s", Moment(w.At, now)+"Z", saying.Age(Age(w.Expect)))
		if w.Cause == OldAsServed {
			reason = saying.Join("; ", reason, saying.Of("its server says that nothing is newer, but it was as old when it came"))
		}
	case Seen, Failing:
	}
	return saying.Join("; ", reason, note(w.Text))
}

// note is what stands against a source in words of the program, or in those of a server or of the operating system.
func note(t safetext.Text) saying.Saying { return saying.Word(t.OneLine().String()) }

// LastWord is the newest time at which the source told something, or that it has nothing to tell; zero if there is none.
//
// That its server calls its content unchanged is a word of the source where the content was no older than expected when
// it came: the maker spoke, and then was silent. Of a content that was old already nobody knows whether its maker still lives,
// and it can be served unchanged for ever.
func (f *Facts) LastWord(p *Profile) time.Time {
	last := f.ContentTime
	if f.Heartbeat.After(last) {
		last = f.Heartbeat
	}
	if f.Unchanged.After(last) && !last.IsZero() && f.Fetched.Sub(last) <= p.Expect {
		last = f.Unchanged
	}
	return last
}

// Moment is a past time as now needs it: with its date if that is not today's. Both are UTC.
func Moment(t, now time.Time) string {
	t, now = t.UTC(), now.UTC()
	if t.Year() == now.Year() && t.YearDay() == now.YearDay() {
		return t.Format("15:04")
	}
	return t.Format("2006-01-02 15:04")
}

func (f *Facts) fresh(t time.Time, p *Profile, now time.Time) bool {
	return !t.IsZero() && now.Sub(t) <= p.Expect && !t.After(now.Add(incident.FutureTolerance))
}

// EndedAt is when the source stopped being able to see, as far as its facts tell: the end of its
// last interval, or of its last success when it failed or is asked no more. Zero if it never could.
func (f *Facts) EndedAt(p *Profile) time.Time {
	last := f.LastWord(p)
	if last.IsZero() {
		return time.Time{}
	}
	end := last.Add(p.Expect)
	if (!f.Failure.IsZero() || !f.Kept.IsZero()) && !f.LastSuccess.IsZero() && f.LastSuccess.Before(end) {
		end = f.LastSuccess
	}
	return end
}

// KnownSince is how far back the source's knowledge goes: its oldest record where it keeps
// everything, its first receipt less its reach where it forgets. Zero when it knows nothing.
func (f *Facts) KnownSince(p *Profile) time.Time {
	if p.Memory == Forgets {
		if f.FirstSeen.IsZero() {
			return time.Time{}
		}
		return f.FirstSeen.Add(-p.Reach)
	}
	return f.Oldest
}

// CompleteUntil is the time before which the source has spoken of all that it would: its last
// word less its lag.
func (f *Facts) CompleteUntil(p *Profile) time.Time {
	last := f.LastWord(p)
	if last.IsZero() {
		return time.Time{}
	}
	return last.Add(-p.Lag)
}

// Knows reports whether the source can answer for the whole of [from, to) at now: it is LIVE or
// QUIET, has no gap inside, its lag is no longer than the window, and it knew that far back.
func (f *Facts) Knows(p *Profile, from, to, now time.Time) bool {
	state, _ := f.State(p, now)
	if !state.Sees() || p.Lag > to.Sub(from) {
		return false
	}
	since := f.KnownSince(p)
	if since.IsZero() || since.After(from) {
		return false
	}
	for _, g := range f.Gaps {
		if g.Overlaps(from, to) {
			return false
		}
	}
	return true
}
