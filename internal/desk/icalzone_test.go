package desk

import (
	"strings"
	"testing"
)

// TestICalendarZones: whatever a file calls its zones, no entry is lost; where nobody knows the zone, its date is kept and
// its hour is not believed.
func TestICalendarZones(t *testing.T) {
	const dateAlone = "only the date is used; write a name such as Africa/Bamako"
	tests := []struct{ name, lines, want, warning string }{
		{"of Windows", "DTSTART;TZID=Romance Standard Time:20261120T180000\nDTEND;TZID=Romance Standard Time:20261120T190000", "11-20T17:00/11-20T18:00", ""},
		{"of Windows, in quotes", "DTSTART;TZID=\"W. Central Africa Standard Time\";VALUE=DATE-TIME:20261120T180000", "11-20T17:00/11-20T17:00", ""},
		{"the UTC of Outlook", "DTSTART;TZID=tzone://Microsoft/Utc:20261120T180000", "11-20T18:00/11-20T18:00", ""},
		{"behind a path", "DTSTART;TZID=/mozilla.org/20050126_1/Africa/Kinshasa:20261120T180000", "11-20T17:00/11-20T17:00", ""},
		{"as the file defines it", "DTSTART;TZID=(UTC+05:00) Exercise, Town:20261120T180000", "11-20T13:00/11-20T13:00", ""},
		{"and with its escapes", "DTSTART;TZID=(UTC+05:00) Exercise\\, Town:20261120T180000", "11-20T13:00/11-20T13:00", ""},
		{
			"as Windows shows it", "DTSTART;TZID=(UTC+01:00) Brussels, Copenhagen, Madrid, Paris:20261120T180000\nDTEND;TZID=(UTC+01:00) Brussels, Copenhagen, Madrid, Paris:20261120T190000", "11-20T00:00/11-21T00:00",
			`12: "(UTC+01:00) Brussels, Copenhagen, Madrid, Paris" is no time zone, and the file does not define it: ` + dateAlone,
		},
		{"one that is none", "DTSTART;TZID=Nowhere/City:20261120T180000\nDURATION:PT2H", "11-20T00:00/11-21T00:00", `12: "Nowhere/City" is no time zone`},
		{"over midnight", "DTSTART;TZID=Nowhere:20261120T210000\nDTEND;TZID=Nowhere:20261121T050000", "11-20T00:00/11-22T00:00", "(2 times, the first is here)"},
		{"to midnight", "DTSTART;TZID=Nowhere:20261120T210000\nDTEND;TZID=Nowhere:20261121T000000", "11-20T00:00/11-21T00:00", dateAlone},
		{"of the end alone", "DTSTART:20261120T210000Z\nDTEND;TZID=Nowhere:20261121T050000", "11-20T00:00/11-22T00:00", dateAlone},
		{"of the beginning alone", "DTSTART;TZID=Nowhere:20261120T210000\nDTEND:20261121T050000Z", "11-20T00:00/11-22T00:00", dateAlone},
		{"of a country that has one", "LOCATION:Kabul\\, Afghanistan\nDTSTART;TZID=Nowhere:20261120T180000", "11-19T19:30/11-20T19:30", dateAlone},
		{"none, over midnight", "DTSTART:20261120T210000\nDTEND:20261121T050000", "11-20T00:00/11-22T00:00", "DTSTART has no zone: only its date is used"},
		{"of what recurs", "DTSTART;TZID=Nowhere:20261101T180000\nRRULE:FREQ=DAILY\nEXDATE;TZID=Nowhere:20261120T180000", "11-21T00:00/11-22T00:00", dateAlone},
		{"of what is left out", "DTSTART:20261101T180000Z\nRRULE:FREQ=DAILY\nEXDATE;TZID=Nowhere:20261120T180000", "11-21T18:00/11-21T18:00", dateAlone},
		{"a quote too many", "DTSTART;TZID=\"Europe/Paris:20261120T180000", "11-20T17:00/11-20T17:00", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			body := "BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:(UTC+05:00) Exercise\\, Town\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETTO:+0500\nEND:STANDARD\nEND:VTIMEZONE\n" +
				"BEGIN:VEVENT\nUID:1\nSUMMARY:Visit\n" + tt.lines + "\nEND:VEVENT\nEND:VCALENDAR\n"
			entries, problems, err := ParseCalendar("calendar/x.ics", []byte(body))
			if err != nil || len(entries) != 1 {
				t.Fatalf("%v, %d entries\n%s", err, len(entries), messages(problems))
			}
			if got := occurrencesAt(t, entries, "2026-11-20T00:00:00Z")[0]; !strings.HasPrefix(got, tt.want+" ") {
				t.Errorf("it is %s", got)
			}
			if tt.warning == "" && len(problems) > 0 || !strings.Contains(messages(problems), tt.warning) || CountErrors(problems) > 0 {
				t.Errorf("got\n%s", messages(problems))
			}
		})
	}
}

// TestICalendarZoneOfTheCalendar: a name for the whole calendar holds, and one that is none is told.
func TestICalendarZoneOfTheCalendar(t *testing.T) {
	for zone, want := range map[string]string{"Egypt Standard Time": "11-20T16:00/11-20T16:00", "Nowhere": "11-20T00:00/11-21T00:00"} {
		body := "BEGIN:VCALENDAR\nX-WR-TIMEZONE:" + zone + "\nBEGIN:VEVENT\nSUMMARY:Visit\nDTSTART:20261120T180000\nEND:VEVENT\nEND:VCALENDAR\n"
		entries, problems, err := ParseCalendar("calendar/x.ics", []byte(body))
		if err != nil || len(entries) != 1 {
			t.Fatal(err)
		}
		if got := occurrencesAt(t, entries, "2026-11-20T00:00:00Z")[0]; !strings.HasPrefix(got, want) {
			t.Errorf("%s: %s", zone, got)
		}
		if told := strings.Contains(messages(problems), `2: "Nowhere" is no time zone`); told != (zone == "Nowhere") {
			t.Errorf("%s:\n%s", zone, messages(problems))
		}
	}
}
