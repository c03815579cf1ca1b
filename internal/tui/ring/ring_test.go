package ring

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"vigil/internal/duty"
	"vigil/internal/term"
)

var start = time.Date(2026, 11, 27, 3, 0, 0, 0, time.UTC)

func alarm(n int, s duty.Severity, words string) *duty.Alarm {
	return &duty.Alarm{ID: fmt.Sprint("e", n), Number: n, Severity: s, Raised: start, Came: start, Raise: &duty.Raise{Severity: s, Words: duty.Words(words)}}
}

func TestBytes(t *testing.T) {
	one := alarm(17, duty.Critical, "abduction; near 31")
	for _, c := range []struct {
		ways Ways
		want string
	}{
		{0, ""},
		{Bell, "\a"},
		{OSC9, "\x1b]9;vigil: CRITICAL A17: abduction; near 31\a"},
		{OSC777, "\x1b]777;notify;vigil;CRITICAL A17: abduction, near 31\a"},
		{OSC99, "\x1b]99;i=A17:u=2;CRITICAL A17: abduction; near 31\a"},
		{Bell | OSC9, "\a\x1b]9;vigil: CRITICAL A17: abduction; near 31\a"},
	} {
		r := Ringer{Ways: c.ways}
		if got, _ := r.Ring([]*duty.Alarm{one}, false, start); got != c.want {
			t.Errorf("%b: %q, want %q", c.ways, got, c.want)
		}
	}
	r := Ringer{Ways: OSC9}
	list := []*duty.Alarm{alarm(1, duty.Low, "low"), one, alarm(3, duty.High, "high")}
	if got, line := r.Ring(list, true, start); got != "\x1b]9;vigil: "+line+"\a" || line != "EXERCISE 3 new alarms, the gravest CRITICAL A17: abduction; near 31" {
		t.Errorf("%q with the line %q", got, line)
	}
	r = Ringer{Ways: Bell}
	if got, want := r.Line(list, false, start), "3 new alarms, the gravest CRITICAL A17: abduction; near 31"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	r = Ringer{Ways: Bell, Hides: func(a *duty.Alarm) bool { return a == one }}
	if got, want := r.Line(list, false, start), "3 new alarms, the gravest CRITICAL A17: Restricted incident"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := r.Line(list, false, start.Add(time.Hour)); got != "" {
		t.Errorf("again: %q", got)
	}
}

func TestEachOccurrenceRingsOnce(t *testing.T) {
	r := Ringer{Ways: Bell}
	a := alarm(1, duty.Medium, "one")
	list := []*duty.Alarm{a}
	at := func(d time.Duration) int {
		bytes, _ := r.Ring(list, false, start.Add(d))
		return strings.Count(bytes, "\a")
	}
	check := func(what string, got, want int) {
		t.Helper()
		if got != want {
			t.Errorf("%s: %d rings, want %d", what, got, want)
		}
	}
	check("when it is raised", at(0), 1)
	check("a minute later", at(time.Minute), 0)
	a.Level = 1
	check("escalated", at(2*time.Minute), 1)
	list = append(list, alarm(2, duty.Medium, "two"))
	check("another within the second", at(2*time.Minute+900*time.Millisecond), 0)
	list = append(list, alarm(3, duty.High, "three"))
	check("a higher one within the second", at(2*time.Minute+950*time.Millisecond), 1)
	list = append(list, alarm(4, duty.Medium, "four"))
	check("a lower one within the next", at(2*time.Minute+1900*time.Millisecond), 0)
	check("and then", at(2*time.Minute+1950*time.Millisecond), 1)
	list = append(list, alarm(5, duty.Medium, "five"))
	check("though the clock was set back", at(0), 1)
	owned := alarm(6, duty.Critical, "owned")
	owned.Acks = []duty.Acked{{At: start, Until: start.Add(time.Hour)}}
	list = append(list, owned)
	check("what somebody owns", at(3*time.Minute), 0)
	check("when that has run out", at(2*time.Hour), 1)
	a.Acks = []duty.Acked{{At: start.Add(2 * time.Hour), Until: start.Add(3 * time.Hour)}}
	check("what rang before somebody owned it", at(3*time.Hour-time.Second), 0)
	check("when that has run out", at(3*time.Hour), 1)
	check("once", at(4*time.Hour), 0)
	a.Shelf.Until = start.Add(5 * time.Hour)
	check("on the shelf", at(5*time.Hour-time.Second), 0)
	check("when the shelf ends", at(5*time.Hour), 1)
	check("once", at(6*time.Hour), 0)
}

// TestNothingEscapes: whatever the words are, the bytes are the bell and whole sequences of the kinds that were asked for.
func TestNothingEscapes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"\a\x1b]52;c;AA\a", "\x1b\\\x9c\x9d", "a\u202eb", "x;y\x07", "\ua69c", "Tillabéri", strings.Repeat("é", 4000)})).Draw(t, "words")
		r := Ringer{Ways: Ways(rapid.IntRange(0, 15).Draw(t, "ways"))}
		out, _ := r.Ring([]*duty.Alarm{alarm(1, duty.High, text)}, rapid.Bool().Draw(t, "exercise"), start)
		want := 0
		if r.Ways&Bell != 0 {
			var ok bool
			if out, ok = strings.CutPrefix(out, "\a"); !ok {
				t.Fatalf("no bell: %q", out)
			}
		}
		for _, w := range []Ways{OSC9, OSC777, OSC99} {
			if r.Ways&w != 0 {
				want++
			}
		}
		if strings.Count(out, "\x1b]") != want || strings.Count(out, "\a") != want || strings.Count(out, "\x1b") != want || ansi.Strip(out) != "" {
			t.Fatalf("%q", out)
		}
		for _, c := range out {
			if c >= 0x7f || c == '\n' {
				t.Fatalf("%q holds %U", out, c)
			}
		}
		if len(out) > want*(longest+60) {
			t.Fatalf("%d bytes", len(out))
		}
	})
}

func TestWays(t *testing.T) {
	if Parse(nil) != Bell || Parse([]string{}) != 0 || Parse([]string{"osc9", "bell"}) != Bell|OSC9 {
		t.Error("the words are read wrongly")
	}
	for kind, want := range map[string]Ways{"xterm-256color": Bell | OSC9, "vt100": Bell, "vt220": Bell, "linux": Bell, "dumb": Bell} {
		if got := (Bell | OSC9).On(term.Detect([]string{"TERM=" + kind})); got != want {
			t.Errorf("%s: %b, want %b", kind, got, want)
		}
	}
}
