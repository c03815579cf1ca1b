package report

import (
	"strings"
	"testing"

	"vigil/internal/action"
	"vigil/internal/incident"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/tuitest"
	"vigil/internal/voice"
)

// french is the form for a new report, of somebody who reads French.
func french(t *testing.T) (*Screen, screen.Frame) {
	t.Helper()
	f := tuitest.In(t, "fr", tuitest.Frame(t, tuitest.Sahel().View(), tuitest.Sizes[0]))
	s := New(0)
	s.Arrived(f)
	return s, f
}

// TestTypedInFrench: the words of the vocabularies are typed and offered in French, or in English, and stored in English.
func TestTypedInFrench(t *testing.T) {
	for _, typed := range [][2]string{
		{"enlèvement", "2 nationaux ONG enlevés, 1 f tuée"}, {"enlev", "2 national ong enlevé et 1 f tué"}, {"abduction", "2 national ngo abducted, 1 f killed"},
	} {
		s, f := french(t)
		types(s, f, typed[0], "Gao", "", "", "il y a 20 min", strings.Replace(typed[1], "nationaux", "national", 1))
		for s.form.Focus() != string(voice.Severity) {
			s.Key(keys.NextField, f)
		}
		types(s, f, "grave")
		ask := s.Key(keys.Save, f)
		c, ok := ask.Do.(action.Report)
		if !ok {
			t.Fatalf("%q: %+v\n%s", typed, ask, strings.Join(s.Linear(f), "\n"))
		}
		i := c.Said.Upon(&incident.Incident{})
		if i.Act.Value != incident.Abduction || i.Severity.Value != incident.Severe || len(i.Affected) != 2 || i.Affected[0].Outcome.Value != incident.Abducted || i.Affected[0].Population.Value != incident.PopulationNGO ||
			i.Affected[0].Recruitment.Value != incident.National || i.Affected[1].Outcome.Value != incident.Killed || tuitest.Now.Sub(i.Occurred.Start).Minutes() != 20 {
			t.Errorf("%q: %+v", typed, i)
		}
	}
}

// TestEveryWordIsUnderstoodAgain: what a word of a vocabulary is in a language is read back as that word.
func TestEveryWordIsUnderstoodAgain(t *testing.T) {
	for _, tag := range []string{"fr", "es", "ar", "ru", "zh"} {
		f := tuitest.In(t, tag, tuitest.Frame(t, tuitest.Sahel().View(), tuitest.Sizes[0]))
		h := speech{f.Hand, f.View.CountryNames()}
		for _, d := range fields {
			for _, w := range voice.Words(d.is) {
				if got := h.meant(d.is, h.word(w)); got != w {
					t.Errorf("%s: %s %q is shown %q and read %q", tag, d.is, w, h.word(w), got)
				}
			}
		}
		for _, w := range voice.PeopleWords() {
			if got := h.person(h.affected(w)); got != w {
				t.Errorf("%s: %q of people is shown %q and read %q", tag, w, h.affected(w), got)
			}
		}
		if _, err := h.understood(voice.People, h.people(), tuitest.Now); err != nil {
			t.Errorf("%s: the example %q: %v", tag, h.people(), err)
		}
	}
}

func TestLanguages(t *testing.T) {
	v := tuitest.Sahel().View()
	for _, tag := range []string{"fr", "es"} {
		for _, size := range []tuitest.Size{{Width: 80, Height: 24}, {Width: 132, Height: 43}, {Width: 40, Height: 12}} {
			f := tuitest.In(t, tag, tuitest.Frame(t, v, size))
			s := New(0)
			s.Arrived(f)
			types(s, f, "xyz", "Gao", "", "", "14:20", "2 nat ngo blue", "", "C3")
			lines := s.Lines(f)
			tuitest.Exact(t, f, lines)
			tuitest.Golden(t, tag+"-"+size.String(), lines)
		}
	}
	f := tuitest.Pseudo(tuitest.Frame(t, v, tuitest.Size{Width: 200, Height: 60}))
	id, _ := placed(t, f)
	for _, of := range []*Screen{New(0), New(id)} {
		of.Arrived(f)
		lines := append(append(of.Lines(f), of.Linear(f)...), of.Title(f))
		types(of, f, "xyz", "Gao", "14:20", "14:20", "14:20", "2 blue")
		of.Key(keys.Save, f)
		// What was typed; the names of Latin letters and signs; the field's own words of grades stay.
		tuitest.Untranslated(t, append(lines, of.Lines(f)...), "xyz", "blue", "lat", "lon")
	}
}
