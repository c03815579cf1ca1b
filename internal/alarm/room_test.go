package alarm

import (
	"fmt"
	"testing"
	"time"

	"vigil/internal/alarm/rule"
	"vigil/internal/country"
	"vigil/internal/duty"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/presence"
	"vigil/internal/risk"
	"vigil/internal/safetext"
)

var start = time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC)

// room is a desk with its duty log, whose collector writes what follows at each look.
type room struct {
	t     fatal
	store *picture.Store
	desk  picture.Desk // but for its book
	draft *duty.Draft
	eval  *Evaluator
	rules rule.Set
	now   time.Time
	n     int
	// within is how long a critical alarm waits for a key.
	within time.Duration
	ids    map[string]bool // of entries that were written
}

func newRoom(t testing.TB, own ...rule.Rule) *room {
	t.Helper()
	r := &room{
		t: t, draft: duty.NewDraft(), rules: rule.With(own), now: start, ids: map[string]bool{},
		store: picture.NewStore(picture.Options{Risk: risk.Default(), Countries: []picture.CountryOption{{Code: country.MLI}}}),
	}
	r.eval = NewEvaluator(r.rules)
	r.source("radio")
	return r
}

// source is a log that tells of everything, and is alive.
func (r *room) source(name string) {
	r.store.Configure(name, picture.SourceInfo{Name: safetext.Clean(name), Profile: health.Profile{
		Expect: 12 * time.Hour, Covers: health.Set(incident.Threats()...),
	}})
	r.store.Begin(name, safetext.Clean(name), 1)
	r.alive(name)
}

func (r *room) alive(name string) {
	r.store.Heartbeat(name, incident.Origin{File: safetext.Clean(name)}, r.now, r.now)
	r.store.Observe(name, health.Facts{LastAttempt: r.now, LastSuccess: r.now})
}

// fatal is what of a test is needed here; rapid's has it as well.
type fatal interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

type edit func(*incident.Incident)

// shooting is one in Gao, now, of which nobody was harmed that is known.
func (r *room) shooting(id string, edits ...edit) *incident.Incident {
	i := &incident.Incident{
		Identity:  incident.Identity{Authority: safetext.Const("room"), ID: safetext.Clean(id)},
		Occurred:  incident.At(r.now),
		Countries: []country.Code{country.MLI}, Place: safetext.Const("Gao"), Title: safetext.Const("Shots from a pickup at the gate"),
		Threat: incident.Known(incident.ArmedConflict), Act: incident.Known(incident.Shooting),
		Affected: incident.Breakdown{{Population: incident.Known(incident.PopulationNGO), Outcome: incident.Known(incident.Killed), Count: 0}},
	}
	for _, e := range edits {
		e(i)
	}
	return i
}

func killed(n int) edit {
	return func(i *incident.Incident) { i.Affected[0].Count = n }
}

func ago(d time.Duration) edit {
	return func(i *incident.Incident) { i.Occurred = incident.At(i.Occurred.Start.Add(-d)) }
}

func version(n int64) edit {
	return func(i *incident.Incident) { i.Version, i.Type = n, incident.Update }
}

func verified(v incident.Verification) edit {
	return func(i *incident.Incident) { i.Verification = incident.Known(v) }
}

func (r *room) say(source string, list ...*incident.Incident) {
	for _, i := range list {
		r.n++
		r.now = r.now.Add(time.Second)
		r.store.Arrive(picture.Arrival{
			Incident: i, Source: source, Received: r.now,
			Origin: incident.Origin{File: safetext.Clean(source), Line: r.n, Offset: int64(r.n), Generation: 1},
		})
	}
}

func (r *room) staff(asOf time.Time, people ...presence.Person) {
	f := presence.File{Source: "roster", People: people, AsOf: asOf}
	r.store.SetPresence(picture.PresenceSet{Ledger: presence.Reconcile([]presence.File{f})}, r.now)
}

func (r *room) view() picture.View {
	r.desk.Duty = r.draft.Book()
	r.store.SetDesk(r.desk)
	return r.store.Publish(r.now).For(picture.DutyOfficer)
}

// look is one look of the collector: what follows is written. It gives the bodies.
func (r *room) look() []duty.Body {
	r.t.Helper()
	v := r.view()
	ev := r.eval.Evaluate(v, r.draft.Book())
	return r.write(Step(&ev, r.rules, r.draft.Book(), Manned{Last: v.Attended(), Within: r.within}, r.now))
}

func (r *room) write(s Steps) []duty.Body {
	r.t.Helper()
	var out []duty.Body
	for _, w := range s.Writes {
		if r.ids[w.ID] {
			r.t.Fatalf("%s is written twice: %+v", w.ID, w.Body)
		}
		r.ids[w.ID] = true
		if raise, is := w.Body.(*duty.Raise); is {
			if why := sayable(raise); why != "" {
				r.t.Fatalf("%s: %s", raise.Words, why)
			}
		}
		r.add(w.ID, w.Body)
		out = append(out, w.Body)
	}
	if n := r.draft.Book().Strange(); n > 0 {
		r.t.Fatalf("%d entries fit nothing that stands; the last: %+v", n, out)
	}
	return out
}

func (r *room) add(id string, b duty.Body) {
	r.t.Helper()
	e := &duty.Entry{V: 1, ID: id, At: r.now, By: duty.Vigil, Body: b, Word: b.Kind()}
	if err := e.Check(); err != nil {
		r.t.Fatal(err)
	}
	r.draft.Add(e)
}

// person does something about an alarm.
func (r *room) person(b duty.Body) {
	r.t.Helper()
	r.n++
	r.add(fmt.Sprintf("person-%d", r.n), b)
}

func (r *room) acknowledge(a *duty.Alarm, d time.Duration) {
	r.person(&duty.Ack{Alarm: a.ID, Owner: duty.Words("oscar"), Reason: duty.Words("mine"), Until: r.now.Add(d)})
}

// told is what was written, one line each.
func told(list []duty.Body) []string {
	var out []string
	for _, b := range list {
		switch b := b.(type) {
		case *duty.Raise:
			word := "raise"
			if b.Unsure {
				word = "unsure"
			}
			out = append(out, fmt.Sprintf("%s %s (%s): %s", word, b.Rule, b.Severity, b.Words))
		case *duty.Clear:
			out = append(out, fmt.Sprintf("clear: %s", b.Said))
		case *duty.Escalate:
			out = append(out, fmt.Sprintf("escalate %d: %s", b.Level, b.Said))
		}
	}
	return out
}

// opened is a room that has had its first read.
func opened(t testing.TB, own ...rule.Rule) *room {
	t.Helper()
	r := newRoom(t, own...)
	r.say("radio", r.shooting("before", ago(72*time.Hour)))
	r.look()
	for _, a := range r.draft.Book().Alarms(r.now) {
		r.acknowledge(a, time.Hour)
	}
	r.now = r.now.Add(2 * time.Minute) // what comes now is not of the first content
	return r
}
