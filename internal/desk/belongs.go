package desk

import (
	"bytes"
	"slices"
	"strings"
)

// belongsSize is how much of a content is looked at to tell where it belongs, in bytes.
const belongsSize = 4 << 10

// Belongs tells by the beginning of a content in which folder of the desk its kind is kept: [CalendarDir] for iCalendar,
// [LevelsDir] for level tables and level files in YAML, [ProfilesDir] for profiles, [PresenceDir] for tables with the headings of a roster or a
// headcount; empty for everything else. Incidents in a table may have the headings of a roster ("id", "country", "status"):
// PresenceDir is a likeness, and no more.
func Belongs(data []byte) string {
	head := data[:min(len(data), belongsSize)]
	if i := bytes.LastIndexByte(head, '\n'); i >= 0 && len(head) < len(data) {
		head = head[:i+1] // half a line tells nothing
	}
	text, _ := decode(head)
	if strings.HasPrefix(strings.ToLower(strings.TrimSpace(text)), "begin:vcalendar") {
		return CalendarDir
	}
	if levelText(text) {
		return LevelsDir
	}
	if profileText(text) {
		return ProfilesDir
	}
	t := newReader("").openTable(head)
	if t == nil {
		return ""
	}
	for range maxPreamble {
		if !t.next() {
			break
		}
		if t.levels() {
			return LevelsDir
		}
		if columns, _ := t.columns(); recognised(&columns) && t.incidents(&columns) == nil {
			return PresenceDir
		}
	}
	return ""
}

// levelText reports whether a text has the keys of a level file in YAML at its margin: the country, and the scheme or the
// areas. The beginning of a file may end before one of them.
func levelText(text string) bool {
	seen := margin(text)
	return seen["country"] && (seen["scheme"] || seen["areas"])
}

// profileText reports whether a text has the keys of a profile at its margin.
func profileText(text string) bool {
	seen := margin(text)
	return seen["country"] && (seen["contacts"] || seen["call_tree"])
}

// margin are the keys that stand at the margin of a YAML text.
func margin(text string) map[string]bool {
	seen := map[string]bool{}
	for line := range strings.Lines(text) {
		if name, _, ok := strings.Cut(line, ":"); ok {
			seen[strings.TrimRight(name, " ")] = true
		}
	}
	return seen
}

// levels reports whether the current row is the heading of a level table.
func (t *table) levels() bool {
	var have []string
	for i := range t.cells {
		have = append(have, rowName(t.cell(i)))
	}
	return !slices.ContainsFunc(rowMust[:], func(must string) bool { return !slices.Contains(have, must) })
}
