package answer_test

import (
	"strings"
	"testing"

	"vigil/internal/feed"
	"vigil/internal/feed/answer"
	"vigil/internal/feed/exact"
)

func TestCheck(t *testing.T) {
	for _, c := range []struct{ body, want string }{
		{`{"error":"invalid api key"}`, `the server refused the request: "invalid api key";`},
		{`{"error":{"code":400,"message":"Invalid URL","details":[]}}`, `"Invalid URL"`},
		{`{"status":403,"success":false,"messages":["no access","ask us"]}`, `(status 403): "no access; ask us"`},
		{`{"message":"Forbidden"}`, `"Forbidden"`},
		{`{"errors":[{"message":"quota"}],"data":null}`, `"quota"`},
		{`{"errors":[{"message":"quota"}],"data":[]}`, `"quota"`},
		{"\ufeff {\"success\":false}", "without a reason"},
		{`{"error":"` + strings.Repeat("x", 1000) + `"}`, "see to the account"},
		{"{\"error\":\"a\u202eb\x1b\"}", ""}, // no JSON: the format says so
		{`{"error":"a\u202eb"}`, "refused"},
		{`{"error":null,"data":[{"id":1}]}`, ""},
		{`{"error":"partly","data":[{"id":1}]}`, ""},
		{`{"errors":[],"data":[]}`, ""},
		{`{"message":"an attack","country":"MLI"}`, ""},
		{`[{"error":"x"}]`, ""},
		{`{}`, ""},
		{`{"type":"FeatureCollection","features":[]}`, ""},
	} {
		err := answer.Check(feed.NewContext("feeds/a.json"), []byte(c.body))
		switch {
		case c.want == "" && err != nil:
			t.Errorf("%.60s: %v, want none", c.body, err)
		case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%.60s: %v, want %q", c.body, err, c.want)
		case err != nil && (!answer.IsRefusal(err) || strings.ContainsAny(err.Error(), "\u202e\x1b")):
			t.Errorf("%.60s: %q is no refusal, or holds what no screen may", c.body, err)
		}
	}
}

func TestPage(t *testing.T) {
	for _, c := range []struct{ body, want string }{
		{`{"totalCount":3677,"count":2,"data":[{},{}],"links":{"next":{"href":"https://x"}}}`, "2 of 3,677: this is one page;"},
		{`{"status":200,"count":2,"total_count":12000,"data":[{},{}]}`, "2 of 12,000:"},
		{`{"type":"FeatureCollection","numberMatched":30,"numberReturned":1,"features":[{}]}`, "1 of 30:"},
		{`{"count":3677,"next":"https://x","results":[{}]}`, "1 of 3,677:"},
		{`{"features":[{}],"links":[{"rel":"self","href":"a"},{"rel":"next","href":"b"}]}`, "1, and the answer has a next page"},
		{`{"features":[{}],"exceededTransferLimit":true}`, "1, and the answer has a next page"},
		{`{"meta":{"pagination":{"total":9}},"data":[{}]}`, "1 of 9:"},
		{`{"metadata":{"limit":2,"count":2},"features":[{},{}]}`, "2, as many as were asked for (limit)"},
		{`{"totalCount":2,"count":2,"data":[{},{}],"links":{"self":{"href":"https://x"}}}`, ""},
		{`{"metadata":{"limit":20000,"count":2},"features":[{},{}]}`, ""},
		{`{"count":1,"next":null,"previous":null,"results":[{}]}`, ""},
		{`{"status":200,"count":0,"total_count":0,"data":[]}`, ""},
		{`[{"next":"x"}]`, ""},
		{`{"data":[{"total":9,"next":"x"}]}`, ""},
		{`{"data":[{}`, ""},
	} {
		p, is := answer.Page(feed.NewContext("feeds/a.json"), []byte(c.body), 0)
		if is != (c.want != "") || is && (!strings.Contains(p.Message.String(), c.want) || !p.Warning) {
			t.Errorf("%s: %v %q, want %q", c.body, is, p.Message, c.want)
		}
	}
}

func FuzzAnswer(f *testing.F) {
	f.Add([]byte(`{"error":{"message":["a"]},"totalCount":3,"data":[{}],"links":[{"rel":"next"}]}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		ctx := feed.NewContext("feeds/a.json")
		_, _ = answer.Page(ctx, body, 1)
		if err := answer.Check(ctx, body); err != nil && !answer.IsRefusal(err) {
			t.Fatal(err)
		}
		answer.SaidIn(exact.Glance(body))
	})
}
