package risk

import "slices"

// Normal is what the weeks of a country usually come to: the year before is its own normal.
type Normal struct {
	Weeks int     // that were whole, and are what this is made of
	Mean  float64 // incidents a week
	// Low and High hold eight weeks of ten: the first and the ninth decile, by the nearest rank.
	Low, High int
}

// NormalWeeks is the least number of whole weeks that make a normal: half a year.
const NormalWeeks = 26

// NormalOf makes a normal of the counts of whole weeks; false where they are too few to tell.
func NormalOf(counts []int) (Normal, bool) {
	n := Normal{Weeks: len(counts)}
	if len(counts) < NormalWeeks {
		return n, false
	}
	sorted := slices.Sorted(slices.Values(counts))
	sum := 0
	for _, c := range sorted {
		sum += c
	}
	n.Mean = float64(sum) / float64(len(sorted))
	rank := func(tenths int) int { return sorted[max(0, (tenths*len(sorted)+9)/10-1)] }
	n.Low, n.High = rank(1), rank(9)
	return n, true
}
