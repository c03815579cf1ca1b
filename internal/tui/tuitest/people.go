package tuitest

import (
	"fmt"
	"time"

	"vigil/internal/incident"
	"vigil/internal/level"
	"vigil/internal/picture"
	"vigil/internal/presence"
	"vigil/internal/safetext"
)

func when(s string) incident.When {
	w, err := incident.ParseWhen(s)
	if err != nil {
		panic("tuitest: " + err.Error())
	}
	return w
}

// levels are two readings, the second with a level that has risen.
func (d *Desk) levels() {
	set := func(gao int) picture.LevelSet {
		file := func(name string, line int) incident.Origin {
			return incident.Origin{File: safetext.Clean("levels/" + name), Line: line}
		}
		text := safetext.Clean
		return picture.LevelSet{
			{
				Country: Country("MLI"), Scheme: text(level.UNSLS), Authority: text("UNDSS"), Reviewed: when("2026-11-20"),
				Areas: []level.Area{
					{
						Name: text("Gao region"), Level: gao, Since: when("2026-10-01"), ValidUntil: when("2027-01-01"),
						Places:  []safetext.Text{text("Gao"), text("Ansongo")},
						Threats: [6]int{0, 4, 5, 3, 2, 2},
						Risks: []level.PresentRisk{{
							Threat: incident.Known(incident.Terrorism), Band: level.High,
							ApprovedBy: text("designated official"), ValidUntil: when("2027-01-01"),
						}},
						Origin: file("mli.yaml", 6),
					},
					{
						Name: text("Bamako"), Level: 3, Since: when("2025-06"), ValidUntil: when("2026-11-01"),
						Places: []safetext.Text{text("Bamako")}, Threats: [6]int{0, 2, 3, 3, 3, 1}, Origin: file("mli.yaml", 9),
					},
					{
						Name: text("Timbuktu and the northern circles beyond the river, without the town"), Level: 4,
						Origin: file("mli.yaml", 11),
					},
				},
			},
			{
				Country: Country("NER"), Scheme: text("org-colours"), Authority: text("Partner network"), Reviewed: when("2024-02-01"),
				Names: []level.LevelName{{Level: 2, Name: text("amber")}},
				Areas: []level.Area{{Name: text("whole country"), Level: 2, Origin: file("levels.csv", 2)}},
			},
		}
	}
	d.Store.SetLevels(set(4), Now.Add(-30*time.Hour))
	d.Store.SetLevels(set(5), Now.Add(-22*time.Minute))
}

// presence is a roster, and headcounts of which one differs from it and one is old.
func (d *Desk) presence() {
	roster := presence.File{Source: "presence/un.csv", AsOf: Now.Add(-2 * time.Hour), Modified: Now}
	for n := range 31 {
		p := presence.Person{
			ID: safetext.Clean(fmt.Sprint("P-", n)), Sex: incident.Known(incident.Female), Organization: safetext.Const("UN"),
			Population: incident.Known(incident.PopulationUN), Recruitment: incident.Known(incident.National),
			Country: Country("MLI"), Area: safetext.Const("Gao region"), LastContact: incident.At(Now.Add(-2 * time.Hour)),
		}
		if n%3 == 0 {
			p.Sex = incident.Known(incident.Male)
		}
		if n%10 == 0 {
			p.Recruitment, p.Area = incident.Known(incident.International), safetext.Const("Bamako")
		}
		roster.People = append(roster.People, p)
	}
	count := func(c, area, org string, pop incident.Population, r incident.Recruitment, s incident.Sex, n int, age time.Duration) presence.Headcount {
		return presence.Headcount{
			Country: Country(c), Area: safetext.Clean(area), Organization: safetext.Clean(org), Population: incident.Known(pop),
			Recruitment: incident.Known(r), Sex: incident.Known(s), Count: n, AsOf: incident.At(Now.Add(-age)),
		}
	}
	const day = 24 * time.Hour
	heads := presence.File{Source: "presence/partners.csv", Modified: Now, Headcounts: []presence.Headcount{
		count("MLI", "Gao region", "UN", incident.PopulationUN, incident.National, incident.SexUnknown, 35, 3*day),
		count("MLI", "Gao region", "Partner network", incident.PopulationNGO, incident.National, incident.Female, 400, 5*time.Hour),
		count("MLI", "Gao region", "Partner network", incident.PopulationNGO, incident.National, incident.Male, 673, 5*time.Hour),
		count("MLI", "Bamako", "Partner network", incident.PopulationNGO, incident.International, incident.SexUnknown, 99, 5*time.Hour),
		count("NER", "", "Partner network", incident.PopulationNGO, incident.National, incident.SexUnknown, 760, 9*day),
		count("NER", "", "Partner network", incident.PopulationNGO, incident.RecruitmentUnknown, incident.SexUnknown, 52, 9*day),
	}}
	d.Store.SetPresence(picture.PresenceSet{Ledger: presence.Reconcile([]presence.File{roster, heads})}, Now.Add(-90*time.Minute))
}

// Advise has the authority of a source advise of a country: 3 on a scale of 4, two days ago.
func (d *Desk) Advise(source, alpha3 string) {
	file := safetext.Clean("feeds/" + source)
	d.Store.TakeAdvisory(source, level.Advisory{
		Country: Country(alpha3), Authority: safetext.Clean("Authority of " + source), Scheme: safetext.Clean(source), Level: 3, Max: 4,
		Updated: incident.At(Now.Add(-49 * time.Hour)), Origin: incident.Origin{File: file, Line: 1},
	}, Now.Add(-3*time.Hour))
	d.Store.SettleStock(source, file, Now)
}
