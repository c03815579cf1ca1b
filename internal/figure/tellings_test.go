package figure

import (
	"testing"

	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/safetext"
)

func TestWhoseWordItIs(t *testing.T) {
	field, acled := safetext.Const("field"), safetext.Const("acled")
	r := picture.Row{
		Source: safetext.Const("radio"), Tellings: 3, Verified: incident.Known(incident.Confirmed),
		Filled: []picture.Filled{
			{Field: picture.FieldWhen, By: 2, Source: field}, {Field: picture.FieldPlace, By: 3, Source: acled}, {Field: picture.FieldPeople, By: 2, Source: field},
		},
	}
	if got, want := Plain.Filled(r.Filled), "occurred, affected told by field; place told by acled"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := Plain.Source(&r); got != "radio* +2" {
		t.Errorf("in a list: %q", got)
	}
	cut := func(s string, n int) string { return s[:n] }
	if got := Plain.SourceIn(&r, 7, cut); got != "rad* +2" {
		t.Errorf("in 7 cells: %q", got)
	}
	r.Filled = nil
	if got := Plain.Source(&r) + Plain.Filled(r.Filled); got != "radio +2" {
		t.Errorf("where all is its own: %q", got)
	}
}
