// Package aloud turns what a screen draws for the eye into what can be read out: by a screen reader, over the radio, into a log.
//
// A drawn figure is a few characters under a heading: 19+2?, 9d!, 3–5 T↑. Read out, each has its heading beside it and its marks
// in words: "19, and 2 that may belong, in 24 hours", "9 days old, older than it should be", "level 3 to 5, driven by terrorism,
// rising". Nothing here draws boxes, columns or symbols, and no figure is changed: only the way it is said is.
//
// Functions are pure and safe for concurrent use. Text that people wrote passes unchanged but for arrows and for words that are
// exactly one of the program's own short forms, such as "inj." for injured.
package aloud

import (
	"strings"
)

// What stands before a line: that it is the one on which the keys work, and that it needs a look.
const (
	Selected  = "selected: "
	Attention = "attention: "
)

// Mark says the mark at the beginning of a line.
func Mark(mark string) string {
	switch strings.TrimSpace(mark) {
	case "!":
		return Attention
	default:
		return ""
	}
}

// Line says a line that is not made of cells: what wide gaps keep apart is told apart by commas, and dots and bars between parts
// become commas.
func Line(s string) string {
	mark := ""
	if rest, urgent := strings.CutPrefix(s, "!"); urgent {
		mark, s = Attention, rest
	}
	return mark + parts(s, func(part string) string {
		if said, ok := headed(part); ok {
			return said
		}
		return Text(part)
	})
}

// parts says the parts of a line one after the other.
func parts(s string, say func(string) string) string {
	var said []string
	for part := range strings.SplitSeq(separated.Replace(s), wide) {
		if part = strings.TrimSpace(part); part != "" {
			said = append(said, say(part))
		}
	}
	return strings.Join(said, ", ")
}

const wide = "  "

var separated = strings.NewReplacer(" · ", wide, " | ", wide, " • ", wide, "• ", "")

// Heading is a title with the note at its right.
func Heading(title, note string) string {
	title, note = Line(title), Line(note)
	switch {
	case note == "":
		return title
	case title == "":
		return note
	}
	return title + ": " + note
}

// Cell says a value with the heading of its column; empty where there is nothing to say.
func Cell(title, text string) string {
	title, text = strings.TrimSpace(title), strings.TrimSpace(text)
	if text == "" {
		return ""
	}
	if k, ok := columns[strings.Replace(title, "xOWN", "×OWN", 1)]; ok {
		return k.says(text)
	}
	if _, after, ok := strings.Cut(title, " "); ok && len(title)-len(after) == 2 { // the letter of a category before its name
		title = after
	}
	said := value(text)
	if title == "" {
		return said
	}
	return symbols.Replace(strings.ToLower(title)) + " " + said
}

// Row says cells one after the other, those that say something.
func Row(cells ...string) string {
	var said []string
	for _, c := range cells {
		if c != "" {
			said = append(said, c)
		}
	}
	return strings.Join(said, ", ")
}

// Field is a name with its value.
func Field(name, text string) string {
	words := strings.Fields(name)
	for i, w := range words {
		if key, ok := arrows[w]; ok {
			words[i] = key
		}
	}
	name = strings.Join(words, " ")
	if text = value(text); name == "" || text == "" {
		return name + text
	}
	return name + ": " + text
}

// value is the whole of a cell or field, in which a sign alone has a meaning of its own.
func value(s string) string {
	switch strings.TrimSpace(s) {
	case "?", "???":
		return "unknown"
	case "-", "---", "–":
		return "none"
	}
	if rest, ok := strings.CutPrefix(s, "! "); ok {
		return "blind, " + Text(rest)
	}
	return parts(s, Text)
}
