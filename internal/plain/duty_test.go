package plain

import (
	"fmt"
	"time"

	"vigil/internal/duty"
	"vigil/internal/incident"
	"vigil/internal/picture"
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
		Incident: duty.NameOf(incident.Identity{Authority: safetext.Const("radio"), ID: safetext.Const("gone")}),
	})
	s.say(35*time.Minute, "Oscar", &duty.Ack{Alarm: critical, Owner: words("Oscar"), Reason: words("calling"), Until: ago(-10 * time.Minute)})
	s.say(30*time.Minute, "Oscar", &duty.Flash{Alarm: critical, Number: 1, Confirmed: words("a convoy was stopped"), Next: ago(5 * time.Minute)})
	s.say(30*time.Minute, "Oscar", &duty.Flash{Country: "MRT", Number: 1, Confirmed: words("nothing"), Next: ago(-20 * time.Minute)})
	r.SetDesk(picture.Desk{Name: safetext.Const("Sahel"), Duty: s.draft.Book()})
	return r.view()
}
