package canvas

import (
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/charmbracelet/colorprofile"
	"pgregory.net/rapid"

	"vigil/internal/theme"
)

func plain(t testing.TB, ascii bool) *theme.Palette {
	t.Helper()
	th, err := theme.LoadShipped(theme.Default)
	if err != nil {
		t.Fatal(err)
	}
	return th.Palette(colorprofile.NoTTY, ascii)
}

var everyDots = rapid.SampledFrom([]Dots{Braille, Blocks, ASCII})

type vertex struct{ x, y float64 }

func trace(r *Raster, ring []vertex) {
	for i, v := range ring {
		w := ring[(i+1)%len(ring)]
		r.Edge(v.x, v.y, w.x, w.y)
	}
}

// inside is the even-odd rule as it is defined: by how many edges a ray to the right crosses.
func inside(ring []vertex, x, y float64) bool {
	in := false
	for i, a := range ring {
		b := ring[(i+1)%len(ring)]
		if (a.y > y) != (b.y > y) && x < a.x+(y-a.y)/(b.y-a.y)*(b.x-a.x) {
			in = !in
		}
	}
	return in
}

// TestFillIsEvenOdd: a dot belongs to an area when its middle is inside, for rings that cross themselves and stick out of the raster.
func TestFillIsEvenOdd(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		r := NewRaster(everyDots.Draw(rt, "dots"), 12, 7)
		at := rapid.Float64Range(-9, 20)
		ring := rapid.SliceOfN(rapid.Custom(func(rt *rapid.T) vertex { return vertex{at.Draw(rt, "x"), at.Draw(rt, "y")} }), 3, 9).Draw(rt, "ring")
		trace(r, ring)
		n := r.Fill(7)
		gx, gy := r.Dots.Grid()
		w, h := r.Size()
		got := 0
		for y := range h {
			for x := range w {
				px, py := (float64(x)+middle)/float64(gx), (float64(y)+middle)/float64(gy)
				is := r.Owner(x, y) == 7
				if is {
					got++
				}
				if near := closeTo(ring, px, py); is != inside(ring, px, py) && !near {
					rt.Fatalf("dot %d,%d is filled: %t", x, y, is)
				}
			}
		}
		if got != n {
			rt.Fatalf("%d dots are filled, said are %d", got, n)
		}
		if r.Fill(3) != 0 {
			rt.Fatal("the edges were not forgotten")
		}
	})
}

// closeTo reports whether a point is so near an edge that rounding decides.
func closeTo(ring []vertex, x, y float64) bool {
	for i, a := range ring {
		b := ring[(i+1)%len(ring)]
		dx, dy := b.x-a.x, b.y-a.y
		length := math.Hypot(dx, dy)
		if length == 0 || math.Abs(dx*(y-a.y)-dy*(x-a.x))/length < 1e-9 || math.Abs(y-a.y) < 1e-9 || math.Abs(y-b.y) < 1e-9 {
			return true
		}
	}
	return false
}

// TestShadesGrowDenser: each step lights more than the one before, in every square of 4×4 dots.
func TestShadesGrowDenser(t *testing.T) {
	last := 0
	for n := 1; n <= 6; n++ {
		lit := 0
		for y := range 4 {
			for x := range 4 {
				if Shade(n).lit(x+8, y+4) {
					lit++
				}
			}
		}
		if lit <= last || lit == 16 {
			t.Errorf("step %d lights %d of 16, the one before %d", n, lit, last)
		}
		last = lit
	}
	for _, n := range []int{0, 7, -1} {
		if Shade(n) != Query {
			t.Errorf("%d is a shade", n)
		}
	}
}

// TestEveryPatternIsTold without colour in every way of showing dots, as a sample and as an area with its outline: each step, what is not known, what
// nobody sees, and what is an outline alone.
func TestEveryPatternIsTold(t *testing.T) {
	for _, d := range []Dots{Braille, Blocks, ASCII} {
		samples, areas := map[string]Pattern{}, map[string]Pattern{}
		for p := Blank; p <= Query; p++ {
			r := NewRaster(d, 6, 4)
			trace(r, []vertex{{0.5, 0.5}, {5.5, 0.5}, {5.5, 3.5}, {0.5, 3.5}})
			r.Fill(1)
			for text, seen := range map[string]map[string]Pattern{
				p.Sample(d, 2): samples, strings.Join(Draw(r, []Look{{}, {Fill: p, Outline: true}}).Lines(plain(t, d == ASCII)), "\n"): areas,
			} {
				if other, ok := seen[text]; ok {
					t.Errorf("with dots %d patterns %d and %d are both\n%s", d, other, p, text)
				}
				seen[text] = p
			}
			if s := p.Sample(d, 8); utf8.RuneCountInString(s) != 8 {
				t.Errorf("%q is not 8 cells", s)
			}
		}
	}
}

