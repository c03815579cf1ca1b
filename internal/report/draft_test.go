package report_test

import (
	"strings"
	"testing"
	"time"

	"vigil/internal/alarm/rule"
	"vigil/internal/duty"
	"vigil/internal/figure"
	"vigil/internal/incident"
	"vigil/internal/report"
	"vigil/internal/tui/tuitest"
)

// TestADraftTellsWhoseWordItIs: what its source leaves unsaid and another tells of the same event stands in a line of its own, with
// who says so, and not among what is not known.
func TestADraftTellsWhoseWordItIs(t *testing.T) {
	v := tuitest.Patchy().View()
	d := report.Draft(figure.Plain, v, duty.Subject{}, v.At(0), tuitest.Now)
	want := []string{
		"shooting, Ansongo, 2026-11-20 (field A1, unconfirmed, 11:32Z)",
		"Gao, 2026-11-20 09:10Z (radio B2, unconfirmed, 10:32Z)",
		"2 killed ngo national (acled C3, unconfirmed, 12:32Z)",
	}
	if got := d.NotConfirmed.Safe().String(); got != strings.Join(want, "\n") {
		t.Errorf("not confirmed:\n%s\nwant\n%s", got, strings.Join(want, "\n"))
	}
	if got := d.NotKnown.Safe().String(); strings.Contains(got, "people") || strings.Contains(got, "time") {
		t.Errorf("not known: %s", got)
	}
}

// TestADraftIsInTheLanguage of whoever goes on writing it; what is from outside stays as it is.
func TestADraftIsInTheLanguage(t *testing.T) {
	v := tuitest.Patchy().View()
	h := tuitest.In(t, "fr", tuitest.Frame(t, v, tuitest.Sizes[0])).Hand
	d := report.Draft(h, v, duty.Subject{}, v.At(0), tuitest.Now)
	if got := d.NotConfirmed.Safe().String(); !strings.Contains(got, "tirs, Ansongo, 2026-11-20 (field A1, non confirmé, 11:32Z)") || !strings.Contains(got, "2 tués") {
		t.Errorf("%s", got)
	}
}

// TestAFlashOnARestrictedAlarm: the entry that rang names no incident, and what is typed into a report on it is written out in no form.
func TestAFlashOnARestrictedAlarm(t *testing.T) {
	for _, raise := range []*duty.Raise{
		{Rule: rule.RestrictedIncident, Severity: duty.High, Key: "k", Words: duty.Words("Restricted incident: security lead only")},
		{Rule: "our own", Severity: duty.High, Key: "k", Words: duty.Words("Restricted incident: security lead only"), Country: "MLI"},
	} {
		l := tuitest.NewLog()
		id := l.Say(time.Minute, tuitest.Vigil, raise)
		v := l.On(tuitest.Sahel()).View()
		if d := report.Draft(figure.Plain, v, duty.Subject{Alarm: id}, 0, tuitest.Now); !d.Restricted || d.Country != "" {
			t.Errorf("%s: the form does not say it: %+v", raise.Rule, d)
		}
		f := report.FlashOf(v, duty.Flashed{At: tuitest.Now, Flash: &duty.Flash{
			Alarm: id, Number: 1, Confirmed: duty.Words("taken at Kidal"), NotConfirmed: duty.Words("taken at Kidal"), NotKnown: duty.Words("taken at Kidal"), Action: duty.Words("taken at Kidal"),
		}})
		for _, text := range []string{f.Text(), f.Markdown(), f.SMS()} {
			if strings.Contains(text, "Kidal") || strings.Contains(text, "MLI") || !strings.Contains(text, "A1") || !strings.Contains(text, "Restricted incident") {
				t.Errorf("%s:\n%s", raise.Rule, text)
			}
		}
	}
}

// TestAFlashOnWhatMustNotBePassedOn has in its subject what other versions say, and of what only a marked one says nothing.
func TestAFlashOnWhatMustNotBePassedOn(t *testing.T) {
	desk := func(alarmed bool, versions ...bool) report.Flash {
		d, l := tuitest.Empty(), tuitest.NewLog()
		for i, marked := range versions {
			r := tuitest.Report{Source: "radio", ID: "R-1", When: "2026-11-20", Received: time.Hour - time.Duration(i)*time.Minute, Country: "MLI", Place: "Ansongo", Title: "Convoy stopped", Act: incident.Abduction, Threat: incident.Crime}
			if marked {
				r.Place, r.Title, r.Country = "Kidal", "Source told us", "NER"
			}
			r.Change = func(in *incident.Incident) { in.NoOnward = marked }
			d.Arrive(r)
		}
		f := &duty.Flash{Incident: duty.Name{Authority: duty.Words("radio"), ID: duty.Words("R-1")}, Number: 1, Confirmed: duty.Words("two missing")}
		if alarmed {
			f.Alarm = l.Say(time.Minute, tuitest.Vigil, &duty.Raise{Rule: "r", Severity: duty.High, Key: "k", Incident: f.Incident, Country: "NER", Words: duty.Words("NER Kidal  Source told us")})
			f.Incident = duty.Name{}
		}
		l.Say(0, "Oscar", f)
		return report.FlashOf(l.On(d).View(), duty.Flashed{At: tuitest.Now, Flash: f})
	}
	for _, alarmed := range []bool{false, true} {
		only := desk(alarmed, true)
		for _, text := range []string{only.Text(), only.Markdown(), only.SMS()} {
			if strings.Contains(text, "Kidal") || strings.Contains(text, "told us") || strings.Contains(text, "NER") || !strings.Contains(text, "not to be passed on") || !strings.Contains(text, "two missing") {
				t.Errorf("alarm %t:\n%s", alarmed, text)
			}
		}
	}
	both := desk(true, true, false) // one version after the other, which says otherwise
	if text := both.SMS(); strings.Contains(text, "Kidal") || !strings.Contains(text, "Ansongo") || both.Country != "MLI" {
		t.Errorf("of the version that may be passed on:\n%s", text)
	}
	free := desk(true, false)
	if text := free.SMS(); !strings.Contains(text, "NER Kidal") {
		t.Errorf("what may be passed on is not:\n%s", text)
	}
}

// TestAFlashOnWhatWasRefuted says that first: whoever gets it late must not act on what rang.
func TestAFlashOnWhatWasRefuted(t *testing.T) {
	v := tuitest.Sahel().View()
	for id := range v.Incidents() {
		r, _ := v.Row(id)
		if !r.Refuted || r.Restricted {
			continue
		}
		name := duty.NameOf(v.Identity(id))
		l := tuitest.NewLog()
		given := &duty.Flash{Incident: name, Number: 1, Action: duty.Words("EXERCISE")}
		l.Say(0, "Oscar", given)
		f := report.FlashOf(l.On(tuitest.Sahel()).View(), duty.Flashed{At: tuitest.Now, Flash: given})
		d := report.Draft(figure.Plain, v, duty.Subject{Incident: name}, id, tuitest.Now)
		if !strings.HasPrefix(f.Subject.String(), "REFUTED: ") || !strings.Contains(f.SMS(), "REFUTED") || !strings.HasPrefix(d.Confirmed.String(), "REFUTED") || !d.NotConfirmed.IsZero() {
			t.Errorf("%q\nconfirmed %q\nnot confirmed %q", f.Subject, d.Confirmed, d.NotConfirmed)
		}
		return
	}
	t.Error("the desk of the tests has nothing that was refuted")
}
