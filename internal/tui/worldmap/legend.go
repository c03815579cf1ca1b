package worldmap

import (
	"strconv"
	"strings"

	"vigil/internal/figure"
	"vigil/internal/level"
	"vigil/internal/theme"
	"vigil/internal/tui/canvas"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
)

// mostLegend is how many lines the legend takes at most.
const mostLegend = 3

// legendLines is how many lines the legend takes when everything is shown, whatever the map is shaded by: so that a key that changes what is shown
// does not move the map.
func legendLines(f screen.Frame) int {
	n := 0
	for _, by := range []Shading{ByLevel, ByEstimate} {
		n = max(n, len(rowsOf(f, legend(f, ask{by: by, layers: everything}), mostLegend)))
	}
	return n
}

// legend says what shades and marks mean, each in a piece that is not torn apart.
func legend(f screen.Frame, a ask) [][]widget.Span {
	steps, word := samples(f, a), func(sign string, role theme.Role, text string) []widget.Span {
		return []widget.Span{{Text: sign, Role: role}, {Text: " " + text}}
	}
	list := [][]widget.Span{steps, {
		{Text: canvas.Hatch.Sample(a.dots, 2), Role: theme.Blind},
		{Text: blindLetter(f.Hand) + " " + f.Say("BLIND") + " "},
		{Text: canvas.Query.Sample(a.dots, 2), Role: theme.Unknown},
		{Text: figure.Unknown},
	}, {{Text: f.Say("outline: off desk"), Role: theme.Dim}}}
	if a.layers.incidents() {
		marks := func(urgent, other kind, role, otherRole theme.Role, text string) []widget.Span {
			return []widget.Span{{Text: glyphs[urgent], Role: role}, {Text: glyphs[other], Role: otherRole}, {Text: " " + text}}
		}
		list = append(
			list, marks(freshUrgent, freshOther, theme.SeveritySevere, theme.New, f.Say("24 h")), marks(olderUrgent, olderOther, theme.Dim, theme.Dim, f.Say("7 d")),
			[]widget.Span{{Text: glyphs[freshUrgent] + glyphs[olderUrgent] + " " + f.Say("staff or severe")}},
			[]widget.Span{{Text: "3" + glyphs[freshUrgent] + " " + f.Say("several")}}, word(glyphs[lasting], theme.Hazard, f.Say("hazard")),
		)
	}
	if a.layers.staff() {
		list = append(list, word(staffMark, theme.Accent, f.Say("staff")), []widget.Span{
			{Text: trackedMark, Role: theme.Accent},
			{Text: " " + f.SayAs("map", "tracked") + ", "},
			{Text: goneMark, Role: theme.Stale},
			{Text: " " + f.SayAs("tracked", "STALE")},
		})
	}
	if a.by == ByLevel {
		list = append(list, word(several, theme.Text, f.Say("levels")))
	}
	return list
}

// samples are the shades with what they stand for.
func samples(f screen.Frame, a ask) []widget.Span {
	var list []widget.Span
	add := func(fill canvas.Pattern, cells int, role theme.Role, word string) {
		if len(list) > 0 {
			list = append(list, widget.Span{Text: " "})
		}
		list = append(list, widget.Span{Text: fill.Sample(a.dots, cells), Role: role}, widget.Span{Text: word})
	}
	if a.by == ByEstimate {
		for n, word := range []string{f.Say("Low"), f.Say("Medium"), f.Say("High"), f.Say("V.High"), f.Say("Unacc.")} {
			if sign := letter(level.Low+level.Band(n), f.Hand); !strings.HasPrefix(word, sign) {
				word = sign + " " + word
			}
			add(canvas.Shade(n+2), 1, theme.RiskRole(min(n+2, 5)), word)
		}
		return list
	}
	for n := 1; n <= 6; n++ {
		add(canvas.Shade(n), 2, theme.LevelRole(n), strconv.Itoa(n))
	}
	return list
}

// Meaning is a sign of the map and what it says.
type Meaning struct{ Sign, Text string }

// Patterns are the ways in which countries are filled, with what each says, as help lists them.
func Patterns(f screen.Frame) []Meaning {
	const cells = 4
	dots := canvas.Braille
	if f.Palette.ASCII {
		dots = canvas.ASCII
	}
	list := make([]Meaning, 0, 9)
	for n := 1; n <= 6; n++ {
		text := f.Sayf("level %d", n)
		for band, step := range steps {
			if step == n {
				text = f.Sayf("level %d, or the estimate %s", n, f.Words(band.String()))
			}
		}
		list = append(list, Meaning{canvas.Shade(n).Sample(dots, cells), text})
	}
	return append(
		list, Meaning{canvas.Hatch.Sample(dots, cells), f.Say("BLIND: nobody sees anything of it, whatever its level")},
		Meaning{canvas.Query.Sample(dots, cells), f.Say("not known; so is a level that has expired everywhere")},
		Meaning{"", f.Say("an outline without a pattern: a country that is not on this desk")},
	)
}
