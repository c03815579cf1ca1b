package term

import (
	"bytes"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// attributes follows how letters are drawn on a terminal that can only turn all attributes off at once, as a VT100 and a VT102: of 22, 24, 27 and
// the like they know nothing, and would go on in reverse to the end of the line.
type attributes struct {
	pen    uv.Style
	parser *ansi.Parser
}

// rewritten is p with each sequence that turns single attributes off in place of one that turns all off, and those that stay on again.
func (a *attributes) rewritten(p []byte) []byte {
	var dst []byte
	for {
		at := bytes.Index(p, csi)
		if at < 0 {
			return append(dst, p...)
		}
		dst = append(dst, p[:at]...)
		p = p[at:]
		_, _, n, _ := ansi.DecodeSequence(p, ansi.NormalState, a.parser)
		sequence := p[:max(n, 1)]
		p = p[len(sequence):]
		if cmd := ansi.Cmd(a.parser.Command()); cmd.Final() != 'm' || cmd.Prefix() != 0 || cmd.Intermediate() != 0 {
			dst = append(dst, sequence...)
			continue
		}
		params := a.parser.Params()
		uv.ReadStyle(params, &a.pen)
		switch {
		case !offsOne(params):
			dst = append(dst, sequence...)
		case a.pen.IsZero():
			dst = append(dst, ansi.ResetStyle...)
		default:
			dst = append(dst, "\x1b[0;"...)
			dst = append(dst, a.pen.String()[len(csi):]...)
		}
	}
}

// offsOne reports whether attributes are turned off one by one.
func offsOne(params ansi.Params) bool {
	for i := range params {
		if v, _, _ := params.Param(i, 0); v >= 21 && v <= 29 {
			return true
		}
	}
	return false
}
