// Package picture is the desk's picture of the world: the store that everything which arrives goes
// into, and the immutable Picture that everyone reads.
//
// Ownership. A [Store] has one owner: the goroutine that calls its methods. It never blocks, does no
// I/O and reads no clock: times are passed in. [Store.Publish] makes a [Picture], which is immutable,
// safe to share between goroutines and cheap to make (it shares the store's rows, which are only ever
// appended to).
//
// Two times. A picture is made at (known, valid): what this desk had received by known, evaluated as
// of valid. Live is (now, now); [Store.At] makes any other by the same code, which is what
// status --at, --known-at, tests and the time machine use.
//
// Reading. Screens and printers receive a [View], which is the picture as one viewer may see it; they
// see incidents by [ID] through methods, never as a slice of structs, so that the rows can change
// their form without a screen knowing.
//
// Memory. Of each incident the store keeps some sixty bytes: a row of 32, a place in the order of 8, a slot and a tag by which
// its name is found of 12, and what is in line with its neighbours next to nothing (pages). Only the names have a hash table
// of their own, because their text is not kept twice; countries, places and breakdowns are few, and Go's maps find them by keys
// and hashes that are worked out where records are decoded ([Store.Prepare]).
//
// Nothing is dropped: rows are append-only versions with the time they were received and the time
// they ceased to stand; the change log never forgets an entry.
package picture

import (
	"time"

	"vigil/internal/country"
	"vigil/internal/duty"
	"vigil/internal/incident"
	"vigil/internal/safetext"
	"vigil/internal/saying"
)

// ID names an incident for as long as the store lives, through updates, conflicts and cancels. It is
// what a selection holds on to. The zero ID is no incident.
type ID uint32

// handle names one version (row). The zero handle is none.
type handle uint32

// Desk is what the picture says of the desk as a whole.
type Desk struct {
	Name     safetext.Text
	Exercise bool
	// CountryNames is which names of countries are shown.
	CountryNames country.Naming
	// Recording says how arrivals are kept; empty when they are recorded as they should be,
	// else in words, such as "not recorded" or "collector silent".
	Recording saying.Saying
	// Reading says how far the first reading of the files is; empty once it is over. Until then the
	// picture is not whole.
	Reading safetext.Text
	// Progress is how far that is, in numbers.
	Progress Progress
	// Tails are the ends of files that are all of them in a picture made ahead of the reading, see [View.Ahead].
	Tails []Tail
	// Trouble is what is wrong with the desk's own files: a bad edit whose old state is kept.
	Trouble []saying.Saying
	// Waiting is how many alarms of medium or low severity wait, so that not too many ring in an hour. That is no trouble.
	Waiting int
	// Duty is what follows from the duty log; nil is an empty one.
	Duty *duty.Book
	// Radii are the distances in kilometres within which staff are told who are near what an alarm is about, by the name of the rule that
	// rang; "" is that of every other rule.
	Radii map[string]float64
	// Attended is when a key was last pressed on a console of the desk, as far as this process knows; zero if it knows of none.
	Attended time.Time
	// Vigilance says when whoever has the watch is asked whether they are awake.
	Vigilance duty.Vigilance
}

// Progress is how far the first reading of the files is. The zero value says that nobody knows.
type Progress struct {
	Read, Total int64         // bytes
	Rate        float64       // bytes a second since the reading began; 0 when it is too early to tell
	Left        time.Duration // until it is over, at this rate; 0 with Rate
	Back        bool          // it is what was recorded that is read back
}

// Percent is how much was read of what is there; ok is false when nobody knows.
func (p Progress) Percent() (n int, ok bool) {
	if p.Total <= 0 {
		return 0, false
	}
	return int(100 * p.Read / p.Total), true
}

// Count is a figure that may be unknown.
type Count struct {
	N     int
	Known bool
}

// Windows of the board, shortest first.
const (
	Day   = 24 * time.Hour
	Week  = 7 * Day
	Month = 30 * Day
	year  = 365 * Day
)

// figure makes a Count from the answer of a breakdown.
func figure(n int, known bool) Count { return Count{n, known} }

// outcomes that the windows sum, in the order in which they are shown; after them comes every other harm together.
var summedOutcomes = [...]incident.Outcome{incident.Killed, incident.Injured, incident.Abducted, incident.Detained}

const summed = len(summedOutcomes) + 1
