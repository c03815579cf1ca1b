package app

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"vigil/internal/country"
	"vigil/internal/health"
	"vigil/internal/picture"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// watch is a clock that tests move.
type watch struct{ at atomic.Int64 }

func newWatch(t time.Time) *watch {
	w := &watch{}
	w.at.Store(t.UnixNano())
	return w
}

func (w *watch) now() time.Time          { return time.Unix(0, w.at.Load()).UTC() }
func (w *watch) forward(d time.Duration) { w.at.Add(int64(d)) }

// desk is a real directory with an open session on it.
type testDesk struct {
	t     *testing.T
	dir   string
	clock *watch
	rings bool          // alarms ring
	waits time.Duration // of options
	still bool          // waiting moves no clock: for what depends on another process's signs of life
	s     *Session
	start func() // lets a session of begin run
	last  picture.View
}

// deskTime is the time of the machine: the modification times of files are real, too.
func newDesk(t *testing.T, config string) *testDesk {
	t.Helper()
	d := &testDesk{t: t, dir: t.TempDir(), clock: newWatch(time.Now().UTC())}
	for _, sub := range []string{"feeds", "levels", "presence", "calendar", "profiles"} {
		if err := os.Mkdir(filepath.Join(d.dir, sub), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	d.write("vigil.toml", config)
	return d
}

func (d *testDesk) path(name string) string { return filepath.Join(d.dir, filepath.FromSlash(name)) }

// write replaces a file whole, by a rename.
func (d *testDesk) write(name, text string) {
	d.t.Helper()
	tmp := d.path("." + filepath.Base(name) + ".tmp")
	if err := os.WriteFile(tmp, []byte(text), 0o644); err != nil {
		d.t.Fatal(err)
	}
	if err := os.Rename(tmp, d.path(name)); err != nil {
		d.t.Fatal(err)
	}
}

func (d *testDesk) add(name string, lines ...string) {
	d.t.Helper()
	f, err := os.OpenFile(d.path(name), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		d.t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteString(strings.Join(lines, "\n") + "\n"); err != nil {
		d.t.Fatal(err)
	}
}

func (d *testDesk) options() Options {
	return Options{Dir: d.dir, Now: d.clock.now, Version: "test", quiet: !d.rings, patience: d.waits}
}

func (d *testDesk) open() *testDesk {
	d.t.Helper()
	s, err := Open(d.t.Context(), d.options())
	if err != nil {
		d.t.Fatal(err)
	}
	d.s = s
	return d
}

func (d *testDesk) close() {
	d.t.Helper()
	if err := d.s.Close(); err != nil {
		d.t.Error(err)
	}
}

// patience is how long a test waits for what must come at once; it only ends a test that fails.
const patience = 20 * time.Second

// await takes pictures until one is as wanted. It asks for looks, as a minute's waiting would bring.
func (d *testDesk) await(what string, want func(picture.View) bool) picture.View {
	d.t.Helper()
	limit := time.NewTimer(patience)
	defer limit.Stop()
	look := time.NewTicker(100 * time.Millisecond)
	defer look.Stop()
	for {
		select {
		case p, open := <-d.s.Pictures():
			if !open {
				d.t.Fatalf("the session ended before: %s", what)
			}
			d.last = p.For(picture.DutyOfficer)
			if want(d.last) {
				return d.last
			}
		case <-look.C:
			if !d.still {
				d.clock.forward(time.Second) // a second look proves something only later than the first
			}
			d.s.Refresh()
		case <-limit.C:
			d.t.Fatalf("never came: %s\nlast: %+v", what, describe(d.last))
		}
	}
}

func describe(v picture.View) string {
	if v.IsZero() {
		return "no picture"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%+v notes %v trouble %v recording %q\n", v.Totals(), v.Notes(), v.Desk().Trouble, v.Desk().Recording)
	for s := range v.Sources() {
		fmt.Fprintf(&b, "%s %s %q %+v listed %d retained %d\n", s.Info.Name, s.State, s.Reason, s.Counts, s.Listed, s.Retained)
	}
	return b.String()
}

func total(n int) func(picture.View) bool {
	return func(v picture.View) bool { return v.Totals().Total == n }
}

func sourceOf(v picture.View, name string) picture.Source {
	for s := range v.Sources() {
		if s.Info.Name.String() == name {
			return *s
		}
	}
	return picture.Source{}
}

// line is a native record of something that happened so long ago.
func (d *testDesk) line(id string, ago time.Duration, more string) string {
	at := d.clock.now().Add(-ago).Format(time.RFC3339)
	return fmt.Sprintf(`{"id":%q,"source":"room","occurred":%q,"reported":%q,"country":"MLI","act":"shooting","threat":"armed_conflict"%s}`, id, at, at, more)
}

const home = "name = \"Test desk\"\ncountries = [\"MLI\"]\n"

func TestRecordsArriveWhileTheDeskIsOpen(t *testing.T) {
	d := newDesk(t, home)
	d.add("feeds/radio.jsonl", d.line("a", time.Hour, ""))
	d.open()
	defer d.close()
	d.await("the first record", total(1))
	d.add("feeds/radio.jsonl", d.line("b", time.Minute, ""), "not a record")
	v := d.await("a second record and a rejected one", func(v picture.View) bool {
		return total(2)(v) && sourceOf(v, "radio").Counts.Rejected == 1
	})
	if s := sourceOf(v, "radio"); s.State != health.Live || s.ProblemsTotal != 1 || s.Problems[0].Line != 3 {
		t.Errorf("radio is %v with problems %v", s.State, s.Problems)
	}
	d.add("feeds/late.jsonl", d.line("c", time.Minute, ""))
	d.await("a record of a file dropped into feeds", total(3))
	if c, _ := d.last.Country(country.MLI); c.Day.Sure != 3 {
		t.Errorf("%d incidents in Mali today, want 3", c.Day.Sure)
	}
}

func TestARotatedLogLosesNothing(t *testing.T) {
	d := newDesk(t, home)
	d.add("feeds/radio.jsonl", d.line("a", 50*time.Hour, ""), d.line("b", 3*time.Hour, ""))
	d.open()
	d.await("the log", total(2))
	if err := os.Rename(d.path("feeds/radio.jsonl"), d.path("radio.1")); err != nil {
		t.Fatal(err)
	}
	d.add("feeds/radio.jsonl", d.line("c", time.Minute, ""))
	v := d.await("the new log beside the old records", total(3))
	if s := sourceOf(v, "radio"); s.Counts.Records != 1 || s.Retained != 2 {
		t.Errorf("after the rotation %+v retained %d", s.Counts, s.Retained)
	}
	d.close()
	d.open()
	defer d.close()
	v = d.await("the same after a restart", func(v picture.View) bool {
		return total(3)(v) && sourceOf(v, "radio").Counts.Records == 1
	})
	if s := sourceOf(v, "radio"); s.Retained != 2 {
		t.Errorf("after the restart retained %d, want 2", s.Retained)
	}
	if c, _ := v.Country(country.MLI); c.Week.Sure != 3 {
		t.Errorf("after the restart %d incidents this week, want 3", c.Week.Sure)
	}
}

func TestALogReplacedWhileNobodyWatchedIsAGap(t *testing.T) {
	d := newDesk(t, home)
	d.add("feeds/radio.jsonl", d.line("a", 50*time.Hour, ""), d.line("b", 30*time.Hour, ""))
	d.open()
	d.await("the log", total(2))
	d.close()
	d.open()
	d.await("the log again", total(2))
	if s := sourceOf(d.last, "radio"); len(s.Facts.Gaps) != 0 {
		t.Errorf("gaps %v after a restart with the same log", s.Facts.Gaps)
	}
	d.close()
	d.clock.forward(10 * time.Hour)
	if err := os.Remove(d.path("feeds/radio.jsonl")); err != nil {
		t.Fatal(err)
	}
	d.add("feeds/radio.jsonl", d.line("c", time.Minute, ""))
	d.open()
	defer d.close()
	v := d.await("the new log", total(3))
	if s := sourceOf(v, "radio"); len(s.Facts.Gaps) != 1 {
		t.Errorf("gaps %v: what the old log got after we closed is lost", s.Facts.Gaps)
	}
	if c, _ := v.Country(country.MLI); c.Day.Known || c.Day.Sure != 1 {
		t.Errorf("and the day is %+v", c.Day)
	}
}

func TestTwoWeeksLaterTheWindowIsWhole(t *testing.T) {
	d := newDesk(t, home)
	item := func(id string, at time.Time) string {
		return fmt.Sprintf(`<item><title>Green flood alert</title><guid>FL%s</guid><pubDate>%s</pubDate>
<gdacs:eventtype>FL</gdacs:eventtype><gdacs:alertlevel>Green</gdacs:alertlevel><gdacs:eventid>%s</gdacs:eventid><gdacs:episodeid>1</gdacs:episodeid>
<gdacs:iso3>MLI</gdacs:iso3><gdacs:country>Mali</gdacs:country><gdacs:fromdate>%s</gdacs:fromdate><gdacs:todate>%s</gdacs:todate></item>`,
			id, at.Format(time.RFC1123), id, at.Format(time.RFC1123), at.Format(time.RFC1123))
	}
	feed := func(at time.Time, items ...string) string {
		return `<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:gdacs="http://www.gdacs.org"><channel><title>GDACS RSS information 24h</title><pubDate>` +
			at.Format(time.RFC1123) + `</pubDate>` + strings.Join(items, "") + `</channel></rss>`
	}
	start := d.clock.now()
	d.write("feeds/gdacs.xml", feed(start, item("1", start.Add(-2*time.Hour))))
	d.open()
	d.await("the first alert", total(1))
	d.close()

	d.clock.forward(14 * 24 * time.Hour)
	later := d.clock.now()
	d.write("feeds/gdacs.xml", feed(later, item("2", later.Add(-time.Hour))))
	d.open()
	defer d.close()
	v := d.await("both alerts", total(2))
	s := sourceOf(v, "gdacs")
	if s.Retained != 1 || s.Counts.Records != 1 {
		t.Errorf("%+v retained %d, want 1 record and 1 retained", s.Counts, s.Retained)
	}
	if len(s.Facts.Gaps) != 1 {
		t.Errorf("gaps %v: thirteen days of a feed that reaches back one are lost", s.Facts.Gaps)
	}
}

const levels = "country: MLI\nscheme: un-sls\nauthority: UNDSS\nreviewed: 2026-01-01\nareas:\n" +
	"  - {name: Gao region, level: %d, places: [Gao]}\n"

func TestLevelsChangeAndBadEditsDoNot(t *testing.T) {
	d := newDesk(t, home)
	d.write("levels/mli.yaml", fmt.Sprintf(levels, 4)+"  - {name: Bamako, level: 3}\n")
	d.open()
	defer d.close()
	at := func(minimum, maximum int) func(picture.View) bool {
		return func(v picture.View) bool {
			c, ok := v.Country(country.MLI)
			return ok && c.Levels != nil && c.Level.Min == minimum && c.Level.Max == maximum
		}
	}
	d.await("the levels", at(3, 4))
	if len(d.last.LevelChanges(time.Time{})) != 0 {
		t.Error("what stood at the first reading is called a change")
	}
	d.write("levels/mli.yaml", fmt.Sprintf(levels, 5)+"  - {name: Bamako, level: 3}\n")
	v := d.await("a higher level", at(3, 5))
	changes := v.LevelChanges(time.Time{})
	if len(changes) != 1 || changes[0].From != 4 || changes[0].To != 5 || changes[0].Area.String() != "Gao region" {
		t.Errorf("changes %+v", changes)
	}
	d.write("levels/mli.yaml", fmt.Sprintf(levels, 9)+"  - {name: Bamako, level: 3}\n")
	v = d.await("the bad edit, said", func(v picture.View) bool { return len(v.Notes()) > 0 })
	if !at(3, 5)(v) {
		t.Error("a bad edit changed the levels")
	}
	d.write("levels/mli.yaml", fmt.Sprintf(levels, 5))
	d.await("an area gone, after two equal reads", at(5, 5))
	d.await("nothing to say against it", func(v picture.View) bool { return len(v.Notes()) == 0 })
}

func TestAnOldCopyIsOld(t *testing.T) {
	d := newDesk(t, home)
	d.open()
	defer d.close()
	d.await("an empty desk", total(0))
	d.add("feeds/copied.jsonl", d.line("a", 90*24*time.Hour, ""))
	v := d.await("the copied file", total(1))
	if s := sourceOf(v, "copied"); s.State != health.Stale {
		t.Errorf("a file of three months ago, copied now, is %v", s.State)
	}
	if c, _ := v.Country(country.MLI); c.Coverage.State != health.Blind || c.Day.Known {
		t.Errorf("and Mali is %v", c.Coverage.State)
	}
}

func TestConfigIsReloadedOrKept(t *testing.T) {
	d := newDesk(t, home)
	d.open()
	defer d.close()
	d.await("the name", func(v picture.View) bool { return v.Desk().Name.String() == "Test desk" })
	d.write("vigil.toml", "name = \"Renamed\"\ncountries = [\"MLI\", \"NER\"]\n")
	d.await("the new name", func(v picture.View) bool {
		_, niger := v.Country(country.NER)
		return v.Desk().Name.String() == "Renamed" && niger
	})
	d.write("vigil.toml", "name = \"Broken\"\nnonsense = 1\n")
	v := d.await("the bad edit, said", func(v picture.View) bool { return len(v.Desk().Trouble) > 0 })
	if v.Desk().Name.String() != "Renamed" || !strings.Contains(v.Desk().Trouble[0].String(), "vigil.toml:2:1") {
		t.Errorf("%q, %v", v.Desk().Name, v.Desk().Trouble)
	}
	d.write("vigil.toml", "name = \"Drill\"\nexercise = true\n")
	v = d.await("the flag, refused", func(v picture.View) bool { return v.Desk().Name.String() == "Drill" })
	if v.Desk().Exercise || len(v.Desk().Trouble) == 0 {
		t.Errorf("exercise %v, trouble %v", v.Desk().Exercise, v.Desk().Trouble)
	}
}

func TestTwoProcessesOneCollector(t *testing.T) {
	d := newDesk(t, home)
	d.add("feeds/radio.jsonl", d.line("a", time.Hour, ""))
	d.open()
	defer d.close()
	d.await("the record", total(1))
	second := &testDesk{t: t, dir: d.dir, clock: d.clock}
	second.open()
	v := second.await("the record, read by itself", total(1))
	if word := v.Desk().Recording; !word.IsZero() {
		t.Errorf("a second console says %q; the first one records", word)
	}
	second.close()
	p, err := Snapshot(t.Context(), d.options(), time.Time{}, time.Time{})
	if err != nil || p.For(picture.DutyOfficer).Totals().Total != 1 {
		t.Errorf("a one-shot command beside the collector: %v", err)
	}
}

func TestWhatCannotBeRecordedIsSaid(t *testing.T) {
	d := newDesk(t, home)
	d.add("feeds/radio.jsonl", d.line("a", time.Hour, ""))
	d.write("intake", "this is a file where the intake should be")
	d.open()
	defer d.close()
	v := d.await("the record all the same", total(1))
	if !strings.Contains(v.Desk().Recording.String(), "not recorded") {
		t.Errorf("recording is %q", v.Desk().Recording)
	}
}

func TestAsKnownThen(t *testing.T) {
	d := newDesk(t, home)
	d.add("feeds/radio.jsonl", d.line("a", time.Hour, ""))
	d.open()
	d.await("the first record", total(1))
	then := d.clock.now()
	d.clock.forward(24 * time.Hour)
	d.add("feeds/radio.jsonl", d.line("b", 48*time.Hour, ""))
	d.await("a late report", total(2))
	d.close()
	for _, tt := range []struct {
		name         string
		known, valid time.Time
		want         int
	}{
		{"now", time.Time{}, time.Time{}, 2},
		{"as known then", then.Add(time.Hour), time.Time{}, 1},
		{"known today, as of then", time.Time{}, then.Add(time.Minute), 2},
		{"before anything was known", then.Add(-time.Hour), time.Time{}, 0},
	} {
		p, err := Snapshot(t.Context(), d.options(), tt.known, tt.valid)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.For(picture.DutyOfficer).Totals().Total; got != tt.want {
			t.Errorf("%s: %d incidents, want %d", tt.name, got, tt.want)
		}
	}
	if _, err := Snapshot(t.Context(), d.options(), time.Time{}, d.clock.now().Add(time.Hour)); err == nil {
		t.Error("a picture of the future was made")
	}
}
