package cap

import (
	"strings"
	"unicode"

	"vigil/internal/country"
	"vigil/internal/incident"
)

// severities are those of CAP 1.2, 3.2.2 (severity).
var severities = map[string]incident.Severity{
	"extreme": incident.Critical, "severe": incident.Severe, "moderate": incident.Moderate, "minor": incident.Minor,
	"unknown": incident.SeverityUnknown,
	"major":   incident.Severe, // of Mexico's earthquake warnings (SASMEX)
}

// verifications are the certainties of CAP 1.2, 3.2.2, and "Very Likely" of CAP 1.0. What is unlikely has not been
// refuted.
var verifications = map[string]incident.Verification{
	"observed": incident.Confirmed, "likely": incident.Probable, "very likely": incident.Probable,
	"possible": incident.Unconfirmed, "unlikely": incident.Unconfirmed, "unknown": incident.Unconfirmed,
}

// ahead are the urgencies of CAP 1.2, 3.2.2 of what is still to come, unless it has been observed: "responsive action
// should be taken soon", and "in the near future". The others are immediate, past and unknown.
var ahead = map[string]bool{"immediate": false, "expected": true, "future": true, "past": false, "unknown": false}

// handlings are the scopes of CAP 1.2, 3.2.1.
var handlings = map[string]incident.Handling{
	"public": incident.Public, "restricted": incident.Restricted, "private": incident.StrictlyConfidential,
}

// kind is what an event is on our two axes.
type kind struct {
	threat incident.Threat
	act    incident.Act
}

func hazard(act incident.Act) kind { return kind{incident.Hazard, act} }

// categories are those of CAP 1.2, 3.2.2, for events of which no word is known. What people may have done, and what may
// be either, is of no known threat.
var categories = map[string]kind{
	"geo": {threat: incident.Hazard}, "met": {threat: incident.Hazard}, "safety": {threat: incident.Hazard},
	"security": {}, "rescue": {threat: incident.Hazard}, "fire": {threat: incident.Hazard},
	"health": {threat: incident.Hazard}, "env": {threat: incident.Hazard}, "transport": {threat: incident.Hazard},
	"infra": {threat: incident.Hazard}, "cbrne": {}, "other": {},
}

// event is a row of the table of events: any of the words, whole and in this order, in the event of an alert.
// A word in a script that does not part words may stand anywhere.
type event struct {
	words string // alternatives, parted by "|"
	kind  kind
}

