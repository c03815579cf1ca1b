package widget

import (
	"strings"

	"vigil/internal/safetext"
)

// BigRows is how many lines [Big] takes at scale 1.
const BigRows = 5

// big are letters of five rows and at most five cells, for figures that are read across a room. Fonts of this kind come with FIGlet, as
// files of many hundred glyphs; these are the few that figures and states need, all on one height, in narrow glyphs only.
var big = map[rune][BigRows]string{
	'0': {"####", "#  #", "#  #", "#  #", "####"}, '1': {" # ", "## ", " # ", " # ", "###"}, '2': {"####", "   #", "####", "#   ", "####"},
	'3': {"####", "   #", " ###", "   #", "####"}, '4': {"#  #", "#  #", "####", "   #", "   #"}, '5': {"####", "#   ", "####", "   #", "####"},
	'6': {"####", "#   ", "####", "#  #", "####"}, '7': {"####", "   #", "  # ", " #  ", " #  "}, '8': {"####", "#  #", "####", "#  #", "####"},
	'9': {"####", "#  #", "####", "   #", "####"},
	'A': {" ## ", "#  #", "####", "#  #", "#  #"}, 'B': {"### ", "#  #", "### ", "#  #", "### "}, 'C': {" ###", "#   ", "#   ", "#   ", " ###"},
	'D': {"### ", "#  #", "#  #", "#  #", "### "}, 'E': {"####", "#   ", "### ", "#   ", "####"}, 'F': {"####", "#   ", "### ", "#   ", "#   "},
	'G': {" ###", "#   ", "# ##", "#  #", " ###"}, 'H': {"#  #", "#  #", "####", "#  #", "#  #"}, 'I': {"###", " # ", " # ", " # ", "###"},
	'J': {"  ##", "   #", "   #", "#  #", " ## "}, 'K': {"#  #", "# # ", "##  ", "# # ", "#  #"}, 'L': {"#   ", "#   ", "#   ", "#   ", "####"},
	'M': {"#   #", "## ##", "# # #", "#   #", "#   #"}, 'N': {"#  #", "## #", "# ##", "#  #", "#  #"}, 'O': {" ## ", "#  #", "#  #", "#  #", " ## "},
	'P': {"### ", "#  #", "### ", "#   ", "#   "}, 'Q': {" ## ", "#  #", "#  #", "# ##", " ###"}, 'R': {"### ", "#  #", "### ", "# # ", "#  #"},
	'S': {" ###", "#   ", " ## ", "   #", "### "}, 'T': {"###", " # ", " # ", " # ", " # "}, 'U': {"#  #", "#  #", "#  #", "#  #", " ## "},
	'V': {"#  #", "#  #", "#  #", " ## ", " ## "}, 'W': {"#   #", "#   #", "# # #", "## ##", "#   #"}, 'X': {"#  #", "#  #", " ## ", "#  #", "#  #"},
	'Y': {"# #", "# #", " # ", " # ", " # "}, 'Z': {"####", "  # ", " #  ", "#   ", "####"},
	'?': {"####", "   #", " ## ", "    ", " #  "}, '+': {"   ", " # ", "###", " # ", "   "}, '-': {"   ", "   ", "###", "   ", "   "}, '!': {"#", "#", "#", " ", "#"},
	':': {" ", "#", " ", "#", " "}, '.': {" ", " ", " ", " ", "#"}, '<': {"  #", " # ", "#  ", " # ", "  #"}, ' ': {"  ", "  ", "  ", "  ", "  "},
	',': {" ", " ", " ", "#", "#"}, '/': {"   #", "  # ", " #  ", "#   ", "    "}, '>': {"#  ", " # ", "  #", " # ", "#  "},
}

// Big writes a short text in large letters, [BigRows] lines for each unit of scale, of fill and blanks. Small letters stand as capitals, letters
// with accents without them, an en dash as a hyphen, and what there is no letter for as a question mark, which nobody takes for a figure.
func Big(text string, scale int, fill string) []string {
	scale = max(1, scale)
	rows := make([]strings.Builder, BigRows)
	first := true
	for _, r := range capitals(text) {
		glyph, ok := big[r]
		if !ok {
			glyph = big['?']
		}
		for i := range rows {
			if !first {
				rows[i].WriteString(strings.Repeat(" ", scale))
			}
			for _, c := range glyph[i] {
				cell := " "
				if c == '#' {
					cell = fill
				}
				rows[i].WriteString(strings.Repeat(cell, scale))
			}
		}
		first = false
	}
	lines := make([]string, 0, BigRows*scale)
	for i := range rows {
		for range scale {
			lines = append(lines, rows[i].String())
		}
	}
	return lines
}

// BigHalf is [Big] at scale 1 in half as many lines, two rows of a letter in one: for small terminals that have half blocks.
func BigHalf(text string) []string {
	rows := Big(text, 1, "#")
	lines := make([]string, 0, BigHalfRows)
	for i := 0; i < BigRows; i += 2 {
		var b strings.Builder
		for x := range rows[i] {
			lit := 0
			if rows[i][x] == '#' {
				lit = 1
			}
			if i+1 < BigRows && rows[i+1][x] == '#' {
				lit += 2
			}
			b.WriteString([...]string{" ", "▀", "▄", "█"}[lit])
		}
		lines = append(lines, b.String())
	}
	return lines
}

// BigHalfRows is how many lines [BigHalf] takes.
const BigHalfRows = (BigRows + 1) / 2

// capitals are the letters that a text is written in large with: without accents, as capitals often are.
func capitals(text string) string {
	if !printableASCII(text) {
		text = safetext.Clean(text).ASCII() // turns an en dash into a hyphen, too
	}
	return strings.ToUpper(text)
}

// HasBig reports whether there is a large letter for everything in a text.
func HasBig(text string) bool { return strings.Count(capitals(text), "?") == strings.Count(text, "?") }

// BigWidth is how many cells [Big] takes of a text.
func BigWidth(text string, scale int) int {
	if text == "" {
		return 0
	}
	return Width(Big(text, scale, "#")[0])
}
