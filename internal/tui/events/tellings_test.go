package events

import (
	"strings"
	"testing"

	"vigil/internal/action"
	"vigil/internal/duty"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/tuitest"
)

func TestSeveralTellingsGoldens(t *testing.T) {
	v := tuitest.Convoy().View()
	if v.Len() != 2 {
		t.Fatalf("%d events, want the one of three sources and the one proposed", v.Len())
	}
	for _, s := range tuitest.Sizes[:2] {
		f := tuitest.Frame(t, v, s)
		tuitest.Golden(t, "told-"+s.String(), NewDetail(v.At(0)).Lines(f))
		l := New("")
		l.Arrived(f)
		tuitest.Golden(t, "told-list-"+s.String(), l.Lines(f))
	}
	tuitest.Golden(t, "told-linear", NewDetail(v.At(0)).Linear(tuitest.Frame(t, v, tuitest.Sizes[0])))
	tuitest.Golden(t, "told-within-linear", NewDetail(1).Linear(tuitest.Frame(t, v, tuitest.Sizes[0])))
}

// What the best source leaves unsaid is shown as others say it, with whose word it is.
func TestFilledInGoldens(t *testing.T) {
	v := tuitest.Patchy().View()
	if v.Len() != 1 {
		t.Fatalf("%d events, want one of three sources", v.Len())
	}
	for _, s := range tuitest.Sizes[:2] {
		f := tuitest.Frame(t, v, s)
		tuitest.Golden(t, "filled-"+s.String(), NewDetail(v.At(0)).Lines(f))
		l := New("")
		l.Arrived(f)
		tuitest.Golden(t, "filled-list-"+s.String(), l.Lines(f))
	}
	tuitest.Golden(t, "filled-linear", NewDetail(v.At(0)).Linear(tuitest.Frame(t, v, tuitest.Sizes[0])))
}

// The keys ask for what stands under the cursor, and say what is missing where that is not clear.
func TestMergeAndUnmerge(t *testing.T) {
	v := tuitest.Convoy().View()
	f := tuitest.Frame(t, v, tuitest.Sizes[0])
	d := NewDetail(v.At(0))
	asked := d.Key(keys.Merge, f)
	do, _ := asked.Do.(action.Record)
	merge, ok := do.Body.(*duty.Merge)
	if !strings.Contains(asked.Question, "P-1?") {
		t.Errorf("m asks %q before", asked.Question)
	}
	if !ok || len(merge.Incidents) != 2 || merge.Incidents[1].ID.String() != "P-1" {
		t.Errorf("m asks for %+v", merge)
	}
	if ask := d.Key(keys.Unmerge, f); ask.Do != nil || !strings.Contains(ask.Say, "select") {
		t.Errorf("u without a selection asks for %+v", ask)
	}
	for range 60 {
		if l, ok := d.Selected(f); ok && l.Copy == "radio/R-12" {
			break
		}
		d.Key(keys.Down, f)
	}
	do, _ = d.Key(keys.Unmerge, f).Do.(action.Record)
	apart, ok := do.Body.(*duty.Unmerge)
	if !ok || len(apart.Incidents) != 3 || apart.Incidents[0].ID.String() != "R-12" {
		t.Errorf("u on the radio's line asks for %+v", apart)
	}
	alone := NewDetail(v.At(1))
	if why := alone.Cannot(keys.Unmerge, f); why == "" {
		t.Error("what one source tells can be unmerged")
	}
	if ask := New("").Key(keys.Merge, screen.Frame{View: tuitest.Empty().View()}); ask.Do != nil {
		t.Errorf("m on an empty list asks for %+v", ask)
	}
}
