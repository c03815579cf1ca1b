package widget

import (
	"slices"
	"strings"

	"vigil/internal/lang"
	"vigil/internal/theme"
	"vigil/internal/tui/keys"
)

// hintGap is the cells between two hints.
const hintGap = 2

func hintWidth(h keys.Hint) int { return Width(h.Key) + 1 + Width(h.Word) + hintGap }

// fitting are the hints that fit whole into room cells. Help and quit have their place first: the one
// tells all others, the other is what nobody must have to search for.
func fitting(all []keys.Hint, room int) []keys.Hint {
	kept := map[keys.Hint]bool{}
	keep := func(h keys.Hint) {
		if w := hintWidth(h); !kept[h] && w <= room {
			kept[h] = true
			room -= w
		}
	}
	for _, h := range all {
		if h.ID == keys.ShowHelp || h.ID == keys.Quit {
			keep(h)
		}
	}
	for _, h := range all {
		if h.ID == keys.Filter { // where a screen can be filtered, that is wanted before other screens
			keep(h)
		}
	}
	for _, h := range all {
		keep(h)
	}
	return slices.DeleteFunc(slices.Clone(all), func(h keys.Hint) bool { return !kept[h] })
}

// Hints are keys and their words for a footer, as many as fit whole into room cells.
func Hints(all []keys.Hint, room int) []Span {
	var spans []Span
	for _, h := range fitting(all, room) {
		spans = append(spans, Span{Text: h.Key, Role: theme.Key}, Span{Text: " " + h.Word + strings.Repeat(" ", hintGap)})
	}
	return spans
}

// HintAt is the hint that stands at cell x of what [Hints] gives.
func HintAt(all []keys.Hint, room, x int) (hint keys.Hint, ok bool) {
	at := 0
	for _, h := range fitting(all, room) {
		w := hintWidth(h)
		if x >= at && x < at+w-hintGap {
			return h, true
		}
		at += w
	}
	return keys.Hint{}, false
}

// TooSmall is all that can be said honestly on a terminal that is smaller than least: with what must never be missing before it.
func TooSmall(in *lang.Language, p *theme.Palette, before string, width, height int, least [2]int) []string {
	text := in.Sayf("too small: %d×%d, needs %d×%d", width, height, least[0], least[1])
	if p.ASCII {
		text = strings.ReplaceAll(text, "×", "x")
	}
	lines := Wrap(before+text, width)
	for i := range lines {
		lines[i] = Fit(lines[i], width, "")
	}
	return Height(lines, width, height)
}
