package adam

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"vigil/internal/feed"
	"vigil/internal/feed/feedtest"
	"vigil/internal/incident"
)

func decodeText(t *testing.T, body string) feed.Document {
	t.Helper()
	return feedtest.Decode(t, Format, "feeds/a.json", body)
}

// said is what a record comes to, in a line.
func said(rec *feed.Record) string {
	i := &rec.Incident
	if rec.Kind != feed.Incident {
		return rec.Kind.String()
	}
	s := fmt.Sprintf("%s %s %v %s %s", i.Identity.ID, i.Act.Value, i.Countries, i.Severity.Value, i.Occurred)
	if i.Ongoing {
		s += " ongoing"
	}
	if i.HasPoint {
		s += fmt.Sprintf(" %g,%g", i.Point.Lat, i.Point.Lon)
	}
	return s
}

// TestReal holds for the captures what was read off them by hand: seven entries about six events.
func TestReal(t *testing.T) {
	for name, want := range map[string][]string{
		"events-feed-start-date-2023-11-08-end-date-2023-11-17.json": {
			"FL-20231114-ETH-01 flood [ETH] unknown 2023-11-14",
			"FL-20231114-SOM-00 flood [SOM] unknown 2023-11-14",
			"1001032 cyclone [PHL] unknown 2023-11-13 ongoing",
			"FL-20231109-ETH-00 flood [ETH] unknown 2023-11-09",
			"us7000l9ku earthquake [IDN] unknown 2023-11-08T13:02:06Z",
			"us7000l9ku earthquake [IDN] unknown 2023-11-08T13:02:06Z",
			"us7000l9h2 earthquake [IDN] unknown 2023-11-08T04:52:52Z",
		},
		"earthquakes-eq-us7000l9h2.json": {"us7000l9h2 earthquake [IDN] unknown 2023-11-08T04:52:52Z -6.3878,129.7638"},
		"floods-fl-20231114-som-00.json": {"FL-20231114-SOM-00 flood [SOM] unknown 2023-11-14 5.322652037405261,46.09763785932547"},
	} {
		doc := decodeText(t, string(feedtest.Real(t, "wfp-adam/"+name)))
		if len(doc.Records) != len(want) {
			t.Fatalf("%s: %d records", name, len(doc.Records))
		}
		for n, w := range want {
			if got := said(&doc.Records[n]); got != w || len(doc.Records[n].Problems) != 0 {
				t.Errorf("%s: %s %q, want %s", name, got, feedtest.Messages(&doc.Records[n]), w)
			}
		}
	}
}

// TestVersions: what is said of an earthquake or a cyclone later, or with more, is a later version of it.
func TestVersions(t *testing.T) {
	version := func(body string) int64 {
		t.Helper()
		return decodeText(t, body).Records[0].Incident.Version
	}
	entry := func(guid, kind string) string {
		return `[{"guid":"` + guid + `","eventType":"` + kind + `","eventISO3":"IDN","pubDate":"2031-01-02T03:04:05"}]`
	}
	last := int64(0)
	for _, body := range []string{
		entry("eq_us1", "Earthquake"),
		`{"type":"Feature","properties":{"event_id":"eq_us1","mag":6,"population_impact":1,"published_at":"2031-01-02T03:04:05"}}`,
		entry("sm_us1", "Earthquake (Shake Map)"),
		`[{"collectionId":"adam.adam_eq_events","uid":"sm_us1","mag":6,"published_at":"2031-01-02T03:04:05","updated_at":"2031-01-02T04:04:05"}]`,
		`[{"collectionId":"adam.adam_eq_events","uid":"sm_us1","mag":6,"published_at":"2031-01-02T03:04:05","updated_at":"2031-01-02T05:04:05"}]`,
		entry("1001_9", "Tropical Storm"),
		entry("1001_10", "Tropical Storm"),
		`{"type":"FeatureCollection","features":[{"properties":{"event_id":1001,"episode_id":10,"title":"x","published_at":"2031-01-02T03:04:05"}}]}`,
	} {
		v := version(body)
		if v <= last || v >= 1<<53 {
			t.Errorf("%d after %d: %s", v, last, body)
		}
		last = v
	}
}

