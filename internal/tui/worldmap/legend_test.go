package worldmap

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"vigil/internal/country"
	"vigil/internal/figure"
	"vigil/internal/incident"
	"vigil/internal/lang"
	"vigil/internal/level"
	"vigil/internal/picture"
	"vigil/internal/tui/canvas"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/tuitest"
)

// TestTheLegendHasEverySign that the map draws, from 80×24 on, in every language and way of showing dots; on a smaller map a corner says which key
// tells them.
func TestTheLegendHasEverySign(t *testing.T) {
	v := tuitest.Sahel().View()
	for _, lang := range []string{"en", "fr", "es"} {
		for _, size := range tuitest.Sizes[:3] {
			for coarse := range 3 {
				for _, by := range []Shading{ByLevel, ByEstimate} {
					f := tuitest.In(t, lang, tuitest.Frame(t, v, size))
					s := New(country.MLI)
					s.coarse, s.by, s.chosen = coarse, by, true
					l := layoutOf(f)
					lines := s.Lines(f)
					text := " " + strings.Join(lines[len(lines)-l.legend-1:len(lines)-1], " ") + " "
					want := []string{staffMark + " ", trackedMark + " ", " " + goneMark + " ", glyphs[freshUrgent] + glyphs[freshOther], glyphs[olderUrgent] + glyphs[olderOther], " " + glyphs[lasting] + " ", "3! ", " " + figure.Unknown + " "}
					for _, p := range []canvas.Pattern{canvas.Shade2, canvas.Shade3, canvas.Shade4, canvas.Shade5, canvas.Shade6, canvas.Hatch, canvas.Query} {
						want = append(want, p.Sample(canvas.Dots(coarse), 1))
					}
					want = append(want, blindLetter(f.Hand)+" "+f.Say("BLIND"))
					for band := level.Low; band <= level.Unacceptable; band++ {
						if by == ByEstimate {
							want = append(want, letter(band, f.Hand))
						}
					}
					if by == ByLevel {
						want = append(want, canvas.Shade1.Sample(canvas.Dots(coarse), 2)+"1", several+" ")
					}
					for _, sign := range want {
						if !strings.Contains(text, sign) || strings.Contains(text, "…") {
							t.Errorf("%s at %dx%d: %q is not in the legend %q", lang, size.Width, size.Height, sign, text)
						}
					}
				}
			}
		}
	}
	small := New(country.MLI).Lines(tuitest.Frame(t, v, tuitest.Size{Width: 40, Height: 12}))
	if !strings.Contains(strings.Join(small, "\n"), "signs: ?") {
		t.Error("nothing says at 40x12 how to see what the signs mean")
	}
}

// TestAKeyDoesNotMoveTheMap: the legend takes as many lines whatever is shown.
func TestAKeyDoesNotMoveTheMap(t *testing.T) {
	f := tuitest.Frame(t, tuitest.Sahel().View(), tuitest.Sizes[0])
	s := New(country.MLI)
	was := s.projection(f)
	for range int(layerCount) {
		s.Key(keys.Layers, f)
		s.Key(keys.Shade, f)
		if s.projection(f) != was {
			t.Fatal("the map is another")
		}
	}
}

// TestStaffAtThePlace are at it, and those near it about so far from it.
func TestStaffAtThePlace(t *testing.T) {
	f := tuitest.Frame(t, tuitest.Sahel().View(), tuitest.Sizes[0])
	_, lat, lon, _ := country.NER.Capital()
	for up, want := range map[float64]string{0: "at Niamey", 1: "about 111 kilometres north of Niamey"} {
		k := picture.Cluster{Country: country.NER, Placed: true, At: incident.Point{Lat: lat + up, Lon: lon}}
		if said := spokenStaff(f, &k); !strings.Contains(said, want) || strings.Contains(said, "about at") {
			t.Errorf("%q, want %q", said, want)
		}
	}
}

// TestWayInFrenchAndSpanish: how far something is from a capital is said as the language has it.
func TestWayInFrenchAndSpanish(t *testing.T) {
	for _, tt := range []struct {
		tag       string
		c         country.Code
		up, right float64
		want      string
	}{
		{"fr", country.NER, 1, 0, "à 111 kilomètres au nord de Niamey"},
		{"fr", country.MustParse("BFA"), 0, 1, "à 109 kilomètres à l'est d'Ouagadougou"},
		{"fr", country.MLI, -1, -1, "à 156 kilomètres au sud-ouest de Bamako"},
		{"es", country.MustParse("BFA"), 0, 1, "a 109 kilómetros al este de Ouagadougou"},
	} {
		l, err := lang.Load(tt.tag, false)
		if err != nil {
			t.Fatal(err)
		}
		f := tuitest.Frame(t, tuitest.Sahel().View(), tuitest.Sizes[0])
		f.Language = l
		_, lat, lon, _ := tt.c.Capital()
		if said := spokenFrom(f, tt.c, point{Lat: lat + tt.up, Lon: lon + tt.right}); said != tt.want {
			t.Errorf("%q, want %q", said, tt.want)
		}
	}
}

// TestWhatIsInNoPlaceIsSaidWhole beside the map, however much else is to be said in its rule.
func TestWhatIsInNoPlaceIsSaidWhole(t *testing.T) {
	d := home(country.MLI)
	for i := range 12 {
		at(d, fmt.Sprint("placed ", i), country.MLI, point{Lat: 16, Lon: 0}, time.Hour, nil)
	}
	at(d, "flood", country.MLI, point{Lat: 16, Lon: 0}, time.Hour, func(i *incident.Incident) {
		i.Act, i.Threat = incident.Known(incident.Flood), incident.Known(incident.Hazard)
	})
	at(d, "nowhere", country.MLI, point{}, time.Hour, func(i *incident.Incident) { i.HasPoint = false })
	f := tuitest.Frame(t, d.View(), tuitest.Size{Width: 132, Height: 43})
	s := New(country.MLI)
	if text := draw(s, f); !strings.Contains(text, "13+, hazards 1, 1 not placed -") {
		t.Errorf("the pane is\n%s", text)
	}
}
