package sight_test

import (
	"fmt"
	"image/color"
	"math"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/lucasb-eyer/go-colorful"

	"vigil/internal/theme"
	"vigil/internal/theme/sight"
	"vigil/themes"
)

var profiles = []colorprofile.Profile{colorprofile.TrueColor, colorprofile.ANSI256, colorprofile.ANSI}

func shipped(t *testing.T) []*theme.Theme {
	t.Helper()
	names, err := theme.Names(themes.FS)
	if err != nil || len(names) == 0 {
		t.Fatalf("shipped themes: %v, %v", names, err)
	}
	var all []*theme.Theme
	for _, name := range names {
		th, err := theme.LoadShipped(name)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, th)
	}
	return all
}

// onTerminals runs a check for every number of colours and both palettes. With 256 colours or more, the palettes matter only to the
// themes that name the sixteen.
func onTerminals(t *testing.T, th *theme.Theme, check func(t *testing.T, look func(theme.Role) sight.Look, p colorprofile.Profile)) {
	t.Helper()
	for _, p := range profiles {
		for _, on := range []*sight.Terminal{&sight.VGA, &sight.Xterm} {
			t.Run(fmt.Sprintf("%s/%s/%s", th.Name, p, on.Name), func(t *testing.T) {
				check(t, func(r theme.Role) sight.Look { return on.Look(th, r, p) }, p)
			})
		}
	}
}

// TestContrast: every role of every theme has WCAG's contrast, with every number of colours.
func TestContrast(t *testing.T) {
	for _, th := range shipped(t) {
		want := sight.LeastContrast
		if strings.HasPrefix(th.Name, "high-contrast") {
			want = sight.LeastEnhanced
		}
		onTerminals(t, th, func(t *testing.T, look func(theme.Role) sight.Look, p colorprofile.Profile) {
			for _, base := range []theme.Role{theme.Header, theme.Footer, theme.Selected} {
				for _, role := range theme.Roles() {
					for _, on := range []*sight.Terminal{&sight.VGA, &sight.Xterm} {
						if got := on.LookOver(th, role, base, p).Contrast(); got < want {
							t.Errorf("%s has a contrast of %.2f:1 on a line of %s (%s), want %.1f:1", role, got, base, on.Name, want)
						}
					}
				}
			}
			for _, role := range theme.Roles() {
				if got := look(role).Contrast(); got < want {
					t.Errorf("%s has a contrast of %.2f:1, want %.1f:1", role, got, want)
				}
				if th.SpecFor(role, p).Faint {
					t.Errorf("%s is faint, which no two terminals show alike", role)
				}
			}
		})
	}
}

// made is for which visions a theme was made: what has to be told apart is then told by colour alone, wherever the theme's own
// colours are shown.
var made = map[string][]sight.Vision{
	theme.Deuteranopia: {sight.Deuteranopia, sight.Protanopia, sight.Trichromacy},
	theme.Tritanopia:   {sight.Tritanopia, sight.Trichromacy},
}

// TestStepsApart: neighbouring steps of risk and levels, and the states of a source, can be told from each other by every eye that the
// theme is for: by colour, or by bold, underline or reverse.
func TestStepsApart(t *testing.T) {
	for _, th := range shipped(t) {
		if th.Name == theme.Mono {
			continue // see TestMonoTellsTheWorst
		}
		onTerminals(t, th, func(t *testing.T, look func(theme.Role) sight.Look, p colorprofile.Profile) {
			for _, v := range seen(th) {
				neighbours(func(a, b theme.Role) {
					x, y := look(a).As(v), look(b).As(v)
					if !sight.Apart(x, y) {
						t.Errorf("%s: %s and %s are alike, %.1f apart, want %.0f", v, a, b, sight.Difference(x, y), sight.LeastDifference)
					}
				})
			}
			for _, v := range made[th.Name] {
				neighbours(func(a, b theme.Role) {
					if d := sight.Difference(look(a).As(v), look(b).As(v)); p > colorprofile.ANSI && d < sight.LeastDifference {
						t.Errorf("made for %s: %s and %s are %.1f apart by colour, want %.0f", v, a, b, d, sight.LeastDifference)
					}
				})
			}
		})
	}
}

// seen are the visions that a theme is for: the one it is made for, else every one.
func seen(th *theme.Theme) []sight.Vision {
	if own := made[th.Name]; own != nil {
		return own
	}
	return sight.Visions()
}

// TestSeveritiesApart: what stands beside an act differs from step to step for the visions that the theme is made for; it has its word
// in the detail, and "!" in the list.
func TestSeveritiesApart(t *testing.T) {
	scale := []theme.Role{theme.SeverityMinor, theme.SeverityModerate, theme.SeveritySevere, theme.SeverityCritical}
	for _, th := range shipped(t) {
		visions := append([]sight.Vision{sight.Trichromacy}, made[th.Name]...)
		onTerminals(t, th, func(t *testing.T, look func(theme.Role) sight.Look, _ colorprofile.Profile) {
			for i := 1; i < len(scale) && th.Name != theme.Mono; i++ {
				for _, v := range visions {
					if !sight.Apart(look(scale[i-1]).As(v), look(scale[i]).As(v)) {
						t.Errorf("%s: %s and %s are alike", v, scale[i-1], scale[i])
					}
				}
			}
		})
	}
}

