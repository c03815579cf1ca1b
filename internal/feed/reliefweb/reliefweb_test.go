package reliefweb

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"vigil/internal/feed"
	"vigil/internal/feed/feedtest"
	"vigil/internal/incident"
)

// answer is what the API of version 2 answers, of these records.
func answer(path string, records ...string) string {
	return fmt.Sprintf(`{"href":"https://api.reliefweb.int/v2/%s","time":1,"totalCount":%d,"count":%[2]d,"data":[
%s]}`, path, len(records), strings.Join(records, ",\n"))
}

func decodeOne(t *testing.T, f *feed.Format, body string) *feed.Record {
	t.Helper()
	if !f.Recognise([]byte(body)) {
		t.Errorf("not recognised: %.80s", body)
	}
	doc, err := f.Document(feed.NewContext("feeds/a.json"), []byte(body))
	if err != nil || len(doc.Records) != 1 {
		t.Fatalf("%d records, %v", len(doc.Records), err)
	}
	return &doc.Records[0]
}

func TestDisaster(t *testing.T) {
	for fields, want := range map[string]string{
		`"name":"Chad: Floods - Aug 2031","status":"ongoing","glide":"FL-2031-000139-TCD"`:                                                                          "hazard/flood TCD inferred 2031-08 ongoing",
		`"name":"Storm X - Aug 2031","glide":"TC-2031-000127-CHN"`:                                                                                                  "hazard/cyclone CHN inferred 2031-08",
		`"name":"X - 2031-2032","status":"past","primary_type":{"code":"DR"},"country":[{"iso3":"ner","name":"Niger"},{"iso3":"mli","name":"Mali"}]`:                "hazard/drought MLI,NER 2031",
		`"name":"X","type":[{"name":"Complex Emergency"}],"primary_country":{"name":"occupied Palestinian territory"},"date":{"event":"2031-02-03T00:00:00+00:00"}`: "unknown/other (Complex Emergency) PSE 2031-02-03",
		`"name":"X","type":[{"name":"Wave/Surge","code":"WV"}],"country":[{"iso3":"wld","name":"World"}],"date":{"event":"2031-02-03T04:05:00+00:00"}`:              "hazard/other (Wave/Surge) 2031-02-03T04:05:00Z",
		`"name":"X","status":"brewing","type":[{"name":"Sand Storm","code":"ZZ"}],"country":[{"name":"Atlantis","iso3":"atl"}],"date":{"event":"soon"}`:             `hazard/unknown [Atlantis] | "Sand Storm ZZ" is no type of disaster | no country that vigil knows: Atlantis (atl) | date.event: "soon" is not a time | "brewing" is no status`,
		`"name":"Deadly March 2031: Floods"`:                       "hazard/unknown | neither a type nor a GLIDE number",
		`"status":"past"`:                                          "rejected | the disaster has no name",
		`"name":"A","name":"B"`:                                    "rejected | the name name stands twice",
		`"name":"X","glide":"EQ-2031-000001-001","country":"Mali"`: "hazard/earthquake",
	} {
		rec := decodeOne(t, Disasters, answer("disasters", `{"id":"7","href":"https://api.reliefweb.int/v2/disasters/7","fields":{`+fields+`}}`))
		got := "rejected"
		if i := &rec.Incident; rec.Kind == feed.Incident {
			feedtest.RoundTrip(t, i)
			got = i.Threat.Value.String() + "/" + i.Act.Value.String()
			if !i.Means.IsZero() {
				got += " (" + i.Means.String() + ")"
			}
			var codes []string
			for _, c := range i.Countries {
				codes = append(codes, c.String())
			}
			got += " " + strings.Join(codes, ",")
			if len(i.CountryText) > 0 {
				got += fmt.Sprint(i.CountryText)
			}
			if i.Inferred {
				got += " inferred"
			}
			if !i.Occurred.IsZero() {
				got += " " + i.Occurred.String()
			}
			if i.Ongoing {
				got += " ongoing"
			}
		}
		parts := strings.Split(want, " | ")
		if strings.Join(strings.Fields(got), " ") != parts[0] || len(rec.Problems) != len(parts)-1 {
			t.Errorf("%s: %s %q", fields, got, feedtest.Messages(rec))
			continue
		}
		for n, part := range parts[1:] {
			if !strings.Contains(rec.Problems[n].String(), part) || rec.Problems[n].Line != 2 {
				t.Errorf("%s: %s, want %s", fields, rec.Problems[n], part)
			}
		}
	}
}

func TestEveryTypeHasAName(t *testing.T) {
	named := make(map[string]bool)
	for _, code := range typeNames {
		named[code] = true
	}
	for code, h := range hazards {
		if !named[code] || (h.act == incident.ActOther && h.name == "") {
			t.Errorf("%s: %+v", code, h)
		}
	}
}

