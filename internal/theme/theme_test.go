package theme_test

import (
	"errors"
	"flag"
	"fmt"
	"image/color"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"vigil/internal/theme"
	"vigil/themes"
)

var update = flag.Bool("update", false, "write the golden files anew")

func shipped(t *testing.T) []*theme.Theme {
	t.Helper()
	names, err := theme.Names(themes.FS)
	if err != nil || len(names) < 3 {
		t.Fatalf("shipped themes: %v, %v", names, err)
	}
	var all []*theme.Theme
	for _, name := range names {
		th, err := theme.LoadShipped(name)
		if err != nil {
			t.Fatal(err)
		}
		if th.Name != name || th.Description == "" {
			t.Errorf("%s.toml calls itself %q and describes itself as %q", name, th.Name, th.Description)
		}
		all = append(all, th)
	}
	return all
}

// TestGolden shows every role of every shipped theme as the control sequences
// that each kind of terminal gets.
func TestGolden(t *testing.T) {
	profiles := []colorprofile.Profile{colorprofile.TrueColor, colorprofile.ANSI256, colorprofile.ANSI, colorprofile.ASCII, colorprofile.NoTTY}
	for _, th := range shipped(t) {
		t.Run(th.Name, func(t *testing.T) {
			var b strings.Builder
			for _, role := range theme.Roles() {
				fmt.Fprintf(&b, "%-20s", role)
				for _, profile := range profiles {
					fmt.Fprintf(&b, " %s=%q", profile, th.Palette(profile, false).Style(role).Open())
				}
				b.WriteByte('\n')
			}
			golden(t, th.Name+".golden", b.String())
		})
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got), write it anew with -update and look at it:\n%s", file, diff)
	}
}

// The sixteen colours as the Linux console (VGA) and xterm have them. A theme
// that names them has to be legible in both.
var palettes = map[string][16]uint32{
	"VGA": {
		0x000000, 0xaa0000, 0x00aa00, 0xaa5500, 0x0000aa, 0xaa00aa, 0x00aaaa, 0xaaaaaa,
		0x555555, 0xff5555, 0x55ff55, 0xffff55, 0x5555ff, 0xff55ff, 0x55ffff, 0xffffff,
	},
	"xterm": {
		0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5,
		0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff,
	},
}

