package correlate_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"vigil/internal/correlate"
	"vigil/internal/country"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// world is a desk that changes: the incidents present, by ID.
type world struct {
	present map[correlate.ID]*incident.Incident
	ids     map[incident.Identity]correlate.ID
	asked   int
}

func newWorld() *world {
	return &world{present: map[correlate.ID]*incident.Incident{}, ids: map[incident.Identity]correlate.ID{}}
}

func (w *world) Incident(id correlate.ID) *incident.Incident {
	w.asked++
	return w.present[id]
}

func (w *world) When(id correlate.ID) int64 {
	if i := w.present[id]; i != nil {
		return i.Occurred.Start.Unix()
	}
	return 0
}

func (w *world) Find(name incident.Identity) (correlate.ID, bool) {
	id, ok := w.ids[name]
	return id, ok
}

func (w *world) put(s *correlate.Set, i *incident.Incident) {
	id, known := w.ids[i.Identity]
	if !known {
		id = correlate.ID(len(w.ids) + 1)
		w.ids[i.Identity] = id
	}
	w.present[id] = i
	if s.Hear(i.Identity.Authority) {
		w.touchAll(s)
	}
	s.Touch(id)
}

func (w *world) touchAll(s *correlate.Set) {
	for _, id := range w.ids {
		s.Touch(id)
	}
}

func (w *world) choose(s *correlate.Set, chosen []correlate.Choice) {
	if s.Choose(chosen) {
		w.touchAll(s)
	}
}

func (w *world) remove(s *correlate.Set, name incident.Identity) {
	if id, known := w.ids[name]; known {
		delete(w.present, id)
		s.Touch(id)
	}
}

