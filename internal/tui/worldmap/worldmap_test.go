package worldmap

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"vigil/internal/country"
	"vigil/internal/figure"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/level"
	"vigil/internal/picture"
	"vigil/internal/risk"
	"vigil/internal/safetext"
	"vigil/internal/tui/aloud"
	"vigil/internal/tui/canvas"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/tuitest"
)

func open() screen.Screen { return New(country.Unknown) }

// home is a desk whose home countries are these; nothing is known of them, and nobody sees them.
func home(codes ...country.Code) *tuitest.Desk {
	d := tuitest.Empty()
	o := picture.Options{Desk: picture.Desk{Name: safetext.Const("Home")}, Risk: risk.Default()}
	for _, c := range codes {
		o.Countries = append(o.Countries, picture.CountryOption{Code: c})
	}
	d.Store.SetOptions(o)
	return d
}

// at is an incident in a country with a position.
func at(d *tuitest.Desk, id string, c country.Code, p point, ago time.Duration, change func(*incident.Incident)) {
	d.Arrive(tuitest.Report{
		Source: "radio", ID: id, When: tuitest.Now.Add(-ago).Format(time.RFC3339), Received: ago - time.Minute, Country: c.Alpha3(), Place: "Place of " + id,
		Act: incident.Shooting, Threat: incident.ArmedConflict,
		Change: func(i *incident.Incident) {
			i.Point, i.HasPoint = p, true
			if change != nil {
				change(i)
			}
		},
	})
}

func draw(s *Screen, f screen.Frame) string { return strings.Join(s.Lines(f), "\n") }

func TestGoldens(t *testing.T) {
	v := tuitest.Expecting().View()
	tuitest.Goldens(t, "map", v, open)
	small := tuitest.Frame(t, v, tuitest.Size{Width: 40, Height: 12})
	tuitest.Golden(t, "map-40x12", open().Lines(small))
	f := tuitest.Frame(t, v, tuitest.Sizes[0])
	tuitest.Golden(t, "empty", open().Lines(tuitest.Frame(t, home().View(), tuitest.Sizes[0])))
	tuitest.Golden(t, "blind", open().Lines(tuitest.Frame(t, tuitest.Empty().View(), tuitest.Sizes[0])))
	pressed := func(name string, f screen.Frame, ids ...keys.ID) {
		s := New(country.MLI)
		for _, id := range ids {
			if ask := s.Key(id, f); strings.Contains(ask.Say, "no ") {
				t.Errorf("%s: %s", name, ask.Say)
			}
		}
		tuitest.Golden(t, name, s.Lines(f))
	}
	pressed("world-80x24", f, keys.Bottom)
	pressed("world-200x60", tuitest.Frame(t, v, tuitest.Sizes[2]), keys.Bottom)
	pressed("ring-132x43", tuitest.Frame(t, v, tuitest.Sizes[1]), keys.NextPane, keys.ZoomIn, keys.ZoomIn, keys.ZoomIn)
	pressed("estimate-80x24", f, keys.Shade)
	pressed("blocks-80x24", f, keys.Dots)
	pacific := home(country.FJI, country.KIR, country.NRU, country.WSM, country.TUV, country.VUT)
	at(pacific, "east", country.FJI, point{Lat: -18.1, Lon: -178.8}, time.Hour, nil)
	at(pacific, "west", country.FJI, point{Lat: -17.7, Lon: 177.4}, 30*time.Hour, nil)
	tuitest.Golden(t, "pacific-132x43", New(country.FJI).Lines(tuitest.Frame(t, pacific.View(), tuitest.Sizes[1])))
}

func TestContract(t *testing.T) { tuitest.Walk(t, open) }

// TestEverySmallStateBearsItsCode on a map of the world on a narrow terminal, in every way of showing dots, where it is the desk's own.
func TestEverySmallStateBearsItsCode(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		c := rapid.SampledFrom(country.All()).Draw(rt, "country")
		if c == country.ATA {
			return
		}
		f := tuitest.Frame(t, home(c).View(), tuitest.Sizes[0])
		s := New(c)
		for range rapid.IntRange(0, 2).Draw(rt, "coarse") {
			s.Key(keys.Dots, f)
		}
		if rapid.Bool().Draw(rt, "world") {
			s.Key(keys.Bottom, f)
		}
		s.cursor = country.Unknown // the cursor's own name is no proof
		s.news.follow(f.View)
		lines := s.chart.draw(f, &s.news, ask{p: s.projection(f), dots: s.dots(f)})
		if text := strings.Join(lines, "\n"); !strings.Contains(text, c.Alpha3()+" ") {
			rt.Fatalf("%s is not on\n%s", c, text)
		}
	})
}

