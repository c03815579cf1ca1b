package tui

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"vigil/internal/duty"
	"vigil/internal/lang"
	"vigil/internal/lang/langtest"
	"vigil/internal/saying"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/tuitest"
	"vigil/internal/tui/widget"
)

// in is a console in a language.
func in(t *testing.T, tag string, ascii bool) func(*Options) {
	t.Helper()
	l, err := lang.Load(tag, ascii)
	if err != nil {
		t.Fatal(err)
	}
	return func(o *Options) { o.Language, o.Caps.ASCIIGlyphs = l, ascii }
}

// whole wants each line to be exactly as wide as the terminal, and each isolate closed within its line.
func whole(t *testing.T, lines []string, width int) {
	t.Helper()
	for i, l := range lines {
		text := ansi.Strip(l)
		if w := widget.Width(text); w != width {
			t.Errorf("line %d is %d cells wide: %q", i, w, text)
		}
		open := 0
		for _, r := range text {
			switch r {
			case '\u2068':
				open++
			case '\u2069':
				open--
			}
			if open < 0 {
				break
			}
		}
		if open != 0 {
			t.Errorf("line %d has %d isolates open: %q", i, open, text)
		}
	}
}

// TestConsoleInLanguages holds the frame of the console in each language to its golden, and the whole screen in wide letters, and in letters that are
// read from the right; the bodies in French and Spanish are their packages'.
func TestConsoleInLanguages(t *testing.T) {
	for _, c := range []struct {
		tag   string
		ascii bool
		size  tuitest.Size
		name  string
	}{
		{"fr", false, tuitest.Sizes[0], "fr-80x24"},
		{"fr", false, tuitest.Sizes[1], "fr-132x43"},
		{"fr", true, tuitest.Sizes[0], "fr-ascii"},
		{"es", false, tuitest.Sizes[0], "es-80x24"},
		{"ru", false, tuitest.Sizes[0], "ru-80x24"},
		{"zh", false, tuitest.Sizes[0], "zh-80x24"},
		{"ar", false, tuitest.Sizes[0], "ar-80x24"},
		{"ar", false, tuitest.Size{Width: 40, Height: 12}, "ar-40x12"},
		{"zh", false, tuitest.Size{Width: 40, Height: 12}, "zh-40x12"},
	} {
		r := start(t, tuitest.OnDuty().View(), c.size, in(t, c.tag, c.ascii))
		lines := strings.Split(r.View().Content, "\n")
		whole(t, lines, c.size.Width)
		if c.ascii && strings.ContainsFunc(ansi.Strip(lines[0]), func(r rune) bool { return r >= 0x80 }) {
			t.Errorf("the header has more than ASCII: %s", lines[0])
		}
		if c.tag != "ar" && c.tag != "zh" {
			lines = []string{lines[0], lines[len(lines)-1]}
		}
		tuitest.Golden(t, "board-"+c.name, lines)
		tuitest.Golden(t, "past-"+c.name, strings.Split(start(t, tuitest.Past(), c.size, in(t, c.tag, c.ascii)).View().Content, "\n")[:1])
	}
}

// TestExerciseIsSaidInEveryLanguage on the smallest terminal, too.
func TestExerciseIsSaidInEveryLanguage(t *testing.T) {
	for _, tag := range lang.Tags() {
		for _, size := range []tuitest.Size{{Width: 40, Height: 12}, {Width: 80, Height: 24}} {
			r := start(t, exercise(), size, in(t, tag, false))
			lines := strings.Split(r.View().Content, "\n")
			if word := r.hand.Say("EXERCISE"); !strings.Contains(lines[0], word) || tag != "en" && word == "EXERCISE" {
				t.Errorf("%s at %s does not say %s: %q", tag, size, word, lines[0])
			}
		}
	}
}

