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
)

func TestTags(t *testing.T) {
	rows := "7,EXERCISE,03 April 2031,MLI,Gao,15.66,0.5,Air/drone strike,4\n"
	headings := "Nr,What,When,Where,Region,y,x,Kind,Dead\n"
	tags := "#event +id,,#date +Occurred,#country+code,#adm1,#geo +lac,#geo+lon,#event+type,#affected+killed\n"
	for name, body := range map[string]string{
		"under the headings": headings + tags + rows, "instead of headings": tags + rows,
		"beginning with an empty cell": ",Nr,When,Where,Kind,Dead\n,#event+id,#date,#country,#event,#affected+killed\n,7,2031-04-03,Mali,airstrike,4\n",
		"JSON lists":                   `[["Nr","When","Where","Kind","Dead"],["#event+id","#date","#country","#event+type","#affected+killed"],[7,"2031-04-03","MLI","airstrike",4]]`,
		"JSON objects":                 `[{"#event+id":7,"#date+occurred":"2031-04-03","#country":"MLI","#event+means":"airstrike","#affected+killed":"4"}]`,
	} {
		doc := read(t, HXL, []byte(body))
		if len(doc.Records) != 1 || len(doc.Problems) != 0 {
			t.Errorf("%s: %d records, %v", name, len(doc.Records), doc.Problems)
			continue
		}
		i := &doc.Records[0].Incident
		killed, known := i.Affected.Outcome(incident.Killed)
		_, injured := i.Affected.Outcome(incident.Injured)
		if i.Identity.ID.String() != "7" || i.Occurred != when("2031-04-03") || !i.In(country.MustParse("MLI")) || !i.Act.Is(incident.AerialAttack) ||
			killed != 4 || !known || injured || i.Affected.HarmsStaff() {
			t.Errorf("%s: %+v", name, i)
		}
	}
}

func TestTagsOfPeople(t *testing.T) {
	for tags, want := range map[string]string{
		"#affected+killed": "affected.anybody.killed", "#affected +killed +national": "affected.national.staff.killed",
		"#affected+aidworker+killed+f": "affected.staff.f.killed", "#affected+civilians+injured": "affected.civilian.injured",
		"#affected+UN+kidnapped": "affected.un.abducted", "#affected+killed+children+m": "affected.civilian.m.killed",
	} {
		m, why := mapOfTags([]string{"#date", tags})
		if _, ok := m.Fields[want]; !ok || why != "" {
			t.Errorf("%s: %v %s, want %s", tags, m.Fields, why, want)
		}
	}
}

// TestTagsThatGiveNoIncidents: a table of something else is told so, and never read as incidents.
func TestTagsThatGiveNoIncidents(t *testing.T) {
	for tags, want := range map[string]string{
		"#country,#population+total":                                                  "no column is when something happened",
		"#date,#adm1,#affected+idps":                                                  "no column is what happened",
		"#date,#adm1,#event+num,#affected+killed":                                     "the column #event+num counts events",
		"#country+code,#date+start,#event+type,#indicator+event+num,#affected+killed": "the column #indicator+event+num counts events",
	} {
		body := []byte(tags + "\n" + strings.Repeat("1,", strings.Count(tags, ",")) + "1\n")
		if !HXL.Recognise(body) {
			t.Errorf("%s: not recognised", tags)
		}
		_, err := HXL.Document(feed.NewContext("feeds/x.csv"), body)
		if !errors.Is(err, feed.ErrHalf) || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "vigil map feeds/x.csv") {
			t.Errorf("%s: %v, want %q", tags, err, want)
		}
	}
	for _, s := range []string{"a,b\n1,2\n", "#1,#2\n", "#only\n1\n", "# a comment, and more\nx,y\n"} {
		if HXL.Recognise([]byte(s)) {
			t.Errorf("%q is taken for HXL", s)
		}
	}
}

// TestUCDP: events of the Uppsala Conflict Data Program, cut to three columns: 601 events with 1362 dead, of
// anybody; many rows are alike and are events all the same.
func TestUCDP(t *testing.T) {
	doc, err := HXL.Document(feed.NewContext("x"), feedtest.Real(t, "hxl/qc_conflict_data_BGD.csv"))
	if err != nil {
		t.Fatal(err)
	}
	dead, regions := 0, 0
	ids := map[string]bool{}
	for n := range doc.Records {
		i := &doc.Records[n].Incident
		k, known := i.Affected.Outcome(incident.Killed)
		dead += k
		ids[i.Identity.ID.String()] = true
		if !i.Admin1.IsZero() {
			regions++
		}
		if !known || i.Affected.HarmsStaff() || i.Occurred.Precision != incident.ToYear || len(doc.Records[n].Problems) > 0 {
			t.Errorf("line %d: %+v %q", doc.Records[n].Line, i, feedtest.Messages(&doc.Records[n]))
		}
	}
	if len(doc.Records) != 601 || len(ids) != 601 || dead != 1362 || regions != 581 {
		t.Errorf("%d records, %d ids, %d dead, %d with a region", len(doc.Records), len(ids), dead, regions)
	}
}

func TestReliefWebList(t *testing.T) {
	doc, err := HXL.Document(feed.NewContext("x"), feedtest.Real(t, "reliefweb/reliefweb-disasters-list.csv"))
	if err != nil || len(doc.Records) != 2 {
		t.Fatalf("%v, %d records", err, len(doc.Records))
	}
	got := []string{}
	for n := range doc.Records {
		i := &doc.Records[n].Incident
		got = append(got, i.Identity.ID.String()+" "+i.Act.Value.String()+" "+i.Countries[0].String())
		if !i.Hazard() {
			t.Errorf("%+v", i)
		}
	}
	if diff := cmp.Diff([]string{"25466 flood BFA", "25846 flood MKD"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestOurOwnTags: what vigil convert writes is read back, with all that its columns hold.
func TestOurOwnTags(t *testing.T) {
	body := "id,source,class,version,type,status,occurred,country,act,means,target,handling,lat,lon,accuracy_km,killed\n" +
		"#event+id,#meta+source,#meta+class,#meta+version,#meta+type,#status,#date+occurred,#country+code,#event+type,#event+means,#event+target,#meta+handling,#geo+lat,#geo+lon,#geo+accuracy+km,#affected+killed\n" +
		"R-1,radio,incident,2,update,exercise,2031-04-03T10:00:00Z,MLI,shooting,rifle,convoy,restricted,15.66,0.5,3,2\n"
	i := &read(t, Native, []byte(body)).Records[0].Incident
	if i.Identity.Authority.String() != "radio" || i.Version != 2 || i.Type != incident.Update || i.Status != incident.Exercise || !i.Restricted() ||
		!i.Act.Is(incident.Shooting) || i.Means.String() != "rifle" || !i.Target.Is(incident.TargetConvoy) || i.Accuracy != 3 {
		t.Errorf("%+v", i)
	}
}
