package theme

import (
	"fmt"
	"image/color"
	"strconv"
	"strings"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// Spec is a style as a theme file states it, before it is fitted to a terminal.
type Spec struct {
	Foreground, Background         color.Color // nil leaves the terminal's own
	Bold, Faint, Underline, Invert bool
}

// Style paints text for one terminal. It is a pair of ready strings: painting
// is one concatenation, because a screen paints a few hundred pieces each time
// it is drawn. The zero value paints nothing.
type Style struct{ open string }

// Render paints text. Text must hold no style of its own: nesting is the
// caller's to lay out.
func (s Style) Render(text string) string {
	if s.open == "" || text == "" {
		return text
	}
	return s.open + text + ansi.ResetStyle
}

// Open is the control sequence that starts the style, empty for plain text; it
// ends with [Close].
func (s Style) Open() string { return s.open }

// Over is s on top of base: base's attributes stay where s says nothing. It is
// how a coloured cell keeps its colour in a row that is shown in reverse.
func (s Style) Over(base Style) Style { return Style{open: base.open + s.open} }

// Close ends whatever style is open.
const Close = ansi.ResetStyle

// style fits the specification to a colour profile.
func (s Spec) style(p colorprofile.Profile) Style {
	if p <= colorprofile.NoTTY {
		return Style{}
	}
	var st ansi.Style
	if s.Bold {
		st = st.Bold()
	}
	if s.Faint {
		st = st.Faint()
	}
	if s.Underline {
		st = st.Underline(true)
	}
	if s.Invert {
		st = st.Reverse(true)
	}
	if s.Foreground != nil && p > colorprofile.ASCII {
		st = st.ForegroundColor(p.Convert(s.Foreground))
	}
	if s.Background != nil && p > colorprofile.ASCII {
		st = st.BackgroundColor(p.Convert(s.Background))
	}
	if len(st) == 0 {
		return Style{}
	}
	return Style{open: st.String()}
}

// solid is the specification for what is drawn of whole cells, see [Palette.Solid], on the background of text.
func (s Spec) solid(text Spec) Spec {
	if s.Background != nil && s.Background != text.Background && !s.Invert {
		s.Foreground = s.Background
	}
	s.Background, s.Invert, s.Underline = text.Background, false, false
	return s
}

// coloured reports whether the specification needs colours to be seen.
func (s Spec) coloured() bool { return s.Foreground != nil || s.Background != nil }

var colourNames = map[string]color.Color{
	"black": ansi.Black, "red": ansi.Red, "green": ansi.Green, "yellow": ansi.Yellow,
	"blue": ansi.Blue, "magenta": ansi.Magenta, "cyan": ansi.Cyan, "white": ansi.White,
	"bright-black": ansi.BrightBlack, "bright-red": ansi.BrightRed, "bright-green": ansi.BrightGreen, "bright-yellow": ansi.BrightYellow,
	"bright-blue": ansi.BrightBlue, "bright-magenta": ansi.BrightMagenta, "bright-cyan": ansi.BrightCyan, "bright-white": ansi.BrightWhite,
	"default": nil,
}

// wordError is a word of a style that means nothing, with its byte offset.
type wordError struct {
	offset  int
	message string
}

func (e *wordError) Error() string { return e.message }

// ParseSpec reads a style such as "bold bright-red on black". The error says
// which word it does not know and what it could be.
func ParseSpec(s string) (Spec, error) {
	var spec Spec
	background, coloured := false, [2]bool{}
	for offset, word := range words(s) {
		fail := func(format string, args ...any) (Spec, error) {
			return Spec{}, &wordError{offset, fmt.Sprintf(format, args...)}
		}
		switch word {
		case "bold":
			spec.Bold = true
			continue
		case "faint":
			spec.Faint = true
			continue
		case "underline":
			spec.Underline = true
			continue
		case "reverse":
			spec.Invert = true
			continue
		case "on":
			if background {
				return fail("a second \"on\": name one background colour")
			}
			background = true
			continue
		}
		c, err := parseColour(word)
		if err != nil {
			return fail("%s", err)
		}
		side := 0
		if background {
			side = 1
		}
		if coloured[side] {
			return fail("a second colour %q: put \"on\" before a background colour", word)
		}
		coloured[side] = true
		if background {
			spec.Background = c
		} else {
			spec.Foreground = c
		}
	}
	if background && !coloured[1] {
		return Spec{}, &wordError{len(s), "\"on\" lacks a colour after it"}
	}
	return spec, nil
}

// words yields each word of s with its byte offset.
func words(s string) func(func(int, string) bool) {
	return func(yield func(int, string) bool) {
		for at := 0; at < len(s); {
			if s[at] == ' ' {
				at++
				continue
			}
			end := strings.IndexByte(s[at:], ' ')
			if end < 0 {
				end = len(s) - at
			}
			if !yield(at, s[at:at+end]) {
				return
			}
			at += end
		}
	}
}

func parseColour(word string) (color.Color, error) {
	if c, ok := colourNames[word]; ok {
		return c, nil
	}
	if hex, ok := strings.CutPrefix(word, "#"); ok {
		v, err := strconv.ParseUint(hex, 16, 32)
		if err != nil || len(hex) != 6 {
			return nil, fmt.Errorf("%q is not a colour: write six hexadecimal digits, such as #ff8800", word)
		}
		return color.RGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 0xff}, nil
	}
	if n, err := strconv.Atoi(word); err == nil {
		if n < 0 || n > 255 {
			return nil, fmt.Errorf("%q is not a colour: palette colours go from 0 to 255", word)
		}
		if n < 16 {
			return ansi.BasicColor(uint8(n)), nil
		}
		return ansi.IndexedColor(uint8(n)), nil
	}
	return nil, fmt.Errorf("%q is neither an attribute (bold, faint, underline, reverse) nor a colour (red, bright-red, 0 to 255, #rrggbb, default)", word)
}
