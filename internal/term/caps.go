// Package term knows the terminal: what it can do ([Detect]), how it has to be
// set up ([PrepareTTY]), and the one writer through which everything that is
// shown on it passes ([Output]).
//
// Nothing here reads the process environment: it is handed in as a slice,
// because a session over SSH has the environment of its client. TERM and the
// locale are external text; they are compared with known values and never
// shown.
package term

import (
	"strconv"
	"strings"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	xterm "github.com/charmbracelet/x/term"
)

// Caps is what a terminal can do, as far as its environment tells.
type Caps struct {
	// Profile is the colours it has: [colorprofile.NoTTY] for a dumb terminal,
	// [colorprofile.ASCII] where there are attributes but no colours, or colours are not wanted.
	Profile colorprofile.Profile
	// UTF8 says that the locale's character set is UTF-8.
	UTF8 bool
	// ASCIIGlyphs says that marks should be drawn in ASCII: the locale is not
	// UTF-8, or the terminal's font lacks most of what is not a letter (Linux
	// console, VT series).
	ASCIIGlyphs bool
	// Dumb says that the terminal cannot place its cursor: no screens, only lines.
	Dumb bool
	// Basic says that the terminal can neither insert nor delete characters, as a VT100 cannot: a line
	// changes only by being written over. See [Overwrite].
	Basic bool
	// Bare says that the terminal knows the sequences of ECMA-48 and of DEC's VTs at the most, and none that xterm and its likes have
	// brought: no other screen to come back from, no title, clipboard, notifications, links or mouse.
	Bare bool
	// Remote says that the terminal is at the other end of an SSH connection.
	Remote bool
	// Light says that the terminal tells of a light background. Most tell nothing, which is taken for dark.
	Light bool
	// Within is the program that stands between: it decides what of the clipboard reaches the terminal.
	Within Multiplexer
	// Links says that the terminal is known to take links (OSC 8), and that their bytes are of no account.
	Links bool
}

// Multiplexer is a program that shows several terminals on one.
type Multiplexer uint8

// Those that are known. NoMultiplexer is also one that does not tell.
const (
	NoMultiplexer Multiplexer = iota
	Tmux
	GNUScreen
)

// within tells a multiplexer by what it sets. Inside of tmux inside of screen the nearer one counts, which names itself in TERM.
func within(vars map[string]string) Multiplexer {
	kind := vars["TERM"]
	switch {
	case strings.HasPrefix(kind, "tmux"), vars["TMUX"] != "":
		return Tmux
	case vars["STY"] != "":
		return GNUScreen
	default:
		return NoMultiplexer
	}
}

// Clipboard is the sequence that has the terminal keep text as its clipboard (OSC 52), as what stands between lets it through: GNU screen knows
// no such sequence, and hands on what is wrapped for that, 768 bytes at a time at the most.
func (m Multiplexer) Clipboard(text string) string {
	seq := ansi.SetSystemClipboard(text)
	if m != GNUScreen {
		return seq
	}
	const most = 760
	return ansi.ScreenPassthrough(seq, most)
}

// Detect reads what the terminal can do from env, a list of NAME=VALUE in which the
// last of several entries with one name counts, as in [os/exec].
func Detect(env []string) Caps {
	vars := Environment(env)
	kind := vars["TERM"]
	_, vt := vtModel(kind)
	c := Caps{
		Profile: colorprofile.Env(env),
		UTF8:    utf8Locale(vars) && !vt, // of DEC's terminals none reads UTF-8: bytes from 0x80 to 0x9f would steer it
		Dumb:    dumbKind(kind),
		Remote:  vars["SSH_TTY"] != "" || vars["SSH_CONNECTION"] != "",
	}
	c.Basic = basicKind(kind)
	c.Light = lightGround(vars["COLORFGBG"])
	c.Bare = c.Basic || vt || kind == "linux" || strings.HasPrefix(kind, "linux-")
	c.Within = within(vars)
	c.Links = takesLinks(vars, &c)
	c.ASCIIGlyphs = !c.UTF8 || kind == "linux" || isVT(kind)
	switch {
	case c.Dumb:
		c.Profile = colorprofile.NoTTY
	case vars["NO_COLOR"] != "", isVT(kind), strings.HasSuffix(kind, "-mono"), strings.HasSuffix(kind, "-m"):
		// no-color.org: any value that is not empty counts, where the library
		// wants it to be true. It also takes a VT100 for a terminal with colours.
		c.Profile = min(c.Profile, colorprofile.ASCII)
	case kind == "linux":
		// The console takes more colours, and shows the nearest of its sixteen, whose contrast nobody has measured. COLORTERM may be
		// left over from another terminal.
		c.Profile = min(c.Profile, colorprofile.ANSI)
	}
	return c
}

