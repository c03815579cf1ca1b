package picture

import (
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"vigil/internal/country"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/risk"
	"vigil/internal/safetext"
)

// seen makes the radio a source that is live and has watched for two months.
func (b *bench) watched() {
	b.say("radio", record("old", occurred(incident.At(now.Add(-2*Month)))))
	b.store.Heartbeat("radio", incident.Origin{File: safetext.Const("radio")}, now.Add(-time.Minute), now)
	b.store.Observe("radio", health.Facts{LastAttempt: now, LastSuccess: now})
}

func (b *bench) mali() *Country {
	b.t.Helper()
	c, ok := b.view().Country(country.MLI)
	if !ok {
		b.t.Fatal("Mali is a home country and is not in the picture")
	}
	return c
}

// TestWindows goes through "Two times": what lies inside, what may, and what is in no window.
func TestWindows(t *testing.T) {
	tests := []struct {
		name            string
		occurred        string
		reported        string
		sure, maybe     [3]int // day, week, month
		unknown, listed int
	}{
		{name: "an instant inside", occurred: "2026-11-20T10:00:00Z", sure: [3]int{1, 1, 1}, listed: 1},
		{name: "the end of the window is outside", occurred: "2026-11-20T14:00:00Z", sure: [3]int{}, listed: 1},
		{name: "the start of the window is inside", occurred: "2026-11-19T14:00:00Z", sure: [3]int{1, 1, 1}, listed: 1},
		{name: "a date that the window cuts", occurred: "2026-11-19", sure: [3]int{0, 1, 1}, maybe: [3]int{1, 0, 0}, listed: 1},
		{name: "today, clipped to its receipt", occurred: "2026-11-20", sure: [3]int{1, 1, 1}, listed: 1},
		{name: "this month, clipped to its receipt", occurred: "2026-11", sure: [3]int{0, 0, 1}, maybe: [3]int{1, 1, 0}, listed: 1},
		{name: "this month, clipped to its report", occurred: "2026-11", reported: "2026-11-10T00:00:00Z", sure: [3]int{0, 0, 1}, listed: 1},
		{name: "last month", occurred: "2026-10", maybe: [3]int{0, 0, 1}, listed: 1},
		{name: "this year", occurred: "2026", maybe: [3]int{1, 1, 1}, listed: 1},
		{name: "no time is never now", occurred: "", unknown: 1, listed: 1},
		{name: "a time after its receipt is in no window", occurred: "2026-11-20T14:30:00Z", unknown: 1, listed: 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t)
			b.watched()
			i := record("a", occurred(when(t, tt.occurred)))
			i.Reported = when(t, tt.reported).Start
			b.say("radio", i)
			c := b.mali()
			for k, w := range []Window{c.Day, c.Week, c.Month} {
				if w.Sure != tt.sure[k] || w.Maybe != tt.maybe[k] || !w.Known {
					t.Errorf("window %d: %+v, want %d+%d known", k, w, tt.sure[k], tt.maybe[k])
				}
			}
			totals := b.view().Totals()
			if totals.UnknownTime != tt.unknown {
				t.Errorf("%d without a time, want %d", totals.UnknownTime, tt.unknown)
			}
			n := 0
			for range b.view().Incidents() {
				n++
			}
			if n != tt.listed+1 {
				t.Errorf("%d incidents listed, want %d", n, tt.listed+1)
			}
		})
	}
}

