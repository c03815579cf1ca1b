package alarm

import (
	"slices"
	"strings"
	"testing"
	"time"

	"vigil/internal/correlate"
	"vigil/internal/duty"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

const (
	ofKilled  = "staff killed, abducted or missing"
	oneKilled = "MLI Gao shooting, 1 killed, unconfirmed"
)

// better is what a source of a higher grade tells of the same shooting.
func (r *room) better(at time.Time, e edit) *incident.Incident {
	return r.shooting("x", inGao, func(i *incident.Incident) {
		i.Identity.Authority, i.Grade, i.Occurred = safetext.Const("ngo"), safetext.Const("A1"), incident.At(at)
	}, e)
}

// killing is what stands of the alarm about the staff who were killed.
func (r *room) killing() string {
	for _, a := range r.draft.Book().Alarms(r.now) {
		if a.Raise.Rule == ofKilled {
			if !a.Cleared.IsZero() {
				return "over"
			}
			return a.Raise.Words.String()
		}
	}
	return "none"
}

// swept looks now, and once more when everything is asked again.
func (r *room) swept() (list []string) {
	r.now = r.now.Add(time.Minute)
	list = told(r.look())
	r.now = r.now.Add(sweepEvery)
	return append(list, told(r.look())...)
}

var figures = map[string]edit{
	"nobody was killed": killed(0),
	"nothing of people": func(i *incident.Incident) { i.Affected = nil },
	"an injury":         injured(1),
}

func injured(n int) edit {
	return func(i *incident.Incident) {
		i.Affected[0].Outcome, i.Affected[0].Count = incident.Known(incident.Injured), n
	}
}

// TestABetterSourceTakesNoHarmBack: it tells less of people or other figures, and leads the event; the worse telling rings on, until its
// own source says otherwise.
func TestABetterSourceTakesNoHarmBack(t *testing.T) {
	for name, figures := range figures {
		for end, says := range map[string]edit{"refuted": verified(incident.Refuted), "its own later version": killed(0)} {
			t.Run(name+", "+end, func(t *testing.T) {
				r := opened(t)
				r.source("ngo")
				first := r.now
				r.say("radio", r.shooting("a", killed(1), inGao, func(i *incident.Incident) { i.Occurred = incident.At(first) }))
				r.look()
				r.now = r.now.Add(2 * time.Minute)
				r.say("ngo", r.better(first, figures))
				if v := r.view(); len(v.Party(v.At(0))) != 2 {
					t.Fatal("the two are not one event")
				}
				rings := r.swept()
				if !strings.HasPrefix(r.killing(), oneKilled) || slices.ContainsFunc(rings, func(s string) bool { return strings.HasPrefix(s, "clear") || strings.Contains(s, ofKilled) }) {
					t.Fatalf("of the killing: %s; written %q", r.killing(), rings)
				}
				r.eval = NewEvaluator(r.rules) // another collector comes to the same
				if rings := r.swept(); slices.ContainsFunc(rings, func(s string) bool { return strings.HasPrefix(s, "clear") || strings.HasPrefix(s, "raise") }) {
					t.Fatalf("another collector: %q", rings)
				}
				r.say("radio", r.shooting("a", killed(1), inGao, func(i *incident.Incident) { i.Occurred = incident.At(first) }, func(i *incident.Incident) { i.Version, i.Type = 2, incident.Update }, says))
				r.swept()
				if got := r.killing(); got != "over" {
					t.Errorf("its own source says otherwise, and of the killing: %s", got)
				}
			})
		}
	}
}

// TestAWorseTellingRings though a better source leads the event.
func TestAWorseTellingRings(t *testing.T) {
	r := opened(t)
	r.source("ngo")
	first := r.now
	r.say("ngo", r.better(first, injured(1)))
	r.look()
	r.now = r.now.Add(2 * time.Minute)
	r.say("radio", r.shooting("a", killed(1), inGao, func(i *incident.Incident) { i.Occurred = incident.At(first) }))
	if v := r.view(); len(v.Party(v.At(0))) != 2 {
		t.Fatal("the two are not one event")
	}
	list := r.swept()
	if n := len(slices.DeleteFunc(slices.Clone(list), func(s string) bool { return !strings.HasPrefix(s, "raise "+ofKilled) })); n != 1 {
		t.Errorf("it rings %d times: %q", n, list)
	}
}

// TestTheDesksWordEndsWhatItJudged, as it stood then: not what its source says later.
func TestTheDesksWordEndsWhatItJudged(t *testing.T) {
	r := opened(t)
	r.source("own")
	first := r.now
	at := func(i *incident.Incident) { i.Occurred = incident.At(first) }
	a := r.shooting("a", killed(1), inGao, at)
	r.say("radio", a)
	r.look()
	r.now = r.now.Add(2 * time.Minute)
	word := r.shooting("x", killed(0), inGao, at, func(i *incident.Incident) { i.Identity.Authority = safetext.Const("desk") })
	report := &duty.Report{Incident: duty.NameOf(word.Identity), Version: 1, Of: []duty.Judged{{Name: duty.NameOf(a.Identity), Content: duty.ContentOf(a)}}}
	r.person(report)
	r.store.Choose([]correlate.Choice{{
		At: r.now, Incidents: []incident.Identity{word.Identity, a.Identity}, ID: "entry",
		Leads: func(n int, i *incident.Incident) bool { return report.Of[n].SameContent(i) },
	}})
	r.say("own", word)
	r.swept()
	if got := r.killing(); got != "over" {
		t.Errorf("somebody judged it, and of the killing: %s", got)
	}
	r.say("radio", r.shooting("a", killed(3), inGao, at, func(i *incident.Incident) { i.Version, i.Type = 2, incident.Update }))
	r.swept()
	if got := r.killing(); !strings.HasPrefix(got, "MLI Gao shooting, 3 killed") {
		t.Errorf("its source says more since, and of the killing: %s", got)
	}
}

// TestTheDesksWordEndsAtOnceWhatItRefutes: its record is read before the log says of what it is, and neither record changes by that.
func TestTheDesksWordEndsAtOnceWhatItRefutes(t *testing.T) {
	r := opened(t)
	r.source("own")
	first := r.now
	at := func(i *incident.Incident) { i.Occurred = incident.At(first) }
	a := r.shooting("a", killed(1), inGao, at)
	r.say("radio", a)
	r.look()
	r.now = r.now.Add(time.Second)
	word := r.shooting("x", killed(1), inGao, at, verified(incident.Refuted), func(i *incident.Incident) { i.Identity.Authority = safetext.Const("own") })
	r.say("own", word)
	r.look()
	r.now = r.now.Add(time.Second)
	report := &duty.Report{Incident: duty.NameOf(word.Identity), Version: 1, Verification: "refuted", Refuted: "drill", Of: []duty.Judged{{Name: duty.NameOf(a.Identity), Content: duty.ContentOf(a)}}}
	r.person(report)
	r.store.Choose([]correlate.Choice{{
		At: r.now, Incidents: []incident.Identity{word.Identity, a.Identity}, ID: "entry",
		Leads: func(n int, i *incident.Incident) bool { return report.Of[n].SameContent(i) },
	}})
	expect(t, r.look(), "clear: it was refuted")
	if a := r.draft.Book().Alarms(r.now)[0]; a.UntrueWhy.String() != "refuted: drill" {
		t.Errorf("not so because %q", a.UntrueWhy)
	}
	// It is taken apart again, by which it stands.
	r.now = r.now.Add(time.Second)
	r.store.Choose(nil)
	expect(t, r.look(), "raise "+ofKilled+" (critical): "+oneKilled+", 1 source")
}
