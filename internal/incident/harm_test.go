package incident

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestFurther(t *testing.T) {
	entry := func(p Population, o Coded[Outcome], n int) Affected {
		return Affected{Population: of(p), Outcome: o, Count: n}
	}
	gassed := ParseOutcome("gassed")
	for _, tt := range []struct {
		name  string
		have  Breakdown
		want  []Harm
		staff int
		known bool
	}{
		{"nothing", nil, nil, 0, false},
		{"none", Breakdown{entry(PopulationNGO, of(Unharmed), 4), entry(PopulationNGO, of(Missing), 0)}, nil, 0, true},
		{"principal ones", Breakdown{entry(PopulationNGO, of(Killed), 4)}, nil, 0, true},
		{
			"beside a principal one",
			Breakdown{entry(PopulationNGO, of(Robbed), 3), entry(PopulationNGO, of(Killed), 1), entry(PopulationUN, of(Missing), 4)},
			[]Harm{{of(Missing), 4}, {of(Robbed), 3}},
			7, true,
		},
		{
			"civilians apart",
			Breakdown{entry(PopulationCivilian, of(Ill), 40), entry(PopulationNGO, of(Ill), 2)},
			[]Harm{{of(Ill), 42}},
			2, true,
		},
		{"uncounted", Breakdown{entry(PopulationNGO, of(Missing), Uncounted)}, []Harm{{of(Missing), Uncounted}}, 0, false},
		{
			"a word of the source's own",
			Breakdown{entry(PopulationAny, gassed, 2), entry(PopulationAny, of(OutcomeUnknown), 3)},
			[]Harm{{of(OutcomeUnknown), 3}, {gassed, 2}},
			0, false,
		},
		{
			"the finest tells",
			Breakdown{{Outcome: of(Assaulted), Count: 3}, {Outcome: of(Assaulted), Sex: of(Female), Count: 1}, {Outcome: of(Assaulted), Sex: of(Male), Count: 2}},
			[]Harm{{of(Assaulted), 3}},
			0, false,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, tt.have.Further(), cmp.Comparer(func(a, b Harm) bool { return a == b })); diff != "" {
				t.Error(diff)
			}
			if n, known := tt.have.FurtherStaff(); n != tt.staff || known != tt.known {
				t.Errorf("%d staff, known %t", n, known)
			}
		})
	}
}

// Whatever harm a record states of anybody is told: by a principal figure, or here.
func TestNoHarmIsLost(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var b Breakdown
		for range rapid.IntRange(1, 5).Draw(rt, "entries") {
			b = append(b, Affected{
				Population: of(Population(rapid.IntRange(0, 10).Draw(rt, "population"))), Recruitment: of(Recruitment(rapid.IntRange(0, 3).Draw(rt, "recruitment"))),
				Outcome: of(Outcome(rapid.IntRange(1, int(Unharmed)).Draw(rt, "outcome"))), Count: rapid.IntRange(Uncounted, 3).Draw(rt, "count"),
			})
		}
		told := map[Outcome]bool{Unharmed: true}
		for _, o := range Principal() {
			told[o] = true
		}
		for _, h := range b.Further() {
			told[h.Outcome.Value] = h.Count == Uncounted || h.Count > 0
		}
		for _, a := range b {
			if a.Count != 0 && !told[a.Outcome.Value] {
				rt.Fatalf("%v of %d is not told: %+v", a.Outcome.Value, a.Count, b.Further())
			}
		}
	})
}