// TestSilenceIsNotCalm: a figure is whole only where somebody could have said otherwise.
func TestSilenceIsNotCalm(t *testing.T) {
	t.Run("nobody watches", func(t *testing.T) {
		c := newBench(t).mali()
		if c.Coverage.State != health.Blind || c.Day.Known || c.Estimate.Known || c.Hazards.Known {
			t.Errorf("without any source Mali is %v, %+v, estimate %v", c.Coverage.State, c.Day, c.Estimate.Known)
		}
	})
	t.Run("somebody watches", func(t *testing.T) {
		b := newBench(t)
		b.watched()
		if c := b.mali(); c.Coverage.State != health.Covered || !c.Day.Known || !c.Month.Known || !c.Estimate.Known {
			t.Errorf("with a live radio Mali is %v, %+v", c.Coverage.State, c.Month)
		}
	})
	t.Run("a source that failed", func(t *testing.T) {
		b := newBench(t)
		b.watched()
		b.say("radio", record("a"))
		b.store.Observe("radio", health.Facts{LastSuccess: now.Add(-time.Hour), Failure: safetext.Const("permission denied")})
		c := b.mali()
		if c.Coverage.State != health.Blind || c.Day.Known || c.Day.Sure != 1 {
			t.Errorf("after a failure Mali is %v, %+v", c.Coverage.State, c.Day)
		}
		if !c.Coverage.Since.Equal(now.Add(-time.Hour)) {
			t.Errorf("blind since %v, want the last success", c.Coverage.Since)
		}
	})
	t.Run("a gap", func(t *testing.T) {
		b := newBench(t)
		b.watched()
		b.store.Observe("radio", health.Facts{LastSuccess: now, Gaps: []incident.Interval{{Start: now.Add(-3 * Day), End: now.Add(-2 * Day)}}})
		if c := b.mali(); !c.Day.Known || c.Week.Known || c.Month.Known {
			t.Errorf("a gap two days ago: day %v week %v month %v", c.Day.Known, c.Week.Known, c.Month.Known)
		}
	})
	t.Run("a source that speaks too late", func(t *testing.T) {
		b := newBench(t)
		late := radio
		late.Lag = 3 * Day
		b.store.Configure("radio", SourceInfo{Name: safetext.Const("radio"), Profile: late})
		b.watched()
		c := b.mali()
		if c.Day.Known || !c.Week.Known || c.TooLate != 3*Day {
			t.Errorf("a lag of three days: day %v week %v too late %v", c.Day.Known, c.Week.Known, c.TooLate)
		}
	})
	t.Run("the past is recorded", func(t *testing.T) {
		b := newBench(t)
		b.watched()
		v := b.store.At(now, now.Add(-Day), now).For(DutyOfficer)
		c, _ := v.Country(country.MLI)
		if c.Coverage.State != health.Recorded || !c.Day.Known {
			t.Errorf("a picture of yesterday is %v, %+v", c.Coverage.State, c.Day)
		}
	})
}

// TestOldFilesLookOld: neither a copy nor a touch makes old content fresh.
func TestOldFilesLookOld(t *testing.T) {
	b := newBench(t)
	b.say("radio", record("a", occurred(incident.At(now.Add(-40*Day)))))
	b.store.Content("radio", safetext.Const("radio"), time.Time{}, now)
	b.store.Observe("radio", health.Facts{LastAttempt: now, LastSuccess: now})
	if s := b.source("radio"); s.State != health.Stale || !s.Facts.ContentTime.Equal(now.Add(-40*Day)) {
		t.Errorf("%v with content of %v, want stale", s.State, s.Facts.ContentTime)
	}
}

// TestVanished: what a complete source no longer lists is withdrawn after two equal reads; what a source
// that forgets no longer lists is kept.
func TestVanished(t *testing.T) {
	for _, tt := range []struct {
		source    string
		withdrawn bool
	}{{"whole", true}, {"gdacs", false}, {"radio", false}} {
		t.Run(tt.source, func(t *testing.T) {
			b := newBench(t)
			b.say(tt.source, record("a"))
			b.finish(tt.source)
			b.begin(tt.source)
			b.finish(tt.source)
			if gone := b.store.Confirm(tt.source, safetext.Clean(tt.source), b.at); len(gone) > 0 || b.only().Withdrawn {
				t.Fatal("withdrawn by a content that holds no record at all")
			}
			b.begin(tt.source)
			b.store.Exclude(tt.source, incident.Origin{File: safetext.Clean(tt.source)})
			b.finish(tt.source)
			if b.only().Withdrawn {
				t.Fatal("withdrawn after one read")
			}
			gone := b.store.Confirm(tt.source, safetext.Clean(tt.source), b.at)
			if (len(gone) == 1) != tt.withdrawn || b.only().Withdrawn != tt.withdrawn {
				t.Errorf("withdrawn %v, want %v", gone, tt.withdrawn)
			}
			if s := b.source(tt.source); s.Retained != 1 || s.Listed != 0 {
				t.Errorf("retained %d listed %d, want 1 and 0", s.Retained, s.Listed)
			}
			if !tt.withdrawn {
				return
			}
			b.begin(tt.source)
			b.say(tt.source, record("a"))
			b.finish(tt.source)
			if b.only().Withdrawn {
				t.Error("listed again and still withdrawn")
			}
		})
	}
}

