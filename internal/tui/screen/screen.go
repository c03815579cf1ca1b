// Package screen is the contract between the console's root and its screens.
//
// A screen is pure over (View, its own state, palette, size, time): it does no I/O, starts no
// goroutine, reads no clock and no environment. Its rules:
//
//   - Lines draws exactly Height lines of exactly Width cells; it may be called at any time and
//     changes nothing but scroll offsets.
//   - Key gets a binding, never a raw key, and answers with what it wants done as an [Ask].
//   - Arrived is called when there is a new picture: whatever was selected stays selected, by
//     identity and not by row, and what is new while the reader is inside a list is held and
//     counted, not pushed under the cursor.
//   - Linear is the same content as ordered plain lines: the twin for dumb terminals, for reading
//     aloud and for tests. Figures, words and order are those of Lines at full width.
package screen

import (
	"time"

	"vigil/internal/action"
	"vigil/internal/country"
	"vigil/internal/figure"
	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/safetext"
	"vigil/internal/theme"
	"vigil/internal/tui/keys"
)

// Frame is everything a screen may draw from.
type Frame struct {
	// Hand writes the figures and says the words, in the language of whoever reads.
	figure.Hand
	View    picture.View
	Palette *theme.Palette
	Width   int // cells of the area that the screen draws
	Height  int // lines of it
	// Now is the console's clock, for ages; it is View.Valid() in a picture of the past.
	Now time.Time
	// Instant is the console's clock to the moment: for how long ago a key or a picture came, and never for what is drawn.
	Instant time.Time
	// Linear says that the screen is read as plain lines, in one column: the selection moves through all of them.
	Linear bool
	// LocalTime says that the local time of a place is wanted beside UTC.
	LocalTime bool
	// Who is the call sign or function of who is at the console; empty where nobody said.
	Who safetext.Text
}

// Screen is one screen of the console.
type Screen interface {
	// Scope is the part of the binding table that is in force.
	Scope() keys.Scope
	// Title names the screen and what it shows, for the header; it holds no person's name.
	Title(f Frame) string
	// Key does what a binding asks for.
	Key(id keys.ID, f Frame) Ask
	// Cannot says why a binding cannot be used just now; empty if it can.
	Cannot(id keys.ID, f Frame) string
	// Arrived takes a new picture in.
	Arrived(f Frame)
	// Lines draws the screen.
	Lines(f Frame) []string
	// Linear is the twin in plain lines.
	Linear(f Frame) []string
}

// Typist is a screen that is typed into: its scope is [keys.Form], in which a key that is not bound is text.
type Typist interface {
	// Type takes a character, or what was pasted.
	Type(text string, f Frame) Ask
	// Cursor is where the terminal's cursor belongs on what Lines drew last; false hides it.
	Cursor(f Frame) (x, y int, shown bool)
	// Wrong is what is wrong with the field that is typed into, in the reader's language; empty if nothing is.
	Wrong(f Frame) string
	// Refused says that the desk did not do what the last Ask wanted and why; nothing that was typed is lost.
	Refused(why string)
}

// Caller is a screen from which people are called: who is next follows from what became of the last call.
type Caller interface {
	// Calls says in lines whom to call now, and how; empty if nobody.
	Calls(f Frame) []string
}

// Pointer is a screen on which an incident may be selected, or that is about one.
type Pointer interface {
	// Incident is the one; ok is false where there is none.
	Incident(f Frame) (id picture.ID, ok bool)
}

// Clickable is a screen that takes clicks of the mouse.
type Clickable interface {
	// Click selects what stands at a cell of what Lines drew last, and reports whether anything does; again is that it was
	// selected already.
	Click(x, y int, f Frame) (hit, again bool)
}

// Turner is a screen that shows one thing after another by itself.
type Turner interface {
	// Turn is called with every tick of the clock, and reports whether the screen is to be drawn anew.
	Turn(now time.Time) bool
}

// Public is a screen that may stand where whoever passes reads it.
type Public interface {
	// Public reports whether it shows only what they may read, so that nothing around it may show more.
	Public() bool
}

// Filterable is a screen whose list can be filtered; the filter language is package query's.
type Filterable interface {
	// SetFilter shows only the incidents found; found is newest first. An empty text takes the filter off.
	// The search itself runs off the UI goroutine: total is −1 while the count is not whole yet.
	SetFilter(text string, found []picture.ID, total int)
	// SetUndecided tells how many incidents may match the filter of the last SetFilter, which are not among
	// those found because their records do not say. It comes with the whole count.
	SetUndecided(n int)
	// Filter is the filter in force.
	Filter() string
}

// Narrowable is a screen that filters its list by itself, in a language of its own.
type Narrowable interface {
	// Narrow shows only what a filter asks for; an empty one takes it off. With an error nothing has changed.
	Narrow(text string) error
	// Complete is as in package query.
	Complete(text string, cursor int) (from int, candidates []string)
}

// Ask is what a screen wants the root to do. The zero value is nothing.
type Ask struct {
	// Go opens another screen on top of this one.
	Go Target
	// Subject is what the target is about.
	Subject Subject
	// Copy is text for the terminal's clipboard.
	Copy string
	// Say is one line for the footer: the answer to a key that did nothing visible, or why it could not.
	Say string
	// Do is a command to the desk. It is never done by drawing or by itself.
	Do action.Command
	// Prefill opens the command line with what is typed so far: what follows has to be written.
	Prefill string
	// Question is asked before Do is done; empty for what needs none. What lasts needs one: a key is soon pressed.
	Question string
	// Close leaves this screen: after yes if there is a question, and once the desk has done it if there is a command.
	Close bool
}

// Target is a screen to open.
type Target uint8

// The targets. Stay is none.
const (
	Stay Target = iota
	ToBoard
	ToCountry
	ToEvents
	ToEvent // the detail of one incident
	ToSources
	ToSource // the detail of one source
	ToPlan   // of one country, or of all
	ToWhy
	ToHelp
	ToAlarms
	ToAlarm  // one alarm
	ToReport // the form; of an incident, or a new one
	ToLog
	ToEntry // one entry of the duty log
	ToTold  // the told-sheet of one alarm
	ToHandover
	ToWatch
	ToMap   // with the cursor on a country, where one is given
	ToFlash // the form of a flash report on an alarm, an incident or a country
)

// Subject says what a screen is about. Which fields are set depends on the target.
type Subject struct {
	Country  country.Code
	Incident picture.ID
	Source   string // its name
	Filter   string // a filter to open events with
	Figure   Figure // for ToWhy
	Area     int    // index of a security level area, for ToWhy; -1 is the country
	Threat   incident.Threat
	Alarm    string // the id of the entry that raised it
	Entry    uint64 // its number in the duty log
}

// Figure is a figure whose derivation can be asked for.
type Figure uint8

// The figures.
const (
	NoFigure Figure = iota
	FigureLevel
	FigureEstimate
	FigureDay
	FigureWeek
	FigureMonth
	FigureTrend
	FigureStaff
	FigureHazards
	FigureOutcomes
	FigureCoverage
	FigureIncident
	FigureSource
)
