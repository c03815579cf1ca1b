package query

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Complete lists what may stand at the cursor of a query that is being typed: names of
// fields with their sign, or values of a field, those in the vocabulary's order. Each candidate replaces
// the characters from the returned place up to the cursor; both are counted in characters from
// 0. Inside the quotes of a free text, and where nothing fits, there are none.
func Complete(s string, cursor int, v Vocabulary) (from int, candidates []string) {
	end := byteOffset(s, cursor)
	if end > MaxLength {
		return utf8.RuneCountInString(s[:end]), nil
	}
	lex := lexer{in: s[:end]}
	last := token{}
	for {
		t, err := lex.next()
		if err != nil {
			return completeQuoted(&lex, t, v)
		}
		if t.kind == tokEnd {
			break
		}
		last = t
	}
	switch {
	case lex.in != strings.TrimRight(lex.in, " "), last.kind == tokEnd, last.kind != tokWord && last.kind != tokTerm:
		return utf8.RuneCountInString(lex.in), v.fieldCandidates("")
	case last.kind == tokWord && strings.HasSuffix(lex.in, `"`):
		return utf8.RuneCountInString(lex.in), nil
	case last.kind == tokWord:
		return utf8.RuneCountInString(lex.in[:last.valAt]), v.fieldCandidates(last.value)
	}
	return valueCandidates(lex.in, last, v)
}

// completeQuoted completes the value of a field whose quotes are still open.
func completeQuoted(lex *lexer, t token, v Vocabulary) (int, []string) {
	if t.kind != tokTerm {
		return utf8.RuneCountInString(lex.in), nil
	}
	t.value = lex.in[t.valAt+1:]
	return valueCandidates(lex.in, t, v)
}

func byteOffset(s string, runes int) int {
	for i := range s {
		if runes <= 0 {
			return i
		}
		runes--
	}
	return len(s)
}

func (v Vocabulary) fieldCandidates(prefix string) []string {
	prefix = Fold(prefix)
	var out []string
	for _, f := range v.fields()[1:] {
		if !strings.HasPrefix(f.String(), prefix) {
			continue
		}
		sign := ":"
		switch fields[f].kind {
		case countKind:
			sign = ">"
		case severityKind:
			sign = ">="
		}
		out = append(out, f.String()+sign)
	}
	return out
}

func valueCandidates(in string, t token, v Vocabulary) (int, []string) {
	from := utf8.RuneCountInString(in[:t.valAt])
	f, ok := v.lookup(Fold(t.field))
	if !ok {
		return from, nil
	}
	values := slices.Clone(v.values(f))
	switch fields[f].kind {
	case textKind:
		return from, nil
	case timeKind:
		values = []string{"24h", "7d", "30d", "today", "yesterday"}
	}
	values = append(values, Unknown)
	prefix := valueKey(t.value)
	var out []string
	for _, val := range values {
		if strings.HasPrefix(valueKey(val), prefix) {
			out = append(out, string(appendValue(nil, val)))
		}
	}
	return from, out
}

// nearest lists up to most of the words that s is probably a misspelling of, the nearest first.
func nearest(s string, words []string, most int) []string {
	type candidate struct {
		word     string
		distance int
	}
	limit := 1 + utf8.RuneCountInString(s)/4
	var found []candidate
	for _, w := range words {
		if d := distance(s, valueKey(w), limit); d <= limit {
			found = append(found, candidate{w, d})
		}
	}
	slices.SortStableFunc(found, func(a, b candidate) int { return cmp.Compare(a.distance, b.distance) })
	var out []string
	for _, c := range found[:min(most, len(found))] {
		out = append(out, c.word)
	}
	return out
}

// distance is how many letters must be added, removed, changed or swapped with their
// neighbour to make b of a (optimal string alignment), or limit+1 where lengths alone show that it is more.
func distance(a, b string, limit int) int {
	x, y := []rune(a), []rune(b)
	if len(x)-len(y) > limit || len(y)-len(x) > limit {
		return limit + 1
	}
	before, prev, row := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(x); i++ {
		row[0] = i
		for j := 1; j <= len(y); j++ {
			change := prev[j-1]
			if x[i-1] != y[j-1] {
				change++
			}
			row[j] = min(change, prev[j]+1, row[j-1]+1)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, prev, row = prev, row, before
	}
	return prev[len(y)]
}