// TestRestartChangesNothing: reading the same files after the intake gives the same picture.
func TestRestartChangesNothing(t *testing.T) {
	b := newBench(t)
	records := []*incident.Incident{
		record("a"), record("a", typed(incident.Update), titled("second")),
		record("b", killed(1)), record("b", killed(2)),
		record("c"), record("c", typed(incident.Cancel)),
	}
	play := func(b *bench, restore bool) {
		for n, i := range records {
			a := Arrival{
				Incident: i, Source: "radio", Received: b.at.Add(time.Duration(n) * time.Second),
				Origin: incident.Origin{File: safetext.Const("radio"), Line: n, Offset: int64(n), Generation: 1},
			}
			if a.Incident.Identity.Authority.IsZero() {
				a.Incident.Identity.Authority = safetext.Const("room")
			}
			if restore {
				b.store.Restore(a)
			} else if e := b.store.Arrive(a); e == Unchanged {
				t.Errorf("record %d was known before it arrived", n)
			}
		}
	}
	play(b, false)
	again := newBench(t)
	play(again, true)
	again.begin("radio")
	for n, i := range records {
		e := again.store.Arrive(Arrival{Incident: i, Source: "radio", Received: now, Origin: incident.Origin{
			File: safetext.Const("radio"), Line: n, Offset: int64(n), Generation: 2,
		}})
		if e != Unchanged {
			t.Errorf("record %d read again: effect %d, want unchanged", n, e)
		}
	}
	if a, b := b.view().Totals(), again.view().Totals(); a != b {
		t.Errorf("before the restart %+v, after it %+v", a, b)
	}
	if a, b := b.counts("radio"), again.counts("radio"); a != b {
		t.Errorf("before the restart %+v, after it %+v", a, b)
	}
}

// TestRestricted: outside the lead's role nothing of a restricted record is seen, on any surface.
func TestRestricted(t *testing.T) {
	b := newBench(t)
	i := record("secret-7", titled("secret title"))
	i.Act = incident.Known(incident.SexualViolence)
	i.Place = safetext.Const("secret place")
	b.say("radio", i)
	v := b.view()
	id := v.At(0)
	row, _ := v.Row(id)
	detail, _ := v.Detail(id)
	if !row.Restricted || !row.Place.IsZero() || len(row.Countries) > 0 || row.Title.String() != "Restricted incident" || row.Act.Value != incident.ActUnknown {
		t.Errorf("a duty officer sees %+v", row)
	}
	if detail.Shown.Incident != nil || len(detail.Versions) > 0 || v.Words(id) != "" || v.Affected(id) != nil || v.Identity(id) != (incident.Identity{}) {
		t.Error("a duty officer reaches the record another way")
	}
	for c := range v.Changes(0) {
		if c.Kind == IncidentChanged && !v.ChangedRow(c).Restricted {
			t.Error("the change log shows the record")
		}
	}
	lead := b.store.Publish(now).For(SecurityLead)
	if row, _ := lead.Row(id); row.Restricted || row.Place.String() != "secret place" {
		t.Errorf("the security lead sees %+v", row)
	}
	if v.Totals().Restricted != 1 || b.mali().Day.Sure != 1 {
		t.Error("a restricted record must count")
	}
}

// TestExerciseStaysApart: exercise and actual records never meet in one figure.
func TestExerciseStaysApart(t *testing.T) {
	for _, exercise := range []bool{false, true} {
		b := newBench(t)
		b.store.options.Desk.Exercise = exercise
		drill := record("drill")
		drill.Status = incident.Exercise
		b.say("radio", drill)
		b.say("radio", drill)
		b.say("radio", record("real"))
		v := b.view()
		row, _ := v.Row(v.At(0))
		if v.Len() != 1 || (row.Status == incident.Exercise) != exercise {
			t.Errorf("exercise %v: %d listed, status %v", exercise, v.Len(), row.Status)
		}
		if v.Totals().Excluded != 1 && !exercise {
			t.Errorf("excluded %d, want 1 record once", v.Totals().Excluded)
		}
		if v.Excluded() == 0 {
			t.Error("what is excluded is not counted")
		}
	}
}

