package picture

import (
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"vigil/internal/calendar"
	"vigil/internal/country"
	"vigil/internal/incident"
	"vigil/internal/level"
	"vigil/internal/safetext"
)

func TestDue(t *testing.T) {
	b := newBench(t)
	forecast := func(id string, from, to time.Time) *incident.Incident {
		return &incident.Incident{
			Identity: incident.Identity{ID: safetext.Clean(id)}, Act: incident.Known(incident.Cyclone), Threat: incident.Known(incident.Hazard),
			Countries: []country.Code{country.MLI}, ExpectedFrom: incident.At(from), ExpectedTo: incident.At(to), Title: safetext.Clean(id),
		}
	}
	b.say("radio", forecast("landfall", now.Add(30*time.Hour), now.Add(40*time.Hour)))
	b.say("radio", forecast("missed", now.Add(-9*time.Hour), now.Add(-8*time.Hour)))
	b.say("radio", forecast("old", now.Add(-99*Day), now.Add(-98*Day)))
	b.say("radio", forecast("called off", now.Add(time.Hour), time.Time{}))
	b.say("radio", &incident.Incident{Identity: incident.Identity{ID: safetext.Const("called off")}, Type: incident.Cancel})
	secret := forecast("secret", now.Add(3*time.Hour), time.Time{})
	secret.Handling = incident.Known(incident.Restricted)
	b.say("radio", secret)
	at := func(d time.Duration) calendar.Wall { return now.Add(d) }
	b.store.SetCalendar([]calendar.Entry{
		{Title: safetext.Const("curfew"), Kind: calendar.Curfew, Start: at(-20 * time.Hour), End: at(-12 * time.Hour), Rule: &calendar.Rule{}, Country: country.MLI},
		{Title: safetext.Const("convoy"), Kind: calendar.Movement, Start: at(-5 * time.Hour), End: at(-37 * time.Minute)},
		{Title: safetext.Const("visit"), Kind: calendar.Visit, Start: at(-2 * time.Hour), End: at(2 * time.Hour)},
		{Title: safetext.Const("election"), Kind: calendar.Election, Start: at(-40 * Day), End: at(-39 * Day)},
	}, now)
	b.store.SetLevels(LevelSet{{Country: country.MLI, Scheme: safetext.Const("un-sls"), Areas: []level.Area{
		{Name: safetext.Const("Gao"), Level: 4, ValidUntil: incident.At(now.Add(20 * Day))},
		{Name: safetext.Const("Kidal"), Level: 4, ValidUntil: incident.At(now.Add(60 * Day))},
	}}}, now)
	var got []string
	for _, d := range b.view().Due() {
		got = append(got, fmt.Sprintf("%s %s %s %s %v", d.State, d.Kind, d.Title, d.Start.Format("02T15:04"), d.Recurs))
	}
	want := []string{
		"overdue cyclone missed 20T05:00 false",
		"overdue movement convoy 20T09:00 false",
		"now visit visit 20T12:00 false",
		"expected expected Restricted incident 20T17:00 false",
		"expected curfew curfew 20T18:00 true",
		"expected cyclone landfall 21T20:00 false",
		"expected level expires Gao 10T14:00 false",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
	// Nothing of it has happened.
	v := b.view()
	if n := v.Totals(); n.Total != 0 || n.Hazards != 0 || n.Forecasts != 4 {
		t.Errorf("%+v", n)
	}
	if mali, ok := v.Country(country.MLI); !ok || mali.Day.Sure+mali.Month.Sure+mali.Month.Maybe != 0 {
		t.Errorf("%+v", mali)
	}
	if past := b.store.At(now.Add(-time.Hour), now.Add(-time.Hour), now).For(DutyOfficer).Due(); len(past) != 0 {
		t.Errorf("before the calendar was known: %+v", past)
	}
}

// TestOverdueIsToldOnce: when the time has come, or with the entry that is late already, and not again for an edit elsewhere.
func TestOverdueIsToldOnce(t *testing.T) {
	b := newBench(t)
	entry := func(title string, kind calendar.Kind, from, to time.Duration) calendar.Entry {
		return calendar.Entry{Title: safetext.Clean(title), Kind: kind, Start: now.Add(from), End: now.Add(to)}
	}
	told := func(at time.Time) string {
		v := b.store.Publish(at).For(DutyOfficer)
		var words []string
		for c := range v.Changes(0) {
			if c.Kind == CalendarChanged {
				words = append(words, c.Calendar.What.String()+" "+c.Calendar.Due.Title.String()+" "+c.Calendar.Due.State.String())
			}
		}
		return strings.Join(words, ", ")
	}
	convoy, late := entry("convoy", calendar.Movement, -time.Hour, time.Hour), entry("late", calendar.Task, -2*time.Hour, -time.Hour)
	visit := entry("visit", calendar.Visit, -time.Hour, time.Hour)
	b.store.SetCalendar([]calendar.Entry{convoy, late, visit}, now)
	first := "new convoy now, new late overdue, new visit now"
	if got := told(now); got != first {
		t.Errorf("at first: %s", got)
	}
	if got := told(now.Add(59 * time.Minute)); got != first {
		t.Errorf("before its time: %s", got)
	}
	overdue := first + ", overdue convoy overdue"
	for _, at := range []time.Duration{61 * time.Minute, 62 * time.Minute, 2 * Day} {
		if got := told(now.Add(at)); got != overdue {
			t.Errorf("after %s: %s", at, got)
		}
	}
	convoy.Done = true
	b.store.SetCalendar([]calendar.Entry{convoy, late, visit}, now.Add(3*time.Hour))
	if got := told(now.Add(3 * time.Hour)); got != overdue+", done convoy past" {
		t.Errorf("when it is done: %s", got)
	}
}

// TestKeysOfTheCalendar: entries without an id are told apart by title, place and begin, and stay the same where a line is put in above.
func TestKeysOfTheCalendar(t *testing.T) {
	entry := func(title, area string, c country.Code, from time.Duration, line int) calendar.Entry {
		return calendar.Entry{
			Title: safetext.Clean(title), Area: safetext.Clean(area), Country: c, Kind: calendar.Curfew, Start: now.Add(from), End: now.Add(from + time.Hour),
			Origin: incident.Origin{File: safetext.Const("calendar.csv"), Line: line},
		}
	}
	keys := func(lines int) map[string]bool {
		b := newBench(t)
		b.store.SetCalendar([]calendar.Entry{
			entry("Curfew", "Gao", country.MLI, time.Hour, lines+1), entry("Curfew", "Mopti", country.MLI, time.Hour, lines+2), entry("Curfew", "Mopti", country.MLI, 9*time.Hour, lines+3),
			entry("Curfew", "", country.MLI, time.Hour, lines+4), entry("Curfew", "", country.SSD, time.Hour, lines+5), entry("Roll call", "Gao", country.MLI, time.Hour, lines+6),
		}, now)
		found := map[string]bool{}
		for _, d := range b.view().Due() {
			found[d.Key] = true
		}
		return found
	}
	got := keys(0)
	if len(got) != 6 {
		t.Errorf("%d keys for 6 entries: %v", len(got), got)
	}
	if later := keys(7); !maps.Equal(got, later) {
		t.Errorf("%v, and further down in the file %v", got, later)
	}
}
