package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"vigil/internal/fault"
	"vigil/internal/health"
	"vigil/internal/intake"
	"vigil/internal/picture"
	"vigil/internal/source"
)

// noted reports whether something stands against levels and presence; the empty word is nothing at all.
func noted(word string) func(picture.View) bool {
	return func(v picture.View) bool {
		if word == "" {
			return len(v.Notes()) == 0
		}
		return strings.Contains(fmt.Sprint(v.Notes()), word)
	}
}

// TestAFigureCutShortIsNotShown: a file that ends inside its last figure reads as well as a whole one.
func TestAFigureCutShortIsNotShown(t *testing.T) {
	const file, whole = "presence/mli.csv", "country,organization,as_of,count\nMLI,UNDP,2026-11-20,120\n"
	p := newPresenceFiles()
	take := func(kind source.Kind, text string) (people int, trouble string) {
		t.Helper()
		if _, err := p.take(file, source.Event{Kind: kind, Data: []byte(text)}); err != nil {
			t.Fatal(err)
		}
		return p.good()[0].Headcounts[0].Count, fmt.Sprint(p.troubles())
	}
	cut := strings.TrimSuffix(whole, "0\n")
	for _, step := range []struct {
		kind    source.Kind
		text    string
		people  int
		trouble bool
	}{
		{source.KindSnapshot, whole, 120, false},
		{source.KindSnapshot, cut, 120, true},
		{source.KindSnapshot, whole, 120, false},
		{source.KindSnapshot, cut, 120, true},
		{source.KindSame, "", 12, false}, // many programs write no line end after the last line
	} {
		people, trouble := take(step.kind, step.text)
		if people != step.people || (trouble != "[]") != step.trouble {
			t.Errorf("%v %q: %d people, %s", step.kind, step.text, people, trouble)
		}
	}
}

