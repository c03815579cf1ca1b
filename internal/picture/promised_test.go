package picture

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"vigil/internal/country"
	"vigil/internal/duty"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// deskLog is a duty log in memory.
type deskLog struct {
	draft *duty.Draft
	n     int
}

func (l *deskLog) say(at time.Time, b duty.Body) string {
	l.n++
	e := &duty.Entry{ID: fmt.Sprintf("e%d", l.n), At: at, Body: b, Line: duty.Line{File: "000000000001.log", Number: l.n}}
	l.draft.Add(e)
	return e.ID
}

func promisedIn(v View) string {
	var got []string
	for _, d := range v.Due() {
		in := ""
		for _, c := range d.Countries {
			in += c.Alpha3()
		}
		got = append(got, strings.TrimSpace(fmt.Sprintf("%s %s %s: %s %s", d.State, d.Kind, d.End.Format("15:04"), d.Title, in)))
	}
	return strings.Join(got, "\n")
}

// TestPromised: what the duty log promises is due, of closed alarms too, until it is given; and when an alarm rings again.
func TestPromised(t *testing.T) {
	b := newBench(t)
	name := func(id string) duty.Name {
		return duty.NameOf(incident.Identity{Authority: safetext.Const("room"), ID: safetext.Clean(id)})
	}
	record := func(id string, h incident.Handling) *incident.Incident {
		return &incident.Incident{
			Identity: incident.Identity{ID: safetext.Clean(id)}, Act: incident.Known(incident.Shooting), Threat: incident.Known(incident.Crime), Occurred: incident.At(now.Add(-3 * time.Hour)),
			Countries: []country.Code{country.MLI}, Handling: incident.Known(h),
		}
	}
	b.say("radio", record("open", incident.Internal))
	b.say("radio", record("secret", incident.Restricted))
	l := &deskLog{draft: duty.NewDraft()}
	at := func(minutes int) time.Time { return now.Add(time.Duration(minutes) * time.Minute) }
	raise := func(minutes int, key string, s duty.Severity) string {
		return l.say(at(minutes), &duty.Raise{Rule: "r", Key: key, Severity: s, Country: "MLI", Words: duty.Words("w"), Moment: true})
	}
	closed := raise(-120, "closed", duty.High)
	l.say(at(-110), &duty.Flash{Alarm: closed, Number: 1, Next: at(-80)})
	l.say(at(-79), &duty.Flash{Alarm: closed, Number: 2, Next: at(-7)})
	l.say(at(-30), &duty.Close{Alarm: closed, Reason: duty.Words("over")})
	ended := raise(-120, "ended", duty.High)
	l.say(at(-100), &duty.Flash{Alarm: ended, Number: 1, Next: at(5)})
	l.say(at(-50), &duty.Flash{Alarm: ended, Number: 2})
	l.say(at(-20), &duty.Flash{Incident: name("open"), Number: 1, Next: at(20)})
	l.say(at(-20), &duty.Flash{Incident: name("secret"), Number: 1, Next: at(21)})
	l.say(at(-20), &duty.Flash{Country: "NER", Number: 4, Next: at(22)})
	ack := func(id string, from, until int) {
		l.say(at(from), &duty.Ack{Alarm: id, Owner: duty.Words("Oscar"), Reason: duty.Words("x"), Until: at(until)})
	}
	shelve := func(id string, from, until int) {
		l.say(at(from), &duty.Shelve{Alarm: id, Reason: duty.Words("x"), Until: at(until)})
	}
	soon, later, shelved := raise(-60, "soon", duty.High), raise(-60, "later", duty.High), raise(-60, "shelved", duty.Low)
	ack(soon, -5, 60)
	ack(later, -5, 61)
	shelve(shelved, -5, 300)
	both := raise(-60, "both", duty.Low) // its owner still has it when the shelf ends
	shelve(both, -5, 30)
	ack(both, -5, 90)
	gone := raise(-60, "gone", duty.Low)
	ack(gone, -5, 30)
	l.say(at(-1), &duty.Clear{Alarm: gone})
	b.store.SetDesk(Desk{Duty: l.draft.Book()})

	want := []string{
		"overdue flash 13:53: flash 3 on A1 MLI",
		"expected flash 14:20: flash 2 on open MLI",
		"expected flash 14:21: flash 2 on a restricted incident",
		"expected flash 14:22: flash 5 on NER NER",
		"expected ack ends 15:00: A3 rings again: ack of Oscar ends MLI",
		"expected shelf ends 19:00: A5 rings again: its shelf ends MLI",
	}
	if got := promisedIn(b.view()); got != strings.Join(want, "\n") {
		t.Errorf("got\n%s", got)
	}
	if got := promisedIn(b.store.Publish(now).For(SecurityLead)); !strings.Contains(got, "flash 2 on secret MLI") {
		t.Errorf("the lead sees\n%s", got)
	}
	d := b.view().Due()[0]
	if d.Origin.File.String() != "dutylog/000000000001.log" || d.Origin.Line != 3 || !d.Flash || d.Alarm != closed {
		t.Errorf("%+v", d)
	}
	// As of a time before, what was promised since had not been.
	past := b.store.At(now, at(-75), now).For(DutyOfficer)
	if got := promisedIn(past); got != "expected flash 13:53: flash 3 on A1 MLI\nexpected flash 14:05: flash 2 on A2 MLI" {
		t.Errorf("75 minutes before:\n%s", got)
	}
	if a, _ := past.Duty().Alarm(closed); !a.Open() {
		t.Error("an alarm was closed before anybody closed it")
	}
}
