package term

import (
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"
)

func TestAppendASCII(t *testing.T) {
	tests := []struct{ in, want string }{
		{"plain\x1b[1;31m text\x1b[m", "plain\x1b[1;31m text\x1b[m"},
		{"Tillabéri – Ñandú…", "Tillaberi - Nandu~"},
		{"▸Mali 4→5 ×2.1", ">Mali 4>5 x2.1"},
		{"Łódź Øre ß", "Lodz Ore s"},
		{"東京", "????"},
		{"e\u0301", "e"},
		{"غزة", "???"},
		{"\u2068abc\u2069", "abc"},
		{"\xff\xfe", "??"},
	}
	for _, tt := range tests {
		if got := string(appendASCII(nil, []byte(tt.in))); got != tt.want {
			t.Errorf("appendASCII(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestAppendASCIIKeepsTheWidth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.StringOf(rapid.RuneFrom(nil, nonControl)).Draw(t, "text")
		got := appendASCII(nil, []byte(in))
		for _, b := range got {
			if b >= 0x80 {
				t.Fatalf("%q became %q, which is not ASCII", in, got)
			}
		}
		if w := ansi.StringWidthWc(in); len(got) != w {
			t.Fatalf("%q is %d cells wide, %q is %d", in, w, got, len(got))
		}
	})
}
