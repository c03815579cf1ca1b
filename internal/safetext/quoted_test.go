package safetext

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestPlainStopsAtTheFirst: each byte, at each place of a word of eight, behind and before each other kind of byte.
func TestPlainStopsAtTheFirst(t *testing.T) {
	for _, after := range []string{"", "x", "\x00\xff\"\\", "xxxxxxxxx\x1f"} {
		for lead := range 20 {
			for c := range 256 {
				s := strings.Repeat("a", lead) + string([]byte{byte(c)}) + after
				want := strings.IndexFunc(s, func(r rune) bool { return r < ' ' || r > '~' || r == '"' || r == '\\' })
				if want < 0 {
					want = len(s)
				}
				if got := Plain(s, 0); got != want {
					t.Fatalf("%q: stops at %d, not at %d", s, got, want)
				}
			}
		}
	}
}

// TestQuotedIsClean: what Quoted gives is what Clean gives.
func TestQuotedIsClean(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		lead := rapid.StringN(-1, -1, 12).Draw(rt, "lead")
		inner := rapid.OneOf(rapid.StringMatching(`[ -~]{0,40}`), rapid.String(), rapid.StringMatching(` *[a-z ]{0,20} *`)).Draw(rt, "inner")
		limit := rapid.IntRange(0, 60).Draw(rt, "limit")
		s := lead + inner + `"` + rapid.String().Draw(rt, "tail")
		got, end, ok := Quoted(s, len(lead), limit)
		if !ok {
			if Printable(inner) && !strings.ContainsAny(inner, `"\`) && len(inner) <= limit {
				rt.Fatalf("not read: %q", inner)
			}
			return
		}
		want := s[len(lead):end]
		if s[end] != '"' || strings.ContainsAny(want, `"\`) || len(want) > limit || got != CleanMax(want, limit) || got != Block(want) {
			rt.Fatalf("%q, read up to %d, is %q", s[len(lead):], end, got)
		}
	})
}
