package report_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/report"
	"vigil/internal/safetext"
	"vigil/internal/tui/tuitest"
)

// told is a desk with one incident that says all that must not leave it.
func told(change func(*incident.Incident)) picture.View {
	d := tuitest.Empty()
	d.Arrive(tuitest.Report{
		Source: "radio", ID: "R-77", When: "2026-11-20T14:21:00Z", Country: "MLI", Admin1: "Gao region", Place: "Ansongo", Title: "Somebody taken", Act: incident.Abduction, Threat: incident.Crime,
		Change: func(i *incident.Incident) {
			i.Point, i.HasPoint = incident.Point{Lat: 15.66, Lon: 0.5}, true
			i.Details, i.Actor = safetext.Clean("Somebody of the office\nsaw 3 of them"), safetext.Clean("Group of Somebody")
			if change != nil {
				change(i)
			}
		},
	})
	return d.View()
}

func TestShareSaysNoMoreThanItMay(t *testing.T) {
	text, err := report.Share(told(nil), 1, tuitest.Now)
	if want := "Abduction, Mali, Gao region, 2026-11-20: unconfirmed. As known at 2026-11-20 14:32Z."; err != nil || text != want {
		t.Errorf("%q, %v, want %q", text, err, want)
	}
	for _, c := range []struct {
		name   string
		change func(*incident.Incident)
		want   string
	}{
		{"an act in words of the source's own", func(i *incident.Incident) { i.Act = incident.ParseAct("seizing of Somebody") }, "Incident, Mali, Gao region"},
		{"an area with a number", func(i *incident.Incident) { i.Admin1 = safetext.Clean("house 12, Gao") }, "Abduction, Mali, 2026"},
		{"a month", func(i *incident.Incident) { i.Occurred, _ = incident.ParseWhen("2026-11") }, "2026-11: "},
		{"confirmed", func(i *incident.Incident) { i.Verification = incident.Known(incident.Confirmed) }, ": confirmed."},
		{"refuted", func(i *incident.Incident) { i.Verification = incident.Known(incident.Refuted) }, ": REFUTED."},
	} {
		if text, err := report.Share(told(c.change), 1, tuitest.Now); err != nil || !strings.Contains(text, c.want) || strings.Contains(text, "Somebody") {
			t.Errorf("%s: %q, %v", c.name, text, err)
		}
	}
	for _, c := range []struct {
		change func(*incident.Incident)
		want   error
	}{
		{func(i *incident.Incident) { i.Handling = incident.Known(incident.Restricted) }, report.ErrRestricted},
		{func(i *incident.Incident) { i.NoOnward = true }, report.ErrNoOnward},
		{func(i *incident.Incident) {
			i.Act, i.Handling = incident.Known(incident.SexualViolence), incident.Known(incident.Internal)
		}, report.ErrIntimate},
	} {
		if text, err := report.Share(told(c.change), 1, tuitest.Now); !errors.Is(err, c.want) || text != "" {
			t.Errorf("%q, %v, want %v", text, err, c.want)
		}
	}
}

func TestTextAndCoordinates(t *testing.T) {
	v := told(nil)
	if at, err := report.Coordinates(v, 1); err != nil || at != "15.66000, 0.50000" {
		t.Errorf("%q, %v", at, err)
	}
	text, err := report.EventText(v, 1)
	for _, want := range []string{"id: radio R-77\n", "place: Ansongo\n", "title: Somebody taken\n", "position: 15.66000, 0.50000"} {
		if err != nil || !strings.Contains(text, want) {
			t.Errorf("%q lacks %q (%v)", text, want, err)
		}
	}
	if _, err := report.Coordinates(told(func(i *incident.Incident) { i.HasPoint = false }), 1); !errors.Is(err, report.ErrNoPosition) {
		t.Errorf("without a position: %v", err)
	}
	hidden := told(func(i *incident.Incident) { i.Handling = incident.Known(incident.Restricted) })
	if at, err := report.Coordinates(hidden, 1); !errors.Is(err, report.ErrRestricted) || at != "" {
		t.Errorf("of a restricted record: %q, %v", at, err)
	}
	if text, err := report.EventText(hidden, 1); !errors.Is(err, report.ErrRestricted) || text != "" {
		t.Errorf("of a restricted record: %q, %v", text, err)
	}
	if _, err := report.Share(v, 99, time.Time{}); err == nil {
		t.Error("an incident that is not there is shared")
	}
}

// Whatever a record says: nothing of its own words but the area, and no digit but those of dates, is in a text to share.
func TestShareIsRedacted(t *testing.T) {
	words := rapid.StringMatching(`XX[a-z0-9+ ]{1,12}`)
	rapid.Check(t, func(t *rapid.T) {
		v := told(func(i *incident.Incident) {
			i.Admin1 = safetext.Text{}
			i.Title, i.Details, i.Actor, i.Means = safetext.Clean(words.Draw(t, "title")), safetext.Clean(words.Draw(t, "details")), safetext.Clean(words.Draw(t, "actor")), safetext.Clean(words.Draw(t, "means"))
			i.Place, i.Act = safetext.Clean(words.Draw(t, "place")), incident.ParseAct(words.Draw(t, "act"))
		})
		text, err := report.Share(v, 1, tuitest.Now)
		if err != nil || strings.Contains(text, "XX") || strings.Contains(text, "radio") || strings.Contains(text, "R-77") || strings.Contains(text, "15.66") {
			t.Fatalf("%q, %v", text, err)
		}
	})
}
