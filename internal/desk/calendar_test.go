package desk

import (
	"errors"
	"strings"
	"testing"
	"time"

	"vigil/internal/calendar"
	"vigil/internal/country"
	"vigil/internal/problem"
)

func messages(problems []problem.Problem) string {
	var all []string
	for _, p := range problems {
		all = append(all, p.String())
	}
	return strings.Join(all, "\n")
}

// at tells of each entry when it matters at a time: "start/end state title".
func occurrencesAt(t *testing.T, entries []calendar.Entry, when string) []string {
	t.Helper()
	now, err := time.Parse(time.RFC3339, when)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for i := range entries {
		o, ok := entries[i].At(now)
		if !ok {
			all = append(all, "- "+entries[i].Title.String())
			continue
		}
		all = append(all, o.Start.Format("01-02T15:04")+"/"+o.End.Format("01-02T15:04")+" "+o.State.String()+" "+o.Title.String())
	}
	return all
}

const plan = `- title: Presidential election, first round
  kind: election
  country: MLI
  from: 2026-12-06
- title: Curfew in Gao
  kind: curfew
  country: Mali
  area: Gao region
  from: 2026-11-01T21:00
  to: 05:00
  repeat: daily
  until: 2026-12-31
  except: [2026-11-20]
- {title: Visit, kind: visit, country: COD, zone: Africa/Kinshasa, from: 2026-11-25 09:00, to: 2026-11-27 17:00}
- {title: MV3 Gao to Ansongo, kind: movement, country: MLI, from: "2026-11-20T08:00:00Z", to: "2026-11-20T13:00:00Z"}
- {title: Payday, from: 2026-01-30, repeat: "FREQ=MONTHLY;BYMONTHDAY=-1"}
- {title: Off, from: 2026-12-01, to: 2026-12-03, status: cancelled}
`

func TestCalendarYAML(t *testing.T) {
	entries, problems, err := ParseCalendar("calendar/plan.yaml", []byte(plan))
	if err != nil || len(problems) > 0 {
		t.Fatalf("%v\n%s", err, messages(problems))
	}
	got := occurrencesAt(t, entries, "2026-11-20T14:00:00Z")
	want := []string{
		"12-06T00:00/12-07T00:00 expected Presidential election, first round",
		"11-21T21:00/11-22T05:00 expected Curfew in Gao",
		"11-25T08:00/11-27T16:00 expected Visit",
		"11-20T08:00/11-20T13:00 overdue MV3 Gao to Ansongo",
		"11-30T00:00/12-01T00:00 expected Payday",
		"12-01T00:00/12-04T00:00 cancelled Off",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
	if e := &entries[1]; e.Country != country.MustParse("MLI") || e.Area.String() != "Gao region" || e.Kind != calendar.Curfew || e.Origin.Line != 5 || !e.Recurs() {
		t.Errorf("%+v", e)
	}
}

func TestCalendarYAMLProblems(t *testing.T) {
	tests := []struct{ name, yaml, want string }{
		{"no list", "title: x\n", "calendar/x.yaml:1:1: here stands a table, where a list"},
		{"unknown key", "- {title: x, from: 2026-12-06, untill: 2026-12-07}\n", `1:32: unknown key "untill": did you mean until?`},
		{"unknown kind", "- {title: x, from: 2026-12-06, kind: elections}\n", `kind "elections" is not known: did you mean election?`},
		{"no title", "- {from: 2026-12-06}\n", "has no title"},
		{"no time", "- {title: x}\n", "1:3: the entry has no time"},
		{"no date", "- {title: x, from: tomorrow}\n", `1:20: "tomorrow" is no date or time`},
		{"no zone", "- {title: x, country: RUS, from: 2026-12-06T08:00}\n", "has no zone: write zone:"},
		{"bad zone", "- {title: x, zone: ../../etc/passwd, from: 2026-12-06T08:00}\n", "is no time zone"},
		{"the machine's zone", "- {title: x, zone: Local, from: 2026-12-06T08:00}\n", "is no time zone"},
		{"backwards", "- {title: x, from: 2026-12-06, to: 2026-12-04}\n", "to is before from"},
		{"date and time", "- {title: x, country: MLI, from: 2026-12-06, to: 2026-12-06T08:00}\n", "must both be dates"},
		{"bad repeat", "- {title: x, from: 2026-12-06, repeat: hourly}\n", `repeat "hourly" is not known`},
		{"bad rule", "- {title: x, from: 2026-12-06, repeat: FREQ=SECONDLY}\n", "write DAILY, WEEKLY"},
		{"until alone", "- {title: x, from: 2026-12-06, until: 2026-12-09}\n", "until without repeat"},
		{"an early until", "- {title: x, from: 2026-12-06, repeat: daily, until: 2026-12-01}\n", "until is before from"},
		{"an id twice", "- {title: x, id: a, from: 2026-12-06}\n- {title: y, id: a, from: 2026-12-07}\n", "2:3: id \"a\" stands in line 1 already"},
		{"long ago", "- {title: x, from: 1066-10-14}\n", "is no date or time"},
		{"an alias", "- &a {title: x, from: 2026-12-06}\n- *a\n", "anchors"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			entries, problems, err := ParseCalendar("calendar/x.yaml", []byte(tt.yaml))
			if !errors.Is(err, ErrRefused) || entries != nil || !strings.Contains(messages(problems), tt.want) {
				t.Errorf("%v\n%s", err, messages(problems))
			}
		})
	}
}

