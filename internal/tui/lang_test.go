package tui

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"vigil/internal/lang"
	"vigil/internal/lang/langtest"
	"vigil/internal/tui/tuitest"
)

// messages are all that the console says: what its code says, and the words of the domain that it says by name.
func messages(t *testing.T) map[string]langtest.Said {
	t.Helper()
	return langtest.Scan(t, ".", "../alarm", "../app", "../duty", "../figure", "../handover", "../health", "../heartbeat", "../logbook", "../notify", "../order", "../plain", "../query", "../report", "../voice", "../wall")
}

// standing are states of the console that do not stand in capitals and are marked nowhere.
var standing = map[string]bool{
	"%d of %d shown": true, "!CRITICAL %s %s %s  told %s  %s": true, "told %s": true,
	"held": true, "%s report": true, "%s alarm": true, "%s item": true, "REPORT, version %d of %s/%s": true,
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
			if _, is := in[id]; !is && (lang.Complete(tag) || said.Heading || standing[id]) {
				if missing++; missing <= 400 {
					t.Errorf("%s lacks %q, of %s", tag, id, said.At)
				}
			}
		}
		if missing > 0 {
			t.Errorf("%s lacks %d of %d", tag, missing, len(all))
		}
	}
}

// TestHeadingsOfAllLanguages: titles of screens, and states that stand in small letters, are counted among what every language must have.
func TestHeadingsOfAllLanguages(t *testing.T) {
	all := messages(t)
	for _, id := range []string{
		"Events", "Alarms", "Sources", "Map", "Duty log", "Plan", "Handover", "Watch", "Why the level", "Told %s", "form|Report", "Help: %s", "Board",
		"MAP by official level", "EST, vigil's", "%s not acked", "%s ring", "%s/h", "reviewed", "%s, %s shown", "WATCH held %s", "NOT ACKED",
	} {
		if !all[id].Heading {
			t.Errorf("%q is no heading", id)
		}
	}
	for _, id := range []string{"no end stated", "CONFLICT: records contradict each other and none says that it replaces the other. The worse is shown."} {
		if all[id].Heading {
			t.Errorf("%q is a heading", id)
		}
	}
	for _, tag := range lang.Tags()[3:] {
		r := start(t, tuitest.OnDuty().View(), tuitest.Sizes[1], in(t, tag, false))
		for _, command := range []string{"events", "alarms", "sources", "map", "log", "plan", "handover", "watch", "report"} {
			r.ordered(command)
			if r.top() == r.stack[0] {
				t.Fatalf("%s opens nothing", command)
			}
			if title := r.top().screen.Title(r.area()); title == "" || strings.ContainsFunc(title, func(c rune) bool { return c < 0x80 && unicode.IsLetter(c) }) {
				t.Errorf("%s: the title of %s is %q", tag, command, title)
			}
			r.press("esc")
		}
	}
}
