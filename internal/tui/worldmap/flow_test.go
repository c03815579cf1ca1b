package worldmap

import (
	"testing"

	"vigil/internal/tui/tuitest"
	"vigil/internal/tui/widget"
)

// TestAFigureIsNeverCut: 451n 27i is not 451n 2…: what has no room goes word by word.
func TestAFigureIsNeverCut(t *testing.T) {
	f := tuitest.Frame(t, tuitest.OnDuty().View(), tuitest.Size{Width: 40, Height: 12})
	for _, c := range []struct {
		pieces []string
		want   string
	}{
		{[]string{"24 h 15  7 d 17  30 d 22", "staff 451n 27i 25h"}, "24 h 15  7 d 17  30 d 22  staff 451n…"},
		{[]string{"24 h 15  7 d 17  30 d 22", "staff 4n 27i"}, "24 h 15  7 d 17  30 d 22  staff 4n 27i"},
		{[]string{"24 h 15  7 d 17  30 d 22  12345678", "staff 4n"}, "24 h 15  7 d 17  30 d 22  12345678  …"},
	} {
		row := []widget.Span{}
		for i, p := range c.pieces {
			if i > 0 {
				row = append(row, widget.Span{Text: "  "})
			}
			row = append(row, widget.Span{Text: p})
		}
		got := ""
		for _, s := range atWord(f, row) {
			got += s.Text
		}
		if got != c.want {
			t.Errorf("%q, not %q", got, c.want)
		}
	}
}