const ics = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" +
	"BEGIN:VTIMEZONE\r\nTZID:W. Central Exercise Time\r\n" +
	"BEGIN:STANDARD\r\nDTSTART:16010101T030000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\n" +
	"BEGIN:DAYLIGHT\r\nDTSTART:16010101T020000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nEND:DAYLIGHT\r\n" +
	"END:VTIMEZONE\r\n" +
	"BEGIN:VEVENT\r\nUID:e1\r\nSEQUENCE:1\r\nSUMMARY:Old title\r\nDTSTART;VALUE=DATE:20261201\r\nEND:VEVENT\r\n" +
	"BEGIN:VEVENT\r\nUID:e1\r\nSEQUENCE:2\r\nSUMMARY:Mali: legislative elec\r\n tion\\, second round\r\nCATEGORIES:ELECTION,POLITICAL\r\nDTSTART;VALUE=DATE:20261206\r\nDTEND;VALUE=DATE:20261207\r\nEND:VEVENT\r\n" +
	"BEGIN:VEVENT\r\nUID:c1\r\nSUMMARY:Coordination\r\nLOCATION:Gao\\, Mali\r\nDTSTART;TZID=W. Central Exercise Time:20261102T090000\r\nDURATION:PT1H30M\r\nRRULE:FREQ=WEEKLY;BYDAY=MO,FR;UNTIL=20270101T000000Z\r\nEXDATE;TZID=W. Central Exercise Time:20261123T090000\r\n" +
	"BEGIN:VALARM\r\nTRIGGER:-PT15M\r\nEND:VALARM\r\nEND:VEVENT\r\n" +
	"BEGIN:VEVENT\r\nUID:c1\r\nRECURRENCE-ID;TZID=W. Central Exercise Time:20261127T090000\r\nSUMMARY:Coordination\\, later\r\nDTSTART;TZID=W. Central Exercise Time:20261127T150000\r\nDTEND;TZID=W. Central Exercise Time:20261127T160000\r\nEND:VEVENT\r\n" +
	"BEGIN:VEVENT\r\nUID:f1\r\nSUMMARY:Floating\r\nDTSTART:20261124T180000\r\nEND:VEVENT\r\n" +
	"BEGIN:VEVENT\r\nUID:x1\r\nSUMMARY:Nowhen\r\nEND:VEVENT\r\n" +
	"BEGIN:VEVENT\r\nUID:d1\r\nSUMMARY:Dropped\r\nSTATUS:CANCELLED\r\nDTSTART:20261125T100000Z\r\nEND:VEVENT\r\n" +
	"BEGIN:VTODO\r\nUID:t1\r\nSUMMARY:Flash 2 on the convoy\r\nDUE:20261120T131500Z\r\nEND:VTODO\r\n" +
	"END:VCALENDAR\r\n"

