package table

import (
	"strings"

	"vigil/internal/feed/grid"
	"vigil/internal/incident"
)

// sindFigure is a column that counts people.
type sindFigure struct {
	column  string
	outcome incident.Outcome
}

// figures are the columns of a kind of people by outcome, of which a file has some.
func figures(who string, more ...sindFigure) []sindFigure {
	return append([]sindFigure{
		{who + " Killed", incident.Killed},
		{who + " Injured", incident.Injured},
		{who + " Kidnapped", incident.Abducted},
		{who + " Arrested", incident.Detained},
	}, more...)
}

// sindCivilians are people who do not belong to the humanitarian community: health workers, teachers and pupils
// of a country, residents of camps. An aid worker who is a health worker stands among the aid workers.
var sindCivilians = [][]sindFigure{
	figures("Health Workers", sindFigure{"Health Workers Threatened", incident.Intimidated},
		sindFigure{"Health Workers Assaulted", incident.Assaulted}, sindFigure{"Health Workers Sexually Assaulted", incident.SexuallyAssaulted}),
	figures("Educators", sindFigure{"Sexual Violence Affecting School Age Children", incident.SexuallyAssaulted}),
	figures("Students"),
	{
		{"Camp Resident Killed", incident.Killed},
		{"Camp Resident Injured", incident.Injured},
		{"Camp Residents Kidnapped", incident.Abducted},
		{"Camp Residents Arrested", incident.Detained},
		{"Camp Residents Targeted with CRSV", incident.SexuallyAssaulted},
	},
}

// sindStaff are people of the humanitarian community: the providers of services in camps among them, in which
// the file does not tell organisations apart.
var sindStaff = [][]sindFigure{
	figures("Service Provider", sindFigure{"Service Provider Targeted with CRSV", incident.SexuallyAssaulted}),
	{{"Aid Health Workers Killed", incident.Killed}},
}

// sindAid are the aid workers, whose organisation a column names.
var sindAid = figures("Aid Workers")

// sindVictims are those of files that say in another column who they were.
var (
	sindCamp = figures("People Associated with Protection Programme",
		sindFigure{"People Associated with Protection Programme Targeted with CRSV", incident.SexuallyAssaulted})
	sindSurvivors = []sindFigure{
		{"Reported Deaths Following the Sexual Violence", incident.Killed}, {"Number of Reported Victims", incident.SexuallyAssaulted},
	}
)

// sindOrganisations give the population of aid workers. Where several organisations were hit it is unknown.
var sindOrganisations = map[string]incident.Population{
	"ingo": incident.PopulationNGO, "lngo": incident.PopulationNGO, "nngo": incident.PopulationNGO, "ngo": incident.PopulationNGO,
	"ingo, lngo": incident.PopulationNGO, "ingo, ngo": incident.PopulationNGO, "lngo, ngo": incident.PopulationNGO, "ingo, lngo, ngo": incident.PopulationNGO,
	"un agency": incident.PopulationUN, "un": incident.PopulationUN,
	"red cross (nat soc)": incident.PopulationRedCross, "red cross (icrc/ifrc)": incident.PopulationRedCross,
	"red cross (icrc/ifrc), red cross (nat soc)": incident.PopulationRedCross,
}

// aidWorkers are the victims in other columns who belong to the humanitarian community.
var aidWorkers = map[string]bool{"aid worker": true, "aid agency security guard": true, "service provider": true}

// sindPeople writes the figures of a row down, as its file counts them: who was kidnapped and killed stands
// among the kidnapped, and how many of them were killed among the details.
func (s *sheet) sindPeople(r *grid.Row) incident.Breakdown {
	var b incident.Breakdown
	for _, group := range sindCivilians {
		b = s.people(b, r, incident.PopulationCivilian, group)
	}
	for _, group := range sindStaff {
		b = s.people(b, r, incident.PopulationStaff, group)
	}
	b = s.people(b, r, s.organisation(r), sindAid)
	b = s.victims(b, r, "Victim of Violence", sindCamp)
	b = s.victims(b, r, "Survivor or Victim", sindSurvivors)
	if !counted(b) {
		return nil
	}
	b = together(b)
	b = append(b, missing(b)...)
	b = s.split(b, r, incident.Affected{Recruitment: incident.Known(incident.International)}, incident.Affected{Recruitment: incident.Known(incident.National)},
		incident.Affected{Recruitment: incident.Known(incident.RecruitmentUnknown)}, "International", "National")
	return s.split(b, r, incident.Affected{Sex: incident.Known(incident.Female)}, incident.Affected{Sex: incident.Known(incident.Male)},
		incident.Affected{Sex: incident.Known(incident.SexUnknown)}, "Female", "Male")
}

