package picture

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"vigil/internal/correlate"
	"vigil/internal/country"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// shooting is what one authority says of a shooting at Ansongo.
func shooting(name, grade string, killed int) *incident.Incident {
	authority, id, _ := strings.Cut(name, "/")
	i := &incident.Incident{
		Identity:  incident.Identity{Authority: safetext.Clean(authority), ID: safetext.Clean(id)},
		Occurred:  incident.At(now.Add(-3 * time.Hour)),
		Countries: []country.Code{country.MLI}, Place: safetext.Const("Ansongo"),
		Point: incident.Point{Lat: 15.66, Lon: 0.5}, HasPoint: true,
		Act: incident.Known(incident.Shooting), Threat: incident.Known(incident.Crime),
		Grade: safetext.Clean(grade), Details: safetext.Const("Two nurses shot at a checkpoint near the market"),
	}
	if killed >= 0 {
		i.Affected = incident.Breakdown{{Population: incident.Known(incident.PopulationNGO), Outcome: incident.Known(incident.Killed), Count: killed}}
	}
	return i
}

func identity(name string) incident.Identity {
	authority, id, _ := strings.Cut(name, "/")
	return incident.Identity{Authority: safetext.Clean(authority), ID: safetext.Clean(id)}
}

func choice(at time.Time, apart bool, names ...string) correlate.Choice {
	c := correlate.Choice{At: at, Apart: apart, ID: "entry"}
	for _, n := range names {
		c.Incidents = append(c.Incidents, identity(n))
	}
	return c
}

// lists is the incidents of a view by their names, newest first, with how many tell of each.
func lists(v View) string {
	var all []string
	for id := range v.Incidents() {
		r, _ := v.Row(id)
		all = append(all, fmt.Sprintf("%s/%s×%d", v.Identity(id).Authority, v.Identity(id).ID, r.Tellings))
	}
	return strings.Join(all, " ")
}

func event(t *testing.T, v View) Event {
	t.Helper()
	e, ok := v.Event(v.At(0))
	if !ok {
		t.Fatal("there is no event")
	}
	return e
}

func TestTwoSourcesOneEvent(t *testing.T) {
	b := newBench(t)
	b.say("radio", shooting("radio/1", "C3", 5))
	b.say("radio", shooting("field/7", "B2", 2))
	v := b.view()
	if got := lists(v); got != "field/7×2" {
		t.Errorf("listed: %s; the higher grade leads, although the other says worse", got)
	}
	totals := v.Totals()
	if totals.Total != 1 || totals.Merged != 1 || totals.SingleSource != 0 {
		t.Errorf("totals %+v", totals)
	}
	c, _ := v.Country(country.MLI)
	if c.Day.Sure != 1 || c.Outcomes.Killed != 2 {
		t.Errorf("%d in 24 h, %d killed; counted once, by the higher grade, never added or averaged", c.Day.Sure, c.Outcomes.Killed)
	}
	e := event(t, v)
	if len(e.Tellings) != 2 || e.Tellings[1].Row.Killed.N != 5 || e.Tellings[1].Row.Grade.String() != "C3" {
		t.Errorf("tellings %+v", e.Tellings)
	}
	want := []Difference{{"killed", []string{"2", "5"}}}
	if diff := gocmp.Diff(want, e.Differences); diff != "" {
		t.Error(diff)
	}
	if len(e.Joins) != 1 || e.Joins[0].Choice != "" || !slices.ContainsFunc(e.Joins[0].Reasons, func(r correlate.Reason) bool { return r.Text() == "0 min apart" }) {
		t.Errorf("joins %+v", e.Joins)
	}
	if other := e.Tellings[1].ID; v.Lead(other) != v.At(0) {
		t.Error("the other incident does not lead to the one listed")
	}
}

func TestOfOneGradeTheWorseLeads(t *testing.T) {
	b := newBench(t)
	b.say("radio", shooting("radio/1", "", 2))
	b.say("radio", shooting("field/7", "", 5))
	if got := lists(b.view()); got != "field/7×2" {
		t.Errorf("listed: %s", got)
	}
	upgraded := shooting("radio/1", "A1", 2)
	upgraded.Type = incident.Update
	b.say("radio", upgraded)
	if got := lists(b.view()); got != "radio/1×2" {
		t.Errorf("listed: %s; a higher grade came for the same event", got)
	}
}