// events is tried from the top: the most particular first. The words are those of the agencies whose alerts have
// been met (NWS, Environment Canada, BOM, RFS, Meteoalarm, DWD, IMO, IMD, INMET, BMKG, CONAGUA, PAGASA, WRA), of the OASIS Event Terms List,
// and of the languages of the United Nations. What has no act of its own in our vocabulary is "other".
var events = []event{
	{"tsunami|tsunamis|maremoto|raz de marée|цунами|تسونامي|海啸|海嘯", hazard(incident.Tsunami)},
	{"earthquake|earthquakes|seismic|sismo|terremoto|séisme|tremblement de terre|erdbeben|deprem|gempa|lindol|землетрясение|زلزال|地震", hazard(incident.Earthquake)},
	{"volcano|volcanic|volcan|vulkan|vulcão|vulcano|volcán|volcanique|eruption|lahar|ashfall|вулкан|بركان|火山", hazard(incident.Volcano)},
	{"hurricane|typhoon|cyclone|cyclonic storm|ciclone|tropical storm|tropical depression|huracán|ciclón|tifón|ouragan|cyclone tropical|bagyo|тайфун|إعصار|台风|颱風|飓风", hazard(incident.Cyclone)},
	{"storm surge|coastal flood|coastal flooding|flood|floods|flooding|flash flood|inundación|inundaciones|inondation|inondations|crues|crue|inundação|inundações|enchente|alluvione|hochwasser|überschwemmung|überflutung|sturmflut|overstroming|baha|banjir|översvämning|наводнение|паводок|فيضان|سيول|洪水|淹水|水災", hazard(incident.Flood)},
	{"wildfire|wildland fire|bushfire|bush fire|forest fire|grass fire|scrub fire|brush fire|fire weather|red flag warning|fire danger|hazard reduction|incendio forestal|feu de forêt|incendie de forêt|incêndio florestal|waldbrand|kebakaran hutan|лесной пожар|森林火灾", hazard(incident.Wildfire)},
	{"drought|sequía|sécheresse|estiagem|dürre|kekeringan|засуха|جفاف|干旱", hazard(incident.Drought)},
	{"disease|epidemic|outbreak|pandemic|cholera|ebola|measles|épidémie|epidemia|эпидемия|وباء|疫情", hazard(incident.DiseaseOutbreak)},
	{"motor vehicle accident|vehicle accident|road accident|traffic accident|mva|accident de la route|accidente de tránsito", hazard(incident.RoadAccident)},
	{"aircraft accident|aviation accident|plane crash|aircraft crash", hazard(incident.AviationAccident)},
	{"child abduction|amber alert|abduction|kidnapping", kind{incident.Crime, incident.Abduction}},
	{"hostage", kind{act: incident.HostageTaking}},
	{"active shooter|shooting|gunfire", kind{act: incident.Shooting}},
	{"bomb|bombing|explosive device", kind{act: incident.Bombing}},
	{"air raid|air strike|airstrike|missile|rocket attack|drone attack", kind{incident.ArmedConflict, incident.AerialAttack}},
	{"shelling|artillery", kind{incident.ArmedConflict, incident.Shelling}},
	{"terrorism|terrorist", kind{threat: incident.Terrorism}},
	{"riot|riots", kind{incident.CivilUnrest, incident.Riot}},
	{"demonstration|protest|protests|manifestation", kind{incident.CivilUnrest, incident.Protest}},
	{"civil unrest|civil disorder|civil disturbance", kind{threat: incident.CivilUnrest}},
	{"law enforcement|police activity|blue alert", kind{act: incident.ActOther}}, // whoever it is about, it is no hazard
	{"cyber", kind{act: incident.CyberThreat}},
	{"chemical|hazardous material|hazardous materials|hazmat|radiological|nuclear|gas leak|industrial accident|explosion|building collapse|dam failure", hazard(incident.OtherAccident)},
	{"structure fire|house fire|vehicle fire|fire|feu|incendio|incendie|пожар|حريق|火灾|火災", hazard(incident.Arson)},
	{
		"weather|météo|thunderstorm|thunderstorms|orage|orages|tornado|tornade|tornades|storm|storms|tempête|tormenta|wind|winds|" +
			"vent|vents|viento|gale|snow|snowfall|neige|nieve|blizzard|ice|icing|verglas|freezing rain|frost|freeze|cold|froid|frío|" +
			"heat|chaleur|calor|rain|rainfall|pluie|lluvia|hail|grêle|granizo|fog|brouillard|niebla|dust|sand|sandstorm|" +
			"lightning|surf|rip current|high seas|marine|avalanche|avalanches|landslide|debris flow|mudslide|air quality|smoke|" +
			"qualité de l'air|winter|visibility|temperature|thunder shower|thunder showers|thundershower|thundershowers|" +
			"gewitter|sturm|sturmböen|orkan|orkanböen|windböen|böen|starkregen|dauerregen|schneefall|glatteis|glätte|hitze|nebel|" +
			"tempestade|vendaval|trovoada|chuva|chuvas|geada|temporale|pioggia|neve|vento|onweer|gladheid|" +
			"hujan|angin kencang|буря|гроза|ветер|снег|عاصفة|暴雨|大雨|豪雨|土石流|台風",
		hazard(incident.ActOther),
	},
}

// sameCodes are event codes of the Specific Area Message Encoding (47 CFR 11.31 e), for events in words that are not
// known.
var sameCodes = map[string]kind{
	"EQW": hazard(incident.Earthquake), "TSA": hazard(incident.Tsunami), "TSW": hazard(incident.Tsunami), "VOW": hazard(incident.Volcano),
	"HUA": hazard(incident.Cyclone), "HUW": hazard(incident.Cyclone), "HUS": hazard(incident.Cyclone), "TRA": hazard(incident.Cyclone), "TRW": hazard(incident.Cyclone),
	"FFA": hazard(incident.Flood), "FFW": hazard(incident.Flood), "FFS": hazard(incident.Flood), "FLA": hazard(incident.Flood),
	"FLW": hazard(incident.Flood), "FLS": hazard(incident.Flood), "CFA": hazard(incident.Flood), "CFW": hazard(incident.Flood),
	"SSA": hazard(incident.Flood), "SSW": hazard(incident.Flood), "FRW": hazard(incident.Wildfire),
	"CAE": {incident.Crime, incident.Abduction}, "LEW": {act: incident.ActOther}, "BLU": {act: incident.ActOther}, "HMW": hazard(incident.OtherAccident), "NUW": hazard(incident.OtherAccident), "RHW": hazard(incident.OtherAccident),
	"TOA": hazard(incident.ActOther), "TOR": hazard(incident.ActOther), "SVA": hazard(incident.ActOther), "SVR": hazard(incident.ActOther),
	"SVS": hazard(incident.ActOther), "WSA": hazard(incident.ActOther), "WSW": hazard(incident.ActOther), "BZW": hazard(incident.ActOther),
	"HWA": hazard(incident.ActOther), "HWW": hazard(incident.ActOther), "AVA": hazard(incident.ActOther), "AVW": hazard(incident.ActOther),
}

// eventOf finds an event by its words.
func eventOf(s string) (kind, bool) {
	padded := " " + strings.Join(wordsOf(s), " ") + " "
	for _, e := range events {
		for words := range strings.SplitSeq(e.words, "|") {
			if stands(padded, words) {
				return e.kind, true
			}
		}
	}
	return kind{}, false
}

