package advisory

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"vigil/internal/feed"
	"vigil/internal/feed/feedtest"
	"vigil/internal/level"
)

func decodeReal(t *testing.T, f *feed.Format, name string) feed.Document {
	t.Helper()
	body := feedtest.Real(t, name)
	if !f.Recognise(body[:min(len(body), feed.HeadSize)]) {
		t.Fatalf("%s: not recognised", name)
	}
	doc, err := f.Document(feed.NewContext(name), body)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// standing are the advisories of a content as they would stand: of each country the newest.
func standing(doc *feed.Document) []level.Advisory {
	var all []level.Advisory
	for n := range doc.Records {
		if a := doc.Records[n].Advisory; a != nil {
			all = append(all, *a)
		}
	}
	slices.SortStableFunc(all, func(a, b level.Advisory) int {
		if c := level.CompareAdvisories(&a, &b); c != 0 {
			return c
		}
		return b.Updated.Start.Compare(a.Updated.Start)
	})
	return slices.CompactFunc(all, func(a, b level.Advisory) bool { return level.CompareAdvisories(&a, &b) == 0 })
}

// TestRealUSState holds for the archive what was counted by other means: 211 and 217 entries, of which
// that of China speaks of three countries (two of them have entries of their own) and that of the French
// West Indies of four (three of them have their own in the newest). Bonaire, Saba and Sint Eustatius are one country.
func TestRealUSState(t *testing.T) {
	for _, tt := range []struct {
		name                   string
		records, countries     int
		levels                 [usMax + 1]int // of the countries
		newest, china, macau   string
		chinaLevel, macauLevel int
	}{
		{"us-state/current_advisories-fbafd11.json", 214, 212, [5]int{0, 85, 84, 22, 21}, "2025-12-11", "CHN", "MAC", 2, 3},
		{"us-state/current_advisories-9ffac67.json", 214, 212, [5]int{0, 84, 86, 21, 21}, "2026-01-20", "CHN", "MAC", 2, 3},
		{"us-state/current_advisories.json", 217, 206, [5]int{0, 80, 79, 26, 21}, "2026-08-21", "CHN", "MAC", 2, 3},
	} {
		doc := decodeReal(t, USState, tt.name)
		all := standing(&doc)
		var levels [usMax + 1]int
		var newest time.Time
		warnings := 0
		for n := range doc.Records {
			warnings += len(doc.Records[n].Problems)
		}
		for _, a := range all {
			levels[a.Level]++
			if a.Updated.Start.After(newest) {
				newest = a.Updated.Start
			}
			if a.Country.String() == tt.china && a.Level != tt.chinaLevel || a.Country.String() == tt.macau && a.Level != tt.macauLevel {
				t.Errorf("%s: %s at level %d", tt.name, a.Country, a.Level)
			}
			if a.Max != usMax || a.Label.IsZero() || a.Link.IsZero() {
				t.Errorf("%s: %+v", tt.name, a)
			}
		}
		// The one warning is of Guinea-Bissau, which the archive's own column calls Guinea.
		if len(doc.Records) != tt.records || len(all) != tt.countries || levels != tt.levels || newest.Format(time.DateOnly) != tt.newest || warnings != 1 {
			t.Errorf("%s: %d records, %d countries, levels %v, newest %s, %d warnings", tt.name, len(doc.Records), len(all), levels, newest, warnings)
		}
	}
}

// TestRealChanges: which advisories changed between two contents was listed by other means.
func TestRealChanges(t *testing.T) {
	december := decodeReal(t, USState, "us-state/current_advisories-fbafd11.json")
	january := decodeReal(t, USState, "us-state/current_advisories-9ffac67.json")
	august := decodeReal(t, USState, "us-state/current_advisories.json")
	for _, tt := range []struct {
		from, to *feed.Document
		want     []string
	}{
		{&december, &january, []string{"GRD 1-2", "JAM 3-2"}},
		{&january, &august, []string{
			"ARE 2-3", "AZE 2-3", "BHR 2-3", "BOL 2-gone", "COD 3-4", "GRL 2-gone", "JOR 2-3", "KWT 1-3", "LCA 1-2", "MLI 4-gone",
			"NCL 3-2", "NPL 3-2", "OMN 2-3", "PRK 4-gone", "PRT 1-gone", "PRY 1-gone", "QAT 1-3", "RWA 2-3", "SAU 2-3", "TCD 3-4",
			"THA 2-1", "UGA 3-4", "VEN 4-3",
		}},
	} {
		var got []string
		for _, c := range level.DiffAdvisories(standing(tt.from), standing(tt.to), time.Time{}) {
			switch {
			case c.To == nil:
				got = append(got, fmt.Sprintf("%s %d-gone", c.From.Country, c.From.Level))
			case c.From == nil:
				got = append(got, fmt.Sprintf("%s new-%d", c.To.Country, c.To.Level))
			default:
				got = append(got, fmt.Sprintf("%s %d-%d", c.To.Country, c.From.Level, c.To.Level))
			}
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("changes:\n%v\nwant\n%v", got, tt.want)
		}
	}
}

func TestRealUSStateSingle(t *testing.T) {
	for name, want := range map[string]string{
		"afghanistan": "AFG 4 2026-02-20", "bulgaria": "BGR 1 2025-10-09", "burma_myanmar": "MMR 4 2025-05-12",
		"cote_d_ivoire": "CIV 2 2026-02-18", "south_sudan": "SSD 4 2026-05-17",
	} {
		doc := decodeReal(t, USState, "us-state/"+name+".json")
		all := standing(&doc)
		if len(doc.Records) != 1 || len(all) != 1 || all[0].Summary.IsZero() {
			t.Fatalf("%s: %d records", name, len(doc.Records))
		}
		if got := fmt.Sprint(all[0].Country, all[0].Level, " ", all[0].Updated); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

func TestRealFCDO(t *testing.T) {
	doc := decodeReal(t, FCDO, "fcdo/full-country.json")
	all := standing(&doc)
	if len(doc.Records) != 1 || len(all) != 1 || all[0].Country.String() != "ALB" || all[0].Statuses != nil || all[0].Level != 0 || all[0].Max != 0 ||
		all[0].Updated.String() != "2017-02-14T15:42:21Z" || doc.ContentTime.Format(time.RFC3339) != "2017-02-17T12:52:43Z" {
		t.Errorf("%d records, made %s: %+v", len(doc.Records), doc.ContentTime, all)
	}
	// The index has 7 pages and no statuses: nobody may conclude from it that nothing is advised.
	doc = decodeReal(t, FCDO, "fcdo/index.json")
	var got []string
	for n := range doc.Records {
		if doc.Records[n].Kind != feed.Incident || len(doc.Records[n].Problems) != 0 {
			t.Errorf("%+v", doc.Records[n])
		}
		for _, c := range doc.Records[n].Incident.Countries {
			got = append(got, c.String())
		}
		feedtest.RoundTrip(t, &doc.Records[n].Incident)
	}
	if want := []string{"AFG", "AUT", "FIN", "IND", "MYS", "STP", "ESP"}; !slices.Equal(got, want) || len(doc.Linked) != 7 {
		t.Errorf("%v, %d linked", got, len(doc.Linked))
	}
}
