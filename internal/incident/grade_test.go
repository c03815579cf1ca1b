package incident

import (
	"testing"

	"vigil/internal/safetext"
)

func TestCompareGrade(t *testing.T) {
	rising := []string{"", "E", "D5", "D1", "C3", "B6", "B2", "B1", "A6", "A1"}
	for i, low := range rising {
		for j, high := range rising {
			want := min(1, max(-1, i-j))
			if got := CompareGrade(safetext.Clean(low), safetext.Clean(high)); got != want {
				t.Errorf("CompareGrade(%q, %q) = %d, want %d", low, high, got, want)
			}
		}
	}
	for _, none := range []string{"F6", "F", "Z9", "A7", "good", "B22"} {
		if got := CompareGrade(safetext.Clean(none), safetext.Text{}); got != 0 {
			t.Errorf("%q is not as good as no grade: %d", none, got)
		}
	}
}
