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
// with the cut marked. Functions are pure and safe for concurrent use.
package safetext

// Text is external text made safe to show. The zero value is the empty text.
// Texts are comparable with == and may be map keys.
type Text struct{ s string }

// constant can only be satisfied by an untyped string constant outside this package.
type constant string

// Const is a Text of the program's own words: it accepts only a constant, which
// needs no cleaning.
func Const(c constant) Text { return Text{string(c)} }

// String returns the safe text in logical order, without isolates.
func (t Text) String() string { return t.s }

// IsZero reports whether the text is empty; it lets encoders omit empty texts.
func (t Text) IsZero() bool { return t.s == "" }

// Len is the length in bytes.
func (t Text) Len() int { return len(t.s) }
