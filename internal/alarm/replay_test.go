package alarm

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"vigil/internal/duty"
	"vigil/internal/incident"
)

// rings are those of a replay, a line each.
func rung(r *Replayed) []string {
	var out []string
	for _, x := range r.Rings {
		word := ""
		if x.AsIf {
			word = "~"
		}
		out = append(out, fmt.Sprintf("%s%s %s (%s): %s", word, x.At.Format("02T15:04:05"), x.Rule, x.Severity, x.Words))
	}
	return out
}

// TestReplayRingsAsTheDeskDid: of incidents that came while somebody watched, and acknowledged what rang after ten minutes, the replay has
// the rings that the duty log has, at the times at which they rang.
func TestReplayRingsAsTheDeskDid(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		r := opened(t)
		from := r.now
		var want []string
		for n := range rapid.IntRange(1, 12).Draw(rt, "incidents") {
			r.now = r.now.Add(time.Duration(rapid.IntRange(11, 180).Draw(rt, "minutes")) * time.Minute)
			r.alive("radio")
			r.say("radio", r.shooting(fmt.Sprint("live-", n), killed(rapid.IntRange(0, 3).Draw(rt, "killed")), ago(time.Duration(rapid.IntRange(0, 40).Draw(rt, "hours"))*time.Hour)))
			for _, b := range r.look() {
				raise, is := b.(*duty.Raise)
				if !is || raise.Incident.IsZero() {
					continue // of sources, countries and the desk
				}
				want = append(want, fmt.Sprintf("%s %s (%s)", r.now.Format("02T15:04:05"), raise.Rule, raise.Severity))
			}
			for _, a := range r.draft.Book().Alarms(r.now) {
				if a.State(r.now) == duty.Unacknowledged {
					came := r.now
					r.now = r.now.Add(10 * time.Minute)
					r.acknowledge(a, 12*time.Hour)
					r.now = came
				}
			}
		}
		r.now = r.now.Add(time.Minute)
		p := NewReplay(r.rules, from, r.now)
		p.Incidents(r.view())
		out := p.Result()
		var got []string
		for _, line := range rung(&out) {
			line, _, _ = strings.Cut(line, "): ")
			got = append(got, line+")")
		}
		if !slices.Equal(got, want) {
			rt.Fatalf("replayed\n%s\nrang\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		if out.AsIf != 0 {
			rt.Fatalf("%d of them are not known to have come when they came", out.AsIf)
		}
	})
}

// TestReplayOfAFirstContent: what was there at the first reading comes when it happened, marked as such; what is refuted, out of the time,
// or restricted does not ring, and the last is counted.
func TestReplayOfAFirstContent(t *testing.T) {
	r := newRoom(t)
	restricted := func(i *incident.Incident) { i.Handling = incident.Known(incident.Restricted) }
	r.say("radio",
		r.shooting("two", killed(2), ago(30*time.Hour)), r.shooting("one", killed(1), ago(31*time.Hour)), r.shooting("nobody", ago(32*time.Hour)),
		r.shooting("hoax", killed(9), ago(30*time.Hour), verified(incident.Refuted)), r.shooting("secret", killed(9), ago(30*time.Hour), restricted),
		r.shooting("long ago", killed(9), ago(90*24*time.Hour)),
	)
	r.now = r.now.Add(time.Hour)
	p := NewReplay(r.rules, r.now.Add(-10*24*time.Hour), r.now)
	p.Incidents(r.view())
	out := p.Result()
	if out.Incidents != 3 || out.AsIf != 3 || out.Restricted != 1 || out.Crowded {
		t.Errorf("%+v", out)
	}
	got := strings.Join(rung(&out), "\n")
	const want = "~19T07:00:00 staff killed, abducted or missing (critical): MLI Gao shooting, 1 killed, unconfirmed, 1 source\n" +
		"~19T08:00:00 staff killed, abducted or missing (critical): MLI Gao shooting, 2 killed, unconfirmed, 1 source"
	first, got, _ := strings.Cut(got, "\n")
	if !strings.HasPrefix(first, "~19T06:00:00 incident near staff (high): cannot exclude: ") || got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if out.Median != 0 || out.Most != 3 || out.Hour != 1 || out.Flooded != 0 {
		t.Errorf("median %v, most %d in 12 h, %d in an hour, %d in floods", out.Median, out.Most, out.Hour, out.Flooded)
	}
	for _, name := range []string{"source stale", "country blind", "overdue", "network down"} {
		if !slices.ContainsFunc(out.Skipped, func(s string) bool { return strings.HasPrefix(s, name+": ") }) {
			t.Errorf("%s cannot be replayed, and that is not said: %q", name, out.Skipped)
		}
	}
}
