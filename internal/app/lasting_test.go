package app

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vigil/internal/country"
	"vigil/internal/health"
	"vigil/internal/picture"
	"vigil/internal/source"
)

func (d *testDesk) remove(name string) {
	d.t.Helper()
	if err := os.RemoveAll(d.path(name)); err != nil {
		d.t.Fatal(err)
	}
}

// highest is the highest level of Mali, 0 without levels.
func highest(v picture.View) int {
	c, ok := v.Country(country.MLI)
	if !ok || c.Levels == nil {
		return 0
	}
	return c.Level.Max
}

func TestABrokenConfigKeepsTheDeskShut(t *testing.T) {
	d := newDesk(t, home+"exercise = true\nbogus = 1\n")
	d.add("feeds/radio.jsonl", d.line("a", time.Minute, `,"status":"exercise"`))
	_, err := Open(t.Context(), d.options())
	if !errors.Is(err, ErrConfig) || !strings.HasPrefix(err.Error(), "vigil.toml:4:1: unknown key") || strings.Contains(err.Error(), "in all") {
		t.Errorf("opening it: %v", err)
	}
	if _, err := Snapshot(t.Context(), d.options(), time.Time{}, time.Time{}); !errors.Is(err, ErrConfig) {
		t.Errorf("a snapshot of it: %v", err)
	}
	report, err := Check(t.Context(), d.options())
	if err != nil || len(report.Problems) == 0 {
		t.Errorf("check must list what is wrong: %v, %v", report.Problems, err)
	}
}

func TestLevelsOutliveTheirFolder(t *testing.T) {
	d := newDesk(t, home)
	d.write("levels/mli.yaml", fmt.Sprintf(levels, 5))
	d.open()
	d.await("the levels", func(v picture.View) bool { return highest(v) == 5 })
	d.close()
	if err := os.Rename(d.path("levels"), d.path("mounted-later")); err != nil {
		t.Fatal(err)
	}
	d.open()
	v := d.await("what is wrong, said", func(v picture.View) bool { return len(v.Notes()) > 0 })
	d.clock.forward(time.Minute)
	v = d.await("the same a minute later", func(w picture.View) bool { return w.Known().After(v.Known().Add(30 * time.Second)) })
	if highest(v) != 5 || !strings.Contains(v.Notes()[0].String(), "levels/") {
		t.Errorf("level %d, notes %v", highest(v), v.Notes())
	}
	d.close()
	p, err := Snapshot(t.Context(), d.options(), time.Time{}, time.Time{})
	if err != nil || highest(p.For(picture.DutyOfficer)) != 5 {
		t.Errorf("afterwards: level %d, %v", highest(p.For(picture.DutyOfficer)), err)
	}
}

func TestALevelThatVanishedWhileNobodyWatchedIsReadTwice(t *testing.T) {
	d := newDesk(t, home)
	d.write("levels/mli.yaml", fmt.Sprintf(levels, 5))
	d.open()
	d.await("the levels", func(v picture.View) bool { return highest(v) == 5 })
	d.close()
	d.remove("levels/mli.yaml")
	d.open()
	defer d.close()
	v := d.await("the first look", func(v picture.View) bool { return v.Desk().Reading.IsZero() && len(v.Notes()) > 0 })
	if highest(v) != 5 {
		t.Errorf("level %d after one look", highest(v))
	}
	d.await("the level gone after the second look", func(v picture.View) bool { return highest(v) == 0 && len(v.Notes()) == 0 })
	if changes := d.last.LevelChanges(time.Time{}); len(changes) != 1 || changes[0].To != 0 {
		t.Errorf("changes %+v", changes)
	}
}

func TestOneAreaInTwoFilesShowsTheHigherLevel(t *testing.T) {
	d := newDesk(t, home)
	d.write("levels/a.yaml", fmt.Sprintf(levels, 3))
	d.write("levels/b.yaml", fmt.Sprintf(levels, 5))
	d.open()
	defer d.close()
	v := d.await("the levels", func(v picture.View) bool { return highest(v) > 0 })
	if highest(v) != 5 || len(v.Notes()) == 0 {
		t.Errorf("level %d, notes %v", highest(v), v.Notes())
	}
}

func TestWhatStoodAgainstAFileGoesWithIt(t *testing.T) {
	d := newDesk(t, home)
	good := fmt.Sprintf(levels, 5)
	d.write("levels/mli.yaml", good)
	d.open()
	defer d.close()
	d.await("the levels", func(v picture.View) bool { return highest(v) == 5 })
	d.write("levels/mli.yaml", good[:len(good)-12])
	d.await("half of it, said", func(v picture.View) bool { return len(v.Notes()) > 0 && highest(v) == 5 })
	d.write("levels/mli.yaml", good)
	d.await("nothing to say against it", func(v picture.View) bool { return len(v.Notes()) == 0 && highest(v) == 5 })
}

