package plain

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"vigil/internal/country"
	"vigil/internal/duty"
	"vigil/internal/golden"
	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/profile"
	"vigil/internal/safetext"
)

// shift is what was done on a desk in memory.
type shift struct {
	draft *duty.Draft
	n     int
}

// say writes an entry so long before now, and gives its id.
func (s *shift) say(before time.Duration, by string, b duty.Body) string {
	s.n++
	e := &duty.Entry{
		V: 1, ID: fmt.Sprintf("entry-%d", s.n), At: ago(before), By: safetext.Clean(by), Body: b, Word: b.Kind(), Seq: uint64(s.n),
		Line: duty.Line{File: "000000000001.log", Number: s.n + 1},
	}
	if err := e.Check(); err != nil {
		panic(err)
	}
	s.draft.Add(e)
	return e.ID
}

// onDuty is the desk of sahel in the middle of a night.
func onDuty() picture.View {
	r, s := sahel(false), &shift{draft: duty.NewDraft()}
	words := duty.Words
	critical := s.say(40*time.Minute, "vigil", &duty.Raise{
		Rule: "staff killed, abducted or missing", Severity: duty.Critical, Key: "a", Country: "MLI", Moment: true, Words: words("MLI Ansongo abduction, 2 abducted, unconfirmed, 1 source"),
		Incident: duty.NameOf(incident.Identity{Authority: safetext.Const("radio"), ID: safetext.Const("R-0412")}),
	})
	s.say(35*time.Minute, "Oscar", &duty.Ack{Alarm: critical, Owner: words("Oscar"), Reason: words("calling"), Until: ago(-10 * time.Minute)})
	s.say(30*time.Minute, "Oscar", &duty.Flash{Alarm: critical, Number: 1, Confirmed: words("a convoy was stopped"), Next: ago(5 * time.Minute)})
	s.say(30*time.Minute, "Oscar", &duty.Flash{Country: "MRT", Number: 1, Confirmed: words("nothing"), Next: ago(-20 * time.Minute)})
	s.say(8*time.Hour, "Oscar", &duty.Watch{Act: duty.WatchTaken, Holder: words("Oscar")})
	stale := s.say(130*time.Minute, "vigil", &duty.Raise{Rule: "source stale", Severity: duty.Medium, Key: "b", Source: "awsd", Words: words("awsd STALE since 2026-11-18: content is old, and nobody else looks at what it would see")})
	s.say(20*time.Minute, "Oscar", &duty.Shelve{Alarm: stale, Reason: words("known"), Until: ago(-4 * time.Hour)})
	s.say(3*time.Minute, "vigil", &duty.Raise{
		Rule: "staff harmed", Severity: duty.High, Key: "c", Country: "MLI", Moment: true, Words: words("MLI Kidal sexual violence, confirmed, 1 source"), Unsure: true,
		Incident: duty.NameOf(incident.Identity{Authority: safetext.Const("radio"), ID: safetext.Const("R-0408")}),
	})
	mali := &profile.Profile{
		Country: country.MLI, Tree: map[string][]profile.Step{"critical": {{"lead"}, {"warden"}}},
		Contacts: []profile.Contact{{Function: safetext.Const("lead")}, {Function: safetext.Const("warden")}},
	}
	mali.Settle()
	r.SetProfiles(profile.Set{mali}, ago(time.Hour))
	s.say(30*time.Minute, "Oscar", &duty.Told{Alarm: critical, Contact: "lead", Outcome: duty.Answered})
	r.SetDesk(picture.Desk{Radii: map[string]float64{"": 25}, Name: safetext.Const("Sahel"), Duty: s.draft.Book()})
	return r.view()
}

