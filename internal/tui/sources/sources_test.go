package sources

import (
	"testing"
	"time"

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

// A source that is fetched says where from, when it is asked next, and how old what is kept is.
func TestFetchedGoldens(t *testing.T) {
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
	v := d.View()
	tuitest.Goldens(t, "fetched", v, func() screen.Screen { return New() })
	tuitest.Goldens(t, "alerts", v, func() screen.Screen { return NewDetail("alerts") })
}
