package tuitest

import (
	"fmt"
	"time"

	"vigil/internal/country"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/problem"
	"vigil/internal/risk"
	"vigil/internal/safetext"
)

// Country is the code of an alpha-3 code; the tests' own input is right, so an error is a panic.
func Country(alpha3 string) country.Code {
	c, ok := country.Parse(alpha3)
	if !ok {
		panic("tuitest: no country " + alpha3)
	}
	return c
}

// Desk builds a desk in memory.
type Desk struct {
	Store *picture.Store
	lines map[string]int
}

// Secret and SecretID are of the restricted record of the desk: no duty officer may see them anywhere.
const (
	Secret   = "must never be seen"
	SecretID = "R-2026-0407"
)

// Every is all five threat categories.
var Every = health.Set(incident.Threats()...)

// Empty is a desk on which nothing has arrived: one source is configured and has never answered.
func Empty() *Desk {
	return onto(picture.NewStore(emptyOptions()))
}

func emptyOptions() picture.Options {
	return picture.Options{
		Desk:      picture.Desk{Name: safetext.Const("Sahel")},
		Countries: []picture.CountryOption{{Code: Country("MLI")}, {Code: Country("MRT")}},
		Risk:      risk.Default(),
	}
}

func onto(s *picture.Store) *Desk {
	d := &Desk{lines: map[string]int{}, Store: s}
	d.Source("radio", "native", health.Profile{Expect: time.Hour, Covers: Every}, health.Facts{})
	return d
}

// Source declares a source and what was observed of it.
func (d *Desk) Source(name, format string, p health.Profile, f health.Facts) {
	d.Store.Configure(name, picture.SourceInfo{
		Name: safetext.Clean(name), Format: safetext.Clean(format), Authority: safetext.Clean(name),
		Path: safetext.Clean("feeds/" + name), Profile: p,
	})
	d.Store.Observe(name, f)
}

// Fetched declares a source that is fetched, what was observed of it and how its polling stands.
func (d *Desk) Fetched(name, format, url string, p health.Profile, f health.Facts, poll picture.Poll) {
	d.Store.Configure(name, picture.SourceInfo{
		Name: safetext.Clean(name), Format: safetext.Clean(format), Authority: safetext.Clean(name), URL: safetext.Clean(url), Profile: p,
	})
	d.Store.Observe(name, f)
	d.Store.Polled(name, poll)
}

// View is the live picture for the duty officer.
func (d *Desk) View() picture.View { return d.Store.Publish(Now).For(picture.DutyOfficer) }

// Report is one record of a source. Zero fields are what the record does not say.
type Report struct {
	Source, ID    string
	When          string // RFC 3339, a date, a month or a year
	Received      time.Duration
	Country       string
	Place, Admin1 string
	Act           incident.Act
	Threat        incident.Threat
	Title         string
	Affected      incident.Breakdown
	Change        func(i *incident.Incident)
}

// Arrive takes a record in, received so long before Now, on the next line of its source's file.
func (d *Desk) Arrive(r Report) {
	when, err := incident.ParseWhen(r.When)
	if err != nil {
		panic("tuitest: " + err.Error())
	}
	i := &incident.Incident{
		Identity: incident.Identity{Authority: safetext.Clean(r.Source), ID: safetext.Clean(r.ID)},
		Occurred: when, Place: safetext.Clean(r.Place), Admin1: safetext.Clean(r.Admin1), Title: safetext.Clean(r.Title),
		Act: incident.Known(r.Act), Threat: incident.Known(r.Threat), Affected: r.Affected,
	}
	if r.Country != "" {
		i.Countries = []country.Code{Country(r.Country)}
	}
	if r.Change != nil {
		r.Change(i)
	}
	d.lines[r.Source]++
	a := picture.Arrival{
		Incident: i, Source: r.Source, Received: Now.Add(-r.Received),
		Origin: incident.Origin{File: safetext.Clean("feeds/" + r.Source + ".jsonl"), Line: d.lines[r.Source], Offset: int64(d.lines[r.Source]), Generation: 1},
	}
	d.Store.Arrive(a)
	d.Store.Finish(r.Source, a.Origin.File, a.Received) // says something of what is read whole only
}

// People is a figure of an affected breakdown.
func People(p incident.Population, r incident.Recruitment, s incident.Sex, o incident.Outcome, n int) incident.Affected {
	return incident.Affected{
		Population: incident.Known(p), Recruitment: incident.Known(r), Sex: incident.Known(s), Outcome: incident.Known(o), Count: n,
	}
}

