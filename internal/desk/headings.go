package desk

import (
	"strings"
	"unicode"

	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// column is a column of a presence file.
type column uint8

const (
	noColumn column = iota
	colPersonID
	colCallSign
	colName
	colGivenName
	colFamilyName
	colSex
	colOrganization
	colPopulation
	colRecruitment
	colCountry
	colArea
	colPlace
	colLat
	colLon
	colWardenZone
	colDependants
	colStatus
	colLastContact
	colCount
	colAsOf
	columnCount
)

// headings are the names of the columns, the contract's own first, then those met in exports of
// personnel systems, travel lists and warden lists, as fold leaves them. A heading that means
// different things in different places ("category", "contact", "no") is not here: a column that is
// ignored with a warning is better than one that is misread.
var headings = map[column][]string{
	colPersonID: {
		"personid", "id", "staffid", "staffno", "staffnumber", "employeeid", "employeeno", "employeenumber", "indexnumber",
		"indexno", "personnelid", "personnelno", "personnelnumber", "badgenumber", "badgeno", "matricule",
	},
	colCallSign: {
		"callsign", "radiocallsign", "tracker", "trackerid", "deviceid", "trackingid", "indicatif",
	},
	colName:         {"name", "fullname", "staffname", "employeename", "personname", "staffmember", "nom", "nomcomplet"},
	colGivenName:    {"firstname", "givenname", "givennames", "prenom"},
	colFamilyName:   {"lastname", "surname", "familyname", "nomdefamille"},
	colSex:          {"sex", "gender", "sexe", "genre", "sexo"},
	colOrganization: {"organization", "organisation", "org", "agency", "employer", "entity", "organizationname", "organisationname", "agencyname"},
	colPopulation:   {"population", "populationgroup", "affiliation", "personnelcategory"},
	colRecruitment: {
		"recruitment", "recruitmenttype", "nationalitytype", "stafftype", "nationalinternational", "internationalnational",
		"natint", "natintl", "appointmenttype", "typeofrecruitment",
	},
	colCountry: {
		"country", "countrycode", "countryname", "dutycountry", "countryofassignment", "countryofduty", "iso3", "iso2",
		"countryiso", "countryiso3", "dutystationcountry", "pays", "pais",
	},
	colArea:       {"area", "securityarea", "securitylevelarea", "sla", "region", "admin1", "province", "governorate", "wilaya"},
	colPlace:      {"place", "dutystation", "location", "city", "town", "site", "placename", "office", "lieu"},
	colLat:        {"lat", "latitude"},
	colLon:        {"lon", "long", "lng", "longitude"},
	colWardenZone: {"wardenzone", "zone", "wardenarea", "securityzone"},
	colDependants: {"dependants", "dependents", "numberofdependants", "numberofdependents", "noofdependants", "noofdependents", "eligibledependants"},
	colStatus:     {"status", "staffstatus", "rollcallstatus", "currentstatus", "statut"},
	colLastContact: {
		"lastcontact", "lastseen", "lastheard", "lastcheckin", "lastcontacted", "lastcontactdate", "lastcontacttime",
		"lastcontactutc", "lastreport", "lastreported", "dernierecontact", "derniercontact",
	},
	colCount: {"count", "headcount", "number", "staffcount", "numberofstaff", "noofstaff", "people", "personnel", "persons", "total", "effectif"},
	colAsOf:  {"asof", "date", "asofdate", "reportdate", "dateofreport", "effectivedate", "asat", "updated", "lastupdated"},
}

var columnOf = func() map[string]column {
	index := make(map[string]column)
	for c, list := range headings {
		for _, h := range list {
			index[h] = c
		}
	}
	return index
}()

// foldHeading leaves the letters and digits of a heading, without capitals and accents.
func foldHeading(s string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(s) {
		if plain, ok := safetext.Latin(r); ok {
			b.WriteString(plain)
		} else if unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Words for people, as fold leaves them, beside those of the vocabularies.
var sexWords = map[string]incident.Sex{
	"f": incident.Female, "female": incident.Female, "woman": incident.Female, "women": incident.Female, "femme": incident.Female,
	"fem": incident.Female, "feminin": incident.Female, "mujer": incident.Female,
	"m": incident.Male, "male": incident.Male, "man": incident.Male, "men": incident.Male, "homme": incident.Male,
	"masc": incident.Male, "masculin": incident.Male, "hombre": incident.Male,
	"unknown": incident.SexUnknown, "unk": incident.SexUnknown, "u": incident.SexUnknown, "notstated": incident.SexUnknown,
	"notknown": incident.SexUnknown, "na": incident.SexUnknown,
}

var recruitmentWords = map[string]incident.Recruitment{
	"national": incident.National, "nat": incident.National, "local": incident.National, "locallyrecruited": incident.National,
	"nationalstaff": incident.National, "localstaff": incident.National, "locallyrecruitedpersonnel": incident.National,
	"nationally": incident.National, "n": incident.National, "ns": incident.National,
	"nationalofficer": incident.National, "nationale": incident.National,
	"international": incident.International, "int": incident.International, "intl": incident.International,
	"inter": incident.International, "internationalstaff": incident.International, "internationallyrecruited": incident.International,
	"expat": incident.International, "expatriate": incident.International, "i": incident.International, "is": incident.International,
	"expatrie": incident.International,
	"unknown":  incident.RecruitmentUnknown, "unk": incident.RecruitmentUnknown, "u": incident.RecruitmentUnknown,
	"notstated": incident.RecruitmentUnknown, "na": incident.RecruitmentUnknown, "notknown": incident.RecruitmentUnknown,
}

var populationWords = map[string]incident.Population{
	"un": incident.PopulationUN, "unitednations": incident.PopulationUN, "unstaff": incident.PopulationUN, "unpersonnel": incident.PopulationUN,
	"associated": incident.PopulationAssociated, "associatedpersonnel": incident.PopulationAssociated,
	"ngo": incident.PopulationNGO, "ngos": incident.PopulationNGO, "ingo": incident.PopulationNGO, "nngo": incident.PopulationNGO,
	"redcross": incident.PopulationRedCross, "redcrossredcrescent": incident.PopulationRedCross, "redcrescent": incident.PopulationRedCross,
	"icrc": incident.PopulationRedCross, "ifrc": incident.PopulationRedCross, "rcrc": incident.PopulationRedCross,
	"unrwaarea": incident.PopulationUNRWAArea, "unrwaareastaff": incident.PopulationUNRWAArea,
	"contractor": incident.PopulationContractor, "contractors": incident.PopulationContractor,
	"civilian": incident.PopulationCivilian, "civilians": incident.PopulationCivilian,
	"other": incident.PopulationOther, "unknown": incident.PopulationUnknown,
}

// everyone are the words of a total: the row is not broken down by that dimension.
var everyone = map[string]bool{"all": true, "total": true, "both": true, "any": true, "tous": true, "everyone": true, "grandtotal": true, "allstaff": true}

// word reads a value of a closed list; an empty cell and a word for everyone are not broken down, and
// a word that is not in the list is unknown with its text, as everywhere.
func word[T ~uint8](words map[string]T, s string, parse func(string) incident.Coded[T]) incident.Coded[T] {
	folded := foldHeading(s)
	if s == "" || everyone[folded] {
		return incident.Coded[T]{}
	}
	if v, ok := words[folded]; ok {
		return incident.Known(v)
	}
	return parse(strings.Clone(s))
}
