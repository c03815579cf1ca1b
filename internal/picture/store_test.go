package picture

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"vigil/internal/country"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/risk"
	"vigil/internal/safetext"
)

var now = time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC)

// profiles of the three kinds of sources.
var (
	radio = health.Profile{Expect: Day, Covers: health.Set(incident.Threats()...), Memory: health.Accumulates}
	whole = health.Profile{Expect: year, Covers: health.Set(health.Deliberate()...), Memory: health.Complete}
	gdacs = health.Profile{Expect: 2 * time.Hour, Lag: time.Hour, Reach: Day, Covers: health.Set(incident.Hazard), Memory: health.Forgets}
)

// bench feeds a store in the words of a test.
type bench struct {
	t     *testing.T
	store *Store
	gen   map[string]uint64
	said  map[string]int // records of the present content, by source
	line  int
	at    time.Time
}

func newBench(t *testing.T) *bench {
	t.Helper()
	b := &bench{
		t:     t,
		store: NewStore(Options{Risk: risk.Default(), Countries: []CountryOption{{country.MLI}}}),
		gen:   map[string]uint64{}, said: map[string]int{}, at: now.Add(-time.Minute),
	}
	b.store.Configure("radio", SourceInfo{Name: safetext.Const("radio"), Profile: radio})
	b.store.Configure("whole", SourceInfo{Name: safetext.Const("whole"), Profile: whole})
	b.store.Configure("gdacs", SourceInfo{Name: safetext.Const("gdacs"), Profile: gdacs})
	for _, s := range []string{"radio", "whole", "gdacs"} {
		b.begin(s)
	}
	return b
}

func (b *bench) begin(source string) {
	b.gen[source]++
	b.said[source] = 0
	b.store.Begin(source, safetext.Clean(source), b.gen[source])
}

func (b *bench) finish(source string) []Arrival {
	return b.store.Finish(source, safetext.Clean(source), b.at)
}

// say brings a record a second later than the one before.
func (b *bench) say(source string, i *incident.Incident) Effect {
	b.line++
	b.said[source]++
	b.at = b.at.Add(time.Second)
	if i.Identity.Authority.IsZero() {
		i.Identity.Authority = safetext.Clean("room")
	}
	return b.store.Arrive(Arrival{
		Incident: i, Source: source, Received: b.at,
		Origin: incident.Origin{File: safetext.Clean(source), Line: b.line, Offset: int64(b.line), Generation: b.gen[source]},
	})
}

func (b *bench) view() View { return b.store.Publish(now).For(DutyOfficer) }

func (b *bench) counts(source string) Counts {
	for s := range b.view().Sources() {
		if s.Info.Name.String() == source {
			return s.Counts
		}
	}
	b.t.Fatalf("no source %q", source)
	return Counts{}
}

func (b *bench) source(name string) Source {
	for s := range b.view().Sources() {
		if s.Info.Name.String() == name {
			return *s
		}
	}
	b.t.Fatalf("no source %q", name)
	return Source{}
}

// only is the row of the one incident listed.
func (b *bench) only() Row {
	b.t.Helper()
	v := b.view()
	if v.Len() != 1 {
		b.t.Fatalf("listed %d incidents, want 1", v.Len())
	}
	r, _ := v.Row(v.At(0))
	return r
}

type edit func(*incident.Incident)

// record is a shooting in Mali an hour ago in which one person was injured.
func record(id string, edits ...edit) *incident.Incident {
	i := &incident.Incident{
		Identity:  incident.Identity{ID: safetext.Clean(id)},
		Occurred:  incident.At(now.Add(-time.Hour)),
		Countries: []country.Code{country.MLI},
		Threat:    incident.Known(incident.ArmedConflict), Act: incident.Known(incident.Shooting),
		Title:    safetext.Clean("first word"),
		Affected: incident.Breakdown{{Outcome: incident.Known(incident.Injured), Count: 1}},
	}
	for _, e := range edits {
		e(i)
	}
	return i
}

