package term

import (
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"golang.org/x/text/unicode/norm"
)

// likeness is ASCII for marks that do not decompose into a letter.
var likeness = map[rune]byte{
	'…': '~', '–': '-', '—': '-', '‑': '-', '−': '-', '×': 'x', '·': '.', '•': '*', '▸': '>', '▲': '^', '↑': '^', '↓': 'v', '→': '>', '←': '<',
	'─': '-', '│': '|', '░': '/', '█': '#', '‘': '\'', '’': '\'', '‚': ',', '“': '"', '”': '"', '„': '"', '«': '<', '»': '>', '‹': '<', '›': '>',
	'ø': 'o', 'Ø': 'O', 'ł': 'l', 'Ł': 'L', 'đ': 'd', 'Đ': 'D', 'ı': 'i', 'ß': 's', 'æ': 'a', 'Æ': 'A', 'œ': 'o', 'Œ': 'O', 'ð': 'd', 'þ': 't', 'ħ': 'h',
	'≥': '>', '≤': '<', '≈': '~', '°': 'o', '€': 'E', '£': 'L', '¿': '?', '¡': '!', '\u00a0': ' ', '\u202f': ' ',
}

// appendASCII appends text with everything that is not ASCII replaced: letters by
// themselves without their marks, the rest by "?". The number of cells stays
// the same, so what the renderer knows about the cursor stays true.
func appendASCII(dst, text []byte) []byte {
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		if r < utf8.RuneSelf {
			dst = append(dst, byte(r))
			text = text[size:]
			continue
		}
		width := ansi.StringWidthWc(string(r))
		switch like, ok := asciiLetter(r); {
		case width == 1 && ok:
			dst = append(dst, like)
		default:
			for range width {
				dst = append(dst, '?')
			}
		}
		text = text[size:]
	}
	return dst
}

func asciiLetter(r rune) (byte, bool) {
	if b, ok := likeness[r]; ok {
		return b, true
	}
	d := norm.NFKD.PropertiesString(string(r)).Decomposition()
	if len(d) > 0 && d[0] >= ' ' && d[0] < 0x7f && (len(d) == 1 || d[1] >= utf8.RuneSelf) {
		return d[0], true
	}
	return 0, false
}
