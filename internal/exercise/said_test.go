package exercise

import (
	"strings"
	"testing"

	"vigil/internal/duty"
	"vigil/internal/lang"
)

// TestNightIsSaidInOtherLanguages: what a rule rings for an account is said in the language of whoever looks at the exercise, as that of a desk is,
// and is marked as an exercise there, too. What people wrote stays as they wrote it.
func TestNightIsSaidInOtherLanguages(t *testing.T) {
	for tag, want := range map[string]string{
		"fr": "EXERCISE MLI Ansongo enlèvement, 2 enlevés, non confirmé, 1 source",
		"es": "EXERCISE MLI Ansongo secuestro, 2 secuestrados, sin confirmar, 1 fuente",
	} {
		l, err := lang.Load(tag, false)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range Night(start) {
			r, is := e.Body.(*duty.Raise)
			if !is || r.Incident.IsZero() {
				continue
			}
			text := r.TextIn(l)
			if !strings.HasPrefix(text, "EXERCISE ") || text == r.Text() {
				t.Errorf("%s: %s rings with %q", tag, e.ID, text)
			}
			if strings.Contains(text, " Ansongo ") && text != want {
				t.Errorf("%s: %q, want %q", tag, text, want)
			}
		}
	}
}
