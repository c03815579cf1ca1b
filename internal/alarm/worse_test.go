package alarm

import (
	"slices"
	"strings"
	"testing"
	"time"

	"vigil/internal/duty"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// TestWorseNewsRingsAgain: a rumour that somebody has becomes a certainty, then a death, then is confirmed. Each needs its owner again, and
// everybody who was told before; what is no worse does not.
func TestWorseNewsRingsAgain(t *testing.T) {
	r := opened(t)
	was := func(version int64, list ...incident.Affected) *incident.Incident {
		return r.shooting("a", inGao, func(i *incident.Incident) {
			i.Act, i.Affected, i.Version = incident.Known(incident.Abduction), list, version
			if version > 1 {
				i.Type = incident.Update
			}
			i.Verification = incident.Known(incident.Unconfirmed)
		})
	}
	ngo := func(o incident.Outcome, n int) incident.Affected {
		return incident.Affected{Population: incident.Known(incident.PopulationNGO), Outcome: incident.Known(o), Count: n}
	}
	confirmed := was(6, ngo(incident.Abducted, 0), ngo(incident.Killed, 2))
	confirmed.Verification = incident.Known(incident.Confirmed)
	const of = "staff killed, abducted or missing"
	var a *duty.Alarm
	for _, step := range []struct {
		name string
		says *incident.Incident
		want string // the words that ring; empty for none
	}{
		{"a rumour", was(1), "unsure " + of + " (critical): cannot exclude: " + of + ": MLI Gao abduction, unconfirmed, 1 source"},
		{"two are held", was(2, ngo(incident.Abducted, 2)), "raise " + of + " (critical): MLI Gao abduction, 2 abducted, unconfirmed, 1 source"},
		{"one is out", was(3, ngo(incident.Abducted, 1)), ""},
		{"none is known again", was(4), ""},
		{"two are dead", was(5, ngo(incident.Abducted, 0), ngo(incident.Killed, 2)), "raise " + of + " (critical): MLI Gao abduction, 2 killed, unconfirmed, 1 source"},
		{"it is confirmed", confirmed, "raise " + of + " (critical): MLI Gao abduction, 2 killed, confirmed, 1 source"},
	} {
		r.say("radio", step.says)
		rings := slices.DeleteFunc(told(r.look()), func(s string) bool { return !strings.Contains(s, of) })
		if got := strings.Join(rings, "\n"); got != step.want {
			t.Fatalf("%s:\n%s\nwant\n%s", step.name, got, step.want)
		}
		open := r.draft.Book().Alarms(r.now)
		a = open[slices.IndexFunc(open, func(a *duty.Alarm) bool { return a.Raise.Rule == of })]
		if rang := step.want != ""; a.Rings(r.now) != rang {
			t.Fatalf("%s: it rings: %t", step.name, !rang)
		}
		if again := !a.Reopened.IsZero() && a.Reopened.Equal(a.Came); again != (step.want != "" && a.Again > 0) && step.want != "" {
			t.Errorf("%s: all are to be told again: %t", step.name, again)
		}
		r.acknowledge(a, time.Hour)
		r.person(&duty.Told{Alarm: a.ID, Contact: "designated official", Outcome: duty.Answered})
	}
	if a.Again != 3 || a.Worsened != 3 || a.ReopenWhy != safetext.Const(duty.BecameWorse) {
		t.Errorf("it came back %d times, worse %d times, all told again because %q", a.Again, a.Worsened, a.ReopenWhy)
	}
	if list := r.look(); len(list) > 0 {
		t.Errorf("the same news: %s", told(list))
	}
}
