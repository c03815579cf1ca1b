package safetext

import (
	"strings"
	"unicode/utf8"
)

// First-strong isolate and its end: the only format characters that vigil itself sends
// to a terminal.
const (
	isolateBegin = "\u2068"
	isolateEnd   = "\u2069"
)

// HasRTL reports whether the text has characters of a right-to-left script.
func (t Text) HasRTL() bool {
	for i := 0; i < len(t.s); {
		if t.s[i] < 0xD6 { // U+0590, where right-to-left scripts begin, is D6 90
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(t.s[i:])
		if isRTL(r) {
			return true
		}
		i += size
	}
	return false
}

// isRTL goes by the areas that Unicode keeps for right-to-left scripts, digits included:
// an isolate too many does no harm.
func isRTL(r rune) bool {
	return r >= 0x0590 && r <= 0x08FF || // Hebrew to Arabic Extended
		r >= 0xFB1D && r <= 0xFDFF || r >= 0xFE70 && r <= 0xFEFF || // presentation forms
		r >= 0x10800 && r <= 0x10FFF || r >= 0x1E800 && r <= 0x1EFFF
}

// Isolated is the text for a terminal: lines with right-to-left characters stand between
// a first-strong isolate (U+2068) and its end (U+2069), so that they cannot change the order of what
// stands beside them. Shorten first, isolate last: a cut would lose the end.
func (t Text) Isolated() string {
	if !t.HasRTL() {
		return t.s
	}
	var b strings.Builder
	for i, line := range t.Lines() { // an isolate ends with its line
		if i > 0 {
			b.WriteByte('\n')
		}
		if line.HasRTL() {
			b.WriteString(isolateBegin + line.s + isolateEnd)
		} else {
			b.WriteString(line.s)
		}
	}
	return b.String()
}

// ASCII is the text for a terminal without UTF-8: Latin letters lose their diacritics,
// typographic signs become their plain forms, and what has none becomes '?'. Marks
// that combine with a letter go; '\n' stays.
func (t Text) ASCII() string {
	i := 0
	for i < len(t.s) && t.s[i] < utf8.RuneSelf {
		i++
	}
	if i == len(t.s) {
		return t.s
	}
	var b strings.Builder
	b.Grow(len(t.s))
	for _, r := range t.s {
		if r < utf8.RuneSelf {
			b.WriteByte(byte(r))
			continue
		}
		if classify(r, utf8.RuneLen(r)) == mark {
			continue
		}
		s, ok := Latin(r)
		if !ok {
			s, ok = plainSigns[r]
		}
		if !ok {
			s = "?"
		}
		b.WriteString(s)
	}
	return b.String()
}

// plainSigns are signs that feeds use and ASCII lacks.
var plainSigns = map[rune]string{
	'¡': "!", '¿': "?", '«': "\"", '»': "\"", '·': ".", '×': "x", '÷': "/", '±': "+/-", '°': "deg",
	'‐': "-", '‑': "-", '‒': "-", '–': "-", '—': "-", '―': "-", '−': "-",
	'‘': "'", '’': "'", '‚': "'", '‛': "'", '′': "'", 'ʼ': "'", 'ʻ': "'", '“': "\"", '”': "\"", '„': "\"", '″': "\"",
	'‹': "<", '›': ">", '…': "...", '•': "*", '→': "->", '←': "<-", '≤': "<=", '≥': ">=", '≠': "!=",
	'№': "No", '©': "(c)", '®': "(R)", '™': "(TM)", '€': "EUR", '£': "GBP",
	'ª': "a", 'º': "o", '¹': "1", '²': "2", '³': "3", '¼': "1/4", '½': "1/2", '¾': "3/4",
}

// Said is [Clean] for what vigil has put together itself, in which right-to-left text may stand between isolates already: they stay, if each
// has its end. Text from outside has none of them left once it is clean.
func Said(s string) Text {
	if !strings.Contains(s, isolateBegin) || !closed(s) {
		return Clean(s)
	}
	var b strings.Builder
	for s != "" {
		end := strings.IndexAny(s, isolateBegin+isolateEnd)
		if end < 0 {
			end = len(s)
		}
		body := strings.TrimLeft(s[:end], " ")
		b.WriteString(s[:end-len(body)])
		inner := strings.TrimRight(body, " ")
		b.WriteString(Clean(inner).s + body[len(inner):])
		mark := s[end:min(len(s), end+len(isolateBegin))]
		b.WriteString(mark)
		s = s[end+len(mark):]
	}
	return Text{b.String()}
}

// closed reports whether each isolate of s has its end, and each end an isolate.
func closed(s string) bool {
	open := 0
	for _, r := range s {
		switch string(r) {
		case isolateBegin:
			open++
		case isolateEnd:
			if open--; open < 0 {
				return false
			}
		}
	}
	return open == 0
}
