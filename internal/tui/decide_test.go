package tui

import (
	"context"
	"strings"
	"testing"

	"vigil/internal/action"
	"vigil/internal/duty"
	"vigil/internal/tui/tuitest"
)

// A decision goes to the desk as a typed command: from the key in the detail, and from the command line.
func TestDecisionsAreCommandsToTheDesk(t *testing.T) {
	view := tuitest.Sahel().View()
	first, second := view.Identity(view.At(0)), view.Identity(view.At(4))
	var got []action.Envelope
	act := func(_ context.Context, e action.Envelope) error {
		got = append(got, e)
		return nil
	}
	console(t, func(o *Options) { o.Act = act }, func(t *testing.T, r *rig) {
		r.press(":")
		r.typing("merge " + first.ID.String() + " " + second.Authority.String() + "/" + second.ID.String())
		r.press("enter")
		if len(got) != 1 {
			t.Fatalf("the desk got %+v", got)
		}
		c, ok := got[0].Command.(action.Record)
		if b, is := c.Body.(*duty.Merge); !ok || !is || len(b.Incidents) != 2 || b.Incidents[0].Identity() != first || b.Incidents[1].Identity() != second {
			t.Errorf("the desk got %+v", got[0].Command)
		}
		r.press(":")
		r.typing("unmerge " + tuitest.SecretID + " " + first.ID.String())
		r.press("enter")
		if len(got) != 1 || !strings.Contains(r.text(), "no incident is called") {
			t.Errorf("a restricted incident has a name: %+v\n%s", got, r.text())
		}
		r.press("esc")
		r.press("3")
		r.press("m")
		if len(got) != 1 || !strings.Contains(r.text(), "nothing is proposed") {
			t.Errorf("m without a proposal: %+v\n%s", got, r.text())
		}
	})
}
