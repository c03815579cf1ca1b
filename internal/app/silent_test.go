package app

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"
	"time"

	"vigil/internal/duty"
	"vigil/internal/intake"
	"vigil/internal/picture"
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
