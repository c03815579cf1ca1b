package wall_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"vigil/internal/alarm/rule"
	"vigil/internal/country"
	"vigil/internal/duty"
	"vigil/internal/figure"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/level"
	"vigil/internal/picture"
	"vigil/internal/presence"
	"vigil/internal/safetext"
	"vigil/internal/tui/tuitest"
	"vigil/internal/wall"
)

func radio(id string) duty.Name {
	return duty.Name{Authority: duty.Words("radio"), ID: duty.Words(id)}
}

func public(d *tuitest.Desk) wall.Model {
	return wall.Of(figure.Plain, d.View(), wall.Public, nil, tuitest.Now)
}

// TestWhatRingsUnseenLeavesNoGap: who reads the wall before and after something restricted rang reads the same, in its numbers and its flood,
// too, and hears nothing.
func TestWhatRingsUnseenLeavesNoGap(t *testing.T) {
	shows := func(hidden int) (text string, rings int) {
		d, l := tuitest.OnDutyLog()
		for i := range hidden {
			l.Say(time.Minute, tuitest.Vigil, &duty.Raise{Rule: rule.RestrictedIncident, Severity: duty.High, Key: fmt.Sprint(i), Words: duty.Words("Restricted incident: security lead only")})
		}
		l.Say(time.Second, tuitest.Vigil, &duty.Raise{Rule: "source stale", Severity: duty.Medium, Key: "next", Source: "radio", Words: duty.Words("radio STALE")})
		v := l.On(d).View()
		m := wall.Of(figure.Plain, v, wall.Public, nil, tuitest.Now)
		return said(&m), len(wall.Rings(v, wall.Public, nil, tuitest.Now))
	}
	id := regexp.MustCompile(`entry-\d+`)
	calm, rings := shows(0)
	for _, hidden := range []int{1, 14} {
		text, now := shows(hidden)
		if id.ReplaceAllString(text, "") != id.ReplaceAllString(calm, "") || now != rings {
			t.Errorf("with %d, of which %d ring:\n%s\nwithout, of which %d ring:\n%s", hidden, now, text, rings, calm)
		}
	}
	d := tuitest.OnDuty()
	for _, a := range public(d).Alarms {
		if a.Called != "" {
			t.Errorf("an alarm is numbered %s", a.Called)
		}
	}
	if list := wall.Rings(d.View(), wall.Public, []country.Code{country.MustParse("NER")}, tuitest.Now); slices.ContainsFunc(list, func(a *duty.Alarm) bool { return a.Country() == country.MLI }) {
		t.Error("a wall for Niger rings for Mali")
	}
}

// TestAFirstReadTellsNoNumber: what is restricted is in no count of a first read, and one of nothing else is not there.
func TestAFirstReadTellsNoNumber(t *testing.T) {
	words := func(worst duty.Name) (list []string) {
		l := tuitest.NewLog()
		l.Say(time.Minute, tuitest.Vigil, &duty.Raise{Rule: rule.Together, Severity: duty.High, Key: "first", Together: 17, Worst: worst, Words: duty.Words("first read, 17 incidents were there")})
		m := public(l.On(tuitest.Sahel()))
		for _, a := range m.Alarms {
			list = append(list, a.Words)
		}
		return list
	}
	if got := words(radio("R-2026-0409")); len(got) != 1 || strings.Contains(got[0], "17") || !strings.Contains(got[0], "the worst: NER Att. convoy") {
		t.Errorf("%q", got)
	}
	if got := words(duty.Name{}); len(got) != 0 {
		t.Errorf("of a first read of restricted incidents alone it says %q", got)
	}
}

// TestACountryOfRestrictedMattersIsNotCounted: a country that nobody sees, and that is there for something restricted alone, is not among
// those that are BLIND.
func TestACountryOfRestrictedMattersIsNotCounted(t *testing.T) {
	blind := func(p wall.Privacy, handling incident.Handling) int {
		d := tuitest.Sahel()
		d.Source("peru", "native", health.Profile{Expect: time.Hour, Countries: []country.Code{country.MustParse("PER")}}, health.Facts{})
		d.Arrive(tuitest.Report{
			Source: "peru", ID: "new", When: "2026-11-20T14:30:00Z", Received: time.Minute, Country: "PER", Act: incident.Shooting,
			Change: func(i *incident.Incident) { i.Handling = incident.Known(handling) },
		})
		m := wall.Of(figure.Plain, d.View(), p, nil, tuitest.Now)
		return m.Blind + m.Partial
	}
	open, hidden, desk := blind(wall.Public, incident.Internal), blind(wall.Public, incident.Restricted), blind(wall.Desk, incident.Restricted)
	if hidden != open-1 || desk != open {
		t.Errorf("%d in public, with an open one %d, for duty officers %d", hidden, open, desk)
	}
}

