package safetext

// Latin gives the plain letters that a Latin letter with diacritics is read as (é is e, ß
// is ss, ɓ is b); ok is false for every other code point, ASCII included. It is meant for
// search and for terminals that have nothing better, never for identity: it makes different
// names equal.
func Latin(r rune) (s string, ok bool) {
	switch {
	case r < latinFirst:
		return "", false
	case r < latinFirst+rune(len(latin)):
		s = latin[r-latinFirst:][:1]
	case r >= latinMoreFirst && r < latinMoreFirst+rune(len(latinMore)):
		s = latinMore[r-latinMoreFirst:][:1]
	default:
		return "", false
	}
	if s == "." {
		s, ok = latinPairs[r]
		return s, ok
	}
	return s, true
}

// The tables hold one byte for a code point; a dot stands where there is no single letter. Letters
// that decompose follow Unicode's canonical decomposition (a test compares them);
// hooked, barred and turned letters, which do not decompose, are read as they are
// commonly typed (ɓ as b, ɛ as e, ɔ as o, ŋ as ng: Fulah, Hausa, Bambara).
const (
	latinFirst     = 0x00C0
	latinMoreFirst = 0x1E00
)

const latin = "" + // Latin-1 letters to IPA Extensions
	"AAAAAA.CEEEEIIIIDNOOOOO.OUUUUY.." + // U+00C0
	"aaaaaa.ceeeeiiiidnooooo.ouuuuy.y" + // U+00E0
	"AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGg" + // U+0100
	"GgGgHhHhIiIiIiIiIi..JjKkkLlLlLlL" + // U+0120
	"lLlNnNnNn...OoOoOo..RrRrRrSsSsSs" + // U+0140
	"SsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs" + // U+0160
	"bBBb..OCcDDDd.EEEFfG...IKkl..NnO" + // U+0180
	"Oo..Pp.....tTtTUu.VYyZz........." + // U+01A0
	".............AaIiOoUuUuUuUuUueAa" + // U+01C0
	"Aa..GgGgKkOoOo..j...Gg..NnAa..Oo" + // U+01E0
	"AaAaEeEeIiIiOoOoRrRrUuUuSsTt..Hh" + // U+0200
	"Nd..ZzAaEeOoOoOoOoYylntj..ACcLTs" + // U+0220
	"z..BU.EeJj..RrYy...bo.dd.e.e...." + // U+0240
	"g.......ii........n..o.........." + // U+0260
	"........t..v...................." // U+0280

const latinMore = "" + // Latin Extended Additional
	"AaBbBbBbCcDdDdDdDdDdEeEeEeEeEeFf" + // U+1E00
	"GgHhHhHhHhHhIiIiKkKkKkLlLlLlLlMm" + // U+1E20
	"MmMmNnNnNnNnOoOoOoOoPpPpRrRrRrRr" + // U+1E40
	"SsSsSsSsSsTtTtTtTtUuUuUuUuUuVvVv" + // U+1E60
	"WwWwWwWwWwXxXxYyZzZzZzhtwy..ss.." + // U+1E80
	"AaAaAaAaAaAaAaAaAaAaAaAaEeEeEeEe" + // U+1EA0
	"EeEeEeEeIiIiOoOoOoOoOoOoOoOoOoOo" + // U+1EC0
	"OoOoUuUuUuUuUuUuUuYyYyYyYy......" // U+1EE0

// latinPairs are the letters read as two.
var latinPairs = map[rune]string{
	'Æ': "AE",
	'Þ': "Th",
	'ß': "ss",
	'æ': "ae",
	'þ': "th",
	'Ĳ': "IJ",
	'ĳ': "ij",
	'ŉ': "'n",
	'Ŋ': "NG",
	'ŋ': "ng",
	'Œ': "OE",
	'œ': "oe",
	'Ǆ': "DZ",
	'ǅ': "Dz",
	'ǆ': "dz",
	'Ǉ': "LJ",
	'ǈ': "Lj",
	'ǉ': "lj",
	'Ǌ': "NJ",
	'ǋ': "Nj",
	'ǌ': "nj",
	'Ǣ': "AE",
	'ǣ': "ae",
	'Ǳ': "DZ",
	'ǲ': "Dz",
	'ǳ': "dz",
	'Ǽ': "AE",
	'ǽ': "ae",
	'ẞ': "SS",
}