func TestShapes(t *testing.T) {
	for body, want := range map[string]string{
		// A cyclone with its track, as the details of the older interface.
		`{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[184.06,-27.57]},"properties":{"event_id":1000957,"episode_id":42,"name":"X-31","title":"Tropical Cyclone X-31. Warning n.42.","iso3":"MDG","countries":"Mozambique, Madagascar","alert_level":"Red","from_date":"2031-01-18T04:00:00","to_date":"2031-01-29T04:00:00","published_at":"2031-01-29T01:19:21","url":{"wind":"https://example.org/w.jpg"}}},
{"type":"Feature","geometry":{"type":"Point","coordinates":[55,-13]},"properties":{"event_id":1000957,"episode_id":42,"track_date":"2031-01-18T04:00:00"}},
{"type":"Feature","geometry":null,"properties":{"event_id":1000957,"episode_id":42,"alert_level":"Green"}}]}`: "1000957 cyclone [MDG MOZ] critical 2031-01-18T04:00:00Z ongoing -27.57,-175.94",
		// The lists of the newer one.
		`[{"collectionId":"adam.adam_eq_events","adm0_name":"Mexico","alert":"yellow","event_type":"SM","iso3":"MEX","mag":5.7,"place":"2 km SE","pop_est_buff_1":24148,"dist_km_buff_1":15,"published_at":"2031-05-04T15:19:26","uid":"sm_us7","geometry":"SRID=4326;POINT(-97.9846 16.6223)"}]`:                         "us7 earthquake [MEX] moderate 2031-05-04T15:19:26Z 16.6223,-97.9846",
		`[{"collectionId":"adam.adam_ts_events","alert_level":"Green","countries":"Solomon Islands, Papua New Guinea","episode_id":18,"event_id":1001268,"from_date":"2031-04-04T00:00:00","iso3":"PNG","name":"Y-31","published_at":"2031-04-10T13:51:22","uid":"1001268_18","geometry":"SRID=4326;POINT(154.3 -8.4)"}]`: "1001268 cyclone [PNG SLB] minor 2031-04-04T00:00:00Z ongoing -8.4,154.3",
		`[{"collectionId":"adam.adam_fl_events","iso3":"MDG","country":"Madagascar","date_proc":"20310213","effective":"2031-02-13","eventid":"FL-20310213-MDG-00","fl_popn":1229989.0,"flood_area":7.0,"geometry":"SRID=4326;POINT(46.9 -17.7)"}]`:                                                                       "FL-20310213-MDG-00 flood [MDG] unknown 2031-02-13 -17.7,46.9",
		`[{"guid":"WF-1","eventType":"Wildfire","eventISO3":"GRC","pubDate":"2031-02-13T10:00:00"}]`: "WF-1 wildfire [GRC] unknown  | the event does not say when it was",
		`[{"guid":"X-1","eventType":"Swarm","eventISO3":"ZZZ","pubDate":"soon"}]`:                    `X-1 unknown [] unknown  | "Swarm" is no type of event | pubDate: "soon" is not a time | the event does not say when it was | "ZZZ" is no country code`,
		`[{"eventType":"Flood","guid":"","eventISO3":"SOM"}]`:                                        "rejected | the event has no id",
		`[{"eventType":"Flood","guid":"1","guid":"2","eventISO3":"SOM"}]`:                            "rejected | the name guid stands twice",
		`{"features":[{"geometry":{"type":"Point","coordinates":[1,200]},"properties":{"event_id":"eq_1","mag":6,"population_impact":1,"published_at":"2031-01-02T03:04:05","alert":"purple"}}]}`: `1 earthquake [] unknown 2031-01-02T03:04:05Z | its position is not on the earth | "purple" is no alert level`,
	} {
		doc := decodeText(t, body)
		parts := strings.Split(want, " | ")
		if len(doc.Records) != 1 || said(&doc.Records[0]) != parts[0] || len(doc.Records[0].Problems) != len(parts)-1 {
			t.Errorf("%d records: %s %q, want %s", len(doc.Records), said(&doc.Records[0]), feedtest.Messages(&doc.Records[0]), want)
			continue
		}
		for n, part := range parts[1:] {
			if p := doc.Records[0].Problems[n]; !strings.Contains(p.String(), part) || p.Line != 1 {
				t.Errorf("%s, want %s", p, part)
			}
		}
	}
	doc := decodeText(t, `[{"collectionId":"adam.adam_eq_events","uid":"eq_1","mag":5.7,"depth":10,"place":"Banda Sea","dist_km_buff_1":15,"pop_est_buff_1":24148,"published_at":"2031-05-04T15:19:26"}]`)
	i := &doc.Records[0].Incident
	if i.Title.String() != "Earthquake, magnitude 5.7, Banda Sea" || i.Details.String() != "Magnitude: 5.7; Depth: 10 km; People within 15 km: 24148 (estimate)" || i.Affected != nil || !i.Threat.Is(incident.Hazard) {
		t.Errorf("%q %q", i.Title, i.Details)
	}
}

