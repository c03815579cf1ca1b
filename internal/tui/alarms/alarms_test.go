package alarms

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"vigil/internal/duty"
	"vigil/internal/picture"
	"vigil/internal/profile"
	"vigil/internal/safetext"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/tuitest"
)

func TestGoldens(t *testing.T) {
	v := tuitest.OnDuty().View()
	tuitest.Goldens(t, "alarms", v, func() screen.Screen { return New("") })
	tuitest.Goldens(t, "alarm", v, func() screen.Screen { return NewDetail("entry-11") })
	empty := tuitest.Frame(t, tuitest.Empty().View(), tuitest.Sizes[0])
	tuitest.Golden(t, "empty", New("").Lines(empty))
	tuitest.Golden(t, "gone", NewDetail("entry-99").Lines(empty))
}

// TestTelling: how far it is stands in the list and on the alarm; what is over and must be told again is listed and marked until it is done,
// however long it is closed.
func TestTelling(t *testing.T) {
	open := func(size tuitest.Size, later time.Duration, entries ...duty.Body) screen.Frame {
		d, l := tuitest.OnDutyLog()
		for i, e := range entries {
			l.Say(time.Duration(len(entries)-i)*time.Second, "Oscar", e)
		}
		l.On(d)
		d.Store.SetProfiles(profile.Set{tuitest.Profile()}, tuitest.Now.Add(-time.Hour))
		f := tuitest.Frame(t, d.View(), size)
		f.Now = f.Now.Add(later)
		return f
	}
	heard := &duty.Told{Alarm: "entry-11", Contact: "designated official", Outcome: duty.ReadBack}
	over := []duty.Body{
		&duty.Ack{Alarm: "entry-11", Owner: duty.Words("Oscar"), Reason: duty.Words("calling"), Until: tuitest.Now.Add(time.Hour)}, heard, &duty.Clear{Alarm: "entry-11"},
		&duty.Reopen{Alarm: "entry-11", Reason: duty.Words("refuted: false alarm")},
	}
	for _, size := range []tuitest.Size{{Width: 80, Height: 24}, {Width: 132, Height: 43}} {
		f := open(size, 0, heard)
		tuitest.Golden(t, "telling-"+size.String(), New("").Lines(f))
		tuitest.Golden(t, "telling-alarm-"+size.String(), NewDetail("entry-11").Lines(f))
		f = open(size, 0, over...)
		tuitest.Golden(t, "again-"+size.String(), New("").Lines(f))
		tuitest.Golden(t, "again-alarm-"+size.String(), NewDetail("entry-11").Lines(f))
	}
	text := strings.Join(New("").Linear(open(tuitest.Sizes[1], 25*time.Hour, over...)), "\n")
	if !strings.Contains(text, "CLOSED WITHIN 24 hours, OR TO BE TOLD AGAIN") || !strings.Contains(text, "attention: alarm A6, severity critical, TELL AGAIN") || !strings.Contains(text, "told 0 of 1") {
		t.Errorf("a day later:\n%s", text)
	}
	text = strings.Join(New("").Linear(open(tuitest.Sizes[1], 25*time.Hour, append(over, heard)...)), "\n")
	if strings.Contains(text, "TO BE TOLD AGAIN") || strings.Contains(text, "A6,") {
		t.Errorf("told again, and a day later:\n%s", text)
	}
}

func TestContract(t *testing.T) {
	tuitest.Walk(t, func() screen.Screen { return New("") })
	tuitest.Walk(t, func() screen.Screen { return NewDetail("entry-11") })
}

// TestKeysBeginCommands: what a key begins is about the alarm under the cursor, and what cannot be is said.
func TestKeysBeginCommands(t *testing.T) {
	f := tuitest.Frame(t, tuitest.OnDuty().View(), tuitest.Sizes[1])
	s := New("")
	for _, tt := range []struct {
		alarm, key string
		id         keys.ID
		prefill    string
		says       string
	}{
		{"entry-11", "a", keys.Acknowledge, "ack A6 ", ""},
		{"entry-11", "z", keys.Shelve, "", "highest severity"},
		{"entry-11", "x", keys.CloseAlarm, "", "A6 lasts"},
		{"entry-11", "Z", keys.Unshelve, "", "not shelved"},
		{"entry-10", "x", keys.CloseAlarm, "close A5 ", ""},
		{"entry-6", "Z", keys.Unshelve, "unshelve A3 ", ""},
		{"entry-1", "a", keys.Acknowledge, "", "A1 is closed"},
	} {
		for range 30 {
			if l, ok := s.body.Selected(f); ok && l.Open.Subject.Alarm == tt.alarm {
				break
			}
			s.Key(keys.Down, f)
		}
		ask := s.Key(tt.id, f)
		if ask.Prefill != tt.prefill || !strings.Contains(ask.Say, tt.says) {
			t.Errorf("%s on %s asks for %+v; want %q, %q", tt.key, tt.alarm, ask, tt.prefill, tt.says)
		}
		s.Key(keys.Top, f)
	}
}

// TestClosingACriticalBeginsWithWhatWasLeftUndone, and one of lower severity with nothing.
func TestClosingACriticalBeginsWithWhatWasLeftUndone(t *testing.T) {
	d, l := tuitest.OnDutyLog()
	l.Say(0, "Oscar", &duty.Told{Alarm: "entry-11", Contact: "designated official", Outcome: duty.Answered})
	l.Say(0, tuitest.Vigil, &duty.Clear{Alarm: "entry-11"})
	f := tuitest.Frame(t, l.On(d).View(), tuitest.Sizes[1])
	for id, want := range map[string]string{"entry-11": `^A6 was never acknowledged(, told \d/\d)?$`, "entry-10": `^$`} {
		a, ok := f.View.Duty().Alarm(id)
		if !ok {
			t.Fatal(id)
		}
		if ask, _ := Begin(keys.CloseAlarm, a, f); !regexp.MustCompile(want).MatchString(ask.Say) || ask.Prefill != "close "+a.Called()+" " {
			t.Errorf("%s: %+v, want %s", id, ask, want)
		}
	}
}

// TestNoneWhileReading: while the files are read nobody can say that no alarm is open.
func TestNoneWhileReading(t *testing.T) {
	d := tuitest.Empty()
	d.Store.SetDesk(picture.Desk{Reading: safetext.Const("reading the files")})
	f := tuitest.Frame(t, d.View(), tuitest.Sizes[0])
	for name, lines := range map[string][]string{"drawn": New("").Lines(f), "read": New("").Linear(f)} {
		text := strings.Join(lines, "\n")
		if strings.Contains(text, "No alarm is open") || !strings.Contains(text, "No alarm is known of yet.") || !strings.Contains(text, "That is not calm") {
			t.Errorf("%s:\n%s", name, text)
		}
	}
}

// TestTheLeastScreenSaysWhatRangUnderItsRow: in the few cells beside it "told…" would stand for every alarm.
func TestTheLeastScreenSaysWhatRangUnderItsRow(t *testing.T) {
	tuitest.Golden(t, "alarms-40x12", New("").Lines(tuitest.Frame(t, tuitest.Ringing().View(), tuitest.Size{Width: 40, Height: 12})))
}
