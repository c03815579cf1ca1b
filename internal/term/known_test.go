package term

import "testing"

// The sequences are by console_codes(4) and the manuals of the VT100 and VT220: what a terminal does not know it may print.
func TestKnown(t *testing.T) {
	tests := []struct {
		name             string
		sent, full, bare string
	}{
		{"text", "DUE 1 é", "DUE 1 é", "DUE 1 é"},
		{"colours, places and clearing", "\x1b[1;31mA\x1b[m\x1b[2;3H\x1b[J\x1b[4X\x1bM", "\x1b[1;31mA\x1b[m\x1b[2;3H\x1b[J\x1b[4X\x1bM", "\x1b[1;31mA\x1b[m\x1b[2;3H\x1b[J\x1b[4X\x1bM"},
		{"questions at the start", "\x1b[?2026$p\x1b[?2027$p\x1b[?uA", "A", "A"},
		{"the request of frames", "A\x1b[5n", "A\x1b[5n", "A\x1b[5n"},
		{"another screen", "\x1b[?1049h\x1b[HA", "\x1b[?1049h\x1b[HA", "\x1b[HA"},
		{"back from it", "A\x1b[?1049l\x1b[?25hB", "A\x1b[?1049l\x1b[?25hB", "A\x1b[H\x1b[J\x1b[?25hB"},
		{"cursor and autowrap", "\x1b[?25l\x1b[?7lA\x1b[?7h", "\x1b[?25l\x1b[?7lA\x1b[?7h", "\x1b[?25l\x1b[?7lA\x1b[?7h"},
		{"pasting, mouse and keyboard", "\x1b[?2004h\x1b[?1002h\x1b[?1006h\x1b[>4;2m\x1b[>1u\x1b[<1uA", "\x1b[?2004h\x1b[?1002h\x1b[?1006h\x1b[>4;2m\x1b[>1u\x1b[<1uA", "A"},
		{"title and clipboard", "\x1b]2;vigil\aA\x1b]52;c;QQ==\x1b\\B", "\x1b]2;vigil\aA\x1b]52;c;QQ==\x1b\\B", "AB"},
		{"a sequence that is cut", "A\x1b[", "A\x1b[", "A\x1b["},
		{"a private one that is cut", "A\x1b[?", "A\x1b[?", "A"},
		{"an escape alone", "A\x1b", "A\x1b", "A\x1b"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := string(known([]byte(tt.sent), false)); got != tt.full {
				t.Errorf("%q is %q, want %q", tt.sent, got, tt.full)
			}
			if got := string(known([]byte(tt.sent), true)); got != tt.bare {
				t.Errorf("%q on a bare terminal is %q, want %q", tt.sent, got, tt.bare)
			}
		})
	}
}
