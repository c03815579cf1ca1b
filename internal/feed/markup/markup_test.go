package markup

import (
	"errors"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/traditionalchinese"

	"vigil/internal/feed"
)

const whole = `<?xml version="1.0" encoding="utf-8"?>
<!-- a comment -->
<rss xmlns:x="http://example.org/x" version="2.0">
  <a n="1">one<b/>two &amp; <![CDATA[<three>]]></a>
  <x:a n=" 2 ">four</x:a>
  <a>five</a>
</rss>
`

func TestRead(t *testing.T) {
	doc, err := Read(feed.NewContext("a.xml"), []byte(whole))
	if err != nil {
		t.Fatal(err)
	}
	root := doc.Root
	first, other := root.Get("", "a"), root.Get("http://example.org/x", "a")
	if first.Text() != "onetwo & <three>" || first.Attribute("n") != "1" || first.Line != 4 {
		t.Errorf("%q %q at %d", first.Text(), first.Attribute("n"), first.Line)
	}
	if other.Text() != "four" || other.Attribute("n") != "2" || other.Line != 5 || whole[other.Offset:other.Offset+4] != "<x:a" {
		t.Errorf("%q %q at %d", other.Text(), other.Attribute("n"), other.Line)
	}
	var all []string
	for a := range root.All("", "a") {
		all = append(all, a.Text())
	}
	if strings.Join(all, ",") != "onetwo & <three>,five" {
		t.Error(all)
	}
	if missing := root.Get("", "missing"); !missing.IsZero() || missing.Text() != "" || missing.Attribute("n") != "" || !missing.Get("", "x").IsZero() {
		t.Error("what is not there is something")
	}
	if got := string(doc.Clean); len(got) != len(whole) || !strings.HasPrefix(got, "     ") || got[38:] != whole[38:] {
		t.Errorf("%q", got)
	}
}

// TestNotWhole: what is not well-formed to its end, or could be an attack, gives nothing and says why.
func TestNotWhole(t *testing.T) {
	for body, want := range map[string]string{
		"":              "there is no element",
		"text":          "outside of the document",
		"text <a/>":     "outside of the document",
		"<a>":           "a.xml:1:4: not whole XML: it ends in the middle; wait",
		"<a><![CDATA[x": "it ends in the middle; wait",
		"<a>\n<b></a>":  "a.xml:2:8: not XML: element <b> closed by </a>; fetch it again",
		"<a/><b/>":      "behind the end",
		"<a/>\nb":       "outside of the document",
		"<a>&nbsp;</a>": "invalid character entity &nbsp;",
		"<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>":                         "a DOCTYPE is not allowed",
		"<!DOCTYPE rss PUBLIC '-//N//DTD RSS 0.91//EN' 'http://x/'><rss/>": "a DOCTYPE is not allowed",
		strings.Repeat("<a>", 200_000):                                     "more than 128 deep",
		"<a>" + strings.Repeat("<b/>", MaxElements) + "</a>":               "more than 1048576 elements",
		`<?xml version="1.0" encoding="x-nonsense"?><a/>`:                  `"x-nonsense" is no character set`,
		"<a>&#1;</a>": "illegal character",
	} {
		_, err := Read(feed.NewContext("a.xml"), []byte(body))
		if !errors.Is(err, feed.ErrHalf) || !strings.Contains(feed.AsProblem(feed.NewContext("a.xml"), err).String(), want) {
			t.Errorf("%.60q: %v, want %s", body, err, want)
		}
	}
	trimmed := strings.TrimSpace(whole)
	for cut := range trimmed {
		if _, err := Read(feed.NewContext("a.xml"), []byte(trimmed[:cut])); !errors.Is(err, feed.ErrHalf) {
			t.Fatalf("cut at %d: %v", cut, err)
		}
	}
}

