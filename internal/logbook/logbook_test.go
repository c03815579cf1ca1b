package logbook_test

import (
	"strings"
	"testing"
	"time"

	"vigil/internal/duty"
	"vigil/internal/logbook"
	"vigil/internal/safetext"
)

var at = time.Date(2026, 11, 20, 14, 32, 7, 0, time.UTC)

func entry(id string, body duty.Body) *duty.Entry {
	return &duty.Entry{V: 1, ID: id, At: at, By: safetext.Const("Oscar"), Role: safetext.Const("duty officer"), Body: body, Word: body.Kind()}
}

func book(entries ...*duty.Entry) *duty.Book {
	d := duty.NewDraft()
	for _, e := range entries {
		d.Add(e)
	}
	return d.Book()
}

func named(authority, id string) duty.Name {
	return duty.Name{Authority: duty.Words(authority), ID: duty.Words(id)}
}

var raised = entry("R", &duty.Raise{Rule: "near", Severity: duty.Critical, Key: "k", Words: duty.Words("abduction near staff")})

// lines are an entry of each kind and what it says.
var lines = []struct {
	body duty.Body
	want string
}{
	{&duty.Note{Text: duty.Words("road closed"), Significant: true}, "significant: road closed"},
	{&duty.Note{Text: duty.Words("one\ntwo\x1b[31m"), Alarm: "R", Incidents: []duty.Name{named("radio", "R-1")}}, "one two<U+001B>[31m (about A1; about radio/R-1)"},
	{&duty.Merge{Incidents: []duty.Name{named("radio", "R-1"), named("acled", "M")}, Reason: duty.Words("same convoy")}, "radio/R-1 and acled/M are one event: same convoy"},
	{&duty.Unmerge{Incidents: []duty.Name{named("radio", "R-1"), named("acled", "M")}}, "radio/R-1 is another event than acled/M"},
	{&duty.Report{Incident: named("desk", "D-1"), Version: 2, Verification: "refuted", Refuted: "hoax"}, "desk/D-1 version 2, refuted: hoax"},
	{raised.Body, "A1 critical: abduction near staff"},
	{&duty.Clear{Alarm: "R"}, "A1 is over"},
	{&duty.Escalate{Alarm: "R", Level: 2, To: duty.Words("adviser"), Reason: duty.Words("no answer")}, "A1 escalated to adviser, level 2: no answer"},
	{&duty.Send{Alarm: "R", Channel: "ops", Failed: duty.Words("timeout"), Tries: 3}, "A1 could not be sent by ops after 3 attempts: timeout"},
	{&duty.Send{Alarm: "R", Channel: "ops"}, "A1 sent by ops"},
	{&duty.Ack{Alarm: "R", Owner: duty.Words("Oscar"), Reason: duty.Words("on it"), Until: at.Add(time.Hour)}, "A1 owned by Oscar until 15:32Z: on it"},
	{&duty.Shelve{Alarm: "R", Reason: duty.Words("known"), Until: at.Add(24 * time.Hour)}, "A1 shelved until 2026-11-21 14:32Z: known"},
	{&duty.Unshelve{Alarm: "R"}, "A1 taken off the shelf"},
	{&duty.Close{Alarm: "R", Reason: duty.Words("done")}, "A1 closed: done"},
	{&duty.Told{Alarm: "R", Contact: "designated official", Channel: "phone", Outcome: duty.ReadBack}, "A1: designated official by phone: read back"},
	{&duty.Reopen{Alarm: "R", Reason: duty.Words("refuted")}, "A1: all who were told must be told again: refuted"},
	{&duty.Flash{Alarm: "R", Number: 1, Confirmed: duty.Words("shots"), Next: at.Add(time.Hour)}, "A1: flash report 1, next due 15:32Z"},
	{&duty.Watch{Act: duty.WatchTakenOver, Holder: duty.Words("Bravo"), Reason: duty.Words("Oscar is ill")}, "watch taken over by Bravo: Oscar is ill"},
	{&duty.Offer{By: duty.Words("Oscar"), Items: []duty.Item{{Topic: "alarms", Words: duty.Words("A1")}}}, "handover offered by Oscar: 1 open item"},
	{&duty.Answer{Offer: "O", Key: "alarm A1", Accepted: true}, "accepted: alarm A1"},
	{&duty.Answer{Offer: "O", Key: "alarm A1", Reason: duty.Words("not mine")}, "declined: alarm A1: not mine"},
	{&duty.Sign{Offer: "O", Holder: duty.Words("Bravo")}, "the watch was signed for by Bravo"},
	{&duty.Claim{Subject: "R", Holder: duty.Words("Oscar"), Until: at.Add(time.Hour)}, "Oscar has A1 until 15:32Z"},
	{&duty.Repair{Words: duty.Words("8 bytes put aside")}, "8 bytes put aside"},
}

func TestWhat(t *testing.T) {
	b := book(raised)
	said := map[duty.Kind]bool{}
	for _, tt := range lines {
		e := entry("X", tt.body)
		if tt.body == raised.Body {
			e = raised
		}
		said[e.Word] = true
		if got := logbook.What(b, e).String(); got != tt.want {
			t.Errorf("%s: %q, want %q", e.Word, got, tt.want)
		}
	}
	for _, k := range duty.Kinds() {
		if !said[k] {
			t.Errorf("what a %s says is not tested", k)
		}
	}
	newer := &duty.Entry{V: 2, ID: "n", At: at, Word: "sealed"}
	if got := logbook.What(b, newer).String(); !strings.Contains(got, "newer version") {
		t.Errorf("of a newer version: %q", got)
	}
}

func TestFilter(t *testing.T) {
	note := entry("N-1", &duty.Note{Text: duty.Words("Route closed\nat the bridge")})
	newer := &duty.Entry{V: 2, ID: "n", At: at, By: safetext.Const("Bravo"), Word: "sealed"}
	b := book(raised, note, newer)
	for filter, want := range map[string]string{
		"": "R N-1 n", "kind:note": "N-1", "-kind:note": "R n", "by:oscar": "R N-1", "bridge": "N-1", "A1": "R", "kind:unknown": "n",
		"since:1h": "R N-1 n", "until:2026-11-19": "", "id:n-1": "N-1", "kind:raise OR by:bravo": "R n",
	} {
		q, err := logbook.Parse(filter)
		if err != nil {
			t.Errorf("%s: %v", filter, err)
			continue
		}
		var got []string
		for i := range b.Len() {
			if logbook.Match(q, b, b.At(i), at.Add(time.Minute)) {
				got = append(got, b.At(i).ID)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %q, want %q", filter, got, want)
		}
	}
	for filter, want := range map[string]string{"country:MLI": "fields are kind, by, since, until, id", "kind:nota": "did you mean note?"} {
		if _, err := logbook.Parse(filter); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", filter, err)
		}
	}
}

func TestPartsAreWhole(t *testing.T) {
	e := entry("N", &duty.Note{Text: duty.Words("one\ntwo")})
	parts := logbook.Parts(nil, e)
	if len(parts) != 1 || parts[0].Text.String() != "one\ntwo" {
		t.Errorf("%q", parts)
	}
}
