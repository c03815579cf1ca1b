package picture

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"vigil/internal/correlate"
	"vigil/internal/country"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// bare is a record that says that something happened, and no more.
func bare(name, grade string, says ...edit) *incident.Incident {
	i := &incident.Incident{Identity: identity(name), Grade: safetext.Clean(grade)}
	for _, e := range says {
		e(i)
	}
	return i
}

func in(codes ...country.Code) edit { return func(i *incident.Incident) { i.Countries = codes } }

func inPlace(place, admin1 string) edit {
	return func(i *incident.Incident) { i.Place, i.Admin1 = safetext.Clean(place), safetext.Clean(admin1) }
}

func point(lat, lon, km float64) edit {
	return func(i *incident.Incident) {
		i.Point, i.HasPoint, i.Accuracy = incident.Point{Lat: lat, Lon: lon}, true, km
	}
}

func graded(s incident.Severity) edit {
	return func(i *incident.Incident) { i.Severity = incident.Known(s) }
}

func did(a incident.Act) edit { return func(i *incident.Incident) { i.Act = incident.Known(a) } }

func of(t incident.Threat) edit   { return func(i *incident.Incident) { i.Threat = incident.Known(t) } }
func onward(i *incident.Incident) { i.NoOnward = true }

func hit(entries ...incident.Affected) edit {
	return func(i *incident.Incident) { i.Affected = entries }
}

func people(p incident.Population, r incident.Recruitment, o incident.Outcome, n int) incident.Affected {
	return incident.Affected{
		Population: incident.Known(p), Recruitment: incident.Known(r), Outcome: incident.Known(o), Count: n,
	}
}

// joined is the view of incidents that a person has said to be one event.
func joined(t interface{ Fatalf(string, ...any) }, b *bench, all ...*incident.Incident) View {
	var names []string
	for _, i := range all {
		names = append(names, i.Identity.Authority.String()+"/"+i.Identity.ID.String())
		b.say("radio", i)
	}
	b.store.Choose([]correlate.Choice{choice(now, false, names...)})
	v := b.view()
	if v.Totals().Merged != len(all)-1 {
		t.Fatalf("%d merged of %d", v.Totals().Merged, len(all))
	}
	return v
}

// fills writes down what is taken from whom.
func fills(v View, list []Filled) string {
	var all []string
	for _, f := range list {
		all = append(all, f.Field.String()+" "+v.Identity(f.By).Authority.String())
	}
	return strings.Join(all, ", ")
}

var atGao = point(16.27, -0.05, 2)

