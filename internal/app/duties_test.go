package app

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"vigil/internal/action"
	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/problem"
	"vigil/internal/safetext"
	"vigil/internal/saying"
)

const (
	fieldSays = `{"id":"F-7","source":"field","occurred":"2026-11-20T09:10:00Z","country":"MLI","place":"Ansongo","act":"shooting","threat":"crime","lat":15.66,"lon":0.5,"affected":[{"outcome":"killed","count":2}],"details":"nurses of a vaccination team shot near the cattle market"}`
	radioSays = `{"id":"R-12","source":"radio","occurred":"2026-11-20T09:10:00Z","country":"MLI","place":"Ansongo","act":"shooting","threat":"crime","lat":15.66,"lon":0.5,"affected":[{"outcome":"killed","count":5}],"details":"nurses of a vaccination team shot near the cattle market"}`
	otherSays = `{"id":"R-13","source":"radio","occurred":"2026-11-20T21:00:00Z","country":"MLI","place":"Kidal","act":"protest","threat":"civil_unrest","affected":[{"outcome":"injured","count":1}]}`
)

func name(authority, id string) incident.Identity {
	return incident.Identity{Authority: safetext.Clean(authority), ID: safetext.Clean(id)}
}

func decision(c action.Command) action.Envelope {
	return action.Envelope{ID: action.NewID(), Actor: action.Actor{Name: safetext.Const("Oscar")}, Command: c}
}

func merged(n int) func(picture.View) bool {
	return func(v picture.View) bool { return v.Totals().Merged == n && v.Totals().Total == 3-n }
}

// What a person decides is seen at once, by another console on the desk, by a snapshot, and after a restart.
func TestDecisionsAreSharedAndLast(t *testing.T) {
	d := newDesk(t, "")
	d.add("feeds/all.jsonl", fieldSays, radioSays, otherSays)
	d.open()
	d.await("one event of two sources", merged(1))
	second := &testDesk{t: t, dir: d.dir, clock: d.clock}
	second.open()
	second.await("the same in the other console", merged(1))

	apart := decision(action.Unmerge([]incident.Identity{name("field", "F-7"), name("radio", "R-12")}, safetext.Const("two convoys")))
	for range 2 { // a retry is recorded once
		if err := d.s.Do(t.Context(), apart); err != nil {
			t.Fatal(err)
		}
	}
	d.await("unmerged", merged(0))
	second.await("unmerged in the other console", merged(0))
	together := decision(action.Merge([]incident.Identity{name("field", "F-7"), name("radio", "R-12"), name("radio", "R-13")}, safetext.Text{}))
	if err := second.s.Do(t.Context(), together); err != nil {
		t.Fatal(err)
	}
	v := d.await("merged by the other console", merged(2))
	e, _ := v.Event(v.At(0))
	if len(e.Joins) != 2 || !strings.Contains(e.Joins[0].Choice, "entry 2 of the duty log") || !strings.Contains(e.Joins[0].Choice, "Oscar") {
		t.Errorf("joins %+v", e.Joins)
	}
	second.close()
	d.close()

	p, err := Snapshot(t.Context(), d.options(), time.Time{}, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	if v := p.For(picture.DutyOfficer); !merged(2)(v) {
		t.Errorf("a snapshot says %+v", v.Totals())
	}
	d.open()
	d.await("merged after a restart", merged(2))
	d.close()
	log, err := filepath.Glob(d.path("dutylog/*.log"))
	if err != nil || len(log) != 1 {
		t.Fatal(log, err)
	}
	body, err := os.ReadFile(log[0])
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(body), "two convoys"); n != 1 {
		t.Errorf("the decision stands %d times in the log", n)
	}
}

func TestWhatCannotBeDecidedIsNot(t *testing.T) {
	d := newDesk(t, "")
	restricted := strings.Replace(otherSays, `"id"`, `"handling":"restricted","id"`, 1)
	d.add("feeds/all.jsonl", fieldSays, radioSays, restricted)
	d.open()
	defer d.close()
	d.await("all three", func(v picture.View) bool { return v.Totals().Total+v.Totals().Merged == 3 })
	for _, tt := range []struct {
		command action.Command
		says    string
	}{
		{action.Merge([]incident.Identity{name("field", "F-7"), name("field", "F-99")}, safetext.Text{}), "no such incident"},
		{action.Merge([]incident.Identity{name("field", "F-7"), name("radio", "R-13")}, safetext.Text{}), "restricted"},
		{action.Merge([]incident.Identity{name("field", "F-7")}, safetext.Text{}), "from 2 to"},
	} {
		err := d.s.Do(t.Context(), decision(tt.command))
		if err == nil || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%+v: %v", tt.command, err)
		}
	}
	if _, err := os.Stat(d.path("dutylog")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("something was recorded: %v", err)
	}
}

