package listing_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/safetext"
	"vigil/internal/tui/listing"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/tuitest"
	"vigil/internal/tui/widget"
)

// find is the row of an incident of the desk, and its id.
func find(t *testing.T, v picture.View, id string) (picture.ID, picture.Row) {
	t.Helper()
	for at := range v.Incidents() {
		if v.Identity(at).ID.String() == id {
			r, _ := v.Row(at)
			return at, r
		}
	}
	t.Fatalf("the desk has changed: it has no incident %s", id)
	return 0, picture.Row{}
}

// text is how an incident stands in a list.
func text(g *listing.Grid, f *screen.Frame, id picture.ID) string {
	l := g.Line(f, id)
	return l.Text()
}

// TestAgeIsOfTheReport is a record of half a year ago that was read hours ago: it is not hours old.
func TestAgeIsOfTheReport(t *testing.T) {
	v := tuitest.Sahel().View()
	id, r := find(t, v, "7741")
	if f := tuitest.Frame(t, v, tuitest.Sizes[0]); f.Now.Sub(r.Received).Hours() > 24 {
		t.Fatal("the desk has changed: the record was read long ago")
	}
	for _, size := range tuitest.Sizes {
		f := tuitest.Frame(t, v, size)
		if line := text(listing.New(&f, size.Width), &f, id); !strings.HasSuffix(strings.TrimSpace(line), "5mo") {
			t.Errorf("%s: %q does not end with the age of what it says", size, line)
		}
	}
}

func TestRestrictedSaysNoMoreThanThat(t *testing.T) {
	v := tuitest.Sahel().View()
	var id picture.ID
	for at := range v.Incidents() {
		if r, _ := v.Row(at); r.Restricted {
			id = at
		}
	}
	for _, size := range tuitest.Sizes {
		f := tuitest.Frame(t, v, size)
		for _, g := range []*listing.Grid{listing.New(&f, size.Width), listing.NewIn(&f, size.Width), listing.NewTraced(&f, size.Width)} {
			line := text(g, &f, id)
			tuitest.Unseen(t, []string{line})
			if strings.Contains(line, "MLI") || strings.Contains(line, "Mopti") || strings.Contains(line, ".jsonl") {
				t.Errorf("a restricted record says where it was: %q", line)
			}
		}
	}
}

func TestLine(t *testing.T) {
	v := tuitest.Sahel().View()
	id, _ := find(t, v, "R-2026-0412")
	f := tuitest.Frame(t, v, tuitest.Sizes[0])
	l := listing.New(&f, f.Width).Line(&f, id)
	if l.Open.Go != screen.ToEvent || l.Open.Subject.Incident != id || l.Why.Figure != screen.FigureIncident || l.Mark != "!" {
		t.Errorf("the line opens %+v, explains %+v, marked %q", l.Open, l.Why, l.Mark)
	}
	if line := text(listing.NewTraced(&f, f.Width), &f, id); !strings.Contains(line, "feeds/radio.jsonl:") {
		t.Errorf("a traced line lacks file and line: %q", line)
	}
	if line := text(listing.NewIn(&f, f.Width), &f, id); strings.Contains(line, "MLI") {
		t.Errorf("a list of one country names it in each row: %q", line)
	}
	if line := text(listing.New(&f, f.Width), &f, 1<<30); !strings.Contains(line, "no longer listed") {
		t.Errorf("an incident that is gone: %q", line)
	}
}

// TestTitleWhereNothingElseTells: of a report the title is all there is, at every width; of an act that is none in particular
// it stands where nobody is said to be affected.
func TestTitleWhereNothingElseTells(t *testing.T) {
	d := tuitest.Sahel()
	report := func(id, place, grade string) {
		d.Arrive(tuitest.Report{Source: "radio", ID: id, Country: "MLI", Place: place, Title: "Flood kills two, and more", Change: func(i *incident.Incident) {
			i.Class, i.Grade, i.Reported = incident.Report, safetext.Clean(grade), tuitest.Now.Add(-time.Hour)
		}})
	}
	report("N-1", "", "")
	report("N-2", "Gao", "C3")
	d.Arrive(tuitest.Report{Source: "radio", ID: "N-3", Country: "MLI", Act: incident.ActOther, Threat: incident.Hazard, Title: "Freezing rain", Received: time.Hour})
	v := d.View()
	row := func(id string, size tuitest.Size, traced bool) string {
		at, _ := find(t, v, id)
		f := tuitest.Frame(t, v, size)
		if traced {
			return text(listing.NewTraced(&f, size.Width), &f, at)
		}
		return text(listing.New(&f, size.Width), &f, at)
	}
	for _, size := range append(slices.Clone(tuitest.Sizes), tuitest.Size{Width: 40, Height: 12}) {
		if line := row("N-1", size, false); !strings.Contains(line, "Report: Flood") || widget.Width(line) > size.Width {
			t.Errorf("%s: %q", size, line)
		}
		if line := row("N-2", size, false); !strings.Contains(line, "C3 report: F") {
			t.Errorf("%s: with a grade %q", size, line)
		}
		if line := row("N-3", size, false); !strings.Contains(line, "Freez") {
			t.Errorf("%s: of no act in particular %q", size, line)
		}
	}
	if line := row("N-2", tuitest.Sizes[0], false); !strings.Contains(line, "Gao ") {
		t.Errorf("the place of a report is lost: %q", line)
	}
	if line := row("N-1", tuitest.Sizes[0], true); !strings.Contains(line, "Report: Flood") || !strings.Contains(line, "feeds/radio.jsonl:") {
		t.Errorf("traced: %q", line)
	}
	if line := row("N-1", tuitest.Sizes[1], false); !strings.Contains(line, "2026-11-20 13:32Z") {
		t.Errorf("when it was published is not told: %q", line)
	}
}