func TestWhatTheLeadLeavesUnsaid(t *testing.T) {
	exact, day := now.Add(-3*time.Hour), "2026-11-20"
	mali := in(country.MLI)
	for _, tt := range []struct {
		name   string
		lead   []edit
		others [][]edit // of grades that fall
		want   string
	}{
		{"nothing is left unsaid by anybody", nil, [][]edit{nil}, ""},
		{"the next best that says it", []edit{mali}, [][]edit{{mali}, {mali, graded(incident.Minor)}, {mali, graded(incident.Severe)}}, "severity c"},
		{"each thing from whoever says it", nil, [][]edit{{mali, did(incident.Shooting)}, {mali, of(incident.Crime), did(incident.Killing)}}, "countries b, threat c, act b"},
		{"what the lead says stays", []edit{mali, graded(incident.Minor), did(incident.Theft)}, [][]edit{{mali, graded(incident.Critical), did(incident.Killing)}}, ""},
		{"a word that we do not know is said", []edit{func(i *incident.Incident) { i.Act = incident.ParseAct("car jacking") }}, [][]edit{{did(incident.Hijacking)}}, ""},
		{"and says nothing that we could take", nil, [][]edit{{func(i *incident.Incident) { i.Act = incident.ParseAct("car jacking") }}}, ""},
		{"target, holder, means and actor", []edit{func(i *incident.Incident) { i.Target = incident.Known(incident.TargetUnknown) }}, [][]edit{{func(i *incident.Incident) {
			i.Target, i.Holder = incident.Known(incident.TargetConvoy), incident.Known(incident.HolderNonState)
			i.Means, i.Actor = safetext.Const("rifles"), safetext.Const("gunmen")
		}}}, "target b, holder b, means b, actor b"},

		{"a time where there is none", nil, [][]edit{{occurred(incident.At(exact))}}, "occurred b"},
		{"a time within the day", []edit{occurred(when(t, day))}, [][]edit{{occurred(incident.At(exact))}}, "occurred b"},
		{"a day within the month, and a time within the day", []edit{occurred(when(t, "2026-11"))}, [][]edit{{occurred(when(t, day))}, {occurred(incident.At(exact))}}, "occurred c"},
		{"no time of another day", []edit{occurred(when(t, "2026-11-19"))}, [][]edit{{occurred(incident.At(exact))}}, ""},
		{"no time after it was reported", []edit{occurred(when(t, day)), reported(-4 * time.Hour)}, [][]edit{{occurred(incident.At(exact))}}, ""},
		{"nothing coarser", []edit{occurred(incident.At(exact))}, [][]edit{{occurred(when(t, day))}}, ""},
		{"a time that is not believed is said", []edit{occurred(incident.At(now.Add(Day)))}, [][]edit{{occurred(incident.At(exact))}}, ""},
		{"and is not taken", nil, [][]edit{{occurred(incident.At(now.Add(Day)))}}, ""},

		{"a position with its place", []edit{mali}, [][]edit{{mali, inPlace("Gao", "Gao"), atGao}}, "position b, place b, admin1 b"},
		{"the position of the same place", []edit{mali, inPlace("Gao", "")}, [][]edit{{mali, inPlace("GAO town", "Gao region"), atGao}}, "position b, admin1 b"},
		{"not that of another place", []edit{mali, inPlace("Ansongo", "")}, [][]edit{{mali, inPlace("Gao", "Gao"), atGao}}, ""},
		{"nor that of no place", []edit{mali, inPlace("Gao", "")}, [][]edit{{mali, atGao}}, ""},
		{"nor of another region", []edit{mali, inPlace("", "Kidal")}, [][]edit{{mali, inPlace("Gao", "Gao"), atGao}}, ""},
		{"nor of none, where the lead names one", []edit{mali, inPlace("", "Gao")}, [][]edit{{mali, inPlace("Gao", ""), atGao}}, ""},
		{"the place of a position near the lead's", []edit{mali, point(16.28, -0.04, 0)}, [][]edit{{mali, inPlace("Gao", "Gao"), atGao}}, "place b, admin1 b"},
		{"not of one that is far from it", []edit{mali, point(15.66, 0.5, 0)}, [][]edit{{mali, inPlace("Gao", "Gao"), atGao}}, ""},
		{"nor of none", []edit{mali, point(16.28, -0.04, 0)}, [][]edit{{mali, inPlace("Gao", "Gao")}}, ""},
		{"no position in another country", []edit{mali}, [][]edit{{in(country.MLI, country.NER), inPlace("Niamey", ""), point(13.5, 2.1, 0)}}, ""},
		{"no position that contradicts its own country", []edit{mali}, [][]edit{{mali, inPlace("Gao", ""), point(48, 2, 0)}}, "place b"},
		{"a country for a position, where the two go together", []edit{atGao}, [][]edit{{in(country.NER)}, {mali}}, "countries c"},
		{"not in place of words that name none", []edit{func(i *incident.Incident) { i.CountryText = []safetext.Text{safetext.Const("Azawad")} }}, [][]edit{{mali, inPlace("Gao", "")}}, ""},
		{"what was taken must agree with what is taken next", []edit{mali}, [][]edit{{mali, inPlace("Ansongo", "")}, {mali, inPlace("Gao", "Gao"), atGao}}, "place b"},

		{"people, all of one telling", []edit{mali}, [][]edit{{mali, killed(2)}, {mali, hit(people(incident.PopulationNGO, incident.National, incident.Injured, 4))}}, "affected b"},
		{"none beside what the lead counts", []edit{killed(2)}, [][]edit{{hit(people(incident.PopulationNGO, incident.National, incident.Injured, 4))}}, ""},
		{"who they were, where the counts are the same", []edit{killed(2)}, [][]edit{{hit(people(incident.PopulationNGO, incident.National, incident.Killed, 2))}}, "affected b"},
		{"not where they are others", []edit{killed(2)}, [][]edit{{hit(people(incident.PopulationNGO, incident.National, incident.Killed, 3))}}, ""},
		{"nor of whoever was there", []edit{killed(2)}, [][]edit{{hit(people(incident.PopulationAnybody, incident.RecruitmentAny, incident.Killed, 2))}}, ""},
		{"nor in place of those whom nobody counted", []edit{killed(incident.Uncounted)}, [][]edit{{hit(people(incident.PopulationNGO, incident.National, incident.Injured, 4))}}, ""},
		{"that there were some", nil, [][]edit{{hit(incident.Affected{Count: incident.Uncounted})}, {killed(incident.Uncounted)}}, "affected c"},

		{"no hazard of what people did", []edit{did(incident.Shooting)}, [][]edit{{of(incident.Hazard)}}, ""},
		{"a hazard of a hazard", []edit{did(incident.Flood)}, [][]edit{{of(incident.Crime)}, {of(incident.Hazard)}}, "threat c"},
		{"nothing that was refuted", nil, [][]edit{{graded(incident.Minor), func(i *incident.Incident) { i.Verification = incident.Known(incident.Refuted) }}}, ""},
		{"nothing that may not be passed on", nil, [][]edit{{graded(incident.Minor), onward}}, ""},
		{"unless the lead may not either", []edit{onward}, [][]edit{{graded(incident.Minor), onward}}, "severity b"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t)
			all := []*incident.Incident{bare("a/1", "A1", tt.lead...)}
			for n, says := range tt.others {
				all = append(all, bare(string(rune('b'+n))+"/1", string(rune('B'+n))+"1", says...))
			}
			v := joined(t, b, all...)
			r, _ := v.Row(v.At(0))
			if v.Identity(r.ID) != all[0].Identity {
				t.Fatalf("%v leads", v.Identity(r.ID))
			}
			if got := fills(v, r.Filled); got != tt.want {
				t.Errorf("taken: %q, want %q", got, tt.want)
			}
			if e := event(t, v); fills(v, e.Filled) != tt.want {
				t.Errorf("of the event: %q, want %q", fills(v, e.Filled), tt.want)
			}
			checkOrigins(t, v)
		})
	}
}

