package desk

import (
	"fmt"
	"slices"
	"strings"

	"vigil/internal/misspelt"
	"vigil/internal/problem"
	"vigil/internal/safetext"
)

// place is where something stands in a file: both 1-based, the column in characters; 0 is not known.
type place struct{ line, column int }

// reader collects what is wrong with one file. loose takes every word of a table's cell for what its
// column wants, since a CSV file has no types.
type reader struct {
	file     safetext.Text
	loose    bool
	aside    bool // what is wrong here leaves the rest of the file as it is
	problems []problem.Problem
}

func newReader(file string) *reader { return &reader{file: safetext.Clean(file)} }

func (r *reader) add(at place, warning bool, format string, args ...any) {
	r.problems = append(r.problems, problem.Problem{
		File: r.file, Line: at.line, Column: at.column, Warning: warning, Aside: r.aside && !warning,
		Message: safetext.Clean(fmt.Sprintf(format, args...)),
	})
}

func (r *reader) errorf(at place, format string, args ...any) { r.add(at, false, format, args...) }
func (r *reader) warnf(at place, format string, args ...any)  { r.add(at, true, format, args...) }

func (r *reader) sort() { slices.SortStableFunc(r.problems, problem.Compare) }

// failed reports whether there was an error since the given number of problems.
func (r *reader) failed(since int) bool { return CountErrors(r.problems[since:]) > 0 }

// tallies count warnings that may hold for thousands of places of a file, in the order in which they were first met.
type tallies struct {
	list  []*tally
	index map[string]*tally
}

type tally struct {
	message string
	first   place
	times   int
}

// note counts a warning.
func (t *tallies) note(at place, message string) {
	if have := t.index[message]; have != nil {
		have.times++
		return
	}
	if t.index == nil {
		t.index = make(map[string]*tally)
	}
	first := &tally{message, at, 1}
	t.list, t.index[message] = append(t.list, first), first
}

// flush reports each warning once, with how many there were; what says of what.
func (t *tallies) flush(r *reader, what string) {
	for _, have := range t.list {
		if have.times == 1 {
			r.warnf(have.first, "%s", have.message)
		} else {
			r.warnf(have.first, "%s (%d %s, the first is here)", have.message, have.times, what)
		}
	}
}

// oneOf reports a word that is not in the list, with the nearest that is.
func (r *reader) oneOf(at place, what, word string, known []string) bool {
	if slices.Contains(known, word) {
		return true
	}
	r.errorf(at, "%s %s is not known: %s", what, quote(word), instead(word, known))
	return false
}

// quote shows a word of the file, cut to what a message has room for.
func quote(word string) string {
	const most = 60
	return `"` + safetext.CleanMax(word, most).String() + `"`
}

// instead says what to write in place of word.
func instead(word string, known []string) string {
	if near, ok := misspelt.Nearest(word, known); ok {
		return fmt.Sprintf("did you mean %s?", near)
	}
	const most = 12
	if len(known) > most {
		return fmt.Sprintf("write one of %s …", strings.Join(known[:most], ", "))
	}
	return "write one of " + strings.Join(known, ", ")
}
