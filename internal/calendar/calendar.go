// Package calendar holds what is expected on dates that people know ahead: elections, curfews, visits,
// landfalls, movements.
//
// What is expected has not happened: no entry is an incident, enters a count or a window, or says that
// anything occurred. An entry that recurs is one entry, with an occurrence that is next.
//
// Everything is pure: the time is passed in, nothing reads a clock or a file, and entries are not changed
// once made, so that they may be shared.
package calendar

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"vigil/internal/country"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// Kind is what an entry is about.
type Kind uint8

// The kinds.
const (
	Other Kind = iota
	Election
	Curfew
	Visit
	Landfall
	Movement
	Task
)

var kindWords = [...]string{"other", "election", "curfew", "visit", "landfall", "movement", "task"}

// String is the word used in files and JSON.
func (k Kind) String() string { return kindWords[min(int(k), len(kindWords)-1)] }

// Kinds lists the words.
func Kinds() []string { return slices.Clone(kindWords[:]) }

// ParseKind reads a kind in any case; ok is false for a word that is none.
func ParseKind(s string) (Kind, bool) {
	i := slices.Index(kindWords[:], strings.ToLower(strings.TrimSpace(s)))
	return Kind(max(0, i)), i >= 0
}

// Ends reports whether somebody is waited for at the end of what it is about: it is overdue from then on,
// until the entry says that it is done.
func (k Kind) Ends() bool { return k == Movement || k == Task }

// Entry is one entry of a calendar.
type Entry struct {
	ID          safetext.Text // unique; empty where the file gives none
	Sequence    int           // of two entries of one id the higher holds
	Title       safetext.Text
	Details     safetext.Text
	Kind        Kind
	Country     country.Code // Unknown when nobody said
	CountryText safetext.Text
	Area        safetext.Text

	// Start and End are the first occurrence, as clocks of the place show it: End is the first instant
	// after. They are equal where it has no duration.
	Start, End Wall
	AllDay     bool // dates without a clock
	Zone       Zone

	Rule   *Rule  // nil when it does not recur, but for Also
	Also   []Wall // more occurrences
	Except []Wall // occurrences that are not
	Moved  []Moved

	Cancelled bool
	Done      bool
	Origin    incident.Origin
}

// Moved is one occurrence that is not as the rule has it.
type Moved struct {
	From       Wall // when it would have begun
	Start, End Wall
	Zone       Zone
	Title      safetext.Text // empty is that of the entry
	Cancelled  bool
}

// Recurs reports whether the entry has more than one occurrence.
func (e *Entry) Recurs() bool { return e.Rule != nil || len(e.Also) > 0 }

// State is where an occurrence stands at a time.
type State uint8

// The states, in the order in which they need attention.
const (
	Overdue   State = iota // waited for, and past
	Present                // has begun and not ended
	Expected               // is to come
	Past                   // has ended
	Cancelled              // will not be, or was not
)

var stateWords = [...]string{"overdue", "now", "expected", "past", "cancelled"}

// String is the word used in JSON; screens show it in capitals where it needs attention.
func (s State) String() string { return stateWords[min(int(s), len(stateWords)-1)] }

// Occurrence is one time at which something is expected.
type Occurrence struct {
	Start, End time.Time // UTC; equal where it has no duration
	From, To   Wall      // the same as clocks of the place show it
	Title      safetext.Text
	State      State
}

// OverdueFor is for how long an occurrence of what recurs is overdue that was waited for; then it is past: nobody ticks it off in the
// calendar. What was to happen once is overdue until somebody says that it is done: a convoy that never arrived is not over after a week.
const OverdueFor = 7 * 24 * time.Hour

// horizon is how far ahead an occurrence is looked for.
const horizon = 2 * 366 * 24 * time.Hour

// At is the occurrence of the entry that matters at t: the one overdue or under way, else the next, else
// the last within the week. ok is false when there is none of them.
func (e *Entry) At(t time.Time) (o Occurrence, ok bool) {
	length := e.End.Sub(e.Start)
	from := t.Add(-OverdueFor - length - 2*24*time.Hour)
	once := !e.Recurs()
	if begins := e.Start.Add(-2 * 24 * time.Hour); once && e.Kind.Ends() && begins.Before(from) {
		from = begins
	}
	for _, look := range [...]struct {
		ahead time.Duration
		limit int
	}{{60 * 24 * time.Hour, maxOccurrences}, {horizon, few + len(e.Except) + len(e.Moved)}} {
		all := e.between(from, t.Add(look.ahead), look.limit)
		if o, ok = matters(all, t, e.Done, once); ok && o.State != Past && o.State != Cancelled {
			return o, true
		}
	}
	return o, ok
}

