package three

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"vigil/internal/query"
)

const (
	no    = query.No
	maybe = query.Maybe
	yes   = query.Yes
)

var schema = &Schema{
	Fields: []Field{
		{Name: "t", Kind: IsTruth},
		{Name: "u", Kind: IsTruth},
		{Name: "a", Kind: IsNumber},
		{Name: "b", Kind: IsNumber},
		{Name: "w", Kind: IsWord},
		{Name: "v", Kind: IsWord},
		{Name: "act", Kind: IsWord, Words: []string{"abduction", "shelling"}},
		{Name: "severity", Kind: IsNumber, Words: []string{"minor", "severe", "critical"}},
		{Name: "near", Kind: IsNumber, Takes: &Argument{Least: 0}},
		{Name: "killed", Kind: IsNumber, Takes: &Argument{Words: []string{"un", "ngo"}}, Bare: true},
	},
	Later: map[string]string{"overdue": "movements"},
}

// world answers from a map; what is not there is not known.
type world map[string]any

func (w world) Ask(field string, of any) any {
	key := field
	if of != nil {
		key = fmt.Sprintf("%s(%v)", field, of)
	}
	if v, ok := w[key]; ok {
		return v
	}
	f, _ := schema.field(field)
	switch f.Kind {
	case IsTruth:
		return maybe
	case IsNumber:
		return Any()
	default:
		return Word{}
	}
}

func eval(t testing.TB, text string, w world) Truth {
	t.Helper()
	e, err := Compile(text, schema)
	if err != nil {
		t.Fatalf("Compile(%q): %v", text, err)
	}
	var m Machine
	return m.Eval(e, w)
}

func TestTruthTables(t *testing.T) {
	values := []Truth{no, maybe, yes}
	for _, a := range values {
		for _, b := range values {
			w := world{"t": a, "u": b}
			for text, want := range map[string]Truth{
				"t and u": min(a, b), "t or u": max(a, b), "not t": yes - a, "t && u": min(a, b), "t || u": max(a, b), "!t": yes - a,
				"not (t and u) == (not t or not u)": same(yes-min(a, b), yes-min(a, b)),
			} {
				if got := eval(t, text, w); got != want {
					t.Errorf("%s with t %v, u %v: %v, want %v", text, a, b, got, want)
				}
			}
		}
	}
}

