package table

import (
	"strings"

	"vigil/internal/feed/grid"
	"vigil/internal/incident"
)

// The codes of Insecurity Insight, as its files of 2016 to 2024 write them, capitals and space around a word
// aside. Its codebooks (attributes.csv and schema.csv of the HDX scraper) name the columns; the words are those that stand
// in the files.

// sindNothing are the words that say that nothing is known.
var sindNothing = map[string]bool{
	"": true, "no information": true, "noinformation": true, "not applicable": true, "notapplicable": true, "notanswered": true,
	"no direct victim reported": true, "none": true, "null": true, "censored": true, "re-code in db": true, "unspecified": true,
}

// sindAccuracies is how far from its position an event may have been, in kilometres. 25 km is what (2) says; of the
// others the file gives the kind of place, and these are what such places are across.
var sindAccuracies = map[string]float64{
	"": 0, "(1)": 5, "(2)": 25, "(3)": 50, "(4)": 150, "(5)": 50, "(6)": 500, "(7)": 100,
}

// sindWeapons give the act that a weapon says by itself. Firearms and knives are also carried by people who do not use
// them: what was done with them stands in the figures.
var sindWeapons = map[string]incident.Act{
	"": incident.ActUnknown, "no information on the weapon used": incident.ActUnknown, "not applicable: no direct violence": incident.ActUnknown,
	"unarmed perpetrator": incident.ActUnknown, "other weapon": incident.ActUnknown, "no information": incident.ActUnknown,
	"firearms": incident.ActUnknown, "fire arm blunt use": incident.ActUnknown, "knife": incident.ActUnknown, "fist and foot": incident.ActUnknown,
	"stones, sticks and gravel": incident.ActUnknown, "tasers, live and rubber bullets": incident.ActUnknown, "chemical or hot liquid": incident.ActUnknown,

	"aerial bomb: plane": incident.AerialAttack, "aerial bomb: drone": incident.AerialAttack, "aerial bomb: missile": incident.AerialAttack,
	"aerial bomb: helicopter": incident.AerialAttack, "aerial bomb: no information on platform type": incident.AerialAttack, "aerial bomb": incident.AerialAttack,
	"barrel bomb": incident.AerialAttack, "cluster bomb": incident.AerialAttack,
	"shelling": incident.Shelling, "artillery": incident.Shelling, "mortar": incident.Shelling, "rocket": incident.Shelling,
	"missile": incident.Shelling, "rpg": incident.Shelling, "tank shell": incident.Shelling,
	"hand grenade": incident.Bombing, "grenade": incident.Bombing, "unspecified explosive": incident.Bombing, "unspecified ied": incident.Bombing, "ied": incident.Bombing,
	"vbied": incident.Bombing, "svied": incident.Bombing, "rcied": incident.Bombing, "remote-controlled ied": incident.Bombing, "suicide vest": incident.Bombing,
	"mine": incident.Landmine, "landmine": incident.Landmine, "uxo": incident.Landmine, "erw": incident.Landmine,
	"arson": incident.Arson,
}

// sindFirearms are the weapons with which people are shot.
var sindFirearms = map[string]bool{"firearms": true, "tasers, live and rubber bullets": true}

// sindWar are the acts that need weapons of war.
var sindWar = map[incident.Act]bool{incident.AerialAttack: true, incident.Shelling: true, incident.Landmine: true}

// sindBy gives the kind of perpetrator, as for AWSD.
var sindBy = map[string]perpetrator{
	"": {actorUnknown, incident.HolderUnknown}, "no information": {actorUnknown, incident.HolderUnknown},
	"other": {actorUnknown, incident.HolderUnknown}, "multiple": {actorUnknown, incident.HolderUnknown}, "political party": {actorUnknown, incident.HolderUnknown},
	"host government: military":                              {hostState, incident.HolderState},
	"host government/self-declared host government":          {hostState, incident.HolderUnknown},
	"armed forces of government/self-declared government":    {hostState, incident.HolderUnknown},
	"armed forces of government or self-declared government": {hostState, incident.HolderUnknown},
	"government/self-declared government":                    {hostState, incident.HolderUnknown},
	"police":                                                 {hostState, incident.HolderState},
	"administration":                                         {hostState, incident.HolderState},
	"milcombatant":                                           {actorUnknown, incident.HolderUnknown},
	"donor government":                                       {foreignForces, incident.HolderState},
	"foreign forces: military":                               {foreignForces, incident.HolderState},
	"foreign forces - military":                              {foreignForces, incident.HolderState},
	"nsa":                                                    {armedGroup, incident.HolderNonState},
	"vigilante":                                              {armedGroup, incident.HolderNonState},
	"criminal":                                               {criminal, incident.HolderNonState},
	"protestors":                                             {crowd, incident.HolderNonState}, "protesters": {crowd, incident.HolderNonState},
	"civilian": {private, incident.HolderNonState}, "camp resident": {private, incident.HolderNonState},
	"community member": {private, incident.HolderNonState}, "staff worker": {private, incident.HolderNonState},
	"employee": {private, incident.HolderNonState}, "patient or family": {private, incident.HolderNonState},
}

