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

var raised = entry("R", &duty.Raise{Rule: "near", Severity: duty.Critical, Key: "k", Words: duty.Words("abduction near staff")})

// lines are entries and what they say.
var lines = []struct {
	body duty.Body
	want string
}{
	{&duty.Note{Text: duty.Words("road closed"), Significant: true}, "significant: road closed"},
	{&duty.Note{Text: duty.Words("one\ntwo\x1b[31m"), Alarm: "R", Incidents: []duty.Name{{Authority: duty.Words("radio"), ID: duty.Words("R-1")}}}, "A1: one two<U+001B>[31m (about R-1)"},
	{&duty.Note{Text: duty.Words("at noon"), Corrects: "N-1"}, "at noon (corrects entry N-1)"},
	{raised.Body, "A1: critical alarm: abduction near staff"},
	{&duty.Close{Alarm: "R", Reason: duty.Words("done")}, "A1: closed: done"},
	{&duty.Close{Alarm: "Q", Reason: duty.Words("done")}, "alarm Q: closed: done"},
	{&duty.Repair{Words: duty.Words("8 bytes put aside")}, "the log was repaired: 8 bytes put aside"},
}

func TestWhat(t *testing.T) {
	as := logbook.Reading{Book: book(raised)}
	for _, tt := range lines {
		e := entry("X", tt.body)
		if tt.body == raised.Body {
			e = raised
		}
		if got := as.What(e).String(); got != tt.want {
			t.Errorf("%s: %q, want %q", e.Word, got, tt.want)
		}
	}
	// What made it worse is about the same alarm.
	worse := entry("W", &duty.Raise{Rule: "near", Severity: duty.Critical, Key: "k", Words: duty.Words("two killed")})
	of := logbook.Reading{Book: book(raised, entry("C", &duty.Clear{Alarm: "R"}), worse)}
	if got := of.What(worse).String(); got != "A1: critical alarm: two killed" {
		t.Errorf("brought back: %q", got)
	}
	newer := &duty.Entry{V: 2, ID: "n", At: at, Word: "sealed"}
	if got := as.What(newer).String(); !strings.Contains(got, "newer version") {
		t.Errorf("of a newer version: %q", got)
	}
}

func TestFilter(t *testing.T) {
	note := entry("N-1", &duty.Note{Text: duty.Words("Route closed\nat the bridge")})
	newer := &duty.Entry{V: 2, ID: "n", At: at, By: safetext.Const("Bravo"), Word: "sealed"}
	b := book(raised, note, newer)
	as := logbook.Reading{Book: b}
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
			if as.Match(q, b.At(i), at.Add(time.Minute)) {
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
	parts := new(logbook.Reading).Parts(e)
	if len(parts) != 1 || parts[0].Text.String() != "one\ntwo" {
		t.Errorf("%q", parts)
	}
}
