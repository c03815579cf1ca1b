package telling

import (
	"testing"

	"vigil/internal/figure"
	"vigil/internal/lang/langtest"
	"vigil/internal/picture"
	"vigil/internal/tui/tuitest"
)

// TestQuestionsAreSaid in the reader's language, and why there is nothing to ask.
func TestQuestionsAreSaid(t *testing.T) {
	h := figure.NewHand(false, langtest.Pseudo())
	v := tuitest.Convoy().View()
	e, ok := v.Event(v.At(0))
	if !ok || len(e.Tellings) < 2 || len(e.Proposed) == 0 {
		t.Fatalf("%+v", e)
	}
	lines := []string{NotYet(h), Count(h, 1), Count(h, 3)}
	for _, event := range []*picture.Event{{}, &e, {Tellings: e.Tellings[:1]}, {Proposed: []picture.Proposal{e.Proposed[0], e.Proposed[0]}}} {
		for _, selected := range []picture.ID{0, e.Tellings[1].ID} {
			_, ask, why := Merge(h, event, selected)
			_, other, because := Unmerge(h, event, selected)
			lines = append(lines, ask, why, other, because)
		}
	}
	tuitest.Untranslated(t, lines, "merge") // the command
}
