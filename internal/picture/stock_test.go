package picture

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vigil/internal/background"
	"vigil/internal/country"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/level"
	"vigil/internal/presence"
	"vigil/internal/safetext"
)

// advise brings a whole content of advisories.
func (b *bench) advise(source string, all ...level.Advisory) {
	b.begin(source)
	b.at = b.at.Add(time.Second)
	for i := range all {
		all[i].Origin.File = safetext.Clean(source)
		b.store.TakeAdvisory(source, all[i], b.at)
	}
	b.finish(source)
	b.store.SettleStock(source, safetext.Clean(source), b.at)
}

// remember restores the advisories of the one file of a source.
func (b *bench) remember(source string, all ...level.Advisory) {
	for i := range all {
		all[i].Origin.File = safetext.Clean(source)
	}
	b.store.RestoreAdvisories(source, all, b.at)
}

func advisory(c country.Code, lvl int) level.Advisory {
	return level.Advisory{
		Country: c, Scheme: safetext.Const("us-state"), Authority: safetext.Const("US State Department"),
		Level: lvl, Max: 4,
		Updated: incident.When{Start: now.Add(-Week), Precision: incident.ToDate},
	}
}

// TestAdviceBringsNoCountryOntoTheDesk, or there would be all of them; it is counted, and a country that is asked for is shown.
func TestAdviceBringsNoCountryOntoTheDesk(t *testing.T) {
	b := newBench(t)
	b.advise("whole", advisory(country.MLI, 4), advisory(country.UKR, 4), advisory(country.FRA, 2))
	v := b.view()
	if _, here := v.Country(country.UKR); here || v.AdvisedElsewhere() != 2 {
		t.Errorf("it is here: %t; %d elsewhere", here, v.AdvisedElsewhere())
	}
	o := b.store.options
	o.Asked = []country.Code{country.UKR}
	b.store.SetOptions(o)
	v = b.view()
	c, here := v.Country(country.UKR)
	if !here || c.Home || c.Week.Known || len(v.Advisories(country.UKR)) != 1 || v.AdvisedElsewhere() != 1 {
		t.Errorf("asked for: here %t, %+v, %d elsewhere", here, c, v.AdvisedElsewhere())
	}
}

func (b *bench) advisoryChanges() []level.AdvisoryChange {
	return b.view().AdvisoryChanges(time.Time{})
}

func TestAdvisoriesOfTheFirstReadingAreNoChanges(t *testing.T) {
	b := newBench(t)
	b.advise("whole", advisory(country.MLI, 4), advisory(country.NER, 3))
	if n := len(b.advisoryChanges()); n != 0 {
		t.Errorf("%d changes at the first reading", n)
	}
	b.advise("whole", advisory(country.MLI, 3), advisory(country.NER, 3))
	changes := b.advisoryChanges()
	if len(changes) != 1 || changes[0].From.Level != 4 || changes[0].To.Level != 3 {
		t.Errorf("changes %+v", changes)
	}
	if c := b.counts("whole"); c.Advisories != 2 || c.Records != 2 || c.Incidents != 0 {
		t.Errorf("counts %+v", c)
	}
	if got := b.view().Advisories(country.MLI); len(got) != 1 || got[0].Level != 3 {
		t.Errorf("advisories %+v", got)
	}
}

func TestAnAdvisoryNoLongerListedGoesAfterTwoEqualReads(t *testing.T) {
	b := newBench(t)
	b.advise("whole", advisory(country.MLI, 4), advisory(country.NER, 3))
	b.advise("whole", advisory(country.MLI, 4))
	if got := b.view().Advisories(country.NER); len(got) != 1 {
		t.Fatalf("gone after one read: %+v", got)
	}
	b.store.ConfirmStock("whole", safetext.Const("whole"), b.at)
	if got := b.view().Advisories(country.NER); len(got) != 0 {
		t.Errorf("still there after two: %+v", got)
	}
	if c := b.advisoryChanges(); len(c) != 1 || c[0].To != nil {
		t.Errorf("changes %+v", c)
	}
}

