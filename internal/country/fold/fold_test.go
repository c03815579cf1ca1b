package fold_test

import (
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"vigil/internal/country/fold"
)

func TestAppend(t *testing.T) {
	for text, want := range map[string]string{
		"":                     "",
		"Côte d’Ivoire":        "cotedivoire",
		"Bosnia & Herzegovina": "bosniaandherzegovina",
		"U.S.A.":               "usa",
		"TÜRKİYE":              "turkiye",
		"Türkiye":              "turkiye",
		"Österreich":           "osterreich",
		"Færøerne":             "faeroerne",
		"Йемен":                "иемен",
		"الأردن":               "الاردن",
		"也门":                   "也门",
		"Kosovo (1244/99)":     "kosovo124499",
		"\u200bMali\u00ad":     "mali",
	} {
		got, ok := fold.Append(make([]byte, 0, 64), text)
		if string(got) != want || !ok {
			t.Errorf("%q: %q, %t; want %q", text, got, ok, want)
		}
	}
	for _, text := range []string{"\xff", "Ma\ufffdli", "longer than there is room for"} {
		if got, ok := fold.Append(make([]byte, 0, 12), text); ok {
			t.Errorf("%q became %q", text, got)
		}
	}
	if got, ok := fold.Append(append(make([]byte, 0, 20), 'x'), "Mali"); string(got) != "xmali" || !ok {
		t.Errorf("appended %q, %t", got, ok)
	}
}

// The letters listed by hand must agree with Unicode: written with combining marks, each
// letter folds to the same. The reverse is the gap that this test shows by name.
func TestEveryLatinLetterIsListed(t *testing.T) {
	for r := rune(0xC0); r < 0x180; r++ {
		composed, ok1 := fold.Append(make([]byte, 0, 64), string(r))
		decomposed, ok2 := fold.Append(make([]byte, 0, 64), norm.NFD.String(string(r)))
		if !ok1 || !ok2 || string(composed) != string(decomposed) {
			t.Errorf("%c: %q composed, %q decomposed", r, composed, decomposed)
		}
	}
}

func FuzzAppend(f *testing.F) {
	f.Add("Côte d’Ivoire")
	f.Add("İSTANBUL")
	f.Add("\xff")
	f.Fuzz(func(t *testing.T, s string) {
		const room = 64
		buf := make([]byte, 0, room)
		got, ok := fold.Append(buf, s)
		if !ok {
			return
		}
		if !utf8.ValidString(s) || !utf8.Valid(got) || len(got) > room {
			t.Fatalf("%q became %q", s, got)
		}
		for _, r := range string(got) {
			if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
				t.Fatalf("%q became %q, which has %U", s, got, r)
			}
		}
		again, ok := fold.Append(make([]byte, 0, room+utf8.UTFMax), string(got))
		if !ok || string(again) != string(got) {
			t.Fatalf("%q became %q, and that %q", s, got, again)
		}
	})
}
