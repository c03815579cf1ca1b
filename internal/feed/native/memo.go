package native

import (
	"math/bits"
	"strings"
)

// memo remembers what words mean, of those that came lately. A word has one place, so that looking costs no more
// than reading it.
type memo[T any] struct{ places [memoSize]remembered[T] }

// memoSize is a power of two: far more than the words of any vocabulary.
const memoSize = 1 << 7

// remembered is a word with its meaning; the empty word is none.
type remembered[T any] struct {
	word  string
	value T
}

// at is the place of a word that is not empty. What stands there may be another word.
func (m *memo[T]) at(word string) *remembered[T] { return &m.places[placeOf(word)] }

// learn remembers a word in the place of what stood there.
func (m *memo[T]) learn(word string, value T) {
	*m.at(word) = remembered[T]{strings.Clone(word), value}
}

// placeOf depends on the length of a word, its beginning and its end.
func placeOf(word string) uint64 {
	const odd = 0x9E3779B97F4A7C15 // 2^64 divided by the golden ratio
	var first, last uint64
	switch n := len(word); {
	case n >= 8:
		first, last = eight(word), eight(word[n-8:])
	case n >= 4:
		first, last = four(word), four(word[n-4:])
	case n > 0:
		first, last = uint64(word[0]), uint64(word[n-1])|uint64(word[n/2])<<8
	}
	return (first ^ bits.RotateLeft64(last, 29) ^ uint64(len(word))<<56) * odd >> (64 - 7)
}

func eight(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

func four(s string) uint64 {
	_ = s[3]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24
}