// Who says the day does not disagree with who says the hour of it; who says another day does.
func TestACoarserTimeIsNoDisagreement(t *testing.T) {
	for _, tt := range []struct {
		times    []string
		disagree bool
	}{
		{[]string{"2026-11-20", "2026-11-20T09:10:00Z", "2026-11"}, false},
		{[]string{"2026-11-20", "2026-11-20T09:10:00Z", "2026-11-20T09:40:00Z"}, true},
		{[]string{"2026-11-20T09:10:00Z", "2026-11-19"}, true},
		{[]string{"2026-11-20T09:10:00Z", ""}, false},
	} {
		var all []Telling
		for _, s := range tt.times {
			all = append(all, Telling{Row: Row{When: when(t, s)}})
		}
		if got := len(differences(all)) > 0; got != tt.disagree {
			t.Errorf("%q disagree: %t", tt.times, got)
		}
	}
}

func TestACancelLeavesTheEvent(t *testing.T) {
	b := newBench(t)
	b.say("radio", shooting("radio/1", "B2", 5))
	b.say("radio", shooting("field/7", "C3", 2))
	b.view()
	cancel := shooting("radio/1", "B2", 5)
	cancel.Type = incident.Cancel
	b.say("radio", cancel)
	v := b.view()
	c, _ := v.Country(country.MLI)
	if totals := v.Totals(); totals.Total != 1 || totals.Cancelled != 1 || totals.Merged != 0 || c.Outcomes.Killed != 2 {
		t.Errorf("totals %+v, %d killed: the other source has not cancelled", totals, c.Outcomes.Killed)
	}
}

func TestRestrictedBesideOpenTellsNothing(t *testing.T) {
	b := newBench(t)
	closed := shooting("field/7", "B2", 2)
	closed.Handling = incident.Known(incident.Restricted)
	b.say("radio", shooting("radio/1", "C3", 2))
	b.say("radio", closed)
	b.store.Choose([]correlate.Choice{choice(now, false, "radio/1", "field/7")})
	v := b.view()
	if v.Totals().Total != 2 || v.Totals().Merged != 0 {
		t.Errorf("totals %+v", v.Totals())
	}
	for id := range v.Incidents() {
		r, _ := v.Row(id)
		e, _ := v.Event(id)
		if r.Tellings > 1 || r.Proposed || len(e.Proposed) > 0 || len(e.Tellings) > 1 {
			t.Errorf("%+v %+v", r, e)
		}
		if r.Restricted && (r.Tellings != 0 || len(e.Tellings) != 0) {
			t.Errorf("of a restricted incident it is told how many tell of it: %+v", r)
		}
	}
	again := b.store.Publish(now).For(SecurityLead)
	if again.Totals().Merged != 0 {
		t.Error("one picture, whoever looks")
	}
}

func TestChoicesHoldFromTheirTime(t *testing.T) {
	b := newBench(t)
	b.say("radio", shooting("radio/1", "C3", 2))
	b.say("radio", shooting("field/7", "B2", 2))
	parted, joined := now.Add(time.Minute), now.Add(2*time.Minute)
	b.store.Choose([]correlate.Choice{
		choice(parted, true, "radio/1", "field/7"), choice(joined, false, "radio/1", "field/7"),
	})
	later := now.Add(time.Hour)
	for _, tt := range []struct {
		known  time.Time
		merged int
		choice string
	}{{now, 1, ""}, {parted, 0, ""}, {joined, 1, "entry"}, {later, 1, "entry"}} {
		v := b.store.At(tt.known, tt.known, later).For(DutyOfficer)
		if v.Totals().Merged != tt.merged {
			t.Errorf("known at %s: %d merged, want %d", tt.known.Format(time.TimeOnly), v.Totals().Merged, tt.merged)
		}
		if e := event(t, v); tt.merged > 0 && e.Joins[0].Choice != tt.choice {
			t.Errorf("known at %s: joined by %q", tt.known.Format(time.TimeOnly), e.Joins[0].Choice)
		}
	}
	before := b.store.At(b.at.Add(-500*time.Millisecond), now, later).For(DutyOfficer)
	if got := lists(before); got != "radio/1×1" {
		t.Errorf("before the second source spoke: %s", got)
	}
}

