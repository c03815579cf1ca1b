package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"vigil/internal/picture"
	"vigil/internal/term"
	"vigil/internal/theme"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
)

// linkage is what the console knows of the way to its terminal, and how sparingly it draws for that.
type linkage struct {
	gauge  term.Gauge
	thrift term.Thrift
	last   term.Measure
	// waiting is a picture that is not shown yet, took when the one shown was, and hurry that the next must not wait for long.
	waiting picture.View
	took    time.Time
	hurry   bool
	// since is when the link was found to be too slow for screens; zero while it is not, or a key has said that they stay.
	since time.Time
	stay  bool
	fell  bool
	// Bytes in the last whole minute; known is false until there was one.
	perMinute int64
	known     bool
	written   int64     // when the minute began
	began     time.Time // when the minute began
}

// measured takes a measure of the link with each tick, and draws by it from then on.
func (m *Model) measured() {
	if m.o.Measure == nil {
		return
	}
	l := &m.link
	l.last = m.o.Measure()
	if to := l.gauge.Judge(m.now, l.last, m.width*m.height); to != l.thrift {
		l.thrift = to
		m.frame.redraw() // the footer says so, and the columns may be others
	}
}

// takes is how long so many bytes are under way, as far as it was measured; 0 where that is not known.
func (l *linkage) takes(bytes int) time.Duration {
	if l.last.Rate <= 0 {
		return 0
	}
	return time.Duration(float64(bytes) / l.last.Rate * float64(time.Second))
}

// fallAfter is how long screens are kept on a link that is too slow for them, unless a key says that they stay.
const fallAfter = 30 * time.Second

// falls leaves the screens for plain lines where a screen takes so long that it is out of date before it is whole. What is
// being typed is lost to nothing.
func (m *Model) falls() tea.Cmd {
	l := &m.link
	_, typist := m.top().screen.(screen.Typist)
	switch {
	case !m.o.Lines || l.stay || l.thrift < term.Hopeless || typist || m.mode != browsing:
		m.keepsScreens()
	case l.since.IsZero():
		l.since = m.now
		m.frame.footer = true
	case m.now.Sub(l.since) >= fallAfter:
		l.fell = true
		return tea.Quit
	}
	return nil
}

// keepsScreens takes back that plain lines will follow.
func (m *Model) keepsScreens() {
	if !m.link.since.IsZero() {
		m.link.since = time.Time{}
		m.frame.footer = true
	}
}

// stays notes a key: whoever works with the screens keeps them.
func (m *Model) stays() {
	if !m.link.since.IsZero() {
		m.link.stay = true
		m.keepsScreens()
		m.tell(m.hand.Say("the screens stay; a whole one takes over 20 s on this link"))
	}
}

// Fell reports whether the console has ended because the link is too slow for screens.
func (m *Model) Fell() bool { return m.link.fell }

// fallWords are the footer meanwhile, and fallLine is it as drawn.
func (m *Model) fallWords() string {
	return m.hand.Sayf("LINK TOO SLOW for screens: plain lines from %s; any key keeps screens", m.link.since.Add(fallAfter).UTC().Format("15:04:05Z"))
}

func (m *Model) fallLine() string {
	return widget.StatusLine(m.palette, m.width, theme.Footer, []widget.Span{{Text: " " + m.fallWords(), Role: theme.Warning}}, nil)
}

// counted closes a minute of the meter. A minute that was cut short or stretched, as by a suspended machine, is none.
func (m *Model) counted() {
	l := &m.link
	const slack = 10 * time.Second
	lasted := m.now.Sub(l.began)
	l.known = !l.began.IsZero() && (lasted-time.Minute).Abs() <= slack
	l.perMinute = l.last.Written - l.written
	l.written, l.began = l.last.Written, m.now
}

// due reports whether what no key asked for may be drawn now.
func (m *Model) due(drawn time.Time) bool {
	every := m.link.thrift.Every()
	return every == 0 || m.now.Sub(drawn) >= every
}

// refresh has the body drawn again: at once, or on a thin link when its time has come.
func (m *Model) refresh() {
	if m.due(m.frame.bodyAt) {
		m.frame.redraw()
		return
	}
	m.frame.held = true
}

// waits holds a picture back that is not due on a thin link: what is on the screen stays until then, so that a key is
// answered by what the key changes alone. The newest wins.
func (m *Model) waits(v picture.View) bool {
	if m.link.thrift == term.Plenty || m.view.IsZero() || m.view.Ahead() != v.Ahead() || m.pictureDue() {
		return false
	}
	m.link.waiting = v
	return true
}

// pictureDue reports whether another picture may be shown: when its time has come, and sooner if something rang or was done.
func (m *Model) pictureDue() bool {
	every := m.link.thrift.Every()
	if m.link.hurry {
		every /= 5
	}
	return m.o.Clock().Sub(m.link.took) >= every
}

// newest is the picture that came last, whether it is shown already or not.
func (m *Model) newest() picture.View {
	if !m.link.waiting.IsZero() {
		return m.link.waiting
	}
	return m.view
}

// caughtUp draws what was held back, when its time has come.
func (m *Model) caughtUp() tea.Cmd {
	if m.due(m.frame.at) {
		m.frame.header = m.frame.header || !m.reading.on || m.readHeader()
	}
	if m.frame.held && m.due(m.frame.bodyAt) {
		m.frame.redraw()
	}
	if v := m.link.waiting; !v.IsZero() && m.pictureDue() {
		return m.takeIn(v)
	}
	return nil
}

// meter is the right end of the footer: how sparingly is drawn and why, and bytes a minute. On a line to this
// machine, that matters to nobody and gives its room to the keys.
func (m *Model) meter() []widget.Span {
	if m.o.Measure == nil {
		return nil
	}
	l := &m.link
	var spans []widget.Span
	if l.thrift > term.Plenty {
		spans = append(spans, widget.Span{Text: m.thriftWords(), Role: theme.Warning})
	}
	if l.known && (l.thrift > term.Plenty || m.o.Caps.Remote || m.width >= wideFooter) {
		if len(spans) > 0 {
			spans = append(spans, widget.Span{Text: "  "})
		}
		spans = append(spans, widget.Span{Text: m.perMinute(l.perMinute), Role: theme.Dim})
	}
	if len(spans) > 0 {
		spans = append(spans, widget.Span{Text: " "})
	}
	return spans
}

// wideFooter is from how many columns on the meter stands beside the keys in any case.
const wideFooter = 120

func (m *Model) thriftWords() string {
	l := &m.link
	why := m.hand.Say("THIN LINK")
	if l.gauge.Least == l.thrift {
		why = m.hand.Say("LOW BANDWIDTH")
	}
	text := m.hand.Sayf("%s: drawn every %s", why, l.thrift.Every())
	switch {
	case m.width < wideFooter:
		return m.hand.Sayf("THIN %s", l.thrift.Every())
	case l.thrift >= term.Narrow && m.width > term.NarrowColumns:
		text += m.hand.Sayf(" in %d columns", term.NarrowColumns)
	}
	return text
}

// perMinute writes bytes a minute in four digits or less.
func (m *Model) perMinute(n int64) string {
	switch {
	case n < 1000:
		return m.hand.Sayf("%d B/min", n)
	case n < 10_000:
		return m.hand.Sayf("%s kB/min", m.hand.Decimal(float64(n)/1000, 1))
	case n < 1_000_000:
		return m.hand.Sayf("%s kB/min", m.hand.Number(int((n+500)/1000)))
	default:
		return m.hand.Sayf("%s MB/min", m.hand.Decimal(float64(n)/1e6, 1))
	}
}
