package georss

import (
	"strings"
	"testing"
	"time"

	"vigil/internal/country"
	"vigil/internal/feed"
	"vigil/internal/feed/feedtest"
	"vigil/internal/health"
	"vigil/internal/incident"
)

// listed is a list of events as the interface writes it: times without a zone, truth as text, a name as the country
// and all of them as codes, and the shape of an event beside the point that stands for it.
const listed = `{"type":"FeatureCollection","features":[
{"type":"Feature","bbox":[-3.5,38.5,-3.5,38.5],"geometry":{"type":"Point","coordinates":[-3.5,38.5]},"properties":{"eventtype":"FL","eventid":9100001,"episodeid":2,"eventname":"","glide":"FL-2031-000199-ESP","name":"Flood in Spain","description":"Flood in Spain","htmldescription":"Red Flood in Spain from: 11 Mar 2031 15 to: 13 Mar 2031 11.","url":{"geometry":"https://example.org/g","report":"https://example.org/report?eventid=9100001","details":"https://example.org/d"},"alertlevel":"Red","alertscore":3,"episodealertlevel":"Orange","istemporary":"false","iscurrent":"false","country":"Spain","fromdate":"2031-03-11T15:00:00","todate":"2031-03-13T11:00:00","datemodified":"2031-03-14T11:10:45","iso3":"ESP","Class":"Point_Centroid","affectedcountries":[{"iso3":"ESP","countryname":"Spain"}],"severitydata":{"severity":0.0,"severitytext":"Magnitude 0 ","severityunit":""}}},
{"type":"Feature","geometry":{"type":"MultiPolygon","coordinates":[[[[-4,38],[-3,38],[-3,39],[-4,38]]]]},"properties":{"eventtype":"FL","eventid":9100001,"episodeid":2,"name":"Flood in Spain","alertlevel":"Red","country":"Spain","fromdate":"2031-03-11T15:00:00","Class":"Poly_area"}},
{"type":"Feature","bbox":[171.5,-26.5,171.5,-26.5],"geometry":{"type":"Point","coordinates":[171.5,-26.5]},"properties":{"eventtype":"TC","eventid":9200001,"episodeid":7,"eventname":"EXERCISE-31","name":"Tropical Cyclone EXERCISE-31","description":"Tropical Cyclone EXERCISE-31","htmldescription":"Green Tropical Cyclone EXERCISE-31 off-shore from: 13 Mar 2031  to: 14 Mar 2031 .","url":{"report":"https://example.org/r"},"alertlevel":"Green","iscurrent":"true","country":"","fromdate":"2031-03-13T06:00:00","todate":"2031-03-14T18:00:00","datemodified":"2031-03-14T08:05:23","iso3":"","Class":"Point_Centroid","affectedcountries":[],"severitydata":{"severitytext":"Tropical Storm (maximum wind speed of 102 km/h)"}}},
{"type":"Feature","bbox":[-70,-30,-50,-20],"geometry":{"type":"Polygon","coordinates":[[[-70,-30],[-50,-30],[-50,-20],[-70,-30]]]},"properties":{"eventtype":"DR","eventid":"9300001","episodeid":99,"name":"Drought in South America","alertlevel":"Orange","iscurrent":true,"country":"Argentina","fromdate":"2030-06-11T00:00:00","todate":"2031-03-10T00:00:00","datemodified":"2031-03-12T13:07:01","iso3":"ARG","Class":"Poly_area","affectedcountries":[{"iso2":"AR","iso3":"ARG","countryname":"Argentina"},{"iso2":"BO","countryname":"Bolivia"}]}},
{"type":"Feature","geometry":{"type":"Point","coordinates":[1,1]},"properties":{"eventtype":"EQ","eventid":1,"eventid":2,"alertlevel":"Green"}},
{"type":"Feature","geometry":null,"properties":{"eventtype":"EQ","eventid":9400001,"alertlevel":null,"fromdate":null,"todate":"2031-03-10","iso3":"XYZ"}},
{"type":"Feature","geometry":null,"properties":{"alertlevel":"Red"}},
null
],"bbox":null}`