func TestASourceThatForgetsKeepsItsAdvisories(t *testing.T) {
	b := newBench(t)
	b.advise("gdacs", advisory(country.MLI, 4), advisory(country.NER, 3))
	b.advise("gdacs", advisory(country.MLI, 4))
	b.store.ConfirmStock("gdacs", safetext.Const("gdacs"), b.at)
	if got := b.view().Advisories(country.NER); len(got) != 1 {
		t.Errorf("forgotten: %+v", got)
	}
}

func TestAdvisoriesAreRemembered(t *testing.T) {
	b := newBench(t)
	b.remember("whole", advisory(country.MLI, 2))
	if got := b.view().Advisories(country.MLI); len(got) != 1 || got[0].Level != 2 {
		t.Fatalf("not restored: %+v", got)
	}
	b.advise("whole", advisory(country.MLI, 4))
	if c := b.advisoryChanges(); len(c) != 1 || c[0].From == nil || c[0].From.Level != 2 || c[0].To.Level != 4 {
		t.Errorf("what changed while vigil was closed is a change: %+v", c)
	}
}

func updated(a level.Advisory, daysAgo int) level.Advisory {
	a.Updated = incident.When{Start: now.Add(-time.Duration(daysAgo) * Day), Precision: incident.ToDate}
	return a
}

// TestAnOlderCopyTakesNoAdviceBack, whether the newer one was read before it in this session or is remembered; it is said of each,
// and what came after the copy was made is not dropped by it.
func TestAnOlderCopyTakesNoAdviceBack(t *testing.T) {
	mali, niger := updated(advisory(country.MLI, 4), 3), updated(advisory(country.NER, 3), 2)
	for i := range 2 {
		b := newBench(t)
		if i == 0 {
			b.advise("whole", mali, niger)
		} else {
			mali.Origin.File, niger.Origin.File = safetext.Const("whole"), safetext.Const("whole")
			b.store.RestoreAdvisories("whole", []level.Advisory{mali, niger}, b.at)
		}
		b.advise("whole", updated(advisory(country.MLI, 2), 30))
		b.store.ConfirmStock("whole", safetext.Const("whole"), b.at)
		v := b.view()
		if got := v.Advisories(country.MLI); len(got) != 1 || got[0].Level != 4 || got[0].Updated != mali.Updated {
			t.Errorf("Mali: %+v", got)
		}
		if got := v.Advisories(country.NER); len(got) != 1 || got[0].Level != 3 {
			t.Errorf("Niger: %+v", got)
		}
		if c := b.advisoryChanges(); len(c) != 0 {
			t.Errorf("changes %+v", c)
		}
		s := b.source("whole")
		if len(s.Problems) != 1 || !s.Problems[0].Warning || s.Retained != 1 {
			t.Errorf("problems %v, %d retained", s.Problems, s.Retained)
		}
		// What is newer than what stands is a change, though others of its content are old.
		b.advise("whole", updated(advisory(country.MLI, 2), 30), updated(advisory(country.NER, 4), 1))
		if got := b.advisoryChanges(); len(got) != 1 || got[0].To.Country != country.NER || got[0].To.Level != 4 {
			t.Errorf("changes %+v", got)
		}
		if s := b.source("whole"); s.Retained != 0 {
			t.Errorf("%d retained of what is listed", s.Retained)
		}
	}
}

// TestAnAdvisoryDatedAheadOutranksNothing: neither of another source, nor one that the intake remembers of an earlier release.
func TestAnAdvisoryDatedAheadOutranksNothing(t *testing.T) {
	ahead := updated(advisory(country.TCD, 1), -3650)
	for name, bring := range map[string]func(*bench){
		"of a file": func(b *bench) { b.advise("wrong", ahead) },
		"kept":      func(b *bench) { b.remember("wrong", ahead) },
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			bring(b)
			if got := b.view().Advisories(country.TCD); len(got) != 1 || got[0].Level != 1 || !got[0].Updated.IsZero() {
				t.Errorf("alone: %+v", got)
			}
			b.advise("right", updated(advisory(country.TCD, 4), 1))
			if got := b.view().Advisories(country.TCD); len(got) != 1 || got[0].Level != 4 {
				t.Errorf("beside one of yesterday: %+v", got)
			}
		})
	}
}

