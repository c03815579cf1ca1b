package tuitest

import (
	"time"

	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// Convoy is a desk on which three sources tell of one shooting and a fourth may.
func Convoy() *Desk {
	d := Empty()
	say := func(source, id, grade string, ago time.Duration, killed, injured int, change func(i *incident.Incident)) {
		d.Arrive(Report{
			Source: source, ID: id, When: "2026-11-20T09:10:00Z", Received: ago, Country: "MLI", Place: "Ansongo", Admin1: "Gao",
			Act: incident.Shooting, Threat: incident.ArmedConflict,
			Affected: incident.Breakdown{
				{Recruitment: incident.Known(incident.National), Outcome: incident.Known(incident.Killed), Count: killed},
				{Recruitment: incident.Known(incident.National), Outcome: incident.Known(incident.Injured), Count: injured},
			},
			Change: func(i *incident.Incident) {
				i.Grade = safetext.Clean(grade)
				i.Details = safetext.Const("Nurses of a vaccination team shot at a checkpoint near the cattle market")
				i.Point, i.HasPoint = incident.Point{Lat: 15.66, Lon: 0.5}, true
				if change != nil {
					change(i)
				}
			},
		})
	}
	say("radio", "R-12", "C3", 4*time.Hour, 5, 1, nil)
	say("field", "F-7", "B2", 3*time.Hour, 2, 3, nil)
	say("acled", "MLI4711", "", 2*time.Hour, 2, 3, func(i *incident.Incident) { i.Act = incident.Known(incident.Killing) })
	say("press", "P-1", "", time.Hour, 1, 0, func(i *incident.Incident) {
		i.Occurred, _ = incident.ParseWhen("2026-11-19")
		i.Details = safetext.Const("Gunmen killed a nurse on the way home from the market, a driver said")
	})
	return d
}

// Patchy is a desk on which the best source of a shooting says next to nothing of it, and two others say more.
func Patchy() *Desk {
	d := Empty()
	say := func(source, id, grade, when string, ago time.Duration, change func(i *incident.Incident)) {
		d.Arrive(Report{
			Source: source, ID: id, When: when, Received: ago, Country: "MLI", Place: "Ansongo",
			Act: incident.Shooting, Threat: incident.ArmedConflict,
			Change: func(i *incident.Incident) {
				i.Grade = safetext.Clean(grade)
				i.Details = safetext.Const("Nurses of a vaccination team shot at a checkpoint near the cattle market")
				change(i)
			},
		})
	}
	say("field", "F-7", "A1", "2026-11-20", 3*time.Hour, func(*incident.Incident) {})
	say("radio", "R-12", "B2", "2026-11-20T09:10:00Z", 4*time.Hour, func(i *incident.Incident) {
		i.Admin1, i.Severity = safetext.Const("Gao"), incident.Known(incident.Severe)
	})
	say("acled", "MLI4711", "C3", "2026-11-20", 2*time.Hour, func(i *incident.Incident) {
		i.Point, i.HasPoint = incident.Point{Lat: 15.66, Lon: 0.5}, true
		i.Affected = incident.Breakdown{{
			Population: incident.Known(incident.PopulationNGO), Recruitment: incident.Known(incident.National), Outcome: incident.Known(incident.Killed), Count: 2,
		}}
	})
	return d
}
