package table

import (
	"bytes"
	"encoding/csv"
	"strconv"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"vigil/internal/feed"
	"vigil/internal/feed/feedtest"
)

// TestEveryMappingReadsEveryForm: what a table says does not depend on whether it is delimited text, JSON or a
// workbook.
func TestEveryMappingReadsEveryForm(t *testing.T) {
	for name, format := range map[string]*feed.Format{"awsd44.csv": AWSD, "acled.csv": ACLED, "acled2016.csv": ACLED, "ucdp.csv": UCDP} {
		t.Run(name, func(t *testing.T) {
			body := testdata(t, name)
			reader := csv.NewReader(bytes.NewReader(body))
			reader.FieldsPerRecord = -1
			rows, err := reader.ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			book := excelize.NewFile()
			for n, row := range rows {
				if err := book.SetSheetRow("Sheet1", "A"+strconv.Itoa(n+1), &row); err != nil {
					t.Fatal(err)
				}
			}
			var xlsx bytes.Buffer
			if err := book.Write(&xlsx); err != nil {
				t.Fatal(err)
			}
			lists, err := json.Marshal(rows)
			if err != nil {
				t.Fatal(err)
			}
			want := read(t, format, body)
			for form, content := range map[string][]byte{"JSON": lists, "XLSX": xlsx.Bytes()} {
				got, err := format.Document(feed.NewContext("feeds/x"), content)
				if err != nil || len(got.Records) != len(want.Records) {
					t.Fatalf("%s: %v, %d records", form, err, len(got.Records))
				}
				for n := range got.Records {
					if diff := cmp.Diff(want.Records[n].Incident, got.Records[n].Incident, feedtest.Text); diff != "" {
						t.Errorf("%s, record %d (-CSV +%s):\n%s", form, n, form, diff)
					}
				}
			}
		})
	}
}