func TestAnswers(t *testing.T) {
	w := world{
		"a": Between(2, 5), "b": Exactly(5), "w": Say("Gao", "Ménaka"), "act": Say("abduction"),
		"severity": Exactly(2), "near(25)": Between(3, 12), "killed(un)": Exactly(1), "killed": AtLeast(1), "t": yes,
	}
	for text, want := range map[string]Truth{
		"a > 1": yes, "a > 2": maybe, "a > 5": no, "a >= 2": yes, "a <= 5": yes, "a < 2": no, "a == 3": maybe, "a == 7": no, "a != 7": yes,
		"b == 5": yes, "b != 5": no, "a + b > 6": yes, "a - b > 0": no, "a - b >= 0": maybe, "a * 2 > 3": yes, "b / a >= 1": yes, "1 / (a - 3) > 0": maybe,
		"-a < 0": yes, "1 < a < 7": yes, "1 < a < 4": maybe, "a in [7, 8]": no, "a in [3, 8]": maybe, "b in [4, 5]": yes, "a not in [7]": yes,
		"w == 'gao'": yes, "w == 'menaka'": yes, "w != 'gao'": no, "w == 'Kidal'": no, "w contains 'ENA'": yes, "w startsWith 'g'": yes, "w endsWith 'x'": no,
		"w matches '^G.o$'": yes, "v == 'x'": maybe, "not (v == 'x')": maybe, "v in ['x', 'y']": maybe, "v matches 'x'": maybe, "v contains w": maybe,
		"act == 'abduction'": yes, "act in ['shelling', 'abduction']": yes, "act not in ['shelling']": yes, "act contains 'duct'": yes,
		"severity >= 'severe'": yes, "severity > 'severe'": no, "'minor' < severity": yes, "severity in ['minor', 'critical']": no,
		"near(25) > 0": yes, "near(50) > 0": maybe, "killed('un') > 0": yes, "killed('ngo') > 0": maybe, "killed > 0": yes, "killed > 1": maybe,
		"known(a)": no, "known(b)": yes, "known(v)": no, "known(w)": yes, "known(t)": yes, "known(u)": no, "sure(u)": no, "sure(t)": yes, "sure(a > 2)": no,
		"u and false": no, "u or true": yes, "t and u": maybe, "(t == true) and w == v": maybe,
	} {
		if got := eval(t, text, w); got != want {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
}

func TestWhatIsRefused(t *testing.T) {
	for _, tt := range []struct {
		text    string
		line    int
		column  int
		message string
	}{
		{"", 1, 1, "unexpected token"},
		{"a >", 1, 3, "unexpected token"},
		{"a > 1 ? t : u", 1, 13, "a choice"},
		{"if t { t } else { u }", 1, 1, "a choice"},
		{"let x = 1; x > 0", 1, 5, "loops, variables"},
		{"any([1], # > 0)", 1, 1, "loops, variables"},
		{"a", 1, 1, "this is a number, and a rule asks yes or no"},
		{"t and a", 1, 7, "joins what is yes or no, and this is a number"},
		{"not act == 'abduction'", 1, 1, "put the comparison in parentheses"},
		{"act == 'abducton'", 1, 8, "did you mean abduction?"},
		{"t and\n  act == 'x'", 2, 10, `"x" is no act: write one of abduction, shelling`},
		{"act in ['abducton']", 1, 9, "did you mean abduction?"},
		{"severity >= 'sever'", 1, 13, "did you mean severe?"},
		{"severity >= a or kiled > 0", 1, 18, "did you mean killed?"},
		{"near > 0", 1, 1, "write near(1)"},
		{"near('x') > 0", 1, 6, "near takes a number"},
		{"near(-1) > 0", 1, 6, "near takes a number"},
		{"near(1, 2) > 0", 1, 1, "takes one thing"},
		{"killed('who') > 0", 1, 8, "write one of un, ngo"},
		{"killed(un) > 0", 1, 8, "takes a word in quotes"},
		{"a(1) > 0", 1, 1, "takes nothing in parentheses"},
		{"overdue > 0", 1, 1, "comes with movements"},
		{"a > 'x'", 1, 3, "left of > stands a number, and right of it a word"},
		{"w > v", 1, 3, "> cannot be asked of what is a word"},
		{"w + v == 'x'", 1, 3, "+ cannot be asked"},
		{"a in 1..5", 1, 7, "in asks for one of a list"},
		{"a % 2 == 0", 1, 3, "% cannot be used"},
		{"a ** 2 > 0", 1, 3, "** cannot be used"},
		{"w ?? v == 'x'", 1, 8, ""},
		{"w matches '('", 1, 11, "no regular expression"},
		{"w matches v", 1, 11, "a regular expression in quotes"},
		{"nil == a", 1, 1, "nil means nothing here"},
		{"a.b > 0", 1, 3, "cannot be used in a rule"},
		{"len(w) > 0", 1, 1, "len is not known here"},
		{"sure(a)", 1, 6, "sure takes a comparison"},
		{"known()", 1, 1, "takes one expression"},
		{"[1] == a", 1, 1, "a list can only stand right of in"},
		{"sneaky(1) > 0", 1, 1, "sneaky is not known here"},
		{"subject == a", 1, 1, "subject is not known here"},
		{strings.Repeat("a", MaxLength+1), 1, MaxLength, "too long"},
		{strings.Repeat("t and ", 300) + "t", 1, 1001, "maximum allowed nodes"},
	} {
		_, err := Compile(tt.text, schema)
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("Compile(%.40q): %v, want an *Error", tt.text, err)
			continue
		}
		if e.Line != tt.line || tt.message != "maximum allowed nodes" && e.Column != tt.column || !strings.Contains(e.Message, tt.message) {
			t.Errorf("Compile(%.40q): %v; want %d:%d …%s…", tt.text, e, tt.line, tt.column, tt.message)
		}
	}
}

func TestUses(t *testing.T) {
	e, err := Compile("near(25) > 0 and act == 'abduction' or near(3) > 1", schema)
	if err != nil || !e.Uses("near") || !e.Uses("act") || e.Uses("w") {
		t.Fatalf("%v, %+v", err, e)
	}
}

func TestTheRightIsNotAskedInVain(t *testing.T) {
	asked := &counting{}
	for _, text := range []string{"t and near(25) > 0", "u or near(25) > 0"} {
		e, err := Compile(text, schema)
		if err != nil {
			t.Fatal(err)
		}
		var m Machine
		m.Eval(e, asked)
	}
	if asked.n != 0 {
		t.Fatalf("near was asked %d times", asked.n)
	}
}

type counting struct{ n int }

func (c *counting) Ask(field string, _ any) any {
	switch field {
	case "t":
		return no
	case "u":
		return yes
	}
	c.n++
	return Any()
}

// randomTruth writes an expression that asks nothing about knowledge itself.
func randomTruth(t *rapid.T, depth int) string {
	draw := func(list ...string) string { return rapid.SampledFrom(list).Draw(t, "part") }
	if depth == 0 {
		return draw("t", "u", "true", "false")
	}
	switch rapid.IntRange(0, 6).Draw(t, "truth") {
	case 0:
		return "(" + randomTruth(t, depth-1) + draw(" and ", " or ", " == ", " != ") + randomTruth(t, depth-1) + ")"
	case 1:
		return "not (" + randomTruth(t, depth-1) + ")"
	case 2:
		return "(w " + draw("==", "!=", "contains", "startsWith", "endsWith") + " " + draw("v", "'gao'", "'ga'", "'o'") + ")"
	case 3:
		return "(w matches " + draw("'^g'", "'o'") + ")"
	case 4:
		return "(severity " + draw("==", "<", ">=") + " " + draw("'minor'", "'severe'", "b") + ")"
	case 5:
		return "(" + randomNumber(t, depth-1) + " in [1, 2, 3])"
	default:
		return "(" + randomNumber(t, depth-1) + draw(" < ", " <= ", " > ", " >= ", " == ", " != ") + randomNumber(t, depth-1) + ")"
	}
}

func randomNumber(t *rapid.T, depth int) string {
	draw := func(list ...string) string { return rapid.SampledFrom(list).Draw(t, "number") }
	if depth <= 0 || rapid.Bool().Draw(t, "leaf") {
		return draw("a", "b", "killed", "near(5)", "0", "1", "2.5", "-3", "1e300")
	}
	return "(" + randomNumber(t, depth-1) + draw(" + ", " - ", " * ", " / ") + randomNumber(t, depth-1) + ")"
}

func TestSoundness(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := randomTruth(t, 4)
		e, err := Compile(text, schema)
		if err != nil {
			var wrong *Error
			if errors.As(err, &wrong) && strings.Contains(wrong.Message, "maximum allowed nodes") {
				return
			}
			t.Fatalf("Compile(%q): %v", text, err)
		}
		vague, exact := world{}, world{}
		for _, name := range []string{"t", "u"} {
			exact[name] = query.Of(rapid.Bool().Draw(t, name))
			vague[name] = rapid.SampledFrom([]any{maybe, exact[name]}).Draw(t, "vague "+name)
		}
		for _, name := range []string{"a", "b", "killed", "near(5)"} {
			v := float64(rapid.IntRange(-4, 4).Draw(t, name))
			exact[name] = Exactly(v)
			vague[name] = rapid.SampledFrom([]Number{
				Any(), Exactly(v), AtLeast(v - 1), Between(v-1, v+2), {math.Inf(-1), v},
			}).Draw(t, "vague "+name)
		}
		severity := rapid.IntRange(1, 3).Draw(t, "severity")
		exact["severity"] = Exactly(severity)
		vague["severity"] = rapid.SampledFrom([]Number{Between(1, 3), Exactly(severity)}).Draw(t, "vague severity")
		for _, name := range []string{"w", "v"} {
			exact[name] = Say(rapid.SampledFrom([][]string{nil, {"gao"}, {"Gao", "kidal"}, {"o"}}).Draw(t, name)...)
			vague[name] = rapid.SampledFrom([]any{Word{}, exact[name]}).Draw(t, "vague "+name)
		}
		var m Machine
		of, is := m.Eval(e, vague), m.Eval(e, exact)
		if of != maybe && is != maybe && of != is {
			t.Fatalf("%s is %v of %v and %v of %v", text, of, vague, is, exact)
		}
	})
}

