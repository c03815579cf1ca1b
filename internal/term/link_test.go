package term

import (
	"testing"
	"time"
	"unicode"
)

// nonControl is every character that can be shown, and those of no width.
var nonControl = &unicode.RangeTable{
	R16: []unicode.Range16{{Lo: 0x20, Hi: 0x7e, Stride: 1}, {Lo: 0xa0, Hi: 0xd7ff, Stride: 1}, {Lo: 0xf900, Hi: 0xfffc, Stride: 1}},
	R32: []unicode.Range32{{Lo: 0x10000, Hi: 0x1f9ff, Stride: 1}},
}

func TestLinkTellsRoundTripFromRate(t *testing.T) {
	tests := []struct {
		name      string
		roundTrip time.Duration
		rate      float64
	}{
		{"serial line", 0, 960},
		{"satellite", 700 * time.Millisecond, 8000},
		{"good line", 20 * time.Millisecond, 1e6},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var l link
			now := time.Unix(0, 0)
			for i := range 200 {
				bytes := 11 + (i%7)*200
				l.asked(now, bytes)
				now = now.Add(tt.roundTrip + time.Duration(float64(bytes)/tt.rate*float64(time.Second)))
				l.answered(now)
			}
			if got := l.roundTrip(); (got - tt.roundTrip).Abs() > 2*time.Millisecond {
				t.Errorf("round trip %v, want %v", got, tt.roundTrip)
			}
			if l.rate < tt.rate*.98 || l.rate > tt.rate*1.02 {
				t.Errorf("rate %.0f, want %.0f", l.rate, tt.rate)
			}
			want := max(least, int(tt.rate*(tt.roundTrip+underway).Seconds()))
			if got := l.budget(); got < want*9/10 || got > want*11/10 {
				t.Errorf("budget %d bytes, want about %d", got, want)
			}
		})
	}
}

func TestLinkForgetsABetterPast(t *testing.T) {
	var l link
	now := time.Unix(0, 0)
	send := func(took time.Duration) {
		l.asked(now, 20)
		now = now.Add(took)
		l.answered(now)
	}
	send(time.Millisecond)
	for range samples {
		send(900 * time.Millisecond)
	}
	if got := l.roundTrip(); got != 900*time.Millisecond {
		t.Errorf("round trip %v after the link became slow, want 900ms", got)
	}
}

func TestLinkBelievesASlowFrameAtOnce(t *testing.T) {
	var l link
	now := time.Unix(0, 0)
	send := func(bytes int, took time.Duration) {
		l.asked(now, bytes)
		now = now.Add(took)
		l.answered(now)
	}
	send(20, time.Millisecond)
	for range 10 {
		send(2000, 2*time.Millisecond)
	}
	if l.budget() < 100_000 {
		t.Fatalf("budget %d bytes on a fast link", l.budget())
	}
	send(1000, time.Second)
	if got := l.budget(); got > 200 {
		t.Errorf("budget %d bytes after a second for a thousand, want at most 200", got)
	}
	send(200, time.Millisecond+500*time.Microsecond)
	if got := l.budget(); got < 1000 {
		t.Errorf("budget %d bytes after a hiccup", got)
	}
}

func TestSplit(t *testing.T) {
	const csi5, text = "\x1b[5;1H", "0123456789"
	tests := []struct {
		name  string
		in    string
		limit int
		want  int
	}{
		{"fits", text, 20, 10},
		{"fits but for a request", text + "abcd", 10, 14},
		{"before the last sequence within the limit", text + csi5 + text + csi5 + text, 30, 26},
		{"before the first sequence after the limit", text + text + text + csi5 + text, 5, 30},
		{"nowhere", text + text + text, 5, 30},
		{"not before nothing", csi5 + text + text + csi5, 12, 26},
		{"not inside a title", "\x1b]2;a long title of a window\x1b\\" + csi5, 10, 30},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := split([]byte(tt.in), tt.limit); got != tt.want {
				t.Errorf("split(%q, %d) = %d, want %d", tt.in, tt.limit, got, tt.want)
			}
		})
	}
}

// TestLinkUnderFloodTellsItsRate: while screens change faster than they can be sent there are no small frames, and the rate is still found.
func TestLinkUnderFloodTellsItsRate(t *testing.T) {
	var l link
	now := time.Unix(0, 0)
	send := func(bytes int, trip time.Duration, rate float64) {
		l.asked(now, bytes)
		now = now.Add(trip + time.Duration(float64(bytes)/rate*float64(time.Second)))
		l.answered(now)
	}
	for range 50 {
		send(l.budget()+len(request), time.Millisecond, 1e7)
	}
	for _, slow := range []struct {
		trip time.Duration
		rate float64
	}{{0, 960}, {700 * time.Millisecond, 5000}} {
		before := l.bulks
		for range 6 * samples {
			send(l.budget()+len(request), slow.trip, slow.rate)
		}
		if l.rate < slow.rate*.9 || l.rate > slow.rate*1.1 || l.bulks-before < samples {
			t.Errorf("rate %.0f after %d measures, want %.0f", l.rate, l.bulks-before, slow.rate)
		}
	}
}
