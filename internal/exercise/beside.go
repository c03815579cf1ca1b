package exercise

import (
	"bytes"
	"fmt"
	"time"

	"vigil/internal/country"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// writeCalendar writes what is expected: a movement that is late, a curfew, a visit and an election.
func (s *Scenario) writeCalendar(now time.Time) error {
	at := func(d time.Duration) string { return now.Add(d).UTC().Truncate(time.Minute).Format(time.RFC3339) }
	day := func(n int) string { return now.AddDate(0, 0, n).Format(time.DateOnly) }
	var b bytes.Buffer
	b.WriteString("# EXERCISE: all of this is invented.\n")
	for _, line := range []string{
		fmt.Sprintf(`title: "EXERCISE MV3 Gao to Ansongo", kind: movement, country: MLI, area: Gao region, from: %s, to: %s, status: expected`, at(-5*time.Hour), at(-37*time.Minute)),
		fmt.Sprintf(`title: "EXERCISE MV7 Niamey to Tillabéri", kind: movement, country: NER, from: %s, to: %s, status: expected`, at(-time.Hour), at(90*time.Minute)),
		fmt.Sprintf(`title: "EXERCISE Curfew", kind: curfew, country: MLI, area: Gao region, from: %sT21:00, to: 05:00, repeat: daily`, day(-20)),
		fmt.Sprintf(`title: "EXERCISE Visit to Djibo", kind: visit, country: BFA, area: Sahel region, from: %s, to: %s`, day(2), day(3)),
		fmt.Sprintf(`title: "EXERCISE Local elections", kind: election, country: NER, from: %s`, day(9)),
	} {
		fmt.Fprintf(&b, "- {%s}\n", line)
	}
	return s.replace("calendar/exercise.yaml", b.Bytes())
}

// headlines are what the exercise's newspaper writes.
var headlines = []string{
	"Talks on access continue in the capital", "Fuel prices rise again, drivers announce a strike",
	"Governor visits the market after the rains", "Road to the north open to convoys again",
}

// publish brings a report: what somebody wrote, which is not counted as something that happened.
func (s *Scenario) publish(now time.Time) error {
	where := s.anywhere()
	i := incident.Incident{
		Identity: incident.Identity{Authority: safetext.Const("news"), ID: safetext.Clean(fmt.Sprintf("EX-N-%04d", s.number))},
		Class:    incident.Report, Status: incident.Exercise, Reported: now.Truncate(time.Second),
		Countries: []country.Code{country.MustParse(where.country)}, Inferred: true,
		Title: safetext.Clean("EXERCISE " + headlines[s.random.IntN(len(headlines))]),
	}
	s.number++
	return s.add("feeds/news.jsonl", line(&i))
}

// forecast announces a flood: it is due, and has not happened.
func (s *Scenario) forecast(now time.Time) error {
	lake := areas[8]
	i := incident.Incident{
		Identity:     incident.Identity{Authority: safetext.Const("hazards"), ID: safetext.Const("EX-FORECAST-1")},
		Status:       incident.Exercise,
		Reported:     now.Add(-2 * time.Hour).Truncate(time.Second),
		ExpectedFrom: incident.At(now.Add(7 * time.Hour).Truncate(time.Minute)), ExpectedTo: incident.At(now.Add(31 * time.Hour).Truncate(time.Minute)),
		Countries: []country.Code{country.MustParse(lake.country)}, Admin1: safetext.Clean(lake.name), Place: safetext.Clean(lake.places[0]),
		Threat: incident.Known(incident.Hazard), Act: incident.Known(incident.Flood), Severity: incident.Known(incident.Moderate),
		Title: safetext.Clean("EXERCISE High water expected, " + lake.places[0]), Grade: safetext.Const("B2"),
	}
	return s.add("feeds/hazards.jsonl", line(&i))
}

// echo has the partners tell of something that the radio room has told of: the same event, in other words, with a
// lower grade and not always with the same figures.
func (s *Scenario) echo(now time.Time) error {
	for k := len(s.open) - 1; k >= 0; k-- {
		r := s.open[k]
		if r.echoed || r.feed != "feeds/radio.jsonl" || len(r.incident.Affected) == 0 || now.Sub(r.incident.Occurred.Start) > 6*time.Hour {
			continue
		}
		s.open[k].echoed = true
		i := r.incident
		i.Identity = incident.Identity{Authority: safetext.Const("partners"), ID: safetext.Clean(fmt.Sprintf("EX-P-%04d", s.number))}
		i.Version, i.Type, i.Reported, i.Grade = 0, incident.New, now.Truncate(time.Second), safetext.Const("C3")
		i.Verification = incident.Known(incident.Unconfirmed)
		i.Occurred = incident.At(i.Occurred.Start.Add(time.Duration(s.random.IntN(11)-5) * time.Minute))
		i.Affected = append(incident.Breakdown(nil), i.Affected...)
		if s.random.IntN(2) == 0 {
			i.Affected[0].Count++
		}
		s.number++
		return s.add("feeds/partners.jsonl", line(&i))
	}
	return s.happen(happenings, "partners", now.Add(-time.Duration(30+s.random.IntN(60))*time.Minute), now)
}
