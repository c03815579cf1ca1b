package grid_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/unicode"

	"vigil/internal/feed"
	"vigil/internal/feed/grid"
)

// all reads every row of a content from the first that fits on.
func all(tb testing.TB, ctx *feed.Context, body []byte, fits func([]string) bool) (rows [][]string, lines []int) {
	tb.Helper()
	c, err := grid.Open(ctx, body)
	if err != nil {
		tb.Fatal(err)
	}
	r, row, _, err := c.Find(fits)
	if err != nil || r == nil {
		tb.Fatalf("no header: %v", err)
	}
	for {
		rows, lines = append(rows, append([]string{}, row.Cells...)), append(lines, row.Line)
		if row, err = r.Next(); errors.Is(err, io.EOF) {
			return rows, lines
		} else if err != nil {
			tb.Fatal(err)
		}
	}
}

func several(cells []string) bool { return len(cells) > 1 }

func TestTheSameRows(t *testing.T) {
	want := [][]string{{"id", "when", "killed"}, {"1", "2031-04-03", "2"}, {"2", "", "0"}}
	forms := map[string]string{
		"commas":              "id,when,killed\n1,2031-04-03,2\n2,,0\n",
		"semicolons, marked":  "\ufeffid;when;killed\r\n1;2031-04-03;2\r\n2;;0\r\n",
		"tabs":                "id\twhen\tkilled\n1\t2031-04-03\t2\n2\t\t0",
		"bars":                "id|when|killed\n1|2031-04-03|2\n2||0\n",
		"objects":             `[{"id":1,"when":"2031-04-03","killed":2},{"id":2,"when":null,"killed":0}]`,
		"an envelope":         `{"status":200,"count":2,"data":[{"id":"1","when":"2031-04-03","killed":"2"},{"killed":0,"id":2}]}`,
		"an unknown envelope": `{"meta":{"n":2},"things":[{"id":"1","when":"2031-04-03","killed":"2"},{"id":"2","killed":"0"}]}`,
		"lists":               `[["id","when","killed"],["1","2031-04-03",2],[2,"",0]]`,
		"objects in lines":    "{\"id\":1,\"when\":\"2031-04-03\",\"killed\":2}\n{\"id\":2,\"killed\":0}\n",
	}
	for name, form := range forms {
		rows, _ := all(t, feed.NewContext("x"), []byte(form), several)
		if diff := cmp.Diff(want, rows); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		head := grid.Glance([]byte(form))
		found := false
		for _, way := range head {
			found = found || cmp.Equal(way[0], want[0])
		}
		if !found {
			t.Errorf("%s: the beginning gives %q", name, head)
		}
	}
}