// Reject refuses n records of a source.
func (d *Desk) Reject(source string, n int) {
	for range n {
		d.lines[source]++
		o := incident.Origin{File: safetext.Clean("feeds/" + source + ".jsonl"), Line: d.lines[source], Generation: 1}
		d.Store.Reject(source, o, []problem.Problem{{
			File: o.File, Line: o.Line, Column: 17,
			Message: safetext.Clean(fmt.Sprintf("occurred is %q: write it as 2026-11-20T14:21:00Z, 2026-11-20, 2026-11 or 2026", "yesterday")),
		}})
	}
}

func sahelOptions() picture.Options {
	return picture.Options{
		Desk: picture.Desk{Name: safetext.Const("Sahel"), Radii: map[string]float64{"": 25}},
		Countries: []picture.CountryOption{
			{Code: Country("MLI")},
			{Code: Country("BFA")},
			{Code: Country("NER")},
			{Code: Country("MRT")},
			{Code: Country("COD")},
		},
		Risk: risk.Default(),
	}
}

// Ahead is the desk of the goldens while its large feed, radio, is being read: only the records of the last day are there.
// Its pictures are made ahead of the reading.
func Ahead() *Desk {
	o := sahelOptions()
	o.Ahead = true
	o.Desk.Reading = safetext.Const("still reading the files: 12 %, 78.1 MB/s, 6s left, of 566.4 MB")
	o.Desk.Progress = picture.Progress{Read: 68_000_000, Total: 566_400_000, Rate: 78_100_000, Left: 6 * time.Second}
	d := &Desk{Store: picture.NewStore(o), lines: map[string]int{}}
	d.sources()
	d.day()
	d.levels()
	d.presence()
	d.Store.Observe("radio", health.Facts{})
	d.Store.Tail("radio")
	o.Desk.Tails = []picture.Tail{{File: safetext.Const("feeds/radio.jsonl"), Records: d.lines["radio"]}}
	d.Store.SetDesk(o.Desk)
	return d
}

// Sahel is the desk of the goldens.
func Sahel() *Desk {
	d := Empty()
	d.Store.SetOptions(sahelOptions())
	d.sources()
	d.history()
	d.day()
	d.levels()
	d.presence()
	return d
}

func (d *Desk) sources() {
	ago := func(t time.Duration) time.Time { return Now.Add(-t) }
	const day = 24 * time.Hour
	d.Source("radio", "native", health.Profile{
		Expect: time.Hour, Covers: Every,
		Countries: []country.Code{Country("MLI"), Country("BFA"), Country("NER")},
	}, health.Facts{LastAttempt: ago(time.Minute), LastSuccess: ago(time.Minute), FirstSeen: ago(900 * day), ContentTime: ago(4 * time.Minute)})
	d.Source("awsd", "awsd", health.Profile{
		Expect: 40 * day, Lag: 180 * day, Memory: health.Complete,
		Covers: health.Set(health.Deliberate()...),
	}, health.Facts{LastAttempt: ago(3 * time.Hour), LastSuccess: ago(3 * time.Hour), FirstSeen: ago(20 * day), ContentTime: ago(12 * day)})
	d.Source("gdacs", "gdacs", health.Profile{
		Expect: time.Hour, Lag: time.Hour, Reach: day, Memory: health.Forgets, Covers: health.Set(incident.Hazard),
	}, health.Facts{
		LastAttempt: ago(time.Minute), LastSuccess: ago(130 * time.Minute), FirstSeen: ago(40 * day), ContentTime: ago(130 * time.Minute),
		Gaps: []incident.Interval{{Start: ago(9 * day), End: ago(8*day + 20*time.Hour)}},
	})
	d.Source("partner-network-of-the-lower-river", "native", health.Profile{
		Expect: 6 * time.Hour, Covers: health.Set(incident.Crime), Countries: []country.Code{Country("COD")},
	}, health.Facts{
		LastAttempt: ago(time.Minute), LastSuccess: ago(26 * time.Hour), FirstSeen: ago(60 * day), ContentTime: ago(26 * time.Hour),
		Failure: safetext.Const("feeds/partner-network-of-the-lower-river: permission denied: let the group of vigil read it"),
	})
	d.Source("airfield", "native", health.Profile{
		Expect: time.Hour, Covers: health.Set(incident.ArmedConflict, incident.Terrorism, incident.Hazard),
		Countries: []country.Code{Country("MRT")},
	}, health.Facts{LastAttempt: ago(time.Minute)})
}