// drawn writes the groups and proposals of a set down by identity, in an order of their own.
func (w *world) drawn(s *correlate.Set) string {
	names := map[correlate.ID]string{}
	for name, id := range w.ids {
		names[id] = name.Authority.String() + "/" + name.ID.String()
	}
	var lines []string
	for id, name := range names {
		line := name
		if g := s.Group(id); g != nil {
			for _, m := range g.Members {
				line += " with " + names[m]
			}
			for _, j := range g.Joins {
				line += fmt.Sprintf(" join %s %s %d %s", names[j.A], names[j.B], j.Points, j.Choice)
			}
		}
		for _, p := range s.Proposals(id) {
			line += fmt.Sprintf(" perhaps %s %d %t", names[p.Other], p.Points, p.Rival)
		}
		if line != name {
			lines = append(lines, line)
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// crowded draws incidents that are close to each other: few places, days, acts and sources.
func crowded(t *rapid.T, label string) *incident.Incident {
	mali, niger := code("MLI"), code("NER")
	i := &incident.Incident{
		Identity: incident.Identity{
			Authority: safetext.Clean(rapid.SampledFrom([]string{"a", "b", "c", "d"}).Draw(t, label+" authority")),
			ID:        safetext.Clean(fmt.Sprint(rapid.IntRange(1, 4).Draw(t, label+" id"))),
		},
		Act:     incident.Known(rapid.SampledFrom([]incident.Act{incident.Killing, incident.Shooting, incident.Abduction, incident.ActUnknown}).Draw(t, label+" act")),
		Details: safetext.Clean(rapid.SampledFrom([]string{"", "two nurses shot at the Ansongo checkpoint", "two nurses shot at a checkpoint near Ansongo", "convoy looted near Menaka"}).Draw(t, label+" text")),
		Place:   safetext.Clean(rapid.SampledFrom([]string{"", "Ansongo", "Ménaka"}).Draw(t, label+" place")),
	}
	i.Countries = rapid.SampledFrom([][]country.Code{nil, {mali}, {mali}, {mali}, {mali}, {mali}, {niger}, {mali, niger}}).Draw(t, label+" country")
	day := time.Date(2026, 11, 29, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 3).Draw(t, label+" day"))
	precision := rapid.SampledFrom([]incident.Precision{incident.ToDate, incident.ToDate, incident.ToDate, incident.ToDate, incident.ToTime, incident.ToMonth, incident.Unstated}).Draw(t, label+" precision")
	if precision != incident.Unstated {
		i.Occurred = incident.When{Start: day, Precision: precision}
	}
	if precision == incident.ToMonth {
		i.Occurred.Start = day.AddDate(0, 0, 1-day.Day())
	}
	if rapid.Bool().Draw(t, label+" pointed") {
		i.HasPoint, i.Point = true, incident.Point{Lat: 15.6 + float64(rapid.IntRange(0, 2).Draw(t, label+" lat")), Lon: 0.5}
	}
	if n := rapid.IntRange(-1, 2).Draw(t, label+" killed"); n >= 0 {
		i.Affected = incident.Breakdown{{Outcome: incident.Known(incident.Killed), Count: n}}
	}
	switch rapid.IntRange(0, 15).Draw(t, label+" kind") {
	case 0:
		i.Handling = incident.Known(incident.Restricted)
	case 1:
		i.Class = incident.Report
	case 2:
		i.Verification = incident.Known(incident.Refuted)
	case 3:
		i.Links = []safetext.Text{safetext.Const("https://earthquake.usgs.gov/earthquakes/eventpage/us6000a5r3")}
	case 4:
		i.Act, i.Threat = incident.Known(incident.Earthquake), incident.Known(incident.Hazard)
	}
	return i
}

func code(s string) country.Code { c, _ := country.Parse(s); return c }

func drawChoice(t *rapid.T, n int) correlate.Choice {
	c := correlate.Choice{ID: fmt.Sprint("choice ", n), Apart: rapid.Bool().Draw(t, "apart")}
	for range rapid.IntRange(2, 3).Draw(t, "of") {
		c.Incidents = append(c.Incidents, incident.Identity{
			Authority: safetext.Clean(rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "of authority")),
			ID:        safetext.Clean(fmt.Sprint(rapid.IntRange(1, 4).Draw(t, "of id"))),
		})
	}
	return c
}

// scratch makes the events of the world as it is, anew, its incidents in another order.
func (w *world) scratch(t *rapid.T, chosen []correlate.Choice) string {
	names := make([]incident.Identity, 0, len(w.ids))
	for name := range w.ids {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b incident.Identity) int {
		return strings.Compare(a.Authority.String()+a.ID.String(), b.Authority.String()+b.ID.String())
	})
	names = rapid.Permutation(names).Draw(t, "order")
	fresh := newWorld()
	s := correlate.NewSet(fresh)
	for _, name := range names {
		if i := w.present[w.ids[name]]; i != nil {
			fresh.put(s, i)
		}
	}
	fresh.choose(s, chosen)
	s.Settle(1 << 20)
	return fresh.drawn(s)
}

// What arrives, changes, goes and is chosen, in whatever order and however the work is cut up, comes to the same events as
// everything anew.
func TestEventsFollowWhatArrives(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWorld()
		s := correlate.NewSet(w)
		var chosen []correlate.Choice
		for n := range rapid.IntRange(1, 40).Draw(t, "steps") {
			switch rapid.IntRange(0, 9).Draw(t, "step") {
			case 0:
				w.remove(s, crowded(t, "gone").Identity)
			case 1:
				chosen = append(chosen, drawChoice(t, n))
				w.choose(s, chosen)
			case 2:
				s.Settle(rapid.IntRange(0, 3).Draw(t, "limit"))
			default:
				w.put(s, crowded(t, "new"))
			}
		}
		for s.Settle(2); s.Left() > 0; s.Settle(2) {
		}
		s.Settle(0)
		if have, want := w.drawn(s), w.scratch(t, chosen); have != want {
			t.Fatalf("as it went:\n%s\nanew:\n%s", have, want)
		}
		holdsTogether(t, w, s, chosen)
	})
}

