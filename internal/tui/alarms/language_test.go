package alarms

import (
	"testing"

	"vigil/internal/tui/screen"
	"vigil/internal/tui/tuitest"
)

func TestLanguages(t *testing.T) {
	v := tuitest.OnDuty().View()
	recorded := tuitest.Recorded(v) // what an older vigil rang is said as it rang
	tuitest.Languages(t, "alarms", v, func() screen.Screen { return New("") }, recorded...)
	tuitest.Languages(t, "alarm", v, func() screen.Screen { return NewDetail("entry-11") }, recorded...)
	tuitest.Said(t, tuitest.Empty().View(), func() screen.Screen { return New("") })
	tuitest.Said(t, tuitest.Empty().View(), func() screen.Screen { return NewDetail("entry-99") })
	ringing := tuitest.Ringing().View()
	tuitest.Languages(t, "ringing", ringing, func() screen.Screen { return New("") })
	for _, a := range ringing.Duty().Alarms(tuitest.Now) {
		tuitest.Said(t, ringing, func() screen.Screen { return NewDetail(a.ID) })
	}
	flooded := tuitest.Flooded().View()
	tuitest.Said(t, flooded, func() screen.Screen { return New("") }, tuitest.Recorded(flooded)...)
}
