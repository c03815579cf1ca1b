package voice

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"vigil/internal/incident"
	"vigil/internal/saying"
)

// maxPeople is more people than one incident can affect.
const maxPeople = 1_000_000_000

var errPeople = saying.Errorf(`write how many, who and what became of them, such as "2 national ngo abducted, 1 f killed"; "?" for how many nobody knows`)

// peopleWords are further words for what the vocabularies have.
var peopleWords = map[string]string{
	"nat": "national", "int": "international", "intl": "international",
	"female": "f", "woman": "f", "women": "f", "male": "m", "man": "m", "men": "m",
	"dead": "killed", "deaths": "killed", "wounded": "injured", "hurt": "injured", "kidnapped": "abducted", "taken": "abducted", "arrested": "detained",
	"unharmed": "none", "safe": "none", "near-miss": "none", "civilians": "civilian", "contractors": "contractor",
	"people": "", "persons": "", "person": "", "of": "", "the": "",
}

// setPeople reads who was affected: entries with commas between them, each a number and words of the vocabularies of population,
// recruitment, sex and outcome, in any order. What an entry does not say is not broken down; a number that is not there or "?" is not
// known, which is not 0. "unknown-sex" and the like say that it is unknown.
func setPeople(i *incident.Incident, text string, _ time.Time) (string, error) {
	i.Affected = nil
	if text == "" {
		return "", nil
	}
	var list incident.Breakdown
	for part := range strings.SplitSeq(strings.ReplaceAll(strings.ReplaceAll(text, ";", ","), " and ", ","), ",") {
		fields := strings.Fields(strings.ToLower(part))
		if len(fields) == 0 {
			continue
		}
		a, err := entry(fields)
		if err != nil {
			return "", err
		}
		list = append(list, a)
	}
	if len(list) == 0 {
		return "", errPeople
	}
	i.Affected = together(list)
	return peopleSaid(i.Affected), nil
}

// together gives all entries the same dimensions: what one of them says and another does not is unknown of that other. Entries
// that are broken down otherwise would speak of the same people again, and of those who are killed the finest would say 0.
func together(list incident.Breakdown) incident.Breakdown {
	var population, recruitment, sex, outcome bool
	for i := range list {
		population = population || list[i].Population.Value != incident.PopulationAny
		recruitment = recruitment || list[i].Recruitment.Value != incident.RecruitmentAny
		sex = sex || list[i].Sex.Value != incident.SexAny
		outcome = outcome || list[i].Outcome.Value != incident.OutcomeAny
	}
	list = slices.Clone(list)
	for i := range list {
		fill(population, &list[i].Population, incident.PopulationUnknown)
		fill(recruitment, &list[i].Recruitment, incident.RecruitmentUnknown)
		fill(sex, &list[i].Sex, incident.SexUnknown)
		fill(outcome, &list[i].Outcome, incident.OutcomeUnknown)
	}
	return list
}

func fill[T ~uint8](broken bool, to *incident.Coded[T], unknown T) {
	if broken && to.Value == 0 {
		*to = incident.Known(unknown)
	}
}

func entry(words []string) (incident.Affected, error) {
	a := incident.Affected{Count: incident.Uncounted}
	counted, staff := false, false
	for _, w := range words {
		if n, err := strconv.ParseInt(w, 10, 64); err == nil || w == "?" {
			if counted {
				return a, saying.Errorf("two numbers in one entry: put a comma between entries; %s", errPeople)
			}
			if n < 0 || n > maxPeople {
				return a, saying.Errorf("%s is no number of people", w)
			}
			counted = true
			if w != "?" {
				a.Count = int(n)
			}
			continue
		}
		if w == incident.PopulationStaff.String() { // "staff of the ngo" is the ngo's
			staff = true
			continue
		}
		if other, is := peopleWords[w]; is {
			w = other
		}
		if w != "" && !describe(&a, w) {
			return a, saying.Errorf("%q is not understood; %s", w, errPeople)
		}
	}
	if staff && a.Population.Value == incident.PopulationAny {
		a.Population = incident.Known(incident.PopulationStaff)
	}
	return a, nil
}

// describe takes one word of an entry. A dimension that was given already is a mistake.
func describe(a *incident.Affected, w string) bool {
	if dimension, is := strings.CutPrefix(w, "unknown-"); is {
		w = "unknown"
		return set(dimension == "population", &a.Population, incident.ParsePopulation, w) ||
			set(dimension == "recruitment", &a.Recruitment, incident.ParseRecruitment, w) ||
			set(dimension == "sex", &a.Sex, incident.ParseSex, w) ||
			set(dimension == "outcome", &a.Outcome, incident.ParseOutcome, w)
	}
	if w == "unknown" { // of what?
		return false
	}
	return set(true, &a.Outcome, incident.ParseOutcome, w) || set(true, &a.Recruitment, incident.ParseRecruitment, w) ||
		set(true, &a.Sex, incident.ParseSex, w) || set(true, &a.Population, incident.ParsePopulation, w)
}

func set[T ~uint8](may bool, to *incident.Coded[T], parse func(string) incident.Coded[T], w string) bool {
	if !may || to.Value != 0 {
		return false
	}
	c := parse(w)
	if c.Unlisted() {
		return false
	}
	*to = c
	return true
}

// peopleSaid is how the entries were understood, with what none of them says.
func peopleSaid(list incident.Breakdown) string {
	sex, recruitment := false, false
	for i := range list {
		sex = sex || list[i].Sex.Value != incident.SexAny
		recruitment = recruitment || list[i].Recruitment.Value != incident.RecruitmentAny
	}
	text := peopleText(list)
	switch {
	case !sex && !recruitment:
		text += "; neither recruitment nor sex said"
	case !sex:
		text += "; sex not said"
	case !recruitment:
		text += "; recruitment not said"
	}
	if list.MayHarmStaff() && !list.HarmsStaff() {
		text += "; not said whether staff"
	}
	return text
}

func peopleText(list incident.Breakdown) string {
	var parts []string
	for i := range list {
		a := &list[i]
		words := []string{"?"}
		if a.Count != incident.Uncounted {
			words[0] = strconv.Itoa(a.Count)
		}
		words = append(words, dimension(a.Recruitment, a.Recruitment.Value.String(), "recruitment")...)
		words = append(words, dimension(a.Population, a.Population.Value.String(), "population")...)
		words = append(words, dimension(a.Sex, a.Sex.Value.String(), "sex")...)
		words = append(words, dimension(a.Outcome, a.Outcome.Value.String(), "outcome")...)
		parts = append(parts, strings.Join(words, " "))
	}
	return strings.Join(parts, ", ")
}

func dimension[T ~uint8](c incident.Coded[T], word, name string) []string {
	switch {
	case c.Value == 0:
		return nil
	case c.Unlisted(), word == "unknown":
		return []string{"unknown-" + name}
	}
	return []string{word}
}

// PeopleWords are the words that an entry of people may hold, for completing.
func PeopleWords() []string {
	var list []string
	for _, words := range [][]string{incident.OutcomeWords(), incident.RecruitmentWords(), incident.PopulationWords(), incident.SexWords()} {
		for _, w := range words {
			if w != "unknown" {
				list = append(list, w)
			}
		}
	}
	return append(list, "unknown-population", "unknown-recruitment", "unknown-sex", "unknown-outcome")
}
