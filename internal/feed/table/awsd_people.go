package table

import (
	"vigil/internal/feed/grid"
	"vigil/internal/incident"
)

// AWSD gives margins of one table that it does not show: people by population, by recruitment and
// outcome, by outcome, and by sex. They stay margins: in the full export at least two of them
// vary in 198 rows, and nothing says how they go together.

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
func awsdPeople(s *sheet, r *grid.Row, i *incident.Incident) {
	for column := awsdUN; column <= awsdSexUnknown; column++ {
		s.number(r, column) // only to warn, once, of what is no number
	}
	const usual = 4 // entries of most rows
	parts := make(incident.Breakdown, 0, usual)
	for _, cells := range [][]cellOf{awsdPopulations, awsdOutcomes, awsdSexes} {
		parts = s.margin(parts, r, cells)
	}
	i.Affected = parts
	for _, totals := range [][]cellOf{awsdRecruitmentTotals, awsdOutcomeTotals, awsdTotal} {
		if s.adds(r, parts, totals) {
			i.Affected = s.margin(i.Affected, r, totals)
		}
	}
	if len(i.Affected) == 0 {
		i.Affected = nil // nobody counted anything
	}
}

// margin appends one breakdown. Columns of the same people are added up; an empty cell and a column
// that is not there are Uncounted. Where nothing was counted there is no breakdown.
func (s *sheet) margin(to incident.Breakdown, r *grid.Row, cells []cellOf) incident.Breakdown {
	begin, counted := len(to), false
	for _, c := range cells {
		entry := c.people
		n, ok := wholeNumber(s.cell(r, c.column))
		counted = counted || ok
		if entry.Count = n; !ok {
			entry.Count = incident.Uncounted
		}
		switch last := len(to) - 1; {
		case last >= begin && sameKind(to[last], entry):
			to[last].Count += entry.Count
		case entry.Count != 0:
			to = append(to, entry)
		}
	}
	switch {
	case !counted:
		return to[:begin]
	case len(to) == begin: // all are 0, which the first may say for all
		return append(to, cells[0].people)
	default:
		return to
	}
}

// sameKind reports whether two entries count the same people, both counted.
func sameKind(a, b incident.Affected) bool {
	if a.Count == incident.Uncounted || b.Count == incident.Uncounted {
		return false
	}
	a.Count = b.Count
	return a == b
}

// adds reports whether the totals say more than the parts: a figure that the parts do not know,
// or another one, which is warned of.
func (s *sheet) adds(r *grid.Row, parts incident.Breakdown, totals []cellOf) bool {
	more := false
	for _, c := range totals {
		n, ok := wholeNumber(s.cell(r, c.column))
		if !ok {
			continue
		}
		sum, known := parts.Figure(incident.Cut{Recruitment: c.people.Recruitment.Value, Outcome: c.people.Outcome.Value})
		if known && sum == n {
			continue
		}
		more = true
		if known {
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
