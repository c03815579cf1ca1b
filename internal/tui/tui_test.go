package tui

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"vigil/internal/duty"
	"vigil/internal/figure"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/lang"
	"vigil/internal/picture"
	"vigil/internal/safetext"
	"vigil/internal/tui/keys"
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

// TestAPictureComesAtAMoment: ages go by the minute, and how long ago a picture came by the moment, also between two ticks.
func TestAPictureComesAtAMoment(t *testing.T) {
	r := start(t, tuitest.Sahel().View(), normal, nil)
	r.now = r.now.Add(700 * time.Millisecond)
	r.Update(viewMsg{tuitest.OnDuty().View()})
	if f := r.area(); !f.Instant.Equal(r.now) || !f.Now.Equal(r.now.Truncate(time.Minute)) {
		t.Errorf("at %s: instant %s, now %s", r.now, f.Instant, f.Now)
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

// TestTheMapOpensWhereTheReaderIs: on the country that is selected, or that is asked for; and what is selected there is the country to go to.
func TestTheMapOpensWhereTheReaderIs(t *testing.T) {
	console(t, nil, func(t *testing.T, r *rig) {
		r.press("down", "7")
		if !strings.Contains(r.text(), "\n Burkina Faso BFA  level ?") {
			t.Errorf("the map is not at Burkina Faso:\n%s", r.text())
		}
		r.press(":")
		r.typing("map Niger")
		r.press("enter")
		if !strings.Contains(r.text(), "\n Niger NER  level 2") {
			t.Errorf("the map is not at Niger:\n%s", r.text())
		}
		r.press("2")
		if !strings.Contains(r.lines()[0], "Niger NER") || len(r.stack) != 2 {
			t.Errorf("the country is not Niger: %q", r.lines()[0])
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

// TestWatchNote: who has the watch is said with how long, from 10 h on that relief is due, and after 12 h that it is too long.
func TestWatchNote(t *testing.T) {
	now := tuitest.Now
	for since, want := range map[time.Duration][2]string{
		512 * time.Minute: {"WATCH Oscar 8h32", "W Oscar"}, 10 * time.Hour: {"WATCH Oscar 10h RELIEF DUE", "W Oscar!"}, 12 * time.Hour: {"WATCH Oscar 12h TOO LONG", "W Oscar!"},
	} {
		n := watchNote(figure.Plain, duty.OnWatch{Holder: safetext.Const("Oscar"), Since: now.Add(-since)}, now, false)
		if got := [2]string{n.text, n.short}; got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if n := watchNote(figure.Plain, duty.OnWatch{Holder: safetext.Const("Oscar"), Since: now}, now, true); strings.Contains(n.text+n.short, "Oscar") {
		t.Errorf("in public: %+v", n)
	}
	if n := watchNote(figure.Plain, duty.OnWatch{}, now, false); n.text != "NO WATCH" {
		t.Errorf("%+v", n)
	}
}

// TestAWallInTheConsoleNamesNobody: while the wall stands as whoever passes may read it, the header says that somebody has the watch and not who.
func TestAWallInTheConsoleNamesNobody(t *testing.T) {
	l := tuitest.NewLog()
	l.Say(9*time.Hour, "Oscar", &duty.Watch{Act: duty.WatchTaken, Holder: duty.Words("Oscar")})
	r := start(t, l.On(tuitest.Sahel()).View(), tuitest.Size{Width: 132, Height: 43}, nil)
	for _, step := range []struct{ key, want string }{{"w", "WATCH held 9h"}, {"p", "WATCH Oscar 9h"}, {"p", "WATCH held 9h"}, {"esc", "WATCH Oscar 9h"}} {
		if r.press(step.key); !strings.Contains(r.lines()[0], step.want) {
			t.Errorf("after %s: %q, want %q", step.key, r.lines()[0], step.want)
		}
	}
}

// TestTheWatchIsInEveryHeader, in a short form where there is little room, and that nobody has it where that matters.
func TestTheWatchIsInEveryHeader(t *testing.T) {
	header := func(width int, fill func(*tuitest.Log)) string {
		l := tuitest.NewLog()
		fill(l)
		d := l.On(tuitest.Sahel())
		r := start(t, d.View(), tuitest.Size{Width: width, Height: 12}, nil)
		return r.lines()[0]
	}
	taken := func(l *tuitest.Log) {
		l.Say(9*time.Hour, "Oscar", &duty.Watch{Act: duty.WatchTaken, Holder: duty.Words("Oscar")})
	}
	nothing := func(*tuitest.Log) {}
	source := func(l *tuitest.Log) {
		l.Say(time.Hour, tuitest.Vigil, &duty.Raise{Rule: "source stale", Severity: duty.Medium, Key: "s", Source: "gdacs", Words: duty.Words("gdacs STALE")})
	}
	rings := func(l *tuitest.Log) {
		l.Say(time.Hour, tuitest.Vigil, &duty.Raise{Rule: "r", Severity: duty.High, Key: "s", Country: "MLI", Words: duty.Words("it rings"), Moment: true})
	}
	note := func(l *tuitest.Log) { l.Say(time.Hour, "", &duty.Note{Text: duty.Words("road closed")}) }
	for _, tt := range []struct {
		name  string
		width int
		fill  func(*tuitest.Log)
		want  string // empty: nothing is said of a watch
	}{
		{"taken", 132, taken, "WATCH Oscar 9h"},
		{"taken, 80 columns", 80, taken, "WATCH Oscar 9h"},
		{"taken, least room", 40, taken, "W Oscar"},
		{"an empty log", 132, nothing, ""},
		{"only sources ring", 132, source, ""},
		{"something rings", 132, rings, "NO WATCH"},
		{"something rings, least room", 40, rings, "NO WATCH"},
		{"somebody wrote a note", 132, note, "NO WATCH"},
	} {
		got := header(tt.width, tt.fill)
		if tt.want != "" && !strings.Contains(got, tt.want) || tt.want == "" && strings.Contains(got, "WATCH") {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// TestTheWorstStateIsInEveryHeader, be it that all is well: where there is little room who has the watch is said in a shorter form.
func TestTheWorstStateIsInEveryHeader(t *testing.T) {
	l := tuitest.NewLog()
	l.Say(9*time.Hour, "Oscar", &duty.Watch{Act: duty.WatchTaken, Holder: duty.Words("Oscar")})
	d := tuitest.Empty() // whose one source has never spoken
	d.Source("radio", "native", health.Profile{Expect: time.Hour, Covers: tuitest.Every}, health.Facts{
		LastAttempt: tuitest.Now.Add(-time.Minute), LastSuccess: tuitest.Now.Add(-time.Minute), ContentTime: tuitest.Now.Add(-time.Minute),
	})
	r := start(t, l.On(d).View(), tuitest.Size{Width: 40, Height: 12}, nil)
	for _, want := range []string{"1 live", "W Oscar"} {
		if header := r.lines()[0]; !strings.Contains(header, want) {
			t.Errorf("the header does not say %q: %q", want, header)
		}
	}
}

// TestWhatIsWrongGoesBeforeTheName: where the words of a language are long, the desk's name gives way to how many countries nobody sees.
func TestWhatIsWrongGoesBeforeTheName(t *testing.T) {
	l := tuitest.NewLog()
	l.Say(time.Hour, "", &duty.Note{Text: duty.Words("road closed")}) // so that somebody should have the watch
	d := tuitest.Empty()
	d.Source("radio", "native", health.Profile{Expect: time.Hour, Covers: tuitest.Every}, health.Facts{
		LastAttempt: tuitest.Now.Add(-time.Minute), LastSuccess: tuitest.Now.Add(-5 * time.Hour), ContentTime: tuitest.Now.Add(-5 * time.Hour),
	})
	french, err := lang.Load("fr", false)
	if err != nil {
		t.Fatal(err)
	}
	for width := 56; width <= 90; width++ {
		r := start(t, l.On(d).View(), tuitest.Size{Width: width, Height: 24}, func(o *Options) { o.Language = french })
		if header := r.lines()[0]; !strings.Contains(header, "AVEUGLES") || !strings.Contains(header, "PÉRIMÉ") {
			t.Errorf("at %d cells: %q", width, header)
		}
	}
}
