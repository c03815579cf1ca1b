package table

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"vigil/internal/country"
	"vigil/internal/feed"
	"vigil/internal/feed/feedtest"
	"vigil/internal/incident"
)

// explain is a context with a map of these fields.
func explain(fields map[string]string) *feed.Context {
	ctx := feed.NewContext("feeds/x")
	ctx.Map = &feed.Map{Fields: fields}
	return ctx
}

func TestOneMapForAllForms(t *testing.T) {
	fields := map[string]string{"id": "No", "occurred": "When", "country": "Where", "act": "=shooting", "affected.ngo.killed": "Dead"}
	book := excelize.NewFile()
	for n, row := range [][]any{{"Incident log"}, {"No", "When", "Where", "Dead"}, {1, "2031-04-03", "MLI", 2}, {2, "2031-04-04", "NER", "some"}} {
		if err := book.SetSheetRow("Sheet1", "A"+string(rune('1'+n)), &row); err != nil {
			t.Fatal(err)
		}
	}
	var xlsx bytes.Buffer
	if err := book.Write(&xlsx); err != nil {
		t.Fatal(err)
	}
	for name, form := range map[string]struct {
		body []byte
		at   string
	}{
		"csv":  {[]byte("No;When;Where;Dead\n1;2031-04-03;MLI;2\n2;2031-04-04;NER;some\n"), "feeds/x:3:18: "},
		"json": {[]byte(`[{"No":1,"When":"2031-04-03","Where":"MLI","Dead":2},` + "\n" + `{"No":2,"When":"2031-04-04","Where":"NER","Dead":"some"}]`), "feeds/x:2:50: "},
		"xlsx": {xlsx.Bytes(), `feeds/x:4:4: sheet "Sheet1", cell D4: `},
	} {
		doc, err := CSV.Document(explain(fields), form.body)
		if err != nil || len(doc.Records) != 2 {
			t.Errorf("%s: %v, %d records", name, err, len(doc.Records))
			continue
		}
		i := &doc.Records[0].Incident
		if n, _ := i.Affected.Staff(incident.Killed); i.Identity.ID.String() != "1" || i.Occurred != when("2031-04-03") || !i.In(country.MustParse("MLI")) || n != 2 {
			t.Errorf("%s: %+v", name, i)
		}
		if got := feedtest.Messages(&doc.Records[1]); len(got) != 1 || got[0] != form.at+`affected.ngo.killed: "some" is no number of people: it is taken as unknown` {
			t.Errorf("%s: said %q, want it at %s", name, got, form.at)
		}
	}
}

func TestRowsWithoutIDs(t *testing.T) {
	body := "When,Where\n2031-04-03,MLI\n2031-04-03,MLI\n2031-04-04,MLI\n"
	ctx := explain(map[string]string{"occurred": "When", "country": "Where"})
	doc, err := CSV.Document(ctx, []byte(body))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for n := range doc.Records {
		seen[doc.Records[n].Incident.Identity.ID.String()] = true
		feedtest.RoundTrip(t, &doc.Records[n].Incident)
	}
	if len(seen) != 3 {
		t.Errorf("two equal rows are one: %v", seen)
	}
	again, err := CSV.Document(ctx, []byte(strings.Replace(body, "2031-04-04", "2031-04-02", 1)))
	if err != nil || !seen[again.Records[0].Incident.Identity.ID.String()] || !seen[again.Records[1].Incident.Identity.ID.String()] {
		t.Errorf("rows that stayed have other ids: %v", err)
	}
	if len(doc.Problems) != 1 || !strings.Contains(doc.Problems[0].String(), "no column of ids") {
		t.Errorf("problems %v", doc.Problems)
	}
}

func TestTagsAndHeadings(t *testing.T) {
	body := "Nr,Date\n#event+id,#date + Occurred\n7,2031-04-03\n"
	for name, fields := range map[string]map[string]string{
		"headings": {"id": "nr", "occurred": " DATE"}, "tags": {"id": "#event+id", "occurred": "#date+occurred"}, "both": {"id": "Nr", "occurred": "#date+occurred"},
	} {
		doc, err := CSV.Document(explain(fields), []byte(body))
		if err != nil || len(doc.Records) != 1 || doc.Records[0].Incident.Occurred != when("2031-04-03") || doc.Records[0].Incident.Identity.ID.String() != "7" {
			t.Errorf("%s: %v, %+v", name, err, doc.Records)
		}
	}
}

