package events

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/tuitest"
)

func TestGoldens(t *testing.T) {
	v := tuitest.Sahel().View()
	tuitest.Goldens(t, "list", v, func() screen.Screen { return New("") })
}

func TestContract(t *testing.T) {
	tuitest.Walk(t, func() screen.Screen { return New("") })
}

func TestDetailContract(t *testing.T) {
	v := tuitest.Sahel().View()
	tuitest.Walk(t, func() screen.Screen { return NewDetail(v.At(1)) })
}

func desk(t *testing.T) (*tuitest.Desk, screen.Frame) {
	t.Helper()
	d := tuitest.Sahel()
	return d, tuitest.Frame(t, d.View(), tuitest.Sizes[0])
}

func arrive(d *tuitest.Desk, f *screen.Frame, id string) {
	d.Arrive(tuitest.Report{Source: "radio", ID: id, When: "2026-11-20T14:30:00Z", Country: "MLI", Place: "Gao", Act: incident.Shooting})
	f.View = d.View()
}

func has(lines []string, part string) bool {
	return slices.ContainsFunc(lines, func(l string) bool { return strings.Contains(l, part) })
}

func TestAtTheTopTheNewestComeIn(t *testing.T) {
	d, f := desk(t)
	s := New("")
	s.Arrived(f)
	s.Lines(f)
	was := s.selected
	arrive(d, &f, "N-1")
	s.Arrived(f)
	lines := s.Lines(f)
	if s.held() != 0 || s.shown.len() != f.View.Len() {
		t.Errorf("held %d, listed %d of %d: at the top nothing is held", s.held(), s.shown.len(), f.View.Len())
	}
	if s.selected != was || s.cursor.Selected != 1 {
		t.Errorf("the cursor went from incident %d to %d", was, s.selected)
	}
	if !strings.Contains(lines[2], "14:30") {
		t.Errorf("the newest is not on top: %q", lines[2])
	}
}

func TestNobodyTouchesTheListAndTheSelectedStaysInSight(t *testing.T) {
	d, f := desk(t)
	s := New("")
	s.Arrived(f)
	s.Lines(f)
	was := s.selected
	for n := range 60 {
		arrive(d, &f, fmt.Sprint("N-", n))
		s.Arrived(f)
		s.Lines(f)
		if s.selected != was || s.cursor.Selected-s.cursor.Offset >= s.height {
			t.Fatalf("after %d events the selected incident is out of sight", n+1)
		}
	}
	if s.held() == 0 {
		t.Error("the list never held")
	}
}

func TestInsideTheListHolds(t *testing.T) {
	d, f := desk(t)
	s := New("")
	s.Arrived(f)
	s.Lines(f)
	for range 5 {
		s.Key(keys.Down, f)
	}
	before := s.Lines(f)
	if why := s.Cannot(keys.Release, f); why == "" {
		t.Error("nothing is held back, and Release can be used")
	}
	for _, id := range []string{"N-1", "N-2", "N-3"} {
		arrive(d, &f, id)
		s.Arrived(f)
	}
	after := s.Lines(f)
	if !strings.Contains(after[0], "3 new") {
		t.Errorf("the rule does not count what is new: %q", after[0])
	}
	for i := 1; i < len(after); i++ {
		if after[i] != before[i] {
			t.Errorf("line %d moved under the reader:\n%q\n%q", i, before[i], after[i])
		}
	}
	was := s.selected
	s.Key(keys.Release, f)
	s.Lines(f)
	if s.held() != 0 || s.selected != was || s.cursor.Selected != 8 {
		t.Errorf("after release: held %d, selected %d (was %d) in row %d, want row 8", s.held(), s.selected, was, s.cursor.Selected)
	}
}

func TestHeldRowsSayWhatTheNewestPictureSays(t *testing.T) {
	d, f := desk(t)
	s := New("")
	s.Arrived(f)
	s.Lines(f)
	s.Key(keys.Down, f)
	s.Key(keys.Down, f)
	d.Arrive(tuitest.Report{
		Source: "radio", ID: "R-2026-0412", When: "2026-11-20T14:21:00Z", Country: "MLI", Place: "Ansongo",
		Act: incident.Abduction, Change: func(i *incident.Incident) { i.Type = incident.Cancel },
	})
	f.View = d.View()
	s.Arrived(f)
	if lines := s.Lines(f); !strings.Contains(lines[2], "CANCELLED") {
		t.Errorf("a cancelled incident still looks as it was: %q", lines[2])
	}
}

