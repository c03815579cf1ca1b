package term

import "time"

// Thrift is how sparingly a console draws, by what the link to its terminal bears.
type Thrift uint8

// From the best link to the worst. Each includes what the one before it spares.
const (
	// Plenty draws each change at once and over the whole width.
	Plenty Thrift = iota
	// Seldom draws what no key asked for every few seconds only.
	Seldom
	// Narrow draws in the columns of a small terminal alone.
	Narrow
	// Hopeless is a link on which a screen takes so long that plain lines serve better.
	Hopeless
)

// How long a whole screen may take before the console draws more sparingly: a second is what nobody waits for gladly;
// in four a screen is out of date before it is whole; in twenty somebody who flies blind would have asked by radio.
const (
	seldomFrom   = time.Second
	narrowFrom   = 4 * time.Second
	hopelessFrom = 20 * time.Second
)

// probe is how long a poor measure holds without another: small frames tell nothing of the rate, and a line that
// stood still once is no slow line for ever.
const probe = time.Minute

// NarrowColumns is how wide the body of a screen is on a [Narrow] link.
const NarrowColumns = 80

// Every is how far apart the changes are drawn that no key asked for; 0 is at once.
func (t Thrift) Every() time.Duration {
	switch t {
	case Plenty:
		return 0
	case Seldom:
		return 5 * time.Second
	default:
		return 10 * time.Second
	}
}

// Columns is how many of so many columns are drawn.
func (t Thrift) Columns(all int) int {
	if t >= Narrow {
		return min(all, NarrowColumns)
	}
	return all
}

// patience is how many measures in turn must be worse: a busy machine answers late now and then.
const patience = 3

// trust is how many measures in turn must be better: of pieces of one size a single one may tell of three times the rate that there is, and what is
// said of the link would come and go.
const trust = 2

// Gauge tells how sparingly to draw, from measures of the link. A link is found to be poor only by some measures in
// turn, and to be better again by two in turn that are twice as good as it must be, or by none for a minute: then one
// step is tried.
//
// The zero value is ready.
type Gauge struct {
	// Least is drawn at least so sparingly, whatever is measured: what a person asked for.
	Least Thrift

	level  Thrift
	worse  int // how many measures in turn were worse than level
	better int // how many were twice as good as it must be
	bulk   int
	judged time.Time // when a measure was judged last
}

// Judge takes what is measured now, on a terminal of so many cells.
func (g *Gauge) Judge(now time.Time, m Measure, cells int) Thrift {
	switch {
	case !m.Known:
	case m.Bulk != g.bulk:
		g.bulk, g.judged = m.Bulk, now
		g.weigh(whole(m, cells))
	case g.level > Plenty && now.Sub(g.judged) >= probe:
		g.level--
		g.judged = now
	}
	return max(g.level, g.Least)
}

func (g *Gauge) weigh(took time.Duration) {
	switch to := thrift(took); {
	case to > g.level:
		g.better = 0
		if g.worse++; g.worse >= patience {
			g.level, g.worse = to, 0
		}
	case thrift(2*took) < g.level:
		g.worse = 0
		if g.better++; g.better >= trust {
			g.level, g.better = thrift(2*took), 0
		}
	default:
		g.worse, g.better = 0, 0
	}
}

// whole is how long a screen takes. With its colours one takes about a byte a cell (1.0 to 1.3 measured on the
// console's own screens at 80×24 and 200×60; blanks at the ends of lines cost nothing).
func whole(m Measure, cells int) time.Duration {
	took := m.RoundTrip
	if m.Rate > 0 {
		took += time.Duration(min(float64(cells)/m.Rate, 3600) * float64(time.Second))
	}
	return took
}

func thrift(took time.Duration) Thrift {
	switch {
	case took >= hopelessFrom:
		return Hopeless
	case took >= narrowFrom:
		return Narrow
	case took >= seldomFrom:
		return Seldom
	default:
		return Plenty
	}
}
