package theme_test

import (
	"errors"
	"fmt"
	"image/color"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"vigil/internal/golden"
	"vigil/internal/theme"
	"vigil/themes"
)

func shipped(t *testing.T) []*theme.Theme {
	t.Helper()
	names, err := theme.Names(themes.FS)
	if err != nil || len(names) < 7 {
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
		if th.Inherits != "" {
			t.Errorf("%s inherits: a desk's own theme could then not inherit it", name)
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
			golden.File(t, th.Name+".golden", b.String())
		})
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

// TestSixteen: a style for sixteen colours is for them alone, and goes with the one it was written for.
func TestSixteen(t *testing.T) {
	base := func(string) ([]byte, error) {
		return []byte("[roles]\ntext = \"#ffffff on #000000\"\nerror = \"#ff8700\"\nwarning = \"#ffd700\"\n[sixteen]\nerror = \"bright-red\"\nwarning = \"bright-yellow\""), nil
	}
	th, err := theme.Parse("t.toml", []byte("inherits = \"base\"\n[sixteen]\nnew = \"cyan\"\n[roles]\nerror = \"#00ffff\"\nnew = \"#123456\""), base)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		profile colorprofile.Profile
		role    theme.Role
		want    string
	}{
		{colorprofile.ANSI, theme.New, "\x1b[36m"},
		{colorprofile.TrueColor, theme.New, "\x1b[38;2;18;52;86m"},
		{colorprofile.ANSI, theme.Warning, "\x1b[93m"},
		{colorprofile.ANSI256, theme.Warning, "\x1b[38;5;220m"},
		{colorprofile.ANSI, theme.Error, "\x1b[96m"}, // converted: what is inherited was for another colour
	} {
		if got := th.Palette(tt.profile, false).Style(tt.role).Open(); got != tt.want {
			t.Errorf("%s with %s is %q, want %q", tt.role, tt.profile, got, tt.want)
		}
	}
}

// TestGround: what a line leaves open is left to the text, if that has a background.
func TestGround(t *testing.T) {
	th, err := theme.Parse("t.toml", []byte("[roles]\ntext = \"white on black\"\nkey = \"red\""), nil)
	if err != nil {
		t.Fatal(err)
	}
	p := th.Palette(colorprofile.ANSI, false)
	if got, want := p.Ground("a "+p.Paint(theme.Key, "k")+" b"), "\x1b[37;40ma \x1b[31mk\x1b[m\x1b[37;40m b\x1b[m"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := th.Palette(colorprofile.ASCII, false).Ground("a"); got != "a" {
		t.Errorf("without colours it is %q", got)
	}
}

// TestSolid: what is drawn of whole cells has the colour that its role stands out by, and nothing behind it but the background of the theme:
// reversed, or black on a colour, it would be a slab.
func TestSolid(t *testing.T) {
	for _, tt := range []struct {
		name, want string
		profile    colorprofile.Profile
		role       theme.Role
	}{
		{theme.Default, "\x1b[1;91m", colorprofile.ANSI, theme.Level6},
		{theme.Default, "\x1b[91m", colorprofile.ANSI, theme.Level5},
		{theme.Night, "\x1b[1;38;2;255;135;0;48;2;0;0;0m", colorprofile.TrueColor, theme.Level5},
		{theme.Night, "\x1b[1;91;40m", colorprofile.ANSI, theme.Risk5},
		{theme.HighContrastLight, "\x1b[34;107m", colorprofile.ANSI, theme.Level6},
		{theme.Mono, "\x1b[1m", colorprofile.ASCII, theme.Alarm},
		{theme.Mono, "", colorprofile.NoTTY, theme.Alarm},
	} {
		th, err := theme.LoadShipped(tt.name)
		if err != nil {
			t.Fatal(err)
		}
		if got := th.Palette(tt.profile, false).Solid().Style(tt.role).Open(); got != tt.want {
			t.Errorf("%s, %s, %s: %q, want %q", tt.name, tt.profile, tt.role, got, tt.want)
		}
	}
}

func TestAliases(t *testing.T) {
	th, err := theme.LoadShipped("high-contrast")
	if err != nil || th.Name != theme.HighContrastDark {
		t.Errorf("%v, %v", th, err)
	}
	if got := theme.Aliases(theme.HighContrastDark); !slices.Equal(got, []string{"high-contrast"}) {
		t.Errorf("aliases are %v", got)
	}
	if _, err := theme.Parse("t.toml", []byte("inherits = \"high-contrast\""), theme.Shipped); err != nil {
		t.Errorf("inheriting it: %v", err)
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
	for _, name := range []string{theme.Default, theme.Mono, theme.HighContrastDark} {
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
