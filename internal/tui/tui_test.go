package tui

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"go.uber.org/goleak"

	"vigil/internal/action"
	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/safetext"
	"vigil/internal/theme"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/tuitest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var normal = tuitest.Sizes[0]

// console runs a test with a console of the Sahel desk in a bubble of its own.
func console(t *testing.T, change func(*Options), test func(t *testing.T, r *rig)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) { test(t, start(t, tuitest.Sahel().View(), normal, change)) })
}

func TestClockDrawsOnlyTheHeader(t *testing.T) {
	r := start(t, tuitest.Sahel().View(), normal, nil)
	before := r.lines()
	bodies, frames := r.frame.bodies, r.frame.frames
	for range 5 {
		r.View() // Bubble Tea asks after every message
	}
	if r.frame.frames != frames {
		t.Errorf("a frame was drawn %d times though nothing had changed", r.frame.frames-frames)
	}
	r.now = r.now.Add(time.Second)
	r.Update(tickMsg{})
	after := r.lines()
	if r.frame.bodies != bodies || r.frame.frames != frames+1 {
		t.Errorf("a tick drew %d bodies and %d frames, want 0 and 1", r.frame.bodies-bodies, r.frame.frames-frames)
	}
	changed := 0
	for i := range before {
		if before[i] != after[i] {
			changed++
		}
	}
	if changed != 1 || !strings.HasSuffix(after[0], "14:32:08Z") {
		t.Errorf("a tick changed %d lines, the header to %q", changed, after[0])
	}
	r.now = r.now.Add(time.Minute)
	r.Update(tickMsg{})
	r.View()
	if r.frame.bodies != bodies+1 {
		t.Error("ages do not follow the minute")
	}
}

func TestPictureThatNoOtherFollows(t *testing.T) {
	r := start(t, tuitest.Sahel().View(), normal, nil)
	for _, step := range []struct {
		after time.Duration
		want  bool
	}{{PictureLimit, false}, {time.Second, true}, {7 * time.Second, true}} {
		r.now = r.now.Add(step.after)
		r.Update(tickMsg{})
		if got := strings.Contains(r.lines()[0], " OLD "); got != step.want {
			t.Errorf("after %s the header is %q", r.now.Sub(r.received), r.lines()[0])
		}
	}
	if !strings.Contains(r.lines()[0], "PICTURE 23s OLD") {
		t.Errorf("the header does not say how old the picture is: %q", r.lines()[0])
	}
	r.Update(viewMsg{r.view})
	if strings.Contains(r.lines()[0], "OLD") {
		t.Error("a picture that came is called old, though it says the same as the one before")
	}
}

func TestEscGoesBackOneLevelAndNeverQuits(t *testing.T) {
	console(t, nil, func(t *testing.T, r *rig) {
		r.press("enter", "e", "?")
		if len(r.stack) != 4 {
			t.Fatalf("%d levels, want board, country, why and help", len(r.stack))
		}
		for want := 3; want >= 1; want-- {
			r.press("esc")
			if len(r.stack) != want {
				t.Fatalf("Esc left %d levels, want %d", len(r.stack), want)
			}
		}
		r.press("esc", "esc")
		if r.quitted || len(r.stack) != 1 {
			t.Error("Esc quit")
		}
		if !strings.Contains(r.text(), "q quits") {
			t.Error("Esc on the first screen does not say how to quit")
		}
	})
}

func TestDigitsReplaceWhatIsOpen(t *testing.T) {
	console(t, nil, func(t *testing.T, r *rig) {
		for _, step := range []struct {
			key   string
			scope keys.Scope
		}{{"3", keys.Events}, {"6", keys.Sources}, {"2", keys.Country}, {"1", keys.Board}} {
			r.press(step.key)
			if got := r.top().screen.Scope(); got != step.scope {
				t.Errorf("%s opens %s, want %s", step.key, got, step.scope)
			}
			if len(r.stack) > 2 {
				t.Errorf("%s piles screens up: %d", step.key, len(r.stack))
			}
		}
	})
}

func TestCtrlCClosesThePromptAndThenAsks(t *testing.T) {
	console(t, nil, func(t *testing.T, r *rig) {
		r.press(":")
		r.typing("eve")
		r.press("ctrl+c")
		if r.mode != browsing || r.quitted {
			t.Fatal("Ctrl-C did not just close the prompt")
		}
		r.press("ctrl+c")
		if r.mode != asking || !strings.Contains(r.text(), "Quit vigil?") {
			t.Fatal("Ctrl-C did not ask")
		}
		r.press("n")
		if r.mode != browsing || r.quitted {
			t.Fatal("no is not taken for an answer")
		}
		r.press("ctrl+c", "y")
		if !r.quitted {
			t.Error("yes does not quit")
		}
	})
}

