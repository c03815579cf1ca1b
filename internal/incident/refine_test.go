package incident

import (
	"testing"

	"pgregory.net/rapid"
)

func TestRefines(t *testing.T) {
	of := func(p Population, r Recruitment, o Outcome, n int) Affected {
		return Affected{Population: Known(p), Recruitment: Known(r), Outcome: Known(o), Count: n}
	}
	dead := func(n int) Affected { return Affected{Outcome: Known(Killed), Count: n} }
	total := func(n int) Affected { return Affected{Count: n} }
	for _, tt := range []struct {
		name         string
		fine, coarse Breakdown
		want         bool
	}{
		{"whatever is known, nothing", Breakdown{dead(2)}, nil, true},
		{"nothing, nothing", nil, nil, false},
		{"what nobody counted, nothing", Breakdown{total(Uncounted)}, nil, false},
		{"the same", Breakdown{dead(2)}, Breakdown{dead(2)}, false},
		{"who they were", Breakdown{of(PopulationNGO, National, Killed, 2)}, Breakdown{dead(2)}, true},
		{"who others were", Breakdown{of(PopulationNGO, National, Killed, 3)}, Breakdown{dead(2)}, false},
		{"more besides", Breakdown{of(PopulationNGO, National, Killed, 2), of(PopulationNGO, National, Injured, 1)}, Breakdown{dead(2)}, false},
		{"how, where only how many is said", Breakdown{dead(2)}, Breakdown{total(2)}, true},
		{"how, of more", Breakdown{dead(3)}, Breakdown{total(2)}, false},
		{"how, where nobody counted", Breakdown{dead(3)}, Breakdown{total(Uncounted)}, true},
		{"of nobody, where there were some", Breakdown{dead(0)}, Breakdown{total(Uncounted)}, false},
		{"how many, where it is only said how", Breakdown{dead(3)}, Breakdown{dead(Uncounted)}, true},
		{"no other way", Breakdown{{Outcome: Known(Injured), Count: 3}}, Breakdown{dead(Uncounted)}, false},
		{"the same of another kind", Breakdown{of(PopulationUN, National, Killed, 2)}, Breakdown{{Population: Known(PopulationNGO), Outcome: Known(Killed), Count: 2}}, false},
		{"whoever was there is nobody in particular", Breakdown{of(PopulationAnybody, RecruitmentAny, Killed, 2)}, Breakdown{dead(2)}, false},
		{"and says more than nothing", Breakdown{of(PopulationAnybody, RecruitmentAny, Killed, 2)}, nil, true},
		{"a word that we do not know cannot be asked for", Breakdown{of(PopulationNGO, National, Killed, 2)}, Breakdown{{Outcome: ParseOutcome("vanished"), Count: 2}}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.fine.Refines(tt.coarse); got != tt.want {
				t.Errorf("%v refines %v: %t", tt.fine, tt.coarse, got)
			}
		})
	}
}

// What refines another answers every question as it does, if it does, and is refined by it in no case.
func TestRefinedAnswersStay(t *testing.T) {
	draw := func(rt *rapid.T, label string) (b Breakdown) {
		for range rapid.IntRange(0, 2).Draw(rt, label) {
			b = append(b, Affected{
				Population:  Known(rapid.SampledFrom([]Population{PopulationAny, PopulationNGO, PopulationCivilian}).Draw(rt, "population")),
				Recruitment: Known(rapid.SampledFrom([]Recruitment{RecruitmentAny, National}).Draw(rt, "recruitment")),
				Outcome:     Known(rapid.SampledFrom([]Outcome{OutcomeAny, Killed, Missing}).Draw(rt, "outcome")),
				Count:       rapid.IntRange(Uncounted, 1).Draw(rt, "count"),
			})
		}
		return b
	}
	rapid.Check(t, func(rt *rapid.T) {
		fine, coarse := draw(rt, "fine"), draw(rt, "coarse")
		if !fine.Refines(coarse) {
			return
		}
		if coarse.Refines(fine) {
			rt.Errorf("%v and %v refine one another", fine, coarse)
		}
		for _, c := range []Cut{{}, {Outcome: Killed}, {Outcome: Missing}, {Recruitment: National}, {Population: PopulationNGO}} {
			if m, known := coarse.Figure(c); known {
				if n, still := fine.Figure(c); !still || n != m {
					rt.Errorf("%+v was %d, and is %d, %t", c, m, n, still)
				}
			}
		}
	})
}
