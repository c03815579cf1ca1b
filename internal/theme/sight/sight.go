// Package sight measures what a person sees of a theme: how a style comes out on a terminal with so many colours, its
// contrast, and how far two styles are apart for an eye that lacks one kind of cone.
//
// It is what the themes that are shipped are tested with, and what "vigil theme preview" and "vigil theme check" print.
// Everything is pure and safe to share. The colour maths is go-colorful's; the matrices of dichromacy are in dichromat.go.
package sight

import (
	"image/color"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/lucasb-eyer/go-colorful"

	"vigil/internal/theme"
)

// The least contrasts of WCAG 2.2 for text of ordinary size: success criterion 1.4.3 (AA), and 1.4.6 (AAA), which is
// what a high-contrast theme promises.
const (
	LeastContrast  = 4.5
	LeastEnhanced  = 7.0
	blackLuminance = 0.05 // what WCAG adds for the light that a screen reflects
)

// Terminal is how a terminal shows the sixteen colours of its own palette; what no style sets is white (7) on black (0).
type Terminal struct {
	Name    string
	Sixteen [16]uint32 // 0xrrggbb
}

// VGA and Xterm are the two palettes that a theme which names the sixteen colours has to be legible in: that of the Linux
// console (and of DOS), and xterm's.
var (
	VGA = Terminal{"VGA", [16]uint32{
		0x000000, 0xaa0000, 0x00aa00, 0xaa5500, 0x0000aa, 0xaa00aa, 0x00aaaa, 0xaaaaaa,
		0x555555, 0xff5555, 0x55ff55, 0xffff55, 0x5555ff, 0xff55ff, 0x55ffff, 0xffffff,
	}}
	Xterm = Terminal{"xterm", [16]uint32{
		0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5,
		0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff,
	}}
)

// Look is a style as it is seen: the ink and what it stands on, reverse already carried out.
type Look struct {
	Ink, Paper              colorful.Color
	Bold, Underline, Turned bool
}

// Look is how the terminal shows a role of a theme with the colours of a profile. A colour that the role leaves open is that
// of the theme's text, and what that leaves open the terminal's own.
func (t *Terminal) Look(th *theme.Theme, role theme.Role, p colorprofile.Profile) Look {
	return t.LookOver(th, role, theme.Text, p)
}

// LookOver is [Terminal.Look] for a role that is shown on a line of another one, such as a state in the header.
func (t *Terminal) LookOver(th *theme.Theme, role, base theme.Role, p colorprofile.Profile) Look {
	s, under, text := th.SpecFor(role, p), th.SpecFor(base, p), th.SpecFor(theme.Text, p)
	s.Bold, s.Underline, s.Invert = s.Bold || under.Bold, s.Underline || under.Underline, s.Invert || under.Invert
	l := Look{Ink: hex(t.Sixteen[7]), Paper: hex(t.Sixteen[0]), Bold: s.Bold, Underline: s.Underline, Turned: s.Invert}
	if p > colorprofile.ASCII {
		for _, layer := range []theme.Spec{text, under, s} {
			l.Ink, l.Paper = t.shown(layer.Foreground, p, l.Ink), t.shown(layer.Background, p, l.Paper)
		}
	}
	if s.Invert {
		l.Ink, l.Paper = l.Paper, l.Ink
	}
	return l
}

// shown is a colour as the terminal shows it; fallback stands for one that is not set.
func (t *Terminal) shown(c color.Color, p colorprofile.Profile, fallback colorful.Color) colorful.Color {
	if c == nil {
		return fallback
	}
	switch c := p.Convert(c).(type) {
	case ansi.BasicColor:
		return hex(t.Sixteen[c%16])
	default:
		made, _ := colorful.MakeColor(c) // it fails for what is transparent alone
		return made
	}
}

func hex(rgb uint32) colorful.Color {
	return colorful.Color{R: float64(rgb>>16&0xff) / 255, G: float64(rgb>>8&0xff) / 255, B: float64(rgb&0xff) / 255}
}

// Luminance is WCAG's relative luminance, from 0 (black) to 1 (white).
func Luminance(c color.Color) float64 {
	made, _ := colorful.MakeColor(c)
	r, g, b := made.LinearRgb()
	return 0.2126*r + 0.7152*g + 0.0722*b
}

// Contrast is WCAG's contrast ratio of ink on paper, from 1 to 21.
func (l Look) Contrast() float64 {
	ink, paper := Luminance(l.Ink), Luminance(l.Paper)
	return (max(ink, paper) + blackLuminance) / (min(ink, paper) + blackLuminance)
}

// Tenths cuts a contrast or a difference to one decimal, so that what does not reach a limit is not shown as reaching it.
func Tenths(f float64) float64 { return float64(int(f*10)) / 10 }

// LeastDifference is how far two steps of a scale have to be apart by their colours alone, in CIEDE2000. Side by side and as
// areas a practised eye tells 1 apart. Steps of a scale stand in words of thin strokes, rows apart, on screens that nobody has
// calibrated: for marks of a third of a degree, which is what a short word takes on a screen at arm's length, Stone, Szafir and
// Setlur (2014) found that half of the people need 7 (lightness) to 14 (yellow against blue) in CIELAB. Ten is in the middle of that,
// of the stricter measure.
const LeastDifference = 10.0

// Difference is how far two looks are apart by colour, in CIEDE2000: that of the inks or of the papers, whichever is more.
func Difference(a, b Look) float64 {
	return 100 * max(a.Ink.DistanceCIEDE2000(b.Ink), a.Paper.DistanceCIEDE2000(b.Paper))
}

// Apart reports whether two looks can be told from each other: by their colours, or because one is bold, underlined or
// reversed and the other is not.
func Apart(a, b Look) bool {
	return Difference(a, b) >= LeastDifference || a.Bold != b.Bold || a.Underline != b.Underline || a.Turned != b.Turned
}

// Scales are the rows of roles of which each two neighbours have to be told apart.
func Scales() [][]theme.Role {
	return [][]theme.Role{
		{theme.Risk1, theme.Risk2, theme.Risk3, theme.Risk4, theme.Risk5},
		{theme.Level1, theme.Level2, theme.Level3, theme.Level4, theme.Level5, theme.Level6},
		{theme.Live, theme.Stale, theme.Failed, theme.Live},
	}
}
