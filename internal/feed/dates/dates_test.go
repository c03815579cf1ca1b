package dates_test

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"vigil/internal/feed/dates"
	"vigil/internal/incident"
)

func TestRead(t *testing.T) {
	nairobi, _ := dates.Zone("+03:00")
	dmy, mdy := dates.Style{Order: dates.DayFirst}, dates.Style{Order: dates.MonthFirst}
	tests := []struct {
		text  string
		style dates.Style
		want  string // as incident.When writes it
		err   error
	}{
		{"", dates.Style{}, "", nil},
		{" 2024-02-26 ", dates.Style{}, "2024-02-26", nil},
		{"2024-02", dates.Style{}, "2024-02", nil},
		{"2024", dates.Style{}, "2024", nil},
		{"2024-02-26T10:00:00Z", dates.Style{}, "2024-02-26T10:00:00Z", nil},
		{"2024-02-26T10:00:00+0300", dates.Style{}, "2024-02-26T07:00:00Z", nil},
		{"Tue, 10 Dec 2024 18:04:35 GMT", dates.Style{}, "2024-12-10T18:04:35Z", nil},
		{"18/04/2001", dates.Style{}, "2001-04-18", nil},
		{"04/18/2001", dates.Style{}, "2001-04-18", nil},
		{"04/04/2001", dates.Style{}, "2001-04-04", nil},
		{"03/04/2024", dates.Style{}, "2024", dates.ErrOrder},
		{"03/04/2024", dmy, "2024-04-03", nil},
		{"03/04/2024", mdy, "2024-03-04", nil},
		{"31/12/2024", mdy, "2024-12-31", nil},
		{"3.4.24", dmy, "2024-04-03", nil},
		{"3-4-99", dmy, "1999-04-03", nil},
		{"30/02/2024", dmy, "", dates.ErrNone},
		{"13/13/2024", dates.Style{}, "", dates.ErrNone},
		{"01-January-16", dates.Style{}, "2016-01-01", nil},
		{"01 January 2016", dates.Style{}, "2016-01-01", nil},
		{"1-Jan-97", dates.Style{}, "1997-01-01", nil},
		{"January 2, 2006", dates.Style{}, "2006-01-02", nil},
		{"January 2006", dates.Style{}, "2006-01", nil},
		{"20161231", dates.Style{}, "2016-12-31", nil},
		{"201612", dates.Style{}, "2016-12", nil},
		{"20161331", dates.Style{}, "", dates.ErrNone},
		{"45281", dates.Style{}, "2023-12-21", nil},
		{"45281.0", dates.Style{}, "2023-12-21", nil},
		{"45281.5", dates.Style{}, "2023-12-21", dates.ErrZone},
		{"45281.5", dates.Style{Zone: time.UTC}, "2023-12-21T12:00:00Z", nil},
		{"1700000000", dates.Style{}, "2023-11-14T22:13:20Z", nil},
		{"1700000000123", dates.Style{}, "2023-11-14T22:13:20.123Z", nil},
		{"2024-02-26 00:00:00", dates.Style{}, "2024-02-26", nil},
		{"2024-02-26 14:30:00", dates.Style{}, "2024-02-26", dates.ErrZone},
		{"2024-02-26T14:30:00.000", dates.Style{Zone: nairobi}, "2024-02-26T11:30:00Z", nil},
		{"26/02/2024 2:30 PM", dates.Style{Zone: time.UTC}, "2024-02-26T14:30:00Z", nil},
		{"20250826143000", dates.Style{Zone: time.UTC}, "2025-08-26T14:30:00Z", nil},
		{"2014/1/7", dates.Style{}, "2014-01-07", nil},
		{"soon", dates.Style{}, "", dates.ErrNone},
		{"0", dates.Style{}, "", dates.ErrNone},
		{"-45281", dates.Style{}, "", dates.ErrNone},
		{"1e4", dates.Style{}, "", dates.ErrNone},
		{"01/02/0003", dates.Style{}, "", dates.ErrNone},
	}
	for _, tt := range tests {
		w, err := tt.style.Read(tt.text)
		if w.String() != tt.want || !errors.Is(err, tt.err) {
			t.Errorf("%q: %q, %v; want %q, %v", tt.text, w, err, tt.want, tt.err)
		}
	}
}

func TestZone(t *testing.T) {
	for _, s := range []string{"UTC", "z", "+03:00", "-09:30"} {
		if _, ok := dates.Zone(s); !ok {
			t.Errorf("%q is not taken", s)
		}
	}
	for _, s := range []string{"", "Nairobi", "3", "+3"} {
		if _, ok := dates.Zone(s); ok {
			t.Errorf("%q is taken", s)
		}
	}
}