// holdsTogether checks what no group may ever be.
func holdsTogether(t *rapid.T, w *world, s *correlate.Set, chosen []correlate.Choice) {
	for id := range w.present {
		g := s.Group(id)
		if g == nil {
			continue
		}
		byChoice := slices.ContainsFunc(g.Joins, func(j correlate.Join) bool { return j.Choice != "" })
		for n, a := range g.Members {
			for _, b := range g.Members[n+1:] {
				x, y := w.present[a], w.present[b]
				if x.Restricted() != y.Restricted() || x.Class == incident.Report || y.Class == incident.Report {
					t.Fatalf("%v and %v are one event", x, y)
				}
				v := correlate.Score(correlate.Of(x), correlate.Of(y))
				if back := correlate.Score(correlate.Of(y), correlate.Of(x)); v.Points != back.Points || v.Kind != back.Kind {
					t.Fatalf("%v one way, %v the other", v, back)
				}
				if v.Contradicts && !byChoice {
					t.Fatalf("a chain: %v\n%v\n%v", v, x, y)
				}
			}
		}
		if len(g.Joins) != len(g.Members)-1 {
			t.Fatalf("%d members by %d joins", len(g.Members), len(g.Joins))
		}
	}
	if len(chosen) == 0 {
		return
	}
	last := chosen[len(chosen)-1]
	a, okA := w.ids[last.Incidents[0]]
	b, okB := w.ids[last.Incidents[1]]
	if okA && okB && a != b && w.present[a] != nil && w.present[b] != nil {
		together := s.Group(a) != nil && s.Group(a) == s.Group(b)
		_, may := correlate.Of(w.present[a]).Joinable(correlate.Of(w.present[b]))
		if last.Apart && together || !last.Apart && may && !together && len(last.Incidents) == 2 {
			t.Fatalf("the last choice does not hold: %v, together %t", last, together)
		}
	}
}

func TestOneSourceCostsNothing(t *testing.T) {
	w := newWorld()
	s := correlate.NewSet(w)
	for n := range 1000 {
		w.put(s, &incident.Incident{Identity: incident.Identity{Authority: safetext.Const("radio"), ID: safetext.Clean(fmt.Sprint(n))}})
	}
	if changed := s.Settle(1 << 20); len(changed) > 0 || w.asked > 0 || s.Left() > 0 {
		t.Errorf("%d changed, %d looked at, %d left", len(changed), w.asked, s.Left())
	}
}

func at(s string) incident.When { w, _ := incident.ParseWhen(s); return w }

// record makes an incident of few words: authority/id, time, act, place, killed.
func record(name, when string, act incident.Act, place string, lat, lon float64, killed int) *incident.Incident {
	authority, id, _ := strings.Cut(name, "/")
	i := &incident.Incident{
		Identity: incident.Identity{Authority: safetext.Clean(authority), ID: safetext.Clean(id)}, Occurred: at(when),
		Act: incident.Known(act), Place: safetext.Clean(place), Countries: []country.Code{code("MLI")},
		Point: incident.Point{Lat: lat, Lon: lon}, HasPoint: lat != 0,
		Affected: incident.Breakdown{{Outcome: incident.Known(incident.Killed), Count: killed}},
		Title:    safetext.Const("Pickup chased"), // something beside place and act: what says nothing is merged with nothing
	}
	if act.Hazard() {
		i.Threat, i.Affected = incident.Known(incident.Hazard), nil
	}
	return i
}

func events(chosen []correlate.Choice, list ...*incident.Incident) (*world, *correlate.Set) {
	w := newWorld()
	s := correlate.NewSet(w)
	for _, i := range list {
		w.put(s, i)
	}
	w.choose(s, chosen)
	s.Settle(1 << 20)
	return w, s
}

