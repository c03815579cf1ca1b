package alarm

import (
	"strings"
	"testing"
	"time"

	"vigil/internal/duty"
	"vigil/internal/incident"
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
		if a.UntrueWhy.String() != tc.why || a.Corrects("lead", r.now) != tc.corrected || a.Reopened.IsZero() == tc.again {
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
