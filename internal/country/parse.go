package country

import (
	"strings"

	"vigil/internal/country/fold"
)

// Parse recognises a country written as an alpha-2, alpha-3 or numeric code or as one of
// its names: those of M49, those of CLDR in the six languages of the United Nations,
// formal and former names, and the abbreviations of the field (DRC, CAR, oPt). Capitals,
// accents, punctuation, a leading "the" and space around do not matter for a name; a code
// has no punctuation, so that "NA" is Namibia and "N/A" is not.
//
// A text that names two countries is not one: see [ParseList]. Numbers are taken as ISO
// 3166 has them, so a column of some system's own identifiers must not come here.
//
// Parse does not allocate.
func Parse(s string) (Code, bool) {
	s = strings.TrimSpace(s)
	if c, ok := parseCode(s); ok {
		return c, true
	}
	var buf [maxName]byte
	name, ok := fold.Append(buf[:0], s)
	if !ok {
		return Unknown, false
	}
	return parseName(name)
}

// MustParse is [Parse] for text that is part of the program; it panics if that names no
// country.
func MustParse(s string) Code {
	c, ok := Parse(s)
	if !ok {
		panic("country: " + s + " is " + ErrUnrecognised.Error())
	}
	return c
}

// ParseFIPS recognises a country code of FIPS 10-4, in any case, with the changes made
// after its withdrawal that GDELT follows. West Bank (WE) and Gaza Strip (GZ), apart in
// FIPS, are both the State of Palestine.
func ParseFIPS(s string) (Code, bool) {
	s = strings.TrimSpace(s)
	key, ok := packLetters(s)
	if !ok || len(s) != 2 {
		return Unknown, false
	}
	return searchCode(byFIPS[:], key)
}

// parseCode recognises alpha-2, alpha-3 and numeric codes.
func parseCode(s string) (Code, bool) {
	if len(s) == 0 || len(s) > 3 {
		return Unknown, false
	}
	if key, ok := packDigits(s); ok {
		return searchCode(byNumeric[:], key)
	}
	key, ok := packLetters(s)
	switch {
	case ok && len(s) == 2:
		return searchCode(byAlpha2[:], key)
	case ok && len(s) == 3:
		return searchCode(byAlpha3[:], key)
	}
	return Unknown, false
}

// packLetters makes a number of up to three ASCII letters, in any case, that sorts as
// they do among texts of the same length. It is false if there is anything else.
func packLetters(s string) (uint16, bool) {
	if len(s) > 3 {
		return 0, false
	}
	var key uint16
	for i := range len(s) {
		l := lower(s[i])
		if l < 'a' || l > 'z' {
			return 0, false
		}
		key = key*26 + uint16(l-'a')
	}
	return key, true
}

// packDigits reads up to three ASCII digits as a number.
func packDigits(s string) (uint16, bool) {
	if len(s) > 3 {
		return 0, false
	}
	var key uint16
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		key = key*10 + uint16(s[i]-'0')
	}
	return key, true
}

// lower is b in lower case if it is an ASCII letter.
func lower(b byte) byte {
	if 'A' <= b && b <= 'Z' {
		return b + ('a' - 'A')
	}
	return b
}

// searchCode finds a packed code in a sorted table.
func searchCode(table []shortKey, key uint16) (Code, bool) {
	lo, hi := 0, len(table)
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		if table[mid].key < key {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < len(table) && table[lo].key == key {
		return table[lo].code, true
	}
	return Unknown, false
}

// parseName finds a folded name, also with an article before it ("The Gambia") or, as
// ISO writes it, behind it ("Gambia (the)").
func parseName(name []byte) (Code, bool) {
	if c, ok := searchName(name); ok {
		return c, true
	}
	const article = "the"
	if n := len(name) - len(article); n > 0 {
		if string(name[:len(article)]) == article {
			return searchName(name[len(article):])
		}
		if string(name[n:]) == article {
			return searchName(name[:n])
		}
	}
	return Unknown, false
}

// searchName finds a folded name in the table. The conversions to string below are
// comparisons, for which the compiler copies nothing.
func searchName(name []byte) (Code, bool) {
	lo, hi := 0, len(byName)
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		if byName[mid].name < string(name) {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < len(byName) && byName[lo].name == string(name) {
		return byName[lo].code, true
	}
	return Unknown, false
}