// TestOutcomesAreSummedOrOpen: what a record does not say about people is not nought.
func TestOutcomesAreSummedOrOpen(t *testing.T) {
	b := newBench(t)
	b.watched()
	staff := func(n int) edit {
		return hit(people(incident.PopulationUN, incident.RecruitmentAny, incident.Killed, n))
	}
	b.say("radio", record("two killed", staff(2)))
	b.say("radio", record("nobody mentioned", func(i *incident.Incident) { i.Affected = nil }))
	if got, want := b.mali().Outcomes.Counts()[0], (Count{2, true}); got != want {
		t.Errorf("killed %+v, want %+v", got, want)
	}
	b.say("radio", record("some killed", staff(incident.Uncounted)))
	if got, want := b.mali().Outcomes.Counts()[0], (Count{2, false}); got != want {
		t.Errorf("with a number that nobody knows, killed %+v, want %+v", got, want)
	}
	b.say("radio", record("civilians", func(i *incident.Incident) {
		i.Affected = incident.Breakdown{
			{Population: incident.Known(incident.PopulationCivilian), Outcome: incident.Known(incident.Killed), Count: 9},
			{Population: incident.Known(incident.PopulationUN), Outcome: incident.Known(incident.Killed), Count: 1},
		}
	}))
	if got := b.mali().Outcomes.Killed; got != 3 {
		t.Errorf("with civilians killed, staff killed %d, want 3", got)
	}
	before := b.mali().Outcomes
	b.say("acled", record("a battle", func(i *incident.Incident) {
		i.Affected = incident.Breakdown{
			{Population: incident.Known(incident.PopulationAnybody), Outcome: incident.Known(incident.Killed), Count: 40},
			{Population: incident.Known(incident.PopulationAnybody), Outcome: incident.Known(incident.Injured), Count: incident.Uncounted},
		}
	}))
	if got := b.mali().Outcomes; got != before {
		t.Errorf("with the dead of a battle, the outcomes of staff are %+v, want %+v", got, before)
	}
}

// TestWhoIsNotSaidIsNotStaff: people of whom a record does not say who they were are in no figure of staff, and leave it open.
func TestWhoIsNotSaidIsNotStaff(t *testing.T) {
	b := newBench(t)
	b.watched()
	unsaid := func() (n int) {
		for _, c := range b.view().Estimate(country.MLI).Categories {
			if n += c.Reasons.Unsaid; c.Known && c.Reasons.Counted+c.Reasons.Partial > 0 {
				t.Errorf("%s: %d and %d incidents that harmed staff", c.Threat, c.Reasons.Counted, c.Reasons.Partial)
			}
		}
		return n
	}
	before := unsaid()
	b.say("radio", record("an outbreak", hit(incident.Affected{Outcome: incident.Known(incident.Ill), Count: 40})))
	counts := b.mali().Outcomes.Counts()
	if want := (Count{0, false}); counts[summed-1] != want {
		t.Errorf("harmed otherwise %+v, want %+v", counts[summed-1], want)
	}
	if want := (Count{0, true}); counts[0] != want {
		t.Errorf("killed %+v, want %+v: nobody was", counts[0], want)
	}
	v := b.view()
	r, _ := v.Row(v.At(0))
	if r.StaffMissing != (Count{0, true}) || len(r.Further) != 1 || r.Further[0].Count != 40 {
		t.Errorf("%+v", r)
	}
	if n := unsaid(); n != before+1 {
		t.Errorf("the estimate leaves out %d of which it is not said, want %d", n, before+1)
	}
	b.say("radio", record("some missing", hit(incident.Affected{Outcome: incident.Known(incident.Missing), Count: 3})))
	b.say("radio", record("staff missing", hit(people(incident.PopulationUN, incident.National, incident.Missing, 2))))
	got := map[string]Count{}
	v = b.view()
	for id := range v.Incidents() {
		r, _ := v.Row(id)
		got[v.Identity(id).ID.String()] = r.StaffMissing
	}
	if got["an outbreak"] != (Count{0, true}) || got["some missing"] != (Count{0, false}) || got["staff missing"] != (Count{2, true}) || b.mali().Outcomes.Other != 2 {
		t.Errorf("missing of staff %v, %d in the outcomes", got, b.mali().Outcomes.Other)
	}
}

// TestADamagedRowWithdrawsNothing: a row that cannot be read is not a row that is gone.
func TestADamagedRowWithdrawsNothing(t *testing.T) {
	b := newBench(t)
	b.say("whole", record("a"))
	b.finish("whole")
	b.begin("whole")
	b.store.Reject("whole", incident.Origin{File: safetext.Const("whole"), Line: 2, Generation: 2}, nil)
	b.finish("whole")
	if gone := b.store.Confirm("whole", safetext.Const("whole"), b.at); len(gone) > 0 || b.only().Withdrawn {
		t.Errorf("withdrawn %v while a row could not be read", gone)
	}
	if b.source("whole").Facts.Note.IsZero() {
		t.Error("nothing says so")
	}
}

