package events

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"vigil/internal/incident"
	"vigil/internal/tui/tuitest"
)

// TestDays: the figure beside the histogram is that of its highest bar, what is hatched is told apart, and what was refuted did not occur.
func TestDays(t *testing.T) {
	d := tuitest.Sahel()
	say := func(id string, at time.Time, change func(*incident.Incident)) {
		d.Arrive(tuitest.Report{
			Source: "radio", ID: id, When: at.Format(time.RFC3339), Country: "MLI", Place: "Gao", Act: incident.Shooting, Title: id, Change: change,
		})
	}
	count := func() (today, yesterday int, c days) {
		f := tuitest.Frame(t, d.View(), tuitest.Size{Width: 200, Height: 60})
		s := New("")
		s.Arrived(f)
		c.count(&f, &s.shown, "", 30)
		return int(c.periods[29].Value), int(c.periods[28].Value), c
	}
	today, yesterday, before := count()
	for i := range 30 {
		say(fmt.Sprint("today ", i), tuitest.Now.Add(-time.Minute), nil)
	}
	say("yesterday", tuitest.Now.Add(-24*time.Hour), nil)
	say("never", tuitest.Now.Add(-24*time.Hour), func(i *incident.Incident) { i.Verification = incident.Known(incident.Refuted) })
	gotToday, gotYesterday, after := count()
	if gotToday != today+30 || gotYesterday != yesterday+1 || after.sum != before.sum+31 {
		t.Errorf("%d today, %d yesterday, %d in all; want %d, %d, %d", gotToday, gotYesterday, after.sum, today+30, yesterday+1, before.sum+31)
	}
	if !after.periods[29].Incomplete || after.most >= 30 || after.partial < 30 {
		t.Errorf("most on a whole day %d, %d on hatched ones: nobody has told all of today", after.most, after.partial)
	}
	f := tuitest.Frame(t, d.View(), tuitest.Size{Width: 200, Height: 60})
	drawn := strings.Join(New("").Lines(f), "\n")
	if !strings.Contains(drawn, f.Sayf("%s so far", f.Number(after.partial))) {
		t.Error("the drawing does not say what is seen of the hatched days")
	}
	said := strings.Join(New("").Linear(f), "\n")
	if want := fmt.Sprintf("incidents of 14 days to 2026-11-20, the newest first: %d or more, %d, ", gotToday, gotYesterday); !strings.Contains(said, want) {
		t.Errorf("the plain lines lack %q", want)
	}
}

// TestDaysOfACountryNobodyLooksAt are hatched, and unknown in plain lines: that somebody tells of its neighbours makes it no calmer.
func TestDaysOfACountryNobodyLooksAt(t *testing.T) {
	f := tuitest.Frame(t, tuitest.Sahel().View(), tuitest.Size{Width: 200, Height: 60})
	for filter, want := range map[string]bool{
		"": true, "country:MLI": true, "act:abduction country:mli": true, `(country:"MLI"|country:BFA)`: true, "-country:COD": true,
		"country:COD": false, "country:MLI|country:COD": false,
		`country:"South Sudan"`: false, `country:"Democratic Republic of the Congo"`: false, "country=COD": false, "NOT country:COD": true, "-(country:COD shooting)": true, "country!=COD": true,
		`"road to country:COD"`: true,
	} {
		s := New("")
		s.Arrived(f)
		s.SetFilter(filter, nil, 0)
		var d days
		d.count(&f, &s.shown, filter, 30)
		if got := !d.periods[28].Incomplete; got != want {
			t.Errorf("%q: yesterday is whole: %v, want %v", filter, got, want)
		}
		if said := strings.Join(d.spoken(&f)[1:], "\n"); strings.Contains(said, "unknown, unknown, unknown") == want {
			t.Errorf("%q: %s", filter, said)
		}
	}
}
