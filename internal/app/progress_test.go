package app

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"vigil/internal/health"
	"vigil/internal/picture"
	"vigil/internal/source"
)

func TestHowFarTheFirstReadingIs(t *testing.T) {
	const mb = 1_000_000
	for _, tt := range []struct {
		p    picture.Progress
		want string
	}{
		{picture.Progress{}, "still reading the files"},
		{picture.Progress{Read: 50 * mb, Total: 200 * mb}, "still reading the files: 25 %, of 200.0 MB"},
		{picture.Progress{Read: 50 * mb, Total: 200 * mb, Rate: 25 * mb, Left: 6 * time.Second}, "still reading the files: 25 %, 25.0 MB/s, 6s left, of 200.0 MB"},
		{picture.Progress{Read: 199 * mb, Total: 200 * mb, Rate: 100 * mb, Left: 10 * time.Millisecond}, "still reading the files: 99 %, 100.0 MB/s, 1s left, of 200.0 MB"},
	} {
		if got := readingWords("the files", tt.p); got != tt.want {
			t.Errorf("%+v: %q, want %q", tt.p, got, tt.want)
		}
	}
}

// TestRateOfTheFirstReading: it is measured over all that is being read, and not told before it means something.
func TestRateOfTheFirstReading(t *testing.T) {
	began := time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC)
	h := &hub{
		reading:   map[string]bool{"a": true, "b": true, "c": false},
		progress:  map[string]source.Progress{"a": {Read: 30, Total: 100}, "b": {Read: 10, Total: 20}, "c": {Read: 500, Total: 500}},
		readSince: began,
	}
	if p := h.progressNow(began.Add(100 * time.Millisecond)); p.Read != 40 || p.Total != 120 || p.Rate != 0 {
		t.Errorf("too early: %+v", p)
	}
	if p := h.progressNow(began.Add(2 * time.Second)); p.Rate != 20 || p.Left != 4*time.Second {
		t.Errorf("after two seconds: %+v", p)
	}
}

// TestAReadingThatHangs blinds nobody: what else there is can be relied on, and what hangs is said.
func TestAReadingThatHangs(t *testing.T) {
	d := newDesk(t, home+"[[source]]\nname = \"far\"\npath = \"far.jsonl\"\n")
	h, err := load(d.options(), false, false)
	if err != nil {
		t.Fatal(err)
	}
	for spec := range h.reading {
		h.reading[spec] = spec == "source:far" || spec == specFeeds
	}
	h.caughtUp(source.Event{Spec: specFeeds, Kind: source.KindLines, At: d.clock.now()})
	if desk := h.describe(); desk.Reading.IsZero() || len(desk.Trouble) > 0 {
		t.Errorf("at first: %q, %v", desk.Reading, desk.Trouble)
	}
	d.clock.forward(stuckAfter + time.Second)
	h.caughtUp(source.Event{Spec: specFeeds, Kind: source.KindLines, At: d.clock.now()})
	if desk := h.describe(); desk.Reading.IsZero() || len(desk.Trouble) != 1 || !strings.HasPrefix(desk.Trouble[0].String(), "far: ") {
		t.Errorf("while one comes on: %q, %v", desk.Reading, desk.Trouble)
	}
	h.caughtUp(source.Event{Spec: specFeeds, Kind: source.KindCaughtUp, At: d.clock.now()})
	if desk := h.describe(); !desk.Reading.IsZero() || len(desk.Trouble) != 1 || !h.unread() {
		t.Errorf("when only one hangs: %q, %v", desk.Reading, desk.Trouble)
	}
	a := &ahead{files: []source.LargeFile{{Spec: "source:far"}}}
	if a.stands(h) {
		t.Error("the end of a file that hangs keeps the rest from being shown")
	}
	// What vigil.toml names no longer is not waited for.
	h.config.Sources = nil
	h.fetchInto(h.fetched)
	if desk := h.describe(); h.unread() || len(desk.Trouble) > 0 {
		t.Errorf("without it: unread %t, %v", h.unread(), desk.Trouble)
	}
}

// TestHalfReadFileIsNotStale: while a file is read for the first time, the records so far do not say how old its content is.
func TestHalfReadFileIsNotStale(t *testing.T) {
	d := newDesk(t, home)
	h, err := load(d.options(), false, false)
	if err != nil {
		t.Fatal(err)
	}
	h.reading[specFeeds] = true
	bring := func(offset int64, ago time.Duration) picture.Source {
		t.Helper()
		line := d.line(fmt.Sprint("R-", offset), ago, "")
		e := source.Event{
			Kind: source.KindLines, Spec: specFeeds, File: d.path("feeds/radio.jsonl"), Generation: 1, At: d.clock.now(), ModTime: d.clock.now(),
			Size: 9 * source.MaxLine, Position: source.Position{Offset: offset}, Lines: []source.Line{{Number: 1, Text: []byte(line)}},
		}
		f := h.feedFile(e, "")
		b := batch{event: e, lines: f.decode(source.Event{Lines: e.Lines, At: e.At}, h.store.Prepare)}
		h.takeLines(f, b)
		if err := b.lines.wait(); err != nil {
			t.Fatal(err)
		}
		h.store.SetDesk(h.describe())
		return sourceOf(h.store.Publish(d.clock.now()).For(picture.DutyOfficer), "radio")
	}
	if s := bring(source.MaxLine, 1000*time.Hour); !s.Unread || s.Counts.Records != 1 {
		t.Errorf("in the middle: unread %t, %s %q", s.Unread, s.State, s.Reason)
	}
	if s := bring(9*source.MaxLine, time.Minute); s.Unread || s.State != health.Live {
		t.Errorf("at the end: unread %t, %s %q", s.Unread, s.State, s.Reason)
	}
	for c := range h.store.Publish(d.clock.now()).For(picture.DutyOfficer).Changes(0) {
		if c.Kind == picture.SourceChanged && c.To != health.Live {
			t.Errorf("it is told to be %s: %q", c.To, c.Reason)
		}
	}
}

// TestHowFarReadingBackIs: how much of the intake was read is told, too, and it ends with all of it.
func TestHowFarReadingBackIs(t *testing.T) {
	d := newDesk(t, home)
	lines := make([]string, 3*askEvery)
	for k := range lines {
		lines[k] = d.line(fmt.Sprint("R-", k), time.Hour, "")
	}
	d.add("feeds/radio.jsonl", lines...)
	d.open()
	d.await("all of it", func(v picture.View) bool { return v.Len() == len(lines) })
	d.close()
	h, err := load(d.options(), false, false)
	if err != nil {
		t.Fatal(err)
	}
	var reads []int64
	h.restore(intakeDir(h.paths), func(read int64) bool {
		reads = append(reads, read)
		return true
	})
	if size := intakeSize(intakeDir(h.paths)); len(reads) < 3 || !slices.IsSorted(reads) || reads[0] == 0 || reads[len(reads)-1] > size {
		t.Errorf("read %v of %d bytes", reads, size)
	}
}
