package tui

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"pgregory.net/rapid"

	"vigil/internal/action"
	"vigil/internal/theme"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/tuitest"
)

// begin types a command line, which is then open.
func (r *rig) begin(text string) {
	r.press(":")
	r.typing(text)
}

// ordered runs a command line.
func (r *rig) ordered(text string) {
	r.begin(text)
	r.press("enter")
}

func withViews(o *Options) {
	o.Aliases = []Alias{{"gao", "events place:Gao"}}
	o.Named = []View{{Name: "night", Line: "events", Filter: "severity>=severe"}}
}

// TestPalette: what is offered for what is typed, with what it does beside it.
func TestPalette(t *testing.T) {
	for _, size := range []tuitest.Size{{Width: 80, Height: 24}, {Width: 40, Height: 12}, {Width: 132, Height: 43}} {
		synctest.Test(t, func(t *testing.T) {
			r := start(t, tuitest.OnDuty().View(), size, withViews)
			r.begin("")
			tuitest.Golden(t, "palette-"+size.String(), r.lines())
			r.typing("ma")
			r.press("tab")
			tuitest.Golden(t, "palette-taken-"+size.String(), r.lines())
			r.press("esc", "L")
			r.begin("ni")
			tuitest.Golden(t, "palette-reading-"+size.String(), r.lines())
			spoken(t, r.lines())
		})
	}
}

func TestOffers(t *testing.T) {
	console(t, withViews, func(t *testing.T, r *rig) {
		for _, c := range []struct {
			typed string
			tabs  int
			want  string
		}{
			{"cou", 1, "country "},
			{"cou", 2, "country BFA"},
			{"alm", 1, "alarms "}, // letters in that order
			{"mali", 1, "country MLI"},
			{"burk", 1, "country BFA"},
			{"gda", 1, "sources gdacs"},
			{"ga", 1, "gao"},
			{"nigh", 1, "view night"},
			{"country b", 1, "country BFA "}, // what follows a command is completed as it was
			{"s", 1, "sources "},
			{"s", 2, "save "},
			{"zzz", 1, "zzz"},
		} {
			r.begin(c.typed)
			for range c.tabs {
				r.press("tab")
			}
			if got := r.command.Value(); got != c.want {
				t.Errorf("%q and %d times Tab is %q, want %q", c.typed, c.tabs, got, c.want)
			}
			r.press("esc")
		}
		r.begin("s")
		r.press("tab", "tab")
		r.settle(r.send(key("tab")))
		r.complete(true)
		r.complete(true)
		if got := r.command.Value(); got != "sources " {
			t.Errorf("back again is %q", got)
		}
		r.press("esc")
	})
}

