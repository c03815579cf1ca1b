package plain

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"vigil/internal/background"
	"vigil/internal/country"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/level"
	"vigil/internal/picture"
	"vigil/internal/presence"
	"vigil/internal/problem"
	"vigil/internal/risk"
	"vigil/internal/safetext"
)

// now is the time of every picture here.
var now = time.Date(2026, 11, 20, 14, 32, 7, 0, time.UTC)

const (
	hour = time.Hour
	day  = 24 * time.Hour
)

func ago(d time.Duration) time.Time { return now.Add(-d) }

func when(s string) incident.When {
	w, err := incident.ParseWhen(s)
	if err != nil {
		panic(err)
	}
	return w
}

// room is a desk in memory.
type room struct {
	*picture.Store
	line int
}

func newRoom(exercise bool) *room {
	s := picture.NewStore(picture.Options{
		Desk:      picture.Desk{Name: safetext.Const("Sahel"), Exercise: exercise},
		Countries: []picture.CountryOption{{Code: country.MLI}, {Code: country.MRT}},
		Risk:      risk.Default(),
	})
	return &room{Store: s}
}

func (r *room) source(name, format string, p health.Profile, f health.Facts) {
	r.Configure(name, picture.SourceInfo{
		Name: safetext.Clean(name), Format: safetext.Clean(format), Path: safetext.Clean("feeds/" + name), Profile: p,
	})
	r.Observe(name, f)
}

type edit func(*incident.Incident)

// say brings a record, received so long before now.
func (r *room) say(source, id, occurred string, received time.Duration, edits ...edit) {
	i := &incident.Incident{
		Identity: incident.Identity{Authority: safetext.Clean(source), ID: safetext.Clean(id)},
		Occurred: when(occurred), Countries: []country.Code{country.MLI},
		Threat: incident.Known(incident.Terrorism), Act: incident.Known(incident.Abduction),
	}
	for _, e := range edits {
		e(i)
	}
	r.line++
	a := picture.Arrival{
		Incident: i, Source: source, Received: ago(received),
		Origin: incident.Origin{File: safetext.Clean("feeds/" + source), Line: r.line, Offset: int64(r.line), Generation: 1},
	}
	r.Arrive(a)
	r.Finish(source, a.Origin.File, a.Received) // of a source that is read whole
}

func in(codes ...country.Code) edit {
	return func(i *incident.Incident) { i.Countries = codes }
}

func titled(s string) edit { return func(i *incident.Incident) { i.Title = safetext.Clean(s) } }

func of(t incident.Threat, a incident.Act) edit {
	return func(i *incident.Incident) { i.Threat, i.Act = incident.Known(t), incident.Known(a) }
}

func harming(o incident.Outcome, n int) edit {
	return func(i *incident.Incident) {
		i.Affected = append(i.Affected, incident.Affected{
			Population: incident.Known(incident.PopulationNGO), Recruitment: incident.Known(incident.National),
			Outcome: incident.Known(o), Count: n,
		})
	}
}

func restrict(i *incident.Incident) { i.Handling = incident.Known(incident.Restricted) }

var everything = health.Set(incident.Threats()...)

// beside brings what an authority advises and what a publisher counted.
func (r *room) beside() {
	none := health.Profile{Expect: 60 * day, Memory: health.Complete}
	looked := health.Facts{LastAttempt: ago(time.Minute), LastSuccess: ago(time.Minute)}
	r.source("travel", "us-state", none, looked)
	r.TakeAdvisory("travel", level.Advisory{
		Country: country.MLI, Authority: safetext.Const("US State Department"), Scheme: safetext.Const("us-state"),
		Level: 4, Max: 4, Label: safetext.Const("Do Not Travel"), Updated: when("2026-10-02"),
		Link: safetext.Const("https://example.org/mali"), Origin: incident.Origin{File: safetext.Const("feeds/travel"), Line: 1},
	}, ago(hour))
	r.SettleStock("travel", safetext.Const("feeds/travel"), ago(hour))
	r.source("hapi", "hapi", none, looked)
	for _, area := range []string{"Gao", "Mopti"} {
		r.TakeRate("hapi", background.Rate{
			Authority: safetext.Const("hapi"), Country: country.MLI, Admin1: safetext.Clean(area), Kind: safetext.Const("political_violence"),
			Period: incident.Interval{Start: when("2026-10-01").Start, End: when("2026-11-01").Start}, Events: 21, Fatalities: 40,
			Origin: incident.Origin{File: safetext.Const("feeds/hapi"), Line: 1},
		}, ago(hour))
	}
	r.SettleStock("hapi", safetext.Const("feeds/hapi"), ago(hour))
}

// sahel has one of everything: what is known, known in part, unknown, stale, failed, blind, expired,
// restricted and in conflict.
func sahel(exercise bool) *room {
	r := newRoom(exercise)
	r.source("radio", "native", health.Profile{
		Expect: 12 * hour, Covers: everything,
		Countries: []country.Code{country.MLI, country.BFA},
	}, health.Facts{LastAttempt: ago(time.Minute), LastSuccess: ago(time.Minute)})
	r.source("awsd", "awsd", health.Profile{
		Expect: 40 * day, Lag: 180 * day, Memory: health.Complete, Covers: health.Set(health.Deliberate()...),
	}, health.Facts{LastAttempt: ago(hour), LastSuccess: ago(hour), ContentTime: ago(50 * day)})
	r.beside()
	r.source("border", "native", health.Profile{
		Expect: hour, Covers: health.Set(incident.Crime), Countries: []country.Code{country.NER},
	}, health.Facts{LastAttempt: ago(time.Minute), LastSuccess: ago(time.Minute), Heartbeat: ago(10 * time.Minute)})
	r.source("gdacs", "gdacs", health.Profile{
		Expect: 2 * hour, Lag: hour, Reach: day, Memory: health.Forgets, Covers: health.Set(incident.Hazard),
		Countries: []country.Code{country.NER, country.MRT},
	}, health.Facts{
		LastAttempt: ago(time.Minute), LastSuccess: ago(3 * hour), ContentTime: ago(3 * hour),
		Failure: safetext.Const("feeds/gdacs: permission denied: let the group of vigil read it"),
	})
	r.source("new", "", health.Profile{}, health.Facts{LastAttempt: ago(time.Minute)})
	r.incidents(exercise)
	r.levels()
	r.people()
	return r
}

