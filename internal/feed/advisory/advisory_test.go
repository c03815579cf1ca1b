package advisory

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"vigil/internal/feed"
	"vigil/internal/feed/feedtest"
	"vigil/internal/safetext"
)

// said is what a content comes to, a line for each record.
func said(t *testing.T, f *feed.Format, body string) string {
	t.Helper()
	if !f.Recognise([]byte(body[:min(len(body), feed.HeadSize)])) {
		t.Errorf("not recognised: %.80s", body)
	}
	doc, err := f.Document(feed.NewContext("feeds/a.json"), []byte(body))
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for n := range doc.Records {
		rec := &doc.Records[n]
		switch {
		case rec.Advisory != nil:
			a := rec.Advisory
			fmt.Fprintf(&out, "%s %d/%d %q %v %s", a.Country, a.Level, a.Max, a.Label, a.Statuses, a.Updated)
		case rec.Kind == feed.Incident:
			fmt.Fprintf(&out, "%s %v %q", rec.Incident.Class, rec.Incident.Countries, rec.Incident.Title)
		default:
			out.WriteString(rec.Kind.String())
		}
		for _, p := range rec.Problems {
			fmt.Fprintf(&out, " | %s", p.Message)
		}
		out.WriteByte('\n')
	}
	return out.String()
}

func TestUSInterface(t *testing.T) {
	got := said(t, USState, `[
{"Title":"Azerbaijan - Level 3: Reconsider Travel","Link":"https://x/az","Category":["AJ"],"Summary":"<p>Reconsider&nbsp;travel.</p>","id":"az","Published":"2031-01-12T19:00:00-05:00","Updated":"2031-02-12T19:00:00-05:00"},
{"Title":"Israel, the West Bank and Gaza - See Summaries - Level Other: See Individual Summaries","Link":"https://x/is","Category":["IS","WE","GZ"],"Published":"2031-01-12T19:00:00-05:00","Updated":""},
{"Title":"Azerbaijan - Level 2: Exercise Increased Caution","Link":"https://x/old","Category":["AU"],"Updated":"2031-01-01T00:00:00Z"},
{"Title":"Atlantis - Level 2: Exercise Increased Caution","Link":"https://x/at","Category":["NG"],"Updated":"2031-01-01T00:00:00Z"},
{"Title":"Nowhere - Level 4: Do Not Travel","Link":"https://x/no","Category":["ZZ"],"Updated":"the day before"},
{"Title":"Worldwide Caution","Link":"https://x/ww","Category":[],"Updated":"2031-01-01T00:00:00Z"},
{"Title":"Chad - Level 5: Flee","Link":"https://x/td","Category":["CD"],"Updated":"2031-01-01T00:00:00Z"},
{"Title":"Mali","Link":"https://x/ml","Category":["ML"],"Updated":"2031-01-01T00:00:00Z"},
{"Title":"","Link":"https://x/e","Category":["ML"]},
{"Title":"Mali - Level 1: A","Title":"Mali - Level 4: B"},
7
]`)
	want := `AZE 3/4 "Reconsider Travel" [] 2031-02-13T00:00:00Z
ISR 0/4 "See Individual Summaries" [] 2031-01-13T00:00:00Z
PSE 0/4 "See Individual Summaries" [] 
AZE 2/4 "Exercise Increased Caution" [] 2031-01-01T00:00:00Z | the title says "Azerbaijan" and the tag AU, which is another country in FIPS 10-4: the title holds
NER 2/4 "Exercise Increased Caution" [] 2031-01-01T00:00:00Z | "Atlantis" is no country that vigil knows: taken for that of its tag, NG
report [] "Nowhere - Level 4: Do Not Travel" | the date: "the day before" is not a time with its time zone, nor a date: it is taken as unknown | "ZZ" is no country code of FIPS 10-4: it is left out | no country that vigil knows is named: the entry is kept as a report
report [] "Worldwide Caution" | no country that vigil knows is named: the entry is kept as a report
TCD 0/4 "Flee" [] 2031-01-01T00:00:00Z | there is no such level from 1 to 4: it is unknown
report [MLI] "Mali" | the entry says no level: it is kept as a report
rejected
`
	want = strings.Replace(want, "PSE 0/4 \"See Individual Summaries\" [] \n", "PSE 0/4 \"See Individual Summaries\" [] 2031-01-13T00:00:00Z\n", 1)
	for _, line := range strings.Split(strings.TrimSuffix(want, "rejected\n"), "\n") {
		if !strings.Contains(got, line) {
			t.Errorf("want %s", line)
		}
	}
	if strings.Count(got, "rejected |") != 3 || strings.Count(got, "\n") != 12 {
		t.Error(got)
	}
}

