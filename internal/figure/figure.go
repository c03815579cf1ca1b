// Package figure says each figure of the picture in the same few characters everywhere: on the
// board, on the other screens, in why, in printed tables and in the lines of tail. A reader who
// has learnt "19+2?" on one of them can read all of them, and no two of them can disagree.
//
// The words of not knowing, which are the same for every figure:
//
//	?       nobody could have said
//	3+      at least so many: seen, but not the whole
//	19+2?   nineteen surely, and two more that may belong
//	-       nothing to show, and that is known
//	9d!     older than it should be
//
// Functions are pure: the time is passed in, nothing is cached but time zones, and all are safe
// for concurrent use. Nothing here knows colours or screens. Figures are
// methods of [Hand], which has the marks of the terminal and the language of the reader, so that a terminal without
// the marks shows the same words.
package figure

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"vigil/internal/health"
	"vigil/internal/lang"
)

// Unknown is what stands for a figure that nobody could have said.
const Unknown = "?"

// Nothing is what stands where there is nothing to show, and that is known.
const Nothing = "-"

// Marks are the few characters beyond letters and digits that figures are written with. Each is
// one cell wide in either set.
type Marks struct{ Dash, Up, Down, Right, Times, Dot string }

// Unicode and ASCII are the two sets of marks.
var (
	Unicode = Marks{Dash: "–", Up: "↑", Down: "↓", Right: "→", Times: "×", Dot: "·"}
	ASCII   = Marks{Dash: "-", Up: "^", Down: "v", Right: ">", Times: "x", Dot: "."}
)

// Hand is how figures are written for one reader: with which marks, in which language. Its methods are the figures.
type Hand struct {
	*Marks
	*lang.Language
}

// Plain is the hand of what is printed for scripts and files, and PlainASCII where only ASCII can be: they are in English.
var (
	Plain      = Hand{Marks: &Unicode}
	PlainASCII = Hand{Marks: &ASCII}
)

// NewHand is the hand for a terminal that has only ASCII glyphs, or more; a nil language is English.
func NewHand(ascii bool, l *lang.Language) Hand {
	if ascii {
		return Hand{&ASCII, l}
	}
	return Hand{&Unicode, l}
}

// Span writes how long something lasts or is ago, in at most four cells where it can: see [health.Age].
func (h Hand) Span(d time.Duration) string { return h.Units(health.Age(d)) }

// Period writes a length of time that somebody chose, whole: see [health.Period].
func (h Hand) Period(d time.Duration) string { return h.Units(health.Period(d)) }

// AtLeast writes a figure of which more may be missing: 3+, or ? when nothing was seen.
func (h Hand) AtLeast(n int, whole bool) string {
	switch {
	case whole:
		return h.Number(n)
	case n == 0:
		return Unknown
	default:
		return h.Number(n) + "+"
	}
}

// Words turns a word of a file contract into what a screen shows: "armed_conflict" is "armed conflict", in the language.
func (h Hand) Words(snake string) string { return h.Say(strings.ReplaceAll(snake, "_", " ")) }

// WordsAs is [Hand.Words] in the form that agrees with what it is said of, such as "severity": another word than of an act, in some languages.
func (h Hand) WordsAs(of, snake string) string {
	return h.SayAs(of, strings.ReplaceAll(snake, "_", " "))
}

// EntryKind is the kind of an entry of the duty log as a noun: what the log calls it is kept in English.
func (h Hand) EntryKind(k string) string { return h.SayAs("entry", k) }

// Sentence begins with a capital, where the script has any.
func Sentence(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if !unicode.IsLower(first) {
		return s
	}
	return string(unicode.ToUpper(first)) + s[size:]
}
