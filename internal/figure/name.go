package figure

import (
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"vigil/internal/country"
	"vigil/internal/lang"
	"vigil/internal/picture"
	"vigil/internal/risk"
)

// brief are names as the field writes them, of a dozen cells at most, where the everyday English name is longer:
// cut off, it would be mistaken for another country's or for none.
var brief = map[string]string{
	"BIH": "Bosnia-Herz.", "CAF": "C. Afr. Rep.", "COD": "DR Congo", "DOM": "Dominican R.", "ESH": "W. Sahara", "GNB": "Guinea-Biss.",
	"GNQ": "Eq. Guinea", "PNG": "Papua N.G.", "PSE": "Palestine", "SLB": "Solomon Is.",
}

// briefIn are brief names in other languages, where they are known by one. The other countries have their code where there is no room.
var briefIn = map[string]map[string]string{
	"fr": {
		"ARE": "Émirats A.U.", "BIH": "Bosnie-Herz.", "CAF": "Centrafrique", "COD": "RD Congo", "DOM": "R. dominic.", "ESH": "Sahara occ.",
		"GNB": "Guinée-Biss.", "GNQ": "Guinée éq.", "MMR": "Myanmar", "PNG": "Papouasie NG", "PSE": "Palestine", "SSD": "Soudan Sud",
	},
	"es": {
		"ARE": "EAU", "BIH": "Bosnia-Herz.", "CAF": "R. Centroaf.", "COD": "RD Congo", "DOM": "R. Dominic.", "ESH": "Sáhara Occ.",
		"GNQ": "Guinea Ec.", "MMR": "Myanmar", "PNG": "Papúa N.G.", "PSE": "Palestina", "SLB": "I. Salomón", "SSD": "Sudán Sur",
	},
	"ar": {"ARE": "الإمارات", "CAF": "أفريقيا و.", "MMR": "ميانمار", "PSE": "فلسطين", "SAU": "السعودية"},
	"ru": {"CAF": "ЦАР", "COD": "ДР Конго", "COG": "Респ. Конго", "MMR": "Мьянма", "PSE": "Палестина", "ZAF": "ЮАР"},
	"zh": {"CAF": "中非", "COD": "刚果（金）", "COG": "刚果（布）", "MMR": "缅甸", "PSE": "巴勒斯坦"},
}

// CountryWhole is the whole name of a country in the reader's language. In English it is that which the desk chose; elsewhere the customary one.
func (h Hand) CountryWhole(names country.Naming, c country.Code) string {
	if name, ok := h.countryIn(c); ok {
		return name
	}
	return names.Name(c)
}

// NameOf is [Hand.CountryWhole] of a country of the picture, which has the name that the desk chose.
func (h Hand) NameOf(c *picture.Country) string {
	if name, ok := h.countryIn(c.Code); ok {
		return name
	}
	return c.Name.String()
}

// Nation is the name of a country by its code: english is that in English. See [saying.Namer].
func (h Hand) Nation(alpha3, english string) string {
	if c, ok := country.Parse(alpha3); ok {
		if name, has := h.countryIn(c); has {
			return name
		}
	}
	return english
}

func (h Hand) countryIn(c country.Code) (string, bool) {
	if h.Tag() == "en" {
		return "", false
	}
	name, ok := c.NameIn(h.Tag())
	return h.Spelled(name), ok
}

// CountryName is the name of a country for so many cells in the reader's language: the whole one where it fits, else the one that the field
// writes or everyday use has. It is not cut here: in English it may be longer, in another language it is the code of the country instead.
func (h Hand) CountryName(names country.Naming, c country.Code, cells int) string {
	if name, ok := h.countryIn(c); ok {
		short := h.Spelled(briefIn[h.Tag()][c.Alpha3()])
		switch {
		case width(name) <= cells:
			return name
		case short != "" && width(short) <= cells:
			return short
		default:
			return c.Alpha3()
		}
	}
	name, short := names.Name(c), brief[c.Alpha3()]
	if short == "" {
		short = c.ShortName()
	}
	if n := utf8.RuneCountInString(name); n <= cells || n <= utf8.RuneCountInString(short) {
		return name
	}
	return short
}

// width is the cells that a text takes.
func width(s string) int { return ansi.StringWidthWc(s) }

// NoEstimate says why there is no estimate of a category.
func (h Hand) NoEstimate(why risk.Unknown) string {
	switch why {
	case risk.NoCoverage:
		return h.Say("not covered well enough")
	case risk.NoHistory:
		return h.Say("watched too short a time")
	case risk.BeingRead:
		return h.Say("being read")
	default:
		return ""
	}
}

// shortWords are the likelihoods of an estimate where there is little room.
var shortWords = map[risk.Likelihood]string{
	risk.VeryUnlikely: lang.Msg("v.unlikely"), risk.ModeratelyLikely: lang.Msg("mod.likely"), risk.VeryLikely: lang.Msg("v.likely"),
}

// EstimateIn writes what the estimate of a category is made of in at most cells characters where it can:
// "moderately likely × severe", else "mod.likely × severe", else "v.unlikely × neglig.".
func (h Hand) EstimateIn(c *risk.Category, cells int) string {
	likelihood, impact := h.Words(c.Likelihood.String()), h.Words(c.Impact.String())
	written := func() string { return likelihood + " " + h.Times + " " + impact }
	if short, ok := shortWords[c.Likelihood]; ok && width(written()) > cells {
		likelihood = h.Say(short)
	}
	if short, ok := shortImpacts[c.Impact]; ok && width(written()) > cells {
		impact = h.Say(short)
	}
	return written()
}

// shortImpacts are the impacts whose words are long.
var shortImpacts = map[risk.Impact]string{risk.Negligible: lang.Msg("neglig."), risk.Moderate: lang.Msg("moder."), risk.Critical: lang.Msg("crit.")}
