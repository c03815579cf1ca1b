package worldmap

import (
	"strings"

	"vigil/internal/country"
	"vigil/internal/figure"
	"vigil/internal/health"
	"vigil/internal/level"
	"vigil/internal/picture"
	"vigil/internal/theme"
	"vigil/internal/tui/canvas"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
)

// Shading is what the shade of a country says.
type Shading uint8

// The shadings.
const (
	ByLevel Shading = iota
	ByEstimate
)

// mapBy is the heading of a map that is shaded so.
func mapBy(f screen.Frame, by Shading) string {
	if by == ByEstimate {
		return f.Say("MAP by vigil's estimate")
	}
	return f.Say("MAP by official level")
}

// shadedBy says so in a sentence.
func shadedBy(f screen.Frame, by Shading) string {
	if by == ByEstimate {
		return f.Say("shaded by vigil's estimate")
	}
	return f.Say("shaded by official level")
}

// shade is how a country looks: the same in words, in one character, and as a pattern.
type shade struct {
	words string // 3–5T!
	short string // 3–5!
	one   string // 5, or * for what does not fit into one character
	fill  canvas.Pattern
	role  theme.Role
}

// several stands where a country has several levels, or one that has expired, and there is room for one character.
const several = "*"

// steps are the shades of the bands of an estimate: low is not as calm as a minimal level.
var steps = map[level.Band]int{level.BandNone: 0, level.Low: 2, level.Medium: 3, level.High: 4, level.VeryHigh: 5, level.Unacceptable: 6}

// letter stands for a band where there is room for one character.
func letter(b level.Band, h figure.Hand) string {
	switch b {
	case level.Low:
		return onMap(h.SayAs("band", "L"), "L")
	case level.Medium:
		return onMap(h.SayAs("band", "M"), "M")
	case level.High:
		return onMap(h.SayAs("band", "H"), "H")
	case level.VeryHigh:
		return onMap(h.SayAs("band", "V"), "V")
	case level.Unacceptable:
		return onMap(h.SayAs("band", "U"), "U")
	}
	return figure.Unknown
}

// blindLetter stands beside the code of a country that nobody sees, where there is no room for the word.
func blindLetter(h figure.Hand) string { return onMap(h.SayAs("blind", "B"), "B") }

// onMap is a word as it stands among the dots, each letter in a cell of its own: in scripts whose letters are wide, or join, it is in English.
func onMap(said, english string) string {
	if widget.Width(said) != width(said) {
		return english
	}
	return said
}

// shadeOf is how a country looks. What is not known is "?", and never light; where nobody sees anything it is hatched, whatever its level.
func shadeOf(c *picture.Country, by Shading, m figure.Hand) shade {
	s := shade{words: figure.Unknown, short: figure.Unknown, one: figure.Unknown, fill: canvas.Query, role: theme.Unknown}
	switch {
	case by == ByEstimate && c.Estimate.Known:
		band := c.Estimate.Worst.Band
		s = shade{onMap(m.Estimate(c.Estimate), band.Label()), letter(band, m), letter(band, m), canvas.Shade(steps[band]), theme.RiskRole(figure.Band(c.Estimate))}
	case by == ByLevel && c.Level.Max > 0:
		s.words = levelWords(c, m)
		s.short = m.LevelRange(c.Level)
		if s.one = s.short; c.Level.Min != c.Level.Max { // never the highest alone
			s.one = several
		}
		if c.Level.Expired > 0 {
			s.short, s.one = s.short+"!", several
		}
		s.fill, s.role = canvas.Shade(c.Level.Max), theme.LevelRole(c.Level.Max)
		if c.Levels != nil && c.Level.Expired >= len(c.Levels.Areas) { // what was once calm need not be any more
			s.fill, s.role = canvas.Query, theme.Expired
		}
	}
	if c.Coverage.State == health.Blind {
		if s.words != figure.Unknown {
			s.words += " " + onMap(m.Say("BLIND"), "BLIND")
		} else {
			s.words = onMap(m.Say("BLIND"), "BLIND")
		}
		b := blindLetter(m)
		s.short, s.one, s.fill, s.role = b, b, canvas.Hatch, theme.Blind
	}
	return s
}

// levelWords is [figure.Level] in as few characters as it can: 3–5T!. A driving category that nobody gives is left out.
func levelWords(c *picture.Country, m figure.Hand) string {
	words := strings.Fields(m.Level(c))
	if len(words) > 1 {
		words[1] = strings.TrimPrefix(words[1], figure.Unknown)
	}
	return strings.Join(words, "")
}

// looks are how all areas are drawn: countries that are not on the desk as outlines only.
func looks(v picture.View, by Shading, m figure.Hand) []canvas.Look {
	all := make([]canvas.Look, len(country.All())+1)
	for i := range all {
		all[i] = canvas.Look{Role: theme.Dim, Outline: true, Weight: 1}
	}
	for c := range v.Countries() {
		s := shadeOf(c, by, m)
		all[c.Code] = canvas.Look{Fill: s.fill, Role: s.role, Outline: true, Weight: 2 + int(s.fill)}
	}
	all[country.Unknown] = canvas.Look{}
	return all
}
