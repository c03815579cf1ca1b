package alarms

import (
	"strings"
	"testing"

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
