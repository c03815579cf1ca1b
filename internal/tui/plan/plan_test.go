package plan

import (
	"strings"
	"testing"

	"vigil/internal/country"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/tuitest"
)

func TestGoldens(t *testing.T) {
	tuitest.Goldens(t, "plan", tuitest.Expecting().View(), func() screen.Screen { return New(country.Unknown) })
	for _, size := range tuitest.Sizes[:2] {
		f := tuitest.Frame(t, tuitest.Promising().View(), size)
		tuitest.Golden(t, "promised-"+size.String(), New(country.Unknown).Lines(f))
	}
	empty := tuitest.Frame(t, tuitest.Empty().View(), tuitest.Sizes[0])
	tuitest.Golden(t, "empty", New(country.Unknown).Lines(empty))
}

func TestContract(t *testing.T) {
	tuitest.Walk(t, func() screen.Screen { return New(country.Unknown) })
}

func TestOneCountryAlone(t *testing.T) {
	f := tuitest.Frame(t, tuitest.Expecting().View(), tuitest.Sizes[0])
	s := New(country.Unknown)
	seen := map[string]bool{}
	for range s.choices(f) {
		if ask := s.Key(keys.Right, f); ask != (screen.Ask{}) {
			t.Errorf("%+v", ask)
		}
		title := s.Title(f)
		if seen[title] {
			t.Errorf("%q twice", title)
		}
		seen[title] = true
		text := strings.Join(s.Linear(f), "\n")
		if s.only == country.MustParse("NER") && (!strings.Contains(text, "Curfew, Tillabéri (recurs)") || strings.Contains(text, "MV3")) {
			t.Errorf("Niger alone:\n%s", text)
		}
	}
	if s.only.Known() {
		t.Error("all countries do not come round again")
	}
	if !seen["Plan"] || !seen["Plan: Mali MLI"] {
		t.Errorf("%v", seen)
	}
}

func TestEnterAndWhy(t *testing.T) {
	f := tuitest.Frame(t, tuitest.Expecting().View(), tuitest.Sizes[2])
	s := New(country.MustParse("MDG"))
	l, ok := s.body.Selected(f)
	if !ok || l.Open.Go != screen.ToEvent || l.Why.Figure != screen.FigureIncident {
		t.Errorf("a forecast: %+v", l)
	}
	if ask := s.Key(keys.ShowCountry, f); ask.Go != screen.ToCountry || ask.Subject.Country != country.MustParse("MDG") {
		t.Errorf("%+v", ask)
	}
	mali := New(country.MustParse("MLI"))
	if ask := mali.Key(keys.Copy, f); !strings.HasPrefix(ask.Copy, "OVERDUE 37m  to 13:55 UTC") {
		t.Errorf("%q", ask.Copy)
	}
	mali.Key(keys.Down, f)
	if ask := mali.Key(keys.Copy, f); !strings.HasPrefix(ask.Copy, "EXPIRED 18d  2 Nov 00:00 UTC  00:00 local  MLI  level expires  Bamako") {
		t.Errorf("%q", ask.Copy)
	}
}

// TestALevelIsExpiredAndNotOverdue: under no heading does a level stand that says otherwise, and what is overdue comes first.
func TestALevelIsExpiredAndNotOverdue(t *testing.T) {
	f := tuitest.Frame(t, tuitest.Expecting().View(), tuitest.Sizes[2])
	var order []string
	_, columns := New(country.Unknown).draw(f, []int{f.Width})
	for _, s := range columns[0].Sections {
		order = append(order, s.Title)
		for i := range s.Lines {
			if text := s.Lines[i].Text(); strings.Contains(text, "level expires") && s.Title == "OVERDUE" {
				t.Errorf("under OVERDUE: %q", text)
			}
		}
	}
	if len(order) < 3 || order[0] != "OVERDUE" || order[1] != "LEVELS EXPIRED" || order[2] != "NOW" {
		t.Errorf("the order is %v", order)
	}
}
