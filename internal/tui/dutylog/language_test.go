package dutylog

import (
	"testing"

	"vigil/internal/tui/screen"
	"vigil/internal/tui/tuitest"
)

func TestLanguages(t *testing.T) {
	v := tuitest.OnDuty().View()
	recorded := tuitest.Recorded(v)
	tuitest.Languages(t, "log", v, func() screen.Screen { return New() }, recorded...)
	tuitest.Languages(t, "entry", v, func() screen.Screen { return NewDetail(14) }, recorded...)
	for i := range v.Duty().Len() {
		tuitest.Said(t, v, func() screen.Screen { return NewDetail(v.Duty().At(i).Seq) }, recorded...)
	}
	tuitest.Said(t, v, func() screen.Screen { return NewDetail(99) })
	ringing := tuitest.Ringing().View()
	tuitest.Languages(t, "ringing", ringing, func() screen.Screen { return New() })
	for i := range ringing.Duty().Len() {
		tuitest.Said(t, ringing, func() screen.Screen { return NewDetail(ringing.Duty().At(i).Seq) })
	}
	tuitest.Said(t, tuitest.Empty().View(), func() screen.Screen { return New() })
}