func TestAPersonWhoVanishesIsReadTwice(t *testing.T) {
	roster := func(people ...string) source.Event {
		return source.Event{Kind: source.KindSnapshot, Data: []byte("person_id,name,country,area,status,last_contact\n" + strings.Join(people, "\n") + "\n")}
	}
	oscar, tango := "p1,Oscar 1,MLI,Gao,present,2026-11-20", "p2,Tango 2,MLI,Gao,present,2026-11-20"
	k := newPresenceFiles()
	second := func() string { return k.good()[0].People[1].ID.String() }
	take := func(e source.Event) {
		t.Helper()
		if _, err := k.take("roster.csv", e); err != nil {
			t.Fatal(err)
		}
	}
	take(roster(oscar, tango))
	take(roster(oscar, "p3,Victor 3,NER,,present,2026-11-20"))
	if second() != "p2" || len(k.troubles()) != 1 {
		t.Errorf("one replaced by another, read once: %s, %v", second(), k.troubles())
	}
	take(source.Event{Kind: source.KindSame})
	if second() != "p3" || len(k.troubles()) != 0 {
		t.Errorf("read twice: %s, %v", second(), k.troubles())
	}
}

func TestASourceWhoseFileIsGoneStillCovers(t *testing.T) {
	for _, block := range []string{"", "[[source]]\nname = \"radio\"\npath = \"feeds/radio.jsonl\"\n"} {
		d := newDesk(t, home+block)
		d.add("feeds/radio.jsonl", d.line("a", time.Hour, ""), d.line("b", 40*24*time.Hour, ""))
		d.open()
		d.await("the log", total(2))
		d.close()
		d.remove("feeds/radio.jsonl")
		d.open()
		v := d.await("the source, failed", func(v picture.View) bool { return sourceOf(v, "radio").State == health.Failed })
		s := sourceOf(v, "radio")
		if len(s.Info.Profile.Covers.Threats()) != 5 || s.Info.Format.String() != "native" || !strings.Contains(s.Reason.String(), health.NoData) {
			t.Errorf("with %q: %s %q covers %v", block, s.Info.Format, s.Reason, s.Info.Profile.Covers.Words())
		}
		if c, _ := v.Country(country.MLI); c.Coverage.State != health.Blind || c.Coverage.Since.IsZero() || v.Totals().Total != 2 {
			t.Errorf("with %q: %v since %v, %d incidents", block, c.Coverage.State, c.Coverage.Since, v.Totals().Total)
		}
		d.close()
	}
}

func TestARenamedSourceLeavesNoGhost(t *testing.T) {
	block := "[[source]]\nname = \"%s\"\npath = \"feeds/log.jsonl\"\nformat = \"native\"\n"
	d := newDesk(t, home+fmt.Sprintf(block, "radio"))
	d.add("feeds/log.jsonl", d.line("a", time.Minute, ""), d.line("b", 40*24*time.Hour, ""))
	d.open()
	d.await("the log", total(2))
	only := func(name string, records int) func(picture.View) bool {
		return func(v picture.View) bool {
			n := 0
			for range v.Sources() {
				n++
			}
			return n == 1 && sourceOf(v, name).Counts.Records == records && v.Totals().Total == records
		}
	}
	d.write("vigil.toml", home+fmt.Sprintf(block, "vhf"))
	d.await("the new name alone", only("vhf", 2))
	d.add("feeds/log.jsonl", d.line("c", time.Second, ""))
	d.await("a record under the new name", only("vhf", 3))
	d.close()
	d.open()
	defer d.close()
	d.await("the new name alone, after a restart", only("vhf", 3))
	d.write("vigil.toml", home)
	d.await("a file of its own", only("log", 3))
	d.write("vigil.toml", home+fmt.Sprintf(block, "vhf"))
	d.await("named again", only("vhf", 3))
}

// TestWhatComesTooLateBringsNoSourceBack: an event is under way while vigil.toml gives its file to another source.
func TestWhatComesTooLateBringsNoSourceBack(t *testing.T) {
	d := newDesk(t, home)
	d.add("feeds/log.jsonl", d.line("a", time.Minute, ""))
	d.open()
	defer d.close()
	d.await("the log", total(1))
	h := d.s.hub
	var f *feedFile
	e := source.Event{Spec: specFeeds, Kind: source.KindSame, File: filepath.Join(h.paths.Dir, "feeds", "log.jsonl"), At: d.clock.now()}
	taken := func() (is bool) {
		t.Helper()
		if err := h.doFor(t.Context(), f, e, func() { is = true }); err != nil {
			t.Fatal(err)
		}
		return is
	}
	if err := h.do(t.Context(), func() { f = h.feeds["log"].files["feeds/log.jsonl"] }); err != nil || !taken() {
		t.Fatalf("what comes in time is not taken, %v", err)
	}
	d.write("vigil.toml", home+"[[source]]\nname = \"vhf\"\npath = \"feeds/log.jsonl\"\nformat = \"native\"\n")
	d.await("its new name", func(v picture.View) bool { return sourceOf(v, "vhf").Counts.Records == 1 })
	if taken() {
		t.Error("it is taken all the same")
	}
	for s := range d.last.Sources() {
		if name := s.Info.Name.String(); name == "log" {
			t.Errorf("%s is back", name)
		}
	}
}
