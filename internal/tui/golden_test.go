package tui

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"vigil/internal/picture"
	"vigil/internal/safetext"
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
	tb  testing.TB
	now time.Time
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

// settle runs commands until they bring nothing more that the console waits for; a pause after a key is
// passed over, and what waits for the outside is not run.
func (r *rig) settle(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := within(cmd).(type) {
	case nil:
	case tea.BatchMsg:
		for _, c := range msg {
			r.settle(c)
		}
	case foundMsg, loadedMsg, actedMsg, restMsg:
		r.settle(r.send(msg))
	}
}

// within is what a command brings, or nothing when it is one that only waits.
func within(cmd tea.Cmd) tea.Msg {
	got := make(chan tea.Msg, 1)
	go func() { got <- cmd() }()
	select {
	case msg := <-got:
		return msg
	case <-time.After(2 * rest):
		return nil
	}
}

// key is the message of a key that the binding table names.
func key(name string) tea.KeyPressMsg {
	named := map[string]tea.KeyPressMsg{
		"up": {Code: tea.KeyUp}, "down": {Code: tea.KeyDown}, "left": {Code: tea.KeyLeft}, "right": {Code: tea.KeyRight},
		"enter": {Code: tea.KeyEnter}, "esc": {Code: tea.KeyEscape}, "tab": {Code: tea.KeyTab}, "space": {Code: tea.KeySpace, Text: " "},
		"ctrl+c": {Code: 'c', Mod: tea.ModCtrl}, "ctrl+l": {Code: 'l', Mod: tea.ModCtrl}, "backspace": {Code: tea.KeyBackspace},
		"ctrl+u": {Code: 'u', Mod: tea.ModCtrl},
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

// exercise is the desk of the goldens as an exercise.
func exercise() picture.View {
	d := tuitest.Sahel()
	e := picture.NewStore(picture.Options{Desk: picture.Desk{Name: safetext.Const("Sahel"), Exercise: true}})
	_ = d
	return e.Publish(tuitest.Now).For(picture.DutyOfficer)
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