// TestRetainedCountsAdvisories that stand and are in no file: of a source that forgets, and of one not read yet.
func TestRetainedCountsAdvisories(t *testing.T) {
	b := newBench(t)
	b.advise("gdacs", advisory(country.MLI, 4), advisory(country.NER, 3))
	b.advise("gdacs", advisory(country.MLI, 4))
	b.remember("whole", advisory(country.UKR, 4), advisory(country.TCD, 3))
	if forgets, unread := b.source("gdacs").Retained, b.source("whole").Retained; forgets != 1 || unread != 2 {
		t.Errorf("retained: %d of one, %d of two", forgets, unread)
	}
	b.advise("whole", advisory(country.UKR, 4))
	b.store.ConfirmStock("whole", safetext.Const("whole"), b.at)
	if n := b.source("whole").Retained; n > 1 {
		t.Errorf("%d retained after the file was read", n)
	}
}

// TestWhoHasASay in a country: who covers it or told of it, and who may have.
func TestWhoHasASay(t *testing.T) {
	b := newBench(t)
	b.store.Configure("news", SourceInfo{Name: safetext.Const("news")})
	b.begin("news")
	b.say("news", &incident.Incident{Identity: incident.Identity{ID: safetext.Const("n")}, Countries: []country.Code{country.NER}})
	b.store.Configure("travel", SourceInfo{Name: safetext.Const("travel")})
	b.advise("travel", advisory(country.UKR, 4))
	facts := health.Facts{LastAttempt: b.at, LastSuccess: b.at}
	b.store.Observe("news", facts)
	b.store.Observe("travel", facts)
	says := func(c country.Code, name string) bool {
		s := b.source(name)
		return b.view().SayIn([]country.Code{c})(&s)
	}
	for _, c := range []struct {
		of   country.Code
		name string
		want bool
	}{
		{country.NER, "news", true},
		{country.MLI, "news", false},
		{country.UKR, "travel", true},
		{country.NER, "travel", false},
		{country.NER, "gdacs", true}, // covers hazards everywhere
	} {
		if got := says(c.of, c.name); got != c.want {
			t.Errorf("%s in %s: %t", c.name, c.of.Alpha3(), got)
		}
	}
}

func TestOfEachTrackedThingTheNewestPositionStands(t *testing.T) {
	b := newBench(t)
	take := func(id string, at time.Time) {
		b.store.TakePosition("radio", presence.Position{
			ID: safetext.Clean(id), Authority: safetext.Const("trk"), At: at, HasPoint: true,
			Origin: incident.Origin{File: safetext.Const("radio")},
		}, b.at)
	}
	take("MV3", now.Add(-time.Hour))
	take("MV1", now.Add(-3*time.Hour))
	take("MV3", now.Add(-2*time.Hour)) // came late
	take("MV3", now.Add(time.Hour))    // its clock is wrong
	b.store.SettleStock("radio", safetext.Const("radio"), b.at)
	got := b.view().Positions()
	if len(got) != 2 || got[1].ID.String() != "MV3" || !got[1].At.Equal(now.Add(-time.Hour)) {
		t.Errorf("positions %+v", got)
	}
	if tracked := b.view().Tracked(); len(tracked) != 2 || tracked[1].Fix != presence.Current || tracked[1].Person != nil {
		t.Errorf("tracked %+v", tracked)
	}
	if c := b.counts("radio"); c.Positions != 4 || c.Records != 4 {
		t.Errorf("counts %+v", c)
	}
}

