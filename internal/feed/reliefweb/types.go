package reliefweb

import (
	"strings"

	"vigil/internal/incident"
)

// hazard is what a type of disaster is to a duty desk.
type hazard struct {
	threat incident.Threat
	act    incident.Act
	// name is ReliefWeb's word, kept as the means where the act says less; empty where it says the same.
	name string
}

// hazards are the disaster types by their codes. Source: ReliefWeb's taxonomy of disaster types, and the hazards of
// GLIDE numbers (glidenumber.net), whose codes ReliefWeb uses. A complex emergency is no hazard: people make it,
// in which way its code does not say.
var hazards = map[string]hazard{
	"AC": {incident.Hazard, incident.OtherAccident, "Technological Disaster"},
	"AV": {incident.Hazard, incident.ActOther, "Snow Avalanche"},
	"CE": {incident.ThreatUnknown, incident.ActOther, "Complex Emergency"},
	"CW": {incident.Hazard, incident.ActOther, "Cold Wave"},
	"DR": {incident.Hazard, incident.Drought, ""},
	"EC": {incident.Hazard, incident.Cyclone, "Extratropical Cyclone"},
	"EP": {incident.Hazard, incident.DiseaseOutbreak, ""},
	"EQ": {incident.Hazard, incident.Earthquake, ""},
	"ET": {incident.Hazard, incident.ActOther, "Extreme Temperature"},
	"FA": {incident.Hazard, incident.ActOther, "Famine"},
	"FF": {incident.Hazard, incident.Flood, "Flash Flood"},
	"FL": {incident.Hazard, incident.Flood, ""},
	"FR": {incident.Hazard, incident.Arson, "Fire"},
	"HT": {incident.Hazard, incident.ActOther, "Heat Wave"},
	"IN": {incident.Hazard, incident.ActOther, "Insect Infestation"},
	"LS": {incident.Hazard, incident.ActOther, "Land Slide"},
	"MS": {incident.Hazard, incident.ActOther, "Mud Slide"},
	"OT": {incident.Hazard, incident.ActOther, "Other"},
	"SL": {incident.Hazard, incident.ActOther, "Slide"},
	"SS": {incident.Hazard, incident.Flood, "Storm Surge"},
	"ST": {incident.Hazard, incident.ActOther, "Severe Local Storm"},
	"TC": {incident.Hazard, incident.Cyclone, ""},
	"TO": {incident.Hazard, incident.ActOther, "Tornado"},
	"TS": {incident.Hazard, incident.Tsunami, ""},
	"VO": {incident.Hazard, incident.Volcano, ""},
	"VW": {incident.Hazard, incident.ActOther, "Violent Wind"},
	"WF": {incident.Hazard, incident.Wildfire, ""},
	"WV": {incident.Hazard, incident.ActOther, "Wave/Surge"},
}

// typeNames are the names of the types, for contents that leave out the codes.
var typeNames = map[string]string{
	"technological disaster": "AC", "snow avalanche": "AV", "complex emergency": "CE", "cold wave": "CW", "drought": "DR",
	"extratropical cyclone": "EC", "epidemic": "EP", "earthquake": "EQ", "extreme temperature": "ET", "famine": "FA",
	"flash flood": "FF", "flood": "FL", "fire": "FR", "heat wave": "HT", "insect infestation": "IN", "land slide": "LS",
	"landslide": "LS", "mud slide": "MS", "mudslide": "MS", "other": "OT", "slide": "SL", "storm surge": "SS",
	"severe local storm": "ST", "tropical cyclone": "TC", "tornado": "TO", "tsunami": "TS", "volcano": "VO",
	"violent wind": "VW", "wild fire": "WF", "wildfire": "WF", "wave/surge": "WV",
}

// ongoing says of each status whether the disaster lasts. An archived alert came to nothing, or was followed
// up under another name; an external disaster is described elsewhere. Source: the API's documentation, and
// the statuses met.
var ongoing = map[string]bool{
	"ongoing": true, "current": true, "alert": true,
	"past": false, "alert-archive": false, "archive": false, "external": false, "external-archive": false,
}

// typeCode is the code of a type by its code or its name.
func typeCode(code, name string) (string, bool) {
	code = strings.ToUpper(code)
	if _, ok := hazards[code]; ok {
		return code, true
	}
	code, ok := typeNames[strings.ToLower(name)]
	return code, ok
}