// dumbKind tells the terminals whose cursor cannot be placed, or not by the sequences of ANSI: those that say nothing, the generic names of
// terminfo(5) for what is behind a line, Emacs's shell, and the VT52.
func dumbKind(kind string) bool {
	switch kind {
	case "", "dumb", "unknown", "network", "dialup", "emacs", "vt52":
		return true
	default:
		return false
	}
}

// lightGround reads COLORFGBG, in which rxvt, Konsole and iTerm2 say by which colours of the palette they draw: ink, perhaps "default", and the
// background last, such as "0;15". Light are its two whites. Asking the terminal itself would hold up the start on those that do not answer.
func lightGround(colours string) bool {
	at := strings.LastIndexByte(colours, ';')
	return at >= 0 && (colours[at+1:] == "7" || colours[at+1:] == "15")
}

// isVT tells DEC's own terminals, vt52 to vt525, which have no colours but for the last.
func isVT(kind string) bool {
	n, ok := vtModel(kind)
	return ok && n < 525
}

func vtModel(kind string) (n int, ok bool) {
	model, ok := strings.CutPrefix(kind, "vt")
	if !ok {
		return 0, false
	}
	model, _, _ = strings.Cut(model, "-")
	n, err := strconv.Atoi(model)
	return n, err == nil
}

// basicKind tells the terminals that the renderer does not know, and takes to have the insert mode that
// they lack: DEC's before the VT200 series (a VT102 has it, and is none the worse), and those that go by ANSI.SYS
// or the consoles of old BSDs.
func basicKind(kind string) bool {
	if n, ok := vtModel(kind); ok {
		return n < 200
	}
	family, _, _ := strings.Cut(kind, "-")
	return family == "ansi" || family == "pcansi" || family == "sun" || strings.HasPrefix(family, "cons25")
}

// utf8Locale asks the variables in the order in which setlocale(3) does: the
// first that is not empty decides, also if it says no.
func utf8Locale(vars map[string]string) bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if v := strings.ToLower(vars[name]); v != "" {
			return strings.Contains(v, "utf-8") || strings.Contains(v, "utf8")
		}
	}
	return false
}

// Environment is env as a map: the last of several entries with one name counts.
func Environment(env []string) map[string]string {
	vars := make(map[string]string, len(env))
	for _, entry := range env {
		if name, value, ok := strings.Cut(entry, "="); ok {
			vars[name] = value
		}
	}
	return vars
}

// The size of a terminal that does not tell.
const (
	DefaultWidth  = 80
	DefaultHeight = 24
)

// Size is the terminal's size in cells: what the device says, else LINES and
// COLUMNS in env, else 80×24. A device that says 0 (a serial line) has not said.
func Size(fd uintptr, env []string) (width, height int) {
	width, height, err := xterm.GetSize(fd)
	if err != nil {
		width, height = 0, 0
	}
	vars := Environment(env)
	return firstPositive(width, vars["COLUMNS"], DefaultWidth), firstPositive(height, vars["LINES"], DefaultHeight)
}

func firstPositive(n int, text string, fallback int) int {
	if n > 0 {
		return n
	}
	if v, err := strconv.Atoi(text); err == nil && v > 0 && v < 10000 {
		return v
	}
	return fallback
}

// IsTerminal reports whether fd is a terminal.
func IsTerminal(fd uintptr) bool { return xterm.IsTerminal(fd) }

// Colours says in words how many colours a terminal has.
func Colours(p colorprofile.Profile) string {
	switch {
	case p <= colorprofile.NoTTY:
		return "no styles"
	case p == colorprofile.ASCII:
		return "no colours, but bold, underline and reverse"
	case p == colorprofile.ANSI:
		return "16 colours"
	case p == colorprofile.ANSI256:
		return "256 colours"
	default:
		return "true colour"
	}
}
