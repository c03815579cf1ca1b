// Package safetext is the one door through which text from outside enters vigil.
//
// A [Text] can only be made here, so a function that takes a Text cannot be handed
// raw bytes by mistake: feed text, file names, notes, user names, TERM, error
// messages of other libraries and log lines all pass through [Clean], [Block] or
// [FromBytes] right after decoding and before anything else sees them.
//
// Guarantee: no control (C0, DEL, C1), bidi control, zero-width, tag, format, line or
// paragraph separator code point of the input is ever part of a Text. What was
// there is made visible instead of being dropped, at most [MaxCombining] combining marks
// follow a base character, and the length is capped at a stated number of bytes
// with the cut marked.
//
// # What the text looks like afterwards
//
//   - A hidden code point becomes <U+202E>: its number in capitals, four digits or more,
//     in ASCII, so that every terminal can show it. Hidden is everything that draws
//     nothing of its own or that Unicode 15 does not know: all controls, all format
//     characters (bidi controls, zero-width characters, soft hyphen, byte order mark,
//     tags), line and paragraph separators, variation selectors, fillers, private use,
//     noncharacters and unassigned code points. A combining mark that has no base before
//     it is shown the same way, since it would combine with the frame around the text.
//   - A byte that is not UTF-8 becomes U+FFFD.
//   - Combining marks after the fourth become <marks+N>, N being how many were left out.
//   - Tabs and (but for [Block]) line breaks become one space with the spaces around
//     them; the other spaces of Unicode become ordinary ones. Space at both ends goes.
//   - What is longer than the cap ends in "...", never inside a character, an escape or
//     between a base and its marks.
//
// A sender can write <U+202E> out too. Cleaning twice must give what
// cleaning once gives, so the two look alike; they are equally harmless, and a
// [Report] tells them apart where it matters. The joiners U+200C and U+200D are
// shown also where Persian or Indic spelling uses them: text that reads clumsily is
// better here than two names that look the same and are not.
//
// Functions are pure, never fail, and are safe for concurrent use.
package safetext

import "strings"

// Limits of what a Text holds. What is cut off is marked in the text and counted
// in the [Report].
const (
	MaxCombining = 4        // combining marks after one base character
	MaxLine      = 4 << 10  // bytes of a one-line text
	MaxBlock     = 64 << 10 // bytes of a text of several lines
)

// Text is external text made safe to show. The zero value is the empty text.
// Texts are comparable with == and may be map keys.
type Text struct{ s string }

// constant can only be satisfied by an untyped string constant outside this package.
type constant string

// Const is a Text of the program's own words: it accepts only a constant, which
// needs no cleaning.
func Const(c constant) Text { return Text{string(c)} }

// Report counts what cleaning changed, so that a source can say how much of its text
// is not as it was sent. Spaces, tabs and line breaks are not counted.
type Report struct {
	Replaced int // code points made visible
	Invalid  int // bytes that are not UTF-8, each now U+FFFD
	Marks    int // combining marks left out
	Cut      int // bytes of the input after the cut
}

// IsZero reports whether nothing was changed.
func (r Report) IsZero() bool { return r == Report{} }

// Add returns the sum of both reports.
func (r Report) Add(o Report) Report {
	return Report{r.Replaced + o.Replaced, r.Invalid + o.Invalid, r.Marks + o.Marks, r.Cut + o.Cut}
}

// Clean makes one line of s, at most [MaxLine] bytes long. Text that needs no cleaning
// is returned without a copy, so the Text shares the memory of s: clone a small piece of
// a large buffer first.
func Clean(s string) Text {
	t, _ := scrub(s, oneLine, MaxLine)
	return t
}

// CleanMax is [Clean] with another cap. The result is never longer than maxBytes,
// the mark of the cut included; below three bytes only part of that mark is left.
func CleanMax(s string, maxBytes int) Text {
	t, _ := scrub(s, oneLine, maxBytes)
	return t
}

// CleanReport is [Clean] that also counts what it changed.
func CleanReport(s string) (Text, Report) { return scrub(s, oneLine, MaxLine) }

// Block keeps the line breaks of s as '\n' (CR LF and CR become that) and is at most
// [MaxBlock] bytes long; all else is as in [Clean].
func Block(s string) Text {
	t, _ := scrub(s, manyLines, MaxBlock)
	return t
}

// BlockReport is [Block] that also counts what it changed.
func BlockReport(s string) (Text, Report) { return scrub(s, manyLines, MaxBlock) }

// FromBytes is [Clean] for a byte slice, which it does not keep.
func FromBytes(b []byte) Text { return Clean(string(b)) }

// Error is the message of err on one line; no error is the empty text.
func Error(err error) Text {
	if err == nil {
		return Text{}
	}
	return Clean(err.Error())
}

// Join puts sep between the parts. The result is as long as its parts are: there is no cap.
func Join(sep Text, parts ...Text) Text {
	var b strings.Builder
	for i, p := range parts {
		if i > 0 {
			b.WriteString(sep.s)
		}
		b.WriteString(p.s)
	}
	return Text{b.String()}
}

// String returns the safe text in logical order, without isolates.
func (t Text) String() string { return t.s }

// IsZero reports whether the text is empty; it lets encoders omit empty texts.
func (t Text) IsZero() bool { return t.s == "" }

// Len is the length in bytes.
func (t Text) Len() int { return len(t.s) }

// OneLine is the text with its line breaks turned into spaces, capped at [MaxLine]
// bytes if it has any: what a table may show of a [Block].
func (t Text) OneLine() Text {
	if strings.IndexByte(t.s, '\n') < 0 {
		return t
	}
	return Clean(t.s)
}

// Lines splits the text at its line breaks. A text without any is one line, and so is
// the empty text.
func (t Text) Lines() []Text {
	out := make([]Text, 0, strings.Count(t.s, "\n")+1)
	for line := range strings.SplitSeq(t.s, "\n") {
		out = append(out, Text{line})
	}
	return out
}

// MarshalText gives the bytes of the text.
func (t Text) MarshalText() ([]byte, error) { return []byte(t.s), nil }

// UnmarshalText cleans by the rules of [Block], so that what MarshalText wrote comes back
// as it was; it never fails. Where foreign input must be one line, decode into a
// string and use [Clean], or call [Text.OneLine].
func (t *Text) UnmarshalText(b []byte) error {
	*t = Block(string(b))
	return nil
}

// Clone is the text in memory of its own: what is kept must not hold on to the line that it was cut from.
func (t Text) Clone() Text { return Text{strings.Clone(t.s)} }
