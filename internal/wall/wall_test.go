package wall_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"vigil/internal/country"
	"vigil/internal/duty"
	"vigil/internal/figure"
	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/presence"
	"vigil/internal/profile"
	"vigil/internal/safetext"
	"vigil/internal/tui/tuitest"
	"vigil/internal/wall"
)

// words are all texts of a model.
func words(v reflect.Value, list *[]string) {
	switch v.Kind() {
	case reflect.String:
		*list = append(*list, v.String())
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			words(v.Index(i), list)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).Name != "Key" { // of what is the same, and never shown
				words(v.Field(i), list)
			}
		}
	}
}

func said(m *wall.Model) string {
	var list []string
	words(reflect.ValueOf(*m), &list)
	return strings.Join(list, "\n")
}

// TestPublicSaysNoMore: no place, no owner, no figure of people, nothing restricted, and no word of a narrative or of who is near leaves the
// model of a wall; a duty officer's has them.
func TestPublicSaysNoMore(t *testing.T) {
	d, l := tuitest.OnDutyLog()
	l.Say(8*time.Hour, "Oscar", &duty.Watch{Act: duty.WatchTaken, Holder: duty.Words("Oscar")})
	l.Say(time.Minute, "vigil", &duty.Raise{Rule: "restricted incident", Severity: duty.High, Key: "k", Words: duty.Words("Restricted incident: security lead only")})
	v := l.On(d).View()
	public, desk := wall.Of(figure.Plain, v, wall.Public, nil, tuitest.Now), wall.Of(figure.Plain, v, wall.Desk, nil, tuitest.Now)
	out, in := said(&public), said(&desk)
	for _, secret := range []string{"Ansongo", "Oscar", "near 31", "nat. NGO", "Restricted", "RESTRICTED", "restricted", "checkpoint", "link is down", "Tillabéri  Attack"} {
		if strings.Contains(out, secret) {
			t.Errorf("a wall says %q:\n%s", secret, out)
		}
	}
	for _, seen := range []string{"Ansongo", "Oscar", "near 31"} {
		if !strings.Contains(in, seen) {
			t.Errorf("a duty officer does not see %q", seen)
		}
	}
	for _, still := range []string{"NOT ACKED", "ACKED", "ENDED UNSEEN", "level change", "MLI Incident, unconfirmed", "NER Att. convoy"} {
		if !strings.Contains(out, still) {
			t.Errorf("a wall lacks %q:\n%s", still, out)
		}
	}
	if a := public.Critical(); a == nil || a.Key != "entry-11" {
		t.Errorf("the newest critical is %+v", a)
	}
}

// TestFewAreNotCounted: below five nobody learns how many staff there are, and nothing is given from which it could be worked out.
func TestFewAreNotCounted(t *testing.T) {
	v := tuitest.Sahel().View()
	total := 0
	for c := range v.Countries() {
		total += c.Staff.Total
	}
	m := wall.Of(figure.Plain, v, wall.Public, nil, tuitest.Now)
	known := map[string]string{}
	for _, c := range m.Countries {
		known[c.Code.Alpha3()] = c.Staff
	}
	for c := range v.Countries() {
		want := fmt.Sprint(c.Staff.Total/wall.Least*wall.Least) + "+"
		switch got := strings.ReplaceAll(known[c.Code.Alpha3()], ",", ""); {
		case !c.HasStaff && got != "?", c.HasStaff && c.Staff.Total < wall.Least && got != "<5", c.HasStaff && c.Staff.Total >= wall.Least && got != want:
			t.Errorf("%s has %q of %d", c.Code, got, c.Staff.Total)
		}
	}
	if strings.Contains(strings.ReplaceAll(said(&m), ",", ""), fmt.Sprint(total)) {
		t.Errorf("the sum %d is given", total)
	}
}

