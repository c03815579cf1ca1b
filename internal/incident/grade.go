package incident

import (
	"cmp"
	"strings"

	"vigil/internal/safetext"
)

// CompareGrade orders grades of the Admiralty system: positive when a is the higher. The reliability of the source (A to E) goes before
// the credibility of the information (1 to 5). F and 6 are "cannot be judged", as good as no grade; a grade that we cannot read is none.
func CompareGrade(a, b safetext.Text) int {
	x, y := readGrade(a.String()), readGrade(b.String())
	return cmp.Or(cmp.Compare(x.source, y.source), cmp.Compare(x.information, y.information))
}

// grade is higher the better, 0 where it cannot be judged.
type grade struct{ source, information int }

func readGrade(s string) (g grade) {
	s = strings.ToUpper(strings.TrimSpace(s))
	if s == "" || len(s) > 2 || s[0] < 'A' || s[0] > 'F' {
		return grade{}
	}
	g.source = int('F' - s[0])
	if len(s) == 2 {
		if s[1] < '1' || s[1] > '6' {
			return grade{}
		}
		g.information = int('6' - s[1])
	}
	return g
}
