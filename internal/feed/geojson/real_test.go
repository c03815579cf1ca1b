package geojson

import (
	"bytes"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vigil/internal/feed"
	"vigil/internal/feed/feedtest"
	"vigil/internal/incident"
)

// TestRealFeeds holds for the captures what is known of them by other means.
func TestRealFeeds(t *testing.T) {
	tests := []struct {
		name                       string
		made                       string
		reach                      time.Duration
		records, hazards, reports  int
		reviewed, tsunami, aliased int
		placed                     map[string]int // by country
		severities                 map[incident.Severity]int
	}{
		{
			"all_day.geojson", "2014-04-14T11:52:07Z", 24 * time.Hour, 146, 145, 1, 51, 1, 3,
			map[string]int{"CAN": 2, "CHL": 3, "DOM": 1, "FJI": 1, "MEX": 1, "NIC": 2, "PNG": 3, "PRI": 3, "SLB": 21, "USA": 108}, // one is mid-ocean
			map[incident.Severity]int{incident.SeverityUnknown: 1, incident.Negligible: 94, incident.Minor: 51},
		},
		{
			"significant_month.geojson", "2020-06-08T17:09:38Z", 30 * 24 * time.Hour, 6, 6, 0, 6, 4, 6,
			map[string]int{"CHL": 1, "IDN": 1, "SLB": 1, "USA": 3},
			map[incident.Severity]int{incident.Minor: 6},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			body := feedtest.Real(t, "usgs/"+tt.name)
			if !USGS.Recognise(body[:min(len(body), feed.HeadSize)]) {
				t.Fatal("not recognised")
			}
			doc, err := USGS.Document(feed.NewContext("feeds/"+tt.name), body)
			if err != nil {
				t.Fatal(err)
			}
			if got := doc.ContentTime.Format(time.RFC3339); got != tt.made || doc.Reach != tt.reach || len(doc.Problems) > 0 {
				t.Errorf("made at %s, reaches %v back, problems %v", got, doc.Reach, doc.Problems)
			}
			hazards, reports, reviewed, tsunami, aliased := 0, 0, 0, 0, 0
			severities := make(map[incident.Severity]int)
			placed := make(map[string]int)
			for n := range doc.Records {
				rec := &doc.Records[n]
				i := &rec.Incident
				if rec.Kind != feed.Incident || len(rec.Problems) > 0 || !i.HasPoint || i.Occurred.IsZero() || i.Version == 0 {
					t.Fatalf("line %d: %v %q", rec.Line, rec.Kind, feedtest.Messages(rec))
				}
				if line := 1 + bytes.Count(body[:rec.Offset], []byte("\n")); line != rec.Line || body[rec.Offset] != '{' {
					t.Errorf("offset %d is on line %d, not %d", rec.Offset, line, rec.Line)
				}
				severities[i.Severity.Value]++
				for _, c := range i.Countries {
					placed[c.String()]++
				}
				if i.Inferred != (len(i.Countries) > 0) {
					t.Errorf("line %d: no country is named by USGS, and %v is not marked as inferred", rec.Line, i.Countries)
				}
				for _, count := range []struct {
					n  *int
					is bool
				}{
					{&hazards, i.Hazard()},
					{&reports, i.Class == incident.Report},
					{&reviewed, i.Verification.Is(incident.Confirmed)},
					{&tsunami, bytes.Contains([]byte(i.Details.String()), []byte("tsunami flag"))},
					{&aliased, bytes.Contains([]byte(i.Details.String()), []byte("also known as"))},
				} {
					if count.is {
						*count.n++
					}
				}
				feedtest.RoundTrip(t, i)
			}
			if len(doc.Records) != tt.records || hazards != tt.hazards || reports != tt.reports || reviewed != tt.reviewed ||
				tsunami != tt.tsunami || aliased != tt.aliased {
				t.Errorf("%d records, %d hazards, %d reports, %d reviewed, %d tsunami flags, %d with other ids",
					len(doc.Records), hazards, reports, reviewed, tsunami, aliased)
			}
			if diff := cmp.Diff(tt.placed, placed); diff != "" {
				t.Errorf("countries (-want +got):\n%s", diff)
			}
			for severity, want := range tt.severities {
				if severities[severity] != want {
					t.Errorf("%d are %v, want %d", severities[severity], severity, want)
				}
			}
		})
	}
}

func BenchmarkUSGS(b *testing.B) {
	body := feedtest.Real(b, "usgs/all_day.geojson")
	ctx := feed.NewContext("bench")
	b.ReportAllocs()
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		if _, err := USGS.Document(ctx, body); err != nil {
			b.Fatal(err)
		}
	}
}
