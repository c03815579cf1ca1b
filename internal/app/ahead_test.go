package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vigil/internal/feed/feedtest"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/picture"
)

// aheadDesk is a desk with a large feed and a small one, and a session on it that has read nothing but what is shown
// ahead of the reading.
func aheadDesk(t *testing.T, records int) (d *testDesk, p *picture.Picture) {
	t.Helper()
	d = newDesk(t, home)
	var large []string
	for n := range records {
		large = append(large, d.line(fmt.Sprintf("L-%04d", n), time.Duration(records-n)*time.Minute, ""))
	}
	d.add("feeds/large.jsonl", large...)
	d.add("feeds/small.jsonl", d.line("S-1", 30*time.Second, `,"title":"whole"`), "no record")
	d.write("levels/mli.yaml", fmt.Sprintf(levels, 4))
	return d, d.begin()
}

// begin opens a session that reads nothing before its picture ahead of the reading is there; the rest follows when the
// mailbox is emptied.
func (d *testDesk) begin() *picture.Picture {
	d.t.Helper()
	o := d.options()
	o.Ahead, o.sizes = true, sizes{from: 1, over: 8 << 10, tail: 4 << 10}
	s, c, err := begin(o)
	if err != nil {
		d.t.Fatal(err)
	}
	ctx, stop := context.WithCancel(d.t.Context())
	s.stop = stop
	d.s = s
	if s.ahead = s.lookAhead(ctx); s.ahead == nil {
		d.t.Fatal("nothing is shown ahead")
	}
	s.awaitAhead(ctx)
	d.start = func() { go s.run(ctx, c) }
	select {
	case p := <-s.Pictures():
		return p
	default:
		d.t.Fatal("no picture ahead of the reading")
		return nil
	}
}

func identities(v picture.View) map[string]picture.ID {
	all := map[string]picture.ID{}
	for id := range v.Incidents() {
		all[v.Identity(id).ID.String()] = id
	}
	return all
}

// TestTheEndsOfLargeFilesAreShownFirst, with the small files whole, and claim nothing.
func TestTheEndsOfLargeFilesAreShownFirst(t *testing.T) {
	const records = 400
	d, p := aheadDesk(t, records)
	v := p.For(picture.DutyOfficer)
	if !v.Ahead() || !v.Unread() || v.Desk().Reading.IsZero() {
		t.Fatalf("ahead %t, unread %t, %q", v.Ahead(), v.Unread(), v.Desk().Reading)
	}
	tails := v.Desk().Tails
	if len(tails) != 1 || tails[0].File.String() != "feeds/large.jsonl" || tails[0].Records < 10 || tails[0].Records > 40 {
		t.Fatalf("tails: %+v", tails)
	}
	if v.Len() != tails[0].Records+1 {
		t.Errorf("%d events of %d records and a small file", v.Len(), tails[0].Records)
	}
	shown := identities(v)
	for n := range tails[0].Records {
		id, is := shown[fmt.Sprintf("L-%04d", records-1-n)]
		if !is {
			t.Fatalf("the last record but %d is not there", n)
		}
		if detail, _ := v.Detail(id); detail.Shown.Origin.Line != 0 {
			t.Errorf("line %d, which nobody knows", detail.Shown.Origin.Line)
		}
	}
	if v.At(0) != shown["S-1"] {
		t.Error("the small file's record, which is the latest, is not the first")
	}
	large, small := sourceOf(v, "large"), sourceOf(v, "small")
	if !large.Unread || large.State.Sees() || !large.Facts.LastSuccess.IsZero() || large.Counts.Records != tails[0].Records {
		t.Errorf("the large file: %+v", large)
	}
	if small.Unread || small.State != health.Live || small.Counts.Rejected != 1 {
		t.Errorf("the small file: %s, %+v", small.State, small.Counts)
	}
	if n := v.States(); n[health.Never] != 0 || n[health.Live] != 1 {
		t.Errorf("states: %v", n)
	}
	if blind, partial := v.Blindness(); blind+partial != 0 {
		t.Errorf("%d blind, %d partial, of which nobody knows yet", blind, partial)
	}
	for c := range v.Countries() {
		if c.Day.Known || c.Week.Known || c.Month.Known || c.Outcomes.Known || c.Hazards.Known || c.Trend.Known || c.Estimate.Known {
			t.Errorf("%s is known while the files are read: %+v", c.Name, c)
		}
		if c.Coverage.State != health.Reading || c.Coverage.Category(incident.Crime) != health.Reading {
			t.Errorf("%s is %s", c.Name, c.Coverage.State)
		}
		if c.Levels == nil {
			t.Errorf("%s has no level, which is in a small file", c.Name)
		}
	}
	d.start()
	d.close()
}