// TestNothingIsWorkedOutLater: who looks at the wall before and after learns neither how many came, went or were taken, nor that something
// restricted happened.
func TestNothingIsWorkedOutLater(t *testing.T) {
	staff := func(n int) string {
		d := tuitest.Empty()
		group := presence.Group{Country: country.MLI, Totals: presence.Totals{Total: n, RecruitmentUnknown: n, SexUnknown: n}}
		d.Store.SetPresence(picture.PresenceSet{Ledger: presence.Ledger{Groups: []presence.Group{group}}}, tuitest.Now.Add(-time.Minute))
		m := wall.Of(figure.Plain, d.View(), wall.Public, []country.Code{country.MLI}, tuitest.Now)
		return m.Countries[0].Staff
	}
	for n, want := range map[int]string{0: "<5", 4: "<5", 5: "5+", 9: "5+", 475: "475+", 477: "475+"} {
		if got := staff(n); got != want {
			t.Errorf("%d staff are %q, want %q", n, got, want)
		}
	}
	shows := func(p wall.Privacy, handling incident.Handling) string {
		d := tuitest.Sahel()
		if handling != incident.HandlingUnstated {
			d.Arrive(tuitest.Report{
				Source: "radio", ID: "new", When: "2026-11-20T14:30:00Z", Received: time.Minute, Country: "MLI", Admin1: "Gao", Act: incident.Shooting, Threat: incident.Crime,
				Change: func(i *incident.Incident) { i.Handling = incident.Known(handling) },
			})
		}
		m := wall.Of(figure.Plain, d.View(), p, []country.Code{country.MLI}, tuitest.Now)
		m.Beats = nil // that a source has just spoken is no secret
		return said(&m)
	}
	if before := shows(wall.Public, incident.HandlingUnstated); before != shows(wall.Public, incident.Restricted) || before == shows(wall.Public, incident.Internal) {
		t.Error("a restricted incident shows on a wall, or an open one does not")
	}
	if shows(wall.Desk, incident.HandlingUnstated) == shows(wall.Desk, incident.Restricted) {
		t.Error("a duty officer does not have it in the counts")
	}
}

