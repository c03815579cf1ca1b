package term_test

import (
	"os"
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
		{"Linux console", []string{"TERM=linux", "LANG=C.UTF-8"}, term.Caps{Profile: colorprofile.ANSI, UTF8: true, ASCIIGlyphs: true}},
		{"VT100", []string{"TERM=vt100", "LANG=C"}, term.Caps{Profile: colorprofile.ASCII, ASCIIGlyphs: true, Basic: true}},
		{"ANSI.SYS", []string{"TERM=ansi", "LANG=C"}, term.Caps{Profile: colorprofile.ANSI, ASCIIGlyphs: true, Basic: true}},
		{"VT220 in UTF-8", []string{"TERM=vt220", "LANG=C.UTF-8"}, term.Caps{Profile: colorprofile.ASCII, UTF8: true, ASCIIGlyphs: true}},
		{"VT525 has colours", []string{"TERM=vt525", "LANG=C.UTF-8"}, term.Caps{Profile: colorprofile.ANSI, UTF8: true}},
		{"VTE is no VT", []string{"TERM=vte", "LANG=C.UTF-8"}, term.Caps{Profile: colorprofile.ANSI, UTF8: true}},
		{"no colours wanted", []string{"TERM=xterm-256color", "LANG=C.UTF-8", "NO_COLOR=1"}, term.Caps{Profile: colorprofile.ASCII, UTF8: true}},
		{"any value of NO_COLOR", []string{"TERM=xterm-256color", "LANG=C.UTF-8", "NO_COLOR=please"}, term.Caps{Profile: colorprofile.ASCII, UTF8: true}},
		{"empty NO_COLOR", []string{"TERM=xterm-256color", "LANG=C.UTF-8", "NO_COLOR="}, term.Caps{Profile: colorprofile.ANSI256, UTF8: true}},
		{"monochrome", []string{"TERM=xterm-mono", "LANG=C.UTF-8"}, term.Caps{Profile: colorprofile.ASCII, UTF8: true}},
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
