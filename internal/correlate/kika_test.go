package correlate_test

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"vigil/internal/country"
	"vigil/internal/feed/feedtest"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// kika reads Insecurity Insight's file of aid workers killed, injured, kidnapped or arrested.
func kika(tb testing.TB) desk {
	tb.Helper()
	var rows []map[string]any
	if err := json.Unmarshal(feedtest.Real(tb, "insecurity-insight/aidWorkerKIKA.json"), &rows); err != nil {
		tb.Fatal(err)
	}
	var d desk
	for _, r := range rows {
		cell := func(name string) string { s, _ := r[name].(string); return strings.TrimSpace(s) }
		count := func(name string) int { n, _ := strconv.Atoi(cell(name)); return n }
		i := &incident.Incident{
			Identity: incident.Identity{Authority: safetext.Const("insecurity_insight"), ID: safetext.Clean(fmt.Sprint(r["SiND Event ID"]))},
			Admin1:   safetext.Clean(cell("Admin 1")), Details: safetext.Clean(cell("Event Description")),
		}
		if at, err := time.Parse(time.DateOnly, cell("Date")); err == nil {
			i.Occurred = incident.When{Start: at, Precision: incident.ToDate}
		}
		if c, ok := country.Parse(cell("Country ISO")); ok {
			i.Countries = []country.Code{c}
		}
		lat, errLat := strconv.ParseFloat(cell("Latitude"), 64)
		lon, errLon := strconv.ParseFloat(cell("Longitude"), 64)
		if errLat == nil && errLon == nil {
			i.Point, i.HasPoint = incident.Point{Lat: lat, Lon: lon}, true
		}
		precision := cell("Geo Precision")
		i.Accuracy = map[string]float64{"(2)": 25, "(3)": 50, "(4)": 200, "(5)": 100, "(6)": 1000}[precision[:min(3, len(precision))]]
		for _, o := range []struct {
			column string
			is     incident.Outcome
		}{{"Killed", incident.Killed}, {"Injured", incident.Injured}, {"Kidnapped", incident.Abducted}, {"Arrested", incident.Detained}} {
			i.Affected = append(i.Affected, incident.Affected{Outcome: incident.Known(o.is), Count: count("Aid Workers " + o.column)})
		}
		i.Act = incident.Known(kikaAct(cell("Weapon Carried/Used"), count))
		i.Affected = append(i.Affected, kikaPopulation(cell("Organisation Affected")))
		d = append(d, i)
	}
	return d
}

func kikaAct(weapon string, count func(string) int) incident.Act {
	switch {
	case count("Aid Workers Kidnapped") > 0:
		return incident.Abduction
	case count("Aid Workers Arrested") > 0:
		return incident.Detention
	case strings.HasPrefix(weapon, "Aerial"):
		return incident.AerialAttack
	case strings.Contains(weapon, "IED"):
		return incident.Bombing
	case strings.Contains(weapon, "Shelling"), strings.Contains(weapon, "Artillery"), strings.Contains(weapon, "Missile"), strings.Contains(weapon, "Rocket"), strings.Contains(weapon, "Mortar"):
		return incident.Shelling
	case strings.Contains(weapon, "mine"):
		return incident.Landmine
	case weapon == "Firearms":
		return incident.Shooting
	case strings.Contains(weapon, "Knife"), strings.Contains(weapon, "Fist"), strings.Contains(weapon, "Unarmed"):
		return incident.Assault
	default:
		return incident.ActUnknown
	}
}

func kikaPopulation(s string) incident.Affected {
	p := incident.PopulationUnknown
	switch {
	case strings.Contains(s, "UN Agency"):
		p = incident.PopulationUN
	case strings.Contains(s, "NGO"):
		p = incident.PopulationNGO
	case strings.Contains(s, "Red Cross"):
		p = incident.PopulationRedCross
	}
	return incident.Affected{Population: incident.Known(p), Count: incident.Uncounted}
}
