package term_test

import (
	"os"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"

	"vigil/internal/term"
)

func TestDetect(t *testing.T) {
	tests := []struct {
		name string
		env  []string
		want term.Caps
	}{
		{"nothing set", nil, term.Caps{Profile: colorprofile.NoTTY, ASCIIGlyphs: true, Dumb: true}},
		{"dumb", []string{"TERM=dumb", "LANG=C.UTF-8", "COLORTERM=truecolor"}, term.Caps{Profile: colorprofile.NoTTY, UTF8: true, Dumb: true}},
		{"xterm with 256 colours", []string{"TERM=xterm-256color", "LANG=en_GB.UTF-8"}, term.Caps{Profile: colorprofile.ANSI256, UTF8: true}},
		{"true colour", []string{"TERM=xterm-256color", "COLORTERM=truecolor", "LANG=fr_FR.utf8"}, term.Caps{Profile: colorprofile.TrueColor, UTF8: true}},
		{"plain xterm", []string{"TERM=xterm", "LC_CTYPE=C.UTF-8"}, term.Caps{Profile: colorprofile.ANSI, UTF8: true}},
		{"LC_ALL overrules LANG", []string{"TERM=xterm", "LANG=en_GB.UTF-8", "LC_ALL=C"}, term.Caps{Profile: colorprofile.ANSI, ASCIIGlyphs: true}},
		{"empty LC_ALL does not count", []string{"TERM=xterm", "LANG=en_GB.UTF-8", "LC_ALL="}, term.Caps{Profile: colorprofile.ANSI, UTF8: true}},
		{"the last entry counts", []string{"TERM=xterm", "LANG=C", "LANG=C.UTF-8"}, term.Caps{Profile: colorprofile.ANSI, UTF8: true}},
		{"Linux console", []string{"TERM=linux", "LANG=C.UTF-8"}, term.Caps{Profile: colorprofile.ANSI, UTF8: true, ASCIIGlyphs: true, Bare: true}},
		{"VT100", []string{"TERM=vt100", "LANG=C"}, term.Caps{Profile: colorprofile.ASCII, ASCIIGlyphs: true, Basic: true, Bare: true}},
		{"ANSI.SYS", []string{"TERM=ansi", "LANG=C"}, term.Caps{Profile: colorprofile.ANSI, ASCIIGlyphs: true, Basic: true, Bare: true}},
		{"VT220 in a UTF-8 locale reads none", []string{"TERM=vt220", "LANG=C.UTF-8"}, term.Caps{Profile: colorprofile.ASCII, ASCIIGlyphs: true, Bare: true}},
		{"VT525 has colours", []string{"TERM=vt525", "LANG=C.UTF-8"}, term.Caps{Profile: colorprofile.ANSI, ASCIIGlyphs: true, Bare: true}},
		{"VTE is no VT", []string{"TERM=vte", "LANG=C.UTF-8"}, term.Caps{Profile: colorprofile.ANSI, UTF8: true}},
		{"no colours wanted", []string{"TERM=xterm-256color", "LANG=C.UTF-8", "NO_COLOR=1"}, term.Caps{Profile: colorprofile.ASCII, UTF8: true}},
		{"any value of NO_COLOR", []string{"TERM=xterm-256color", "LANG=C.UTF-8", "NO_COLOR=please"}, term.Caps{Profile: colorprofile.ASCII, UTF8: true}},
		{"empty NO_COLOR", []string{"TERM=xterm-256color", "LANG=C.UTF-8", "NO_COLOR="}, term.Caps{Profile: colorprofile.ANSI256, UTF8: true}},
		{"monochrome", []string{"TERM=xterm-mono", "LANG=C.UTF-8"}, term.Caps{Profile: colorprofile.ASCII, UTF8: true}},
		{"on white", []string{"TERM=xterm", "LANG=C.UTF-8", "COLORFGBG=0;default;15"}, term.Caps{Profile: colorprofile.ANSI, UTF8: true, Light: true}},
		{"on light grey", []string{"TERM=xterm", "LANG=C.UTF-8", "COLORFGBG=0;7"}, term.Caps{Profile: colorprofile.ANSI, UTF8: true, Light: true}},
		{"on black", []string{"TERM=xterm", "LANG=C.UTF-8", "COLORFGBG=15;0"}, term.Caps{Profile: colorprofile.ANSI, UTF8: true}},
		{"on who knows what", []string{"TERM=xterm", "LANG=C.UTF-8", "COLORFGBG=15"}, term.Caps{Profile: colorprofile.ANSI, UTF8: true}},
		{"over SSH", []string{"TERM=xterm", "LANG=C.UTF-8", "SSH_TTY=/dev/pts/3"}, term.Caps{Profile: colorprofile.ANSI, UTF8: true, Remote: true}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := term.Detect(tt.env); got != tt.want {
				t.Errorf("Detect(%q)\n got %+v\nwant %+v", tt.env, got, tt.want)
			}
		})
	}
}