// The entries of China, Hong Kong and Macau share a title. Each is of the country of its tag, and one that names one of
// them alone stands before it.
func TestUSEntriesUnderOneTitle(t *testing.T) {
	const shared = "Mainland China, Hong Kong & Macau - See Summaries - Level "
	for name, tt := range map[string]struct{ body, want string }{
		"all three": {
			`[{"Title":"` + shared + `2: A","Link":"https://x/c","Category":["CH"],"Updated":"2031-01-01T00:00:00Z"},
			{"Title":"` + shared + `1: B","Link":"https://x/h","Category":["HK"],"Updated":"2031-01-01T00:00:00Z"},
			{"Title":"` + shared + `3: C","Link":"https://x/m","Category":["MC"],"Updated":"2031-01-01T00:00:00Z"}]`,
			`CHN 2/4 "A" [] 2031-01-01T00:00:00Z
HKG 1/4 "B" [] 2031-01-01T00:00:00Z
MAC 3/4 "C" [] 2031-01-01T00:00:00Z
`,
		},
		"one alone": {
			`[{"Title":"China - Level 2: A","Link":"https://x/c","Category":["CH"],"Updated":"2031-01-01T00:00:00Z"},
			{"Title":"` + shared + `3: C","Link":"https://x/m","Category":["MC"],"Updated":"2031-02-01T00:00:00Z"}]`,
			`CHN 2/4 "A" [] 2031-01-01T00:00:00Z
MAC 3/4 "C" [] 2031-02-01T00:00:00Z
`,
		},
	} {
		if got := said(t, USState, tt.body); got != tt.want {
			t.Errorf("%s: got\n%swant\n%s", name, got, tt.want)
		}
	}
}

func TestUSFeed(t *testing.T) {
	const feedText = `<?xml version="1.0" encoding="UTF-8"?>
<rss xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0"><channel>
<title>travel.state.gov: Travel Advisories</title><pubDate>Tue, 15 Apr 2031 12:00:00 GMT</pubDate>
<item><title>Marshall Islands - Level 1: Exercise Normal Precautions</title><link>https://x/rm</link><pubDate>Tue, 15 Apr 2031</pubDate>
<description><![CDATA[<p>Exercise <b>normal</b> precautions.</p>]]></description>
<category domain="Threat-Level">Level 1: Exercise Normal Precautions</category><category domain="Country-Tag">RM</category><category domain="Keyword">advisory</category></item>
<item><title>Iraq Travel Advisory - Level 4: Do Not Travel</title><pubDate>Mon, 14 Apr 2031</pubDate>
<category domain="Threat-Level">Level 3: Reconsider Travel</category><category domain="Country-Tag">IZ</category></item>
<item><title>Gaza</title><pubDate>Mon, 14 Apr 2031</pubDate>
<category domain="Threat-Level">Level 4: Do Not Travel</category><category domain="Country-Tag">GZ</category></item>
<item><title>Iran Travel Advisory</title><pubDate>Mon, 14 Apr 2031 12:00:00 EST</pubDate>
<category domain="Threat-Level">Level 4: Do Not Travel</category><category domain="Country-Tag">IR</category></item>
<item><title>West Bank - Level 3: Reconsider Travel</title><pubDate>Tue, 15 Apr 2031</pubDate></item>
</channel></rss>`
	got := said(t, USState, feedText)
	want := `MHL 1/4 "Exercise Normal Precautions" [] 2031-04-15
IRQ 0/4 "Do Not Travel" [] 2031-04-14 | the title says level 4 and what stands beside it "Level 3: Reconsider Travel": the level is unknown until one is corrected
PSE 4/4 "Do Not Travel" [] 2031-04-14
IRN 4/4 "Do Not Travel" [] 2031-04-14T17:00:00Z
report [PSE] "West Bank - Level 3: Reconsider Travel" | another entry of this content, at line 9, advises of the same: this one is kept as a report
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	doc, _ := USState.Document(feed.NewContext("a.xml"), []byte(feedText))
	if doc.ContentTime.Format(time.RFC3339) != "2031-04-15T12:00:00Z" || doc.Records[0].Advisory.Summary.String() != "Exercise normal precautions." || doc.Records[1].Line != 7 {
		t.Errorf("%+v", doc)
	}
}

func TestFCDOPages(t *testing.T) {
	page := func(details string) string {
		return `{"base_path":"/foreign-travel-advice/mali","title":"Mali travel advice","public_updated_at":"2031-03-01T10:00:00Z","details":{"country":{"name":"Mali","slug":"mali"},` + details + `}}`
	}
	const head = `MLI 0/0 "" [`
	for details, want := range map[string]string{
		`"alert_status":[]`: head + "] 2031-03-01T10:00:00Z\n",
		`"alert_status":["avoid_all_travel_to_whole_country","avoid_all_but_essential_travel_to_parts","avoid_all_travel_to_whole_country"]`: head + "avoid_all_but_essential_travel_to_parts avoid_all_travel_to_whole_country] 2031-03-01T10:00:00Z\n",
		`"alert_status":["avoid_everything"]`: head + "avoid_everything] 2031-03-01T10:00:00Z | \"avoid_everything\" is no alert status that vigil knows: it is kept as it stands\n",
		`"summary":""`:                        "report [MLI] \"Mali travel advice\" | the page has no details.alert_status: what it advises is unknown, and it is kept as a report\n",
		`"alert_status":null`:                 "report [MLI] \"Mali travel advice\" | the page has no details.alert_status: what it advises is unknown, and it is kept as a report\n",
		`"alert_status":[],"alert_status":[]`: "rejected | the page is no object, or a name stands twice in it (\"alert_status\"): fetch it again\n",
	} {
		if got := said(t, FCDO, page(details)); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", details, got, want)
		}
	}
	const alone = `{"title":"Yemen travel advice","details":{"alert_status":["avoid_all_travel_to_whole_country"]}}`
	if got := said(t, FCDO, alone); got != "YEM 0/0 \"\" [avoid_all_travel_to_whole_country] \n" {
		t.Error(got)
	}
	for slug, want := range map[string]string{
		"st-martin-and-st-barthelemy": "MAF BLM", "usa": "USA", "cook-islands-tokelau-and-niue": "COK TKL NIU", "turkey": "TUR",
		"democratic-republic-of-the-congo": "COD", "congo": "COG", "palestine": "PSE", "in": "",
	} {
		doc, err := FCDO.Document(feed.NewContext("a.json"), fmt.Appendf(nil, `[{"base_path":"/foreign-travel-advice/%s","title":"x travel advice","details":{"alert_status":[]}}]`, slug))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for n := range doc.Records {
			if a := doc.Records[n].Advisory; a != nil {
				got = append(got, a.Country.String())
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v", slug, got)
		}
	}
}

func TestNothingInIt(t *testing.T) {
	for _, f := range []*feed.Format{USState, FCDO} {
		for _, body := range []string{"[]", "", "{", `{"schema_name":"travel_advice_index"}`, "<rss><channel/></rss>", `{"error":"invalid api key"}`, `{"hello":1}`} {
			doc, err := f.Document(feed.NewContext("a.json"), []byte(body))
			if f == USState && strings.HasPrefix(body, `{"schema`) {
				continue
			}
			if !errors.Is(err, feed.ErrHalf) || len(doc.Records) > 0 {
				t.Errorf("%s %q: %v", f.Name, body, err)
			}
		}
		for _, head := range []string{
			"", "{}", "[]", "<rss>", `[{"Title":"x"}]`, `{"type":"FeatureCollection"}`, "Country,Level", `{"id":"R-1","act":"shooting","country":"MLI"}`,
			`<rss version="2.0"><channel><title>News - Level 4 of the game</title><item><title>Level 3: x</title></item></channel></rss>`,
		} {
			if f.Recognise([]byte(head)) {
				t.Errorf("%s recognised: %q", f.Name, head)
			}
		}
	}
}

