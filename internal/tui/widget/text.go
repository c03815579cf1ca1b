// Package widget holds the pieces that screens are laid out from: cell-width
// text, titled rules, the status line, tables, sparklines, a scrolled view of
// lines, and the prompt.
//
// Widgets are plain functions and small values over strings; there is no canvas
// and no layout engine. They know styles by role and nothing of incidents,
// countries or sources. What they draw from is passed in each time.
//
// Guarantee: whatever the input, a widget that is asked for a width returns lines
// of exactly that many terminal cells, and one that is asked for a height
// exactly that many lines. Text is expected to have passed safetext; a control
// character that comes all the same is shown as "?" instead of being obeyed.
//
// Widths are counted per code point, as wcwidth(3) does, because that is how the
// renderer counts and how most terminals do.
package widget

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"vigil/internal/lang"
)

const (
	isolateFirst = '\u2066' // LRI; RLI and FSI follow
	isolateLast  = '\u2068'
	isolateEnd   = '\u2069' // PDI
)

// Width is the number of cells s takes. s holds no control sequences.
func Width(s string) int {
	if printableASCII(s) {
		return len(s)
	}
	w := 0
	for _, r := range s {
		w += runeWidth(r)
	}
	return w
}

func printableASCII(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] >= 0x7f {
			return false
		}
	}
	return true
}

// control reports whether r would steer the terminal instead of being shown.
func control(r rune) bool {
	return r < ' ' || (r >= 0x7f && r < 0xa0) || r == '\u2028' || r == '\u2029'
}

// runeWidth is the cells r takes; a control counts as the "?" that stands for it.
func runeWidth(r rune) int {
	switch {
	case control(r):
		return 1
	case r < 0x7f:
		return 1
	case r >= isolateFirst && r <= isolateEnd:
		return 0
	}
	var b [utf8.UTFMax]byte
	return ansi.StringWidthWc(string(b[:utf8.EncodeRune(b[:], r)]))
}

// Fit returns s in exactly w cells: padded on the right, or cut with ellipsis
// (one cell wide, or empty) in place of what is missing.
func Fit(s string, w int, ellipsis string) string {
	s, used := truncate(s, w, ellipsis)
	return s + spaces(w-used)
}

// FitWords is [Fit] that cuts between two words, for half of a word may be another one. A word of which there is room for much, such as a
// path, is cut all the same.
func FitWords(s string, w int, ellipsis string) string {
	cut, used := truncate(s, w, ellipsis)
	rest, is := strings.CutSuffix(cut, ellipsis)
	if clean(s) == cut || !is || strings.IndexFunc(cut, func(r rune) bool { return r >= isolateFirst && r <= isolateEnd }) >= 0 {
		return cut + spaces(w-used)
	}
	left := clean(s)[len(rest):]
	if !strings.ContainsRune(ending, []rune(left)[0]) { // within a word
		const most = 12 // of a word that is left out
		at := strings.LastIndexByte(rest, ' ')
		if at < 0 || 2*Width(rest[:at]) < w || Width(rest[at+1:]) > most {
			return cut + spaces(w-used)
		}
		rest, left = rest[:at], rest[at:]+left
	}
	rest = strings.TrimRight(rest, ending)
	if at := strings.LastIndexByte(rest, ' '); at > 0 && strings.Trim(rest[at:], " 0123456789.,") == "" && !strings.HasPrefix(left, " (") {
		rest = rest[:at] // a number without what it counts
	}
	return Fit(strings.TrimRight(rest, ending)+ellipsis, w, "")
}

// ending is what stands before a mark of what is left out as little as at the end of a sentence.
const ending = " ,;:("

// PadLeft is [Fit] with the padding on the left: for numbers. A number that
// does not fit is never cut, because the digits that are left would be another number: it
// becomes ellipses all over.
func PadLeft(s string, w int, ellipsis string) string {
	if w <= 0 {
		return ""
	}
	s, used := clean(s), Width(s)
	if used > w {
		if ellipsis == "" {
			ellipsis = "#"
		}
		return Fit(strings.Repeat(ellipsis, w), w, "")
	}
	return spaces(w-used) + s
}

// Truncate returns at most w cells of s, cut with ellipsis if it is longer.
func Truncate(s string, w int, ellipsis string) string {
	s, _ = truncate(s, w, ellipsis)
	return s
}