func TestADamagedDutyLogIsSaid(t *testing.T) {
	d := newDesk(t, "")
	d.add("feeds/all.jsonl", fieldSays, radioSays, otherSays)
	d.open()
	d.await("read", merged(1))
	if err := d.s.Do(t.Context(), decision(action.Unmerge([]incident.Identity{name("field", "F-7"), name("radio", "R-12")}, safetext.Text{}))); err != nil {
		t.Fatal(err)
	}
	d.await("unmerged", merged(0))
	d.close()
	log, _ := filepath.Glob(d.path("dutylog/*.log"))
	body, err := os.ReadFile(log[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(log[0], []byte(strings.Replace(string(body), "unmerge", "unmarge", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := checked(t, d, "dutylog"); len(got) != 1 || got[0].Warning || !strings.Contains(got[0].String(), "damaged") {
		t.Errorf("check says %v", got)
	}
	d.open()
	defer d.close()
	d.await("that it is damaged", func(v picture.View) bool {
		for _, s := range v.Desk().Trouble {
			if strings.Contains(s.String(), "duty log") && strings.Contains(s.String(), "damaged") {
				return true
			}
		}
		return false
	})
}

// checked are the problems of a file that check finds.
func checked(t *testing.T, d *testDesk, file string) []problem.Problem {
	t.Helper()
	report, err := Check(t.Context(), d.options())
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(report.Problems, func(p problem.Problem) bool { return p.File.String() != file })
}

// A last record that a crash left torn is said until the next entry puts it aside.
func TestATornDutyLogIsSaid(t *testing.T) {
	d := newDesk(t, "")
	d.add("feeds/all.jsonl", fieldSays, radioSays, otherSays)
	d.open()
	d.await("read", merged(1))
	apart := action.Unmerge([]incident.Identity{name("field", "F-7"), name("radio", "R-12")}, safetext.Text{})
	if err := d.s.Do(t.Context(), decision(apart)); err != nil {
		t.Fatal(err)
	}
	d.await("unmerged", merged(0))
	log, _ := filepath.Glob(d.path("dutylog/*.log"))
	body, err := os.ReadFile(log[0])
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(string(body), "\n")
	if err := os.WriteFile(log[0], append(body, lines[1][:len(lines[1])/2]...), 0o600); err != nil {
		t.Fatal(err)
	}
	old := d.clock.now().Add(-time.Hour)
	if err := os.Chtimes(log[0], old, old); err != nil {
		t.Fatal(err)
	}
	const says = "duty log: its last record was not written to its end (crash?)"
	torn := func(want bool) func(picture.View) bool {
		return func(v picture.View) bool {
			return slices.ContainsFunc(v.Desk().Trouble, func(s saying.Saying) bool { return strings.HasPrefix(s.String(), says) }) == want
		}
	}
	d.await("that it is torn", torn(true))
	if got := checked(t, d, "dutylog"); len(got) != 1 || !got[0].Warning || !strings.Contains(got[0].String(), says) || !strings.Contains(got[0].String(), "line 3") {
		t.Errorf("check says %v", got)
	}
	p, err := Snapshot(t.Context(), d.options(), time.Time{}, time.Time{})
	if err != nil || !torn(true)(p.For(picture.DutyOfficer)) {
		t.Errorf("a snapshot does not say it: %v", err)
	}
	together := action.Merge([]incident.Identity{name("field", "F-7"), name("radio", "R-12")}, safetext.Text{})
	if err := d.s.Do(t.Context(), decision(together)); err != nil {
		t.Fatal(err)
	}
	d.await("that it was put aside", func(v picture.View) bool { return torn(false)(v) && merged(1)(v) })
	if got := checked(t, d, "dutylog"); len(got) != 0 {
		t.Errorf("check still says %v", got)
	}
	d.close()
}