func TestGoingToTheTopFollowsAgain(t *testing.T) {
	d, f := desk(t)
	s := New("")
	s.Arrived(f)
	s.Lines(f)
	s.Key(keys.Bottom, f)
	arrive(d, &f, "N-1")
	s.Arrived(f)
	if s.held() != 1 {
		t.Fatalf("held %d, want 1", s.held())
	}
	s.Key(keys.Top, f)
	if s.held() != 0 || s.cursor.Selected != 0 || s.selected != f.View.At(0) {
		t.Errorf("held %d, row %d", s.held(), s.cursor.Selected)
	}
}

func TestFilter(t *testing.T) {
	d, f := desk(t)
	s := New("country:BFA")
	s.Arrived(f)
	if lines := s.Lines(f); !has(lines, "Searching") {
		t.Errorf("an answer before there is one: %q", lines)
	}
	found := []picture.ID{f.View.At(1), f.View.At(6)}
	s.SetFilter("country:BFA", found[:1], -1)
	if lines := s.Lines(f); !strings.Contains(lines[0], "1 so far of 58") {
		t.Errorf("a first page looks whole: %q", lines[0])
	}
	s.SetFilter("country:BFA", found, 2)
	s.SetUndecided(3)
	if lines := s.Lines(f); !strings.Contains(lines[0], "2 of 58 · 3 maybe · 1 restricted") || s.Filter() != "country:BFA" {
		t.Errorf("rule: %q", lines[0])
	}
	s.Key(keys.Down, f)
	s.Lines(f)
	was := s.selected
	arrive(d, &f, "N-1")
	s.Arrived(f)
	s.SetFilter("country:BFA", []picture.ID{f.View.At(0), found[0], found[1]}, 3)
	if s.held() != 1 || s.shown.len() != 2 || s.selected != was {
		t.Errorf("while inside, held %d, listed %d", s.held(), s.shown.len())
	}
	s.Key(keys.Release, f)
	if s.shown.len() != 3 || s.selected != was || s.cursor.Selected != 2 {
		t.Errorf("after release, listed %d, row %d", s.shown.len(), s.cursor.Selected)
	}
	s.SetFilter("", nil, 0)
	if s.shown.len() != f.View.Len() || s.selected != was {
		t.Error("taking the filter off lost the selection")
	}
	s.SetFilter("nothing", nil, 0)
	s.SetUndecided(4)
	lines := s.Lines(f)
	if !has(lines, "No incident surely matches") || !has(lines, "4 may match") {
		t.Errorf("an empty result does not say what it is: %q", lines[:4])
	}
	if ask := s.Key(keys.Open, f); ask.Go != screen.Stay || ask.Say == "" {
		t.Errorf("opened nothing: %+v", ask)
	}
}

func TestRestrictedOpensAsRestricted(t *testing.T) {
	_, f := desk(t)
	id := f.View.At(2)
	if r, _ := f.View.Row(id); !r.Restricted {
		t.Fatal("the desk has changed: its third event was restricted")
	}
	d := NewDetail(id)
	lines := d.Linear(f)
	if !has(lines, "RESTRICTED") {
		t.Errorf("%q", lines)
	}
	tuitest.Unseen(t, lines)
	if why := d.Cannot(keys.ShowCountry, f); why == "" {
		t.Error("the country of a restricted incident can be asked for")
	}
}

func TestDetailGoldens(t *testing.T) {
	v := tuitest.Sahel().View()
	tuitest.Goldens(t, "detail", v, func() screen.Screen { return NewDetail(v.At(0)) })
	for name, at := range map[string]int{"conflict": 1, "restricted": 2, "future": 3, "day": 4, "undated": 5, "cancelled": 6, "refuted": 10, "margins": 34} {
		f := tuitest.Frame(t, v, tuitest.Sizes[0])
		tuitest.Golden(t, name+"-linear", NewDetail(v.At(at)).Linear(f))
	}
	f := tuitest.Frame(t, v, tuitest.Sizes[1])
	tuitest.Golden(t, "conflict-132x43", NewDetail(v.At(1)).Lines(f))
}

func TestEmptyDesk(t *testing.T) {
	v := tuitest.Empty().View()
	tuitest.Golden(t, "empty", New("").Lines(tuitest.Frame(t, v, tuitest.Sizes[3])))
}

func BenchmarkScroll(b *testing.B) {
	v := tuitest.Many(100_000).View()
	f := tuitest.Frame(b, v, tuitest.Sizes[0])
	s := New("")
	s.Arrived(f)
	s.Key(keys.Bottom, f)
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		i++
		s.Key([]keys.ID{keys.Up, keys.PageUp, keys.Down, keys.PageDown}[i%4], f)
		s.Lines(f)
	}
}

func BenchmarkArrived(b *testing.B) {
	d := tuitest.Many(100_000)
	f := tuitest.Frame(b, d.View(), tuitest.Sizes[0])
	s := New("")
	s.Arrived(f)
	b.ReportAllocs()
	for b.Loop() {
		s.Arrived(f)
		s.Lines(f)
	}
}
