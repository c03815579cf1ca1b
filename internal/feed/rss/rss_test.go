package rss

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"

	"vigil/internal/feed"
	"vigil/internal/feed/feedtest"
	"vigil/internal/incident"
	"vigil/internal/picture"
	"vigil/internal/safetext"
)

func decodeText(t *testing.T, body string) feed.Document {
	t.Helper()
	doc := feedtest.Decode(t, Format, "feeds/news.xml", body)
	for n := range doc.Records {
		if rec := &doc.Records[n]; rec.Kind == feed.Incident && (rec.Incident.Class != incident.Report || !rec.Incident.Occurred.IsZero()) {
			t.Errorf("%+v is no report, or is said to have happened", rec.Incident)
		}
	}
	return doc
}

// said is what a record comes to, in a line.
func said(rec *feed.Record) string {
	i := &rec.Incident
	if rec.Kind != feed.Incident {
		return rec.Kind.String()
	}
	s := fmt.Sprintf("%s %s %q %v", i.Identity.Authority, i.Identity.ID, i.Title, i.Countries)
	if i.Inferred {
		s += " inferred"
	}
	if !i.Reported.IsZero() {
		s += " " + i.Reported.Format(time.RFC3339)
	}
	return s
}

// dialects are feeds of each, with one item that says the same.
var dialects = map[string]string{
	"RSS 2.0": `<rss version="2.0"><channel><title>N</title><link>https://example.org/</link><lastBuildDate>Tue, 04 Mar 2031 10:00:00 GMT</lastBuildDate>
<item><title>Sudan: cholera &amp;amp; floods</title><link>/a?x=1&amp;y=2</link><guid>https://example.org/a?x=1&amp;y=2</guid><pubDate>Tue, 04 Mar 2031 09:00:00 GMT</pubDate><description><![CDATA[<p>One</p><p>Two</p>]]></description></item></channel></rss>`,
	"RSS 0.91": `<?xml version="1.0"?><rss version="0.91"><channel><title>N</title><link>https://example.org/</link><pubDate>Tue, 04 Mar 2031 10:00:00 GMT</pubDate>
<item><title>Sudan: cholera &amp; floods</title><link>https://example.org/a?x=1&amp;y=2</link><pubDate>Tue, 04 Mar 2031 09:00:00 GMT</pubDate><description>&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;</description></item></channel></rss>`,
	"RSS 1.0": `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns="http://purl.org/rss/1.0/">
<channel rdf:about="https://example.org/"><title>N</title><link>https://example.org/</link><dc:date>2031-03-04T10:00:00Z</dc:date></channel>
<item rdf:about="https://example.org/a"><title>Sudan: cholera &amp; floods</title><link>https://example.org/a?x=1&amp;y=2</link><dc:date>2031-03-04T09:00:00+00:00</dc:date><description>One&lt;br&gt;Two</description></item></rdf:RDF>`,
	"Atom": `<feed xmlns="http://www.w3.org/2005/Atom"><title>N</title><updated>2031-03-04T10:00:00Z</updated>
<entry><id>https://example.org/a?x=1&amp;y=2</id><title type="html">Sudan: cholera &amp;amp; floods</title><link rel="alternate" href="https://example.org/a?x=1&amp;y=2"/><link rel="self" href="https://example.org/self"/>
<published>2031-03-04T09:00:00Z</published><updated>2031-03-04T09:00:00Z</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One</p><p>Two</p></div></content></entry></feed>`,
	"JSON Feed": `{"version":"https://jsonfeed.org/version/1.1","title":"N","home_page_url":"https://example.org/","items":[
{"id":"https://example.org/a?x=1&y=2","url":"/a?x=1&y=2","title":"Sudan: cholera & floods","content_html":"<p>One</p><p>Two</p>","date_published":"2031-03-04T09:00:00Z"}]}`,
}

