package table

import (
	"strings"

	"vigil/internal/feed/grid"
	"vigil/internal/incident"
)

// The codes of ACLED, of its codebook of 2024 and of the exports of 2016, capitals and space around a word aside.

// acledTimePrecisions: 1 the day, 2 the week, 3 the month.
var acledTimePrecisions = map[string]int{"": 1, "1": 1, "2": 2, "3": 3}

// acledAccuracies is how far from its position an event may have been, in kilometres. ACLED gives no distances:
// 1 is the town itself, 2 a part of a region by a town in it, 3 a region by its capital, and these are what
// districts and provinces are across.
var acledAccuracies = map[string]float64{"": 0, "1": 0, "2": 25, "3": 100}

// side is what an actor is.
type side uint8

// The sides, in the order of ACLED's numbers.
const (
	noSide side = iota
	stateForces
	rebels
	politicalMilitia
	identityMilitia
	rioters
	protesters
	civilians
	externalForces
)

var acledSideWords = [...]string{
	"", "state forces", "rebel group", "political militia", "identity militia", "rioters", "protesters", "civilians", "external or other forces",
}

// acledInters has the numbers, which exports had until 2024, and the words.
var acledInters = map[string]side{
	"": noSide, "0": noSide, "none": noSide,
	"1": stateForces, "state forces": stateForces,
	"2": rebels, "rebel group": rebels, "rebel groups": rebels, "rebel forces": rebels,
	"3": politicalMilitia, "political militia": politicalMilitia, "political militias": politicalMilitia,
	"4": identityMilitia, "identity militia": identityMilitia, "identity militias": identityMilitia, "communal militia": identityMilitia,
	"5": rioters, "rioters": rioters,
	"6": protesters, "protesters": protesters,
	"7": civilians, "civilians": civilians,
	"8": externalForces, "external/other forces": externalForces, "external forces": externalForces, "other forces": externalForces,
}

// acledEvent is what an event of a type is.
type acledEvent struct {
	act    incident.Act
	lethal incident.Act // where somebody died; ActUnknown is act
	threat incident.Threat
	by     bool         // the threat is that of acledThreats, by who did it
	crowd  incident.Act // where rioters did it; ActUnknown is act
}

// acledEvents gives what an event is by type and sub-type, or by the type alone (that of 2016, or one without
// a sub-type).
//
// A battle is the use of arms between two sides. Strategic developments are what ACLED notes of a conflict beside
// events: they harm nobody by themselves, and are what their sub-type says, else other.
var acledEvents = map[string]acledEvent{
	"battles":                                     {act: incident.Shooting, threat: incident.ArmedConflict},
	"battles/armed clash":                         {act: incident.Shooting, threat: incident.ArmedConflict},
	"battles/government regains territory":        {act: incident.Shooting, threat: incident.ArmedConflict},
	"battles/non-state actor overtakes territory": {act: incident.Shooting, threat: incident.ArmedConflict},
	"battle-no change of territory":               {act: incident.Shooting, threat: incident.ArmedConflict},
	"battle-government regains territory":         {act: incident.Shooting, threat: incident.ArmedConflict},
	"battle-non-state actor overtakes territory":  {act: incident.Shooting, threat: incident.ArmedConflict},

	"explosions/remote violence":                                   {act: incident.Bombing, threat: incident.ArmedConflict},
	"explosions/remote violence/air/drone strike":                  {act: incident.AerialAttack, threat: incident.ArmedConflict},
	"explosions/remote violence/chemical weapon":                   {act: incident.ActOther, threat: incident.ArmedConflict},
	"explosions/remote violence/grenade":                           {act: incident.Bombing, threat: incident.ArmedConflict},
	"explosions/remote violence/remote explosive/landmine/ied":     {act: incident.Bombing, threat: incident.ArmedConflict},
	"explosions/remote violence/shelling/artillery/missile attack": {act: incident.Shelling, threat: incident.ArmedConflict},
	"explosions/remote violence/suicide bomb":                      {act: incident.Bombing, threat: incident.Terrorism},
	"remote violence": {act: incident.Bombing, threat: incident.ArmedConflict},

	"violence against civilians":                                {act: incident.Assault, lethal: incident.Killing, by: true},
	"violence against civilians/attack":                         {act: incident.Assault, lethal: incident.Killing, by: true},
	"violence against civilians/abduction/forced disappearance": {act: incident.Abduction, by: true},
	"violence against civilians/sexual violence":                {act: incident.SexualViolence, by: true},

	"protests":                                    {act: incident.Protest, threat: incident.CivilUnrest},
	"protests/peaceful protest":                   {act: incident.Protest, threat: incident.CivilUnrest},
	"protests/protest with intervention":          {act: incident.Protest, threat: incident.CivilUnrest},
	"protests/excessive force against protesters": {act: incident.Protest, threat: incident.CivilUnrest},
	"riots":                       {act: incident.Riot, threat: incident.CivilUnrest},
	"riots/violent demonstration": {act: incident.Riot, threat: incident.CivilUnrest},
	"riots/mob violence":          {act: incident.Riot, threat: incident.CivilUnrest},
	"riots/protests":              {act: incident.Protest, crowd: incident.Riot, threat: incident.CivilUnrest},

	"strategic developments":                                   {act: incident.ActOther},
	"strategic development":                                    {act: incident.ActOther},
	"strategic developments/agreement":                         {act: incident.ActOther},
	"strategic developments/arrests":                           {act: incident.Detention},
	"strategic developments/change to group/activity":          {act: incident.ActOther, threat: incident.ArmedConflict},
	"strategic developments/disrupted weapons use":             {act: incident.ActOther, threat: incident.ArmedConflict},
	"strategic developments/headquarters or base established":  {act: incident.ActOther, threat: incident.ArmedConflict},
	"strategic developments/looting/property destruction":      {act: incident.Looting},
	"strategic developments/non-violent transfer of territory": {act: incident.ActOther, threat: incident.ArmedConflict},
	"strategic developments/other":                             {act: incident.ActOther},
	"headquarters or base established":                         {act: incident.ActOther, threat: incident.ArmedConflict},
	"non-violent transfer of territory":                        {act: incident.ActOther, threat: incident.ArmedConflict},
}