// said is a row as far as another may fill it, by field.
func said(r *Row, i *incident.Incident) [fieldCount]any {
	type counts struct {
		Of      [6]Count
		Further []incident.Harm
		All     incident.Breakdown
	}
	type spot struct {
		Point    incident.Point
		Has      bool
		Accuracy float64
	}
	return [...]any{
		FieldWhen:      [2]any{r.When, r.Interval},
		FieldCountries: [2]any{r.Countries, r.Inferred},
		FieldPosition:  spot{i.Point, i.HasPoint, i.Accuracy},
		FieldPlace:     r.Place.String(), FieldAdmin1: r.Admin1.String(),
		FieldThreat: r.Threat, FieldAct: r.Act, FieldTarget: r.Target, FieldHolder: i.Holder,
		FieldMeans: i.Means.String(), FieldActor: i.Actor.String(), FieldSeverity: r.Severity,
		FieldPeople: counts{
			[...]Count{r.Killed, r.Injured, r.Abducted, r.Detained, r.National, r.International}, r.Further, i.Affected,
		},
	}
}

// checkOrigins checks that all of an event is what one telling says, field by field: of the lead, or of the one that it is marked
// with.
func checkOrigins(t interface{ Errorf(string, ...any) }, v View) {
	for id := range v.Incidents() {
		e, ok := v.Event(id)
		if !ok {
			continue
		}
		own := map[ID][fieldCount]any{}
		for i := range e.Tellings {
			tell := &e.Tellings[i]
			own[tell.ID] = said(&tell.Row, tell.Shown.Incident)
			if len(tell.Row.Filled) > 0 {
				t.Errorf("a telling says what others say: %+v", tell.Row.Filled)
			}
		}
		d, _ := v.Detail(id)
		by := [fieldCount]ID{}
		for f := range by {
			by[f] = e.Tellings[0].ID
		}
		for _, f := range d.Row.Filled {
			by[f.Field] = f.By
			if f.By == id {
				t.Errorf("%s is marked as another's, and is its own", f.Field)
			}
		}
		shown := said(&d.Row, d.Incident)
		for f := range fieldCount {
			if want := own[by[f]][f]; !reflect.DeepEqual(shown[f], want) {
				t.Errorf("%s is shown as %v, and %v says %v", f, shown[f], v.Identity(by[f]), want)
			}
		}
		checkFacts(t, v, &d)
	}
}