// sindDone is what a figure above 0 says was done, in the order in which they are asked. What people suffered says more than
// what was damaged.
var sindDone = []struct {
	columns []string
	act     incident.Act
}{
	{[]string{
		"Aid Workers Kidnapped", "Health Workers Kidnapped", "Educators Kidnapped", "Students Kidnapped", "Camp Residents Kidnapped",
		"Service Provider Kidnapped", "People Associated with Protection Programme Kidnapped",
	}, incident.Abduction},
	{[]string{
		"Aid Workers Arrested", "Health Workers Arrested", "Educators Arrested", "Students Arrested", "Camp Residents Arrested",
		"Service Provider Arrested", "People Associated with Protection Programme Arrested",
	}, incident.Detention},
	{sindDeaths, incident.Killing}, // or Shooting: see act
	{sindInjuries, incident.Assault},
	{[]string{
		"Health Workers Sexually Assaulted", "Sexual Violence Affecting School Age Children", "Camp Residents Targeted with CRSV",
		"Service Provider Targeted with CRSV", "People Associated with Protection Programme Targeted with CRSV",
	}, incident.SexualViolence},
	{[]string{"Health Workers Assaulted"}, incident.Assault},
	{[]string{"Health Workers Threatened"}, incident.ThreatMade},
	{[]string{"Health Transportation Stolen/Hijacked"}, incident.Hijacking},
	{[]string{"Looting/Theft/Robbery/Burglary of Health Supplies"}, incident.Looting},
	{[]string{"Arson attack on education facility"}, incident.Arson},
	{[]string{
		"Number of Attacks on Health Facilities Reporting Destruction", "Number of Attacks on Health Facilities Reporting Damaged",
		"Forceful Entry into Health Facility", "Occupation of Health Facility",
	}, incident.AttackOnMedical},
	{[]string{
		"Attacks on Schools", "Attacks on Universities", "Military Occupation of Education facility", "Forced Entry into education facility",
		"Damage/Destruction To Ed facility Event", "Number of Attacks on Camps Reporting Destruction", "Number of Attacks on Camps Reporting Damaged",
	}, incident.AttackOnPremises},
	{[]string{
		"Attacks on Persons Collecting Water", "Attacks on People Driving Water Transportation Vehicles", "Attacks on Water-Utility Workers",
	}, incident.Assault},
	{[]string{"Number Of Attacks Where Water Infrastructure Was Looted"}, incident.Looting},
	{[]string{
		"Number Of Attacks Damaging/Destroying Water Infrastructure", "Number Of Attacks Where Water Infrastructure Was Contaminated",
		"Forceful Entry Into Water Infrastructure", "Take-Over Of Water Infrastructure",
	}, incident.AttackOnPremises},
	{[]string{"Number Of Attacks Where Water Infrastructure Was Obstructed", "Number Of Attacks Where Water Infrastructure Was Disrupted"}, incident.AccessDenial},
	{[]string{"Health Transportation Destroyed", "Health Transportation Damaged"}, incident.AttackOnVehicle},
	{[]string{"Access Denied or Obstructed"}, incident.AccessDenial},
}

var (
	sindDeaths = []string{
		"Aid Workers Killed", "Health Workers Killed", "Aid Health Workers Killed", "Educators Killed", "Students Killed",
		"Camp Resident Killed", "Service Provider Killed", "People Associated with Protection Programme Killed",
	}
	sindInjuries = []string{
		"Aid Workers Injured", "Health Workers Injured", "Educators Injured", "Students Injured", "Camp Resident Injured",
		"Service Provider Injured", "People Associated with Protection Programme Injured",
	}
)

