package tuitest

import (
	"time"

	"vigil/internal/calendar"
	"vigil/internal/incident"
	"vigil/internal/presence"
	"vigil/internal/safetext"
)

// entry is one of the calendar, its times relative to Now.
func entry(line int, kind calendar.Kind, country, area, title string, from, length time.Duration) calendar.Entry {
	start := Now.Add(from)
	e := calendar.Entry{
		Title: safetext.Clean(title), Kind: kind, Area: safetext.Clean(area), Start: start, End: start.Add(length),
		Origin: incident.Origin{File: safetext.Const("calendar/plan.yaml"), Line: line},
	}
	if country != "" {
		e.Country = Country(country)
	}
	return e
}

// Expecting is the desk of Sahel with a calendar and a forecast: something overdue, something under way,
// something that recurs, dates, what is past and what was called off.
func Expecting() *Desk {
	d := Sahel()
	const day = 24 * time.Hour
	convoy := entry(1, calendar.Movement, "MLI", "Gao region", "MV3 Gao to Ansongo, 5 pax", -6*time.Hour, 5*time.Hour+23*time.Minute)
	curfew := entry(6, calendar.Curfew, "NER", "Tillabéri", "Curfew", -20*day+3*time.Hour+28*time.Minute, 9*time.Hour)
	curfew.Rule = &calendar.Rule{Freq: calendar.Daily}
	if zone, err := time.LoadLocation("Africa/Niamey"); err == nil {
		curfew.Zone = calendar.Zone{Location: zone}
	}
	election := entry(12, calendar.Election, "BFA", "", "Presidential election, first round, with a title that is longer than what most lists have room for", 0, 0)
	election.Start = time.Date(2026, 12, 6, 0, 0, 0, 0, time.UTC)
	election.End, election.AllDay = election.Start.AddDate(0, 0, 1), true
	visit := entry(17, calendar.Visit, "MLI", "Bamako", "Visit of the regional director", -90*time.Minute, 4*time.Hour)
	visit.Details = safetext.Const("Arrives by UNHAS")
	off := entry(22, calendar.Visit, "TCD", "", "Assessment mission", 2*day, 6*time.Hour)
	off.Cancelled = true
	arabic := entry(27, calendar.Task, "", "", "تقرير ثانٍ", 13*time.Minute, 0)
	past := entry(31, calendar.Curfew, "BFA", "Djibo", "Night curfew", -30*time.Hour, 8*time.Hour)
	d.Store.SetCalendar([]calendar.Entry{convoy, curfew, election, visit, off, arabic, past}, Now.Add(-time.Hour))
	track := func(id, sign, kind string, lat, lon, metres float64, age, valid time.Duration) {
		d.Store.TakePosition("radio", presence.Position{
			ID: safetext.Clean(id), Authority: safetext.Const("radio"), CallSign: presence.NewName(safetext.Clean(sign)), Kind: safetext.Clean(kind),
			Point: incident.Point{Lat: lat, Lon: lon}, HasPoint: true, Accuracy: metres, At: Now.Add(-age), Stale: Now.Add(valid - age),
			Origin: incident.Origin{File: safetext.Const("feeds/tracks.xml"), Line: 1},
		}, Now)
	}
	track("ANDROID-3", "Mike 3", "a-f-G-U-C", 15.9, 0.2, 12, 4*time.Minute, 10*time.Minute)
	track("ANDROID-7", "Mike 7", "a-f-G-E-V", 16.26, -0.05, 0, 3*time.Hour, 5*time.Minute)
	d.Store.SettleStock("radio", safetext.Const("feeds/tracks.xml"), Now)
	d.Arrive(Report{
		Source: "gdacs", ID: "TC 1000999", Received: 40 * time.Minute, Country: "MDG", Place: "Toamasina", Act: incident.Cyclone, Threat: incident.Hazard,
		Title: "Tropical cyclone to make landfall",
		Change: func(i *incident.Incident) {
			i.ExpectedFrom, i.ExpectedTo = incident.At(Now.Add(30*time.Hour)), incident.At(Now.Add(42*time.Hour))
			i.Severity = incident.Known(incident.Severe)
		},
	})
	return d
}
