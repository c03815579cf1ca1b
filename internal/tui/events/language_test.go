package events

import (
	"testing"

	"vigil/internal/tui/screen"
	"vigil/internal/tui/tuitest"
)

func TestLanguages(t *testing.T) {
	v := tuitest.Sahel().View()
	tuitest.Languages(t, "list", v, func() screen.Screen { return New("") })
	tuitest.Languages(t, "detail", v, func() screen.Screen { return NewDetail(v.At(0)) })
	for id := range v.Incidents() {
		tuitest.Said(t, v, func() screen.Screen { return NewDetail(id) })
	}
	convoy := tuitest.Convoy().View()
	tuitest.Said(t, convoy, func() screen.Screen { return NewDetail(convoy.At(0)) })
	patchy := tuitest.Patchy().View()
	tuitest.Said(t, patchy, func() screen.Screen { return NewDetail(patchy.At(0)) })
	tuitest.Said(t, tuitest.Empty().View(), func() screen.Screen { return New("") })
	tuitest.Said(t, tuitest.Ahead().View(), func() screen.Screen { return New("") })
	tuitest.Said(t, v, func() screen.Screen {
		s := New("act:abduction")
		s.SetFilter("act:abduction", nil, 0)
		s.SetUndecided(2)
		return s
	}, "act", "abduction") // as typed
}
