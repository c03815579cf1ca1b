package country

import (
	"slices"
	"strings"
)

// initials are the abbreviations that count in a text, as they are written.
var initials = map[string]Code{
	"DRC": COD, "RDC": COD, "CAR": CAF, "RCA": CAF, "UAE": ARE, "UK": GBR, "US": USA, "USA": USA, "DPRK": PRK, "ROK": KOR,
	"oPt": PSE, "OPT": PSE, "PNG": PNG, "KSA": SAU, "BiH": BIH, "PRC": CHN,
}

// danish are words beside which DRC is the Danish Refugee Council.
var danish = []string{"danish", "ddg", "council", "ngo"}

// notCountries are folded phrases that hold the name of a country and are something else, and names that are
// more often something else.
var notCountries = set(
	"centralmacedonia", "chili", "congobasin", "congofever", "congohaemorrhagicfever", "congohemorrhagicfever",
	"congoriver", "congovirus", "crimeancongo", "dominique", "eastchinasea", "easternmacedonia", "eastpalestine",
	"emirates", "gazaprovince", "granada", "guadalupe", "guineafowl", "guineapig", "guineapigs", "guineaworm",
	"gulfofguinea", "gulfofmexico", "gulfofoman", "gulfofthailand", "innermongolia", "jerseycity", "jerseyshore", "jordanriver",
	"jordanvalley", "lakechad", "lakechadbasin", "lareunion", "maurice", "mauricio", "mongoliainterior", "mongolieinterieure", "mozambiquechannel", "newbritain",
	"newengland", "newguinea", "newireland", "newjersey", "newmexico", "newsouthwales", "nigerriver", "nouvelleguinee", "nuevaguinea", "panamacanal",
	"panamacitybeach", "princeofwales", "princessofwales", "reunion", "riverjordan", "riverniger", "saba", "salvador",
	"sanmartin", "santaelena", "seaofjapan", "seaofoman", "southchinasea", "timor", "timorsea", "westernmacedonia",
	"westtimor", "zaire",
)

// longer are folded phrases that begin with the name of a country and are another, where no list of names has them.
var longer = map[string]Code{"irlandedunord": GBR, "irlandadelnorte": GBR}

// doubtful are names that are also something else, with what must hold for them to count as the country.
var doubtful = map[string]func(t *text, i, n int) bool{
	"congo":   func(t *text, _, _ int) bool { return t.has(kinshasa) != t.has(brazzaville) },
	"georgia": isGeorgia,
	"chad":    notPerson,
	"jordan":  notPerson,
	"holland": notPerson,
	"jersey":  notPerson,
	"turkey": func(t *text, _, _ int) bool {
		return !t.has([]string{"thanksgiving", "roast", "recipe", "leftover", "stuffing", "poultry", "vulture"})
	},
	"equateur": func(t *text, _, _ int) bool { // a province of the Democratic Republic of the Congo, too
		return !t.has([]string{"province", "congo", "drc", "rdc", "kinshasa", "mbandaka"})
	},
	"niger": func(t *text, i, n int) bool { return !slices.Contains([]string{"delta", "state"}, t.at(i+n)) },
}

// What stands in a text tells which Congo, and which Georgia.
var (
	kinshasa    = []string{"kinshasa", "goma", "kivu", "ituri", "bukavu", "beni", "butembo", "bunia", "m23", "katanga", "kasai", "lubumbashi", "monusco", "tshisekedi", "kabila", "tanganyika", "rutshuru", "masisi", "equateur", "mbandaka", "uvira"}
	brazzaville = []string{"brazzaville", "pointenoire", "sassou", "likouala", "impfondo"}
	caucasus    = []string{"tbilisi", "abkhazia", "abkhaz", "ossetia", "batumi", "kutaisi", "gori", "caucasus", "armenia", "azerbaijan", "saakashvili", "sukhumi", "georgian"}
	american    = []string{"atlanta", "savannah", "macon", "augusta", "us", "usa", "america", "alabama", "florida", "carolina", "tennessee", "trump", "biden", "gop", "senate", "republican", "republicans", "democrat", "democrats", "sheriff"}
)

// isGeorgia reports whether Georgia at word i is the country and not the state.
func isGeorgia(t *text, i, n int) bool {
	if t.has(american) {
		return false
	}
	return t.has(caucasus) || t.heads(i, n)
}

// heads reports whether the name at i is the heading of the text, as in "Chad: Floods - Aug 2024".
func (t *text) heads(i, n int) bool {
	gap := t.gap(i + n)
	return i == 0 && (strings.HasPrefix(gap, ":") || strings.HasPrefix(strings.TrimLeft(gap, " "), "-") && strings.HasPrefix(gap, " ") || strings.HasPrefix(gap, " –"))
}

// places are words before the name of a country, and not before that of a person who does something.
var places = []string{
	"in", "from", "to", "into", "across", "near", "inside", "through", "via", "throughout", "within", "between", "and", "northern", "southern", "eastern", "western",
	"central", "north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest", "northeastern", "northwestern", "southeastern", "southwestern",
	"en", "au", "du", "entre", "el", "dans",
}

// notPerson reports whether the name at i is not one of a person's: no capital word stands beside it, which would be the other
// name, unless what stands before it is said of places.
func notPerson(t *text, i, n int) bool {
	if t.heads(i, n) {
		return true
	}
	beside := func(k int, gap string) bool {
		return k >= 0 && k < len(t.words) && strings.TrimSpace(gap) == "" && t.words[k].capital()
	}
	if beside(i+n, t.gap(i+n)) {
		return false
	}
	return slices.Contains(places, t.at(i-1)) || !beside(i-1, t.gap(i))
}

// states are the folded names and abbreviations of the states of the United States.
var states = set("alabama", "alaska", "arizona", "arkansas", "california", "colorado", "connecticut", "delaware", "florida", "georgia", "hawaii",
	"idaho", "illinois", "indiana", "iowa", "kansas", "kentucky", "louisiana", "maine", "maryland", "massachusetts", "michigan", "minnesota",
	"mississippi", "missouri", "montana", "nebraska", "nevada", "newhampshire", "newjersey", "newmexico", "newyork", "northcarolina",
	"northdakota", "ohio", "oklahoma", "oregon", "pennsylvania", "rhodeisland", "southcarolina", "southdakota", "tennessee", "texas",
	"utah", "vermont", "virginia", "washington", "westvirginia", "wisconsin", "wyoming")

func set(words ...string) map[string]bool {
	s := make(map[string]bool, len(words))
	for _, w := range words {
		s[w] = true
	}
	return s
}
