package alarms

import (
	"strings"
	"testing"
	"time"

	"vigil/internal/duty"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/tuitest"
)

func TestFloodGoldens(t *testing.T) {
	v := tuitest.Flooded().View()
	tuitest.Goldens(t, "flood", v, func() screen.Screen { return New("") })
	for _, size := range tuitest.Sizes[:2] {
		f := tuitest.Frame(t, v, size)
		s := New("")
		s.Lines(f)
		s.Key(keys.Group, f)
		tuitest.Golden(t, "flood-each-"+size.String(), s.Lines(f))
	}
}

func TestFloodContract(t *testing.T) {
	v := tuitest.Flooded().View()
	f := tuitest.Frame(t, v, tuitest.Sizes[0])
	s := New("")
	for _, id := range []keys.ID{keys.Down, keys.Down, keys.Open, keys.Down, keys.Group, keys.Bottom, keys.Group, keys.Open, keys.Top, keys.Open} {
		s.Key(id, f)
		tuitest.Exact(t, f, s.Lines(f))
	}
}

// on is what the cursor is on, once the screen is drawn.
func on(s *Screen, f screen.Frame) string {
	s.Lines(f)
	e := s.selected(f)
	if e.alarm != nil {
		return e.alarm.Called()
	}
	return e.key
}

// to moves the cursor there.
func to(t *testing.T, s *Screen, f screen.Frame, want string) {
	t.Helper()
	s.Key(keys.Top, f)
	for range 80 {
		if on(s, f) == want {
			return
		}
		s.Key(keys.Down, f)
	}
	t.Fatalf("the cursor does not come to %s", want)
}

const near = "group incident near staff/MLI"

// TestTheCursorStaysOnItsAlarm when it goes into a group and out of it.
func TestTheCursorStaysOnItsAlarm(t *testing.T) {
	f := tuitest.Frame(t, tuitest.Flooded().View(), tuitest.Sizes[1])
	s := New("")
	s.Arrived(f)
	to(t, s, f, near)
	if got := s.Key(keys.Acknowledge, f).Say; got != "this is a group of 6 alarms: Enter lists them" {
		t.Errorf("%q", got)
	}
	s.Key(keys.Open, f)
	if got := on(s, f); got != near {
		t.Errorf("unfolded the cursor is on %s", got)
	}
	to(t, s, f, "A9")
	if ask := s.Key(keys.Acknowledge, f); ask.Prefill != "ack A9 " {
		t.Errorf("%+v", ask)
	}
	if ask := s.Key(keys.Open, f); ask.Go != screen.ToAlarm {
		t.Errorf("Enter on an alarm of a group: %+v", ask)
	}
	s.Key(keys.Group, f)
	if got := on(s, f); got != "A9" {
		t.Errorf("each shown, the cursor is on %s", got)
	}
	s.Key(keys.Group, f)
	if got := on(s, f); got != "A9" {
		t.Errorf("grouped and unfolded, the cursor is on %s", got)
	}
	to(t, s, f, near)
	s.Key(keys.Open, f) // folded
	s.Key(keys.Group, f)
	if got := on(s, f); got != "A12" {
		t.Errorf("from its group, the cursor is on %s", got)
	}
	to(t, s, f, "A8")
	s.Key(keys.Group, f)
	if got := on(s, f); got != near {
		t.Errorf("A8 went into its group, the cursor is on %s", got)
	}
	s.Key(keys.Group, f)
	if got := on(s, f); got != "A8" {
		t.Errorf("and came out of it, the cursor is on %s", got)
	}
}

// TestAFloodComesAndGoes: it is grouped when it comes, the cursor stays with its alarm, and the next one is grouped again.
func TestAFloodComesAndGoes(t *testing.T) {
	d, l := tuitest.OnDutyLog()
	calm := tuitest.Frame(t, l.On(d).View(), tuitest.Sizes[1])
	s := New("entry-10")
	s.Arrived(calm)
	if got := on(s, calm); got != "A5" {
		t.Errorf("it begins on %s", got)
	}
	if why := s.Key(keys.Group, calm).Say; !strings.Contains(why, "no flood") {
		t.Errorf("%q", why)
	}
	tuitest.Flood(l)
	another := l.Say(30*time.Second, tuitest.Vigil, &duty.Raise{Rule: "level change", Severity: duty.High, Key: "another", Country: "MLI", Words: duty.Words("MLI Menaka: official level 3 to 4"), Moment: true})
	flood := tuitest.Frame(t, l.On(d).View(), tuitest.Sizes[1])
	s.Arrived(flood)
	if got := on(s, flood); got != "group level change/MLI" {
		t.Errorf("in the flood it is on %s", got)
	}
	if text := strings.Join(s.Lines(flood), "\n"); !strings.Contains(text, "!FLOOD: 16 alarms in 10 min, grouped; f shows each") {
		t.Errorf("%s", text)
	}
	s.Key(keys.Group, flood)
	over := flood
	over.Now = over.Now.Add(20 * time.Minute)
	s.Arrived(over)
	if got := on(s, over); got != "A5" {
		t.Errorf("after it, it is on %s", got)
	}
	s.Arrived(flood)
	if got := on(s, flood); got != "group level change/MLI" {
		t.Errorf("in the next it is on %s, where %s is", got, another)
	}
}
