package picture

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// TestPreparedIsTheSame: a store to which records come prepared, by whoever and in whatever order, and one that prepares them
// itself come to the same; and what both keep of each incident is what follows from all its versions.
func TestPreparedIsTheSame(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		stores := [...]*Store{NewStore(Options{}), NewStore(Options{})}
		for _, s := range stores {
			for _, label := range []string{"radio", "partner"} {
				s.Configure(label, SourceInfo{Name: safetext.Clean(label), Profile: radio})
			}
		}
		var arrivals []Arrival
		for k := range rapid.IntRange(1, 30).Draw(rt, "records") {
			label := rapid.SampledFrom([]string{"radio", "partner"}).Draw(rt, "source")
			i := anyIncident(rt)
			i.Status = incident.Actual
			i.Identity.Authority = safetext.Clean(rapid.SampledFrom([]string{"radio", "partner"}).Draw(rt, "authority"))
			if rapid.IntRange(0, 5).Draw(rt, "replaces") == 0 {
				i.Replaces = []incident.Identity{{Authority: i.Identity.Authority, ID: safetext.Clean(rapid.StringMatching(`[a-d]`).Draw(rt, "replaced"))}}
			}
			arrivals = append(arrivals, Arrival{
				Incident: i, Source: label, Received: now.Add(time.Duration(k) * time.Second),
				Origin: incident.Origin{File: safetext.Clean(label), Line: k + 1, Offset: int64(k), Generation: 1},
			})
		}
		prepared := slices.Clone(arrivals)
		by := rapid.SampledFrom(stores[:]).Draw(rt, "by") // the hashes of another store mean nothing to this one
		for k := range slices.Backward(prepared) {
			by.Prepare(&prepared[k])
		}
		for k := range arrivals {
			took, alone := stores[0].Arrive(prepared[k]), stores[1].Arrive(arrivals[k])
			if took != alone {
				rt.Fatalf("record %d: prepared %v, alone %v", k, took, alone)
			}
		}
		for _, s := range stores {
			for id := ID(1); int(id) <= s.names.n; id++ {
				e := s.open(id)
				if e.last == 0 {
					continue
				}
				want := s.itemOf(e, id, func(h handle) bool { return slices.Contains(e.standing, h) }, math.MaxInt64)
				want.marks |= s.tellings.marks(id)
				got, _ := s.listed.of(id)
				got.key = s.rows.key(got.shown)
				if got != want {
					rt.Fatalf("incident %d is listed as %+v, and is %+v", id, got, want)
				}
			}
		}
		v := stores[0].Publish(now.Add(time.Minute)).For(DutyOfficer) // the sources have changed: they have a state
		seq := rapid.IntRange(-1, v.LastChange()+1).Draw(rt, "seq")
		var others []int
		for c := range v.Changes(seq) {
			if c.Kind != IncidentChanged {
				others = append(others, c.Seq)
			}
		}
		for c := range v.OtherChanges(seq) {
			if len(others) == 0 || others[0] != c.Seq {
				rt.Fatalf("after %d: change %d among %v that are not of incidents", seq, c.Seq, others)
			}
			others = others[1:]
		}
		if len(others) > 0 {
			rt.Fatalf("after %d: %v left out", seq, others)
		}
		stores[1].Publish(now.Add(time.Minute))
		later := now.Add(time.Hour)
		if diff := cmp.Diff(shown(stores[1], later), shown(stores[0], later)); diff != "" {
			rt.Fatalf("prepared (-alone +prepared):\n%s", diff)
		}
	})
}

// shown is what a store shows.
func shown(s *Store, at time.Time) (list []string) {
	p := s.Publish(at)
	v := p.For(DutyOfficer)
	for it := range p.items {
		list = append(list, fmt.Sprintf("%+v %v", it, v.Identity(it.id)))
	}
	for k := range p.log.n {
		c := p.log.at(k, &p.rows)
		list = append(list, fmt.Sprint(c.Kind, c.id, c.version, c.Effect, c.At))
	}
	for _, src := range p.sources {
		list = append(list, fmt.Sprintf("%+v %d %d", src.Counts, src.Listed, src.Retained))
	}
	return append(list, fmt.Sprintf("%+v", p.totals))
}
