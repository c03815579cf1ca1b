package report

import (
	"strings"
	"testing"

	"vigil/internal/action"
	"vigil/internal/duty"
	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/tuitest"
	"vigil/internal/voice"
)

// opened is the form on the desk of the goldens.
func opened(t *testing.T, of picture.ID) (*Screen, screen.Frame) {
	t.Helper()
	f := tuitest.Frame(t, tuitest.Sahel().View(), tuitest.Sizes[0])
	s := New(of)
	s.Arrived(f)
	return s, f
}

// types fills in fields one after another, as a person does.
func types(s *Screen, f screen.Frame, texts ...string) screen.Ask {
	var ask screen.Ask
	for _, text := range texts {
		if text != "" {
			s.Type(text, f)
		}
		ask = s.Key(keys.Accept, f)
	}
	return ask
}

// placed is the newest incident of the desk with a place and one country.
func placed(t *testing.T, f screen.Frame) (picture.ID, picture.Row) {
	t.Helper()
	for id := range f.View.Incidents() {
		if r, ok := f.View.Row(id); ok && !r.Restricted && !r.Place.IsZero() && len(r.Countries) == 1 && !r.Cancelled {
			return id, r
		}
	}
	t.Fatal("no incident has a place")
	return 0, picture.Row{}
}

func TestGoldens(t *testing.T) {
	v := tuitest.Sahel().View()
	tuitest.Goldens(t, "new", v, func() screen.Screen {
		s, f := opened(t, 0)
		types(s, f, "abd", "Gao", "", "", "20 min ago", "2 nat ngo taken")
		s.Type("fie", f)
		return s
	})
	id, _ := placed(t, tuitest.Frame(t, v, tuitest.Sizes[0]))
	small := tuitest.Frame(t, v, tuitest.Sizes[0])
	more := New(id)
	more.Arrived(small)
	for range 5 {
		more.Key(keys.NextField, small)
	}
	more.Type("3 national ngo abducted, 1 blue", small)
	more.Key(keys.Save, small)
	tuitest.Golden(t, "more-80x24", more.Lines(small))
	least := tuitest.Frame(t, v, tuitest.Size{Width: 40, Height: 12})
	lines := more.Lines(least)
	tuitest.Exact(t, least, lines)
	tuitest.Golden(t, "more-40x12", lines)
	more.Refused("report: not recorded: no space left on device")
	tuitest.Golden(t, "refused-80x24", more.Lines(small))
}

func TestContract(t *testing.T) {
	tuitest.Walk(t, func() screen.Screen { return New(0) })
	id, _ := placed(t, tuitest.Frame(t, tuitest.Sahel().View(), tuitest.Sizes[0]))
	tuitest.Walk(t, func() screen.Screen { return New(id) })
}

// TestHalfAMinute: what, where and whom are typed; time and source are there; it is saved as it was understood.
func TestHalfAMinute(t *testing.T) {
	s, f := opened(t, 0)
	_, known := placed(t, f)
	types(s, f, "abd", known.Place.String())
	if got := s.form.Value(string(voice.Country)); got != known.Countries[0].Alpha3() {
		t.Errorf("the place %s brought the country %q", known.Place, got)
	}
	types(s, f, "", "", "", "2 national ngo taken", "field")
	ask := s.Key(keys.Save, f)
	c, ok := ask.Do.(action.Report)
	if !ok || !ask.Close || ask.Question != "" {
		t.Fatalf("%+v", ask)
	}
	i := c.Said.Upon(&incident.Incident{})
	if i.Act.Value != incident.Abduction || i.Countries[0] != known.Countries[0] || i.Affected[0].Count != 2 || c.Said.Source().String() != "field" ||
		!i.Occurred.Start.Equal(tuitest.Now) || c.Continues != (incident.Identity{}) {
		t.Errorf("%+v", i)
	}
	if why := s.Cannot(keys.Save, f); why == "" {
		t.Error("it can be saved twice at once")
	}
	s.Refused("no")
	if why := s.Cannot(keys.Save, f); why != "" {
		t.Errorf("after a refusal it cannot be saved: %s", why)
	}
}

// TestOnlyWhatWasTouchedIsSaid of a known incident.
func TestOnlyWhatWasTouchedIsSaid(t *testing.T) {
	_, f := opened(t, 0)
	id, row := placed(t, f)
	s := New(id)
	s.Arrived(f)
	if ask := s.Key(keys.Save, f); ask.Do != nil || ask.Say == "" {
		t.Errorf("nothing was typed, and it does %+v", ask.Do)
	}
	s, f = opened(t, id)
	for s.form.Focus() != string(voice.Grade) {
		s.Key(keys.NextField, f)
	}
	types(s, f, "B2")
	for s.form.Focus() != refuted {
		s.Key(keys.NextField, f)
	}
	types(s, f, "ho")
	ask := types(s, f, "the caller said so")
	c, ok := ask.Do.(action.Report)
	if !ok {
		t.Fatalf("%+v", ask)
	}
	if c.Refuted != duty.Hoax || c.Continues != f.View.Identity(id) || c.Said.Says(voice.Place) || !c.Said.Says(voice.Grade) ||
		c.Said.Verification() != incident.Refuted || row.Place.IsZero() {
		t.Errorf("%+v", c)
	}
}

func TestLeavingAsksWhereSomethingWasTyped(t *testing.T) {
	s, f := opened(t, 0)
	if ask := s.Key(keys.Cancel, f); !ask.Close || ask.Question != "" {
		t.Errorf("%+v", ask)
	}
	s.Type("a", f)
	if ask := s.Key(keys.Cancel, f); !ask.Close || !strings.Contains(ask.Question, "typed") {
		t.Errorf("%+v", ask)
	}
}
