package widget

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"vigil/internal/theme"
)

// Span is a piece of a line with its role.
type Span struct {
	Text string
	Role theme.Role
}

// Line lays spans side by side in exactly width cells, the last of them cut
// with an ellipsis if they do not fit.
func Line(p *theme.Palette, width int, spans ...Span) string {
	return line(p, p.Style(theme.Text), width, spans)
}

// line paints each span over base. A span of role Text has no meaning of its
// own and takes base as it is.
func line(p *theme.Palette, base theme.Style, width int, spans []Span) string {
	var b strings.Builder
	left := max(width, 0)
	for i, s := range spans {
		if left == 0 {
			break
		}
		text, w := truncate(s.Text, left, p.Glyph(theme.Ellipsis))
		if w == left && i < len(spans)-1 && Width(text) == Width(s.Text) && rest(spans[i+1:]) > 0 {
			// What follows would vanish without a trace: mark the cut.
			text, w = truncate(s.Text+" ", left, p.Glyph(theme.Ellipsis))
		}
		style := base
		if s.Role != theme.Text {
			style = p.Style(s.Role).Over(base)
		}
		b.WriteString(style.Render(text))
		left -= w
	}
	b.WriteString(base.Render(spaces(left)))
	return b.String()
}

// longestLink is how long an address may be that is made a link.
const longestLink = 2000

// Linked makes a painted line a link, on a terminal that takes such. What is no address of the web leads nowhere, nor does what
// could end the sequence.
func Linked(p *theme.Palette, address, painted string) string {
	if !p.Links || address == "" || len(address) > longestLink || !strings.HasPrefix(address, "https://") && !strings.HasPrefix(address, "http://") {
		return painted
	}
	if strings.ContainsFunc(address, func(r rune) bool { return r <= ' ' || r >= 0x7f }) {
		return painted
	}
	return ansi.SetHyperlink(address) + painted + ansi.ResetHyperlink()
}

func rest(spans []Span) int {
	w := 0
	for _, s := range spans {
		w += Width(s.Text)
	}
	return w
}

// StatusLine lays left and right at the two ends of a line of exactly width
// cells. The right side is kept whole as long as it fits at all: the clock and
// the counts of what is wrong stand there, and the name of the desk gives way.
func StatusLine(p *theme.Palette, width int, base theme.Role, left, right []Span) string {
	style := p.Style(base)
	r := min(rest(right), max(width, 0))
	l := width - r
	if r > 0 && l > 0 {
		return line(p, style, l-1, left) + style.Render(" ") + line(p, style, r, right)
	}
	return line(p, style, l, left) + line(p, style, r, right)
}

// Rule is a horizontal rule with a title at its left and a text at its right:
// "NEEDS YOU ───── 2 not acked ──". The title gives way last.
func Rule(p *theme.Palette, width int, title, right Span) string {
	if width <= 0 {
		return ""
	}
	glyph := p.Glyph(theme.RuleLine)
	border := p.Style(theme.Border)
	t, tw := truncate(title.Text, width, p.Glyph(theme.Ellipsis))
	var b strings.Builder
	b.WriteString(p.Paint(title.Role, t))
	left := width - tw
	if left == 0 {
		return b.String()
	}
	if tw > 0 {
		b.WriteString(" ")
		left--
	}
	// " text ──" at the right needs a rule of two cells before it as well.
	const around = 6
	if right.Text != "" && left > around {
		text, rw := truncate(right.Text, left-around, p.Glyph(theme.Ellipsis))
		b.WriteString(border.Render(strings.Repeat(glyph, left-rw-4)))
		b.WriteString(" " + p.Paint(right.Role, text) + " ")
		left = 2
	}
	b.WriteString(border.Render(strings.Repeat(glyph, left)))
	return b.String()
}

// Blank is n empty lines of exactly width cells.
func Blank(width, n int) []string {
	lines := make([]string, max(n, 0))
	for i := range lines {
		lines[i] = spaces(width)
	}
	return lines
}

// Height cuts or pads lines to exactly n, each of which is width cells wide already.
func Height(lines []string, width, n int) []string {
	n = max(n, 0)
	if len(lines) >= n {
		return lines[:n]
	}
	return append(lines, Blank(width, n-len(lines))...)
}

// Beside joins blocks of lines column by column with gap cells between them; a block that is
// shorter than the highest is padded. widths are the blocks' own.
func Beside(gap int, widths []int, blocks ...[]string) []string {
	height := 0
	for _, b := range blocks {
		height = max(height, len(b))
	}
	lines := make([]string, height)
	for i := range lines {
		var b strings.Builder
		for n, block := range blocks {
			if n > 0 {
				b.WriteString(spaces(gap))
			}
			if i < len(block) {
				b.WriteString(block[i])
			} else {
				b.WriteString(spaces(widths[n]))
			}
		}
		lines[i] = b.String()
	}
	return lines
}
