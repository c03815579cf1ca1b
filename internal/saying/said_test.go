package saying_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"vigil/internal/safetext"
	"vigil/internal/saying"
)

// examples are Sayings with their English, what they are aloud, and their JSON.
var examples = []struct {
	said                saying.Saying
	english, loud, json string
}{
	{saying.Saying{}, "", "", `""`},
	{saying.Text("Gao"), "Gao", "Gao", `"Gao"`},
	{saying.Word("riot"), "riot", "RIOT", `["riot"]`},
	{saying.Of("%s official level %d to %d", "Gao <A&B>", 4, 5), "Gao <A&B> official level 4 to 5", "Gao <A&B> OFFICIAL LEVEL 4 TO 5", `["%s official level %d to %d","Gao <A&B>",4,5]`},
	{saying.Of("near: %s", saying.Of("place unknown")), "near: place unknown", "NEAR: PLACE UNKNOWN", `["near: %s",["place unknown"]]`},
	{saying.Of("says %s", "%s of 100%!"), "says %s of 100%!", "SAYS %s of 100%!", `["says %s","%s of 100%!"]`},
	{saying.Count(1, "source", "sources"), "1 source", "1 SOURCE", `[1,"source","sources"]`},
	{saying.Count(1204, "record came", "records came"), "1,204 records came", "1.204 RECORDS CAME", `[1204,"record came","records came"]`},
	{saying.Of("near %d, %s", -1204, saying.Of("%d more", 999)), "near -1,204, 999 more", "NEAR -1.204, 999 MORE", `["near %d, %s",-1204,["%d more",999]]`},
	{saying.Count(2, "staff", "staff"), "2 staff", "2 STAFF", `[2,"staff"]`},
	{saying.Decimal(2.04, 1), "2.0", "2,0", `[2.0,1]`},
	{saying.Exact(25), "25", "25", `[25,0]`},
	{saying.Exact(7.5), "7.5", "7,5", `[7.5,1]`},
	{saying.Age("6h"), "6h", "6H", `{"age":"6h"}`},
	{saying.Country("MLI", "Mali"), "Mali", "MALI!", `{"country":"MLI","name":"Mali"}`},
	{saying.Join(", ", saying.Word("a"), saying.Saying{}, saying.Text("b")), "a, b", "A, b", `["",", ",["a"],"b"]`},
	{saying.Join(", ", saying.Word("a")), "a", "A", `["a"]`},
	{saying.Join(", "), "", "", `""`},
}

func TestSayings(t *testing.T) {
	for _, e := range examples {
		b, err := json.Marshal(e.said)
		if e.said.String() != e.english || e.said.In(saying.English) != e.english || e.said.In(loud{}) != e.loud || unescaped(b) != e.json || err != nil {
			t.Errorf("%s: %q, aloud %q, %s, %v", e.json, e.said, e.said.In(loud{}), b, err)
		}
		var back saying.Saying
		if err := json.Unmarshal([]byte(e.json), &back); err != nil || !back.Equal(e.said) {
			t.Errorf("%s reads as %+v, %v", e.json, back, err)
		}
	}
}

// unescaped undoes what encoding/json does to the output of a MarshalJSON, and the encoder of the log does not.
func unescaped(b []byte) string {
	return strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&").Replace(string(b))
}

// TestWhatIsNoSaying reads as nothing, and without an error: the entry in which it stands is to be read all the same.
func TestWhatIsNoSaying(t *testing.T) {
	deep := strings.Repeat(`["%s",`, 40) + `"x"` + strings.Repeat("]", 40)
	for _, bad := range []string{
		`null`, `true`, `[]`, `[""]`, `["",", "]`, `["",", ","a"]`, `["",", ","a",""]`, `["","\n","a","b"]`, `[["a"]]`, `[null]`, `["a",null]`, `["a",{}]`, `{}`, `{"age":6}`,
		`{"age":"6h","x":"y"}`, `{"country":"MLI"}`, `{"country":"MLI","name":["Mali"]}`, `{"age":["6h"]}`,
		`["%s"]x`, `["%s and %s","a"]`, `["%s","a","b"]`, `["no verb","a"]`, `["%d","a"]`, `["%s",3]`, `["%v","a"]`, `["%[1]s","a"]`, `["%*s","a"]`, `["%","a"]`, `["100%","a"]`, `["%999999999s","a"]`,
		`["one\u001b[31m"]`, `["a\u202eb %s","x"]`, `["two\nlines"]`, `[3]`, `[3,""]`, `[3,"a","a"]`, `[3,"a","b","c"]`, `[3,["a"]]`, `[3.5,"a","b"]`, `[3e2,"a","b"]`, `[99999999999999999999,"a","b"]`,
		`["%d",1e3]`, `["%d",1.0]`, `["%d",99999999999999999999]`, `[2.41,1]`, `[2.4,9]`, `[2.4,-1]`, `[1e300,1]`, `[2.4,1,1]`, deep, `["` + strings.Repeat("x", saying.MaxBytes) + `"]`,
	} {
		said := saying.Text("before")
		if err := said.UnmarshalJSON([]byte(bad)); err != nil || !said.IsZero() {
			t.Errorf("%.60s reads as %+v, %v", bad, said, err)
		}
	}
	if b, err := json.Marshal(saying.Text(strings.Repeat("x", saying.MaxBytes))); err != nil || string(b) != "null" {
		t.Errorf("what is too long is written: %.40s, %v", b, err)
	}
}

