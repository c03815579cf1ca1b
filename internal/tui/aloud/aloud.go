// Package aloud turns what a screen draws for the eye into what can be read out: by a screen reader, over the radio, into a log.
//
// A drawn figure is a few characters under a heading: 19+2?, 9d!, 3–5 T↑. Read out, each has its heading beside it and its marks
// in words: "19, and 2 that may belong, in 24 hours", "9 days old, older than it should be", "level 3 to 5, driven by terrorism,
// rising". Nothing here draws boxes, columns or symbols, and no figure is changed: only the way it is said is.
//
// What is drawn is in the language of whoever reads, and so is what is said: each function takes that language, nil for English.
// Headings may be given as they are drawn or in English. Short forms are known in both, because the duty log is in English.
//
// Functions are pure and safe for concurrent use. Text that people wrote passes unchanged but for arrows and for words that are
// exactly one of the program's own short forms, such as "inj." for injured.
package aloud

import (
	"strings"

	"vigil/internal/lang"
)

// Selected stands before the line on which the keys work.
func Selected(l *lang.Language) string { return l.Say("selected: ") }

// Attention stands before a line that needs a look.
func Attention(l *lang.Language) string { return l.Say("attention: ") }

// Mark says the mark at the beginning of a line.
func Mark(l *lang.Language, mark string) string {
	switch strings.TrimSpace(mark) {
	case "!":
		return Attention(l)
	default:
		return ""
	}
}

// Line says a line that is not made of cells: what wide gaps keep apart is told apart by commas, and dots and bars between parts
// become commas.
func Line(l *lang.Language, s string) string { return in(l).line(s) }

// Heading is a title with the note at its right.
func Heading(l *lang.Language, title, note string) string {
	t := in(l)
	title, note = t.line(title), t.line(note)
	switch {
	case note == "":
		return title
	case title == "":
		return note
	}
	return l.Sayf("%s: %s", title, note)
}

// Cell says a value with the heading of its column; empty where there is nothing to say.
func Cell(l *lang.Language, title, text string) string { return in(l).cell(title, text) }

// OfMany says how several alarms stand, by how it is drawn of one.
func OfMany(l *lang.Language, standing string) string {
	words := lang.Fields(standing)
	t := in(l)
	t.ofMany(words)
	return t.text(strings.Join(lang.Fields(strings.Join(words, " ")), " "))
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
func Field(l *lang.Language, name, text string) string {
	t := in(l)
	words := lang.Fields(name)
	for i, w := range words {
		if key, ok := t.keys[w]; ok {
			words[i] = key
		}
	}
	name = strings.Join(words, " ")
	if text = t.value(text); name == "" || text == "" {
		return name + text
	}
	return l.Sayf("%s: %s", name, text)
}

// Text says the short forms of a text in full. Words that are none stay as they are.
func Text(l *lang.Language, s string) string { return in(l).text(s) }

func (t *tongue) line(s string) string {
	mark := ""
	if rest, urgent := strings.CutPrefix(s, "!"); urgent {
		mark, s = Attention(t.l), rest
	}
	return mark + parts(s, func(part string) string {
		if said, ok := t.headed(part); ok {
			return said
		}
		return t.text(part)
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

func (t *tongue) cell(title, text string) string {
	title, text = strings.TrimSpace(title), strings.TrimSpace(text)
	if text == "" {
		return ""
	}
	if m := group.FindStringSubmatch(text); m != nil { // a group stands where the name of an alarm does
		return t.alarms(m[1])
	}
	if k, ok := t.columns[strings.Replace(title, "xOWN", "×OWN", 1)]; ok {
		return t.under(k, text)
	}
	if _, after, ok := strings.Cut(title, " "); ok && len(title)-len(after) == 2 { // the letter of a category before its name
		title = after
	}
	if whole, ok := t.whole[title]; ok {
		title = whole
	}
	said := t.value(text)
	if title == "" {
		return said
	}
	return t.symbols.Replace(strings.ReplaceAll(strings.ToLower(t.l.Say(title)), " × ", " "+t.l.SayAs("aloud", "and")+" ")) + " " + said
}

// value is the whole of a cell or field, in which a sign alone has a meaning of its own.
func (t *tongue) value(s string) string {
	switch strings.TrimSpace(s) {
	case "?", "???":
		return t.l.Say("unknown")
	case "-", "---", "–":
		return t.l.Say("none")
	}
	if rest, ok := strings.CutPrefix(s, "! "); ok {
		return t.l.Sayf("blind, %s", t.text(rest))
	}
	return parts(s, t.text)
}