// TestKnowledgeIsProven: a record that only names its year does not prove that the source watched all of it.
func TestKnowledgeIsProven(t *testing.T) {
	b := newBench(t)
	b.say("radio", record("a", occurred(when(t, "2026"))))
	b.store.Observe("radio", health.Facts{LastAttempt: now, LastSuccess: now})
	b.store.Heartbeat("radio", incident.Origin{File: safetext.Const("radio")}, now.Add(-time.Minute), now)
	if c := b.mali(); c.Week.Known || c.Estimate.Known {
		t.Errorf("a record of some day of this year makes the week known: %+v", c.Week)
	}
}

// TestFilesOfOneSource: what one file of a source still says stands, whatever another one says later.
func TestFilesOfOneSource(t *testing.T) {
	b := newBench(t)
	say := func(file string, generation uint64, i *incident.Incident) Effect {
		b.at = b.at.Add(time.Second)
		i.Identity.Authority = safetext.Const("room")
		return b.store.Arrive(Arrival{Incident: i, Source: "whole", Received: b.at, Origin: incident.Origin{File: safetext.Clean(file), Generation: generation}})
	}
	whole := func(file string, generation uint64, i *incident.Incident) {
		b.store.Begin("whole", safetext.Clean(file), generation)
		say(file, generation, i)
		b.store.Finish("whole", safetext.Clean(file), b.at)
	}
	whole("a", 5, record("x", titled("of a")))
	whole("b", 1, record("x", titled("of b")))
	if !b.only().Conflict {
		t.Error("another file says otherwise, and there is no conflict")
	}
	whole("b", 2, record("x", titled("of b, later")))
	if !b.only().Conflict {
		t.Error("it changes its mind, and there is no conflict: file a still says what it said")
	}
	whole("a", 6, record("x", titled("of b, later")))
	if b.only().Conflict {
		t.Error("both agree, and there is a conflict")
	}
}

// TestPastKnowsNothingLater: a picture of the past has neither changes nor states of after its time, and
// asking for it changes nothing.
func TestPastKnowsNothingLater(t *testing.T) {
	b := newBench(t)
	b.say("radio", record("a"))
	then := b.at.Add(time.Nanosecond)
	b.say("radio", record("a", typed(incident.Update), titled("later")))
	before := b.store.log.n
	v := b.store.At(then, then, now).For(DutyOfficer)
	for c := range v.Changes(0) {
		if c.At.After(then) {
			t.Errorf("as known at %v it lists a change of %v", then, c.At)
		}
	}
	if b.store.log.n != before {
		t.Error("a question was logged as a change")
	}
}

// TestPastHasWhatCameLater: a picture of now, evaluated as of the past, has what happened by then and was told since,
// whether it says when it was reported or not.
func TestPastHasWhatCameLater(t *testing.T) {
	then := now.Add(-2 * Day)
	for name, edits := range map[string][]edit{
		"to the minute":                {occurred(incident.At(then.Add(-time.Hour)))},
		"to the day":                   {occurred(when(t, then.Add(-Day).Format(time.DateOnly)))},
		"to the minute, reported late": {occurred(incident.At(then.Add(-time.Hour))), reported(-time.Hour)},
	} {
		b := newBench(t)
		b.watched()
		b.say("radio", record("a", edits...))
		c, _ := b.store.At(b.at, then, b.at).For(DutyOfficer).Country(country.MLI)
		if c.Week.Sure != 1 || c.Week.Maybe != 0 {
			t.Errorf("%s: %+v, want it in the week before %v", name, c.Week, then)
		}
	}
}

// TestPublishedVersionsStand: what stood when a picture was published stands in it for good.
func TestPublishedVersionsStand(t *testing.T) {
	b := newBench(t)
	b.say("radio", record("a"))
	v := b.store.Publish(now.Add(time.Hour)).For(DutyOfficer) // published later than the next receipt
	b.say("radio", record("a", typed(incident.Update), titled("later")))
	d, _ := v.Detail(v.At(0))
	if len(d.Versions) != 1 || !d.Versions[0].Stands {
		t.Errorf("the published picture now says %+v", d.Versions)
	}
}

