package alarm

import (
	"slices"
	"strings"
	"testing"
	"time"

	"vigil/internal/alarm/rule"
	"vigil/internal/calendar"
	"vigil/internal/duty"
	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/presence"
	"vigil/internal/risk"
	"vigil/internal/safetext"

	"vigil/internal/country"
)

func expect(t *testing.T, got []duty.Body, want ...string) {
	t.Helper()
	if lines := told(got); !slices.Equal(lines, want) {
		t.Errorf("got\n  %s\nwant\n  %s", strings.Join(lines, "\n  "), strings.Join(want, "\n  "))
	}
}

func own(t testing.TB, d rule.Draft, when string, severity duty.Severity) rule.Rule {
	t.Helper()
	d.When, d.Severity = &when, &severity
	r, err := d.Rule()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestFirstReadRingsOnce(t *testing.T) {
	r := newRoom(t)
	r.say("radio", r.shooting("old", ago(100*time.Hour), killed(3)), r.shooting("a", killed(1)), r.shooting("b", killed(2)), r.shooting("c"))
	expect(t, r.look(),
		"raise late or first read (critical): first read, 4 incidents were there; of the last 48 h: 1 incident near staff (high), 2 staff killed, abducted or missing (critical), the newest 14:00")
	if a, _ := r.draft.Book().Find("A1"); a.Raise.Worst.ID.String() != "a" || !a.Raise.Incident.IsZero() {
		t.Errorf("the worst of those at the first read is %v, want a: the gravest, of equal ones the first by name", a.Raise.Worst)
	}
	expect(t, r.look())
	r.now = r.now.Add(time.Minute)
	r.say("radio", r.shooting("d", killed(1)))
	expect(t, r.look(), "raise staff killed, abducted or missing (critical): MLI Gao shooting, 1 killed, unconfirmed, 1 source")
	expect(t, r.look())
	// Another process, or this one after a restart, comes to the same.
	r.eval = NewEvaluator(r.rules)
	expect(t, r.look())
}

// TestFirstReadLeavesOutWhatRang: what stands in the log already has its own alarm, in its own state, and no second one.
func TestFirstReadLeavesOutWhatRang(t *testing.T) {
	r := newRoom(t)
	const rang = "staff killed, abducted or missing"
	a := r.shooting("a", killed(1))
	r.add("before", &duty.Raise{Rule: rang, Severity: duty.Critical, Key: IncidentKey(rang, a.Identity), Incident: duty.NameOf(a.Identity), Words: duty.Words("rang before"), Moment: true})
	r.say("radio", a)
	expect(t, r.look(), "raise late or first read (low): first read, 1 incident was there; of the last 48 h: nothing more would have rung")
	r.now = r.now.Add(time.Minute)
	r.say("radio", r.shooting("a", killed(1), version(2), verified(incident.Refuted)))
	expect(t, r.look(), "clear: it was refuted")

	r = newRoom(t)
	r.add("before", &duty.Raise{Rule: rang, Severity: duty.Critical, Key: IncidentKey(rang, a.Identity), Incident: duty.NameOf(a.Identity), Words: duty.Words("rang before"), Moment: true})
	r.say("radio", a, r.shooting("b", killed(2)))
	expect(t, r.look(), "raise late or first read (critical): first read, 2 incidents were there; of the last 48 h: 1 staff killed, abducted or missing (critical), the newest 14:00")
}

func TestWhatComesLateRingsTogether(t *testing.T) {
	r := opened(t)
	r.say("radio", r.shooting("a", ago(60*time.Hour), killed(1)), r.shooting("b", ago(240*time.Hour), killed(1)))
	expect(t, r.look(), "raise late or first read (critical): 2 records came late: 2 staff killed, abducted or missing (critical), the newest 2026-11-18 02:02")
	expect(t, r.look())
	r.eval = NewEvaluator(r.rules)
	expect(t, r.look())
	// More of it waits for an hour.
	r.now = r.now.Add(time.Minute)
	r.say("radio", r.shooting("c", ago(61*time.Hour), killed(1)))
	expect(t, r.look())
	r.now = r.now.Add(time.Hour)
	expect(t, r.look(), "raise late or first read (critical): 1 record came late: 1 staff killed, abducted or missing (critical), the newest 2026-11-18 01:03",
		"escalate 1: nobody has owned it for 1h01")
}

// What happened long ago is no more than medium, whatever it is.
func TestWhatIsDatedIsMedium(t *testing.T) {
	r := opened(t)
	r.say("radio", r.shooting("b", ago(240*time.Hour), killed(1)))
	expect(t, r.look(), "raise late or first read (medium): 1 record came late: 1 staff killed, abducted or missing (medium), the newest 2026-11-10 14:02")
}

// The first content of a source that is new on the desk is no flood.
func TestANewSourceRingsOnce(t *testing.T) {
	r := opened(t)
	r.source("ngo")
	r.say("ngo", r.shooting("a", killed(1)), r.shooting("b", killed(1)), r.shooting("c", killed(1)))
	expect(t, r.look(), "raise late or first read (critical): 3 records came at once: 3 staff killed, abducted or missing (critical), the newest 14:02")
	expect(t, r.look())
	r.now = r.now.Add(2 * time.Minute)
	r.say("ngo", r.shooting("d", killed(1)))
	expect(t, r.look(), "raise staff killed, abducted or missing (critical): MLI Gao shooting, 1 killed, unconfirmed, 1 source")
}

// TestWhatComesLiveAfterAFirstContentRingsByItself: within the minute of the first content, too, and nothing that rang is named again.
func TestWhatComesLiveAfterAFirstContentRingsByItself(t *testing.T) {
	r := opened(t)
	r.source("own")
	r.say("own", r.shooting("a", killed(1)), r.shooting("b", killed(1)), r.shooting("c", killed(1)))
	expect(t, r.look(), "raise late or first read (critical): 3 records came at once: 3 staff killed, abducted or missing (critical), the newest 14:02")
	for _, id := range []string{"d", "e", "f"} {
		r.now = r.now.Add(3 * time.Second)
		r.say("own", r.shooting(id, killed(1)))
		expect(t, r.look(), "raise staff killed, abducted or missing (critical): MLI Gao shooting, 1 killed, unconfirmed, 1 source")
	}
	r.eval = NewEvaluator(r.rules)
	expect(t, r.look())
}

// TestThreeLiveReportsRingEach, on a source that is new.
func TestThreeLiveReportsRingEach(t *testing.T) {
	r := opened(t)
	r.source("own")
	for _, id := range []string{"a", "b", "c", "d"} {
		r.say("own", r.shooting(id, killed(1)))
		rings := slices.DeleteFunc(told(r.look()), func(s string) bool { return strings.Contains(s, "estimate rose") })
		if !slices.Equal(rings, []string{"raise staff killed, abducted or missing (critical): MLI Gao shooting, 1 killed, unconfirmed, 1 source"}) {
			t.Errorf("%s: %q", id, rings)
		}
	}
}

// TestWhatComesLiveBesideOthers rings by itself, and how the others came is said as it was.
func TestWhatComesLiveBesideOthers(t *testing.T) {
	r := opened(t)
	r.source("ngo")
	r.source("own")
	r.say("own", r.shooting("live", killed(1)))
	r.say("ngo", r.shooting("a", killed(1)), r.shooting("b", killed(1)), r.shooting("c", killed(1)), r.shooting("old", ago(60*time.Hour), killed(1)))
	expect(t, r.look(),
		"raise staff killed, abducted or missing (critical): MLI Gao shooting, 1 killed, unconfirmed, 1 source",
		"raise late or first read (critical): 1 record came late and 3 at once: 4 staff killed, abducted or missing (critical), the newest 14:02")
	expect(t, r.look())
}

// One voice report on a new desk is not set aside.
func TestTheFirstReportOfANewFeedRingsByItself(t *testing.T) {
	r := opened(t)
	r.source("desk")
	r.say("desk", r.shooting("a", killed(1)))
	expect(t, r.look(), "raise staff killed, abducted or missing (critical): MLI Gao shooting, 1 killed, unconfirmed, 1 source")
}

func TestWhatIsRefutedIsOverAndStaysLatched(t *testing.T) {
	r := opened(t)
	r.say("radio", r.shooting("a", killed(1)))
	r.look()
	r.say("radio", r.shooting("a", killed(1), version(2), verified(incident.Refuted)))
	expect(t, r.look(), "clear: it was refuted")
	a := r.draft.Book().Alarms(r.now)[0]
	if a.State(r.now) != duty.Latched {
		t.Errorf("it is %s", a.State(r.now))
	}
	if a.Untrue.IsZero() || a.UntrueWhy.String() != "it was refuted" {
		t.Errorf("untrue since %s: %s", a.Untrue, a.UntrueWhy)
	}
	expect(t, r.look())
	// It is true after all.
	r.say("radio", r.shooting("a", killed(1), version(3)))
	expect(t, r.look(), "raise staff killed, abducted or missing (critical): MLI Gao shooting, 1 killed, unconfirmed, 1 source")
	if a, _ := r.draft.Book().Find("A2"); a.Again != 1 || a.State(r.now) != duty.Unacknowledged || !a.Untrue.IsZero() {
		t.Errorf("got %+v", a)
	}
}

// TestWhatStandsAgainIsToldAgain: who was told that it is not so, and who was told of it before, know something else than what is known now.
func TestWhatStandsAgainIsToldAgain(t *testing.T) {
	r := opened(t)
	r.say("radio", r.shooting("a", killed(1)))
	r.look()
	id := r.draft.Book().Alarms(r.now)[0].ID
	r.say("radio", r.shooting("a", killed(1), version(2), verified(incident.Refuted)))
	r.look()
	r.person(&duty.Told{Alarm: id, Contact: "designated official", Outcome: duty.Answered, Words: duty.Words("knows that it is refuted")})
	r.say("radio", r.shooting("a", killed(1), version(3)))
	r.look()
	a, _ := r.draft.Book().Alarm(id)
	if a.ReopenWhy != safetext.Const(duty.SoAfterAll) || !a.Reopened.Equal(a.Came) {
		t.Errorf("told again since %s: %q", a.Reopened, a.ReopenWhy)
	}
}

func TestAnUpdateThatSaysLess(t *testing.T) {
	r := opened(t)
	r.say("radio", r.shooting("a", killed(1)))
	r.look()
	r.say("radio", r.shooting("a", killed(0), version(2)))
	expect(t, r.look(), "unsure incident near staff (high): cannot exclude: incident near staff: MLI Gao shooting, unconfirmed, 1 source; near (25 km) 0 +? others, place of the incident unknown, presence of unknown age",
		"clear: another version of it says otherwise")
}

func TestWhatHappenedIsOverWithTime(t *testing.T) {
	r := opened(t)
	r.say("radio", r.shooting("a", killed(1)))
	r.look()
	r.now = r.now.Add(40 * time.Hour)
	for _, a := range r.draft.Book().Alarms(r.now) {
		r.acknowledge(a, duty.MaxAck)
	}
	r.now = r.now.Add(7 * time.Hour)
	r.alive("radio")
	expect(t, r.look())
	r.now = r.now.Add(2 * time.Hour)
	r.alive("radio")
	expect(t, r.look(), "clear: 48 h have passed", "clear: 48 h have passed") // that of the first read, too
	expect(t, r.look())
}

func TestWhatIsRestrictedSaysNothing(t *testing.T) {
	r := opened(t)
	r.say("radio", r.shooting("secret-7", killed(1), func(i *incident.Incident) {
		i.Handling = incident.Known(incident.Restricted)
		i.Title = safetext.Const("in Ansongo")
	}))
	list := r.look()
	expect(t, list, "raise restricted incident (high): Restricted incident: security lead only")
	raise := list[0].(*duty.Raise)
	if !raise.Incident.IsZero() || raise.Country != "" || strings.Contains(raise.Key, "secret") || raise.Unsure {
		t.Errorf("it says %+v", raise)
	}
}

func near(id string, country country.Code, km float64) presence.Person {
	p := presence.Person{ID: safetext.Clean(id), Country: country, Recruitment: incident.Known(incident.National), LastContact: incident.At(start)}
	p.Point, p.HasPoint = incident.Point{Lat: 16.27 + km/111.195, Lon: -0.04}, true
	return p
}

func inGao(i *incident.Incident) {
	i.Point, i.HasPoint, i.Accuracy = incident.Point{Lat: 16.27, Lon: -0.04}, true, 1
}

func TestNearStaffSaysHowManyAndHowOld(t *testing.T) {
	r := opened(t)
	nofix := near("c", country.MLI, 0)
	nofix.HasPoint = false
	r.staff(start.Add(-2*time.Hour), near("a", country.MLI, 3), near("b", country.MLI, 300), nofix)
	r.say("radio", r.shooting("a", inGao))
	expect(t, r.look()[:1], "raise incident near staff (high): MLI Gao shooting, unconfirmed, 1 source; near (25 km) 1 (1n 0i) +1 no fix, presence of 12:00Z")
}

// Nobody is near: then nothing rings, and everything does where nobody can say so.
func TestNearStaffUnknown(t *testing.T) {
	r := opened(t)
	r.staff(start.Add(-2*time.Hour), near("b", country.MLI, 300))
	r.say("radio", r.shooting("a", inGao))
	if list := told(r.look()); slices.ContainsFunc(list, func(s string) bool { return strings.Contains(s, "near staff") }) {
		t.Errorf("got %s", list)
	}
	r.say("radio", r.shooting("b"))
	expect(t, r.look(), "unsure incident near staff (high): cannot exclude: incident near staff: MLI Gao shooting, unconfirmed, 1 source; near (25 km) 0 +1 perhaps, place of the incident unknown, presence of 12:00Z")
}

func TestSourcesAndCountries(t *testing.T) {
	r := opened(t)
	r.now = r.now.Add(13 * time.Hour)
	list := r.look()
	expect(t, list,
		"raise country blind (medium): MLI Mali: BLIND since 02:00Z",
		"raise source stale (medium): radio STALE since 02:00Z: content of 2026-11-17 14:00Z, expected every 12h")
	r.alive("radio")
	r.now = r.now.Add(time.Minute)
	expect(t, r.look(), "clear: it is over", "clear: it is over")
	r.now = r.now.Add(13 * time.Hour)
	expect(t, r.look()[:2],
		"raise country blind (medium): MLI Mali: BLIND since 15:02Z",
		"raise source stale (medium): radio STALE since 15:02Z: content of 2026-11-17 14:00Z, expected every 12h")
}

func TestManyAtOnceRingAsOne(t *testing.T) {
	r := opened(t)
	for _, s := range []string{"ngo", "press", "police"} {
		r.source(s)
	}
	r.look()
	r.now = r.now.Add(13 * time.Hour)
	r.alive("radio")
	list := r.look()
	raise, _ := list[0].(*duty.Raise)
	if raise == nil || raise.Rule != "source stale" || !strings.HasPrefix(raise.Words.String(), "3 at once: ngo STALE") || raise.Source != "" {
		t.Fatalf("got %s", told(list))
	}
	r.alive("ngo")
	r.alive("press")
	r.now = r.now.Add(time.Second)
	expect(t, r.look(), "clear: 2 of 3; it lasts for the others")
	expect(t, r.look())
	r.alive("police")
	r.now = r.now.Add(time.Second)
	expect(t, r.look(), "clear: it is over")
	r.now = r.now.Add(13 * time.Hour)
	r.alive("radio")
	r.alive("press")
	r.alive("police")
	got := told(r.look())
	if !strings.HasPrefix(got[0], "raise source stale (medium): ngo STALE") {
		t.Errorf("got %s", got)
	}
	if a := r.draft.Book().Alarms(r.now); len(a) == 0 {
		t.Error("nothing stands")
	}
}

func TestRateLimitHoldsBackNoHigherSeverity(t *testing.T) {
	low := own(t, rule.Draft{Name: "seen"}, "act == 'theft'", duty.Medium)
	r := opened(t, low)
	theft := func(i *incident.Incident) { i.Act = incident.Known(incident.Theft) }
	for k := range 10 {
		r.say("radio", r.shooting("t"+string(rune('a'+k)), theft))
	}
	ev := r.eval.Evaluate(r.view(), r.draft.Book())
	steps := Step(&ev, r.rules, r.draft.Book(), Manned{}, r.now)
	if steps.HeldBack != 4 || len(r.write(steps)) != RateLimit {
		t.Fatalf("%d are held back", steps.HeldBack)
	}
	r.say("radio", r.shooting("k", killed(1)))
	expect(t, r.look(), "raise staff killed, abducted or missing (critical): MLI Gao shooting, 1 killed, unconfirmed, 1 source")
	r.now = r.now.Add(time.Hour + time.Minute)
	n := 0
	for _, b := range r.look() {
		if raise, is := b.(*duty.Raise); is && raise.Rule == "seen" {
			n++
		}
	}
	if n != 4 {
		t.Errorf("%d ring afterwards, want the 4 that were held back", n)
	}
}

func TestEscalation(t *testing.T) {
	r := opened(t)
	r.say("radio", r.shooting("a", killed(1)))
	r.look()
	a := func() *duty.Alarm { x, _ := r.draft.Book().Find("A2"); return x }
	r.now = r.now.Add(4 * time.Minute)
	expect(t, r.look())
	r.now = r.now.Add(time.Minute)
	expect(t, r.look(), "escalate 1: nobody has owned it for 5m")
	expect(t, r.look())
	r.now = r.now.Add(10 * time.Minute)
	expect(t, r.look(), "escalate 2: nobody has owned it for 15m")
	r.acknowledge(a(), 20*time.Minute)
	r.now = r.now.Add(19 * time.Minute)
	expect(t, r.look())
	r.now = r.now.Add(6 * time.Minute) // it ran out 5 min ago
	expect(t, r.look(), "escalate 3: nobody has owned it for 5m")
	r.now = r.now.Add(10 * time.Minute)
	expect(t, r.look(), "escalate 4: nobody has owned it for 15m")
	r.now = r.now.Add(15 * time.Minute)
	expect(t, r.look(), "escalate 5: nobody has owned it for 30m")
	r.now = r.now.Add(5 * time.Hour)
	expect(t, r.look())
}

func TestARuleThatIsSwitchedOff(t *testing.T) {
	r := opened(t)
	r.say("radio", r.shooting("a", killed(1)))
	r.look()
	off, name := true, "staff killed, abducted or missing"
	d := rule.Draft{Name: name, Off: &off}
	gone, err := d.Rule()
	if err != nil {
		t.Fatal(err)
	}
	r.rules = rule.With([]rule.Rule{gone})
	r.eval.SetRules(r.rules)
	expect(t, r.look(), "clear: the rule was switched off")
}

// While the files are read nothing is raised, and nothing is over.
func TestNothingIsSaidOfHalfAPicture(t *testing.T) {
	r := opened(t)
	r.say("radio", r.shooting("a", killed(1)))
	r.look()
	r.desk.Reading = safetext.Const("reading")
	r.say("radio", r.shooting("b", killed(1)), r.shooting("a", killed(1), version(2), verified(incident.Refuted)))
	ev := r.eval.Evaluate(r.view(), r.draft.Book())
	if ev.Whole || len(ev.Conditions) > 0 {
		t.Errorf("got %+v", ev)
	}
	expect(t, r.look())
	r.desk.Reading = safetext.Text{}
	expect(t, r.look(), "raise staff killed, abducted or missing (critical): MLI Gao shooting, 1 killed, unconfirmed, 1 source", "clear: it was refuted")
}

func TestAnotherTellingOfTheSameEventIsNoOtherAlarm(t *testing.T) {
	r := opened(t)
	r.source("ngo")
	r.say("radio", r.shooting("a", killed(1), inGao))
	r.look()
	r.now = r.now.Add(2 * time.Minute)
	same := r.shooting("x", killed(1), inGao, func(i *incident.Incident) {
		i.Identity.Authority = safetext.Const("ngo")
		i.Occurred = incident.At(r.now.Add(-2 * time.Minute))
		i.Grade = safetext.Const("A1")
	})
	r.say("ngo", same)
	list := r.look()
	v := r.view()
	if party := v.Party(v.At(0)); len(party) != 2 {
		t.Fatalf("the two are not one event: %v", party)
	}
	for _, b := range list {
		if raise, is := b.(*duty.Raise); is && raise.Rule == "staff killed, abducted or missing" {
			t.Errorf("it rings again: %s", told(list))
		}
	}
}

func TestShippedRulesAreTold(t *testing.T) {
	for _, r := range rule.Shipped() {
		if !r.Severity.Valid() || r.Name == "" || r.When == nil || !slices.Contains(rule.Ons(), r.On) {
			t.Errorf("%+v", r)
		}
	}
	if n := len(rule.Shipped()); n < 12 {
		t.Errorf("only %d rules ship", n)
	}
}

// Every field answers with what its schema says, for a subject of which much is known and one of which nothing is.
func TestEveryFieldAnswers(t *testing.T) {
	r := opened(t)
	r.staff(start, near("a", country.MLI, 3))
	r.say("radio", r.shooting("a", inGao, killed(1)), &incident.Incident{Identity: incident.Identity{Authority: safetext.Const("room"), ID: safetext.Const("b")}})
	var rules []rule.Rule
	for _, on := range rule.Ons() {
		for _, f := range rule.Schema(on).Fields {
			when := f.Name
			if f.Takes != nil && f.Takes.Words == nil {
				when += "(5)"
			}
			rules = append(rules, own(t, rule.Draft{Name: string(on) + f.Name, On: &on}, "known("+when+") or not known("+when+")", duty.Low))
		}
	}
	ev := NewEvaluator(append(rule.Set{}, rules...)).Evaluate(r.view(), r.draft.Book())
	rang := map[string]bool{}
	for _, c := range ev.Conditions {
		rang[c.Rule] = true
		if c.Unsure {
			t.Errorf("%s does not answer as its schema says", c.Rule)
		}
	}
	for _, x := range rules {
		if x.On != rule.Incident && x.On != rule.Due && !rang[x.Name] {
			t.Errorf("%s was not asked", x.Name)
		}
	}
}

// TestThePromisedReportRings, whether or not its alarm is closed, until it is given; that an alarm rings again rings no other.
func TestThePromisedReportRings(t *testing.T) {
	r := opened(t, own(t, rule.Draft{Name: "soon", On: new(rule.Due)}, `hours > -1`, duty.Low))
	raise := func(key string) *duty.Alarm {
		r.add(key, &duty.Raise{Rule: "by hand", Key: key, Severity: duty.High, Country: "MLI", Words: duty.Words(key), Moment: true})
		a, _ := r.draft.Book().Alarm(key)
		return a
	}
	a, b := raise("told"), raise("owned")
	r.acknowledge(b, 30*time.Minute)
	r.add("flash-1", &duty.Flash{Alarm: a.ID, Number: 1, Confirmed: duty.Words("x"), Next: r.now.Add(20 * time.Minute)})
	r.add("close", &duty.Close{Alarm: a.ID, Reason: duty.Words("over")})
	expect(t, r.look(), "raise soon (low): flash: flash 2 on A2, due 14:22Z")
	r.now = r.now.Add(20 * time.Minute)
	expect(t, r.look(), "raise next report due (high): flash: flash 2 on A2, due 14:22Z")
	r.now = r.now.Add(20 * time.Minute)
	r.alive("radio")
	var rings []string
	for _, line := range told(r.look()) {
		if strings.Contains(line, "A3") || strings.Contains(line, "overdue") {
			rings = append(rings, line)
		}
	}
	if again, _ := r.draft.Book().Alarm(b.ID); len(rings) > 0 || !again.Rings(r.now) {
		t.Errorf("that A3 rings again rings by itself: %v", rings)
	}
	r.add("flash-2", &duty.Flash{Alarm: a.ID, Number: 2, Confirmed: duty.Words("x")})
	r.look()
	for _, open := range r.draft.Book().Alarms(r.now) {
		if open.Raise.Rule != "next report due" {
			continue
		}
		if open.Cleared.IsZero() {
			t.Error("the last report ends it, and it rings on")
		}
		if of, ok := r.view().Promised(open); !ok || of != (duty.Subject{Alarm: a.ID}) {
			t.Errorf("the report is to be on %+v", of)
		}
	}
}

// TestWordsHoldTimesAndNoAges: they are read later. The date stands where it is not the day on which it rang, and the key has none of it.
func TestWordsHoldTimesAndNoAges(t *testing.T) {
	r := opened(t)
	entry := func(title string, end time.Duration) calendar.Entry {
		return calendar.Entry{Title: safetext.Clean(title), Kind: calendar.Task, Start: r.now.Add(end), End: r.now.Add(end), Country: country.MLI}
	}
	r.store.SetCalendar([]calendar.Entry{entry("roll call", -37*time.Minute), entry("sitrep", -20*time.Hour)}, r.now)
	expect(t, r.look(),
		"raise overdue (medium): task: roll call, OVERDUE since 13:25Z",
		"raise overdue (medium): task: sitrep, OVERDUE since 2026-11-19 18:02Z")
	for _, a := range r.draft.Book().Alarms(r.now) {
		if a.Raise.Rule == "overdue" && (strings.Contains(a.Raise.Key, "since") || !strings.HasPrefix(a.Raise.Key, "rule/overdue/entry ")) {
			t.Errorf("the key is %q", a.Raise.Key)
		}
	}
	// The same things in the next hour are no news, though their ages are others.
	r.now = r.now.Add(time.Hour)
	r.alive("radio")
	for _, line := range told(r.look()) {
		if strings.Contains(line, "OVERDUE") {
			t.Errorf("again: %s", line)
		}
	}
}

// TestOverdueOfOneTitle: two roll calls with one end in two places are two alarms, and each says where.
func TestOverdueOfOneTitle(t *testing.T) {
	r := opened(t)
	entry := func(area string) calendar.Entry {
		at := r.now.Add(-37 * time.Minute)
		return calendar.Entry{Title: safetext.Const("roll call"), Kind: calendar.Task, Start: at, End: at, Country: country.MLI, Area: safetext.Clean(area)}
	}
	r.store.SetCalendar([]calendar.Entry{entry("Gao"), entry("Mopti")}, r.now)
	expect(t, r.look(),
		"raise overdue (medium): task: roll call, Gao, OVERDUE since 13:25Z",
		"raise overdue (medium): task: roll call, Mopti, OVERDUE since 13:25Z")
}

// TestTheFirstIncidentOfAnEmptyDeskRings at once: nothing was there at the first read, and so nothing rings together with it.
func TestTheFirstIncidentOfAnEmptyDeskRings(t *testing.T) {
	r := newRoom(t)
	r.store = picture.NewStore(picture.Options{Risk: risk.Default()}) // without a source, and so without any change
	if v := r.view(); v.LastChange() != 0 {
		t.Fatalf("%d changes", v.LastChange())
	}
	expect(t, r.look())
	r.now = r.now.Add(2 * time.Minute)
	r.source("own")
	r.say("own", r.shooting("a", killed(1)))
	expect(t, r.look(), "raise staff killed, abducted or missing (critical): MLI Gao shooting, 1 killed, unconfirmed, 1 source")
}

// TestWhomToTellOfSeveral: what rings once for several is of a country where all that ring as loud are of that one, so that its told-sheet
// names somebody; where something restricted is among them, its country is no matter and the security lead must know.
func TestWhomToTellOfSeveral(t *testing.T) {
	in := func(c country.Code) edit { return func(i *incident.Incident) { i.Countries = []country.Code{c} } }
	tests := []struct {
		name  string
		a, b  []edit
		want  string
		tells bool
	}{
		{"one country", []edit{killed(1)}, []edit{killed(2)}, "MLI", false},
		{"two, one of them louder", []edit{killed(1)}, []edit{in(country.NER)}, "MLI", false},
		{"two as loud", []edit{killed(1)}, []edit{killed(1), in(country.NER)}, "", false},
		{"one that is restricted", []edit{killed(1)}, []edit{killed(1), in(country.NER), restricted}, "MLI", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := newRoom(t)
			r.say("radio", r.shooting("a", tt.a...), r.shooting("b", tt.b...))
			r.look()
			a, ok := r.draft.Book().Find("A1")
			if !ok || a.Raise.Country != tt.want || (len(a.Raise.Tell) > 0) != tt.tells {
				t.Errorf("it is of %q and tells %q, want %q, %v", a.Raise.Country, a.Raise.Tell, tt.want, tt.tells)
			}
		})
	}
}