func TestAProposalSaysWhy(t *testing.T) {
	b := newBench(t)
	b.say("radio", shooting("radio/1", "C3", 2))
	refuted := shooting("field/7", "B2", 2)
	refuted.Verification = incident.Known(incident.Refuted)
	b.say("radio", refuted)
	v := b.view()
	if totals := v.Totals(); totals.Total != 2 || totals.Proposed != 2 || totals.SingleSource != 2 {
		t.Errorf("totals %+v: what one source refutes is for a person to judge", totals)
	}
	if e := event(t, v); len(e.Proposed) != 1 || len(e.Proposed[0].Reasons) == 0 || e.Proposed[0].Points <= 0 {
		t.Errorf("%+v", e.Proposed)
	}
}

// drawn writes down the list of a view with every event in it.
func drawn(v View) string {
	var all []string
	for id := range v.Incidents() {
		e, _ := v.Event(id)
		r, _ := v.Row(id)
		line := fmt.Sprintf("%v %v %v %v: ", r.Interval, r.Killed, r.Severity.Value, r.Filled)
		for _, t := range e.Tellings {
			line += fmt.Sprintf("%s/%s %s;", t.Identity.Authority, t.Identity.ID, t.Row.Grade)
		}
		for _, p := range e.Proposed {
			line += fmt.Sprintf(" perhaps %s/%s %d", p.Identity.Authority, p.Identity.ID, p.Points)
		}
		all = append(all, line)
	}
	slices.Sort(all)
	return strings.Join(all, "\n") + fmt.Sprintf("\n%+v", v.Totals())
}

// inOrder checks that the list has each incident once, newest first, where what it says puts it.
func inOrder(rt *rapid.T, v View) {
	seen := map[ID]bool{}
	before := time.Time{}
	for id := range v.Incidents() {
		f, _ := v.Facts(id)
		if seen[id] || !before.IsZero() && f.Placed().After(before) {
			rt.Fatalf("%d at %s stands behind %s, or twice", id, f.Placed(), before)
		}
		if r, _ := v.Row(id); !r.Placed.Equal(f.Placed()) {
			rt.Fatalf("%s in its row, %s in its facts", r.Placed, f.Placed())
		}
		seen[id], before = true, f.Placed()
	}
}

// Events follow what arrives without everything being compared again, and come to what everything compared anew gives: the
// picture of the past is made that way.
func TestEventsFollowArrivals(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := NewStore(Options{})
		s.Configure("radio", SourceInfo{Profile: health.Profile{Memory: health.Accumulates}})
		s.Begin("radio", safetext.Const("radio"), 1)
		at := now
		var chosen []correlate.Choice
		name := func(label string) string {
			return fmt.Sprintf("%s/%d", rapid.SampledFrom([]string{"a", "b", "c"}).Draw(rt, label), rapid.IntRange(1, 3).Draw(rt, label))
		}
		for n := range rapid.IntRange(1, 25).Draw(rt, "steps") {
			at = at.Add(time.Second)
			switch rapid.IntRange(0, 8).Draw(rt, "step") {
			case 0:
				s.gather(rapid.IntRange(0, 2).Draw(rt, "limit"))
			case 1:
				s.Publish(at)
			case 2:
				chosen = append(chosen, choice(at, rapid.Bool().Draw(rt, "apart"), name("one"), name("other")))
				s.Choose(chosen)
			default:
				i := shooting(name("new"), rapid.SampledFrom([]string{"", "C3", "B2"}).Draw(rt, "grade"), rapid.IntRange(-1, 3).Draw(rt, "killed"))
				i.Occurred = incident.At(now.AddDate(0, 0, -rapid.IntRange(1, 3).Draw(rt, "day")))
				i.Type = rapid.SampledFrom([]incident.Type{incident.New, incident.Update, incident.Update, incident.Cancel}).Draw(rt, "type")
				i.HasPoint = rapid.Bool().Draw(rt, "point")
				if rapid.IntRange(0, 3).Draw(rt, "timed") == 0 {
					i.Occurred = incident.When{}
				}
				if rapid.Bool().Draw(rt, "graded") {
					i.Severity = incident.Known(incident.Severe)
				}
				s.Arrive(Arrival{
					Incident: i, Source: "radio", Received: at,
					Origin: incident.Origin{File: safetext.Const("radio"), Line: n + 1, Offset: int64(n), Generation: 1},
				})
			}
		}
		live := s.Publish(at).For(DutyOfficer)
		anew := s.At(at, at, at.Add(time.Hour)).For(DutyOfficer)
		if have, want := drawn(live), drawn(anew); have != want {
			rt.Fatalf("as it went:\n%s\nanew:\n%s", have, want)
		}
		inOrder(rt, live)
		if n := live.Len(); n != live.Totals().Total+live.Totals().Cancelled {
			rt.Fatalf("%d listed, totals %+v", n, live.Totals())
		}
	})
}

