package picture

import (
	"testing"
	"time"

	"vigil/internal/country"
	"vigil/internal/duty"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// TestPastIsVeiled: what is restricted by now shows nothing in a picture of a time before, whatever the desk knew and showed then; neither
// does what took its place or whose place it took, nor what the duty log of then says of it. A security lead sees it.
func TestPastIsVeiled(t *testing.T) {
	x := incident.Identity{Authority: safetext.Const("room"), ID: safetext.Const("x")}
	replacing := func(i *incident.Incident) { i.Replaces = []incident.Identity{x} }
	for name, then := range map[string]func(b *bench){
		"a later version is": func(b *bench) {
			b.say("radio", record("x", typed(incident.Update), numbered(2), handled(incident.Restricted)))
		},
		"restricted and opened again": func(b *bench) {
			b.say("radio", record("x", typed(incident.Update), numbered(2), handled(incident.Restricted)))
			b.say("radio", record("x", typed(incident.Update), numbered(3), handled(incident.Internal)))
		},
		"what took its place is": func(b *bench) { b.say("radio", record("y", replacing, handled(incident.StrictlyConfidential))) },
		"by what happened": func(b *bench) {
			b.say("radio", record("x", typed(incident.Update), numbered(2), func(i *incident.Incident) { i.Act = incident.Known(incident.SexualViolence) }))
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			b.say("radio", record("x", titled("Checkpoint at the bridge"), numbered(1)))
			b.say("radio", record("z", titled("Open")))
			past := b.at
			then(b)
			d := duty.NewDraft()
			d.Add(&duty.Entry{ID: "n", At: past.Add(-time.Hour), Body: &duty.Note{Text: duty.Words("seen"), Incidents: []duty.Name{duty.NameOf(x)}}})
			b.store.SetDesk(Desk{Duty: d.Book()})
			for _, known := range []time.Time{past, past.Add(-time.Hour)} {
				v := b.store.At(known, known, now).For(DutyOfficer)
				if !v.Hides(duty.NameOf(x)) || !v.Withholds(x) {
					t.Errorf("known at %v the log names it: hides %v, withholds %v", known, v.Hides(duty.NameOf(x)), v.Withholds(x))
				}
				if r, ok := v.RecordVersion(x, 1); !ok || !r.Withheld || r.Incident != nil {
					t.Errorf("known at %v: version 1 is %v", known, r)
				}
			}
			v := b.store.At(past, past, now).For(DutyOfficer)
			id, ok := v.IDOf(x)
			if !ok {
				t.Fatal("it is not in the picture")
			}
			if r, _ := v.Row(id); !r.Restricted || r.Title.String() != "Restricted incident" || !r.Place.IsZero() || len(r.Countries) > 0 {
				t.Errorf("the row is %+v", r)
			}
			if f, _ := v.Facts(id); !f.Hidden() || v.Words(id) != "" || !v.Identity(id).ID.IsZero() || v.Totals().Restricted != 1 {
				t.Errorf("facts hidden %v, words %q, name %v, %d restricted", f.Hidden(), v.Words(id), v.Identity(id), v.Totals().Restricted)
			}
			if d, _ := v.Detail(id); d.Incident != nil || len(d.Versions) > 0 || d.Shown.Incident != nil {
				t.Errorf("the detail is %+v", d)
			}
			if lead := b.store.At(past, past, now).For(SecurityLead); lead.Hides(duty.NameOf(x)) || lead.Words(id) == "" {
				t.Error("the security lead does not see it")
			}
		})
	}
}

// TestPastTakesNothingOfTheVeiled: what leads an event leaves unsaid is not taken from what is restricted by now; a live picture veils
// nothing but what is shown restricted.
func TestPastTakesNothingOfTheVeiled(t *testing.T) {
	b := newBench(t)
	mali := in(country.MLI)
	joined(t, b, bare("a/1", "A1", mali), bare("b/1", "B2", mali, graded(incident.Severe), inPlace("Gao", "Gao")))
	past := now // people chose by then
	b.at = now.Add(time.Hour)
	later := b.at.Add(time.Hour)
	id, _ := b.store.Find(identity("a/1"))
	if r, _ := b.store.At(past, past, later).For(DutyOfficer).Row(id); len(r.Filled) == 0 {
		t.Fatal("nothing is filled: the test tests nothing")
	}
	b.say("radio", bare("b/1", "B2", mali, typed(incident.Update), handled(incident.Restricted)))
	if r, _ := b.store.At(past, past, later).For(DutyOfficer).Row(id); r.Restricted || len(r.Filled) > 0 || !r.Place.IsZero() {
		t.Errorf("of what is restricted by now is shown: %+v", r)
	}
	if v := b.store.Publish(later).listed.veiled; v != nil {
		t.Errorf("live is veiled: %v", v)
	}
}
