package duty

import (
	"testing"

	"vigil/internal/saying"
)

// TestItemsInARowAreARange, as they are typed: a handover has a hundred, and they are read out.
func TestItemsInARowAreARange(t *testing.T) {
	for _, tt := range []struct {
		items []int
		want  string
	}{
		{[]int{3}, "item 3"},
		{[]int{1, 2, 5}, "items 1 2 5"},
		{[]int{1, 2, 3}, "items 1-3"},
		{[]int{1, 3, 4, 5, 6, 8, 10, 11, 12}, "items 1 3-6 8 10-12"},
	} {
		a := Answer{Items: tt.items, Verdict: ItemAccepted}
		if got := a.numbers(saying.English); got != tt.want {
			t.Errorf("%v are %q, want %q", tt.items, got, tt.want)
		}
	}
}