// TestRestrictedLater: a record that becomes restricted is restricted in the log of changes, too.
func TestRestrictedLater(t *testing.T) {
	b := newBench(t)
	b.say("radio", record("a", titled("secret")))
	b.say("radio", record("a", typed(incident.Update), func(i *incident.Incident) { i.Handling = incident.Known(incident.Restricted) }))
	v := b.view()
	for c := range v.Changes(0) {
		if c.Kind == IncidentChanged && v.ChangedRow(c).Title.String() == "secret" {
			t.Error("the change log still shows what has been restricted")
		}
	}
}

// TestALastingHazardShowsItsCountry: however long ago it began.
func TestALastingHazardShowsItsCountry(t *testing.T) {
	b := newBench(t)
	drought := record("drought", occurred(incident.At(now.Add(-400*Day))))
	drought.Countries, drought.Affected = []country.Code{country.NER}, nil
	drought.Threat, drought.Ongoing, drought.Reported = incident.Known(incident.Hazard), true, now.Add(-time.Hour)
	b.say("gdacs", drought)
	b.finish("gdacs")
	if c, ok := b.view().Country(country.NER); !ok || c.Hazards.Active != 1 {
		t.Errorf("shown %v, hazards %+v", ok, c)
	}
}

// TestKeptSurvey: a picture made from the kept survey says what one made anew says, whatever happened.
func TestKeptSurvey(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		b := newBench(t)
		at := now
		for n := range rapid.IntRange(1, 15).Draw(rt, "steps") {
			at = at.Add(time.Duration(rapid.IntRange(-30, 20).Draw(rt, "seconds")) * time.Second)
			file := safetext.Const("radio")
			switch rapid.IntRange(0, 6).Draw(rt, "what") {
			case 6:
				d := b.store.options.Desk
				d.Reading = safetext.Clean(rapid.SampledFrom([]string{"", "still reading the files"}).Draw(rt, "reading"))
				b.store.SetDesk(d)
			case 0:
				b.say("radio", record(fmt.Sprint(n), occurred(incident.At(at.Add(-time.Duration(n)*Day)))))
			case 1:
				b.store.Heartbeat("radio", incident.Origin{File: file}, at, at)
			case 2:
				b.store.Content("radio", file, at.Add(-time.Hour), at)
			case 3:
				b.store.Observe("radio", health.Facts{LastAttempt: at, LastSuccess: at, Gaps: make([]incident.Interval, rapid.IntRange(0, 2).Draw(rt, "gaps"))})
			case 4:
				b.store.SetReach("gdacs", time.Duration(n)*Day)
			case 5:
				b.store.SetLevels(LevelSet{{Country: country.MLI}}, at)
			}
			b.store.Publish(at)
		}
		kept := b.store.Publish(at).summary
		b.store.kept = nil
		anew := b.store.Publish(at).summary
		for i := range anew {
			for k, c := range anew[i].Estimate.Categories {
				// Within the minute that a survey is kept nothing but the fading of evidence moves.
				was := kept[i].Estimate.Categories[k]
				if c.Known != was.Known || (c.Why == risk.BeingRead) != (was.Why == risk.BeingRead) || math.Abs(c.Probability-was.Probability) > 0.001 || c.Reasons.Counted != was.Reasons.Counted {
					rt.Fatalf("%s %v: anew %v %v, kept %v %v", anew[i].Code, c.Threat, c.Known, c.Probability, was.Known, was.Probability)
				}
			}
			was, is := kept[i], anew[i]
			was.Trend.Until, is.Trend.Until = time.Time{}, time.Time{} // a minute older at the most
			if is.LastYear != was.LastYear || is.Hazards != was.Hazards || is.Trend != was.Trend {
				rt.Fatalf("%s: anew %d %+v %+v, kept %d %+v %+v", is.Code, is.LastYear, is.Hazards, is.Trend, was.LastYear, was.Hazards, was.Trend)
			}
		}
	})
}

