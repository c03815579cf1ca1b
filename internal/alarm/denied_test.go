package alarm

import (
	"strings"
	"testing"
	"time"

	"vigil/internal/duty"
	"vigil/internal/incident"
	"vigil/internal/profile"
)

// TestWhoeverHeardHearsThatItIsNotSo: whatever became of the alarm before, and whoever says that it is not so.
func TestWhoeverHeardHearsThatItIsNotSo(t *testing.T) {
	for name, tc := range map[string]struct {
		before    func(*room, string) // what became of the alarm
		refutes   func(*room)
		why       string // it is not so
		again     bool   // all must be told again
		corrected bool   // where it was sent
	}{
		"told and owned, refuted by its source": {
			func(r *room, id string) { r.told(id); r.own(id) },
			func(r *room) { r.say("radio", r.shooting("a", killed(1), version(2), verified(incident.Refuted))) },
			"it was refuted", true, true,
		},
		"nobody was told": {
			func(r *room, id string) { r.own(id) },
			func(r *room) { r.say("radio", r.shooting("a", killed(1), version(2), verified(incident.Refuted))) },
			"it was refuted", false, true,
		},
		"told and closed by hand": {
			func(r *room, id string) { r.told(id); r.person(&duty.Close{Alarm: id, Reason: duty.Words("done")}) },
			func(r *room) { r.say("radio", r.shooting("a", killed(1), version(2), verified(incident.Refuted))) },
			"it was refuted", true, true,
		},
		"put right before": {
			func(r *room, id string) {
				r.told(id)
				r.say("radio", r.shooting("a", version(2)))
				r.look()
			},
			func(r *room) { r.say("radio", r.shooting("a", version(3), verified(incident.Refuted))) },
			"it was refuted", true, true,
		},
		"the desk says as what, behind the end": {
			func(r *room, id string) { r.told(id); r.own(id) },
			func(r *room) {
				a := r.draft.Book().Alarms(r.now)[0]
				r.say("radio", r.shooting("a", killed(1), version(2), verified(incident.Refuted)))
				r.look()
				r.person(&duty.Report{Incident: a.Raise.Incident, Version: 2, Verification: "refuted", Refuted: "hoax"})
			},
			"refuted: hoax", true, true,
		},
		"the desk says as what": {
			func(r *room, id string) { r.own(id) },
			func(r *room) {
				a := r.draft.Book().Alarms(r.now)[0]
				r.person(&duty.Report{Incident: a.Raise.Incident, Version: 2, Verification: "refuted", Refuted: "duplicate"})
				r.say("radio", r.shooting("a", killed(1), version(2), verified(incident.Refuted)))
			},
			"refuted: duplicate", false, true,
		},
	} {
		r := opened(t)
		r.say("radio", r.shooting("a", killed(1)))
		r.look()
		a := r.draft.Book().Alarms(r.now)[0]
		r.person(&duty.Send{Alarm: a.ID, Channel: "lead", Occurrence: 1})
		tc.before(r, a.ID)
		tc.refutes(r)
		r.look()
		a, _ = r.draft.Book().Alarm(a.ID)
		if a.UntrueWhy.String() != tc.why || a.Corrects("lead", r.now) != tc.corrected || a.Reopened.IsZero() == tc.again || tc.again && a.ReopenWhy != a.UntrueWhy {
			t.Errorf("%s: not so since %v because %q, told again since %v", name, a.Untrue, a.UntrueWhy, a.Reopened)
		}
		for _, again := range told(r.look()) {
			if strings.HasPrefix(again, "clear") {
				t.Errorf("%s: a second time: %s", name, again)
			}
		}
	}
}

func (r *room) told(id string) {
	r.person(&duty.Told{Alarm: id, Contact: "designated official", Outcome: duty.Answered})
}

func (r *room) own(id string) {
	a, _ := r.draft.Book().Alarm(id)
	r.acknowledge(a, time.Hour)
}