// truncate also tells how many cells the result takes.
func truncate(s string, w int, ellipsis string) (string, int) {
	if w <= 0 {
		return "", 0
	}
	if printableASCII(s) && len(s) <= w {
		return s, len(s)
	}
	s = clean(s)
	if used := Width(s); used <= w {
		return s, used
	}
	tail := Width(ellipsis)
	if tail > w {
		ellipsis, tail = "", 0
	}
	end, used, open := 0, 0, 0
	for i, r := range s {
		rw := runeWidth(r)
		if used+rw > w-tail {
			break
		}
		switch {
		case r >= isolateFirst && r <= isolateLast:
			open++
		case r == isolateEnd && open > 0:
			open--
		}
		used += rw
		end = i + utf8.RuneLen(r)
	}
	// An isolate that is not closed would turn the rest of the line around.
	return s[:end] + strings.Repeat(string(isolateEnd), open) + ellipsis, used + tail
}

// clean replaces what would steer the terminal, and bytes that are not UTF-8 (by
// U+FFFD, which is what Map makes of them). It returns s itself if there is
// nothing to replace.
func clean(s string) string {
	if strings.IndexFunc(s, control) < 0 && utf8.ValidString(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if control(r) {
			return '?'
		}
		return r
	}, s)
}

const blanks = "                                                                                                                                "

func spaces(n int) string {
	if n <= 0 {
		return ""
	}
	if n <= len(blanks) {
		return blanks[:n]
	}
	return strings.Repeat(" ", n)
}

// Wrap breaks text into lines of at most width cells, at spaces where it can and
// inside a word only where the word alone is too long. Line breaks in the text
// are kept. Lines are not padded. There is always at least one line.
func Wrap(text string, width int) []string {
	if width <= 0 {
		return []string{""}
	}
	var lines []string
	for paragraph := range strings.SplitSeq(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
		paragraph = clean(paragraph)
		if width == 1 {
			paragraph = strings.Map(narrowed, paragraph)
		}
		lines = append(lines, wrapParagraph(paragraph, width)...)
	}
	isolate(lines)
	return lines
}

// narrowed replaces what can never fit into one cell.
func narrowed(r rune) rune {
	if runeWidth(r) > 1 {
		return '?'
	}
	return r
}

// isolate closes at the end of each line the isolates that are open there and
// opens them again on the next, so that no line turns its neighbours around.
func isolate(lines []string) {
	var open []rune
	for i, line := range lines {
		start := string(open)
		for _, r := range line {
			switch {
			case r >= isolateFirst && r <= isolateLast:
				open = append(open, r)
			case r == isolateEnd && len(open) > 0:
				open = open[:len(open)-1]
			}
		}
		lines[i] = start + line + strings.Repeat(string(isolateEnd), len(open))
	}
}

func wrapParagraph(text string, width int) []string {
	var lines []string
	var line strings.Builder
	used := 0
	flush := func() {
		lines = append(lines, line.String())
		line.Reset()
		used = 0
	}
	for _, word := range bound(lang.Fields(text)) {
		w := Width(word)
		if used > 0 && used+1+w > width {
			flush()
		}
		if used > 0 {
			line.WriteByte(' ')
			used++
		}
		for w > width { // longer than a line: break inside it
			part, n := head(word, width)
			lines = append(lines, part)
			word = word[len(part):]
			w -= n
		}
		line.WriteString(word)
		used += w
	}
	if used > 0 || len(lines) == 0 {
		flush()
	}
	return lines
}

// bound is words with what French writes apart from the word before it, or after it, put to that word: no line begins with a colon.
func bound(words []string) []string {
	list := words[:0:0]
	for i, word := range words {
		switch last := len(list) - 1; {
		case i > 0 && (word == ":" || word == ";" || word == "!" || word == "?" || word == "»" || words[i-1] == "«"):
			list[last] += " " + word
		default:
			list = append(list, word)
		}
	}
	return list
}

// head is as many characters of s as fit into w cells, and at least one.
func head(s string, w int) (string, int) {
	used := 0
	for i, r := range s {
		rw := runeWidth(r)
		if used+rw > w && i > 0 {
			return s[:i], used
		}
		used += rw
	}
	return s, used
}
