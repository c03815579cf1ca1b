// Package alarm says what rings. An [Evaluator] asks the rules (package rule) of a picture and gives the conditions that hold; [Step]
// compares these with the duty book and gives the entries that the collector writes: what is raised, what is over, what escalates.
// The life of an alarm after that is the book's (package duty).
//
// # Guarantees
//
//   - What cannot be known rings, worded "cannot exclude" ([Condition.Unsure]).
//   - A condition has one key for as long as it is the same thing, and the ids of entries follow from key and occurrence: two
//     collectors, or one that was killed between two lines, write the same entry and not a second.
//   - While the picture is not whole (files are being read) nothing is raised and nothing is over.
//   - What was there at the first read, or came more than [Late] after it happened, rings once, together; so does the first content of a
//     source where it is several that came in one look. What comes alone after that rings by itself, and nothing rings together twice.
//   - What rings for something that happened is over only when somebody says otherwise (it is refuted, cancelled, or another version
//     no longer meets the rule), or when [Late] has passed. For harm to people each telling of an event counts. What nobody saw stays
//     latched: that is the book's.
//   - What happened and was said otherwise rings again when it is said again, whoever has closed its alarm meanwhile.
//   - Several conditions of one rule that come at once ring as one alarm; what of them is over and comes back rings by itself.
//   - At most [RateLimit] alarms of medium, and as many of low severity ring in an hour. What is held back rings afterwards and is
//     counted; critical and high are never held back.
//   - No word of what the view's role may not see reaches a condition: a restricted incident is "Restricted incident".
//
// An Evaluator is for one goroutine; all else is pure. Nothing reads a clock: the time is that of the picture, or passed in.
package alarm

import (
	"time"

	"vigil/internal/alarm/rule"
	"vigil/internal/duty"
	"vigil/internal/incident"
	"vigil/internal/saying"
)

// Limits of what rings.
const (
	// Late is how long after it happened something may come and still ring by itself, and for how long what happened stands.
	Late = 48 * time.Hour
	// Dated is how long after it happened what comes late is no more than medium, whatever it is.
	Dated = 7 * 24 * time.Hour
	// RateLimit is how many alarms of medium, and of low severity ring in an hour at most.
	RateLimit = 6
	// together is how many conditions of one rule ring together when they come at once.
	together = 3
	// lateEvery is how long late records wait for one another, unless one of them is worse than what rang last.
	lateEvery = time.Hour
)

// Condition is something that holds and for which a rule rings.
type Condition struct {
	Key      string // the same for as long as it is the same thing
	Rule     string
	Of       string // what it is about, within the rule: part of Key
	Severity duty.Severity
	Unsure   bool          // it cannot be excluded, and is not known
	Gravity  *duty.Gravity // of the incident that it is about; nil of anything else
	Moment   bool          // it happened, and does not last
	// Since is for a Moment when it was last seen not to hold, or seen to come; zero where nobody saw that.
	Since    time.Time
	Words    string        // what rings, in English, as an entry of the log holds it
	Said     saying.Saying // the same, so that it can be said in another language
	Incident duty.Name     // what it is about: one of these, or none
	Country  string        // alpha-3
	Source   string
	Due      time.Time
	// Together is how many records ring with it once, all received up to Through.
	Together int
	Through  time.Time
	Worst    duty.Name // the gravest of them that the view's role may see
	// Tell are functions that must know of it, beside those of the call tree.
	Tell []string
}

// says gives the condition its words.
func (c *Condition) says(s saying.Saying) { c.Said, c.Words = s, duty.ShortWords(s.String()) }

// Evaluation is what holds at a time.
type Evaluation struct {
	// Whole is false while the picture is not: then nothing else is said.
	Whole      bool
	Conditions []Condition
	// Over says of conditions that happened why they no longer hold, by key.
	Over map[string]saying.Saying
	// Untrue says why something that rang is not so, by key, whatever became of its alarm: it was refuted, cancelled or withdrawn.
	Untrue map[string]saying.Saying
	// Held are conditions, by key, of which nobody can say whether they hold.
	Held map[string]bool
}

// keys of conditions begin with this: alarms of other keys are not of rules.
const keyed = "rule/"

func keyOf(r, of string) string { return keyed + r + "/" + of }

// IncidentKey is the key of the condition that a rule rings for an incident.
func IncidentKey(r string, name incident.Identity) string { return keyOf(r, name.Token()) }

var (
	firstOf  = "first read"
	firstKey = keyOf(rule.Together, firstOf)
)
