package query

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"vigil/internal/safetext"
)

// Fold gives the form in which words are compared: small letters, Latin letters without their
// diacritics (é is e, ß is ss, ɓ is b), no combining marks of the scripts that share them, one kind of
// apostrophe and of hyphen (N’Djamena is N'Djamena), ordinary spaces. Other scripts keep
// their letters. Folding twice changes nothing. Text that is folded already is returned
// without a copy.
func Fold(s string) string {
	i := 0
	for i < len(s) && s[i] >= ' ' && s[i] < utf8.RuneSelf && (s[i] < 'A' || s[i] > 'Z') && s[i] != '`' {
		i++
	}
	if i == len(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	b.WriteString(s[:i])
	for _, r := range s[i:] {
		foldRune(&b, r)
	}
	return b.String()
}

func foldRune(b *strings.Builder, r rune) {
	if r < utf8.RuneSelf {
		switch {
		case r >= 'A' && r <= 'Z':
			r += 'a' - 'A'
		case r == '`':
			r = '\''
		case r == '\t' || r == '\r':
			r = ' '
		}
		b.WriteByte(byte(r))
		return
	}
	switch r {
	case '’', '‘', 'ʼ', 'ʻ', '′', '´':
		b.WriteByte('\'')
		return
	case '‐', '‑', '‒', '–', '—', '−':
		b.WriteByte('-')
		return
	}
	if unicode.IsSpace(r) {
		b.WriteByte(' ')
		return
	}
	if unicode.Is(unicode.Mn, r) && unicode.Is(unicode.Inherited, r) {
		return
	}
	r = unicode.ToLower(unicode.ToUpper(r)) // by way of the capital: ς and σ, ſ and s are one letter
	if s, ok := safetext.Latin(r); ok {
		b.WriteString(s)
		return
	}
	b.WriteRune(r)
}

// valueKey is the form in which values of a list are compared.
func valueKey(s string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' {
			return '_'
		}
		return r
	}, Fold(strings.TrimSpace(s)))
}
