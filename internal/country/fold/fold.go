// Package fold reduces a name to what remains when two people write the same one: letters
// and digits in lower case, without accents, spaces and punctuation.
//
// It is apart from package country because the generator of that package's table has to
// reduce names in the same way as the look-up does. The standard library has no Unicode
// normalisation, and the domain imports nothing else, so the accents of the Latin,
// Cyrillic and Arabic letters that names of countries have are listed here.
//
// Functions are pure, do not allocate, and are safe for concurrent use.
package fold

import (
	"unicode"
	"unicode/utf8"
)

// Append appends to dst the folded form of s. Spaces and punctuation go, because names
// are written with and without (Guinea-Bissau, Guinea Bissau; U.S.A.); an ampersand
// becomes "and".
//
// It is false for text that is not UTF-8 or holds U+FFFD, since a letter that was lost
// may have been the one which tells two names apart, and for text longer than the capacity
// of dst, which is never grown: a name that is longer than all names is none of them.
func Append(dst []byte, s string) ([]byte, bool) {
	for _, r := range s {
		if r == utf8.RuneError {
			return nil, false
		}
		if len(dst)+utf8.UTFMax > cap(dst) {
			return nil, false
		}
		dst = appendRune(dst, r)
	}
	return dst, true
}

// appendRune appends what r becomes: at most utf8.UTFMax bytes.
func appendRune(dst []byte, r rune) []byte {
	switch {
	case 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
		return append(dst, byte(r))
	case 'A' <= r && r <= 'Z':
		return append(dst, byte(r)+('a'-'A'))
	case r == '&':
		return append(dst, "and"...)
	case r < utf8.RuneSelf:
		return dst
	}
	r = unicode.ToLower(r)
	if plain := plainLetter(r); plain != "" {
		return append(dst, plain...)
	}
	// The category Lm holds apostrophes that count as letters (ʻ, ʼ) and the Arabic
	// tatweel: no name is told from another by them.
	if unicode.Is(unicode.Lm, r) || !unicode.IsLetter(r) && !unicode.IsDigit(r) {
		return dst
	}
	return utf8.AppendRune(dst, r)
}

// plainLetter is a lower-case letter without its marks, or spelt out; empty for a letter
// that has none. Marks that are code points of their own are no letters and need no entry.
func plainLetter(r rune) string {
	switch r {
	case 'à', 'á', 'â', 'ã', 'ä', 'å', 'ā', 'ă', 'ą', 'ǎ', 'ạ', 'ả', 'ấ', 'ầ', 'ẩ', 'ẫ', 'ậ', 'ắ', 'ằ', 'ẳ', 'ẵ', 'ặ', 'ª':
		return "a"
	case 'ç', 'ć', 'ĉ', 'ċ', 'č':
		return "c"
	case 'ď', 'đ', 'ð', 'ḍ':
		return "d"
	case 'è', 'é', 'ê', 'ë', 'ē', 'ĕ', 'ė', 'ę', 'ě', 'ə', 'ẹ', 'ẻ', 'ẽ', 'ế', 'ề', 'ể', 'ễ', 'ệ':
		return "e"
	case 'ĝ', 'ğ', 'ġ', 'ģ', 'ǧ':
		return "g"
	case 'ĥ', 'ħ', 'ḥ':
		return "h"
	case 'ì', 'í', 'î', 'ï', 'ĩ', 'ī', 'ĭ', 'į', 'ı', 'ǐ', 'ỉ', 'ị':
		return "i"
	case 'ĵ':
		return "j"
	case 'ķ', 'ǩ':
		return "k"
	case 'ĺ', 'ļ', 'ľ', 'ł':
		return "l"
	case 'ñ', 'ń', 'ņ', 'ň', 'ŋ', 'ǹ':
		return "n"
	case 'ò', 'ó', 'ô', 'õ', 'ö', 'ø', 'ō', 'ŏ', 'ő', 'ơ', 'ǒ', 'ọ', 'ỏ', 'ố', 'ồ', 'ổ', 'ỗ', 'ộ', 'ớ', 'ờ', 'ở', 'ỡ', 'ợ', 'º':
		return "o"
	case 'ŕ', 'ŗ', 'ř':
		return "r"
	case 'ś', 'ŝ', 'ş', 'š', 'ș', 'ṣ':
		return "s"
	case 'ţ', 'ť', 'ŧ', 'ț', 'ṭ':
		return "t"
	case 'ù', 'ú', 'û', 'ü', 'ũ', 'ū', 'ŭ', 'ů', 'ű', 'ų', 'ư', 'ǔ', 'ụ', 'ủ', 'ứ', 'ừ', 'ử', 'ữ', 'ự':
		return "u"
	case 'ŵ', 'ẁ', 'ẃ', 'ẅ':
		return "w"
	case 'ý', 'ÿ', 'ŷ', 'ỳ', 'ỵ', 'ỷ', 'ỹ':
		return "y"
	case 'ź', 'ż', 'ž', 'ẓ':
		return "z"
	case 'ß':
		return "ss"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'þ':
		return "th"
	case 'й':
		return "и"
	case 'ё':
		return "е"
	case 'آ', 'أ', 'إ', 'ٱ':
		return "ا"
	case 'ؤ':
		return "و"
	case 'ئ', 'ى', 'ی':
		return "ي"
	case 'ة':
		return "ه"
	case 'ک':
		return "ك"
	}
	return ""
}
