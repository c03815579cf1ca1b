package desk

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

var setting = regexp.MustCompile(`(?m)^#(\S|  \[)`)

// uncommented is the template with every setting in force.
func uncommented(text string) string {
	return setting.ReplaceAllString(strings.ReplaceAll(text, "\n#]", "\n]"), "$1")
}

func TestInitMakesAWorkingDesk(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "desk")
	if err := Init(dir); err != nil {
		t.Fatal(err)
	}
	if !IsDesk(dir) {
		t.Error("not a desk")
	}
	data, err := os.ReadFile(filepath.Join(dir, ConfigName))
	if err != nil {
		t.Fatal(err)
	}
	cfg, problems := ParseConfig(ConfigName, data)
	if len(problems) > 0 || len(cfg.Sources) > 0 || cfg.Exercise {
		t.Errorf("%s %+v", printed(problems), cfg)
	}
	// Nothing that was made up may stand where it is read.
	for _, d := range []string{FeedsDir, LevelsDir, PresenceDir, CalendarDir} {
		if names, err := os.ReadDir(filepath.Join(dir, d)); err != nil || len(names) > 0 {
			t.Errorf("%s: %v, %v", d, names, err)
		}
	}
	if err := Init(dir); !errors.Is(err, ErrIsDesk) {
		t.Errorf("a second time: %v", err)
	}
}

func TestInitLeavesWhatIsThere(t *testing.T) {
	dir := t.TempDir()
	mine := filepath.Join(dir, "examples", "roster.csv")
	if err := os.MkdirAll(filepath.Dir(mine), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(mine, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Init(dir); err != nil {
		t.Fatal(err)
	}
	if data, _ := os.ReadFile(mine); string(data) != "mine" {
		t.Errorf("overwritten: %q", data)
	}
	// A file where a directory should be: a clear error, and no vigil.toml that says all is well.
	broken := t.TempDir()
	if err := os.WriteFile(filepath.Join(broken, LevelsDir), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Init(broken); err == nil || IsDesk(filepath.Join(broken, "none")) {
		t.Errorf("got %v", err)
	}
	if _, err := os.Stat(filepath.Join(broken, ConfigName)); err == nil {
		t.Error("a failed init left a vigil.toml")
	}
}

// The template explains every key, and what it shows is right.
func TestTemplateIsComplete(t *testing.T) {
	data, err := template.ReadFile("template/vigil.toml")
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	cfg, problems := ParseConfig(ConfigName, []byte(uncommented(text)))
	if CountErrors(problems) > 0 {
		t.Errorf("the settings of the template, in force:\n%s", printed(problems))
	}
	if def := Default(); cfg.Risk != def.Risk {
		t.Errorf("the template shows other risk parameters than the defaults:\n%+v\n%+v", cfg.Risk, def.Risk)
	}
	var keys []string
	for _, list := range [][]string{names(configKeys), names(sourceKeys), names(riskKeys), names(retentionKeys), names(uiKeys), names(outKeys), names(heartbeatKeys), names(alarmKeys), names(viewKeys)} {
		keys = append(keys, list...)
	}
	for _, k := range keys {
		if !regexp.MustCompile(`(?m)^#(` + k + ` = |\[+(source\.)?` + k + `\])`).MatchString(text) {
			t.Errorf("the template does not explain %s", k)
		}
	}
}

func TestExamplesAreRight(t *testing.T) {
	read := func(name string) []byte {
		data, err := template.ReadFile("template/examples/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	for _, name := range []string{"levels.yaml", "levels.csv"} {
		countries, problems, err := ParseLevels(name, read(name), time.Time{})
		if err != nil || len(problems) > 0 || len(countries) != 1 || len(countries[0].Areas) != 2 {
			t.Errorf("%s: %v\n%s", name, err, printed(problems))
		}
	}
	for name, rows := range map[string]int{"roster.csv": 3, "headcount.csv": 4} {
		file, problems, err := ParsePresence(name, read(name), time.Time{})
		if err != nil || len(problems) > 0 || len(file.People)+len(file.Headcounts) != rows {
			t.Errorf("%s: %v\n%s", name, err, printed(problems))
		}
	}
}

func TestExampleCalendarIsRight(t *testing.T) {
	data, err := template.ReadFile("template/examples/calendar.yaml")
	if err != nil {
		t.Fatal(err)
	}
	entries, problems, err := ParseCalendar("calendar.yaml", data)
	if err != nil || len(problems) > 0 || len(entries) != 4 {
		t.Errorf("%d entries, %v\n%s", len(entries), err, printed(problems))
	}
}

func TestIsDesk(t *testing.T) {
	dir := t.TempDir()
	if IsDesk(dir) || IsDesk(filepath.Join(dir, "none")) {
		t.Error("an empty directory is no desk")
	}
	if err := os.Mkdir(filepath.Join(dir, FeedsDir), 0o755); err != nil {
		t.Fatal(err)
	}
	if !IsDesk(dir) {
		t.Error("feeds/ makes a desk: vigil.toml may be missing")
	}
}

func TestPathsOf(t *testing.T) {
	for state, want := range map[string]string{"": "/d", "s": "/d/s", "/var/s/": "/var/s", "../s": "/s"} {
		if got := PathsOf("/d", state).State; got != want {
			t.Errorf("%q: %s", state, got)
		}
	}
}
