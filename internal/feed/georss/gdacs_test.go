package georss

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vigil/internal/country"
	"vigil/internal/feed"
	"vigil/internal/feed/feedtest"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

func week(tb testing.TB) string {
	tb.Helper()
	body, err := os.ReadFile("testdata/week.xml")
	if err != nil {
		tb.Fatal(err)
	}
	return string(body)
}

func decodeText(t *testing.T, body string) feed.Document {
	t.Helper()
	return feedtest.Decode(t, GDACS, "feeds/x.xml", body)
}

func TestItems(t *testing.T) {
	doc := decodeText(t, week(t))
	if len(doc.Records) != 7 || len(doc.Problems) != 0 || doc.Reach != 7*24*time.Hour || !doc.ContentTime.Equal(feedtest.When(t, "2031-03-14T12:00:00Z").Start) {
		t.Fatalf("%d records, problems %v, reach %v, made %v", len(doc.Records), doc.Problems, doc.Reach, doc.ContentTime)
	}
	made := doc.ContentTime.Unix() / 60
	identity := func(id string) incident.Identity {
		return incident.Identity{Authority: safetext.Const("gdacs"), ID: safetext.Clean(id)}
	}
	hazard := incident.Known(incident.Hazard)
	want := []incident.Incident{
		{
			Identity: identity("EQ7000001"), Version: 8_000_009*100_000_000 + made,
			Occurred: feedtest.When(t, "2031-03-14T09:30:15Z"), Reported: feedtest.When(t, "2031-03-14T09:30:15Z").Start,
			Countries: []country.Code{country.MustParse("TON")}, Place: safetext.Const("Southeast Of Nowhere Islands"),
			Point: incident.Point{Lat: -20.5, Lon: -178.25}, HasPoint: true,
			Threat: hazard, Act: incident.Known(incident.Earthquake), Severity: incident.Known(incident.Minor),
			Title:   safetext.Const("EXERCISE Green earthquake alert (5.9M) off Tonga & Fiji"),
			Details: safetext.Const("EXERCISE.\nAn earthquake < 10 km deep.\nAlert level: Green; Severity: Magnitude 5.9M, Depth:9km"),
			Links:   []safetext.Text{safetext.Const("http://www.example.org/report?eventtype=EQ&eventid=7000001")},
		},
		{
			Identity: identity("DR1000002"), Version: 12*100_000_000 + made,
			Occurred: feedtest.When(t, "2030-10-21T00:00:00Z"), Ongoing: true, Reported: feedtest.When(t, "2031-03-14T11:40:00Z").Start,
			Countries:   []country.Code{country.MustParse("BIH"), country.MustParse("IRN")},
			CountryText: []safetext.Text{safetext.Const("Atlantis")},
			Place:       safetext.Const("Bosnia & Herzegovina, Iran, Islamic Republic of, Atlantis"),
			Point:       incident.Point{Lat: -15, Lon: 180}, HasPoint: true,
			Threat: hazard, Act: incident.Known(incident.Drought), Severity: incident.Known(incident.Severe),
			Title:   safetext.Const("EXERCISE Drought is on going"),
			Details: safetext.Const("EXERCISE\nAlert level: Orange (this episode Green)"),
		},
		{
			Identity: identity("FL1000003"), Version: 2*100_000_000 + made,
			Occurred: feedtest.When(t, "2031-03-01T00:00:00Z"), Until: feedtest.When(t, "2031-03-10T00:00:00Z"), Reported: doc.ContentTime,
			Countries: []country.Code{country.MustParse("NPL")}, Point: incident.Point{Lat: 27.5, Lon: 84.5}, HasPoint: true,
			Threat: hazard, Act: incident.Known(incident.Flood), Severity: incident.Known(incident.Critical),
			Title: safetext.Const("EXERCISE Flood"), Details: safetext.Const("EXERCISE\nAlert level: Red"),
		},
		{
			Identity: identity("TC1000004"), Version: 1*100_000_000 + made,
			ExpectedFrom: feedtest.When(t, "2031-03-15T06:00:00Z"), ExpectedTo: feedtest.When(t, "2031-03-17T06:00:00Z"), Reported: feedtest.When(t, "2031-03-14T11:30:00Z").Start,
			Point: incident.Point{Lat: -19.4, Lon: 59.8}, HasPoint: true, Countries: []country.Code{country.MustParse("MUS")}, Inferred: true,
			Threat: hazard, Act: incident.Known(incident.Cyclone), Severity: incident.ParseSeverity("Purple"),
			Title: safetext.Const("EXERCISE Cyclone to come"), Details: safetext.Const("EXERCISE\nAlert level: Purple; Name: EXERCISE-31"),
		},
		{
			Identity: identity("LS1000005"), Version: made,
			Threat: hazard, Act: incident.ParseAct("LS"), Severity: incident.Known(incident.Minor),
			Title:   safetext.Const("EXERCISE An event by its guid alone, of a kind that is new"),
			Details: safetext.Const("Alert level: Green"),
		},
	}
	for n, w := range want {
		if diff := cmp.Diff(w, doc.Records[n].Incident, feedtest.Text); diff != "" {
			t.Errorf("line %d (-want +got):\n%s", doc.Records[n].Line, diff)
		}
		feedtest.RoundTrip(t, &doc.Records[n].Incident)
	}
	if rec := &doc.Records[5]; rec.Kind != feed.Rejected || !strings.Contains(strings.Join(feedtest.Messages(rec), ""), "neither an event type") {
		t.Errorf("an item without an event: %v %q", rec.Kind, feedtest.Messages(rec))
	}
	if i := &doc.Records[6].Incident; i.Identity != want[2].Identity || i.Version <= want[2].Version || !i.HasPoint {
		t.Errorf("the next episode of the flood: %+v", i)
	}
	if i := &doc.Records[3].Incident; !i.Forecast() {
		t.Error("what is to come is taken to have occurred")
	}
}