// TestNeighboursAllBearTheirFigure: of several small states side by side none is without its figure.
func TestNeighboursAllBearTheirFigure(t *testing.T) {
	v := home(country.MLT, country.NRU, country.SGP, country.PSE, country.LBN, country.ISR, country.JOR, country.SYR, country.RWA, country.BDI, country.GMB).View()
	f := tuitest.Frame(t, v, tuitest.Sizes[1])
	s := New(country.MLT)
	s.Key(keys.Bottom, f)
	text := draw(s, f)
	if s.chart.nameless > 0 || len(s.chart.labels) != 11 {
		t.Errorf("%d without a name, %d with one:\n%s", s.chart.nameless, len(s.chart.labels), text)
	}
	for _, c := range []string{"MLT", "NRU", "SGP", "GMB"} {
		if !strings.Contains(text, c) {
			t.Errorf("%s is not on\n%s", c, text)
		}
	}
}

// TestANameStandsAtItsCountry: however many there are side by side, none stands where another country is, and no letter alone at the end of a
// name. What has no room is counted.
func TestANameStandsAtItsCountry(t *testing.T) {
	var codes []country.Code
	for c := range strings.FieldsSeq("MLI NER TCD SDN SSD SOM KEN UGA RWA BDI COD CAF CMR NGA BEN TGO GHA CIV LBR SLE GIN GNB SEN GMB MRT") {
		codes = append(codes, country.MustParse(c))
	}
	v := home(codes...).View()
	for _, size := range tuitest.Sizes {
		f := tuitest.Frame(t, v, size)
		s := New(country.MLI)
		s.Key(keys.Bottom, f)
		text := draw(s, f)
		p := s.projection(f)
		taken := map[cell]bool{}
		for code, at := range s.chart.labels {
			anchor, ok := s.chart.anchorOf(code, p)
			if !ok {
				t.Fatalf("%s has no place", code)
			}
			const lines, cells = 2, 6
			if n := width(at.text); abs(at.y-anchor.y) > lines || at.x > anchor.x+cells || at.x+n < anchor.x-cells {
				t.Errorf("at %v %q stands at %d,%d and %s is at %d,%d:\n%s", size, at.text, at.x, at.y, code, anchor.x, anchor.y, text)
			}
			for x := range width(at.text) {
				taken[cell{at.x + x, at.y}] = true
			}
		}
		for code, at := range s.chart.labels {
			if taken[cell{at.x - 1, at.y}] || taken[cell{at.x + width(at.text), at.y}] {
				t.Errorf("at %v the name of %s runs into another:\n%s", size, code, text)
			}
		}
		if len(s.chart.labels)+s.chart.nameless != len(codes) {
			t.Errorf("at %v %d names and %d without one are not %d", size, len(s.chart.labels), s.chart.nameless, len(codes))
		}
	}
}

func abs(n int) int { return max(n, -n) }

// TestTheCursorReachesEveryCountry by the arrows alone, and the one that it is on is named on the map and below it.
func TestTheCursorReachesEveryCountry(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		codes := rapid.SliceOfNDistinct(rapid.SampledFrom(country.All()), 2, 12, func(c country.Code) country.Code { return c }).Draw(rt, "countries")
		v := home(codes...).View()
		f := tuitest.Frame(t, v, tuitest.Sizes[0])
		seen := map[country.Code]bool{codes[0]: true}
		for todo := []country.Code{codes[0]}; len(todo) > 0; todo = todo[1:] {
			for _, id := range []keys.ID{keys.Up, keys.Down, keys.Left, keys.Right} {
				s := New(todo[0])
				s.Key(id, f)
				if !seen[s.cursor] {
					seen[s.cursor] = true
					todo = append(todo, s.cursor)
				}
			}
		}
		if len(seen) != len(codes) {
			rt.Fatalf("from %s %d of %v are reached", codes[0], len(seen), codes)
		}
	})
}

