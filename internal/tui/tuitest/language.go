package tuitest

import (
	"strings"
	"testing"
	"unicode"

	"vigil/internal/figure"
	"vigil/internal/lang"
	"vigil/internal/lang/langtest"
	"vigil/internal/logbook"
	"vigil/internal/picture"
	"vigil/internal/tui/keys"
	"vigil/internal/tui/screen"
)

// In is f in the language of a tag, spelled out where it has ASCII alone.
func In(tb testing.TB, tag string, f screen.Frame) screen.Frame {
	tb.Helper()
	l, err := lang.Load(tag, f.Palette.ASCII)
	if err != nil {
		tb.Fatal(err)
	}
	f.Hand = figure.NewHand(f.Palette.ASCII, l)
	return f
}

// Languages holds a screen in French and Spanish to its goldens, at two sizes and in ASCII, has it drawn in
// the others, and fails for words of it that cannot be said in another language, see [Said].
func Languages(t *testing.T, name string, v picture.View, open func() screen.Screen, allowed ...string) {
	t.Helper()
	drawn := func(f screen.Frame) []string {
		shown := open()
		shown.Arrived(f)
		lines := shown.Lines(f)
		Exact(t, f, lines)
		return lines
	}
	for _, size := range Sizes[:2] {
		Golden(t, name+"-fr-"+size.String(), drawn(In(t, "fr", Frame(t, v, size))))
	}
	Golden(t, name+"-es-"+Sizes[0].String(), drawn(In(t, "es", Frame(t, v, Sizes[0]))))
	Golden(t, name+"-fr-ascii", drawn(In(t, "fr", ASCII(t, Frame(t, v, Sizes[0])))))
	for _, tag := range []string{"ar", "ru", "zh"} { // letters that join, and that are wide
		for _, size := range Sizes {
			drawn(In(t, tag, Frame(t, v, size)))
		}
	}
	Said(t, v, open, allowed...)
}

// Recorded are the words that stand in entries of the duty log of v, which are said as the log has them.
func Recorded(v picture.View) []string {
	var words []string
	as, book := logbook.In(v).For(figure.NewHand(false, langtest.Pseudo())), v.Duty()
	for i := range book.Len() {
		e := book.At(i)
		words = append(words, strings.FieldsFunc(as.What(e).String()+" "+as.Says(e), func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' })...)
	}
	return words
}

// Said fails for words of a screen that cannot be said in another language, see [Untranslated]: of what it draws on a small and a large terminal,
// of its plain lines, and of why keys cannot be used on it.
func Said(t *testing.T, v picture.View, open func() screen.Screen, allowed ...string) {
	t.Helper()
	var lines []string
	for _, size := range []Size{Sizes[0], Sizes[2]} {
		f := Pseudo(Frame(t, v, size))
		shown := open()
		shown.Arrived(f)
		lines = append(append(lines, shown.Title(f)), shown.Lines(f)...)
		lines = append(lines, shown.Linear(f)...)
		for _, b := range keys.Default().ForScope(shown.Scope()) {
			lines = append(lines, shown.Cannot(b.ID, f))
		}
	}
	Untranslated(t, lines, allowed...)
}