func TestObjectsWithinObjects(t *testing.T) {
	body := `{"data":[{"id":"1","fields":{"name":"A","country":[{"iso3":"mli"},{"iso3":"ner"}],"tags":["x","y"],"open":true,"shut":false}}]}`
	rows, _ := all(t, feed.NewContext("x"), []byte(body), several)
	want := [][]string{
		{"id", "fields.name", "fields.country.iso3", "fields.tags", "fields.open", "fields.shut"},
		{"1", "A", "mli; ner", "x; y", "true", "false"},
	}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestPlacesInJSON(t *testing.T) {
	body := "\n[\n {\"id\": 1,\n  \"when\": \"é\", \"killed\": \"x\"},\n {\"id\": 2, \"id\": 3},\n 7\n]\n"
	c, err := grid.Open(feed.NewContext("x"), []byte(body))
	if err != nil {
		t.Fatal(err)
	}
	r, _, _, err := c.Find(several)
	if err != nil {
		t.Fatal(err)
	}
	row, err := r.Next()
	if err != nil {
		t.Fatal(err)
	}
	if line, column := row.Position(2); line != 4 || column != 26 || row.Line != 3 {
		t.Errorf("the value stands at %d:%d, its record at %d", line, column, row.Line)
	}
	for _, want := range []string{"the name id stands twice", "neither an object nor a list"} {
		if row, err = r.Next(); err == nil || !strings.Contains(err.Error(), want) || row.Line < 5 {
			t.Errorf("line %d: %v, want %q", row.Line, err, want)
		}
	}
}

// workbook makes a workbook of two sheets.
func workbook(tb testing.TB, edit func(f *excelize.File)) []byte {
	tb.Helper()
	f := excelize.NewFile()
	must := func(err error) {
		tb.Helper()
		if err != nil {
			tb.Fatal(err)
		}
	}
	must(f.SetSheetName("Sheet1", "Notes"))
	must(f.SetCellStr("Notes", "A1", "read me"))
	_, err := f.NewSheet("Data")
	must(err)
	must(f.SetSheetRow("Data", "B3", &[]any{"id", "when", "killed", "text", "yes"}))
	at := time.Date(2031, 4, 3, 0, 0, 0, 0, time.UTC)
	must(f.SetSheetRow("Data", "B4", &[]any{1, at, 2, "line one\nline two_x000D_", true}))
	must(f.SetSheetRow("Data", "B6", &[]any{2, at.Add(14*time.Hour + 30*time.Minute), nil, "", false}))
	must(f.SetCellFormula("Data", "D6", "SUM(D4:D4)"))
	must(f.SetSheetRow("Data", "B7", &[]any{"3", 45281, 1.5, "<b>&"}))
	style, err := f.NewStyle(&excelize.Style{CustomNumFmt: ptr(`[$-409]d\-mmm\-yy;@`)})
	must(err)
	must(f.SetCellStyle("Data", "C7", "C7", style))
	if edit != nil {
		edit(f)
	}
	var b bytes.Buffer
	must(f.Write(&b))
	return b.Bytes()
}

func ptr[T any](v T) *T { return &v }

func TestWorkbook(t *testing.T) {
	ctx := feed.NewContext("x.xlsx")
	ctx.Sheet = "data"
	body := workbook(t, nil)
	if !grid.Workbook(body[:40]) {
		t.Error("not recognised by its beginning")
	}
	rows, lines := all(t, ctx, body, several)
	want := [][]string{
		{"", "id", "when", "killed", "text", "yes"},
		{"", "1", "2031-04-03", "2", "line one\nline two\r", "true"},
		{"", "2", "2031-04-03T14:30:00", "", "", "false"},
		{"", "3", "2023-12-21", "1.5", "<b>&"},
	}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]int{3, 4, 6, 7}, lines); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	c, err := grid.Open(ctx, body)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Warnings) != 1 || !strings.Contains(c.Warnings[0], "1 formulas without a result, the first in D6") {
		t.Errorf("warned of %q", c.Warnings)
	}
	r, row, _, err := c.Find(several)
	if err != nil {
		t.Fatal(err)
	}
	if line, column := row.Position(2); line != 3 || column != 3 || row.Name(2) != `sheet "Data", cell C3` || row.Name(-1) != `sheet "Data"` || r.Part() != "Data" {
		t.Errorf("the cell is at %d:%d, %s", line, column, row.Name(2))
	}
}

func TestSheets(t *testing.T) {
	body := workbook(t, nil)
	first, _ := all(t, feed.NewContext("x"), body, func([]string) bool { return true })
	if first[0][0] != "read me" {
		t.Errorf("the first sheet gives %q", first)
	}
	hidden := workbook(t, func(f *excelize.File) {
		f.SetActiveSheet(1)
		if err := f.SetSheetVisible("Notes", false); err != nil {
			t.Fatal(err)
		}
	})
	if rows, _ := all(t, feed.NewContext("x"), hidden, func([]string) bool { return true }); rows[0][1] != "id" {
		t.Errorf("with the first sheet hidden: %q", rows)
	}
	ctx := feed.NewContext("x")
	ctx.Sheet = "Incidents"
	if _, err := grid.Open(ctx, body); !errors.Is(err, feed.ErrHalf) || !strings.Contains(err.Error(), `no sheet "Incidents": name one of "Notes", "Data" in sheet =`) {
		t.Errorf("a sheet that is not there: %v", err)
	}
}