func TestMapsThatDoNotFit(t *testing.T) {
	body := []byte("No,When,When\n1,2031-04-03,x\n")
	if _, err := CSV.Document(feed.NewContext("feeds/x.csv"), body); !errors.Is(err, feed.ErrHalf) || !strings.Contains(err.Error(), "nobody has explained (No, When, When): write a [[source]]") {
		t.Errorf("without a map: %v", err)
	}
	if buf, err := excelize.NewFile().WriteToBuffer(); err != nil {
		t.Error(err)
	} else if _, err := XLSX.Document(feed.NewContext("feeds/x.xlsx"), buf.Bytes()); !errors.Is(err, feed.ErrHalf) || !strings.Contains(err.Error(), "NO DATA: the sheet holds no row") {
		t.Errorf("an empty workbook: %v", err)
	}
	if _, err := CSV.Document(explain(map[string]string{"id": "Number", "country": "Land"}), body); !errors.Is(err, feed.ErrHalf) || !strings.Contains(err.Error(), "(Land, Number)") {
		t.Errorf("with other columns: %v", err)
	}
	if _, err := CSV.Document(explain(map[string]string{"colour": "No"}), body); !errors.Is(err, feed.ErrHalf) {
		t.Errorf("with a map that is wrong: %v", err)
	}
	doc, err := CSV.Document(explain(map[string]string{"id": "No", "occurred": "When", "country": "Land"}), body)
	if err != nil || len(doc.Problems) != 2 || !strings.Contains(doc.Problems[0].String(), "not there, taken as unknown: Land") || !strings.Contains(doc.Problems[1].String(), "twice, of which the first is read: When") {
		t.Errorf("with some columns: %v, %v", err, doc.Problems)
	}
	doc, err = CSV.Document(explain(map[string]string{"id": "Nr", "occurred": "Dat", "country": "Land"}), []byte("Nr,Date,Land,Quite another\n1,2026-01-01,MLI,x\n"))
	if err != nil || len(doc.Problems) != 1 || !strings.Contains(doc.Problems[0].String(), "taken as unknown: Dat (did you mean Date?)") {
		t.Errorf("with a column that is misspelt: %v, %v", err, doc.Problems)
	}
	if doc, err := CSV.Document(explain(map[string]string{"id": "No"}), []byte("No\n1\n\n,\n2,x\n3")); err != nil || len(doc.Records) != 3 || doc.Records[1].Kind != feed.Rejected {
		t.Errorf("a row with a cell too many: %v, %+v", err, doc.Records)
	}
}

// TestMigrants: a real answer of an API that vigil does not know, with a map.
func TestMigrants(t *testing.T) {
	ctx := explain(map[string]string{
		"id": "web_id", "occurred": "reported_date", "country": "country_of_incident", "place": "location_description", "point": "location_coodinates",
		"affected.civilian.killed": "number_dead", "affected.civilian.missing": "number_missing", "links": "url", "means": "cause_death", "act": "=other",
	})
	for name, want := range map[string]struct{ records, dead, missing int }{"2014-json.json": {535, 1981, 3567}, "2025-json.json": {975, 2502, 1278}} {
		doc, err := JSON.Document(ctx, feedtest.Real(t, "hxl/"+name))
		if err != nil {
			t.Fatal(err)
		}
		dead, missing := 0, 0
		for n := range doc.Records {
			b := doc.Records[n].Incident.Affected
			k, _ := b.Outcome(incident.Killed)
			m, _ := b.Outcome(incident.Missing)
			dead, missing = dead+k, missing+m
			if s, _ := b.Staff(incident.Killed); s != 0 || b.HarmsStaff() {
				t.Errorf("line %d: %d staff", doc.Records[n].Line, s)
			}
			feedtest.RoundTrip(t, &doc.Records[n].Incident)
		}
		if len(doc.Records) != want.records || dead != want.dead || missing != want.missing {
			t.Errorf("%s: %d records, %d dead, %d missing; want %+v", name, len(doc.Records), dead, missing, want)
		}
	}
}

// FuzzExplained holds for every table and map: no panic, a reason for each refusal, and a native form of all that is used.
func FuzzExplained(f *testing.F) {
	f.Add([]byte("a,b,c\n1,2031-04-03,MLI\n"))
	f.Add([]byte(`[{"a":1,"b":"03/04/2031","c":"x"}]`))
	f.Add([]byte("#event+id,#date,#affected+killed\n1,2031,2\n"))
	ctx := explain(map[string]string{"id": "a", "occurred": "b", "country": "c", "act": "c", "affected.killed": "a", "details": "b", "point": "c"})
	plain := feed.NewContext("x")
	f.Fuzz(func(t *testing.T, body []byte) {
		for _, format := range []*feed.Format{CSV, HXL, Native, ACLED, SiND, HAPI, Overview} {
			for _, ctx := range []*feed.Context{ctx, plain} {
				_, _ = feedtest.Sound(t, format, ctx, body)
			}
		}
	})
}
