package health

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"vigil/internal/country"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

const day = 24 * time.Hour

var (
	now   = time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC)
	radio = Profile{Expect: day, Covers: Set(incident.Threats()...)}
)

func ago(d time.Duration) time.Time { return now.Add(-d) }

func TestState(t *testing.T) {
	tests := []struct {
		name  string
		facts Facts
		want  State
	}{
		{"nothing yet", Facts{}, Never},
		{"tried and found nothing", Facts{LastAttempt: now}, Never},
		{"fresh content", Facts{LastSuccess: now, ContentTime: ago(time.Hour)}, Live},
		{"content as old as expected", Facts{LastSuccess: now, ContentTime: ago(day)}, Live},
		{"old content, fresh heartbeat", Facts{LastSuccess: now, ContentTime: ago(3 * day), Heartbeat: ago(time.Hour)}, Quiet},
		{"old content", Facts{LastSuccess: now, ContentTime: ago(day + time.Second)}, Stale},
		{"old content, old heartbeat", Facts{LastSuccess: now, ContentTime: ago(9 * day), Heartbeat: ago(2 * day)}, Stale},
		{"content without any time", Facts{LastSuccess: now}, Stale},
		{"content of the future refreshes nothing", Facts{LastSuccess: now, ContentTime: now.Add(time.Hour)}, Stale},
		{"fresh content, then a failure", Facts{LastSuccess: ago(time.Minute), ContentTime: ago(time.Minute), Failure: safetext.Const("permission denied")}, Failed},
		{"a kept answer, fresh and not polled since", Facts{LastSuccess: ago(time.Minute), ContentTime: ago(time.Minute), Heartbeat: ago(time.Minute), Kept: ago(time.Minute)}, Stale},
		{"a kept answer that cannot be read", Facts{LastSuccess: ago(time.Minute), ContentTime: ago(time.Minute), Kept: ago(time.Minute), Failure: safetext.Const("permission denied")}, Failed},
		{"a failure from the start", Facts{Failure: safetext.Const(NoData)}, Failed},
	}
	for _, tt := range tests {
		got, reason := tt.facts.State(&radio, now)
		if got != tt.want {
			t.Errorf("%s: %v (%s), want %v", tt.name, got, reason, tt.want)
		}
		if got < Quiet && reason.IsZero() {
			t.Errorf("%s: %v without a reason", tt.name, got)
		}
	}
}

// What was last known of a source that is fetched says when that was, and nothing is known by it.
func TestKeptAnswer(t *testing.T) {
	for kept, want := range map[time.Time]string{
		now.Add(-time.Minute):          "kept answer of " + now.Add(-time.Minute).Format("15:04") + ", not polled since",
		now.Add(-2 * day):              "kept answer of " + now.Add(-2*day).Format("2006-01-02 15:04") + ", not polled since",
		now.Add(-365 * 24 * time.Hour): "kept answer of " + now.Add(-365*day).Format("2006-01-02 15:04") + ", not polled since",
	} {
		f := Facts{LastSuccess: kept, ContentTime: kept, Oldest: ago(99 * day), Kept: kept}
		if _, reason := f.State(&radio, now); reason.String() != want {
			t.Errorf("%s, want %s", reason, want)
		}
		if f.Knows(&radio, ago(day), now, now) {
			t.Error("it answers for a window up to now")
		}
		if end := f.EndedAt(&radio); !end.Equal(kept) {
			t.Errorf("it saw until %s, want %s", end, kept)
		}
	}
}