func (r *room) incidents(exercise bool) {
	mark := func(i *incident.Incident) {
		if exercise {
			i.Status = incident.Exercise
		}
	}
	say := func(source, id, occurred string, received time.Duration, edits ...edit) {
		r.say(source, id, occurred, received, append(edits, mark)...)
	}
	say("radio", "R-0001", "2024-02-01", 800*day, harming(incident.Injured, 1))
	for n := range 14 {
		at := ago(time.Duration(40+25*n) * day)
		say("radio", fmt.Sprintf("R-01%02d", n), at.Format(time.DateOnly), now.Sub(at)-2*day, harming(incident.Injured, 1))
	}
	say("radio", "R-0412", "2026-11-20T14:21:00Z", 4*time.Minute, titled("Two drivers of a convoy taken"),
		harming(incident.Abducted, 2), func(i *incident.Incident) {
			i.Place, i.Admin1, i.Grade = safetext.Const("Ansongo"), safetext.Const("Gao"), safetext.Const("C3")
			i.Severity = incident.Known(incident.Severe)
		})
	say("radio", "R-0411", "2026-11", 20*hour, in(country.MLI, country.BFA), of(incident.Crime, incident.ArmedRobbery))
	say("radio", "R-0410", "2026-11-18", 30*hour, titled("\u062d\u0627\u062f\u062b"), of(incident.ArmedConflict, incident.Shelling), harming(incident.Killed, 3))
	say("radio", "R-0410", "2026-11-18", 29*hour, of(incident.ArmedConflict, incident.Shelling), harming(incident.Killed, 1))
	say("radio", "R-0409", "", 9*hour, of(incident.Crime, incident.Theft))
	say("radio", "R-0408", "2026-11-19T08:00:00Z", 26*hour, titled("Content that nobody but the lead may see"), restrict)
	say("radio", "R-0407", "2026-11-19T10:00:00Z", 25*hour, of(incident.Hazard, incident.Flood), func(i *incident.Incident) {
		i.Ongoing, i.Severity = true, incident.Known(incident.Moderate)
	})
	say("border", "B-7", "2026-11-17", 2*day, in(country.NER), of(incident.Crime, incident.Burglary))
	say("gdacs", "TC-100", "2026-11-20T06:00:00Z", 8*hour, in(country.NER), of(incident.Hazard, incident.Cyclone), func(i *incident.Incident) { i.Ongoing = true })
	r.line++
	r.Reject("radio", incident.Origin{File: safetext.Const("feeds/radio"), Line: r.line, Generation: 1}, []problem.Problem{{
		File: safetext.Const("feeds/radio"), Line: r.line, Column: 17,
		Message: safetext.Const("occurred is \"yesterday\": write it as 2026-11-20T14:21:00Z, 2026-11-20, 2026-11 or 2026"),
	}})
}

func (r *room) levels() {
	set := picture.LevelSet{{
		Country: country.MLI, Scheme: safetext.Const(level.UNSLS), Authority: safetext.Const("UNDSS"), Reviewed: when("2026-11-11"),
		Areas: []level.Area{
			{
				Name: safetext.Const("Gao region"), Level: 4, Since: when("2026-10-01"), ValidUntil: when("2027-01-01"),
				Threats: [6]int{incident.ArmedConflict: 4, incident.Terrorism: 5, incident.Crime: 3},
			},
			{Name: safetext.Const("Bamako district"), Level: 3, ValidUntil: when("2026-10-31")},
		},
	}}
	r.SetLevels(set, ago(2*day))
	changed := picture.LevelSet{set[0]}
	changed[0].Areas = []level.Area{set[0].Areas[0], set[0].Areas[1]}
	changed[0].Areas[0].Level = 5
	r.SetLevels(changed, ago(3*hour))
}

func (r *room) people() {
	count := func(c country.Code, recruitment incident.Recruitment, n int, asOf string) presence.Headcount {
		return presence.Headcount{
			Country: c, Organization: safetext.Const("Agency A"), Population: incident.Known(incident.PopulationUN),
			Recruitment: incident.Known(recruitment), Count: n, AsOf: when(asOf),
		}
	}
	ledger := func(mali int) picture.PresenceSet {
		return picture.PresenceSet{Ledger: presence.Reconcile([]presence.File{{Source: "presence/heads.csv", Headcounts: []presence.Headcount{
			count(country.MLI, incident.National, mali, "2026-11-20T12:00:00Z"),
			count(country.MLI, incident.International, 103, "2026-11-20T12:00:00Z"),
			count(country.NER, incident.RecruitmentUnknown, 52, "2026-11-11"),
		}}})}
	}
	r.SetPresence(ledger(1101), ago(2*day))
	r.SetPresence(ledger(1098), ago(hour))
}

func (r *room) view() picture.View { return r.Publish(now).For(picture.DutyOfficer) }

// written is what print writes.
func written(t *testing.T, print func(*bytes.Buffer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := print(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
