package langtest

import (
	"strings"
	"unicode"

	"vigil/internal/lang"
)

// accented are letters of one cell that no English text has, for a to z.
var accented = []rune("áƀčďéƒğĥíĵķłṁñóṕɋřšťúṽŵẋýž")

// Pseudo is a language in which every letter of what is said is another one, of the same width: what of a screen is still
// written in plain letters did not pass through package lang, or came from outside.
func Pseudo() *lang.Language { return lang.Translated(disguise) }

func disguise(english string) string {
	var b strings.Builder
	rest := english
	for rest != "" {
		at := verb.FindStringIndex(rest)
		if at == nil {
			at = []int{len(rest), len(rest)}
		}
		for _, r := range rest[:at[0]] {
			b.WriteRune(other(r))
		}
		b.WriteString(rest[at[0]:at[1]])
		rest = rest[at[1]:]
	}
	return b.String()
}

func other(r rune) rune {
	switch {
	case r >= 'a' && r <= 'z':
		return accented[r-'a']
	case r >= 'A' && r <= 'Z':
		return unicode.ToUpper(accented[r-'A'])
	}
	return r
}

// Plain are the words of three letters or more in lines that are written in plain letters, each once, in their order. allowed
// are words that come from outside, in any case.
func Plain(lines []string, allowed map[string]bool) []string {
	var list []string
	seen := map[string]bool{}
	for _, line := range lines {
		for _, word := range strings.FieldsFunc(line, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' }) {
			low := strings.ToLower(word)
			if len(low) < 3 || strings.ContainsFunc(low, func(r rune) bool { return r >= 0x80 }) || allowed[low] || seen[low] {
				continue
			}
			seen[low] = true
			list = append(list, word)
		}
	}
	return list
}