func name(s string) incident.Identity {
	authority, id, _ := strings.Cut(s, "/")
	return incident.Identity{Authority: safetext.Clean(authority), ID: safetext.Clean(id)}
}

func (w *world) together(s *correlate.Set, a, b string) bool {
	g := s.Group(w.ids[name(a)])
	return g != nil && g == s.Group(w.ids[name(b)])
}

func TestRivalsAreProposedAndNotMerged(t *testing.T) {
	w, s := events(nil,
		record("field/1", "2026-11-20", incident.Shooting, "Ansongo", 15.66, 0.5, 1),
		record("acled/1", "2026-11-20", incident.Shooting, "Ansongo", 15.66, 0.5, 1),
		record("acled/2", "2026-11-20", incident.Shooting, "Ansongo", 15.66, 0.5, 1),
	)
	if w.together(s, "field/1", "acled/1") || w.together(s, "field/1", "acled/2") {
		t.Error("one of two that fit as well was taken")
	}
	if p := s.Proposals(w.ids[name("field/1")]); len(p) != 2 || !p[0].Rival {
		t.Errorf("proposals %v", p)
	}
}

func TestChoicesGoBeforeScores(t *testing.T) {
	list := []*incident.Incident{
		record("field/1", "2026-11-20", incident.Shooting, "Ansongo", 15.66, 0.5, 1),
		record("acled/1", "2026-11-20", incident.Shooting, "Ansongo", 15.66, 0.5, 1),
		record("radio/1", "2026-11-28", incident.Protest, "Kidal", 18.4, 1.4, 0),
		record("radio/2", "2026-11-28", incident.Protest, "Kidal", 18.4, 1.4, 0),
	}
	join := func(id string, names ...string) correlate.Choice { return choice(id, false, names...) }
	part := func(id string, names ...string) correlate.Choice { return choice(id, true, names...) }
	tests := []struct {
		name     string
		chosen   []correlate.Choice
		together [][2]string
		apart    [][2]string
	}{
		{"none", nil, [][2]string{{"field/1", "acled/1"}}, [][2]string{{"field/1", "radio/1"}}},
		{"apart", []correlate.Choice{part("1", "field/1", "acled/1")}, nil, [][2]string{{"field/1", "acled/1"}}},
		{"apart and together again", []correlate.Choice{part("1", "field/1", "acled/1"), join("2", "acled/1", "field/1")}, [][2]string{{"field/1", "acled/1"}}, nil},
		{"what no score would join", []correlate.Choice{join("1", "field/1", "radio/1")}, [][2]string{{"field/1", "radio/1"}}, nil},
		{"two of one source", []correlate.Choice{join("1", "radio/1", "radio/2")}, [][2]string{{"radio/1", "radio/2"}}, nil},
		{
			"the first of three apart from the others",
			[]correlate.Choice{join("1", "field/1", "radio/1", "radio/2"), part("2", "field/1", "radio/1", "radio/2")},
			[][2]string{{"radio/1", "radio/2"}},
			[][2]string{{"field/1", "radio/1"}},
		},
		{
			"a later choice parts what an earlier chain joined",
			[]correlate.Choice{join("1", "field/1", "radio/1"), join("2", "radio/1", "radio/2"), part("3", "field/1", "radio/2")},
			[][2]string{{"radio/1", "radio/2"}},
			[][2]string{{"field/1", "radio/1"}},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w, s := events(tt.chosen, list...)
			for _, p := range tt.together {
				if !w.together(s, p[0], p[1]) {
					t.Errorf("%v are two", p)
				}
			}
			for _, p := range tt.apart {
				if w.together(s, p[0], p[1]) {
					t.Errorf("%v are one", p)
				}
			}
		})
	}
}

func choice(id string, apart bool, names ...string) correlate.Choice {
	c := correlate.Choice{ID: id, Apart: apart}
	for _, n := range names {
		c.Incidents = append(c.Incidents, name(n))
	}
	return c
}
