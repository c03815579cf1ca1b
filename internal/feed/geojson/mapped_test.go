package geojson

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vigil/internal/country"
	"vigil/internal/feed"
	"vigil/internal/feed/feedtest"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

const clinics = `{"type":"FeatureCollection","name":"EXERCISE","features":[
{"type":"Feature","id":7,"geometry":{"type":"Polygon","coordinates":[[[0,16],[0.2,16],[0.2,16.2],[0,16.2],[0,16]]]},
 "properties":{"Kind":"Damaged","when":{"start":"2031-03-14"},"who.killed":2,"Name":"EXERCISE clinic","tags":["a","b"],"sure":true}},
{"type":"Feature","id":"b-8","geometry":null,"properties":{"Kind":"levelled","when":{"start":"soon"},"Land":"Mali"}},
{"type":"Feature","geometry":{"type":"Point","coordinates":[0,99]},"properties":{"Kind":"Damaged"}},
{"type":"Feature","id":"b-9","properties":{"Kind":"Damaged","Kind":"x"},"geometry":null}
]}`

func TestMapped(t *testing.T) {
	ctx := feed.NewContext("feeds/clinics.geojson")
	ctx.Map = &feed.Map{
		Fields: map[string]string{
			"act": "Kind", "occurred": "when.start", "affected.killed": "who.killed", "title": "Name", "country": "Land",
			"details": "tags", "no_onward": "sure", "target": "=medical",
		},
		Values: map[string]map[string]string{"act": {"damaged": "attack_on_medical_facility"}},
	}
	doc, err := Format.Document(ctx, []byte(clinics))
	if err != nil || len(doc.Records) != 4 {
		t.Fatalf("%v, %d records", err, len(doc.Records))
	}
	want := incident.Incident{
		Identity: incident.Identity{Authority: safetext.Const("clinics"), ID: safetext.Const("7")},
		Occurred: feedtest.When(t, "2031-03-14"), Countries: []country.Code{country.MustParse("MLI")}, Inferred: true,
		Point: incident.Point{Lat: 16.1, Lon: 0.1}, HasPoint: true, Accuracy: 15.422,
		Act: incident.Known(incident.AttackOnMedical), Target: incident.Known(incident.TargetMedical),
		Title: safetext.Const("EXERCISE clinic"), Details: safetext.Const("a, b"), NoOnward: true,
		Affected: incident.Breakdown{
			{Outcome: incident.Known(incident.Killed), Count: 2},
			{Outcome: incident.Known(incident.Injured), Count: incident.Uncounted},
			{Outcome: incident.Known(incident.Abducted), Count: incident.Uncounted},
			{Outcome: incident.Known(incident.Detained), Count: incident.Uncounted},
		},
	}
	if diff := cmp.Diff(want, doc.Records[0].Incident, feedtest.Text); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if i := &doc.Records[1].Incident; i.Inferred || !i.In(country.MustParse("MLI")) || i.HasPoint || !i.Act.Unlisted() {
		t.Errorf("%+v", i)
	}
	for n, want := range []string{
		"", "feeds/clinics.geojson:4:1: when.start: occurred", "feeds/clinics.geojson:5:1: geometry: the position is left out",
		"feeds/clinics.geojson:6:", "",
	} {
		if n == len(doc.Records) {
			break
		}
		rec := &doc.Records[n]
		if got := strings.Join(feedtest.Messages(rec), "\n"); !strings.Contains(got, want) || want == "" && got != "" {
			t.Errorf("record %d: %s", n, got)
		}
		if rec.Kind == feed.Incident {
			feedtest.RoundTrip(t, &rec.Incident)
		} else if n < 2 {
			t.Errorf("record %d is refused", n)
		}
	}
	if doc.Records[2].Kind != feed.Incident || doc.Records[3].Kind != feed.Rejected {
		t.Error("a feature without an id is refused, or one with a name twice is used")
	}
	ctx.Map.Fields["akt"] = "Kind"
	if _, err := Format.Document(ctx, []byte(clinics)); err == nil || !strings.Contains(err.Error(), "akt") {
		t.Errorf("a map that is wrong: %v", err)
	}
}

// TestFeaturesWithoutIDs: each counts, under an id of what it says, however it is laid out.
func TestFeaturesWithoutIDs(t *testing.T) {
	ctx := feed.NewContext("feeds/closures.geojson")
	ctx.Map = &feed.Map{Fields: map[string]string{"title": "name"}}
	ids := func(body string) (list []string) {
		t.Helper()
		doc, err := Format.Document(ctx, []byte(body))
		if err != nil {
			t.Fatal(err)
		}
		for n := range doc.Records {
			if rec := &doc.Records[n]; rec.Kind == feed.Incident {
				feedtest.RoundTrip(t, &rec.Incident)
				list = append(list, rec.Incident.Identity.ID.String())
			} else {
				list = append(list, strings.Join(feedtest.Messages(rec), "; "))
			}
		}
		for _, p := range doc.Problems {
			list = append(list, p.String())
		}
		return list
	}
	const road = `{"type":"Feature","geometry":null,"properties":{"name":"EXERCISE road closed"}}`
	const again = `{ "geometry": null, "type": "Feature", "properties": { "name": "EXERCISE road closed" } }`
	const bridge = `{"type":"Feature","geometry":null,"properties":{"name":"EXERCISE bridge closed"}}`
	const named = `{"type":"Feature","id":7,"geometry":null,"properties":{"name":"EXERCISE ford"}}`
	first := ids(`{"type":"FeatureCollection","features":[` + road + "," + bridge + "," + again + "," + named + `]}`)
	if len(first) != 5 || first[2] != first[0]+"-2" || first[1] == first[0] || first[3] != "7" || !strings.HasPrefix(first[0], "feature-") || !strings.Contains(first[4], "features without an id (3)") {
		t.Fatalf("ids %q", first)
	}
	if later := ids(`{"type":"FeatureCollection","features":[` + bridge + "," + again + `]}`); later[0] != first[1] || later[1] != first[0] {
		t.Errorf("features that stayed have other ids: %q, before %q", later, first)
	}
	ctx.Map.Fields["id"] = "code"
	if refused := ids(`{"type":"FeatureCollection","features":[` + road + `]}`); len(refused) != 1 || !strings.Contains(refused[0], "id (code): the record has none") {
		t.Errorf("where the map names the ids: %q", refused)
	}
}
