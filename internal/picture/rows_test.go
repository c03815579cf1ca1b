package picture

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"vigil/internal/country"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// anyTime draws a time, stated to any precision, around now.
func anyTime(rt *rapid.T, name string) incident.When {
	at := now.Add(time.Duration(rapid.Int64Range(int64(-3*year), int64(year)).Draw(rt, name)))
	if rapid.Bool().Draw(rt, name+" whole") {
		at = at.Truncate(time.Second)
	}
	switch rapid.IntRange(0, 4).Draw(rt, name+" precision") {
	case 1:
		return incident.When{Start: time.Date(at.Year(), 1, 1, 0, 0, 0, 0, time.UTC), Precision: incident.ToYear}
	case 2:
		return incident.When{Start: time.Date(at.Year(), at.Month(), 1, 0, 0, 0, 0, time.UTC), Precision: incident.ToMonth}
	case 3:
		return incident.When{Start: at.Truncate(Day), Precision: incident.ToDate}
	case 4:
		return incident.At(at)
	default:
		return incident.When{}
	}
}

func anyIncident(rt *rapid.T) *incident.Incident {
	i := record(rapid.StringMatching(`[a-d]`).Draw(rt, "id"))
	i.Occurred, i.Until = anyTime(rt, "occurred"), anyTime(rt, "until")
	i.Ongoing = i.Until.IsZero() && rapid.Bool().Draw(rt, "ongoing")
	if w := anyTime(rt, "reported"); w.Precision == incident.ToTime {
		i.Reported = w.Start
	}
	i.Version = rapid.Int64Range(0, 2).Draw(rt, "version")
	i.Type = incident.Type(rapid.IntRange(0, 3).Draw(rt, "type"))
	i.Status = incident.Status(rapid.IntRange(0, 4).Draw(rt, "status"))
	i.Class = incident.Class(rapid.IntRange(0, 1).Draw(rt, "class"))
	i.Threat = incident.ParseThreat(rapid.SampledFrom([]string{"crime", "hazard", "unheard of"}).Draw(rt, "threat"))
	i.Act = incident.ParseAct(rapid.SampledFrom([]string{"shooting", "earthquake", "sexual_violence", "unheard of"}).Draw(rt, "act"))
	i.Holder = incident.ParseHolder(rapid.SampledFrom([]string{"", "state", "non_state", "unheard of"}).Draw(rt, "holder"))
	i.Severity = incident.ParseSeverity(rapid.SampledFrom([]string{"minor", "critical", "unheard of"}).Draw(rt, "severity"))
	i.Verification = incident.ParseVerification(rapid.SampledFrom([]string{"confirmed", "refuted", "unheard of"}).Draw(rt, "verification"))
	i.Countries = rapid.SliceOfN(rapid.SampledFrom(country.All()), 0, 2).Draw(rt, "countries")
	i.Place = safetext.Clean(rapid.SampledFrom([]string{"", "Gao", "Kidal"}).Draw(rt, "place"))
	i.Affected = nil
	for range rapid.IntRange(0, 3).Draw(rt, "entries") {
		i.Affected = append(i.Affected, incident.Affected{
			Population:  incident.ParsePopulation(rapid.SampledFrom([]string{"", "un", "civilian", "unheard of"}).Draw(rt, "population")),
			Recruitment: incident.Known(incident.Recruitment(rapid.IntRange(0, 3).Draw(rt, "recruitment"))),
			Outcome:     incident.ParseOutcome(rapid.SampledFrom([]string{"", "killed", "detained", "none", "unheard of"}).Draw(rt, "outcome")),
			Count:       rapid.IntRange(incident.Uncounted, 3).Draw(rt, "count"),
		})
	}
	return i
}

// TestRowsSayWhatIncidentsSay: what the columns answer is what the whole record answers.
func TestRowsSayWhatIncidentsSay(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		r, s := newRows(newHeap()), newSeeds()
		for range rapid.IntRange(1, 4).Draw(rt, "rows") {
			i := anyIncident(rt)
			received := now.Add(time.Duration(rapid.Int64Range(int64(-Day), int64(Day)).Draw(rt, "received")))
			a := Arrival{
				Incident: i, Received: received,
				Origin: incident.Origin{File: safetext.Const("f"), Line: 7, Offset: 70, Generation: 3},
			}
			s.prepare(&a.prepared, i, received)
			h := r.add(&a, 5, 2, 0)
			iv, _ := i.Interval(received)
			x, people := r.at(h), r.people(h)
			at := now.Add(time.Duration(rapid.Int64Range(int64(-year), int64(year)).Draw(rt, "at")))
			for _, c := range []struct {
				what      string
				got, want any
			}{
				{"interval", r.interval(h), iv},
				{"received", r.received(h), received},
				{"origin", r.origin(h), incident.Origin{File: safetext.Const("f"), Line: 7, Offset: 70, Generation: 3}},
				{"source", r.source(h), 2},
				{"version", r.version(h), i.Version},
				{"type", x.kind(), i.Type},
				{"status", x.status(), i.Status},
				{"verification", x.verification(), i.Verification.Value},
				{"active", r.activeAt(h, at), i.ActiveAt(at, received)},
				{"harms", people.harms, i.Affected.HarmsStaff()},
				{"national", people.count(nationalCount), figure(i.Affected.Figure(incident.Cut{Recruitment: incident.National}))},
				{"detained", people.count(detainedCount), figure(i.Affected.Outcome(incident.Detained))},
				{"everyone", people.count(everyoneCount), figure(i.Affected.Figure(incident.Cut{}))},
				{"killed of staff", people.staff[0], first(i.Affected.Staff(incident.Killed))},
				{"place", r.spot(h).place, i.Place},
				{"in", len(i.Countries) == 0 || r.in(h, i.Countries[0]), true},
			} {
				if !cmp.Equal(c.got, c.want, cmp.Comparer(func(a, b safetext.Text) bool { return a == b })) {
					rt.Fatalf("%s: %v, want %v, of %+v", c.what, c.got, c.want, i)
				}
			}
		}
	})
}

func first(n int, _ bool) int { return n }
