package propose_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vigil/internal/country"
	"vigil/internal/desk"
	"vigil/internal/feed"
	"vigil/internal/feed/feedtest"
	"vigil/internal/feed/formats"
	"vigil/internal/feed/propose"
	"vigil/internal/incident"
)

// pasted reads a proposal back as a person would paste it, and the content by it.
func pasted(t *testing.T, p *propose.Proposal, body []byte) feed.Document {
	t.Helper()
	text := p.TOML("x", "feeds/x")
	config, problems := desk.ParseConfig("vigil.toml", []byte(text))
	if desk.CountErrors(problems) > 0 || len(config.Sources) != 1 {
		t.Fatalf("the proposal is no block: %v\n%s", problems, text)
	}
	s := &config.Sources[0]
	if diff := cmp.Diff(p.Map(), s.Map); diff != "" || s.Format != p.Format {
		t.Errorf("read back as another map (-proposed +read):\n%s", diff)
	}
	ctx := feed.NewContext("feeds/x")
	ctx.Map, ctx.Sheet = s.Map, s.Sheet
	format, ok := formats.ByName(s.Format)
	if detected, _ := formats.DetectWhole(ctx, body); !ok || detected != format {
		t.Fatalf("format %s, and %v by its content", s.Format, detected)
	}
	doc, err := format.Document(ctx, body)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// TestTheKindThatTells: of several columns of kinds the one is taken whose words say what happened, and where none does, the
// one with the most telling heading.
func TestTheKindThatTells(t *testing.T) {
	for rows, want := range map[string]string{
		"1;13/04/2031;Mali;Weather related;Hydrological;Flood\n2;14/04/2031;Niger;;;\n": "type",
		"1;13/04/2031;Mali;Flood;Hydrological;River flood\n":                            "category",
		"1;13/04/2031;Mali;Odd;Odder;Oddest\n":                                          "category",
	} {
		p, err := propose.Of(feed.NewContext("feeds/x.csv"), []byte("id;date;country;category;subcategory;type\n"+rows))
		if err != nil {
			t.Fatal(err)
		}
		if got := p.Map().Fields["act"]; got != want {
			t.Errorf("%s: act is %q, want %q", rows, got, want)
		}
	}
}

// TestWhatHappened stands under "what" as well.
func TestWhatHappened(t *testing.T) {
	p, err := propose.Of(feed.NewContext("feeds/x.csv"), []byte("name,what,date,country\nEXERCISE one,kidnapping,2031-04-03,Mali\nEXERCISE two,flood,2031-04-04,Niger\n"))
	if err != nil {
		t.Fatal(err)
	}
	if got := p.Map().Fields; got["act"] != "what" || got["title"] != "name" {
		t.Errorf("fields %v", got)
	}
}

func TestALog(t *testing.T) {
	body := []byte("Incident No;Date of incident;Country;City;Latitude;Longitude;Kind;Staff killed;Dead;Narrative;Internal ref\n" +
		"1;13/04/2031;Mali;Gao;16,27;-0,04;Car jacking;0;1;EXERCISE one;a\n" +
		"2;02/04/2031;Niger;Ayorou;14,7;0,9;Shooting;1;3;EXERCISE two;a\n" +
		"3;03/05/2031;Niger;Niamey;13,5;2,1;Odd thing;0;0;EXERCISE three;a\n")
	p, err := propose.Of(feed.NewContext("feeds/log.csv"), body)
	if err != nil || !p.Fits() {
		t.Fatalf("%v, %+v", err, p)
	}
	fields := map[string]string{
		"id": "Incident No", "occurred": "Date of incident", "dates": "=dmy", "country": "Country", "place": "City", "lat": "Latitude", "lon": "Longitude",
		"act": "Kind", "affected.staff.killed": "Staff killed", "affected.anybody.killed": "Dead", "details": "Narrative",
	}
	if diff := cmp.Diff(fields, p.Map().Fields); diff != "" {
		t.Errorf("fields (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"Internal ref"}, p.Unused); diff != "" {
		t.Errorf("unused (-want +got):\n%s", diff)
	}
	if text := p.TOML("log", "feeds/log.csv"); !strings.Contains(text, "\n#\"Odd thing\" = \"unknown\"  # rows: 1\n") || !strings.Contains(text, "\n\"Car jacking\" = \"hijacking\"  # rows: 1\n") {
		t.Errorf("proposed:\n%s", text)
	}
	doc := pasted(t, p, body)
	i := &doc.Records[1].Incident
	if len(doc.Records) != 3 || i.Occurred.String() != "2031-04-02" || i.Point.Lat != 14.7 || !i.Act.Is(incident.Shooting) {
		t.Errorf("%d records: %+v", len(doc.Records), i)
	}
	// Three are dead, and one of them is of the staff.
	staff, known := i.Affected.Staff(incident.Killed)
	if all, _ := i.Affected.Outcome(incident.Killed); staff != 1 || !known || all != 3 {
		t.Errorf("%d staff killed, known %t, of %d: %+v", staff, known, all, i.Affected)
	}
}

// TestRealFiles: what is proposed for files that vigil does not know gives an incident of each row when it is
// pasted, with a time and a country where they have one. Those of missing migrants say only when each was reported.
func TestRealFiles(t *testing.T) {
	for name, want := range map[string]struct {
		format            string
		rows, dated, home int
		field, place      string
	}{
		"hxl/2025-json.json":                     {"json", 975, 0, 975, "point", "location_coodinates"},
		"hxl/2014-json.json":                     {"json", 535, 0, 535, "affected.anybody.killed", "number_dead"},
		"hxl/qc_conflict_data_BGD.csv":           {"csv", 601, 601, 0, "affected.anybody.killed", "best"},
		"gdacs/hdx-gdacs_rss_information.csv":    {"csv", 2, 2, 2, "act", "event_type"},
		"reliefweb/reliefweb-disasters-list.csv": {"csv", 2, 2, 2, "title", "name"},
		"usgs/all_day.geojson":                   {"geojson", 146, 146, 0, "occurred", "time"},
		"insecurity-insight/aidWorkerKIKA.json":  {"json", 1299, 1299, 1299, "affected.staff.killed", "Aid Workers Killed"},
		"insecurity-insight/foodSecurity.json":   {"json", 12, 12, 12, "id", "SiND Event ID"},
		"awsd/AWSD_AF_security_incidents.csv":    {"csv", 617, 617, 617, "id", "Incident ID"},
		"insecurity-insight/2024 Conflict Related Sexual Violence Incident Data.xlsx": {"xlsx", 128, 128, 128, "act", "Type of SV"},
	} {
		t.Run(name, func(t *testing.T) {
			body := feedtest.Real(t, name)
			p, err := propose.Of(feed.NewContext("feeds/x"), body)
			if err != nil || !p.Fits() || p.Format != want.format || p.Rows != want.rows {
				t.Fatalf("%v, %+v", err, p)
			}
			if got := p.Map().Fields[want.field]; got != want.place {
				t.Errorf("%s = %q, want %q", want.field, got, want.place)
			}
			doc := pasted(t, p, body)
			used, dated, home := 0, 0, 0
			for n := range doc.Records {
				if rec := &doc.Records[n]; rec.Kind == feed.Incident {
					used++
					if !rec.Incident.Occurred.IsZero() {
						dated++
					}
					if len(rec.Incident.Countries) > 0 {
						home++
					}
					feedtest.RoundTrip(t, &rec.Incident)
				}
			}
			if used != want.rows || dated != want.dated || home < want.home*9/10 {
				t.Errorf("%d incidents, %d dated, %d with a country: want %+v", used, dated, home, want)
			}
		})
	}
}

// TestDateInParts: the date of EM-DAT and of the GTD stands in three columns, and when something was entered, reported or
// published is never when it happened.
func TestDateInParts(t *testing.T) {
	for name, tt := range map[string]struct {
		body string
		want map[string]string
		when []string
	}{
		"EM-DAT": {
			"Dis No,Disaster Type,Country,Start Year,Start Month,Start Day,End Year,End Month,End Day,Total Deaths,No Injured,Entry Date,Last Update\n" +
				"2031-0001-MLI,Flood,Mali,2031,4,13,2031,4,20,2,3,2031-05-01,2031-05-02\n2031-0002-NER,Flood,Niger,2031,4,,2031,5,,1,,2031-05-01,2031-05-02\n2031-0003-TCD,Drought,Chad,2031,,,2031,,,,,2031-05-01,2031-05-02\n",
			map[string]string{
				"id": "Dis No", "year": "Start Year", "month": "Start Month", "day": "Start Day", "reported": "Entry Date", "country": "Country", "act": "Disaster Type",
				"affected.anybody.killed": "Total Deaths", "affected.anybody.injured": "No Injured",
			},
			[]string{"2031-04-13", "2031-04", "2031"},
		},
		"GTD": {
			"eventid,iyear,imonth,iday,country_txt,attacktype1_txt,gname,nkill,nkillus,nwound\n" +
				"203104130001,2031,4,13,Mali,Bombing/Explosion,Unknown,1,0,2\n203104000001,2031,4,0,Niger,Armed Assault,Unknown,,,\n203100000001,2031,0,0,Chad,Armed Assault,Unknown,,,\n",
			map[string]string{
				"id": "eventid", "year": "iyear", "month": "imonth", "day": "iday", "country": "country_txt", "act": "attacktype1_txt", "actor": "gname",
				"affected.anybody.killed": "nkill", "affected.anybody.injured": "nwound",
			},
			[]string{"2031-04-13", "2031-04", "2031"},
		},
		"a date beside its parts": {
			"No,Date,Year,Month,Day,Country,Type\n1,2031-04-13,2031,4,13,Mali,Theft\n2,2031-04-14,2031,4,14,Mali,Theft\n",
			map[string]string{"id": "No", "occurred": "Date", "country": "Country", "act": "Type"},
			[]string{"2031-04-13", "2031-04-14"},
		},
		"a year alone": {
			"No,Year,Country,Type\n1,2031,Mali,Theft\n2,2030,Mali,Theft\n",
			map[string]string{"id": "No", "occurred": "Year", "country": "Country", "act": "Type"},
			[]string{"2031", "2030"},
		},
		"only of the report": {
			"No,Date reported,Country,Type\n1,2031-04-13,Mali,Theft\n2,2031-04-14,Mali,Theft\n",
			map[string]string{"id": "No", "reported": "Date reported", "country": "Country", "act": "Type"},
			[]string{"", ""},
		},
		"only of the publication": {
			"No,pubDate,Country,Type\n1,2031-04-13,Mali,Theft\n2,2031-04-14,Mali,Theft\n",
			map[string]string{"id": "No", "reported": "pubDate", "country": "Country", "act": "Type"},
			[]string{"", ""},
		},
	} {
		t.Run(name, func(t *testing.T) {
			p, err := propose.Of(feed.NewContext("feeds/x.csv"), []byte(tt.body))
			if err != nil || !p.Fits() {
				t.Fatalf("%v, %+v", err, p)
			}
			if diff := cmp.Diff(tt.want, p.Map().Fields); diff != "" {
				t.Errorf("fields (-want +got):\n%s", diff)
			}
			doc := pasted(t, p, []byte(tt.body))
			var when []string
			for n := range doc.Records {
				when = append(when, doc.Records[n].Incident.Occurred.String())
			}
			if diff := cmp.Diff(tt.when, when); diff != "" {
				t.Errorf("when (-want +got):\n%s", diff)
			}
			silent := strings.Join(p.Notes, "|")
			if strings.Contains(silent, "when it was reported is not when it happened") != strings.HasPrefix(name, "only of") {
				t.Errorf("notes: %s", silent)
			}
		})
	}
}

func TestWhatIsNoTableOfIncidents(t *testing.T) {
	p, err := propose.Of(feed.NewContext("x"), feedtest.Real(t, "gdelt/events2.csv"))
	if err != nil || p.Fits() {
		t.Errorf("a list of columns is taken for incidents: %v %+v", err, p)
	}
	if _, err := propose.Of(feed.NewContext("x"), []byte("\n\n")); !errors.Is(err, feed.ErrHalf) {
		t.Errorf("nothing: %v", err)
	}
	if _, err := propose.Of(feed.NewContext("x"), []byte(`{"a":`)); !errors.Is(err, feed.ErrHalf) {
		t.Errorf("half a document: %v", err)
	}
}

// FuzzOf holds for every content: no panic, and a proposal that is a block of vigil.toml without anything that
// steers a terminal.
func FuzzOf(f *testing.F) {
	f.Add([]byte("id,date,country\n1,2031-04-03,MLI\n"))
	f.Add([]byte("\"a\n\x1b[31m\",\"type\",date\n1,\"x\"\"\\\",2031\n"))
	f.Add([]byte(`[{"event type":"\u202e","date":"2031"}]`))
	f.Fuzz(func(t *testing.T, body []byte) {
		p, err := propose.Of(feed.NewContext("x"), body)
		if err != nil {
			if !errors.Is(err, feed.ErrHalf) {
				t.Error(err)
			}
			return
		}
		text := p.TOML("x", "feeds/x")
		for _, r := range text {
			if r < ' ' && r != '\n' || r == 0x7F || r >= 0x80 && r < 0xA0 || r == 0x202E {
				t.Fatalf("%q holds %U", text, r)
			}
		}
		if len(p.Fields) == 0 {
			return
		}
		if config, problems := desk.ParseConfig("vigil.toml", []byte(text)); desk.CountErrors(problems) > 0 && !noted(p) || len(config.Sources) != 1 {
			t.Fatalf("%v\n%s", fmt.Sprint(problems), text)
		}
	})
}

// noted reports whether the proposal says itself that it does not hold.
func noted(p *propose.Proposal) bool {
	return strings.Contains(strings.Join(p.Notes, "\n"), "are the same people")
}

// What tells exercises from what is real, and what is restricted or only written about, is not lost on the way
// through a table.
func TestATableInOurWords(t *testing.T) {
	body := []byte("id,class,status,occurred,expected_from,country,act,verification,grade,handling,title,killed\n" +
		"1,incident,exercise,2031-04-13,,MLI,shooting,confirmed,B2,internal,EXERCISE one,1\n" +
		"2,report,actual,2031-04-13,,MLI,other,unconfirmed,,,two,\n" +
		"3,incident,actual,,2031-05-01,NER,flood,refuted,A1,restricted,three,\n")
	p, err := propose.Of(feed.NewContext("feeds/x.csv"), body)
	if err != nil {
		t.Fatal(err)
	}
	doc := pasted(t, p, body)
	if len(doc.Records) != 3 {
		t.Fatalf("%d records", len(doc.Records))
	}
	one, two, three := &doc.Records[0].Incident, &doc.Records[1].Incident, &doc.Records[2].Incident
	if one.Status != incident.Exercise || one.Grade.String() != "B2" || !one.Handling.Is(incident.Internal) {
		t.Errorf("%+v", one)
	}
	if two.Class != incident.Report || two.Status != incident.Actual {
		t.Errorf("%+v", two)
	}
	if !three.Forecast() || !three.Restricted() || !three.Verification.Is(incident.Refuted) {
		t.Errorf("%+v", three)
	}
}

// TestWhatWasPublishedIsReports: a list in the shape of the Disease Outbreak News, pasted as it was proposed.
func TestWhatWasPublishedIsReports(t *testing.T) {
	body := []byte(`{"@odata.context":"x","value":[` +
		`{"Id":"a1","PublicationDate":"2031-03-27T14:30:00Z","UrlName":"2031-DON1","Title":"Measles - Niger","Overview":"<p>On 11&nbsp;March one case.</p><p>None since.</p>"},` +
		`{"Id":"a2","PublicationDate":"2031-03-11T14:30:00Z","UrlName":"2031-DON2","Title":"Cholera - Mali and Chad","Overview":"<p>Two.</p>"}]}`)
	p, err := propose.Of(feed.NewContext("feeds/don.json"), body)
	if err != nil || !p.Fits() {
		t.Fatalf("%v %+v", err, p)
	}
	doc := pasted(t, p, body)
	if len(doc.Records) != 2 {
		t.Fatalf("%d records", len(doc.Records))
	}
	one, two := &doc.Records[0].Incident, &doc.Records[1].Incident
	if one.Class != incident.Report || !one.Occurred.IsZero() || one.Reported.IsZero() || !one.Inferred ||
		!slices.Equal(one.Countries, []country.Code{country.NER}) || one.Details.String() != "On 11 March one case.\nNone since." {
		t.Errorf("%+v, %q", one, one.Details)
	}
	if len(two.Countries) != 2 {
		t.Errorf("%v", two.Countries)
	}
}

func TestAStatusInOtherWordsIsPointedAt(t *testing.T) {
	p, err := propose.Of(feed.NewContext("feeds/x.csv"), []byte("id,date,country,kind,status\n1,2031-04-13,MLI,shooting,Drill\n"))
	if err != nil {
		t.Fatal(err)
	}
	if _, used := p.Map().Fields["status"]; used || !strings.Contains(strings.Join(p.Notes, "\n"), `"status" is not used`) {
		t.Errorf("%v %q", p.Map().Fields, p.Notes)
	}
}