func TestDialects(t *testing.T) {
	const want = `news https://example.org/a?x=1&y=2 "Sudan: cholera & floods" [SDN] inferred 2031-03-04T09:00:00Z`
	for name, body := range dialects {
		doc := decodeText(t, body)
		if len(doc.Records) != 1 || len(doc.Problems) != 0 || len(doc.Records[0].Problems) != 0 {
			t.Fatalf("%s: %+v", name, doc)
		}
		rec := &doc.Records[0]
		if got := said(rec); got != want || rec.Line != 2 && name != "RSS 1.0" || rec.Incident.Details.String() != "One\nTwo" {
			t.Errorf("%s: %s at %d, %q", name, got, rec.Line, rec.Incident.Details)
		}
		if links := rec.Incident.Links; len(links) != 1 || links[0].String() != "https://example.org/a?x=1&y=2" {
			t.Errorf("%s: %v", name, links)
		}
		if name != "JSON Feed" && doc.ContentTime.Format(time.RFC3339) != "2031-03-04T10:00:00Z" {
			t.Errorf("%s: made %s", name, doc.ContentTime)
		}
	}
}

func TestCountries(t *testing.T) {
	for body, want := range map[string]string{
		`<title>A</title><category>Ukraine</category><category>Danish Refugee Council</category><category>IT</category>`:                              "[UKR]",
		`<title>A</title><category domain="https://example.org/country">IT</category><category domain="country">Atlantis</category>`:                  "[ITA] Atlantis",
		`<title>A</title><category>Georgia</category><category>US</category>`:                                                                         "[]",
		`<title>Mali and Niger close border</title>`:                                                                                                  "[MLI NER] inferred",
		`<title>Mali closes border</title><category>Niger</category>`:                                                                                 "[NER]",
		`<title>A</title><description>&lt;div class="tag country"&gt;Countries: Chad, Sudan&lt;/div&gt; text</description>`:                           "[SDN TCD]",
		`<title>A</title><description>&lt;div class="tag country"&gt;Country: World&lt;/div&gt;</description>`:                                        "[]",
		`<title>A</title><description>&lt;div class="tag country"&gt;Affected country: Venezuela (Bolivarian Republic of)&lt;/div&gt;</description>`:  "[VEN]",
		`<title>A</title><link>https://reliefweb.int/report/south-sudan/a</link>`:                                                                     "[SSD] inferred",
		`<title>A</title><source url="x" country="AU">paper</source>`:                                                                                 "[]",
		`<title>A</title><emm:georss name="x" iso="UA" count="2"/><emm:georss name="y" iso="RU" count="1"/><emm:georss name="z" iso="??" count="9"/>`: "[UKR] inferred",
		`<title>A</title><georss:point>12.6 -8</georss:point><georss:point>12.60 -8.0</georss:point>`:                                                 "[MLI] inferred 12.6,-8",
		`<title>A</title><georss:point>12.6 -8</georss:point><georss:point>15 30</georss:point>`:                                                      "[]",
		`<title>A</title><geo:Point><geo:lat>12.6</geo:lat><geo:long>-8</geo:long></geo:Point>`:                                                       "[MLI] inferred 12.6,-8",
		`<title>A</title><geo:lat>12.6</geo:lat><geo:long>-8</geo:long>`:                                                                              "[MLI] inferred 12.6,-8",
		`<title>A</title><georss:point>126 -8</georss:point>`:                                                                                         `[] | "126 -8" is no position on the earth`,
	} {
		doc := decodeText(t, `<rss version="2.0" xmlns:emm="http://emm.jrc.it" xmlns:georss="http://www.georss.org/georss" xmlns:geo="http://www.w3.org/2003/01/geo/wgs84_pos#"><channel><title>N</title><item><guid>1</guid>`+body+`</item></channel></rss>`)
		i := &doc.Records[0].Incident
		got := fmt.Sprint(i.Countries)
		if i.Inferred {
			got += " inferred"
		}
		if i.HasPoint {
			got += fmt.Sprintf(" %g,%g", i.Point.Lat, i.Point.Lon)
		}
		for _, word := range i.CountryText {
			got += " " + word.String()
		}
		for _, p := range doc.Records[0].Problems {
			if !strings.Contains(p.String(), "Atlantis") {
				got += " | " + p.Message.String()
			}
		}
		if !strings.HasPrefix(got, want) || want == "[]" && got != want {
			t.Errorf("%s: %s, want %s", body, got, want)
		}
	}
}