func decodeEventsText(t *testing.T, body string) feed.Document {
	t.Helper()
	if !Events.Recognise([]byte(body[:min(len(body), feed.HeadSize)])) {
		t.Fatal("not recognised")
	}
	doc, err := Events.Document(feed.NewContext("feeds/x.json"), []byte(body))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestEvents(t *testing.T) {
	doc := decodeEventsText(t, listed)
	if len(doc.Records) != 7 || len(doc.Problems) != 1 || !strings.HasSuffix(doc.Problems[0].Message.String(), "left out: 1") {
		t.Fatalf("%d records, problems %v", len(doc.Records), doc.Problems)
	}
	flood := &doc.Records[0].Incident
	if flood.Identity.Authority.String() != "gdacs" || flood.Identity.ID.String() != "FL9100001" || flood.Act != incident.Known(incident.Flood) ||
		flood.Severity != incident.Known(incident.Critical) || flood.Occurred != feedtest.When(t, "2031-03-11T15:00:00Z") || flood.Until != feedtest.When(t, "2031-03-13T11:00:00Z") ||
		!flood.Reported.Equal(feedtest.When(t, "2031-03-14T11:10:45Z").Start) || flood.Ongoing || len(flood.Countries) != 1 || flood.Countries[0] != country.MustParse("ESP") ||
		flood.Point != (incident.Point{Lat: 38.5, Lon: -3.5}) || flood.Title.String() != "Red Flood in Spain from: 11 Mar 2031 15 to: 13 Mar 2031 11." ||
		len(flood.Links) != 1 || flood.Links[0].String() != "https://example.org/report?eventid=9100001" ||
		strings.Contains(flood.Details.String(), "Magnitude") || !strings.Contains(flood.Details.String(), "GLIDE: FL-2031-000199-ESP") {
		t.Errorf("%+v", flood)
	}
	if len(doc.Records[0].Problems) != 0 {
		t.Errorf("%v", feedtest.Messages(&doc.Records[0]))
	}
	storm := &doc.Records[1].Incident
	if storm.Identity.ID.String() != "TC9200001" || !storm.Ongoing || !storm.Until.IsZero() || !strings.Contains(storm.Details.String(), "102 km/h") ||
		storm.Title.String() != "Green Tropical Cyclone EXERCISE-31 off-shore from: 13 Mar 2031 to: 14 Mar 2031" {
		t.Errorf("%+v", storm)
	}
	drought := &doc.Records[2].Incident
	if len(drought.Countries) != 2 || !drought.Ongoing || drought.Point != (incident.Point{Lat: -25, Lon: -60}) || drought.Identity.ID.String() != "DR9300001" {
		t.Errorf("an event that only a shape stands for: %+v", drought)
	}
	twice, empty, nothing, null := doc.Records[3], doc.Records[4], doc.Records[5], doc.Records[6]
	if twice.Kind != feed.Rejected || twice.Line != 6 || !strings.Contains(strings.Join(feedtest.Messages(&twice), " "), `"eventid" stands twice`) {
		t.Errorf("%d: %v", twice.Line, feedtest.Messages(&twice))
	}
	if i := &empty.Incident; empty.Kind != feed.Incident || i.HasPoint || !i.Occurred.IsZero() || i.Severity != (incident.Coded[incident.Severity]{}) {
		t.Errorf("%+v, %v", i, feedtest.Messages(&empty))
	}
	if nothing.Kind != feed.Rejected || null.Kind != feed.Rejected {
		t.Errorf("%v, %v", nothing.Kind, null.Kind)
	}
}

// A later episode is a higher version than an earlier one, and one of the interface is the event of the RSS.
func TestEventsAreThoseOfTheRSS(t *testing.T) {
	later := decodeEventsText(t, strings.Replace(listed, `"episodeid":2,`, `"episodeid":3,`, 2))
	if v, w := decodeEventsText(t, listed).Records[0].Incident.Version, later.Records[0].Incident.Version; v >= w {
		t.Errorf("versions %d, %d", v, w)
	}
	if Events.Authority != GDACS.Authority {
		t.Errorf("%q and %q", Events.Authority, GDACS.Authority)
	}
}

func TestEventsAreRecognised(t *testing.T) {
	for body, want := range map[string]bool{
		listed: true,
		`{"type":"Feature","properties":{"eventtype":"FL","eventid":1,"alertlevel":"Red"`:                        true,
		`{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"mag":1,"alertlevel":"Red"}}]}`: false,
		`{"type":"FeatureCollection","features":[]}`:                                                             false,
		`{"eventtype":"FL","eventid":1,"alertlevel":"Red"}`:                                                      false,
	} {
		if got := Events.Recognise([]byte(body)); got != want {
			t.Errorf("%.60s: %v", body, got)
		}
	}
	for body, want := range map[string]string{
		`{"type":"FeatureCollection","features":[`: "ends in the middle",
		`[1]`: "a FeatureCollection, or a Feature, is wanted",
		`{"type":"FeatureCollection","features":[],"features":[]}`: "stands twice",
		strings.Repeat("[", 10_000):                                "deep",
	} {
		if _, err := Events.Document(feed.NewContext("x"), []byte(body)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40s: %v, want %q", body, err, want)
		}
	}
	if Events.Profile.Covers != 0 || Events.Profile.Memory != health.Forgets || Events.Profile.Expect < time.Hour {
		t.Errorf("%+v", Events.Profile)
	}
}

func FuzzEvents(f *testing.F) {
	f.Add([]byte(listed))
	f.Add([]byte(`{"type":"Feature","properties":{"eventtype":"FL","eventid":1,"alertlevel":{}}}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		ctx := feed.NewContext("feeds/x.json")
		doc, err := Events.Document(ctx, body)
		if err != nil {
			if feed.AsProblem(ctx, err).Message.IsZero() {
				t.Fatal("an error without words")
			}
			return
		}
		for _, r := range doc.Records {
			switch {
			case r.Kind == feed.Rejected && len(r.Problems) == 0:
				t.Fatal("rejected without a reason")
			case r.Kind == feed.Incident && (r.Incident.Identity.ID.IsZero() || r.Incident.HasPoint && !r.Incident.Point.Valid()):
				t.Fatalf("%+v", r.Incident)
			}
		}
	})
}
