package tui

import (
	"strings"
	"testing"

	"vigil/internal/picture"
	"vigil/internal/tui/tuitest"
)

// TestKeysBeforeTheFirstPicture: help and quit are there at once, any other key is answered, and the first picture finds the person where they are.
func TestKeysBeforeTheFirstPicture(t *testing.T) {
	for _, size := range []tuitest.Size{{Width: 40, Height: 12}, {Width: 80, Height: 24}} {
		r := start(t, picture.View{}, size, nil)
		shows := func(what, want string) {
			t.Helper()
			if text := r.View().Content; !strings.Contains(text, want) {
				t.Errorf("%s: %q is not on\n%s", what, want, text)
			}
		}
		shows("at first", "Reading the desk")
		shows("at first", "? help  q quit")
		for _, k := range []string{"5", "j", "/", "w", "enter"} {
			r.press(k)
			shows(k, "there is no picture yet")
			shows(k, "Reading the desk")
		}
		r.press("?")
		shows("?", "KEYS: BOARD")
		if text := r.View().Content; strings.Contains(text, "not now") {
			t.Errorf("help claims to know of a desk that is not read:\n%s", text)
		}
		r.press("G")
		shows("G", "FILTER")
		r.press("5")
		shows("5 in help", "there is no picture yet")
		r.Update(viewMsg{tuitest.Sahel().View()})
		shows("with the first picture", "FILTER")
		r.press("esc")
		shows("esc", "MLI")
		if _, cmd := start(t, picture.View{}, size, nil).Update(key("q")); cmd == nil {
			t.Error("q does not quit")
		}
	}
}
