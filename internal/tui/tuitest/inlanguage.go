package tuitest

import (
	"testing"

	"vigil/internal/figure"
	"vigil/internal/lang"
	"vigil/internal/picture"
	"vigil/internal/tui/screen"
)

// In is f for somebody who reads a language, by its tag.
func In(tb testing.TB, f screen.Frame, tag string) screen.Frame {
	tb.Helper()
	l, err := lang.Load(tag, f.Palette.ASCII)
	if err != nil {
		tb.Fatal(err)
	}
	f.Hand = figure.NewHand(f.Palette.ASCII, l)
	return f
}

// GoldensIn draws a screen in French at two sizes and in ASCII, and in Spanish.
func GoldensIn(t *testing.T, name string, v picture.View, open func() screen.Screen) {
	t.Helper()
	draw := func(name, tag string, f screen.Frame) {
		t.Helper()
		f = In(t, f, tag)
		shown := open()
		shown.Arrived(f)
		lines := shown.Lines(f)
		Exact(t, f, lines)
		Golden(t, name, lines)
	}
	for _, size := range Sizes[:2] {
		draw(name+"-fr-"+size.String(), "fr", Frame(t, v, size))
	}
	draw(name+"-fr-ascii", "fr", ASCII(t, Frame(t, v, Sizes[0])))
	draw(name+"-es-"+Sizes[0].String(), "es", Frame(t, v, Sizes[0]))
}
