package canvas

// Pattern is how the inside of an area is filled.
type Pattern uint8

// The patterns. Shade1 to Shade6 are ever denser; Hatch and Query are none of them, and cannot be taken for a light shade.
const (
	Blank Pattern = iota
	Shade1
	Shade2
	Shade3
	Shade4
	Shade5
	Shade6
	Hatch // slanting strokes
	Query // sparse uprights; in blocks and ASCII question marks
)

// Shade is the pattern of a step, 1 to 6; any other is Query.
func Shade(n int) Pattern {
	if n < 1 || n > 6 {
		return Query
	}
	return Shade1 + Pattern(n-1)
}

// bayer is the order in which the dots of a square of 4×4 are lit as it grows denser, so that they stay evenly spread.
var bayer = [4][4]uint8{{0, 8, 2, 10}, {12, 4, 14, 6}, {3, 11, 1, 9}, {15, 7, 13, 5}}

// density is how many of sixteen dots are lit.
var density = [...]uint8{Shade1: 1, Shade2: 2, Shade3: 4, Shade4: 6, Shade5: 8, Shade6: 12}

// lit reports whether the pattern lights a dot.
func (p Pattern) lit(x, y int) bool {
	switch p {
	case Blank:
		return false
	case Hatch:
		return (x+y)%4 == 0
	case Query:
		return x%4 == 1 && y%4 < 2
	}
	return bayer[y&3][x&3] < density[p]
}

// signs are what stands in a cell that lies wholly inside an area, where dots are too coarse to be a pattern.
var signs = [...][2]rune{
	Blank: {' ', ' '}, Shade1: {'-', '-'}, Shade2: {'·', '.'}, Shade3: {'░', ':'}, Shade4: {'▒', '+'}, Shade5: {'▓', '%'}, Shade6: {'█', '#'},
	Hatch: {'/', '/'}, Query: {'?', '?'},
}

// sign is what stands in an inner cell. Strokes and question marks stand in some cells only, as nobody could read through them, and so do
// those of the first step, which is the lightest.
func (p Pattern) sign(d Dots, x, y int) rune {
	switch {
	case p == Hatch && (x+y)%2 != 0, p == Shade1 && (x+y)%2 != 0, p == Query && (x+2*y)%4 != 0:
		return ' '
	case d == ASCII:
		return signs[p][1]
	}
	return signs[p][0]
}

// Sample is how a pattern looks, in so many cells, for a legend.
func (p Pattern) Sample(d Dots, cells int) string {
	s := make([]rune, 0, cells)
	for x := range cells {
		if d != Braille {
			s = append(s, p.sign(d, x, 0))
			continue
		}
		var mask uint8
		for dy := range 4 {
			for dx := range 2 {
				if p.lit(2*x+dx, dy) {
					mask |= 1 << (2*dy + dx)
				}
			}
		}
		s = append(s, brailleOf(mask))
	}
	return string(s)
}

// braille are the bits of U+2800 for the dots of a cell, row by row.
var braille = [8]rune{0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80}

// brailleOf is the character of a mask that has a bit for each dot, row by row. Nothing lit is a blank: the empty braille
// pattern is a character that some fonts draw.
func brailleOf(mask uint8) rune {
	if mask == 0 {
		return ' '
	}
	r := rune(0x2800)
	for k, bit := range braille {
		if mask>>k&1 != 0 {
			r |= bit
		}
	}
	return r
}

var quadrants = [16]rune{' ', '▘', '▝', '▀', '▖', '▌', '▞', '▛', '▗', '▚', '▐', '▜', '▄', '▙', '▟', '█'}

var halves = [4]rune{' ', '\'', '.', ':'}

// char is the character of a mask.
func (d Dots) char(mask uint8) rune {
	switch d {
	case Braille:
		return brailleOf(mask)
	case Blocks:
		return quadrants[mask&15]
	default:
		return halves[mask&3]
	}
}
