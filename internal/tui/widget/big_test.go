package widget

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestBig: every letter has the same height, what there is no letter for is a question mark, and no figure looks like another.
func TestBig(t *testing.T) {
	for r, glyph := range big {
		for _, row := range glyph {
			if len(row) != len(glyph[0]) || strings.Trim(row, "# ") != "" {
				t.Errorf("%q has the row %q", r, row)
			}
		}
	}
	seen := map[[BigRows]string]rune{}
	for r, glyph := range big {
		if other, is := seen[glyph]; is {
			t.Errorf("%q looks like %q", r, other)
		}
		seen[glyph] = r
	}
	halves := map[string]rune{}
	for r := range big {
		lines := BigHalf(string(r))
		if text := strings.Join(lines, "\n"); len(lines) != BigHalfRows || Width(lines[0]) != BigWidth(string(r), 1) {
			t.Errorf("%q in half as many lines is\n%s", r, text)
		} else if other, is := halves[text]; is {
			t.Errorf("%q looks like %q in half as many lines", r, other)
		} else {
			halves[text] = r
		}
	}
	for text, like := range map[string]string{"é": "E", "ñ": "n", "–": "-", "中": "?", "я": "?"} {
		if got, want := strings.Join(Big(text, 1, "#"), "\n"), strings.Join(Big(like, 1, "#"), "\n"); got != want {
			t.Errorf("%s is\n%s", text, got)
		}
	}
	for _, figure := range []string{"1,203", "1\u202f203", "1\u00a0203+2?", "0.8", "<5", "475+", "?"} { // as languages write them
		if !HasBig(figure) {
			t.Errorf("%q has a letter that is none", figure)
		}
	}
	if !HasBig("Élevé") || HasBig("ВЫСОК.") || HasBig("盲") {
		t.Error("a script without large letters has them, or one with them has not")
	}
	rapid.Check(t, func(t *rapid.T) {
		text, scale := rapid.String().Draw(t, "text"), rapid.IntRange(0, 3).Draw(t, "scale")
		lines := Big(text, scale, "█")
		if len(lines) != BigRows*max(1, scale) {
			t.Fatalf("%d lines", len(lines))
		}
		for _, l := range lines {
			if Width(l) != BigWidth(text, scale) {
				t.Fatalf("%q is %d cells wide, want %d", l, Width(l), BigWidth(text, scale))
			}
		}
	})
}
