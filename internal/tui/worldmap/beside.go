package worldmap

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"vigil/internal/country"
	"vigil/internal/figure"
	"vigil/internal/picture"
	"vigil/internal/theme"
	"vigil/internal/tui/atlas"
	"vigil/internal/tui/ground"
	"vigil/internal/tui/page"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/widget"
)

// nowhere stands instead of its mark where an incident or staff have no place on the map.
const nowhere = "-"

// drawBeside is the pane beside the map: staff and incidents of the country on which the cursor has come to rest, those in no place among
// them.
func (s *Screen) drawBeside(f screen.Frame, e *event) []string {
	c, ok := f.View.Country(s.beside)
	if !ok {
		return widget.Blank(f.Width, f.Height)
	}
	lines := []string{s.besideRule(f, ground.Name(f.Hand, f.View.CountryNames(), c.Code, f.Width-8), "")}
	areas := s.news.staffIn(c.Code)
	lines = append(lines, s.besideRule(f, f.Say("STAFF"), f.Total(c)))
	room := max(2, f.Height/3)
	for i := range areas {
		if i == room {
			lines = append(lines, widget.Line(f.Palette, f.Width, widget.Span{Text: "  " + f.Forms(len(areas)-i, "area more", "areas more"), Role: theme.Dim}))
			break
		}
		lines = append(lines, widget.Line(f.Palette, f.Width, clusterSpans(f, &areas[i])...))
	}
	if len(areas) == 0 {
		lines = append(lines, widget.Line(f.Palette, f.Width, widget.Span{Text: "  " + f.Say("no staff figures on this desk"), Role: theme.Unknown}))
	}
	events := s.news.of(c.Code, false)
	lines = append(lines, s.eventsRule(f, c, len(events)-len(s.news.of(c.Code, true)))...)
	return widget.Height(append(lines, eventLines(f, events, e, f.Height-len(lines))...), f.Width, f.Height)
}

// eventsRule says how many incidents there are, how many hazards beside them and how many of both are in no place: in a line below the rule what has
// no room in it.
func (s *Screen) eventsRule(f screen.Frame, c *picture.Country, off int) []string {
	count, hazards := s.news.count(c, f)
	full := count
	if hazards > 0 {
		full += ", " + f.Sayf("hazards %s", f.Number(hazards))
	}
	if off > 0 {
		full = f.Sayf("%s, %s not placed %s", full, f.Number(off), nowhere)
	}
	title := f.Say("INCIDENTS, 7 d")
	if widget.Width(title)+widget.Width(full)+around <= f.Width {
		return []string{s.besideRule(f, title, full)}
	}
	return []string{s.besideRule(f, title, count), widget.Line(f.Palette, f.Width, widget.Span{Text: "  " + full, Role: theme.Dim})}
}

func (s *Screen) besideRule(f screen.Frame, title, right string) string {
	return widget.Rule(f.Palette, f.Width, widget.Span{Text: page.Safe(f.Palette, title), Role: theme.Title}, widget.Span{Text: right, Role: theme.Label})
}

// areaName is an area of staff in words.
func areaName(f screen.Frame, k *picture.Cluster) string {
	if k.Area.IsZero() {
		return f.Say("area not said")
	}
	return k.Area.OneLine().String()
}

func clusterSpans(f screen.Frame, k *picture.Cluster) []widget.Span {
	mark, note := staffMark, ""
	if !k.Placed {
		mark, note = nowhere, " "+f.Say("not placed")
	}
	count := f.Number(k.People.Total)
	name := widget.Fit(page.Safe(f.Palette, areaName(f, k)), max(1, f.Width-3-widget.Width(count)-widget.Width(note)), f.Palette.Glyph(theme.Ellipsis))
	return []widget.Span{{Text: mark + " ", Role: theme.Accent}, {Text: name + " "}, {Text: count}, {Text: note, Role: theme.Dim}}
}

