package safetext

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestClean(t *testing.T) {
	tests := []struct {
		name, in, want string
		rep            Report
	}{
		{"empty", "", "", Report{}},
		{"plain", "Ansongo, Gao: 2 killed", "Ansongo, Gao: 2 killed", Report{}},
		{"accents", "Tillabéri – Ménaka", "Tillabéri – Ménaka", Report{}},
		{"arabic and CJK", "مالي 中文", "مالي 中文", Report{}},
		{"emoji", "fire 🔥", "fire 🔥", Report{}},
		{"outer space", " \t\u00a0Gao\r\n", "Gao", Report{}},
		{"inner spaces stay", "a  b.csv", "a  b.csv", Report{}},
		{"line breaks and tabs", "one \r\n\t two\nthree", "one two three", Report{}},
		{"unicode spaces", "10\u00a0000\u3000km", "10 000 km", Report{}},
		{"escape", "\x1b[2J", "<U+001B>[2J", Report{Replaced: 1}},
		{"NUL, BEL, DEL", "a\x00b\ac\x7f", "a<U+0000>b<U+0007>c<U+007F>", Report{Replaced: 3}},
		{"C1", "\u009b31m\u0085", "<U+009B>31m<U+0085>", Report{Replaced: 2}},
		{"raw C1 byte", "a\x9bb", "a\ufffdb", Report{Invalid: 1}},
		{"bidi override", "a\u202eb\u2066c\u061c", "a<U+202E>b<U+2066>c<U+061C>", Report{Replaced: 3}},
		{"zero width", "G\u200bao\u2060\ufeff\u00ad", "G<U+200B>ao<U+2060><U+FEFF><U+00AD>", Report{Replaced: 4}},
		{"joiners", "می\u200cخواهد", "می<U+200C>خواهد", Report{Replaced: 1}},
		{"separators", "a\u2028b\u2029c", "a<U+2028>b<U+2029>c", Report{Replaced: 2}},
		{"tags", "x\U000e0041\U000e007f", "x<U+E0041><U+E007F>", Report{Replaced: 2}},
		{"variation selectors", "☎\ufe0f\U000e0100", "☎<U+FE0F><U+E0100>", Report{Replaced: 2}},
		{"fillers", "\u3164\u115f\uffa0\u2800\u034f", "<U+3164><U+115F><U+FFA0><U+2800><U+034F>", Report{Replaced: 5}},
		{"private, noncharacter, unassigned", "\ue000\uffff\U0010ffff\u0378", "<U+E000><U+FFFF><U+10FFFF><U+0378>", Report{Replaced: 4}},
		{"surrogate", "a\xed\xa0\x80", "a\ufffd\ufffd\ufffd", Report{Invalid: 3}},
		{"four marks", "a\u0301\u0302\u0303\u0304", "a\u0301\u0302\u0303\u0304", Report{}},
		{"too many marks", "a" + strings.Repeat("\u0301", 6) + "b", "a\u0301\u0301\u0301\u0301<marks+2>b", Report{Marks: 2}},
		{"too many marks at the end", "a" + strings.Repeat("\u0301", 5), "a\u0301\u0301\u0301\u0301<marks+1>", Report{Marks: 1}},
		{"mark first", "\u0301a", "<U+0301>a", Report{Replaced: 1}},
		{"mark after space", "a \u0301", "a <U+0301>", Report{Replaced: 1}},
		{"mark after trimmed space", " \u0301", "<U+0301>", Report{Replaced: 1}},
		{"written out by the sender", "<U+202E>", "<U+202E>", Report{}},
		{"replacement character", "a\ufffdb", "a\ufffdb", Report{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, rep := CleanReport(tt.in)
			if got.String() != tt.want || rep != tt.rep {
				t.Errorf("CleanReport(%q) = %q, %+v; want %q, %+v", tt.in, got, rep, tt.want, tt.rep)
			}
			if again := Clean(got.String()); again != got {
				t.Errorf("cleaned twice: %q, want %q", again, got)
			}
		})
	}
}

func TestBlock(t *testing.T) {
	for in, want := range map[string]string{
		"one\r\ntwo\rthree\n":  "one\ntwo\nthree",
		"a\t\tb\n \tc":         "a b\n c",
		"a\n\n\nb":             "a\n\n\nb",
		"a\n\u0301b":           "a\n<U+0301>b",
		"\n\n a\x1b\u2028\n\n": "a<U+001B><U+2028>",
	} {
		if got := Block(in).String(); got != want {
			t.Errorf("Block(%q) = %q, want %q", in, got, want)
		}
	}
	if got := Block("a\r\n b").OneLine(); got != Clean("a b") {
		t.Errorf("OneLine = %q", got)
	}
	lines := Block("a\n\nb").Lines()
	if len(lines) != 3 || lines[0].String() != "a" || !lines[1].IsZero() || lines[2].String() != "b" {
		t.Errorf("Lines = %q", lines)
	}
}

