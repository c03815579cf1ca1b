package keys

import (
	"strings"
	"unicode/utf8"
)

// Named is the key that a name means, as help and people write it: PgDn, Ctrl-D, Escape. What is the name of no such key is itself.
func Named(name string) string {
	if utf8.RuneCountInString(name) < 2 {
		return name // a letter is another key than its capital
	}
	lower := strings.ToLower(name)
	for key, label := range named {
		if lower == strings.ToLower(label) {
			return key
		}
	}
	switch lower {
	case "escape":
		return "esc"
	case "return":
		return "enter"
	case "page down", "pagedown":
		return "pgdown"
	case "page up", "pageup":
		return "pgup"
	}
	for _, with := range []string{"ctrl", "alt", "shift"} {
		if key, ok := strings.CutPrefix(lower, with+"-"); ok {
			return with + "+" + key
		}
	}
	return lower
}
