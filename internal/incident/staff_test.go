package incident

import "testing"

// TestStaff: who is told apart as no staff is in no figure of staff, and what is not known of them leaves none open. Of whom it is not said who
// they were it is neither claimed nor excluded that they were staff.
func TestStaff(t *testing.T) {
	of := func(p Population, o Outcome, n int) Affected {
		return Affected{Population: Known(p), Outcome: Known(o), Count: n}
	}
	by := func(r Recruitment, o Outcome, n int) Affected {
		return Affected{Recruitment: Known(r), Outcome: Known(o), Count: n}
	}
	drivers := Affected{Population: ParsePopulation("drivers"), Outcome: Known(Killed), Count: 1}
	for _, tt := range []struct {
		name      string
		have      Breakdown
		n         int
		known     bool
		sure, may bool
	}{
		{"nothing is said", nil, 0, false, false, false},
		{"nobody says who they were", Breakdown{of(PopulationAny, Killed, 2)}, 0, false, false, true},
		{"nor that they were staff", Breakdown{of(PopulationUnknown, Killed, 2)}, 0, false, false, true},
		{"nor how many they were", Breakdown{of(PopulationAny, Killed, Uncounted)}, 0, false, false, true},
		{"forty are ill, and none killed", Breakdown{of(PopulationAny, Ill, 40)}, 0, true, false, true},
		{"of nobody it need not be said", Breakdown{of(PopulationAny, Killed, 0)}, 0, true, false, false},
		{"staff, of nobody says which organisation", Breakdown{of(PopulationStaff, Killed, 2)}, 2, true, true, true},
		{"staff whom nobody counted", Breakdown{of(PopulationStaff, Killed, Uncounted)}, 0, false, true, true},
		{"who was recruited is somebody's staff", Breakdown{by(National, Killed, 2), by(International, Killed, 1)}, 3, true, true, true},
		{"of the others nobody says it", Breakdown{by(National, Killed, 2), by(RecruitmentUnknown, Killed, 1)}, 2, false, true, true},
		{"nor in a total that is more", Breakdown{by(National, Killed, 2), of(PopulationAny, Killed, 5)}, 2, false, true, true},
		{"a total that is the same", Breakdown{by(National, Killed, 2), of(PopulationAny, Killed, 2)}, 2, true, true, true},
		{"civilians", Breakdown{of(PopulationCivilian, Killed, 2)}, 0, true, false, false},
		{"the dead of a battle", Breakdown{of(PopulationAnybody, Killed, 40)}, 0, true, false, false},
		{"of whom nobody knows how many", Breakdown{of(PopulationAnybody, Killed, Uncounted)}, 0, true, false, false},
		{"and one of the United Nations", Breakdown{of(PopulationAnybody, Killed, Uncounted), of(PopulationUN, Killed, 1)}, 1, true, true, true},
		{"or some", Breakdown{of(PopulationAnybody, Killed, 40), of(PopulationUN, Killed, Uncounted)}, 0, false, true, true},
		{"some staff, and some of whom it is not said", Breakdown{of(PopulationUN, Killed, 1), of(PopulationUnknown, Killed, 2)}, 1, false, true, true},
		{"civilians, and some of whom it is not said", Breakdown{of(PopulationCivilian, Killed, 1), of(PopulationUnknown, Killed, 2)}, 0, false, false, true},
		{"a word that vigil does not know says neither", Breakdown{drivers}, 0, false, false, true},
		{"a margin of staff says that they all were", Breakdown{{Population: Known(PopulationNGO), Count: 3}, of(PopulationAny, Killed, 1)}, 1, true, true, true},
		{"one of others that they were not", Breakdown{{Population: Known(PopulationCivilian), Count: 3}, of(PopulationAny, Killed, 1)}, 0, true, false, false},
		{
			"one of both does not say who was killed",
			Breakdown{{Population: Known(PopulationCivilian), Count: 3}, {Population: Known(PopulationNGO), Count: 1}, of(PopulationAny, Killed, 1)},
			0, false, true, true,
		},
		{"nobody came to harm", Breakdown{of(PopulationAny, Unharmed, 3)}, 0, true, false, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if n, known := tt.have.Staff(Killed); n != tt.n || known != tt.known {
				t.Errorf("Staff(Killed) = %d, %t; want %d, %t", n, known, tt.n, tt.known)
			}
			if sure, may := tt.have.HarmsStaff(), tt.have.MayHarmStaff(); sure != tt.sure || may != tt.may {
				t.Errorf("staff were harmed: surely %t, perhaps %t", sure, may)
			}
		})
	}
}

func TestUncountedPeopleMayBeHarmed(t *testing.T) {
	b := Breakdown{{Outcome: Known(Abducted), Count: Uncounted}}
	if !b.MayHarmStaff() {
		t.Error("an unknown number of abducted people is taken for nobody")
	}
	if n, known := b.Harmed(); known {
		t.Errorf("Harmed() = %d, known; nobody counted them", n)
	}
}
