package spool

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/query"
	"vigil/internal/safetext"
)

// TestFindRulesOutNothingThatIsThere: whatever the words are, a record that holds the text is never ruled out.
func TestFindRulesOutNothingThatIsThere(t *testing.T) {
	word := rapid.SampledFrom([]string{"Gao", "GAO", "mosquée", "N'Djamena", "N`Djamena", "a\"b", `back\slash`, "مقديشو", "line\nbreak", "title", "K", "ſ"})
	rapid.Check(t, func(rt *rapid.T) {
		s := New("")
		n := rapid.IntRange(1, 400).Draw(rt, "records")
		titles := make([]string, n+1)
		for k := 1; k <= n; k++ {
			titles[k] = word.Draw(rt, "title") + " " + strings.Repeat("word ", rapid.IntRange(0, 60).Draw(rt, "length"))
			s.Keep(&picture.Arrival{Incident: &incident.Incident{
				Identity: incident.Identity{Authority: safetext.Const("room"), ID: safetext.Clean(fmt.Sprint("R-", k))},
				Title:    safetext.Block(titles[k]),
			}})
		}
		text := query.Fold(word.Draw(rt, "text"))
		f := s.Find(text)
		for range 50 {
			k := rapid.IntRange(1, n).Draw(rt, "record")
			if strings.Contains(query.Fold(safetext.Block(titles[k]).String()), text) && !f.May(uint32(k)) {
				rt.Fatalf("%q is ruled out of %q", text, titles[k])
			}
		}
	})
}

// TestFindRulesOutMost: of plain text nearly everything that does not hold the words is ruled out.
func TestFindRulesOutMost(t *testing.T) {
	s := New(t.TempDir())
	const n = 2000
	for k := range n {
		title := "nothing"
		if k == 1000 {
			title = "Something else"
		}
		s.Keep(&picture.Arrival{Incident: &incident.Incident{Title: safetext.Clean(title)}})
	}
	f := s.Find("something")
	left := 0
	for k := range n {
		if f.May(uint32(k + 1)) {
			left++
		}
	}
	if most := n / 2; left > most || !f.May(1001) {
		t.Errorf("%d of %d records are left to be read", left, n)
	}
}