// TestWhatDoesNotStandIsToldSo: what was refuted or cancelled is not told on a wall as if it had happened.
func TestWhatDoesNotStandIsToldSo(t *testing.T) {
	for want, change := range map[string]func(*incident.Incident){
		"MLI Gao Shooting, REFUTED": func(i *incident.Incident) { i.Verification = incident.Known(incident.Refuted) },
		"MLI Gao Shooting, confirmed": func(i *incident.Incident) {
			i.Verification = incident.Known(incident.Confirmed)
		},
		"MLI Incident, REFUTED": func(i *incident.Incident) { i.Verification, i.NoOnward = incident.Known(incident.Refuted), true },
	} {
		d := tuitest.Empty()
		d.Arrive(tuitest.Report{Source: "radio", ID: "new", When: "2026-11-20T14:30:00Z", Received: time.Minute, Country: "MLI", Admin1: "Gao", Act: incident.Shooting, Change: change})
		if m := public(d); len(m.Changes) != 1 || m.Changes[0].Words != want {
			t.Errorf("%+v, want %q", m.Changes, want)
		}
	}
}

// TestAnAlarmOfWhatIsKeptTellsNoMore: neither its rule nor a mark says what happened to whom.
func TestAnAlarmOfWhatIsKeptTellsNoMore(t *testing.T) {
	d := tuitest.Empty()
	d.Arrive(tuitest.Report{
		Source: "radio", ID: "new", When: "2026-11-20T14:30:00Z", Received: time.Minute, Country: "MLI", Admin1: "Gao", Act: incident.Killing,
		Change: func(i *incident.Incident) { i.NoOnward, i.Severity = true, incident.Known(incident.Critical) },
	})
	l := tuitest.NewLog()
	l.Say(time.Minute, tuitest.Vigil, &duty.Raise{Rule: "staff killed, abducted or missing", Severity: duty.Critical, Key: "k", Country: "MLI", Incident: radio("new"), Words: duty.Words("MLI Gao killing")})
	m := public(l.On(d))
	if len(m.Alarms) != 1 || m.Alarms[0].Words != "MLI Incident, unconfirmed" || len(m.Changes) != 1 || m.Changes[0].Worse {
		t.Errorf("%+v\n%+v", m.Alarms, m.Changes)
	}
}

// TestAnAgeOfAFewIsTheirs: when one of fewer than five was last heard of is not for a wall.
func TestAnAgeOfAFewIsTheirs(t *testing.T) {
	age := func(p wall.Privacy, n int) string {
		d := tuitest.Empty()
		group := presence.Group{Country: country.MLI, Totals: presence.Totals{Total: n, RecruitmentUnknown: n, SexUnknown: n, AsOf: tuitest.Now.Add(-time.Hour)}}
		d.Store.SetPresence(picture.PresenceSet{Ledger: presence.Ledger{Groups: []presence.Group{group}}}, tuitest.Now.Add(-time.Minute))
		m := wall.Of(figure.Plain, d.View(), p, []country.Code{country.MLI}, tuitest.Now)
		return m.Countries[0].StaffAge
	}
	if few, many, desk := age(wall.Public, 4), age(wall.Public, 5), age(wall.Desk, 4); few != "" || many != "1h" || desk != "1h" {
		t.Errorf("of 4 %q, of 5 %q, for duty officers of 4 %q", few, many, desk)
	}
}

// TestNobodyReadsThatSomebodyReported: a source that speaks only when somebody reports has no age in public.
func TestNobodyReadsThatSomebodyReported(t *testing.T) {
	d := tuitest.Empty()
	said := tuitest.Now.Add(-2 * time.Second)
	d.Source("own", "native", health.Profile{Expect: health.Unhurried}, health.Facts{Fetched: tuitest.Now, ContentTime: said})
	d.Source("radio", "native", health.Profile{Expect: time.Hour}, health.Facts{Fetched: tuitest.Now, ContentTime: said})
	ages := func(p wall.Privacy) string {
		m := wall.Of(figure.Plain, d.View(), p, nil, tuitest.Now)
		text := ""
		for _, b := range m.Beats {
			text += b.Name + b.Age + " "
		}
		return text
	}
	if wall, desk := ages(wall.Public), ages(wall.Desk); !strings.Contains(wall, "own ") || !strings.Contains(wall, "radio2s") || !strings.Contains(desk, "own2s") {
		t.Errorf("public %s, for duty officers %s", wall, desk)
	}
}

// TestAnAlarmNamesItsSource: which source it is about, as the wall lists them all.
func TestAnAlarmNamesItsSource(t *testing.T) {
	m := public(tuitest.OnDuty())
	if last := m.Alarms[len(m.Alarms)-1]; last.Words != "source stale: gdacs" {
		t.Errorf("%+v", last)
	}
}