func TestCharacterSets(t *testing.T) {
	must := func(s string, err error) string {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	const text = "Гуманитарная помощь"
	utf16le := "\xFF\xFE"
	for _, r := range `<?xml version="1.0" encoding="utf-16"?><a>` + text + "</a>" {
		utf16le += string([]byte{byte(r), byte(r >> 8)})
	}
	windows1251 := must(charmap.Windows1251.NewEncoder().String(text))
	for name, tt := range map[string]struct{ body, want string }{
		"declared":                  {`<?xml version="1.0" encoding="windows-1251"?><a>` + windows1251 + "</a>", text},
		"single quotes":             {`<?xml version='1.0' encoding='Windows-1251' standalone='yes'?><a>` + windows1251 + "</a>", text},
		"white space before":        {"\n" + `<?xml version="1.0"?><a>` + text + "</a>", text},
		"XML 1.1":                   {`<?xml version="1.1"?><a>` + text + "</a>", text},
		"UTF-16":                    {utf16le, text},
		"UTF-16 without its mark":   {utf16le[2:], text},
		"UTF-8 declared as another": {`<?xml version="1.0" encoding="iso-8859-1"?><a>` + text + "</a>", text},
		"UTF-8 declared as UTF-16":  {`<?xml version="1.0" encoding="UTF-16"?><a>` + text + "</a>", text},
		"control characters":        {"<a>\x08" + text + "\x1B</a>", "\uFFFD" + text + "\uFFFD"},
		"byte order mark":           {"\xEF\xBB\xBF" + `<?xml version="1.0" encoding="utf-8"?><a>` + text + "</a>", text},
		"Latin-1 declared as UTF-8": {`<?xml version="1.0" encoding="utf-8"?><a>` + "caf\xE9" + "</a>", "café"},
		"Big5":                      {`<?xml version="1.0" encoding="big5"?><a>` + must(traditionalchinese.Big5.NewEncoder().String("地震報告")) + "</a>", "地震報告"},
	} {
		doc, err := Read(feed.NewContext("a.xml"), []byte(tt.body))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := doc.Root.Text(); got != tt.want {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// TestLines: lines are counted however they end.
func TestLines(t *testing.T) {
	for _, end := range []string{"\n", "\r\n", "\r"} {
		doc, err := Read(feed.NewContext("a.xml"), []byte("<a>"+end+end+"<b>x"+end+"y</b></a>"))
		if err != nil {
			t.Fatal(err)
		}
		if b := doc.Root.Get("", "b"); b.Line != 3 || b.Text() != "x\ny" {
			t.Errorf("%q: line %d, %q", end, b.Line, b.Text())
		}
	}
}

func TestGlance(t *testing.T) {
	for cut := range whole {
		root := Glance([]byte(whole[:cut]))
		if got, want := root != nil, cut >= strings.Index(whole, "\"2.0\">")+6; got != want {
			t.Fatalf("cut at %d: %t", cut, got)
		}
	}
	if Glance([]byte("<!DOCTYPE a><a>")) != nil || Glance([]byte("{}")) != nil || Glance([]byte(`["<p>"]`)) != nil {
		t.Error("recognised")
	}
	for _, refused := range []string{`<?xml version="1.0" encoding="x-nonsense"?><a>`, strings.Repeat("<a>", 2*MaxDepth)} {
		if root := Glance([]byte(refused)); root == nil || root.Name.Local != "a" {
			t.Errorf("%.60q: what is refused is not known", refused)
		}
	}
}

func TestText(t *testing.T) {
	for s, want := range map[string]string{
		" plain \n text ":                              "plain \n text",
		"a &lt; b &amp; c&nbsp;d":                      "a < b & c d",
		"5 < 6":                                        "5 < 6",
		"<p>One</p>\n\n  <p>Two<br/>three</p>":         "One\nTwo\nthree",
		"<ul><li>a</li><li>b</li></ul>":                "a\nb",
		"<xhtml:div><xhtml:p>a</xhtml:p>b</xhtml:div>": "a\nb",
		"<td>a</td><td>b</td>":                         "a b",
		"x<script>alert(1)</script><style>y</style>z":  "xz",
		"<img src=x onerror=alert(1)>text<!-- c -->":   "text",
		"<a href='http://x'>link</a>, <b>bold":         "link, bold",
		"&#x202E;abc":                                  "\u202Eabc", // safetext makes it visible
	} {
		if got := Text(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

// FuzzRead holds for every input: no panic, each element begins where it says, and reading what was made
// clean gives the same again.
func FuzzRead(f *testing.F) {
	f.Add([]byte(whole))
	f.Add([]byte(`<?xml version="1.0" encoding="windows-1251"?><a>` + "\xEF\xF0</a>"))
	f.Add([]byte("\xFF\xFE<\x00a\x00/\x00>\x00"))
	f.Fuzz(func(t *testing.T, body []byte) {
		Glance(body)
		Text(string(body))
		doc, err := Read(feed.NewContext("fuzz"), body)
		if err != nil {
			if !errors.Is(err, feed.ErrHalf) {
				t.Error(err)
			}
			return
		}
		check(t, doc, doc.Root)
		again, err := Read(feed.NewContext("fuzz"), doc.Clean)
		if err != nil || again.Root.Text() != doc.Root.Text() {
			t.Errorf("read again: %v", err)
		}
	})
}

func check(t *testing.T, doc *Document, e *Element) {
	if doc.Clean[e.Offset] != '<' || e.Line < 1 {
		t.Errorf("%v begins at %d, line %d", e.Name, e.Offset, e.Line)
	}
	for _, child := range e.Children {
		check(t, doc, child)
	}
}
