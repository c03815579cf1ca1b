package desk

import (
	"slices"
	"testing"
	"time"

	"vigil/internal/alarm/rule"
	"vigil/internal/duty"
)

func TestAlarmsAreRead(t *testing.T) {
	cfg, problems := ParseConfig("vigil.toml", []byte(`
[[alarm]]
name = "abduction near staff"
when = "act == 'abduction' && staff_near(25) > 0"
severity = "critical"
escalate = ["5m", "15m security adviser"]

[[alarm]]
name = "surge"
enabled = false

[[alarm]]
name = "source stale"
severity = "high"
when = """state == 'failed'
  and hours > 2"""
escalate = "1h"
`))
	if len(problems) > 0 {
		t.Fatal(printed(problems))
	}
	all := rule.With(cfg.Alarms)
	own, _ := all.Find("abduction near staff")
	if own == nil || own.On != rule.Incident || own.Severity != duty.Critical || !own.Moment || own.Line != 2 || own.Shipped ||
		!slices.Equal(own.Escalate, []rule.Rung{{After: 5 * time.Minute}, {After: 15 * time.Minute, To: "security adviser"}}) || own.Source("vigil.toml") != "vigil.toml:2" {
		t.Errorf("got %+v", own)
	}
	surge, _ := all.Find("surge")
	if !surge.Off || surge.When == nil || surge.On != rule.Country || surge.Severity != duty.Medium || surge.Source("vigil.toml") != "shipped, changed in vigil.toml:8" {
		t.Errorf("got %+v", surge)
	}
	stale, _ := all.Find("source stale")
	if stale.Severity != duty.High || !stale.When.Uses("hours") || len(stale.Escalate) != 1 || stale.Moment {
		t.Errorf("got %+v", stale)
	}
	if len(all) != len(rule.Shipped())+1 || len(all.InForce()) != len(all)-1 || all[0].Severity != duty.Critical {
		t.Errorf("%d rules, %d in force", len(all), len(all.InForce()))
	}
	if again, _ := rule.Shipped().Find("surge"); again.Off {
		t.Error("the shipped set was changed")
	}
}

func TestAlarmProblems(t *testing.T) {
	for text, want := range map[string]string{
		"[alarm]\nname = 'x'\n":                                                               "vigil.toml:1:2: an alarm is written [[alarm]], with two brackets, because there can be several\n",
		"[[alarm]]\nseverity = 'low'\n":                                                       "vigil.toml:1:3: this alarm has no name: give it one, or that of a shipped one to change it (vigil alarm list)\n",
		"[[alarm]]\nname = 'Incident near staf'\nenabled = false\n":                           "vigil.toml:1:3: a rule of one's own needs when: the expression that rings; did you mean \"incident near staff\"?\n",
		"[[alarm]]\nname = 'x'\nseverity = 'low'\n":                                           "vigil.toml:1:3: a rule of one's own needs when: the expression that rings\n",
		"[[alarm]]\nname = 'x'\nwhen = 'ongoing'\n":                                           "vigil.toml:1:3: a rule of one's own needs severity: critical, high, medium or low\n",
		"[[alarm]]\nname = 'surge'\non = 'source'\n":                                          "vigil.toml:3:6: what a shipped rule is asked of cannot be changed: give the rule another name\n",
		"[[alarm]]\nname = 'x'\nseverity = 'low'\nwhen = \"country in ['Mali', 'Malli']\"":    "vigil.toml:4:8: when: column 21 of the text: \"Malli\" is no country that is known\n",
		"[[alarm]]\nname = 'x'\nseverity = 'low'\nwhen = \"act == 'abducton'\"":               "vigil.toml:4:8: when: column 8 of the text: \"abducton\" is no act: did you mean abduction?\n",
		"[[alarm]]\nname = 'x'\nseverity = 'low'\nwhen = \"\"\"ongoing and\n kiled > 0\"\"\"": "vigil.toml:4:8: when: line 2, column 2 of the text: kiled is not known here: did you mean killed?\n",
		"[[alarm]]\nname = 'x'\nseverity = 'low'\non = 'due'\nwhen = 'movement_overdue'":      "vigil.toml:5:8: when: column 1 of the text: movement_overdue comes with movements, in a later version\n",
		"[[alarm]]\nname = 'x'\nseverity = 'hgh'\nwhen = 'ongoing'":                           "vigil.toml:3:12: severity \"hgh\" is not known: did you mean high?\n",
		"[[alarm]]\nname = 'x'\non = 'contry'\n":                                              "vigil.toml:3:6: on \"contry\" is not known: did you mean country?\n",
		"[[alarm]]\nname = 'surge'\nescalate = ['15m', '5m']\n":                               "vigil.toml:3:20: \"5m\" is not later than the one before: the times count from when the alarm rang, and rise\n",
		"[[alarm]]\nname = 'surge'\n[[alarm]]\nname = 'surge'\n":                              "vigil.toml:3:3: alarm \"surge\" stands in line 1 already: remove one of the two\n",
		"[[alarm]]\nname = 'surge'\nenabled = 'no'\n":                                         "vigil.toml:3:11: here stands a text, where true or false should be\n",
		"[[alarm]]\nname = 'surge'\nsevrity = 'low'\n":                                        "vigil.toml:3:1: unknown key \"sevrity\": did you mean severity?\n",
		"[[alarm]]\nname = 'late or first read'\n":                                            "vigil.toml:2:8: \"late or first read\" is what vigil itself calls what rings together: give the alarm another name\n",
	} {
		_, problems := ParseConfig("vigil.toml", []byte(text))
		if got := printed(problems); got != want {
			t.Errorf("%q:\n got %s\nwant %s", text, got, want)
		}
	}
}

// What is wrong with one alarm leaves the others to a program that lists them.
func TestAlarmsWithoutErrorsAreUsable(t *testing.T) {
	cfg, problems := ParseConfig("vigil.toml", []byte("[[alarm]]\nname = 'surge'\nenabled = false\n[[alarm]]\nname = 'x'\n"))
	usable := cfg.Usable()
	if CountErrors(problems) != 1 || len(usable.Alarms) != 1 || usable.Alarms[0].Name != "surge" {
		t.Errorf("%+v\n%s", usable.Alarms, printed(problems))
	}
}
