package app

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"vigil/internal/country"
	"vigil/internal/picture"
)

func profileText(number string) string {
	return "country: MLI\nreviewed: 2020-01-01\ncontacts:\n  - {function: medical, channels: [{kind: phone, number: " + number + "}]}\n" +
		"call_tree: {critical: [medical], high: []}\nfive_minutes: {any: [Headcount]}\n"
}

func dials(number, trouble string) func(picture.View) bool {
	return func(v picture.View) bool {
		p, ok := v.Profile(country.MustParse("MLI"))
		return ok && p.Contacts[0].Channels[0].Number.Dial().String() == number && strings.Contains(p.Trouble.String(), trouble)
	}
}

// TestProfilesAreWatched: a good file is whom to tell, a bad edit keeps the last good one and marks it, two for one country are
// said, and no number is in any problem.
func TestProfilesAreWatched(t *testing.T) {
	d := newDesk(t, "")
	d.write("profiles/mli.yaml", profileText("+223 70 70 70 70"))
	d.open()
	d.await("the number", dials("+223 70 70 70 70", ""))
	d.write("profiles/mli.yaml", profileText("+223 70 70 70 71"))
	d.await("the new number", dials("+223 70 70 70 71", ""))
	d.write("profiles/mli.yaml", strings.Replace(profileText("+223 70 70 70 72"), "function", "funtion", 1))
	d.await("the last good one, marked", func(v picture.View) bool {
		return dials("+223 70 70 70 71", "last good content kept: it has errors")(v) && noted("last good content kept: it has errors")(v)
	})
	d.write("profiles/mali.yaml", profileText("+223 70 70 70 73"))
	d.await("two of one country", func(v picture.View) bool {
		return noted("MLI has a profile in profiles/mali.yaml:1 too")(v) && dials("+223 70 70 70 73", "two profiles of this country, and this is profiles/mali.yaml")(v)
	})
	d.close()
	d.write("vigil.toml", `name = "Sahel desk"

[[alarm]]
name = "abduction"
when = "act == 'abduction'"
severity = "high"
escalate = ["5m medicl", "15m radio operator"]
`)
	report, err := Check(context.Background(), d.options())
	if err != nil {
		t.Fatal(err)
	}
	all := fmt.Sprint(report.Problems)
	for _, want := range []string{
		`vigil.toml:3: alarm "abduction" escalates to "medicl", and no profile has a contact of that function: nobody would be called; did you mean medical?`,
		`escalates to "radio operator", and no profile has a contact of that function: nobody would be called; write one into a profile in profiles/`,
		"profiles/mli.yaml:4:6: unknown key", "the numbers were last tried on 2020-01-01, more than 180 days ago", "profiles/mali.yaml:1: no contact has the function security lead",
	} {
		if !strings.Contains(all, want) {
			t.Errorf("no %q in\n%s", want, all)
		}
	}
	if strings.Contains(all, "70 70") {
		t.Errorf("a number in %s", all)
	}
	d.remove("profiles/mli.yaml")
	v, err := Snapshot(context.Background(), d.options(), time.Time{}, time.Time{})
	if err != nil || !dials("+223 70 70 70 73", "")(v.For(picture.DutyOfficer)) {
		t.Errorf("read once: %v", err)
	}
}
