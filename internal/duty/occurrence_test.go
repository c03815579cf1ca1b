package duty_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"vigil/internal/duty"
)

// TestOccurrences counts what has asked for somebody.
func TestOccurrences(t *testing.T) {
	l := newLog(t)
	id := l.raise(duty.High)
	wants := func(what string, want int) {
		t.Helper()
		if got := l.alarm(id).Occurrence(l.at); got != want {
			t.Errorf("%s: %d, want %d", what, got, want)
		}
	}
	wants("raised", 1)
	l.ack(id)
	l.at = l.at.Add(30 * time.Minute)
	l.ack(id)
	l.at = l.at.Add(40 * time.Minute)
	wants("the first would have run out, and another was given", 1)
	l.at = l.at.Add(30 * time.Minute)
	wants("that ran out, too", 2)
	l.say(&duty.Escalate{Alarm: id, Level: 1, Reason: duty.Words("nobody has it")})
	wants("escalated after that", 3)
	l.ack(id)
	l.say(&duty.Escalate{Alarm: id, Level: 2, Reason: duty.Words("worse"), Severity: duty.Critical})
	l.at = l.at.Add(2 * time.Hour)
	wants("escalated while it was owned", 4)
}

// TestWhatRingsAnewIsAnotherOccurrence: whatever is done, an alarm that did not ring and rings is another occurrence, and none is taken
// back.
func TestWhatRingsAnewIsAnotherOccurrence(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := newLog(t)
		id := l.raise(duty.Medium)
		rang, n := true, 1
		x := duty.Words("x")
		for range rapid.IntRange(1, 30).Draw(t, "entries") {
			minutes := func() time.Duration { return time.Duration(rapid.IntRange(1, 90).Draw(t, "minutes")) * time.Minute }
			switch rapid.IntRange(0, 6).Draw(t, "kind") {
			case 0:
				l.say(&duty.Ack{Alarm: id, Owner: x, Reason: x, Until: l.at.Add(minutes())})
			case 1:
				l.say(&duty.Shelve{Alarm: id, Reason: x, Until: l.at.Add(minutes())})
			case 2:
				l.say(&duty.Unshelve{Alarm: id})
			case 3:
				l.say(&duty.Escalate{Alarm: id, Level: l.alarm(id).Level + 1, Reason: x})
			default:
				l.at = l.at.Add(minutes())
			}
			a := l.alarm(id)
			rings, now := a.Rings(l.at), a.Occurrence(l.at)
			if now < n || rings && !rang && now == n {
				t.Fatalf("occurrence %d after %d; rings: %t, rang: %t", now, n, rings, rang)
			}
			rang, n = rings, now
		}
	})
}
