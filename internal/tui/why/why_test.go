package why

import (
	"strings"
	"testing"

	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/tuitest"
)

func subjects() map[string]screen.Subject {
	of := func(alpha3 string, f screen.Figure) screen.Subject {
		return screen.Subject{Country: tuitest.Country(alpha3), Figure: f, Area: -1}
	}
	area := of("MLI", screen.FigureEstimate)
	area.Area, area.Threat = 0, incident.Crime
	return map[string]screen.Subject{
		"level": of("MLI", screen.FigureLevel), "estimate": area, "day": of("NER", screen.FigureDay), "month": of("MLI", screen.FigureMonth),
		"trend": of("MLI", screen.FigureTrend), "staff": of("MLI", screen.FigureStaff), "hazards": of("NER", screen.FigureHazards),
		"outcomes": of("BFA", screen.FigureOutcomes), "coverage": of("COD", screen.FigureCoverage),
		"incident": {Incident: picture.ID(1), Figure: screen.FigureIncident, Area: -1},
		"source":   {Source: "gdacs", Figure: screen.FigureSource, Area: -1},
	}
}

func TestGoldens(t *testing.T) {
	v := tuitest.Sahel().View()
	for name, subject := range subjects() {
		t.Run(name, func(t *testing.T) {
			if name == "month" {
				tuitest.Goldens(t, name, v, func() screen.Screen { return New(subject) })
				return
			}
			f := tuitest.Frame(t, v, tuitest.Sizes[0])
			tuitest.Golden(t, name+"-linear", New(subject).Linear(f))
		})
	}
}

// Whose word it is that the source shown leaves unsaid, down to file and line.
func TestFilledInGolden(t *testing.T) {
	v := tuitest.Patchy().View()
	f := tuitest.Frame(t, v, tuitest.Sizes[0])
	tuitest.Golden(t, "filled-linear", New(screen.Subject{Incident: v.At(0), Figure: screen.FigureIncident, Area: -1}).Linear(f))
}

func TestContract(t *testing.T) {
	for name, subject := range subjects() {
		t.Run(name, func(t *testing.T) {
			tuitest.Walk(t, func() screen.Screen { return New(subject) })
		})
	}
}

// A derivation lists what the figure counts: nothing is out by one, in any country and window.
func TestDerivationsDerive(t *testing.T) {
	for _, v := range []picture.View{tuitest.Sahel().View(), tuitest.Past(), tuitest.Many(3000).View()} {
		f := tuitest.Frame(t, v, tuitest.Sizes[0])
		n := 0
		for c := range v.Countries() {
			if n++; n > 40 {
				break
			}
			for fig := screen.FigureLevel; fig <= screen.FigureCoverage; fig++ {
				lines := New(screen.Subject{Country: c.Code, Figure: fig, Area: -1}).Linear(f)
				for _, l := range lines {
					if strings.Contains(l, "fault of vigil") {
						t.Errorf("%s, %v: %s", c.Code, fig, l)
					}
				}
				tuitest.Unseen(t, lines)
			}
		}
	}
}

func TestNothingToDerive(t *testing.T) {
	f := tuitest.Frame(t, tuitest.Sahel().View(), tuitest.Sizes[0])
	for name, subject := range map[string]screen.Subject{
		"no figure":   {Area: -1},
		"no country":  {Country: tuitest.Country("FJI"), Figure: screen.FigureDay, Area: -1},
		"no incident": {Incident: 9999, Figure: screen.FigureIncident, Area: -1},
		"no source":   {Source: "nobody", Figure: screen.FigureSource, Area: -1},
		"no area":     {Country: tuitest.Country("MLI"), Figure: screen.FigureLevel, Area: 77},
	} {
		if lines := New(subject).Linear(f); len(lines) < 2 {
			t.Errorf("%s: %q: say that there is nothing", name, lines)
		}
	}
}

func BenchmarkWindow(b *testing.B) {
	v := tuitest.Many(100_000).View()
	f := tuitest.Frame(b, v, tuitest.Sizes[0])
	b.ReportAllocs()
	for b.Loop() {
		New(screen.Subject{Country: tuitest.Country("MLI"), Figure: screen.FigureMonth, Area: -1}).Lines(f)
	}
}

func BenchmarkEstimate(b *testing.B) {
	v := tuitest.Many(100_000).View()
	f := tuitest.Frame(b, v, tuitest.Sizes[0])
	b.ReportAllocs()
	for b.Loop() {
		New(screen.Subject{Country: tuitest.Country("MLI"), Figure: screen.FigureEstimate, Area: -1}).Lines(f)
	}
}
