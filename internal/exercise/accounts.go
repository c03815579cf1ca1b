package exercise

import (
	"time"

	"vigil/internal/country"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// account is something of the shift that went before: the same each time, because the duty log tells of it by its name.
type account struct {
	authority, id string
	act           incident.Act // one of the happenings
	area, place   string
	happened      time.Duration // before the exercise begins
	told          time.Duration
	people        int // who had what the act does to people; 0 is nobody
	population    incident.Population
	grade         string
}

// What the shift before was told: by the radio room in its feed, and by voice, which the desk wrote down itself.
var (
	djibo   = account{"radio", "EX-NIGHT-1", incident.Shelling, "Sahel region", "Djibo", 12*time.Hour + 36*time.Minute, 12*time.Hour + 31*time.Minute, 0, 0, "B2"}
	mopti   = account{"field", "R-EXOSCAR1", incident.Shooting, "Mopti region", "Mopti", 6 * time.Hour, 5*time.Hour + 51*time.Minute, 0, 0, "C3"}
	road    = account{"radio", "EX-NIGHT-2", incident.RoadAccident, "Tillabéri region", "Tillabéri", 2*time.Hour + 20*time.Minute, 2*time.Hour + 6*time.Minute, 2, incident.PopulationUN, "A1"}
	ansongo = account{"field", "R-EXOSCAR2", incident.Abduction, "Gao region", "Ansongo", 100 * time.Minute, 82 * time.Minute, 2, incident.PopulationNGO, "A1"}
	ayorou  = account{"radio", "EX-NIGHT-3", incident.Detention, "Tillabéri region", "Ayorou", 55 * time.Minute, 42 * time.Minute, 1, incident.PopulationUN, "B2"}
	bagaSol = account{"radio", "EX-NIGHT-4", incident.Shelling, "Lac region", "Baga Sola", 14 * time.Minute, 9*time.Minute + 30*time.Second, 0, 0, "B2"}
)

func (a *account) identity() incident.Identity {
	return incident.Identity{Authority: safetext.Clean(a.authority), ID: safetext.Clean(a.id)}
}

// where is the area that it happened in.
func (a *account) where() area {
	for _, where := range areas {
		if where.name == a.area {
			return where
		}
	}
	panic("no area is called " + a.area) // the tests write all of them
}

func kindOf(act incident.Act) happening {
	for _, h := range happenings {
		if h.act == act {
			return h
		}
	}
	panic("nothing happens like " + act.String())
}

// incident is the account as it was told first.
func (a *account) incident(now time.Time) incident.Incident {
	h, where := kindOf(a.act), a.where()
	i := incident.Incident{
		Identity: a.identity(), Version: 1, Status: incident.Exercise,
		Occurred: incident.At(now.Add(-a.happened).Truncate(time.Second)), Reported: now.Add(-a.told).Truncate(time.Second),
		Countries: []country.Code{country.MustParse(where.country)}, Admin1: safetext.Clean(where.name), Place: safetext.Clean(a.place),
		Threat: incident.Known(h.threat), Act: incident.Known(h.act), Target: incident.ParseTarget(h.target), Severity: incident.Known(h.severity),
		Title:        safetext.Clean("EXERCISE " + h.title + ", " + a.place),
		Verification: incident.Known(incident.Unconfirmed), Grade: safetext.Clean(a.grade), Handling: incident.Known(incident.Internal),
	}
	i.Point, i.HasPoint = at(a.place)
	if a.people > 0 {
		i.Affected = incident.Breakdown{{
			Population: incident.Known(a.population), Recruitment: incident.Known(incident.National), Outcome: incident.Known(h.outcome), Count: a.people,
		}}
	}
	return i
}

// moved is the account as it was told again: so far it was established.
func (a *account) moved(to incident.Verification, ago time.Duration, now time.Time) incident.Incident {
	i := a.incident(now)
	i.Version, i.Type, i.Verification, i.Reported = 2, incident.Update, incident.Known(to), now.Add(-ago).Truncate(time.Second)
	return i
}

// When the two that came by voice were told of again.
const (
	moptiRefuted   = 5*time.Hour + 10*time.Minute
	ansongoFurther = 58 * time.Minute
)

// writeAccounts writes what was told in the shift before into the feeds.
func (s *Scenario) writeAccounts(now time.Time) error {
	for _, a := range []*account{&djibo, &road, &ayorou, &bagaSol} {
		i := a.incident(now)
		if err := s.add("feeds/radio.jsonl", line(&i)); err != nil {
			return err
		}
	}
	for _, i := range []incident.Incident{
		mopti.incident(now), mopti.moved(incident.Refuted, moptiRefuted, now),
		ansongo.incident(now), ansongo.moved(incident.Probable, ansongoFurther, now),
	} {
		if err := s.add("feeds/own.jsonl", line(&i)); err != nil {
			return err
		}
	}
	return nil
}
