package table

import (
	"strings"
	"testing"

	"vigil/internal/country"
	"vigil/internal/feed"
	"vigil/internal/feed/feedtest"
	"vigil/internal/incident"
)

func TestUCDPFile(t *testing.T) {
	doc := read(t, UCDP, testdata(t, "ucdp.csv"))
	if len(doc.Records) != 5 || len(doc.Problems) != 0 {
		t.Fatalf("%d records, problems %v", len(doc.Records), doc.Problems)
	}
	for n, want := range []struct {
		id, occurred, country string
		killed, civilians     int
		point                 bool
		accuracy              float64
		said                  string
	}{
		{"910001", "2031-03-01", "UKR", 9, 8, true, 0, ""},
		{"910002", "2031-03", "UKR", 5017, 0, false, 0, ""},
		{"910003", "2031", "RUS", 3, 0, true, 25, ""},
		{"910004", "2031-03-02", "PSE", 2, 1, true, 50, ""},
		{"910005", "", "COD", 0, 0, true, 100, "lies in two years"},
	} {
		rec := &doc.Records[n]
		i := &rec.Incident
		occurred := incident.When{}
		if want.occurred != "" {
			occurred = when(want.occurred)
		}
		killed, known := i.Affected.Outcome(incident.Killed)
		civilians := 0
		for _, a := range i.Affected {
			if a.Population.Is(incident.PopulationCivilian) && a.Outcome.Is(incident.Killed) {
				civilians += a.Count
			}
		}
		if i.Identity.ID.String() != want.id || i.Occurred != occurred || !i.In(country.MustParse(want.country)) || len(i.Countries) != 1 ||
			killed != want.killed || !known || civilians != want.civilians || i.HasPoint != want.point || i.Accuracy != want.accuracy ||
			!i.Threat.Is(incident.ArmedConflict) || !i.Act.Is(incident.Killing) || i.Identity.Authority.String() != "ucdp" {
			t.Errorf("%s: killed %d, of them civilians %d: %+v", want.id, killed, civilians, i)
		}
		if staff, known := i.Affected.Staff(incident.Killed); staff != 0 || !known || i.Affected.HarmsStaff() {
			t.Errorf("%s: %d of staff, known %t", want.id, staff, known)
		}
		if got := strings.Join(feedtest.Messages(rec), "\n"); !strings.Contains(got, want.said) || want.said == "" && got != "" {
			t.Errorf("%s: said %q", want.id, got)
		}
	}
	if got := doc.Records[3].Incident; got.Actor.String() != "BRAVO" || !strings.Contains(got.Details.String(), "Coding: Check dyad") {
		t.Errorf("%q, %q", got.Actor, got.Details)
	}
	if got := doc.Records[1].Incident.Details.String(); !strings.Contains(got, "several events reported as one") || !strings.Contains(got, "Date as given: 2031-03-01") {
		t.Errorf("%q", got)
	}
}

// A file with tags of HXL under its headings is read by its headings: no tag says what is the id.
func TestUCDPWithTags(t *testing.T) {
	rows := strings.SplitN(string(testdata(t, "ucdp.csv")), "\n", 2)
	tags := strings.Repeat(",", strings.Count(rows[0], ","))
	body := rows[0] + "\n,#date+year" + tags[2:] + "#affected+killed\n" + rows[1]
	if doc := read(t, UCDP, []byte(body)); len(doc.Records) != 5 || doc.Records[0].Incident.Identity.ID.String() != "910001" {
		t.Errorf("%d records, problems %v", len(doc.Records), doc.Problems)
	}
}

func TestUCDPCellsThatAreWrong(t *testing.T) {
	body := string(testdata(t, "ucdp.csv"))
	for _, tt := range []struct {
		name, old, cell, want string
		check                 func(r *feed.Record) bool
	}{
		{"no id", "910001,", ",", "the row has no id", func(r *feed.Record) bool { return r.Kind == feed.Rejected }},
		{"no date", "2031-03-01 00:00:00.000,2031-03-01", "some day,2031-03-01", `"some day" is no date`, func(r *feed.Record) bool { return r.Incident.Occurred.IsZero() }},
		{"an end before its beginning", "2031-03-01 00:00:00.000,2031-03-01", "2031-03-01 00:00:00.000,2031-02-01", "", func(r *feed.Record) bool { return r.Incident.Occurred == when("2031-03-01") }},
		{"a type that is new", "true,Clear,1,", "true,Clear,9,", `"9" is no code of type_of_violence`, func(r *feed.Record) bool { return r.Incident.Threat.Is(incident.ArmedConflict) }},
		{"no country", ",Ukraine,369", ",Atlantis,369", `"Atlantis" is no country`, func(r *feed.Record) bool { return len(r.Incident.CountryText) == 1 }},
		{"no count", "0,1,8,0,9,9,8", "0,1,8,0,many,9,8", "best is taken as unknown", func(r *feed.Record) bool { return r.Incident.Affected == nil }},
		{"more civilians than dead", "0,1,8,0,9,9,8", "0,1,80,0,9,9,8", "", func(r *feed.Record) bool {
			n, known := r.Incident.Affected.Outcome(incident.Killed)
			return n == 9 && known
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			rec := &read(t, UCDP, []byte(strings.Replace(body, tt.old, tt.cell, 1))).Records[0]
			if !strings.Contains(strings.Join(feedtest.Messages(rec), "\n"), tt.want) || !tt.check(rec) {
				t.Errorf("%v %q, want %q: %+v", rec.Kind, feedtest.Messages(rec), tt.want, rec.Incident)
			}
		})
	}
}
