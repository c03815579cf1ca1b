// Package country holds the countries of ISO 3166-1 and Kosovo: their codes, names,
// regions and time zones, and the reading of the many ways in which incident feeds,
// rosters and duty officers write them.
//
// # Guarantees
//
//   - Everything is a table in the program's read-only data: nothing is read, built or
//     started at run time, no function blocks, and all are safe for concurrent use.
//   - [Parse] does not allocate. It never guesses: what could be two countries is none,
//     and a region, a sea or a misspelling is none. "Congo" is the Congo of Brazzaville,
//     as in the lists of the United Nations and of ISO; "Korea" is nothing.
//   - "NA" is Namibia. Text which means that there is no country is told apart by
//     [IsNone] and not by failing to parse.
//
// # Sources
//
// Codes, regions and names in six languages come from the Unicode Common Locale Data
// Repository, names in the form of the United Nations from the M49 standard of its
// statistics division, zones from the tz database, and capitals and aliases from lists kept by hand
// beside the generator in gen, whose package comment says how to run it. zz_table.go names
// the versions and licences.
//
// The names and codes are those of the sources. They express no opinion about the legal
// status of any country, territory or area, or of its authorities or boundaries.
package country

import (
	"errors"
	"fmt"
)

//go:generate go run ./gen -npm $CLDR

// Code identifies a country. It is two bytes, comparable, a good map key, and ordered
// like the alpha-3 codes; the zero value is [Unknown].
//
// The number itself changes when the table does: it means nothing outside the running
// program. What is stored or sent is the text, alpha-3.
type Code uint16

// Unknown is the zero Code: no country, or one that could not be recognised.
const Unknown Code = 0

// ErrUnrecognised is wrapped by the error of [Code.UnmarshalText].
var ErrUnrecognised = errors.New("not an ISO 3166 code or a known name of a country")

// All returns every country, sorted by alpha-3 code. The slice is the caller's.
func All() []Code {
	all := make([]Code, 0, len(rows)-1)
	for i := 1; i < len(rows); i++ {
		all = append(all, Code(i))
	}
	return all
}

// row is the entry of c, that of Unknown for a number which no Code has.
func (c Code) row() *row {
	if int(c) >= len(rows) {
		return &rows[0]
	}
	return &rows[c]
}

// Known reports whether c is a country.
func (c Code) Known() bool { return c != Unknown && int(c) < len(rows) }

// Alpha3 is the ISO 3166-1 alpha-3 code in capitals ("MLI"), empty for Unknown. Kosovo,
// which ISO has not assigned a code, is XKX as the European Union, the World Bank and
// OCHA write it.
func (c Code) Alpha3() string { return c.row().alpha3 }

// String is [Code.Alpha3]: what is shown, stored and sent.
func (c Code) String() string { return c.row().alpha3 }

// Alpha2 is the ISO 3166-1 alpha-2 code ("ML"), empty for Unknown. Kosovo is XK.
func (c Code) Alpha2() string { return c.row().alpha2 }

// Numeric is the ISO 3166-1 and M49 number, written with three digits (Mali is 466,
// Afghanistan 004); 0 for Unknown. Kosovo is 983, a number that CLDR assigned.
func (c Code) Numeric() int { return int(c.row().numeric) }

// FIPS is the country code of the withdrawn FIPS 10-4, which GDELT and some United States
// sources still use, empty where there is none. These look like alpha-2 codes and mean
// other countries (NG is Niger), so [Parse] never takes them: see [ParseFIPS].
func (c Code) FIPS() string { return c.row().fips }

// Name is the name to show: the English short name of M49, such as "Syrian Arab Republic"
// or "Bolivia (Plurinational State of)", and CLDR's for the few which M49 does not list.
// It is empty for Unknown: how unknown is said is up to the screen.
func (c Code) Name() string { return c.row().name }

// ShortName is the customary English name from CLDR, shorter and less official than
// [Code.Name]: "Syria", "Bolivia", "Congo - Kinshasa".
func (c Code) ShortName() string { return c.row().names[0] }

// NameIn is the customary name from CLDR in a language of the United Nations: "ar", "en",
// "es", "fr", "ru" or "zh", alone or as the beginning of a language tag such as "fr-CD"
// or a locale such as "fr_ML.UTF-8". It is false for any other language and for Unknown.
func (c Code) NameIn(lang string) (string, bool) {
	if !c.Known() || len(lang) < 2 || (len(lang) > 2 && lang[2] != '-' && lang[2] != '_' && lang[2] != '.') {
		return "", false
	}
	for i, l := range languages {
		if lower(lang[0]) == l[0] && lower(lang[1]) == l[1] {
			return c.row().names[i], true
		}
	}
	return "", false
}

// Region is the English name of the M49 region ("Africa"); empty for Unknown and for
// Antarctica, which M49 has in no region.
func (c Code) Region() string { return regions[c.row().region] }

// Subregion is the English name of the smallest M49 division above the country, such as
// "Western Africa" rather than "Sub-Saharan Africa"; empty where Region is.
func (c Code) Subregion() string { return regions[c.row().subregion] }

// Zones are the names of the IANA time zones of the country in the order of zone.tab, in
// which the first is not always that of the capital (of Ukraine it is Europe/Simferopol);
// nil where zone.tab has none, as for Kosovo. The slice is the caller's.
func (c Code) Zones() []string {
	r := c.row()
	return append([]string(nil), zones[r.zone:r.zone+uint16(r.zones)]...)
}

// Zone is the IANA time zone of a country that has only one. It is false for the others,
// also where their clocks agree at present: which zone a place is in is not to be guessed.
func (c Code) Zone() (string, bool) {
	r := c.row()
	if r.zones != 1 {
		return "", false
	}
	return zones[r.zone], true
}

// Capital is the English name of the capital, or of the seat of government of a territory, and its position in degrees
// of latitude and longitude, to about a kilometre. It is false where there is none, as for Antarctica, and for Unknown.
func (c Code) Capital() (name string, lat, lon float64, ok bool) {
	r := c.row()
	return r.capital, r.lat, r.lon, r.capital != ""
}

// AppendText appends the alpha-3 code, nothing for Unknown.
func (c Code) AppendText(b []byte) ([]byte, error) { return append(b, c.Alpha3()...), nil }

// MarshalText is the alpha-3 code, empty for Unknown.
func (c Code) MarshalText() ([]byte, error) { return []byte(c.Alpha3()), nil }

// UnmarshalText accepts what [Parse] does, and empty text for Unknown. For anything else
// the error wraps [ErrUnrecognised] and c is left as it was.
func (c *Code) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*c = Unknown
		return nil
	}
	code, ok := Parse(string(text))
	if !ok {
		const enough = 40 // of a text that may be anything
		if len(text) > enough {
			text = text[:enough]
		}
		return fmt.Errorf("country: %q is %w; write the alpha-3 code, such as MLI", text, ErrUnrecognised)
	}
	*c = code
	return nil
}

// row is what the table knows about a country.
type row struct {
	alpha3, alpha2    string
	numeric           uint16
	region, subregion uint8 // indexes of regions
	fips              string
	name              string
	names             [len(languages)]string
	zone              uint16 // index of the first in zones
	zones             uint8
	capital           string
	lat, lon          float64 // of the capital
}

// shortKey is an entry of a table sorted by a code packed into a number.
type shortKey struct {
	key  uint16
	code Code
}

// nameKey is an entry of the table of folded names, sorted by name.
type nameKey struct {
	name string
	code Code
}
