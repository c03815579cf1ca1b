package native_test

import (
	"strings"
	"testing"

	"vigil/internal/feed"
	"vigil/internal/feed/feedtest"
	"vigil/internal/feed/native"
)

// TestProblemsOfWhatIsRestrictedQuoteNothing: whoever looks at what is wrong with a file may not be the security lead.
func TestProblemsOfWhatIsRestrictedQuoteNothing(t *testing.T) {
	for _, line := range []string{
		`{"id":"1","occurred":"Zzsecret yesterday","country":"MLI","act":"sexual_violence"}`,
		`{"id":"2","occurred":"2031-04-03","country":"Zzsecret house","act":"sexual_violence","verification":"told by Zzsecret","severity":"Zzsecret"}`,
		`{"id":"3","occurred":"2031-04-03","country":"Zzsecret","act":"killing","handling":"restricted","affected":[{"count":"Zzsecret"}]}`,
		`{"id":"4","occurred":"2031-04-03","country":"MLI","act":"killing","handling":"of Zzsecret","severity":"Zzsecret"}`,
	} {
		for _, order := range []string{line, reversed(line)} {
			rec, ok := native.Format.Line(feed.NewContext("feeds/radio.jsonl"), []byte(order), feed.Place{Line: 7})
			if !ok {
				t.Fatal("it is no record")
			}
			said := strings.Join(feedtest.Messages(&rec), "\n")
			if strings.Contains(said, "Zzsecret") || !strings.Contains(said, "not shown: restricted") || !strings.Contains(said, "radio.jsonl:7:") {
				t.Errorf("of %s:\n%s", order, said)
			}
		}
	}
	open, _ := native.Format.Line(feed.NewContext("feeds/radio.jsonl"), []byte(`{"id":"4","occurred":"2031-04-03","country":"Nowhere","act":"killing"}`), feed.Place{Line: 7})
	if said := strings.Join(feedtest.Messages(&open), "\n"); !strings.Contains(said, "Nowhere") {
		t.Errorf("of what is open it is not said what is wrong:\n%s", said)
	}
}

// reversed is the same object with its members the other way round: what is wrong may stand before what restricts it.
func reversed(line string) string {
	members := strings.Split(strings.Trim(line, "{}"), `,"`)
	for i, j := 0, len(members)-1; i < j; i, j = i+1, j-1 {
		members[i], members[j] = members[j], members[i]
	}
	for i := range members {
		members[i] = `"` + strings.TrimPrefix(members[i], `"`)
	}
	return "{" + strings.Join(members, ",") + "}"
}
