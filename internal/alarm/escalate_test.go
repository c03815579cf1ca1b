package alarm

import (
	"slices"
	"testing"
	"time"

	"vigil/internal/duty"
)

// TestAnEscalationDoesNotUndoWhatItHasNotSeen: somebody took the alarm between the look of the collector and what it then wrote.
func TestAnEscalationDoesNotUndoWhatItHasNotSeen(t *testing.T) {
	r := opened(t)
	r.say("radio", r.shooting("a", killed(1)))
	r.look()
	a := func() *duty.Alarm { x, _ := r.draft.Book().Find("A2"); return x }
	r.now = r.now.Add(5 * time.Minute)
	ev := r.eval.Evaluate(r.view(), r.draft.Book())
	steps := Step(&ev, r.rules, r.draft.Book(), Manned{}, r.now)
	r.acknowledge(a(), 20*time.Minute)
	rings := r.draft.Book().Rings(time.Hour, r.now)
	r.now = r.now.Add(200 * time.Millisecond)
	expect(t, r.write(steps), "escalate 1: nobody has owned it for 5m")
	if _, owned := a().Ack(r.now); !owned || a().Level != 0 || r.draft.Book().Rings(time.Hour, r.now) != rings {
		t.Fatalf("owned: %t, level %d", owned, a().Level)
	}
	r.now = r.now.Add(20 * time.Minute)
	expect(t, r.look())
	r.now = r.now.Add(5 * time.Minute)
	expect(t, r.look(), "escalate 1: nobody has owned it for 5m") // with an id of its own
	if a().Level != 1 || !slices.Contains(a().To, "security adviser") {
		t.Errorf("level %d, to %q", a().Level, a().To)
	}
	// That it becomes worse asks for its owner again.
	first := func() *duty.Alarm { x, _ := r.draft.Book().Find("A1"); return x }
	r.acknowledge(first(), time.Hour)
	r.add("worse", &duty.Escalate{Alarm: first().ID, Level: 1, Severity: duty.Critical, Reason: duty.Words("a second one")})
	if !first().Rings(r.now) {
		t.Error("it is worse and does not ring")
	}
}

// TestWhatAClockAheadHasDatedEscalates at once, and once: nobody knows since when nobody has owned it.
func TestWhatAClockAheadHasDatedEscalates(t *testing.T) {
	r := opened(t)
	now := r.now
	r.now = r.now.Add(24 * time.Hour)
	r.add("ahead", &duty.Raise{Rule: ofKilled, Key: "rule/" + ofKilled + "/ahead", Severity: duty.Critical, Words: duty.Words("x"), Moment: true})
	r.now = now
	expect(t, r.look(), "escalate 1: nobody owns it, and a clock that was ahead has dated it: since when is not known")
	r.now = r.now.Add(time.Minute)
	expect(t, r.look())
}