func titled(s string) edit          { return func(i *incident.Incident) { i.Title = safetext.Clean(s) } }
func numbered(n int64) edit         { return func(i *incident.Incident) { i.Version = n } }
func typed(t incident.Type) edit    { return func(i *incident.Incident) { i.Type = t } }
func occurred(w incident.When) edit { return func(i *incident.Incident) { i.Occurred = w } }
func reported(d time.Duration) edit { return func(i *incident.Incident) { i.Reported = now.Add(d) } }

func killed(n int) edit {
	return func(i *incident.Incident) {
		i.Affected = incident.Breakdown{{Outcome: incident.Known(incident.Killed), Count: n}}
	}
}

func when(t *testing.T, s string) incident.When {
	t.Helper()
	w, err := incident.ParseWhen(s)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// TestIdentityAndVersions goes through "Identity and versions" rule by rule.
func TestIdentityAndVersions(t *testing.T) {
	type step struct {
		source string
		again  bool // a new content of the source begins
		record *incident.Incident
		want   Effect
	}
	radio := func(want Effect, edits ...edit) step { return step{"radio", false, record("a", edits...), want} }
	tests := []struct {
		name  string
		steps []step
		title string
		marks marks
	}{
		{"same content changes nothing", []step{radio(Added), radio(Unchanged)}, "first word", 0},
		{"a higher version of the same content changes nothing", []step{radio(Added, numbered(1)), radio(Repeated, numbered(2))}, "first word", 0},
		{"a higher version updates", []step{radio(Added, numbered(1)), radio(Updated, numbered(2), titled("second"))}, "second", 0},
		{"out of order, the highest wins", []step{radio(Added, numbered(2), titled("second")), radio(Outdated, numbered(1))}, "second", 0},
		{"an update without a version updates", []step{radio(Added), radio(Updated, typed(incident.Update), titled("second"))}, "second", 0},
		{"other content in an append-only file conflicts", []step{radio(Added), radio(Conflicted, titled("other"), killed(1))}, "other", conflicting},
		{"of a conflict the worse one is shown", []step{radio(Added, killed(3)), radio(Conflicted, titled("other"))}, "first word", conflicting},
		{"the same version with other content conflicts", []step{radio(Added, numbered(1)), radio(Conflicted, numbered(1), titled("other"), killed(1))}, "other", conflicting},
		{"a conflict ends with an update", []step{radio(Added), radio(Conflicted, killed(1)), radio(Updated, typed(incident.Update), titled("third"))}, "third", 0},
		{"an append-only file read again does not go back", []step{radio(Added), radio(Updated, typed(incident.Update), titled("second")), {"radio", true, record("a"), Unchanged}}, "second", 0},
		{"an update may go back", []step{radio(Added), radio(Updated, typed(incident.Update), titled("second")), radio(Updated, typed(incident.Update))}, "first word", 0},
		{"a cancel stays visible", []step{radio(Added), radio(Cancelled, typed(incident.Cancel))}, "first word", cancelled},
		{"a cancel of an unknown target is held and shown", []step{radio(Cancelled, typed(incident.Cancel), titled("never mind"))}, "never mind", cancelled | held},
		{"the target of a held cancel arrives cancelled", []step{radio(Cancelled, typed(incident.Cancel)), radio(Updated)}, "first word", cancelled},
		{"an update of an unknown target is held and shown", []step{radio(Added, typed(incident.Update), titled("second"))}, "second", held},
		{"the target of a held update arrives behind it", []step{radio(Added, typed(incident.Update), titled("second")), radio(Outdated)}, "second", 0},
		{"a higher version takes a cancel back", []step{radio(Added, numbered(1)), radio(Cancelled, numbered(2), typed(incident.Cancel)), radio(Updated, numbered(3), titled("third"))}, "third", 0},
		{"a higher version may go back", []step{radio(Added, numbered(1)), radio(Updated, numbered(2), titled("second")), radio(Updated, numbered(3))}, "first word", 0},
		{"a repeated version holds against lower ones", []step{radio(Added, numbered(1)), radio(Repeated, numbered(3)), radio(Outdated, numbered(2), titled("second"))}, "first word", 0},
		{"other content after a cancel is a conflict", []step{radio(Added), radio(Cancelled, typed(incident.Cancel)), radio(Conflicted, titled("other"), killed(5))}, "other", conflicting},
		{"a later report goes back after a rotation", []step{radio(Added, reported(-time.Minute)), radio(Updated, typed(incident.Update), titled("second"), reported(-50*time.Second)), {"radio", true, record("a", typed(incident.Update), titled("third"), reported(-40*time.Second)), Updated}}, "third", 0},
		{"a lower version does not take a cancel back", []step{radio(Added, numbered(1)), radio(Cancelled, numbered(3), typed(incident.Cancel)), radio(Outdated, numbered(2), titled("second"))}, "second", cancelled},
		{"a cancelled incident shows its highest version", []step{radio(Added, numbered(2), titled("second")), radio(Outdated, numbered(1)), radio(Cancelled, numbered(3), typed(incident.Cancel))}, "second", cancelled},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t)
			for n, s := range tt.steps {
				if s.again {
					b.begin(s.source)
				}
				if got := b.say(s.source, s.record); got != s.want {
					t.Errorf("step %d: effect %d, want %d", n+1, got, s.want)
				}
			}
			v := b.view()
			id := v.At(0)
			if v.Len() != 1 {
				t.Fatalf("listed %d incidents, want 1", v.Len())
			}
			row, _ := v.Row(id)
			if row.Title.String() != tt.title {
				t.Errorf("shown %q, want %q", row.Title, tt.title)
			}
			if it, _ := v.item(id); it.marks != tt.marks {
				t.Errorf("marks %b, want %b", it.marks, tt.marks)
			}
			d, _ := v.Detail(id)
			if len(d.Versions) == 0 {
				t.Error("no version is kept")
			}
		})
	}
}