// luminance is WCAG's relative luminance; def stands for a colour not set.
func luminance(c color.Color, palette [16]uint32, def uint32) float64 {
	rgb := def
	switch c := c.(type) {
	case nil:
	case ansi.BasicColor:
		rgb = palette[c]
	default:
		r, g, b, _ := c.RGBA()
		rgb = r>>8<<16 | g>>8<<8 | b>>8
	}
	part := func(shift int) float64 {
		v := float64(rgb>>shift&0xff) / 255
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*part(16) + 0.7152*part(8) + 0.0722*part(0)
}

func TestContrast(t *testing.T) {
	least := map[string]float64{theme.HighContrast: 7}
	for _, th := range shipped(t) {
		want := max(4.5, least[th.Name])
		for name, palette := range palettes {
			for _, role := range theme.Roles() {
				spec := th.Spec(role)
				if th.Name == theme.HighContrast && (spec.Foreground == nil || spec.Background == nil) {
					t.Errorf("%s: %s leaves a colour to the terminal", th.Name, role)
				}
				if spec.Faint {
					t.Errorf("%s: %s is faint, which no two terminals show alike", th.Name, role)
				}
				foreground := luminance(spec.Foreground, palette, palette[7])
				background := luminance(spec.Background, palette, palette[0])
				ratio := (max(foreground, background) + .05) / (min(foreground, background) + .05)
				if ratio < want {
					t.Errorf("%s: %s has a contrast of %.1f:1 in the %s palette, want %.1f:1", th.Name, role, ratio, name, want)
				}
			}
		}
	}
}

func TestContrastTestCanFail(t *testing.T) {
	vga := palettes["VGA"]
	if black := luminance(ansi.Black, vga, 0); black != 0 {
		t.Errorf("black has a luminance of %v", black)
	}
	if white := luminance(color.White, vga, 0); math.Abs(white-1) > 1e-9 {
		t.Errorf("white has a luminance of %v", white)
	}
	if ratio := (luminance(ansi.Blue, vga, 0) + .05) / .05; ratio > 2 {
		t.Errorf("blue on black has a contrast of %.1f:1", ratio)
	}
}

// colours is every SGR parameter that sets a colour.
var colours = regexp.MustCompile(`[[;](3|4|9|10)[0-9]`)

func TestNoColourMeansMono(t *testing.T) {
	mono, err := theme.LoadShipped(theme.Mono)
	if err != nil {
		t.Fatal(err)
	}
	want := mono.Palette(colorprofile.ASCII, false)
	for _, th := range shipped(t) {
		got := th.Palette(colorprofile.ASCII, false)
		for _, role := range theme.Roles() {
			if got.Style(role) != want.Style(role) {
				t.Errorf("%s without colours: %s is %q, in mono %q", th.Name, role, got.Style(role).Open(), want.Style(role).Open())
			}
			if colours.MatchString(got.Style(role).Open()) {
				t.Errorf("%s without colours: %s is %q", th.Name, role, got.Style(role).Open())
			}
		}
	}
}

func TestGlyphsAreOneCell(t *testing.T) {
	for _, th := range shipped(t) {
		for _, ascii := range []bool{false, true} {
			p := th.Palette(colorprofile.ANSI, ascii)
			for _, g := range theme.Glyphs() {
				mark := p.Glyph(g)
				if ansi.StringWidthWc(mark) != 1 || ansi.StringWidth(mark) != 1 {
					t.Errorf("%s: glyph %s is %q, which is not one cell wide", th.Name, g, mark)
				}
				if ascii && (len(mark) != 1 || mark[0] >= 0x7f) {
					t.Errorf("%s: ASCII glyph %s is %q", th.Name, g, mark)
				}
			}
		}
	}
}

func TestParse(t *testing.T) {
	th, err := theme.Parse("mine.toml", []byte(`
description = "mine"
inherits = "default"
[roles]
level.1 = "cyan"
"level.2" = "bold #ff8800 on 17"
text = ""
[glyphs.utf8]
pointer = "»"
[glyphs.ascii]
pointer = "]"
`), theme.Shipped)
	if err != nil {
		t.Fatal(err)
	}
	want := theme.Spec{Foreground: color.RGBA{0xff, 0x88, 0, 0xff}, Background: ansi.IndexedColor(17), Bold: true}
	if got := th.Spec(theme.Level2); got != want {
		t.Errorf("level.2 is %+v, want %+v", got, want)
	}
	if got := th.Spec(theme.Level1); got != (theme.Spec{Foreground: ansi.Cyan}) {
		t.Errorf("level.1 is %+v", got)
	}
	if got := th.Spec(theme.Level3); got != (theme.Spec{Foreground: ansi.BrightYellow}) {
		t.Errorf("level.3 is %+v, want the inherited one", got)
	}
	if th.Name != "mine" {
		t.Errorf("the theme is called %q, want the file's name", th.Name)
	}
	p := th.Palette(colorprofile.ANSI256, false)
	if got, want := p.Paint(theme.Level2, "x"), "\x1b[1;38;5;208;48;5;17mx\x1b[m"; got != want {
		t.Errorf("painted %q, want %q", got, want)
	}
	if got := p.Paint(theme.Text, "x") + p.Glyph(theme.Pointer); got != "x»" {
		t.Errorf("painted %q", got)
	}
	if got := th.Palette(colorprofile.ANSI, true).Glyph(theme.Pointer); got != "]" {
		t.Errorf("ASCII pointer is %q", got)
	}
}

func TestErrors(t *testing.T) {
	base := func(name string) ([]byte, error) {
		switch name {
		case "child":
			return []byte(`inherits = "default"`), nil
		case "broken":
			return []byte("[roles]\nlevel.1 = \"purple\""), nil
		}
		return theme.Shipped(name)
	}
	tests := []struct{ name, text, want string }{
		{"unknown role", "[roles]\nlevel.9 = \"red\"", `t.toml:2:1: unknown role "level.9": did you mean "level.1"?`},
		{"unknown key", "colour = \"red\"", `t.toml:1:1: unknown key "colour"`},
		{"unknown table", "[role]\n", `t.toml:1:2: unknown table [role]`},
		{"unknown word", "[roles]\ntext = \"bold purple\"", `t.toml:2:14: "purple" is neither an attribute`},
		{"short hexadecimal", "[roles]\ntext = \"#fff\"", `t.toml:2:9: "#fff" is not a colour: write six hexadecimal digits`},
		{"beyond the palette", "[roles]\ntext = \"256\"", `t.toml:2:9: "256" is not a colour`},
		{"two colours", "[roles]\ntext = \"red blue\"", `t.toml:2:13: a second colour "blue"`},
		{"on without colour", "[roles]\ntext = \"red on\"", `t.toml:2:15: "on" lacks a colour`},
		{"on twice", "[roles]\ntext = \"on red on blue\"", `t.toml:2:16: a second "on"`},
		{"not a text", "[roles]\ntext = 5", `t.toml:2:1: roles.text has to be a text in quotes`},
		{"twice", "[roles]\ntext = \"red\"\n\"text\" = \"blue\"", `t.toml:3:1: roles.text stands in line 2 already`},
		{"table twice", "[roles]\n[roles]", `t.toml:2:2: [roles] stands in line 1 already`},
		{"list", "[[roles]]", `t.toml:1:3: [[roles]] is a list`},
		{"unknown glyph", "[glyphs.utf8]\npoint = \">\"", `t.toml:2:1: unknown glyph "point": did you mean "pointer"?`},
		{"unknown glyph set", "[glyphs]\nlatin.pointer = \">\"", `t.toml:1:2: unknown table [glyphs]`},
		{"wide glyph", "[glyphs.utf8]\npointer = \"東\"", `t.toml:2:12: glyph pointer is "東": it has to be one character that is one cell wide`},
		{"glyph beyond ASCII", "[glyphs.ascii]\npointer = \"▸\"", `t.toml:2:12: glyph pointer is "▸": an ASCII glyph has to be an ASCII character`},
		{"glyph of two", "[glyphs.ascii]\npointer = \"->\"", `t.toml:2:12: glyph pointer is "->"`},
		{"glyph that steers", "[glyphs.ascii]\npointer = \"\\u001b\"", `t.toml:2:12: glyph pointer is "\x1b"`},
		{"no such base", "inherits = \"nope\"", `t.toml:1:13: inherits: theme "nope": no such theme`},
		{"base elsewhere", "inherits = \"../default\"", `t.toml:1:13: inherits: theme "../default": no such theme: a theme's name is a file name`},
		{"two levels", "inherits = \"child\"", `child.toml:1:13: inherits "default", but is itself inherited`},
		{"broken base", "inherits = \"broken\"", `broken.toml:2:12: "purple" is neither`},
		{"syntax", "[roles]\ntext = \"red\nfoo", `t.toml:2:`},
		{"smuggled sequence", "\"\\u001b[2J\" = 5", `t.toml:1:1: ?[2J has to be a text`},
		{"too long", strings.Repeat("#\n", 40000), `t.toml: a theme may have`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			th, err := theme.Parse("t.toml", []byte(tt.text), base)
			if err == nil || th != nil {
				t.Fatalf("parsed %q", tt.text)
			}
			if !strings.Contains(err.Error(), tt.want) {
				t.Errorf("the error is\n%v\nwant\n%s", err, tt.want)
			}
			if e, ok := errors.AsType[*theme.ParseError](err); !ok || e.File == "" {
				t.Errorf("%v is no ParseError", err)
			}
		})
	}
}

