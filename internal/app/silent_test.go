package app

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"
	"time"

	"vigil/internal/duty"
	"vigil/internal/health"
	"vigil/internal/intake"
	"vigil/internal/picture"
	"vigil/internal/safetext"
)

// TestAlarmsRingWhileTheCollectorIsSilent: a collector that was stopped, as by Ctrl-Z, holds the lock and finds nothing. The consoles
// beside it ring meanwhile, and send nothing out; when it speaks again they leave it to the collector.
func TestAlarmsRingWhileTheCollectorIsSilent(t *testing.T) {
	d := newDesk(t, "countries = [\"MLI\"]\n[heartbeat]\nfile = \"beat.json\"\nevery = \"5s\"\n[[out]]\nname = \"siren\"\nkind = \"exec\"\ncommand = [\"/bin/true\"]\n")
	d.rings = true
	now := d.clock.now()
	d.add("feeds/radio.jsonl", taken("R-0", now.Add(-90*24*time.Hour)))
	log, _, err := intake.Open(d.path("intake"), intake.Options{Version: "test", Now: d.clock.now})
	if err != nil {
		t.Fatal(err)
	}
	if err := log.WriteState(stateForm{Run: "stopped"}); err != nil {
		t.Fatal(err)
	}
	silent := func(v picture.View) bool { return strings.Contains(v.Desk().Recording.String(), "collector silent") }
	d.open()
	d.await("that it is silent, and what rings together", func(v picture.View) bool { return silent(v) && !v.Duty().Through().IsZero() })
	d.clock.forward(time.Minute) // what comes next came later than that
	d.add("feeds/radio.jsonl", taken("R-1", now.Add(-time.Hour)))
	d.await("the alarm", func(v picture.View) bool { return len(about(v, "R-1")) > 0 })

	d.still = true
	if err := log.WriteState(stateForm{Run: "stopped"}); err != nil {
		t.Fatal(err)
	}
	d.await("that it speaks again", func(v picture.View) bool { return v.Desk().Recording.IsZero() })
	d.add("feeds/radio.jsonl", taken("R-2", now.Add(-time.Hour)))
	d.await("the next incident", func(v picture.View) bool { return v.Len() == 3 })
	before := len(entries(t, d))
	for _, e := range entries(t, d) {
		if r, is := e.Body.(*duty.Raise); is && r.Incident.ID.Line().String() == "R-2" {
			t.Error("it rang although the collector spoke")
		}
		if _, is := e.Body.(*duty.Send); is {
			t.Error("something was sent")
		}
	}
	if _, err := os.Stat(d.path("beat.json")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the heart beat: %v", err)
	}

	if err := log.Close(); err != nil { // the collector is gone
		t.Fatal(err)
	}
	d.still = false
	d.await("what the collector left to ring, once this console is the collector", func(v picture.View) bool {
		_, err := os.Stat(d.path("beat.json"))
		return len(about(v, "R-2")) > 0 && err == nil
	})
	d.close()
	ids := map[string]int{}
	for _, e := range entries(t, d) {
		ids[e.ID]++
		if r, is := e.Body.(*duty.Raise); is && r.Incident.ID.Line().String() == "R-1" && e.Seq > uint64(before) {
			t.Error("R-1 rang again")
		}
	}
	for id, n := range ids {
		if n > 1 {
			t.Errorf("entry %s stands %d times", id, n)
		}
	}
}

// TestAPictureOfBeforeIsPassedOver, and none for good.
func TestAPictureOfBeforeIsPassedOver(t *testing.T) {
	var a asked
	for n, tt := range []struct {
		age    time.Duration
		passes bool
	}{{time.Second, false}, {time.Hour, true}, {time.Second, false}, {time.Minute, true}, {time.Minute, false}, {time.Minute, true}} {
		if got := a.passes(tt.age); got != tt.passes {
			t.Errorf("%d: a picture of %s ago is passed over: %t", n, tt.age, got)
		}
	}
}

// TestNothingRingsByFilesOfBeforeAStop: after this process or the machine stood still, nothing is asked of a picture before each file was
// looked at, but for one that hangs; what is fetched is as old as it is.
func TestNothingRingsByFilesOfBeforeAStop(t *testing.T) {
	began := time.Date(2026, 11, 28, 9, 0, 0, 0, time.UTC)
	store := picture.NewStore(picture.Options{})
	looked := map[string]time.Time{}
	for _, name := range []string{"radio", "hangs", "fetched"} {
		info := picture.SourceInfo{Name: safetext.Clean(name), Profile: health.Profile{Expect: time.Minute}}
		if name == "fetched" {
			info.URL = safetext.Const("https://example.org/")
		}
		store.Configure(name, info)
	}
	var a asked
	for n, tt := range []struct {
		at      time.Duration
		looks   []string
		unasked bool
	}{
		{0, []string{"radio", "hangs", "fetched"}, false},
		{5 * time.Second, []string{"radio", "hangs"}, false},
		{10 * time.Second, nil, false}, // an interval in which nobody looks is no stop
		{10 * time.Minute, nil, true},
		{10*time.Minute + time.Second, []string{"radio"}, true},
		{10*time.Minute + 2*time.Second, []string{"hangs"}, false},
		{10*time.Minute + 4*time.Second, nil, false},
		{8 * time.Hour, []string{"radio"}, true},
		{8*time.Hour + 9*time.Second, nil, true},
		{8*time.Hour + 10*time.Second, nil, false}, // waited for long enough
	} {
		now := began.Add(tt.at)
		for _, name := range tt.looks {
			looked[name] = now
		}
		for name, at := range looked {
			store.Observe(name, health.Facts{LastAttempt: at, LastSuccess: at})
		}
		if got := a.unlooked(store.At(now, now, now).For(picture.DutyOfficer)); got != tt.unasked {
			t.Errorf("%d: after %s what rings is not asked: %t", n, tt.at, got)
		}
	}
}
