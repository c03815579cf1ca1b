package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vigil/internal/alarm"
	"vigil/internal/alarm/rule"
	"vigil/internal/duty"
	"vigil/internal/dutylog"
	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/safetext"
)

// TestAlarmsEscalateDuringTheFirstReading, and go out; nothing is raised, and of an incident that is not read yet nothing is said.
func TestAlarmsEscalateDuringTheFirstReading(t *testing.T) {
	out := t.TempDir()
	d := newDesk(t, home+`
[[out]]
name = "siren"
kind = "exec"
command = ["/bin/sh", "-c", "cat > \"$0\"", "`+out+`/sent"]
`)
	for n := range 400 {
		d.add("feeds/large.jsonl", d.line(fmt.Sprintf("L-%04d", n), time.Duration(400-n)*time.Minute, ""))
	}
	const of = "staff killed, abducted or missing"
	name := incident.Identity{Authority: safetext.Const("radio"), ID: safetext.Const("L-0000")}
	b := &duty.Raise{Rule: of, Key: alarm.IncidentKey(of, name), Severity: duty.Critical, Incident: duty.NameOf(name), Words: duty.Words("canary"), Moment: true}
	log := dutylog.New(d.path("dutylog"), dutylog.Options{})
	if err := log.Append(t.Context(), duty.Entry{ID: "raised", At: d.clock.now().Add(-10 * time.Minute), By: duty.Vigil, Body: b}); err != nil {
		t.Fatal(err)
	}
	p := d.begin()
	defer d.s.ahead.close()
	h := d.s.hub
	h.readDuties()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	go func() {
		for {
			select {
			case f := <-h.work:
				f()
			case <-ctx.Done():
				return
			}
		}
	}()
	d.s.ringing = newRinging(h)
	go func() { _ = d.s.ringing.notifier.Run(ctx) }()
	rules := rule.With(nil)
	pen := d.s.newPen()
	defer pen.close()
	a := asked{s: d.s, pen: pen, leads: true, rules: &rules, asks: alarm.NewEvaluator(rules)}
	a.ring(ctx, p.For(picture.DutyOfficer))
	kinds := map[duty.Kind]int{}
	for _, e := range entries(t, d) {
		kinds[e.Body.Kind()]++
	}
	if kinds[duty.KindEscalate] != 1 || kinds[duty.KindRaise] != 1 || kinds[duty.KindClear] != 0 {
		t.Fatalf("written: %v", kinds)
	}
	<-d.s.ringing.notifier.News()
	if sent := d.s.ringing.notifier.Take(); len(sent) != 1 || sent[0].Alarm != "raised" || !sent[0].Failed.IsZero() {
		t.Errorf("sent: %+v", sent)
	}
	if text, err := os.ReadFile(filepath.Join(out, "sent")); err != nil || !strings.Contains(string(text), "CRITICAL A1") || strings.Contains(string(text), "canary") {
		t.Errorf("%v: %s", err, text)
	}
}

// TestAnAlarmOfARestrictedIncidentIsWithheld, though it names none, or one that is not read yet.
func TestAnAlarmOfARestrictedIncidentIsWithheld(t *testing.T) {
	unread := duty.Name{Authority: duty.Words("radio"), ID: duty.Words("R-1")}
	for name, c := range map[string]struct {
		raise         *duty.Raise
		whole, during bool
	}{
		"rule of what is restricted": {&duty.Raise{Rule: rule.RestrictedIncident, Words: duty.Words("anything")}, true, true},
		"words of what is":           {&duty.Raise{Rule: "own rule", Words: duty.Words("Restricted incident: security lead only")}, true, true},
		"about no incident":          {&duty.Raise{Rule: "own rule", Words: duty.Words("source is stale")}, false, false},
		"about one not read yet":     {&duty.Raise{Rule: "own rule", Words: duty.Words("canary"), Incident: unread}, false, true},
	} {
		a := &duty.Alarm{Raise: c.raise}
		if whole, during := withheld(picture.View{}, true)(a), withheld(picture.View{}, false)(a); whole != c.whole || during != c.during {
			t.Errorf("%s: withheld %v, and while files are read %v", name, whole, during)
		}
	}
}

// TestWaitingIsNoTrouble: alarms that wait so that not too many ring are counted, and the desk is in no trouble because of them.
func TestWaitingIsNoTrouble(t *testing.T) {
	h, err := load(Options{Dir: newDesk(t, "").dir, Now: time.Now}, true, false)
	if err != nil {
		t.Fatal(err)
	}
	r := newRinging(h)
	r.holds(2)
	if r.waiting() != 2 || len(r.troubles()) != 0 {
		t.Errorf("%d wait, troubles %v", r.waiting(), r.troubles())
	}
}