// TestWhatStandsAgainIsToldByWhatRings: its alarm was closed, and who was told of it, and that it is not so, is on the sheet of the next.
func TestWhatStandsAgainIsToldByWhatRings(t *testing.T) {
	r := opened(t)
	r.say("radio", r.shooting("a", killed(1)))
	r.look()
	first := r.draft.Book().Alarms(r.now)[0].ID
	r.told(first)
	r.own(first)
	r.say("radio", r.shooting("a", killed(1), version(2), verified(incident.Refuted)))
	r.look()
	r.say("radio", r.shooting("a", killed(1), version(3)))
	r.look()
	book := r.draft.Book()
	a, _ := book.Alarm(first)
	next := book.Alarms(r.now)[0]
	if a.Open() || a.Anew != next.Number || !a.Reopened.IsZero() || !a.Untrue.IsZero() {
		t.Errorf("the first: %+v", a)
	}
	of := func(a *duty.Alarm) *duty.Sheet { return duty.SheetOf(a, nil, r.now) }
	if open := book.Untold(of); len(open) != 1 || open[0].Alarm.ID != next.ID || !open[0].Posts[0].Again || next.ReopenWhy.String() != duty.SoAfterAll {
		t.Errorf("to be told: %v", open)
	}
	if why := of(a).None; !strings.Contains(why, next.Called()) {
		t.Errorf("on the first sheet: %s", why)
	}
	// Not so again: what was told is of the next alarm alone.
	r.told(next.ID)
	r.say("radio", r.shooting("a", killed(1), version(4), verified(incident.Refuted)))
	r.look()
	if open := r.draft.Book().Untold(of); len(open) != 1 || open[0].Alarm.ID != next.ID {
		t.Errorf("to be told that it is not so again: %v", open)
	}
}

// TestWhatIsNotSoAsksForNothing but to be seen: nobody is called, and it does not escalate.
func TestWhatIsNotSoAsksForNothing(t *testing.T) {
	r := opened(t)
	r.say("radio", r.shooting("a", killed(1)))
	r.look()
	r.say("radio", r.shooting("a", killed(1), version(2), verified(incident.Refuted)))
	expect(t, r.look(), "clear: it was refuted")
	for range 20 {
		r.now = r.now.Add(10 * time.Minute)
		r.alive("radio")
		for _, b := range r.look() {
			if e, is := b.(*duty.Escalate); is {
				t.Fatalf("%+v", e)
			}
		}
	}
	a := r.draft.Book().Alarms(r.now)[0]
	mli := &profile.Profile{Country: a.Country(), Tree: map[string][]profile.Step{"critical": {{"designated official"}}}}
	s := duty.SheetOf(a, mli, r.now)
	if _, of := s.Figures(); a.State(r.now) != duty.Latched || of != 0 || s.None != duty.NotSo {
		t.Errorf("%s, %d must know, %q", a.State(r.now), of, s.None)
	}
}

// TestWhatStandsAgainAsLess: nobody was killed after all, and nobody may be told any more that it was a hoax.
func TestWhatStandsAgainAsLess(t *testing.T) {
	r := opened(t)
	r.say("radio", r.shooting("a", killed(1)))
	r.look()
	a := r.draft.Book().Alarms(r.now)[0]
	r.told(a.ID)
	r.say("radio", r.shooting("a", version(2), verified(incident.Refuted)))
	r.look()
	r.told(a.ID)
	r.now = r.now.Add(time.Minute)
	r.say("radio", r.shooting("a", version(3)))
	r.person(&duty.Report{Incident: a.Raise.Incident, Version: 3, Verification: "probable"})
	r.look()
	a, _ = r.draft.Book().Alarm(a.ID)
	if told, of := duty.SheetOf(a, nil, r.now).Figures(); a.ReopenWhy.String() != duty.SoAfterAll || told != 0 || of != 1 {
		t.Errorf("%d of %d told since %v: %s", told, of, a.Reopened, a.ReopenWhy)
	}
}