// What somebody exported of Mali says nothing of Niger, however quiet it is there.
func TestAnExtractLooksWhereItsRecordsAre(t *testing.T) {
	b := newBench(t)
	b.store.SetOptions(Options{Risk: risk.Default(), Countries: []CountryOption{{country.MLI}, {country.NER}}})
	extract := health.Profile{Expect: Week, Covers: health.Set(incident.Threats()...), Memory: health.Extract}
	b.store.Configure("export", SourceInfo{Name: safetext.Const("export"), Profile: extract})
	b.store.Observe("export", health.Facts{LastAttempt: now, LastSuccess: now})
	cover := func(c country.Code) health.CoverState {
		row, _ := b.view().Country(c)
		return row.Coverage.State
	}
	b.begin("export")
	b.finish("export")
	if cover(country.MLI) != health.Blind {
		t.Error("an empty extract looks nowhere")
	}
	b.begin("export")
	b.say("export", record("1", edit(func(i *incident.Incident) { i.Occurred = incident.At(now.Add(-Day)) })))
	b.finish("export")
	if got := cover(country.MLI); got != health.Covered {
		t.Errorf("Mali occurs in it and is %v", got)
	}
	if got := cover(country.NER); got != health.Blind {
		t.Errorf("Niger does not, and is %v", got)
	}
	b.begin("export") // exported again, with other content for the same id
	if b.say("export", record("1", titled("more is known"))); len(b.finish("export")) != 1 {
		t.Fatal("not taken")
	}
	if n := b.view().Totals().Conflicts; n != 0 {
		t.Errorf("%d conflicts: a later content is an update", n)
	}
}

// TestNobodyLookedBetweenExports: of the time between two extracts, and of what only an earlier content spoke of, a source
// cannot answer; where they meet or overlap it can.
func TestNobodyLookedBetweenExports(t *testing.T) {
	extract := health.Profile{Expect: Week, Covers: health.Set(incident.Threats()...), Memory: health.Extract}
	for _, tt := range []struct {
		name       string
		old, fresh [2]time.Duration // of each extract, how long ago its first and its last record was
		gap        bool
	}{
		{"far apart", [2]time.Duration{100 * Day, 60 * Day}, [2]time.Duration{5 * Day, 0}, true},
		{"one after the other", [2]time.Duration{100 * Day, 12 * Day}, [2]time.Duration{6 * Day, 0}, false},
		{"overlapping", [2]time.Duration{100 * Day, 4 * Day}, [2]time.Duration{6 * Day, 0}, false},
		{"one within the other", [2]time.Duration{100 * Day, 0}, [2]time.Duration{60 * Day, 50 * Day}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t)
			b.store.Configure("export", SourceInfo{Name: safetext.Const("export"), Profile: extract})
			b.store.Observe("export", health.Facts{LastAttempt: now, LastSuccess: now})
			say := func(file string, generation uint64, ago [2]time.Duration) {
				name := safetext.Clean(file)
				b.store.Begin("export", name, generation)
				for n, d := range ago {
					i := record(fmt.Sprint(file, generation, n), occurred(incident.At(now.Add(-d-time.Hour))))
					i.Identity.Authority = safetext.Const("room")
					b.store.Arrive(Arrival{Incident: i, Source: "export", Received: now, Origin: incident.Origin{File: name, Line: n + 1, Generation: generation}})
				}
				b.store.Finish("export", name, now)
			}
			say("a", 1, tt.old)
			say("b", 2, tt.fresh)
			facts := b.source("export").Facts
			if got := len(facts.Gaps) > 0; got != tt.gap {
				t.Errorf("gaps %v", facts.Gaps)
			}
			if known := b.mali().Month.Known; known == tt.gap {
				t.Errorf("a month is known: %t", known)
			}
			say("a", 3, tt.fresh) // in place of the old one
			if tt.gap {
				if got := b.source("export").Facts.Oldest; got.Before(now.Add(-10 * Day)) {
					t.Errorf("an extract that is gone is still known since %s", got)
				}
			}
		})
	}
}

// TestCutExport: a content that drops most of what was listed withdraws it and says so, until there is a whole one.
func TestCutExport(t *testing.T) {
	b := newBench(t)
	b.store.Observe("whole", health.Facts{LastAttempt: now, LastSuccess: now})
	list := func(n int) string {
		b.begin("whole")
		for i := range n {
			b.say("whole", record(fmt.Sprint(i)))
		}
		b.finish("whole")
		b.store.Confirm("whole", safetext.Const("whole"), now)
		return b.source("whole").Reason.String()
	}
	if got := list(5); got != "" {
		t.Error(got)
	}
	if got := list(4); got != "" {
		t.Errorf("one of five is gone: %s", got)
	}
	const cut = "withdrawn: 3 that it listed before, left: 1; if it was cut off, put the whole of it back"
	if got := list(1); got != cut {
		t.Errorf("%q, want %q", got, cut)
	}
	if got := list(5); got != "" {
		t.Errorf("whole again: %s", got)
	}
}

