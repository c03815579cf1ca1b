package worldmap

import (
	"testing"
	"time"

	"vigil/internal/country"
	"vigil/internal/tui/tuitest"
)

func TestAClickOnTheMap(t *testing.T) {
	mli, ner, bfa := country.MustParse("MLI"), country.MustParse("NER"), country.MustParse("BFA")
	d := home(mli, ner, bfa)
	at(d, "I-1", ner, point{Lat: 18.7, Lon: 7.4}, time.Hour, nil)
	for _, size := range tuitest.Sizes[:3] {
		f := tuitest.Frame(t, d.View(), size)
		s := New(mli)
		s.Arrived(f)
		s.Lines(f)
		p := s.projection(f)
		click := func(where point) (hit, again bool) {
			c, _ := cellOf(p, where)
			hit, again = s.Click(c.x, c.y+1, f)
			s.Lines(f)
			return hit, again
		}
		if hit, again := click(point{Lat: 12.3, Lon: -1.6}); !hit || again || s.cursor != bfa || s.event != 0 {
			t.Errorf("%s: a click on Burkina Faso selects %s", size, s.cursor)
		}
		if hit, again := click(point{Lat: 12.3, Lon: -1.6}); !hit || !again {
			t.Errorf("%s: the second click on it is none", size)
		}
		if hit, _ := click(point{Lat: 18.7, Lon: 7.4}); !hit || s.cursor != ner || s.event == 0 {
			t.Errorf("%s: a click on a mark selects %s, event %d", size, s.cursor, s.event)
		}
		for name, l := range s.chart.labels {
			if s.Click(l.x, l.y+1, f); s.cursor != name {
				t.Errorf("%s: a click on the name of %s selects %s", size, name, s.cursor)
			}
		}
		before := s.cursor
		for _, where := range []cell{{0, 0}, {-1, 5}, {f.Width, 5}, {3, f.Height - 1}, {3, f.Height + 9}} {
			if hit, _ := s.Click(where.x, where.y, f); hit || s.cursor != before {
				t.Errorf("%s: a click at %v, off the map, does something", size, where)
			}
		}
	}
}
