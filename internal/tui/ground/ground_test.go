package ground_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"vigil/internal/country"
	"vigil/internal/figure"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/risk"
	"vigil/internal/tui/ground"
	"vigil/internal/tui/tuitest"
)

func day(n int) time.Time { return time.Date(2026, 1, n, 0, 0, 0, 0, time.UTC) }

func span(from, to int) incident.Interval { return incident.Interval{Start: day(from), End: day(to)} }

func TestHoles(t *testing.T) {
	for _, c := range []struct{ periods, want []incident.Interval }{
		{nil, nil},
		{[]incident.Interval{span(1, 5)}, nil},
		{[]incident.Interval{span(1, 5), span(8, 9), span(11, 12)}, []incident.Interval{span(5, 8), span(9, 11)}},
	} {
		if got := ground.Holes(c.periods); !slices.Equal(got, c.want) {
			t.Errorf("between %v are %v, want %v", c.periods, got, c.want)
		}
	}
}

func TestReasonsNameWhatIsLeftOut(t *testing.T) {
	c := risk.Category{Known: true, Probability: 0.5, Impact: risk.Severe, Reasons: risk.Reasons{
		Params: risk.Default(), Counted: 7, Partial: 2, Raised: true, Complete: day(12), Periods: []incident.Interval{span(1, 5), span(8, 12)}, ImpactRule: risk.RuleSevereKilled,
	}}
	got := ground.Reasons(figure.Plain, &c)
	for _, want := range []string{"7 counted to 2026-01-12", "but not from 2026-01-05 to 2026-01-08", "2 not in those periods raise it", "impact: staff killed"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in %q", want, got)
		}
	}
	if got := ground.Reasons(figure.Plain, &risk.Category{Why: risk.NoCoverage}); !strings.HasPrefix(got, "unknown: ") {
		t.Errorf("without an estimate: %q", got)
	}
}

func TestSightWords(t *testing.T) {
	src := tuitest.Sahel().View()
	c, _ := src.Country(tuitest.Country("MRT"))
	if s := ground.SightOf(src, c, incident.Hazard); s.State != health.Blind || !strings.HasPrefix(s.Words(figure.Plain, tuitest.Now), "blind ") {
		t.Errorf("hazards of Mauritania: %v, %s", s.State, s.Words(figure.Plain, tuitest.Now))
	}
	if s := ground.SightOf(src, c, incident.Crime); s.Words(figure.Plain, tuitest.Now) != "6mo late" {
		t.Errorf("crime in Mauritania is %s", s.Words(figure.Plain, tuitest.Now))
	}
	if s := (&ground.Sight{State: health.Blind}).Words(figure.Plain, tuitest.Now); s != "no source" {
		t.Errorf("where nobody looks: %q", s)
	}
	v := tuitest.Empty().View()
	for c := range v.Countries() {
		for _, threat := range incident.Threats() {
			s := ground.SightOf(v, c, threat)
			if words := s.Words(figure.Plain, tuitest.Now); words != "never seen" && words != "no source" {
				t.Errorf("%s of a desk that never heard anything: %q", threat, words)
			}
		}
	}
}

func TestName(t *testing.T) {
	for _, c := range []struct {
		code  string
		cells int
		want  string
	}{
		{"MLI", 16, "Mali MLI"},
		{"COD", 16, "DR Congo COD"},
		{"COD", 80, "Democratic Republic of the Congo COD"},
		{"PSE", 40, "State of Palestine PSE"},
	} {
		if got := ground.Name(figure.Plain, country.M49, tuitest.Country(c.code), c.cells); got != c.want {
			t.Errorf("%s in %d cells is %q, want %q", c.code, c.cells, got, c.want)
		}
	}
	if got := ground.Name(figure.Plain, country.CLDR, tuitest.Country("PSE"), 40); got != "Palestinian Territories PSE" {
		t.Errorf("by the choice of CLDR: %q", got)
	}
	if got := ground.Name(figure.Plain, country.M49, country.Unknown, 20); got != "unknown country" {
		t.Errorf("no country is %q", got)
	}
}

func TestAnswers(t *testing.T) {
	v := tuitest.Sahel().View()
	from, to := tuitest.Now.Add(-24*time.Hour), tuitest.Now
	want := map[string]string{
		"radio": "knows the whole window", "awsd": "later than the window is long", "gdacs": "is STALE", "airfield": "is NEVER",
		"partner-network-of-the-lower-river": "is FAILED",
	}
	for s := range v.Sources() {
		knows, why := ground.Answers(figure.Plain, v, s, from, to, tuitest.Now)
		if w := want[s.Info.Name.String()]; !strings.Contains(why, w) || knows != (s.Info.Name.String() == "radio") {
			t.Errorf("%s: %t, %q, want %q", s.Info.Name, knows, why, w)
		}
	}
}
