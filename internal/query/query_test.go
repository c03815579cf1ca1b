package query

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"vigil/internal/lang"
	"vigil/internal/saying"
)

func mustParse(t *testing.T, s string) Query {
	t.Helper()
	q, err := Parse(s, vocabulary)
	if err != nil {
		t.Fatalf("Parse(%q): %v", s, err)
	}
	return q
}

func TestCanonicalForm(t *testing.T) {
	for in, want := range map[string]string{
		"":                               "",
		" Ménaka ":                       "menaka",
		`"Gao  Region"`:                  `"gao  region"`,
		`"say \"go\" \\ "`:               `"say \"go\" \\"`,
		"a|b":                            "a OR b",
		"a AND b":                        "a b",
		"(a OR b) c":                     "(a OR b) c",
		"((a (b c)) OR (d OR e))":        "a b c OR d OR e",
		"-(a)":                           "-a",
		"--a":                            "a",
		"NOT (a b)":                      "-(a b)",
		"-(-(a b))":                      "a b",
		"country = x":                    "",
		"country!=Mali":                  "-country:MLI",
		"act=ABDUCTION":                  "act:abduction",
		"threat:armed-conflict":          "threat:armed_conflict",
		`source:"Field Reports"`:         "source:field-reports",
		"killed = 3":                     "",
		"killed=003":                     "killed:3",
		"Killed!=0":                      "killed!=0",
		"severity:>=SEVERE":              "severity>=severe",
		"since:007D":                     "since:7d",
		"since:2026-11-20T16:21+02:00":   "since:2026-11-20T14:21:00Z",
		"until:2026-11-20t14:21:07.250z": "until:2026-11-20T14:21:07.25Z",
		`"or" "OR" or`:                   "or or or",
		`"-5"`:                           `"-5"`,
		`"14:30"`:                        `"14:30"`,
		`place:"Gao (north)"`:            `place:"gao (north)"`,
		`id:"=5"`:                        `id:"=5"`,
		"stop! a\\b":                     "stop! a\\b",
		"since:Unknown":                  "since:unknown",
	} {
		q, err := Parse(in, vocabulary)
		if want == "" && in != "" {
			if err == nil {
				t.Errorf("Parse(%q) = %q, want an error", in, q)
			}
			continue
		}
		if err != nil || q.String() != want {
			t.Errorf("Parse(%q) = %q, %v; want %q", in, q, err, want)
		}
		if q.IsZero() != (want == "") {
			t.Errorf("Parse(%q).IsZero() = %v", in, q.IsZero())
		}
	}
}

func TestErrors(t *testing.T) {
	tests := []struct {
		query   string
		column  int
		message string // a part
	}{
		{"contry:MLI", 1, `unknown field "contry": did you mean country?`},
		{"-cuontry:MLI", 2, "did you mean country?"},
		{"éé zzz:1", 4, "fields are country, place, act"},
		{"at 14:30", 4, "put it in quotes"},
		{"country:Malo", 9, `unknown country "Malo": did you mean Mali or MLI?`},
		{"country:Atlantis", 9, "write MLI, BFA, NER, Mali, Burkina Faso, Niger or unknown"},
		{"éé act:abducton", 8, "did you mean abduction?"},
		{"severity>=bad", 11, "write negligible, minor, moderate, severe, critical or unknown"},
		{"severity>unknown", 9, "severity>=critical for both"},
		{"staff:local", 7, "write national, international or unknown"},
		{"act>abduction", 4, "act has no greater or less: write act:abduction"},
		{"since>7d", 6, "since has no greater or less"},
		{"killed>", 8, "killed needs a value here"},
		{"country: MLI", 9, "country needs a value here"},
		{`place:""`, 7, "needs a value"},
		{`place:" "`, 7, "needs a value"},
		{`""`, 1, "no text between the quotes"},
		{"killed>many", 8, "whole number"},
		{"killed>-1", 8, "whole number"},
		{"killed>1.5", 8, "whole number"},
		{"killed>1000000001", 8, "whole number up to 1,000,000,000"},
		{"killed>99999999999999999999", 8, "whole number"},
		{"killed>unknown", 7, "write killed:unknown"},
		{"since:3m", 7, "minutes or months"},
		{"since:7", 7, "write 7d"},
		{"since:soon", 7, "write 7d"},
		{"since:2026-13", 7, "write 7d"},
		{"since:2026-02-30", 7, "write 7d"},
		{"since:101y", 7, "the farthest is 100y"},
		{"since:99999999999999999999d", 7, "the farthest is 36500d"},
		{"since:9999", 7, "outside of the calendar"},
		{"since:0000", 7, "outside of the calendar"},
		{">5", 1, "no field right before this"},
		{`a "b`, 3, "this quote is not closed"},
		{`place:"b`, 7, "this quote is not closed"},
		{"(a", 1, "this ( is not closed"},
		{"a (b (c)", 3, "this ( is not closed"},
		{"a)", 2, "this ) has no ( before it"},
		{"()", 2, "nothing before this )"},
		{"OR a", 1, "nothing to the left"},
		{"a OR | b", 6, "nothing to the left"},
		{"a OR", 5, "something is missing here"},
		{"a AND", 6, "something is missing here"},
		{"a AND OR b", 7, "nothing to the left"},
		{"-", 2, "something is missing here"},
		{"a - b", 3, "right before what it excludes"},
		{"NOT", 4, "something is missing here"},
		{"aé\x1b[2J", 3, "<U+001B>"},
		{"a\u202eb", 2, "cannot be searched for"},
		{"a\xffb", 2, "cannot be searched for"},
		{"a\u0301\u0301\u0301\u0301\u0301", 6, "cannot be searched for"},
		{strings.Repeat("(", MaxDepth+1), MaxDepth + 1, "more than 32 parentheses"},
		{strings.Repeat("é", MaxLength), MaxLength/2 + 1, "too long"},
		{strings.Repeat("\xa0", MaxLength+1), 1, "too long"},
		{strings.Repeat("a|", MaxLength/2-1) + "a", 1, "too long"},
	}
	for _, tt := range tests {
		_, err := Parse(tt.query, vocabulary)
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("Parse(%.40q): %v, want an *Error", tt.query, err)
			continue
		}
		if e.Column != tt.column || !strings.Contains(e.Why.Error(), tt.message) {
			t.Errorf("Parse(%.40q): %v; want column %d: …%s…", tt.query, e, tt.column, tt.message)
		}
		if want := fmt.Sprintf("column %d: %s", e.Column, e.Why); e.Error() != want {
			t.Errorf("Error() = %q, want %q", e.Error(), want)
		}
	}
}

