package level

import (
	"cmp"
	"slices"
)

// Merge brings the levels of several files together: one Country for each country and scheme, with the
// areas of all files. Of an area given twice, which is an error that check reports and the picture notes,
// the higher level stands: it is stated, and showing the lower one could cost lives. The result is
// sorted by country, with the United Nations' own scheme before others.
func Merge(all []Country) []Country {
	var out []Country
	for i := range all {
		c := &all[i]
		at := slices.IndexFunc(out, func(o Country) bool { return o.Country == c.Country && o.Scheme == c.Scheme })
		if at < 0 {
			first := *c
			first.Areas = slices.Clone(c.Areas)
			out = append(out, first)
			continue
		}
		for _, a := range c.Areas {
			twice := slices.IndexFunc(out[at].Areas, func(have Area) bool { return have.Name == a.Name })
			switch {
			case twice < 0:
				out[at].Areas = append(out[at].Areas, a)
			case a.Level > out[at].Areas[twice].Level:
				out[at].Areas[twice] = a
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Country) int {
		return cmp.Or(
			cmp.Compare(a.Country.String(), b.Country.String()),
			cmp.Compare(schemeRank(&a), schemeRank(&b)),
			cmp.Compare(a.Scheme.String(), b.Scheme.String()),
		)
	})
	return out
}

func schemeRank(c *Country) int {
	if c.Scheme.String() == UNSLS {
		return 0
	}
	return 1
}

// Vanished reports whether an area of before is not in after.
func Vanished(before, after []Country) bool {
	for i := range before {
		b := &before[i]
		for _, area := range b.Areas {
			if !slices.ContainsFunc(after, func(a Country) bool {
				return a.Country == b.Country && a.Scheme == b.Scheme &&
					slices.ContainsFunc(a.Areas, func(have Area) bool { return have.Name == area.Name })
			}) {
				return true
			}
		}
	}
	return false
}