func TestNotADAM(t *testing.T) {
	for _, head := range []string{
		"", "[]", "{}", `[{"title":"x","guid":"1"}]`, `{"type":"FeatureCollection","features":[{"properties":{"mag":1,"place":"x"}}]}`,
		`{"type":"Feature","properties":{"event_id":"1"}}`, `{"id":"R-1","act":"shooting","country":"MLI"}`, "<rss>",
	} {
		if Format.Recognise([]byte(head)) {
			t.Errorf("recognised: %s", head)
		}
	}
	for _, body := range []string{"", "7", `"x"`, "[", "<html>", "[]", "{}", `{"error":"invalid api key"}`, `{"hello":1}`, `{"features":[]}`} {
		if _, err := Format.Document(feed.NewContext("a.json"), []byte(body)); !errors.Is(err, feed.ErrHalf) {
			t.Errorf("%q: %v", body, err)
		}
	}
	calm := feed.NewContext("a.json")
	calm.EmptyOK = true
	for body, ctx := range map[string]*feed.Context{"[]": calm, `{"features":[],"numberReturned":0}`: feed.NewContext("a.json")} {
		if doc, err := Format.Document(ctx, []byte(body)); err != nil || len(doc.Records) > 0 {
			t.Errorf("%q as an answer: %v", body, err)
		}
	}
}

// FuzzADAM holds for every input: no panic, only warnings on what is used, and a native form of it.
func FuzzADAM(f *testing.F) {
	f.Add([]byte(`[{"guid":"1001_9","eventType":"Tropical Storm","eventISO3":"IDN","pubDate":"2031-01-02T03:04:05"}]`))
	f.Add([]byte(`{"features":[{"geometry":{"type":"Point","coordinates":[1e308,2]},"properties":{"event_id":"eq_1","episode_id":1,"mag":6,"population_impact":1,"published_at":"2031-01-02T03:04:05"}}]}`))
	f.Add([]byte(`[{"collectionId":"adam.adam_fl_events","eventid":"FL","effective":"2031-02-13","geometry":"SRID=4326;POINT(NaN 1)"}]`))
	ctx := feed.NewContext("fuzz")
	f.Fuzz(func(t *testing.T, body []byte) {
		doc, _ := feedtest.Sound(t, Format, ctx, body)
		for n := range doc.Records {
			if kind := doc.Records[n].Kind; kind != feed.Incident && kind != feed.Rejected {
				t.Errorf("a %v", kind)
			}
		}
	})
}
