package tuitest

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"vigil/internal/picture"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/screen"
)

// walked are the bindings that a walk through a screen uses.
var walked = []keys.ID{
	keys.Up, keys.Down, keys.PageUp, keys.PageDown, keys.HalfPageUp, keys.HalfPageDown, keys.Top, keys.Bottom,
	keys.Left, keys.Right, keys.NextPane, keys.PreviousPane, keys.Open, keys.ShowWhy, keys.Copy, keys.ShowCountry, keys.Release,
}

// Walk draws screens at any size from 40x12 to 250x70 while keys are pressed and pictures come, and holds them to the
// contract: exactly as many lines and cells as there is room for, no panic, a refusal that says why, and the same drawing
// when nothing has happened.
func Walk(t *testing.T, open func() screen.Screen) {
	t.Helper()
	views := []picture.View{{}, Empty().View(), Sahel().View(), Past()}
	later := Sahel()
	for n := range 30 {
		later.Arrive(Report{Source: "radio", ID: fmt.Sprint("L-", n), When: "2026-11-20T14:30:00Z", Country: "MLI", Place: "Gao"})
	}
	views = append(views, later.View())
	rapid.Check(t, func(rt *rapid.T) {
		shown := open()
		size := rapid.Custom(func(rt *rapid.T) Size {
			return Size{rapid.IntRange(40, 250).Draw(rt, "width"), rapid.IntRange(12, 70).Draw(rt, "height")}
		})
		f := Frame(t, views[2], size.Draw(rt, "size"))
		shown.Arrived(f)
		for range rapid.IntRange(1, 12).Draw(rt, "steps") {
			switch rapid.IntRange(0, 5).Draw(rt, "step") {
			case 0:
				s := size.Draw(rt, "size")
				f.Width, f.Height = s.Width, s.Height-chrome
			case 1:
				// A console begins without a picture, and never loses the one it has.
				f.View = views[rapid.IntRange(1, len(views)-1).Draw(rt, "view")]
				shown.Arrived(f)
			case 2:
				if rapid.Bool().Draw(rt, "ascii") {
					f = ASCII(t, f)
				} else {
					f = Mono(t, f)
				}
			default:
				id := rapid.SampledFrom(walked).Draw(rt, "key")
				why := shown.Cannot(id, f)
				ask := shown.Key(id, f)
				if why != "" && ask.Go != screen.Stay {
					rt.Fatalf("%s cannot be used (%s) and goes to %d", id, why, ask.Go)
				}
			}
			first := shown.Lines(f)
			Exact(rt, f, first)
			Unseen(rt, first)
			for i, line := range shown.Lines(f) {
				if line != first[i] {
					rt.Fatalf("drawn again, line %d is %q, was %q", i, line, first[i])
				}
			}
		}
	})
	Unseen(t, open().Linear(Frame(t, views[2], Sizes[0])))
	f := Frame(t, views[0], Sizes[0])
	Exact(t, f, open().Lines(f)) // before the first picture
}

// Past is the desk of the goldens as of a week ago.
func Past() picture.View {
	at := Now.AddDate(0, 0, -7)
	return Sahel().Store.At(Now, at, Now).For(picture.DutyOfficer)
}

// Unseen fails when lines show anything of the restricted record of the desk.
func Unseen(tb interface {
	Helper()
	Fatalf(format string, args ...any)
}, lines []string,
) {
	tb.Helper()
	for _, line := range lines {
		for _, secret := range []string{Secret, SecretID, "Sexual", "sexual"} {
			if strings.Contains(line, secret) {
				tb.Fatalf("a restricted record shows: %q", line)
			}
		}
	}
}
