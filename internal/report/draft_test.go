package report_test

import (
	"strings"
	"testing"

	"vigil/internal/duty"
	"vigil/internal/report"
	"vigil/internal/tui/tuitest"
)

// TestADraftTellsWhoseWordItIs: what its source leaves unsaid and another tells of the same event stands in a line of its own, with
// who says so, and not among what is not known.
func TestADraftTellsWhoseWordItIs(t *testing.T) {
	v := tuitest.Patchy().View()
	d := report.Draft(v, duty.Subject{}, v.At(0), tuitest.Now)
	want := []string{
		"shooting, Ansongo, 2026-11-20 (field A1, unconfirmed, 11:32Z)",
		"Gao, 2026-11-20 09:10Z (radio B2, unconfirmed, 10:32Z)",
		"2 killed ngo national (acled C3, unconfirmed, 12:32Z)",
	}
	if got := d.NotConfirmed.Safe().String(); got != strings.Join(want, "\n") {
		t.Errorf("not confirmed:\n%s\nwant\n%s", got, strings.Join(want, "\n"))
	}
	if got := d.NotKnown.Safe().String(); strings.Contains(got, "people") || strings.Contains(got, "time") {
		t.Errorf("not known: %s", got)
	}
}
