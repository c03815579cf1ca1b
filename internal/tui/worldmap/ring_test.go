package worldmap

import (
	"strings"
	"testing"

	"vigil/internal/tui/atlas"
	"vigil/internal/tui/canvas"
	"vigil/internal/tui/tuitest"
)

// TestARingAtTheSideOfTheWorld, around Taveuni, which the antimeridian cuts, is in two parts and nowhere between.
func TestARingAtTheSideOfTheWorld(t *testing.T) {
	f := tuitest.Frame(t, tuitest.Empty().View(), tuitest.Size{Width: 90, Height: 36})
	s := canvas.NewSheet(canvas.Braille, 90, 36)
	drawRing(s, atlas.World(90, 36, 0), point{Lat: -16.8, Lon: 179.98}, 600)
	drawn := false
	for _, line := range s.Lines(f.Palette.Solid()) {
		cells := []rune(line)
		if strings.TrimSpace(line) == "" {
			continue
		}
		drawn = true
		if len(cells) != 90 || strings.TrimSpace(string(cells[:4])) == "" || strings.TrimSpace(string(cells[86:])) == "" || strings.TrimSpace(string(cells[4:86])) != "" {
			t.Errorf("%q", line)
		}
	}
	if !drawn {
		t.Error("no ring is drawn")
	}
}
