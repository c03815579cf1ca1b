package board

import (
	"time"

	"vigil/internal/figure"
	"vigil/internal/level"
	"vigil/internal/theme"
	"vigil/internal/tui/screen"
)

// changeNeeds are the official levels that changed: the newest change of each area, with how many there were. What an alarm tells is not
// told again.
func changeNeeds(f screen.Frame, m figure.Hand, moved []level.Change, rings func(*level.Change) bool) []need {
	var list []need
	area := func(c *level.Change) string { return "level " + c.Country.Alpha3() + " " + c.Area.String() }
	times := map[string]int{}
	for i := range moved {
		times[area(&moved[i])]++
	}
	for i := range moved {
		c := &moved[i]
		n := need{
			key: area(c), rank: rankChanged, word: f.Say("LEVEL"), role: theme.LevelRole(c.To),
			text: f.Sayf("%s %s: official level %s", c.Country, c.Area, m.LevelChange(c)),
			ask:  toCountry(c.Country),
		}
		switch more := times[n.key]; {
		case more == 0:
			continue // told with a newer one
		case more > 1:
			n.text = f.Sayf("%s, %d changes in %s", n.text, more, f.Span(recentChange))
		}
		times[n.key] = 0
		if rings(c) {
			continue
		}
		n.age, _ = f.Age(c.Seen, f.Now, 0)
		if c.To > c.From && f.Now.Sub(c.Seen) < 24*time.Hour {
			n.rank, n.urgent = rankRaised, true
		}
		list = append(list, n)
	}
	return list
}

// advisoryNeeds are the advisories of other authorities that changed lately, for the countries of the board.
func advisoryNeeds(f screen.Frame, m figure.Hand) []need {
	var list []need
	told := map[string]bool{}
	for _, c := range f.View.AdvisoryChanges(f.View.Valid().Add(-recentChange)) {
		of := c.Of()
		key := "advisory " + of.Country.Alpha3() + " " + of.Authority.String()
		if _, shown := f.View.Country(of.Country); !shown || told[key] || c.Seen.After(f.View.Valid()) {
			continue
		}
		told[key] = true // the newest is told
		n := need{
			key: key, rank: rankAdvisory, word: f.Say("ADVISORY"), role: theme.Text,
			text: f.Sayf("%s: %s", of.Country.Alpha3(), m.AdvisoryChange(&c)), ask: toCountry(of.Country),
		}
		n.age, _ = f.Age(c.Seen, f.Now, 0)
		list = append(list, n)
	}
	return list
}