func TestWhereAPersonIsOnlyALeadSees(t *testing.T) {
	b := newBench(t)
	b.store.SetPresence(PresenceSet{Ledger: presence.Ledger{People: []presence.Person{
		{ID: safetext.Const("P-1"), Country: country.MLI, Place: safetext.Const("Gao")},
	}}}, b.at)
	for _, id := range []string{"P-1", "MV3"} {
		b.store.TakePosition("radio", presence.Position{
			ID: safetext.Clean(id), Authority: safetext.Const("trk"), At: now.Add(-time.Hour), HasPoint: true, Accuracy: 5,
			Point: incident.Point{Lat: 16.27, Lon: -0.05}, Origin: incident.Origin{File: safetext.Const("radio")},
		}, b.at)
	}
	b.store.SettleStock("radio", safetext.Const("radio"), b.at)
	p := b.store.Publish(now)
	for role, sees := range map[Role]bool{DutyOfficer: false, SecurityLead: true} {
		for _, list := range [][]presence.Tracked{p.For(role).Tracked(), p.For(role).TrackedIn(country.MLI)} {
			if len(list) != 2 {
				t.Fatalf("%d are tracked", len(list))
			}
			for _, o := range list {
				vehicle := o.Person == nil
				if shown := o.Point.Lat != 0; shown != (vehicle || sees) || o.Withheld == shown || !vehicle && o.Person.HasPoint != sees {
					t.Errorf("role %d: %+v, person %+v", role, o, o.Person)
				}
			}
		}
	}
	if list := p.For(SecurityLead).TrackedIn(country.MustParse("NER")); len(list) != 0 {
		t.Errorf("in another country: %+v", list)
	}
}

func TestReportsAndRatesEnterNoFigure(t *testing.T) {
	b := newBench(t)
	b.say("radio", &incident.Incident{
		Identity: incident.Identity{ID: safetext.Const("n1")}, Class: incident.Report,
		Countries: []country.Code{country.MLI}, Reported: now.Add(-time.Hour), Title: safetext.Const("Clashes near Gao"),
	})
	b.store.TakeRate("radio", background.Rate{
		Country: country.MLI, Events: 12, Fatalities: 30,
		Period: incident.Interval{Start: now.Add(-Month), End: now}, Origin: incident.Origin{File: safetext.Const("radio")},
	}, b.at)
	b.store.SettleStock("radio", safetext.Const("radio"), b.at)
	v := b.view()
	if got := v.Totals(); got.Total != 0 || got.Reports != 1 {
		t.Errorf("totals %+v", got)
	}
	c, _ := v.Country(country.MLI)
	if c.Day.Sure+c.Day.Maybe+c.Month.Sure+c.Month.Maybe != 0 || c.LastYear != 0 {
		t.Errorf("counted: %+v", c)
	}
	if v.Len() != 1 {
		t.Error("a report is listed")
	}
	if r, _ := v.Row(v.At(0)); !r.Report {
		t.Error("and marked as one")
	}
	if n := len(v.Rates(country.MLI)); n != 1 {
		t.Errorf("%d rates", n)
	}
	if c := b.counts("radio"); c.Reports != 1 || c.Aggregates != 1 || c.Incidents != 0 || c.Records != 2 {
		t.Errorf("counts %+v", c)
	}
}

// TestReportsToldLaterAreNotOfThePast: a picture of a time holds the reports that had been told by then, and those of which
// nobody knows when.
func TestReportsToldLaterAreNotOfThePast(t *testing.T) {
	b := newBench(t)
	for id, told := range map[string]time.Time{"before": now.Add(-2 * Day), "after": now.Add(-time.Hour), "unknown": {}} {
		b.say("radio", &incident.Incident{
			Identity: incident.Identity{ID: safetext.Clean(id)}, Class: incident.Report,
			Countries: []country.Code{country.MLI}, Reported: told, Title: safetext.Const("Clashes near Gao"),
		})
	}
	v := b.store.At(now, now.Add(-Day), now).For(DutyOfficer)
	var ids []string
	for id := range v.Incidents() {
		ids = append(ids, v.Identity(id).ID.String())
	}
	slices.Sort(ids)
	if diff := cmp.Diff([]string{"before", "unknown"}, ids); diff != "" {
		t.Errorf("a day ago (-want +got):\n%s", diff)
	}
	if n := v.Totals().Reports; n != 2 {
		t.Errorf("%d reports are counted a day ago, want 2", n)
	}
	if n := b.view().Totals().Reports; n != 3 {
		t.Errorf("%d reports are live, want 3", n)
	}
}