// TestForecastStaysOne: what was announced has not occurred because a later issue of the feed repeats it.
func TestForecastStaysOne(t *testing.T) {
	doc := decodeText(t, strings.Replace(week(t), "<pubDate>Fri, 14 Mar 2031 12:00:00 GMT", "<pubDate>Sun, 16 Mar 2031 12:00:00 GMT", 1))
	i := &doc.Records[3].Incident
	if !doc.ContentTime.Equal(feedtest.When(t, "2031-03-16T12:00:00Z").Start) || !i.Forecast() || i.ExpectedFrom != feedtest.When(t, "2031-03-15T06:00:00Z") || i.Ongoing {
		t.Errorf("of %v: occurred %v, expected %v, ongoing %v", doc.ContentTime, i.Occurred, i.ExpectedFrom, i.Ongoing)
	}
}

func TestItemProblems(t *testing.T) {
	doc := decodeText(t, week(t))
	want := map[int][]string{
		1: {`feeds/x.xml:36: no country that vigil knows: Atlantis`},
		3: {`"Purple" is no alert level`},
		4: {`"LS" is no event type`, `fromdate: "the day before yesterday" is not a time`, `todate: "Fri, 14 Mar 2031 11:00:00 CEST" is not a time`, `no date of its beginning`, `no position`},
		5: {`:94: the item has neither`},
	}
	for n := range doc.Records {
		got := strings.Join(feedtest.Messages(&doc.Records[n]), "\n")
		if len(want[n]) == 0 && got != "" {
			t.Errorf("record %d: %s", n, got)
		}
		for _, w := range want[n] {
			if !strings.Contains(got, w) {
				t.Errorf("record %d: said %q, want %q", n, got, w)
			}
		}
	}
}

func TestReach(t *testing.T) {
	for _, tt := range []struct {
		title, self string
		want        time.Duration
	}{
		{"GDACS RSS information", "http://www.gdacs.org/xml/rss.xml", 24 * time.Hour},
		{"GDACS RSS information", "http://www.gdacs.org/xml/rss_24h.xml", 24 * time.Hour},
		{"GDACS RSS information", "http://www.gdacs.org/xml/rss_7d.xml", 7 * 24 * time.Hour},
		{"GDACS alerts of the last 7 days", "", 7 * 24 * time.Hour},
		{"GDACS 24h", "http://www.gdacs.org/xml/rss_7d.xml", 24 * time.Hour},
	} {
		ch := channel{item: item{text: map[element]string{{Local: "title"}: tt.title}}, self: tt.self}
		if got := reach(&ch); got != tt.want {
			t.Errorf("%+v: %v", tt, got)
		}
	}
}

