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
// for concurrent use. Nothing here knows colours or screens; what needs a mark beyond ASCII takes
// [Marks], so that a terminal without them shows the same words.
package figure

import (
	"strconv"
	"strings"
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

// MarksFor is the set for a terminal that has only ASCII glyphs, or more.
func MarksFor(ascii bool) Marks {
	if ascii {
		return ASCII
	}
	return Unicode
}

// Number writes n with commas between thousands: 1,101.
func Number(n int) string {
	s := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, s = "-", s[1:]
	}
	for at := len(s) - 3; at > 0; at -= 3 {
		s = s[:at] + "," + s[at:]
	}
	return sign + s
}

// AtLeast writes a figure of which more may be missing: 3+, or ? when nothing was seen.
func AtLeast(n int, whole bool) string {
	switch {
	case whole:
		return Number(n)
	case n == 0:
		return Unknown
	default:
		return Number(n) + "+"
	}
}

// Plural is "1 source" or "2 sources"; the word takes an s.
func Plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return Number(n) + " " + word + "s"
}

// Words turns a word of a file contract into what a screen shows: "armed_conflict" is "armed conflict".
func Words(snake string) string { return strings.ReplaceAll(snake, "_", " ") }

// sentence begins with a capital.
func sentence(s string) string {
	if s == "" || s[0] < 'a' || s[0] > 'z' {
		return s
	}
	return string(s[0]-('a'-'A')) + s[1:]
}