// TestEverySheetHidden: what is hidden is read only when it is named.
func TestEverySheetHidden(t *testing.T) {
	body := rewrite(t, workbook(t, nil), func(name string, data []byte) []byte {
		if name == "xl/workbook.xml" {
			return bytes.ReplaceAll(data, []byte("<sheet "), []byte(`<sheet state="hidden" `))
		}
		return data
	})
	if _, err := grid.Open(feed.NewContext("x"), body); !errors.Is(err, feed.ErrHalf) ||
		!strings.Contains(err.Error(), `every sheet of the workbook is hidden ("Notes", "Data"), and what is hidden is not read unasked: show one`) {
		t.Errorf("it says %v", err)
	}
	ctx := feed.NewContext("x")
	ctx.Sheet = "Data"
	if rows, _ := all(t, ctx, body, several); rows[0][1] != "id" {
		t.Errorf("named it gives %q", rows)
	}
}

// TestFrom1904: days are counted from another day where the workbook says so.
func TestFrom1904(t *testing.T) {
	body := workbook(t, func(f *excelize.File) {
		if err := f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: ptr(true)}); err != nil {
			t.Fatal(err)
		}
	})
	ctx := feed.NewContext("x")
	ctx.Sheet = "Data"
	if rows, _ := all(t, ctx, body, several); rows[3][2] != "2027-12-22" {
		t.Errorf("45281 is %q", rows[3][2])
	}
}

// rewrite changes the parts of a workbook.
func rewrite(tb testing.TB, body []byte, change func(name string, data []byte) []byte) []byte {
	tb.Helper()
	in, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		tb.Fatal(err)
	}
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, f := range in.File {
		r, err := f.Open()
		if err != nil {
			tb.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			tb.Fatal(err)
		}
		w, err := out.Create(f.Name)
		if err != nil {
			tb.Fatal(err)
		}
		if _, err := w.Write(change(f.Name, data)); err != nil {
			tb.Fatal(err)
		}
	}
	if err := out.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// bomb is a zip that says of a part that it unpacks to a terabyte.