// history is two years of reports, so that rates and trends are known.
func (d *Desk) history() {
	const day = 24 * time.Hour
	places := []string{"Gao", "Ansongo", "Kidal", "Mopti", "Bamako"}
	acts := []incident.Act{incident.Shooting, incident.ArmedRobbery, incident.Abduction, incident.Intimidation, incident.Bombing}
	threats := []incident.Threat{incident.ArmedConflict, incident.Crime, incident.Terrorism, incident.CivilUnrest, incident.ArmedConflict}
	for n := range 48 {
		age := 20*time.Hour + time.Duration(n*n)*7*time.Hour
		if n == 47 {
			age = 740 * day
		}
		r := Report{
			Source: "radio", ID: fmt.Sprintf("R-2026-%04d", 400-n), When: Now.Add(-age).Format(time.RFC3339), Received: age - 10*time.Minute,
			Country: "MLI", Place: places[n%5], Act: acts[n%5], Threat: threats[n%5],
			Change: func(i *incident.Incident) {
				i.Verification, i.Grade = incident.Known(incident.Confirmed), safetext.Const("B2")
			},
		}
		if n%4 == 0 {
			r.Country, r.Place = "BFA", "Djibo"
		}
		if n%3 == 0 {
			r.Affected = incident.Breakdown{People(incident.PopulationNGO, incident.National, incident.SexUnknown, incident.Injured, 1+n%2)}
		}
		d.Arrive(r)
	}
}

// day is what happened lately, with one of everything that is hard to show.
func (d *Desk) day() {
	const minute = time.Minute
	unconfirmed := func(i *incident.Incident) { i.Grade = safetext.Const("C3") }
	d.Arrive(Report{
		Source: "radio", ID: "R-2026-0412", When: "2026-11-20T14:21:00Z", Received: 4 * minute, Country: "MLI",
		Place: "Ansongo", Admin1: "Gao", Act: incident.Abduction, Threat: incident.Terrorism, Title: "Two drivers of a convoy taken",
		Affected: incident.Breakdown{
			People(incident.PopulationNGO, incident.National, incident.Male, incident.Abducted, 2),
			People(incident.PopulationNGO, incident.International, incident.SexUnknown, incident.Injured, incident.Uncounted),
		},
		Change: func(i *incident.Incident) {
			unconfirmed(i)
			i.Target, i.Holder = incident.Known(incident.TargetConvoy), incident.Known(incident.HolderNonState)
			i.Severity = incident.Known(incident.Severe)
			i.Point, i.HasPoint = incident.Point{Lat: 15.66, Lon: 0.5}, true
			i.Details = safetext.Block("The second vehicle came through to the checkpoint.\nThe first has not been seen since the ford; its radio answers nothing.")
			i.Links = []safetext.Text{safetext.Const("https://example.org/reports/0412")}
			i.NoOnward = true
		},
	})
	d.conflict()
	d.Arrive(Report{
		Source: "radio", ID: "R-2026-0409", When: "2026-11-20", Received: 6 * time.Hour, Country: "NER", Place: "Tillabéri",
		Act: incident.AttackOnConvoy, Threat: incident.ArmedConflict, Change: unconfirmed,
		Affected: incident.Breakdown{People(incident.PopulationUN, incident.National, incident.Female, incident.Injured, 1)},
	})
	d.Arrive(Report{
		Source: "radio", ID: "R-2026-0408", Received: 9 * time.Hour, Country: "MLI", Place: "Kidal", Act: incident.Detention, Threat: incident.CivilUnrest,
		Affected: incident.Breakdown{People(incident.PopulationUN, incident.National, incident.Male, incident.Detained, 1)},
		Change: func(i *incident.Incident) {
			i.Verification, i.Grade = incident.Known(incident.Confirmed), safetext.Const("A1")
			i.Holder = incident.Known(incident.HolderState)
		},
	})
	d.Arrive(Report{
		Source: "radio", ID: SecretID, When: "2026-11-20T11:00:00Z", Received: 2 * time.Hour, Country: "MLI", Place: "Mopti",
		Act: incident.SexualViolence, Threat: incident.Crime, Title: Secret,
	})
	d.Arrive(Report{
		Source: "radio", ID: "R-2026-0406", When: "2026-11-19T20:10:00Z", Received: 18 * time.Hour, Country: "BFA", Place: "Djibo", Act: incident.Hoax,
	})
	d.Arrive(Report{
		Source: "radio", ID: "R-2026-0406", When: "2026-11-19T20:10:00Z", Received: 17 * time.Hour, Country: "BFA", Place: "Djibo", Act: incident.Hoax,
		Change: func(i *incident.Incident) { i.Type = incident.Cancel },
	})
	d.Arrive(Report{
		Source: "radio", ID: "R-2026-0405", When: "2027-11-20T10:00:00Z", Received: 5 * time.Hour, Country: "MLI", Place: "Gao",
		Act: incident.Protest, Threat: incident.CivilUnrest, Title: "Clock of the sender a year ahead",
	})
	d.Arrive(Report{
		Source: "radio", ID: "R-2026-0404", When: "2026-11-18T07:30:00Z", Received: 50 * time.Hour, Country: "MLI", Place: "تمبكتو",
		Act: incident.Protest, Threat: incident.CivilUnrest, Title: "احتجاج أمام المكتب",
		Change: func(i *incident.Incident) {
			i.Act = incident.ParseAct("sit-in at the gate of the office with a very long name of its own")
			i.Verification = incident.Known(incident.Refuted)
		},
	})
	d.Arrive(Report{
		Source: "awsd", ID: "7741", When: "2026-05", Received: 3 * time.Hour, Country: "COD", Place: "Nyiragongo territory, road between the two lakes",
		Act: incident.Killing, Threat: incident.ArmedConflict,
		Affected: incident.Breakdown{
			People(0, incident.National, 0, incident.Killed, 3), People(0, incident.International, 0, incident.Killed, 0),
			People(0, 0, incident.Male, incident.Killed, 2), People(0, 0, incident.SexUnknown, incident.Killed, 1),
		},
	})
	d.Arrive(Report{
		Source: "gdacs", ID: "FL 1103511", When: "2026-11-17T06:00:00Z", Received: 30 * time.Hour, Country: "NER", Act: incident.Flood,
		Threat: incident.Hazard, Title: "Orange flood alert in Niger",
		Change: func(i *incident.Incident) {
			i.Ongoing, i.Severity, i.Reported = true, incident.Known(incident.Moderate), Now.Add(-30*time.Hour)
		},
	})
	d.Reject("radio", 2)
}

