package tuitest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"

	"vigil/internal/country"
	"vigil/internal/figure"
	"vigil/internal/lang/langtest"
	"vigil/internal/tui/screen"
)

// Pseudo is f in a language in which nothing that is said is in plain letters; see [Untranslated].
func Pseudo(f screen.Frame) screen.Frame {
	f.Hand = figure.NewHand(f.Palette.ASCII, langtest.Pseudo())
	return f
}

// Untranslated fails where lines of a [Pseudo] frame have words that nobody could say in another language: words in plain letters that are
// not of the desks of this package, no names of countries and no units, and not among allowed.
func Untranslated(tb testing.TB, lines []string, allowed ...string) {
	tb.Helper()
	words := map[string]bool{}
	for w := range outside() {
		words[w] = true
	}
	for _, w := range allowed {
		words[strings.ToLower(w)] = true
	}
	whole := make([]string, len(lines))
	for i, line := range lines { // what is cut off is whole somewhere else, or too short to tell
		whole[i] = cut.ReplaceAllString(line, "")
	}
	for _, word := range langtest.Plain(whole, words) {
		for _, line := range lines {
			if strings.Contains(line, word) {
				tb.Errorf("%q cannot be said in another language: %s", word, strings.TrimSpace(line))
				break
			}
		}
	}
}

// cut is a word of which the end has no room.
var cut = regexp.MustCompile(`[\pL']+…`)

// outside are the words of the desks that tests show.
var outside = sync.OnceValue(func() map[string]bool {
	words := map[string]bool{"utc": true, "vigil": true, "toml": true}
	add := func(text string) {
		for _, w := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' }) {
			words[strings.ToLower(w)] = true
		}
	}
	for m := time.January; m <= time.December; m++ { // as the language that is none has them
		words[strings.ToLower(m.String()[:3])], words[strings.ToLower(m.String()[:3])+"'"] = true, true
	}
	for _, c := range country.All() {
		add(c.Name() + " " + c.ShortName() + " " + c.String())
	}
	_, here, _, _ := runtime.Caller(0)
	files, _ := filepath.Glob(filepath.Join(filepath.Dir(here), "*.go"))
	for _, path := range files {
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			panic(err) // it has just been compiled
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if b, ok := n.(*ast.BasicLit); ok && b.Kind == token.STRING {
				if s, err := strconv.Unquote(b.Value); err == nil {
					add(s)
				}
			}
			return true
		})
	}
	return words
})
