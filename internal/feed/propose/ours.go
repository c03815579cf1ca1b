package propose

import (
	"fmt"
	"slices"
	"strings"

	"vigil/internal/feed/mapped"
)

// ours takes the columns that are called as a field is and speak in its words, as tables do that vigil wrote: what
// is an exercise, restricted, refuted or only written about must not become an open incident because nobody
// looked at the column.
func (m *matcher) ours() {
	for _, o := range []struct {
		field string
		fits  func(c *column) bool
	}{
		{"class", inWords("class")},
		{"type", inWords("type")},
		{"status", inWords("status")},
		{"threat", inWords("threat")},
		{"target", inWords("target")},
		{"holder", inWords("holder")},
		{"verification", inWords("verification")},
		{"handling", inWords("handling")},
		{"grade", isGrade},
		{"version", isWhole},
		{"expected_from", isTime},
		{"expected_to", isTime},
		{"accuracy_km", isWhole},
		{"no_onward", func(c *column) bool { return c.share(func(v string) bool { return v == "true" || v == "false" }) == 1 }},
	} {
		i := slices.IndexFunc(m.columns, func(c column) bool { return !c.used && c.filled > 0 && c.matches("="+fold(o.field)) })
		if i < 0 {
			continue
		}
		switch c := &m.columns[i]; {
		case o.fits(c):
			m.take(o.field, c, byName)
		case o.field == "status", o.field == "handling":
			m.p.Notes = append(m.p.Notes, fmt.Sprintf(
				"the column %q is not used, because not all of its words are those of %s: if it tells exercises from what is real, or what is restricted, map it by hand",
				c.place, o.field))
		}
	}
}

// inWords reports whether all values of a column are words of a field.
func inWords(field string) func(c *column) bool {
	return func(c *column) bool {
		return c.share(func(v string) bool { return mapped.CheckValue(field, v) == nil }) == 1
	}
}

func isWhole(c *column) bool {
	return c.share(func(v string) bool { return strings.Trim(v, "0123456789.") == "" }) == 1
}

// isGrade takes a letter from A to F, with or without a digit.
func isGrade(c *column) bool {
	return c.share(func(v string) bool { return len(v) <= 2 && v[0] >= 'A' && v[0] <= 'F' }) == 1
}
