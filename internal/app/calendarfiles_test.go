package app

import (
	"context"
	"strings"
	"testing"
	"time"

	"vigil/internal/feed/feedtest"
	"vigil/internal/picture"
)

func due(titles ...string) func(picture.View) bool {
	return func(v picture.View) bool {
		var have []string
		for _, d := range v.Due() {
			have = append(have, d.Title.String())
		}
		return strings.Join(have, "|") == strings.Join(titles, "|")
	}
}

// TestTheCalendarIsWatched: a good file is what is due, a bad edit keeps the last good one, and a file that
// is gone takes what it said with it.
func TestTheCalendarIsWatched(t *testing.T) {
	d := newDesk(t, "")
	day := func(n int) string { return d.clock.now().AddDate(0, 0, n).Format(time.DateOnly) }
	d.write("calendar/plan.yaml", "- {title: Visit, from: "+day(3)+"}\n")
	d.write("calendar/other.ics", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Election\nDTSTART;VALUE=DATE:"+strings.ReplaceAll(day(2), "-", "")+"\nEND:VEVENT\nEND:VCALENDAR\n")
	d.open()
	d.await("what is due", due("Election", "Visit"))
	d.write("calendar/plan.yaml", "- {title: Visit, from: "+day(1)+"}\n")
	d.await("the new date", due("Visit", "Election"))
	d.write("calendar/plan.yaml", "- {title: Visit, form: "+day(3)+"}\n")
	d.await("the last good file", func(v picture.View) bool {
		return due("Visit", "Election")(v) && noted("last good content kept: it has errors")(v)
	})
	d.remove("calendar/plan.yaml")
	d.clock.forward(10 * time.Second)
	d.await("the rest", due("Election"))
	d.close()
	d.write("calendar/plan.yaml", "- {title: Visit, form: "+day(3)+"}\n")
	report, err := Check(context.Background(), d.options())
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for _, p := range report.Problems {
		found = found || strings.HasPrefix(p.String(), "calendar/plan.yaml:1:18: unknown key")
	}
	if !found {
		t.Errorf("%v", report.Problems)
	}
}

// TestPositionsStandInThePicture: what is tracked is listed with whose it is, and is no incident.
func TestPositionsStandInThePicture(t *testing.T) {
	d := newDesk(t, "")
	at := d.clock.now().Add(-10 * time.Minute).Format(time.RFC3339)
	stale := d.clock.now().Add(-5 * time.Minute).Format(time.RFC3339)
	d.write("presence/roster.csv", "person_id,name,call_sign,country,last_contact\nP-1,A,Mike 3,MLI,2026-01-01\n")
	d.write("feeds/tracks.xml", `<event uid="T-1" type="a-f-G" time="`+at+`" stale="`+stale+`"><point lat="16" lon="0" ce="10"/><detail><contact callsign="Mike 3"/></detail></event>`+"\n")
	v, err := Snapshot(context.Background(), d.options(), time.Time{}, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	view := v.For(picture.DutyOfficer)
	tracked := view.Tracked()
	if len(tracked) != 1 || tracked[0].Fix.String() != "stale" || tracked[0].Person == nil || view.Totals().Total != 0 {
		t.Errorf("%+v", tracked)
	}
	if s := sourceOf(view, "tracks"); s.Counts.Positions != 1 || s.Counts.Records != 1 {
		t.Errorf("%+v", s.Counts)
	}
}

// TestEarthquakesStandInThePicture: of a real feed, as many as it has.
func TestEarthquakesStandInThePicture(t *testing.T) {
	d := newDesk(t, "")
	d.write("feeds/all_day.geojson", string(feedtest.Real(t, "usgs/all_day.geojson")))
	v, err := Snapshot(context.Background(), d.options(), time.Time{}, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	view := v.For(picture.DutyOfficer)
	if n := view.Totals(); n.Total != 145 || n.Hazards != 145 || n.Reports != 1 {
		t.Errorf("%+v", n)
	}
	if s := sourceOf(view, "all_day"); s.Counts.Records != 146 || s.Counts.Incidents != 145 || s.Counts.Reports != 1 || s.Info.Format.String() != "usgs" {
		t.Errorf("%+v", s.Counts)
	}
}
