package term

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

const (
	small = 80 * 24
	large = 200 * 60
)

func TestGaugeFollowsTheLink(t *testing.T) {
	tests := []struct {
		name      string
		roundTrip time.Duration
		rate      float64
		cells     int
		want      Thrift
	}{
		{"here", 0, 1e7, large, Plenty},
		{"small frames only", 20 * time.Millisecond, 0, large, Plenty},
		{"satellite", 700 * time.Millisecond, 20_000, small, Plenty},
		{"satellite, large screen", 700 * time.Millisecond, 20_000, large, Seldom},
		{"960 B/s", 0, 960, small, Seldom},
		{"960 B/s, large screen", 0, 960, large, Narrow},
		{"240 B/s", 0, 240, small, Narrow},
		{"60 B/s", 0, 60, small, Hopeless},
		{"an answer a minute", time.Minute, 0, small, Hopeless},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var g Gauge
			now := time.Unix(0, 0)
			m := Measure{RoundTrip: tt.roundTrip, Rate: tt.rate, Known: true}
			for i := range patience {
				if i > 0 && g.level != Plenty {
					t.Errorf("%d measures are believed", i)
				}
				m.Bulk++
				g.Judge(now, m, tt.cells)
				now = now.Add(time.Second)
				g.Judge(now, m, tt.cells) // the same measure tells nothing new
			}
			if g.level != tt.want {
				t.Errorf("it is %d, want %d", g.level, tt.want)
			}
		})
	}
}

func TestGaugeComesBack(t *testing.T) {
	var g Gauge
	now := time.Unix(0, 0)
	bulk := 0
	judge := func(rate float64) Thrift {
		bulk++
		return g.Judge(now, Measure{Rate: rate, Known: true, Bulk: bulk}, small)
	}
	for range patience {
		judge(300)
	}
	for _, step := range []struct {
		rate float64
		want Thrift
	}{{300, Narrow}, {600, Narrow}, {1000, Seldom}, {2500, Seldom}, {4000, Plenty}} {
		if step.want < g.level {
			if got := judge(step.rate); got == step.want {
				t.Errorf("at %.0f B/s a single measure is believed", step.rate)
			}
		}
		if got := judge(step.rate); got != step.want {
			t.Errorf("at %.0f B/s it is %d, want %d", step.rate, got, step.want)
		}
	}
	for range patience {
		judge(300)
	}
	same := Measure{Rate: 300, Known: true, Bulk: bulk}
	for _, want := range []Thrift{Narrow, Seldom, Plenty, Plenty} {
		if got := g.Judge(now, same, small); got != want {
			t.Errorf("without another measure it is %d, want %d", got, want)
		}
		now = now.Add(probe)
	}
}

// TestGaugeKeepsWhatWasAskedFor: nothing measured makes it draw more than a person asked for, nor more than the terminal has.
func TestGaugeKeepsWhatWasAskedFor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := Gauge{Least: Thrift(rapid.IntRange(0, int(Hopeless)).Draw(t, "least"))}
		now := time.Unix(0, 0)
		m := Measure{}
		for range rapid.IntRange(1, 40).Draw(t, "measures") {
			now = now.Add(time.Duration(rapid.Int64Range(0, int64(2*probe)).Draw(t, "after")))
			m.Known = m.Known || rapid.Bool().Draw(t, "answers")
			m.Bulk += rapid.IntRange(0, 2).Draw(t, "bulk")
			m.Rate = rapid.Float64Range(0, 1e7).Draw(t, "rate")
			m.RoundTrip = time.Duration(rapid.Int64Range(0, int64(time.Minute)).Draw(t, "trip"))
			cells := rapid.IntRange(1, 300*100).Draw(t, "cells")
			got := g.Judge(now, m, cells)
			if got < g.Least || got > Hopeless {
				t.Fatalf("%d, with at least %d asked for", got, g.Least)
			}
			if all := rapid.IntRange(1, 300).Draw(t, "columns"); got.Columns(all) > all || got >= Narrow && got.Columns(all) > NarrowColumns {
				t.Fatalf("%d columns of %d", got.Columns(all), all)
			}
		}
	})
}

// TestEveryPieceTellsOfTheRate: on the slowest link too, a piece is large enough to be a measure beside the smallest frame.
func TestEveryPieceTellsOfTheRate(t *testing.T) {
	const tick = 17 + len(request) // bytes of a clock's tick, and the question
	for _, rate := range []float64{30, 120, 300, 960, 5000} {
		l := link{rate: rate}
		if piece := l.budget() + len(request); piece < tick+telling || piece < probing+len(request)+telling {
			t.Errorf("at %.0f B/s a piece of %d bytes is no measure", rate, piece)
		}
	}
}
