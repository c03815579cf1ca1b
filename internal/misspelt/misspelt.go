// Package misspelt measures how far a word is from the one that was meant, for "did you mean". It is two
// dozen lines because the library at hand ranks subsequences, which a swapped letter is not. It is pure.
package misspelt

import "strings"

// longest is how long a word may be that is looked for: what is longer is no slip of the hand, and the distance costs the product of
// the lengths.
const longest = 64

// Nearest is the known word that a mistyped one was most likely meant to be, in any case: the fewest letters inserted, removed, replaced
// or swapped, at most a third of them and not all; of several as near the first. It is false where none is near.
func Nearest(word string, known []string) (string, bool) {
	if len(word) > longest {
		return "", false
	}
	best, least := "", len(word)
	for _, k := range known {
		if len(k) > longest {
			continue
		}
		if d := Distance(strings.ToLower(word), strings.ToLower(k)); d < least && d <= max(1, len(k)/3) {
			best, least = k, d
		}
	}
	return best, best != ""
}

// Distance is the least number of bytes to insert, remove, replace or swap with their neighbour to make b of
// a (optimal string alignment). It costs the product of the lengths: cap what people write first.
func Distance(a, b string) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range len(a) {
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(row[j]+1, last[j+1]+1, last[j]+cost)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
