package tui

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"vigil/internal/action"
	"vigil/internal/safetext"
	"vigil/internal/theme"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/tuitest"
)

func TestFilterIsLive(t *testing.T) {
	console(t, nil, func(t *testing.T, r *rig) {
		r.press("/")
		r.typing("abduction country:mli ")
		if !strings.Contains(r.text(), "found") {
			t.Fatalf("typing finds nothing yet:\n%s", r.text())
		}
		found := r.top().screen.(screen.Filterable).Filter()
		r.typing("cuntry:x")
		text := r.text()
		if !strings.Contains(text, "^") || !strings.Contains(text, "country") {
			t.Errorf("a mistake is not pointed at:\n%s", text)
		}
		if got := r.top().screen.(screen.Filterable).Filter(); got == "" || !strings.HasPrefix(found, got[:3]) {
			t.Errorf("a mistake took the filter off: %q", got)
		}
		r.press("enter")
		if r.mode != filtering {
			t.Error("a filter with a mistake was accepted")
		}
		for range len("cuntry:x") {
			r.press("backspace")
		}
		r.press("enter")
		if r.mode != browsing || r.top().filter == "" {
			t.Error("a filter without mistake was not accepted")
		}
		r.press("esc")
		if r.top().filter != "" || r.top().screen.(screen.Filterable).Filter() != "" || len(r.stack) != 1 {
			t.Error("Esc does not take the filter off first")
		}
	})
}

func TestCancelledFilterLeavesThingsAsTheyWere(t *testing.T) {
	console(t, nil, func(t *testing.T, r *rig) {
		before := r.text()
		r.press("/")
		r.typing("abduction")
		r.press("esc")
		if after := r.text(); after != before {
			t.Errorf("before:\n%s\nafter:\n%s", before, after)
		}
	})
}

func TestFilterCompletes(t *testing.T) {
	console(t, nil, func(t *testing.T, r *rig) {
		for _, c := range []struct{ typed, want string }{
			{"coun", "country:"},
			{"country:ML", "country:ML"}, // MLI and MLT
			{"act:abd", "act:abduction "},
			{"severity>=sev", "severity>=severe "},
			{"abduction source:ra", "abduction source:radio "},
		} {
			r.press("/", "ctrl+u")
			r.typing(c.typed)
			r.press("tab")
			if got := r.filter.Value(); got != c.want {
				t.Errorf("%q completes to %q, want %q", c.typed, got, c.want)
			}
			r.press("esc")
		}
	})
}

func TestLateAnswersAreDropped(t *testing.T) {
	console(t, nil, func(t *testing.T, r *rig) {
		r.press("/")
		first := r.send(tea.KeyPressMsg{Code: 'a', Text: "a"})
		late := first().(foundMsg)
		r.typing("rmed")
		want := r.top().screen.(screen.Filterable).Filter()
		r.settle(r.send(late))
		if got := r.top().screen.(screen.Filterable).Filter(); got != want {
			t.Errorf("the answer for %q replaced that for %q", got, want)
		}
		r.press("esc")
	})
}

func TestCommands(t *testing.T) {
	for _, c := range []struct {
		line  string
		scope keys.Scope // of the screen that it opens; empty when it is a mistake
		says  string
	}{
		{line: "country MLI", scope: keys.Country},
		{line: "country Burkina Faso", scope: keys.Country},
		{line: "country", scope: keys.Country},
		{line: "events act:abduction", scope: keys.Events},
		{line: "ev", scope: keys.Events},
		{line: "sources", scope: keys.Sources},
		{line: "help", scope: keys.Help},
		{line: "board", scope: keys.Board},
		{line: "country Atlantis", says: "is no country"},
		{line: "country FRA", says: "nothing is known of France"},
		{line: "events killed>x", says: "killed"},
		{line: "launch", says: "known are"},
		{line: "theme", says: "which theme?"},
	} {
		console(t, nil, func(t *testing.T, r *rig) {
			r.press(":")
			r.typing(c.line)
			r.press("enter")
			if c.scope != "" && (r.mode != browsing || r.top().screen.Scope() != c.scope) {
				t.Errorf(":%s opened %s", c.line, r.top().screen.Scope())
			}
			if c.says != "" && (r.mode != ordering || !strings.Contains(r.text(), c.says)) {
				t.Errorf(":%s does not say %q:\n%s", c.line, c.says, r.text())
			}
		})
	}
}

func TestThemeByCommand(t *testing.T) {
	load := func(name string) (*theme.Theme, error) {
		switch name {
		case theme.Mono:
		case "nope":
			return nil, fmt.Errorf("theme %q: %w", name, theme.ErrNotFound)
		default:
			return nil, errors.New("no theme of that name")
		}
		return theme.LoadShipped(name)
	}
	console(t, func(o *Options) { o.LoadTheme, o.ThemeNames = load, []string{theme.Mono, theme.Night} }, func(t *testing.T, r *rig) {
		r.press(":")
		r.typing("theme mono")
		r.press("enter")
		if r.theme.Name != theme.Mono {
			t.Error("the theme did not change")
		}
		r.press(":")
		r.typing("theme none")
		r.press("enter")
		if r.theme.Name != theme.Mono || !strings.Contains(r.text(), "no theme of that name") {
			t.Error("a bad theme is used, or not spoken of")
		}
		r.press(":")
		r.typing("theme nope")
		r.press("enter")
		if want := `there is no theme "nope"; known are mono, night`; !strings.Contains(r.text(), want) {
			t.Errorf("%q is not said:\n%s", want, r.text())
		}
	})
}

func TestReloadedThemeThatIsWrongKeepsTheOld(t *testing.T) {
	r := start(t, tuitest.Sahel().View(), normal, nil)
	before := r.theme
	r.Update(themeMsg{Theming{Trouble: safetext.Const("themes/night.toml:3:8: no colour")}})
	if r.theme != before || !strings.Contains(strings.Join(r.Linear(), "\n"), "desk trouble") {
		t.Error("the theme changed, or nothing is said")
	}
}

func TestPollIsOfSourcesThatAreFetched(t *testing.T) {
	var got []action.Envelope
	act := func(_ context.Context, e action.Envelope) error {
		got = append(got, e)
		return nil
	}
	console(t, func(o *Options) { o.Act = act }, func(t *testing.T, r *rig) {
		r.press(":")
		r.typing("poll radio")
		r.press("enter")
		if len(got) != 0 || !strings.Contains(r.text(), "no source of this desk is fetched") {
			t.Errorf("the desk got %+v", got)
		}
	})
}

func TestRefreshIsACommandToTheDesk(t *testing.T) {
	var got []action.Envelope
	act := func(_ context.Context, e action.Envelope) error {
		got = append(got, e)
		return nil
	}
	console(t, func(o *Options) { o.Act = act }, func(t *testing.T, r *rig) {
		r.press(":")
		r.typing("refresh")
		r.press("enter")
		if len(got) != 1 || got[0].Command != (action.Refresh{}) || len(got[0].ID) < 20 {
			t.Errorf("the desk got %+v", got)
		}
		if !strings.Contains(r.text(), "refresh: done") {
			t.Error("the outcome is not said")
		}
	})
}
