package figure

import (
	"unicode/utf8"

	"vigil/internal/country"
	"vigil/internal/risk"
)

// CountryName is the name of a country for so many cells: the United Nations' short name where it fits,
// else the shorter of that and the everyday English name. It is not cut here.
func CountryName(c country.Code, cells int) string {
	name, short := c.Name(), c.ShortName()
	if n := utf8.RuneCountInString(name); n <= cells || n <= utf8.RuneCountInString(short) {
		return name
	}
	return short
}

// NoEstimate says why there is no estimate of a category.
func NoEstimate(why risk.Unknown) string {
	switch why {
	case risk.NoCoverage:
		return "no coverage"
	case risk.NoHistory:
		return "watched too short a time"
	default:
		return ""
	}
}