// What waits is compared picture by picture, the latest first, and said until then.
func TestManyAreComparedByAndBy(t *testing.T) {
	s := NewStore(Options{})
	s.Configure("radio", SourceInfo{Profile: health.Profile{Memory: health.Accumulates}})
	const pairs = perPicture
	for k := range 2 * pairs {
		i := shooting(fmt.Sprintf("%c/%d", 'a'+k%2, k/2), "", 1)
		i.Occurred, i.Affected[0].Count = incident.At(now.Add(-time.Duration(k/2)*20*Day)), 1+k/2%5
		s.Arrive(Arrival{Incident: i, Source: "radio", Received: now, Origin: incident.Origin{File: safetext.Const("radio"), Offset: int64(k), Generation: 1}})
	}
	s.SetDesk(Desk{Reading: safetext.Const("reading")})
	if v := s.Publish(now).For(DutyOfficer); v.Uncompared() != 2*pairs || v.Totals().Merged != 0 {
		t.Errorf("while files are read: %d not compared, %d merged", v.Uncompared(), v.Totals().Merged)
	}
	s.SetDesk(Desk{})
	v := s.Publish(now).For(DutyOfficer)
	if r, _ := v.Row(v.At(0)); v.Uncompared() != pairs || r.Tellings != 2 {
		t.Errorf("after the first: %d not compared, the newest event has %d tellings", v.Uncompared(), r.Tellings)
	}
	if v = s.Publish(now).For(DutyOfficer); v.Uncompared() != 0 || v.Totals().Merged != pairs || v.Totals().Total != pairs {
		t.Errorf("in the end: %d not compared, %+v", v.Uncompared(), v.Totals())
	}
}

// BenchmarkEvents prints what a hundred thousand incidents of four sources cost to be made into events, and one more.
func BenchmarkEvents(b *testing.B) {
	const n = 100_000
	codes := country.All()[:60]
	fill := func() *Store {
		s := NewStore(Options{})
		s.Configure("radio", SourceInfo{Profile: health.Profile{Memory: health.Accumulates}})
		for k := range n {
			i := shooting(fmt.Sprintf("%c/%d", 'a'+k%4, k), "", k%3)
			i.Occurred, i.Countries = incident.At(now.Add(-time.Duration(k)*time.Hour)), []country.Code{codes[cmp.Compare(k%7, 3)+k/8%50+1]}
			s.Arrive(Arrival{Incident: i, Source: "radio", Received: now, Origin: incident.Origin{File: safetext.Const("radio"), Offset: int64(k), Generation: 1}})
		}
		return s
	}
	b.Run("all", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			s := fill()
			b.StartTimer()
			s.gather(n)
		}
		b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/n, "µs/incident")
	})
	b.Run("one more", func(b *testing.B) {
		s := fill()
		s.gather(n)
		k := n
		for b.Loop() {
			k++
			i := shooting(fmt.Sprintf("a/%d", k), "", 1)
			s.Arrive(Arrival{Incident: i, Source: "radio", Received: now, Origin: incident.Origin{File: safetext.Const("radio"), Offset: int64(k), Generation: 1}})
			s.gather(n)
		}
	})
}
