package markup

import (
	"encoding/xml"
	"html"
	"testing"
)

func TestNumbered(t *testing.T) {
	for in, want := range map[string]string{
		"Caf&eacute;&nbsp;&amp; &lt;b&gt; &quot;&apos;": "Caf&#233;&#160;&amp; &lt;b&gt; &quot;&apos;",
		"&unheardof; &eacute &#233; &":                  "&unheardof; &eacute &#233; &",
		"Caf\xe9 &ndash; \xe9t\xe9":                     "Caf\xe9 &#8211; \xe9t\xe9", // ISO-8859-1
	} {
		if got := string(Numbered([]byte(in))); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	for name := range xml.HTMLEntity {
		ref := "&" + name + ";"
		if got, want := html.UnescapeString(string(Numbered([]byte(ref)))), html.UnescapeString(ref); got != want {
			t.Errorf("%s is %q, want %q", ref, got, want)
		}
	}
}
