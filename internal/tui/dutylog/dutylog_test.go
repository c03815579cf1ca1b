package dutylog

import (
	"strings"
	"testing"
	"time"

	"vigil/internal/duty"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/tuitest"
)

func TestGoldens(t *testing.T) {
	v := tuitest.OnDuty().View()
	tuitest.Goldens(t, "log", v, func() screen.Screen { return New() })
	tuitest.Goldens(t, "entry", v, func() screen.Screen { return NewDetail(14) })
	f := tuitest.Frame(t, v, tuitest.Sizes[0])
	s := New()
	if err := s.Narrow("by:oscar -kind:note"); err != nil {
		t.Fatal(err)
	}
	tuitest.Golden(t, "filtered", s.Lines(f))
	tuitest.Golden(t, "gone", NewDetail(99).Lines(f))
	tuitest.Golden(t, "empty", New().Lines(tuitest.Frame(t, tuitest.Empty().View(), tuitest.Sizes[0])))
}

func TestContract(t *testing.T) {
	tuitest.Walk(t, func() screen.Screen { return New() })
	tuitest.Walk(t, func() screen.Screen { return NewDetail(14) })
}

// TestTheCursorStaysOnItsEntry when others come above it, and when a filter hides those around it.
func TestTheCursorStaysOnItsEntry(t *testing.T) {
	l := tuitest.NewLog()
	for range 30 {
		l.Say(time.Hour, "Oscar", &duty.Note{Text: duty.Words("one of many")})
	}
	l.Say(time.Minute, "Bravo", &duty.Note{Text: duty.Words("this one")})
	l.Say(time.Minute, "Oscar", &duty.Note{Text: duty.Words("the newest")})
	d := l.On(tuitest.Sahel())
	s := New()
	f := tuitest.Frame(t, d.View(), tuitest.Sizes[0])
	s.Lines(f)
	s.Key(keys.Down, f)
	selected := func() string {
		t.Helper()
		line, ok := s.body.Selected(f)
		if !ok {
			t.Fatal("nothing is selected")
		}
		return line.Text()
	}
	if !strings.Contains(selected(), "this one") {
		t.Fatalf("at first: %s", selected())
	}
	s.Key(keys.Down, f)
	s.Key(keys.Up, f)
	for range 3 {
		l.Say(0, "Oscar", &duty.Note{Text: duty.Words("news")})
	}
	f = tuitest.Frame(t, l.On(d).View(), tuitest.Sizes[0])
	s.Arrived(f)
	s.Lines(f)
	if !strings.Contains(selected(), "this one") {
		t.Errorf("after news: %s", selected())
	}
	if err := s.Narrow("by:bravo"); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(selected(), "this one") {
		t.Errorf("filtered: %s", selected())
	}
	if ask := s.Key(keys.Open, f); ask.Go != screen.ToEntry || ask.Subject.Entry != 31 {
		t.Errorf("enter: %+v", ask)
	}
	if ask := s.Key(keys.Note, f); ask.Prefill != "note " {
		t.Errorf("n: %+v", ask)
	}
	if err := s.Narrow("kind:nota"); err == nil || s.filter != "by:bravo" {
		t.Errorf("a mistake changed the list: %v, %q", err, s.filter)
	}
}

// TestWhatIsNew: at the newest entry it shows, and the reader is on it; elsewhere it is held and counted until it is asked for, but for
// the reader's own note.
func TestWhatIsNew(t *testing.T) {
	l := tuitest.NewLog()
	for range 40 {
		l.Say(time.Hour, "Oscar", &duty.Note{Text: duty.Words("one of many")})
	}
	d := l.On(tuitest.Sahel())
	s := New()
	var f screen.Frame
	drawn := func() string {
		f = tuitest.Frame(t, l.On(d).View(), tuitest.Sizes[0])
		s.Arrived(f)
		return strings.Join(s.Lines(f), "\n")
	}
	has := func(when, text string, want bool) {
		t.Helper()
		if got := drawn(); strings.Contains(got, text) != want {
			t.Errorf("%s: %q is shown: %t, want %t\n%s", when, text, !want, want, got)
		}
	}
	drawn()
	for _, text := range []string{"note-a", "note-b"} {
		for range 15 {
			l.Say(0, "Papa", &duty.Note{Text: duty.Words("others")})
		}
		l.Say(0, "Papa", &duty.Note{Text: duty.Words(text)})
		has("at the newest", text, true)
		if line, _ := s.body.Selected(f); !strings.Contains(line.Text(), text) {
			t.Errorf("selected is %s", line.Text())
		}
	}
	s.Key(keys.Down, f)
	if why := s.Cannot(keys.Release, f); why != "no new entry is held back" {
		t.Errorf("nothing is held: %q", why)
	}
	for range 3 {
		l.Say(0, "Papa", &duty.Note{Text: duty.Words("note-c")})
	}
	has("inside", "note-c", false)
	has("inside", "3 new ↑", true)
	s.Key(keys.Up, f)
	has("back up", "3 new ↑", true)
	if ask := s.Key(keys.Release, f); ask.Say != "the new entries are shown" {
		t.Errorf("space says %q", ask.Say)
	}
	has("shown", "note-c", true)
	has("shown", " new ↑", false)
	for _, key := range []keys.ID{keys.Top, keys.Note} {
		s.Key(keys.Down, f)
		l.Say(0, "Papa", &duty.Note{Text: duty.Words("for " + string(key))})
		has("held", "1 new ↑", true)
		s.Key(key, f)
		if key == keys.Note {
			l.Say(0, f.Who.String(), &duty.Note{Text: duty.Words("my own")})
			has("at once", "my own", true)
		}
		has("then", "for "+string(key), true)
		has("then", " new ↑", false)
	}
}

// TestNothingOfANoteReachesTheTerminal that is not text.
func TestNothingOfANoteReachesTheTerminal(t *testing.T) {
	l := tuitest.NewLog()
	l.Say(time.Minute, "Oscar", &duty.Note{Text: duty.Words("one\x1b]52;c;x\a\ntwo\u202ethree\u009b31m")})
	f := tuitest.Frame(t, l.On(tuitest.Sahel()).View(), tuitest.Sizes[1])
	for _, s := range []screen.Screen{New(), NewDetail(1)} {
		for _, line := range s.Linear(f) {
			if strings.ContainsAny(line, "\x1b\a\u202e\u009b") {
				t.Errorf("%q", line)
			}
		}
	}
}
