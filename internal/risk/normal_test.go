package risk

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestNormalOf(t *testing.T) {
	tens := func(counts ...int) (all []int) { // each count ten times
		for _, c := range counts {
			for range 10 {
				all = append(all, c)
			}
		}
		return all
	}
	tests := []struct {
		name   string
		counts []int
		want   Normal
		ok     bool
	}{
		{"nothing", nil, Normal{}, false},
		{"too few", make([]int, NormalWeeks-1), Normal{Weeks: NormalWeeks - 1}, false},
		{"quiet", make([]int, 52), Normal{Weeks: 52}, true},
		{"one to ten", tens(10, 9, 8, 7, 6, 5, 4, 3, 2, 1), Normal{Weeks: 100, Mean: 5.5, Low: 1, High: 9}, true},
	}
	for _, tt := range tests {
		if got, ok := NormalOf(tt.counts); got != tt.want || ok != tt.ok {
			t.Errorf("%s: %+v, %v, want %+v, %v", tt.name, got, ok, tt.want, tt.ok)
		}
	}
}

// TestNormalHoldsEightOfTen: at most a tenth of the weeks lie under the band, and at most a tenth over it.
func TestNormalHoldsEightOfTen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		counts := rapid.SliceOfN(rapid.IntRange(0, 60), NormalWeeks, 80).Draw(t, "counts")
		n, ok := NormalOf(counts)
		if !ok {
			t.Fatal("no normal")
		}
		under, over, sum := 0, 0, 0
		for _, c := range counts {
			sum += c
			if c < n.Low {
				under++
			}
			if c > n.High {
				over++
			}
		}
		if 10*under > len(counts) || 10*over > len(counts) {
			t.Fatalf("%d under and %d over of %d", under, over, len(counts))
		}
		if math.Abs(n.Mean*float64(len(counts))-float64(sum)) > 1e-6 {
			t.Fatalf("mean %f of a sum of %d", n.Mean, sum)
		}
	})
}