// TestWholeContents goes through what a file that is read whole can do to one incident.
func TestWholeContents(t *testing.T) {
	x := func(edits ...edit) *incident.Incident { return record("a", edits...) }
	other, third := titled("other"), titled("third")
	tests := []struct {
		name     string
		contents [][]*incident.Incident
		title    string
		marks    marks
		rows     int // versions that were worth keeping
	}{
		{"one", [][]*incident.Incident{{x()}}, "first word", 0, 1},
		{"the same again", [][]*incident.Incident{{x()}, {x()}, {x()}}, "first word", 0, 1},
		{"other content is an update", [][]*incident.Incident{{x()}, {x(other)}}, "other", 0, 2},
		{"and back", [][]*incident.Incident{{x()}, {x(other)}, {x()}}, "first word", 0, 3},
		{"two within one content conflict", [][]*incident.Incident{{x(), x(other, killed(1))}}, "other", conflicting, 2},
		{"a conflict that stays", [][]*incident.Incident{{x(), x(other, killed(1))}, {x(), x(other, killed(1))}}, "other", conflicting, 2},
		{"a conflict told the other way round", [][]*incident.Incident{{x(), x(other, killed(1))}, {x(other, killed(1)), x()}}, "other", conflicting, 2},
		{"a conflict resolved", [][]*incident.Incident{{x(), x(other, killed(1))}, {x()}}, "first word", 0, 2},
		{"versions within one content", [][]*incident.Incident{{x(numbered(2), other), x(numbered(1))}}, "other", 0, 2},
		{"versions within one content, read again", [][]*incident.Incident{{x(numbered(2), other), x(numbered(1))}, {x(numbered(2), other), x(numbered(1))}, {x(numbered(1)), x(numbered(2), other)}}, "other", 0, 2},
		{"an older content than what is known", [][]*incident.Incident{{x(numbered(2), other)}, {x(numbered(1))}}, "other", 0, 2},
		{"with and without versions, read again", [][]*incident.Incident{{x(numbered(1)), x(), x(other, numbered(2))}, {x(numbered(1)), x(), x(other, numbered(2))}}, "other", 0, 2},
		{"a cancel within one content, read again", [][]*incident.Incident{{x(), x(typed(incident.Cancel))}, {x(), x(typed(incident.Cancel))}}, "first word", cancelled, 2},
		{"a cancel taken back", [][]*incident.Incident{{x(), x(typed(incident.Cancel))}, {x()}}, "first word", 0, 3},
		{"an update within one content, read again", [][]*incident.Incident{{x(), x(third, typed(incident.Update))}, {x(), x(third, typed(incident.Update))}}, "third", 0, 2},
	}
	for _, tt := range tests {
		for _, restart := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, restart %v", tt.name, restart), func(t *testing.T) {
				b := newBench(t)
				var kept []Arrival
				for n, content := range tt.contents {
					if n > 0 {
						b.begin("whole")
					}
					for _, i := range content {
						b.say("whole", i)
					}
					kept = append(kept, b.finish("whole")...)
				}
				if restart {
					b = restarted(t, b, kept)
					for _, i := range tt.contents[len(tt.contents)-1] {
						b.say("whole", i)
					}
					if news := b.finish("whole"); len(news) > 0 {
						t.Errorf("read again after a restart, %d records are news", len(news))
					}
				}
				row := b.only()
				if it, _ := b.view().item(row.ID); row.Title.String() != tt.title || it.marks != tt.marks {
					t.Errorf("shown %q with marks %b, want %q with %b", row.Title, it.marks, tt.title, tt.marks)
				}
				if n := b.store.rows.n - 1; n != tt.rows {
					t.Errorf("%d versions kept, want %d", n, tt.rows)
				}
			})
		}
	}
}

