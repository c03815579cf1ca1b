package widget

import (
	"slices"
	"strings"
	"unicode"

	"vigil/internal/theme"
	"vigil/internal/tui/keys"
)

// historyLength is how many entries a prompt remembers; older ones are forgotten.
const historyLength = 100

// Prompt is a line that is being typed: the filter or a command. The zero value
// is an empty prompt. bubbles' textinput is not used because a mark under the
// column of a mistake, history and the binding table would all have to be added
// around it.
type Prompt struct {
	Label string // what stands before the text, such as "/" or ":"

	text    []rune
	cursor  int // index into text
	scroll  int // index of the first rune shown
	history []string
	failed  string // what did not run: the newest entry until something runs
	recall  int    // 0 is what is being typed, 1 the newest entry of history, …
	draft   string

	mistake string
	column  int // index into text, where the mistake is; -1 for none in particular
}

// Value is what is typed so far.
func (e *Prompt) Value() string { return string(e.text) }

// Set replaces the text and puts the cursor at its end.
func (e *Prompt) Set(text string) {
	e.text = []rune(oneLine(text))
	e.cursor = len(e.text)
	e.recall = 0
}

// Insert adds text at the cursor: a typed character, or what was pasted. Line
// breaks become spaces, other controls are dropped.
func (e *Prompt) Insert(text string) {
	added := []rune(oneLine(text))
	e.text = slices.Insert(e.text, e.cursor, added...)
	e.cursor += len(added)
	e.recall = 0
}

func oneLine(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return ' '
		case control(r) || unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, text)
}

// Edit does what a key of [keys.Prompt] asks for and reports whether the prompt
// takes care of that key: Accept, Cancel, Complete and Interrupt are the caller's.
func (e *Prompt) Edit(id keys.ID) bool {
	switch id {
	case keys.CursorBack:
		e.cursor = max(0, e.cursor-1)
	case keys.CursorOn:
		e.cursor = min(len(e.text), e.cursor+1)
	case keys.LineStart:
		e.cursor = 0
	case keys.LineEnd:
		e.cursor = len(e.text)
	case keys.EraseBack:
		e.erase(e.cursor-1, e.cursor)
	case keys.EraseOn:
		e.erase(e.cursor, e.cursor+1)
	case keys.EraseLine:
		e.erase(0, e.cursor)
	case keys.EraseWord:
		start, _ := e.Word()
		if start == e.cursor { // between words: the one before, with its spaces
			for start > 0 && e.text[start-1] == ' ' {
				start--
			}
			for start > 0 && e.text[start-1] != ' ' {
				start--
			}
		}
		e.erase(start, e.cursor)
	case keys.Older:
		e.remember(e.recall + 1)
	case keys.Newer:
		e.remember(e.recall - 1)
	default:
		return false
	}
	return true
}

func (e *Prompt) erase(from, to int) {
	from, to = max(0, from), min(to, len(e.text))
	if from >= to {
		return
	}
	e.text = slices.Delete(e.text, from, to)
	e.cursor = from
	e.recall = 0
}

// remember shows entry n of history, 0 being what was typed before looking there.
func (e *Prompt) remember(n int) {
	if e.recall == 0 {
		e.draft = e.Value()
	}
	entries := e.history
	if e.failed != "" && e.failed != e.draft {
		entries = append(slices.Clone(entries), e.failed)
	}
	if n < 0 || n > len(entries) {
		return
	}
	text := e.draft
	if n > 0 {
		text = entries[len(entries)-n]
	}
	e.Set(text)
	e.recall = n
}

// Fail notes that a text did not run: it is no entry of history, and can be recalled to be mended until another has run.
func (e *Prompt) Fail(text string) {
	if last := len(e.history) - 1; last >= 0 && e.history[last] == text {
		e.history = e.history[:last]
	}
	e.failed = text
}

// Done records the text in history and empties the prompt. An empty text and a repetition of
// the last entry are not recorded.
func (e *Prompt) Done() string {
	text := e.Value()
	e.failed = ""
	if text != "" && (len(e.history) == 0 || e.history[len(e.history)-1] != text) {
		e.history = append(e.history, text)
		e.history = e.history[max(0, len(e.history)-historyLength):]
	}
	e.Clear()
	return text
}