// TestBackAndForth: a step back leads where the cursor was.
func TestBackAndForth(t *testing.T) {
	v := home(country.All()...).View()
	f := tuitest.Frame(t, v, tuitest.Sizes[0])
	back := map[keys.ID]keys.ID{keys.Up: keys.Down, keys.Down: keys.Up, keys.Left: keys.Right, keys.Right: keys.Left}
	s := New(country.MLI)
	rapid.Check(t, func(rt *rapid.T) {
		s.cursor, s.came = rapid.SampledFrom(country.All()).Draw(rt, "from"), step{}
		id := rapid.SampledFrom([]keys.ID{keys.Up, keys.Down, keys.Left, keys.Right}).Draw(rt, "key")
		was := s.cursor
		if s.Cannot(id, f) != "" {
			return
		}
		s.Key(id, f)
		if s.cursor == was {
			rt.Fatalf("%s leads nowhere from %s", id, was)
		}
		s.Key(back[id], f)
		if s.cursor != was {
			rt.Fatalf("%s and back leads from %s to %s", id, was, s.cursor)
		}
	})
}

// TestWhatIsDrawnAnew: a step of the cursor draws neither the land nor what stands on it anew, a minute and a picture do not draw the land, and the
// same again draws nothing.
func TestWhatIsDrawnAnew(t *testing.T) {
	d := tuitest.Sahel()
	f := tuitest.Frame(t, d.View(), tuitest.Sizes[2])
	s := New(country.MLI)
	want := func(what string, lands, bases, gathered int) {
		t.Helper()
		s.Lines(f)
		if s.chart.lands != lands || s.chart.bases != bases || s.news.gathered != gathered {
			t.Errorf("%s: land drawn %d times, base %d, news gathered %d; want %d, %d, %d", what, s.chart.lands, s.chart.bases, s.news.gathered, lands, bases, gathered)
		}
	}
	want("first", 1, 1, 1)
	want("again", 1, 1, 1)
	s.Key(keys.Left, f)
	want("a step", 1, 1, 1)
	s.Key(keys.NextPane, f)
	want("an incident", 1, 1, 1)
	f.Now = f.Now.Add(time.Minute)
	want("a minute", 1, 2, 1)
	at(d, "new", country.MLI, point{Lat: 16, Lon: 0}, time.Minute, nil)
	f.View = d.View()
	want("a picture", 1, 3, 2)
	s.Key(keys.Shade, f)
	want("the shading", 1, 4, 2)
	s.Key(keys.ZoomIn, f)
	want("the zoom", 2, 5, 2)
}

// TestAPaneIsDrawnOnce: again only when there is something new to show.
func TestAPaneIsDrawnOnce(t *testing.T) {
	d := tuitest.Sahel()
	f := tuitest.Frame(t, d.View(), tuitest.Size{Width: 82, Height: 17})
	p := &Pane{}
	for _, tt := range []struct {
		what         string
		change       func()
		lands, bases int
	}{
		{"first", func() {}, 1, 1},
		{"again", func() {}, 1, 1},
		{"a picture", func() { f.View = d.View() }, 1, 2},
		{"a size", func() { f.Height = 12 }, 2, 3},
	} {
		tt.change()
		lines := p.Lines(f, country.MLI)
		tuitest.Exact(t, f, lines)
		if p.chart.lands != tt.lands || p.chart.bases != tt.bases || !strings.Contains(strings.Join(lines, "\n"), "MLI") {
			t.Errorf("%s: land %d, base %d", tt.what, p.chart.lands, p.chart.bases)
		}
	}
	tuitest.Exact(t, screen.Frame{Width: 82, Height: 3}, p.Lines(screen.Frame{Width: 82, Height: 3}, country.MLI))
	if p.Lines(f, country.MLI); p.news.gathered != 2 {
		t.Errorf("gathered %d times", p.news.gathered)
	}
}