// checkFacts checks that figures, filters and lists go by what is shown.
func checkFacts(t interface{ Errorf(string, ...any) }, v View, d *Detail) {
	f, _ := v.Facts(d.Row.ID)
	act, _ := f.Act()
	threat, _ := f.Threat()
	severity, _ := f.Severity()
	place, admin1 := f.Where()
	active := d.Row.Ongoing // of what is open, and was heard of by its receipt alone, the source decides
	if !d.Incident.Ongoing || !d.Incident.Reported.IsZero() {
		active = d.Incident.ActiveAt(v.Valid(), d.Row.Received)
	}
	killed := Count{}
	killed.N, killed.Known = f.Outcome(incident.Killed)
	for _, c := range []struct {
		what      string
		got, want any
	}{
		{"act", act, d.Incident.Act.Value},
		{"threat", threat, d.Incident.Threat.Value},
		{"severity", severity, d.Incident.Severity.Value},
		{"place", place.String() + "," + admin1.String(), d.Incident.Place.String() + "," + d.Incident.Admin1.String()},
		{"interval", f.Interval(), d.Row.Interval},
		{"killed", killed, d.Row.Killed},
		{"hazard", d.Row.Hazard, d.Incident.Hazard()},
		{"misplaced", d.Row.Misplaced, misplaced(d.Incident)},
		{"affected", fmt.Sprint(v.Affected(d.Row.ID)), fmt.Sprint(d.Incident.Affected)},
		{"active", d.Row.Ongoing, active},
	} {
		if !reflect.DeepEqual(c.got, c.want) {
			t.Errorf("%s: %v, and what is shown says %v", c.what, c.got, c.want)
		}
	}
}

// anyTelling draws a record that says some things and leaves others unsaid.
func anyTelling(rt *rapid.T, name string) *incident.Incident {
	i := bare(name, rapid.SampledFrom([]string{"", "A1", "B2", "C3"}).Draw(rt, "grade"))
	pick := func(label string, says ...edit) {
		if n := rapid.IntRange(0, len(says)).Draw(rt, label); n > 0 {
			says[n-1](i)
		}
	}
	began := now.Add(-3 * time.Hour)
	pick("when", occurred(incident.At(began)), occurred(incident.At(began.AddDate(0, 0, -1))), occurred(incident.At(now.Add(Day))),
		occurred(incident.When{Start: began.Truncate(Day), Precision: incident.ToDate}),
		occurred(incident.When{Start: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), Precision: incident.ToMonth}))
	pick("reported", reported(-2*time.Hour), reported(-5*time.Hour))
	pick("lasts", func(i *incident.Incident) { i.Ongoing = true }, func(i *incident.Incident) { i.Until = incident.At(now.Add(Day)) })
	pick("country", in(country.MLI), in(country.NER), in(country.MLI, country.NER))
	pick("place", inPlace("Gao", ""), inPlace("Gao", "Gao"), inPlace("Ansongo", "Gao"), inPlace("", "Gao"), inPlace("Niamey", ""))
	pick("point", atGao, point(16.28, -0.04, 0), point(15.66, 0.5, 20), point(13.5, 2.1, 0))
	pick("threat", of(incident.Crime), of(incident.Hazard))
	pick("act", did(incident.Shooting), did(incident.Flood), did(incident.ActOther))
	pick("severity", graded(incident.Minor), graded(incident.Critical))
	pick("target", func(i *incident.Incident) { i.Target = incident.Known(incident.TargetConvoy) })
	pick("holder", func(i *incident.Incident) { i.Holder = incident.Known(incident.HolderState) })
	pick("actor", func(i *incident.Incident) { i.Actor = safetext.Const("gunmen") })
	pick("people", killed(2), killed(incident.Uncounted), hit(people(incident.PopulationNGO, incident.National, incident.Killed, 2)),
		hit(incident.Affected{Count: 2}), hit(people(incident.PopulationAnybody, incident.RecruitmentAny, incident.Killed, 9)),
		hit(people(incident.PopulationUN, incident.International, incident.Abducted, 1), people(incident.PopulationUN, incident.National, incident.Missing, 3)))
	return i
}

