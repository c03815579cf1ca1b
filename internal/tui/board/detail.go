package board

import (
	"fmt"
	"strings"

	"vigil/internal/figure"
	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/theme"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
)

// nameCol is the width of the detail's first column.
const nameCol = 18

// drawDetail draws the selected country beside the table: its areas with their official levels, the
// estimate by category, and where its staff are. What has no room is counted.
func (b *Board) drawDetail(f screen.Frame, height int) []string {
	c, ok := f.View.Country(b.detail)
	if !ok {
		return widget.Blank(f.Width, height)
	}
	m := figure.MarksFor(f.Palette.ASCII)
	lines := []string{widget.Rule(f.Palette, f.Width,
		widget.Span{Text: c.Code.Alpha3() + " " + c.Name.String(), Role: theme.Title},
		widget.Span{Text: "EST " + estimateWords(c, m), Role: theme.RiskRole(figure.Band(c.Estimate))})}
	rows := detailSpans(f, c, m)
	for i, row := range rows {
		if len(lines) == height-1 && i < len(rows)-1 {
			more := fmt.Sprintf("%d more: Enter", len(rows)-i)
			lines = append(lines, widget.Line(f.Palette, f.Width, widget.Span{Text: more, Role: theme.Dim}))
			break
		}
		lines = append(lines, widget.Line(f.Palette, f.Width, row...))
	}
	return widget.Height(lines, f.Width, height)
}

// detailRows is how many lines the detail has to say beside the headings; none where there is no room for it.
func (b *Board) detailRows(f screen.Frame) int {
	_, beside := split(f)
	c, ok := f.View.Country(b.detail)
	if !ok || beside.Width == 0 {
		return 0
	}
	return len(detailSpans(beside, c, figure.MarksFor(f.Palette.ASCII)))
}

func detailSpans(f screen.Frame, c *picture.Country, m figure.Marks) [][]widget.Span {
	rows := areaSpans(f, c)
	rows = append(rows, categorySpans(c, m)...)
	return append(rows, staffSpans(f, c)...)
}

func estimateWords(c *picture.Country, m figure.Marks) string {
	if !c.Estimate.Known {
		return figure.Unknown
	}
	w := &c.Estimate.Worst
	return fmt.Sprintf("%s %s: %s %s %s", figure.Estimate(c.Estimate), w.Threat.Letter(), figure.Words(w.Likelihood.String()), m.Times, figure.Words(w.Impact.String()))
}

func areaSpans(f screen.Frame, c *picture.Country) [][]widget.Span {
	if c.Levels == nil {
		return [][]widget.Span{{{Text: "no official levels on this desk", Role: theme.Unknown}}}
	}
	var rows [][]widget.Span
	for i := range c.Levels.Areas {
		a := &c.Levels.Areas[i]
		level := widget.Span{Text: fmt.Sprintf("%-6d ", a.Level), Role: theme.LevelRole(a.Level)}
		note := widget.Span{Role: theme.Dim}
		if !a.ValidUntil.IsZero() {
			note.Text = "until " + figure.WhenWhole(a.ValidUntil)
		}
		if a.Expired(f.Now) {
			note = widget.Span{Text: "EXPIRED " + figure.WhenWhole(a.ValidUntil), Role: theme.Expired}
		}
		rows = append(rows, []widget.Span{{Text: widget.Fit(a.Name.String(), nameCol, f.Palette.Glyph(theme.Ellipsis)) + " "}, level, note})
	}
	return rows
}

// categorySpans are the categories of the estimate, two on a line so that the pane stays short.
func categorySpans(c *picture.Country, m figure.Marks) [][]widget.Span {
	var rows [][]widget.Span
	for i := range c.Estimate.Categories {
		cat := &c.Estimate.Categories[i]
		if cat.Threat == incident.ThreatUnknown && !cat.Known {
			continue
		}
		band, words, role := figure.Unknown, figure.NoEstimate(cat.Why), theme.Unknown
		if cat.Known {
			band = cat.Band.Label()
			words = figure.Words(cat.Likelihood.String()) + " " + m.Times + " " + figure.Words(cat.Impact.String())
			role = theme.RiskRole(figure.BandColour(cat.Band))
		}
		name := sentence(figure.Threat(cat.Threat))
		rows = append(rows, []widget.Span{{Text: widget.Fit(name, nameCol, "") + " "}, {Text: widget.Fit(band, 6, "") + " ", Role: role}, {Text: words, Role: theme.Dim}})
	}
	return rows
}

func sentence(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

func staffSpans(f screen.Frame, c *picture.Country) [][]widget.Span {
	if !c.HasStaff {
		return [][]widget.Span{{{Text: "no staff figures on this desk", Role: theme.Unknown}}}
	}
	var rows [][]widget.Span
	for _, g := range f.View.Groups(c.Code) {
		where := g.Organization.String()
		if !g.Area.IsZero() {
			where += ", " + g.Area.String()
		}
		count := fmt.Sprintf("%-6s ", figure.Number(g.Total))
		split := fmt.Sprintf("%sn %si", figure.AtLeast(g.National, g.RecruitmentUnknown == 0), figure.AtLeast(g.International, g.RecruitmentUnknown == 0))
		rows = append(rows, []widget.Span{{Text: widget.Fit(where, nameCol, f.Palette.Glyph(theme.Ellipsis)) + " "}, {Text: count}, {Text: split, Role: theme.Dim}})
	}
	return rows
}
