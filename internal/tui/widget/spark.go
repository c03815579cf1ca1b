package widget

import (
	"math"
	"strings"

	"vigil/internal/theme"
)

// Period is one bar of a [Sparkline].
type Period struct {
	Value float64 // from 0
	// Incomplete says that the value is not known, or that more may come:
	// the bar is hatched instead of showing a height that would be read as a fall.
	Incomplete bool
}

// Sparkline draws the last width periods, oldest first, in exactly width cells. The
// highest complete value reaches the top; a known zero is an empty cell. Missing
// periods at the left are empty too.
func Sparkline(p *theme.Palette, width int, periods []Period) string {
	if width <= 0 {
		return ""
	}
	if len(periods) > width {
		periods = periods[len(periods)-width:]
	}
	top := 0.0
	for _, v := range periods {
		if !v.Incomplete && !math.IsInf(v.Value, 0) {
			top = max(top, v.Value)
		}
	}
	var b strings.Builder
	b.WriteString(spaces(width - len(periods)))
	for _, v := range periods {
		switch {
		case v.Incomplete || math.IsNaN(v.Value) || math.IsInf(v.Value, 0):
			b.WriteString(p.Glyph(theme.Hatch))
		case v.Value <= 0 || top <= 0:
			b.WriteByte(' ')
		default:
			b.WriteString(p.Glyph(bar(v.Value / top)))
		}
	}
	return b.String()
}

// bar is the glyph for a share above 0 and up to 1.
func bar(share float64) theme.Glyph {
	const levels = int(theme.Spark8-theme.Spark1) + 1
	step := max(1, min(int(math.Ceil(share*float64(levels))), levels))
	return theme.Spark1 + theme.Glyph(step-1)
}