// TestFilledIsOneTellingsWord: whatever is shown of an event is what one telling says; the figures go by it; and parted again each
// says what it said.
func TestFilledIsOneTellingsWord(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		b := newBench(t)
		var names []string
		for n := range rapid.IntRange(2, 4).Draw(rt, "tellings") {
			i := anyTelling(rt, string(rune('a'+n))+"/1")
			names = append(names, i.Identity.Authority.String()+"/1")
			b.say("radio", i)
		}
		apart := drawnRows(b.view())
		b.store.Choose([]correlate.Choice{choice(now, false, names...)})
		v := b.view()
		checkOrigins(rt, v)
		inOrder(rt, v)
		checkWindow(rt, v)
		again := b.store.At(b.at, b.at, now.Add(time.Hour)).For(DutyOfficer)
		checkOrigins(rt, again)
		if diff := gocmp.Diff(lists(v), lists(again)); diff != "" && b.at.Equal(now) {
			rt.Error(diff)
		}
		var parted []correlate.Choice
		for k := range names {
			for _, other := range names[k+1:] {
				parted = append(parted, choice(now.Add(time.Second), true, names[k], other))
			}
		}
		b.store.Choose(append([]correlate.Choice{choice(now, false, names...)}, parted...))
		if diff := gocmp.Diff(apart, drawnRows(b.view())); diff != "" {
			rt.Fatalf("parted again: %s", diff)
		}
	})
}

// drawnRows writes down all rows of a view, by name.
func drawnRows(v View) []string {
	var all []string
	for id := range v.Incidents() {
		d, _ := v.Detail(id)
		d.Row.Proposed = false // what is likely is told until a person has decided
		all = append(all, fmt.Sprintf("%v %+v %v", v.Identity(id), d.Row, said(&d.Row, d.Incident)))
	}
	slices.SortFunc(all, cmp.Compare)
	return all
}

// checkWindow counts the windows and the hazards again from the rows.
func checkWindow(rt *rapid.T, v View) {
	sure, maybe, hazards := map[country.Code]int{}, map[country.Code]int{}, map[country.Code]int{}
	from, to := v.Valid().Add(-Month), v.Valid()
	unknown := 0
	for id := range v.Incidents() {
		r, _ := v.Row(id)
		if r.Interval.IsZero() {
			unknown++
		}
		for _, c := range r.Countries {
			switch {
			case r.Hazard && r.Ongoing:
				hazards[c]++
			case r.Hazard:
			case r.Interval.Within(from, to):
				sure[c]++
			case r.Interval.Overlaps(from, to):
				maybe[c]++
			}
		}
	}
	if got := v.Totals().UnknownTime; got != unknown {
		rt.Errorf("%d of unknown time, want %d", got, unknown)
	}
	for c := range v.Countries() {
		if c.Month.Sure != sure[c.Code] || c.Month.Maybe != maybe[c.Code] || c.Hazards.Active != hazards[c.Code] {
			rt.Errorf("%s: %+v and %d hazards, want %d+%d and %d", c.Code, c.Month, c.Hazards.Active, sure[c.Code], maybe[c.Code], hazards[c.Code])
		}
		list, perhaps := v.Behind(c.Code, Month)
		if len(list) != sure[c.Code] || len(perhaps) != maybe[c.Code] {
			rt.Errorf("%s: %d and %d are listed behind the window", c.Code, len(list), len(perhaps))
		}
	}
}

// TestAFilledTimeCounts: an event of which the lead has no time is in the windows by that of another, and stands there in the list.
func TestAFilledTimeCounts(t *testing.T) {
	b := newBench(t)
	b.say("radio", record("later", occurred(incident.At(now.Add(-30*time.Minute)))))
	lead := bare("a/1", "A1", in(country.MLI), did(incident.Killing))
	other := bare("b/1", "B2", in(country.MLI), occurred(incident.At(now.Add(-40*Day))), killed(3))
	b.say("radio", lead)
	b.say("radio", other)
	before := b.view()
	if got := lists(before); !strings.HasPrefix(got, "a/1") || before.Totals().UnknownTime != 1 {
		t.Fatalf("apart: %s, %d of unknown time", got, before.Totals().UnknownTime)
	}
	b.store.Choose([]correlate.Choice{choice(now, false, "a/1", "b/1")})
	v := b.view()
	if got := lists(v); got != "room/later×1 a/1×2" {
		t.Errorf("together: %s", got)
	}
	c, _ := v.Country(country.MLI)
	if c.Month.Sure != 1 || v.Totals().UnknownTime != 0 || c.LastYear != 2 {
		t.Errorf("month %+v, %d of unknown time, %d in a year", c.Month, v.Totals().UnknownTime, c.LastYear)
	}
}

