// Package problem is what is said of input that is wrong: where it is, what is wrong and what
// to do. The same value is printed by check, listed on the sources screen and put into JSON, so
// that a record is refused in the same words everywhere.
package problem

import (
	"cmp"
	"fmt"

	"vigil/internal/safetext"
)

// Problem is one thing wrong with one file.
type Problem struct {
	File    safetext.Text // relative to the desk where it can be
	Line    int           // 1-based; 0 when the whole file is meant
	Column  int           // 1-based, in characters; 0 when the whole line is meant
	Warning bool          // the input was used all the same
	Aside   bool          // an error on which nothing else of the file depends: it is left out, and the rest holds
	Message safetext.Text // what, and what to do
}

// String is file:line:column: message; parts that are not known are left out.
func (p Problem) String() string {
	switch {
	case p.Line == 0:
		return fmt.Sprintf("%s: %s", p.File, p.Message)
	case p.Column == 0:
		return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Message)
	default:
		return fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Column, p.Message)
	}
}

// Error makes a Problem usable as an error.
func (p Problem) Error() string { return p.String() }

// Compare orders problems by file, line and column.
func Compare(a, b Problem) int {
	return cmp.Or(
		cmp.Compare(a.File.String(), b.File.String()),
		cmp.Compare(a.Line, b.Line),
		cmp.Compare(a.Column, b.Column),
	)
}