// TestWhatIsReadTakesThePlaceOfTheEnds: all of it at once, with every incident found again.
func TestWhatIsReadTakesThePlaceOfTheEnds(t *testing.T) {
	const records = 400
	d, p := aheadDesk(t, records)
	before := p.For(picture.DutyOfficer)
	ids := identities(before)
	d.start()
	after := d.await("everything read", func(v picture.View) bool { return !v.Unread() })
	if after.Ahead() || len(after.Desk().Tails) != 0 || after.Totals().Total != records+1 {
		t.Fatalf("ahead %t, tails %v, %d events", after.Ahead(), after.Desk().Tails, after.Totals().Total)
	}
	same := 0
	for name, id := range ids {
		now, ok := after.Successor(id)
		if !ok || after.Identity(now).ID.String() != name {
			t.Errorf("%s is followed by %s (%t)", name, after.Identity(now).ID, ok)
		}
		if now == id {
			same++
		}
		was, _ := before.Detail(id)
		is, _ := after.Detail(now)
		if diff := cmp.Diff(was.Shown.Incident, is.Shown.Incident, feedtest.Text); diff != "" {
			t.Errorf("%s is another when all is read:\n%s", name, diff)
		}
		if is.Shown.Origin.Line == 0 || was.Shown.Origin.Offset != is.Shown.Origin.Offset {
			t.Errorf("%s: line %d, offset %d and %d", name, is.Shown.Origin.Line, was.Shown.Origin.Offset, is.Shown.Origin.Offset)
		}
	}
	if same == len(ids) {
		t.Error("the incidents have the same IDs in both, so that this proves nothing")
	}
	if c := sourceOf(after, "small").Counts; c.Records != 2 || c.Rejected != 1 {
		t.Errorf("the small file, read twice, counts %+v", c)
	}
	if s := sourceOf(after, "large"); s.Unread || s.State != health.Live || s.Counts.Records != records {
		t.Errorf("the large file: tail %t, %s, %+v", s.Unread, s.State, s.Counts)
	}
	recorded := d.recorded()
	if recorded != records+1 {
		t.Errorf("%d incidents recorded", recorded)
	}
	d.close()
}

// recorded waits until everything that arrived is recorded, and counts it.
func (d *testDesk) recorded() int {
	d.t.Helper()
	d.await("everything recorded", func(v picture.View) bool { return !v.Unread() && v.Desk().Recording.IsZero() })
	d.close()
	n := 0
	for r, err := range replayed(filepath.Join(d.dir, "intake")) {
		if err == nil && r.ok {
			n++
		}
	}
	return n
}

// TestWhatArrivesMeanwhileIsShown, at the end of the large file and in others.
func TestWhatArrivesMeanwhileIsShown(t *testing.T) {
	d, _ := aheadDesk(t, 400)
	d.add("feeds/large.jsonl", d.line("L-NEW", 0, ""))
	d.add("feeds/small.jsonl", d.line("S-NEW", 0, ""))
	d.write("feeds/other.jsonl", d.line("O-NEW", 0, "")+"\n")
	beside := &testDesk{t: t, clock: d.clock, s: d.s.ahead.session}
	v := beside.await("what arrived while the files are read", func(v picture.View) bool {
		all := identities(v)
		return all["L-NEW"] != 0 && all["S-NEW"] != 0 && all["O-NEW"] != 0
	})
	if !v.Ahead() || v.Desk().Tails[0].Records != v.Len()-3 {
		t.Errorf("%d events of a tail of %d", v.Len(), v.Desk().Tails[0].Records)
	}
	d.start()
	d.close()
}

// TestWhatTheIntakeHoldsIsMore: a file that an earlier run has read is not shown by its end once the intake is read back.
func TestWhatTheIntakeHoldsIsMore(t *testing.T) {
	const records = 400
	d, _ := aheadDesk(t, records)
	d.start()
	if n := d.recorded(); n != records+1 {
		t.Fatalf("%d recorded", n)
	}
	d.begin()
	if err := d.s.remember(t.Context()); err != nil {
		t.Fatal(err)
	}
	files := slices.Clone(d.s.ahead.files)
	if len(files) != 1 || !d.s.hub.remembers(files) {
		t.Errorf("not taken for remembered: %+v", files)
	}
	if files[0].Size += 9 << 10; d.s.hub.remembers(files) {
		t.Error("a file of which much is new is taken for remembered")
	}
	d.start()
	v := d.await("what the intake holds", func(v picture.View) bool { return !v.Ahead() })
	if v.Totals().Total != records+1 {
		t.Errorf("the first picture that follows has %d events", v.Totals().Total)
	}
	d.close()
}