func FuzzCompile(f *testing.F) {
	for _, s := range []string{
		"act == 'abduction' && near(25) > 0", "severity >= 'severe' or not (a < 3)", "w matches '^x'", "a in [1,2] and known(killed('un'))",
		"any([1], # > 0)", "let x = 1; x", "a ? b : c", "1..2", "a.b?.c", "\"\\u0000\" == w", "b'x' == w", "t | map(#)", "{a: 1}", "not not not t",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		e, err := Compile(s, schema)
		if err != nil {
			var wrong *Error
			if !errors.As(err, &wrong) || wrong.Line < 1 || wrong.Column < 1 || wrong.Column > max(MaxLength, utf8.RuneCountInString(s)+1) || wrong.Message == "" {
				t.Fatalf("Compile(%q): %#v", s, err)
			}
			return
		}
		var m Machine
		if got := m.Eval(e, world{}); got > yes {
			t.Fatalf("%q: %v", s, got)
		}
	})
}

func BenchmarkEval(b *testing.B) {
	e, err := Compile("act in ['abduction', 'shelling'] and killed > 0 and near(25) > 0", schema)
	if err != nil {
		b.Fatal(err)
	}
	var s Subject = world{"act": Say("abduction"), "killed": Exactly(0)}
	var m Machine
	for b.Loop() {
		m.Eval(e, s)
	}
}
