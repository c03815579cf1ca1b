package figure

import (
	"slices"
	"testing"

	"vigil/internal/correlate"
	"vigil/internal/level"
	"vigil/internal/picture"
	"vigil/internal/risk"
	"vigil/internal/safetext"
)

// TestReasonsOfTheDomainAreMarked: what the domain's words may be is in the catalogues, each.
func TestReasonsOfTheDomainAreMarked(t *testing.T) {
	var rules []string
	for _, r := range risk.Rules() {
		rules = append(rules, r.String())
	}
	un := level.Country{Scheme: safetext.Const(level.UNSLS)}
	var levels []string
	for n := level.UNSLSMin; n <= level.UNSLSMax; n++ {
		levels = append(levels, un.Name(n))
	}
	for _, c := range []struct{ marked, said []string }{
		{impactRules, rules},
		{likenesses, correlate.Sentences()},
		{schemeLevels, levels},
		{standings[:2], []string{picture.Unended, picture.TailOnly}},
	} {
		if !slices.Equal(c.marked, c.said) {
			t.Errorf("marked are\n%q\nand said\n%q", c.marked, c.said)
		}
	}
}
