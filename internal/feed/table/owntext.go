package table

import (
	"fmt"
	"slices"
	"strings"

	"vigil/internal/incident"
)

// formula are the characters with which a spreadsheet takes a cell for a formula.
const formula = "=+-@\t\r"

// dangerous reports whether a text begins as a formula does, behind apostrophes that somebody put there.
func dangerous(s string) bool {
	s = strings.TrimLeft(s, "'")
	return s != "" && strings.IndexByte(formula, s[0]) >= 0
}

// Neutral is text that no spreadsheet takes for a formula: one that begins like a formula has an apostrophe
// put before it, and so has one that would otherwise lose its own by [Bare].
func Neutral(s string) string {
	if dangerous(s) {
		return "'" + s
	}
	return s
}

// Bare undoes [Neutral].
func Bare(s string) string {
	if rest, ok := strings.CutPrefix(s, "'"); ok && dangerous(rest) {
		return rest
	}
	return s
}

// Join makes one text of several, with semicolons between them; those within have a backslash before them.
func Join(texts []string) string {
	escaped := make([]string, len(texts))
	for n, t := range texts {
		escaped[n] = strings.NewReplacer(`\`, `\\`, ";", `\;`).Replace(t)
	}
	return strings.Join(escaped, ";")
}

// Split undoes [Join]. A cell that begins like a formula was made neutral whole.
func Split(cell string) []string {
	var all []string
	var b strings.Builder
	escaped := false
	for _, c := range Bare(cell) {
		switch {
		case escaped:
			if c != ';' && c != '\\' { // somebody else's backslash
				b.WriteByte('\\')
			}
			b.WriteRune(c)
			escaped = false
		case c == '\\':
			escaped = true
		case c == ';':
			all = append(all, b.String())
			b.Reset()
		default:
			b.WriteRune(c)
		}
	}
	if escaped {
		b.WriteByte('\\')
	}
	all = append(all, b.String())
	return slices.DeleteFunc(all, func(s string) bool { return strings.TrimSpace(s) == "" })
}

// The attributes of the tags of people. HXL has a list of sexes and of some outcomes (f, m, killed, injured, abducted …) and
// leaves it to who writes to add others; of several for a population the first is written and all are read.
var (
	populationTags = []struct {
		attribute string
		value     incident.Population
	}{
		{"all", incident.PopulationAny}, // not broken down; a tag without any is a sum for the reader's eye
		{"population_unknown", incident.PopulationUnknown},
		{"staff", incident.PopulationStaff},
		{"un", incident.PopulationUN},
		{"associated", incident.PopulationAssociated},
		{"ngo", incident.PopulationNGO},
		{"rcrc", incident.PopulationRedCross},
		{"unrwa_area", incident.PopulationUNRWAArea},
		{"contractor", incident.PopulationContractor},
		{"civilian", incident.PopulationCivilian},
		{"other", incident.PopulationOther},
		{"anybody", incident.PopulationAnybody},
	}
	recruitmentTags = map[string]incident.Recruitment{
		"national": incident.National, "international": incident.International, "recruitment_unknown": incident.RecruitmentUnknown,
	}
	sexTags = map[string]incident.Sex{"f": incident.Female, "m": incident.Male, "sex_unknown": incident.SexUnknown}
)

// outcomeTag is the attribute of an outcome: our word for it, but where that says nothing by itself.
func outcomeTag(o incident.Outcome) string {
	switch o {
	case incident.OutcomeUnknown:
		return "outcome_unknown"
	case incident.Unharmed:
		return "unharmed"
	default:
		return o.String()
	}
}

// PeopleTag is the HXL tag of the people of a description, of whom the words that no vocabulary has are not told:
// #affected+ngo+national+killed.
func PeopleTag(who incident.Affected) string {
	tag := "#affected"
	for _, p := range populationTags {
		if p.value == who.Population.Value {
			tag += "+" + p.attribute
		}
	}
	for attribute, value := range recruitmentTags {
		if value == who.Recruitment.Value {
			tag += "+" + attribute
		}
	}
	for attribute, value := range sexTags {
		if value == who.Sex.Value {
			tag += "+" + attribute
		}
	}
	if who.Outcome.Value != incident.OutcomeAny {
		tag += "+" + outcomeTag(who.Outcome.Value)
	}
	return tag
}

// peopleOfTag reads what [PeopleTag] wrote.
func peopleOfTag(cell string) (who incident.Affected, err error) {
	t := parseTag(cell)
	stated := false
	known := 0
	for _, p := range populationTags {
		if t.has(p.attribute) {
			who.Population, stated = incident.Known(p.value), true
			known++
		}
	}
	for attribute, value := range recruitmentTags {
		if t.has(attribute) {
			who.Recruitment = incident.Known(value)
			known++
		}
	}
	for attribute, value := range sexTags {
		if t.has(attribute) {
			who.Sex = incident.Known(value)
			known++
		}
	}
	for o := incident.OutcomeUnknown; o <= incident.Unharmed; o++ {
		if t.has(outcomeTag(o)) {
			who.Outcome = incident.Known(o)
			known++
		}
	}
	if t.name != "#affected" || !stated || known != len(t.attributes) {
		return incident.Affected{}, fmt.Errorf("%q is no tag of people that vigil writes", t.written)
	}
	return who, nil
}