// TestWhatHasNoPlaceIsCounted, and what is restricted is in none, though its record has a position.
func TestWhatHasNoPlaceIsCounted(t *testing.T) {
	d := home(country.MLI)
	at(d, "here", country.MLI, point{Lat: 16, Lon: 0}, time.Hour, nil)
	at(d, "nowhere", country.MLI, point{}, time.Hour, func(i *incident.Incident) { i.HasPoint = false })
	at(d, "misplaced", country.MLI, point{Lat: 52, Lon: 13}, time.Hour, nil)
	at(d, "long ago", country.MLI, point{Lat: 16, Lon: 0}, 8*24*time.Hour, nil)
	at(d, "expected", country.MLI, point{Lat: 16, Lon: 0}, time.Hour, func(i *incident.Incident) {
		i.Occurred, i.ExpectedFrom = incident.When{}, incident.At(tuitest.Now.Add(time.Hour))
	})
	at(d, "secret", country.MLI, point{Lat: 20, Lon: -1}, time.Hour, func(i *incident.Incident) { i.Handling = incident.Known(incident.Restricted) })
	s := New(country.MLI)
	f := tuitest.Frame(t, d.View(), tuitest.Sizes[1])
	text := draw(s, f)
	if !strings.Contains(text, "3+ in 7 d · 2 not placed · 1 restricted · 1 here") || strings.Contains(text+strings.Join(s.Linear(f), "\n"), "secret") {
		t.Errorf("%s", text)
	}
	if linear := strings.Join(s.Linear(f), "\n"); !strings.Contains(linear, "3 or more in 7 days, 2 of them not placed, 1 restricted") {
		t.Errorf("%s", linear)
	}
	if text := draw(New(country.MLI), tuitest.Frame(t, d.View(), tuitest.Size{Width: 40, Height: 12})); !strings.Contains(text, "7 d 3+ · 3 unplaced") {
		t.Errorf("on a small terminal:\n%s", text)
	}
	s.Key(keys.NextPane, f)
	if e := s.selected(f.View); e == nil || e.row.Place.String() != "Place of here" {
		t.Errorf("selected is %+v", e)
	}
	if s.Key(keys.NextPane, f); s.event != 0 {
		t.Error("behind the last incident is another")
	}
}

// TestHazardsAreCountedApart: the incidents of 7 days are those of the window beside them, and hazards stand by themselves.
func TestHazardsAreCountedApart(t *testing.T) {
	f := tuitest.Frame(t, tuitest.Sahel().View(), tuitest.Sizes[0])
	s := New(tuitest.Country("NER"))
	text := strings.Join(s.Lines(f), "\n")
	c, _ := f.View.Country(tuitest.Country("NER"))
	if week := f.Window(c.Week); !strings.Contains(text, week+" incident") || !strings.Contains(text, "in 7 d, hazards 1") {
		t.Errorf("beside %s in 7 d stands\n%s", week, text)
	}
	n := &s.news
	if all, hazards := n.total(f); hazards != 1 || all != f.AtLeast(len(n.events)-1, false) {
		t.Errorf("of %d there are %s and %d hazards", len(n.events), all, hazards)
	}
}

// TestSeveralAreCounted: incidents in one cell are one mark, that of the gravest, with how many they are.
func TestSeveralAreCounted(t *testing.T) {
	d := home(country.MLI)
	for k := range 12 {
		at(d, fmt.Sprint("o", k), country.MLI, point{Lat: 20, Lon: -1}, 40*time.Hour+time.Duration(k)*time.Hour, nil)
	}
	f := tuitest.Frame(t, d.View(), tuitest.Sizes[0])
	s := New(country.MLI)
	if text := draw(s, f); !strings.Contains(text, "12o") {
		t.Errorf("%s", text)
	}
	at(d, "grave", country.MLI, point{Lat: 20, Lon: -1}, 50*time.Hour, func(i *incident.Incident) { i.Severity = incident.Known(incident.Severe) })
	at(d, "lately", country.MLI, point{Lat: 20, Lon: -1}, time.Hour, nil)
	f.View = d.View()
	if text := draw(s, f); !strings.Contains(text, "14+") {
		t.Errorf("what happened lately goes before what is older:\n%s", text)
	}
}