// TestWhatMustBeToldAgainIsListed: an alarm that is closed stands among the open ones until everybody who was told has been told again.
func TestWhatMustBeToldAgainIsListed(t *testing.T) {
	list := func(again bool) string {
		r, s := sahel(false), &shift{draft: duty.NewDraft()}
		words := duty.Words
		s.say(50*time.Minute, "vigil", &duty.Raise{Rule: "source stale", Severity: duty.Medium, Key: "b", Source: "awsd", Words: words("awsd STALE")})
		critical := s.say(40*time.Minute, "vigil", &duty.Raise{Rule: "staff harmed", Severity: duty.Critical, Key: "a", Country: "MLI", Words: words("MLI abduction")})
		s.say(35*time.Minute, "Oscar", &duty.Ack{Alarm: critical, Owner: words("Oscar"), Reason: words("calling"), Until: ago(-10 * time.Minute)})
		s.say(30*time.Minute, "Oscar", &duty.Told{Alarm: critical, Contact: "lead", Outcome: duty.Answered})
		s.say(20*time.Minute, "vigil", &duty.Clear{Alarm: critical})
		s.say(20*time.Minute, "Oscar", &duty.Reopen{Alarm: critical, Reason: words("refuted")})
		if again {
			s.say(10*time.Minute, "Oscar", &duty.Told{Alarm: critical, Contact: "lead", Outcome: duty.Answered})
		}
		r.SetDesk(picture.Desk{Name: safetext.Const("Sahel"), Duty: s.draft.Book()})
		v := r.view()
		text := string(written(t, func(b *bytes.Buffer) error { return AlarmsText(b, v, Layout{Width: 200}) }))
		for _, a := range alarmsJSONOf(v, nil) {
			if a.Alarm == "A2" {
				text += fmt.Sprintf("%s %d/%d\n", a.State, *a.Told, *a.Of)
			}
		}
		return text
	}
	want := "! NO WATCH: nobody has it\nalarms: 1 not acked · told 0 of 1 · 2 rings/h\n" +
		"! TELL AGAIN A2 CRIT closed MLI told 0/1, rang 40m ago: MLI abduction\n" +
		"! A1 MED NOT ACKED, rang 50m ago: awsd STALE\n" +
		"closed 0/1\n"
	if got := list(true); strings.Contains(got, "A2") || strings.Contains(got, "closed") {
		t.Errorf("told again:\n%s", got)
	}
	if got := list(false); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestOpenAlarms: each is listed whole, in text and JSON alike, and of what became restricted nothing is said.
func TestOpenAlarms(t *testing.T) {
	v := onDuty()
	text := string(written(t, func(b *bytes.Buffer) error { return AlarmsText(b, v, Layout{Width: 200}) }))
	want := "watch: Oscar since 2026-11-20 06:32Z, 8h\n" +
		"alarms: 1 not acked · told 1 of 3 · 2 rings/h\n" +
		"! A3 HIGH NOT ACKED told 0/1, rang 3m ago: Restricted incident\n" +
		"A1 CRIT Oscar MLI told 1/2, rang 40m ago: MLI Ansongo abduction, 2 abducted, unconfirmed, 1 source\n" +
		"A1 near (25 km) ? of 1,201 (1,098n 103i), the incident has no position · presence 2h32 old\n" +
		"A2 MED SHELVED 4h, rang 2h10 ago: awsd STALE since 2026-11-18: content is old, and nobody else looks at what it would see\n"
	if text != want {
		t.Errorf("got\n%s\nwant\n%s", text, want)
	}
	golden.File(t, "alarms.json", written(t, func(b *bytes.Buffer) error { return AlarmsJSON(b, v) }))
	mauritania := string(written(t, func(b *bytes.Buffer) error { return StatusTable(b, v, []country.Code{country.MRT}, Layout{}) }))
	if !strings.Contains(mauritania, "not listed: 3 alarms of other countries, or of none") {
		t.Errorf("%s", mauritania)
	}
	for _, out := range []string{text, mauritania, string(written(t, func(b *bytes.Buffer) error { return StatusJSON(b, v, nil) }))} {
		if strings.Contains(out, "Kidal") || strings.Contains(out, "staff harmed") {
			t.Errorf("of a restricted incident:\n%s", out)
		}
	}
	// As of a time before, it is as it was then.
	r, log := sahel(false), &shift{draft: duty.NewDraft()}
	log.say(3*time.Hour, "vigil", &duty.Raise{Rule: "r", Severity: duty.High, Key: "a", Words: duty.Words("first")})
	log.say(time.Hour, "vigil", &duty.Raise{Rule: "r", Severity: duty.High, Key: "b", Words: duty.Words("second")})
	r.SetDesk(picture.Desk{Duty: log.draft.Book()})
	past := r.At(now, ago(2*time.Hour), now).For(picture.DutyOfficer)
	if text := string(written(t, func(b *bytes.Buffer) error { return AlarmsText(b, past, Layout{}) })); text != "! NO WATCH: nobody has it\nalarms: 1 not acked · 0 rings/h\n! A1 HIGH NOT ACKED, rang 2026-11-20 11:32Z: first\n" {
		t.Errorf("two hours before:\n%s", text)
	}
}

// TestAFloodIsSaid in text and JSON: the status has the groups, vigil alarm open each alarm as well.
func TestAFloodIsSaid(t *testing.T) {
	v := flooded()
	status := string(written(t, func(b *bytes.Buffer) error { return StatusTable(b, v, nil, Layout{Width: 200}) }))
	open := string(written(t, func(b *bytes.Buffer) error { return AlarmsText(b, v, Layout{Width: 200}) }))
	critical := "! A12 CRIT NOT ACKED NER, rang 1m ago: NER Diffa\n"
	near := "! 8× HIGH NOT ACKED, rang 1m ago: incident near staff, NER: A8 A7 A6 A5 A4 A3 A2 A1\n"
	stale := "! 3× MED NOT ACKED, rang 1m ago: source stale: A11 A10 A9\n"
	if !strings.Contains(status, "! FLOOD: 12 alarms in 10 min, grouped; vigil alarm open lists each\n"+critical+near+stale) || strings.Contains(status, "source 2 STALE") {
		t.Errorf("%s", status)
	}
	if !strings.Contains(open, "each is listed below\n"+critical) || !strings.Contains(open, near+"! A8 ") || !strings.Contains(open, stale) || strings.Contains(open, "vigil alarm open") || !strings.Contains(open, critical) || strings.Count(open, "STALE\n") != 3 {
		t.Errorf("%s", open)
	}
	golden.File(t, "flood.json", written(t, func(b *bytes.Buffer) error { return AlarmsJSON(b, v) }))
}

func flooded() picture.View {
	r, s := sahel(false), &shift{draft: duty.NewDraft()}
	for i := range 8 {
		s.say(time.Duration(8-i)*time.Minute, "vigil", &duty.Raise{Rule: "incident near staff", Severity: duty.High, Key: fmt.Sprint("near ", i), Country: "NER", Words: duty.Words("NER Diffa"), Moment: true})
	}
	for i := range 3 {
		s.say(time.Duration(3-i)*time.Minute, "vigil", &duty.Raise{Rule: "source stale", Severity: duty.Medium, Key: fmt.Sprint("stale ", i), Words: duty.Words(fmt.Sprintf("source %d STALE", i))})
	}
	s.say(time.Minute, "vigil", &duty.Raise{Rule: "staff killed, abducted or missing", Severity: duty.Critical, Key: "killed", Country: "NER", Words: duty.Words("NER Diffa"), Moment: true})
	r.SetDesk(picture.Desk{Name: safetext.Const("Sahel"), Duty: s.draft.Book()})
	return r.view()
}
