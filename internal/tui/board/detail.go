package board

import (
	"fmt"

	"vigil/internal/figure"
	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/theme"
	"vigil/internal/tui/ground"
	"vigil/internal/tui/page"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
)

// The widths of the detail's first column, and of the second with the gaps beside it.
const (
	nameCol = 15
	bandCol = 8
)

// drawDetail draws the selected country beside the table: its areas with their official levels, what other
// authorities advise, the estimate by category, and where its staff are. What has no room is counted.
func (b *Board) drawDetail(f screen.Frame, height int) []string {
	c, ok := f.View.Country(b.detail)
	if !ok {
		return widget.Blank(f.Width, height)
	}
	m := f.Hand
	lines := []string{widget.Rule(f.Palette, f.Width,
		widget.Span{Text: ground.Name(f.Hand, f.View.CountryNames(), c.Code, f.Width/2), Role: theme.Title},
		widget.Span{Text: f.Say("EST") + " " + estimateWords(f, c), Role: theme.RiskRole(figure.Band(c.Estimate))})}
	rows := detailSpans(f, c, m)
	for i, row := range rows {
		if len(lines) == height-1 && i < len(rows)-1 {
			more := f.Sayf("%d more: Enter", len(rows)-i)
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
	return len(detailSpans(beside, c, f.Hand))
}

func detailSpans(f screen.Frame, c *picture.Country, m figure.Hand) [][]widget.Span {
	rows := append(areaSpans(f, c), advisorySpans(f, c)...)
	rows = append(rows, categorySpans(f, c, m)...)
	return append(rows, staffSpans(f, c)...)
}

// estimateWords is the band with its category; what made it stands below, category by category.
func estimateWords(f screen.Frame, c *picture.Country) string {
	if !c.Estimate.Known {
		return figure.Unknown
	}
	return f.Estimate(c.Estimate) + ", " + f.Threat(c.Estimate.Worst.Threat)
}

func areaSpans(f screen.Frame, c *picture.Country) [][]widget.Span {
	if c.Levels == nil {
		return [][]widget.Span{{{Text: f.Say("no official levels on this desk"), Role: theme.Unknown}}}
	}
	var rows [][]widget.Span
	for i := range c.Levels.Areas {
		a := &c.Levels.Areas[i]
		level := widget.Span{Text: fmt.Sprintf("%-6d ", a.Level), Role: theme.LevelRole(a.Level)}
		note := widget.Span{Role: theme.Dim}
		if !a.ValidUntil.IsZero() {
			note.Text = f.Sayf("until %s", f.WhenWhole(a.ValidUntil))
		}
		if a.Expired(f.Now) {
			note = widget.Span{Text: f.Sayf("EXPIRED %s", f.WhenWhole(a.ValidUntil)), Role: theme.Expired}
		}
		rows = append(rows, []widget.Span{{Text: widget.Fit(page.Safe(f.Palette, a.Name.String()), nameCol, f.Palette.Glyph(theme.Ellipsis)) + " "}, level, note})
	}
	return rows
}

// advisorySpans are what other authorities advise, each on its own scale, with its age.
func advisorySpans(f screen.Frame, c *picture.Country) [][]widget.Span {
	var rows [][]widget.Span
	for _, a := range f.View.Advisories(c.Code) {
		age, role := figure.Unknown, theme.Dim
		if !a.Updated.IsZero() {
			age = ground.Age(f.Hand, a.Updated.Start, ground.Receipts(f))
		}
		if _, silent := f.View.Silent(&a); silent {
			age, role = age+"!", theme.Stale
		}
		room := max(0, f.Width-nameCol-1-widget.Width(age)-1)
		rows = append(rows, []widget.Span{
			{Text: widget.Fit(page.Safe(f.Palette, a.Authority.OneLine().String()), nameCol, f.Palette.Glyph(theme.Ellipsis)) + " "},
			{Text: widget.Fit(page.Safe(f.Palette, f.Advisory(&a)), room, f.Palette.Glyph(theme.Ellipsis)) + " ", Role: theme.Accent},
			{Text: age, Role: role},
		})
	}
	return rows
}

// categorySpans are the categories of the estimate.
func categorySpans(f screen.Frame, c *picture.Country, m figure.Hand) [][]widget.Span {
	var rows [][]widget.Span
	for i := range c.Estimate.Categories {
		cat := &c.Estimate.Categories[i]
		if cat.Threat == incident.ThreatUnknown && !cat.Known {
			continue
		}
		band, words, role := figure.Unknown, f.NoEstimate(cat.Why), theme.Unknown
		if cat.Known {
			band = f.Say(cat.Band.Label())
			words = m.EstimateIn(cat, f.Width-nameCol-bandCol)
			role = theme.RiskRole(figure.BandColour(cat.Band))
		}
		name := figure.Sentence(f.Threat(cat.Threat))
		rows = append(rows, []widget.Span{{Text: widget.Fit(name, nameCol, f.Palette.Glyph(theme.Ellipsis)) + " "}, {Text: widget.Fit(band, bandCol-2, "") + " ", Role: role}, {Text: words, Role: theme.Dim}})
	}
	return rows
}

func staffSpans(f screen.Frame, c *picture.Country) [][]widget.Span {
	if !c.HasStaff {
		return [][]widget.Span{{{Text: f.Say("no staff figures on this desk"), Role: theme.Unknown}}}
	}
	groups := f.View.Groups(c.Code)
	national, international := make([]string, len(groups)), make([]string, len(groups))
	wide, wider := 0, 0
	for i, g := range groups {
		national[i], international[i] = f.AtLeast(g.National, g.RecruitmentUnknown == 0), f.AtLeast(g.International, g.RecruitmentUnknown == 0)
		wide, wider = max(wide, widget.Width(national[i])), max(wider, widget.Width(international[i]))
	}
	var rows [][]widget.Span
	for i, g := range groups {
		where := g.Organization.String()
		if !g.Area.IsZero() {
			where += ", " + g.Area.String()
		}
		count := widget.PadLeft(f.Number(g.Total), bandCol-2, "") + "  "
		split := f.Sayf("%sn %si", widget.PadLeft(national[i], wide, ""), widget.PadLeft(international[i], wider, ""))
		rows = append(rows, []widget.Span{{Text: widget.Fit(page.Safe(f.Palette, where), nameCol, f.Palette.Glyph(theme.Ellipsis)) + " "}, {Text: count}, {Text: split, Role: theme.Dim}})
	}
	return rows
}
