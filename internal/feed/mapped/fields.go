package mapped

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"vigil/internal/feed/dates"
	"vigil/internal/incident"
)

// Fields that are no field of an incident and say how a source writes its times.
const (
	datesField = "dates"
	zoneField  = "zone"
	timeField  = "time" // of day, beside the date of occurred
	yearField  = "year" // the parts of occurred, where its date stands in several places
	monthField = "month"
	dayField   = "day"
)

// affectedPrefix begins the fields of people: "affected.ngo.killed", "affected.staff.national.f.injured".
const affectedPrefix = "affected."

// The words for people of whom the source says that it does not know, which is not the same as saying nothing.
const (
	populationUnknown  = "population_unknown"
	recruitmentUnknown = "recruitment_unknown"
	sexUnknown         = "sex_unknown"
	outcomeUnknown     = "outcome_unknown"
	everyone           = affectedPrefix + "all" // a column that is broken down by nothing, in what vigil writes
)

// People is who a field of people speaks of: "affected.ngo.national.killed".
func People(field string) (incident.Affected, error) {
	if field == everyone {
		return incident.Affected{}, nil
	}
	if !strings.HasPrefix(field, affectedPrefix) {
		return incident.Affected{}, fmt.Errorf("%q is no field of people", field)
	}
	return describe(field)
}

// PeopleField is the field of the people of a description: the inverse of [People], but for words that no vocabulary
// has, which count as unknown.
func PeopleField(who incident.Affected) string {
	var words []string
	switch p := who.Population.Value; p {
	case incident.PopulationAny:
	default:
		words = append(words, unknownAs(p.String(), populationUnknown))
	}
	for _, word := range [...]string{
		unknownAs(who.Recruitment.Value.String(), recruitmentUnknown), unknownAs(who.Sex.Value.String(), sexUnknown),
		unknownAs(who.Outcome.Value.String(), outcomeUnknown),
	} {
		if word != "" {
			words = append(words, word)
		}
	}
	if len(words) == 0 {
		return everyone
	}
	return affectedPrefix + strings.Join(words, ".")
}

func unknownAs(word, of string) string {
	if word == "unknown" {
		return of
	}
	return word
}

// vocabulary lists our words of a field and reads one; nil words are any text.
type vocabulary struct {
	words func() []string
	known func(string) bool
}

func listed[T ~uint8](words func() []string, parse func(string) incident.Coded[T]) vocabulary {
	return vocabulary{words, func(s string) bool { c := parse(s); return !c.Unlisted() }}
}

func fixed[T any](find func(string) (T, bool), words ...string) vocabulary {
	return vocabulary{func() []string { return words }, func(s string) bool { _, ok := find(s); return ok }}
}

// fields are all that a map can give, but for those of people.
var fields = map[string]vocabulary{
	"id": {}, "source": {}, "version": {},
	"type":     fixed(incident.LookupType, "new", "update", "cancel", "withdraw"),
	"class":    fixed(incident.LookupClass, "incident", "report"),
	"status":   fixed(incident.LookupStatus, "actual", "exercise", "test", "system", "draft"),
	"occurred": {}, "until": {}, "reported": {}, "expected_from": {}, "expected_to": {},
	"country": {}, "country.fips": {}, "admin1": {}, "place": {}, "lat": {}, "lon": {}, "point": {}, "accuracy_km": {},
	"threat":       listed(incident.ThreatWords, incident.ParseThreat),
	"act":          listed(incident.ActWords, incident.ParseAct),
	"target":       listed(incident.TargetWords, incident.ParseTarget),
	"holder":       listed(incident.HolderWords, incident.ParseHolder),
	"severity":     listed(incident.SeverityWords, incident.ParseSeverity),
	"verification": listed(incident.VerificationWords, incident.ParseVerification),
	"handling":     listed(incident.HandlingWords, incident.ParseHandling),
	"means":        {}, "actor": {}, "title": {}, "details": {}, "grade": {}, "no_onward": {}, "links": {},
	timeField: {}, yearField: {}, monthField: {}, dayField: {},
	datesField: fixed(dates.ParseOrder, "dmy", "mdy"),
	zoneField:  fixed(dates.Zone, "UTC", "+03:00"),
}

