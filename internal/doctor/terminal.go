package doctor

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/colorprofile"

	"vigil/internal/lang"
	"vigil/internal/term"
)

// Screen is what is known of the terminal.
type Screen struct {
	Env           []string // NAME=VALUE, the last of several counts
	Input, Output bool     // standard input and output are a terminal
	Width, Height int
	Least         [2]int    // the smallest width and height that the screens hold on
	Caps          term.Caps // with what flags and vigil.toml say of the glyphs
	Theme         string    // the name of the theme in force
	Colours       string    // what that theme asks for, in words
	OwnGround     bool      // it draws on the terminal's own background
	Wanted        string    // the code of the language that was asked for; empty for none
	Language      string    // the code of that in which the console is, of [lang.Tags]
}

// Look says what is found about the terminal. TERM is first.
func (s *Screen) Look() []Finding {
	vars := term.Environment(s.Env)
	all := []Finding{s.kind(vars), s.streams(), s.size(), colours(vars, s.Caps), s.locale(vars), s.language(), s.theme()}
	if f, ok := between(vars); ok && !s.Caps.Dumb {
		all = append(all, f)
	}
	if f, ok := putty(vars["TERM"], s.Caps.Profile); ok {
		all = append(all, f)
	}
	return append(all, s.reach(), s.links(), s.remote(vars))
}

// kind is what TERM says.
func (s *Screen) kind(vars map[string]string) Finding {
	kind, set := vars["TERM"]
	const name = "TERM"
	switch {
	case !set || kind == "":
		return lesser(Terminal, name, "not set", "plain lines instead of screens; set it to what the terminal is, such as xterm-256color")
	case s.Caps.Dumb:
		return lesser(Terminal, name, kind+": no cursor to place", "plain lines instead of screens")
	}
	found := kind + ": " + term.Colours(s.Caps.Profile)
	does := "screens, with UTF-8 marks"
	if s.Caps.ASCIIGlyphs {
		does = "screens, with ASCII marks"
	}
	switch {
	case kind == "linux":
		does += ": the console's font lacks most others"
	case s.Caps.Basic:
		does += "; lines are written over, since it cannot insert characters"
	}
	return finding(Terminal, name, found, does)
}

// linear reports whether the console is plain lines here.
func (s *Screen) linear() bool { return s.Caps.Dumb || !s.Input || !s.Output }

// streams is what standard input and output are.
func (s *Screen) streams() Finding {
	const name = "terminal"
	switch {
	case s.Input && s.Output && s.Caps.Dumb:
		return finding(Terminal, name, "standard input and output are one", "lines are read and answered, as with --linear")
	case s.Input && s.Output:
		return finding(Terminal, name, "standard input and output are one", "screens")
	case s.Output:
		return lesser(Terminal, name, "standard input is none: a pipe or a file", "plain lines instead of screens")
	case s.Input:
		return lesser(Terminal, name, "standard output is none: a pipe or a file", "plain lines instead of screens")
	default:
		return lesser(Terminal, name, "neither standard input nor output is one", "plain lines instead of screens")
	}
}

func (s *Screen) size() Finding {
	found := fmt.Sprintf("%d by %d", s.Width, s.Height)
	switch {
	case !s.Output:
		return finding(Terminal, "size", "unknown: no terminal", fmt.Sprintf("tables for %d columns", s.Width))
	case s.linear():
		return finding(Terminal, "size", found, fmt.Sprintf("no screens; tables for %d columns, and 40 lines of an answer at a time", s.Width))
	case s.Width < s.Least[0] || s.Height < s.Least[1]:
		return lesser(Terminal, "size", found, fmt.Sprintf("one line that says so: screens need %d by %d", s.Least[0], s.Least[1]))
	case s.Width < term.DefaultWidth || s.Height < term.DefaultHeight:
		return finding(Terminal, "size", found, fmt.Sprintf("screens with fewer panes and columns; all of them from %d by %d", term.DefaultWidth, term.DefaultHeight))
	default:
		return finding(Terminal, "size", found, "screens with all panes; more beside each other where there is room")
	}
}

// colours is what else says something of colours.
func colours(vars map[string]string, caps term.Caps) Finding {
	var found []string
	for _, name := range []string{"NO_COLOR", "COLORTERM", "TERM_PROGRAM"} {
		if v, ok := vars[name]; ok {
			found = append(found, name+"="+v)
		}
	}
	if len(found) == 0 {
		found = []string{"NO_COLOR and COLORTERM are not set"}
	}
	text := strings.Join(found, ", ")
	switch {
	case caps.Dumb:
		return finding(Terminal, "colours", text, "none, and no bold either")
	case vars["NO_COLOR"] != "":
		return finding(Terminal, "colours", text, "none: bold, underline and reverse")
	case caps.Profile <= colorprofile.ASCII:
		return finding(Terminal, "colours", text, "none, since TERM has none: bold, underline and reverse")
	default:
		return finding(Terminal, "colours", text, term.Colours(caps.Profile)+" where a theme asks for them")
	}
}

func (s *Screen) locale(vars map[string]string) Finding {
	found := "LC_ALL, LC_CTYPE and LANG are not set"
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if vars[name] != "" {
			found = name + "=" + vars[name]
			break
		}
	}
	utf8 := strings.Contains(strings.ReplaceAll(strings.ToLower(found), "-", ""), "utf8")
	switch {
	case !s.Caps.UTF8 && utf8:
		return finding(Terminal, "locale", found+": UTF-8, which a VT does not read", "ASCII marks, and letters by their nearest likeness")
	case !s.Caps.UTF8:
		return lesser(Terminal, "locale", found+": not UTF-8", "ASCII marks, and letters by their nearest likeness; for UTF-8 set LC_ALL=C.UTF-8")
	case s.Caps.ASCIIGlyphs:
		return finding(Terminal, "locale", found+": UTF-8", "ASCII marks all the same, text as it is")
	default:
		return finding(Terminal, "locale", found+": UTF-8", "UTF-8 marks and text")
	}
}

