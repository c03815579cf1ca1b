package app

import (
	"testing"
	"time"

	"vigil/internal/picture"
	"vigil/internal/source"
)

func TestHowFarTheFirstReadingIs(t *testing.T) {
	const mb = 1_000_000
	for _, tt := range []struct {
		p    picture.Progress
		want string
	}{
		{picture.Progress{}, "still reading the files"},
		{picture.Progress{Read: 50 * mb, Total: 200 * mb}, "still reading the files: 25 % of 200.0 MB"},
		{picture.Progress{Read: 50 * mb, Total: 200 * mb, Rate: 25 * mb, Left: 6 * time.Second}, "still reading the files: 25 % of 200.0 MB, 25.0 MB/s, 6s left"},
		{picture.Progress{Read: 199 * mb, Total: 200 * mb, Rate: 100 * mb, Left: 10 * time.Millisecond}, "still reading the files: 99 % of 200.0 MB, 100.0 MB/s, 1s left"},
	} {
		if got := readingWords(tt.p); got != tt.want {
			t.Errorf("%+v: %q, want %q", tt.p, got, tt.want)
		}
	}
}

// TestRateOfTheFirstReading: it is measured over all that is being read, and not told before it means something.
func TestRateOfTheFirstReading(t *testing.T) {
	began := time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC)
	h := &hub{
		reading:   map[string]bool{"a": true, "b": true, "c": false},
		progress:  map[string]source.Progress{"a": {Read: 30, Total: 100}, "b": {Read: 10, Total: 20}, "c": {Read: 500, Total: 500}},
		readSince: began,
	}
	if p := h.progressNow(began.Add(100 * time.Millisecond)); p.Read != 40 || p.Total != 120 || p.Rate != 0 {
		t.Errorf("too early: %+v", p)
	}
	if p := h.progressNow(began.Add(2 * time.Second)); p.Rate != 20 || p.Left != 4*time.Second {
		t.Errorf("after two seconds: %+v", p)
	}
}
