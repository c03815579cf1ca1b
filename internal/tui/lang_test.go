package tui

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"vigil/internal/lang"
	"vigil/internal/lang/langtest"
)

// messages are all that the console says: what its code says, and the words of the domain that it says by name.
func messages(t *testing.T) map[string]langtest.Said {
	t.Helper()
	return langtest.Scan(t, ".", "../alarm", "../app", "../duty", "../figure", "../handover", "../health", "../logbook", "../order", "../query", "../voice", "../wall")
}

// TestCatalogues holds the languages that are complete to every text of the console, with the same verbs, and the others to the
// headings: nothing is missing, nothing is left over, and nothing is said twice.
func TestCatalogues(t *testing.T) {
	all := messages(t)
	for _, tag := range lang.Tags()[1:] {
		files, err := lang.Catalogue(tag)
		if err != nil {
			t.Fatal(err)
		}
		in := map[string]string{}
		for name, list := range files {
			for _, m := range list {
				if other, twice := in[m.ID]; twice {
					t.Errorf("%s: %q is in %s too", name, m.ID, other)
				}
				in[m.ID] = name
				said, used := all[m.ID]
				switch {
				case !used:
					t.Errorf("%s: %q is said nowhere", name, m.ID)
				case m.Other == "":
					t.Errorf("%s: %q has no words", name, m.ID)
				case said.Plural && m.One == "" && lang.Complete(tag):
					t.Errorf("%s: %q has a number and no form for one", name, m.ID)
				}
				english := m.ID
				if _, after, has := strings.Cut(english, "|"); has {
					english = after
				}
				for _, form := range []string{m.Other, m.One, m.Few, m.Many, m.Two, m.Zero} {
					if form != "" && !slices.Equal(langtest.Verbs(form), langtest.Verbs(english)) {
						t.Errorf("%s: %q has other verbs than %q", name, form, english)
					}
				}
			}
		}
		missing := 0
		for id, said := range all {
			if _, is := in[id]; !is && (lang.Complete(tag) || heading(id[strings.IndexByte(id, '|')+1:])) {
				if missing++; missing <= 40 {
					t.Errorf("%s lacks %q, of %s", tag, id, said.At)
				}
			}
		}
		if missing > 0 {
			t.Errorf("%s lacks %d of %d", tag, missing, len(all))
		}
	}
}

// heading reports whether a text is a heading or a state, which stand in capitals.
func heading(s string) bool {
	return strings.IndexFunc(s, unicode.IsUpper) >= 0 && strings.IndexFunc(strings.NewReplacer("%s", "", "%d", "").Replace(s), unicode.IsLower) < 0
}