func TestAliasesAndViews(t *testing.T) {
	var got []Kept
	console(t, func(o *Options) {
		withViews(o)
		o.Remember = func(k Kept) error {
			got = append(got, k)
			if k.View.Name == "full" {
				return errors.New("no room")
			}
			return nil
		}
		o.Memory = Memory{Commands: []string{"plan", "sources"}, Filters: []string{"killed>0"}, Views: []View{{Name: "mine", Line: "country MLI"}}}
	}, func(t *testing.T, r *rig) {
		r.ordered("Gao act:shooting") // as commands are, in any case
		if l := r.top(); l.is != screen.ToEvents || l.filter != "place:Gao act:shooting" {
			t.Errorf("the alias opened %+v", l)
		}
		r.ordered("view night")
		if l := r.top(); l.is != screen.ToEvents || l.filter != "severity>=severe" {
			t.Errorf("the view is %+v", l)
		}
		r.ordered("view mine")
		if r.top().is != screen.ToCountry {
			t.Errorf("what was saved before is %+v", r.top())
		}
		r.ordered("events killed>0")
		r.ordered("save dead")
		r.ordered("board")
		r.ordered("view dead")
		if l := r.top(); l.is != screen.ToEvents || l.filter != "killed>0" {
			t.Errorf("what was saved now is %+v", l)
		}
		r.ordered("view ni") // as of a command, its beginning is enough
		if l := r.top(); l.filter != "severity>=severe" {
			t.Errorf("the beginning of a view opens %+v", l)
		}
		r.ordered("save full")
		if !strings.Contains(r.text(), "no room") {
			t.Errorf("that it was not kept is not said:\n%s", r.text())
		}
		r.ordered("forget dead")
		r.begin("view dead")
		r.press("enter")
		if !strings.Contains(r.text(), "is no view") {
			t.Errorf("a view that was forgotten:\n%s", r.text())
		}
		r.press("esc")
		for _, wrong := range []string{"save night", "save A B", "forget nobody"} {
			r.ordered(wrong)
			if r.mode != ordering {
				t.Errorf("%s is taken", wrong)
			}
			r.press("esc")
		}
		want := []Kept{
			{Command: "gao"},
			{Command: "view night"},
			{Command: "view mine"},
			{Command: "events killed>0"},
			{View: View{"dead", "events", "killed>0"}},
			{Command: "board"},
			{Command: "view dead"},
			{Command: "view ni"},
			{View: View{"full", "events", "severity>=severe"}},
			{Forgotten: "dead"},
		}
		if !slices.Equal(got, want) {
			t.Errorf("remembered is\n%+v, want\n%+v", got, want)
		}
		r.press(":", "up")
		for range 20 {
			r.press("up")
		}
		if r.command.Value() != "plan" {
			t.Errorf("the oldest of before is %q", r.command.Value())
		}
		r.press("esc", "esc", "1", "/", "up")
		if r.filter.Value() != "killed>0" {
			t.Errorf("the filter of before is %q", r.filter.Value())
		}
		r.press("esc")
	})
}

// TestFailedCommands: what did not run is in no history and is remembered nowhere, whether that shows at once or in the desk's answer. The line
// opens empty, and the key for the entry before brings the failed one back until another has run.
func TestFailedCommands(t *testing.T) {
	var got []string
	console(t, func(o *Options) {
		o.Remember = func(k Kept) error { got = append(got, k.Command); return nil }
		o.Act = func(context.Context, action.Envelope) error { return errors.New("the disk is full") }
		o.LoadTheme = func(string) (*theme.Theme, error) { return nil, theme.ErrNotFound }
	}, func(t *testing.T, r *rig) {
		r.ordered("board")
		for _, line := range []string{"evnets", "country Atlantis", "note that nothing is written", "theme dark"} {
			r.ordered(line)
			if r.mode == ordering {
				r.press("esc")
			}
			r.press(":")
			if r.command.Value() != "" {
				t.Errorf("after %q that failed the line opens with %q", line, r.command.Value())
			}
			for _, want := range []string{line, "board"} {
				if r.press("up"); r.command.Value() != want {
					t.Errorf("after %q that failed the entry before is %q, want %q", line, r.command.Value(), want)
				}
			}
			r.press("esc")
		}
		r.ordered("events")
		r.press(":", "up", "up")
		if r.command.Value() != "board" {
			t.Errorf("what failed stays in history: %q", r.command.Value())
		}
		r.press("esc")
		if !slices.Equal(got, []string{"board", "events"}) {
			t.Errorf("remembered is %q", got)
		}
	})
}

// TestKept: of what is typed nothing is remembered that could hold the name of a person.
func TestKept(t *testing.T) {
	for line, want := range map[string]string{
		"ack A17 for 30m Oscar calls her": "ack A17", "note somebody's name": "note", "report abduction of somebody": "report", "take Oscar": "take",
		"takeover Papa he fell ill": "takeover", "told A17 medical phone answered by her": "told A17", "refute R-1 hoax she said so": "refute",
		"events act:abduction since:7d": "events act:abduction since:7d", "events somebody": "events", "events act:abduction somebody": "events", "events": "events",
		"filter place:Gao": "filter place:Gao", "country Burkina Faso": "country Burkina Faso", "why MLI 24h": "why MLI 24h", "al A6": "alarms A6",
		"quit": "", "back": "", "view night": "view night", "save night": "", "launch": "", "claim A3 for 1h": "claim A3", "offer the notes": "offer",
	} {
		if got := kept(line); got != want {
			t.Errorf("of %q %q is remembered, want %q", line, got, want)
		}
	}
	words := rapid.SampledFrom([]string{"ack", "note", "report", "told", "events", "filter", "offer", "leave", "take", "sign", "A17", "for", "30m", "act:abduction", "killed>0"})
	rapid.Check(t, func(t *rapid.T) {
		line := strings.Join(append(rapid.SliceOfN(words, 1, 4).Draw(t, "words"), "Somebody"), " ")
		if strings.Contains(kept(line), "Somebody") {
			t.Fatalf("of %q %q is remembered", line, kept(line))
		}
	})
}

