package lang_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/nicksnyder/go-i18n/v2/i18n"

	"vigil/internal/lang"
)

func load(t *testing.T, tag string, ascii bool) *lang.Language {
	t.Helper()
	l, err := lang.Load(tag, ascii)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestKnown(t *testing.T) {
	for reads, want := range map[string]string{
		"fr": "fr", "fr_CH": "fr", "ES-419": "es", "zh-Hans-CN": "zh", "en-GB": "en", "en": "en",
		"pt-BR": "", "de": "", "": "", "frr": "", "enx": "", "enough": "",
	} {
		tag, ok := lang.Known(reads)
		if ok != (want != "") || ok && tag != want {
			t.Errorf("%q: %q, %v", reads, tag, ok)
		}
	}
}

func TestEnglishIsNil(t *testing.T) {
	l := load(t, "en", true)
	if l != nil || l.Tag() != "en" || l.Say("told") != "told" || l.SayAs("staff", "none") != "none" || l.Room(12) != 12 || !l.Latin() {
		t.Errorf("%v", l)
	}
	if got := l.Sayf("%d of %d", 3, 4) + " " + l.Plural(1, "source") + " " + l.Plural(2, "source") + " " + l.Tally(1, "killed"); got != "3 of 4 1 source 2 sources 1 killed" {
		t.Error(got)
	}
	if _, err := lang.Load("xx", false); err == nil || errors.Is(err, lang.ErrScript) {
		t.Errorf("a language that there is not: %v", err)
	}
}

func TestNumbers(t *testing.T) {
	for _, c := range []struct {
		tag          string
		ascii        bool
		n            int
		want, a, two string
	}{
		{"en", false, 1234567, "1,234,567", "2.1", "2.50"},
		{"fr", false, 1234567, "1\u00a0234\u00a0567", "2,1", "2,50"},
		{"fr", true, 1234567, "1234567", "2,1", "2,50"},
		{"es", false, -1204, "-1\u00a0204", "2,1", "2,50"},
		{"ru", false, 999, "999", "2,1", "2,50"},
		{"zh", false, 1204, "1,204", "2.1", "2.50"},
		{"ar", false, 0, "0", "2.1", "2.50"},
	} {
		l := load(t, c.tag, c.ascii)
		if got := l.Number(c.n); got != c.want {
			t.Errorf("%s: %q, want %q", c.tag, got, c.want)
		}
		if got := [2]string{l.Decimal(2.14, 1), l.Decimal(2.5, 2)}; got != [2]string{c.a, c.two} {
			t.Errorf("%s: %q", c.tag, got)
		}
	}
}

func TestDates(t *testing.T) {
	at := time.Date(2026, 8, 9, 14, 5, 0, 0, time.UTC) // a Sunday
	for _, c := range []struct {
		tag    string
		ascii  bool
		layout string
		want   string
	}{
		{"en", false, "Mon _2 Jan 15:04", "Sun  9 Aug 14:05"},
		{"fr", false, "Mon _2 Jan 15:04", "dim  9 aoû 14:05"},
		{"fr", true, "~02Jan", "~09aou"},
		{"es", false, "Jan'06", "ago'26"},
		{"ru", false, "2 Jan", "9 авг"},
		{"zh", false, "2 Jan", "8月9"},
		{"zh", false, "Mon 2 Jan 2006", "2026年8月9日 周日"},
		{"zh", false, "Mon _2 Jan 15:04", "周日 8月 9 14:05"},
		{"zh", false, "~02Jan", "~8-09"},
		{"zh", false, "Jan'06", "26-8"},
		{"ar", false, "2 Jan", "9/8"},
		{"ar", false, "~02Jan", "~09/8"},
		{"ar", false, "Mon 2 Jan 2006", "\u2068الأحد 9 أغسطس 2026\u2069"},
		{"ar", false, "2006-01-02", "2026-08-09"},
	} {
		if got := load(t, c.tag, c.ascii).Date(at, c.layout); got != c.want {
			t.Errorf("%s %q: %q, want %q", c.tag, c.layout, got, c.want)
		}
	}
	for _, tag := range lang.Tags() {
		l, seen := load(t, tag, false), map[string]bool{}
		for m := range 12 {
			seen[l.Date(at.AddDate(0, m, 0), "Jan")] = true
		}
		if len(seen) != 12 {
			t.Errorf("%s has the months %v", tag, seen)
		}
	}
}

func TestUnits(t *testing.T) {
	for _, c := range []struct{ tag, in, want string }{
		{"en", "9d", "9d"},
		{"fr", "9d", "9j"},
		{"fr", "3mo", "3mo"},
		{"fr", "2y", "2a"},
		{"fr", "<1m", "<1m"},
		{"fr", "37m", "37m"},
		{"fr", "3h12", "3h12"},
		{"es", "2y!", "2a!"},
		{"ru", "3h12", "3ч12"},
		{"ru", "9d", "9д"},
		{"ar", "9d", "9d"},
	} {
		if got := load(t, c.tag, false).Units(c.in); got != c.want {
			t.Errorf("%s %q: %q, want %q", c.tag, c.in, got, c.want)
		}
	}
}

// TestPlural: in French none is singular, in Spanish plural; a language without the forms of a word says it in English.
func TestPlural(t *testing.T) {
	for _, c := range []struct {
		tag  string
		n    int
		word string
		want string
	}{
		{"fr", 0, "event", "0 événement"},
		{"fr", 1, "event", "1 événement"},
		{"fr", 2, "event", "2 événements"},
		{"es", 0, "event", "0 sucesos"},
		{"es", 1, "event", "1 suceso"},
		{"fr", 1204, "event", "1\u00a0204 événements"},
		{"fr", 2, "thing that nobody counts", "2 thing that nobody countss"},
		{"ru", 1, "source", "1 источник"},
		{"ru", 3, "source", "3 источника"},
		{"ru", 11, "source", "11 источников"},
	} {
		if got := load(t, c.tag, false).Plural(c.n, c.word); got != c.want {
			t.Errorf("%s %d: %q, want %q", c.tag, c.n, got, c.want)
		}
	}
	l := load(t, "fr", false)
	if got := l.Tally(1, "killed") + ", " + l.Tally(2, "killed") + ", " + l.Tally(2, "nobody's word"); got != "1 tué, 2 tués, 2 nobody's word" {
		t.Error(got)
	}
}

// TestCounted: what is counted agrees with its number and with what it is, also where the number is shown otherwise.
func TestCounted(t *testing.T) {
	fr, es, ar := load(t, "fr", false), load(t, "es", false), load(t, "ar", false)
	for got, want := range map[string]string{
		fr.Tally(1, "live"):                                           "1 active",
		fr.Tally(4, "live"):                                           "4 actives",
		es.Tally(1, "quiet"):                                          "1 callada",
		es.Tally(4, "quiet"):                                          "4 calladas",
		fr.Tally(3, "new"):                                            "3 nouveaux",
		fr.TallyAs("entries", 3, "new"):                               "3 nouvelles",
		fr.TallyAs("nobody's", 3, "new"):                              "3 nouveaux",
		fr.Shown("4+", 4, "record", "records"):                        "4+ enregistrements",
		fr.Shown("inconnu", 2, "killed", "killed"):                    "inconnu tués",
		(*lang.Language)(nil).TallyAs("entries", 3, "new"):            "3 new",
		(*lang.Language)(nil).Shown("1", 1, "advisory", "advisories"): "1 advisory",
		ar.Tally(0, "partial"):                                        "\u20680 جزئي\u2069", // a number of which the catalogue has no form
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	for _, tag := range []string{"fr", "es"} {
		files, err := lang.Catalogue(tag)
		if err != nil {
			t.Fatal(err)
		}
		for name, list := range files {
			for _, m := range list {
				if strings.Contains(m.Other, "(s)") || strings.Contains(m.Other, "(x)") {
					t.Errorf("%s: %q leaves its number open: give it forms", name, m.Other)
				}
			}
		}
	}
}

// TestEveryPluralHasItsForms: what is counted has a form for each kind of number that the language tells apart (CLDR 48): a number without one is
// shown with the form of another. French and Spanish have one for millions too, which is that of many.
func TestEveryPluralHasItsForms(t *testing.T) {
	for tag, forms := range map[string]func(m *i18n.Message) []string{
		"fr": func(m *i18n.Message) []string { return []string{m.One} },
		"es": func(m *i18n.Message) []string { return []string{m.One} },
		"ar": func(m *i18n.Message) []string { return []string{m.Zero, m.One, m.Two, m.Few, m.Many} },
		"ru": func(m *i18n.Message) []string { return []string{m.One, m.Few, m.Many} },
	} {
		files, err := lang.Catalogue(tag)
		if err != nil {
			t.Fatal(err)
		}
		counted := 0
		for name, list := range files {
			for _, m := range list {
				if m.Zero+m.One+m.Two+m.Few+m.Many == "" {
					continue
				}
				counted++
				for _, form := range append(forms(m), m.Other) {
					if strings.Count(form, "%s") != 1 {
						t.Errorf("%s: %q lacks a form, or its number: %q", name, m.ID, form)
					}
				}
			}
		}
		if counted < 10 {
			t.Errorf("%s counts %d things", tag, counted)
		}
	}
	ar := load(t, "ar", false)
	for n, want := range map[int]string{0: "0 إنذار", 1: "1 إنذار", 3: "3 إنذارات", 11: "11 إنذارا", 100: "100 إنذار", 103: "103 إنذارات"} {
		if got := ar.Plural(n, "alarm"); got != "\u2068"+want+"\u2069" {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}

// TestSay: a text that no catalogue has is said in English, also where a context is given.
func TestSay(t *testing.T) {
	l := load(t, "fr", false)
	for got, want := range map[string]string{
		l.Say("armed conflict"):            "conflit armé",
		l.Say("other"):                     "autre", // a key of go-i18n itself
		l.Say("Other"):                     "Autre",
		l.Say("text that nobody says"):     "text that nobody says",
		l.Say(""):                          "",
		l.SayAs("entry", "close"):          "clôture",
		l.SayAs("no context", "confirmed"): "confirmé",
		l.Sayf("%d of %d", 3, 4):           "3 sur 4",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if l.Tag() != "fr" || l.Room(12) != 16 || l.Room(0) != 0 {
		t.Errorf("%s, room %d and %d", l.Tag(), l.Room(12), l.Room(0))
	}
}

// TestTerminals: accents are spelled out on a terminal with ASCII alone, other scripts refused there, and right-to-left text isolated.
func TestTerminals(t *testing.T) {
	ascii := load(t, "fr", true)
	for got, want := range map[string]string{ascii.Say("STALE"): "PERIMEE", ascii.Plural(2, "event"): "2 evenements", ascii.Spelled("Côte d’Ivoire"): "Cote d'Ivoire"} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	for _, tag := range []string{"ar", "ru", "zh"} {
		if _, err := lang.Load(tag, true); !errors.Is(err, lang.ErrScript) {
			t.Errorf("%s in ASCII: %v", tag, err)
		}
	}
	ar := load(t, "ar", false)
	for _, s := range []string{ar.Say("STALE"), ar.Spelled("مالي")} {
		if !strings.HasPrefix(s, "\u2068") || !strings.HasSuffix(s, "\u2069") {
			t.Errorf("not isolated: %q", s)
		}
	}
	if got := ar.Say("text that nobody says"); got != "text that nobody says" {
		t.Errorf("%q", got)
	}
	if ar.Latin() || !ascii.Latin() {
		t.Error("scripts")
	}
}
