package correlate

import "testing"

func TestSameName(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want bool
	}{
		{"Gao", "gao ", true},
		{"Gao", "Gao region", true},
		{"Al-Hasakah", "al Hasakah Governorate", true},
		{"Tillabéri", "Tillaberi", true},
		{"Ansongo, Gao", "Gao: Ansongo", true},
		{"Gao", "Ansongo", false},
		{"Gao", "Ansongo, Gao", false},
		{"North Kivu", "South Kivu", false},
		{"District", "District", true},
		{"District", "Village", false},
		{"مقديشو", "مقديشو", true},
	} {
		if got := SameName(tt.a, tt.b); got != tt.want {
			t.Errorf("%q and %q: %t", tt.a, tt.b, got)
		}
	}
}
