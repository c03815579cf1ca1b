package query

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"vigil/internal/incident"
)

func TestWithoutVocabulary(t *testing.T) {
	q, err := Parse("country:Mali act:Complex-attack threat:Crime", Vocabulary{})
	if want := "country:mali act:complex_attack threat:crime"; err != nil || q.String() != want {
		t.Errorf("Parse = %q, %v; want %q", q, err, want)
	}
	list := Vocabulary{Values: func(Field) []string { return []string{"Field Reports", "AWSD"} }}
	if q, err := Parse("source:field-reports", list); err != nil || q.String() != `source:"Field Reports"` {
		t.Errorf("Parse = %q, %v", q, err)
	}
	if _, err := Parse("source:awds", list); err == nil || !strings.Contains(err.Error(), "did you mean AWSD?") {
		t.Errorf("Parse: %v", err)
	}
	many := Vocabulary{Values: func(Field) []string {
		return strings.Fields(strings.Repeat("abcdefgh ", 20))
	}}
	if _, err := Parse("act:x", many); err == nil || !strings.Contains(err.Error(), "one of the 14 others") {
		t.Errorf("Parse: %v", err)
	}
	if _, err := Parse("act:x", Vocabulary{Resolve: func(Field, string) (string, bool) { return "", false }}); err == nil ||
		!strings.Contains(err.Error(), "check its spelling") {
		t.Errorf("Parse: %v", err)
	}
}

// TestListsAreTheDomains compares the closed lists with the domain's own.
func TestListsAreTheDomains(t *testing.T) {
	for f, words := range map[Field][]string{
		FieldThreat: incident.ThreatWords(), FieldSeverity: incident.SeverityWords(), FieldStaff: incident.RecruitmentWords(),
		FieldVerification: incident.VerificationWords(), FieldHandling: incident.HandlingWords(),
	} {
		words = slices.DeleteFunc(slices.Clone(words), func(s string) bool { return s == Unknown || s == "" })
		if !slices.Equal(fields[f].values, words) {
			t.Errorf("%s: %q, the domain says %q", f, fields[f].values, words)
		}
	}
	if r := incident.Severe.Rank(); Severities()[r-1] != incident.Severe.String() {
		t.Errorf("rank %d is %q, the domain says %q", r, Severities()[r-1], incident.Severe)
	}
}

func TestFields(t *testing.T) {
	for _, f := range Fields() {
		q := mustParse(t, f.Example())
		if !q.Uses(f) {
			t.Errorf("%s: the example %q does not use it", f, f.Example())
		}
		if f != FieldWord {
			if got, ok := (Vocabulary{}).lookup(f.String()); !ok || got != f {
				t.Errorf("lookup(%q) = %v, %v", f, got, ok)
			}
		}
	}
	if Field(200).String() != "invalid field" {
		t.Errorf("Field(200) = %q", Field(200))
	}
	if (Query{}).Uses(FieldWord) || mustParse(t, "-(a killed>0)").Uses(FieldPlace) || !mustParse(t, "-(a killed>0)").Uses(FieldKilled) {
		t.Error("Uses is wrong")
	}
}

// TestAsked: what rows are to have, and not what they are not to have.
func TestAsked(t *testing.T) {
	for text, want := range map[string][]string{
		"": nil, "act:abduction": nil, "country:unknown": {Unknown}, "country:MLI (act:killing | country=NER)": {"MLI", "NER"},
		"-country:MLI": nil, "country!=MLI": nil, "-(country:MLI | -country:NER)": {"NER"}, `"country:MLI"`: nil,
	} {
		if got := mustParse(t, text).Asked(FieldCountry); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"":                            "",
		"gao":                         "gao",
		"GAO Région":                  "gao region",
		"N’Djaména `":                 "n'djamena '",
		"a–b—c‑d":                     "a-b-c-d",
		"Straße ŒUVRE Ɓamako Ŋ":       "strasse oeuvre bamako ng",
		"e\u0301":                     "e",
		"ΣΊΣΥΦΟΣ σίσυφος":             "σίσυφοσ σίσυφοσ",
		"Мали":                        "мали",
		"\u0645\u064e\u0627\u0644\ti": "\u0645\u0627\u0644 i",
		"a\u00a0b\nc":                 "a b\nc",
	} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
	for r := rune(0); r <= unicode.MaxRune; r++ {
		s := string(r)
		if once := Fold(s); Fold(once) != once {
			t.Fatalf("Fold(%U) = %q, again %q", r, once, Fold(once))
		}
		if up, low := Fold(strings.ToUpper(s)), Fold(s); unicode.Is(unicode.Latin, r) && len(up) != len(low) && utf8.RuneCountInString(strings.ToUpper(s)) == 1 {
			t.Errorf("%U: capital %q, small %q", r, up, low)
		}
	}
}

func TestComplete(t *testing.T) {
	tests := []struct {
		query  string
		cursor int
		from   int
		want   []string
	}{
		{"cou", 3, 0, []string{"country:"}},
		{"-é cou", 6, 3, []string{"country:"}},
		{"(sev", 4, 1, []string{"severity>="}},
		{"-ki", 3, 1, []string{"killed>"}},
		{"S", 1, 0, []string{"severity>=", "staff:", "since:", "source:"}},
		{"zz", 2, 0, nil},
		{"act:", 4, 4, []string{"abduction", "complex_attack", "killing", "shooting", "unknown"}},
		{"act:COMPLEX-", 12, 4, []string{"complex_attack"}},
		{"country:bur", 11, 8, []string{`"Burkina Faso"`}},
		{`country:"bur`, 12, 8, []string{`"Burkina Faso"`}},
		{"severity>=s", 11, 10, []string{"severe"}},
		{"killed>", 7, 7, []string{"unknown"}},
		{"since:t", 7, 6, []string{"today"}},
		{"act:abd zzz", 7, 4, []string{"abduction"}},
		{"nofield:a", 9, 8, nil},
		{"place:a", 7, 6, nil},
		{`"cou`, 4, 4, nil},
		{`"cou"`, 5, 5, nil},
	}
	for _, tt := range tests {
		from, got := Complete(tt.query, tt.cursor, vocabulary)
		if from != tt.from || !slices.Equal(got, tt.want) {
			t.Errorf("Complete(%q, %d) = %d, %q; want %d, %q", tt.query, tt.cursor, from, got, tt.from, tt.want)
		}
	}
	for _, s := range []string{"", "a ", "act:abduction ", "a OR ", "a|", "-", "("} {
		if from, got := Complete(s, len(s), vocabulary); from != len(s) || len(got) != len(Fields())-1 {
			t.Errorf("Complete(%q) = %d, %q; want all fields", s, from, got)
		}
	}
}