// TestNewsFollow: an incident that is corrected moves, one that is refuted goes.
func TestNewsFollow(t *testing.T) {
	d := home(country.MLI)
	at(d, "x", country.MLI, point{Lat: 16, Lon: 0}, time.Hour, nil)
	n := &news{}
	n.follow(d.View())
	at(d, "x", country.MLI, point{Lat: 17, Lon: -1}, time.Hour, func(i *incident.Incident) { i.Type, i.Version = incident.Update, 2 })
	n.follow(d.View())
	if len(n.events) != 1 || n.events[0].at.Lat != 17 {
		t.Errorf("%+v", n.events)
	}
	at(d, "y", country.MLI, point{Lat: 20, Lon: 2}, 2*time.Hour, nil)
	if n.follow(d.View()); len(n.events) != 2 || n.texts != 3 {
		t.Errorf("%d incidents, read %d times: one was new, one was corrected", len(n.events), n.texts)
	}
	at(d, "x", country.MLI, point{Lat: 17, Lon: -1}, time.Hour, func(i *incident.Incident) {
		i.Type, i.Version, i.Verification = incident.Update, 3, incident.Known(incident.Refuted)
	})
	n.follow(d.View())
	if len(n.events) != 1 || n.texts != 3 {
		t.Errorf("read %d times: %+v", n.texts, n.events)
	}
}

// TestShades: what is not known, and what nobody sees, is never light, whatever its level is.
func TestShades(t *testing.T) {
	levels := func(max, expired int) picture.Country {
		return picture.Country{
			Coverage: health.Coverage{State: health.Covered},
			Levels:   &level.Country{Areas: []level.Area{{Level: max}}}, Level: level.Summary{Min: max, Max: max, Driver: incident.Crime, Expired: expired},
		}
	}
	ranged := levels(4, 0)
	ranged.Level.Min = 2
	blinded := levels(1, 0)
	blinded.Coverage.State = health.Blind
	known := picture.Country{
		Coverage: health.Coverage{State: health.Covered},
		Estimate: risk.Estimate{Known: true, Worst: risk.Category{Known: true, Band: level.High}},
	}
	for _, tt := range []struct {
		name  string
		c     picture.Country
		by    Shading
		words string
		one   string
		fill  canvas.Pattern
	}{
		{"a level", levels(4, 0), ByLevel, "4C", "4", canvas.Shade4},
		{"an old one", levels(1, 1), ByLevel, "1C!", "*", canvas.Query},
		{"several", ranged, ByLevel, "2–4C", "*", canvas.Shade4},
		{"none", picture.Country{Coverage: health.Coverage{State: health.Covered}}, ByLevel, "?", "?", canvas.Query},
		{"blind", blinded, ByLevel, "1C BLIND", "B", canvas.Hatch},
		{"an estimate", known, ByEstimate, "High", "H", canvas.Shade4},
		{"no estimate", levels(5, 0), ByEstimate, "?", "?", canvas.Query},
		{"blind, of the estimate", blinded, ByEstimate, "BLIND", "B", canvas.Hatch},
	} {
		if s := shadeOf(&tt.c, tt.by, figure.Plain); s.words != tt.words || s.one != tt.one || s.fill != tt.fill {
			t.Errorf("%s: %q, %q, %d", tt.name, s.words, s.one, s.fill)
		}
	}
}

// TestShadedByWhatThereIs: by official level; by the estimate on a desk without any; and by what somebody chose in any case.
func TestShadedByWhatThereIs(t *testing.T) {
	f := tuitest.Frame(t, home(country.MLI).View(), tuitest.Sizes[0])
	s := New(country.MLI)
	if text := draw(s, f); !strings.Contains(text, "MAP by vigil's estimate") {
		t.Errorf("without levels:\n%s", text)
	}
	s.Key(keys.Shade, f)
	if text := draw(s, f); !strings.Contains(text, "MAP by official level") {
		t.Errorf("as somebody chose:\n%s", text)
	}
	if text := draw(New(country.MLI), tuitest.Frame(t, tuitest.Sahel().View(), tuitest.Sizes[0])); !strings.Contains(text, "MAP by official level") {
		t.Errorf("with levels:\n%s", text)
	}
}

