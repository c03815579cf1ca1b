package tui

import (
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"vigil/internal/alarm/rule"
	"vigil/internal/duty"
	"vigil/internal/picture"
	"vigil/internal/tui/ring"
	"vigil/internal/tui/tuitest"
	"vigil/internal/tui/watch"
)

// rung is what a command sends to the terminal as it is.
func rung(cmd tea.Cmd) (bytes string) {
	if cmd == nil {
		return ""
	}
	switch msg := cmd().(type) {
	case tea.RawMsg:
		return msg.Msg.(string)
	case tea.BatchMsg:
		for _, c := range msg {
			bytes += rung(c)
		}
	}
	return bytes
}

func TestANewAlarmRings(t *testing.T) {
	d := tuitest.Sahel()
	draft := duty.NewDraft()
	raise := func(id string, s duty.Severity, at time.Time) picture.View {
		draft.Add(&duty.Entry{ID: id, At: at, Body: &duty.Raise{Rule: "near staff", Key: id, Severity: s, Words: duty.Words("shooting, near 31")}})
		d.Store.SetDesk(picture.Desk{Duty: draft.Book()})
		return d.View()
	}
	r := start(t, d.View(), tuitest.Sizes[0], func(o *Options) { o.Alert = ring.Bell | ring.OSC9 })
	if got := rung(r.send(tickMsg{})); got != "" {
		t.Errorf("without an alarm it rings %q", got)
	}
	const high = "\a\x1b]9;vigil: HIGH A1: shooting, near 31\a"
	if got := rung(r.send(viewMsg{raise("e1", duty.High, r.now)})); got != high {
		t.Errorf("%q, want %q", got, high)
	}
	if got := rung(r.send(viewMsg{raise("e2", duty.High, r.now)})); got != "" {
		t.Errorf("within a second %q", got)
	}
	r.now = r.now.Add(time.Second)
	const second = "\a\x1b]9;vigil: HIGH A2: shooting, near 31\a"
	if got := rung(r.send(tickMsg{})); got != second {
		t.Errorf("with the clock %q, want %q", got, second)
	}
	// Where whoever passes reads the screen it is the bell alone.
	r.press("w")
	r.now = r.now.Add(time.Second)
	if got := rung(r.send(viewMsg{raise("e3", duty.High, r.now)})); got != "\a" {
		t.Errorf("on a wall %q", got)
	}
	// A console that looks at another time rings for nothing.
	past := start(t, tuitest.Past(), tuitest.Sizes[0], func(o *Options) { o.Alert = ring.Bell })
	if got := rung(past.ring()); got != "" {
		t.Errorf("%q", got)
	}
}

// TestAWallRingsForWhatItShows: a bell in a room for something restricted would tell that there is something.
func TestAWallRingsForWhatItShows(t *testing.T) {
	d, draft := tuitest.Sahel(), duty.NewDraft()
	raise := func(r *duty.Raise) picture.View {
		r.Key = r.Rule
		draft.Add(&duty.Entry{ID: r.Rule, At: tuitest.Now, Body: r})
		d.Store.SetDesk(picture.Desk{Duty: draft.Book()})
		return d.View()
	}
	locked := &watch.Options{Locked: true}
	r := start(t, d.View(), tuitest.Sizes[0], func(o *Options) { o.Alert, o.Wall = ring.Bell, locked })
	if got := rung(r.send(viewMsg{raise(&duty.Raise{Rule: rule.RestrictedIncident, Severity: duty.High, Words: duty.Words("Restricted incident: security lead only")})})); got != "" {
		t.Errorf("for something restricted it rings %q", got)
	}
	r.now = r.now.Add(time.Minute)
	if got := rung(r.send(viewMsg{raise(&duty.Raise{Rule: "source stale", Severity: duty.Medium, Source: "radio", Words: duty.Words("radio STALE")})})); got != "\a" {
		t.Errorf("for what it shows it rings %q", got)
	}
}
