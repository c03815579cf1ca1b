package telling

import (
	"testing"

	"vigil/internal/figure"
	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/safetext"
)

// TestQuestionsNameWhatIsMeant in words, and of what is restricted no more than its name.
func TestQuestionsNameWhatIsMeant(t *testing.T) {
	identity := func(authority, id string) incident.Identity {
		return incident.Identity{Authority: safetext.Clean(authority), ID: safetext.Clean(id)}
	}
	row := picture.Row{Act: incident.Known(incident.Shelling), Place: safetext.Const("Djibo"), Admin1: safetext.Const("Sahel")}
	shown := picture.Telling{ID: 1, Identity: identity("radio", "R-1"), Row: row}
	other := picture.Telling{ID: 2, Identity: identity("field", "F-7"), Row: row}
	hidden := picture.Telling{ID: 3, Identity: identity("field", "F-8"), Row: picture.Row{Restricted: true}}
	e := &picture.Event{Tellings: []picture.Telling{shown, other}, Proposed: []picture.Proposal{{Telling: hidden, With: shown.Identity}}}
	if _, ask, why := Unmerge(figure.Plain, e, 2); ask != "Take out Shelling, Djibo, field/F-7? :merge undoes it." {
		t.Errorf("%q, %q", ask, why)
	}
	if _, ask, why := Merge(figure.Plain, e, 1); ask != "Merge with field/F-8? u undoes it." {
		t.Errorf("%q, %q", ask, why)
	}
}