// TestPlainLines: the line on which the keys work is told, of a country and of an incident; down is the next of the lines.
func TestPlainLines(t *testing.T) {
	f := tuitest.Frame(t, tuitest.Sahel().View(), tuitest.Sizes[0])
	f.Linear = true
	s := New(country.MLI)
	selected := func() string {
		for _, line := range s.Linear(f) {
			if rest, ok := strings.CutPrefix(line, aloud.Selected(nil)); ok {
				return rest
			}
		}
		return ""
	}
	if got := selected(); !strings.HasPrefix(got, "Mali, level 3 to 5") {
		t.Errorf("%q", got)
	}
	s.Key(keys.NextPane, f)
	if got := selected(); !strings.Contains(got, "Abduction, Ansongo, Gao") || !strings.Contains(got, "976 kilometres east-north-east of Bamako") || !strings.Contains(got, "near within 25 kilometres") {
		t.Errorf("%q", got)
	}
	s.Key(keys.Down, f)
	if got := selected(); !strings.HasPrefix(got, "Mauritania") {
		t.Errorf("%q", got)
	}
}

// TestWhatKeysLeadTo: into the country or the selected incident, and to the reasons of what the shade says.
func TestWhatKeysLeadTo(t *testing.T) {
	f := tuitest.Frame(t, tuitest.Sahel().View(), tuitest.Sizes[0])
	s := New(country.MLI)
	if ask := s.Key(keys.Open, f); ask.Go != screen.ToCountry || ask.Subject.Country != country.MLI {
		t.Errorf("%+v", ask)
	}
	if ask := s.Key(keys.ShowWhy, f); ask.Subject.Figure != screen.FigureLevel {
		t.Errorf("%+v", ask)
	}
	s.Key(keys.Shade, f)
	if ask := s.Key(keys.ShowWhy, f); ask.Subject.Figure != screen.FigureEstimate {
		t.Errorf("%+v", ask)
	}
	s.Key(keys.NextPane, f)
	if ask := s.Key(keys.Open, f); ask.Go != screen.ToEvent || ask.Subject.Incident == 0 {
		t.Errorf("%+v", ask)
	}
	if ask := s.Key(keys.ShowWhy, f); ask.Subject.Figure != screen.FigureIncident {
		t.Errorf("%+v", ask)
	}
	s.Key(keys.Right, f)
	if s.event != 0 {
		t.Error("an incident stays selected in another country")
	}
}

// TestTheViewFollowsTheCursor only when it leaves the map; g is home again.
func TestTheViewFollowsTheCursor(t *testing.T) {
	f := tuitest.Frame(t, tuitest.Sahel().View(), tuitest.Sizes[0])
	s := New(country.MLI)
	was := s.projection(f)
	s.Key(keys.Right, f)
	if s.projection(f) != was {
		t.Error("the view moves with a step on it")
	}
	for range 3 {
		s.Key(keys.ZoomIn, f)
	}
	for range len(order(f.View)) {
		s.Key(keys.PageDown, f)
		if on, ok := s.chart.anchorOf(s.cursor, s.projection(f)); !ok && s.chart.land != nil {
			t.Errorf("%s is not on the map: %v", s.cursor, on)
		}
		s.Lines(f)
	}
	s.Key(keys.Bottom, f)
	if !s.projection(f).IsWorld() || s.Cannot(keys.ZoomOut, f) == "" {
		t.Error("G is not the world")
	}
	s.Key(keys.Top, f)
	if s.projection(f) != was || !slices.Contains(order(f.View), s.cursor) {
		t.Error("g is not home")
	}
}

// BenchmarkDraw is a map of the world on a large terminal: for the first time, of a new picture, after a step of the cursor, and the same
// again.
func BenchmarkDraw(b *testing.B) {
	v := tuitest.Sahel().View()
	f := tuitest.Frame(b, v, tuitest.Sizes[2])
	b.Run("first", func(b *testing.B) {
		for b.Loop() {
			s := New(country.MLI)
			s.Key(keys.Bottom, f)
			s.Lines(f)
		}
	})
	s := New(country.MLI)
	s.Key(keys.Bottom, f)
	s.Lines(f)
	b.Run("minute", func(b *testing.B) {
		for b.Loop() {
			f.Now = f.Now.Add(time.Minute)
			s.Lines(f)
		}
	})
	b.Run("step", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			s.Key([]keys.ID{keys.Left, keys.Right}[i%2], f)
			s.Lines(f)
		}
	})
	b.Run("again", func(b *testing.B) {
		for b.Loop() {
			s.Lines(f)
		}
	})
}
