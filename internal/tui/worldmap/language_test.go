package worldmap

import (
	"testing"

	"vigil/internal/country"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/tuitest"
)

func TestLanguages(t *testing.T) {
	v := tuitest.Expecting().View()
	tuitest.Languages(t, "map", v, open)
	tuitest.Said(t, home().View(), open)
	tuitest.Said(t, tuitest.Empty().View(), open)
	f := tuitest.Pseudo(tuitest.Frame(t, v, tuitest.Sizes[1]))
	tuitest.Said(t, v, func() screen.Screen {
		s := New(country.MLI)
		for _, id := range []keys.ID{keys.NextPane, keys.Shade} {
			s.Key(id, f)
		}
		return s
	})
	for _, tag := range []string{"ar", "ru", "zh"} { // words stand among the dots
		blind := tuitest.In(t, tag, tuitest.Frame(t, tuitest.Empty().View(), tuitest.Sizes[1]))
		tuitest.Exact(t, blind, open().Lines(blind))
		estimated := tuitest.In(t, tag, tuitest.Frame(t, v, tuitest.Sizes[1]))
		s := New(country.MLI)
		s.Key(keys.Shade, estimated)
		tuitest.Exact(t, estimated, s.Lines(estimated))
	}
	var said []string
	for _, id := range []keys.ID{keys.Shade, keys.Shade, keys.Layers, keys.Layers, keys.Layers, keys.Layers, keys.Dots, keys.Dots, keys.Dots, keys.Copy} {
		s := New(country.MLI)
		ask := s.Key(id, f)
		said = append(said, ask.Say, ask.Copy)
	}
	tuitest.Untranslated(t, said)
}
