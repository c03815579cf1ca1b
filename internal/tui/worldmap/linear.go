package worldmap

import (
	"math"
	"strings"

	"vigil/internal/country"
	"vigil/internal/figure"
	"vigil/internal/geo"
	"vigil/internal/health"
	"vigil/internal/lang"
	"vigil/internal/picture"
	"vigil/internal/tui/aloud"
	"vigil/internal/tui/atlas"
	"vigil/internal/tui/page"
	"vigil/internal/tui/screen"
)

func distance(a, b point) float64 { return geo.Distance(a, b) }

// winds name the directions, in the order in which they are said.
var winds = [...]struct {
	d    atlas.Direction
	name string
}{{atlas.North, lang.Msg("north")}, {atlas.East, lang.Msg("east")}, {atlas.South, lang.Msg("south")}, {atlas.West, lang.Msg("west")}}

// Linear is the map in words: country by country its figures, which countries are beside it, where its incidents and its staff are as seen
// from its capital, and what is in no place.
func (s *Screen) Linear(f screen.Frame) []string {
	if f.View.IsZero() {
		return nil
	}
	s.settle(f)
	s.news.follow(f.View)
	lines := []string{aloud.Heading(f.Language, mapBy(f, s.by), aloud.Row(s.total(f)...))}
	codes := order(f.View)
	ways := atlas.WaysBetween(codes)
	selected := s.selected(f.View)
	for _, c := range codes {
		row, _ := f.View.Country(c)
		words := spokenCountry(row, f)
		if f.Linear && c == s.cursor && selected == nil {
			words = aloud.Selected(f.Language) + words
		}
		lines = append(lines, words)
		var beside []string
		for _, w := range winds {
			if to, ok := ways.Next(c, w.d); ok {
				beside = append(beside, f.Say(w.name)+" "+f.CountryWhole(f.View.CountryNames(), to))
			}
		}
		if len(beside) > 0 {
			lines = append(lines, f.Sayf("the arrows lead: %s", aloud.Row(beside...)))
		}
		for _, e := range s.news.of(c, false) {
			words := e.spoken(f, row)
			if f.Linear && selected != nil && e.id == selected.id && c == s.cursor {
				n := f.View.Near(e.id, nearStaff)
				words = aloud.Selected(f.Language) + aloud.Row(words, aloud.Line(f.Language, nearWords(&n, e, f)))
			}
			lines = append(lines, words)
		}
		areas := s.news.staffIn(c)
		for i := range areas {
			lines = append(lines, spokenStaff(f, &areas[i]))
		}
		lines = append(lines, "")
	}
	if len(codes) == 0 {
		lines = append(lines, f.Say("No country is on the desk: name home countries in vigil.toml."))
	}
	return append(lines, f.Say(Disclaimer))
}

// total are the counts of what the whole map shows.
func (s *Screen) total(f screen.Frame) []string {
	n := &s.news
	seen, hazards := n.total(f)
	parts := []string{aloud.Cell(f.Language, "7D", seen)}
	if hazards > 0 {
		parts = append(parts, f.Sayf("hazards %s", f.Number(hazards)))
	}
	if n.unplaced > 0 {
		parts = append(parts, f.Sayf("%s of them not placed", f.Number(n.unplaced)))
	}
	if n.restricted > 0 {
		parts = append(parts, f.Tally(n.restricted, "restricted and not placed"))
	}
	return parts
}

// spokenCountry is a country with its figures, each behind its heading.
func spokenCountry(c *picture.Country, f screen.Frame) string {
	words := []string{f.CountryWhole(f.View.CountryNames(), c.Code)}
	if c.Coverage.State == health.Blind {
		words = append(words, f.Say("BLIND"))
	}
	words = append(
		words, aloud.Cell(f.Language, "LEVEL", f.Level(c)), aloud.Cell(f.Language, "EST", f.Estimate(c.Estimate)),
		aloud.Cell(f.Language, "24H", f.Window(c.Day)), aloud.Cell(f.Language, "7D", f.Window(c.Week)), aloud.Cell(f.Language, "30D", f.Window(c.Month)),
		aloud.Cell(f.Language, "NAT", f.National(c)), aloud.Cell(f.Language, "INT", f.International(c)),
	)
	if age, _ := f.StaffAge(c, f.Now); age != figure.Nothing {
		words = append(words, aloud.Cell(f.Language, "STAFF AGE", age))
	}
	return aloud.Row(append(words, aloud.Cell(f.Language, "CANNOT SEE", f.Cannot(c, f.Now)))...)
}

// spoken is an incident with where it was.
func (e *event) spoken(f screen.Frame, c *picture.Country) string {
	mark, where := "", f.Say("not placed")
	if figure.Urgent(&e.row) {
		mark = aloud.Attention(f.Language)
	}
	if e.placed {
		where = spokenFrom(f, c.Code, e.at)
	}
	return mark + aloud.Row(
		aloud.Cell(f.Language, "WHEN", f.When(&e.row, f.Now)), page.Safe(f.Palette, aloud.Cell(f.Language, "ACT", f.Act(&e.row))), page.Safe(f.Palette, figure.Place(&e.row)),
		aloud.Cell(f.Language, "STANDING", f.Standing(&e.row)), where,
	)
}

var spelt = map[rune]string{'N': lang.MsgAs("towards", "north"), 'S': lang.MsgAs("towards", "south"), 'E': lang.MsgAs("towards", "east"), 'W': lang.MsgAs("towards", "west")}

// spokenFrom says where a position is as seen from the capital, with the wind in full: east-north-east.
func spokenFrom(f screen.Frame, c country.Code, at point) string {
	return fromBy(f, c, at, func(km float64, wind, of string) string { return spokenWay(f, km, wind, of) })
}

func spokenWay(f screen.Frame, km float64, wind, of string) string {
	var words []string
	for i, r := range wind {
		if i == 0 {
			words = append(words, f.SayAs("towards", spelt[r]))
			continue
		}
		words = append(words, f.Say(spelt[r]))
	}
	if math.Round(km) == 1 {
		return f.Sayf("1 kilometre %s %s", strings.Join(words, "-"), of)
	}
	return f.Sayf("%.0f kilometres %s %s", km, strings.Join(words, "-"), of)
}

func spokenStaff(f screen.Frame, k *picture.Cluster) string {
	where := f.Say("not placed")
	if k.Placed {
		where = fromBy(f, k.Country, k.At, func(km float64, wind, of string) string {
			return f.Sayf("about %s", spokenWay(f, km, wind, of)) // the distance is, and not that they are at the place
		})
	}
	return aloud.Row(f.Sayf("staff %s", f.Number(k.People.Total)), page.Safe(f.Palette, areaName(f, k)), where)
}
