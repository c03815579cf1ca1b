package alarm

import (
	"testing"
	"time"

	"vigil/internal/alarm/rule"
	"vigil/internal/duty"
	"vigil/internal/incident"
)

func restricted(i *incident.Incident) { i.Handling = incident.Known(incident.Restricted) }

const neutral = "clear: it does not stand any more"

// TestWhatBecomesRestrictedRingsOn: that its words are hidden is no word that it did not happen.
func TestWhatBecomesRestrictedRingsOn(t *testing.T) {
	lasting := own(t, rule.Draft{Name: "lasting"}, "act == 'shooting'", duty.High)
	r := opened(t, lasting)
	r.say("radio", r.shooting("a", killed(1)))
	r.look()
	for _, a := range r.draft.Book().Alarms(r.now) {
		r.acknowledge(a, duty.MaxAck)
	}
	r.say("radio", r.shooting("a", killed(1), version(2), restricted))
	expect(t, r.look(), "raise restricted incident (high): Restricted incident: security lead only")
	for range 3 { // past the times at which everything is asked again
		r.now = r.now.Add(sweepEvery + time.Minute)
		r.eval.swept = time.Time{}
		for _, a := range r.draft.Book().Alarms(r.now) {
			r.acknowledge(a, duty.MaxAck)
		}
		expect(t, r.look())
	}
	// It is no secret any more, and still so.
	r.say("radio", r.shooting("a", killed(1), version(3), ago(32*time.Minute)))
	expect(t, r.look(), "clear: another version of it says otherwise")
	for _, a := range r.draft.Book().Alarms(r.now) {
		if a.Raise.Rule == rule.RestrictedIncident {
			t.Errorf("%s stands", a.Raise.Rule)
		}
	}
}

// TestWhatIsRestrictedAndRefutedIsOver, and why is not said.
func TestWhatIsRestrictedAndRefutedIsOver(t *testing.T) {
	r := opened(t)
	r.say("radio", r.shooting("a", killed(1)))
	r.look()
	r.say("radio", r.shooting("a", killed(1), version(2), restricted))
	r.look()
	r.say("radio", r.shooting("a", killed(1), version(3), restricted, verified(incident.Refuted)))
	expect(t, r.look(), neutral, neutral)
	expect(t, r.look())
}

// TestTheLeadIsToldOfWhatIsRestricted: it is of no country that anybody may know, and so in no call tree.
func TestTheLeadIsToldOfWhatIsRestricted(t *testing.T) {
	r := opened(t)
	r.say("radio", r.shooting("a", killed(1), restricted))
	r.look()
	a, _ := r.draft.Book().Find("A2")
	sheet := duty.SheetOf(a, nil, r.now)
	if told, of := sheet.Figures(); told != 0 || of != 1 || sheet.Next() == nil || sheet.Next().Name != leadFunction {
		t.Errorf("%d of %d: %+v", told, of, sheet)
	}
}
