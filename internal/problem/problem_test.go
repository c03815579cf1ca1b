package problem

import (
	"testing"

	"vigil/internal/safetext"
)

func TestString(t *testing.T) {
	for want, p := range map[string]Problem{
		"f: m":     {File: safetext.Const("f"), Message: safetext.Const("m")},
		"f:3: m":   {File: safetext.Const("f"), Line: 3, Message: safetext.Const("m")},
		"f:3:7: m": {File: safetext.Const("f"), Line: 3, Column: 7, Message: safetext.Const("m")},
	} {
		if got := p.String(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestCompare(t *testing.T) {
	order := []Problem{
		{File: safetext.Const("a"), Line: 9, Column: 9},
		{File: safetext.Const("b")},
		{File: safetext.Const("b"), Line: 2},
		{File: safetext.Const("b"), Line: 10, Column: 1},
		{File: safetext.Const("b"), Line: 10, Column: 2},
	}
	for i := range order {
		for j := range order {
			got := Compare(order[i], order[j])
			if (got < 0) != (i < j) || (got == 0) != (i == j) {
				t.Errorf("%v against %v: %d", order[i], order[j], got)
			}
		}
	}
}
