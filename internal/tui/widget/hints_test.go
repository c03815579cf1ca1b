package widget

import (
	"testing"

	"vigil/internal/lang"
	"vigil/internal/tui/keys"
)

// TestFootersInLanguages: what can be done first on a screen is in its footer in each complete language where it is in English.
func TestFootersInLanguages(t *testing.T) {
	first := func(l *lang.Language, s keys.Scope, room int) string {
		if hints := Hints(keys.Default().Footer(l, s, false, nil), room); len(hints) > 0 {
			return hints[0].Text
		}
		return ""
	}
	for _, tag := range []string{"fr", "es"} {
		l, err := lang.Load(tag, false)
		if err != nil {
			t.Fatal(err)
		}
		for _, room := range []int{39, 79} {
			for _, s := range keys.Default().Scopes() {
				if s == keys.Global && room == 39 {
					continue // stands nowhere by itself
				}
				if got, want := first(l, s, room), first(nil, s, room); got != want {
					t.Errorf("%s, %d cells: the footer of %s begins with %q, in English with %q", tag, room, s, got, want)
				}
			}
		}
	}
}
