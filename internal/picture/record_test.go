package picture

import (
	"testing"
	"time"

	"vigil/internal/duty"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// handled gives a record its handling.
func handled(h incident.Handling) edit {
	return func(i *incident.Incident) { i.Handling = incident.Known(h) }
}

// noted is the desk with a duty log that names an incident.
func (b *bench) noted(name incident.Identity) {
	d := duty.NewDraft()
	d.Add(&duty.Entry{ID: "n", At: now, Body: &duty.Note{Text: duty.Words("seen"), Incidents: []duty.Name{duty.NameOf(name)}}})
	b.store.SetDesk(Desk{Duty: d.Book()})
}

// TestRecordsOfTheLog are what they were, version by version, until one of them or a later one is restricted.
func TestRecordsOfTheLog(t *testing.T) {
	name := incident.Identity{Authority: safetext.Const("room"), ID: safetext.Const("x")}
	const hidden, none = "RESTRICTED", ""
	for _, tt := range []struct {
		name     string
		handling []incident.Handling // of versions 1, 2, …
		want     []string            // titles
		withhold bool
	}{
		{"open", []incident.Handling{incident.Internal, incident.Public}, []string{"one", "two", none}, false},
		{"restricted since", []incident.Handling{incident.Internal, incident.Internal, incident.Restricted}, []string{hidden, hidden, hidden, hidden}, true},
		{"strictly confidential", []incident.Handling{incident.StrictlyConfidential}, []string{hidden, hidden}, true},
		{"opened again", []incident.Handling{incident.Internal, incident.Restricted, incident.Internal}, []string{hidden, hidden, "three"}, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t)
			titles := []string{"one", "two", "three"}
			for k, h := range tt.handling {
				b.say("radio", record("x", titled(titles[k]), numbered(int64(k+1)), typed(incident.Update), handled(h)))
			}
			b.noted(name)
			for _, role := range []Role{DutyOfficer, SecurityLead} {
				v := b.store.Publish(now).For(role)
				for k, want := range tt.want {
					r, ok := v.RecordVersion(name, int64(k+1))
					got := none
					switch {
					case ok && r.Withheld:
						got = hidden
					case ok:
						got = r.Incident.Title.String()
					}
					if got != want {
						t.Errorf("%v, version %d: %q, want %q", role, k+1, got, want)
					}
					if r.Withheld && (r.Incident != nil || r.Before != nil || !r.Row.Title.IsZero()) {
						t.Errorf("version %d is withheld and there", k+1)
					}
					if r.Before != nil && r.Before.Restricted() {
						t.Errorf("version %d shows the restricted one before it", k+1)
					}
				}
				if got := v.Withholds(name); got != tt.withhold {
					t.Errorf("%v: withholds %v", role, got)
				}
			}
		})
	}
}

// TestRecordsAsOfATime are those that had come by then, and never none where there is one.
func TestRecordsAsOfATime(t *testing.T) {
	b := newBench(t)
	name := incident.Identity{Authority: safetext.Const("room"), ID: safetext.Const("x")}
	b.say("radio", record("x", titled("one"), numbered(1)))
	first := b.at
	b.say("radio", record("x", titled("two"), numbered(2), typed(incident.Update)))
	b.noted(name)
	v := b.view()
	for by, want := range map[time.Time]string{first.Add(-time.Hour): "one", first: "one", b.at: "two", now: "two"} {
		if r, ok := v.RecordAsOf(name, by); !ok || r.Incident.Title.String() != want {
			t.Errorf("as of %v: %v %+v, want %s", by, ok, r.Incident, want)
		}
	}
	if _, ok := v.RecordAsOf(incident.Identity{Authority: safetext.Const("room"), ID: safetext.Const("y")}, now); ok {
		t.Error("found what is not there")
	}
}