// TestASheetIsItsSize: whatever is drawn, and wherever, the lines are as many and as wide as the sheet, and ASCII is ASCII.
func TestASheetIsItsSize(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d := everyDots.Draw(rt, "dots")
		w, h := rapid.IntRange(0, 30).Draw(rt, "w"), rapid.IntRange(0, 12).Draw(rt, "h")
		r := NewRaster(d, w, h)
		at := rapid.Float64Range(-40, 60)
		trace(r, []vertex{{at.Draw(rt, "x"), at.Draw(rt, "y")}, {at.Draw(rt, "x"), at.Draw(rt, "y")}, {at.Draw(rt, "x"), at.Draw(rt, "y")}})
		r.Fill(1)
		r.Dot(rapid.IntRange(-3, 80).Draw(rt, "dx"), rapid.IntRange(-3, 80).Draw(rt, "dy"), 2)
		fill := rapid.SampledFrom([]Pattern{Blank, Shade1, Shade2, Shade3, Shade4, Shade5, Shade6, Hatch, Query})
		s := Draw(r, []Look{{}, {fill.Draw(rt, "fill"), theme.Level3, rapid.Bool().Draw(rt, "outline"), 1}}) // none for 2
		s.Line(at.Draw(rt, "x"), at.Draw(rt, "y"), at.Draw(rt, "x"), at.Draw(rt, "y"), theme.Accent)
		s.Write(rapid.IntRange(-9, 40).Draw(rt, "tx"), rapid.IntRange(-9, 20).Draw(rt, "ty"), "MLI 5T", theme.Selected)
		lines := s.Lines(plain(t, false))
		if len(lines) != h {
			rt.Fatalf("%d lines", len(lines))
		}
		for _, line := range lines {
			if utf8.RuneCountInString(line) != w {
				rt.Fatalf("%q is not %d cells", line, w)
			}
			if d == ASCII && strings.ContainsFunc(line, func(r rune) bool { return r > '~' }) {
				rt.Fatalf("%q is not ASCII", line)
			}
		}
	})
}

// TestABorderIsDrawnOnce: two areas side by side have one line of dots between them, and it is the heavier one's.
func TestABorderIsDrawnOnce(t *testing.T) {
	r := NewRaster(Braille, 4, 2)
	trace(r, []vertex{{0, 0}, {2, 0}, {2, 2}, {0, 2}})
	r.Fill(1)
	trace(r, []vertex{{2, 0}, {4, 0}, {4, 2}, {2, 2}})
	r.Fill(2)
	looks := []Look{{}, {Outline: true, Weight: 1}, {Outline: true, Weight: 2}}
	for _, line := range Draw(r, looks).Lines(plain(t, false)) {
		if line != "  ⡇ " {
			t.Errorf("%q", line)
		}
	}
	looks[1].Weight = 2
	for _, line := range Draw(r, looks).Lines(plain(t, false)) {
		if line != " ⢸  " {
			t.Errorf("of two alike: %q", line)
		}
	}
}

func TestTextStaysAndIsInNobodysWay(t *testing.T) {
	s := NewSheet(Braille, 10, 2)
	if !s.Free(2, 0, 6) || s.Free(5, 0, 6) || s.Free(-1, 0, 2) || s.Free(0, 2, 1) {
		t.Error("what is free")
	}
	s.Write(2, 0, "NER 4", theme.Text)
	if s.Free(0, 0, 3) || !s.Free(0, 0, 2) || !s.Free(7, 0, 3) {
		t.Error("what is taken")
	}
	over := s.Copy()
	over.Line(0, 0.5, 10, 0.5, theme.Accent)
	if got := over.Lines(plain(t, false))[0]; got != "⠤⠤NER 4⠤⠤⠤" {
		t.Errorf("%q", got)
	}
	if got := s.Lines(plain(t, false))[0]; got != "  NER 4   " {
		t.Errorf("the copy was the original: %q", got)
	}
}

// TestALineIsNoOutline: in ASCII, where there are few signs for dots, a line has one of its own.
func TestALineIsNoOutline(t *testing.T) {
	r := NewRaster(ASCII, 8, 4)
	trace(r, []vertex{{1, 0.5}, {7, 0.5}, {7, 3.5}, {1, 3.5}})
	r.Fill(1)
	s := Draw(r, []Look{{}, {Outline: true, Weight: 1}})
	outline := strings.Join(s.Lines(plain(t, true)), "")
	s.Line(0, 2, 7.9, 2, theme.Accent)
	if line := s.Lines(plain(t, true))[2]; line != strings.Repeat(string(lineSign), 8) || strings.ContainsRune(outline, lineSign) {
		t.Errorf("the line is %q, the outline %q", line, outline)
	}
}

// TestPatternsAreNotReversed: the gravest level stands in reverse, which would show the dots of its pattern that are not lit; names keep their look.
func TestPatternsAreNotReversed(t *testing.T) {
	th, err := theme.LoadShipped(theme.Default)
	if err != nil {
		t.Fatal(err)
	}
	for d, sign := range map[Dots]string{Braille: "⢽", Blocks: "█", ASCII: "#"} {
		p := th.Palette(colorprofile.ANSI, d == ASCII)
		r := NewRaster(d, 6, 1)
		trace(r, []vertex{{-1, -1}, {9, -1}, {9, 4}, {-1, 4}})
		r.Fill(1)
		s := Draw(r, []Look{{}, {Fill: Shade(6), Role: theme.Level6, Weight: 1}})
		s.Write(2, 0, "6", theme.Level6)
		full := p.Solid()
		want := full.Paint(theme.Level6, strings.Repeat(sign, 2)) + p.Paint(theme.Level6, "6") + full.Paint(theme.Level6, strings.Repeat(sign, 3))
		if got := s.Lines(p)[0]; got != want {
			t.Errorf("%d: %q, want %q", d, got, want)
		}
	}
}
