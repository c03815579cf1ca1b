package correlate

import (
	"slices"
	"strings"
)

// plainKinds are the words for kinds of places that a name may have or not: "Gao" and "Gao region" are one name, "North Kivu" and
// "South Kivu" are two.
var plainKinds = wordSet(`province region state governorate oblast district county city town village department prefecture al el le la les de of the`)

// SameName reports whether two names of places are of one place for all that they say: the same words, in any order and
// spelling that folds, but for those that only say what kind of place it is.
func SameName(a, b string) bool {
	x, y := nameWords(a), nameWords(b)
	if len(x) == 0 || len(y) == 0 {
		return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b))
	}
	return slices.Equal(x, y)
}

func nameWords(s string) []word {
	var list []word
	eachWord(s, func(w []byte) {
		if h := hashWord(w); !plainKinds[h] {
			list = append(list, h)
		}
	})
	slices.Sort(list)
	return slices.Compact(list)
}
