package sources

import (
	"slices"
	"testing"

	"vigil/internal/lang"
	"vigil/internal/picture"
	"vigil/internal/tui/page"
	"vigil/internal/tui/screen"
	"vigil/internal/tui/tuitest"
)

// outside are a name and an address of a source, and of a protocol.
var outside = []string{"alerts", "feed", "HTTP"}

func TestLanguages(t *testing.T) {
	v := tuitest.Sahel().View()
	tuitest.Languages(t, "list", v, func() screen.Screen { return New() })
	for _, name := range []string{"radio", "gdacs"} {
		tuitest.Languages(t, name, v, func() screen.Screen { return NewDetail(name) })
	}
	for _, v := range []*tuitest.Desk{tuitest.Empty(), fetched(), tuitest.Ahead()} {
		tuitest.Said(t, v.View(), func() screen.Screen { return New() }, outside...)
		tuitest.Said(t, v.View(), func() screen.Screen { return NewDetail("alerts") }, outside...)
		tuitest.Said(t, v.View(), func() screen.Screen { return NewDetail("radio") }, outside...)
	}
}

// TestNoAuthorityAgrees: that a source names none is said in the form of the word.
func TestNoAuthorityAgrees(t *testing.T) {
	for tag, want := range map[string]string{"en": "authority: none", "fr": "autorité : aucune", "es": "autoridad: ninguna"} {
		f := tuitest.Frame(t, tuitest.Sahel().View(), tuitest.Sizes[0])
		l, err := lang.Load(tag, false)
		if err != nil {
			t.Fatal(err)
		}
		f.Language = l
		s := promised(&f, 80, &picture.Source{})
		if !slices.ContainsFunc(s.Lines, func(l page.Line) bool { return l.Spoken(f.Language) == want }) {
			t.Errorf("%s: nothing says %q", tag, want)
		}
	}
}
