package country

import (
	"slices"
	"strings"
)

// ParseList recognises the countries in a field which may hold several, such as
// "Philippines, China, Korea, Republic of" or "Myanmar-India Border Region". Each is
// returned once, in the order of the text; rest has the parts that are no country, trimmed
// and as they were written: places ("Mindanao" of "Mindanao, Philippines"), and what
// [IsNone] knows.
//
// Parts end at a semicolon, vertical bar, line break or comma. A name may hold commas: the
// longest run of parts that is a name counts as one ("Iran, Islamic Republic of"). A part is
// divided at a slash, a hyphen, "&" or "and" only where every piece is a country, so that
// "Niger-Delta" is none.
//
// Only the field that is there for countries should come here: in "Georgia, USA" both parts
// are countries.
func ParseList(s string) (codes []Code, rest []string) {
	for field := range strings.FieldsFuncSeq(s, func(r rune) bool { return strings.ContainsRune(";|\r\n", r) }) {
		for field != "" {
			c, after, ok := longestName(field)
			if ok {
				codes = append(codes, c)
				field = after
				continue
			}
			part, after, _ := strings.Cut(field, ",")
			if pieces, ok := parsePieces(part); ok {
				codes = append(codes, pieces...)
			} else if part = strings.TrimSpace(part); part != "" {
				rest = append(rest, part)
			}
			field = after
		}
	}
	return unique(codes), rest
}

// unique removes repetitions and keeps the order.
func unique(codes []Code) []Code {
	kept := codes[:0]
	for _, c := range codes {
		if !slices.Contains(kept, c) {
			kept = append(kept, c)
		}
	}
	return kept
}

// maxRun is how many parts a name can have: "Bonaire, Sint Eustatius, Saba" has three.
const maxRun = 3

// longestName finds the longest run of parts at the beginning of s that names a country,
// and returns what follows it.
func longestName(s string) (code Code, after string, ok bool) {
	if c, found := Parse(s); found {
		return c, "", true
	}
	end := 0
	for range maxRun {
		comma := strings.IndexByte(s[end:], ',')
		if comma < 0 {
			break
		}
		end += comma
		if c, found := Parse(s[:end]); found {
			code, after, ok = c, s[end+1:], true
		}
		end++
	}
	return code, after, ok
}

// parsePieces reads a part that joins countries by one of several signs; "border region"
// may follow them, as in the regions seismologists use. It is false unless each piece is a
// country.
func parsePieces(part string) ([]Code, bool) {
	const border = " border region"
	part = strings.TrimSpace(part)
	if last, ok := strings.CutPrefix(part, "and "); ok { // of "Israel, Lebanon, and Gaza"
		if c, ok := Parse(last); ok {
			return []Code{c}, true
		}
	}
	if n := len(part) - len(border); n > 0 && strings.EqualFold(part[n:], border) {
		part = part[:n]
	}
	for _, separator := range []string{"/", " & ", " and ", "-", "–"} {
		if codes, ok := parseEach(strings.Split(part, separator)); ok {
			return codes, true
		}
	}
	return nil, false
}

// parseEach is true for two pieces or more that are all countries.
func parseEach(pieces []string) ([]Code, bool) {
	if len(pieces) < 2 {
		return nil, false
	}
	codes := make([]Code, 0, len(pieces))
	for _, piece := range pieces {
		c, ok := Parse(piece)
		if !ok {
			return nil, false
		}
		codes = append(codes, c)
	}
	return codes, true
}
