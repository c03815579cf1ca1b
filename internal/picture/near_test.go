package picture

import (
	"fmt"
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"vigil/internal/country"
	"vigil/internal/geo"
	"vigil/internal/incident"
	"vigil/internal/presence"
	"vigil/internal/safetext"
)

// Gao, and places at known distances from it.
var gao = incident.Point{Lat: 16.27, Lon: -0.04}

func north(km float64) incident.Point { return incident.Point{Lat: gao.Lat + km/111.195, Lon: gao.Lon} }

func person(id string, at *incident.Point, who incident.Recruitment) presence.Person {
	p := presence.Person{
		ID: safetext.Clean(id), Country: country.MLI, Area: safetext.Const("Gao"), Recruitment: incident.Known(who),
		LastContact: incident.At(now.Add(-time.Hour)),
	}
	if at != nil {
		p.Point, p.HasPoint = *at, true
	}
	return p
}

func (b *bench) staff(asOf time.Time, people ...presence.Person) {
	f := presence.File{Source: "roster", People: people, AsOf: asOf}
	b.store.SetPresence(PresenceSet{presence.Reconcile([]presence.File{f})}, b.at)
}

func at(p incident.Point, accuracy float64) func(*incident.Incident) {
	return func(i *incident.Incident) { i.Point, i.HasPoint, i.Accuracy = p, true, accuracy }
}

func TestNear(t *testing.T) {
	close, edge, far := north(5), north(24), north(200)
	people := []presence.Person{
		person("a", &close, incident.National), person("b", &edge, incident.International), person("c", &far, incident.National),
		person("d", nil, incident.International),
	}
	abroad := person("e", &close, incident.National)
	abroad.Country = country.NER
	tests := []struct {
		name          string
		incident      func(*incident.Incident)
		asOf          time.Time
		people        []presence.Person
		sure, perhaps People
		noFix         int
		unbounded     bool
	}{
		{name: "exact", incident: at(gao, 0.1), people: people, sure: People{2, 1, 1}, perhaps: People{1, 0, 1}, noFix: 1},
		{name: "as exact as a town", incident: at(gao, 0), people: people, sure: People{1, 1, 0}, perhaps: People{2, 0, 2}, noFix: 1},
		{name: "vague", incident: at(gao, 300), people: people, perhaps: People{4, 2, 2}, noFix: 1},
		{name: "nowhere", incident: func(*incident.Incident) {}, people: people, perhaps: People{4, 2, 2}, noFix: 1},
		{name: "an old roster", incident: at(gao, 0.1), asOf: now.Add(-3 * Day), people: people, sure: People{2, 1, 1}, perhaps: People{1, 0, 1}, noFix: 1, unbounded: true},
		{name: "nobody says anything", incident: at(gao, 0.1), unbounded: true},
		{name: "from a neighbour", incident: at(gao, 0.1), people: append([]presence.Person{abroad}, people[2]), sure: People{1, 1, 0}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t)
			if len(tt.people) > 0 {
				asOf := tt.asOf
				if asOf.IsZero() {
					asOf = now.Add(-time.Hour)
				}
				b.staff(asOf, tt.people...)
			}
			b.say("radio", record("x", occurred(incident.At(now.Add(-time.Hour))), tt.incident))
			v := b.view()
			n := v.Near(v.At(0), 25)
			if n.Sure != tt.sure || n.Perhaps != tt.perhaps || n.NoFix.Total != tt.noFix || n.Unbounded != tt.unbounded {
				t.Errorf("got %+v", n)
			}
		})
	}
}

// A position that is not of now is none.
func TestAnOldFixIsNone(t *testing.T) {
	close := north(5)
	p := person("a", &close, incident.National)
	p.LastContact = incident.At(now.Add(-3 * Day))
	b := newBench(t)
	b.staff(now.Add(-time.Hour), p)
	b.say("radio", record("x", occurred(incident.At(now.Add(-time.Hour))), at(gao, 0.1)))
	v := b.view()
	if n := v.Near(v.At(0), 25); n.Sure.Total != 0 || n.NoFix.Total != 1 || n.Unbounded {
		t.Errorf("got %+v", n)
	}
}

func TestNearOfWhatIsRestricted(t *testing.T) {
	close := north(5)
	b := newBench(t)
	b.staff(now.Add(-time.Hour), person("a", &close, incident.National))
	b.say("radio", record("x", occurred(incident.At(now.Add(-time.Hour))), at(gao, 0.1), func(i *incident.Incident) {
		i.Handling = incident.Known(incident.Restricted)
	}))
	v := b.view()
	if n := v.Near(v.At(0), 25); n != (Near{Unbounded: true}) {
		t.Errorf("a duty officer sees %+v", n)
	}
	if v.Token(v.At(0)) == "" || v.Identity(v.At(0)).ID.String() != "" {
		t.Error("no token, or a name")
	}
}

// Whoever is really within the distance is counted, wherever within the stated accuracies the two are.
func TestNearIsSound(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		b := newBench(t)
		accuracy := rapid.Float64Range(0.5, 60).Draw(rt, "accuracy")
		really := north(rapid.Float64Range(-1, 1).Draw(rt, "off") * accuracy * 0.99)
		var people []presence.Person
		within := 0
		for k := range rapid.IntRange(1, 6).Draw(rt, "people") {
			is := north(rapid.Float64Range(-120, 120).Draw(rt, "where"))
			slack := rapid.Float64Range(0, 10).Draw(rt, "slack")
			said := incident.Point{Lat: is.Lat + rapid.Float64Range(-1, 1).Draw(rt, "said")*slack*0.99/111.195, Lon: is.Lon}
			p := person(fmt.Sprint(k), &said, incident.National)
			p.Accuracy = slack * 1000
			people = append(people, p)
			if geo.Distance(really, is) <= 25 {
				within++
			}
		}
		b.staff(now.Add(-time.Hour), people...)
		b.say("radio", record("x", occurred(incident.At(now.Add(-time.Hour))), at(gao, accuracy)))
		v := b.view()
		n := v.Near(v.At(0), 25)
		if n.Sure.Total > within || n.Sure.Total+n.Perhaps.Total < within {
			rt.Fatalf("%d are within, and it says %+v", within, n)
		}
		if math.Signbit(float64(n.Perhaps.Total)) {
			rt.Fatal("negative")
		}
	})
}

func TestThere(t *testing.T) {
	b := newBench(t)
	elsewhere, nowhere := person("b", nil, incident.National), person("c", nil, incident.National)
	elsewhere.Area, nowhere.Area = safetext.Const("Kidal"), safetext.Text{}
	b.staff(now.Add(-time.Hour), person("a", nil, incident.National), elsewhere, nowhere)
	b.say("radio", record("x", occurred(incident.At(now.Add(-time.Hour))), func(i *incident.Incident) { i.Place = safetext.Const("gao") }))
	v := b.view()
	if least, most, known := v.There(v.At(0)); least != 1 || most != 2 || !known {
		t.Errorf("got %d to %d, %t", least, most, known)
	}
}