// languages are the names of those that the console is said in, and how much of it is.
var languages = map[string]string{
	"en": "English", "fr": "French", "es": "Spanish",
	"ar": "Arabic, headings and states, and else in English", "ru": "Russian, headings and states, and else in English", "zh": "Chinese, headings and states, and else in English",
}

// language is that in which the console is, and why it is another than the one that was asked for.
func (s *Screen) language() Finding {
	const name = "language"
	does := "the console is in " + languages[s.Language]
	best, has := lang.Known(s.Wanted)
	switch {
	case s.Wanted == "":
		return finding(Terminal, name, "none is asked for", does)
	case !has:
		return finding(Terminal, name, s.Wanted+", which vigil has not", does)
	case best != s.Language:
		return lesser(Terminal, name, s.Wanted+", whose letters this terminal does not have", does+"; for its letters set a UTF-8 locale, such as LC_ALL=C.UTF-8")
	default:
		return finding(Terminal, name, s.Wanted, does)
	}
}

func (s *Screen) theme() Finding {
	if s.linear() {
		return finding(Terminal, "theme", s.Theme, "none: plain lines have no styles")
	}
	if s.Caps.Profile <= colorprofile.ASCII {
		return finding(Terminal, "theme", s.Theme, "that of mono, since there are no colours")
	}
	if s.Caps.Light {
		ground := ", on a light background (COLORFGBG)"
		if s.OwnGround {
			return lesser(Terminal, "theme", s.Theme+ground, s.Colours+", where its yellow can hardly be read: take high-contrast-light")
		}
		return finding(Terminal, "theme", s.Theme+ground, s.Colours)
	}
	return finding(Terminal, "theme", s.Theme, s.Colours)
}

// between is a program that stands between vigil and the terminal.
func between(vars map[string]string) (Finding, bool) {
	const does = "the screen redraws as on any terminal; copying (y) and notifications pass only if it lets them: "
	kind := vars["TERM"]
	named := strings.HasPrefix(kind, "screen") || strings.HasPrefix(kind, "tmux")
	switch {
	case (vars["TMUX"] != "" || vars["STY"] != "") && !named:
		return lesser(Terminal, "between", "tmux or GNU screen, and TERM names another terminal",
			"draws for that other one, which may come out wrong: set -g default-terminal tmux-256color, or term screen-256color"), true
	case vars["TMUX"] != "":
		return finding(Terminal, "between", "tmux", does+"set -g set-clipboard on, allow-passthrough on"), true
	case vars["STY"] != "":
		return finding(Terminal, "between", "GNU screen", "the screen redraws as on any terminal; copying (y) is handed through it, notifications are not"), true
	case named:
		return finding(Terminal, "between", "a multiplexer, by TERM", does+"that is its own setting"), true
	default:
		return Finding{}, false
	}
}

// reach is what the terminal takes beside the screen: the clipboard, notifications, the mouse.
func (s *Screen) reach() Finding {
	const name = "clipboard"
	switch {
	case s.linear():
		return finding(Terminal, name, "none: plain lines", "copying prints the text; there is no mouse, and an alarm is a line and the bell")
	case s.Caps.Bare:
		return finding(Terminal, name, "none, by TERM", "copying (y) and the mouse (M) say that there is none; alarms ring the bell alone")
	default:
		return finding(Terminal, name, "OSC 52, if the terminal allows it: it does not tell", "y copies what is selected; M has the mouse")
	}
}

// links is whether links are shown as such.
func (s *Screen) links() Finding {
	if s.Caps.Links && !s.linear() {
		return finding(Terminal, "links", "this terminal takes them (OSC 8)", "the links of a record lead there")
	}
	return finding(Terminal, "links", "not known to be taken here", "addresses are text")
}

// putty says what is known of PuTTY, which says "xterm" unless told otherwise.
func putty(kind string, profile colorprofile.Profile) (Finding, bool) {
	switch {
	case strings.HasPrefix(kind, "putty"):
		return finding(Terminal, "PuTTY", "by TERM", "as TERM says; Window, Translation must be UTF-8, else set LC_ALL=C"), true
	case kind == "xterm":
		return finding(Terminal, "PuTTY", "cannot be told from xterm", term.Colours(profile)+"; if it is PuTTY, set Connection, Data, Terminal-type to putty-256color for more"), true
	default:
		return Finding{}, false
	}
}

func (s *Screen) remote(vars map[string]string) Finding {
	far := vars["SSH_CONNECTION"] != "" || vars["SSH_TTY"] != ""
	switch {
	case s.linear() && far:
		return finding(Terminal, "SSH", "this is a session over SSH", "lines are written as they come; nothing is asked")
	case s.linear():
		return finding(Terminal, "SSH", "no sign of it", "lines are written as they come; nothing is asked")
	case far:
		return finding(Terminal, "SSH", "this is a session over SSH", "frames wait for the terminal's answer to the one before, and the footer counts bytes; --link measures the way")
	default:
		return finding(Terminal, "SSH", "no sign of it", "the same: frames wait for the terminal's answer")
	}
}
