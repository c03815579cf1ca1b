package tui

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"vigil/internal/country"
	"vigil/internal/health"
	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/risk"
	"vigil/internal/safetext"
	"vigil/internal/saying"
	"vigil/internal/term"
	"vigil/internal/theme"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/tuitest"
	"vigil/internal/tui/widget"
)

// rig is a console driven by hand: messages go in, frames come out, and the clock stands still until it
// is moved.
type rig struct {
	*Model
	tb      testing.TB
	now     time.Time
	quitted bool
	said    []tea.Msg // what commands brought
}

// start is a console of that size with a first picture.
func start(tb testing.TB, v picture.View, size tuitest.Size, change func(*Options)) *rig {
	tb.Helper()
	th, err := theme.LoadShipped(theme.Default)
	if err != nil {
		tb.Fatal(err)
	}
	r := &rig{tb: tb, now: tuitest.Now.Add(7 * time.Second)}
	o := Options{
		Clock: func() time.Time { return r.now },
		Caps:  term.Caps{Profile: colorprofile.NoTTY, UTF8: true},
		Theme: th, Keys: keys.Default(), ThemeNames: []string{"default", "mono"},
	}
	if change != nil {
		change(&o)
	}
	r.Model = New(tb.Context(), o)
	r.tick = func() tea.Cmd { return nil }
	tb.Cleanup(r.cancel)
	r.Update(tea.WindowSizeMsg{Width: size.Width, Height: size.Height})
	if !v.IsZero() {
		r.Update(viewMsg{v})
	}
	return r
}

// press types keys, given as the binding table names them, and runs what searches they start.
func (r *rig) press(names ...string) {
	r.tb.Helper()
	for _, name := range names {
		r.settle(r.send(key(name)))
	}
}

// typing enters text into an open prompt.
func (r *rig) typing(text string) {
	for _, c := range text {
		r.settle(r.send(tea.KeyPressMsg{Code: c, Text: string(c)}))
	}
}

func (r *rig) send(msg tea.Msg) tea.Cmd {
	_, cmd := r.Update(msg)
	return cmd
}

// settle runs commands and what they bring, until nothing more comes. Tests that press keys run in a
// bubble of package synctest, in which the pause after a key takes no time.
func (r *rig) settle(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case nil:
	case tea.BatchMsg:
		for _, c := range msg {
			r.settle(c)
		}
	case tea.QuitMsg:
		r.quitted = true
	default:
		r.said = append(r.said, msg)
		r.settle(r.send(msg))
	}
}

// key is the message of a key that the binding table names.
func key(name string) tea.KeyPressMsg {
	named := map[string]tea.KeyPressMsg{
		"up": {Code: tea.KeyUp}, "down": {Code: tea.KeyDown}, "left": {Code: tea.KeyLeft}, "right": {Code: tea.KeyRight},
		"enter": {Code: tea.KeyEnter}, "esc": {Code: tea.KeyEscape}, "tab": {Code: tea.KeyTab}, "space": {Code: tea.KeySpace, Text: " "},
		"ctrl+c": {Code: 'c', Mod: tea.ModCtrl}, "ctrl+l": {Code: 'l', Mod: tea.ModCtrl}, "backspace": {Code: tea.KeyBackspace},
		"f2":     {Code: tea.KeyF2},
		"ctrl+d": {Code: 'd', Mod: tea.ModCtrl},
		"ctrl+u": {Code: 'u', Mod: tea.ModCtrl}, "ctrl+s": {Code: 's', Mod: tea.ModCtrl}, "ctrl+n": {Code: 'n', Mod: tea.ModCtrl},
	}
	if msg, ok := named[name]; ok {
		return msg
	}
	return tea.KeyPressMsg{Code: []rune(name)[0], Text: name}
}

// lines is the frame, held to its size.
func (r *rig) lines() []string {
	r.tb.Helper()
	lines := strings.Split(r.View().Content, "\n")
	if len(lines) != r.height {
		r.tb.Fatalf("%d lines on a terminal of %d", len(lines), r.height)
	}
	for i, line := range lines {
		if w := widget.Width(ansi.Strip(line)); w != r.width {
			r.tb.Fatalf("line %d is %d cells wide on a terminal of %d: %q", i, w, r.width, line)
		}
	}
	return lines
}