// Fields lists what a map can give, sorted; "affected" stands for all fields of people.
func Fields() []string { return append([]string{"affected"}, sorted(fields)...) }

// CheckField says what is wrong with a field of a map and the place that it names.
func CheckField(field, place string) error {
	v, ok := fields[field]
	switch {
	case strings.HasPrefix(field, affectedPrefix):
		if _, err := describe(field); err != nil {
			return err
		}
	case field == "affected":
	case !ok:
		return fmt.Errorf("%q is no field of an incident: write one of %s", field, strings.Join(Fields(), ", "))
	}
	text, fixed := constant(place)
	switch {
	case strings.TrimSpace(place) == "":
		return fmt.Errorf("%q has no column: write the heading, the tag or the path, or = and a text that holds for all records", field)
	case field == datesField && !fixed:
		return fmt.Errorf(`%q holds for all records: write "=dmy" where the day stands first, "=mdy" where the month does`, field)
	case fixed && v.words != nil:
		return CheckValue(field, text)
	default:
		return nil
	}
}

// CheckValue says what is wrong with our word for a word of the source. The empty word is unstated.
func CheckValue(field, word string) error {
	v, ok := fields[field]
	switch {
	case strings.HasPrefix(field, affectedPrefix), field == "affected":
		if _, ok := wholeNumber(word); !ok && word != "" {
			return fmt.Errorf("%q is no number of people", word)
		}
		return nil
	case !ok:
		return fmt.Errorf("%q is no field of an incident: write one of %s", field, strings.Join(Fields(), ", "))
	case v.words == nil || word == "" || v.known(word):
		return nil
	default:
		return fmt.Errorf("%q is no word of %s: write one of %s", word, field, strings.Join(v.words(), ", "))
	}
}

// persons is one figure that a map gives; a field without a place is one that it does not.
type persons struct {
	field string
	who   incident.Affected
}

// describe reads the words of a field of people, in any order.
func describe(field string) (a incident.Affected, err error) {
	for word := range strings.SplitSeq(strings.TrimPrefix(field, affectedPrefix), ".") {
		population, recruitment := incident.ParsePopulation(word), incident.ParseRecruitment(word)
		sex, outcome := incident.ParseSex(word), incident.ParseOutcome(word)
		switch word { // "unknown" alone does not say of what
		case populationUnknown:
			population = incident.Known(incident.PopulationUnknown)
		case recruitmentUnknown:
			recruitment = incident.Known(incident.RecruitmentUnknown)
		case sexUnknown:
			sex = incident.Known(incident.SexUnknown)
		case outcomeUnknown:
			outcome = incident.Known(incident.OutcomeUnknown)
		}
		var again bool
		switch {
		case word == "" || word == "unknown":
			return a, fmt.Errorf("%q: %q does not say of what: leave it out", field, word)
		case !population.Unlisted():
			again, a.Population = a.Population.Value != 0, population
		case !recruitment.Unlisted():
			again, a.Recruitment = a.Recruitment.Value != 0, recruitment
		case !sex.Unlisted():
			again, a.Sex = a.Sex.Value != 0, sex
		case !outcome.Unlisted():
			again, a.Outcome = a.Outcome.Value != 0, outcome
		default:
			return a, fmt.Errorf("%q: %q is no population (%s), recruitment (%s), sex (f, m) or outcome (%s)", field, word,
				strings.Join(incident.PopulationWords(), ", "), strings.Join(incident.RecruitmentWords(), ", "), strings.Join(incident.OutcomeWords(), ", "))
		}
		if again {
			return a, fmt.Errorf("%q: %q and another word say the same: write one of them", field, word)
		}
	}
	return a, nil
}

// principal are the outcomes that every screen shows.
var principal = [...]incident.Outcome{incident.Killed, incident.Injured, incident.Abducted, incident.Detained}

// personsOf lists the figures of a map, and those of the principal outcomes that it leaves open: a column of
// people killed says nothing of how many were injured.
func personsOf(fields map[string]string) []persons {
	var all []persons
	for _, field := range sorted(fields) {
		if field == "affected" || strings.HasPrefix(field, affectedPrefix) {
			who := incident.Affected{}
			if field != "affected" {
				who, _ = describe(field) // it was checked
			}
			all = append(all, persons{field, who})
		}
	}
	given := slices.Clone(all)
	for _, p := range given {
		if p.who.Outcome.Value == incident.OutcomeAny {
			continue
		}
		for _, outcome := range principal {
			missing := persons{who: p.who}
			missing.who.Outcome = incident.Known(outcome)
			if !slices.ContainsFunc(all, func(have persons) bool { return have.who == missing.who }) {
				all = append(all, missing)
			}
		}
	}
	return all
}

