package table

import (
	"strings"
	"testing"

	"vigil/internal/incident"
)

// TestCodebook names every code value of the real exports, so that none falls through where the
// real files are not at hand.
func TestCodebook(t *testing.T) {
	codebook := map[string]struct {
		values string
		known  func(string) bool
	}{
		"means": {
			"Aerial bombardment|Body-borne IED|Bodily assault|Complex attack|Detention/arrest|Kidnap-killing|Kidnapping|Landmine|" +
				"Other Explosives|Rape/sexual assault|Roadside IED|Shelling|Shooting|Vehicle-born IED|Unknown", known(awsdMeansTable),
		},
		"context":  {"Ambush|Combat/Crossfire|Individual attack|Raid|Mob violence|Detention|Unknown", known(awsdContextTable)},
		"location": {"Road|Public location|Project site|Home|Office/compound|Custody|Unknown", known(awsdLocationTable)},
		"motive":   {"Political|Economic|Incidental|Disputed|Other|Unknown|", known(awsdMotiveTable)},
		"actor type": {
			"Unknown|Host state|Host State|Non-state armed group: National|Non-state armed group: Unknown|Unaffiliated|" +
				"Foreign or coalition forces|Non-state armed group: Subnational|Criminal|Non-state armed group: Regional|" +
				"Police or paramilitary|Aid recipient|Staff member|State: unknown|Non-state armed group: Global", known(awsdActorTable),
		},
		"verified": {"Yes|Pending|Archived|", known(awsdVerifiedTable)},
		"source": {
			"Official Report|Focal Point|Archived|Media|ACLED|Focal point|UNRWA 2025 personnel affected spreadsheet|media|" +
				"Offiicial Report|Offial report|Official report|", known(awsdSourceTable),
		},
	}
	for column, c := range codebook {
		for value := range strings.SplitSeq(c.values, "|") {
			if !c.known(strings.ToLower(value)) {
				t.Errorf("%s: %q falls through", column, value)
			}
		}
	}
	if n := len(awsdMeansTable) - 2; n != 15 { // less the empty cell and the second spelling
		t.Errorf("%d means of attack", n)
	}
}

func known[T any](table map[string]T) func(string) bool {
	return func(s string) bool { _, ok := table[s]; return ok }
}

func TestThreat(t *testing.T) {
	tests := []struct {
		codes awsdCodes
		want  incident.Threat
	}{
		{awsdCodes{means: shelling}, incident.ArmedConflict},
		{awsdCodes{means: shooting}, incident.ThreatUnknown},
		{awsdCodes{means: shooting, context: crossfire, motive: economic}, incident.ArmedConflict},
		{awsdCodes{means: bodilyAssault, context: mob}, incident.CivilUnrest},
		{awsdCodes{means: kidnapping, motive: economic, actor: perpetrator{actor: armedGroup}}, incident.Crime},
		{awsdCodes{means: kidnapping, motive: political, actor: perpetrator{actor: armedGroup}}, incident.Terrorism},
		{awsdCodes{means: kidnapping, actor: perpetrator{actor: armedGroup}}, incident.ThreatUnknown},
		{awsdCodes{means: vehicleIED, actor: perpetrator{actor: armedGroup}}, incident.Terrorism},
		{awsdCodes{means: vehicleIED}, incident.ThreatUnknown},
		{awsdCodes{means: roadsideIED, motive: incidental, actor: perpetrator{actor: armedGroup}}, incident.ArmedConflict},
		{awsdCodes{means: rape, actor: perpetrator{actor: private}}, incident.Crime},
		{awsdCodes{means: rape, actor: perpetrator{actor: hostState}}, incident.ThreatUnknown},
		{awsdCodes{means: bodilyAssault, motive: political, actor: perpetrator{actor: private}}, incident.ThreatUnknown},
		{awsdCodes{means: detentionArrest, motive: economic, actor: perpetrator{actor: hostState}}, incident.ThreatUnknown},
		{awsdCodes{means: shooting, actor: perpetrator{actor: foreignForces}}, incident.ArmedConflict},
		{awsdCodes{means: bodilyAssault, actor: perpetrator{actor: criminal}}, incident.Crime},
	}
	for _, tt := range tests {
		if got := tt.codes.threat(); got != tt.want {
			t.Errorf("%+v: %v, want %v", tt.codes, got, tt.want)
		}
	}
	for n, rule := range threatRules {
		if rule.because == "" || rule.threat == incident.ThreatUnknown {
			t.Errorf("rule %d gives no reason or no threat", n)
		}
	}
}