// matters chooses among occurrences in order.
func matters(all []Occurrence, t time.Time, done, once bool) (best Occurrence, ok bool) {
	for _, o := range all {
		o.State = stateOf(&o, t, done, once)
		if !ok || cmp.Or(cmp.Compare(rank(o.State), rank(best.State)), byNearness(&o, &best)) < 0 {
			best, ok = o, true
		}
	}
	if ok && best.State == Past && t.Sub(best.End) > OverdueFor {
		return Occurrence{}, false
	}
	return best, ok
}

// rank orders states for the choice of one occurrence. A cancelled occurrence of many stands for none.
func rank(s State) int {
	return [...]int{Overdue: 0, Present: 0, Expected: 1, Past: 2, Cancelled: 3}[min(int(s), 4)]
}

// byNearness prefers the latest of what has begun and the earliest of what is to come.
func byNearness(a, b *Occurrence) int {
	if a.State == Expected {
		return a.Start.Compare(b.Start)
	}
	return b.Start.Compare(a.Start)
}

func stateOf(o *Occurrence, t time.Time, done, once bool) State {
	switch {
	case o.State == Cancelled:
		return Cancelled
	case o.Start.After(t):
		return Expected
	case o.End.After(t):
		return Present
	case o.State == Overdue && !done && (once || t.Sub(o.End) <= OverdueFor):
		return Overdue
	default:
		return Past
	}
}

// Caps of how many occurrences of one entry are looked at, near and far.
const (
	maxOccurrences = 1000
	few            = 100
)

// between lists the occurrences that begin from from to to, in order. Their State is Cancelled,
// Overdue for what is waited for at its end, and else Past.
func (e *Entry) between(from, to time.Time, limit int) []Occurrence {
	// Clocks of the place are at most a day from those of UTC.
	const slack = 24 * time.Hour
	starts := e.starts(from.Add(-slack), to.Add(slack), limit)
	length := e.End.Sub(e.Start)
	state := Past
	if e.Kind.Ends() {
		state = Overdue
	}
	if e.Cancelled {
		state = Cancelled
	}
	var out []Occurrence
	add := func(o Occurrence) {
		if !o.Start.Before(from) && !o.Start.After(to) {
			out = append(out, o)
		}
	}
	for _, w := range starts {
		if !slices.ContainsFunc(e.Moved, func(m Moved) bool { return m.From.Equal(w) }) {
			add(occurrence(e.Zone, w, w.Add(length), e.Title, state))
		}
	}
	for i := range e.Moved {
		m := &e.Moved[i]
		o := occurrence(m.Zone, m.Start, m.End, m.Title, state)
		if o.Title.IsZero() {
			o.Title = e.Title
		}
		if m.Cancelled {
			o.State = Cancelled
		}
		add(o)
	}
	slices.SortStableFunc(out, func(a, b Occurrence) int { return a.Start.Compare(b.Start) })
	return out
}

func occurrence(z Zone, from, to Wall, title safetext.Text, state State) Occurrence {
	return Occurrence{Start: z.UTC(from), End: z.UTC(to), From: from, To: to, Title: title, State: state}
}

// starts lists the wall times at which the entry begins in [from, to], without those excepted.
func (e *Entry) starts(from, to time.Time, limit int) []Wall {
	clock := e.Start.Sub(midnight(e.Start))
	all := []Wall{e.Start} // the first counts, whatever the rule says
	if e.Rule != nil {
		for _, d := range e.Rule.dates(e.Start, from, to, limit) {
			if w := d.Add(clock); e.Rule.Until.IsZero() || !w.After(e.Rule.Until) {
				all = append(all, w)
			}
		}
	}
	all = append(all, e.Also...)
	slices.SortFunc(all, time.Time.Compare)
	all = slices.CompactFunc(all, time.Time.Equal)
	return slices.DeleteFunc(all, func(w Wall) bool {
		return w.Before(from) || w.After(to) || slices.ContainsFunc(e.Except, w.Equal)
	})
}

// Vanished reports whether something of before is missing after, by id or else by title.
func Vanished(before, after []Entry) bool {
	name := func(e *Entry) string {
		if !e.ID.IsZero() {
			return "id " + e.ID.String()
		}
		return "title " + e.Title.String()
	}
	there := make(map[string]bool, len(after))
	for i := range after {
		there[name(&after[i])] = true
	}
	for i := range before {
		if !there[name(&before[i])] {
			return true
		}
	}
	return false
}
