package table

import (
	"strings"
	"testing"

	"vigil/internal/feed"
	"vigil/internal/feed/feedtest"
	"vigil/internal/incident"
)

// TestNativeTableByHand: rows that a person or a spreadsheet wrote, with semicolons, dates of its own, and sums alone.
func TestNativeTableByHand(t *testing.T) {
	head := "id;class;act;country;occurred;killed;injured;no_onward;affected.ngo.killed\n"
	for row, want := range map[string]string{
		"1;incident;shooting;MLI;20 Nov 2026;2;;TRUE;": "",
		"2;incident;shooting;MLI;2026-11-20;3;0;;2":    `x:2:36: killed is "3", and the columns affected.… of the row give 2`,
		"3;incident;shot;MLI;2026-11-20;;;;":           `x:2:12: "shot" is not a word of "act"`,
		"4;incident;;MLI;2026-11-20;;;;":               `x:2: "act" is missing`,
		"5;incident;shooting;MLI;2026-11-20;;;;some":   `x:2:39: "count" is not a whole number of people`,
	} {
		rec := &read(t, Native, []byte(head+row+"\n")).Records[0]
		got := strings.Join(feedtest.Messages(rec), "\n")
		if want == "" && got != "" || !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", row, got, want)
		}
		if row[0] != '1' {
			continue
		}
		i := &rec.Incident
		if n, ok := i.Affected.Outcome(incident.Killed); n != 2 || !ok || i.Occurred.String() != "2026-11-20" || !i.NoOnward {
			t.Errorf("%+v", i)
		}
		if n, ok := i.Affected.Outcome(incident.Injured); n != 0 || ok && n == 0 && i.Affected[0].Count == 0 {
			t.Errorf("injured %d %v: %+v", n, ok, i.Affected)
		}
	}
}

// TestHXLPeople: the population of a tag is the one that it names.
func TestHXLPeople(t *testing.T) {
	body := "id,class,act,country,x\n#event+id,#meta+class,#event+type,#country+code,#affected+killed+ngo\n1,incident,shooting,MLI,2\n"
	for _, b := range []string{body, strings.SplitN(body, "\n", 2)[1]} {
		want := incident.Breakdown{{Population: incident.Known(incident.PopulationNGO), Outcome: incident.Known(incident.Killed), Count: 2}}
		if strings.HasPrefix(b, "id") { // the headings hold, and x is nobody's
			want = nil
		}
		rec := &read(t, Native, []byte(b)).Records[0]
		if rec.Kind != feed.Incident || len(rec.Incident.Affected) != len(want) || want != nil && rec.Incident.Affected[0] != want[0] {
			t.Errorf("%+v %q", rec.Incident.Affected, feedtest.Messages(rec))
		}
	}
}

func TestNeutralAndBare(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "a=1": "a=1", "=1+1": "'=1+1", "+1": "'+1", "-1": "'-1", "@x": "'@x", "\tx": "'\tx", "\rx": "'\rx", "é": "é", "'=": "''=", "'tis": "'tis",
	} {
		if got := Neutral(in); got != want || Bare(got) != in {
			t.Errorf("%q became %q and %q, want %q", in, got, Bare(got), want)
		}
	}
}