// TestASurgeOfRestrictedMattersIsNotTold: an alarm that rings for how often something happens, beside an own normal by which it would not. Of
// Mali something is restricted, of Niger nothing.
func TestASurgeOfRestrictedMattersIsNotTold(t *testing.T) {
	d, l := tuitest.Sahel(), tuitest.NewLog()
	for _, in := range []string{"MLI", "NER"} {
		l.Say(time.Minute, tuitest.Vigil, &duty.Raise{Rule: rule.Surge, Severity: duty.Medium, Key: in, Country: in, Words: duty.Words(in + " 2.1 times as many")})
	}
	if m := public(l.On(d)); len(m.Alarms) != 1 || m.Alarms[0].Words != "NER surge" {
		t.Errorf("%+v", m.Alarms)
	}
	if m := wall.Of(figure.Plain, d.View(), wall.Desk, nil, tuitest.Now); len(m.Alarms) != 2 {
		t.Errorf("for duty officers %+v", m.Alarms)
	}
}

// TestSeveralSurgesTellNothingEither: of those that ring as one nobody knows which.
func TestSeveralSurgesTellNothingEither(t *testing.T) {
	for restricted, want := range map[bool]int{true: 0, false: 1} {
		d, l := tuitest.Sahel(), tuitest.NewLog()
		if !restricted {
			d = tuitest.Empty()
		}
		l.Say(time.Minute, tuitest.Vigil, &duty.Raise{Rule: rule.Surge, Severity: duty.Medium, Key: "several", Words: duty.Words("BFA, MLI, NER")})
		if m := public(l.On(d)); len(m.Alarms) != want {
			t.Errorf("restricted %v: %+v", restricted, m.Alarms)
		}
	}
}

// TestACountryOfRestrictedMattersHasNoAlarm: that the estimate rose in a country that is not on the wall.
func TestACountryOfRestrictedMattersHasNoAlarm(t *testing.T) {
	for handling, want := range map[incident.Handling]int{incident.Internal: 1, incident.Restricted: 0} {
		d, l := tuitest.Sahel(), tuitest.NewLog()
		d.Arrive(tuitest.Report{
			Source: "radio", ID: "new", When: "2026-11-20T14:30:00Z", Received: time.Minute, Country: "PER", Act: incident.Shooting,
			Change: func(i *incident.Incident) { i.Handling = incident.Known(handling) },
		})
		l.Say(time.Minute, tuitest.Vigil, &duty.Raise{Rule: "estimate rose", Severity: duty.Medium, Key: "r", Country: "PER", Words: duty.Words("PER estimate High")})
		v := l.On(d).View()
		if m := wall.Of(figure.Plain, v, wall.Public, nil, tuitest.Now); len(m.Alarms) != want || len(wall.Rings(v, wall.Public, nil, tuitest.Now)) != want {
			t.Errorf("%s: %+v", handling, m.Alarms)
		}
		if m := wall.Of(figure.Plain, v, wall.Desk, nil, tuitest.Now); len(m.Alarms) != 1 {
			t.Errorf("%s, for duty officers: %+v", handling, m.Alarms)
		}
	}
}

// TestAnAreaWithANumberIsNoArea: a level of a compound is told as one of its country.
func TestAnAreaWithANumberIsNoArea(t *testing.T) {
	d := tuitest.Empty()
	for i, ago := range []time.Duration{2 * time.Hour, time.Minute} {
		var areas []level.Area
		for _, name := range []string{"Compound 7", "Gao region"} {
			areas = append(areas, level.Area{Name: safetext.Clean(name), Level: 4 + i})
		}
		d.Store.SetLevels(picture.LevelSet{{Country: country.MLI, Scheme: safetext.Const(level.UNSLS), Areas: areas}}, tuitest.Now.Add(-ago))
	}
	var told []string
	for _, c := range public(d).Changes {
		told = append(told, c.Words)
	}
	if !slices.Equal(told, []string{"MLI Gao region official level 4→5", "MLI official level 4→5"}) {
		t.Errorf("%q", told)
	}
}

// TestAFloodTellsNothingOfWhatIsKept: in no group, by whose rule it would be told what happened.
func TestAFloodTellsNothingOfWhatIsKept(t *testing.T) {
	d, l := tuitest.Empty(), tuitest.NewLog()
	for i := range 12 {
		id := fmt.Sprint("n", i)
		d.Arrive(tuitest.Report{
			Source: "radio", ID: id, When: "2026-11-20T14:30:00Z", Received: time.Minute, Country: "MLI", Act: incident.Shooting,
			Change: func(n *incident.Incident) { n.NoOnward = i < 2 },
		})
		l.Say(time.Minute, tuitest.Vigil, &duty.Raise{Rule: "staff harmed", Severity: duty.High, Key: id, Country: "MLI", Incident: radio(id), Words: duty.Words("MLI")})
	}
	m := public(l.On(d))
	var told []string
	for _, a := range m.Listed {
		told = append(told, strings.TrimSpace(a.Called+" "+a.Words))
	}
	if !m.Flood || !slices.Equal(told, []string{"MLI Incident, unconfirmed", "MLI Incident, unconfirmed", "10× staff harmed, MLI"}) {
		t.Errorf("%q", told)
	}
}
