package told

import (
	"strings"
	"testing"
	"time"

	"vigil/internal/action"
	"vigil/internal/duty"
	"vigil/internal/picture"
	"vigil/internal/profile"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/tuitest"
)

// critical is the alarm of the desk of the tests that people are told of.
const critical = "entry-11"

// desk is the desk on duty with a profile, and what was written on the sheet of the critical alarm.
func desk(t *testing.T, entries ...duty.Body) picture.View {
	t.Helper()
	d, l := tuitest.OnDutyLog()
	for i, b := range entries {
		l.Say(time.Duration(len(entries)-i)*20*time.Second, "Oscar", b)
	}
	l.On(d)
	d.Store.SetProfiles(profile.Set{tuitest.Profile()}, tuitest.Now.Add(-time.Hour))
	return d.View()
}

func said(contact, channel string, outcome duty.Outcome, words string) duty.Body {
	return &duty.Told{Alarm: critical, Contact: contact, Channel: channel, Outcome: outcome, Words: duty.Words(words)}
}

func TestGoldens(t *testing.T) {
	v := desk(
		t, said("designated official", "mobile", duty.NoAnswer, ""), said("designated official", "satellite", duty.ReadBack, "on the way in"),
		said("security adviser", "mobile", duty.NoAnswer, ""), said("medical", "phone", duty.Refused, "wants it in writing"), said("security adviser", "VHF", duty.Tried, ""),
	)
	tuitest.Goldens(t, "told", v, func() screen.Screen { return New(critical) })
	for name, v := range map[string]picture.View{
		"nobody": desk(t),
		"again": desk(t, said("designated official", "mobile", duty.ReadBack, ""), said("host authorities", "phone", duty.Answered, ""),
			&duty.Clear{Alarm: critical}, &duty.Reopen{Alarm: critical, Reason: duty.Words("refuted: false alarm, the crew is safe")}),
		"all": desk(t, said("designated official", "mobile", duty.ReadBack, ""), said("security adviser 2", "mobile", duty.Answered, ""), said("medical", "phone", duty.Answered, ""),
			said("warden Gao région", "VHF", duty.ReadBack, ""), said("warden Mopti", "VHF", duty.Answered, "")),
	} {
		f := tuitest.Frame(t, v, tuitest.Sizes[0])
		s := New(critical)
		s.Arrived(f)
		tuitest.Golden(t, name, s.Lines(f))
	}
	f := tuitest.Frame(t, desk(t), tuitest.Sizes[0])
	tuitest.Golden(t, "no-profile", New("entry-6").Lines(f))
	tuitest.Golden(t, "no-country", New("entry-8").Lines(f))
	tuitest.Golden(t, "none", New("entry-99").Lines(f))
}

func TestContract(t *testing.T) {
	tuitest.Walk(t, func() screen.Screen { return New(critical) })
}

// TestKeysWriteOutcomes: each key writes what became of the call that stands on top, once; the cursor chooses another.
func TestKeysWriteOutcomes(t *testing.T) {
	f := tuitest.Frame(t, desk(t), tuitest.Sizes[0])
	for _, tt := range []struct {
		key  keys.ID
		want duty.Outcome
	}{
		{keys.ToldTried, duty.Tried}, {keys.ToldMissed, duty.NoAnswer}, {keys.ToldRefused, duty.Refused}, {keys.ToldAnswered, duty.Answered}, {keys.ToldReadBack, duty.ReadBack},
	} {
		s := New(critical)
		s.Arrived(f)
		s.Lines(f)
		r, _ := s.Key(tt.key, f).Do.(action.Record)
		if b, ok := r.Body.(*duty.Told); !ok || b.Outcome != tt.want || b.Contact != "designated official" || b.Channel != "mobile" || b.Alarm != critical {
			t.Errorf("%s writes %+v", tt.key, r.Body)
		}
		if ask := s.Key(tt.key, f); ask.Do != nil || !strings.Contains(ask.Say, "is being written") {
			t.Errorf("pressed twice: %+v", ask)
		}
	}
	s := New(critical)
	s.Arrived(f)
	s.Lines(f)
	s.Key(keys.Down, f)
	r, _ := s.Key(keys.ToldAnswered, f).Do.(action.Record)
	if b, ok := r.Body.(*duty.Told); !ok || b.Contact != "security adviser" || b.Channel != "mobile" {
		t.Errorf("with the cursor on the second: %+v", r.Body)
	}
	if got := New(critical).Key(keys.Open, f).Prefill; got != "told A6 designated official mobile " {
		t.Errorf("enter begins %q", got)
	}
	// What was written is on the sheet, and the next stands on top.
	after := tuitest.Frame(t, desk(t, said("designated official", "mobile", duty.Answered, "")), tuitest.Sizes[0])
	s = New(critical)
	s.Arrived(f)
	s.Lines(f)
	s.Key(keys.ToldAnswered, f)
	s.Arrived(after)
	if text := strings.Join(s.Lines(after), "\n"); !strings.Contains(text, "CALL security adviser, Sierra 1") || s.Cannot(keys.ToldAnswered, after) != "" {
		t.Errorf("%s\n%s", text, s.Cannot(keys.ToldAnswered, after))
	}
}

// TestNumbersAreOfTheNextOneOnly: no other number is on the screen, none in a title or in what is copied, and none in a picture of
// the past.
func TestNumbersAreOfTheNextOneOnly(t *testing.T) {
	v := desk(t)
	for _, size := range tuitest.Sizes {
		f := tuitest.Frame(t, v, size)
		s := New(critical)
		s.Arrived(f)
		text := strings.Join(append(s.Lines(f), s.Linear(f)...), "\n")
		if !strings.Contains(text, "EXERCISE 0001") || strings.Contains(text, "EXERCISE 0002") || strings.Contains(text, "EXERCISE 0003") {
			t.Errorf("%s:\n%s", size, text)
		}
		for range 12 {
			if ask := s.Key(keys.Copy, f); strings.Contains(ask.Copy+s.Title(f), "EXERCISE 00") {
				t.Errorf("copied %q, title %q", ask.Copy, s.Title(f))
			}
			s.Key(keys.Down, f)
		}
	}
	d, l := tuitest.OnDutyLog()
	l.On(d)
	d.Store.SetProfiles(profile.Set{tuitest.Profile()}, tuitest.Now.Add(-48*time.Hour))
	past := d.Store.At(tuitest.Now.Add(-time.Minute), tuitest.Now.Add(-time.Minute), tuitest.Now).For(picture.DutyOfficer)
	f := tuitest.Frame(t, past, tuitest.Sizes[0])
	s := New(critical)
	if text := strings.Join(s.Lines(f), "\n"); strings.Contains(text, "EXERCISE 00") || !strings.Contains(text, "numbers are shown live only") {
		t.Errorf("in the past:\n%s", text)
	}
	if ask := s.Key(keys.ToldAnswered, f); ask.Do != nil || !strings.Contains(ask.Say, "of the past") {
		t.Errorf("in the past: %+v", ask)
	}
}
