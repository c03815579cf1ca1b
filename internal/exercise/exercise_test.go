package exercise

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vigil/internal/desk"
	"vigil/internal/feed"
	"vigil/internal/feed/native"
	"vigil/internal/incident"
)

var start = time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC)

func prepare(t *testing.T) (*Scenario, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "desk")
	s, err := Prepare(dir, start, 1)
	if err != nil {
		t.Fatal(err)
	}
	return s, dir
}

func read(t *testing.T, dir, pattern string) map[string][]byte {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, filepath.FromSlash(pattern)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files[filepath.Base(name)] = data
	}
	if len(files) == 0 {
		t.Fatalf("no file matches %s", pattern)
	}
	return files
}

// check holds the desk to the contracts that vigil check enforces, and its records to being marked.
func check(t *testing.T, dir string, at time.Time) (records int) {
	t.Helper()
	config, problems := desk.ParseConfig("vigil.toml", read(t, dir, "vigil.toml")["vigil.toml"])
	if len(problems) > 0 || !config.Exercise {
		t.Fatalf("vigil.toml: exercise %v, %v", config.Exercise, problems)
	}
	for name, data := range read(t, dir, "levels/*") {
		if _, problems, err := desk.ParseLevels(name, data, at); err != nil || len(problems) > 0 {
			t.Errorf("%s: %v %v", name, problems, err)
		}
	}
	for name, data := range read(t, dir, "presence/*") {
		if _, problems, err := desk.ParsePresence(name, data, at); err != nil || len(problems) > 0 {
			t.Errorf("%s: %v %v", name, problems, err)
		}
	}
	for name, data := range read(t, dir, "feeds/*") {
		ctx := feed.NewContext("feeds/" + name)
		for n, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
			r, ok := native.Format.Line(ctx, []byte(line), feed.Place{Line: n + 1})
			if !ok {
				t.Fatalf("%s:%d holds no record: %q", name, n+1, line)
			}
			if r.Kind == feed.Rejected || len(r.Problems) > 0 {
				t.Fatalf("%s:%d: %v", name, n+1, r.Problems)
			}
			if r.Kind != feed.Incident {
				continue
			}
			records++
			if r.Incident.Status != incident.Exercise || !strings.HasPrefix(r.Incident.Title.String(), "EXERCISE ") {
				t.Errorf("%s:%d is not marked: status %v, title %q", name, n+1, r.Incident.Status, r.Incident.Title)
			}
		}
	}
	return records
}

func TestTheDeskIsValidAndMarked(t *testing.T) {
	s, dir := prepare(t)
	before := check(t, dir, start)
	if before < 100 {
		t.Errorf("%d records of history: too few for a country's own normal", before)
	}
	after := 0
	for n := range 200 {
		if err := s.Step(start.Add(time.Duration(n) * Pace)); err != nil {
			t.Fatalf("step %d: %v", n+1, err)
		}
		if n%20 == 0 {
			after = check(t, dir, start.Add(time.Duration(n)*Pace))
		}
	}
	if after == 0 {
		t.Error("nothing happened in 200 steps")
	}
	rotated, err := filepath.Glob(filepath.Join(dir, "*.old"))
	if err != nil || len(rotated) == 0 {
		t.Errorf("the radio log was never rotated: %v %v", rotated, err)
	}
}

// TestALevelChangesFromItsDay: a level that changes is in force since then, and not since a month ago.
func TestALevelChangesFromItsDay(t *testing.T) {
	s, dir := prepare(t)
	before := read(t, dir, "levels/*.yaml")
	later := start.AddDate(0, 0, 1)
	if err := s.changeLevel(later); err != nil {
		t.Fatal(err)
	}
	changed := 0
	for name, data := range read(t, dir, "levels/*.yaml") {
		was, is := strings.Split(string(before[name]), "\n"), strings.Split(string(data), "\n")
		for i := range is {
			if strings.Contains(is[i], "    level: ") && was[i] != is[i] {
				changed++
				if want := "    since: " + later.Format(time.DateOnly); is[i+1] != want {
					t.Errorf("%s: after%s stands%s", name, is[i], is[i+1])
				}
			}
		}
		if reviewed := "reviewed: " + later.Format(time.DateOnly); strings.Contains(string(data), "since: "+later.Format(time.DateOnly)) != strings.Contains(string(data), reviewed) {
			t.Errorf("%s changed and was not reviewed then, or the other way round:\n%s", name, data)
		}
	}
	if changed != 1 {
		t.Errorf("%d levels changed", changed)
	}
}

func TestASeedRepeatsItself(t *testing.T) {
	a, first := prepare(t)
	b, second := prepare(t)
	for n := range 30 {
		at := start.Add(time.Duration(n) * Pace)
		if err := a.Step(at); err != nil {
			t.Fatal(err)
		}
		if err := b.Step(at); err != nil {
			t.Fatal(err)
		}
	}
	want, got := read(t, first, "feeds/*"), read(t, second, "feeds/*")
	for name := range want {
		if string(want[name]) != string(got[name]) {
			t.Errorf("%s differs between two runs of one seed", name)
		}
	}
}

func TestNothingIsOverwritten(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "mine"), []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Prepare(dir, start, 1); err == nil || !strings.Contains(err.Error(), "not empty") {
		t.Errorf("writing into a directory that is not empty: %v", err)
	}
}
