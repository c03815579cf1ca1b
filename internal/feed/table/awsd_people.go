package table

import (
	"vigil/internal/incident"
)

// AWSD gives margins of one table that it does not show: people by population, by recruitment and
// outcome, by outcome, and by sex. They stay margins: in the full export at least two of them
// vary in 198 rows, and nothing says how they go together. All names of a cell that are UN, NGO
// and so on are staff.

// cellOf is a column that counts people of one description.
type cellOf struct {
	column int
	people incident.Affected
}

// awsdPopulations: international and national organisations are one population, and so is the
// Red Cross and Red Crescent.
var awsdPopulations = []cellOf{
	{awsdUN, incident.Affected{Population: incident.Known(incident.PopulationUN)}},
	{awsdINGO, incident.Affected{Population: incident.Known(incident.PopulationNGO)}},
	{awsdNNGO, incident.Affected{Population: incident.Known(incident.PopulationNGO)}},
	{awsdICRC, incident.Affected{Population: incident.Known(incident.PopulationRedCross)}},
	{awsdNRCS, incident.Affected{Population: incident.Known(incident.PopulationRedCross)}},
	{awsdOther, incident.Affected{Population: incident.Known(incident.PopulationOther)}},
}

func outcome(r incident.Recruitment, o incident.Outcome) incident.Affected {
	return incident.Affected{Recruitment: incident.Known(r), Outcome: incident.Known(o)}
}

var awsdOutcomes = []cellOf{
	{awsdNationalsKilled, outcome(incident.National, incident.Killed)},
	{awsdNationalsWounded, outcome(incident.National, incident.Injured)},
	{awsdNationalsKidnapped, outcome(incident.National, incident.Abducted)},
	{awsdNationalsDetained, outcome(incident.National, incident.Detained)},
	{awsdInternationalsKilled, outcome(incident.International, incident.Killed)},
	{awsdInternationalsWounded, outcome(incident.International, incident.Injured)},
	{awsdInternationalsKidnapped, outcome(incident.International, incident.Abducted)},
	{awsdInternationalsDetained, outcome(incident.International, incident.Detained)},
}

var awsdSexes = []cellOf{
	{awsdMale, incident.Affected{Sex: incident.Known(incident.Male)}},
	{awsdFemale, incident.Affected{Sex: incident.Known(incident.Female)}},
	{awsdSexUnknown, incident.Affected{Sex: incident.Known(incident.SexUnknown)}},
}

// The totals say what the sums of the above say, unless a column is not there or a sum is wrong.
var awsdRecruitmentTotals = []cellOf{
	{awsdNationals, incident.Affected{Recruitment: incident.Known(incident.National)}},
	{awsdInternationals, incident.Affected{Recruitment: incident.Known(incident.International)}},
}

var awsdOutcomeTotals = []cellOf{
	{awsdKilled, incident.Affected{Outcome: incident.Known(incident.Killed)}},
	{awsdWounded, incident.Affected{Outcome: incident.Known(incident.Injured)}},
	{awsdKidnapped, incident.Affected{Outcome: incident.Known(incident.Abducted)}},
	{awsdDetained, incident.Affected{Outcome: incident.Known(incident.Detained)}},
}

var awsdTotal = []cellOf{{awsdAffected, incident.Affected{}}}

// awsdPeople writes the margins down. A margin lists who is not 0, and at least one entry, so that
// the others are known to be 0. A total is written only where it says what its parts do not.
func awsdPeople(s *sheet, r *row, i *incident.Incident) {
	i.Affected = append(i.Affected, s.margin(r, awsdPopulations)...)
	i.Affected = append(i.Affected, s.margin(r, awsdOutcomes)...)
	i.Affected = append(i.Affected, s.margin(r, awsdSexes)...)
	parts := i.Affected
	for _, totals := range [][]cellOf{awsdRecruitmentTotals, awsdOutcomeTotals, awsdTotal} {
		if entries := s.margin(r, totals); s.adds(r, parts, totals) {
			i.Affected = append(i.Affected, entries...)
		}
	}
}

// margin is one breakdown. Columns of the same people are added up; an empty cell and a column
// that is not there are Uncounted. Where nothing was counted there is no breakdown.
func (s *sheet) margin(r *row, cells []cellOf) incident.Breakdown {
	var all incident.Breakdown
	counted := false
	for _, c := range cells {
		entry := c.people
		n, ok := s.number(r, c.column)
		counted = counted || ok
		if entry.Count = n; !ok {
			entry.Count = incident.Uncounted
		}
		if last := len(all) - 1; last >= 0 && sameKind(all[last], entry) {
			all[last].Count += entry.Count
			continue
		}
		all = append(all, entry)
	}
	if !counted {
		return nil
	}
	return withoutZeros(all)
}

// sameKind reports whether two entries count the same people, both counted.
func sameKind(a, b incident.Affected) bool {
	if a.Count == incident.Uncounted || b.Count == incident.Uncounted {
		return false
	}
	a.Count = b.Count
	return a == b
}

// withoutZeros leaves out who is 0, but for the first if all are.
func withoutZeros(all incident.Breakdown) incident.Breakdown {
	var some incident.Breakdown
	for _, a := range all {
		if a.Count != 0 {
			some = append(some, a)
		}
	}
	if len(some) == 0 {
		return all[:1:1]
	}
	return some
}

// adds reports whether the totals say more than the parts: a figure that the parts do not know,
// or another one, which is warned of.
func (s *sheet) adds(r *row, parts incident.Breakdown, totals []cellOf) bool {
	more := false
	for _, c := range totals {
		n, ok := wholeNumber(s.cell(r, c.column)) // margin has warned of what is no number
		if !ok {
			continue
		}
		sum, known := parts.Figure(incident.Cut{Recruitment: c.people.Recruitment.Value, Outcome: c.people.Outcome.Value})
		if !known {
			more = true
		} else if sum != n {
			more = true
			s.warn(r, c.column, "%s is %d and its parts make %d: both are kept, and the parts are counted",
				s.layout.columns[c.column].header, n, sum)
		}
	}
	return more
}

func anyone(i *incident.Incident, o incident.Outcome) bool {
	n, known := i.Affected.Outcome(o)
	return known && n > 0
}