// contradicts says which figures cannot stand beside each other.
func contradicts(all []persons) error {
	for n, p := range all {
		for _, other := range all[:n] {
			switch {
			case p.field == "" || other.field == "":
			case p.who == other.who:
				return fmt.Errorf("%q and %q are the same people: keep one", other.field, p.field)
			case p.who.Outcome.Value == incident.OutcomeAny || other.who.Outcome.Value == incident.OutcomeAny:
			case p.who.Population.Value == incident.PopulationAny != (other.who.Population.Value == incident.PopulationAny):
				nobody, named := p.field, other.field
				if p.who.Population.Value != incident.PopulationAny {
					nobody, named = named, nobody
				}
				return fmt.Errorf("%q does not say whose people they are, and beside %q they are nobody's: write staff or another population into it", nobody, named)
			}
		}
	}
	return nil
}

// affected reads the figures of people. Where nobody counted anyone there are none.
func (r *reading) affected() {
	all := make(incident.Breakdown, 0, len(r.persons))
	counted := false
	for _, p := range r.persons {
		who := p.who
		who.Count = incident.Uncounted
		if p.field != "" {
			v := r.value(p.field)
			n, ok := wholeNumber(v)
			if ok = ok && n <= mostPeople; ok {
				who.Count, counted = int(n), true
			} else if v != "" {
				r.warn(p.field, "%q is no number of people: it is taken as unknown", v)
			}
		}
		all = append(all, who)
	}
	if counted {
		r.i.Affected = apart(all)
	}
}

// apart takes who is told apart off a figure of anybody: that is of everyone who was there, and the same person
// must not be counted twice.
func apart(all incident.Breakdown) incident.Breakdown {
	for n := range all {
		if !all[n].Population.Is(incident.PopulationAnybody) || all[n].Count == incident.Uncounted {
			continue
		}
		for _, other := range all {
			same := other
			same.Population, same.Count = all[n].Population, all[n].Count
			if same == all[n] && other.Population != all[n].Population && other.Population.Value != incident.PopulationAny && other.Count > 0 {
				all[n].Count = max(0, all[n].Count-other.Count)
			}
		}
	}
	return all
}

// mostPeople is more than there can be of anyone counted.
const mostPeople = 1_000_000_000

// wholeNumber reads a number from 0 up; "36.0" is 36.
func wholeNumber(s string) (n int64, ok bool) {
	const exact = 1 << 53 // beyond it not every whole number is a float
	f, ok := number(s)
	if !ok || f < 0 || f > exact || f != math.Trunc(f) {
		return 0, false
	}
	return int64(f), true
}

// number reads a finite number.
func number(s string) (f float64, ok bool) {
	f, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
	return f + 0, err == nil && !math.IsNaN(f) && !math.IsInf(f, 0) // + 0: there is no negative zero
}

// degrees reads a number whose point may be a comma, as some languages write it. In counts that would be
// dangerous: "1,000" is no 1.
func degrees(s string) (f float64, ok bool) {
	if strings.Count(s, ",") == 1 && !strings.Contains(s, ".") {
		s = strings.Replace(s, ",", ".", 1)
	}
	return number(s)
}

// pair reads a position in one text: "15.66, 0.5", or POINT (0.5 15.66) with the longitude first.
func pair(s string) (lat, lon string, ok bool) {
	inner, text := strings.CutPrefix(strings.ToUpper(strings.TrimSpace(s)), "POINT")
	inner = strings.Trim(strings.TrimSpace(inner), "()[]")
	between := ", \t"
	if strings.Contains(inner, ";") {
		between = "; \t" // then a comma is the point of a number
	}
	parts := strings.FieldsFunc(inner, func(r rune) bool { return strings.ContainsRune(between, r) })
	if len(parts) != 2 {
		return "", "", false
	}
	if text {
		return parts[1], parts[0], true
	}
	return parts[0], parts[1], true
}
