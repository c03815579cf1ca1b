package term

import "time"

// bulk is the number of bytes from which on a frame tells something about the rate.
const bulk = 256

// link measures the way to the terminal and back by requests and answers.
type link struct {
	at        time.Time // when the unanswered request was sent
	bytes     int       // with how many bytes before it
	measured  bool
	roundTrip time.Duration
	rate      float64 // bytes per second; 0 if not known
}

func (l *link) asked(now time.Time, bytes int) { l.at, l.bytes = now, bytes }

// answered takes a measurement. The round trip follows the quickest answers at
// once and slower ones slowly, so that one long frame does not look like a
// long way; the rate is what a frame took beyond the round trip.
func (l *link) answered(now time.Time) {
	took := max(now.Sub(l.at), 0)
	if l.bytes >= bulk && l.measured {
		if sending := took - l.roundTrip; sending > 0 {
			rate := float64(l.bytes) / sending.Seconds()
			if l.rate == 0 {
				l.rate = rate
			}
			l.rate += (rate - l.rate) / 4
		}
		return
	}
	switch {
	case !l.measured || took < l.roundTrip:
		l.roundTrip = took
	default:
		l.roundTrip += (took - l.roundTrip) / 8
	}
	l.measured = true
}
