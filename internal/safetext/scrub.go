package safetext

import (
	"fmt"
	"strconv"
	"unicode"
	"unicode/utf8"
)

// layout says what becomes of line breaks.
type layout bool

const (
	oneLine   layout = false // a line break is a space
	manyLines layout = true  // a line break stays
)

// cutMark stands where text was cut off. It is ASCII because every terminal has it.
const cutMark = "..."

// class is what cleaning does with a code point.
type class uint8

const (
	plain   class = iota // shown as it is
	mark                 // combines with what stands before it
	blank                // becomes an ordinary space
	tab                  // becomes one space with the blanks around it
	newline              // as tab, or kept
	hidden               // made visible as <U+…>
	invalid              // a byte that is not UTF-8
)

// ignorable holds the code points that draw nothing although their category
// is a letter, a mark or a symbol (Default_Ignorable_Code_Point of Unicode 15, less what its
// category gives away already), and the braille blank, which draws nothing either.
var ignorable = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0x034F, 0x034F, 1}, // combining grapheme joiner
		{0x115F, 0x1160, 1}, // Hangul fillers
		{0x17B4, 0x17B5, 1}, // Khmer inherent vowels
		{0x180B, 0x180F, 1}, // Mongolian variation selectors
		{0x2800, 0x2800, 1}, // braille blank
		{0x3164, 0x3164, 1}, // Hangul filler
		{0xFE00, 0xFE0F, 1}, // variation selectors
		{0xFFA0, 0xFFA0, 1}, // half-width Hangul filler
	},
	R32: []unicode.Range32{{0xE0000, 0xE0FFF, 1}}, // tags, variation selectors
}

// classify tells the class of r, decoded from size bytes.
func classify(r rune, size int) class {
	switch {
	case r < utf8.RuneSelf:
		switch {
		case r == ' ':
			return blank
		case r > ' ' && r < 0x7F:
			return plain
		case r == '\t':
			return tab
		case r == '\n' || r == '\r':
			return newline
		}
		return hidden
	case r == utf8.RuneError && size == 1:
		return invalid
	case unicode.Is(ignorable, r):
		return hidden
	case unicode.IsLetter(r):
		return plain
	case !unicode.IsGraphic(r):
		return hidden
	case unicode.IsMark(r):
		return mark
	case unicode.Is(unicode.Zs, r):
		return blank
	}
	return plain
}

// noBase in place of a count of marks: nothing is there that a mark could combine with.
const noBase = -1

// isClean reports whether cleaning would leave s as it is, its length and its ends aside.
// It stands apart from scrubber because nearly all text is clean, and then nothing need be built.
func isClean(s string, lay layout) bool {
	if Printable(s) {
		return true
	}
	marks := noBase
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			switch {
			case c > ' ' && c < 0x7F:
				marks = 0
			case c == ' ', c == '\n' && lay == manyLines:
				marks = noBase
			default:
				return false
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		switch classify(r, size) {
		case plain:
			marks = 0
		case mark:
			if marks == noBase || marks == MaxCombining {
				return false
			}
			marks++
		default:
			return false
		}
		i += size
	}
	return true
}

// Printable reports whether s is nothing but the printable characters of ASCII, the space among them. It looks
// at eight bytes at a time: nearly all text is of this kind.
func Printable(s string) bool {
	const ones, high = 0x0101010101010101, 0x8080808080808080
	for len(s) >= 8 {
		w := uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
			uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
		// The high bit of a byte is set where it is beyond ASCII, below a space, or DEL.
		if (w|(w&^high+ones)|^((w|high)-' '*ones))&high != 0 {
			return false
		}
		s = s[8:]
	}
	for i := range len(s) {
		if s[i] < ' ' || s[i] >= 0x7F {
			return false
		}
	}
	return true
}

// trim removes blanks, tabs and line breaks at both ends.
func trim(s string) string {
	for s != "" {
		r, size := utf8.DecodeRuneInString(s)
		if c := classify(r, size); c != blank && c != tab && c != newline {
			break
		}
		s = s[size:]
	}
	for s != "" {
		r, size := utf8.DecodeLastRuneInString(s)
		if c := classify(r, size); c != blank && c != tab && c != newline {
			break
		}
		s = s[:len(s)-size]
	}
	return s
}

