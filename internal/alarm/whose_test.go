package alarm

import (
	"strings"
	"testing"
	"time"

	"vigil/internal/alarm/rule"
	"vigil/internal/alarm/three"
	"vigil/internal/correlate"
	"vigil/internal/duty"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

func hit(list ...incident.Affected) edit {
	return func(i *incident.Incident) { i.Affected = list }
}

func people(p incident.Population, r incident.Recruitment, o incident.Outcome, n int) incident.Affected {
	return incident.Affected{Population: incident.Known(p), Recruitment: incident.Known(r), Outcome: incident.Known(o), Count: n}
}

// TestWhoIsNotSaidCannotBeExcluded: of people of whom a record does not say who they were it rings that staff cannot be excluded, and the
// words claim no staff.
func TestWhoIsNotSaidCannotBeExcluded(t *testing.T) {
	r := opened(t)
	r.say("radio", r.shooting("a", hit(people(0, 0, incident.Ill, 40)), ago(time.Minute)))
	expect(t, r.look(),
		"unsure staff harmed (high): cannot exclude: staff harmed: MLI Gao shooting, 40 ill (not said whether staff), unconfirmed, 1 source")
	r.say("radio", r.shooting("b", hit(people(incident.PopulationUN, 0, incident.Killed, 1), people(incident.PopulationUnknown, 0, incident.Killed, 2)), ago(time.Minute)))
	if got := told(r.look()); len(got) != 1 || got[0] != "raise staff killed, abducted or missing (critical): MLI Gao shooting, 1 killed, 2 killed (not said whether staff), unconfirmed, 1 source" {
		t.Errorf("%q", got)
	}
}

// TestStaffAsFarAsItIsSaid: how many are staff, at least and at most.
func TestStaffAsFarAsItIsSaid(t *testing.T) {
	for _, tt := range []struct {
		name             string
		have             incident.Breakdown
		killed, affected three.Number
	}{
		{"nothing is said of people", nil, three.AtLeast(0), three.AtLeast(0)},
		{"nobody says who", incident.Breakdown{people(0, 0, incident.Killed, 2)}, three.Between(0, 2), three.Between(0, 2)},
		{"nor how many", incident.Breakdown{people(0, 0, incident.Killed, incident.Uncounted)}, three.AtLeast(0), three.AtLeast(0)},
		{"nobody was killed", incident.Breakdown{people(0, 0, incident.Ill, 40)}, three.Exactly(0), three.Between(0, 40)},
		{"civilians", incident.Breakdown{people(incident.PopulationCivilian, 0, incident.Killed, 2)}, three.Exactly(0), three.Exactly(0)},
		{"staff", incident.Breakdown{people(incident.PopulationUN, 0, incident.Killed, 2)}, three.Exactly(2), three.Exactly(2)},
		{"staff by their recruitment", incident.Breakdown{people(0, incident.National, incident.Killed, 2)}, three.Exactly(2), three.Exactly(2)},
		{
			"some of both",
			incident.Breakdown{people(incident.PopulationUN, 0, incident.Killed, 1), people(incident.PopulationUnknown, 0, incident.Killed, 2)},
			three.Between(1, 3), three.Between(1, 3),
		},
		{
			"staff, and some whom nobody counted",
			incident.Breakdown{people(incident.PopulationUN, 0, incident.Killed, 1), people(incident.PopulationNGO, 0, incident.Killed, incident.Uncounted)},
			three.AtLeast(1), three.AtLeast(1),
		},
		{
			"staff and civilians",
			incident.Breakdown{people(incident.PopulationUN, 0, incident.Killed, 1), people(incident.PopulationCivilian, 0, incident.Killed, 2)},
			three.Exactly(1), three.Between(1, 3),
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := staff(tt.have, incident.Cut{Outcome: incident.Killed}); got != tt.killed {
				t.Errorf("killed %v, want %v", got, tt.killed)
			}
			if got := staff(tt.have, incident.Cut{}); got != tt.affected {
				t.Errorf("affected %v, want %v", got, tt.affected)
			}
		})
	}
}

// TestAnothersBattleExcludesNothing: what one source leaves unsaid of people is asked of the telling that says it; but another's count of
// whoever was there does not say that no staff was among them.
func TestAnothersBattleExcludesNothing(t *testing.T) {
	const critical = "staff killed, abducted or missing"
	for _, tt := range []struct {
		name  string
		says  incident.Affected
		rings string
	}{
		{"whoever was there", people(incident.PopulationAnybody, 0, incident.Killed, 9), "cannot exclude"},
		{"civilians", people(incident.PopulationCivilian, 0, incident.Killed, 9), ""},
		{"staff", people(incident.PopulationNGO, 0, incident.Killed, 9), "9 killed"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := opened(t)
			r.source("acled")
			r.say("radio", r.shooting("a", hit(), func(i *incident.Incident) {
				i.Act, i.Grade = incident.Known(incident.Killing), safetext.Const("A1")
			}))
			r.say("acled", r.shooting("x", hit(tt.says), func(i *incident.Incident) {
				i.Identity.Authority, i.Act = safetext.Const("acled"), incident.Known(incident.Killing)
			}))
			names := []incident.Identity{{Authority: safetext.Const("room"), ID: safetext.Const("a")}, {Authority: safetext.Const("acled"), ID: safetext.Const("x")}}
			r.store.Choose([]correlate.Choice{{At: r.now, ID: "entry", Incidents: names}})
			v := r.view()
			if row, _ := v.Row(v.At(0)); row.Tellings != 2 || len(row.Filled) != 1 || row.Killed.N != 9 {
				t.Fatalf("%+v", row)
			}
			rang := ""
			for _, b := range r.look() {
				if raise, is := b.(*duty.Raise); is && raise.Rule == critical {
					rang = raise.Text()
				}
			}
			if tt.rings == "" && rang != "" || !strings.Contains(rang, tt.rings) {
				t.Errorf("it rings %q, want %q", rang, tt.rings)
			}
		})
	}
	if _, ok := rule.Shipped().Find(critical); !ok {
		t.Error("no such rule")
	}
}
