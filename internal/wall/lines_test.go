package wall_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"vigil/internal/duty"
	"vigil/internal/figure"
	"vigil/internal/plain"
	"vigil/internal/tui/tuitest"
	"vigil/internal/wall"
)

// TestWallTellsEachChangeOnce: a part is told when it is there, when it changes and when it is gone, and nothing in between; a picture of
// another time that says the same is no line.
func TestWallTellsEachChangeOnce(t *testing.T) {
	var b bytes.Buffer
	p := plain.NewWall(&b, plain.Layout{})
	show := func(entries ...duty.Body) string {
		t.Helper()
		d, l := tuitest.OnDutyLog()
		for i, e := range entries {
			l.Say(time.Duration(len(entries)-i)*time.Second, "Oscar", e)
		}
		m := wall.Of(figure.Plain, l.On(d).View(), wall.Public, nil, tuitest.Now)
		b.Reset()
		if err := p.Show(&m); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	first := show()
	for _, want := range []string{"MLI official level 3–5, estimate High", "alarm CRIT NOT ACKED: MLI Incident, unconfirmed\n", "source gdacs STALE", " MLI Gao region official level 4→5\n", " MLI Incident, unconfirmed\n"} {
		if !strings.Contains(first, want) {
			t.Errorf("the first lines lack %q:\n%s", want, first)
		}
	}
	if again := show(); again != "" {
		t.Errorf("told twice:\n%s", again)
	}
	ack := &duty.Ack{Alarm: "entry-11", Owner: duty.Words("Oscar"), Reason: duty.Words("on it"), Until: tuitest.Now.Add(time.Hour)}
	if got := show(ack); strings.Count(got, "\n") != 1 || !strings.Contains(got, "alarm CRIT ACKED: MLI Incident, unconfirmed") {
		t.Errorf("an acknowledgement:\n%s", got)
	}
	if got := show(ack, &duty.Clear{Alarm: "entry-11"}); strings.Count(got, "\n") != 1 || !strings.Contains(got, "no longer: alarm CRIT") {
		t.Errorf("an end:\n%s", got)
	}
	for p, want := range map[wall.Privacy]string{wall.Public: "WATCH held", wall.Desk: "WATCH Oscar"} {
		d, l := tuitest.OnDutyLog()
		l.Say(8*time.Hour, "Oscar", &duty.Watch{Act: duty.WatchTaken, Holder: duty.Words("Oscar")})
		m := wall.Of(figure.Plain, l.On(d).View(), p, nil, tuitest.Now)
		b.Reset()
		if err := plain.NewWall(&b, plain.Layout{}).Show(&m); err != nil || !strings.Contains(b.String(), "Z "+want+"\n") {
			t.Errorf("who has the watch: %v\n%s", err, b.String())
		}
	}
	m := wall.Of(figure.Plain, tuitest.OnDuty().View(), wall.Public, nil, tuitest.Now)
	for age, want := range map[time.Duration]string{time.Second: "watching: 2 of 5 sources see", time.Hour: "NOT WATCHING: the last picture is 1h old"} {
		b.Reset()
		if err := p.Heartbeat(&m, tuitest.Now.Add(age)); err != nil || !strings.Contains(b.String(), want) {
			t.Errorf("after %s: %q, %v", age, b.String(), err)
		}
	}
}