func TestWhatStandsAgainstAFileGoesWithIt(t *testing.T) {
	d := newDesk(t, home)
	good := fmt.Sprintf(levels, 4)
	d.write("levels/mli.yaml", good)
	d.open()
	defer d.close()
	d.await("the levels", func(v picture.View) bool { return highest(v) == 4 && noted("")(v) })
	for _, tt := range []struct{ name, bad, why string }{
		{"half-written", good[:strings.Index(good, "level: 4")+3], "not complete"},
		{"wrong", strings.ReplaceAll(good, "level:", "lvl:"), "errors"},
	} {
		d.write("levels/mli.yaml", tt.bad)
		v := d.await(tt.name, noted(tt.why))
		if highest(v) != 4 {
			t.Errorf("%s: level %d is shown, want the 4 of before", tt.name, highest(v))
		}
		d.write("levels/mli.yaml", good)
		d.await("nothing against it once it is well again, after: "+tt.name, noted(""))
	}
	if err := os.Remove(d.path("levels/mli.yaml")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(os.DevNull, d.path("levels/mli.yaml")); err != nil {
		t.Fatal(err)
	}
	d.await("a link out of the desk, refused", noted("leads out of the desk"))
	d.write("levels/mli.yaml", good)
	d.await("nothing against it once it is a file again", noted(""))
}

// TestADirectoryThatCannotBeSeen: what is in it may change unseen, so nothing in it is live.
func TestADirectoryThatCannotBeSeen(t *testing.T) {
	d := newDesk(t, home)
	d.add("feeds/radio.jsonl", d.line("a", time.Minute, ""))
	d.add("feeds/partner.jsonl", d.line("b", time.Minute, ""))
	d.open()
	defer d.close()
	states := func(want health.State) func(picture.View) bool {
		return func(v picture.View) bool {
			return sourceOf(v, "radio").State == want && sourceOf(v, "partner").State == want
		}
	}
	d.await("both sources", states(health.Live))
	away := filepath.Join(t.TempDir(), "feeds")
	if err := errors.Join(os.Rename(d.path("feeds"), away), os.Symlink(away, d.path("feeds"))); err != nil {
		t.Fatal(err)
	}
	d.await("both failed behind a link out of the desk", states(health.Failed))
	if err := errors.Join(os.Remove(d.path("feeds")), os.Rename(away, d.path("feeds"))); err != nil {
		t.Fatal(err)
	}
	d.await("both live again", states(health.Live))
}

func TestARotatedLogStaysItsSource(t *testing.T) {
	for _, name := range []string{"feeds/radio.jsonl.1", "feeds/radio-20261120.jsonl"} {
		t.Run(filepath.Base(name), func(t *testing.T) {
			d := newDesk(t, home)
			unnamed := func(id string) string {
				return strings.Replace(d.line(id, time.Minute, ""), `"source":"room",`, "", 1)
			}
			d.add("feeds/radio.jsonl", unnamed("a"))
			d.open()
			d.await("the log", total(1))
			if err := os.Rename(d.path("feeds/radio.jsonl"), d.path(name)); err != nil {
				t.Fatal(err)
			}
			d.add("feeds/radio.jsonl", unnamed("b"), unnamed("c"))
			d.await("the new one", total(3))
			d.add(name, unnamed("late"))
			v := d.await("a late line of the old one", total(4))
			if c := sourceOf(v, "radio").Counts; c.Records != 2 {
				t.Errorf("the log holds 2 records, %d are counted", c.Records)
			}
			d.close()
			d.open()
			defer d.close()
			v = d.await("the same after a restart", func(v picture.View) bool {
				return sourceOf(v, "radio").Counts.Records == 4
			})
			if n := v.Totals().Total; n != 4 || len(sourceNames(v)) != 1 {
				t.Errorf("%d incidents of the sources %v, want 4 of radio", n, sourceNames(v))
			}
			if err := os.Remove(d.path(name)); err != nil {
				t.Fatal(err)
			}
			v = d.await("the old log, removed", func(v picture.View) bool { return sourceOf(v, "radio").Counts.Records == 2 })
			if s := sourceOf(v, "radio"); s.State != health.Live || s.Retained != 2 || v.Totals().Total != 4 {
				t.Errorf("without the old log: %v %q, %d retained, %d incidents", s.State, s.Reason, s.Retained, v.Totals().Total)
			}
		})
	}
}

func TestARotationWhileNobodyWatchedLosesNothing(t *testing.T) {
	d := newDesk(t, home)
	d.add("feeds/radio.jsonl", d.line("a", 50*time.Hour, ""))
	d.open()
	d.await("the log", total(1))
	d.close()
	d.clock.forward(time.Minute)
	d.add("feeds/radio.jsonl", d.line("b", time.Hour, ""))
	if err := os.Rename(d.path("feeds/radio.jsonl"), d.path("feeds/radio.jsonl.1")); err != nil {
		t.Fatal(err)
	}
	d.add("feeds/radio.jsonl", d.line("c", time.Minute, ""))
	d.open()
	defer d.close()
	v := d.await("all three", total(3))
	if gaps := sourceOf(v, "radio").Facts.Gaps; len(gaps) != 0 {
		t.Errorf("gaps %v, although the old log lies beside the new one", gaps)
	}
}

// TestAnEditElsewhereReadsNothingAgain: only what a [[source]] block says of its content does.
func TestAnEditElsewhereReadsNothingAgain(t *testing.T) {
	const block = "[[source]]\nname = \"radio\"\npath = \"feeds/radio.jsonl\"\nexpect = \"%s\"\ncovers = [\"crime\"]\nhandling = \"%s\"\n"
	read := func(text string) string {
		config, problems := parseConfig(t.TempDir(), []byte(text))
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		return specVersion(&config.Sources[0])
	}
	before := read(fmt.Sprintf(block, "12h", "internal"))
	if after := read("name = \"Desk\"\n\n" + fmt.Sprintf(block, "6h", "internal")); after != before {
		t.Errorf("%q after an edit elsewhere, %q before", after, before)
	}
	if after := read(fmt.Sprintf(block, "12h", "restricted")); after == before {
		t.Error("another handling does not read the file anew")
	}
}

func TestAFaultEndsTheSession(t *testing.T) {
	const name = "Ansongo team, room 4"
	d := newDesk(t, home)
	d.open()
	if err := d.s.hub.do(t.Context(), func() { panic(name) }); err != nil {
		t.Fatal(err)
	}
	for range d.s.Pictures() { // until it is closed
	}
	err := d.s.Close()
	var f *fault.Error
	if !errors.As(err, &f) || strings.Contains(err.Error(), name) {
		t.Errorf("got %v, want a fault without its value", err)
	}
}

// TestLeavingWhileTheIntakeIsRead must not forget how far files had been read.
func TestLeavingWhileTheIntakeIsRead(t *testing.T) {
	d := newDesk(t, home)
	d.add("feeds/radio.jsonl", d.line("a", time.Hour, ""))
	d.open()
	d.await("the log", total(1))
	d.close()
	before, err := intake.ReadState(intakeDir(d.s.hub.paths))
	if err != nil {
		t.Fatal(err)
	}
	ctx, leave := context.WithCancel(t.Context())
	leave()
	s, err := Open(ctx, d.options())
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	after, err := intake.ReadState(intakeDir(d.s.hub.paths))
	if err != nil || string(after.Body) != string(before.Body) {
		t.Errorf("the state was %s, and is %s: %v", before.Body, after.Body, err)
	}
}

func sourceNames(v picture.View) (names []string) {
	for s := range v.Sources() {
		names = append(names, s.Info.Name.String())
	}
	return names
}

// TestALongFirstRecordHidesNothing: a format is recognised by the first bytes of a file.
func TestALongFirstRecordHidesNothing(t *testing.T) {
	d := newDesk(t, home)
	at := d.clock.now().Format(time.RFC3339)
	d.add("feeds/long.jsonl", fmt.Sprintf(`{"details":%q,"id":"long","act":"shooting","country":"MLI","occurred":%q}`, strings.Repeat("x", 8000), at), d.line("a", time.Hour, ""))
	d.add("feeds/toolong.jsonl", `{"details":"`+strings.Repeat("x", source.MaxLine)+`"}`, d.line("b", time.Hour, ""))
	d.open()
	defer d.close()
	v := d.await("the records of both", total(3))
	if c := sourceOf(v, "toolong").Counts; c.Rejected != 1 || c.Records != 2 {
		t.Errorf("a record over the limit: %+v, want it counted as rejected", c)
	}
}

// TestCheckNamesTheLineThatDoesNotEnd, once it has stood there for longer than writing it takes.
func TestCheckNamesTheLineThatDoesNotEnd(t *testing.T) {
	d := newDesk(t, home)
	d.write("feeds/radio.jsonl", d.line("a", time.Hour, "")+"\n"+`{"id":"b","act":"rio`)
	for name, age := range map[string]time.Duration{"": time.Second, "feeds/radio.jsonl:2: an incomplete record at the end of the file": time.Minute} {
		at := d.clock.now().Add(-age)
		if err := os.Chtimes(d.path("feeds/radio.jsonl"), at, at); err != nil {
			t.Fatal(err)
		}
		report, err := Check(t.Context(), d.options())
		if err != nil {
			t.Fatal(err)
		}
		var said string
		for _, p := range report.Problems {
			said += p.String()
		}
		if (name == "") != (said == "") || !strings.HasPrefix(said, name) {
			t.Errorf("%v old: %q, want %q", age, said, name)
		}
	}
}

// TestCheckOfOneRecordThatDoesNotEnd: there is no earlier content that could be kept.
func TestCheckOfOneRecordThatDoesNotEnd(t *testing.T) {
	d := newDesk(t, home)
	d.write("feeds/radio.jsonl", d.line("a", time.Hour, ""))
	for _, age := range []time.Duration{time.Second, time.Minute} {
		at := d.clock.now().Add(-age)
		if err := os.Chtimes(d.path("feeds/radio.jsonl"), at, at); err != nil {
			t.Fatal(err)
		}
		report, err := Check(t.Context(), d.options())
		if err != nil || len(report.Problems) != 1 || !strings.HasPrefix(report.Problems[0].String(), "feeds/radio.jsonl:1: the first record is not whole, and nothing is read before it is: end its line with a line feed") {
			t.Errorf("%v old: %v, %v", age, report.Problems, err)
		}
	}
}

// TestAPatternOfASourceTakesItsFiles from feeds/, at the start and while the desk is open, and gives them back.
func TestAPatternOfASourceTakesItsFiles(t *testing.T) {
	d := newDesk(t, home)
	d.add("feeds/radio-1.jsonl", d.line("a", time.Hour, ""))
	d.add("feeds/radio-2.jsonl", d.line("b", time.Hour, ""))
	d.add("feeds/other.jsonl", d.line("c", time.Hour, ""))
	d.open()
	defer d.close()
	names := func(v picture.View) (list []string) {
		for s := range v.Sources() {
			list = append(list, fmt.Sprint(s.Info.Name, " ", s.Counts.Records))
		}
		slices.Sort(list)
		return list
	}
	apart := []string{"other 1", "radio-1 1", "radio-2 1"}
	d.await("each file as its own", func(v picture.View) bool { return slices.Equal(names(v), apart) })
	block := "[[source]]\nname = \"radio\"\npath = \"feeds/radio-*.jsonl\"\n"
	d.write("vigil.toml", home+block)
	d.await("one source of two files", func(v picture.View) bool {
		return slices.Equal(names(v), []string{"other 1", "radio 2"}) && v.Len() == 3
	})
	report, err := Check(t.Context(), d.options())
	if err != nil || len(report.Problems) > 0 || len(report.Ignored) > 0 {
		t.Errorf("check: %+v, %v, %v", report.Problems, report.Ignored, err)
	}
	d.write("vigil.toml", home)
	d.await("each as its own again", func(v picture.View) bool { return slices.Equal(names(v), apart) })
}

// TestAnExportWithoutRecordsWithdrawsNothing, unless the desk says that nothing is an answer.
func TestAnExportWithoutRecordsWithdrawsNothing(t *testing.T) {
	for _, answer := range []bool{false, true} {
		t.Run(fmt.Sprintf("empty_ok %t", answer), func(t *testing.T) {
			d := newDesk(t, home+fmt.Sprintf("[[source]]\nname = \"attacks\"\npath = \"feeds/awsd.csv\"\nempty_ok = %t\n", answer))
			d.write("feeds/awsd.csv", tableHead+tableRow("1")+tableRow("2"))
			d.open()
			defer d.close()
			d.await("both", func(v picture.View) bool { return v.Totals().Total == 2 })
			d.write("feeds/awsd.csv", tableHead)
			v := d.await("the empty one", func(v picture.View) bool { return sourceOf(v, "attacks").Counts.Records == 0 })
			if s := sourceOf(v, "attacks"); strings.Contains(s.Reason.String(), "2 that it listed before are not withdrawn") == answer ||
				strings.Contains(fmt.Sprint(s.Problems), "there is no record in it") == answer {
				t.Errorf("%s %q, %v", s.State, s.Reason, s.Problems)
			}
			if answer {
				d.await("what is withdrawn after two equal reads", func(v picture.View) bool { return v.Totals().Cancelled == 2 })
				return
			}
			for range 3 { // looks
				d.s.look <- d.clock.now()
			}
			d.add("feeds/radio.jsonl", d.line("a", time.Hour, ""))
			if v = d.await("what came after the looks", func(v picture.View) bool { return v.Len() == 3 }); v.Totals().Cancelled > 0 {
				t.Errorf("withdrawn: %+v", v.Totals())
			}
		})
	}
}