func TestCheck(t *testing.T) {
	for _, c := range []struct {
		line   string
		column int
		want   string
	}{
		{"events place:Gao", 0, ""},
		{"events source:anything", 0, ""},
		{"country MLI", 0, ""},
		{"ack A17", 0, ""},
		{"evnts", 0, "did you mean events?"},
		{"events act:abducton", 11, "act"},
		{"quit", 0, "typed by hand"},
	} {
		column, err := Check{}.Line(c.line)
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) || column != c.column {
			t.Errorf("%q: %v at %d, want %q at %d", c.line, err, column, c.want, c.column)
		}
	}
	for name, want := range map[string]string{
		"events": "", "map": "", "evnts": "did you mean events?", "Board": "did you mean board?", "theme": "is no screen: write one of board, country, events", "zzz": "write one of",
	} {
		if err := (Check{}).Screen(name); want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("screen %s: %v, want %q", name, err, want)
		}
	}
	for _, c := range []struct{ screen, filter, want string }{
		{"events", "killed>0", ""}, {"log", "kind:note", ""}, {"alarms", "", ""}, {"alarms", "x", "has no list"}, {"log", "killed>0", "killed"},
	} {
		_, err := Check{}.Filter(c.screen, c.filter)
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s %q: %v, want %q", c.screen, c.filter, err, c.want)
		}
	}
}

// TestOtherKeys: help, footer and messages say the keys in force.
func TestOtherKeys(t *testing.T) {
	table, wrong := keys.Default().Rebound([]keys.Change{{Action: "quit", Keys: []string{"Q"}}, {Action: "help", Keys: []string{"f1", "?"}}, {Action: "linear", Keys: []string{"f2"}}, {Action: "show-board", Keys: []string{"0"}}})
	if len(wrong) > 0 {
		t.Fatal(wrong)
	}
	console(t, func(o *Options) { o.Keys = table }, func(t *testing.T, r *rig) {
		if text := r.text(); !strings.Contains(text, "Q quit") || !strings.Contains(text, "F1 help") || strings.Contains(text, "1-9 screens") {
			t.Errorf("the footer:\n%s", text)
		}
		r.press("esc")
		if !strings.Contains(r.text(), "Q quits") {
			t.Errorf("at the first screen:\n%s", r.text())
		}
		r.press("q")
		if r.quitted {
			t.Error("the key of before quits")
		}
		r.press("f2")
		if !strings.Contains(r.text(), "F2 draws the screen again") {
			t.Errorf("plain lines:\n%s", r.text())
		}
	})
}

// TestAnAliasGoesBeforeABeginning of a command, and no alias may be what quits.
func TestAnAliasGoesBeforeABeginning(t *testing.T) {
	r := start(t, tuitest.OnDuty().View(), tuitest.Sizes[0], func(o *Options) { o.Aliases = []Alias{{"ev", "sources"}} })
	r.ordered("ev")
	if l := r.top(); l.is != screen.ToSources {
		t.Errorf("the alias opened %+v", l)
	}
	r.ordered("eve")
	if l := r.top(); l.is != screen.ToEvents {
		t.Errorf("the beginning of events opened %+v", l)
	}
	for word, want := range map[string]bool{"q": true, "quit": true, "ev": false} {
		if (Check{}).Known(word) != want {
			t.Errorf("%s is a command: %t", word, !want)
		}
	}
}
