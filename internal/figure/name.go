package figure

import (
	"strings"
	"unicode/utf8"

	"vigil/internal/country"
	"vigil/internal/risk"
)

// brief are names as the field writes them, of a dozen cells at most, where the everyday English name is longer:
// cut off, it would be mistaken for another country's or for none.
var brief = map[string]string{
	"BIH": "Bosnia-Herz.", "CAF": "C. Afr. Rep.", "COD": "DR Congo", "DOM": "Dominican R.", "ESH": "W. Sahara", "GNB": "Guinea-Biss.",
	"GNQ": "Eq. Guinea", "PNG": "Papua N.G.", "PSE": "Palestine", "SLB": "Solomon Is.",
}

// CountryName is the name of a country for so many cells: that which the desk chose where it fits,
// else the shorter of that and the name that the field writes or everyday English has. It is not cut here.
func (h Hand) CountryName(names country.Naming, c country.Code, cells int) string {
	name, short := names.Name(c), brief[c.Alpha3()]
	if short == "" {
		short = c.ShortName()
	}
	if n := utf8.RuneCountInString(name); n <= cells || n <= utf8.RuneCountInString(short) {
		return name
	}
	return short
}

// NoEstimate says why there is no estimate of a category.
func (h Hand) NoEstimate(why risk.Unknown) string {
	switch why {
	case risk.NoCoverage:
		return "not covered well enough"
	case risk.NoHistory:
		return "watched too short a time"
	case risk.BeingRead:
		return "being read"
	default:
		return ""
	}
}

// shortWords are the words of an estimate where there is little room.
var shortWords = strings.NewReplacer("very ", "v.", "moderately ", "mod.")

// EstimateIn writes what the estimate of a category is made of in at most cells characters where it can:
// "moderately likely × severe", else "mod.likely × severe".
func (h Hand) EstimateIn(c *risk.Category, cells int) string {
	full := h.Words(c.Likelihood.String()) + " " + h.Times + " " + h.Words(c.Impact.String())
	if utf8.RuneCountInString(full) <= cells {
		return full
	}
	return shortWords.Replace(full)
}
