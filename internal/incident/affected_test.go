package incident

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"vigil/internal/safetext"
)

func TestFigure(t *testing.T) {
	margins := Breakdown{
		{Population: Known(PopulationUN), Count: 3},
		{Recruitment: Known(National), Outcome: Known(Killed), Count: 1},
		{Recruitment: Known(International), Outcome: Known(Injured), Count: 2},
		{Sex: Known(Female), Count: 1},
		{Sex: Known(SexUnknown), Count: 2},
	}
	open := append(Breakdown{
		{Recruitment: Known(National), Outcome: Known(Detained), Count: Uncounted},
		{Recruitment: Known(National), Count: 1},
		{Recruitment: Known(International), Count: 2},
	}, margins...)
	tests := []struct {
		name  string
		have  Breakdown
		cut   Cut
		n     int
		known bool
	}{
		{"nothing is known of no figures", nil, Cut{}, 0, false},
		{"a figure of the finest set", margins, Cut{Outcome: Killed}, 1, true},
		{"what a set does not list is 0", margins, Cut{Outcome: Detained}, 0, true},
		{"a set without the dimension cannot answer", margins, Cut{Sex: Female, Outcome: Killed}, 0, false},
		{"margins are not added", margins, Cut{}, 3, true},
		{"unknown sex is a value", margins, Cut{Sex: SexUnknown}, 2, true},
		{"uncounted people are not 0", open, Cut{Outcome: Detained}, 0, false},
		{"nor are those of the one kind that was not counted", open, Cut{Recruitment: National, Outcome: Detained}, 0, false},
		{"the other kind was counted", open, Cut{Recruitment: International, Outcome: Detained}, 0, true},
		{"other outcomes stay known", open, Cut{Outcome: Killed}, 1, true},
		{"a coarser set answers what the finest cannot", open, Cut{Recruitment: National}, 1, true},
		{"and the total", open, Cut{}, 3, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			n, known := tt.have.Figure(tt.cut)
			if known != tt.known || n != tt.n {
				t.Errorf("Figure(%+v) = %d, %t; want %d, %t", tt.cut, n, known, tt.n, tt.known)
			}
		})
	}
}

func TestUncountedSexualViolenceIsRestricted(t *testing.T) {
	i := Incident{Affected: Breakdown{{Outcome: Known(SexuallyAssaulted), Count: Uncounted}}}
	if !i.Restricted() {
		t.Error("not restricted because nobody was counted")
	}
	i.Affected[0].Count = 0
	if i.Restricted() {
		t.Error("restricted although nobody was sexually assaulted")
	}
	i.Affected = Breakdown{
		{Recruitment: Known(National), Outcome: Known(Assaulted), Count: 1},
		{Outcome: Known(SexuallyAssaulted), Count: 1},
	}
	if !i.Restricted() {
		t.Error("not restricted because a finer breakdown does not name it")
	}
}

func TestHashTellsUncountedFromNone(t *testing.T) {
	none := Incident{Identity: Identity{ID: safetext.Const("R-1")}, Affected: Breakdown{{Count: 0}}}
	uncounted := Incident{Identity: none.Identity, Affected: Breakdown{{Count: Uncounted}}}
	if none.Hash() == uncounted.Hash() {
		t.Error("0 and uncounted have the same hash")
	}
}

// TestHashIgnoresTheOrderOfFigures: a table writes its columns in another order than the record that went into it.
func TestHashIgnoresTheOrderOfFigures(t *testing.T) {
	figures := Breakdown{
		{Population: Known(PopulationNGO), Outcome: Known(Killed), Count: 1},
		{Population: Known(PopulationNGO), Outcome: Known(Killed), Count: 2},
		{Population: Coded[Population]{Value: PopulationUnknown, Text: safetext.Const("guards")}, Outcome: Known(Killed), Count: 1},
		{Population: Coded[Population]{Value: PopulationUnknown, Text: safetext.Const("drivers")}, Outcome: Known(Killed), Count: 1},
		{Recruitment: Known(National), Outcome: Known(Killed), Count: Uncounted},
	}
	want := Incident{Affected: figures}
	rapid.Check(t, func(t *rapid.T) {
		got := Incident{Affected: rapid.Permutation(figures).Draw(t, "figures")}
		before := slices.Clone(got.Affected)
		if got.Hash() != want.Hash() {
			t.Error("another order is another hash")
		}
		if !slices.Equal(got.Affected, before) {
			t.Error("the record was sorted")
		}
		n := rapid.IntRange(0, len(got.Affected)-1).Draw(t, "one")
		if got.Affected[n].Count = 7; got.Hash() == want.Hash() {
			t.Error("another number is the same hash")
		}
	})
}
