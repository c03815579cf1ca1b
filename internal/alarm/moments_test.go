package alarm

import (
	"slices"
	"strings"
	"testing"
	"time"

	"vigil/internal/alarm/rule"
	"vigil/internal/duty"
)

// TestAMomentThatComesAgainRings under the same key, once it was over, whoever closed its alarm; and does not for as long as it is the
// same.
func TestAMomentThatComesAgainRings(t *testing.T) {
	on, moment := rule.Source, true
	for name, restarts := range map[string]func(*room){
		"the same collector":         func(*room) {},
		"another, while it was well": func(r *room) { r.eval = NewEvaluator(r.rules); r.look() },
		"another, long after":        func(r *room) { r.now = r.now.Add(Late); r.eval = NewEvaluator(r.rules) },
	} {
		t.Run(name, func(t *testing.T) {
			r := opened(t, own(t, rule.Draft{Name: "went silent", On: &on, Moment: &moment}, "state == 'stale'", duty.High))
			rings := func() int {
				return len(slices.DeleteFunc(told(r.look()), func(s string) bool { return !strings.HasPrefix(s, "raise went silent") }))
			}
			seen := func() {
				for _, a := range r.draft.Book().Alarms(r.now) {
					if a.Raise.Rule == "went silent" {
						r.person(&duty.Close{Alarm: a.ID, Reason: duty.Words("known")})
					}
				}
			}
			r.source("ngo")
			r.look()
			r.now = r.now.Add(13 * time.Hour)
			r.alive("radio")
			if n := rings(); n != 1 {
				t.Fatalf("%d rings", n)
			}
			seen()
			for range 5 {
				r.now = r.now.Add(12 * time.Hour)
				r.alive("radio")
				if n := rings(); n != 0 {
					t.Errorf("it was closed and lasts: %d rings", n)
				}
			}
			r.alive("ngo")
			r.look()
			restarts(r)
			r.now = r.now.Add(13 * time.Hour)
			r.alive("radio")
			if n := rings(); n != 1 {
				t.Errorf("it came again: %d rings", n)
			}
			if n := rings(); n != 0 {
				t.Errorf("and again %d", n)
			}
		})
	}
}