// TestNotWhole: what is not well-formed to its end, or could be an attack, gives nothing.
func TestNotWhole(t *testing.T) {
	whole := week(t)
	head, body, _ := strings.Cut(whole, "\n")
	tests := map[string]string{
		"empty":          "",
		"HTML":           "<html><body>502 Bad Gateway<br></body></html>",
		"another format": "<feed xmlns='http://www.w3.org/2005/Atom'></feed>",
		"cut off":        whole[:len(whole)/2],
		"last tag cut":   whole[:len(whole)-3],
		"DOCTYPE":        head + "\n<!DOCTYPE rss [<!ENTITY x \"y\">]>\n" + body,
		"an entity":      strings.Replace(whole, "EXERCISE Flood", "&x; Flood", 1),
		"deep":           strings.Replace(whole, "EXERCISE Flood", strings.Repeat("<a>", 200)+strings.Repeat("</a>", 200), 1),
		"wrong nesting":  strings.Replace(whole, "</title>", "</tilte>", 1),
		"unknown set":    strings.Replace(whole, "utf-8", "x-nonsense", 1),
	}
	for name, text := range tests {
		t.Run(name, func(t *testing.T) {
			doc, err := GDACS.Document(feed.NewContext("x.xml"), []byte(text))
			if !errors.Is(err, feed.ErrHalf) || len(doc.Records) != 0 {
				t.Fatalf("%d records, %v", len(doc.Records), err)
			}
			if p := feed.AsProblem(feed.NewContext("x.xml"), err); p.Line == 0 || p.Message.IsZero() {
				t.Errorf("said without its line: %+v", p)
			}
		})
	}
	for cut := 0; cut < len(strings.TrimSpace(whole)); cut += 41 {
		if _, err := GDACS.Document(feed.NewContext("x.xml"), []byte(whole[:cut])); !errors.Is(err, feed.ErrHalf) {
			t.Fatalf("cut at %d: %v", cut, err)
		}
	}
}

