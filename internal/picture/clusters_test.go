package picture

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"vigil/internal/country"
	"vigil/internal/geo"
	"vigil/internal/incident"
	"vigil/internal/level"
	"vigil/internal/presence"
	"vigil/internal/safetext"
)

// placed is where the clusters of a view stand, by area.
func placed(v View) map[string]Cluster {
	all := map[string]Cluster{}
	var spots []Spot
	for id := range v.Incidents() {
		if at, _, ok := v.Point(id); ok {
			spots = append(spots, Spot{id, at})
		}
	}
	for _, c := range v.Clusters(spots) {
		all[c.Country.String()+" "+c.Area.String()] = c
	}
	return all
}

func crew(n int, p incident.Point) []presence.Person {
	var people []presence.Person
	for k := range n {
		at := incident.Point{Lat: p.Lat + float64(k)/1000, Lon: p.Lon}
		people = append(people, person(string(rune('a'+k)), &at, incident.National))
	}
	return people
}

func TestClusters(t *testing.T) {
	in := func(place string) edit { return func(i *incident.Incident) { i.Place = safetext.Clean(place) } }
	for _, tt := range []struct {
		name   string
		people []presence.Person
		say    []edit
		want   incident.Point // zero: not placed
	}{
		{name: "four are too few", people: crew(4, gao)},
		{name: "five are a crowd, to half a degree", people: crew(5, gao), want: incident.Point{Lat: 16.5, Lon: 0}},
		{name: "where its incidents were", people: crew(4, gao), say: []edit{in("gao"), at(north(10), 0)}, want: north(10)},
		{name: "not where others were", people: crew(4, gao), say: []edit{in("Kidal"), at(north(10), 0)}},
		{name: "nor what is restricted", people: crew(4, gao), say: []edit{in("Gao"), at(north(10), 0), func(i *incident.Incident) {
			i.Handling = incident.Known(incident.Restricted)
		}}},
		{name: "nor what is misplaced", people: crew(4, gao), say: []edit{in("Gao"), at(incident.Point{Lat: 52, Lon: 13}, 0)}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t)
			b.staff(now.Add(-time.Hour), tt.people...)
			if tt.say != nil {
				b.say("radio", record("x", append([]edit{occurred(incident.At(now.Add(-time.Hour)))}, tt.say...)...))
			}
			got := placed(b.view())["MLI Gao"]
			if got.People.Total != len(tt.people) || got.Placed != (tt.want != incident.Point{}) || geo.Distance(got.At, tt.want) > 0.1 {
				t.Errorf("%+v, want %v", got, tt.want)
			}
		})
	}
}

// TestAClusterIsNobodysPosition: to half a degree, whoever stands where; a security lead sees where.
func TestAClusterIsNobodysPosition(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		p := incident.Point{Lat: rapid.Float64Range(11, 24).Draw(rt, "lat"), Lon: rapid.Float64Range(-11, 4).Draw(rt, "lon")}
		n := rapid.IntRange(1, 9).Draw(rt, "people")
		b := newBench(t)
		b.staff(now.Add(-time.Hour), crew(n, p)...)
		got := placed(b.view())["MLI Gao"]
		if got.Placed != (n >= 5) || got.Placed && (math.Mod(got.At.Lat, coarse) != 0 || math.Mod(got.At.Lon, coarse) != 0) {
			rt.Fatalf("%d around %v are drawn at %v", n, p, got.At)
		}
		if lead := placed(b.store.Publish(now).For(SecurityLead))["MLI Gao"]; !lead.Placed || geo.Distance(lead.At, p) > 1 {
			rt.Fatalf("to a lead %d around %v are drawn at %v", n, p, lead.At)
		}
	})
}

// TestClustersOfNoArea: staff of whom only the country is known stand in no place, and in their own country.
func TestClustersOfNoArea(t *testing.T) {
	b := newBench(t)
	count := func(c country.Code, n int) presence.Headcount {
		return presence.Headcount{Country: c, Count: n, Recruitment: incident.Known(incident.National), AsOf: incident.At(now.Add(-time.Hour))}
	}
	f := presence.File{Source: "heads", Headcounts: []presence.Headcount{count(country.MLI, 30), count(country.NER, 7)}, AsOf: now.Add(-time.Hour)}
	b.store.SetPresence(PresenceSet{presence.Reconcile([]presence.File{f})}, b.at)
	got := placed(b.view())
	if len(got) != 2 || got["MLI "].People.Total != 30 || got["NER "].People.Total != 7 || got["MLI "].Placed || got["NER "].Placed {
		t.Errorf("%+v", got)
	}
}

// TestTheCapitalIsWhereItIs: staff of the area that is the capital, or has it by the official levels, stand there, and nobody else.
func TestTheCapitalIsWhereItIs(t *testing.T) {
	for area, want := range map[string]bool{"bamako": true, "Capital district": true, "Kidal": false} {
		b := newBench(t)
		b.store.SetLevels(LevelSet{{Country: country.MLI, Areas: []level.Area{
			{Name: safetext.Const("Capital district"), Places: []safetext.Text{safetext.Const("Bamako")}, Level: 2}, {Name: safetext.Const("North"), Level: 4},
		}}}, b.at)
		f := presence.File{Source: "heads", AsOf: now.Add(-time.Hour), Headcounts: []presence.Headcount{{
			Country: country.MLI, Area: safetext.Clean(area), Count: 30, Recruitment: incident.Known(incident.National), AsOf: incident.At(now.Add(-time.Hour)),
		}}}
		b.store.SetPresence(PresenceSet{presence.Reconcile([]presence.File{f})}, b.at)
		got := placed(b.view())["MLI "+area]
		if got.People.Total != 30 || got.Placed != want || want && geo.Distance(got.At, incident.Point{Lat: 12.65, Lon: -8}) > 10 {
			t.Errorf("%s: %+v", area, got)
		}
	}
}

// TestMiddle: over the antimeridian, too.
func TestMiddle(t *testing.T) {
	m := map[string]*middle{}
	add(m, "x", incident.Point{Lat: -16, Lon: 179})
	add(m, "x", incident.Point{Lat: -18, Lon: -179})
	if p := m["x"].point(); p.Lat != -17 || math.Abs(p.Lon) != 180 {
		t.Errorf("%v", p)
	}
}

// TestStamp: it changes with whatever is said of the incident, and with nothing else.
func TestStamp(t *testing.T) {
	b := newBench(t)
	when := occurred(incident.At(now.Add(-time.Hour)))
	b.say("radio", record("x", when, at(gao, 1)))
	stamp := func() Stamp {
		v := b.view()
		for id := range v.Incidents() {
			if f, ok := v.Facts(id); ok && v.Identity(id).ID.String() == "x" {
				return f.Stamp()
			}
		}
		t.Fatal("it is not there")
		return Stamp{}
	}
	first := stamp()
	b.say("radio", record("y", when))
	if stamp() != first {
		t.Error("it changes with another incident")
	}
	b.say("radio", record("x", when, at(north(10), 1), func(i *incident.Incident) { i.Type, i.Version = incident.Update, 2 }))
	second := stamp()
	if second == first {
		t.Error("it does not change with a correction")
	}
	b.say("radio", record("x", when, func(i *incident.Incident) { i.Type, i.Version = incident.Cancel, 3 }))
	if stamp() == second {
		t.Error("it does not change with a cancel")
	}
}
