package table

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vigil/internal/background"
	"vigil/internal/country"
	"vigil/internal/feed"
	"vigil/internal/feed/feedtest"
	"vigil/internal/incident"
	"vigil/internal/safetext"
)

func between(from, to string) incident.Interval {
	return incident.Interval{Start: when(from).Start, End: when(to).Start}
}

func TestRates(t *testing.T) {
	mli := background.Rate{
		Authority: safetext.Const("hapi"), Country: country.MustParse("MLI"), Admin1: safetext.Const("Gao"), Admin2: safetext.Const("Ansongo"),
		Kind: safetext.Const("political_violence"), Period: between("2031-03", "2031-04"), Events: 12, Fatalities: 30,
	}
	year := background.Rate{
		Authority: safetext.Const("insecurity-insight"), Country: country.MustParse("PSE"), Kind: safetext.Const("attacks_on_health_care"),
		Period: between("2031", "2032"), Events: 4, Fatalities: background.Uncounted,
	}
	month := background.Rate{
		Authority: safetext.Const("acled"), Country: country.MustParse("MLI"), Kind: safetext.Const("events"),
		Period: between("2031-03", "2031-04"), Events: 7, Fatalities: 0,
	}
	tests := map[string]struct {
		format *feed.Format
		body   string
		want   background.Rate
	}{
		"HAPI": {HAPI, "location_code,has_hrp,in_gho,provider_admin1_name,provider_admin2_name,admin1_code,admin1_name,admin2_code,admin2_name,admin_level,event_type,events,fatalities,reference_period_start,reference_period_end\n" +
			"#country+code,#meta+has_hrp,#meta+in_gho,#adm1+name+provider,#adm2+name+provider,#adm1+code,#adm1+name,#adm2+code,#adm2+name,,#event+type,#event+num,#affected+killed,#date+start,#date+end\n" +
			"MLI,True,True,Gao,Ansongo,ML07,Gao,ML0701,Ansongo,2,political_violence,12,30,2031-03-01,2031-03-31\n", mli},
		"HAPI as it answers": {HAPI, `{"data":[{"resource_hdx_id":"x","admin2_ref":1,"event_type":"political_violence","events":12,"fatalities":30,"location_code":"MLI","location_name":"Mali","provider_admin1_name":"Gao","admin1_name":null,"admin2_name":"Ansongo","reference_period_start":"2031-03-01T00:00:00","reference_period_end":"2031-03-31T23:59:59"}]}`, mli},
		"HAPI of its tags alone": {HAPI, "#country+code,#adm1+name,#adm2+name,#event+type,#indicator+event+num,#affected+killed,#date+start,#date+end\n" +
			"MLI,Gao,Ansongo,political_violence,12,30,2031-03-01,2031-03-31\n", mli},
		"HAPI before it was HAPI": {HAPI, "Country ISO3,Admin 1 PCode,Admin 1 Name,Admin 2 PCode,Admin 2 Name,Start Date,End Date,Event Type,Events,Fatalities,Dataset Id,Resource Id\n" +
			"#country+code,#adm1+code,#adm1+name,#adm2+code,#adm2+name,#date+start,#date+end,#event+type,#event+num,#fatality+num,#meta+dataset_id,#meta+resource_id\n" +
			"MLI,ML07,Gao,ML0701,Ansongo,2031-03-01 00:00:00+00:00,2031-03-31 00:00:00+00:00,political_violence,12,30,x,y\n", mli},
		"a yearly overview": {Overview, `[{"Country":"OPT","Year":"2031","Country ISO":"PSE","Number Of Events":"4","Health Workers Killed":null,"Health Workers Injured":"1","Health Workers Kidnapped":"0","Health Workers Arrested":"0"}]`, year},
		"the months of ACLED": {Overview, "Country,Admin1,Admin2,ISO3,Month,Year,Events,Fatalities\n" +
			"Mali,,,MLI,March,2031,7,0\n", month},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			doc := read(t, tt.format, []byte(tt.body))
			if len(doc.Records) != 1 || doc.Records[0].Kind != feed.Aggregate {
				t.Fatalf("%+v", doc.Records)
			}
			if diff := cmp.Diff(tt.want, *doc.Records[0].Aggregate, feedtest.Text); diff != "" || len(doc.Records[0].Problems)+len(doc.Problems) > 0 {
				t.Errorf("%v %v (-want +got):\n%s", doc.Problems, doc.Records[0].Problems, diff)
			}
		})
	}
}

// TestRatesOfPeriodsToCome: what has not begun was counted by nobody, and as the newest would hide what was.
func TestRatesOfPeriodsToCome(t *testing.T) {
	for name, tt := range map[string]struct {
		format *feed.Format
		body   string
	}{
		"hapi":     {HAPI, "location_code,event_type,events,fatalities,reference_period_start,reference_period_end\nMLI,x,7,0,2031-03-01,2031-03-31\n"},
		"overview": {Overview, "Country,ISO3,Month,Year,Events,Fatalities\nMali,MLI,March,2031,7,0\n"},
	} {
		for received, kind := range map[string]feed.Kind{"2031-02-20": feed.Rejected, "2031-03-10": feed.Aggregate} {
			ctx := feed.NewContext("feeds/x.csv")
			ctx.Received = between(received, received).Start
			doc, err := tt.format.Document(ctx, []byte(tt.body))
			if err != nil || len(doc.Records) != 1 || doc.Records[0].Kind != kind {
				t.Errorf("%s of %s: %v %+v", name, received, err, doc.Records)
			}
		}
	}
}

func TestRatesThatAreNone(t *testing.T) {
	head := "Country,ISO3,Month,Year,Events,Fatalities\n"
	for row, want := range map[string]string{
		"Atlantis,,March,2031,7,0": "is no country that vigil knows", "Mali,MLI,Smarch,2031,7,0": "is no month", "Mali,MLI,March,,7,0": "is no year",
	} {
		doc := read(t, Overview, []byte(head+row+"\n"))
		if rec := &doc.Records[0]; rec.Kind != feed.Rejected || !strings.Contains(rec.Problems[0].String(), want) {
			t.Errorf("%s: %v %q", row, rec.Kind, feedtest.Messages(rec))
		}
	}
	hapiHead := "location_code,event_type,events,fatalities,reference_period_start,reference_period_end\n"
	for row, want := range map[string]string{
		"MLI,x,1,1,,": "is no date", "MLI,x,1,1,2031-03-01,2031-01-01": "ends before it begins",
	} {
		doc := read(t, HAPI, []byte(hapiHead+row+"\n"))
		if rec := &doc.Records[0]; rec.Kind != feed.Rejected || !strings.Contains(rec.Problems[0].String(), want) {
			t.Errorf("%s: %v %q", row, rec.Kind, feedtest.Messages(rec))
		}
	}
	doc := read(t, HAPI, []byte(hapiHead+"MLI,x,many,,2031-03-01,\n"))
	if r := doc.Records[0].Aggregate; r == nil || r.Events != background.Uncounted || r.Fatalities != background.Uncounted || r.Period != between("2031-03-01", "2031-03-02") {
		t.Errorf("what is not counted: %+v %q", r, feedtest.Messages(&doc.Records[0]))
	}
}
