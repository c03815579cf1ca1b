package duty

import "slices"

// Severity of an alarm, the highest first.
type Severity string

// The severities.
const (
	Critical Severity = "critical"
	High     Severity = "high"
	Medium   Severity = "medium"
	Low      Severity = "low"
)

var severities = [...]Severity{Critical, High, Medium, Low}

// Severities lists the severities, the highest first.
func Severities() []Severity { return slices.Clone(severities[:]) }

// Valid reports whether it is one.
func (s Severity) Valid() bool { return slices.Contains(severities[:], s) }

// Rank is its place, 0 for the highest; unknown words come before all.
func (s Severity) Rank() int { return slices.Index(severities[:], s) }

// Above reports whether s is higher than o.
func (s Severity) Above(o Severity) bool { return s.Rank() < o.Rank() }

// Outcome is what became of telling somebody.
type Outcome string

// The outcomes, in the order in which a call goes. Only ReadBack and Answered are told.
const (
	Tried    Outcome = "tried"     // no answer yet
	NoAnswer Outcome = "no answer" // go to the next
	Refused  Outcome = "refused"   // answered, and would not take it
	Answered Outcome = "answered"
	ReadBack Outcome = "read back" // and repeated it
)

var outcomes = [...]Outcome{Tried, NoAnswer, Refused, Answered, ReadBack}

// Outcomes lists the outcomes.
func Outcomes() []Outcome { return slices.Clone(outcomes[:]) }

// Valid reports whether it is one.
func (o Outcome) Valid() bool { return slices.Contains(outcomes[:], o) }

// IsTold reports whether the contact knows.
func (o Outcome) IsTold() bool { return o == Answered || o == ReadBack }

// WatchAct is what was done with the watch.
type WatchAct string

// What is done with a watch.
const (
	WatchTaken     WatchAct = "taken"
	WatchLeft      WatchAct = "left"
	WatchTakenOver WatchAct = "taken over" // without the outgoing
	WatchAwake     WatchAct = "awake"      // a vigilance check was answered
)