// sindInfrastructure gives what was hit in the file on food, and the act where nothing else tells it.
var sindInfrastructure = map[string]struct {
	target incident.Target
	act    incident.Act
}{
	"convoy": {incident.TargetConvoy, incident.AttackOnConvoy}, "aircraft": {incident.TargetAircraft, incident.ActUnknown},
	"vehicle": {incident.TargetVehicle, incident.AttackOnVehicle}, "lorry": {incident.TargetVehicle, incident.AttackOnVehicle},
	"motorcycle": {incident.TargetVehicle, incident.AttackOnVehicle}, "ambulance": {incident.TargetMedical, incident.AttackOnVehicle},
	"hospital": {incident.TargetMedical, incident.AttackOnMedical}, "clinic": {incident.TargetMedical, incident.AttackOnMedical},
	"healthcentre": {incident.TargetMedical, incident.AttackOnMedical},
	"warehouse":    {incident.TargetPremises, incident.AttackOnPremises}, "project site": {incident.TargetPremises, incident.AttackOnPremises},
	"building": {incident.TargetPremises, incident.AttackOnPremises}, "compound": {incident.TargetPremises, incident.AttackOnPremises},
	"guesthouse": {incident.TargetPremises, incident.AttackOnPremises}, "residence": {incident.TargetPremises, incident.AttackOnPremises},
	"school no further details": {incident.TargetOther, incident.AttackOnPremises}, "school primary": {incident.TargetOther, incident.AttackOnPremises},
	"school secondary": {incident.TargetOther, incident.AttackOnPremises},
	"food supplies":    {incident.TargetOther, incident.ActUnknown}, "food assistance": {incident.TargetOther, incident.ActUnknown},
	"equipment": {incident.TargetOther, incident.ActUnknown}, "not applicable": {incident.TargetUnstated, incident.ActUnknown},
	"": {incident.TargetUnstated, incident.ActUnknown},
}

// sindOffices are the places of which the attack on aid workers is one on their premises.
var sindOffices = map[string]bool{"compound or office building": true, "compound/office building": true, "warehouse": true}

// sindCode is what the codes of one row come to.
type sindCode struct {
	act    incident.Act
	target incident.Target
	threat incident.Threat
	holder incident.Holder
	holds  bool
	means  string
	s      *sheet
}

func (s *sheet) sindCodes(r *grid.Row) *sindCode {
	c := &sindCode{s: s}
	weapons, words := s.weapons(r)
	c.means = strings.Join(words, ", ")
	by, ok := sindBy[fold(s.cell(r, sindLayout.column("Reported Perpetrator")))]
	if cell := s.cell(r, sindLayout.column("Reported Perpetrator")); !ok {
		s.once(r, sindLayout.column("Reported Perpetrator"), "%q is no kind of perpetrator that vigil knows: it is kept and counts as unknown", cell)
		by.holder = incident.HolderUnknown
	}
	c.act = s.act(r, weapons, words)
	c.target = s.target(r)
	c.threat = s.threat(r, by.actor, weapons, words, c.act)
	c.holder = by.holder
	for _, done := range sindDone[:2] { // kidnapped or arrested, whatever else was done
		c.holds = c.holds || s.any(r, done.columns)
	}
	return c
}

func (c *sindCode) apply(i *incident.Incident) {
	i.Act, i.Threat, i.Target = incident.Known(c.act), incident.Known(c.threat), incident.Known(c.target)
	i.Means = c.s.text.Line(c.means)
}

// any reports whether one of the figures is above 0.
func (s *sheet) any(r *grid.Row, columns []string) bool {
	for _, header := range columns {
		if s.count(r, header) > 0 || fold(s.cell(r, sindLayout.column(header))) == "yes" {
			return true
		}
	}
	return false
}

// weapons reads the list of weapons, and the act of the first that is one by itself. Some names hold commas.
func (s *sheet) weapons(r *grid.Row) (act incident.Act, words []string) {
	for _, header := range [...]string{"Weapon Carried/Used", "Explosive Weapon Type"} {
		column := sindLayout.column(header)
		rest := fold(s.cell(r, column))
		for rest != "" {
			word := longestWeapon(rest)
			if word == "" {
				word, _, _ = strings.Cut(rest, ",")
				s.once(r, column, "%q is no weapon that vigil knows: it is kept and says nothing of the act", word)
			}
			if is := sindWeapons[word]; act == incident.ActUnknown || sindWar[is] && !sindWar[act] {
				act = is
			}
			words = append(words, word)
			rest = strings.TrimLeft(rest[len(word):], ", ")
		}
	}
	if launch := fold(s.cell(r, sindLayout.column("Launch Type"))); strings.HasPrefix(launch, "air") {
		act = incident.AerialAttack
	} else if strings.HasPrefix(launch, "directly") && act == incident.ActUnknown {
		act = incident.Bombing
	}
	return act, words
}

// longestWeapon is the longest name that a list begins with.
func longestWeapon(list string) string {
	best := ""
	for name := range sindWeapons {
		if len(name) > len(best) && strings.HasPrefix(list, name) && (len(list) == len(name) || list[len(name)] == ',') {
			best = name
		}
	}
	return best
}

