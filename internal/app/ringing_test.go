package app

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vigil/internal/action"
	"vigil/internal/duty"
	"vigil/internal/dutylog"
	"vigil/internal/picture"
)

// taken is a report of staff who were abducted, so long before now.
func taken(id string, at time.Time) string {
	return fmt.Sprintf(`{"id":%q,"source":"radio","status":"actual","occurred":%q,"country":"MLI","place":"Ansongo","act":"abduction","threat":"terrorism","severity":"severe","affected":[{"population":"ngo","recruitment":"national","outcome":"abducted","count":2}]}`,
		id, at.UTC().Format(time.RFC3339))
}

// ringing finds the alarms that are about an incident, of those that ring or are owned.
func about(v picture.View, id string) (found []*duty.Alarm) {
	for _, a := range v.Duty().Alarms(v.Valid()) {
		if a.Raise.Incident.ID.Line().String() == id {
			found = append(found, a)
		}
	}
	return found
}

// entries are the bodies of the duty log on the disk.
func entries(t *testing.T, d *testDesk) (all []duty.Entry) {
	t.Helper()
	r := dutylog.NewReader(d.path("dutylog"))
	defer r.Close()
	for {
		e, err := r.Next()
		if err != nil {
			return all
		}
		all = append(all, e)
	}
}

// TestAlarmsRing goes through the life of an alarm on a real desk: what arrives rings, a second console sees it, somebody owns it, a
// restart raises nothing twice, and what the source takes back is over.
func TestAlarmsRing(t *testing.T) {
	d := newDesk(t, "countries = [\"MLI\"]\n")
	d.rings = true
	now := d.clock.now()
	d.add("feeds/radio.jsonl", taken("R-0", now.Add(-90*24*time.Hour)))
	d.open()
	d.await("the first reading to ring together", func(v picture.View) bool { return !v.Duty().Through().IsZero() })
	d.add("feeds/radio.jsonl", taken("R-1", now.Add(-time.Hour)))
	v := d.await("the new one to ring by itself", func(v picture.View) bool { return len(about(v, "R-1")) > 0 })
	a := about(v, "R-1")[0]
	if a.Severity.Rank() > duty.High.Rank() || !a.Rings(v.Valid()) || !strings.Contains(a.Raise.Words.String(), "Ansongo") {
		t.Errorf("%s %s: %s", a.Severity, a.State(v.Valid()), a.Raise.Words)
	}
	second := &testDesk{t: t, dir: d.dir, clock: d.clock, rings: true}
	second.open()
	second.await("the same alarm in the other console", func(v picture.View) bool { return len(about(v, "R-1")) == len(about(d.last, "R-1")) })
	ack := &duty.Ack{Alarm: a.ID, Owner: duty.Words("Oscar"), Reason: duty.Words("on it"), Until: d.clock.now().Add(time.Hour)}
	if err := second.s.Do(t.Context(), decision(action.Record{Body: ack})); err != nil {
		t.Fatal(err)
	}
	owned := func(v picture.View) bool {
		got, ok := v.Duty().Alarm(a.ID)
		return ok && got.State(v.Valid()) == duty.Owned
	}
	d.await("that the other console owns it", owned)
	second.close()
	d.close()
	raises := map[string]int{}
	for _, e := range entries(t, d) {
		if e.From.IsZero() || e.Mono == (duty.Mono{}) {
			t.Errorf("entry %d says neither where from nor when by the steady clock: %+v", e.Seq, e)
		}
		raises[e.ID]++
	}
	before := len(entries(t, d))
	d.open()
	d.await("what was owned to be owned after a restart", owned)
	d.await("a whole picture", func(v picture.View) bool { return !v.Unread() })
	d.add("feeds/radio.jsonl", strings.Replace(taken("R-1", now.Add(-time.Hour)), `"id"`, `"type":"update","version":2,"verification":"refuted","id"`, 1))
	d.await("that it is over when it is refuted", func(v picture.View) bool {
		got, ok := v.Duty().Alarm(a.ID)
		return ok && !got.Open()
	})
	d.close()
	for _, e := range entries(t, d)[before:] {
		if r, is := e.Body.(*duty.Raise); is && r.Key == a.Raise.Key {
			t.Errorf("raised again after a restart: %+v", r)
		}
	}
	for id, n := range raises {
		if n > 1 {
			t.Errorf("entry %s stands %d times", id, n)
		}
	}
}

// TestAlarmsRingWithoutALog: where the log cannot be written an alarm rings in the console all the same, and that is said.
func TestAlarmsRingWithoutALog(t *testing.T) {
	d := newDesk(t, "countries = [\"MLI\"]\n")
	d.rings = true
	// The tests may run as root, who writes everywhere: a file stands where the directory would be.
	if err := os.WriteFile(filepath.Join(d.dir, "dutylog"), []byte("in the way"), 0o600); err != nil {
		t.Fatal(err)
	}
	now := d.clock.now()
	d.add("feeds/radio.jsonl", taken("R-0", now.Add(-90*24*time.Hour)))
	d.open()
	defer d.close()
	d.await("the first reading to ring together", func(v picture.View) bool { return !v.Duty().Through().IsZero() })
	d.add("feeds/radio.jsonl", taken("R-1", now.Add(-time.Hour)))
	d.await("the alarm, and that it is not recorded", func(v picture.View) bool {
		said := false
		for _, trouble := range v.Desk().Trouble {
			said = said || strings.Contains(trouble.String(), "alarms are not recorded")
		}
		return len(about(v, "R-1")) > 0 && said
	})
}

// TestRestrictedNeverRingsByName: nothing of a restricted incident stands in the duty log.
func TestRestrictedNeverRingsByName(t *testing.T) {
	d := newDesk(t, "countries = [\"MLI\"]\n")
	d.rings = true
	now := d.clock.now()
	d.add("feeds/radio.jsonl", taken("R-0", now.Add(-90*24*time.Hour)))
	d.open()
	d.await("the first reading to ring together", func(v picture.View) bool { return !v.Duty().Through().IsZero() })
	d.add("feeds/radio.jsonl", strings.NewReplacer(`"R-1"`, `"R-canary"`, "Ansongo", "Canaryville", `"id"`, `"handling":"restricted","id"`).Replace(taken("R-1", now.Add(-time.Hour))))
	d.await("that something restricted rings", func(v picture.View) bool {
		for _, a := range v.Duty().Alarms(v.Valid()) {
			if strings.Contains(a.Raise.Words.String(), "Restricted incident") {
				return true
			}
		}
		return false
	})
	d.close()
	log, err := filepath.Glob(d.path("dutylog/*.log"))
	if err != nil || len(log) != 1 {
		t.Fatal(log, err)
	}
	body, err := os.ReadFile(log[0])
	if err != nil || strings.Contains(strings.ToLower(string(body)), "canary") {
		t.Errorf("the log names it: %v\n%s", err, body)
	}
	if _, err := os.Stat(d.path("dutylog")); errors.Is(err, os.ErrNotExist) {
		t.Error("there is no log")
	}
}
