package reliefweb

import (
	"maps"
	"testing"
	"time"

	"vigil/internal/feed"
	"vigil/internal/feed/feedtest"
	"vigil/internal/incident"
)

func decodeReal(t *testing.T, f *feed.Format, name string) feed.Document {
	t.Helper()
	body := feedtest.Real(t, "reliefweb/"+name)
	if !f.Recognise(body[:min(len(body), feed.HeadSize)]) {
		t.Fatalf("%s: not recognised", name)
	}
	doc, err := f.Document(feed.NewContext(name), body)
	if err != nil {
		t.Fatal(err)
	}
	for n := range doc.Records {
		if doc.Records[n].Kind != feed.Incident || len(doc.Records[n].Problems) > 0 {
			t.Errorf("%q", feedtest.Messages(&doc.Records[n]))
		}
		feedtest.RoundTrip(t, &doc.Records[n].Incident)
	}
	return doc
}

// TestRealList holds for a list of 1000 disasters, of which only name, status and GLIDE number were asked for,
// what was counted by other means: the hazards by the first two letters of their numbers, the statuses as they stand.
func TestRealList(t *testing.T) {
	doc := decodeReal(t, Disasters, "v1-disasters-appname-vocabulary-preset-external-limit-1000.json")
	acts := make(map[incident.Act]int)
	lasts, noCountry, hazards := 0, 0, 0
	precisions := make(map[incident.Precision]int)
	for n := range doc.Records {
		i := &doc.Records[n].Incident
		acts[i.Act.Value]++
		precisions[i.Occurred.Precision]++
		if i.Ongoing {
			lasts++
		}
		if i.Hazard() {
			hazards++
		}
		if len(i.Countries) == 0 {
			noCountry++ // the one of the whole world
		} else if !i.Inferred {
			t.Errorf("%s is not marked as inferred", i.Title)
		}
	}
	want := map[incident.Act]int{
		incident.Flood: 402 + 45 + 3, incident.DiseaseOutbreak: 175, incident.Cyclone: 113 + 3, incident.Earthquake: 62, incident.Drought: 49,
		incident.Volcano: 27, incident.Wildfire: 13, incident.Arson: 9, incident.OtherAccident: 4, incident.Tsunami: 1,
		incident.ActOther: 29 + 16 + 12 + 11 + 10 + 5 + 4 + 3 + 2 + 1 + 1,
	}
	if len(doc.Records) != 1000 || !maps.Equal(acts, want) || lasts != 73+7 || hazards != 1000-5 || noCountry != 1 || precisions[incident.Unstated] != 0 {
		t.Errorf("%d records, %v, %d last, %d hazards, %d without country, %v", len(doc.Records), acts, lasts, hazards, noCountry, precisions)
	}
}

func TestRealDisaster(t *testing.T) {
	doc := decodeReal(t, Disasters, "disasters-25466.json")
	if len(doc.Records) != 1 {
		t.Fatal(len(doc.Records))
	}
	i := &doc.Records[0].Incident
	if i.Identity.ID.String() != "disaster/25466" || i.Occurred.String() != "2015-08-07" || i.Ongoing || i.Inferred ||
		len(i.Countries) != 1 || i.Countries[0].String() != "BFA" || !i.Act.Is(incident.Flood) || i.Reported.Format(time.RFC3339) != "2015-12-08T22:02:56Z" ||
		i.Version != i.Reported.Unix() || len(i.Links) != 2 {
		t.Errorf("%+v", i)
	}
}

func TestRealReports(t *testing.T) {
	doc := decodeReal(t, Reports, "deep-relief_web-1.json")
	want := []string{"NPL", "AFG", "NPL", "MMR"} // the primary countries, in the addresses
	if len(doc.Records) != len(want) {
		t.Fatal(len(doc.Records))
	}
	for n, country := range want {
		i := &doc.Records[n].Incident
		if i.Class != incident.Report || !i.Occurred.IsZero() || !i.Inferred || i.Countries[0].String() != country {
			t.Errorf("%+v", i)
		}
	}
}
