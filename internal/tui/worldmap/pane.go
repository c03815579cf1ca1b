package worldmap

import (
	"vigil/internal/country"
	"vigil/internal/theme"
	"vigil/internal/tui/canvas"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
)

// Pane is the map of the home countries as a part of another screen: it has no keys, and draws what has changed.
type Pane struct {
	chart chart
	news  news
}

// Least is how many lines it takes for a map to be worth its room, the heading among them.
const Least = 6

// Lines draws the pane in exactly f.Height lines, with one country named as the one that is looked at.
func (p *Pane) Lines(f screen.Frame, at country.Code) []string {
	if f.View.IsZero() || f.Height < 1 {
		return widget.Blank(f.Width, f.Height)
	}
	p.news.follow(f.View)
	dots := canvas.Braille
	if f.Palette.ASCII {
		dots = canvas.ASCII
	}
	a := ask{p: homeMap(f.View, f.Width, f.Height-1), dots: dots, by: usual(f.View), cursor: at}
	drawn := p.chart.draw(f, &p.news, a)
	right := ""
	if off := p.news.unplaced + p.news.restricted; off > 0 {
		right = f.Sayf("%s in 7 d not placed", f.Number(off))
	}
	rule := widget.Rule(
		f.Palette, f.Width, widget.Span{Text: " " + mapBy(f, a.by), Role: theme.Title}, widget.Span{Text: right, Role: theme.Label},
	)
	return append([]string{rule}, drawn...)
}