// acledThreats is the threat category of violence against civilians by who did it, in the words of the United
// Nations Security Level System: terrorism is violence of groups against civilians for a political aim, which
// rebels and political militias have by ACLED's definition of them; armed conflict that of armed forces, and between
// communities; civil unrest that of crowds. Of anyone else it is not known.
var acledThreats = map[side]incident.Threat{
	stateForces: incident.ArmedConflict, externalForces: incident.ArmedConflict, identityMilitia: incident.ArmedConflict,
	rebels: incident.Terrorism, politicalMilitia: incident.Terrorism,
	rioters: incident.CivilUnrest, protesters: incident.CivilUnrest,
}

// acledHolders is who holds the people of an abduction or arrest. Whether forces from abroad are those of a
// state is in no column.
var acledHolders = map[side]incident.Holder{
	stateForces: incident.HolderState, rebels: incident.HolderNonState, politicalMilitia: incident.HolderNonState,
	identityMilitia: incident.HolderNonState, rioters: incident.HolderNonState, civilians: incident.HolderNonState,
}

// acledNature reads what happened.
func acledNature(s *sheet, r *grid.Row, i *incident.Incident) {
	kind, sub := s.cell(r, acledType), s.cell(r, acledSubType)
	event, known := acledEvents[fold(kind+"/"+sub)]
	column, word := acledSubType, sub
	if !known {
		if event, known = acledEvents[fold(kind)]; !known {
			column, word = acledType, kind
		}
		if word != "" {
			s.once(r, column, "%q is no code of %s that vigil knows: it is kept and counts as %s", word,
				s.layout.columns[column].header, map[bool]string{true: "the event_type alone says", false: "unknown"}[known])
		}
	}
	by, _ := acledInters[strings.ToLower(s.cell(r, acledInter1))]
	deaths, _ := wholeNumber(s.cell(r, acledFatalities))
	act, threat := event.act, event.threat
	if deaths > 0 && event.lethal != incident.ActUnknown {
		act = event.lethal
	}
	if by == rioters && event.crowd != incident.ActUnknown {
		act = event.crowd
	}
	if event.by {
		threat = acledThreats[by]
	}
	i.Act, i.Threat = incident.Known(act), incident.Known(threat)
	if !known {
		i.Act = incident.ParseAct(s.text.Line(kind).String())
	}
	if act == incident.Abduction || act == incident.Detention {
		i.Holder = incident.Known(incident.HolderUnknown)
		if holder, ok := acledHolders[by]; ok {
			i.Holder = incident.Known(holder)
		}
	}
	if strings.Contains(fold(s.cell(r, acledAssociate1)+" "+s.cell(r, acledAssociate2)), "aid workers") {
		i.Target = incident.Known(incident.TargetPersonnel)
	}
	if sub != "" {
		kind += ": " + sub
	}
	i.Means = s.text.Line(kind)
}

// fold makes words equal that differ in capitals and space, around slashes too.
func fold(s string) string {
	parts := strings.Split(strings.ToLower(s), "/")
	for n := range parts {
		parts[n] = strings.Join(strings.Fields(parts[n]), " ")
	}
	return strings.TrimSuffix(strings.Join(parts, "/"), "/")
}
