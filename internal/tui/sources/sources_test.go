package sources

import (
	"strings"
	"testing"
	"time"

	"vigil/internal/figure"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/safetext"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/tuitest"
)

func TestGoldens(t *testing.T) {
	v := tuitest.Sahel().View()
	tuitest.Goldens(t, "list", v, func() screen.Screen { return New() })
	tuitest.Goldens(t, "radio", v, func() screen.Screen { return NewDetail("radio") })
}

func TestContract(t *testing.T) {
	tuitest.Walk(t, func() screen.Screen { return New() })
}

func TestDetailContract(t *testing.T) {
	tuitest.Walk(t, func() screen.Screen { return NewDetail("radio") })
}

// fetched is a desk of sources that are fetched.
func fetched() *tuitest.Desk {
	ago := func(d time.Duration) time.Time { return tuitest.Now.Add(-d) }
	d := tuitest.Empty()
	p := health.Profile{Expect: time.Hour, Covers: health.Set(incident.Hazard)}
	d.Fetched("hazards", "gdacs", "https://hazards.example.org/rss.xml", p,
		health.Facts{LastAttempt: ago(time.Minute), LastSuccess: ago(time.Minute), Heartbeat: ago(time.Minute), ContentTime: ago(20 * time.Minute)},
		picture.Poll{Every: 15 * time.Minute, Status: 304, Kept: ago(16 * time.Minute), Next: ago(-14 * time.Minute)})
	d.Fetched("alerts", "gdacs", "https://alerts.example.org/feed?…", p,
		health.Facts{LastAttempt: ago(time.Hour), LastSuccess: ago(time.Hour), ContentTime: ago(time.Hour), Kept: ago(time.Hour)},
		picture.Poll{Every: 5 * time.Minute, Status: 200, Kept: ago(time.Hour)})
	d.Fetched("down", "gdacs", "https://down.example.org/", p,
		health.Facts{LastAttempt: ago(time.Minute), Failure: safetext.Const("the server answered 500 Internal Server Error")},
		picture.Poll{Every: 5 * time.Minute, Status: 500, Next: ago(-time.Minute)})
	return d
}

// A source that is fetched says where from, when it is asked next, and how old what is kept is.
func TestFetchedGoldens(t *testing.T) {
	v := fetched().View()
	tuitest.Goldens(t, "fetched", v, func() screen.Screen { return New() })
	tuitest.Goldens(t, "alerts", v, func() screen.Screen { return NewDetail("alerts") })
}

// TestEveryRowAddsUp: at every width the terms that are shown, with OTHER, are the records.
func TestEveryRowAddsUp(t *testing.T) {
	v := tuitest.Sahel().View()
	for width := 40; width <= 240; width++ {
		f := tuitest.Frame(t, v, tuitest.Size{Width: width, Height: 24})
		table := sourceTable(&f, width)
		for src := range v.Sources() {
			if !table.Shows(fixed + 1) {
				continue // the records alone: the line below tells what they became
			}
			sum := 0
			for i := 1; i < otherColumn; i++ {
				if table.Shows(fixed + i) {
					sum += counted[i].n(src)
				}
			}
			if hidden := src.Counts.Records - sum; hidden != 0 && !table.Shows(fixed+otherColumn) {
				t.Fatalf("%d cells: %s has %d records more than its row tells", width, src.Info.Name, hidden)
			}
			l := sourceRow(&f, table, src)
			fields := strings.Fields(l.Text())
			if all := len(hiddenTerms(table)) == 0; !all {
				last := fields[len(fields)-1]
				if table.Shows(fixed + retainedColumn) {
					last = fields[len(fields)-2]
				}
				if last != figure.Plain.Number(src.Counts.Records-sum) {
					t.Fatalf("%d cells: OTHER of %s is %s, want %d", width, src.Info.Name, last, src.Counts.Records-sum)
				}
			}
		}
	}
}

// TestCountsAreNeverCut: a column of counts is as wide as the largest of them.
func TestCountsAreNeverCut(t *testing.T) {
	d := tuitest.Empty()
	d.Source("radio", "native", health.Profile{}, health.Facts{})
	for range 1_000_000 {
		d.Store.Exclude("radio", incident.Origin{Generation: 1})
	}
	v := d.View()
	for width := 60; width <= 240; width += 5 {
		f := tuitest.Frame(t, v, tuitest.Size{Width: width, Height: 24})
		if text := strings.Join(New().Lines(f), "\n"); !strings.Contains(text, "1,000,000") || strings.Contains(text, "……") {
			t.Fatalf("%d cells:\n%s", width, text)
		}
	}
}

// TestFormatIsNeverCut: whole in its column, or in the line below.
func TestFormatIsNeverCut(t *testing.T) {
	d := tuitest.Empty()
	d.Source("kika", "insecurity-insight", health.Profile{}, health.Facts{})
	v := d.View()
	for width := 40; width <= 240; width += 5 {
		f := tuitest.Frame(t, v, tuitest.Size{Width: width, Height: 24})
		if text := strings.Join(New().Lines(f), "\n"); !strings.Contains(text, "insecurity-insight") || strings.Contains(text, "every none") {
			t.Errorf("%d cells:\n%s", width, text)
		}
	}
}

// TestNobodyWaitsForTheOwnFeed: what is never late has no time at which it is expected, and what said nothing of it has none either.
func TestNobodyWaitsForTheOwnFeed(t *testing.T) {
	v := tuitest.Sahel().View()
	f := tuitest.Frame(t, v, tuitest.Sizes[0])
	for expect, want := range map[time.Duration]string{0: figure.Nothing, time.Hour: "1h", health.Unhurried: figure.Nothing} {
		if got := expected(&f, &health.Profile{Expect: expect}).Text; got != want {
			t.Errorf("%s: %q, want %q", expect, got, want)
		}
	}
	own := picture.Source{}
	own.Info.Profile.Expect = health.Unhurried
	text := ""
	for _, l := range promised(&f, 80, &own).Lines {
		text += l.Text() + "\n"
	}
	if strings.Contains(text, "10y") || !strings.Contains(text, "late at no time") {
		t.Error(text)
	}
}
