package board

import (
	"strings"
	"testing"

	"vigil/internal/lang"
	"vigil/internal/picture"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/tuitest"
)

func TestLanguages(t *testing.T) {
	open := func() screen.Screen { return New() }
	duty := tuitest.OnDuty().View()
	tuitest.Languages(t, "duty", duty, open, tuitest.Recorded(duty)...)
	due := tuitest.Expecting().View()
	tuitest.Languages(t, "due", due, open)
	tuitest.Languages(t, "ringing", tuitest.Ringing().View(), open)
	flooded := tuitest.Flooded().View()
	tuitest.Said(t, flooded, open, tuitest.Recorded(flooded)...)
	for _, d := range []*tuitest.Desk{tuitest.Empty(), tuitest.Ahead(), tuitest.Sahel(), tuitest.Promising()} {
		tuitest.Said(t, d.View(), open, tuitest.Recorded(d.View())...)
	}
	f := tuitest.Pseudo(tuitest.Frame(t, due, tuitest.Sizes[1]))
	b := New()
	b.Arrived(f)
	var said []string
	for range int(panes) {
		for _, id := range []keys.ID{keys.Copy, keys.ShowWhy} {
			ask := b.Key(id, f)
			said = append(said, ask.Say, ask.Copy)
		}
		b.Key(keys.NextPane, f)
	}
	tuitest.Untranslated(t, said)
}

// TestKindOfDueIsSaidWhole: the screen has no room for it in French and Spanish.
func TestKindOfDueIsSaidWhole(t *testing.T) {
	l, err := lang.Load("fr", false)
	if err != nil {
		t.Fatal(err)
	}
	f := tuitest.Frame(t, tuitest.Sahel().View(), tuitest.Sizes[0])
	f.Language = l
	d := picture.Due{Kind: "ack ends"}
	if said := spokenDue(&d, f); !strings.Contains(said, "fin d'acquittement") {
		t.Errorf("%q", said)
	}
}