// TestRestartOfWholeContents: whatever a file that is read whole has said, after a restart the same
// content is no news and the picture is the same.
func TestRestartOfWholeContents(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		b := newBench(t)
		var kept []Arrival
		var content []*incident.Incident
		numbers := rapid.Int64Range(0, 1).Draw(rt, "numbered")
		for n := range rapid.IntRange(1, 5).Draw(rt, "contents") {
			if n > 0 {
				b.begin("whole")
			}
			content = nil
			for range rapid.IntRange(0, 6).Draw(rt, "records") {
				// A content has one version: one that is repeated under a higher version is not recorded
				// again, or each poll of a feed that numbers its polls would be.
				v := rapid.Int64Range(1, 3).Draw(rt, "version")
				i := record(rapid.SampledFrom([]string{"a", "b"}).Draw(rt, "id"),
					titled(fmt.Sprint("version ", v)),
					numbered(v*numbers),
					typed(incident.Type(rapid.IntRange(0, 3).Draw(rt, "type"))))
				content = append(content, i)
				b.say("whole", i)
			}
			kept = append(kept, b.finish("whole")...)
		}
		again := restarted(t, b, kept)
		for _, i := range content {
			again.say("whole", i)
		}
		if news := again.finish("whole"); len(news) > 0 {
			rt.Fatalf("after a restart %d records are news", len(news))
		}
		if want, got := b.view().Totals(), again.view().Totals(); want != got {
			rt.Fatalf("before the restart %+v, after it %+v", want, got)
		}
	})
}

// restarted is a new store that remembers what was kept, about to read its files again.
func restarted(t *testing.T, old *bench, kept []Arrival) *bench {
	t.Helper()
	b := newBench(t)
	for _, a := range kept {
		b.store.Restore(a)
	}
	b.store.EndRestore()
	b.at = old.at.Add(time.Minute)
	b.gen["whole"] = old.gen["whole"] + 10
	b.begin("whole")
	return b
}

// TestCountsAddUp holds the sum of the promises, whatever a source says.
func TestCountsAddUp(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		b := newBench(t)
		for range rapid.IntRange(0, 40).Draw(rt, "records") {
			source := rapid.SampledFrom([]string{"radio", "whole", "gdacs"}).Draw(rt, "source")
			if rapid.IntRange(0, 9).Draw(rt, "again") == 0 {
				b.finish(source)
				b.begin(source)
			}
			i := record(rapid.SampledFrom([]string{"a", "b", "c"}).Draw(rt, "id"),
				titled(rapid.SampledFrom([]string{"x", "y"}).Draw(rt, "title")),
				numbered(rapid.Int64Range(0, 2).Draw(rt, "version")),
				typed(incident.Type(rapid.IntRange(0, 3).Draw(rt, "type"))))
			i.Status = incident.Status(rapid.IntRange(0, 2).Draw(rt, "status"))
			b.say(source, i)
		}
		for s := range b.view().Sources() {
			c := s.Counts
			if sum := c.Incidents + c.Updates + c.Duplicates + c.Conflicts + c.Cancels + c.Rejected + c.Excluded; sum != c.Records {
				rt.Fatalf("%s: %+v adds up to %d", s.Info.Name, c, sum)
			}
			if said := b.said[s.Info.Name.String()]; c.Records != said {
				rt.Fatalf("%s: %d records said, %d counted", s.Info.Name, said, c.Records)
			}
		}
	})
}