func TestWithin(t *testing.T) {
	for _, tt := range []struct {
		env  []string
		want term.Multiplexer
	}{
		{[]string{"TERM=tmux-256color"}, term.Tmux},
		{[]string{"TERM=screen-256color", "TMUX=/tmp/x,1,0"}, term.Tmux},
		{[]string{"TERM=screen", "STY=1.pts"}, term.GNUScreen},
		{[]string{"TERM=tmux", "STY=1.pts"}, term.Tmux},
		{[]string{"TERM=screen"}, term.NoMultiplexer},
		{[]string{"TERM=xterm"}, term.NoMultiplexer},
	} {
		if got := term.Detect(tt.env).Within; got != tt.want {
			t.Errorf("%v: %d, want %d", tt.env, got, tt.want)
		}
	}
	const text = "Ansongo"
	if got := term.Tmux.Clipboard(text); got != "\x1b]52;c;QW5zb25nbw==\a" {
		t.Errorf("tmux gets %q", got)
	}
	long := term.GNUScreen.Clipboard(strings.Repeat(text, 200))
	for part := range strings.SplitSeq(strings.TrimSuffix(long, "\x1b\\"), "\x1b\\") {
		if !strings.HasPrefix(part, "\x1bP") || len(part) > 768 {
			t.Errorf("a part for GNU screen is %d bytes: %.20q", len(part), part)
		}
	}
}

func TestSizeOfWhatIsNoTerminal(t *testing.T) {
	f, err := os.CreateTemp(t.TempDir(), "file")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	tests := []struct {
		env           []string
		width, height int
	}{
		{nil, 80, 24},
		{[]string{"COLUMNS=132", "LINES=43"}, 132, 43},
		{[]string{"COLUMNS=132"}, 132, 24},
		{[]string{"COLUMNS=-5", "LINES=many"}, 80, 24},
		{[]string{"COLUMNS=99999999"}, 80, 24},
	}
	for _, tt := range tests {
		if w, h := term.Size(f.Fd(), tt.env); w != tt.width || h != tt.height {
			t.Errorf("Size with %q is %d×%d, want %d×%d", tt.env, w, h, tt.width, tt.height)
		}
	}
}

// TestKinds: what a console does on the terminals that are still met.
func TestKinds(t *testing.T) {
	const utf8 = "LC_ALL=C.UTF-8"
	for _, tt := range []struct {
		env     []string
		profile colorprofile.Profile
		dumb    bool
		ascii   bool
		basic   bool
	}{
		{[]string{utf8}, colorprofile.NoTTY, true, false, false},
		{[]string{"TERM=dumb", utf8}, colorprofile.NoTTY, true, false, false},
		{[]string{"TERM=unknown", utf8}, colorprofile.NoTTY, true, false, false},
		{[]string{"TERM=vt52", utf8}, colorprofile.NoTTY, true, true, true},
		{[]string{"TERM=vt100", utf8}, colorprofile.ASCII, false, true, true},
		{[]string{"TERM=screen", utf8}, colorprofile.ANSI256, false, false, false},
		{[]string{"TERM=tmux-256color", utf8, "COLORTERM=truecolor"}, colorprofile.ANSI256, false, false, false},
		{[]string{"TERM=putty", utf8}, colorprofile.ANSI, false, false, false},
		{[]string{"TERM=putty-256color", utf8}, colorprofile.ANSI256, false, false, false},
		{[]string{"TERM=linux", utf8}, colorprofile.ANSI, false, true, false},
		{[]string{"TERM=linux", utf8, "COLORTERM=truecolor"}, colorprofile.ANSI, false, true, false},
		{[]string{"TERM=xterm-mono", utf8}, colorprofile.ASCII, false, false, false},
		{[]string{"TERM=xterm-256color", "LC_ALL=C"}, colorprofile.ANSI256, false, true, false},
	} {
		c := term.Detect(tt.env)
		if c.Profile != tt.profile || c.Dumb != tt.dumb || c.ASCIIGlyphs != tt.ascii || c.Basic != tt.basic {
			t.Errorf("%v: %s dumb %v ASCII %v basic %v, want %+v", tt.env, c.Profile, c.Dumb, c.ASCIIGlyphs, c.Basic, tt)
		}
	}
}
