package geojson

import "vigil/internal/incident"

// pagerSeverities are the alert colours of USGS PAGER, which grade the losses that are to be expected:
// green none, yellow 1 to 99 deaths, orange 100 to 999, red 1,000 or more (or the losses in money that
// ask for as much help). Source: USGS, "PAGER: Earthquake Impact Scale".
var pagerSeverities = map[string]incident.Severity{
	"green": incident.Minor, "yellow": incident.Moderate, "orange": incident.Severe, "red": incident.Critical,
}

// magnitudeSeverities grade an earthquake that PAGER has not, by its magnitude alone: the first row whose
// magnitude it reaches. Neither its depth nor who lives there is considered, so that this is the worst
// it could be rather than what it was. Source: Michigan Technological University, UPSeis,
// "Earthquake Magnitude Scale", whose words stand beside.
var magnitudeSeverities = []struct {
	from     float64
	severity incident.Severity
}{
	{7.0, incident.Critical},   // 7.0 to 7.9 major, serious damage; from 8.0 great
	{6.1, incident.Severe},     // may cause a lot of damage in very populated areas
	{5.5, incident.Moderate},   // slight damage to buildings and other structures
	{2.5, incident.Minor},      // often felt, but only causes minor damage
	{-10, incident.Negligible}, // usually not felt, but can be recorded by seismograph
}

// magnitude limits: the smallest that a seismograph on the spot records is near -3, the largest ever
// recorded was 9.5.
const minMagnitude, maxMagnitude = -10, 10

// nature is what a type of event is to a duty desk.
type nature struct {
	threat incident.Threat
	act    incident.Act
	class  incident.Class
}

var (
	quake    = nature{incident.Hazard, incident.Earthquake, incident.Occurrence}
	hazard   = nature{incident.Hazard, incident.ActOther, incident.Occurrence}
	eruption = nature{incident.Hazard, incident.Volcano, incident.Occurrence}
	accident = nature{incident.ThreatUnknown, incident.OtherAccident, incident.Occurrence}
	// other is what a seismograph cannot explain: somebody may have done it.
	other = nature{incident.ThreatUnknown, incident.ActOther, incident.Occurrence}
	// routine is what seismographs record and nobody is warned of: it is listed as a report and is not
	// counted as something that happened.
	routine = nature{incident.ThreatUnknown, incident.ActOther, incident.Report}
)

// natures are the types of event that USGS publishes. Source: USGS ComCat, which takes the words of
// QuakeML 1.2 (EventType), and the words met in older feeds.
var natures = map[string]nature{
	"earthquake":                 quake,
	"induced or triggered event": quake,
	"volcanic eruption":          eruption,
	"volcanic explosion":         eruption,

	"landslide":           hazard,
	"submarine landslide": hazard,
	"rock slide":          hazard,
	"rockslide":           hazard,
	"debris avalanche":    hazard,
	"snow avalanche":      hazard,
	"avalanche":           hazard,
	"meteorite":           hazard,
	"meteor":              hazard,

	"building collapse":    accident,
	"mine collapse":        accident,
	"collapse":             accident,
	"accidental explosion": accident,
	"industrial explosion": accident,
	"plane crash":          {incident.ThreatUnknown, incident.AviationAccident, incident.Occurrence},
	"train crash":          accident,

	"explosion":          other,
	"chemical explosion": other,
	"nuclear explosion":  other,

	"quarry":                 routine,
	"quarry blast":           routine,
	"mining explosion":       routine,
	"rock burst":             routine,
	"rockburst":              routine,
	"experimental explosion": routine,
	"controlled explosion":   routine,
	"ice quake":              routine,
	"sonic boom":             routine,
	"acoustic noise":         routine,
	"anthropogenic event":    routine,
	"other event":            other,
	"other":                  other,
	"not reported":           other,
}
