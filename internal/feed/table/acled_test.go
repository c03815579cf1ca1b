package table

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vigil/internal/country"
	"vigil/internal/feed"
	"vigil/internal/feed/feedtest"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

// read decodes a content that the format must recognise.
func read(t *testing.T, f *feed.Format, body []byte) feed.Document {
	t.Helper()
	if !f.Recognise(body[:min(len(body), feed.HeadSize)]) {
		t.Fatalf("not recognised as %s", f.Name)
	}
	doc, err := f.Document(feed.NewContext("feeds/x"), body)
	if err != nil {
		t.Fatal(err)
	}
	for n := range doc.Records {
		if rec := &doc.Records[n]; rec.Kind == feed.Incident {
			feedtest.RoundTrip(t, &rec.Incident)
		}
	}
	return doc
}

func TestACLEDOfToday(t *testing.T) {
	doc := read(t, ACLED, testdata(t, "acled.csv"))
	if len(doc.Records) != 5 || len(doc.Problems) != 0 {
		t.Fatalf("%d records, problems %v", len(doc.Records), doc.Problems)
	}
	want := incident.Incident{
		Identity: incident.Identity{Authority: safetext.Const("acled"), ID: safetext.Const("MLI9101")},
		Version:  1932940800, Reported: when("2031-04-03T00:00:00Z").Start, Occurred: when("2031-04-03"),
		Countries: []country.Code{country.MustParse("MLI")}, Admin1: safetext.Const("Gao"), Place: safetext.Const("Labbezanga, Ansongo"),
		Point: incident.Point{Lat: 14.96, Lon: 0.69}, HasPoint: true,
		Threat: incident.Known(incident.ArmedConflict), Act: incident.Known(incident.AerialAttack),
		Means:    safetext.Const("Explosions/Remote violence: Air/drone strike"),
		Actor:    safetext.Const("Forces of ALPHA (state forces); Group X-RAY (rebel group)"),
		Details:  safetext.Const("EXERCISE. A strike hit a camp of the group.\nDisorder: Political violence; Source: Agency ONE (National); Fatalities of anybody: 12"),
		Affected: anybody(12),
	}
	if diff := cmp.Diff(want, doc.Records[0].Incident, feedtest.Text); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	taken := &doc.Records[1].Incident
	if !taken.Act.Is(incident.Abduction) || !taken.Holder.Is(incident.HolderNonState) || !taken.Target.Is(incident.TargetPersonnel) ||
		!taken.Threat.Is(incident.Terrorism) || taken.Accuracy != 25 {
		t.Errorf("an abduction: %+v", taken)
	}
	// The week around 29 April lies in two months, and that around 30 December in two years.
	if looted := &doc.Records[2]; !looted.Incident.Act.Is(incident.Looting) || looted.Incident.Occurred != when("2031") {
		t.Errorf("a strategic development of some week: %+v", looted.Incident)
	}
	if march := &doc.Records[3]; !march.Incident.Occurred.IsZero() || !strings.Contains(strings.Join(feedtest.Messages(march), ""), "lies in two years") {
		t.Errorf("a protest of some week: %v %q", march.Incident.Occurred, feedtest.Messages(march))
	}
	if !doc.Records[4].Incident.Restricted() {
		t.Error("sexual violence is not restricted")
	}
}

// TestACLEDIsNeverStaff: the dead are of anybody, and who was hurt otherwise is not known.
func TestACLEDIsNeverStaff(t *testing.T) {
	doc := read(t, ACLED, testdata(t, "acled.csv"))
	for n := range doc.Records {
		b := doc.Records[n].Incident.Affected
		for _, o := range []incident.Outcome{incident.Killed, incident.Injured, incident.Abducted, incident.Detained} {
			if n, known := b.Staff(o); n != 0 || !known || b.HarmsStaff() {
				t.Errorf("%d of staff %v, known %t", n, o, known)
			}
		}
		if _, known := b.Outcome(incident.Injured); known {
			t.Error("how many were injured is in no column")
		}
	}
	if n, known := doc.Records[0].Incident.Affected.Outcome(incident.Killed); n != 12 || !known {
		t.Errorf("%d killed", n)
	}
}

