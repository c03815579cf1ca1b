package country

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"vigil/internal/country/fold"
)

// InText finds the countries that a free text such as a headline names, each once, in the order of the
// text. Who uses the answer marks it as inferred: a text may name a country and be about another.
//
// It never guesses. A name counts whole and with a capital letter, the longest first: "Guinea-Bissau" is not
// Guinea, "Nigeria" not Niger. A word that is more than a country counts only where its surroundings leave no other
// reading: "Georgia", "Jordan", "Chad", "Congo", "Turkey"; seas, rivers, states and provinces named after a country are not
// that country ("Gulf of Guinea", "New Mexico", "Lebanon, Pennsylvania"). Abbreviations are those of the field, in capitals, in a text
// that is not all in capitals ("DRC", "CAR", "UK"); codes are words in some language and do not count. Nor do names of
// peoples ("Malian", "les Maliens"). Names in the six languages of the United Nations count as they stand there, undeclined; Chinese has
// no spaces between words, so that nothing is found in it.
func InText(s string) []Code {
	t := newText(s)
	var found []Code
	for i := 0; i < len(t.words); {
		c, n := t.nameAt(i)
		if c.Known() {
			found = append(found, c)
		}
		i += max(n, 1)
	}
	return unique(found)
}

// word is a run of letters and digits.
type word struct {
	text   string
	folded string
	before string // what stands between it and the word before
}

func (w word) capital() bool {
	r, _ := utf8.DecodeRuneInString(w.text)
	return !unicode.IsLower(r)
}

type text struct {
	words []word
	after string // what follows the last word
	shout bool   // has no small letter
}

func newText(s string) text {
	t := text{shout: !strings.ContainsFunc(s, unicode.IsLower)}
	var buf [maxName]byte
	for s != "" {
		start := strings.IndexFunc(s, inWord)
		if start < 0 {
			break
		}
		before := s[:start]
		s = s[start:]
		end := strings.IndexFunc(s, func(r rune) bool { return !inWord(r) })
		if end < 0 {
			end = len(s)
		}
		folded, _ := fold.Append(buf[:0], s[:end]) // too long or not text: empty, and no name
		t.words = append(t.words, word{text: s[:end], folded: string(folded), before: before})
		s = s[end:]
	}
	t.after = s
	return t
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// gap is what stands before word i, or at the end of the text.
func (t *text) gap(i int) string {
	if i < len(t.words) {
		return t.words[i].before
	}
	return t.after
}

// at is the folded word i, empty outside the text.
func (t *text) at(i int) string {
	if i < 0 || i >= len(t.words) {
		return ""
	}
	return t.words[i].folded
}

// maxWords is how many words a name has at most: "United Kingdom of Great Britain and Northern Ireland".
const maxWords = 10

// nameAt is the longest name that begins at word i and how many words it has; a phrase that is known to be no country has words
// but no code.
func (t *text) nameAt(i int) (Code, int) {
	short, initials := t.initialsAt(i)
	ends := t.runFrom(i)
	for n := len(ends); n > initials; n-- {
		key := ends[n-1]
		if notCountries[key] {
			return Unknown, n
		}
		if c := longer[key]; c.Known() && t.written(i, n) {
			return c, n
		}
		c, ok := searchName([]byte(key))
		if !ok || utf8.RuneCountInString(key) <= 3 || !t.written(i, n) {
			continue
		}
		if test := doubtful[key]; test != nil && !test(t, i, n) || t.isTown(i+n) {
			return Unknown, n
		}
		return t.particular(c, key), n
	}
	return short, max(initials, 1)
}

// runFrom are the folded runs of words from i that may be one name, the shortest first.
func (t *text) runFrom(i int) []string {
	var ends []string
	var b strings.Builder
	for n := 0; n < maxWords && i+n < len(t.words) && b.Len() < maxName; n++ {
		if n > 0 && !t.joined(i+n) {
			break
		}
		if strings.Contains(t.gap(i+n), "&") && n > 0 {
			b.WriteString("and")
		}
		b.WriteString(t.words[i+n].folded)
		ends = append(ends, b.String())
	}
	return ends
}

// joined reports whether word i may belong to the same name as the word before it. A comma is only
// inside the names of lists, "Korea, Republic of".
func (t *text) joined(i int) bool {
	gap := strings.TrimSpace(t.words[i].before)
	switch gap {
	case "", "-", "‑", "–", "'", "’", ".", "&", "(", ").":
		return true
	case ",":
		return slices.Contains([]string{"republic", "democratic", "islamic", "bolivarian", "dem", "rep"}, t.at(i))
	}
	return false
}

// written reports whether a name of n words at i is written as one: with capitals, and without single letters, which
// would make a name of what is none.
func (t *text) written(i, n int) bool {
	capitals := false
	for k := range n {
		w := t.words[i+k]
		capitals = capitals || w.capital()
		if n > 1 && utf8.RuneCountInString(w.text) < 2 && !strings.Contains("ydelus", w.folded) {
			return false
		}
	}
	return capitals && (t.words[i].capital() || slices.Contains([]string{"el", "la", "les"}, t.words[i].folded))
}

// initialsAt is the country of an abbreviation at word i, written together or with points.
func (t *text) initialsAt(i int) (Code, int) {
	if t.shout {
		return Unknown, 0
	}
	run, n := "", 0
	for n < 4 && i+n < len(t.words) && utf8.RuneCountInString(t.words[i+n].text) == 1 && (n == 0 || t.words[i+n].before == ".") {
		run += t.words[i+n].text
		n++
	}
	if n < 2 || !strings.HasPrefix(t.gap(i+n), ".") { // U.S. and not U S
		run, n = t.words[i].text, 1
	}
	c, ok := initials[run]
	if !ok || t.isList(i, n) || run == "DRC" && t.has(danish) {
		return Unknown, 0
	}
	return c, n
}

// isList reports whether the abbreviation of n words at i stands in a list of codes, such as that of the languages of a report: "[EN/RU/UK]".
func (t *text) isList(i, n int) bool {
	return strings.HasPrefix(t.gap(i+n), "/") || strings.HasSuffix(t.gap(i), "/")
}

// isTown reports whether what begins at word i says that the name before it is that of a town in the United
// States: "Lebanon, Pennsylvania".
func (t *text) isTown(i int) bool {
	if i >= len(t.words) || strings.TrimSpace(t.words[i].before) != "," {
		return false
	}
	if t.at(i) == "georgia" { // more often the next country of a list
		return false
	}
	two := t.at(i) + t.at(i+1)
	return states[t.at(i)] || states[two]
}

// particular is c, or the country that is meant where the name is that of two.
func (t *text) particular(c Code, key string) Code {
	if key != "congo" {
		return c
	}
	if t.has(kinshasa) {
		return COD
	}
	return COG
}

// has reports whether one of the words stands anywhere in the text.
func (t *text) has(words []string) bool {
	return slices.ContainsFunc(t.words, func(w word) bool { return slices.Contains(words, w.folded) })
}
