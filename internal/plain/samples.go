package plain

import "vigil/internal/theme"

// samples are the words with which screens show each role.
var samples = map[theme.Role]string{
	theme.Text: "2 sources", theme.Dim: "12 shown", theme.Title: "DUE", theme.Header: "VIGIL Sahel", theme.Footer: "? help", theme.Border: "", theme.Accent: "NOW",
	theme.Key: "Enter", theme.Label: "COUNTRY", theme.Selected: "Mali", theme.Focus: "EVENTS", theme.Match: "Ansongo", theme.New: "3 new",
	theme.Hazard: "Flood", theme.Restricted: "RESTRICTED", theme.Unconfirmed: "unconfirmed",
	theme.Error: "no record", theme.Warning: "3 problems", theme.Alarm: "NOT ACKED", theme.Exercise: "EXERCISE",
	theme.Live: "LIVE", theme.Quiet: "QUIET", theme.Stale: "STALE", theme.Failed: "FAILED", theme.Never: "NEVER", theme.Blind: "BLIND", theme.Partial: "partial",
	theme.Expired: "4 expired", theme.Unknown: "?",
	theme.Level1: "1 minimal", theme.Level2: "2 low", theme.Level3: "3 moderate", theme.Level4: "4 subst'l", theme.Level5: "5 high", theme.Level6: "6 extreme",
	theme.Risk1: "1 of 5", theme.Risk2: "Low", theme.Risk3: "Medium", theme.Risk4: "High", theme.Risk5: "V.High",
	theme.SeverityNegligible: "negligible", theme.SeverityMinor: "minor", theme.SeverityModerate: "moderate", theme.SeveritySevere: "severe",
	theme.SeverityCritical: "critical", theme.SeverityUnknown: "unknown",
}

// marked are the roles that stand beside a mark.
var marked = map[theme.Role]theme.Glyph{
	theme.Selected: theme.Pointer, theme.New: theme.Up, theme.Error: theme.Attention, theme.Alarm: theme.Attention,
	theme.Expired: theme.Attention, theme.SeveritySevere: theme.Attention, theme.SeverityCritical: theme.Attention,
}

// sample is what a role looks like on a screen, in at most twelve cells.
func sample(p *theme.Palette, r theme.Role) string {
	text := samples[r]
	if r == theme.Border {
		for range 6 {
			text += p.Glyph(theme.RuleLine)
		}
	}
	if g, ok := marked[r]; ok {
		return p.Glyph(g) + text
	}
	return text
}