// Recall puts older entries, the oldest first, before those of its history.
func (e *Prompt) Recall(entries []string) {
	older := make([]string, len(entries))
	for i := range entries {
		older[i] = oneLine(entries[i])
	}
	e.history = append(older, e.history...)
	e.history = e.history[max(0, len(e.history)-historyLength):]
}

// Clear empties the prompt and keeps its history.
func (e *Prompt) Clear() {
	e.text, e.cursor, e.scroll, e.recall, e.draft = nil, 0, 0, 0, ""
	e.SetError("", -1)
}

// Word is the word before the cursor and the index where it starts.
func (e *Prompt) Word() (start int, word string) {
	start = e.cursor
	for start > 0 && e.text[start-1] != ' ' {
		start--
	}
	return start, string(e.text[start:e.cursor])
}

// Complete replaces the word before the cursor with what all candidates have in common; a
// single candidate is followed by a space. It reports whether the text changed.
func (e *Prompt) Complete(candidates []string) bool {
	if len(candidates) == 0 {
		return false
	}
	common := []rune(candidates[0])
	for _, c := range candidates[1:] {
		n := 0
		for _, r := range c {
			if n >= len(common) || common[n] != r {
				break
			}
			n++
		}
		common = common[:n]
	}
	start, word := e.Word()
	if len(candidates) == 1 {
		common = append(common, ' ')
	} else if len(common) <= len([]rune(word)) {
		return false
	}
	e.text = slices.Replace(e.text, start, e.cursor, common...)
	e.cursor = start + len(common)
	e.recall = 0
	return true
}

// SetError shows message under the text, with a mark under column, an index in characters
// from 0; -1 leaves the mark out. An empty message takes it away.
func (e *Prompt) SetError(message string, column int) { e.mistake, e.column = message, column }

// Render draws the prompt in one line of width cells, or two while there is an
// error, and tells in which cell of the first line the terminal's cursor belongs.
func (e *Prompt) Render(p *theme.Palette, width int) (lines []string, cursor int) {
	if width <= 0 {
		return []string{""}, 0
	}
	label := Truncate(e.Label, max(0, width-2), "")
	room := width - Width(label)
	e.follow(room)
	shown := clean(string(e.text[e.scroll:]))
	cursor = min(Width(label)+e.cells(e.scroll, e.cursor), width-1)
	lines = append(lines, Line(p, width, Span{label, theme.Key}, Span{Truncate(shown, room, ""), theme.Text}))
	if e.mistake == "" {
		return lines, cursor
	}
	if e.column < 0 || e.column > len(e.text) {
		return append(lines, Line(p, width, Span{e.mistake, theme.Error})), cursor
	}
	at := Width(label)
	if e.column > e.scroll {
		at += e.cells(e.scroll, e.column)
	}
	return append(lines, e.marked(p, width, min(at, width-1))), cursor
}

// marked puts the message beside its mark, on the side that has room for it.
func (e *Prompt) marked(p *theme.Palette, width, at int) string {
	const mark = "^"
	if w := Width(e.mistake); w+2 > width-at && at > width/2 {
		before := Truncate(e.mistake, at-1, p.Glyph(theme.Ellipsis))
		return Line(p, width, Span{spaces(at - 1 - Width(before)), theme.Text}, Span{before + " " + mark, theme.Error})
	}
	return Line(p, width, Span{spaces(at), theme.Text}, Span{mark + " " + e.mistake, theme.Error})
}

// cells is the width of text[from:to].
func (e *Prompt) cells(from, to int) int {
	w := 0
	for _, r := range e.text[from:max(from, to)] {
		w += runeWidth(r)
	}
	return w
}

// follow scrolls so that the cursor has a cell in room.
func (e *Prompt) follow(room int) {
	e.scroll = max(0, min(e.scroll, e.cursor))
	for e.scroll < e.cursor && e.cells(e.scroll, e.cursor) > room-1 {
		e.scroll++
	}
}