func TestIdentity(t *testing.T) {
	long := "https://example.org/" + strings.Repeat("a", 300)
	doc := decodeText(t, `<rss version="2.0"><channel><title>N</title>
<item><title>One</title><guid isPermaLink="false"> g-1 </guid><link>https://example.org/1</link></item>
<item><title>Two</title><link>https://example.org/2</link><link>javascript:alert(1)</link></item>
<item><title>Three</title><pubDate>Tue, 04 Mar 2031 09:00:00 GMT</pubDate></item>
<item><title>Three</title><pubDate>Wed, 05 Mar 2031 09:00:00 XYZ</pubDate></item>
<item><title>Four</title><guid>`+long+`1</guid></item>
<item><title>Four</title><guid>`+long+`2</guid></item>
<item><description>A short message.
With more.</description><guid>6</guid></item>
<item><enclosure url="https://example.org/7.mp3" length="1" type="audio/mpeg"/></item>
<item><guid>8</guid></item>
</channel></rss>`)
	ids := make(map[string]bool)
	for n := range doc.Records {
		if id := doc.Records[n].Incident.Identity.ID.String(); doc.Records[n].Kind == feed.Incident {
			if ids[id] {
				t.Errorf("%s stands twice", id)
			}
			ids[id] = true
		}
		if want := 2 + n + n/7; doc.Records[n].Line != want {
			t.Errorf("record %d is at line %d", n, doc.Records[n].Line)
		}
	}
	for n, want := range map[int]string{
		0: `news g-1 "One" []`, 1: `news https://example.org/2 "Two" []`, 2: `news sha256-`, 4: `news sha256-`, 6: `news 6 "A short message." []`,
		7: `news https://example.org/7.mp3 "https://example.org/7.mp3" []`, 8: "rejected",
	} {
		if got := said(&doc.Records[n]); !strings.HasPrefix(got, want) {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
	for n, want := range map[int]string{
		1: `"javascript:alert(1)" is no address of the web`, 2: "neither an id nor an address", 3: "is not a time", 8: "nothing to show",
	} {
		if got := strings.Join(feedtest.Messages(&doc.Records[n]), "\n"); !strings.Contains(got, want) {
			t.Errorf("%d: %q, want %s", n, got, want)
		}
	}
}

func TestAtomVersions(t *testing.T) {
	entry := func(updated string) int64 {
		doc := decodeText(t, `<feed xmlns="http://www.w3.org/2005/Atom"><title>N</title><entry><id>1</id><title>A</title><published>2031-03-04T09:00:00Z</published><updated>`+updated+`</updated></entry></feed>`)
		return doc.Records[0].Incident.Version
	}
	if first, later := entry("2031-03-04T09:00:00Z"), entry("2031-03-04T11:00:00Z"); first != 0 || later <= first {
		t.Errorf("%d, %d", first, later)
	}
}

// TestAChangeDatedAheadOutranksNothing: of an item whose change is dated ahead of its receipt, what the feed says later is shown, whether
// that is dated rightly or not.
func TestAChangeDatedAheadOutranksNothing(t *testing.T) {
	start := time.Date(2031, 3, 4, 12, 0, 0, 0, time.UTC)
	entry := func(title string, updated, received time.Time) *feed.Record {
		t.Helper()
		ctx := feed.NewContext("feeds/news.xml")
		ctx.Received = received
		doc, err := Format.Document(ctx, []byte(`<feed xmlns="http://www.w3.org/2005/Atom"><title>N</title><entry><id>1</id><title>`+title+
			`</title><published>2031-03-04T09:00:00Z</published><updated>`+updated.Format(time.RFC3339)+`</updated></entry></feed>`))
		if err != nil {
			t.Fatal(err)
		}
		return &doc.Records[0]
	}
	for _, tt := range []struct {
		ahead    time.Duration
		versions bool
	}{{-time.Hour, true}, {2 * time.Minute, true}, {2*time.Minute + time.Second, false}, {24 * 365 * time.Hour, false}} {
		rec := entry("A", start.Add(tt.ahead), start)
		if is := rec.Incident.Version != 0; is != tt.versions {
			t.Errorf("dated %s ahead: version %d", tt.ahead, rec.Incident.Version)
		}
		if said := strings.Contains(strings.Join(feedtest.Messages(rec), "\n"), "had not come"); said == tt.versions {
			t.Errorf("dated %s ahead: %q", tt.ahead, feedtest.Messages(rec))
		}
	}
	if rec := entry("A", start.Add(time.Hour), time.Time{}); rec.Incident.Version == 0 {
		t.Error("where nobody knows when it came, the date of the change is no version")
	}

	s := picture.NewStore(picture.Options{})
	file := safetext.Const("feeds/news.xml")
	s.Configure("news", picture.SourceInfo{Profile: Format.Profile})
	for n, step := range []struct {
		title string
		ahead time.Duration
	}{{"first", -time.Minute}, {"second", 48 * time.Hour}, {"third", 0}, {"fourth", 72 * time.Hour}, {"fifth", 96 * time.Hour}, {"sixth", -time.Second}} {
		at := start.Add(time.Duration(n) * time.Hour)
		s.Begin("news", file, uint64(n+1))
		rec := entry(step.title, at.Add(step.ahead), at)
		s.Arrive(picture.Arrival{
			Incident: &rec.Incident, Source: "news", Received: at, Origin: incident.Origin{File: file, Line: rec.Line, Generation: uint64(n + 1)},
		})
		s.Finish("news", file, at)
		v := s.Publish(at).For(picture.DutyOfficer)
		if r, _ := v.Row(v.At(0)); v.Len() != 1 || r.Title.String() != step.title || r.Conflict {
			t.Errorf("%d listed, %q is shown after the %s", v.Len(), r.Title, step.title)
		}
	}
}

func TestCharacterSets(t *testing.T) {
	body := `<?xml version="1.0" encoding="windows-1251"?><rss version="2.0"><channel><title>Н</title><item><guid>1</guid><title>Землетрясение</title></item></channel></rss>`
	encoded, err := charmap.Windows1251.NewEncoder().String(body)
	if err != nil {
		t.Fatal(err)
	}
	if doc := decodeText(t, encoded); doc.Records[0].Incident.Title.String() != "Землетрясение" {
		t.Errorf("%q", doc.Records[0].Incident.Title)
	}
}

// TestNotWhole: what is no feed, or not to its end, or could be an attack, gives nothing.
func TestNotWhole(t *testing.T) {
	for _, whole := range dialects {
		for cut := 0; cut < len(whole); cut += 17 {
			if _, err := Format.Document(feed.NewContext("x"), []byte(whole[:cut])); !errors.Is(err, feed.ErrHalf) {
				t.Fatalf("cut at %d: %v", cut, err)
			}
		}
	}
	for body, want := range map[string]string{
		`<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/x.dtd"><rss version="0.91"><channel/></rss>`: "a DOCTYPE is not allowed",
		`<!DOCTYPE rss [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><rss><channel><title>&c;</title></channel></rss>`:                                    "a DOCTYPE is not allowed",
		`<html><body>502</body></html>`:                                                               "not a feed",
		`{"version":"https://jsonfeed.org/version/1"}`:                                                "it has no items",
		`{"version":"https://jsonfeed.org/version/1","items":[{"id":"1","title":"A","title":"B"},7]}`: "",
	} {
		doc, err := Format.Document(feed.NewContext("x"), []byte(body))
		if want == "" {
			if err != nil || len(doc.Records) != 2 || doc.Records[0].Kind != feed.Rejected || doc.Records[1].Kind != feed.Rejected {
				t.Errorf("%s: %+v, %v", body, doc, err)
			}
			continue
		}
		if !errors.Is(err, feed.ErrHalf) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", body, err, want)
		}
	}
	for _, head := range []string{"", "{}", "<html>", "<!DOCTYPE html><html>", `<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">`, `{"version":1}`, "title,link\n", `<feed xmlns="urn:other"/>`, `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description/></rdf:RDF>`} {
		if Format.Recognise([]byte(head)) {
			t.Errorf("recognised: %s", head)
		}
	}
}

// TestReal holds for the captures what was counted by other means.
func TestReal(t *testing.T) {
	for name, tt := range map[string]struct {
		items    int
		country  []string
		inferred bool
		made     string
	}{
		"reliefweb/deep-emm-1.rss.xml":      {3, []string{"AUS", "IND", "IND"}, true, "0001-01-01T00:00:00Z"},
		"reliefweb/deep-rss_feed-1.rss.xml": {5, []string{"UKR", "UKR", "UKR", "UKR", "UKR"}, false, "2020-09-17T07:24:25Z"},
	} {
		doc := decodeText(t, string(feedtest.Real(t, name)))
		if len(doc.Records) != tt.items || len(doc.Problems) != 0 || doc.ContentTime.Format(time.RFC3339) != tt.made {
			t.Fatalf("%s: %d records made %s, %v", name, len(doc.Records), doc.ContentTime, doc.Problems)
		}
		for n := range doc.Records {
			rec := &doc.Records[n]
			i := &rec.Incident
			if len(rec.Problems) != 0 || len(i.Countries) != 1 || i.Countries[0].String() != tt.country[n] || i.Inferred != tt.inferred || i.Reported.IsZero() {
				t.Errorf("%s: %s %q", name, said(rec), feedtest.Messages(rec))
			}
			if s := i.Details.String(); strings.ContainsAny(s, "<>") {
				t.Errorf("%s: markup is left in %q", name, s)
			}
		}
	}
}

// FuzzRSS holds for every input: no panic, only warnings on what is used, and a native form of it.
func FuzzRSS(f *testing.F) {
	for _, body := range dialects {
		f.Add([]byte(body))
	}
	f.Add([]byte(`<rss xmlns:g="http://www.georss.org/georss"><channel><channel><item/></channel><item><title/><g:point>NaN 1</g:point></item></channel><item><link>:</link></item></rss>`))
	ctx := feed.NewContext("fuzz")
	f.Fuzz(func(t *testing.T, body []byte) {
		doc, _ := feedtest.Sound(t, Format, ctx, body)
		for n := range doc.Records {
			if rec := &doc.Records[n]; rec.Kind != feed.Incident && (len(rec.Problems) == 0 || rec.Problems[0].Warning) {
				t.Errorf("not used without a reason: %+v", rec)
			}
		}
	})
}

// TestNamesOfHTML: sites name characters as HTML does; what nobody knows is refused all the same.
func TestNamesOfHTML(t *testing.T) {
	const feedOf = `<?xml version="1.0"?><rss version="2.0"><channel><title>x</title><item><guid>1</guid><title>%s in Mali</title></item></channel></rss>`
	doc, err := Format.Document(feed.NewContext("feeds/news.xml"), fmt.Appendf(nil, feedOf, "Caf&eacute; &amp; &laquo;x&raquo;"))
	if err != nil || len(doc.Records) != 1 || doc.Records[0].Incident.Title.String() != "Café & «x» in Mali" {
		t.Errorf("%+v, %v", doc.Records, err)
	}
	if _, err := Format.Document(feed.NewContext("feeds/news.xml"), fmt.Appendf(nil, feedOf, "&unheardof;")); err == nil {
		t.Error("a name that nobody knows is read")
	}
}
