package geojson

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

func day(tb testing.TB) string {
	tb.Helper()
	body, err := os.ReadFile("testdata/day.geojson")
	if err != nil {
		tb.Fatal(err)
	}
	return string(body)
}

func decodeText(t *testing.T, body string) feed.Document {
	t.Helper()
	return feedtest.Decode(t, USGS, "feeds/x.geojson", body)
}

func TestEvents(t *testing.T) {
	doc := decodeText(t, day(t))
	if len(doc.Records) != 9 || len(doc.Problems) != 0 || doc.Reach != 24*time.Hour || !doc.ContentTime.Equal(feedtest.When(t, "2031-03-14T12:00:00Z").Start) {
		t.Fatalf("%d records, problems %v, reach %v, made %v", len(doc.Records), doc.Problems, doc.Reach, doc.ContentTime)
	}
	identity := func(id string) incident.Identity {
		return incident.Identity{Authority: safetext.Const("usgs"), ID: safetext.Clean(id)}
	}
	hazard, quake := incident.Known(incident.Hazard), incident.Known(incident.Earthquake)
	want := []incident.Incident{
		{
			Identity: identity("us7000aaaa"), Version: 1931248800000,
			Occurred: feedtest.When(t, "2031-03-14T09:30:15.25Z"), Reported: feedtest.When(t, "2031-03-14T10:00:00Z").Start,
			Place: safetext.Const("EXERCISE 10 km S of Nowhere"),
			Point: incident.Point{Lat: -20.5, Lon: -178.25}, HasPoint: true, Countries: []country.Code{country.MustParse("FJI")}, Inferred: true,
			Threat: hazard, Act: quake, Severity: incident.Known(incident.Severe), Verification: incident.Known(incident.Confirmed),
			Title: safetext.Const("M 6.4 - EXERCISE 10 km S of Nowhere"),
			Details: safetext.Const("Magnitude 6.4 mww; depth 33.5 km; PAGER alert orange; intensity 7.1 (estimated); felt reports 12; significance 700; status reviewed; " +
				"tsunami flag set: it means an oceanic region, not that there is a tsunami; see tsunami.gov; also known as at00aaaa, pt31073001"),
			Links: []safetext.Text{safetext.Const("https://example.org/us7000aaaa")},
		},
		{
			Identity: identity("nc1"), Version: 1931252400000,
			Occurred: feedtest.When(t, "2031-03-14T10:30:00Z"), Reported: feedtest.When(t, "2031-03-14T11:00:00Z").Start,
			Point: incident.Point{Lat: 38.8, Lon: -122.8}, HasPoint: true, Countries: []country.Code{country.MustParse("USA")}, Inferred: true,
			Threat: hazard, Act: quake, Severity: incident.Known(incident.Negligible),
			Title: safetext.Const("M -0.6 - EXERCISE"), Details: safetext.Const("Magnitude -0.6 md; depth -1.2 km; status automatic"),
		},
		{
			Identity: identity("nc2"), Version: 1931252400000, Type: incident.Cancel,
			Occurred: feedtest.When(t, "2031-03-14T10:31:00Z"), Reported: feedtest.When(t, "2031-03-14T11:00:00Z").Start,
			Threat: hazard, Act: quake,
			Title: safetext.Const("EXERCISE deleted"), Details: safetext.Const("status deleted"),
		},
		{
			Identity: identity("uw3"), Version: 1931252400000, Class: incident.Report,
			Occurred: feedtest.When(t, "2031-03-14T10:32:00Z"), Reported: feedtest.When(t, "2031-03-14T11:00:00Z").Start,
			Point: incident.Point{Lat: 49.4, Lon: -120.5}, HasPoint: true, Countries: []country.Code{country.MustParse("CAN")}, Inferred: true,
			Act: incident.Known(incident.ActOther), Verification: incident.Known(incident.Confirmed),
			Title: safetext.Const("M 2.4 Quarry Blast - EXERCISE"), Details: safetext.Const("Magnitude 2.4 Md; status reviewed"),
		},
		{
			Identity: identity("ak4"),
			Point:    incident.Point{Lat: 60, Lon: -150}, HasPoint: true, Countries: []country.Code{country.MustParse("USA")}, Inferred: true,
			Act: incident.ParseAct("frog hop"), Title: safetext.Const("EXERCISE of a kind that is new"),
			Details: safetext.Const("Magnitude 77; PAGER alert purple; status guessed"),
		},
	}
	for n, w := range want {
		if diff := cmp.Diff(w, doc.Records[n].Incident, feedtest.Text); diff != "" {
			t.Errorf("line %d (-want +got):\n%s", doc.Records[n].Line, diff)
		}
		feedtest.RoundTrip(t, &doc.Records[n].Incident)
	}
	if i := &doc.Records[8].Incident; i.Identity != identity("ci99") || i.Severity.Value != incident.Moderate {
		t.Errorf("an event by its network and code: %+v", i)
	}
}

