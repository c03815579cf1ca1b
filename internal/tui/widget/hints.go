package widget

import (
	"fmt"
	"strings"

	"vigil/internal/theme"
	"vigil/internal/tui/keys"
)

// Hints are keys and their words for a footer, as many as fit whole into room cells. Help and quit have their place first: the one
// tells all others, the other is what nobody must have to search for.
func Hints(all []keys.Hint, room int) []Span {
	const gap = 2
	width := func(h keys.Hint) int { return Width(h.Key) + 1 + Width(h.Word) + gap }
	kept := map[keys.Hint]bool{}
	keep := func(h keys.Hint) {
		if w := width(h); !kept[h] && w <= room {
			kept[h] = true
			room -= w
		}
	}
	for _, h := range all {
		if h.Word == "help" || h.Word == "quit" {
			keep(h)
		}
	}
	for _, h := range all {
		if h.Word == "filter" { // where a screen can be filtered, that is wanted before other screens
			keep(h)
		}
	}
	for _, h := range all {
		keep(h)
	}
	var spans []Span
	for _, h := range all {
		if kept[h] {
			spans = append(spans, Span{Text: h.Key, Role: theme.Key}, Span{Text: " " + h.Word + strings.Repeat(" ", gap)})
		}
	}
	return spans
}

// TooSmall is all that can be said honestly on a terminal that is smaller than least: with what must never be missing before it.
func TooSmall(p *theme.Palette, before string, width, height int, least [2]int) []string {
	text := fmt.Sprintf("too small: %d×%d, needs %d×%d", width, height, least[0], least[1])
	if p.ASCII {
		text = strings.ReplaceAll(text, "×", "x")
	}
	lines := Wrap(before+text, width)
	for i := range lines {
		lines[i] = Fit(lines[i], width, "")
	}
	return Height(lines, width, height)
}