// act is what was done: sexual violence in the file of it; else what a weapon of war or fire says; else what the
// figures say.
func (s *sheet) act(r *grid.Row, weapon incident.Act, words []string) incident.Act {
	if s.has(sindLayout.column("Type of SV")) || s.has(sindLayout.column("SV Context")) {
		return incident.SexualViolence
	}
	if weapon != incident.ActUnknown {
		return weapon
	}
	shot := false
	for _, word := range words {
		shot = shot || sindFirearms[word]
	}
	for _, done := range sindDone {
		if !s.any(r, done.columns) {
			continue
		}
		if shot && (done.act == incident.Killing || done.act == incident.Assault) && (s.any(r, sindDeaths) || s.any(r, sindInjuries)) {
			return incident.Shooting
		}
		return done.act
	}
	if act := s.typeOfIncident(r); act != incident.ActUnknown {
		return act
	}
	for part := range strings.SplitSeq(s.cell(r, sindLayout.column("Infrastructure Affected")), ",") {
		if what := sindInfrastructure[fold(part)]; what.act != incident.ActUnknown {
			return what.act
		}
	}
	return incident.ActUnknown
}

// sindIncidents are the types of incident of the file on children. A minor who was killed or maimed is one or the other.
var sindIncidents = map[string]incident.Act{
	"attack on school": incident.AttackOnPremises, "attack on children's hospital": incident.AttackOnMedical, "attack on hospital": incident.AttackOnMedical,
	"attack on maternal health care service": incident.AttackOnMedical, "minor killed or maimed": incident.ActUnknown,
	"minor affected by conflict-related sexual violence (crsv)": incident.SexualViolence, "minor abducted": incident.Abduction,
	"minor kidnapped": incident.Abduction, "minor arrested": incident.Detention, "denial of humanitarian access": incident.AccessDenial,
}

// typeOfIncident is the act of the types of a row: sexual violence wherever it stands, else the first that is one.
func (s *sheet) typeOfIncident(r *grid.Row) incident.Act {
	column := sindLayout.column("Incident Type")
	first := incident.ActUnknown
	for part := range strings.SplitSeq(s.cell(r, column), ",") {
		word := fold(part)
		act, ok := sindIncidents[word]
		switch {
		case strings.Contains(word, "sexual"):
			return incident.SexualViolence
		case !ok && word != "":
			s.once(r, column, "%q is no type of incident that vigil knows: it is kept and says nothing of the act", strings.TrimSpace(part))
		case first == incident.ActUnknown:
			first = act
		}
	}
	return first
}

// target is what was hit.
func (s *sheet) target(r *grid.Row) incident.Target {
	column := sindLayout.column("Infrastructure Affected")
	for part := range strings.SplitSeq(s.cell(r, column), ",") {
		what, ok := sindInfrastructure[fold(part)]
		if !ok {
			s.once(r, column, "%q is no code of Infrastructure Affected that vigil knows: what was hit counts as unknown", strings.TrimSpace(part))
		}
		if what.target != incident.TargetUnstated {
			return what.target
		}
	}
	sector := fold(s.cell(r, sindLayout.column("Sector Affected")))
	switch file := s.file(); {
	case file == "aid" && sindOffices[fold(s.cell(r, sindLayout.column("Location of Incident")))]:
		return incident.TargetPremises
	case file == "aid", strings.Contains(sector, "aid operations"), aidWorkers[fold(s.cell(r, sindLayout.column("Survivor or Victim")))]:
		return incident.TargetPersonnel
	case file == "health", strings.Contains(sector, "health"):
		return incident.TargetMedical
	case file == "education", strings.Contains(sector, "education"):
		return incident.TargetOther
	default:
		return incident.TargetUnstated
	}
}

// threat gives the category by what the codes say, as for AWSD; there is no column of motives. Where they do not
// settle it, it is unknown: a shooting by an armed group could be any of them.
func (s *sheet) threat(r *grid.Row, by actor, weapon incident.Act, words []string, act incident.Act) incident.Threat {
	suicide := false
	for _, word := range words {
		suicide = suicide || word == "svied" || word == "vbied"
	}
	switch {
	case sindWar[weapon]:
		return incident.ArmedConflict // weapons of war, and what war leaves
	case suicide && by == armedGroup:
		return incident.Terrorism // the means of terrorism
	case by == criminal:
		return incident.Crime
	case by == crowd:
		return incident.CivilUnrest
	case by == private && weapon == incident.ActUnknown && act != incident.Detention:
		return incident.Crime // a private person with no means of war
	case by == foreignForces && (act == incident.Shooting || act == incident.Bombing):
		return incident.ArmedConflict
	case fold(s.cell(r, sindLayout.column("Conflict-Related Violence"))) == "conflictevent" && act != incident.Detention:
		return incident.ArmedConflict // its publisher says so
	default:
		return incident.ThreatUnknown
	}
}