func TestACLEDFromTheAPI(t *testing.T) {
	file, answer := read(t, ACLED, testdata(t, "acled.csv")), read(t, ACLED, testdata(t, "acled.json"))
	for n := range file.Records {
		if diff := cmp.Diff(file.Records[n].Incident, answer.Records[n].Incident, feedtest.Text); diff != "" {
			t.Errorf("record %d (-file +answer):\n%s", n, diff)
		}
	}
	empty := read(t, ACLED, []byte(`{"status":200,"success":true,"count":0,"data":[]}`))
	if len(empty.Records) != 0 || len(empty.Problems) != 0 {
		t.Errorf("an answer without events: %+v", empty)
	}
}

// TestACLEDRefuses: what the server says stands in the error, however it is wrapped.
func TestACLEDRefuses(t *testing.T) {
	for body, want := range map[string]string{
		`{"status":403,"success":false,"error":[{"message":"Access denied"}]}`:                       `(status 403): "Access denied"`,
		`{"status":403,"success":false,"error":["Access denied","Ask \u001b[31mus"],"data":[]}`:      `(status 403): "Access denied; Ask `,
		`{"status":401,"success":false,"error":{"message":"No key"},"count":0,"data":[]}`:            `(status 401): "No key"`,
		`{"status":500,"success":false,"error":[]}`:                                                  `(status 500): without a reason`,
		`{"status":400,"success":false,"error":"` + strings.Repeat("x", 999) + `","messages":["y"]}`: `then fetch it again`,
	} {
		if !ACLED.Recognise([]byte(body)) {
			t.Errorf("%.80s: not recognised", body)
		}
		_, err := ACLED.Document(feed.NewContext("x"), []byte(body))
		if !errors.Is(err, feed.ErrHalf) || !strings.Contains(err.Error(), want) || strings.ContainsRune(err.Error(), 0x1B) {
			t.Errorf("%.80s: %v, want %s", body, err, want)
		}
	}
}

// TestNoCountryButAPosition is where the position is, in every table, as the native record is that the intake keeps of it.
func TestNoCountryButAPosition(t *testing.T) {
	for f, body := range map[*feed.Format]string{
		ACLED: "event_id_cnty,event_date,event_type,fatalities,country,latitude,longitude\nX1,2031-01-02,Battles,1,,16.27,-0.05\n",
		UCDP:  "id,type_of_violence,country,date_start,date_end,best,latitude,longitude\n1,1,,2031-01-01,2031-01-01,3,16.27,-0.05\n",
		HXL:   "#meta+id,#date+occurred,#geo+lat,#geo+lon,#event+type\n1,2031-01-02,16.27,-0.05,shooting\n",
	} {
		if i := &read(t, f, []byte(body)).Records[0].Incident; !i.In(country.MLI) || !i.Inferred {
			t.Errorf("%s: in %v, inferred %t", f.Name, i.Countries, i.Inferred)
		}
	}
}

// TestACLEDChangedAhead: a change that had not come when it was read is no version, or it would outrank all that is said until then.
func TestACLEDChangedAhead(t *testing.T) {
	ctx := feed.NewContext("feeds/x.csv")
	ctx.Received = when("2031-03-10").Start
	for stamp, version := range map[string]int64{"1931040000": 0, "1930780800": 1930780800} { // two days ahead, and a day old
		doc, err := ACLED.Document(ctx, []byte("event_id_cnty,event_date,event_type,fatalities,timestamp\nMLI1,2030-01-02,Battles,1,"+stamp+"\n"))
		if err != nil || len(doc.Records) != 1 || doc.Records[0].Incident.Version != version || (len(doc.Records[0].Problems) > 0) != (version == 0) {
			t.Errorf("%s: %v %+v", stamp, err, doc.Records)
		}
	}
}

// TestOtherEnvelopes: those that are not of ACLED, or are cut off before it is known.
func TestOtherEnvelopes(t *testing.T) {
	for _, body := range []string{
		`{"data":[]}`, `{"status":200,"data":[]}`, `{"status":"ok","success":true,"count":0,"data":[]}`,
		`{"status":200,"success":true,"count":3,"data":[]}`, `{"status":200,"success":true,"count":0}`,
		`{"status":404,"success":false}`, `{"status":200,"success":true,"count":1,"data":[{"id":"1","name":"x"}]}`,
	} {
		if ACLED.Recognise([]byte(body)) {
			t.Errorf("%s is taken for an answer of ACLED", body)
		}
	}
}