func TestReport(t *testing.T) {
	rec := decodeOne(t, Reports, answer("reports", `{"id":4000001,"fields":{"title":"Haïti : Rapport de situation &amp; carte","primary_country":{"iso3":"hti","name":"Haiti"},
"country":[{"iso3":"hti","name":"Haiti"},{"iso3":"dom","name":"Dominican Republic"}],"body-html":"<h2>Faits</h2><p>Un&nbsp;deux</p><script>x</script>","body":"no",
"date":{"original":"2031-03-04T00:00:00+00:00","created":"2031-03-05T06:07:08+00:00","changed":"2031-03-06T06:07:08+00:00"},
"source":[{"name":"OCHA"},{"name":"IOM"},{"name":"OCHA"}],"disaster":[{"name":"Haiti: Earthquake","glide":"EQ-2031-000001-HTI"}],"language":[{"name":"French"}],
"url":"https://reliefweb.int/node/4000001","url_alias":"https://reliefweb.int/report/haiti/rapport","origin":"https://example.org/\u202e"}}`))
	i := &rec.Incident
	feedtest.RoundTrip(t, i)
	if i.Class != incident.Report || i.Identity.ID.String() != "report/4000001" || i.Title.String() != "Haïti : Rapport de situation & carte" ||
		len(i.Countries) != 2 || i.Inferred || !i.Occurred.IsZero() || i.Reported.Hour() != 6 || len(i.Links) != 3 || rec.Repairs.Text.Replaced != 1 {
		t.Errorf("%+v %+v", i, rec.Repairs)
	}
	const want = "Faits\nUn deux\nSources: OCHA, IOM\nPublished: 2031-03-04\nDisasters: Haiti: Earthquake\nGLIDE: EQ-2031-000001-HTI\nLanguage: French"
	if i.Details.String() != want {
		t.Errorf("%q", i.Details)
	}
}

func TestAnswers(t *testing.T) {
	for _, f := range []*feed.Format{Disasters, Reports} {
		for body, records := range map[string]int{
			answer("disasters"): 0, answer("reports"): 0, answer("reports", `{"fields":{"title":"x","name":"x"}}`, `7`, `null`): 3,
		} {
			doc, err := f.Document(feed.NewContext("a.json"), []byte(body))
			if err != nil || len(doc.Records) != records {
				t.Errorf("%s: %d records, %v", body, len(doc.Records), err)
			}
			for n := range doc.Records {
				if p := doc.Records[n].Problems; doc.Records[n].Kind != feed.Rejected || len(p) != 1 || p[0].Warning {
					t.Errorf("%+v", doc.Records[n])
				}
			}
		}
		for _, body := range []string{"", "[]", "{}", `{"status":404,"error":{"message":"Not found"}}`, `{"data":7}`} {
			if _, err := f.Document(feed.NewContext("a.json"), []byte(body)); !errors.Is(err, feed.ErrHalf) {
				t.Errorf("%q: %v", body, err)
			}
		}
	}
	for body, want := range map[string]string{
		answer("disasters"): "disasters", answer("disasters?appname=x&limit=2"): "disasters", answer("reports/4000001"): "reports",
		answer("jobs", `{"id":"1","fields":{"title":"x","url":"https://reliefweb.int/job/1"}}`):       "",
		`{"data":[{"id":"1","fields":{"title":"x"}}]}`:                                                "",
		`{"data":[{"id":"1","fields":{"title":"x","url":"https://reliefweb.int/node/1"}}]}`:           "reports",
		`{"data":[{"id":"1","fields":{"name":"x","glide":"","url":"https://reliefweb.int/node/1"}}]}`: "disasters",
		"": "", "[]": "", "<rss>": "",
	} {
		if got := glance([]byte(body)); got != want {
			t.Errorf("%s: %q, want %q", body, got, want)
		}
	}
}

// FuzzReliefWeb holds for every input: no panic, and a native form of what is used.
func FuzzReliefWeb(f *testing.F) {
	f.Add([]byte(answer("disasters", `{"id":"7","fields":{"name":"Chad: Floods - Aug 2031","status":"ongoing","glide":"FL-2031-000139-TCD","type":[{"code":"CE"}],"date":{"event":"2031-02-03T00:00:00+00:00"}}}`)))
	f.Add([]byte(answer("reports", `{"id":7,"fields":{"title":"Mali","body-html":"<p>x","country":[{"name":"Mali"}],"url_alias":"https://reliefweb.int/report/mali/x"}}`)))
	ctx := feed.NewContext("fuzz")
	f.Fuzz(func(t *testing.T, body []byte) {
		for _, format := range []*feed.Format{Disasters, Reports} {
			doc, _ := feedtest.Sound(t, format, ctx, body)
			for n := range doc.Records {
				if rec := &doc.Records[n]; rec.Kind != feed.Incident && (len(rec.Problems) == 0 || rec.Problems[0].Warning) {
					t.Errorf("not used without a reason: %+v", rec)
				}
			}
		}
	})
}

// TestAChangeDatedAheadIsNoVersion: it would outrank all that is said until then.
func TestAChangeDatedAheadIsNoVersion(t *testing.T) {
	ctx := feed.NewContext("a.json")
	ctx.Received = time.Date(2031, 3, 6, 6, 0, 0, 0, time.UTC)
	for changed, versions := range map[string]bool{"2031-03-06T06:02:00+00:00": true, "2031-03-06T06:02:01+00:00": false} {
		for kind, f := range map[string]*feed.Format{"reports": Reports, "disasters": Disasters} {
			doc, err := f.Document(ctx, []byte(answer(kind, `{"id":1,"fields":{"title":"Niger: Floods","name":"Niger: Floods - Jul 2030",
"date":{"created":"2031-03-05T06:07:08+00:00","changed":"`+changed+`"}}}`)))
			if err != nil {
				t.Fatal(err)
			}
			rec := &doc.Records[0]
			said := strings.Contains(strings.Join(feedtest.Messages(rec), "\n"), "had not come")
			if is := rec.Incident.Version != 0; is != versions || said == versions {
				t.Errorf("%s changed %s: version %d, %q", kind, changed, rec.Incident.Version, feedtest.Messages(rec))
			}
		}
	}
}
