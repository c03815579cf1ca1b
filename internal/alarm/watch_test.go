package alarm

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"vigil/internal/alarm/rule"
	"vigil/internal/duty"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

func (r *room) watch(act duty.WatchAct, holder, reason string) {
	r.person(&duty.Watch{Act: act, Holder: duty.Words(holder), Reason: duty.Words(reason)})
}

// TestAWatchThatLastsTooLongRings at 12 hours, and is over when somebody relieves them.
func TestAWatchThatLastsTooLongRings(t *testing.T) {
	r := opened(t)
	r.watch(duty.WatchTaken, "Oscar", "")
	r.alive("radio")
	r.look()
	r.now = r.now.Add(12*time.Hour - time.Second)
	r.alive("radio")
	expect(t, r.look())
	r.now = r.now.Add(time.Second)
	expect(t, r.look(), "raise watch too long (medium): Oscar has had the watch since 2026-11-20 14:02Z: somebody should relieve them")
	r.watch(duty.WatchLeft, "", "")
	expect(t, r.look(), "clear: it is over")
}

// TestATakeoverTellsTheLead: each rings once, and its told-sheet has the lead.
func TestATakeoverTellsTheLead(t *testing.T) {
	r := opened(t)
	r.watch(duty.WatchTaken, "Oscar", "")
	expect(t, r.look())
	r.watch(duty.WatchTakenOver, "Papa", "does not answer")
	expect(t, r.look(), "raise watch taken over (high): Papa took the watch over from Oscar at 2026-11-20 14:02Z, without a handover: does not answer; tell the security lead")
	expect(t, r.look())
	list := r.draft.Book().Alarms(r.now)
	if sheet := duty.SheetOf(list[0], nil, r.now); sheet.Next() == nil || sheet.Next().Name != "security lead" {
		t.Errorf("%+v", sheet)
	}
	r.person(&duty.Close{Alarm: list[0].ID, Reason: duty.Words("told")})
	expect(t, r.look())
	r.now = r.now.Add(time.Minute)
	r.watch(duty.WatchTakenOver, "Quebec", "ill")
	expect(t, r.look(), "raise watch taken over (high): Quebec took the watch over from Papa at 2026-11-20 14:03Z, without a handover: ill; tell the security lead")
}

// TestTheVigilanceCheckRings when nobody has answered it for five minutes; a key anywhere ends it.
func TestTheVigilanceCheckRings(t *testing.T) {
	r := opened(t)
	r.desk.Vigilance = duty.Vigilance{Every: time.Hour, From: 14 * time.Hour, To: 20 * time.Hour}
	r.watch(duty.WatchTaken, "Oscar", "")
	r.now = r.now.Add(time.Hour + duty.VigilanceGrace - time.Second)
	expect(t, r.look())
	r.now = r.now.Add(time.Second)
	expect(t, r.look(), "raise vigilance check not answered (high): Oscar, who has the watch, has not answered the vigilance check of 2026-11-20 15:02Z, last sign of life 2026-11-20 14:02Z")
	r.desk.Attended = r.now
	expect(t, r.look(), "clear: it is over")
}

// TestNoKeyEscalates: a critical alarm that nobody owns escalates early when no key was pressed, once; after that its rule does. A
// key puts that off, and an owner ends it.
func TestNoKeyEscalates(t *testing.T) {
	r := opened(t)
	r.within = 3 * time.Minute
	r.say("radio", r.shooting("a", killed(1)))
	r.look()
	r.now = r.now.Add(2 * time.Minute)
	r.desk.Attended = r.now
	expect(t, r.look())
	r.now = r.now.Add(3*time.Minute - time.Second)
	expect(t, r.look())
	r.now = r.now.Add(time.Second)
	expect(t, r.look(), "escalate 1: nobody has owned it, and no key was pressed, for 3m")
	r.now = r.now.Add(4 * time.Minute)
	expect(t, r.look())
	r.now = r.now.Add(6 * time.Minute)
	expect(t, r.look(), "escalate 2: nobody has owned it for 15m")
	r = opened(t)
	r.within = 3 * time.Minute
	r.say("radio", r.shooting("a", killed(1)))
	r.look()
	for _, a := range r.draft.Book().Alarms(r.now) {
		if a.Severity == duty.Critical {
			r.acknowledge(a, time.Hour)
		}
	}
	r.now = r.now.Add(4 * time.Minute)
	expect(t, r.look()) // what is high waits for its rule
}

// TestEscalationNamesWhoMustKnow: each escalation names a function, which is then on the told-sheet where the profile has it.
func TestEscalationNamesWhoMustKnow(t *testing.T) {
	r := opened(t)
	r.say("radio", r.shooting("a", killed(1)))
	r.look()
	var to []string
	for range 3 {
		r.now = r.now.Add(15 * time.Minute)
		for _, b := range r.look() {
			if e, is := b.(*duty.Escalate); is {
				to = append(to, e.To.String())
			}
		}
	}
	if len(to) == 0 || to[0] != "security adviser" || to[len(to)-1] != "designated official" {
		t.Errorf("escalated to %q", to)
	}
	a := r.draft.Book().Alarms(r.now)
	if !slices.Contains(a[0].To, "designated official") {
		t.Errorf("%+v", a[0].To)
	}
}

// TestAClockThatWasAheadHoldsNothingBack: what it dated tomorrow counts in no hour, and is no sign of life.
func TestAClockThatWasAheadHoldsNothingBack(t *testing.T) {
	theft := func(i *incident.Incident) { i.Act = incident.Known(incident.Theft) }
	r := opened(t, own(t, rule.Draft{Name: "seen"}, "act == 'theft'", duty.Medium))
	r.within = 3 * time.Minute
	now := r.now
	r.now = r.now.Add(24 * time.Hour)
	for k := range floodOver + 1 {
		r.add(fmt.Sprint("ahead-", k), &duty.Raise{Rule: "seen", Key: fmt.Sprint("k", k), Severity: duty.Medium, Words: duty.Words("x")})
	}
	note := &duty.Note{Text: duty.Words("x")}
	r.draft.Add(&duty.Entry{V: 1, ID: "note", At: r.now, By: safetext.Const("Oscar"), Body: note, Word: note.Kind()})
	r.now = now
	r.say("radio", r.shooting("b", theft))
	if list := told(r.look()); !slices.ContainsFunc(list, func(s string) bool { return strings.HasPrefix(s, "raise seen (medium)") }) {
		t.Errorf("got %q", list)
	}
	if f, on := Flood(r.draft.Book(), nil, r.now); on {
		t.Errorf("%d come tomorrow, and are a flood", f.Came)
	}
	r.say("radio", r.shooting("a", killed(1)))
	r.look()
	r.now = r.now.Add(4 * time.Minute)
	if list := told(r.look()); !slices.ContainsFunc(list, func(s string) bool { return strings.Contains(s, "no key was pressed") }) {
		t.Errorf("got %q", list)
	}
}