func TestEventProblems(t *testing.T) {
	doc := decodeText(t, day(t))
	want := map[int][]string{
		4: {
			`feeds/x.geojson:7:1: "frog hop" is no type`, `"guessed" is no status`, `"77" is no magnitude`, `"purple" is no alert colour`,
			`time: "the day before yesterday" are no milliseconds`, `updated: "99999999999999999" are no milliseconds`,
		},
		5: {`feeds/x.geojson:8:1: the feature has neither`},
		6: {`feeds/x.geojson:9:69: the feature is not used: a name stands twice`},
		7: {`feeds/x.geojson:10:1: the position is left out: longitude 10, latitude 95: it is not on the earth`},
	}
	for n := range doc.Records {
		got := strings.Join(feedtest.Messages(&doc.Records[n]), "\n")
		if len(want[n]) == 0 && got != "" {
			t.Errorf("record %d: %s", n, got)
		}
		for _, w := range want[n] {
			if !strings.Contains(got, w) {
				t.Errorf("record %d has not %q:\n%s", n, w, got)
			}
		}
		if refused := doc.Records[n].Kind == feed.Rejected; refused != (n == 5 || n == 6) {
			t.Errorf("record %d: %v", n, doc.Records[n].Kind)
		}
	}
}

// TestNatures: what people do as a matter of course is no hazard, and is not counted as having happened.
func TestNatures(t *testing.T) {
	for word, n := range natures {
		if strings.ToLower(word) != word {
			t.Errorf("%q is never found: words are looked up in small letters", word)
		}
		if n.act.Hazard() && n.threat != incident.Hazard {
			t.Errorf("%q is a hazard by its act alone", word)
		}
	}
	for word, want := range map[string]nature{
		"Quarry Blast": routine, "quarry_blast": routine, "ice quake": routine, "sonic boom": routine, "Earthquake": quake,
		"landslide": hazard, "nuclear explosion": other, "mine collapse": accident, "volcanic eruption": eruption,
	} {
		doc := decodeText(t, `{"type":"Feature","id":"x1","properties":{"mag":5,"place":"p","time":1,"updated":1,"type":"`+word+`"},"geometry":null}`)
		i := &doc.Records[0].Incident
		if !i.Threat.Is(want.threat) || !i.Act.Is(want.act) || i.Class != want.class {
			t.Errorf("%s is %v, %v, %v", word, i.Threat, i.Act, i.Class)
		}
		if want != quake && i.Severity.Value != incident.SeverityUnknown {
			t.Errorf("%s is graded as an earthquake", word)
		}
	}
}

func TestSeverity(t *testing.T) {
	tests := []struct {
		mag, alert string
		want       incident.Severity
	}{
		{"9.1", "null", incident.Critical},
		{"7", "null", incident.Critical},
		{"6.99", "null", incident.Severe},
		{"6.1", "null", incident.Severe},
		{"6.05", "null", incident.Moderate},
		{"5.5", "null", incident.Moderate},
		{"5.4", "null", incident.Minor},
		{"2.49", "null", incident.Negligible},
		{"-1.3", "null", incident.Negligible},
		{"0", "null", incident.Negligible},
		{"null", "null", incident.SeverityUnknown},
		{`"6.1"`, "null", incident.Severe},
		{`"?"`, "null", incident.SeverityUnknown},
		{"7.4", `"green"`, incident.Minor},
		{"5.0", `"Red"`, incident.Critical},
		{"null", `"yellow"`, incident.Moderate},
		{"6.5", `"mauve"`, incident.Severe},
	}
	for _, tt := range tests {
		doc := decodeText(t, `{"type":"Feature","id":"x1","properties":{"mag":`+tt.mag+`,"place":"p","time":1,"updated":1,"type":"earthquake","alert":`+tt.alert+`},"geometry":null}`)
		if got := doc.Records[0].Incident.Severity; !got.Is(tt.want) {
			t.Errorf("magnitude %s, alert %s: %v, want %v", tt.mag, tt.alert, got, tt.want)
		}
	}
}