// conflict is two records that contradict one another, without a word on which one is right.
func (d *Desk) conflict() {
	base := Report{
		Source: "radio", ID: "R-2026-0411", When: "2026-11-20T13:58:00Z", Received: 34 * time.Minute, Country: "BFA", Place: "Djibo",
		Act: incident.Shelling, Threat: incident.ArmedConflict, Title: "Shelling near the market",
		Affected: incident.Breakdown{People(incident.PopulationNGO, incident.National, incident.SexUnknown, incident.Killed, 1)},
	}
	d.Arrive(base)
	base.Received = 20 * time.Minute
	base.Affected = incident.Breakdown{People(incident.PopulationNGO, incident.National, incident.SexUnknown, incident.Killed, 2)}
	base.Change = func(i *incident.Incident) { i.Place = safetext.Const("Djibo, bus station") }
	d.Arrive(base)
}

// Many is a desk with n incidents of the last five years in every country, for benchmarks.
func Many(n int) *Desk { return Empty().fill(n) }

// ManyOn is Many with the texts kept as texts does.
func ManyOn(texts picture.Texts, n int) *Desk {
	return onto(picture.NewStoreOn(emptyOptions(), texts)).fill(n)
}

func (d *Desk) fill(n int) *Desk {
	d.sources()
	all := country.All()
	const span = 5 * 365 * 24 * time.Hour
	for k := range n {
		age := time.Duration(k+1) * (span / time.Duration(n+1))
		d.Arrive(Report{
			Source: "radio", ID: fmt.Sprint("M-", k), When: Now.Add(-age).Format(time.RFC3339), Received: age - time.Minute,
			Country: all[k%len(all)].Alpha3(), Place: "Somewhere", Act: incident.Act(1 + k%30), Threat: incident.Threats()[k%5],
			Affected: incident.Breakdown{People(incident.PopulationNGO, incident.National, incident.Male, incident.Injured, 1)},
		})
	}
	d.levels()
	d.presence()
	return d
}