func TestACLEDOf2016(t *testing.T) {
	body := strings.ReplaceAll(string(testdata(t, "acled2016.csv")), "\n", "\r\n")
	doc := read(t, ACLED, []byte(strings.Replace(body, "Agency ONE", "L'\x92\xC9cho", 1)))
	if len(doc.Records) != 3 || len(doc.Problems) != 0 || doc.Repairs.Converted != 2 {
		t.Fatalf("%d records, problems %v, repairs %+v", len(doc.Records), doc.Problems, doc.Repairs)
	}
	for n, want := range []struct {
		occurred string
		act      incident.Act
		threat   incident.Threat
	}{
		{"2016-01-01", incident.Shooting, incident.ArmedConflict}, {"2016-02", incident.Riot, incident.CivilUnrest}, {"2016-06", incident.Killing, incident.Terrorism},
	} {
		i := &doc.Records[n].Incident
		if i.Occurred != when(want.occurred) || !i.Act.Is(want.act) || !i.Threat.Is(want.threat) || !i.In(country.MustParse("MLI")) || len(doc.Records[n].Problems) > 0 {
			t.Errorf("%s: %v %v %v %q", i.Identity.ID, i.Occurred, i.Act, i.Threat, feedtest.Messages(&doc.Records[n]))
		}
	}
	if got := doc.Records[0].Incident.Details.String(); !strings.Contains(got, "L'’Écho") {
		t.Errorf("Windows-1252 is read as %q", got)
	}
}

func TestACLEDCellsThatAreWrong(t *testing.T) {
	body := string(testdata(t, "acled.csv"))
	tests := []struct {
		name, old, cell, want string
		check                 func(r *feed.Record) bool
	}{
		{"no id", "MLI9101,", ",", "has no event_id_cnty", func(r *feed.Record) bool { return r.Kind == feed.Rejected }},
		{"no date", "03 April 2031", "some day", "only the year is taken", func(r *feed.Record) bool { return r.Incident.Occurred == when("2031") }},
		{"a type that is new", "Explosions/Remote violence,Air", "Cyber violence,Air", `"Cyber violence" is no code of event_type`, func(r *feed.Record) bool { return r.Incident.Act.Unlisted() }},
		{"a sub-type that is new", "Air/drone strike", "Balloon strike", `"Balloon strike" is no code of sub_event_type`, func(r *feed.Record) bool { return r.Incident.Act.Is(incident.Bombing) }},
		{"a side that is new", "State forces,Group", "Robots,Group", `"Robots" is no code of inter1`, func(r *feed.Record) bool {
			return strings.HasPrefix(r.Incident.Actor.String(), "Forces of ALPHA; ")
		}},
		{"a country of another code", "466,Western Africa,Mali", "562,Western Africa,Mali", "another country: the code is taken", func(r *feed.Record) bool { return r.Incident.In(country.MustParse("NER")) }},
		{"no country", "466,Western Africa,Mali", ",,Atlantis", `"Atlantis" is no country`, func(r *feed.Record) bool { return len(r.Incident.CountryText) == 1 }},
		{"no count", ",12,,1932940800", ",many,,1932940800", "fatalities is taken as unknown", func(r *feed.Record) bool { return r.Incident.Affected == nil }},
		{"no time of the version", ",12,,1932940800", ",12,,later", "is no time in seconds", func(r *feed.Record) bool { return r.Incident.Version == 0 }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc := read(t, ACLED, []byte(strings.Replace(body, tt.old, tt.cell, 1)))
			rec := &doc.Records[0]
			if !strings.Contains(strings.Join(feedtest.Messages(rec), "\n"), tt.want) || !tt.check(rec) {
				t.Errorf("%v %q, want %q: %+v", rec.Kind, feedtest.Messages(rec), tt.want, rec.Incident)
			}
		})
	}
}
