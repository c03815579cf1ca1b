package widget_test

import (
	"testing"

	"pgregory.net/rapid"

	"vigil/internal/tui/widget"
)

// TestFitWords cuts between words, and in a word only where there is room for much of it.
func TestFitWords(t *testing.T) {
	for _, c := range []struct {
		text string
		w    int
		want string
	}{
		{"Enlèvement, non confirmé", 24, "Enlèvement, non confirmé"},
		{"Enlèvement, non confirmé", 22, "Enlèvement, non…      "},
		{"Enlèvement, non confirmé", 16, "Enlèvement, non…"},
		{"Enlèvement, non confirmé", 15, "Enlèvement…    "},
		{"near 31 (28n 3i) +9 no fix", 12, "near 31…    "},
		{"MLI Antidisestablishment", 12, "MLI Antidis…"},
		{"FAILED feeds/partner-network-of-the-lower-river", 30, "FAILED feeds/partner-network-…"},
		{"others see it; feeds/partner-network", 30, "others see it; feeds/partner-…"},
		{"unconfirmed, 1 source", 18, "unconfirmed…      "},
		{"word", 6, "word  "},
		{"word", 0, ""},
	} {
		if got := widget.FitWords(c.text, c.w, "…"); got != c.want {
			t.Errorf("%q in %d cells is %q, want %q", c.text, c.w, got, c.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s, w := rapid.String().Draw(t, "text"), rapid.IntRange(0, 30).Draw(t, "cells")
		if got := widget.FitWords(s, w, "…"); widget.Width(got) != w {
			t.Fatalf("%q is %d cells wide and not %d", got, widget.Width(got), w)
		}
	})
}
