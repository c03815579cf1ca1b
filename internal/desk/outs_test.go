package desk

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vigil/internal/duty"
	"vigil/internal/fetch/address"
	"vigil/internal/notify/channel"
)

func TestOutsAreRead(t *testing.T) {
	cfg, problems := ParseConfig("vigil.toml", []byte(`
[[out]]
name = "lead"
kind = "webhook"
url = "env:LEAD_URL"
severity = "critical"
tries = 3
retry = "10s"
timeout = "20s"
repeat = "15m"
[[out]]
name = "siren"
kind = "exec"
command = ["./siren.sh", "", "loud"]
[heartbeat]
file = "beat.json"
url = "file:secrets/beat"
[ui]
alert = ["bell", "osc9"]
`))
	if len(problems) > 0 {
		t.Fatal(printed(problems))
	}
	siren := channel.Default()
	siren.Name, siren.Kind, siren.Command, siren.Line = "siren", channel.Exec, []string{"./siren.sh", "", "loud"}, 11
	want := []channel.Channel{{
		Name: "lead", Kind: channel.Webhook, URL: address.Secret{Env: "LEAD_URL"}, Severity: duty.Critical, Tries: 3,
		Retry: 10 * time.Second, Timeout: 20 * time.Second, Repeat: 15 * time.Minute, Line: 2,
	}, siren}
	if d := cmp.Diff(want, cfg.Outs); d != "" {
		t.Error(d)
	}
	if h := (Heartbeat{File: "beat.json", URL: address.Secret{File: "secrets/beat"}, Every: 30 * time.Second, Line: 15}); cfg.Heartbeat != h {
		t.Errorf("%+v", cfg.Heartbeat)
	}
	if got := strings.Join(cfg.UI.Alert, " "); got != "bell osc9" {
		t.Errorf("alert is %q", got)
	}
}

// Every mistake is told with line and column and what to do, and nothing that could be a secret is shown.
func TestOutsAreStrict(t *testing.T) {
	const secret = "hunter2hunter2"
	block := func(lines string) string { return "[[out]]\nname = \"a\"\n" + lines }
	exec := "kind = \"exec\"\ncommand = [\"x\"]\n"
	for _, c := range []struct{ text, want string }{
		{"[out]\n", "1:2: a channel is written [[out]], with two brackets"},
		{"[[out]]\n", "1:3: this channel has no name"},
		{block(""), `1:3: channel "a" has no kind`},
		{block(`kind = "webhok"`), `3:8: kind "webhok" is not known: did you mean webhook?`},
		{block(`kind = "webhook"`), `1:3: channel "a" does not say where it leads: write url = "env:NAME"`},
		{block(`kind = "exec"`), `1:3: channel "a" does not say where it leads: write command`},
		{block("kind = \"webhook\"\nurl = \"slack://" + secret + "\""), `4:7: what opens something does not belong into vigil.toml: write "env:NAME"`},
		{block("kind = \"webhook\"\nurl = \"env:" + secret + "-\""), "4:7: what follows env: is no name of an environment variable"},
		{block("kind = \"webhook\"\nurl = \"file:feeds/x\""), "4:7: what lies in feeds/ is read as data"},
		{block("kind = \"webhook\"\nurl = 5"), "4:7: here stands a whole number, where a text should be"},
		{block(exec + `url = "env:A"`), "5:7: url is not for a channel of kind exec"},
		{block("kind = \"exec\"\ncommand = \"x\""), "4:11: here stands a text, where a list should be"},
		{block("kind = \"exec\"\ncommand = [\"\"]"), "4:12: this is empty or holds a NUL"},
		{block(exec + `severity = "hi"`), `5:12: severity "hi" is not known`},
		{block(exec + `tries = 0`), "5:9: \"0\" is out of range: write a whole number from 1 to 20"},
		{block(exec + `timeout = "1h"`), `5:11: "1h" is too long: write at most 2m`},
		{block(exec + `retry = "1ms"`), `5:9: "1ms" is too short: write at least 1s`},
		{block(exec + `repeats = "1h"`), `5:1: unknown key "repeats": did you mean repeat?`},
		{block(exec) + "[[out]]\nname = \"A\"\n" + exec, `5: channel "A" is in line 1 already`},
		{"[heartbeat]\n", "1:2: the heartbeat goes nowhere"},
		{"[heartbeat]\nfile = \"feeds/beat\"", "2:8: vigil writes this file, and"},
		{"[heartbeat]\nfile = \"vigil.toml\"", "2:8: vigil writes this file, and"},
		{"[heartbeat]\nfile = \"x\"\nevery = \"1s\"", `3:9: "1s" is too short: write at least 5s`},
		{"[heartbeat]\nurl = \"https://hc.example/" + secret + "\"", "2:7: what opens something does not belong"},
		{"[ui]\nalert = [\"gong\"]", `2:10: alert "gong" is not known: write one of bell, osc9, osc777, osc99`},
		{"[ui]\nalert = []", "warning: vigil.toml:2:1: no sound and no notification"},
	} {
		_, problems := ParseConfig("vigil.toml", []byte(c.text))
		got := printed(problems)
		if len(problems) != 1 || !strings.Contains(got, c.want) {
			t.Errorf("%s\ngives %s\nwant %s", c.text, got, c.want)
		}
		if strings.Contains(got, secret) {
			t.Errorf("the secret is shown: %s", got)
		}
	}
}