// TestOldFileMakesNothingActive: what is open and does not say when it was reported is taken to be going on when it was heard of,
// but not because an old file of it was copied.
func TestOldFileMakesNothingActive(t *testing.T) {
	for _, tt := range []struct {
		name  string
		other string // what else the source speaks of
		want  int
	}{
		{"nothing of late", "", 0},
		{"something of today", "2026-11-20T13:00:00Z", 1},
	} {
		b := newBench(t)
		drought := record("drought", occurred(when(t, "2024-03")))
		drought.Threat, drought.Ongoing = incident.Known(incident.Hazard), true
		b.say("radio", drought)
		if tt.other != "" {
			b.say("radio", record("later", occurred(when(t, tt.other))))
		}
		v := b.view()
		if c, _ := v.Country(country.MLI); c.Hazards.Active != tt.want {
			t.Errorf("%s: %d active, want %d", tt.name, c.Hazards.Active, tt.want)
		}
		for id := range v.Incidents() {
			if r, _ := v.Row(id); r.Hazard && r.Ongoing != (tt.want > 0) {
				t.Errorf("%s: its row says ongoing %t", tt.name, r.Ongoing)
			}
		}
		past := b.store.At(now, now.AddDate(0, -3, 0), now).For(DutyOfficer)
		if c, _ := past.Country(country.MLI); tt.want == 0 && c.Hazards.Active != 0 {
			t.Errorf("%s: %d active three months ago", tt.name, c.Hazards.Active)
		}
	}
}

// TestWhatHasNoTimeIsPlaced where it was reported, and what was expected long ago where that was: neither pushes down what
// happened today. What claims a time that is not believed stands where it came.
func TestWhatHasNoTimeIsPlaced(t *testing.T) {
	b := newBench(t)
	untimed := func(i *incident.Incident) { i.Occurred = incident.When{} }
	b.say("radio", record("unheard", untimed))
	b.say("radio", record("claimed", occurred(when(t, "2031-01-01T00:00:00Z")), func(i *incident.Incident) { i.Reported = now.Add(-90 * Day) }))
	b.say("radio", record("reported", untimed, func(i *incident.Incident) { i.Reported = now.Add(-60 * Day) }))
	b.say("radio", record("over", untimed, func(i *incident.Incident) {
		i.ExpectedFrom, i.ExpectedTo = when(t, "2010-08-29"), when(t, "2010-08-30")
	}))
	b.say("radio", record("ahead", untimed, func(i *incident.Incident) { i.ExpectedFrom = when(t, "2026-11-22") }))
	b.say("radio", record("week", occurred(when(t, "2026-11-13T10:00:00Z"))))
	b.say("radio", record("year", occurred(when(t, "2025-11-13T10:00:00Z"))))
	v := b.view()
	var got []string
	var last time.Time
	for id := range v.Incidents() {
		r, _ := v.Row(id)
		name := v.Identity(id).ID.String()
		if r.Over {
			name += " is over"
		}
		got = append(got, name)
		f, _ := v.Facts(id)
		if at := f.Placed(); !at.Equal(r.Placed) || !last.IsZero() && at.After(last) {
			t.Errorf("%s is placed at %s, after %s; its row says %s", name, at, last, r.Placed)
		}
		last = f.Placed()
	}
	if diff := cmp.Diff([]string{"ahead", "claimed", "unheard", "week", "reported", "year", "over is over"}, got); diff != "" {
		t.Errorf("the order (-want +got):\n%s", diff)
	}
}

// TestNoEstimateRestsOnWhoCannotTellOfStaff: what a source of anybody's deaths is silent of counts in the windows, now and in the past, and
// is no sign that staff are safe.
func TestNoEstimateRestsOnWhoCannotTellOfStaff(t *testing.T) {
	for _, silent := range []bool{false, true} {
		b := newBench(t)
		p := radio
		p.NoStaff = silent
		b.store.Configure("radio", SourceInfo{Name: safetext.Const("radio"), Profile: p})
		b.watched()
		if c := b.mali(); c.Coverage.State != health.Covered || !c.Day.Known || c.Estimate.Known == silent {
			t.Errorf("silent of staff %t: coverage %v, day %+v, estimate known %t", silent, c.Coverage.State, c.Day, c.Estimate.Known)
		}
		past, _ := b.store.At(now, now.Add(-Day), now).For(DutyOfficer).Country(country.MLI)
		if past.Coverage.State != health.Recorded || past.Estimate.Known == silent {
			t.Errorf("a day ago, silent of staff %t: coverage %v, estimate known %t", silent, past.Coverage.State, past.Estimate.Known)
		}
	}
}
