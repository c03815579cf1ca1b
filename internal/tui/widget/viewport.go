package widget

import "vigil/internal/theme"

// Viewport scrolls over lines that are longer in number than the screen is high.
type Viewport struct{ Offset int }

// Move scrolls by delta of total lines, of which height are shown.
func (v *Viewport) Move(delta, total, height int) {
	v.Offset = max(0, min(v.Offset+delta, total-height))
}

// Render draws exactly height lines of width cells, from the offset on, asking
// line only for what is visible. Every line is a list of spans.
func (v *Viewport) Render(p *theme.Palette, width, height, total int, line func(i int) []Span) []string {
	v.Move(0, total, height)
	lines := make([]string, 0, max(height, 0))
	for i := v.Offset; i < total && len(lines) < height; i++ {
		lines = append(lines, Line(p, width, line(i)...))
	}
	return Height(lines, width, height)
}

// More tells how many lines are hidden above and below what is shown.
func (v *Viewport) More(total, height int) (above, below int) {
	return min(v.Offset, max(total, 0)), max(0, total-v.Offset-max(height, 0))
}
