package figure

import (
	"testing"
	"time"

	"vigil/internal/calendar"
	"vigil/internal/country"
	"vigil/internal/picture"
)

func TestDueDates(t *testing.T) {
	day := func(s string) time.Time {
		d, err := time.Parse(time.DateOnly, s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, tt := range []struct{ from, last, want string }{
		{"2026-11-28", "2026-11-29", "28-29 Nov"},
		{"2026-11-30", "2026-12-02", "30 Nov-2 Dec"},
		{"2026-12-30", "2027-01-02", "30 Dec to 2027-01-02"},
		{"2027-01-02", "2027-01-03", "2027-01-02 to 2027-01-03"},
	} {
		if got := Plain.dueDates(day(tt.from), day(tt.last), day("2026-11-26")); got != tt.want {
			t.Errorf("%s to %s is %q, want %q", tt.from, tt.last, got, tt.want)
		}
	}
}

// TestDueWhenTellsTheEnd: of what is to come and lasts the end is told, there or in a line of its own.
func TestDueWhenTellsTheEnd(t *testing.T) {
	now := time.Date(2026, 11, 20, 14, 32, 0, 0, time.UTC)
	at := func(s string) time.Time {
		u, err := time.Parse("2006-01-02 15:04", s)
		if err != nil {
			t.Fatal(err)
		}
		return u
	}
	for _, tt := range []struct{ start, end, when, until string }{
		{"2026-11-20 21:00", "2026-11-21 05:00", "21:00-05:00", ""},
		{"2026-11-21 20:00", "2026-11-22 05:00", "21 Nov 20:00-05:00", ""},
		{"2026-11-21 20:00", "2026-11-22 20:00", "21 Nov 20:00-22 Nov", "to 2026-11-22 20:00Z"}, // of 20:00-20:00 nobody knows whether it is a moment or a day
		{"2026-11-28 20:00", "2026-12-12 05:00", "28 Nov 20:00-12 Dec", "to 2026-12-12 05:00Z"},
		{"2026-11-20 16:00", "2026-11-23 05:00", "16:00-23 Nov 05:00", ""},
		{"2026-11-20 16:00", "2026-11-20 16:00", "16:00", ""},
		{"2027-01-03 20:00", "2027-01-04 05:00", "2027-01-03 20:00", "to 2027-01-04 05:00Z"},
		{"2026-12-30 20:00", "2027-01-02 05:00", "30 Dec 20:00", "to 2027-01-02 05:00Z"},
	} {
		d := picture.Due{Start: at(tt.start), End: at(tt.end), State: calendar.Expected}
		if got := Plain.DueWhen(&d, now); got != tt.when || len(got) > DueCells {
			t.Errorf("%s to %s is %q, want %q", tt.start, tt.end, got, tt.when)
		}
		if got := Plain.DueUntil(&d, now); got != tt.until {
			t.Errorf("%s to %s ends %q, want %q", tt.start, tt.end, got, tt.until)
		}
	}
}

// TestDueLocalTellsTheSameHours: the local hours are those that DueWhen tells in UTC.
func TestDueLocalTellsTheSameHours(t *testing.T) {
	now := time.Date(2026, 11, 27, 14, 32, 0, 0, time.UTC)
	at := func(day, hour int) time.Time { return time.Date(2026, 11, day, hour, 34, 0, 0, time.UTC) }
	madagascar, _ := country.Parse("MDG")
	for _, tt := range []struct {
		name       string
		start, end time.Time
		state      calendar.State
		when, want string
	}{
		{"a forecast over a day", at(27, 22), at(29, 2), calendar.Expected, "22:34-29 Nov 02:34", "01:34-05:34 local"},
		{"a night", at(27, 18), at(28, 2), calendar.Expected, "18:34-02:34", "21:34-05:34 local"},
		{"no room for the hour of its end", at(28, 22), at(30, 2), calendar.Expected, "28 Nov 22:34-30 Nov", "from 01:34 local"},
		{"an instant", at(27, 22), at(27, 22), calendar.Expected, "22:34", "01:34 local"},
		{"under way", at(27, 10), at(29, 2), calendar.Present, "to 29 Nov 02:34", "05:34 local"},
	} {
		d := picture.Due{Start: tt.start, End: tt.end, State: tt.state, Countries: []country.Code{madagascar}}
		if when, got := Plain.DueWhen(&d, now), Plain.DueLocal(&d, now); when != tt.when || got != tt.want {
			t.Errorf("%s: %q is %q, want %q and %q", tt.name, when, got, tt.when, tt.want)
		}
	}
}
