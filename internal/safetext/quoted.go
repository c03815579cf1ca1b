package safetext

import "math/bits"

// Plain is where, from a place in s on, the first byte stands that is no printable character of ASCII, or that
// means something between the quotation marks of JSON: a quotation mark or a backslash. It is the length of s if
// there is none. Eight bytes are looked at at a time.
func Plain(s string, from int) int {
	const ones, high = 0x0101010101010101, 0x8080808080808080
	for len(s)-from >= 8 {
		b := s[from : from+8]
		w := uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
			uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
		quote, back := w^'"'*ones, w^'\\'*ones
		// The high bit of a byte is set where it is beyond ASCII or DEL, below a space, or one of the two. What is
		// borrowed or carried goes up only, so that the lowest of these bits is always right.
		if stop := (w | (w + ones) | (w-' '*ones)&^w | (quote-ones)&^quote | (back-ones)&^back) & high; stop != 0 {
			return from + bits.TrailingZeros64(stop)/8
		}
		from += 8
	}
	for ; from < len(s); from++ {
		if c := s[from]; c < ' ' || c >= 0x7F || c == '"' || c == '\\' {
			break
		}
	}
	return from
}

// Quoted is the one line of text between a place in s and the next quotation mark, which stands at end. It is
// what [Clean] makes of it, and ok is true, if nothing but [Plain] characters come before that mark, and no more
// than maxBytes: nearly all text is of this kind, and is so looked at only once.
func Quoted(s string, from, maxBytes int) (t Text, end int, ok bool) {
	end = Plain(s, from)
	if end >= len(s) || s[end] != '"' || end-from > maxBytes {
		return Text{}, from, false
	}
	first, after := from, end
	for first < after && s[first] == ' ' {
		first++
	}
	for first < after && s[after-1] == ' ' {
		after--
	}
	return Text{s[first:after]}, end, true
}