// stands reports whether words stand, whole, in a text that has been parted by single spaces.
func stands(padded, words string) bool {
	if strings.IndexFunc(words, func(r rune) bool { return unicode.Is(unicode.Han, r) }) >= 0 {
		return strings.Contains(padded, words)
	}
	return strings.Contains(padded, " "+strings.Join(wordsOf(words), " ")+" ")
}

func wordsOf(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// The countries of codes. ISO 3166 codes, also of subdivisions (AU-NSW, AU_SA), stand in geocodes whose name says
// so. Others are codes of one country's own offices.
var (
	american = country.MustParse("USA")

	national = []struct {
		name    string // what the valueName begins with, in lower case
		country country.Code
	}{
		{"profile:cap-cp:location", country.MustParse("CAN")}, // Statistics Canada
		{"layer:ec-msc-smc", country.MustParse("CAN")},        // Environment and Climate Change Canada
		{"amoc-areacode", country.MustParse("AUS")},           // Bureau of Meteorology
		{"http://www.psma.com.au/", country.MustParse("AUS")}, // postcodes
		{"taiwan_geocode", country.MustParse("TWN")},          // Ministry of the Interior
		{"warncell", country.MustParse("DEU")},                // Deutscher Wetterdienst
	}

	// stateFIPS are the first two digits of FIPS 6-4 counties that are not of a state (FIPS 5-2).
	stateFIPS = map[string]country.Code{
		"60": country.MustParse("ASM"), "66": country.MustParse("GUM"), "69": country.MustParse("MNP"),
		"72": country.MustParse("PRI"), "78": country.MustParse("VIR"),
	}
	// stateUGC are the same as the National Weather Service's Universal Geographic Codes begin.
	stateUGC = map[string]country.Code{
		"AS": country.MustParse("ASM"), "GU": country.MustParse("GUM"), "MP": country.MustParse("MNP"),
		"PR": country.MustParse("PRI"), "VI": country.MustParse("VIR"),
	}
)

// countriesOf are the countries of a geocode.
func countriesOf(name, value string) []country.Code {
	name = strings.ToLower(strings.TrimSpace(name))
	values := strings.FieldsFunc(value, func(r rune) bool { return strings.ContainsRune(" ,;\t\r\n", r) })
	var list []country.Code
	add := func(c country.Code, ok bool) {
		if ok {
			list = append(list, c)
		}
	}
	switch {
	case strings.Contains(name, "iso") && (strings.Contains(name, "3166") || strings.Contains(name, "country")):
		for _, v := range values {
			add(isoCountry(v))
		}
	case name == "emma_id", strings.HasPrefix(name, "nuts"): // of Meteoalarm, and of Eurostat: the country, and what is its own
		for _, v := range values {
			add(isoCountry(v[:min(2, len(v))]))
		}
	case name == "fips6", name == "same":
		for _, v := range values {
			if len(v) != 6 {
				continue
			}
			c, elsewhere := stateFIPS[v[1:3]]
			if !elsewhere {
				c = american
			}
			add(c, true)
		}
	case name == "ugc":
		for _, v := range values {
			c, elsewhere := stateUGC[v[:min(2, len(v))]]
			if !elsewhere {
				c = american
			}
			add(c, true)
		}
	default:
		for _, n := range national {
			if strings.HasPrefix(name, n.name) {
				add(n.country, true)
			}
		}
	}
	return list
}

// oidRoot is the arc of the World Meteorological Organization for alerts (2.49.0.1), alerting authorities (2.49.0.0) and
// the like. Behind it stands the country of the authority, by its number in ISO 3166.
const oidRoot = "2.49.0."

// authorityOf is the country of the authority that an identifier names.
func authorityOf(identifier string) (country.Code, bool) {
	rest, ok := strings.CutPrefix(strings.TrimPrefix(strings.ToLower(identifier), "urn:oid:"), oidRoot)
	arcs := strings.SplitN(rest, ".", 3)
	if !ok || len(arcs) < 3 || len(arcs[0]) != 1 || arcs[1] == "" || len(arcs[1]) > 3 || strings.Trim(arcs[1], "0123456789") != "" {
		return country.Unknown, false
	}
	return country.Parse(("000" + arcs[1])[len(arcs[1]):])
}

// isoCountry is the country of an ISO 3166 code of a country or a subdivision. The two letters that the European
// Union and Meteoalarm write for the United Kingdom and for Greece are known too.
func isoCountry(code string) (country.Code, bool) {
	code, _, _ = strings.Cut(strings.ReplaceAll(strings.ToUpper(strings.TrimSpace(code)), "_", "-"), "-")
	switch {
	case code == "UK":
		code = "GB"
	case code == "EL":
		code = "GR"
	case len(code) != 2 && len(code) != 3:
		return country.Unknown, false
	}
	return country.Parse(code)
}
