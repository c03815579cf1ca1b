// Package misspelt measures how far a word is from the one that was meant, for "did you mean". It is two
// dozen lines because the library at hand ranks subsequences, which a swapped letter is not. It is pure.
package misspelt

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
