package alarm

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"vigil/internal/country"
	"vigil/internal/duty"
	"vigil/internal/incident"
	"vigil/internal/level"
	"vigil/internal/picture"
	"vigil/internal/safetext"
)

// TestFlood: more than ten that nobody has within ten minutes; then each alarm stands in one group, and critical ones alone.
func TestFlood(t *testing.T) {
	draft, n := duty.NewDraft(), 0
	raise := func(ago time.Duration, rule, in string, s duty.Severity) string {
		n++
		id := fmt.Sprintf("e%d", n)
		draft.Add(&duty.Entry{ID: id, At: start.Add(-ago), Body: &duty.Raise{Rule: rule, Country: in, Severity: s, Key: id, Words: duty.Words(id)}})
		return id
	}
	raise(time.Hour, "near", "MLI", duty.High) // came long ago, and rings
	owned := raise(time.Minute, "near", "MLI", duty.High)
	for i := range 4 {
		raise(time.Duration(9-i)*time.Minute, "near", "MLI", duty.High)
	}
	for range 3 {
		raise(2*time.Minute, "stale", "", duty.Medium)
	}
	raise(2*time.Minute, "near", "NER", duty.High)
	raise(3*time.Minute, "killed", "NER", duty.Critical)
	draft.Add(&duty.Entry{ID: "ack", At: start, Body: &duty.Ack{Alarm: owned, Owner: duty.Words("oscar"), Reason: duty.Words("x"), Until: start.Add(time.Hour)}})
	if _, on := Flood(draft.Book(), nil, start); on {
		t.Error("nine are a flood")
	}
	last := raise(time.Minute, "killed", "NER", duty.Critical)
	if _, on := Flood(draft.Book(), nil, start); on {
		t.Error("ten are a flood")
	}
	secret := raise(10*time.Minute-time.Second, "near", "MLI", duty.High)
	words := func(hides func(*duty.Alarm) bool) string {
		f, on := Flood(draft.Book(), hides, start)
		if !on || f.Came != 11 {
			t.Fatalf("%v %+v", on, f)
		}
		var out []string
		for i := range f.Groups {
			g := &f.Groups[i]
			line := fmt.Sprintf("%s %q %s %v:", g.Severity, g.Rule, g.Country, g.Hidden)
			for _, a := range g.Alarms {
				line += " " + a.Called()
			}
			out = append(out, line)
		}
		return strings.Join(out, "\n")
	}
	all := `critical "killed" NER false: A12
critical "killed" NER false: A11
high "near" MLI false: A6 A5 A4 A3 A13 A1
high "near" NER false: A10
medium "stale"  false: A9 A8 A7`
	if got := words(nil); got != all {
		t.Errorf("got\n%s", got)
	}
	hidden := strings.NewReplacer(`critical "killed" NER false: A12`, `critical ""  true: A12`, " A13 A1\n", " A1\n", `medium "stale"`, "high \"\"  true: A13\nmedium \"stale\"").Replace(all)
	if got := words(func(a *duty.Alarm) bool { return a.ID == secret || a.ID == last }); got != hidden {
		t.Errorf("got\n%s\nwant\n%s", got, hidden)
	}
	if _, on := Flood(draft.Book(), nil, start.Add(10*time.Second)); on {
		t.Error("the eleventh came more than ten minutes ago, and it is a flood")
	}
}

// TestRangForLevel: the alarm of a change of levels tells of each change that it was raised for, and of no other.
func TestRangForLevel(t *testing.T) {
	r := opened(t)
	levels := func(gao, kidal, region int) {
		area := func(name string, n int) level.Area { return level.Area{Name: safetext.Clean(name), Level: n} }
		r.store.SetLevels(picture.LevelSet{{Country: country.MLI, Scheme: safetext.Const("un-sls"), Reviewed: incident.At(r.now), Areas: []level.Area{
			area("Gao", gao), area("Kidal", kidal), area("Gao region", region),
		}}}, r.now)
	}
	levels(4, 3, 3)
	r.look()
	r.now = r.now.Add(time.Minute)
	levels(5, 3, 4)
	r.look()
	var raised *duty.Raise
	for _, a := range r.draft.Book().Alarms(r.now) {
		if a.Raise.Rule == "official level changed" {
			raised = a.Raise
		}
	}
	if raised == nil {
		t.Fatal("no alarm of the change")
	}
	changes := r.view().LevelChanges(r.now)
	if len(changes) != 2 {
		t.Fatalf("%+v", changes)
	}
	for _, c := range changes {
		if !RangForLevel(raised, &c) {
			t.Errorf("not for %+v; its key is %q", c, raised.Key)
		}
	}
	gao := level.Change{Country: country.MLI, Area: safetext.Const("Gao"), From: 4, To: 5, Seen: r.now}
	for what, change := range map[string]func(*level.Change){
		"another area":           func(c *level.Change) { c.Area = safetext.Const("Kidal") },
		"the end of a name":      func(c *level.Change) { c.Area, c.From, c.To = safetext.Const("region"), 3, 4 },
		"other levels":           func(c *level.Change) { c.From = 3 },
		"another day":            func(c *level.Change) { c.Seen = c.Seen.Add(-24 * time.Hour) },
		"another country's area": func(c *level.Change) { c.Country = country.BFA },
	} {
		c := gao
		if !RangForLevel(raised, &c) {
			t.Fatal("not for the change itself")
		}
		if change(&c); RangForLevel(raised, &c) {
			t.Errorf("for %s too: %q", what, raised.Key)
		}
	}
	several := *raised
	several.Key = groupKey(raised.Rule, []string{strings.TrimPrefix(raised.Key, keyOf(raised.Rule, "")), "NER Diffa 2-3, 2026-11-20"})
	if !RangForLevel(&several, &gao) {
		t.Errorf("not where several ring as one: %q", several.Key)
	}
}
