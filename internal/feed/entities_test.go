package feed_test

import (
	"testing"

	"vigil/internal/feed"
)

func TestEntities(t *testing.T) {
	for in, want := range map[string]string{
		"":                            "",
		"two taken&nbsp;and released": "two taken\u00a0and released",
		"M&amp;E officer":             "M&E officer",
		"the driver&rsquo;s car":      "the driver’s car",
		"&#233;t&#xe9;":               "été",
		"R&D; AT&T":                   "R&D; AT&T",
		"https://x/?a=1&copy=2&lt=3":  "https://x/?a=1&copy=2&lt=3",
		"&amp;lt;b&amp;gt;":           "&lt;b&gt;",
		"&nosuchthing; stays":         "&nosuchthing; stays",
	} {
		if got := feed.Entities(in); got != want {
			t.Errorf("%q is read as %q, want %q", in, got, want)
		}
	}
}
