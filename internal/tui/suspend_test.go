package tui

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"vigil/internal/term"
)

// What stood on the screen before the program was stopped does not stand there when it goes on: nothing is drawn until the clock is read anew, and
// a picture that was under way is called as old as it is.
func TestSuspended(t *testing.T) {
	console(t, nil, func(t *testing.T, r *rig) {
		old := r.view
		if cmd := r.asked("suspend"); cmd == nil || cmd() != tea.Suspend() {
			t.Fatal("the key does not suspend")
		}
		r.Update(term.SuspendingMsg{})
		r.now = r.now.Add(time.Hour)
		r.press("down")
		r.Update(viewMsg{old})
		if v := r.View(); v.Content != "" || !v.AltScreen {
			t.Errorf("while it is stopped is drawn\n%s", v.Content)
		}
		r.Update(tea.ResumeMsg{})
		if header := r.lines()[0]; !strings.HasSuffix(header, "15:32:07Z") || !strings.Contains(header, " OLD ") || r.area().Now.Before(old.Valid().Add(59*time.Minute)) {
			t.Errorf("back an hour later: %q, ages of %s", header, r.area().Now)
		}
		r.Update(viewMsg{old})
		r.Update(tickMsg{})
		if header := r.lines()[0]; !strings.Contains(header, " OLD ") {
			t.Errorf("a picture of before is not called old: %q", header)
		}
		r.Update(term.NoShellMsg{})
		if !strings.Contains(r.text(), "it does not stop") {
			t.Errorf("that it cannot be stopped is not said:\n%s", r.text())
		}
	})
}