func TestICalendar(t *testing.T) {
	entries, problems, err := ParseCalendar("calendar/a.ics", []byte(ics))
	if err != nil {
		t.Fatalf("%v\n%s", err, messages(problems))
	}
	got := occurrencesAt(t, entries, "2026-11-20T14:00:00Z")
	want := []string{
		"12-06T00:00/12-07T00:00 expected Mali: legislative election, second round",
		"11-27T14:00/11-27T15:00 expected Coordination, later",
		"11-24T00:00/11-25T00:00 expected Floating",
		"11-25T10:00/11-25T10:00 cancelled Dropped",
		"11-20T13:15/11-20T13:15 overdue Flash 2 on the convoy",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
	if e := &entries[0]; e.Country != country.MustParse("MLI") || e.Kind != calendar.Election || e.Sequence != 2 {
		t.Errorf("%+v", e)
	}
	if e := &entries[1]; e.Country != country.MustParse("MLI") || e.Area.String() != "Gao" {
		t.Errorf("%+v", e)
	}
	for _, want := range []string{
		`calendar/a.ics:24: "Mali: legislative election, second round" stands in line 18, too`,
		"calendar/a.ics:55: DTSTART has no zone: only its date is used",
		`calendar/a.ics:57: "Nowhen" is left out: it has no DTSTART`,
	} {
		if !strings.Contains(messages(problems), want) {
			t.Errorf("no %q in\n%s", want, messages(problems))
		}
	}
}

func TestICalendarRefused(t *testing.T) {
	tests := []struct {
		name, ics, want string
		half            bool
	}{
		{"cut off", ics[:len(ics)-40], "does not end", true},
		{"cut off between lines", "BEGIN:VCALENDAR\nBEGIN:VEVENT\n", "VEVENT begins here and does not end", false},
		{"another format", "id,act\n1,2\n", "BEGIN:VCALENDAR should stand here", false},
		{"nothing", "\n", "BEGIN:VCALENDAR is missing", false},
		{"crossed", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\n", "3: END:VCALENDAR ends nothing", false},
		{"no calendar", "BEGIN:VCARD\nEND:VCARD\n", `this is "VCARD"`, false},
		{"deep", strings.Repeat("BEGIN:VCALENDAR\n", 20), "more than 8 deep", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			entries, problems, err := ParseCalendar("calendar/x.ics", []byte(tt.ics))
			if entries != nil || err == nil || errors.Is(err, ErrHalf) != tt.half || !strings.Contains(messages(problems), tt.want) {
				t.Errorf("%v\n%s", err, messages(problems))
			}
		})
	}
}

func TestICalendarEntryProblems(t *testing.T) {
	tests := []struct{ name, lines, want string }{
		{"sub-daily", "DTSTART:20261120T100000Z\nRRULE:FREQ=MINUTELY", "write DAILY, WEEKLY"},
		{"hours", "DTSTART:20261120T100000Z\nRRULE:FREQ=DAILY;BYHOUR=8,9", "BYHOUR is not read"},
		{"two rules", "DTSTART:20261120T100000Z\nRRULE:FREQ=DAILY\nRRULE:FREQ=DAILY", "two RRULE"},
		{"no weekday", "DTSTART:20261120T100000Z\nRRULE:FREQ=WEEKLY;BYDAY=XX", "is no weekday"},
		{"backwards", "DTSTART:20261120T100000Z\nDTEND:20261119T100000Z", "ends before it begins"},
		{"a bad length", "DTSTART:20261120T100000Z\nDURATION:P9999999W", "is none: write PT2H"},
		{"ages ago", "DTSTART:00010101T000000Z", "is no date or time"},
		{"a bad date", "DTSTART:20261340", "is no date or time"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			body := "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nSUMMARY:Bad\n" + tt.lines + "\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:Good\nDTSTART:20261201T100000Z\nEND:VEVENT\nEND:VCALENDAR\n"
			entries, problems, err := ParseCalendar("calendar/x.ics", []byte(body))
			if err != nil || len(entries) != 1 || entries[0].Title.String() != "Good" || !strings.Contains(messages(problems), tt.want) {
				t.Errorf("%v, %d entries\n%s", err, len(entries), messages(problems))
			}
		})
	}
}

// FuzzCalendar: nothing panics or runs on, whatever the file.
func FuzzCalendar(f *testing.F) {
	f.Add("a.ics", []byte(ics))
	f.Add("a.yaml", []byte(plan))
	f.Add("a.ics", []byte("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:19700101\nRRULE:FREQ=DAILY;COUNT=999999999\nRDATE:20260101/PT1H,20270101\nEND:VEVENT\nEND:VCALENDAR"))
	f.Fuzz(func(t *testing.T, name string, body []byte) {
		if len(body) > 4096 {
			return
		}
		entries, problems, err := ParseCalendar(name, body)
		if err != nil && len(problems) == 0 {
			t.Error("refused without a reason")
		}
		now := time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC)
		for i := range entries {
			if o, ok := entries[i].At(now); ok && o.End.Before(o.Start) {
				t.Errorf("%+v", o)
			}
		}
	})
}