// TestErrorsAreSaidInOtherLanguages: what is repeated of what was typed stays, and so do fields and values, which are typed in English.
func TestErrorsAreSaidInOtherLanguages(t *testing.T) {
	fr, err := lang.Load("fr", false)
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"a OR":        "colonne 5 : il manque ici quelque chose : un mot, ou un champ comme country:MLI",
		"kiled:3":     `colonne 1 : champ inconnu "kiled" : était-ce killed ? Sinon, pour chercher le texte lui-même, le mettre entre guillemets`,
		"since:soon":  `colonne 7 : since "soon" : écrire 7d`,
		"act:shoting": `colonne 5 : act inconnu "shoting" : était-ce shooting ?`,
	} {
		_, err := Parse(text, vocabulary)
		if got := saying.In(fr, err); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

func TestDeepAndLongQueriesParse(t *testing.T) {
	mustParse(t, strings.Repeat("(", MaxDepth)+"a"+strings.Repeat(")", MaxDepth))
	mustParse(t, strings.Repeat("-", MaxLength-1)+"a")
	mustParse(t, strings.Repeat("a ", MaxLength/2))
	nested := "z"
	for range MaxDepth {
		nested = "a (b OR " + nested + ")"
	}
	if q := mustParse(t, nested); mustParse(t, q.String()).String() != q.String() {
		t.Errorf("%q does not come back", q)
	}
}

func TestPropertiesOfQueries(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := randomQuery(t, 4)
		q, err := Parse(s, vocabulary)
		if err != nil {
			checkError(t, s, err)
			return
		}
		checkRoundTrip(t, q)
		negated, err := Parse("-("+s+")", vocabulary)
		if err != nil {
			t.Fatalf("-(%q): %v", s, err)
		}
		for range 3 {
			r := randomRow(t)
			again, err := Parse(q.String(), vocabulary)
			if err != nil {
				t.Fatal(err)
			}
			got := q.Eval(r, now)
			if again.Eval(r, now) != got {
				t.Fatalf("%q and %q differ", s, q)
			}
			if negated.Eval(r, now) != got.Not() {
				t.Fatalf("not %q is %v, want %v", s, negated.Eval(r, now), got.Not())
			}
		}
	})
}

type fataler interface {
	Fatalf(format string, args ...any)
}

func checkRoundTrip(t fataler, q Query) {
	again, err := Parse(q.String(), vocabulary)
	if err != nil || again.String() != q.String() {
		t.Fatalf("%q comes back as %q, %v", q, again, err)
	}
}

func checkError(t fataler, s string, err error) {
	var e *Error
	if !errors.As(err, &e) || e.Column < 1 || e.Column > utf8.RuneCountInString(s)+1 || e.Why == nil {
		t.Fatalf("Parse(%q): %#v", s, err)
	}
	for _, r := range e.Why.Error() {
		if !unicode.IsGraphic(r) {
			t.Fatalf("Parse(%q): %U in the message", s, r)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, fld := range Fields() {
		f.Add(fld.Example(), 5)
	}
	f.Add(`(a OR "b c") -act!=abduction since:2026-11-20T14:21Z`, 3)
	f.Add(`place:"é\"" | NOT killed:>=03`, 9)
	f.Fuzz(func(t *testing.T, s string, cursor int) {
		q, err := Parse(s, vocabulary)
		if err != nil {
			checkError(t, s, err)
		} else {
			checkRoundTrip(t, q)
			if q.Eval(ansongo(), now) > Yes {
				t.Fatalf("%q: not a truth value", s)
			}
		}
		if from, _ := Complete(s, cursor, vocabulary); from < 0 || from > utf8.RuneCountInString(s) {
			t.Fatalf("Complete(%q, %d) begins at %d", s, cursor, from)
		}
	})
}
