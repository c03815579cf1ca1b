// Package three is the language in which alarm rules say when they ring. It is that of github.com/expr-lang/expr (its parser,
// checker and virtual machine) over values that may be unknown: a [Truth] is yes, no or maybe (Kleene), a [Number] is everything
// between two ends, a [Word] may not be known at all.
//
// # Guarantees
//
//   - Sound: whatever an unknown turns out to be, an answer of yes or no stands. The exceptions ask about knowledge itself: known(x),
//     and sure(x), which takes maybe for no.
//   - [Compile] never panics, reads at most [MaxLength] bytes, and each of its errors is an [*Error] with line, column and what to do.
//     What cannot be made three-valued (choices, loops, variables) is refused, and so is a word that no value of a field is.
//   - An [Expression] is immutable and safe for concurrent use. It does no I/O and reads no clock: its subject answers.
//   - "and" and "or" ask what stands right of them only where that can still change the answer.
//
// Words are compared without regard to capitals and diacritics, see [query.Fold]; "matches" alone takes them as they are.
package three

import (
	"math"
	"slices"

	"vigil/internal/query"
)

// Truth is a truth value that admits not knowing. Its zero value is no.
type Truth = query.Tri

// Number is a number that lies somewhere from Lo to Hi, both included. An exact one has equal ends.
type Number struct{ Lo, Hi float64 }

// Exactly is a number that is known.
func Exactly[T ~int | ~float64](n T) Number { return Number{float64(n), float64(n)} }

// Between is a number from lo to hi.
func Between[T ~int | ~float64](lo, hi T) Number { return Number{float64(lo), float64(hi)} }

// AtLeast is a number of which only the lower end is known.
func AtLeast[T ~int | ~float64](lo T) Number { return Number{float64(lo), math.Inf(1)} }

// Any is a number of which nothing is known.
func Any() Number { return Number{math.Inf(-1), math.Inf(1)} }

// Known reports whether the number is exact.
func (n Number) Known() bool { return n.Lo == n.Hi }

// ordered is a number whose ends are in order; what cannot be worked out is any.
func ordered(ends ...float64) Number {
	n := Number{math.Inf(1), math.Inf(-1)}
	for _, e := range ends {
		if math.IsNaN(e) {
			return Any()
		}
		n.Lo, n.Hi = min(n.Lo, e), max(n.Hi, e)
	}
	return n
}

// Plus is the sum.
func (n Number) Plus(o Number) Number { return ordered(n.Lo+o.Lo, n.Hi+o.Hi) }

// Minus is the difference.
func (n Number) Minus(o Number) Number { return ordered(n.Lo-o.Hi, n.Hi-o.Lo) }

// Times is the product.
func (n Number) Times(o Number) Number {
	// Nothing times anything is nothing, however large that may be: an end at infinity is none of the values.
	times := func(a, b float64) float64 {
		if a == 0 || b == 0 {
			return 0
		}
		return a * b
	}
	return ordered(times(n.Lo, o.Lo), times(n.Lo, o.Hi), times(n.Hi, o.Lo), times(n.Hi, o.Hi))
}

// Over is the quotient; what may be divided by 0 is any number.
func (n Number) Over(o Number) Number {
	if o.Lo <= 0 && o.Hi >= 0 {
		return Any()
	}
	return ordered(n.Lo/o.Lo, n.Lo/o.Hi, n.Hi/o.Lo, n.Hi/o.Hi)
}

// Below reports whether the number is less than o.
func (n Number) Below(o Number) Truth {
	switch {
	case n.Hi < o.Lo:
		return query.Yes
	case n.Lo >= o.Hi:
		return query.No
	}
	return query.Maybe
}

// Equals reports whether the numbers are the same.
func (n Number) Equals(o Number) Truth {
	switch {
	case n.Known() && n == o:
		return query.Yes
	case n.Hi < o.Lo || n.Lo > o.Hi:
		return query.No
	}
	return query.Maybe
}

// Word is what is said in words. Where several are said, such as two countries, each of them holds: it equals every one of them.
// The zero Word is not known.
type Word struct {
	Known bool
	Said  []string
}

// Say is a word that is known; none is one that is known to say nothing.
func Say(words ...string) Word { return Word{true, words} }

// nothing reports whether the word is known to say nothing.
func (w Word) nothing() bool { return w.Known && len(w.Said) == 0 }

// any asks each of the words.
func (w Word) any(is func(string) bool) Truth {
	if !w.Known {
		return query.Maybe
	}
	return query.Of(slices.ContainsFunc(w.Said, is))
}

// against asks each of the words against each of another's, folded.
func (w Word) against(o Word, is func(a, b string) bool) Truth {
	switch {
	case w.nothing() || o.nothing():
		return query.No
	case !w.Known || !o.Known:
		return query.Maybe
	}
	return o.any(func(b string) bool {
		b = query.Fold(b)
		return w.any(func(a string) bool { return is(query.Fold(a), b) }) == query.Yes
	})
}
