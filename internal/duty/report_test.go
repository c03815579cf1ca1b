package duty_test

import (
	"testing"
	"time"

	"vigil/internal/duty"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

func secret() incident.Identity {
	return incident.Identity{Authority: safetext.Const("desk"), ID: safetext.Const("R-1")}
}

// TestToldOfWhatIsRestricted: its alarm names no incident, and is found by its key.
func TestToldOfWhatIsRestricted(t *testing.T) {
	l := newLog(t)
	id := l.say(&duty.Raise{Rule: "restricted incident", Key: "rule/restricted incident/" + secret().Token(), Severity: duty.High, Words: duty.Words("EXERCISE")})
	other := l.say(&duty.Raise{Rule: "source stale", Key: "rule/source stale/radio", Severity: duty.High, Words: duty.Words("EXERCISE")})
	for _, a := range []string{id, other} {
		l.write(a, "security lead/phone: answered")
	}
	if list := l.draft.Book().Told(secret()); len(list) != 1 || list[0].ID != id {
		t.Errorf("got %d alarms", len(list))
	}
	if list := l.draft.Book().Told(incident.Identity{Authority: safetext.Const("desk"), ID: safetext.Const("R-2")}); len(list) != 0 {
		t.Errorf("of another incident %d alarms", len(list))
	}
}

// TestToldGoesByTheOrderOfTheLog: the clock of the console that had all told again is ahead of that on which they were.
func TestToldGoesByTheOrderOfTheLog(t *testing.T) {
	l := newLog(t)
	id := l.say(&duty.Raise{Rule: "r", Key: "k", Severity: duty.High, Incident: duty.NameOf(secret()), Words: duty.Words("EXERCISE")})
	l.write(id, "security lead/phone: answered")
	l.at = l.at.Add(5 * time.Minute)
	l.write(id, "reopen")
	if list := l.draft.Book().Told(secret()); len(list) != 0 {
		t.Errorf("%d alarms, and nobody was told since", len(list))
	}
	l.at = l.at.Add(-4 * time.Minute)
	l.write(id, "security lead/phone: answered")
	if list := l.draft.Book().Told(secret()); len(list) != 1 {
		t.Errorf("%d alarms, and somebody was told", len(list))
	}
}