// TestPastIsAsItWas: the picture of an earlier knowledge time, made later, says what the live picture
// said then.
func TestPastIsAsItWas(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		b := newBench(t)
		type moment struct {
			at    time.Time
			words []string
		}
		var then []moment
		list := func(v View) []string {
			var words []string
			for id := range v.Incidents() {
				r, _ := v.Row(id)
				words = append(words, fmt.Sprint(r.Title, r.Conflict, r.Cancelled, r.Withdrawn, r.Held))
			}
			return words
		}
		for range rapid.IntRange(1, 25).Draw(rt, "records") {
			source := rapid.SampledFrom([]string{"radio", "whole"}).Draw(rt, "source")
			i := record(rapid.SampledFrom([]string{"a", "b"}).Draw(rt, "id"),
				titled(rapid.SampledFrom([]string{"x", "y", "z"}).Draw(rt, "title")),
				numbered(rapid.Int64Range(0, 3).Draw(rt, "version")),
				typed(incident.Type(rapid.IntRange(0, 2).Draw(rt, "type"))))
			if source == "whole" {
				b.begin(source)
			}
			b.say(source, i)
			b.finish(source)
			then = append(then, moment{b.at, list(b.store.Publish(b.at.Add(time.Nanosecond)).For(DutyOfficer))})
		}
		for _, m := range then {
			k := m.at.Add(time.Nanosecond)
			past := list(b.store.At(k, k, now).For(DutyOfficer))
			if diff := cmp.Diff(m.words, past); diff != "" {
				rt.Fatalf("as known at %v (-then +now):\n%s", k, diff)
			}
		}
	})
}

// TestPublishedPictureStays: later arrivals do not change a picture that somebody holds.
func TestPublishedPictureStays(t *testing.T) {
	b := newBench(t)
	for n := range 2000 {
		b.say("radio", record(fmt.Sprint(n), occurred(incident.At(now.Add(-time.Duration(n)*time.Minute)))))
	}
	before := b.view()
	var ids []ID
	for id := range before.Incidents() {
		ids = append(ids, id)
	}
	for n := range 2000 {
		b.say("radio", record(fmt.Sprint(n), typed(incident.Update), titled("changed"), occurred(incident.At(now.Add(-time.Duration(3000-n)*time.Minute)))))
	}
	var after []ID
	for id := range before.Incidents() {
		after = append(after, id)
		if r, _ := before.Row(id); r.Title.String() != "first word" {
			t.Fatalf("a row of a published picture became %q", r.Title)
		}
	}
	if diff := cmp.Diff(ids, after); diff != "" {
		t.Error(diff)
	}
}

// TestOrder holds the published order against a sorted slice.
func TestOrder(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var o order
		have := map[ID]place{}
		rising := rapid.IntRange(0, 2).Draw(rt, "rising") // in what order the keys come
		for n := range rapid.IntRange(1, 3000).Draw(rt, "n") {
			id := ID(rapid.IntRange(1, 1500).Draw(rt, "id"))
			if old, ok := have[id]; ok {
				o.remove(old)
				delete(have, id)
				continue
			}
			it := place{key: int64(rapid.IntRange(0, 50).Draw(rt, "key") + (rising-1)*n), id: id}
			o.insert(it)
			have[id] = it
		}
		t := o.publish()
		if t.n != len(have) {
			rt.Fatalf("%d items, want %d", t.n, len(have))
		}
		var last place
		i := 0
		for it := range t.all {
			if i > 0 && comparePlaces(last, it) >= 0 {
				rt.Fatalf("%v before %v", last, it)
			}
			if have[it.id] != it {
				rt.Fatalf("%v is not %v", it, have[it.id])
			}
			if t.at(i) != it {
				rt.Fatalf("at(%d) is %v, want %v", i, t.at(i), it)
			}
			last = it
			i++
		}
	})
}
