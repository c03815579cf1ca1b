package country

import (
	"slices"
	"strings"

	"vigil/internal/country/fold"
)

// IsNone reports whether the raw text of a country field is known to say that there is no
// country, that it is not known, or that it is no single one: "", "-", "[unknown]", "N/A",
// "Global", "International waters". Such a record has no country; one whose text is
// neither this nor parses has a country that vigil failed to recognise, which is a problem
// to report.
//
// "NA" and "na" are Namibia, not this.
func IsNone(s string) bool {
	s = strings.TrimSpace(s)
	if _, ok := parseCode(s); ok {
		return false
	}
	var buf [maxName]byte
	name, ok := fold.Append(buf[:0], s)
	if !ok {
		return false
	}
	_, found := slices.BinarySearch(noneNames[:], string(name))
	return found
}

// noneNames are the folded texts that say that there is no country, sorted. "na" is there
// for "N/A" and "n.a.": the bare letters are taken as a code before.
var noneNames = [...]string{
	"", "global", "globally", "highseas", "international", "internationalwaters", "mixed",
	"mixedunknown", "multiple", "multiplecountries", "na", "nan", "nil", "nocountry",
	"noinformation", "none", "notapplicable", "notavailable", "notknown", "notspecified",
	"null", "offshore", "other", "regional", "several", "severalcountries", "tbc", "tbd",
	"undefined", "undisclosed", "unk", "unknown", "unspecified", "various", "variouscountries",
	"world", "worldwide",
}
