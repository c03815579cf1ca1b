package country

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"vigil/internal/incident"
	"vigil/internal/presence"
	"vigil/internal/safetext"
	"vigil/internal/tui/tuitest"
)

// TestTracked: each position has its age, one past its validity says STALE, and one of another country is not
// here.
func TestTracked(t *testing.T) {
	v := tuitest.Expecting().View()
	for _, size := range tuitest.Sizes {
		f := tuitest.Frame(t, v, size)
		tuitest.Exact(t, f, New(tuitest.Country("MLI")).Lines(f))
	}
	f := tuitest.Frame(t, v, tuitest.Sizes[0])
	var pane []string
	in := false
	for _, line := range New(tuitest.Country("MLI")).Linear(f) {
		if strings.HasPrefix(line, "TRACKED") {
			in = true
		} else if line == "" {
			in = false
		}
		if in {
			pane = append(pane, line)
		}
	}
	tuitest.Golden(t, "tracked-linear", pane)
	if text := strings.Join(New(tuitest.Country("BFA")).Linear(f), "\n"); strings.Contains(text, "TRACKED") {
		t.Errorf("in another country:\n%s", text)
	}
}

// TestAPositionWithoutAnEndAges: while its source may be silent it is the last known, after that STALE; it is never "current".
func TestAPositionWithoutAnEndAges(t *testing.T) {
	d := tuitest.Expecting()
	place := func(id string, age time.Duration) {
		d.Store.TakePosition("radio", presence.Position{
			ID: safetext.Clean(id), Authority: safetext.Const("radio"), Point: incident.Point{Lat: 15.9, Lon: 0.2}, HasPoint: true,
			At: tuitest.Now.Add(-age), Origin: incident.Origin{File: safetext.Const("feeds/tracks.xml"), Line: 1},
		}, tuitest.Now)
	}
	place("KML-1", 30*time.Minute)
	place("KML-2", 61*time.Minute) // the source speaks each hour
	d.Store.SettleStock("radio", safetext.Const("feeds/tracks.xml"), tuitest.Now)
	f := tuitest.Frame(t, d.View(), tuitest.Sizes[0])
	text := strings.Join(New(tuitest.Country("MLI")).Linear(f), "\n")
	for _, want := range []string{`KML-1.*last known.* 30 minutes old`, `attention: .*KML-2.*STALE.* 1 hour 1 minute old`, `states no end, and is older than its source may be silent \(1 hour\)`} {
		if !regexp.MustCompile(want).MatchString(text) {
			t.Errorf("%s is not in\n%s", want, text)
		}
	}
}

// TestWhoIsHereComesBeforeWhatHappened, where the panes share a column; there the incidents are few, and all in the plain lines.
func TestWhoIsHereComesBeforeWhatHappened(t *testing.T) {
	v := tuitest.Expecting().View()
	for _, width := range []int{40, 80, 131} {
		f := tuitest.Frame(t, v, tuitest.Size{Width: width, Height: 24})
		_, columns := New(tuitest.Country("MLI")).draw(f, []int{width})
		at := map[string]int{}
		for i, s := range columns[0].Sections {
			at[s.Key] = i
			if s.Key == "incidents" && s.Count != fewListed+1 {
				t.Errorf("%d cells: %d rows of incidents", width, s.Count)
			}
		}
		if at["areas"] > at["presence"] || at["presence"] > at["tracked"] || at["tracked"] > at["incidents"] || at["incidents"] > at["history"] {
			t.Errorf("%d cells: %v", width, at)
		}
	}
	f := tuitest.Frame(t, v, tuitest.Sizes[0])
	if text := strings.Join(New(tuitest.Country("MLI")).Linear(f), "\n"); !strings.Contains(text, "LATEST INCIDENTS: all ") {
		t.Errorf("the plain lines do not hold all incidents:\n%s", text)
	}
}

// TestAdvisoryOfASilentSource is marked, with why.
func TestAdvisoryOfASilentSource(t *testing.T) {
	d := tuitest.Sahel()
	for _, s := range []string{"gdacs", "radio"} { // the one is stale, the other lives
		d.Advise(s, "MLI")
	}
	f := tuitest.Frame(t, d.View(), tuitest.Sizes[0])
	text := strings.Join(New(tuitest.Country("MLI")).Linear(f), "\n")
	for _, want := range []string{`Authority of gdacs.*3 of 4, 2 days old, older than it should be`, `source gdacs is STALE: it may advise something else by now`, `Authority of radio.*3 of 4, 2 days old\n`} {
		if !regexp.MustCompile(want).MatchString(text) {
			t.Errorf("%s is not in\n%s", want, text)
		}
	}
}
