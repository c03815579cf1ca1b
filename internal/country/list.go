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
// Parts end at a comma, semicolon, slash, vertical bar or line break, but a name may hold
// these: the longest run of parts that is a name counts as one ("Iran, Islamic Republic
// of"). A part is divided at "and", "&" or a hyphen only where every piece is a country,
// so that "Niger-Delta" is none.
//
// Only the field that is there for countries should come here: in "Georgia, USA" both parts
// are countries.
func ParseList(s string) (codes []Code, rest []string) {
	if c, ok := Parse(s); ok {
		return []Code{c}, nil
	}
	add := func(c Code) {
		if !slices.Contains(codes, c) {
			codes = append(codes, c)
		}
	}
	for len(s) > 0 {
		if c, after, ok := longestName(s); ok {
			add(c)
			s = after
			continue
		}
		part, after := cutPart(s)
		if pieces, ok := parsePieces(part); ok {
			for _, c := range pieces {
				add(c)
			}
		} else if part = strings.TrimSpace(part); part != "" {
			rest = append(rest, part)
		}
		s = after
	}
	return codes, rest
}

const separators = ",;/|\n"

// maxRun is how many parts a name can have: "Bonaire, Sint Eustatius, Saba" has three.
const maxRun = 4

// cutPart divides s at its first separator.
func cutPart(s string) (part, after string) {
	if i := strings.IndexAny(s, separators); i >= 0 {
		return s[:i], s[i+1:]
	}
	return s, ""
}

// longestName finds the longest run of parts at the beginning of s that names a country.
func longestName(s string) (code Code, after string, ok bool) {
	end := 0
	for range maxRun {
		part, _ := cutPart(s[end:])
		end += len(part)
		if c, found := Parse(s[:end]); found {
			code, after, ok = c, strings.TrimLeft(s[end:], separators), true
		}
		if end == len(s) {
			break
		}
		end++
	}
	return code, after, ok
}

// parsePieces reads a part that joins countries by "and", "&" or hyphens; "border region"
// may follow them, as in the regions seismologists use. It is false unless each piece is a
// country.
func parsePieces(part string) ([]Code, bool) {
	part = strings.TrimPrefix(strings.TrimSpace(part), "and ") // the last of "a, b, and c"
	if c, ok := Parse(part); ok {
		return []Code{c}, true
	}
	const border = " border region"
	if n := len(part) - len(border); n > 0 && strings.EqualFold(part[n:], border) {
		part = part[:n]
	}
	for _, separator := range []string{" & ", " and ", " AND ", "-", "–"} {
		pieces := strings.Split(part, separator)
		codes := make([]Code, 0, len(pieces))
		for _, piece := range pieces {
			c, ok := Parse(piece)
			if !ok {
				break
			}
			codes = append(codes, c)
		}
		if len(pieces) > 1 && len(codes) == len(pieces) {
			return codes, true
		}
	}
	return nil, false
}
