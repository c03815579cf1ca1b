package term

import "time"

const (
	// samples is how many measurements the link remembers: with a clock on
	// the screen some ten seconds of quiet, a second or two of bustle.
	samples = 16
	// telling is how many bytes more than the quickest sample a sample must have
	// before the difference tells something about the rate.
	telling = 96
	// least is how long the pieces are on the slowest link, so that each still tells something of the rate beside a
	// short one.
	least = 160
	// short is the longest sample that others can be compared with.
	short = 64
	// probing is how long a piece is that is sent to be compared with.
	probing = 40
	// unmeasured is how many bytes are sent at once while the rate is not known.
	unmeasured = 2048
	// underway is how much of a frame, as time it takes to send, may be on its way
	// at once. It bounds how long the way out of a slow link takes.
	underway = 150 * time.Millisecond
)

// link measures the way to the terminal and back by requests and answers.
type link struct {
	sentAt time.Time
	sent   int // bytes up to and with the request
	ring   [samples]sample
	next   int // where the next sample goes
	count  int
	rate   float64 // bytes per second; 0 if not known
	bulks  int     // samples that told something of the rate
}

type sample struct {
	bytes int
	took  time.Duration
}

func (l *link) asked(now time.Time, bytes int) { l.sentAt, l.sent = now, bytes }

// answered takes a sample. What a sample took is the round trip and the time
// for its bytes; two samples of different size tell one from the other.
func (l *link) answered(now time.Time) { l.took(sample{l.sent, max(now.Sub(l.sentAt), 0)}) }

func (l *link) took(s sample) {
	if l.count > 0 {
		quickest := l.quickest()
		if s.bytes >= quickest.bytes+telling && s.took > quickest.took {
			rate := float64(s.bytes-quickest.bytes) / (s.took - quickest.took).Seconds()
			if l.rate == 0 || rate < l.rate {
				// A link that has become slow is believed at once: what is
				// sent on the strength of its past cannot be called back.
				l.rate = rate
			}
			l.rate += (rate - l.rate) / 4
			l.bulks++
		}
	}
	l.ring[l.next] = s
	l.next = (l.next + 1) % samples
	l.count = min(l.count+1, samples)
}

func (l *link) quickest() sample {
	best := l.ring[0]
	for _, s := range l.ring[1:l.count] {
		if s.took < best.took {
			best = s
		}
	}
	return best
}

// roundTrip is what an answer takes if hardly any bytes precede it.
func (l *link) roundTrip() time.Duration {
	if l.count == 0 {
		return 0
	}
	best := l.quickest()
	if l.rate == 0 {
		return best.took
	}
	return max(0, best.took-time.Duration(float64(best.bytes)/l.rate*float64(time.Second)))
}

// due is when the answer that is on its way should have come in any case, from when it was asked for.
func (l *link) due() time.Duration {
	within := 2 * l.roundTrip()
	if l.rate > 0 {
		within += time.Duration(min(float64(l.sent)/l.rate, 3600) * float64(time.Second))
	}
	return within
}

// budget is how many bytes may be on their way at once: what the link holds in a round
// trip, and a little to keep it busy.
func (l *link) budget() int {
	if l.blunt() {
		return probing
	}
	if l.rate == 0 {
		return unmeasured
	}
	return max(least, int(min(l.rate*(l.roundTrip()+underway).Seconds(), 1<<30)))
}

// blunt reports whether all samples are of large pieces, which tell nothing by one another: as while screens change faster
// than they can be sent.
func (l *link) blunt() bool {
	if l.count < samples {
		return false
	}
	for _, s := range l.ring {
		if s.bytes <= short {
			return false
		}
	}
	return true
}