// eventLines are the incidents of a country, around the selected one.
func eventLines(f screen.Frame, events []*event, selected *event, room int) []string {
	first := 0
	for i, e := range events {
		if selected != nil && e.id == selected.id {
			first = max(0, i-room/2)
		}
	}
	first = max(0, min(first, len(events)-room))
	var lines []string
	for i := first; i < len(events) && len(lines) < room; i++ {
		if left := len(events) - i; len(lines) == room-1 && left > 1 {
			return append(lines, widget.Line(f.Palette, f.Width, widget.Span{Text: "  " + f.Sayf("%d more", left), Role: theme.Dim}))
		}
		e := events[i]
		k := e.kind(f.Now)
		mark := widget.Span{Text: glyphs[k] + " ", Role: e.role(k)}
		if !e.placed {
			mark = widget.Span{Text: nowhere + " ", Role: theme.Dim}
		}
		text := widget.Span{Text: page.Safe(f.Palette, e.brief(f))}
		if selected != nil && e.id == selected.id {
			mark.Text = f.Palette.Glyph(theme.Pointer) + " "
			text.Role = theme.Selected
		}
		lines = append(lines, widget.Line(f.Palette, f.Width, mark, text))
	}
	if len(events) == 0 && room > 0 {
		lines = append(lines, widget.Line(f.Palette, f.Width, widget.Span{Text: "  " + f.Say("nothing is recorded"), Role: theme.Dim}))
	}
	return lines
}

// brief is an incident in few words.
func (e *event) brief(f screen.Frame) string {
	text := f.When(&e.row, f.Now) + " " + f.Act(&e.row)
	if place := figure.Place(&e.row); place != "" {
		text += ", " + place
	}
	return text
}

// words are an incident with where it was as seen from the middle of what is known of a country: its capital.
func (e *event) words(f screen.Frame, c country.Code) string {
	text := e.brief(f) + ", " + f.Standing(&e.row)
	if figure.Urgent(&e.row) {
		text = "! " + text
	}
	if e.placed {
		return text + ", " + from(f, c, e.at)
	}
	return f.Sayf("%s, not placed", text)
}

// from says where a position is as seen from a country's capital; of one without, from its middle.
func from(f screen.Frame, c country.Code, at point) string {
	return fromBy(f, c, at, func(km float64, wind, of string) string {
		return f.Sayf("%.0f km %s %s", km, windLetters(f, wind), of)
	})
}

// windLetters is a point of the compass as its letters are in the language: WSW is OSO.
func windLetters(f screen.Frame, wind string) string {
	return strings.NewReplacer("N", f.SayAs("wind", "N"), "E", f.SayAs("wind", "E"), "S", f.SayAs("wind", "S"), "W", f.SayAs("wind", "W")).Replace(wind)
}

// fromBy says it with what says how far it is, towards which wind, of where: "of Bamako".
func fromBy(f screen.Frame, c country.Code, at point, say func(km float64, wind, of string) string) string {
	name, lat, lon, ok := c.Capital()
	around, of := point{Lat: lat, Lon: lon}, ofPlace(f, name)
	if !ok {
		around, _ = atlas.Label(c)
		name, of = f.Sayf("the middle of %s", c.Alpha3()), f.Sayf("of the middle of %s", c.Alpha3())
	}
	km := distance(around, at)
	if km < 1 {
		return f.Sayf("at %s", name)
	}
	return say(km, atlas.Bearing(around, at), of)
}

// ofPlace is "of Bamako". Before a vowel it is another word in some languages.
func ofPlace(f screen.Frame, name string) string {
	if first, _ := utf8.DecodeRuneInString(name); strings.ContainsRune("AEIOUÀÁÂÉÈÊÎÔÖÜ", first) {
		return fmt.Sprintf(f.SayAs("vowel", "of %s"), name)
	}
	return f.Sayf("of %s", name)
}

// countryWords are the figures of a country in a line.
func countryWords(c country.Code, f screen.Frame) string {
	row, ok := f.View.Country(c)
	if !ok {
		return ""
	}
	var parts []string
	for _, piece := range countrySpans(row, f) {
		var b strings.Builder
		for _, s := range piece {
			b.WriteString(s.Text)
		}
		parts = append(parts, b.String())
	}
	return strings.Join(parts, "  ")
}