func TestQuits(t *testing.T) {
	for _, how := range []func(r *rig){
		func(r *rig) { r.press("q") },
		func(r *rig) { r.press(":"); r.typing("q"); r.press("enter") },
		func(r *rig) { r.press("ctrl+c", "ctrl+c") },
	} {
		console(t, nil, func(t *testing.T, r *rig) {
			how(r)
			if !r.quitted {
				t.Error("still there")
			}
		})
	}
}

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
		if name != theme.Mono {
			return nil, errors.New("no theme of that name")
		}
		return theme.LoadShipped(name)
	}
	console(t, func(o *Options) { o.LoadTheme = load }, func(t *testing.T, r *rig) {
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

func TestTooSmall(t *testing.T) {
	v := exercise()
	for _, size := range []tuitest.Size{{Width: 39, Height: 24}, {Width: 80, Height: 11}, {Width: 10, Height: 3}, {Width: 1, Height: 1}} {
		r := start(t, v, size, nil)
		if text := r.text(); size.Width > 10 && (!strings.Contains(text, "too small") || !strings.Contains(text, "EXERCISE")) {
			t.Errorf("%s: %q", size, text)
		}
	}
}

// TestEverySize draws every screen at all sizes from nothing up: no panic, and each line as wide as
// the terminal.
func TestEverySize(t *testing.T) {
	v := tuitest.Sahel().View()
	for w := 1; w < 210; w += 13 {
		for h := 1; h < 64; h += 7 {
			r := start(t, v, tuitest.Size{Width: w, Height: h}, nil)
			r.lines()
			for _, k := range []string{"3", "6", "2", "?"} {
				r.send(key(k))
				r.lines()
			}
		}
	}
}

func TestNothingArrivesBeforeThePicture(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := start(t, picture.View{}, normal, nil)
		r.press("j", "enter", "/", "3", "?", "e", "tab", "esc", "y")
		if len(r.stack) != 1 || r.mode != browsing {
			t.Error("a screen opened without a picture")
		}
		r.Update(viewMsg{tuitest.Sahel().View()})
		if !strings.Contains(r.text(), "Mali") {
			t.Error("the first picture is not shown")
		}
		r.press(":")
		r.typing("q")
		r.press("enter")
		if !r.quitted {
			t.Error("does not quit")
		}
	})
}

// shoot is one more incident on a desk.
func shoot(d *tuitest.Desk, n int) {
	d.Arrive(tuitest.Report{
		Source: "radio", ID: fmt.Sprint("N-", n), When: tuitest.Now.Add(-time.Minute).Format(time.RFC3339), Received: 30 * time.Second,
		Country: "MLI", Place: "Gao", Title: "Shots heard", Act: incident.Shooting, Threat: incident.ArmedConflict,
	})
}

func TestEventsHoldWhileTheyAreRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := tuitest.Sahel()
		r := start(t, d.View(), normal, nil)
		shoot(d, 1)
		r.Update(viewMsg{d.View()})
		if !strings.Contains(r.text(), " 14:31  MLI   Gao") {
			t.Fatal("a new event does not come in while nobody reads the events")
		}
		r.press("tab", "j", "j")
		before := r.selectedLine()
		shoot(d, 2)
		shoot(d, 3)
		r.Update(viewMsg{d.View()})
		if !strings.Contains(r.text(), "2 new ↑") {
			t.Errorf("what is held is not counted:\n%s", r.text())
		}
		if after := r.selectedLine(); after != before {
			t.Errorf("the cursor was on %q and is on %q", before, after)
		}
		r.press("space")
		if strings.Contains(r.text(), "new ↑") {
			t.Error("space does not let them in")
		}
		if after := r.selectedLine(); after != before {
			t.Errorf("letting them in moved the cursor from %q to %q", before, after)
		}
	})
}

// selectedLine is the line with the pointer, its age and mark aside.
func (r *rig) selectedLine() string {
	for _, line := range r.lines() {
		if strings.HasPrefix(line, "▸") {
			return line
		}
	}
	return ""
}

func TestSelectionFollowsTheCountry(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := tuitest.Sahel()
		r := start(t, d.View(), normal, nil)
		r.press("G")
		if !strings.HasPrefix(r.selectedLine(), "▸Niger") {
			t.Fatalf("selected is %q", r.selectedLine())
		}
		for n := range 40 { // enough to bring Niger up
			d.Arrive(tuitest.Report{
				Source: "radio", ID: fmt.Sprint("G-", n), When: tuitest.Now.Add(-time.Duration(n+1) * time.Hour).Format(time.RFC3339), Received: time.Minute,
				Country: "NER", Place: "Diffa", Act: incident.Abduction, Threat: incident.Terrorism,
				Affected: incident.Breakdown{tuitest.People(incident.PopulationNGO, incident.National, incident.Male, incident.Abducted, 2)},
			})
		}
		r.Update(viewMsg{d.View()})
		if !strings.HasPrefix(r.selectedLine(), "▸Niger") {
			t.Errorf("the cursor stayed on the row: %q", r.selectedLine())
		}
		if strings.Contains(r.lines()[12], "▸Niger") {
			t.Error("the test does not move the row")
		}
	})
}

func TestCopyGoesToTheTerminal(t *testing.T) {
	console(t, nil, func(t *testing.T, r *rig) {
		r.press("y")
		if len(r.said) == 0 || !strings.Contains(r.text(), "copied") {
			t.Errorf("nothing was copied: %v", r.said)
		}
	})
}

func TestMailboxAndThemesEndWithTheirChannels(t *testing.T) {
	views, themes := make(chan picture.View, 1), make(chan Theming, 1)
	v := tuitest.Empty().View()
	views <- v
	if msg, ok := waitView(views)().(viewMsg); !ok || !msg.view.Same(v) {
		t.Error("the picture in the mailbox did not come")
	}
	close(views)
	close(themes)
	if waitView(views)() != nil || waitTheme(themes)() != nil {
		t.Error("a closed mailbox still brings something")
	}
}