// TestEveryDateIsReadBack, in whichever of the unambiguous writings.
func TestEveryDateIsReadBack(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		at := time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 30000).Draw(rt, "day"))
		layout := rapid.SampledFrom([]string{
			"2006-01-02", "20060102", "2 January 2006", "02-Jan-2006", "Jan 2, 2006", "2006-01-02T15:04:05", "2006/01/02", "02/01/2006", "2.1.2006",
		}).Draw(rt, "layout")
		w, err := dates.Style{Order: dates.DayFirst}.Read(at.Format(layout))
		if err != nil || !w.Start.Equal(at) || w.Precision != incident.ToDate {
			rt.Fatalf("%s: %v, %v", at.Format(layout), w, err)
		}
	})
}

// FuzzRead: no text breaks it, and what it reads is in the years that an incident can have.
func FuzzRead(f *testing.F) {
	for _, s := range []string{"03/04/2024 14:30", "45281.5", "Tue, 10 Dec 2024 18:04:35 GMT", "99999", "1-1-1", "9999999999999"} {
		f.Add(s, true)
	}
	f.Fuzz(func(t *testing.T, s string, utc bool) {
		style := dates.Style{}
		if utc {
			style.Zone = time.UTC
		}
		w, err := style.Read(s)
		if errors.Is(err, dates.ErrNone) != (err != nil && w.IsZero()) {
			t.Errorf("%q: %v, %v", s, w, err)
		}
		if back, err := incident.ParseWhen(w.String()); err != nil || back != w {
			t.Errorf("%q: %v is read back as %v, %v", s, w, back, err)
		}
	})
}

func TestWithClock(t *testing.T) {
	utc := dates.Style{Zone: time.UTC}
	for _, tt := range []struct {
		date, clock string
		style       dates.Style
		want        string
		err         error
	}{
		{"2031-04-13", "", utc, "2031-04-13", nil},
		{"2031-04-13", "14:30", utc, "2031-04-13T14:30:00Z", nil},
		{"2031-04-13", " 14:30:05 ", utc, "2031-04-13T14:30:05Z", nil},
		{"2031-04-13", "2:30 pm", utc, "2031-04-13T14:30:00Z", nil},
		{"2031-04-13", "14h30", utc, "2031-04-13T14:30:00Z", nil},
		{"2031-04-13", "8h", utc, "2031-04-13T08:00:00Z", nil},
		{"2031-04-13", "1430", utc, "2031-04-13T14:30:00Z", nil},
		{"2031-04-13", "1430Z", dates.Style{}, "2031-04-13T14:30:00Z", nil},
		{"2031-04-13", "01:30 +03:00", dates.Style{}, "2031-04-12T22:30:00Z", nil},
		{"2031-04-13", "01:30-05:00", utc, "2031-04-13T06:30:00Z", nil},
		{"2031-04-13", "0.604166666666667", utc, "2031-04-13T14:30:00Z", nil},
		{"2031-04-13", "1899-12-30T14:30:00", utc, "2031-04-13T14:30:00Z", nil},
		{"2031-04-13", "14:30", dates.Style{}, "2031-04-13", dates.ErrZone},
		{"2031-04-13", "00:00", dates.Style{}, "2031-04-13", nil},
		{"2031-04-13", "morning", utc, "2031-04-13", dates.ErrNone},
		{"2031-04-13", "25:00", utc, "2031-04-13", dates.ErrNone},
		{"2031-04-13", "7", utc, "2031-04-13", dates.ErrNone},
		{"2031-04", "14:30", utc, "2031-04", nil},
		{"2031-04-13T10:00:00Z", "14:30", utc, "2031-04-13T10:00:00Z", nil},
		{"", "14:30", utc, "", nil},
	} {
		date, err := tt.style.Read(tt.date)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := tt.style.WithClock(date, tt.clock); got.String() != tt.want || !errors.Is(err, tt.err) {
			t.Errorf("%q at %q: %s, %v; want %s, %v", tt.date, tt.clock, got, err, tt.want, tt.err)
		}
	}
}

// TestClockStaysOnItsDate: a clock moves a time within its date and by nothing else.
func TestClockStaysOnItsDate(t *testing.T) {
	date := incident.When{Start: time.Date(2031, 4, 13, 0, 0, 0, 0, time.UTC), Precision: incident.ToDate}
	rapid.Check(t, func(t *rapid.T) {
		clock := rapid.OneOf(rapid.String(), rapid.StringMatching(`[0-9]{1,4}[:hH. ]?[0-9]{0,2}(:[0-9]{2})? ?(AM|pm)?`)).Draw(t, "clock")
		got, err := dates.Style{Zone: time.UTC}.WithClock(date, clock)
		if err != nil && got != date {
			t.Fatalf("%q: %v and yet %s", clock, err, got)
		}
		const farthest = 15 * time.Hour // with an offset of its own
		if d := got.Start.Sub(date.Start); d < -farthest || d >= 24*time.Hour+farthest {
			t.Fatalf("%q moves the date to %s", clock, got)
		}
	})
}
