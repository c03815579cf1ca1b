package exercise

import "vigil/internal/incident"

// area is a security level area of the exercise.
type area struct {
	country, name string
	level         int
	places        []string
	threats       [5]int // armed conflict, terrorism, crime, civil unrest, hazard
}

// The places are real, because a duty officer knows them; everything that happens there is invented.
var areas = []area{
	{"MLI", "Bamako district", 3, []string{"Bamako"}, [5]int{2, 3, 3, 3, 2}},
	{"MLI", "Mopti region", 5, []string{"Mopti", "Bandiagara"}, [5]int{5, 4, 3, 2, 2}},
	{"MLI", "Gao region", 5, []string{"Gao", "Ansongo"}, [5]int{4, 5, 3, 2, 2}},
	{"BFA", "Centre", 3, []string{"Ouagadougou"}, [5]int{2, 3, 3, 3, 1}},
	{"BFA", "Sahel region", 5, []string{"Dori", "Djibo"}, [5]int{5, 5, 3, 1, 2}},
	{"NER", "Niamey", 3, []string{"Niamey"}, [5]int{2, 2, 3, 3, 3}},
	{"NER", "Tillabéri region", 4, []string{"Tillabéri", "Ayorou"}, [5]int{4, 4, 3, 1, 2}},
	{"TCD", "N'Djamena", 3, []string{"N'Djamena"}, [5]int{2, 2, 3, 3, 2}},
	{"TCD", "Lac region", 4, []string{"Bol", "Baga Sola"}, [5]int{4, 4, 3, 1, 3}},
	{"MRT", "Nouakchott", 2, []string{"Nouakchott"}, [5]int{1, 2, 2, 2, 2}},
}

// towns are where the places are, as near as a town is a position. Some reports give none: see draw.
var towns = map[string]incident.Point{
	"Bamako": {Lat: 12.65, Lon: -8}, "Mopti": {Lat: 14.49, Lon: -4.19}, "Bandiagara": {Lat: 14.35, Lon: -3.61}, "Gao": {Lat: 16.27, Lon: -0.04},
	"Ansongo": {Lat: 15.66, Lon: 0.5}, "Ouagadougou": {Lat: 12.37, Lon: -1.52}, "Dori": {Lat: 14.03, Lon: -0.03}, "Djibo": {Lat: 14.1, Lon: -1.63},
	"Niamey": {Lat: 13.51, Lon: 2.11}, "Tillabéri": {Lat: 14.21, Lon: 1.45}, "Ayorou": {Lat: 14.73, Lon: 0.92}, "N'Djamena": {Lat: 12.11, Lon: 15.04},
	"Bol": {Lat: 13.46, Lon: 14.71}, "Baga Sola": {Lat: 13.53, Lon: 14.32}, "Nouakchott": {Lat: 18.08, Lon: -15.98},
}

func at(place string) (incident.Point, bool) {
	p, ok := towns[place]
	return p, ok
}

// post is a headcount of the exercise.
type post struct {
	country, area, organization, population, recruitment, sex string
	count                                                     int
}

func (p post) key() string {
	return p.country + p.area + p.organization + p.recruitment + p.sex
}

var posts = []post{
	{"MLI", "Gao region", "Agency A", "un", "national", "f", 21},
	{"MLI", "Gao region", "Agency A", "un", "national", "m", 44},
	{"MLI", "Gao region", "Agency A", "un", "international", "m", 3},
	{"MLI", "Bamako district", "Agency A", "un", "national", "f", 160},
	{"MLI", "Bamako district", "Agency A", "un", "national", "m", 214},
	{"MLI", "Bamako district", "Agency A", "un", "international", "f", 22},
	{"BFA", "Centre", "Agency B", "un", "national", "f", 120},
	{"BFA", "Centre", "Agency B", "un", "national", "m", 170},
	{"BFA", "Sahel region", "Partner C", "ngo", "national", "m", 35},
	{"NER", "Niamey", "Agency A", "un", "national", "f", 98},
	{"NER", "Niamey", "Agency A", "un", "international", "m", 14},
	{"TCD", "N'Djamena", "Agency B", "un", "national", "m", 140},
	{"TCD", "N'Djamena", "Agency B", "un", "international", "f", 9},
}

// happening is a kind of report that the scenario can bring.
type happening struct {
	act      incident.Act
	threat   incident.Threat
	target   string
	severity incident.Severity
	outcome  incident.Outcome // OutcomeAny: nobody was harmed
	most     int              // persons at the most
	title    string
	weight   int // how often, relative to the others
}

var happenings = []happening{
	{incident.ArmedRobbery, incident.Crime, "vehicle", incident.Moderate, incident.Robbed, 2, "Vehicle stopped and robbed", 6},
	{incident.Shooting, incident.ArmedConflict, "convoy", incident.Severe, incident.Injured, 2, "Shots at a convoy", 3},
	{incident.Abduction, incident.Terrorism, "convoy", incident.Critical, incident.Abducted, 3, "Staff taken from a convoy", 1},
	{incident.Bombing, incident.Terrorism, "vehicle", incident.Critical, incident.Killed, 2, "Vehicle hit a device", 1},
	{incident.Shelling, incident.ArmedConflict, "premises", incident.Severe, incident.OutcomeAny, 0, "Shelling near premises", 2},
	{incident.Protest, incident.CivilUnrest, "", incident.Minor, incident.OutcomeAny, 0, "Protest at the governor's office", 6},
	{incident.Burglary, incident.Crime, "premises", incident.Minor, incident.OutcomeAny, 0, "Break-in at a guest house", 5},
	{incident.Detention, incident.CivilUnrest, "personnel", incident.Moderate, incident.Detained, 1, "Staff held at a checkpoint", 2},
	{incident.Intimidation, incident.Crime, "personnel", incident.Minor, incident.Intimidated, 2, "Threats by telephone", 4},
	{incident.RoadAccident, incident.Crime, "vehicle", incident.Moderate, incident.Injured, 2, "Road accident", 3},
	{incident.AccessDenial, incident.ArmedConflict, "convoy", incident.Minor, incident.OutcomeAny, 0, "Convoy turned back", 4},
}

var hazards = []happening{
	{incident.Flood, incident.Hazard, "", incident.Moderate, incident.OutcomeAny, 0, "River above the alert mark", 3},
	{incident.Wildfire, incident.Hazard, "", incident.Minor, incident.OutcomeAny, 0, "Bush fire", 3},
	{incident.DiseaseOutbreak, incident.Hazard, "", incident.Moderate, incident.OutcomeAny, 0, "Cholera cases reported", 2},
}