func TestCharacterSets(t *testing.T) {
	place := func(body string) string {
		t.Helper()
		doc := decodeText(t, body)
		return doc.Records[0].Incident.Title.String()
	}
	whole := strings.Replace(week(t), "EXERCISE Green", "EXERCISE \xC3\xA9 Green", 1)
	latin := strings.Replace(whole, "\xC3\xA9", "\xE9", 1)
	for name, body := range map[string]string{
		"UTF-8": whole, "byte order mark": "\xEF\xBB\xBF" + whole,
		"declared Windows-1252": strings.Replace(latin, "utf-8", "windows-1252", 1),
		"undeclared":            latin,
		"single quotes":         strings.Replace(latin, `encoding="utf-8"`, `encoding='ISO-8859-1' standalone='yes'`, 1),
	} {
		if got := place(body); !strings.HasPrefix(got, "EXERCISE é Green") {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestRecognise(t *testing.T) {
	for _, head := range []string{
		"", "<rss", `<rss version="2.0"><channel/></rss>`, `<feed xmlns:gdacs="http://www.gdacs.org"/>`,
		`<!DOCTYPE rss><rss xmlns:gdacs="http://www.gdacs.org">`, "{}", "Incident ID,Year",
		`<rss note="http://www.gdacs.org">`,
		`<rss xmlns:gdacs="http://www.gdacs.org"><channel><item><title>EXERCISE</title></item><item><title>news</title></item></channel></rss>`,
	} {
		if GDACS.Recognise([]byte(head)) {
			t.Errorf("recognised: %q", head)
		}
	}
	if !GDACS.Recognise([]byte("\xEF\xBB\xBF<!-- x -->\n<rss version='2.0' xmlns:g='http://www.gdacs.org/'><chan")) {
		t.Error("not recognised with another prefix")
	}
}

func TestPoint(t *testing.T) {
	for _, tt := range []struct {
		bbox string
		want incident.Point
		ok   bool
	}{
		{"-182 -174 -24 -16", incident.Point{Lat: -20, Lon: -178}, true},
		{"178 186 -24 -16", incident.Point{Lat: -20, Lon: -178}, true},
		{"178 -174 -24 -16", incident.Point{Lat: -20, Lon: -178}, true},
		{"10 20 80 110", incident.Point{}, false},
		{"10 20 30", incident.Point{}, false},
		{"NaN 20 30 40", incident.Point{}, false},
		{"-Inf 20 30 40", incident.Point{}, false},
	} {
		a := alert{ctx: feed.NewContext("x"), item: &item{text: map[element]string{{Space: nsGDACS, Local: "bbox"}: tt.bbox}}}
		var i incident.Incident
		if a.point(&i); i.Point != tt.want || i.HasPoint != tt.ok {
			t.Errorf("%s: %v, %t", tt.bbox, i.Point, i.HasPoint)
		}
	}
}

// FuzzGDACS holds for every input: no panic, lines within the text, only warnings on what is used,
// and a native form of it.
func FuzzGDACS(f *testing.F) {
	f.Add([]byte(week(f)))
	f.Add([]byte(`<rss xmlns:g="http://www.gdacs.org"><channel><item><guid>EQ1</guid><g:bbox>1e308 1e308 0 0</g:bbox></item></channel></rss>`))
	f.Add([]byte(`<?xml version="1.0" encoding="utf-16"?><rss><channel></channel></rss>`))
	ctx := feed.NewContext("fuzz")
	f.Fuzz(func(t *testing.T, body []byte) {
		doc, _ := feedtest.Sound(t, GDACS, ctx, body)
		for n := range doc.Records {
			if n > 0 && doc.Records[n].Line < doc.Records[n-1].Line {
				t.Errorf("record %d is at line %d", n, doc.Records[n].Line)
			}
		}
	})
}

// TestEndBeforeBeginning: an end before the beginning is a mistake in either, and not an end, also of a forecast.
func TestEndBeforeBeginning(t *testing.T) {
	const body = `<rss version="2.0" xmlns:gdacs="http://www.gdacs.org"><channel><pubDate>Fri, 14 Mar 2031 12:00:00 GMT</pubDate>
<item><title>EXERCISE</title><pubDate>Fri, 14 Mar 2031 11:00:00 GMT</pubDate><gdacs:fromdate>DAY Mar 2031 06:00:00 GMT</gdacs:fromdate>
<gdacs:todate>Mon, 10 Mar 2031 06:00:00 GMT</gdacs:todate><guid>TC1000004</guid></item></channel></rss>`
	for _, day := range []string{"Thu, 13", "Sat, 15"} {
		doc, err := GDACS.Document(feed.NewContext("feeds/x.xml"), []byte(strings.Replace(body, "DAY", day, 1)))
		if err != nil || len(doc.Records) != 1 {
			t.Fatalf("%v, %d records", err, len(doc.Records))
		}
		i := &doc.Records[0].Incident
		if !i.Until.IsZero() || !i.ExpectedTo.IsZero() || i.Occurred.IsZero() == i.ExpectedFrom.IsZero() ||
			!strings.Contains(strings.Join(feedtest.Messages(&doc.Records[0]), "\n"), "ends before it begins") {
			t.Errorf("%s: %+v, said %q", day, i, feedtest.Messages(&doc.Records[0]))
		}
	}
}

// TestMadeAhead: a content that says it was made after it was read outranks nothing that is said later.
func TestMadeAhead(t *testing.T) {
	const body = `<rss version="2.0" xmlns:gdacs="http://www.gdacs.org"><channel><pubDate>MADE</pubDate>
<item><title>EXERCISE</title><pubDate>TOLD</pubDate><gdacs:episodeid>7</gdacs:episodeid><guid>EQ1000004</guid></item></channel></rss>`
	version := func(read, made, told string) int64 {
		ctx := feed.NewContext("feeds/x.xml")
		ctx.Received = feedtest.When(t, read).Start
		doc, err := GDACS.Document(ctx, []byte(strings.NewReplacer("MADE", made, "TOLD", told).Replace(body)))
		if err != nil || len(doc.Records) != 1 || doc.Records[0].Kind != feed.Incident {
			t.Fatalf("%v, %+v", err, doc.Records)
		}
		return doc.Records[0].Incident.Version
	}
	const ahead, told = "Fri, 14 Mar 2036 12:00:00 GMT", "Fri, 14 Mar 2031 11:00:00 GMT"
	later := version("2031-03-14T13:00:00Z", "Fri, 14 Mar 2031 12:50:00 GMT", told)
	for _, wrong := range [][2]string{{ahead, told}, {ahead, ahead}, {"", ahead}} {
		if v := version("2031-03-14T12:00:00Z", wrong[0], wrong[1]); v >= later || v == 0 {
			t.Errorf("made %q, told %q: %d, and an hour later %d", wrong[0], wrong[1], v, later)
		}
	}
}