// TestCountryOfAPlaceAtSea: what is at sea has the country of the place that it is named after.
func TestCountryOfAPlaceAtSea(t *testing.T) {
	for place, want := range map[string]string{
		"500 km W of Iquique, Chile": "CHL", "Georgia": "", "off the coast of Oregon": "", "Central Mid-Atlantic Ridge": "", "20 km E of Apia, Samoa": "WSM",
	} {
		doc := decodeText(t, `{"type":"Feature","id":"x1","properties":{"mag":5,"place":"`+place+`","time":1,"updated":1,"type":"earthquake"},"geometry":{"type":"Point","coordinates":[-120,-30]}}`)
		i := &doc.Records[0].Incident
		got := ""
		if len(i.Countries) > 0 {
			got = i.Countries[0].String()
		}
		if got != want || i.Inferred != (want != "") {
			t.Errorf("%s: %q, inferred %t", place, got, i.Inferred)
		}
	}
}

func TestReach(t *testing.T) {
	tests := map[string]time.Duration{
		"https://earthquake.usgs.gov/earthquakes/feed/v1.0/summary/all_hour.geojson":     time.Hour,
		"https://earthquake.usgs.gov/earthquakes/feed/v1.0/summary/2.5_day.geojson":      24 * time.Hour,
		"https://earthquake.usgs.gov/earthquakes/feed/v1.0/summary/4.5_week.geojson":     7 * 24 * time.Hour,
		"USGS Significant Earthquakes, Past Month":                                       30 * 24 * time.Hour,
		"USGS Magnitude 4.5+ Earthquakes, Past 7 Days":                                   7 * 24 * time.Hour,
		"https://earthquake.usgs.gov/fdsnws/event/1/query?format=geojson&starttime=2031": 0,
		"": 0,
	}
	for text, want := range tests {
		if got := reach(text); got != want {
			t.Errorf("%q reaches %v back, want %v", text, got, want)
		}
	}
}

// TestHalf: what is not whole is not used at all.
func TestHalf(t *testing.T) {
	body := day(t)
	ctx := feed.NewContext("feeds/x.geojson")
	for n := 1; n < len(strings.TrimSpace(body)); n += 97 {
		if _, err := USGS.Document(ctx, []byte(body[:n])); !errors.Is(err, feed.ErrHalf) {
			t.Fatalf("the first %d bytes are taken for the whole: %v", n, err)
		}
	}
	for body, want := range map[string]string{
		`{"type":"FeatureCollection","features":[],"features":[]}`: "x.geojson:1:53: a name stands twice",
		`{"type":"FeatureCollection"}`:                             "not GeoJSON",
		"[1]":                                                      "not GeoJSON",
		"{\n  \"type\": oops}":                                     "x.geojson:2:11: not JSON",
		`{"metadata":{"a":1,"a":2},"type":"FeatureCollection","features":[]}`: "the metadata cannot be read",
	} {
		_, err := USGS.Document(ctx, []byte(body))
		if err == nil || !errors.Is(err, feed.ErrHalf) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", body, err, want)
		}
	}
	if doc, err := USGS.Document(ctx, []byte(" ")); err != nil || len(doc.Records) != 0 {
		t.Errorf("an empty sequence: %v", err)
	}
}

// TestAnUpdateDatedAheadIsNoVersion: it would outrank all that is said of the event until then.
func TestAnUpdateDatedAheadIsNoVersion(t *testing.T) {
	ctx := feed.NewContext("feeds/x.geojson")
	ctx.Received = time.UnixMilli(10_000_000).UTC()
	for updated, want := range map[string]int64{"10000000": 10_000_000, "10120000": 10_120_000, "10121000": 0} {
		doc, err := USGS.Document(ctx, []byte(`{"type":"Feature","id":"x1","properties":{"mag":5,"place":"p","time":1,"updated":`+updated+`,"type":"earthquake"},"geometry":null}`))
		if err != nil {
			t.Fatal(err)
		}
		rec := &doc.Records[0]
		said := strings.Contains(strings.Join(feedtest.Messages(rec), "\n"), "had not come")
		if rec.Incident.Version != want || said != (want == 0) {
			t.Errorf("updated %s: version %d, %q", updated, rec.Incident.Version, feedtest.Messages(rec))
		}
	}
}