func (r *rig) text() string { return strings.Join(r.lines(), "\n") }

// exercise is a small desk whose records are of an exercise.
func exercise() picture.View {
	s := picture.NewStore(picture.Options{
		Desk:      picture.Desk{Name: safetext.Const("Sahel exercise desk"), Exercise: true, Recording: saying.Of("not recorded")},
		Countries: []picture.CountryOption{{Code: tuitest.Country("MLI")}},
		Risk:      risk.Default(),
	})
	s.Configure("radio", picture.SourceInfo{Name: safetext.Const("radio"), Profile: health.Profile{Expect: time.Hour, Covers: tuitest.Every}})
	s.Observe("radio", health.Facts{LastAttempt: tuitest.Now, LastSuccess: tuitest.Now, ContentTime: tuitest.Now.Add(-time.Minute)})
	s.Arrive(picture.Arrival{
		Source: "radio", Received: tuitest.Now.Add(-time.Minute),
		Origin: incident.Origin{File: safetext.Const("feeds/radio.jsonl"), Line: 1},
		Incident: &incident.Incident{
			Identity: incident.Identity{Authority: safetext.Const("radio"), ID: safetext.Const("X-1")}, Status: incident.Exercise,
			Occurred: incident.At(tuitest.Now.Add(-20 * time.Minute)), Countries: []country.Code{tuitest.Country("MLI")},
			Place: safetext.Const("Gao"), Act: incident.Known(incident.Abduction), Threat: incident.Known(incident.Terrorism),
		},
	})
	return s.Publish(tuitest.Now).For(picture.DutyOfficer)
}

var allSizes = append([]tuitest.Size{{Width: 40, Height: 12}}, tuitest.Sizes...)

func TestGoldenBoard(t *testing.T) {
	v := tuitest.Sahel().View()
	for _, size := range allSizes {
		tuitest.Golden(t, "board-"+size.String(), start(t, v, size, nil).lines())
	}
	ascii := func(o *Options) { o.Caps.ASCIIGlyphs = true }
	tuitest.Golden(t, "board-ascii", start(t, v, tuitest.Sizes[0], ascii).lines())
	colours := func(o *Options) { o.Caps.Profile = colorprofile.ANSI }
	tuitest.Golden(t, "board-colours", start(t, v, tuitest.Sizes[0], colours).lines())
	mono := func(o *Options) { o.Caps.Profile = colorprofile.ASCII }
	tuitest.Golden(t, "board-mono", start(t, v, tuitest.Sizes[0], mono).lines())
	tuitest.Golden(t, "board-linear", start(t, v, tuitest.Sizes[0], nil).Linear())
}

func TestGoldenExercise(t *testing.T) {
	v := exercise()
	for _, size := range allSizes {
		r := start(t, v, size, nil)
		if text := r.lines()[0]; !strings.Contains(text, "EXERCISE") {
			t.Errorf("%s: no EXERCISE in the header: %q", size, text)
		}
		tuitest.Golden(t, "exercise-"+size.String(), r.lines())
	}
}

func TestGoldenPast(t *testing.T) {
	past := tuitest.Now.Add(-3 * 24 * time.Hour)
	v := tuitest.Sahel().Store.At(tuitest.Now, past, tuitest.Now).For(picture.DutyOfficer)
	tuitest.Golden(t, "past-80x24", start(t, v, tuitest.Sizes[0], nil).lines())
	tuitest.Golden(t, "past-132x43", start(t, v, tuitest.Sizes[1], nil).lines())
}

func TestGoldenEmpty(t *testing.T) {
	tuitest.Golden(t, "empty-80x24", start(t, tuitest.Empty().View(), tuitest.Sizes[0], nil).lines())
	tuitest.Golden(t, "waiting-80x24", start(t, picture.View{}, tuitest.Sizes[0], nil).lines())
}