// TestAnOlderCopyOfAdviceChangesNothing: what its authority dated earlier does not take the place of what it dated later, in
// one run or across a restart; what it does not date does.
func TestAnOlderCopyOfAdviceChangesNothing(t *testing.T) {
	dated := func(lvl int, ago time.Duration) level.Advisory {
		a := advisory(country.MLI, lvl)
		if a.Updated = (incident.When{}); ago > 0 {
			a.Updated = incident.When{Start: now.Add(-ago), Precision: incident.ToDate}
		}
		return a
	}
	for name, c := range map[string]struct {
		first, then level.Advisory
		want        int
	}{
		"older":   {dated(4, Day), dated(2, Week), 4},
		"newer":   {dated(4, Week), dated(2, Day), 2},
		"equal":   {dated(4, Week), dated(2, Week), 2},
		"undated": {dated(4, Week), dated(2, 0), 2},
	} {
		for _, restarted := range []bool{false, true} {
			b := newBench(t)
			if restarted {
				b.remember("whole", c.first)
			} else {
				b.advise("whole", c.first)
			}
			b.advise("whole", c.then)
			got := b.view().Advisories(country.MLI)
			if len(got) != 1 || got[0].Level != c.want || (len(b.advisoryChanges()) > 0) != (c.want == 2) {
				t.Errorf("%s, restarted %t: %+v, changes %+v", name, restarted, got, b.advisoryChanges())
			}
		}
	}
}

// TestAdviceOfSeveralFilesIsRemembered: after a restart nothing is taken back of files that are not read yet, in whatever
// order they come.
func TestAdviceOfSeveralFilesIsRemembered(t *testing.T) {
	in := func(file string, c country.Code, lvl int) level.Advisory {
		a := advisory(c, lvl)
		a.Origin.File = safetext.Clean(file)
		return a
	}
	b := newBench(t)
	mali, niger := in("mali", country.MLI, 4), in("niger", country.NER, 3)
	b.store.RestoreAdvisories("whole", []level.Advisory{mali, niger}, b.at)
	read := func(a level.Advisory) {
		b.at = b.at.Add(time.Second)
		b.store.Begin("whole", a.Origin.File, 1)
		b.store.TakeAdvisory("whole", a, b.at)
		b.store.SettleStock("whole", a.Origin.File, b.at)
	}
	read(mali)
	if c := b.advisoryChanges(); len(c) != 0 || len(b.view().Advisories(country.NER)) != 1 {
		t.Errorf("before the second file was read: %+v", c)
	}
	if n := b.source("whole").Retained; n != 1 {
		t.Errorf("%d retained, want the one of the file that is not read", n)
	}
	read(in("niger", country.NER, 4))
	if c := b.advisoryChanges(); len(c) != 1 || c[0].From == nil || c[0].From.Level != 3 || c[0].To.Level != 4 {
		t.Errorf("changes %+v", c)
	}
	if n := b.source("whole").Retained; n != 0 {
		t.Errorf("%d retained, want none", n)
	}
}

// TestWhatIsTrackedBringsItsCountry onto the desk, as long as it was there within a month.
func TestWhatIsTrackedBringsItsCountry(t *testing.T) {
	for age, want := range map[time.Duration]bool{time.Minute: true, 2 * Week: true, Month + Day: false} {
		b := newBench(t)
		b.store.TakePosition("radio", presence.Position{
			Authority: safetext.Const("radio"), ID: safetext.Const("VEH-1"), At: now.Add(-age),
			HasPoint: true, Point: incident.Point{Lat: 12.11, Lon: 15.04}, Origin: incident.Origin{File: safetext.Const("radio")},
		}, b.at)
		b.store.SettleStock("radio", safetext.Const("radio"), b.at)
		if _, here := b.view().Country(country.TCD); here != want {
			t.Errorf("%v ago: here %t, want %t", age, here, want)
		}
		for c := range b.view().Disclosed() {
			if c.Code == country.TCD {
				t.Errorf("%v ago: that it is there is disclosed", age)
			}
		}
	}
}
