package georss

import (
	"bytes"
	"testing"
	"time"

	"vigil/internal/country"
	"vigil/internal/feed"
	"vigil/internal/feed/feedtest"
	"vigil/internal/incident"
)

func decodeReal(t *testing.T, name string) feed.Document {
	t.Helper()
	body := feedtest.Real(t, "gdacs/"+name)
	if !GDACS.Recognise(body[:min(len(body), feed.HeadSize)]) {
		t.Fatal("not recognised")
	}
	doc, err := GDACS.Document(feed.NewContext("feeds/"+name), body)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// find is the record of an event.
func find(t *testing.T, doc *feed.Document, id string) *incident.Incident {
	t.Helper()
	for n := range doc.Records {
		if i := &doc.Records[n].Incident; i.Identity.ID.String() == id {
			return i
		}
	}
	t.Fatalf("no record of %s", id)
	return nil
}

// TestRealFeeds holds for the captures what is known of them by other means.
func TestRealFeeds(t *testing.T) {
	tests := []struct {
		name                string
		items, events       int
		made                string
		reach               time.Duration
		green, orange, red  int
		noCountry, warnings int
	}{
		{"aio-fixture-gdacs-1.xml", 4, 4, "2019-12-30T01:35:11Z", 24 * time.Hour, 4, 0, 0, 0, 0},
		{"aio-fixture-gdacs-2.xml", 1, 1, "2019-12-30T01:35:11Z", 24 * time.Hour, 0, 0, 0, 1, 1},
		{"erectus-2016-rss.xml", 23, 20, "2016-04-09T18:54:40Z", 24 * time.Hour, 0, 14, 9, 1, 0},
		{"gdacs-reader-rss_7d.xml", 144, 144, "2019-07-17T10:08:45Z", 7 * 24 * time.Hour, 136, 5, 3, 7, 0},
		{"gdacs-rss-24h.xml", 21, 21, "2019-12-30T00:22:19Z", 24 * time.Hour, 14, 7, 0, 1, 0},
		{"gdacs-rss-7d.xml", 115, 115, "2019-12-30T01:01:02Z", 7 * 24 * time.Hour, 107, 8, 0, 4, 0},
		{"gdacs-rss.xml", 16, 16, "2019-12-30T01:35:11Z", 24 * time.Hour, 8, 8, 0, 0, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc := decodeReal(t, tt.name)
			if got := doc.ContentTime.Format(time.RFC3339); len(doc.Records) != tt.items || got != tt.made || doc.Reach != tt.reach {
				t.Errorf("%d items made at %s that reach %v back", len(doc.Records), got, doc.Reach)
			}
			ids := make(map[incident.Identity]bool)
			severities := make(map[incident.Severity]int)
			noCountry, warnings := 0, 0
			for n := range doc.Records {
				rec := &doc.Records[n]
				i := &rec.Incident
				if rec.Kind != feed.Incident {
					t.Fatalf("line %d is refused: %q", rec.Line, feedtest.Messages(rec))
				}
				ids[i.Identity] = true
				severities[i.Severity.Value]++
				if len(i.Countries) == 0 {
					noCountry++
				}
				for _, p := range rec.Problems {
					warnings++
					t.Log(p)
				}
				if i.Act.Unlisted() || i.Act.Is(incident.ActUnknown) || i.Severity.Unlisted() || !i.Hazard() || !i.HasPoint {
					t.Errorf("line %d: %+v", rec.Line, i)
				}
				if i.Reported.After(doc.ContentTime) || i.Future(doc.ContentTime) {
					t.Errorf("line %d: a time after the feed was made: %+v", rec.Line, i)
				}
				feedtest.RoundTrip(t, i)
			}
			if len(ids) != tt.events || severities[incident.Minor] != tt.green || severities[incident.Severe] != tt.orange ||
				severities[incident.Critical] != tt.red || noCountry != tt.noCountry || warnings != tt.warnings {
				t.Errorf("%d events, severities %v, %d without a country, %d warnings", len(ids), severities, noCountry, warnings)
			}
		})
	}
}

func TestRealCountriesAndTimes(t *testing.T) {
	doc := decodeReal(t, "gdacs-reader-rss_7d.xml")
	flood := find(t, &doc, "FL1100100")
	if len(flood.Countries) != 1 || !flood.In(country.MustParse("NPL")) { // written NP
		t.Errorf("the flood is in %v", flood.Countries)
	}
	// Published as of the forecast of its end, two weeks after the feed.
	if !flood.Reported.Equal(doc.ContentTime) || !flood.Ongoing || !flood.Until.IsZero() {
		t.Errorf("the flood: reported %v, ongoing %t, until %v", flood.Reported, flood.Ongoing, flood.Until)
	}
	doc = decodeReal(t, "gdacs-rss-24h.xml")
	drought := find(t, &doc, "DR1012728")
	if len(drought.Countries) != 8 || !drought.Ongoing || !drought.ActiveAt(doc.ContentTime, doc.ContentTime) {
		t.Errorf("the drought of eight countries: %v, ongoing %t", drought.Countries, drought.Ongoing)
	}
	if drought.Version/100_000_000 != 43 {
		t.Errorf("version %d of episode 43", drought.Version)
	}
	week := decodeReal(t, "gdacs-rss-7d.xml")
	if later := find(t, &week, "DR1012728"); later.Version <= drought.Version {
		t.Errorf("the later feed has version %d, the earlier %d", later.Version, drought.Version)
	}
	for n := range week.Records {
		if i := &week.Records[n].Incident; i.Act.Is(incident.Earthquake) && (i.Ongoing || !i.Until.IsZero()) {
			t.Errorf("an earthquake that lasts: %+v", i)
		}
	}
}

// TestRealPlaces looks at each record's line and bytes in the file as they stand there.
func TestRealPlaces(t *testing.T) {
	for _, name := range []string{"gdacs-rss-7d.xml", "erectus-2016-rss.xml"} {
		body, _ := feed.UTF8(feedtest.Real(t, "gdacs/"+name))
		for _, rec := range decodeReal(t, name).Records {
			if line := 1 + bytes.Count(body[:rec.Offset], []byte("\n")); line != rec.Line {
				t.Errorf("%s: offset %d is on line %d, not %d", name, rec.Offset, line, rec.Line)
			}
			if !bytes.HasPrefix(body[rec.Offset:], []byte("<item>")) {
				t.Errorf("%s:%d: no item begins there", name, rec.Line)
			}
		}
	}
}

func BenchmarkGDACS(b *testing.B) {
	body := feedtest.Real(b, "gdacs/gdacs-rss-7d.xml")
	ctx := feed.NewContext("bench")
	b.ReportAllocs()
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		if _, err := GDACS.Document(ctx, body); err != nil {
			b.Fatal(err)
		}
	}
}