func TestCaps(t *testing.T) {
	tests := []struct {
		in   string
		max  int
		want string
		cut  int
	}{
		{"abcdef", 6, "abcdef", 0},
		{"abcdefg", 6, "abc...", 4},
		{"ab defg", 6, "ab...", 4},
		{"é́é́é́", 12, "é́é́é́", 0},
		{"éééé", 7, "éé...", 4},
		{"abe\u0301\u0301xyz", 8, "ab...", 8},
		{"ab\u202ecd", 9, "ab...", 5},
		{"ab\u202ecd", 12, "ab<U+202E>cd", 0},
		{"abcdef", 2, "..", 6},
		{"abcdef", 0, "", 6},
		{"abcdef", -1, "", 6},
		{"a" + strings.Repeat("\u0301", 100), 12, "...", 201},
		{"a" + strings.Repeat("\u0301", 100), 20, "a\u0301\u0301\u0301\u0301<marks+96>", 0},
	}
	for _, tt := range tests {
		got, rep := scrub(tt.in, oneLine, tt.max)
		if got.String() != tt.want || rep.Cut != tt.cut {
			t.Errorf("scrub(%q, %d) = %q, cut %d; want %q, cut %d", tt.in, tt.max, got, rep.Cut, tt.want, tt.cut)
		}
		if CleanMax(tt.in, tt.max) != got {
			t.Errorf("CleanMax(%q, %d) differs", tt.in, tt.max)
		}
	}
	long, rep := CleanReport(strings.Repeat("x", MaxLine+1))
	if long.Len() != MaxLine || rep.Cut != 4 || !strings.HasSuffix(long.String(), "x...") {
		t.Errorf("long line: %d bytes, %+v", long.Len(), rep)
	}
	if n := Block(strings.Repeat("x\n", MaxBlock)).Len(); n > MaxBlock || n < MaxBlock-3 {
		t.Errorf("long block: %d bytes", n)
	}
}

func TestReportAdd(t *testing.T) {
	sum := Report{1, 2, 3, 4}.Add(Report{10, 20, 30, 40})
	if want := (Report{11, 22, 33, 44}); sum != want || sum.IsZero() || !(Report{}).IsZero() {
		t.Errorf("Add = %+v, want %+v", sum, want)
	}
}

func TestIsolated(t *testing.T) {
	for in, want := range map[string]string{
		"Gao":                               "Gao",
		"Ménaka 中文":                         "Ménaka 中文",
		"\u063a\u0627\u0648":                "\u2068\u063a\u0627\u0648\u2069",
		"Gao (\u063a\u0627\u0648)":          "\u2068Gao (\u063a\u0627\u0648)\u2069",
		"Gao\n\u05e2\u05d6\u05d4\n\nNiamey": "Gao\n\u2068\u05e2\u05d6\u05d4\u2069\n\nNiamey",
		"\U0001E900\U0001E923":              "\u2068\U0001E900\U0001E923\u2069",
	} {
		if got := Block(in).Isolated(); got != want {
			t.Errorf("Isolated(%q) = %q, want %q", in, got, want)
		}
		if has := Block(in).HasRTL(); has != strings.Contains(want, "\u2068") {
			t.Errorf("HasRTL(%q) = %v", in, has)
		}
	}
}

func TestRightToLeftScripts(t *testing.T) {
	rtl := []*unicode.RangeTable{
		unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko, unicode.Samaritan, unicode.Mandaic,
		unicode.Adlam, unicode.Hanifi_Rohingya, unicode.Mende_Kikakui, unicode.Phoenician, unicode.Yezidi,
	}
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if unicode.In(r, rtl...) && unicode.IsLetter(r) && !isRTL(r) {
			t.Errorf("%U is not taken for right-to-left", r)
		}
		if isRTL(r) && unicode.In(r, unicode.Latin, unicode.Cyrillic, unicode.Greek, unicode.Han, unicode.Ethiopic, unicode.Tifinagh, unicode.Devanagari) {
			t.Errorf("%U is taken for right-to-left", r)
		}
	}
}

