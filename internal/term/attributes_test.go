package term

import (
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// TestAttributesOfAVT100: what follows a word in reverse is not in reverse.
func TestAttributesOfAVT100(t *testing.T) {
	for _, tt := range []struct{ name, sent, want string }{
		{"reverse off, bold stays", "\x1b[1;7mEXERCISE\x1b[27m desk\x1b[m", "\x1b[1;7mEXERCISE\x1b[0;1m desk\x1b[m"},
		{"underline off, nothing stays", "\x1b[4mA\x1b[24mB", "\x1b[4mA\x1b[mB"},
		{"bold off, reverse on", "\x1b[1mA\x1b[22;7mB", "\x1b[1mA\x1b[0;7mB"},
		{"the rest as it is", "\x1b[2;3H\x1b[K\x1b[7mA\x1b[?25l\x1b[m", "\x1b[2;3H\x1b[K\x1b[7mA\x1b[?25l\x1b[m"},
	} {
		a := attributes{parser: ansi.NewParser()}
		if got := string(a.rewritten([]byte(tt.sent))); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
	a := attributes{parser: ansi.NewParser()}
	a.rewritten([]byte("\x1b[1;7mA"))
	if got := string(a.rewritten([]byte("B\x1b[27mC"))); got != "B\x1b[0;1mC" {
		t.Errorf("from one frame to the next it is %q", got)
	}
}