// TestSmallDesksAreReadAtOnce: nothing runs ahead where there is nothing to wait for, and nobody else than who looks
// at pictures asks for it.
func TestSmallDesksAreReadAtOnce(t *testing.T) {
	d := newDesk(t, home)
	d.add("feeds/a.jsonl", d.line("A", time.Hour, ""))
	d.write("feeds/large.csv", strings.Repeat("a,b\n", 10_000)) // read whole, or not at all
	for _, tt := range []struct {
		ask  bool
		size sizes
		want bool
	}{{true, sizes{}, false}, {true, sizes{from: 1, over: 8 << 10, tail: 100}, false}, {false, sizes{from: 1, over: 1, tail: 100}, false}, {true, sizes{from: 1, over: 1, tail: 100}, true}} {
		o := d.options()
		o.Ahead, o.sizes = tt.ask, tt.size
		s, c, err := begin(o)
		if err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithCancel(t.Context())
		s.stop = stop
		if s.ahead = s.lookAhead(ctx); (s.ahead != nil) != tt.want {
			t.Errorf("%+v: ahead %t", tt, s.ahead != nil)
		}
		go s.run(ctx, c)
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

// TestAnExerciseIsOneAheadToo, and a [[source]] speaks for its file.
func TestAnExerciseIsOneAheadToo(t *testing.T) {
	d := newDesk(t, "exercise = true\n[[source]]\nname = \"field\"\npath = \"feeds/large.jsonl\"\nauthority = \"field office\"\ngrade = \"C3\"\n")
	for n := range 400 {
		more := ""
		if n%2 == 0 {
			more = `,"status":"exercise"`
		}
		d.add("feeds/large.jsonl", strings.Replace(d.line(fmt.Sprint(n), time.Duration(500-n)*time.Minute, more), `"source":"room",`, "", 1))
	}
	v := d.begin().For(picture.DutyOfficer)
	if !v.Desk().Exercise || v.Totals().Excluded == 0 || v.Totals().Excluded != v.Desk().Tails[0].Records-v.Len() {
		t.Errorf("exercise %t, %d events, %d excluded", v.Desk().Exercise, v.Len(), v.Totals().Excluded)
	}
	for id := range v.Incidents() {
		detail, _ := v.Detail(id)
		if i := detail.Shown.Incident; i.Identity.Authority.String() != "field office" || i.Grade.String() != "C3" || detail.Row.Source.String() != "field" {
			t.Fatalf("%+v of %s", i.Identity, detail.Row.Source)
		}
	}
	d.start()
	d.close()
}

// TestTheEndOfAFileThatIsRefused is refused with it, and what comes of the file meanwhile ends nothing.
func TestTheEndOfAFileThatIsRefused(t *testing.T) {
	d := newDesk(t, home)
	d.add("feeds/large.jsonl", d.line("A", time.Hour, ""), strings.Repeat("not JSON at all\n", 2000)+strings.Repeat("x", 100))
	d.add("feeds/good.jsonl", d.line("B", time.Hour, ""))
	v := d.begin().For(picture.DutyOfficer)
	s := sourceOf(v, "large")
	if v.Len() != 1 || !s.Unread || s.Counts.Rejected != v.Desk().Tails[0].Records || s.ProblemsTotal != s.Counts.Rejected {
		t.Errorf("%d events, %+v of %+v", v.Len(), s.Counts, v.Desk().Tails)
	}
	for _, p := range s.Problems {
		if p.Line != 0 {
			t.Fatalf("a problem on line %d, which nobody knows: %v", p.Line, p)
		}
	}
	if err := os.Truncate(d.path("feeds/large.jsonl"), 0); err != nil {
		t.Fatal(err)
	}
	d.start()
	d.await("the rest", func(v picture.View) bool { return !v.Unread() })
	d.close()
}

// BenchmarkFirstPicture prints how long it takes from opening a desk with a large feed to the first picture that holds
// its last records.
func BenchmarkFirstPicture(b *testing.B) {
	const n = 200_000
	now := time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC)
	dir, size := deskOf(b, n, now)
	last := fmt.Sprintf("R-%08d", n-1)
	for b.Loop() {
		s, err := Open(b.Context(), Options{Dir: dir, Now: func() time.Time { return now }, NoRecord: true, Ahead: true})
		if err != nil {
			b.Fatal(err)
		}
		for p := range s.Pictures() {
			if v := p.For(picture.DutyOfficer); v.Len() > 0 && v.Identity(v.At(0)).ID.String() == last {
				break
			}
		}
		b.StopTimer()
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
	b.ReportMetric(float64(size)/1e6, "MB")
}