// TestNothingUnsafeIsSaid in any voice, whatever stands in a text from outside.
func TestNothingUnsafeIsSaid(t *testing.T) {
	said := saying.Of("%s since %s", "\x1b[31mGao\u202e", saying.Join(", ", saying.Text("two\nlines"), saying.Text("\u200b")))
	if text := said.In(loud{}); safetext.Clean(text).String() != text || strings.ContainsAny(text, "\x1b\n\u202e\u200b") {
		t.Errorf("%q", text)
	}
}

// drawn is any Saying that the functions of the package make.
func drawn(t *rapid.T, depth int) saying.Saying {
	text := rapid.StringMatching(`[A-Za-zé%" \\<>{}\[\],:0-9-]{1,12}`)
	word := rapid.StringMatching(`[a-z]{1,8}( [a-z%]{1,8})?`)
	kinds := 7
	if depth > 0 {
		kinds = 9
	}
	switch rapid.IntRange(1, kinds).Draw(t, "kind") {
	case 1:
		return saying.Text(text.Draw(t, "text"))
	case 2:
		return saying.Word(word.Draw(t, "word"))
	case 3:
		return saying.Count(rapid.IntRange(-3, 1<<30).Draw(t, "n"), word.Draw(t, "one"), word.Draw(t, "more"))
	case 4:
		return saying.Decimal(rapid.Float64Range(-1e6, 1e6).Draw(t, "v"), rapid.IntRange(0, 6).Draw(t, "decimals"))
	case 5:
		return saying.Age(rapid.StringMatching(`[1-9][hmd]`).Draw(t, "age"))
	case 6:
		return saying.Country(rapid.StringMatching(`[A-Z]{3}`).Draw(t, "code"), word.Draw(t, "name"))
	case 7:
		n := rapid.IntRange(-1<<30, 1<<30).Draw(t, "number")
		return saying.Of("%d of it", n)
	case 8:
		return saying.Of("%s (%s) of 100 %%, %d", drawn(t, depth-1), text.Draw(t, "value"), rapid.IntRange(0, 9).Draw(t, "n"))
	}
	var parts []saying.Saying
	for range rapid.IntRange(0, 4).Draw(t, "parts") {
		parts = append(parts, drawn(t, depth-1))
	}
	return saying.Join(rapid.SampledFrom([]string{", ", " ", "; ", ""}).Draw(t, "separator"), parts...)
}

// TestSayingsReadAsWritten and say the same, in English and aloud.
func TestSayingsReadAsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		said := drawn(t, 4)
		b, err := said.MarshalJSON()
		var back saying.Saying
		if err != nil || len(b) > saying.MaxBytes || string(b) == "null" {
			t.Skip("too long")
		}
		if err := json.Unmarshal(b, &back); err != nil || !back.Equal(said) || back.String() != said.String() || back.In(loud{}) != said.In(loud{}) {
			t.Fatalf("%s reads as %+v, %v", b, back, err)
		}
		if again, _ := back.MarshalJSON(); string(again) != string(b) {
			t.Fatalf("%s is written as %s", b, again)
		}
	})
}

// FuzzSaying holds what is read to what may be shown, whatever it was made of.
func FuzzSaying(f *testing.F) {
	for _, e := range examples {
		f.Add([]byte(e.json))
	}
	f.Add([]byte(`["%s",["%d",3]]`))
	f.Add([]byte(`["%!",1]`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var said saying.Saying
		if err := said.UnmarshalJSON(data); err != nil {
			t.Fatal(err)
		}
		for _, text := range []string{said.In(loud{}), said.In(saying.English)} {
			if safetext.Said(text).String() != text {
				t.Fatalf("%q shows %q", data, text)
			}
			if strings.Contains(text, "%!") && !strings.Contains(string(data), "%!") {
				t.Fatalf("%q misses a value: %q", data, text)
			}
		}
		b, err := said.MarshalJSON()
		var back saying.Saying
		if err != nil {
			t.Fatal(err)
		}
		if string(b) != "null" {
			if err := back.UnmarshalJSON(b); err != nil || fmt.Sprint(back) != fmt.Sprint(said) {
				t.Fatalf("%q is written as %s, which says %q", data, b, back)
			}
		}
	})
}
