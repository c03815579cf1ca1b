package worldmap

import (
	"strings"

	"vigil/internal/country"
	"vigil/internal/figure"
	"vigil/internal/geo"
	"vigil/internal/health"
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
}{{atlas.North, "north"}, {atlas.East, "east"}, {atlas.South, "south"}, {atlas.West, "west"}}

// Linear is the map in words: country by country its figures, which countries are beside it, where its incidents and its staff are as seen
// from its capital, and what is in no place.
func (s *Screen) Linear(f screen.Frame) []string {
	if f.View.IsZero() {
		return nil
	}
	s.settle(f)
	s.news.follow(f.View)
	lines := []string{aloud.Heading(f.Language, "MAP by "+s.by.String(), aloud.Row(s.total(f)...))}
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
				beside = append(beside, w.name+" "+f.View.CountryNames().Name(to))
			}
		}
		if len(beside) > 0 {
			lines = append(lines, "next to it: "+aloud.Row(beside...))
		}
		for _, e := range s.news.of(c, false) {
			words := e.spoken(f, row)
			if f.Linear && selected != nil && e.id == selected.id && c == s.cursor {
				n := f.View.Near(e.id, nearStaff)
				words = aloud.Selected(f.Language) + aloud.Row(words, nearWords(&n, e, f))
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
		lines = append(lines, "No country is on the desk: name home countries in vigil.toml.")
	}
	return append(lines, Disclaimer)
}

// total are the counts of what the whole map shows.
func (s *Screen) total(f screen.Frame) []string {
	n := &s.news
	parts := []string{aloud.Cell(f.Language, "7D", f.AtLeast(len(n.events), n.whole(f.View)))}
	if n.unplaced > 0 {
		parts = append(parts, f.Number(n.unplaced)+" of them not placed")
	}
	if n.restricted > 0 {
		parts = append(parts, f.Number(n.restricted)+" restricted and not placed")
	}
	return parts
}

// spokenCountry is a country with its figures, each behind its heading.
func spokenCountry(c *picture.Country, f screen.Frame) string {
	words := []string{f.View.CountryNames().Name(c.Code)}
	if c.Coverage.State == health.Blind {
		words = append(words, blind)
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
	mark, where := "", "not placed"
	if figure.Urgent(&e.row) {
		mark = aloud.Attention(f.Language)
	}
	if e.placed {
		where = spokenFrom(c.Code, e.at)
	}
	return mark + aloud.Row(
		aloud.Cell(f.Language, "WHEN", f.When(&e.row, f.Now)), page.Safe(f.Palette, aloud.Cell(f.Language, "ACT", f.Act(&e.row))), page.Safe(f.Palette, figure.Place(&e.row)),
		aloud.Cell(f.Language, "STANDING", f.Standing(&e.row)), where,
	)
}

var spelt = map[rune]string{'N': "north", 'S': "south", 'E': "east", 'W': "west"}

// spokenFrom says where a position is as seen from the capital, with the wind in full: east-north-east.
func spokenFrom(c country.Code, at point) string {
	return fromBy(c, at, "%.0f kilometres %s of %s", func(wind string) string {
		var words []string
		for _, r := range wind {
			words = append(words, spelt[r])
		}
		return strings.Join(words, "-")
	})
}

func spokenStaff(f screen.Frame, k *picture.Cluster) string {
	where := "not placed"
	if k.Placed {
		where = "about " + spokenFrom(k.Country, k.At)
	}
	return aloud.Row("staff "+f.Number(k.People.Total), page.Safe(f.Palette, areaName(k)), where)
}