func bomb(tb testing.TB) []byte {
	tb.Helper()
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	w, err := out.CreateRaw(&zip.FileHeader{Name: "xl/workbook.xml", Method: zip.Deflate, CompressedSize64: 1, UncompressedSize64: 1 << 40})
	if err != nil {
		tb.Fatal(err)
	}
	if _, err := w.Write([]byte{3}); err != nil {
		tb.Fatal(err)
	}
	if err := out.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// TestBrokenWorkbooks: none is read in part, and each says why.
func TestBrokenWorkbooks(t *testing.T) {
	body := workbook(t, nil)
	sheet := func(edit func(s string) string) []byte {
		return rewrite(t, body, func(name string, data []byte) []byte {
			if strings.HasSuffix(name, "sheet2.xml") {
				return []byte(edit(string(data)))
			}
			return data
		})
	}
	tests := map[string]struct {
		body []byte
		want string
	}{
		"cut":            {body[:len(body)-200], "cannot be read"},
		"its XML is cut": {sheet(func(s string) string { return s[:len(s)*2/3] }), "its XML is broken"},
		"a DOCTYPE": {sheet(func(s string) string {
			return strings.Replace(s, "<worksheet", `<!DOCTYPE x [<!ENTITY e "e">]><worksheet`, 1)
		}), "DOCTYPE"},
		"a text of nowhere": {sheet(func(s string) string { return strings.Replace(s, `t="s"><v>`, `t="s"><v>99`, 1) }), "names a text that is not there"},
		"a column too far":  {sheet(func(s string) string { return strings.Replace(s, `r="B4"`, `r="ZZZ4"`, 1) }), "more than 1024 columns"},
		"far too large":     {bomb(t), "would unpack to more than the 256 MiB that are read"},
		"no relation to it": {rewrite(t, body, func(name string, data []byte) []byte {
			return bytes.ReplaceAll(data, []byte("worksheets/sheet2.xml"), []byte("worksheets/sheet9.xml"))
		}), "is not in it"},
		"without styles": {rewrite(t, body, func(name string, data []byte) []byte {
			if strings.HasSuffix(name, "styles.xml") {
				return []byte("<styleSheet><")
			}
			return data
		}), "cannot be read"},
	}
	for name, tt := range tests {
		ctx := feed.NewContext("x.xlsx")
		ctx.Sheet = "Data"
		_, err := grid.Open(ctx, tt.body)
		if !errors.Is(err, feed.ErrHalf) || !strings.Contains(fmt.Sprint(err), tt.want) {
			t.Errorf("%s: %v, want %q", name, err, tt.want)
		}
	}
}

func TestWhatIsNoTable(t *testing.T) {
	for _, s := range []string{`{"a":`, "[1,2", `{"data":[{"a":1}`, "[" + strings.Repeat("[", 100)} {
		if _, err := grid.Open(feed.NewContext("x"), []byte(s)); !errors.Is(err, feed.ErrHalf) {
			t.Errorf("%q: %v", s, err)
		}
	}
	if ways := grid.Glance([]byte("<?xml version='1.0'?><a,b/>")); ways != nil {
		t.Errorf("XML is taken for a table: %q", ways)
	}
}

// FuzzOpen holds for every content: no panic, and rows that come in order, or an error that says that it is
// not whole.
func FuzzOpen(f *testing.F) {
	f.Add([]byte("a,b\n1,\"2\"\n"))
	f.Add([]byte(`{"data":[{"a":{"b":[{"c":1}]}},["x"]]}`))
	f.Add([]byte("{\"a\":1}\n{\"b\":2}\n"))
	f.Add(workbook(f, nil))
	f.Fuzz(func(t *testing.T, body []byte) {
		grid.Glance(body)
		c, err := grid.Open(feed.NewContext("x"), body)
		if err != nil {
			if !errors.Is(err, feed.ErrHalf) {
				t.Error(err)
			}
			return
		}
		r, row, _, err := c.Find(func([]string) bool { return true })
		for last := 0; err == nil && r != nil; row, err = r.Next() {
			if row.Line < last {
				t.Errorf("line %d after %d", row.Line, last)
			}
			last = row.Line
			for n := range row.Cells {
				if line, column := row.Position(n); line < row.Line || column < 1 {
					t.Errorf("cell %d of line %d is at %d:%d", n, row.Line, line, column)
				}
			}
		}
	})
}

// TestUTF16 reads what spreadsheets write as "Unicode text", and counts what was converted.
func TestUTF16(t *testing.T) {
	const table = "Nr\tPlace\r\n1\tOuahigouya, près\r\n2\tتمبكتو\r\n"
	for name, order := range map[string]unicode.Endianness{"little": unicode.LittleEndian, "big": unicode.BigEndian} {
		body, err := unicode.UTF16(order, unicode.UseBOM).NewEncoder().Bytes([]byte(table))
		if err != nil {
			t.Fatal(err)
		}
		rows, lines := all(t, feed.NewContext("feeds/a.txt"), body, func(cells []string) bool { return cells[0] == "Nr" })
		want := [][]string{{"Nr", "Place"}, {"1", "Ouahigouya, près"}, {"2", "تمبكتو"}}
		if diff := cmp.Diff(want, rows); diff != "" || lines[2] != 3 {
			t.Errorf("%s: lines %v (-want +got):\n%s", name, lines, diff)
		}
		c, err := grid.Open(feed.NewContext("feeds/a.txt"), body)
		if n := len([]rune(table)); err != nil || c.Repairs.UTF16 != n || c.Repairs.Marks != 1 || c.Repairs.NUL != 0 {
			t.Errorf("%s: %+v, %v, want %d characters converted", name, c.Repairs, err, n)
		}
		if ways := grid.Glance(body); len(ways) == 0 {
			t.Errorf("%s: nothing at a glance", name)
		}
	}
	list, _ := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes([]byte(`[{"a":"é"}]`))
	if c, err := grid.Open(feed.NewContext("feeds/a.json"), list); err != nil || c.Repairs.UTF16 != 11 {
		t.Errorf("a list: %v, %v", c, err)
	}
}