// TestNothingOfTheFrameIsEnglish: the header, the footer, the command line with what it offers, questions, and the lines of a console without a screen.
func TestNothingOfTheFrameIsEnglish(t *testing.T) {
	var lines []string
	r := start(t, tuitest.OnDuty().View(), tuitest.Sizes[2], func(o *Options) { o.Language = langtest.Pseudo() })
	frame := func() {
		all := strings.Split(ansi.Strip(r.View().Content), "\n")
		lines = append(lines, all[0], all[len(all)-1])
	}
	frame()
	lines = append(lines, r.headerWords(), r.footerWords())
	for _, id := range []keys.ID{keys.Interrupt} {
		r.settle(r.asked(id))
		frame()
		r.press("n")
	}
	for _, say := range []string{"country XXX", "event nobody", "why nobody", "theme", "poll", "view x", "mouse maybe", "copy x", "alarms A99", "log x", "sources x", "forget x", "save Ä"} {
		if _, err := r.execute(say); err == nil {
			t.Errorf("%s is done", say)
		} else {
			lines = append(lines, err.Error())
		}
	}
	for _, s := range r.everything() {
		lines = append(lines, s.help)
	}
	past := start(t, tuitest.Past(), tuitest.Sizes[2], func(o *Options) { o.Language = langtest.Pseudo() })
	lines = append(lines, past.headerWords())
	tuitest.Untranslated(t, lines,
		"country", "name", "filter", "number", "figure", "source", "words", "coordinates", "text", "share", "on", "off", "esc", "space", "tab", "enter", "shift", // as it is typed
		"FUNCTION", "CHANNEL", "CALLSIGN", "REASON", "NOTES", "answered", "for", "unconfirmed", "probable", "confirmed", "false-alarm", "false", "alarm", "hoax", "duplicate", "drill",
		"level", "estimate", "own", "staff", "harmed", "hazards", "coverage", "default", "mono", "xxx", "nobody", "maybe",
	)
}

// TestAWrongFilterIsSaidInTheLanguage where it is typed.
func TestAWrongFilterIsSaidInTheLanguage(t *testing.T) {
	for _, screen := range []string{"events", "log"} {
		r := start(t, tuitest.OnDuty().View(), tuitest.Sizes[2], in(t, "fr", false))
		cmd, err := r.execute(screen)
		if err != nil {
			t.Fatal(err)
		}
		r.settle(cmd)
		r.press("/")
		r.typing("since:soon")
		if text := r.text(); !strings.Contains(text, "écrire 7d") || strings.Contains(text, "write 7d") {
			t.Errorf("%s: %s", screen, text)
		}
	}
}

// TestWhatBecameRestrictedIsNotSaidInAnyLanguage: what its alarm rang with is hidden on every screen, and what that was made of as well.
func TestWhatBecameRestrictedIsNotSaidInAnyLanguage(t *testing.T) {
	d, l := tuitest.Sahel(), tuitest.NewLog()
	said := saying.Join(" ", saying.Text("MLI Zzyzx"), saying.Word("abduction"))
	secret := duty.Name{Authority: duty.Words("radio"), ID: duty.Words(tuitest.SecretID)}
	id := l.Say(time.Hour, tuitest.Vigil, &duty.Raise{
		Rule: "staff killed, abducted or missing", Severity: duty.Critical, Key: "secret", Incident: secret, Country: "MLI", Words: duty.Words(said.String()), Said: said, Moment: true,
	})
	v := l.On(d).View()
	if a, ok := v.Duty().Alarm(id); !ok || !v.HidesAlarm(a) {
		t.Fatal("nothing is hidden")
	}
	shown := 0
	for _, tag := range []string{"en", "fr", "es"} {
		for _, command := range []string{"board", "alarms", "alarms A1", "told A1", "log", "log 1", "handover"} {
			r := start(t, v, tuitest.Sizes[2], in(t, tag, false))
			cmd, err := r.execute(command)
			if err != nil {
				t.Fatalf("%s: %v", command, err)
			}
			r.settle(cmd)
			text := r.text()
			if strings.Contains(text, "A1") {
				shown++
			}
			if strings.Contains(text, "Zzyzx") {
				t.Errorf("%s in %s: %s", command, tag, text)
			}
		}
	}
	if shown < 15 {
		t.Errorf("the alarm is on %d screens", shown)
	}
}
