package tui

import (
	"strings"
	"testing"
	"time"

	"vigil/internal/term"
	"vigil/internal/tui/ring"
	"vigil/internal/tui/tuitest"
	"vigil/internal/tui/widget"
)

// thinConsole is a console on a link of which a test says what is measured.
func thinConsole(t *testing.T, size tuitest.Size, least term.Thrift) (*rig, *term.Measure) {
	t.Helper()
	m := &term.Measure{}
	return start(t, tuitest.Sahel().View(), size, func(o *Options) {
		o.Measure = func() term.Measure { return *m }
		o.Thrift = least
	}), m
}

// passes lets seconds pass, each with a measure.
func (r *rig) passes(seconds int, m *term.Measure) {
	for range seconds {
		r.now = r.now.Add(time.Second)
		m.Bulk++
		r.Update(tickMsg{})
		r.View()
	}
}

var wide = tuitest.Size{Width: 200, Height: 60}

func footerOf(r *rig) string { l := r.lines(); return l[len(l)-1] }

func TestAThinLinkIsDrawnOnSeldom(t *testing.T) {
	r, m := thinConsole(t, normal, term.Plenty)
	*m = term.Measure{Known: true, Rate: 960}
	r.passes(3, m)
	if !strings.Contains(footerOf(r), "THIN 5s") {
		t.Fatalf("the footer does not say that the link is thin: %q", footerOf(r))
	}
	r.Update(viewMsg{tuitest.OnDuty().View()})
	r.passes(2, m) // five seconds after the first picture the next is shown
	if !strings.Contains(r.text(), "NOT ACKED") {
		t.Fatal("a picture that is due is not shown")
	}
	bodies, frames := r.frame.bodies, r.frame.frames
	for i := range 5 {
		r.Update(viewMsg{tuitest.OnDuty().View()})
		r.View()
		if i < 4 && (r.frame.bodies != bodies || r.frame.frames > frames) {
			t.Fatalf("%d s after the last, %d bodies and %d frames were drawn that no key asked for", i, r.frame.bodies-bodies, r.frame.frames-frames)
		}
		r.passes(1, m)
	}
	if r.frame.bodies != bodies+1 || r.frame.frames != frames+1 {
		t.Errorf("five changes in five seconds drew %d bodies and %d frames, want 1 of each", r.frame.bodies-bodies, r.frame.frames-frames)
	}
	r.Update(viewMsg{tuitest.Sahel().View()})
	before := r.frame.bodies
	r.press("j")
	r.View()
	if r.frame.bodies != before+1 || !strings.Contains(r.text(), "NOT ACKED") {
		t.Error("a key waits for the next picture, or brings it")
	}
}

func TestAThinLinkIsDrawnOnInFewColumns(t *testing.T) {
	r, m := thinConsole(t, wide, term.Plenty)
	*m = term.Measure{Known: true, Rate: 960}
	r.passes(3, m)
	r.passes(10, m)
	if !strings.Contains(footerOf(r), "THIN LINK: drawn every 10s in 80 columns") {
		t.Fatalf("the footer is %q", footerOf(r))
	}
	lines := r.lines()
	for i, line := range lines[1 : len(lines)-1] {
		if widget.Width(strings.TrimRight(line, " ")) > term.NarrowColumns {
			t.Errorf("line %d is drawn in more than %d columns: %q", i+1, term.NarrowColumns, line)
		}
	}
	m.Rate = 1e6
	r.passes(2, m)
	if strings.Contains(footerOf(r), "THIN") || r.area().Width != wide.Width {
		t.Errorf("a link that has become good is still called thin: %q", footerOf(r))
	}
}

func TestLowBandwidthIsDrawnOnSeldomFromTheStart(t *testing.T) {
	r, m := thinConsole(t, wide, term.Narrow)
	if !strings.Contains(footerOf(r), "LOW BANDWIDTH: drawn every 10s in 80 columns") {
		t.Errorf("the footer is %q", footerOf(r))
	}
	*m = term.Measure{Known: true, Rate: 1e7}
	r.passes(200, m)
	if r.area().Width != term.NarrowColumns {
		t.Error("a good link undoes what was asked for")
	}
}

// TestAnAlarmIsDrawnSoon: on the thinnest link too, what rings is seen before the next drawing is due.
func TestAnAlarmIsDrawnSoon(t *testing.T) {
	r, m := thinConsole(t, normal, term.Narrow)
	r.o.Alert = ring.Bell
	r.passes(11, m)
	r.Update(viewMsg{tuitest.Sahel().View()})
	r.passes(1, m) // what came was drawn: the next is due in ten seconds
	bodies := r.frame.bodies
	r.Update(viewMsg{tuitest.OnDuty().View()})
	r.passes(2, m)
	if r.frame.bodies != bodies+1 || !strings.Contains(r.text(), "NOT ACKED") {
		t.Errorf("an alarm rang and is not drawn: %d bodies", r.frame.bodies-bodies)
	}
}

func TestTheMeterCountsWholeMinutes(t *testing.T) {
	r, m := thinConsole(t, wide, term.Plenty)
	m.Known = true
	minute := func(bytes int64, lasted time.Duration) string {
		m.Written += bytes
		r.now = r.now.Add(lasted)
		r.Update(tickMsg{})
		f := strings.TrimSpace(footerOf(r))
		if i := strings.LastIndex(f, "  "); i >= 0 {
			f = strings.TrimSpace(f[i:])
		}
		return f
	}
	minute(100_000, time.Minute) // the first began before there was a meter
	for _, tt := range []struct {
		bytes  int64
		lasted time.Duration
		want   string
	}{
		{780, time.Minute, "780 B/min"},
		{4130, time.Minute, "4.1 kB/min"},
		{57_600, time.Minute, "58 kB/min"},
		{2_400_000, 55 * time.Second, "2.4 MB/min"},
		{9, 3 * time.Hour, ""},
		{9, time.Minute, "9 B/min"},
	} {
		got := minute(tt.bytes, tt.lasted)
		if tt.want == "" && strings.Contains(got, "/min") || tt.want != "" && got != tt.want {
			t.Errorf("%d bytes in %s: %q, want %q", tt.bytes, tt.lasted, got, tt.want)
		}
	}
}

func TestAHopelessLinkIsLeftForLines(t *testing.T) {
	hopeless := func() (*rig, *term.Measure) {
		r, m := thinConsole(t, normal, term.Plenty)
		r.o.Lines = true
		*m = term.Measure{Known: true, Rate: 40}
		r.passes(4, m)
		if !strings.Contains(footerOf(r), "LINK TOO SLOW for screens: plain lines from 14:32:40Z; any key keeps screens") {
			t.Fatalf("the footer is %q", footerOf(r))
		}
		return r, m
	}
	r, m := hopeless()
	r.passes(28, m)
	if r.Fell() {
		t.Error("the screens are left too soon")
	}
	r.passes(1, m)
	if !r.Fell() {
		t.Error("the screens are not left")
	}

	r, m = hopeless()
	r.press("j")
	r.passes(100, m)
	if r.Fell() || strings.Contains(footerOf(r), "LINK TOO SLOW") {
		t.Error("a key does not keep the screens")
	}

	r, m = hopeless()
	r.press("i") // somebody who writes a report down must not lose it
	r.link.stay = false
	r.passes(100, m)
	if r.Fell() {
		t.Error("the screens are left while somebody types")
	}

	r, m = hopeless()
	m.Rate = 1e6
	r.passes(100, m)
	if r.Fell() {
		t.Error("the screens are left though the link has become good")
	}
}