// people appends the figures of one kind of people that the table has columns for. An empty cell is Uncounted.
func (s *sheet) people(b incident.Breakdown, r *grid.Row, who incident.Population, group []sindFigure) incident.Breakdown {
	for _, f := range group {
		column := sindLayout.column(f.column)
		if !s.has(column) {
			continue
		}
		n, ok := s.number(r, column)
		if !ok {
			if f.outcome == incident.SexuallyAssaulted && s.cell(r, column) == "" {
				continue // it says nothing of any, and would restrict what the row does say
			}
			n = incident.Uncounted
		}
		b = append(b, incident.Affected{Population: incident.Known(who), Outcome: incident.Known(f.outcome), Count: n})
	}
	return b
}

func (s *sheet) organisation(r *grid.Row) incident.Population {
	cell := s.say(r, "Organisation Affected")
	if p, ok := sindOrganisations[fold(cell)]; ok {
		return p
	}
	for part := range strings.SplitSeq(cell, ",") {
		if _, ok := sindOrganisations[fold(part)]; !ok && strings.TrimSpace(part) != "" {
			s.once(r, sindLayout.column("Organisation Affected"), "%q is no code of Organisation Affected that vigil knows: whose staff it was counts as unknown", strings.TrimSpace(part))
		}
	}
	return incident.PopulationStaff
}

// victims appends figures of people whom another column describes. Where they were of both kinds, how many of
// each is not known, and how many there were is.
func (s *sheet) victims(b incident.Breakdown, r *grid.Row, description string, group []sindFigure) incident.Breakdown {
	staff, others := false, false
	for part := range strings.SplitSeq(s.cell(r, sindLayout.column(description)), ",") {
		word := fold(part)
		staff = staff || aidWorkers[word]
		others = others || word != "" && !aidWorkers[word]
	}
	switch {
	case staff && others:
		b = s.people(b, r, incident.PopulationAny, group)
		for _, p := range [...]incident.Population{incident.PopulationStaff, incident.PopulationCivilian} {
			for _, a := range s.people(nil, r, p, group) {
				if a.Count != 0 {
					a.Count = incident.Uncounted
				}
				b = append(b, a)
			}
		}
		return b
	case staff:
		return s.people(b, r, incident.PopulationStaff, group)
	default:
		return s.people(b, r, incident.PopulationCivilian, group)
	}
}

func counted(b incident.Breakdown) bool {
	for i := range b {
		if b[i].Count != incident.Uncounted {
			return true
		}
	}
	return false
}

// together adds up what counts the same people, pupils and teachers, where both were counted.
func together(b incident.Breakdown) incident.Breakdown {
	out := b[:0]
next:
	for _, a := range b {
		for n := range out {
			if sameKind(out[n], a) {
				out[n].Count += a.Count
				continue next
			}
		}
		out = append(out, a)
	}
	return out
}

// missing are the principal outcomes that no column counts, of each kind of people: they are unknown and not 0.
func missing(b incident.Breakdown) incident.Breakdown {
	var all incident.Breakdown
	for _, a := range b {
		for _, outcome := range [...]incident.Outcome{incident.Killed, incident.Injured, incident.Abducted, incident.Detained} {
			a.Outcome, a.Count = incident.Known(outcome), incident.Uncounted
			if !lists(b, a) && !lists(all, a) {
				all = append(all, a)
			}
		}
	}
	return all
}

// lists reports whether there is an entry for the same people, counted or not.
func lists(b incident.Breakdown, want incident.Affected) bool {
	for _, a := range b {
		a.Count = want.Count
		if a == want {
			return true
		}
	}
	return false
}

// split appends the aid workers by one more dimension: those of either side, and whoever is left unknown.
func (s *sheet) split(b incident.Breakdown, r *grid.Row, first, second, rest incident.Affected, firstWord, secondWord string) incident.Breakdown {
	if !s.has(sindLayout.column(firstWord + " Aid Workers Killed")) {
		return b
	}
	for _, f := range sindAid {
		total, ok := wholeNumber(s.cell(r, sindLayout.column(f.column)))
		if !ok {
			total = incident.Uncounted
		}
		left := total
		for _, side := range [...]struct {
			who  incident.Affected
			word string
		}{{first, firstWord}, {second, secondWord}} {
			column := sindLayout.column(side.word + " " + f.column)
			a := side.who
			a.Outcome = incident.Known(f.outcome)
			if a.Count, ok = s.number(r, column); !ok {
				a.Count = incident.Uncounted
			}
			if a.Count == incident.Uncounted || left == incident.Uncounted {
				left = incident.Uncounted
			} else if left -= a.Count; left < 0 {
				s.warn(r, column, "%s is %d and its parts make more: both are kept", f.column, total)
				left = 0
			}
			if a.Count != 0 {
				b = append(b, a)
			}
		}
		a := rest
		if a.Outcome, a.Count = incident.Known(f.outcome), left; left != 0 || total == 0 && f.outcome == incident.Killed {
			b = append(b, a)
		}
	}
	return b
}
