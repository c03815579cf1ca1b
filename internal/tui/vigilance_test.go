package tui

import (
	"context"
	"strings"
	"testing"
	"time"

	"vigil/internal/action"
	"vigil/internal/duty"
	"vigil/internal/picture"
	"vigil/internal/safetext"
	"vigil/internal/tui/ring"
	"vigil/internal/tui/tuitest"
)

// night is a desk on which Oscar has the watch, nobody did anything for hours, and a check asks once an hour.
func night(attended time.Time) picture.View {
	d := tuitest.Sahel()
	draft := duty.NewDraft()
	draft.Add(&duty.Entry{ID: "w", At: tuitest.Now.Add(-5 * time.Hour), By: safetext.Const("Oscar"), Body: &duty.Watch{Act: duty.WatchTaken, Holder: duty.Words("Oscar")}})
	v := duty.UsualNight()
	v.From, v.To = 12*time.Hour, 18*time.Hour // 14:32 is night there
	d.Store.SetDesk(picture.Desk{Name: safetext.Const("Sahel"), Duty: draft.Book(), Vigilance: v, Attended: attended})
	return d.View()
}

// awake are the answers to the check that were sent to the desk.
func awake(sent *[]action.Envelope) (n int) {
	for _, e := range *sent {
		if r, ok := e.Command.(action.Record); ok {
			if w, ok := r.Body.(*duty.Watch); ok && w.Act == duty.WatchAwake && w.Holder.String() == "Oscar" {
				n++
			}
		}
	}
	return n
}

func manned(sent *[]action.Envelope, attended *int) func(*Options) {
	return func(o *Options) {
		o.Alert = ring.Bell
		o.Act = func(_ context.Context, e action.Envelope) error { *sent = append(*sent, e); return nil }
		o.Attend = func() { *attended++ }
	}
}

// TestTheCheckAsksAndAnyKeyAnswers: it is on the screen and rings once a minute, and the key that answers does nothing else.
func TestTheCheckAsksAndAnyKeyAnswers(t *testing.T) {
	var sent []action.Envelope
	keyed := 0
	r := start(t, night(time.Time{}), normal, manned(&sent, &keyed))
	if got := rung(r.send(tickMsg{})); strings.Count(got, "\a") > 1 {
		t.Errorf("it rings %q", got)
	}
	lines := r.lines()
	if !strings.Contains(lines[0], "PRESS A KEY") || !strings.Contains(lines[len(lines)-1], "VIGILANCE CHECK since 12:00Z: Oscar, press any key") {
		t.Errorf("%q\n%q", lines[0], lines[len(lines)-1])
	}
	r.now = r.now.Add(30 * time.Second)
	if got := rung(r.send(tickMsg{})); got != "" {
		t.Errorf("half a minute later it rings %q", got)
	}
	r.now = r.now.Add(31 * time.Second)
	if got := rung(r.send(tickMsg{})); got != "\a" {
		t.Errorf("a minute later it rings %q", got)
	}
	r.press("q") // would quit
	lines = r.lines()
	if r.quitted || awake(&sent) != 1 || keyed != 1 || strings.Contains(lines[0]+lines[len(lines)-1], "VIGILANCE") || strings.Contains(lines[0], "PRESS") {
		t.Errorf("quits %t, %d answers, %d keys: %q", r.quitted, awake(&sent), keyed, lines[len(lines)-1])
	}
	r.press("j")
	if awake(&sent) != 1 || keyed != 2 {
		t.Errorf("the next key: %d answers, %d keys", awake(&sent), keyed)
	}
}

// TestWhatIsTypedIsNotLost: while something is being typed the key that answers is typed as well.
func TestWhatIsTypedIsNotLost(t *testing.T) {
	var sent []action.Envelope
	keyed := 0
	r := start(t, night(tuitest.Now), normal, manned(&sent, &keyed))
	r.press(":", "n")
	r.now = r.now.Add(2 * time.Hour)
	r.send(tickMsg{})
	r.press("o")
	if got := r.command.Value(); got != "no" || awake(&sent) != 1 {
		t.Errorf("typed %q, %d answers", got, awake(&sent))
	}
}

// TestNobodyIsAskedForNothing: not while there are signs of life, not by day, not where nobody has the watch, not in the past, and not by a
// console that cannot answer.
func TestNobodyIsAskedForNothing(t *testing.T) {
	var sent []action.Envelope
	keyed := 0
	byDay := tuitest.OnDuty().View()
	for name, r := range map[string]*rig{
		"a key on another console": start(t, night(tuitest.Now.Add(-time.Minute)), normal, manned(&sent, &keyed)),
		"nobody has the watch":     start(t, byDay, normal, manned(&sent, &keyed)),
		"a console that only looks": start(t, night(time.Time{}), normal, func(o *Options) {
			o.Alert = ring.Bell
		}),
		"of the past": start(t, tuitest.Past(), normal, manned(&sent, &keyed)),
	} {
		r.send(tickMsg{})
		if lines := r.lines(); strings.Contains(strings.Join(lines, "\n"), "VIGILANCE") {
			t.Errorf("%s: %q", name, lines[len(lines)-1])
		}
	}
	if len(sent) > 0 {
		t.Errorf("%+v", sent)
	}
}

// TestAReportFromAnywhere: i begins one on every screen that is not typed into.
func TestAReportFromAnywhere(t *testing.T) {
	for _, to := range []string{"1", "2", "3", "5", "6", "8", "9", "H"} {
		r := start(t, tuitest.OnDuty().View(), normal, nil)
		r.press(to, "i")
		if got := r.top().screen.Title(r.area()); !strings.Contains(got, "Report") {
			t.Errorf("after %s i stands on %q", to, got)
		}
	}
	past := start(t, tuitest.Past(), normal, nil)
	past.press("i")
	if got := past.top().screen.Title(past.area()); strings.Contains(got, "Report") || past.say == "" {
		t.Errorf("in the past i opens %q and says %q", got, past.say)
	}
}
