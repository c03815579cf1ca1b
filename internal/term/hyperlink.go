package term

import (
	"slices"
	"strconv"
	"strings"
)

// The terminals that take links (OSC 8): of others it is not known whether they leave them out, as most do, or print them. By
// https://github.com/Alhadis/OSC8-Adoption and https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda, read 2026-11.
var (
	// linkKinds are values of TERM, with what may follow after a "-".
	linkKinds = []string{"xterm-kitty", "xterm-ghostty", "foot", "alacritty", "wezterm", "contour"}
	// linkPrograms are values of TERM_PROGRAM.
	linkPrograms = []string{"iTerm.app", "WezTerm", "ghostty", "vscode", "mintty", "rio"}
)

// linkVTE is the first version of VTE (GNOME Terminal and others) that takes links and does not crash on them, as VTE_VERSION
// has it: 0.50.
const linkVTE = 5000

// takesLinks reports whether the terminal is known to take links. Inside tmux and screen the one outside is not known; over SSH
// the bytes of a link, which are those of its address once more, are not spent.
func takesLinks(vars map[string]string, c *Caps) bool {
	kind := vars["TERM"]
	switch {
	case c.Dumb, c.Bare, c.Remote, strings.HasPrefix(kind, "tmux"), strings.HasPrefix(kind, "screen"), vars["TMUX"] != "", vars["STY"] != "":
		return false
	case slices.ContainsFunc(linkKinds, func(k string) bool { return kind == k || strings.HasPrefix(kind, k+"-") }):
		return true
	case slices.Contains(linkPrograms, vars["TERM_PROGRAM"]), vars["WT_SESSION"] != "": // the latter is Windows Terminal
		return true
	}
	version, err := strconv.Atoi(vars["VTE_VERSION"])
	return err == nil && version >= linkVTE
}
