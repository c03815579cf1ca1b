package country

import (
	"strings"
	"testing"

	"vigil/internal/country"
	"vigil/internal/lang"
	"vigil/internal/spool"
	"vigil/internal/tui/page"
	"vigil/internal/tui/tuitest"
)

// TestPlotsOfVeryManyWaitForTheKeys: what takes a look at everything keeps no key waiting; nothing is drawn in its place that could be
// read as calm, and plain lines have it at once.
func TestPlotsOfVeryManyWaitForTheKeys(t *testing.T) {
	v := tuitest.ManyOn(spool.New(t.TempDir()), large+1).View()
	f := tuitest.Frame(t, v, tuitest.Sizes[2])
	s := New(tuitest.Country("MLI"))
	text := func() string { return strings.Join(s.Lines(f), "\n") }
	const waits = "counted when the keys rest"
	if got := text(); !strings.Contains(got, waits) || s.lately.past.made || s.lately.estimated {
		t.Errorf("opened:\n%s", got)
	}
	if !s.Settle(f) {
		t.Error("at rest nothing is to be drawn")
	}
	if got := text(); strings.Contains(got, waits) || !s.lately.past.made {
		t.Errorf("at rest:\n%s", got)
	}
	if s.Settle(f) {
		t.Error("at rest once more, and something is to be drawn")
	}
	spoken := f
	spoken.Linear = true
	if got := strings.Join(New(tuitest.Country("MLI")).Linear(spoken), "\n"); strings.Contains(got, waits) {
		t.Error("plain lines wait for keys")
	}
}

// TestTheHoursSayTheirZoneAndWhatTheyLeaveOut on narrow terminals too, where one line has no room for both.
func TestTheHoursSayTheirZoneAndWhatTheyLeaveOut(t *testing.T) {
	v := tuitest.Sahel().View()
	for _, size := range append([]tuitest.Size{{Width: 40, Height: 12}}, tuitest.Sizes...) {
		f := tuitest.Frame(t, v, size)
		c, _ := v.Country(country.MLI)
		p := pen{Frame: f, width: size.Width, c: c, lately: &lately{}}
		s := p.hours()
		drawn := ""
		for i := range s.Count {
			line := s.Row(i)
			drawn += page.Draw(f.Palette, size.Width, &line, false) + "\n"
		}
		for _, want := range []string{"hours local, Africa/Bamako", "14 to the hour, 0 less exactly"} {
			if !strings.Contains(drawn, want) {
				t.Errorf("%v lacks %q:\n%s", size, want, drawn)
			}
		}
	}
}

// TestTheHoursOfVeryManyAreCounted where there is room for one line as long as they are few.
func TestTheHoursOfVeryManyAreCounted(t *testing.T) {
	f := tuitest.Frame(t, tuitest.Sahel().View(), tuitest.Sizes[0])
	c, _ := f.View.Country(country.MLI)
	for width := 40; width <= 80; width++ {
		p := pen{Frame: f, width: width, c: c, lately: &lately{}}
		p.past().events.Timed, p.past().events.Untimed = 23_456, 17_890
		s, drawn := p.hours(), ""
		for i := range s.Count {
			line := s.Row(i)
			drawn += page.Draw(f.Palette, width, &line, false) + "\n"
		}
		for _, want := range []string{"hours local, Africa/Bamako", "23,456 to the hour, 17,890"} {
			if !strings.Contains(drawn, want) {
				t.Errorf("in %d cells it lacks %q:\n%s", width, want, drawn)
			}
		}
	}
}

// TestHoursSayWhose: the hours are named once in other languages, too.
func TestHoursSayWhose(t *testing.T) {
	for tag, want := range map[string]string{"fr": "en heure locale, Africa/Niamey", "es": "en hora local, Africa/Niamey"} {
		l, err := lang.Load(tag, false)
		if err != nil {
			t.Fatal(err)
		}
		f := tuitest.Frame(t, tuitest.Sahel().View(), tuitest.Sizes[0])
		f.Language = l
		c, _ := f.View.Country(country.NER)
		p := pen{Frame: f, width: 40, c: c}
		if said := p.exactness(1, 0); said[0] != want {
			t.Errorf("%s: %q, want %q", tag, said[0], want)
		}
	}
}

// TestWhoseFigureIsSaid: what is official and what is vigil's own is said before the figure, where it would stand behind its reason otherwise.
func TestWhoseFigureIsSaid(t *testing.T) {
	for tag, want := range map[string][]string{"fr": {"officiel : niveau 3", "selon vigil, estimation"}, "es": {"oficial: nivel 3", "según vigil, estimación"}} {
		l, err := lang.Load(tag, false)
		if err != nil {
			t.Fatal(err)
		}
		f := tuitest.Frame(t, tuitest.Sahel().View(), tuitest.Sizes[0])
		f.Language = l
		text := strings.Join(New(country.MLI).Linear(f), "\n")
		for _, words := range want {
			if !strings.Contains(text, words) {
				t.Errorf("%s lacks %q:\n%s", tag, words, text)
			}
		}
	}
}
