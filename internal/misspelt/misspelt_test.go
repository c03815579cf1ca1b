package misspelt

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"", "", 0},
		{"name", "name", 0},
		{"nmae", "name", 1},
		{"nam", "name", 1},
		{"names", "name", 1},
		{"nane", "name", 1},
		{"", "name", 4},
		{"expct", "expect", 1},
		{"covers", "countries", 5},
	} {
		if got := Distance(c.a, c.b); got != c.want {
			t.Errorf("Distance(%q, %q) = %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

func TestNearest(t *testing.T) {
	known := []string{"security adviser", "security lead", "warden", "", "event", "map", "q"}
	for word, want := range map[string]string{
		"securty adviser": "security adviser", "SECURITY LEED": "security lead", "wardens": "warden", "medical": "", strings.Repeat("w", longest+1): "",
		"evnt": "event", "mpa": "map", "x": "", "": "",
	} {
		if got, is := Nearest(word, known); got != want || is != (want != "") {
			t.Errorf("Nearest(%q) = %q, %t, want %q", word, got, is, want)
		}
	}
}

func TestDistanceIsOne(t *testing.T) {
	word := rapid.StringMatching(`[a-d]{0,8}`)
	rapid.Check(t, func(rt *rapid.T) {
		a, b := word.Draw(rt, "a"), word.Draw(rt, "b")
		d := Distance(a, b)
		if d != Distance(b, a) || (d == 0) != (a == b) || d > max(len(a), len(b)) {
			rt.Fatalf("Distance(%q, %q) = %d, and back %d", a, b, d, Distance(b, a))
		}
	})
}