func TestEveryMistakeIsReported(t *testing.T) {
	_, err := theme.Parse("t.toml", []byte("a = \"1\"\nb = \"2\"\n[roles]\nc = \"red\""), nil)
	if n := strings.Count(err.Error(), "t.toml:"); n != 3 {
		t.Errorf("%d mistakes reported, want 3:\n%v", n, err)
	}
}

func TestLoad(t *testing.T) {
	desk := fstest.MapFS{"night.toml": {Data: []byte("inherits = \"high-contrast\"\n[roles]\ntext = \"red\"")}}
	th, err := theme.Load(desk, "night")
	if err != nil {
		t.Fatal(err)
	}
	if got := th.Spec(theme.Text).Foreground; got != ansi.Red {
		t.Errorf("text is %v", got)
	}
	if _, err := theme.Load(desk, "day"); !errors.Is(err, theme.ErrNotFound) {
		t.Errorf("loading a theme that does not exist: %v", err)
	}
	if _, err := theme.Load(failing{}, "day"); err == nil || errors.Is(err, theme.ErrNotFound) {
		t.Errorf("loading from a failing disk: %v", err)
	}
}

type failing struct{}

func (failing) Open(string) (fs.File, error) { return nil, fs.ErrPermission }

func TestRolesOfNumbers(t *testing.T) {
	for n, want := range map[int]string{0: "unknown", 1: "level.1", 6: "level.6", 7: "unknown", -1: "unknown"} {
		if got := theme.LevelRole(n).String(); got != want {
			t.Errorf("level %d is %s, want %s", n, got, want)
		}
	}
	for n, want := range map[int]string{0: "unknown", 1: "risk.1", 5: "risk.5", 6: "unknown"} {
		if got := theme.RiskRole(n).String(); got != want {
			t.Errorf("risk %d is %s, want %s", n, got, want)
		}
	}
	for _, role := range theme.Roles() {
		if got, ok := theme.RoleNamed(role.String()); !ok || got != role {
			t.Errorf("role %s is not found by its name", role)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, name := range []string{theme.Default, theme.Mono, theme.HighContrast} {
		data, err := theme.Shipped(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte("[roles]\ntext = \"red on\"\n[[x]]\n[glyphs.utf8]\nrule=\"\""))
	f.Fuzz(func(t *testing.T, data []byte) {
		th, err := theme.Parse("t.toml", data, theme.Shipped)
		if (th == nil) == (err == nil) {
			t.Fatalf("Parse returned %v and %v", th, err)
		}
		if th == nil {
			return
		}
		p := th.Palette(colorprofile.ANSI, true)
		for _, g := range theme.Glyphs() {
			if len(p.Glyph(g)) != 1 {
				t.Fatalf("ASCII glyph %s is %q", g, p.Glyph(g))
			}
		}
	})
}

func BenchmarkPaint(b *testing.B) {
	th, err := theme.LoadShipped(theme.Default)
	if err != nil {
		b.Fatal(err)
	}
	p := th.Palette(colorprofile.ANSI, false)
	b.ReportAllocs()
	for b.Loop() {
		p.Paint(theme.Level5, "Mali")
	}
}