// scrub is what all constructors share.
func scrub(s string, lay layout, maxBytes int) (Text, Report) {
	s = trim(s)
	if len(s) <= maxBytes && isClean(s, lay) {
		return Text{s}, Report{}
	}
	c := scrubber{in: s, lay: lay, max: max(maxBytes, 0), marks: noBase}
	c.out = make([]byte, 0, min(len(s), c.max)+len("<U+10FFFF>"))
	c.run()
	return Text{string(c.out)}, c.rep
}

// scrubber rewrites one text. It stops reading where the cap is reached, so the cost of
// a huge input is bounded by the cap, long runs of marks aside.
type scrubber struct {
	in  string
	lay layout
	max int

	out   []byte
	rep   Report
	marks int // combining marks since the last base, or noBase
	extra int // marks left out since then

	safe struct { // the last place where cutting splits nothing and the mark of the cut fits
		out, in int
		rep     Report
	}
}

func (c *scrubber) run() {
	for i := 0; i < len(c.in); {
		r, size := utf8.DecodeRuneInString(c.in[i:])
		cl := classify(r, size)
		if cl != mark {
			c.flushExtra()
			c.boundary(i)
		}
		switch cl {
		case plain:
			c.out = append(c.out, c.in[i:i+size]...)
			c.marks = 0
		case mark:
			c.mark(r, c.in[i:i+size])
		case blank, tab, newline:
			size = c.space(i)
		case hidden:
			c.escape(r)
		case invalid:
			c.out = utf8.AppendRune(c.out, utf8.RuneError)
			c.rep.Invalid++
			c.marks = 0
		}
		if len(c.out) > c.max {
			c.cut()
			return
		}
		i += size
	}
	c.flushExtra()
	if len(c.out) > c.max {
		c.cut()
	}
}

func (c *scrubber) boundary(in int) {
	if len(c.out)+len(cutMark) <= c.max {
		c.safe.out, c.safe.in, c.safe.rep = len(c.out), in, c.rep
	}
}

func (c *scrubber) escape(r rune) {
	c.out = fmt.Appendf(c.out, "<U+%04X>", r)
	c.rep.Replaced++
	c.marks = 0
}

func (c *scrubber) mark(r rune, s string) {
	switch c.marks {
	case noBase:
		c.escape(r)
	case MaxCombining:
		c.extra++
		c.rep.Marks++
	default:
		c.out = append(c.out, s...)
		c.marks++
	}
}

// flushExtra shows how many marks were left out after the last base.
func (c *scrubber) flushExtra() {
	if c.extra == 0 {
		return
	}
	c.out = append(c.out, "<marks+"...)
	c.out = strconv.AppendInt(c.out, int64(c.extra), 10)
	c.out = append(c.out, '>')
	c.extra = 0
}

// space writes the run of white space at in[i:] and returns its length in bytes.
func (c *scrubber) space(i int) int {
	c.marks = noBase
	n, blanks, squeeze := 0, 0, false
	for i+n < len(c.in) {
		r, size := utf8.DecodeRuneInString(c.in[i+n:])
		cl := classify(r, size)
		if cl == newline && c.lay == manyLines {
			if n > 0 {
				break // the blanks before it are a run of their own
			}
			c.out = append(c.out, '\n')
			if r == '\r' && i+1 < len(c.in) && c.in[i+1] == '\n' {
				return 2
			}
			return 1
		}
		if cl != blank && cl != tab && cl != newline {
			break
		}
		squeeze = squeeze || cl != blank
		blanks++
		n += size
	}
	if squeeze {
		blanks = 1
	}
	for range min(blanks, c.max+1) { // no more than shows that the cap is passed
		c.out = append(c.out, ' ')
	}
	return n
}

// cut goes back to the last safe place and ends the text there.
func (c *scrubber) cut() {
	out := c.out[:c.safe.out]
	for len(out) > 0 && (out[len(out)-1] == ' ' || out[len(out)-1] == '\n') {
		out = out[:len(out)-1]
	}
	c.rep = c.safe.rep
	c.rep.Cut = len(c.in) - c.safe.in
	c.out = append(out, cutMark[:min(len(cutMark), c.max)]...)
}