func TestASCII(t *testing.T) {
	for in, want := range map[string]string{
		"Gao":                     "Gao",
		"Tillabéri – «Ménaka»…":   "Tillaberi - \"Menaka\"...",
		"Straße Ærø Łódź Đà Nẵng": "Strasse AEro Lodz Da Nang",
		"e\u0301t\u00e9":          "ete",
		"غاو 中":                   "??? ?",
		"a\nb é":                  "a\nb e",
		"\x1b":                    "<U+001B>",
	} {
		if got := Block(in).ASCII(); got != want {
			t.Errorf("ASCII(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestLatinFollowsUnicode compares the table with Unicode's decomposition, which the
// standard library does not have.
func TestLatinFollowsUnicode(t *testing.T) {
	for r := rune(0x80); r <= 0x1EFF; r++ {
		if !unicode.Is(unicode.Latin, r) {
			continue
		}
		base := norm.NFD.String(string(r))
		if len(base) == len(string(r)) || base[0] >= utf8.RuneSelf {
			continue // does not decompose into an ASCII letter
		}
		if got, ok := Latin(r); !ok || got != base[:1] {
			t.Errorf("Latin(%q) = %q, %v; want %q", r, got, ok, base[:1])
		}
	}
	for _, r := range "aZ0 жع中\u0301\U0001F525" {
		if s, ok := Latin(r); ok {
			t.Errorf("Latin(%q) = %q, want none", r, s)
		}
	}
	for r := rune(latinFirst); r < latinFirst+rune(len(latin)); r++ {
		if s, ok := Latin(r); ok && (!unicode.IsLetter(r) || s == "" || unicode.IsUpper(r) != unicode.IsUpper(rune(s[0])) && unicode.IsUpper(r)) {
			t.Errorf("Latin(%q) = %q", r, s)
		}
	}
}

func TestErrorAndJoin(t *testing.T) {
	if !Error(nil).IsZero() {
		t.Error("Error(nil) is not empty")
	}
	if got := Error(errors.New("open \x1b]0;x: no such file\n")); got.String() != "open <U+001B>]0;x: no such file" {
		t.Errorf("Error = %q", got)
	}
	if got := FromBytes([]byte("a\xff")); got.String() != "a\ufffd" {
		t.Errorf("FromBytes = %q", got)
	}
	if got := Join(Const(", "), Clean("a"), Clean("b"), Clean("c")); got.String() != "a, b, c" {
		t.Errorf("Join = %q", got)
	}
	if got := Join(Const(", ")); !got.IsZero() {
		t.Errorf("Join of nothing = %q", got)
	}
}

func TestTextIsMarshalledAndCleanedBack(t *testing.T) {
	type record struct {
		Title Text
		Empty Text `json:",omitzero"`
	}
	b, err := json.Marshal(record{Title: Block("a\nb <é>")})
	if err != nil || string(b) != `{"Title":"a\nb \u003cé\u003e"}` {
		t.Fatalf("Marshal = %s, %v", b, err)
	}
	var r record
	if err := json.Unmarshal([]byte(`{"Title":"x\u001b[2J\u202e"}`), &r); err != nil || r.Title.String() != "x<U+001B>[2J<U+202E>" {
		t.Errorf("Unmarshal = %q, %v", r.Title, err)
	}
}

func TestProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var in string
		if rapid.Bool().Draw(t, "bytes") {
			in = string(rapid.SliceOf(rapid.Byte()).Draw(t, "in"))
		} else {
			in = rapid.StringOf(rapid.OneOf(rapid.Rune(), rapid.SampledFrom([]rune(" \t\r\n\u0301\u0302\u200b\u202e\x1ba\u00a0")))).Draw(t, "in")
		}
		checkText(t, in, rapid.IntRange(0, 64).Draw(t, "max"))
	})
}

func FuzzClean(f *testing.F) {
	for _, s := range []string{
		"", "Gao", "\x1bP1$r\x1b\\", "a\u202e\u0301\u0301\u0301\u0301\u0301 \t\n", "\xff\u009b", "مالي\u200c",
		"\U000e0041\U0001F3F4", "\r\n\r", "e\u0301 \u0301",
	} {
		f.Add(s, 10)
	}
	f.Fuzz(func(t *testing.T, s string, maxBytes int) { checkText(t, s, maxBytes) })
}

type reporter interface {
	Helper()
	Errorf(format string, args ...any)
}

// checkText is the oracle: what must hold of every Text, whatever the input.
func checkText(t reporter, in string, maxBytes int) {
	t.Helper()
	line, lineRep := CleanReport(in)
	block, blockRep := BlockReport(in)
	short := CleanMax(in, maxBytes)
	checkSafe(t, in, line.String(), false)
	checkSafe(t, in, short.String(), false)
	checkSafe(t, in, block.String(), true)
	if line.Len() > MaxLine || block.Len() > MaxBlock || short.Len() > max(maxBytes, 0) {
		t.Errorf("%q: over its cap: %d, %d, %d", in, line.Len(), block.Len(), short.Len())
	}
	if Clean(line.String()) != line || Block(block.String()) != block || CleanMax(short.String(), maxBytes) != short {
		t.Errorf("%q: cleaning twice changes it: %q, %q, %q", in, line, block, short)
	}
	if block.OneLine() != line && lineRep.Cut == 0 && blockRep.Cut == 0 {
		t.Errorf("%q: one line of block %q, want %q", in, block.OneLine(), line)
	}
	if !lineRep.IsZero() && line.String() == in {
		t.Errorf("%q: unchanged, but reported %+v", in, lineRep)
	}
	if again, rep := CleanReport(line.String()); !rep.IsZero() {
		t.Errorf("%q: clean text reported %+v", again, rep)
	}
	var back Text
	if b, err := block.MarshalText(); err != nil || back.UnmarshalText(b) != nil || back != block {
		t.Errorf("%q: came back as %q, %v", block, back, err)
	}
	var rest strings.Builder
	for _, r := range block.Isolated() {
		if r != 0x2068 && r != 0x2069 {
			rest.WriteRune(r)
		}
	}
	if rest.String() != block.String() {
		t.Errorf("%q: isolating changed it to %q", block, rest.String())
	}
	for _, r := range block.ASCII() {
		if r != '\n' && (r < ' ' || r > '~') {
			t.Errorf("%q: %U in ASCII form", in, r)
		}
	}
}

// checkSafe restates the guarantee without the code under test.
func checkSafe(t reporter, in, out string, lines bool) {
	t.Helper()
	if !utf8.ValidString(out) {
		t.Errorf("%q: invalid UTF-8 in %q", in, out)
	}
	if strings.TrimSpace(out) != out {
		t.Errorf("%q: space at the ends of %q", in, out)
	}
	marks, base := 0, false
	for _, r := range out {
		switch {
		case r == '\n' && lines:
			base, marks = false, 0
		case unicode.In(r, unicode.C, unicode.Zl, unicode.Zp, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector),
			unicode.IsSpace(r) && r != ' ', !unicode.IsGraphic(r):
			t.Errorf("%q: %U in %q", in, r, out)
		case unicode.IsMark(r):
			if marks++; marks > MaxCombining || !base {
				t.Errorf("%q: mark %U is number %d, base %v, in %q", in, r, marks, base, out)
			}
		default:
			base, marks = r != ' ', 0
		}
	}
}

func BenchmarkClean(b *testing.B) {
	for name, s := range map[string]string{
		"ascii":   strings.Repeat("2 staff abducted on the road to Ansongo. ", 5),
		"french":  strings.Repeat("Deux employés enlevés près de Tillabéri. ", 5),
		"arabic":  strings.Repeat("اختطاف موظفين على الطريق ", 5),
		"hostile": strings.Repeat("a\x1b[2J\u202e\xff\u0301\u0301\u0301\u0301\u0301", 12),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(s)))
			b.ReportAllocs()
			for b.Loop() {
				Clean(s)
			}
		})
	}
}

func TestCleanTextIsNotCopied(t *testing.T) {
	for _, s := range []string{"2 staff abducted", "enlevés près de Tillabéri", "اختطاف موظفين"} {
		if n := testing.AllocsPerRun(100, func() { Clean(s) }); n != 0 {
			t.Errorf("Clean(%q): %v allocations, want none", s, n)
		}
	}
}

// TestSaidKeepsIsolatesThatAreWhole: those that vigil put there; one without an end is shown as what it is.
func TestSaidKeepsIsolatesThatAreWhole(t *testing.T) {
	for in, want := range map[string]string{
		"source gdacs":                      "source gdacs",
		"a \u2068قديم\u2069 2h":             "a \u2068قديم\u2069 2h",
		"\u2068x \u2068قديم\u2069\u2069  y": "\u2068x \u2068قديم\u2069\u2069  y",
		"\u2068a\x1b[2J\u2069":              "\u2068" + Clean("a\x1b[2J").String() + "\u2069",
		"\u2068open":                        Clean("\u2068open").String(),
		"\u2069\u2068":                      Clean("\u2069\u2068").String(),
		"\u2068\u202eover\u2069":            "\u2068" + Clean("\u202eover").String() + "\u2069",
	} {
		if got := Said(in).String(); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