func neighbours(do func(a, b theme.Role)) {
	for _, scale := range sight.Scales() {
		for i := 1; i < len(scale); i++ {
			do(scale[i-1], scale[i])
		}
	}
}

// TestMonoTellsTheWorst: bold, underline and both are three steps beside plain, and reverse is for the selected row: fewer than a
// scale has. The two halves of each scale differ, and so does the worst step; the others are told by their words and figures.
func TestMonoTellsTheWorst(t *testing.T) {
	th, err := theme.LoadShipped(theme.Mono)
	if err != nil {
		t.Fatal(err)
	}
	for _, pair := range [][2]theme.Role{
		{theme.Risk3, theme.Risk4},
		{theme.Risk4, theme.Risk5},
		{theme.Level3, theme.Level4},
		{theme.Level5, theme.Level6},
		{theme.SeverityModerate, theme.SeveritySevere},
		{theme.SeveritySevere, theme.SeverityCritical},
		{theme.Live, theme.Stale},
		{theme.Stale, theme.Failed},
	} {
		if !sight.Apart(sight.VGA.Look(th, pair[0], colorprofile.ASCII), sight.VGA.Look(th, pair[1], colorprofile.ASCII)) {
			t.Errorf("%s and %s are alike", pair[0], pair[1])
		}
	}
}

// TestNight: no blue, green only where it makes amber, and little light.
func TestNight(t *testing.T) {
	th, err := theme.LoadShipped(theme.Night)
	if err != nil {
		t.Fatal(err)
	}
	const mostLight, mostGreen = 0.4, 0.55 // of white; of the red beside it
	for _, p := range profiles[:2] {
		for _, role := range theme.Roles() {
			look := sight.VGA.Look(th, role, p)
			for _, c := range []colorful.Color{look.Ink, look.Paper} {
				if c.B != 0 || c.G > mostGreen*c.R || sight.Luminance(c) > mostLight {
					t.Errorf("%s: %s has %s, of luminance %.2f", p, role, c.Hex(), sight.Luminance(c))
				}
			}
			if amber := look.Ink.G+look.Paper.G > 0; amber && role < theme.Error && role != theme.Accent {
				t.Errorf("%s is amber, which is for what needs somebody", role)
			}
		}
	}
}

// TestFixedColours: a theme with colours of its own fixes what they stand on, too.
func TestFixedColours(t *testing.T) {
	for _, th := range shipped(t) {
		if text := th.Spec(theme.Text); th.Name != theme.Default && th.Name != theme.Mono && (text.Foreground == nil || text.Background == nil) {
			t.Errorf("%s leaves the colours of its text to the terminal", th.Name)
		}
	}
}

// The measures against what is published elsewhere.
func TestMeasures(t *testing.T) {
	near := func(what string, got, want, within float64) {
		t.Helper()
		if math.Abs(got-want) > within {
			t.Errorf("%s is %v, want %v", what, got, want)
		}
	}
	white, black := colorful.Color{R: 1, G: 1, B: 1}, colorful.Color{}
	near("white on black", sight.Look{Ink: white, Paper: black}.Contrast(), 21, 1e-9)
	near("black on white", sight.Look{Ink: black, Paper: white}.Contrast(), 21, 1e-9)
	grey, _ := colorful.Hex("#767676") // the lightest grey that passes on white, by WebAIM
	near("#767676 on white", sight.Look{Ink: grey, Paper: white}.Contrast(), 4.54, 0.005)
	blue := sight.VGA.Look(blueText(t), theme.Text, colorprofile.ANSI)
	if got := blue.Contrast(); got > 2 {
		t.Errorf("dark blue on black has a contrast of %.1f:1", got)
	}
	for _, v := range sight.Visions() {
		for _, c := range []colorful.Color{white, black, grey} { // what has no colour looks alike to all
			near(v.String()+" of "+c.Hex(), c.DistanceCIEDE2000(v.See(c)), 0, 0.01)
		}
	}
}

func blueText(t *testing.T) *theme.Theme {
	t.Helper()
	th, err := theme.Parse("blue.toml", []byte("[roles]\ntext = \"blue\""), nil)
	if err != nil {
		t.Fatal(err)
	}
	return th
}

// TestConfusions: each vision takes for alike what it is known to confuse, and an eye with all cones does not.
func TestConfusions(t *testing.T) {
	rgb := func(r, g, b uint8) colorful.Color {
		c, _ := colorful.MakeColor(color.RGBA{r, g, b, 255})
		return c
	}
	for _, tt := range []struct {
		vision sight.Vision
		a, b   colorful.Color
	}{
		{sight.Protanopia, rgb(0xc0, 0x00, 0x00), rgb(0x4a, 0x4a, 0x00)},
		{sight.Deuteranopia, rgb(0xc0, 0x60, 0x30), rgb(0x7a, 0x7a, 0x30)},
		{sight.Tritanopia, rgb(0x00, 0xa0, 0xc0), rgb(0x00, 0xa8, 0x90)},
	} {
		for _, v := range []sight.Vision{sight.Trichromacy, tt.vision} {
			d := 100 * v.See(tt.a).DistanceCIEDE2000(v.See(tt.b))
			if alike := d < sight.LeastDifference; alike != (v == tt.vision) {
				t.Errorf("%s: %s and %s are %.1f apart", v, tt.a.Hex(), tt.b.Hex(), d)
			}
		}
	}
}