func TestAuthority(t *testing.T) {
	ctx := feed.NewContext("a.json")
	ctx.Authority = safetext.Const("desk's own")
	doc, err := USState.Document(ctx, []byte(`{"country":"Mali","level":4,"full_title":"Mali - Level 4: Do Not Travel"}`))
	if err != nil || doc.Records[0].Advisory.Authority != ctx.Authority || doc.Records[0].Advisory.Scheme.String() != "us-state" {
		t.Errorf("%+v, %v", doc, err)
	}
}

// FuzzAdvisory holds for every input: no panic, an advisory is of a country and on its scale, and a report has
// a native form.
func FuzzAdvisory(f *testing.F) {
	f.Add([]byte(`[{"Title":"Iraq - Level 4: Do Not Travel","Category":["IZ"],"Updated":"2031-01-01T00:00:00Z"},{"Title":"Worldwide Caution","Link":"x"}]`))
	f.Add([]byte(`{"country":"Mali","level":4,"full_title":"Mali - Level 3: x"}`))
	f.Add([]byte(`{"base_path":"/foreign-travel-advice/mali","details":{"alert_status":["a"]}}`))
	f.Add([]byte(`{"schema_name":"travel_advice_index","links":{"children":[{"title":"x","api_url":"y"}]}}`))
	f.Add([]byte(`<rss><channel><item><title>Gaza</title><category domain="Threat-Level">Level 4: x</category></item></channel></rss>`))
	ctx := feed.NewContext("fuzz")
	f.Fuzz(func(t *testing.T, body []byte) {
		for _, format := range []*feed.Format{USState, FCDO} {
			doc, _ := feedtest.Sound(t, format, ctx, body)
			for n := range doc.Records {
				rec := &doc.Records[n]
				switch a := rec.Advisory; {
				case rec.Kind == feed.Incident, rec.Kind == feed.Rejected:
				case rec.Kind != feed.Advisory, !a.Country.Known() || a.Level < 0 || a.Level > a.Max || a.Scheme.IsZero() || a.Authority.IsZero():
					t.Errorf("%+v", rec)
				}
			}
		}
	})
}