// TestKeptIsNotTold: of what its source wants kept, of sexual violence, and of an act in a source's own words a wall says that there was an
// incident in the country.
func TestKeptIsNotTold(t *testing.T) {
	tells := func(change func(*incident.Incident)) string {
		d := tuitest.Empty()
		d.Arrive(tuitest.Report{Source: "radio", ID: "new", When: "2026-11-20T14:30:00Z", Received: time.Minute, Country: "MLI", Admin1: "Gao", Act: incident.Shooting, Change: change})
		m := wall.Of(figure.Plain, d.View(), wall.Public, nil, tuitest.Now)
		if len(m.Changes) != 1 {
			t.Fatalf("%+v", m.Changes)
		}
		return m.Changes[0].Words
	}
	for name, tt := range map[string]struct {
		want   string
		change func(*incident.Incident)
	}{
		"open": {"MLI Gao Shooting, unconfirmed", nil},
		"kept": {"MLI Incident, unconfirmed", func(i *incident.Incident) { i.NoOnward = true }},
		"sexual violence": {"MLI Incident, unconfirmed", func(i *incident.Incident) {
			i.Act, i.Handling = incident.Known(incident.SexualViolence), incident.Known(incident.Internal)
		}},
		"own words":    {"MLI Gao Incident, unconfirmed", func(i *incident.Incident) { i.Act.Text = safetext.Const("the driver of Alpha 1 shot") }},
		"no mere area": {"MLI Shooting, unconfirmed", func(i *incident.Incident) { i.Admin1 = safetext.Const("16.27, -0.04") }},
	} {
		if got := tells(tt.change); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

// TestOnly: the countries asked for stand in the order in which they were asked for, and nothing else.
func TestOnly(t *testing.T) {
	v := tuitest.OnDuty().View()
	only := []country.Code{country.MustParse("NER"), country.MustParse("MLI")}
	m := wall.Of(figure.Plain, v, wall.Public, only, tuitest.Now)
	if len(m.Countries) != 2 || m.Countries[0].Code != only[0] || m.Countries[1].Code != only[1] {
		t.Errorf("%+v", m.Countries)
	}
	for _, a := range m.Alarms {
		if a.Country.Known() && a.Country != only[0] && a.Country != only[1] {
			t.Errorf("%+v", a)
		}
	}
	all := wall.Of(figure.Plain, v, wall.Public, nil, tuitest.Now)
	if len(all.Countries) < 3 || all.Countries[0].Code != country.MLI {
		t.Errorf("all begin with %+v", all.Countries[0])
	}
}

// TestNothingDueInPublic: that a movement is overdue is for duty officers.
func TestNothingDueInPublic(t *testing.T) {
	d, l := tuitest.OnDutyLog()
	l.Say(time.Minute, "vigil", &duty.Raise{
		Rule: "overdue", Severity: duty.Critical, Key: "k", Country: "MLI", Due: tuitest.Now.Add(-time.Hour), Words: duty.Words("movement: EXERCISE to Ansongo, OVERDUE since 13:32Z"),
	})
	v := l.On(d).View()
	public, desk := wall.Of(figure.Plain, v, wall.Public, nil, tuitest.Now), wall.Of(figure.Plain, v, wall.Desk, nil, tuitest.Now)
	if out := said(&public); strings.Contains(out, "overdue") || strings.Contains(out, "OVERDUE") || strings.Contains(out, "movement") || len(public.Alarms) != len(desk.Alarms)-1 {
		t.Errorf("a wall says of a movement:\n%s", out)
	}
	if a := desk.Critical(); a == nil || !strings.Contains(a.Words, "movement") {
		t.Errorf("the duty officer's newest critical is %+v", a)
	}
}

// TestACriticalStandsUntilAllAreTold: that somebody has it does not end it for a room, as long as not everybody knows who must.
func TestACriticalStandsUntilAllAreTold(t *testing.T) {
	d, l := tuitest.OnDutyLog()
	const critical = "entry-11"
	l.Say(2*time.Minute, "Oscar", &duty.Ack{Alarm: critical, Owner: duty.Words("Oscar"), Reason: duty.Words("mine"), Until: tuitest.Now.Add(time.Hour)})
	l.Say(time.Minute, "Oscar", &duty.Told{Alarm: critical, Contact: "designated official", Channel: "mobile", Outcome: duty.NoAnswer})
	d.Store.SetProfiles(profile.Set{tuitest.Profile()}, tuitest.Now.Add(-time.Hour))
	l.Say(30*time.Second, "Oscar", &duty.Told{Alarm: critical, Contact: "security adviser", Channel: "mobile", Outcome: duty.ReadBack})
	v := l.On(d).View()
	desk := wall.Of(figure.Plain, v, wall.Desk, nil, tuitest.Now)
	if a := desk.Critical(); a == nil || !slices.Contains(a.Lacks, "designated official") || !slices.Contains(a.Knows, "security adviser") {
		t.Errorf("who knows of %+v", a)
	}
	m := wall.Of(figure.Plain, v, wall.Public, nil, tuitest.Now)
	a := m.Critical()
	if a != nil && len(a.Lacks)+len(a.Knows) > 0 {
		t.Errorf("a wall says who knows: %+v", a)
	}
	if a == nil || a.Key != "entry-11" || a.Rings || a.Told == "" || m.Listed[0].Key != "entry-11" {
		t.Errorf("with %+v on the wall, of which somebody was not told, the list begins with %+v", a, m.Listed[0])
	}
}

// TestTheFirstReadingIsNoChange: with every start of vigil each source is read for the first time.
func TestTheFirstReadingIsNoChange(t *testing.T) {
	m := wall.Of(figure.Plain, tuitest.OnDuty().View(), wall.Desk, nil, tuitest.Now)
	if len(m.Changes) == 0 {
		t.Fatal("nothing changed")
	}
	for _, c := range m.Changes {
		if strings.HasPrefix(c.Key, "source ") {
			t.Errorf("%s", c.Words)
		}
	}
}

func TestParsePrivacy(t *testing.T) {
	for text, want := range map[string]wall.Privacy{"wall": wall.Public, "desk": wall.Desk} {
		if got, err := wall.ParsePrivacy(text); err != nil || got != want || got.String() != text {
			t.Errorf("%q is %v, %v", text, got, err)
		}
	}
	if _, err := wall.ParsePrivacy("open"); err == nil || !strings.Contains(err.Error(), "wall or desk") {
		t.Error(err)
	}
}

// TestAnAlarmOfTwoCountriesIsOnBothWalls: the alarm names one of them.
func TestAnAlarmOfTwoCountriesIsOnBothWalls(t *testing.T) {
	d, l := tuitest.Sahel(), tuitest.NewLog()
	d.Arrive(tuitest.Report{
		Source: "radio", ID: "border", When: "2026-11-20T14:30:00Z", Received: time.Minute, Country: "MLI", Act: incident.Shooting,
		Change: func(i *incident.Incident) { i.Countries = append(i.Countries, country.MustParse("NER")) },
	})
	l.Say(time.Minute, tuitest.Vigil, &duty.Raise{
		Rule: "staff harmed", Severity: duty.High, Key: "border", Country: "MLI", Words: duty.Words("MLI"),
		Incident: duty.Name{Authority: duty.Words("radio"), ID: duty.Words("border")},
	})
	v := l.On(d).View()
	for in, want := range map[string]int{"MLI": 1, "NER": 1, "BFA": 0} {
		only := []country.Code{country.MustParse(in)}
		for _, p := range []wall.Privacy{wall.Public, wall.Desk} {
			if m := wall.Of(figure.Plain, v, p, only, tuitest.Now); len(m.Alarms) != want || len(wall.Rings(v, p, only, tuitest.Now)) != want {
				t.Errorf("a wall of %s, privacy %s, has %+v", in, p, m.Alarms)
			}
		}
	}
}
