package term

import (
	"errors"
	"math"
	"testing"
	"time"
)

// distant is a terminal behind a link, on a clock of its own: it answers each request after the round trip and the time for the bytes.
type distant struct {
	at     time.Time
	trip   time.Duration
	rate   float64 // bytes per second
	silent bool
	due    time.Time
	queued string
}

func (f *distant) now() time.Time { return f.at }

func (f *distant) Write(p []byte) (int, error) {
	f.due = f.at.Add(f.trip + time.Duration(float64(len(p))/f.rate*float64(time.Second)))
	f.queued = "x" + answer // somebody types
	return len(p), nil
}

func (f *distant) readSome(p []byte) (int, error) {
	const pause = 100 * time.Millisecond
	if f.silent || f.due.After(f.at.Add(pause)) {
		f.at = f.at.Add(pause)
		return 0, nil
	}
	f.at = f.due
	n := copy(p, f.queued[:min(3, len(f.queued))]) // in pieces
	f.queued = f.queued[n:]
	return n, nil
}

func TestAsk(t *testing.T) {
	for _, tt := range []struct {
		name string
		far  distant
		want Link
	}{
		{"satellite", distant{trip: 600 * time.Millisecond, rate: 960}, Link{600 * time.Millisecond, 960}},
		{"near", distant{trip: time.Millisecond, rate: 1e6}, Link{time.Millisecond, 1e6}},
		{"too slow for the limit", distant{trip: 100 * time.Millisecond, rate: 100}, Link{RoundTrip: 140 * time.Millisecond, Rate: 1027 / 3.0}},
	} {
		got, err := ask(&tt.far, tt.far.now)
		if err != nil || math.Abs(got.RoundTrip.Seconds()-tt.want.RoundTrip.Seconds()) > 0.005 || math.Abs(got.Rate/tt.want.Rate-1) > 0.02 {
			t.Errorf("%s: %+v, %v, want %+v", tt.name, got, err, tt.want)
		}
	}
	silent := distant{silent: true, rate: 1}
	if _, err := ask(&silent, silent.now); !errors.Is(err, ErrSilent) {
		t.Errorf("one that says nothing: %v", err)
	}
	if took := silent.at.Sub(time.Time{}); took > AskLimit+time.Second {
		t.Errorf("it took %s", took)
	}
}
