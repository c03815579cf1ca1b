// Package tuitest is what the tests of screens share: a desk held in memory, the frames to draw it in,
// and goldens.
//
// The desk is an invented exercise-like situation at [Now]; it names no person. It holds on purpose what
// screens get wrong: conflicts, restricted and cancelled records, a time in the future and none at
// all, right-to-left text, long names, sources that are late, silent or broken, a roster that differs from a
// headcount, and levels past their validity.
package tuitest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"vigil/internal/figure"
	"vigil/internal/golden"
	"vigil/internal/picture"
	"vigil/internal/theme"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
)

// Now is the time of the desk and of every frame.
var Now = time.Date(2026, 11, 20, 14, 32, 0, 0, time.UTC)

// Size is a terminal.
type Size struct{ Width, Height int }

// Sizes are the terminals of the goldens.
var Sizes = []Size{{80, 24}, {132, 43}, {200, 60}, {60, 15}}

// String is 80x24.
func (s Size) String() string { return fmt.Sprintf("%dx%d", s.Width, s.Height) }

// chrome is the lines of the terminal that are not the screen's: the header and the footer.
const chrome = 2

// Palette is a shipped theme for a terminal with that profile. [colorprofile.NoTTY] gives plain text.
func Palette(tb testing.TB, name string, profile colorprofile.Profile, ascii bool) *theme.Palette {
	tb.Helper()
	t, err := theme.LoadShipped(name)
	if err != nil {
		tb.Fatal(err)
	}
	return t.Palette(profile, ascii)
}

// Frame is the area of a screen on a terminal of that size, without colours.
func Frame(tb testing.TB, v picture.View, s Size) screen.Frame {
	tb.Helper()
	now := Now
	if !v.IsZero() && !v.Live() {
		now = v.Valid()
	}
	return screen.Frame{
		Hand: figure.Plain, View: v, Palette: Palette(tb, theme.Default, colorprofile.NoTTY, false),
		Width: s.Width, Height: s.Height - chrome, Now: now, Instant: now,
	}
}

// ASCII is f on a terminal without UTF-8.
func ASCII(tb testing.TB, f screen.Frame) screen.Frame {
	tb.Helper()
	f.Palette = Palette(tb, theme.Default, colorprofile.NoTTY, true)
	f.Hand = figure.NewHand(true, f.Language)
	return f
}

// Mono is f on a terminal with bold and reverse but no colours.
func Mono(tb testing.TB, f screen.Frame) screen.Frame {
	tb.Helper()
	f.Palette = Palette(tb, theme.Mono, colorprofile.ASCII, false)
	return f
}

// Exact fails unless lines are exactly what the frame has room for, in the width of its cells, and hold no
// control characters once styles are gone.
func Exact(tb interface {
	Helper()
	Fatalf(format string, args ...any)
}, f screen.Frame, lines []string,
) {
	tb.Helper()
	if len(lines) != f.Height {
		tb.Fatalf("%dx%d: %d lines, want %d", f.Width, f.Height, len(lines), f.Height)
	}
	for i, line := range lines {
		text := ansi.Strip(line)
		if w := widget.Width(text); w != f.Width {
			tb.Fatalf("%dx%d: line %d is %d cells wide, want %d: %q", f.Width, f.Height, i, w, f.Width, text)
		}
		if strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r == 0x7f }) {
			tb.Fatalf("%dx%d: control character in line %d: %q", f.Width, f.Height, i, line)
		}
	}
}

// Golden compares lines with testdata/NAME.golden. Blanks at the ends of lines are not compared, and the
// escape character is written so that styles can be read.
func Golden(tb testing.TB, name string, lines []string) {
	tb.Helper()
	var b strings.Builder
	for _, line := range lines {
		line = strings.ReplaceAll(line, "\x1b", "␛")
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	golden.File(tb, name+".golden", b.String())
}

// Goldens draws a screen at every size, in ASCII and in monochrome, and as plain lines.
func Goldens(t *testing.T, name string, v picture.View, open func() screen.Screen) {
	t.Helper()
	for _, size := range Sizes {
		f := Frame(t, v, size)
		shown := open()
		shown.Arrived(f)
		lines := shown.Lines(f)
		Exact(t, f, lines)
		Golden(t, name+"-"+size.String(), lines)
	}
	small := Frame(t, v, Sizes[0])
	shown := open()
	Golden(t, name+"-ascii", shown.Lines(ASCII(t, small)))
	Golden(t, name+"-mono", shown.Lines(Mono(t, small)))
	Golden(t, name+"-linear", shown.Linear(small))
}