// TestFillsFollowWhatIsSaid: a telling that says something else, or nothing any more, or that is closed, fills at once what it says
// then.
func TestFillsFollowWhatIsSaid(t *testing.T) {
	b := newBench(t)
	mali := in(country.MLI)
	v := joined(t, b, bare("a/1", "A1", mali), bare("b/1", "B2", mali, killed(2)), bare("c/1", "C3", mali, killed(7)))
	tells := func(v View, want string, n int) {
		t.Helper()
		r, _ := v.Row(v.Lead(1))
		if got := fills(v, r.Filled); got != want || r.Killed.N != n {
			t.Errorf("taken: %q, %d killed; want %q, %d", got, r.Killed.N, want, n)
		}
	}
	tells(v, "affected b", 2)
	b.say("radio", bare("b/1", "B2", mali, killed(3), typed(incident.Update)))
	tells(b.view(), "affected b", 3)
	b.say("radio", bare("b/1", "B2", mali, typed(incident.Update)))
	tells(b.view(), "affected c", 7)
	b.say("radio", bare("c/1", "C3", mali, killed(7), typed(incident.Update), func(i *incident.Incident) { i.Handling = incident.Known(incident.Restricted) }))
	tells(b.view(), "", 0)
	b.say("radio", bare("a/1", "A1", mali, killed(1), typed(incident.Update)))
	tells(b.view(), "", 1)
}

// TestNothingRestrictedFills: not even while nothing is compared anew, because files are being read; nor what would close the event.
func TestNothingRestrictedFills(t *testing.T) {
	b := newBench(t)
	mali, restricted := in(country.MLI), func(i *incident.Incident) { i.Handling = incident.Known(incident.Restricted) }
	internal := func(i *incident.Incident) { i.Handling = incident.Known(incident.Internal) }
	v := joined(t, b, bare("a/1", "A1", mali), bare("b/1", "B2", mali, did(incident.SexualViolence), internal, graded(incident.Severe)))
	r, _ := v.Row(v.At(0))
	if got := fills(v, r.Filled); got != "severity b" || r.Act.Value != incident.ActUnknown {
		t.Errorf("taken: %q; the act would make it restricted", got)
	}
	b.store.SetDesk(Desk{Reading: safetext.Const("reading")})
	for k := range perPicture + 1 {
		b.say("radio", record(fmt.Sprint("many", k), occurred(incident.At(now.Add(-time.Duration(k+1)*Day)))))
	}
	b.say("radio", bare("b/1", "B2", mali, did(incident.Killing), graded(incident.Severe), inPlace("Gao", "Gao"), killed(4), typed(incident.Update), restricted))
	for _, role := range []Role{DutyOfficer, SecurityLead} {
		v := b.store.Publish(now).For(role)
		if v.Uncompared() == 0 {
			t.Fatal("everything is compared")
		}
		id, _ := b.store.Find(identity("a/1"))
		d, _ := v.Detail(id)
		if d.Row.Tellings != 2 {
			t.Fatalf("%d tellings: the test is of an event that is not parted yet", d.Row.Tellings)
		}
		if len(d.Row.Filled) > 0 || d.Row.Killed.Known || !d.Row.Place.IsZero() || d.Incident.Severity.Value != incident.SeverityUnknown || len(v.Affected(id)) > 0 {
			t.Errorf("of a restricted telling is shown: %+v", d.Row)
		}
	}
}

// TestRestrictedEventsAreFilledForTheLeadAlone: where all tellings are restricted what one leaves unsaid is shown to who may see it.
func TestRestrictedEventsAreFilledForTheLeadAlone(t *testing.T) {
	b := newBench(t)
	closed := func(i *incident.Incident) { i.Handling = incident.Known(incident.Restricted) }
	joined(t, b, bare("a/1", "A1", in(country.MLI), closed), bare("b/1", "B2", in(country.MLI), inPlace("Gao", "Gao"), killed(2), closed))
	p := b.store.Publish(now)
	for id := range p.For(DutyOfficer).Incidents() {
		r, _ := p.For(DutyOfficer).Row(id)
		d, _ := p.For(DutyOfficer).Detail(id)
		if len(r.Filled) > 0 || !r.Place.IsZero() || r.Killed.Known || d.Incident != nil {
			t.Errorf("%+v", r)
		}
	}
	v := p.For(SecurityLead)
	if r, _ := v.Row(v.At(0)); fills(v, r.Filled) != "place b, admin1 b, affected b" {
		t.Errorf("the lead sees %q", fills(v, r.Filled))
	}
}