func TestKnows(t *testing.T) {
	good := Facts{LastSuccess: now, ContentTime: ago(time.Hour), Oldest: ago(100 * day), FirstSeen: ago(10 * day)}
	edit := func(f func(*Facts)) Facts { c := good; f(&c); return c }
	forgets := Profile{Expect: day, Lag: time.Hour, Reach: 7 * day, Covers: radio.Covers, Memory: Forgets}
	late := radio
	late.Lag = 2 * day
	tests := []struct {
		name    string
		profile Profile
		facts   Facts
		window  time.Duration
		want    bool
	}{
		{"a day", radio, good, day, true},
		{"further back than it goes", radio, good, 200 * day, false},
		{"nothing ever", radio, Facts{}, day, false},
		{"stale", radio, edit(func(f *Facts) { f.ContentTime = ago(5 * day) }), day, false},
		{"failed", radio, edit(func(f *Facts) { f.Failure = safetext.Const("x") }), day, false},
		{"a gap inside", radio, edit(func(f *Facts) { f.Gaps = []incident.Interval{{Start: ago(3 * day), End: ago(2 * day)}} }), 7 * day, false},
		{"a gap before", radio, edit(func(f *Facts) { f.Gaps = []incident.Interval{{Start: ago(30 * day), End: ago(20 * day)}} }), 7 * day, true},
		{"a gap that ends where it begins", radio, edit(func(f *Facts) { f.Gaps = []incident.Interval{{Start: ago(9 * day), End: ago(7 * day)}} }), 7 * day, true},
		{"lag longer than the window", late, good, day, false},
		{"lag shorter than the window", late, good, 3 * day, true},
		{"forgets: first receipt less its reach", forgets, good, 17 * day, true},
		{"forgets: no further", forgets, good, 18 * day, false},
	}
	for _, tt := range tests {
		if got := tt.facts.Knows(&tt.profile, now.Add(-tt.window), now, now); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestCover(t *testing.T) {
	live := Facts{LastSuccess: now, ContentTime: ago(time.Hour), Oldest: ago(100 * day)}
	stale := Facts{LastSuccess: now, ContentTime: ago(3 * day), Oldest: ago(100 * day)}
	hazards := Profile{Expect: day, Covers: Set(incident.Hazard)}
	mali := Profile{Expect: day, Covers: radio.Covers, Countries: []country.Code{country.MLI}}
	tests := []struct {
		name    string
		sources []Source
		state   CoverState
		since   time.Time
	}{
		{"nobody", nil, Blind, time.Time{}},
		{"all live", []Source{{radio, live}}, Covered, time.Time{}},
		{"elsewhere", []Source{{Profile{Expect: day, Covers: radio.Covers, Countries: []country.Code{country.NER}}, live}}, Blind, time.Time{}},
		{"stale", []Source{{radio, stale}}, Blind, ago(2 * day)},
		{"stale, and hazards live", []Source{{radio, stale}, {hazards, live}}, Partial, ago(2 * day)},
		{"one of two live", []Source{{radio, stale}, {mali, live}}, Covered, time.Time{}},
	}
	for _, tt := range tests {
		got := Cover(tt.sources, country.MLI, now)
		if got.State != tt.state || !got.Since.Equal(tt.since) {
			t.Errorf("%s: %v since %v, want %v since %v", tt.name, got.State, got.Since, tt.state, tt.since)
		}
	}
}

// TestPeriods holds the periods of several sources with gaps against asking for every hour.
func TestPeriods(t *testing.T) {
	hour := func(n int) time.Time { return now.Add(time.Duration(n-1000) * time.Hour) }
	rapid.Check(t, func(rt *rapid.T) {
		var sources []Source
		for range rapid.IntRange(0, 4).Draw(rt, "sources") {
			from := rapid.IntRange(0, 400).Draw(rt, "from")
			s := Source{Profile: radio, Facts: Facts{Oldest: hour(from), ContentTime: hour(from + rapid.IntRange(0, 400).Draw(rt, "length"))}}
			for range rapid.IntRange(0, 3).Draw(rt, "gaps") {
				g := rapid.IntRange(0, 800).Draw(rt, "gap")
				s.Facts.Gaps = append(s.Facts.Gaps, incident.Interval{Start: hour(g), End: hour(g + rapid.IntRange(1, 50).Draw(rt, "long"))})
			}
			sources = append(sources, s)
		}
		periods := Periods(sources, country.MLI, incident.Crime)
		for n := range 900 {
			at := hour(n)
			want := false
			for i := range sources {
				f := &sources[i].Facts
				told := !at.Before(f.Oldest) && at.Before(f.ContentTime)
				for _, g := range f.Gaps {
					told = told && (at.Before(g.Start) || !at.Before(g.End))
				}
				want = want || told
			}
			got := false
			for _, p := range periods {
				got = got || !at.Before(p.Start) && at.Before(p.End)
			}
			if got != want {
				rt.Fatalf("hour %d: %v, want %v; %v", n, got, want, periods)
			}
		}
		for i := 1; i < len(periods); i++ {
			if !periods[i-1].End.Before(periods[i].Start) {
				rt.Fatalf("not apart: %v", periods)
			}
		}
		if both := Common(periods, periods); len(both) != len(periods) {
			rt.Fatalf("what is common of a list and itself is %v, want %v", both, periods)
		}
	})
}

func TestAge(t *testing.T) {
	for d, want := range map[time.Duration]string{
		-time.Second: "0s", 0: "0s", 59 * time.Second: "59s", time.Minute: "1m", 59*time.Minute + 59*time.Second: "59m",
		2 * time.Hour: "2h", 130 * time.Minute: "2h10", 12*time.Hour + 5*time.Minute: "12h", 47 * time.Hour: "47h",
		2 * day: "2d", 89 * day: "89d", 90 * day: "3mo", 729 * day: "24mo", 800 * day: "2y",
	} {
		if got := Age(d); got != want {
			t.Errorf("Age(%v) = %q, want %q", d, got, want)
		}
	}
}
